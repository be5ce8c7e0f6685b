"""How conversations stand with the archive, in the words of tables; the ledger's states decide, this translates."""

from __future__ import annotations

import os
from collections.abc import Iterator
from io import FileIO
from pathlib import Path

from download_client.catalog import Presence, Stand
from download_client.ledger import Ledger
from download_client.model import REFUSED, State

_BLOCK = 500
_BY_STATE = {
    State.QUEUED: Presence.QUEUED,
    State.FETCHING: Presence.DOWNLOADING,
    State.FETCHED: Presence.DOWNLOADING,
    State.WAITING: Presence.WAITING,
    State.FAILED: Presence.FAILED,
    State.ERASED: Presence.ERASED,
    **dict.fromkeys(REFUSED, Presence.REFUSED),
}


def stands(ledger: Ledger, only: list[str] | None) -> Iterator[Stand]:
    """What a ledger knows of all its conversations, or of these."""
    if only is None:
        yield from (_told(*row) for row in ledger.overview.stands())
        return
    for start in range(0, len(only), _BLOCK):
        yield from (_told(*row) for row in ledger.overview.stands(only[start : start + _BLOCK]))


def _told(conversation_id: str, archived: int, urgent: State | None) -> Stand:
    return Stand(conversation_id, archived, _BY_STATE.get(urgent) if urgent is not None else None)


_INDEX_HEAD = 48
"""Bytes of the head of a log's index, which counts commits (WAL-Index File Format, sqlite.org)."""


def stamp(path: Path) -> tuple[tuple[int, int], ...]:
    """A value that changes with every commit to a ledger; on Windows not with every one while the writer works."""
    found = []
    for each in (path, path.with_name(path.name + "-wal")):
        try:
            told = each.stat()
        except OSError:
            found.append((0, 0))
        else:
            found.append((told.st_mtime_ns, told.st_size))
    return tuple(found)


def commits(path: Path) -> bytes:
    """On Windows a value that changes with every commit while the writer works; elsewhere nothing, `stamp` says it.

    NTFS tells a file's time anew when it is closed, and a log that is begun again keeps its size. Where locks are those
    of POSIX the index must not be opened: to close it would let go of SQLite's own.
    """
    if os.name != "nt":
        return b""
    try:
        with FileIO(path.with_name(path.name + "-shm")) as index:
            return index.read(_INDEX_HEAD)
    except OSError:
        return b""
