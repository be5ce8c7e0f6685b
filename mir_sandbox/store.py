"""The store of one stand-in service: a SQLite file with its conversations, recordings and everything that changes.

Not promised: safety against power loss, which a test partner does not need; a killed process leaves a kept file whole.
All access goes through one connection under one lock.
"""

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from mir_sandbox.calls import Call, Take

_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE conversation (
    number INTEGER PRIMARY KEY, outbound INTEGER NOT NULL, on_demand INTEGER NOT NULL, start INTEGER NOT NULL,
    seconds INTEGER NOT NULL, calling INTEGER NOT NULL, called INTEGER NOT NULL, third INTEGER, owner INTEGER NOT NULL,
    available INTEGER NOT NULL, updated INTEGER NOT NULL, changed INTEGER NOT NULL, takes INTEGER NOT NULL,
    size INTEGER NOT NULL, deleted INTEGER);
CREATE TABLE recording (
    number INTEGER PRIMARY KEY, conversation INTEGER NOT NULL, sequence INTEGER NOT NULL, variant INTEGER NOT NULL,
    start INTEGER NOT NULL, seconds REAL NOT NULL, pauses TEXT NOT NULL, state INTEGER NOT NULL, ready INTEGER,
    size INTEGER NOT NULL, sha256 BLOB NOT NULL, modified INTEGER NOT NULL, name TEXT, etag TEXT,
    version INTEGER NOT NULL DEFAULT 1, cold INTEGER NOT NULL DEFAULT 0, lies TEXT);
CREATE TABLE access_token (
    digest BLOB PRIMARY KEY, user_id TEXT NOT NULL, scopes TEXT NOT NULL, expires INTEGER NOT NULL,
    family TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE refresh_token (
    digest BLOB PRIMARY KEY, user_id TEXT NOT NULL, scopes TEXT NOT NULL, expires INTEGER NOT NULL,
    family TEXT NOT NULL, used INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE saved_search (
    number INTEGER PRIMARY KEY AUTOINCREMENT, owner TEXT NOT NULL, name TEXT NOT NULL, criteria TEXT NOT NULL,
    updated INTEGER NOT NULL, UNIQUE (owner, name));
CREATE TABLE user_access (user_id TEXT PRIMARY KEY, access TEXT NOT NULL, permissions TEXT NOT NULL) WITHOUT ROWID;
"""
_INDEXES = """
CREATE INDEX conversation_start ON conversation (start);
CREATE INDEX conversation_owner ON conversation (owner, start);
CREATE INDEX conversation_available ON conversation (available);
CREATE INDEX conversation_changed ON conversation (changed);
CREATE INDEX recording_conversation ON recording (conversation);
CREATE INDEX recording_ready ON recording (ready) WHERE state = 1;
CREATE INDEX recording_name ON recording (name) WHERE name IS NOT NULL;
CREATE INDEX access_family ON access_token (family);
CREATE INDEX refresh_family ON refresh_token (family);
"""
_ADD_CONVERSATION = "INSERT INTO conversation VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)"
_ADD_RECORDING = "INSERT INTO recording VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, 0, NULL)"
_DUE = "SELECT number, conversation, ready FROM recording WHERE state = 1 AND ready <= ?"
_IDENTITY = "identity"
_BATCH = 5000


class StoreMismatch(ValueError):
    """The store file holds another account than the options ask for."""


class Store:
    """One open store. `identity` says which account it holds."""

    def __init__(self, path: Path | None, *, identity: str) -> None:
        """Open or begin the file; None is one without a name that goes with the process. Raises `StoreMismatch`."""
        self._lock = threading.RLock()
        self._db = sqlite3.connect(str(path or ""), isolation_level=None, check_same_thread=False)
        self._db.execute("PRAGMA synchronous = OFF")
        self._db.execute(f"PRAGMA journal_mode = {'TRUNCATE' if path else 'MEMORY'}")
        self._db.execute("PRAGMA cache_size = -32000")
        self._next_ready: int | None = None
        kept = self._kept_identity()
        if kept is not None and kept != identity:
            self._db.close()
            raise StoreMismatch(f"{path} holds the account {kept}, not {identity}; name another file or delete it")
        self.filled = kept is not None
        self._identity = identity
        if self.filled:
            self.look_ahead()

    def _kept_identity(self) -> str | None:
        if not self.rows("SELECT 1 FROM sqlite_master WHERE name = 'meta'"):
            return None
        return self.meta(_IDENTITY)

    def fill(self, calls: Iterable[tuple[Call, Sequence[Take]]]) -> None:
        """Put a whole account into an empty store, in one transaction."""
        with self.transaction():
            for statement in _SCHEMA.split(";"):
                self._db.execute(statement)
            source = iter(calls)
            while batch := list(islice(source, _BATCH)):
                self.add(batch)
            for statement in _INDEXES.split(";"):
                self._db.execute(statement)
            self.set_meta(_IDENTITY, self._identity)
        self.filled = True
        self.look_ahead()

    def add(self, batch: Sequence[tuple[Call, Sequence[Take]]]) -> None:
        """Add conversations with their recordings."""
        with self._lock:
            self._db.executemany(_ADD_CONVERSATION, [call for call, _ in batch])
            self._db.executemany(_ADD_RECORDING, [take for _, takes in batch for take in takes])

    def settle(self, now_ms: int) -> None:
        """Let everything happen whose time has come: recordings that were being processed become available."""
        if self._next_ready is None or now_ms < self._next_ready:
            return
        with self.transaction():
            due = self.rows(_DUE, (now_ms,))
            for number, conversation, ready in due:
                self.write("UPDATE recording SET state = 0, modified = ready, ready = NULL WHERE number = ?", (number,))
                self.touch(conversation, at=ready)
        self.look_ahead()

    def touch(self, conversation: int, *, at: int) -> None:
        """A conversation has changed at that time (milliseconds): it comes again in the changes."""
        self.write(
            "UPDATE conversation SET updated = ?1, changed = max(available, ?1), size = (SELECT ifnull(sum(size), 0)"
            " FROM recording WHERE conversation = ?2 AND state = 0) WHERE number = ?2",
            (at, conversation),
        )

    def look_ahead(self) -> None:
        """Find out when the next recording is due; to be called after any was set to processing."""
        rows = self.rows("SELECT min(ready) FROM recording WHERE state = 1 AND ready IS NOT NULL")
        self._next_ready = rows[0][0]

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing."""
        with self._lock:
            if self._db.in_transaction:
                yield
                return
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[Any]:
        """All rows of a query, as tuples."""
        with self._lock:
            return self._db.execute(sql, values).fetchall()

    def row(self, sql: str, values: Sequence[object] = ()) -> Any:
        """The first row of a query, or None."""
        with self._lock:
            return self._db.execute(sql, values).fetchone()

    def write(self, sql: str, values: Sequence[object] = ()) -> int:
        """Change something; the number of rows it concerned."""
        with self._lock:
            return self._db.execute(sql, values).rowcount

    def insert(self, sql: str, values: Sequence[object]) -> int:
        """Add a row; its number."""
        with self._lock:
            return self._db.execute(sql, values).lastrowid or 0

    def meta(self, key: str) -> str | None:
        """A remembered value."""
        row = self.row("SELECT value FROM meta WHERE key = ?", (key,))
        return None if row is None else str(row[0])

    def set_meta(self, key: str, value: str) -> None:
        """Remember a value."""
        self.write("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._db.close()
