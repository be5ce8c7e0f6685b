"""A folder of recordings fetched only to be heard: proved when they came and again when they are taken; no archive.

Bounded, the one not heard for longest goes first, never one that is in use here. Several programs may share it without
a lock: parts have names of their own, whole files are named by their bytes and never written again, and a file that
another program threw away is only fetched again.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import threading
import uuid
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from download_client.archive import Files
from download_client.errors import DiskError, DiskFull
from download_client.model import Recording
from download_client.retry import Clock

_WAV: Final = ".wav"
_PART: Final = ".part"
_OF_ID: Final = 32
"""As the names of an archive's parts begin: an erasure takes what begins so out of the archive's cache as well."""
_OF_VERSION: Final = 12
_DAY: Final = 86_400.0
"""Seconds after which a part belongs to nobody any more."""


class HeardBefore:
    """One folder, made by `prepare`. `most` bytes are kept in it, `min_free` stay free on its drive. Thread-safe."""

    def __init__(self, folder: Path, *, most: Callable[[], int], min_free: Callable[[], int], clock: Clock) -> None:
        self.folder = folder
        self._most = most
        self._min_free = min_free
        self._clock = clock
        self._files = Files()
        self._guard = threading.Lock()
        self._in_use: Counter[Path] = Counter()
        self._mine = uuid.uuid4().hex[:8]

    def prepare(self) -> None:
        """Make the folder, for its user alone. Raises OSError; also where a link lies in its place."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self.folder.is_symlink() or not os.access(self.folder, os.W_OK):
            raise PermissionError("the folder cannot be written")

    def take(self, recording: Recording) -> tuple[Path, str] | None:
        """A whole file of this recording as it is listed now, and its SHA-256; None: it is not here.

        It stays until `let_go`. Its bytes are read: one that is damaged is thrown away.
        """
        for path in self._of(recording.id):
            _, version, sha256 = path.stem.split("-")
            if version != _version(recording) or recording.sha256 not in ("", sha256):
                continue
            with self._guard:
                self._in_use[path] += 1
            try:
                if self._files.digest(str(path)) == sha256:
                    os.utime(path)
                    return path, sha256
            except OSError:
                pass
            self.let_go(path)
            self._remove(path)
        return None

    def part(self, recording: Recording) -> Path:
        """Where the part of this recording lies, for this program alone."""
        return self.folder / f"{_id(recording.id)}-{_version(recording)}-{self._mine}{_PART}"

    def make_room(self, size: int) -> None:
        """Throw away what was not heard for longest, until `size` bytes more have room.

        What is in use stays, even where that is more than the folder should hold.

        Raises:
            DiskFull: the drive has no room for it.
            DiskError: the drive cannot be asked.

        """
        found, most, min_free = self._kept(), self._most(), self._min_free()
        held = sum(each.st_size for _, each in found)
        try:
            free = shutil.disk_usage(self.folder).free
        except OSError as error:
            raise DiskError(error.strerror or "", subject="cache") from error
        for path, each in found:
            if held + size <= most and free - size >= min_free:
                return
            if self._remove(path):
                held -= each.st_size
                free += each.st_size
        if free - size < min_free:
            raise DiskFull(f"{size} bytes are needed, {free} are free and {min_free} are kept free")

    def keep(self, recording: Recording, part: Path, sha256: str) -> Path:
        """Give a proved part its name; it stays until `let_go`. Raises DiskError."""
        path = self.folder / f"{_id(recording.id)}-{_version(recording)}-{sha256}{_WAV}"
        with self._guard:
            self._in_use[path] += 1
        try:
            self._files.rename_new(str(part), str(path))
        except FileExistsError:
            # Another program was quicker; which bytes it kept its name says, and whoever takes it looks.
            with suppress(OSError):
                self._files.replace(str(part), str(path))
        except OSError as error:
            self.let_go(path)
            raise DiskError(error.strerror or "", subject="cache") from error
        return path

    def let_go(self, path: Path) -> None:
        """It is not used any more; what is too much goes."""
        with self._guard:
            self._in_use[path] -= 1
            if self._in_use[path] <= 0:
                del self._in_use[path]
        with suppress(DiskError):
            self.make_room(0)

    def _of(self, recording_id: str) -> list[Path]:
        try:
            found = list(self.folder.glob(f"{_id(recording_id)}-*"))
        except OSError:
            return []
        return [path for path in found if path.suffix == _WAV and path.stem.count("-") == 2]

    def _kept(self) -> list[tuple[Path, os.stat_result]]:
        """What may go, the one not heard for longest first; parts that nobody goes on with go at once."""
        kept: list[tuple[Path, os.stat_result]] = []
        now = self._clock.now().timestamp()
        with suppress(OSError), os.scandir(self.folder) as entries:
            for entry in entries:
                with suppress(OSError):
                    found = entry.stat(follow_symlinks=False)
                    path = self.folder / entry.name
                    if path.suffix == _WAV:
                        kept.append((path, found))
                    elif path.suffix == _PART and now - found.st_mtime > _DAY:
                        self._files.remove(str(path))
        return sorted(kept, key=lambda each: each[1].st_mtime)

    def _remove(self, path: Path) -> bool:
        """False: it is in use, here or (on Windows) by another program."""
        with self._guard:
            if path in self._in_use:
                return False
            try:
                self._files.remove(str(path))
            except OSError:
                return False
        return True


def _id(recording_id: str) -> str:
    return hashlib.sha256(recording_id.encode("utf-8", "surrogatepass")).hexdigest()[:_OF_ID]


def _version(recording: Recording) -> str:
    """What tells this content from a later one; of a service that names nothing, its length."""
    told = recording.version or f"{recording.size_bytes}"
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:_OF_VERSION]
