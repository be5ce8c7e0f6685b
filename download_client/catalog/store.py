"""A catalog's SQLite file: made, opened, written by one connection, removed; it knows nothing of what rows mean.

It lies in a folder of this user alone, is a copy of what can be had again, and so is thrown away rather than mended.
A listing's own file dies with its listing; one left by a kill is swept away when the next one is made.
"""

from __future__ import annotations

import json
import sqlite3
import threading
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

from filelock import FileLock, Timeout

from download_client.catalog.schema import FORMAT, TABLES
from download_client.catalog.values import Sums
from download_client.errors import CatalogFailed, DiskFailed, DiskFull

_BUSY_SECONDS = 10.0
_CACHE_KIB = 16_384
_FEW = 20_000
"""Rows that are sorted faster than anybody notices."""
_SUFFIX = ".listing"
_BESIDE = ("", "-wal", "-shm")


class Store:
    """One file with one connection that writes and one that reads, so that reading never waits for a long write.

    Thread-safe. `changes` counts the transactions of this program: what was worked out before may be so no longer.
    """

    def __init__(self, path: Path, *, lock: FileLock | None, scratch: bool) -> None:
        self.path = path
        self._file_lock = lock
        self._scratch = scratch
        self._lock = threading.RLock()
        self._reading = threading.Lock()
        self._reader: sqlite3.Connection | None = None
        self.changes = 0
        self.sums: tuple[int, Sums] | None = None
        """What all rows together are, and after how many changes that was worked out."""
        with _door():
            self._connection = sqlite3.connect(
                path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
            try:
                self._connection.execute("PRAGMA journal_mode = WAL")
                self._connection.execute(f"PRAGMA synchronous = {'OFF' if scratch else 'NORMAL'}")
                self._connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
                if not scratch:
                    # What is forgotten leaves no bytes in pages that are free.
                    self._connection.execute("PRAGMA secure_delete = ON")
            except BaseException:
                # A file that is held cannot be thrown away on Windows.
                self._connection.close()
                raise

    @classmethod
    def scratch(cls, folder: Path) -> Store:
        """A file of its own for one listing. Raises `CatalogFailed`, `DiskFull`."""
        _make_private(folder)
        sweep(folder)
        path = folder / f"{uuid.uuid4().hex}{_SUFFIX}"
        lock = FileLock(path.with_suffix(".lock"), thread_local=False)
        try:
            lock.acquire(timeout=0)
        except (OSError, Timeout) as error:
            raise CatalogFailed(type(error).__name__) from error
        store = cls(path, lock=lock, scratch=True)
        store.make()
        return store

    @classmethod
    def kept(cls, path: Path, *, owner: str) -> Store:
        """A file that stays from one start of the program to the next, as long as it is `owner`'s copy.

        Another owner's, another format's or a damaged one is thrown away and made anew.

        Raises:
            CatalogFailed, DiskFull, DiskFailed: it cannot be made, or another program holds what is to be thrown away.

        """
        _make_private(path.parent)
        if path.exists():
            with suppress(CatalogFailed):
                store = cls(path, lock=None, scratch=False)
                with suppress(CatalogFailed):
                    if store.is_of(owner):
                        return store
                store.close()
            try:
                _remove(path)
            except OSError as error:
                raise CatalogFailed(error.strerror or "") from error
        store = cls(path, lock=None, scratch=False)
        store.make()
        store.note("owner", owner)
        return store

    def make(self) -> None:
        """The empty tables."""
        with self.transaction() as connection:
            for statement in TABLES:
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {FORMAT}")

    def is_of(self, owner: str) -> bool:
        """Whether the file is whole, of this format, and this owner's copy."""
        with _door():
            if self._connection.execute("PRAGMA user_version").fetchone()[0] != FORMAT:
                return False
        return self.noted("owner") == owner

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """One write transaction: all of it or nothing.

        Raises:
            DiskFull, DiskFailed, CatalogFailed: SQLite's errors through one door.

        """
        with self._lock, _door():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
                self.changes += 1
            except BaseException:
                with suppress(sqlite3.Error):
                    if self._connection.in_transaction:
                        self._connection.execute("ROLLBACK")
                raise

    def query(self, sql: str, parameters: tuple[object, ...] = ()) -> list[tuple[Any, ...]]:
        """All rows of a small answer."""
        with self._reading, _door():
            if self._reader is None:
                self._reader = self.reader()
            return self._reader.execute(sql, parameters).fetchall()

    def among(self, sql: str, values: object) -> list[tuple[Any, ...]]:
        """The answer for many values at once: `sql` names them as `(SELECT value FROM json_each(?))`."""
        return self.query(sql, (json.dumps(values),))

    def noted(self, key: str) -> str:
        """A remembered fact; empty where there is none."""
        rows = self.query("SELECT value FROM note WHERE key = ?", (key,))
        return str(rows[0][0]) if rows else ""

    def note(self, key: str, value: str) -> None:
        """Remember a fact."""
        with self.transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO note VALUES (?, ?)", (key, value))

    def index(self, statements: Sequence[str]) -> None:
        """Make indexes, one transaction each: the file may be looked at in between, and a few rows need none.

        Kept up while a listing fills they would cost more than they are worth.
        """
        if self.query("SELECT ifnull(max(number), 0) FROM row")[0][0] < _FEW:
            return
        for statement in statements:
            with self.transaction() as connection:
                connection.execute(statement)

    def reader(self) -> sqlite3.Connection:
        """A connection that reads the file and may have temporary tables of its own; whoever asks closes it."""
        with _door():
            uri = f"file:{quote(self.path.as_posix())}?mode=ro"
            connection = sqlite3.connect(
                uri, uri=True, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
            connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
            return connection

    def close(self) -> None:
        """Close; a scratch file goes, as soon as nobody looks at it any more."""
        with self._reading, self._lock:
            if self._reader is not None:
                self._reader.close()
            self._connection.close()
        if self._scratch:
            with suppress(OSError):
                _remove(self.path)
        if self._file_lock is not None:
            self._file_lock.release()
            with suppress(OSError):
                self.path.with_suffix(".lock").unlink(missing_ok=True)


def sweep(folder: Path) -> int:
    """Remove the listings of programs that are no more; answers how many."""
    swept = 0
    for path in folder.glob(f"*{_SUFFIX}"):
        lock = FileLock(path.with_suffix(".lock"), thread_local=False)
        with suppress(OSError, Timeout):
            with lock.acquire(timeout=0):
                _remove(path)
                swept += 1
            path.with_suffix(".lock").unlink(missing_ok=True)
    return swept


@contextmanager
def _door() -> Iterator[None]:
    """The one door through which SQLite's errors become ours."""
    try:
        yield
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", "") or type(error).__name__
        if name == "SQLITE_FULL":
            raise DiskFull("the drive that holds the lists has no room", subject="list") from error
        if name.startswith("SQLITE_IOERR"):
            raise DiskFailed(f"{name}: {error}", subject="list") from error
        raise CatalogFailed(f"{name}: {error}") from error


watched = _door
"""For views, which read by connections of their own."""


def _make_private(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise CatalogFailed(error.strerror or "") from error


def _remove(path: Path) -> None:
    for suffix in _BESIDE:
        path.with_name(path.name + suffix).unlink(missing_ok=True)
