"""What counts as proof, and what each error means for its recording: every row of both tables."""

from __future__ import annotations

import inspect

import pytest

from download_client import errors
from download_client.errors import DigestMismatch, EmptyAtSource, Fate, MirError, NotWav, RecordingError, Truncated
from download_client.ledger import Item
from download_client.model import REFUSED, State
from download_client.transfer.judgement import REFUSALS, after, prove
from download_client.wav import WavInfo, Wholeness

GOOD, OTHER = "a" * 64, "b" * 64


def item(*, size: int | None = 1000, sha256: str = "") -> Item:
    return Item(
        id=1,
        recording_id="r1",
        version=1,
        conversation_id="c1",
        state=State.FETCHING,
        priority=1,
        size=size,
        sha256=sha256,
        etag="",
        path="",
        offset=0,
        prefix_sha256="",
        part_etag="",
        attempts=0,
        mismatches=0,
        again_at=None,
        code="",
        detail="",
        done_size=None,
        done_sha256="",
        done_etag="",
        verified_by="",
        wav="",
        archived_at=None,
        expires_at=None,
    )


def wav(*, data: int = 956, wholeness: Wholeness = Wholeness.WHOLE, missing: int = 0) -> WavInfo:
    return WavInfo(1, "PCM", 8000, 1, 16, 2, 44, data, data // 2, data / 16000, wholeness, missing, 1)


SHORT = wav(wholeness=Wholeness.TRUNCATED, missing=500)


@pytest.mark.parametrize(
    ("listed", "server", "size", "info", "words"),
    [
        (GOOD, GOOD, 1000, wav(), "sha-256"),
        (GOOD, "", 1000, wav(), "sha-256"),
        ("", GOOD, 1000, wav(), "sha-256"),
        ("", "", 1000, wav(), "length"),
        ("", "", None, wav(), "length"),
        (GOOD, "", 999, wav(), "sha-256"),
        ("", GOOD, 1000, SHORT, "sha-256; the WAV is 500 bytes shorter than its header"),
        ("", "", 1000, wav(wholeness=Wholeness.STREAMING), "length"),
    ],
)
def test_what_is_proved_is_said(listed: str, server: str, size: int | None, info: WavInfo, words: str) -> None:
    proof = prove(item(size=size, sha256=listed), size=1000, sha256=GOOD, server_digest=server, wav=info)
    assert str(proof) == words


@pytest.mark.parametrize(
    ("listed", "server", "size", "info", "error"),
    [
        (OTHER, "", 1000, wav(), DigestMismatch),
        ("", OTHER, 1000, wav(), DigestMismatch),
        (OTHER, GOOD, 1000, wav(), DigestMismatch),
        (GOOD, OTHER, 1000, wav(), DigestMismatch),
        ("", "", 999, wav(), Truncated),
        ("", "", 1000, SHORT, NotWav),
        (GOOD, GOOD, 1000, wav(data=0), EmptyAtSource),
    ],
)
def test_what_is_not_proved_gets_no_name(
    listed: str, server: str, size: int, info: WavInfo, error: type[MirError]
) -> None:
    with pytest.raises(error):
        prove(item(size=size, sha256=listed), size=1000, sha256=GOOD, server_digest=server, wav=info)


def every_error() -> list[type[MirError]]:
    return [each for _, each in inspect.getmembers(errors, inspect.isclass) if issubclass(each, MirError)]


@pytest.mark.parametrize("kind", every_error(), ids=lambda kind: kind.__name__)
def test_every_error_has_its_step(kind: type[MirError]) -> None:
    step = after(kind())
    if kind in REFUSALS:
        assert step.state in REFUSED
    elif kind.fate is Fate.STOP:
        assert step.stop, "nothing can go on"
        assert step.state is State.QUEUED, "it is not the recording's fault"
    elif issubclass(kind, RecordingError):
        assert step.state in (State.WAITING, State.FAILED)
    assert not (step.stop and step.attempt)


def test_being_offline_marks_nothing_failed() -> None:
    for kind in (errors.Offline, errors.RateLimited):
        step = after(kind())
        assert (step.state, step.attempt, step.stop) == (State.QUEUED, False, False)
