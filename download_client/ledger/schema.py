"""The tables of the ledger, as a list of migrations; a released step is never edited, only followed by another.

Times are REAL seconds since 1970 (UTC), digests lower-case hex, paths relative to the archive's root with `/`.
"""

from __future__ import annotations

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        "CREATE TABLE note (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
        """CREATE TABLE conversation (
            id TEXT PRIMARY KEY,
            start_time REAL NOT NULL,
            updated_at REAL NOT NULL,
            body BLOB NOT NULL
        )""",
        # One row per version of a recording. `size`, `sha256`, `etag` are the service's word; `done_*` what was proved.
        # `again_at` NULL: nothing is tried again before somebody asks.
        """CREATE TABLE item (
            id INTEGER PRIMARY KEY,
            recording_id TEXT NOT NULL,
            version INTEGER NOT NULL,
            conversation_id TEXT NOT NULL,
            state TEXT NOT NULL,
            priority INTEGER NOT NULL DEFAULT 1,
            size INTEGER,
            sha256 TEXT NOT NULL DEFAULT '',
            etag TEXT NOT NULL DEFAULT '',
            expires_at REAL,
            path TEXT NOT NULL DEFAULT '',
            offset INTEGER NOT NULL DEFAULT 0,
            prefix_sha256 TEXT NOT NULL DEFAULT '',
            part_etag TEXT NOT NULL DEFAULT '',
            attempts INTEGER NOT NULL DEFAULT 0,
            mismatches INTEGER NOT NULL DEFAULT 0,
            again_at REAL,
            code TEXT NOT NULL DEFAULT '',
            detail TEXT NOT NULL DEFAULT '',
            done_size INTEGER,
            done_sha256 TEXT NOT NULL DEFAULT '',
            done_etag TEXT NOT NULL DEFAULT '',
            verified_by TEXT NOT NULL DEFAULT '',
            wav TEXT NOT NULL DEFAULT '',
            archived_at REAL,
            reported INTEGER,
            UNIQUE (recording_id, version)
        )""",
        "CREATE INDEX item_conversation ON item(conversation_id)",
        "CREATE INDEX item_queue ON item(priority, id) WHERE state = 'queued'",
        "CREATE INDEX item_hand ON item(id) WHERE state IN ('fetching', 'fetched')",
        """CREATE TABLE run (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            kind TEXT NOT NULL,
            name TEXT NOT NULL,
            criteria TEXT NOT NULL,
            started_at REAL NOT NULL,
            ended_at REAL,
            phase TEXT NOT NULL,
            reason TEXT NOT NULL DEFAULT '',
            user_id TEXT NOT NULL DEFAULT '',
            access_level TEXT NOT NULL DEFAULT '',
            content_requests INTEGER NOT NULL DEFAULT 0,
            bytes_fetched INTEGER NOT NULL DEFAULT 0,
            listing_done INTEGER NOT NULL DEFAULT 0
        )""",
        # `skipped`: archived by an earlier run when this one listed it.
        """CREATE TABLE run_item (
            run_id INTEGER NOT NULL REFERENCES run(id),
            item_id INTEGER NOT NULL REFERENCES item(id),
            skipped INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY (run_id, item_id)
        ) WITHOUT ROWID""",
        """CREATE TABLE run_window (
            run_id INTEGER NOT NULL REFERENCES run(id),
            number INTEGER NOT NULL,
            start REAL NOT NULL,
            end REAL NOT NULL,
            token TEXT NOT NULL DEFAULT '',
            done INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY (run_id, number)
        ) WITHOUT ROWID""",
        # The watermark of incremental pulls, one per kind of caller and criteria; moved last (R13).
        """CREATE TABLE watermark (
            scope TEXT PRIMARY KEY,
            cursor TEXT NOT NULL,
            as_of REAL,
            run_id INTEGER
        ) WITHOUT ROWID""",
    ),
    (
        # Conversations chosen one by one; `done`: listed. A run that was stopped before knows the others by this.
        """CREATE TABLE run_choice (
            run_id INTEGER NOT NULL REFERENCES run(id),
            conversation_id TEXT NOT NULL,
            done INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY (run_id, conversation_id)
        ) WITHOUT ROWID""",
    ),
    (
        # What came home since a moment, without looking at all the rest.
        "CREATE INDEX item_archived ON item(archived_at) WHERE state = 'archived'",
    ),
    (
        # `entry` is the key under which a queue of runs began it; `summary` its figures at its end, as JSON.
        "ALTER TABLE run ADD COLUMN entry TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE run ADD COLUMN summary TEXT NOT NULL DEFAULT ''",
        "CREATE INDEX run_entry ON run(entry) WHERE entry <> ''",
        # `left_out`: this run does not want it, by somebody's word.
        "ALTER TABLE run_item ADD COLUMN left_out INTEGER NOT NULL DEFAULT 0",
        "CREATE INDEX run_left_out ON run_item(run_id, item_id) WHERE left_out = 1",
        # What neither waits in the queue nor is home: few, and asked for every second by who looks at a run.
        """CREATE INDEX item_rest ON item(id)
            WHERE state NOT IN ('listed', 'queued', 'fetching', 'fetched', 'archived', 'erased')""",
        "CREATE INDEX item_listed ON item(id) WHERE state = 'listed'",
    ),
    (
        # Who began it, for people.
        "ALTER TABLE run ADD COLUMN user TEXT NOT NULL DEFAULT ''",
    ),
)
