"""Conversations keep every letter and every figure on their way into the ledger and back."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from download_client.model import (
    Checksum,
    Codec,
    Conversation,
    Direction,
    Participant,
    Party,
    Pause,
    Recording,
    RecordingMode,
    RecordingStatus,
    decode_conversation,
    encode_conversation,
)

TEXTS = st.text(max_size=12)
SECONDS = st.floats(0, 1e6)
TIMES = st.integers(0, 4 * 10**15).map(lambda micros: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=micros))
PARTIES = st.builds(Party, TEXTS, TEXTS, TEXTS, TEXTS, TEXTS)
RECORDINGS = st.builds(
    Recording,
    id=TEXTS,
    sequence=st.integers(0, 99),
    start_time=TIMES,
    duration_seconds=SECONDS,
    status=st.sampled_from(RecordingStatus),
    pauses=st.lists(st.builds(Pause, SECONDS, SECONDS), max_size=2).map(tuple),
    file_name=TEXTS,
    content_type=TEXTS,
    codec=st.none() | st.builds(Codec, st.integers(0, 0xFFFF), TEXTS, st.integers(0), st.integers(0), st.integers(0)),
    size_bytes=st.none() | st.integers(0, 2**62),
    checksum=st.none() | st.builds(Checksum, TEXTS, TEXTS),
    etag=TEXTS,
)
CONVERSATIONS = st.builds(
    Conversation,
    id=TEXTS,
    direction=st.sampled_from(Direction),
    mode=st.sampled_from(RecordingMode),
    start_time=TIMES,
    end_time=TIMES,
    duration_seconds=SECONDS,
    time_zone=TEXTS,
    calling_party=PARTIES,
    called_party=PARTIES,
    participants=st.lists(st.builds(Participant, TEXTS, TEXTS, TEXTS, TEXTS), max_size=2).map(tuple),
    owner_user_id=TEXTS,
    owner_name=TEXTS,
    owner_email=TEXTS,
    owner_extension=TEXTS,
    groups=st.lists(TEXTS, max_size=2).map(tuple),
    recordings=st.lists(RECORDINGS, max_size=2).map(tuple),
    available_at=TIMES,
    updated_at=TIMES,
    expires_at=st.none() | TIMES,
)

RECORDING = Recording("rec-1", 1, datetime(2026, 11, 22, tzinfo=UTC), 3.0, RecordingStatus.AVAILABLE)
DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


@given(CONVERSATIONS)
def test_what_is_written_is_what_is_read(conversation: Conversation) -> None:
    encoded = encode_conversation(conversation)
    assert decode_conversation(encoded) == conversation
    assert decode_conversation(encoded.decode("utf-8")) == conversation
    assert b"\n" not in encoded


@pytest.mark.parametrize("untrusted", [b"", b"{", b"[]", b"null", b'{"id": 7}', b"\xff", b'{"id":"a"}'])
def test_what_is_none_of_ours_is_refused(untrusted: bytes) -> None:
    with pytest.raises(msgspec.DecodeError):
        decode_conversation(untrusted)


def test_a_fact_does_not_change() -> None:
    with pytest.raises(FrozenInstanceError):
        RECORDING.id = "rec-2"  # type: ignore[misc]


def test_only_a_digest_we_know_counts() -> None:
    assert RECORDING.sha256 == ""
    assert replace(RECORDING, checksum=Checksum("sha-256", DIGEST)).sha256 == DIGEST
    assert replace(RECORDING, checksum=Checksum("md5", "d41d8cd98f00b204e9800998ecf8427e")).sha256 == ""


@pytest.mark.parametrize(
    ("checksum", "etag", "version"),
    [
        (None, "", ""),
        (None, '"v1"', '"v1"'),
        (None, 'W/"v1"', ""),
        (Checksum("sha-256", DIGEST), '"v1"', DIGEST),
        (Checksum("sha-256", DIGEST), "", DIGEST),
        (Checksum("crc32c", "abc"), '"v1"', '"v1"'),
        (Checksum("crc32c", "abc"), 'W/"v1"', ""),
    ],
)
def test_a_version_is_known_by_its_digest_or_its_strong_validator(
    checksum: Checksum | None, etag: str, version: str
) -> None:
    assert replace(RECORDING, checksum=checksum, etag=etag).version == version
