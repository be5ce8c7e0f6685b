"""The ledger's file: kills in a migration, damage, newer versions, a full disk, readers beside the writer."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from download_client.errors import LedgerCorrupt, LedgerError, LedgerNewer
from download_client.ledger import Ledger
from download_client.ledger.database import Database
from download_client.ledger.header import format_of
from download_client.ledger.schema import MIGRATIONS
from tests.windows import limits_files


def test_a_ledger_is_made_and_opened_again(tmp_path: Path) -> None:
    path = tmp_path / "new" / "ledger.sqlite3"
    with Ledger.open(path) as ledger:
        ledger.database.set_note("k", "v")
    with Ledger.open(path) as ledger:
        assert ledger.database.note("k") == "v"
        assert ledger.database.note("absent") == ""


def test_a_reader_sees_what_is_committed_and_cannot_write(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite3"
    with Ledger.open(path) as writer, Ledger.read(path) as reader:
        writer.database.set_note("k", "v")
        assert reader.database.note("k") == "v"
        with pytest.raises(LedgerError):
            reader.database.set_note("k", "w")


def test_no_ledger_to_read_says_so(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="none yet"):
        Ledger.read(tmp_path / "ledger.sqlite3")
    assert list(tmp_path.iterdir()) == []


def test_a_newer_ledger_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite3"
    Ledger.open(path).close()
    with sqlite3.connect(path) as raw:
        raw.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    raw.close()
    before = path.read_bytes()
    for door in (Ledger.open, Ledger.read):
        with pytest.raises(LedgerNewer):
            door(path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path], "nothing lies beside it"


def test_a_newer_ledger_is_known_by_its_log_alone(tmp_path: Path) -> None:
    """Killed before SQLite carried the change over; a change that was not committed is none."""
    path, killed = tmp_path / "ledger.sqlite3", tmp_path / "killed" / "ledger.sqlite3"
    Ledger.open(path).close()
    killed.parent.mkdir()
    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute("PRAGMA cache_spill = 1")
    raw.execute("PRAGMA cache_size = 1")
    raw.execute("BEGIN")
    raw.execute("PRAGMA user_version = 99")
    raw.execute("INSERT INTO note VALUES ('much', ?)", ("x" * 100_000,))
    found = []
    for end in ("", "COMMIT"):
        raw.execute(end)
        for suffix in ("", "-wal"):
            shutil.copyfile(f"{path}{suffix}", f"{killed}{suffix}")
        found.append(format_of(killed))
    raw.close()
    assert found == [len(MIGRATIONS), 99]
    before = {each: each.read_bytes() for each in killed.parent.iterdir()}
    for door in (Ledger.open, Ledger.read):
        with pytest.raises(LedgerNewer):
            door(killed)
    assert {each: each.read_bytes() for each in killed.parent.iterdir()} == before


@pytest.mark.parametrize("damage", ["not a database", "hole"])
def test_damage_is_seen_at_the_door(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "ledger.sqlite3"
    with Ledger.open(path) as ledger, ledger.database.transaction() as connection:
        connection.executemany(
            "INSERT INTO item (recording_id, version, conversation_id, state) VALUES (?, 1, 'c', 'queued')",
            [(f"r{number}",) for number in range(2000)],
        )
    content = bytearray(path.read_bytes())
    if damage == "hole":
        with sqlite3.connect(path) as raw:
            raw.execute("UPDATE note SET value = 'no' WHERE key = 'clean'")
        raw.close()
        content = bytearray(path.read_bytes())
        content[4096 * 3 :] = b"\xa5" * (len(content) - 4096 * 3)
        path.write_bytes(content)
    else:
        path.write_bytes(b"this is not a database at all" * 400)
    with pytest.raises(LedgerCorrupt):
        Ledger.open(path)


_MIGRATE = """
import os, signal, sys
from pathlib import Path
from download_client.ledger import database, schema

steps = 0
class Dying(list):
    def __iter__(self):
        for number, statement in enumerate(super().__iter__()):
            if number == int(sys.argv[2]):
                os.kill(os.getpid(), signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
            yield statement

database.MIGRATIONS = (Dying(schema.MIGRATIONS[0]), *schema.MIGRATIONS[1:])
database.Database.open(Path(sys.argv[1]))
"""


@pytest.mark.parametrize("statement", [0, len(MIGRATIONS[0]) - 1])
def test_killed_in_a_migration_the_old_or_the_new_form_opens(tmp_path: Path, statement: int) -> None:
    path = tmp_path / "ledger.sqlite3"
    child = subprocess.run([sys.executable, "-c", _MIGRATE, str(path), str(statement)], timeout=60)
    assert child.returncode not in (0, 1)
    with Ledger.open(path) as ledger:
        assert ledger.database.query("SELECT count(*) FROM item") == [(0,)]


def test_a_killed_writer_leaves_everything_committed(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite3"
    script = (
        "import sys\nfrom pathlib import Path\nfrom download_client.ledger import Ledger\n"
        "ledger = Ledger.open(Path(sys.argv[1]))\nfor n in range(10**9):\n"
        "    ledger.database.set_note('n', str(n))\n    print(n, flush=True)\n"
    )
    child = subprocess.Popen([sys.executable, "-c", script, str(path)], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    for line in child.stdout:
        if int(line) >= 100:
            break
    child.kill()
    rest = child.stdout.read().split()
    child.wait()
    child.stdout.close()
    last = max([100, *(int(number) for number in rest if number.isdigit())])
    with Ledger.open(path) as ledger:
        assert int(ledger.database.note("n")) >= last


@limits_files
def test_no_room_is_said_and_nothing_half_is_written(tmp_path: Path) -> None:
    script = (
        "import resource, signal, sys\nfrom pathlib import Path\nfrom download_client.errors import MirError\n"
        "from download_client.ledger import Ledger\n"
        "ledger = Ledger.open(Path(sys.argv[1]))\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))\n"
        "try:\n    ledger.database.set_note('big', 'x' * 1_000_000)\n"
        "except MirError as error:\n    print(error.code)\n"
        "print(repr(ledger.database.note('big')))\n"
    )
    child = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "l.sqlite3")], capture_output=True, text=True, timeout=60
    )
    code, note = child.stdout.split()
    assert code in ("disk_full", "disk_failed"), child.stderr
    assert note == "''"


def test_the_database_is_closed_when_opening_fails(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite3"
    path.write_bytes(b"x" * 5000)
    with pytest.raises(LedgerCorrupt):
        Database.open(path)
    path.unlink()
    assert not path.exists()


def test_an_older_ledger_is_brought_up_to_date_with_its_rows(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite3"
    with sqlite3.connect(path) as raw:
        for statement in MIGRATIONS[0]:
            raw.execute(statement)
        raw.execute("INSERT INTO item (recording_id, version, conversation_id, state) VALUES ('r', 1, 'c', 'archived')")
        raw.execute("PRAGMA user_version = 1")
    raw.close()
    with pytest.raises(LedgerError, match="older"):
        Ledger.read(path)
    (tmp_path / "ledger.format-1.sqlite3.new").write_bytes(b"an earlier try was killed while it copied")
    with Ledger.open(path) as ledger:
        assert ledger.database.query("SELECT recording_id FROM item") == [("r",)]
        assert ledger.runs.open_choices(1) == []
    Ledger.read(path).close()
    copy = tmp_path / "ledger.format-1.sqlite3"
    assert not copy.with_name(f"{copy.name}.new").exists()
    assert format_of(copy) == 1
    with Ledger.open(copy) as again:
        assert again.database.query("SELECT recording_id FROM item") == [("r",)]


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\x00", b"x" * 200])
def test_the_format_is_read_of_whatever_lies_there(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "ledger.sqlite3"
    assert format_of(path) is None
    path.write_bytes(content)
    path.with_name(f"{path.name}-wal").write_bytes(content)
    assert format_of(path) == (None if content else 0)


def test_a_look_at_the_format_keeps_the_locks_of_what_is_open(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite3"
    other = (
        "import sqlite3, sys\nconnection = sqlite3.connect(sys.argv[1])\n"
        "print(connection.execute('SELECT value FROM note WHERE key = ?', ['k']).fetchone()[0])\nconnection.close()\n"
    )
    with Ledger.open(path) as writer:
        writer.database.set_note("k", "v")
        assert format_of(path) == len(MIGRATIONS)
        said = subprocess.run([sys.executable, "-c", other, str(path)], capture_output=True, text=True, timeout=60)
        assert said.stdout == "v\n", said.stderr
        assert path.with_name(f"{path.name}-wal").exists(), "the other one took itself for the last"
