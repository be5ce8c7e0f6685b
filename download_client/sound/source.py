"""A recording's file, open for reading only, so that others may move or delete it; it knows nothing of sound.

On Windows Python's own `open` forbids others to rename or delete the file as long as it is open; here they may
(FILE_SHARE_DELETE; CreateFile, Microsoft Learn). Where the system then keeps the bytes until the last reader has
closed, reading goes on.
"""

from __future__ import annotations

import os
import sys
from io import FileIO
from pathlib import Path
from typing import Final

from download_client.errors import DiskFailed, MirError, NotPlayable, NotWav, RecordingVanished
from download_client.wav import WavInfo, inspect_open, openable

_READ: Final = 0x8000_0000
"""GENERIC_READ"""
_SHARED: Final = 1 | 2 | 4
"""FILE_SHARE_READ, FILE_SHARE_WRITE, FILE_SHARE_DELETE"""
_OPEN_EXISTING: Final = 3
_GONE: Final = (FileNotFoundError, NotADirectoryError)


class Source:
    """One open recording. Not for two threads at once."""

    __slots__ = ("_file", "info", "name")

    def __init__(self, path: Path) -> None:
        """Open it and read its header. Raises NotPlayable (damaged), RecordingVanished, DiskFailed."""
        self.name = str(path)
        try:
            self._file = FileIO(openable(self.name), "rb", opener=_shared)
        except OSError as error:
            raise self.ours(error) from error
        try:
            self.info: WavInfo = inspect_open(self._file)
        except NotWav as error:
            self.close()
            raise NotPlayable(f"the file is damaged: {error.detail}", subject=self.name, intact=False) from None
        except OSError as error:
            self.close()
            raise self.ours(error) from error

    def read_into(self, buffer: memoryview, position: int) -> None:
        """Fill the buffer from this byte of the file on. Raises NotPlayable (it became shorter), and as above."""
        try:
            self._file.seek(position)
            there = 0
            while there < len(buffer):
                count = self._file.readinto(buffer[there:])
                if not count:
                    raise self.cut()
                there += count
        except OSError as error:
            raise self.ours(error) from error

    def close(self) -> None:
        """Let go of the file; more than once does no harm."""
        self._file.close()

    def cut(self) -> NotPlayable:
        """What is to be raised where bytes are missing that were there before."""
        return NotPlayable("the file became shorter while it was open: it is damaged", subject=self.name, intact=False)

    def ours(self, error: OSError) -> MirError:
        """The system's error as ours."""
        if isinstance(error, _GONE):
            return RecordingVanished(subject=self.name)
        return DiskFailed(error.strerror or type(error).__name__, subject=self.name)


def _shared(path: str, flags: int) -> int:
    if sys.platform != "win32":
        return os.open(path, flags)
    import _winapi
    import msvcrt

    handle = _winapi.CreateFile(path, _READ, _SHARED, 0, _OPEN_EXISTING, 0, 0)
    return msvcrt.open_osfhandle(handle, os.O_RDONLY | os.O_NOINHERIT)
