"""What is listened to, as front ends see it: values only; nothing here says whether a file is still there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path

from download_client.errors import MirError
from download_client.model import Conversation, Recording


class FetchPhase(Enum):
    """What a fetch does now."""

    WAITING = "waiting"
    """For its turn, for a free replay of the service's (F9), or for the service."""
    FETCHING = "fetching"


@dataclass(frozen=True, slots=True)
class FetchStep:
    """How far a fetch is, over all recordings of its conversation that are not here yet.

    `total_bytes` is None where the service names no size. While it waits: `until` when (aware UTC; None: not known),
    `code` the code of the error that makes it wait (empty: for its turn).
    """

    phase: FetchPhase
    done_bytes: int
    total_bytes: int | None
    until: datetime | None = None
    code: str = ""


@dataclass(frozen=True, slots=True)
class Voice:
    """One playable file of a conversation. `from_archive` False: it lies in a cache until it is let go of.

    `version` is the archived version's number, 0 in the cache; `sha256` (hex) what its bytes had when they were proved.
    """

    recording: Recording
    path: Path
    from_archive: bool
    version: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a conversation has, in the order of its recordings; `lacking`: those that cannot be had, and why."""

    voices: tuple[Voice, ...]
    lacking: tuple[tuple[Recording, MirError], ...] = ()


@dataclass(frozen=True, slots=True)
class Copied:
    """A stretch of a voice that a copy holds, in seconds from the voice's start, for the copy's note."""

    conversation: Conversation
    voice: Voice
    start: float
    end: float
