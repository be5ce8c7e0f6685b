"""Writes recordings, or parts of them, as a new WAV or FLAC file; it changes no source and never replaces a file.

The copy is written under a temporary name beside its place, flushed, read back for its digest, and named last: whoever
sees the name sees a whole file.
"""

from __future__ import annotations

import errno
import hashlib
import io
import os
import time
import uuid
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from threading import Event
from typing import Any, BinaryIO, Final

import numpy as np
import soundfile

from download_client.errors import DiskError, DiskFailed, DiskFull, Interrupted, MirError, UsageError
from download_client.sound.plain import Samples
from download_client.sound.rate import Raised
from download_client.sound.sound import Sound

_BLOCK: Final = 1 << 16
_BYTES: Final = 1 << 20
_TELL_EVERY: Final = 0.1
_MOST_RIFF: Final = 0xFFFF_0000
"""Bytes of sound beyond which a WAV has to be an RF64."""
_MOST_NAMES: Final = 1000
_NO_ROOM: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_WRITTEN: Final = 0.95
"""How much of the work the writing is; the rest is flushing and reading back."""

Progress = Callable[[float], None]


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
    progress: Progress,
    stop: Event,
) -> Saved:
    """Write the pieces one after the other. To be called on a worker thread.

    Channels are two where one piece has two; the sample rate is the highest of them, and frames are those of the
    recording wherever that is its own. `origin` is kept inside the file, as its comment; a WAV beyond 4 GB is an RF64.
    `progress` hears 0…1 some ten times a second. Where `to` is taken, the copy gets the next free name
    ("name (2).wav"); `Saved.path` says which. Its folder must be there.

    Raises:
        Interrupted: `stop` was set; nothing is left behind.
        DiskFull, DiskError: it cannot be written; nothing is left behind.
        UsageError: there is nothing in the pieces.
        NotPlayable, RecordingVanished, DiskFailed: a piece cannot be read.

    """
    part = to.with_name(f".{to.name[:100]}.{uuid.uuid4().hex[:8]}.part")
    plan = _Plan(pieces)
    try:
        with _new(part) as file:
            _write(plan, _Output(file), form=form, origin=origin, progress=progress, stop=stop)
            os.fsync(file.fileno())
        sha256 = _digest(part, stop)
        size = part.stat().st_size
        saved = Saved(_name(part, to), plan.frames / plan.sample_rate, size, sha256, plan.sample_rate, plan.channels)
    except OSError as error:
        raise _ours(error) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    progress(1.0)
    return saved


class _Plan:
    """What is to be written: each piece in frames of the copy."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        shapes = []
        for piece in pieces:
            with Sound.open(piece.path) as sound:
                shapes.append((sound.sample_rate, sound.channels))
        if not shapes:
            raise UsageError("there is nothing to copy")
        self.sample_rate = max(rate for rate, _ in shapes)
        self.channels = max(channels for _, channels in shapes)
        self.pieces = pieces
        self.frames = 0
        for piece in pieces:
            with Sound.open(piece.path) as sound:
                first, last = self.stretch(piece, sound)
                self.frames += self.silence(piece) + last - first
        if not self.frames:
            raise UsageError("there is nothing to copy")

    def silence(self, piece: Piece) -> int:
        return max(round(piece.silence_before * self.sample_rate), 0)

    def stretch(self, piece: Piece, sound: Sound) -> tuple[int, int]:
        """First and last frame of the copy's rate, counted from the recording's beginning."""
        end = Raised(sound, sample_rate=self.sample_rate).count(sound.frames)
        first = min(max(round(piece.first * self.sample_rate), 0), end)
        last = end if piece.last is None else min(max(round(piece.last * self.sample_rate), first), end)
        return first, last

    def blocks(self, stop: Event) -> Any:
        """The frames of the copy, block by block."""
        for piece in self.pieces:
            quiet = self.silence(piece)
            while quiet:
                count = min(quiet, _BLOCK)
                yield np.zeros((count, self.channels), np.int16)
                quiet -= count
            with Sound.open(piece.path) as sound:
                raised = Raised(sound, sample_rate=self.sample_rate)
                first, last = self.stretch(piece, sound)
                for begin in range(first, last, _BLOCK):
                    if stop.is_set():
                        raise Interrupted
                    samples: Samples = raised.samples(begin, min(_BLOCK, last - begin))
                    yield samples if sound.channels == self.channels else np.repeat(samples, self.channels, axis=1)


class _Output:
    """The file as libsndfile writes it: what goes wrong is kept, since it cannot be raised through libsndfile."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.error: OSError | None = None

    def write(self, data: Any) -> int:
        if self.error is None:
            try:
                rest = memoryview(data)
                while rest:
                    rest = rest[self._file.write(rest) :]
            except OSError as error:
                self.error = error
        return len(data)  # whoever writes looks at `error`: libsndfile's own complaint would say less

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()


def _write(plan: _Plan, output: _Output, *, form: Form, origin: str, progress: Progress, stop: Event) -> None:
    kind = form.name
    if form is Form.WAV and plan.frames * plan.channels * 2 > _MOST_RIFF:
        kind = "RF64"
    told, written = time.monotonic(), 0
    try:
        with soundfile.SoundFile(output, "w", plan.sample_rate, plan.channels, "PCM_16", format=kind) as copy:
            if origin:
                copy.comment = origin
            for block in plan.blocks(stop):
                copy.write(block)
                written += len(block)
                if output.error is not None:
                    raise output.error
                if time.monotonic() - told >= _TELL_EVERY:
                    told = time.monotonic()
                    progress(_WRITTEN * written / plan.frames)
    except soundfile.LibsndfileError as error:
        raise output.error or DiskFailed(error.error_string, subject="the copy") from error
    if output.error is not None:
        raise output.error


def _new(part: Path) -> BinaryIO:
    return part.open("xb", buffering=0)


def _digest(path: Path, stop: Event) -> str:
    digest = hashlib.sha256()
    with path.open("rb", buffering=0) as file:
        while piece := file.read(_BYTES):
            if stop.is_set():
                raise Interrupted
            digest.update(piece)
    return digest.hexdigest()


def _name(part: Path, to: Path) -> Path:
    """Give the copy its name, or the next that is free."""
    for number in range(1, _MOST_NAMES):
        named = to if number == 1 else to.with_name(f"{to.stem} ({number}){to.suffix}")
        try:
            _rename_new(part, named)
        except FileExistsError:
            continue
        return named
    raise DiskError("every name for it is taken", subject="the copy")


def _rename_new(part: Path, named: Path) -> None:
    if os.name == "nt":
        part.rename(named)  # which refuses on Windows where there is something
        return
    try:
        named.hardlink_to(part)
    except FileExistsError:
        raise
    except OSError:
        # No links on this file system: the name is taken first, and then given to the copy.
        named.open("xb").close()
        part.replace(named)


def _ours(error: OSError) -> MirError:
    what = error.strerror or type(error).__name__
    return (DiskFull if error.errno in _NO_ROOM else DiskError)(what, subject="the copy")
