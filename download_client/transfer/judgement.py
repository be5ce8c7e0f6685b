"""What becomes of a recording once its body is there or has failed: pure rules, no disk, no network, no clock.

Only proof gives a name (R5): the length, a digest the service names, the RIFF structure.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from download_client.errors import (
    ConnectionLost,
    DigestMismatch,
    EmptyAtSource,
    Fate,
    FileChanged,
    MediaMissing,
    MirError,
    NotReady,
    NotWav,
    Offline,
    RangeBroken,
    RateLimited,
    RecordingDenied,
    RecordingExpired,
    RecordingGone,
    ServiceUnavailable,
    TimedOut,
    Truncated,
)
from download_client.model import State
from download_client.wav import WavInfo, Wholeness

REFUSALS: dict[type[MirError], State] = {
    RecordingDenied: State.DENIED,
    RecordingExpired: State.EXPIRED,
    RecordingGone: State.GONE,
    MediaMissing: State.MISSING,
    EmptyAtSource: State.EMPTY_AT_SOURCE,
    DigestMismatch: State.DIGEST_MISMATCH,
    NotWav: State.NOT_WAV,
}
"""Errors after which a recording will not come by trying again now."""

MAKES_EVERYBODY_WAIT = (Offline, RateLimited, ServiceUnavailable)
"""Not the recording's fault: all workers wait, and while it lasts nothing is marked failed for it."""

TROUBLE = (*MAKES_EVERYBODY_WAIT, ConnectionLost, TimedOut)
"""Seen from many recordings in a row, the way to the service is down."""


class Verified(Enum):
    """What was proved, as the CSV says it."""

    DIGEST = "sha-256"
    LENGTH = "length"


@dataclass(frozen=True, slots=True)
class Proof:
    """A recording that may be archived, and by what it was proved; `note` names what its WAV lacks at the source."""

    verified: Verified
    note: str = ""

    def __str__(self) -> str:
        """The words of the column Verified By."""
        return self.verified.value + (f"; {self.note}" if self.note else "")


class Announced(Protocol):
    """What the service says of a recording: `size` in bytes (None: nothing), `sha256` in hex (empty: nothing)."""

    @property
    def recording_id(self) -> str:
        """Whose bytes they are."""
        ...

    @property
    def size(self) -> int | None:
        """As it was listed."""
        ...

    @property
    def sha256(self) -> str:
        """As it was listed."""
        ...


def prove(item: Announced, *, size: int, sha256: str, server_digest: str, wav: WavInfo) -> Proof:
    """Hold what arrived against what was announced; `size` already equals Content-Length, `server_digest` may be empty.

    The digest sent with the body outranks the listed one only by agreeing with the body while the listing does not
    name another: two words that differ prove nothing.

    Raises:
        EmptyAtSource: there is no sound in it.
        DigestMismatch: a digest that the service named is another.
        Truncated: no digest vouches for it, and the listing names another size.
        NotWav: no digest vouches for it, and its header promises more sound than there is.

    """
    named = {digest for digest in (item.sha256, server_digest) if digest}
    if named - {sha256}:
        raise DigestMismatch(f"{size} bytes arrived", subject=item.recording_id)
    if wav.data_bytes == 0:
        raise EmptyAtSource("a WAV header without sound", subject=item.recording_id)
    short = wav.wholeness is Wholeness.TRUNCATED
    if named:
        return Proof(Verified.DIGEST, f"the WAV is {wav.missing_bytes} bytes shorter than its header" if short else "")
    if item.size is not None and item.size != size:
        raise Truncated(f"{item.size} bytes were listed, {size} arrived", subject=item.recording_id)
    if short:
        raise NotWav(f"{wav.missing_bytes} bytes shorter than its header", subject=item.recording_id)
    return Proof(Verified.LENGTH)


@dataclass(frozen=True, slots=True)
class Next:
    """The step after an error: the new state, whether this counts as an attempt, whether the part is worth nothing."""

    state: State
    attempt: bool
    fresh: bool = False
    stop: bool = False
    """Nothing can go on: the run ends, or pauses until somebody acts."""


def after(error: MirError) -> Next:
    """What an error means for its recording."""
    for kind, state in REFUSALS.items():
        if isinstance(error, kind):
            return Next(state, attempt=True)
    if isinstance(error, NotReady):
        return Next(State.WAITING, attempt=True)
    if isinstance(error, Offline | RateLimited):
        return Next(State.QUEUED, attempt=False)
    if isinstance(error, FileChanged | RangeBroken):
        return Next(State.FAILED, attempt=True, fresh=True)
    if error.fate is Fate.STOP:
        return Next(State.QUEUED, attempt=False, stop=True)
    return Next(State.FAILED, attempt=True)
