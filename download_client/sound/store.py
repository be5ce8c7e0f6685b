"""Keeps waveforms in a folder for an immediate second load; it promises nothing and may be thrown away at any time.

What cannot be kept is not kept, and what cannot be read is not there: the waveform is then read again.
"""

from __future__ import annotations

import hashlib
import os
import uuid
from contextlib import suppress
from pathlib import Path
from typing import Final

from download_client.errors import DiskFailed, RecordingVanished
from download_client.sound.peaks import Peaks

_SUFFIX: Final = ".peaks"
_MOST_BYTES: Final = 256 * 1024 * 1024


def key_of(path: Path, *, sha256: str = "") -> str:
    """What a recording's waveform is kept under: its digest where that is known, else place, size and time of change.

    Raises RecordingVanished, DiskFailed.
    """
    if sha256:
        return sha256.lower()
    try:
        found = path.stat()
        place = os.fsencode(path.absolute())
    except FileNotFoundError:
        raise RecordingVanished(subject=str(path)) from None
    except OSError as error:
        raise DiskFailed(error.strerror or "", subject=str(path)) from error
    return hashlib.sha256(b"%d %d %s" % (found.st_size, found.st_mtime_ns, place)).hexdigest()


class PeakStore:
    """The waveforms in one folder. May be used from several threads and several programs at once."""

    def __init__(self, folder: Path, *, most_bytes: int = _MOST_BYTES) -> None:
        """The folder is made when something is kept."""
        self._folder = folder
        self._most = most_bytes

    def get(self, key: str) -> Peaks | None:
        """The waveform kept under a key; None where there is none. One that is damaged goes."""
        path = self._path(key)
        try:
            untrusted = path.read_bytes()
        except OSError:
            return None
        try:
            peaks = Peaks.from_bytes(untrusted)
        except ValueError:
            with suppress(OSError):
                path.unlink()
            return None
        with suppress(OSError):
            os.utime(path)  # the oldest go first, and this one is not old
        return peaks

    def put(self, key: str, peaks: Peaks) -> None:
        """Keep a waveform that is read to its end; the ones not asked for longest go where the room is used up."""
        data = peaks.to_bytes()
        if len(data) > self._most:
            return
        path = self._path(key)
        fresh = path.with_name(f"{path.name}.{uuid.uuid4().hex[:8]}")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            fresh.write_bytes(data)
            fresh.replace(path)
        except OSError:
            with suppress(OSError):
                fresh.unlink()
            return
        self._make_room()

    def _path(self, key: str) -> Path:
        if not key.isalnum():
            raise ValueError(key)
        return self._folder / f"{key}{_SUFFIX}"

    def _make_room(self) -> None:
        kept = []
        for path in self._folder.glob(f"*{_SUFFIX}*"):
            with suppress(OSError):
                found = path.stat()
                kept.append((found.st_mtime_ns, found.st_size, path))
        room = self._most
        for _, size, path in sorted(kept, reverse=True):
            room -= size
            if room < 0:
                with suppress(OSError):
                    path.unlink()
