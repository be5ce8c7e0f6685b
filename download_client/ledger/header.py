"""Which format a ledger's file has, read without opening it as a database: SQLite alone would write beside it.

The number is SQLite's `user_version`: in the file's first page, or in that page as the write-ahead log has it
(sqlite.org/fileformat2.html, 1.3 and 4). Checksums of the log are not proved: a power failure at the very moment in
which a newer version changes the format may make it seem done, and the file be left alone.
"""

from __future__ import annotations

import os
import struct
from pathlib import Path
from typing import BinaryIO, Final

_MAGIC: Final = b"SQLite format 3\x00"
_FIRST: Final = 100
_USER_VERSION: Final = struct.Struct(">60xI")
_LOG_HEAD: Final = struct.Struct(">4x4xI4x8s8x")
_FRAME: Final = struct.Struct(">II8s8x")


def format_of(path: Path) -> int | None:
    """The number, 0 of a file that nothing was written to; None: there is none, or none that can be read."""
    try:
        with path.open("rb") as file:
            head = file.read(_FIRST)
    except OSError:
        return None
    if head and not head.startswith(_MAGIC):
        return None
    written: int = _USER_VERSION.unpack_from(head)[0] if len(head) == _FIRST else 0
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
