"""What is done to files, by path as text: the operations that placing is made of, handed in so that tests own them.

Durability. `flush` makes the bytes of many files durable at once. On Linux, where the file system is local and of a
kind that is known to keep the promise, one ``syncfs`` does it (for 256 files of 48 KB on ext4: 21 ms; ``fsync`` one by
one 197 ms, by 8 threads 99 ms), and since Linux 5.8 it also reports what went wrong; otherwise every file is flushed by
its own ``fsync``, several at once. On Windows a folder cannot be flushed: NTFS logs its changes in order, and the next
run looks rather than assumes.

Names. `rename_new` never replaces a file. Windows' rename refuses by itself, Linux and macOS by ``renameat2`` and
``renamex_np`` (one system call, no second link in between); where a file system knows neither, a hard link and the
removal of the old name do the same; where there are no links either, it looks first: then only the archive's lock keeps
two writers apart.
"""

# ruff: noqa: PTH102, PTH104, PTH105, PTH106, PTH108 - a Path costs more than the system call it is made for.

from __future__ import annotations

import ctypes
import errno
import hashlib
import os
import platform
import shutil
import stat
import sys
import threading
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from io import FileIO
from typing import Any, Final

_BINARY: Final = getattr(os, "O_BINARY", 0)
_NO_FOLLOW: Final = getattr(os, "O_NOFOLLOW", 0)
_NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY | _NO_FOLLOW
_READ: Final = os.O_RDONLY | _BINARY | _NO_FOLLOW
_APPEND: Final = os.O_RDWR | os.O_CREAT | os.O_APPEND | _BINARY | _NO_FOLLOW
# FlushFileBuffers wants a handle that may write; fsync does not.
_FLUSH: Final = (os.O_RDWR if os.name == "nt" else os.O_RDONLY) | _BINARY

_FLUSHERS: Final = 8
_FEW: Final = 8
"""Files that are flushed one by one even where the whole file system could be: it may hold much of others."""
_BLOCK: Final = 1024 * 1024
_RENAME_NOREPLACE: Final = 1
_RENAME_EXCL: Final = 4
_AT_FDCWD: Final = -100
_NO_SUCH_CALL: Final = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP})
_NO_LINKS: Final = _NO_SUCH_CALL | {errno.EPERM, errno.EMLINK, errno.EXDEV}
_KEEPS_ITS_PROMISE: Final = frozenset({0xEF53, 0x58465342, 0x9123683E, 0xF2F52010, 0x01021994})
"""`statfs` types whose ``syncfs`` waits and reports: ext2/3/4, XFS, Btrfs, F2FS, tmpfs."""
_NAME_SURROGATE: Final = 0x20000000
"""The bit of a Windows reparse tag that says: this name stands for another (links, junctions; not cloud files)."""


class Files:
    """The real thing. Every method raises OSError as the system does."""

    def __init__(self) -> None:
        self._rename = self._rename_by_system
        self._libc: Any = None
        self._syncs: dict[int, bool] = {}
        self._rest = threading.Event()

    def write(self, path: str, data: bytes) -> None:
        """Make or empty a file and write it; not durable yet."""
        descriptor = os.open(path, _NEW, 0o666)
        try:
            _write_all(descriptor, data)
        finally:
            os.close(descriptor)

    def append(self, path: str, data: bytes) -> None:
        """Add whole lines to a file of lines and make them durable; a torn last line is closed first.

        Where that fails, none of them is left there, as far as the system allows.
        """
        descriptor = os.open(path, _APPEND, 0o666)
        try:
            size = os.fstat(descriptor).st_size
            if size:
                os.lseek(descriptor, size - 1, os.SEEK_SET)
                if os.read(descriptor, 1) != b"\n":
                    data = b"\n" + data
            try:
                _write_all(descriptor, data)
                _fsync(descriptor)
            except OSError:
                with suppress(OSError):
                    os.ftruncate(descriptor, size)
                raise
        finally:
            os.close(descriptor)

    def read(self, path: str, most: int) -> bytes:
        """The first bytes of a file, at most so many; a link is not followed."""
        descriptor = os.open(path, _READ)
        try:
            pieces = []
            while most > 0 and (piece := os.read(descriptor, most)):
                pieces.append(piece)
                most -= len(piece)
            return b"".join(pieces)
        finally:
            os.close(descriptor)

    def open_to_read(self, path: str) -> FileIO:
        """A file, unbuffered; a link is not followed."""
        return open(path, "rb", buffering=0, opener=_open_to_read)

    def digest(self, path: str, on_read: Callable[[int], None] | None = None) -> str:
        """The SHA-256 of a file in lower-case hex; `on_read` is told of every stretch of bytes, and may raise."""
        digest = hashlib.sha256()
        with self.open_to_read(path) as file:
            # As much memory as the file needs: most are small.
            block = min(os.fstat(file.fileno()).st_size + 1, _BLOCK)
            while piece := file.read(block):
                digest.update(piece)
                if on_read is not None:
                    on_read(len(piece))
        return digest.hexdigest()

    def look(self, path: str) -> os.stat_result:
        """What lies there, links not followed."""
        return os.lstat(path)

    def make_folder(self, path: str) -> None:
        """Make one folder. Raises FileExistsError."""
        os.mkdir(path)

    def rename_new(self, source: str, target: str) -> None:
        """Give a file its name. Raises FileExistsError where the name is taken, by whatever."""
        self._rename(source, target)

    def replace(self, source: str, target: str) -> None:
        """Give a file its name, in place of the one that bears it: old whole or new whole."""
        os.replace(source, target)

    def remove(self, path: str) -> None:
        """Remove a file; one that is not there is no error."""
        try:
            os.unlink(path)
        except FileNotFoundError:
            return

    def remove_folder(self, path: str) -> None:
        """Remove an empty folder."""
        os.rmdir(path)

    def free(self, path: str) -> int:
        """Bytes this user may still write to the file system of `path`."""
        return shutil.disk_usage(path).free

    def flush(self, paths: Sequence[str], *, root: str) -> dict[str, OSError]:
        """Make the bytes of these files durable; answer those for which it failed. `root`: a folder of their volume."""
        if not paths:
            return {}
        if len(paths) > _FEW and self._syncfs(root):
            return {}
        if len(paths) == 1:
            answers = [_flush(paths[0])]
        else:
            with ThreadPoolExecutor(min(_FLUSHERS, len(paths))) as pool:
                answers = list(pool.map(_flush, paths))
        return {path: error for path, error in zip(paths, answers, strict=True) if error is not None}

    def flush_folders(self, paths: Collection[str]) -> None:
        """Make the names in these folders durable, as far as the system can."""
        if os.name == "nt":
            return
        for path in paths:
            descriptor = os.open(path, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            except OSError as error:
                if error.errno not in _NO_SUCH_CALL:
                    raise
            finally:
                os.close(descriptor)

    def pause(self, seconds: float) -> None:
        """Wait for another program to let go of a file."""
        self._rest.wait(seconds)

    def _rename_by_system(self, source: str, target: str) -> None:
        if os.name == "nt":
            os.rename(source, target)
            return
        libc = self._library()
        old, new = os.fsencode(source), os.fsencode(target)
        if hasattr(libc, "renameat2"):
            failed = libc.renameat2(_AT_FDCWD, old, _AT_FDCWD, new, _RENAME_NOREPLACE)
        elif hasattr(libc, "renamex_np"):
            failed = libc.renamex_np(old, new, _RENAME_EXCL)
        else:
            failed = -1
            ctypes.set_errno(errno.ENOSYS)
        if failed:
            number = ctypes.get_errno()
            if number not in _NO_SUCH_CALL:
                raise OSError(number, os.strerror(number))
            self._rename = self._rename_by_link
            self._rename(source, target)

    def _rename_by_link(self, source: str, target: str) -> None:
        try:
            os.link(source, target, follow_symlinks=False)
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            self._rename = self._rename_by_looking
            self._rename(source, target)
        else:
            os.unlink(source)

    def _rename_by_looking(self, source: str, target: str) -> None:
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
        os.rename(source, target)

    def _library(self) -> Any:
        if self._libc is None:
            self._libc = ctypes.CDLL(None, use_errno=True)
        return self._libc

    def _syncfs(self, root: str) -> bool:
        """Flush the whole file system; False where that cannot be relied on, or something went wrong somewhere."""
        if sys.platform != "linux":
            return False
        descriptor = os.open(root, os.O_RDONLY)
        try:
            device = os.fstat(descriptor).st_dev
            if device not in self._syncs:
                self._syncs[device] = _keeps_its_promise(self._library(), descriptor)
            return self._syncs[device] and self._library().syncfs(descriptor) == 0
        finally:
            os.close(descriptor)


def _open_to_read(path: str, _flags: int) -> int:
    return os.open(path, _READ)


def is_link(found: os.stat_result) -> bool:
    """Whether a name stands for another place: a symbolic link, or on Windows a junction or mount point."""
    if stat.S_ISLNK(found.st_mode):
        return True
    return bool(getattr(found, "st_reparse_tag", 0) & _NAME_SURROGATE)


def _write_all(descriptor: int, data: bytes) -> None:
    written = os.write(descriptor, data)
    while written < len(data):
        # A disk that fills takes what still fits, and says so with the next write.
        written += os.write(descriptor, data[written:])


def _fsync(descriptor: int) -> None:
    if sys.platform == "darwin":
        import fcntl

        fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)  # fsync leaves the bytes in the drive's own memory
    else:
        os.fsync(descriptor)


def _flush(path: str) -> OSError | None:
    try:
        descriptor = os.open(path, _FLUSH)
        try:
            _fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        return error
    return None


def _keeps_its_promise(libc: Any, descriptor: int) -> bool:
    if not hasattr(libc, "syncfs") or not hasattr(libc, "fstatfs"):
        return False
    major, minor = (int("".join(filter(str.isdigit, part))) for part in platform.release().split(".")[:2])
    if (major, minor) < (5, 8):
        return False
    buffer = ctypes.create_string_buffer(256)
    if libc.fstatfs(descriptor, buffer):
        return False
    return int.from_bytes(buffer.raw[: ctypes.sizeof(ctypes.c_long)], sys.byteorder) in _KEEPS_ITS_PROMISE
