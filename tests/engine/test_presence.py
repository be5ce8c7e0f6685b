"""Whether a ledger has changed is seen while its writer works, on each system by what that tells."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from download_client.engine.presence import commits
from tests.windows import WINDOWS


def test_every_commit_is_seen_while_the_writer_works(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite3"
    assert commits(path) == b""
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("PRAGMA journal_mode = WAL")
        writer.execute("CREATE TABLE x (y)")
        seen = set()
        for number in range(20):
            writer.execute("INSERT INTO x VALUES (?)", (number,))
            seen.add(commits(path))
            if number % 7 == 0:
                writer.execute("PRAGMA wal_checkpoint(RESTART)")
        assert len(seen) == (20 if WINDOWS else 1)
    assert commits(path) == b""
