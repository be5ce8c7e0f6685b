"""Writes recordings, or parts of them, as a new WAV or FLAC file; it changes no source and never replaces a file.

The copy is written under a temporary name beside its place, flushed, read back for its digest, and named last: whoever
sees the name sees a whole file.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from threading import Event


class Form(Enum):
    """What a copy is written as: 16 bits a sample either way, nothing lost."""

    WAV = "wav"
    FLAC = "flac"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one recording; the pieces of a copy follow each other."""

    path: Path
    first: float = 0.0
    """Seconds from the recording's beginning."""
    last: float | None = None
    """Seconds from the recording's beginning; None: to its end."""
    silence_before: float = 0.0
    """Seconds of silence that are written before it: a gap between two recordings that is kept."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A copy that lies where it was wanted."""

    path: Path
    seconds: float
    size: int
    """Bytes."""
    sha256: str
    sample_rate: int
    channels: int


def save_copy(
    pieces: Sequence[Piece],
    *,
    to: Path,
    form: Form,
    origin: str = "",
    progress: Callable[[float], None],
    stop: Event,
) -> Saved:
    """Write the pieces one after the other. To be called on a worker thread.

    Channels are two where one piece has two; the sample rate is the highest of them. `origin` is kept inside the file,
    as its comment. `progress` hears 0…1 some ten times a second. Where `to` is taken, the copy gets the next free name
    ("name (2).wav"); `Saved.path` says which. Its folder must be there.

    Raises:
        Interrupted: `stop` was set; nothing is left behind.
        DiskFull, DiskError: it cannot be written; nothing is left behind.
        NotPlayable, RecordingVanished, DiskFailed: a piece cannot be read.

    """
    raise NotImplementedError
