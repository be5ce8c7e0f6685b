"""Which format a ledger's file has, read without anything being written in it or beside it.

The number is SQLite's `user_version`: in the file's first page, or in that page as the write-ahead log has it
(sqlite.org/fileformat2.html, 1.3 and 4). Checksums of the log are not proved: a power failure at the very moment in
which a newer version changes the format may make it seem done, and the file be left alone.

The file is opened by SQLite, which knows what else this process has open: where locks are those of POSIX, to close a
file of one's own would let go of SQLite's (sqlite.org/howtocorrupt.html, 2.2), and another program that ends would take
the log away. Of the log no such lock is held.
"""

from __future__ import annotations

import os
import sqlite3
import struct
from contextlib import closing
from pathlib import Path
from typing import BinaryIO, Final
from urllib.parse import quote

_FIRST: Final = 100
_USER_VERSION: Final = struct.Struct(">60xI")
_LOG_HEAD: Final = struct.Struct(">4x4xI4x8s8x")
_FRAME: Final = struct.Struct(">II8s8x")


def to_read(path: Path) -> str:
    """The address by which SQLite opens a file that is there, to read only."""
    return f"file:{quote(path.as_posix())}?mode=ro"


def format_of(path: Path) -> int | None:
    """The number, 0 of a file that nothing was written to; None: there is none, or none that can be read."""
    try:
        with closing(sqlite3.connect(f"{to_read(path)}&immutable=1", uri=True)) as file:
            written: int = file.execute("PRAGMA user_version").fetchone()[0]
    except sqlite3.Error:
        return None
    try:
        with path.with_name(f"{path.name}-wal").open("rb") as log:
            in_log = _in_log(log)
    except OSError:
        in_log = None
    return written if in_log is None else in_log


def _in_log(log: BinaryIO) -> int | None:
    """The number in the last first page of the log that a commit followed; None: there is none."""
    head = log.read(_LOG_HEAD.size)
    if len(head) < _LOG_HEAD.size:
        return None
    page_size, salt = _LOG_HEAD.unpack(head)
    seen = committed = None
    while len(frame := log.read(_FRAME.size)) == _FRAME.size:
        page, commit, salt_of_frame = _FRAME.unpack(frame)
        if salt_of_frame != salt:
            break
        if page == 1:
            first = log.read(_FIRST)
            seen = _USER_VERSION.unpack_from(first)[0] if len(first) == _FIRST else seen
            log.seek(-len(first), os.SEEK_CUR)
        if commit:
            committed = seen
        log.seek(page_size, os.SEEK_CUR)
    return committed
