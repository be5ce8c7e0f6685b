"""One part file: opened, cut back, written, made durable, closed; it does not know whose bytes they are.

Its bytes are hashed as they are written. Nothing is preallocated, and nobody else writes here: beyond the offset that
was durable lies whatever a crash left, so a resume cuts back to it and hashes the prefix anew (R4).
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

_READ = 1024 * 1024
HEAD = 4096
"""Bytes at the beginning of a file that an outcome carries."""

# O_NOFOLLOW: a link that was planted under the part's name is not written through.
_FLAGS = 0
for _name in ("O_BINARY", "O_NOINHERIT", "O_CLOEXEC", "O_NOFOLLOW"):
    _FLAGS |= getattr(os, _name, 0)


class Part:
    """A part file at an offset, with the SHA-256 of everything before it. Every method may raise OSError.

    It is closed until the first write, so that an order that waits holds no handle.
    """

    __slots__ = ("_fd", "_hash", "_path", "_whole", "head", "offset")

    def __init__(self, path: Path) -> None:
        """From the start: an older part is truncated just before the first write, not earlier."""
        self._path = path
        self._fd = -1
        self._hash = hashlib.sha256()
        self._whole = True
        self.offset = 0
        self.head = b""

    def resume(self, *, offset: int, prefix_sha256: str) -> bool:
        """Go on at `offset` if the bytes before it still have that hash: cut back to it. False: begin anew."""
        try:
            fd = os.open(self._path, os.O_RDWR | _FLAGS)
        except FileNotFoundError:
            return False
        try:
            if not _hash_into(self._hash, fd, offset) or self._hash.hexdigest() != prefix_sha256:
                self._hash = hashlib.sha256()
                return False
            os.lseek(fd, 0, os.SEEK_SET)
            self.head = os.read(fd, min(HEAD, offset))
            os.ftruncate(fd, offset)
        finally:
            os.close(fd)
        self.offset = offset
        self._whole = False
        return True

    def write(self, block: memoryview) -> None:
        """Append a block."""
        if self._fd < 0:
            self._open()
        left = block
        while left:
            left = left[os.write(self._fd, left) :]
        # Only what was written counts: after a failed write the offset and the hash still belong together.
        self._hash.update(block)
        if len(self.head) < HEAD:
            self.head += bytes(block[: HEAD - len(self.head)])
        self.offset += len(block)

    def same(self, block: memoryview, *, start: int) -> bool:
        """Whether the file holds exactly these bytes at `start`."""
        if self._fd < 0:
            self._open()
        os.lseek(self._fd, start, os.SEEK_SET)
        held = bytearray()
        while len(held) < len(block):
            more = os.read(self._fd, len(block) - len(held))
            if not more:
                return False
            held += more
        os.lseek(self._fd, self.offset, os.SEEK_SET)
        return held == block

    def sha256(self) -> str:
        """Hex SHA-256 of everything before the offset."""
        return self._hash.hexdigest()

    def sync(self) -> None:
        """Everything written so far survives a loss of power. Also from another thread than the writing one."""
        if self._fd >= 0:
            os.fsync(self._fd)

    def close(self) -> None:
        """Let go of the file, so that it can be renamed. Closing twice is harmless."""
        fd, self._fd = self._fd, -1
        if fd >= 0:
            os.close(fd)

    def _open(self) -> None:
        if self._whole:
            self._fd = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_TRUNC | _FLAGS, 0o666)
            self._whole = False
        else:
            self._fd = os.open(self._path, os.O_RDWR | _FLAGS)
            os.lseek(self._fd, self.offset, os.SEEK_SET)


def _hash_into(digest: hashlib._Hash, fd: int, size: int) -> bool:
    """Hash the first `size` bytes; False when there are fewer."""
    left = size
    while left:
        data = os.read(fd, min(_READ, left))
        if not data:
            return False
        digest.update(data)
        left -= len(data)
    return True
