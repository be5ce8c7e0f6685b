"""The ledger's SQLite file: opened, migrated, written by one connection; it knows nothing of what the rows mean.

One process writes (the archive's lock sees to that), through one connection behind one lock, which is also the only
one that checkpoints: SQLite 3.7.0-3.51.2 can damage a WAL database with two. Readers open it read-only. The file lies
on a local disk, never on a share.

One of a newer version is left alone before SQLite sees it. One of an older version is copied beside, whole, before it
is brought up to date in one transaction; the copy is what that older version can go on with.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import Any

from download_client.errors import DiskFailed, DiskFull, LedgerCorrupt, LedgerError, LedgerNewer, MirError, check_format
from download_client.ledger.header import format_of, to_read
from download_client.ledger.schema import MIGRATIONS

_BUSY_SECONDS = 10.0
_CACHE_KIB = 8_192


class Database:
    """One connection to the ledger. Thread-safe: every statement runs under its lock."""

    def __init__(self, connection: sqlite3.Connection, path: Path, *, writable: bool) -> None:
        self._connection = connection
        self._lock = threading.RLock()
        self._damaged = False
        self.path = path
        self.writable = writable

    @classmethod
    def open(cls, path: Path) -> Database:
        """Open for writing; the caller holds the archive's lock. Creates and migrates as needed.

        Raises:
            LedgerCorrupt: the file is not a database, or damaged.
            LedgerNewer: a newer version of this program wrote it; not a byte is changed.
            DiskFull, DiskFailed, LedgerError: it cannot be written.

        """
        refuse_newer(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        with _door(path):
            connection = sqlite3.connect(
                path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False, cached_statements=256
            )
            database = cls(connection, path, writable=True)
            try:
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA synchronous = NORMAL")
                connection.execute("PRAGMA foreign_keys = ON")
                # What is erased leaves no bytes in pages that are free.
                connection.execute("PRAGMA secure_delete = ON")
                connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
                connection.execute("PRAGMA wal_autocheckpoint = 4000")
                database._look()
                database._migrate()
            except BaseException:
                connection.close()
                raise
        return database

    @classmethod
    def read(cls, path: Path) -> Database:
        """Open read-only, beside a writer or without one.

        Raises:
            LedgerError: there is no ledger; LedgerCorrupt, LedgerNewer as in `open`.

        """
        if not path.is_file():
            raise LedgerError("there is none yet", subject=path.name)
        if not path.with_name(f"{path.name}-shm").exists():
            # Nobody has it open: SQLite would write beside it, even to read.
            refuse_newer(path)
        with _door(path):
            connection = sqlite3.connect(
                to_read(path), uri=True, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
            try:
                connection.execute("PRAGMA query_only = ON")
                connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
                version = connection.execute("PRAGMA user_version").fetchone()[0]
            except BaseException:
                # A damaged file that is held cannot be set aside on Windows.
                connection.close()
                raise
        if version != len(MIGRATIONS):
            connection.close()
            check_format(version, known=len(MIGRATIONS), newer=LedgerNewer, subject=path.name)
            raise LedgerError("an older version wrote it; the next pull brings it up to date", subject=path.name)
        return cls(connection, path, writable=False)

    def _look(self) -> None:
        """After an unclean stop look, don't assume."""
        version = self._connection.execute("PRAGMA user_version").fetchone()[0]
        if version and self.note("clean") != "yes":
            verdict = self._connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            if verdict != "ok":
                raise LedgerCorrupt("SQLite's own check failed", subject=self.path.name)

    def _migrate(self) -> None:
        """One transaction: killed in the middle, the old form opens and all is done again (fault 43)."""
        version = self._connection.execute("PRAGMA user_version").fetchone()[0]
        if 0 < version < len(MIGRATIONS):
            self._copy(version)
        if version < len(MIGRATIONS):
            with self.transaction() as connection:
                for statement in chain.from_iterable(MIGRATIONS[version:]):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
        self.set_note("clean", "no")

    def _copy(self, version: int) -> None:
        """Keep it beside as it is; once more where a kill came between, and never half."""
        kept = copy_of(self.path, version)
        fresh = kept.with_name(f"{kept.name}.new")
        try:
            fresh.unlink(missing_ok=True)
            with self._watched():
                self._connection.execute("VACUUM INTO ?", (str(fresh),))
            # SQLite does not wait for the disk here.
            with fresh.open("rb+") as written:
                os.fsync(written.fileno())
            fresh.replace(kept)
        except OSError as error:
            raise DiskFailed(f"it cannot be copied ({error.strerror})", subject=self.path.name) from error

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """One write transaction (BEGIN IMMEDIATE): all of it or nothing.

        Raises:
            DiskFull, DiskFailed, LedgerCorrupt, LedgerError: SQLite's errors through one door.

        """
        with self._lock, self._watched():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                # A failed COMMIT (disk full) may already have rolled back.
                with suppress(sqlite3.Error):
                    if self._connection.in_transaction:
                        self._connection.execute("ROLLBACK")
                raise

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Nobody else gets at the ledger: what follows a commit in memory keeps the order of the commits."""
        with self._lock:
            yield

    def query(self, sql: str, parameters: tuple[object, ...] = ()) -> list[tuple[Any, ...]]:
        """All rows of a small answer."""
        with self._lock, self._watched():
            return self._connection.execute(sql, parameters).fetchall()

    def stream(self, sql: str, parameters: tuple[object, ...] = (), *, block: int = 512) -> Iterator[tuple[Any, ...]]:
        """Rows of a large answer, in blocks; between the blocks others may use the connection."""
        with self._lock, self._watched():
            cursor = self._connection.execute(sql, parameters)
        while True:
            with self._lock, self._watched():
                rows = cursor.fetchmany(block)
            if not rows:
                return
            yield from rows

    def note(self, key: str) -> str:
        """A remembered fact; empty where there is none."""
        rows = self.query("SELECT value FROM note WHERE key = ?", (key,))
        return str(rows[0][0]) if rows else ""

    def set_note(self, key: str, value: str) -> None:
        """Remember a fact."""
        with self.transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO note(key, value) VALUES (?, ?)", (key, value))

    def close(self) -> None:
        """Close; a writer leaves the mark of a clean stop, unless the file was found damaged: the next one looks."""
        with self._lock:
            if self.writable:
                with suppress(MirError):
                    self.set_note("clean", "no" if self._damaged else "yes")
            self._connection.close()

    @contextmanager
    def _watched(self) -> Iterator[None]:
        try:
            with _door(self.path):
                yield
        except LedgerCorrupt:
            self._damaged = True
            raise

    def __enter__(self) -> Database:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def refuse_newer(path: Path) -> None:
    """Raise `LedgerNewer` for the file of a newer version, before anything of it or beside it is touched."""
    check_format(format_of(path), known=len(MIGRATIONS), newer=LedgerNewer, subject=path.name)


def is_older(path: Path) -> bool:
    """Whether it is to be brought up to date by whoever opens it for writing."""
    number = format_of(path)
    return number is not None and 0 < number < len(MIGRATIONS)


def copy_of(path: Path, version: int) -> Path:
    """Where the copy of a ledger lies that had that format."""
    return path.with_name(f"{path.stem}.format-{version}{path.suffix}")


def forget_copies(path: Path) -> None:
    """Remove every older file of a ledger that was kept beside it. Raises DiskFailed."""
    for kept in path.parent.glob(f"{path.stem}.*{path.suffix}*"):
        try:
            kept.unlink(missing_ok=True)
        except OSError as error:
            raise DiskFailed(f"a copy cannot be removed ({error.strerror})", subject=kept.name) from error


@contextmanager
def _door(path: Path) -> Iterator[None]:
    """The one door through which SQLite's errors become ours."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        name = getattr(error, "sqlite_errorname", "") or ""
        text = f"{name or type(error).__name__}: {error}"
        if name == "SQLITE_FULL":
            raise DiskFull("the drive of the ledger has no room", subject=path.name) from error
        if name.startswith("SQLITE_IOERR"):
            raise DiskFailed(text, subject=path.name) from error
        if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
            raise LedgerCorrupt(text, subject=path.name) from error
        raise LedgerError(text, subject=path.name) from error
