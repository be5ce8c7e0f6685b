"""The tables of a catalog's file; thrown away and made anew when their form changes, never migrated.

One table of rows for all kinds; what a kind has not is NULL. Times are REAL seconds since 1970 (UTC), sizes bytes.
`first` and `second` are the two parties in their columns: calling and called, or the person and the other one.
`under` is what a row is gathered under by party or person.
"""

from __future__ import annotations

FORMAT = 1

TABLES = (
    "CREATE TABLE note (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    """CREATE TABLE row (
        number INTEGER PRIMARY KEY,
        conversation_id TEXT NOT NULL,
        id TEXT,
        start REAL NOT NULL,
        duration REAL NOT NULL,
        direction INTEGER NOT NULL,
        mode INTEGER,
        first_name TEXT NOT NULL,
        first_number TEXT NOT NULL,
        second_name TEXT NOT NULL,
        second_number TEXT NOT NULL,
        first TEXT NOT NULL,
        second TEXT NOT NULL,
        under TEXT NOT NULL,
        owner TEXT NOT NULL,
        groups TEXT NOT NULL,
        recordings INTEGER NOT NULL,
        size INTEGER NOT NULL,
        expires REAL,
        presence INTEGER NOT NULL,
        role TEXT,
        extension TEXT,
        version INTEGER,
        codec TEXT,
        channels INTEGER,
        path TEXT,
        sha256 TEXT,
        verified_by TEXT,
        downloaded REAL,
        run INTEGER,
        search TEXT,
        access TEXT,
        proof INTEGER,
        checked REAL
    )""",
    "CREATE INDEX row_id ON row(id, version) WHERE id IS NOT NULL",
    "CREATE TABLE words (number INTEGER PRIMARY KEY, text TEXT NOT NULL)",
    "CREATE TABLE conversation (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, body BLOB NOT NULL)",
    """CREATE TABLE finding (
        number INTEGER PRIMARY KEY,
        kind TEXT NOT NULL,
        path TEXT NOT NULL,
        recording_id TEXT NOT NULL,
        detail TEXT NOT NULL
    )""",
)


def index_of(name: str, order: str, *more: str) -> str:
    """The index that an order is read from; `more` columns that are asked for besides."""
    return f"CREATE INDEX IF NOT EXISTS row_by_{name} ON row({', '.join((order, *more))})"
