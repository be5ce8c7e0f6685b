"""The disk fails or somebody meddles: full, moved, replaced, damaged, linked away; it is said, nothing is harmed."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from download_client.archive import Archive, Tombstone
from download_client.retry import SystemClock
from mir_sandbox.names import DIFFICULT_CONTACTS, DIFFICULT_USERS
from mir_sandbox.remote import Sandbox
from tests.journeys.checker import Checker
from tests.journeys.conftest import WINDOW, program_of, trusting, truth
from tests.journeys.program import Program, end_of, in_the_middle, pull_words

DIFFICULT = (*DIFFICULT_USERS, *(name for name, _ in DIFFICULT_CONTACTS))


@pytest.fixture
def trial(tmp_path: Path, sandbox: Sandbox) -> tuple[Program, Checker]:
    """A program that has brought everything home, and its checker."""
    program = program_of(tmp_path / "p", sandbox)
    checker = Checker(program.archive)
    checker.learn(truth(program))
    first = program.pull_here(*WINDOW)
    assert checker.after(first.json) == []
    sandbox.forget()
    return program, checker


def ledger_of(program: Program) -> Path:
    (found,) = [path for path in (program.home / "data" / "ledgers").glob("*.sqlite3") if "set-aside" not in path.name]
    return found


def verified(program: Program) -> tuple[int, dict[str, str]]:
    """The exit code of `verify`, and the kind of each finding by its path."""
    ended = program.here("verify", str(program.archive), "--json", signs_in=False)
    return ended.code, {found["path"]: found["kind"] for found in ended.json["findings"]}


# --- full -------------------------------------------------------------------------------------------------------------


@contextmanager
def small_disk(folder: Path, *, size: int) -> Iterator[Path | None]:
    """A file system of so many bytes; None where this user may mount none."""
    folder.mkdir(parents=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "small", str(folder)]
    if sys.platform == "win32" or subprocess.run(mount, capture_output=True, check=False).returncode:
        yield None
        return
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_and_then_room(tmp_path: Path, sandbox: Sandbox) -> None:
    """A small file system that fills up; where none can be mounted, one of which too much is to stay free."""
    program = program_of(tmp_path / "p", sandbox)
    with small_disk(program.folder / "disk", size=1_500_000) as disk:
        archive = (disk or program.folder) / "archive"
        checker = Checker(archive)
        checker.learn(truth(program))
        words = ("pull", "--archive", str(archive), "--accept-risk", "--json", *WINDOW)
        if not disk:
            program.settings({**trusting(sandbox), "transfer.min_free_space": 10**14})
        full = program.here(*words)
        assert full.code == 8, full.err
        assert full.json["error"]["code"] == "disk_full"
        assert checker.after(full.json) == []
        assert full.json["left"] > 0
        assert full.json["failed"] == 0
        if disk:
            assert full.json["bytes"] > 500_000
            still = program.here(*words)
            assert (still.code, checker.after(still.json)) == (8, [])
            subprocess.run(["mount", "-o", "remount,size=60m", str(disk)], check=True)
        else:
            program.settings({**trusting(sandbox), "transfer.min_free_space": 0})
        done = program.here(*words)
        assert checker.after(done.json) == [], done.err
        assert done.json["left"] == done.json["failed"] == 0
        assert checker.exit_code(done.json, done.code, reported_before=False) == []
        assert program.here("verify", str(archive), "--json", signs_in=False).json["sound"]
        named = [
            row["File Name"]
            for table in (archive / "Runs").glob("*.csv")
            for row in csv.DictReader(table.read_text("utf-8-sig").splitlines())
        ]
        names = sorted(Path(name).name for name in named)
        assert names == sorted(path.name for path in checker.finals().values()), "tables that had no room came later"
        if disk:
            before = checker.state()
            subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
            fixed = program.here(*words)
            assert (fixed.code, fixed.json["error"]["code"]) == (7, "archive_missing")
            assert checker.state() == before


def test_less_room_than_is_to_stay_free(tmp_path: Path, sandbox: Sandbox) -> None:
    program = program_of(tmp_path / "p", sandbox, **{"transfer.min_free_space": 10**14})
    sandbox.forget()
    ended = program.pull_here(*WINDOW)
    assert (ended.code, ended.json["error"]["code"]) == (8, "disk_full")
    assert "are free" in ended.json["error"]["detail"]
    assert sandbox.content_requests() == 0


# --- the archive is not what it was (35, 37, 55) ----------------------------------------------------------------------


def test_an_archive_that_was_moved_away_is_not_made_anew(tmp_path: Path, sandbox: Sandbox) -> None:
    program = program_of(tmp_path / "p", sandbox)
    signed = program.here("sign-in", "--json")
    assert signed.code == 0, signed.err
    pull = pull_words(program, "--from", "2026-11-18T00:00:00Z", "--to", WINDOW[3])
    assert program.here(*pull, signs_in=False).code in (0, 3)
    away = program.folder / "away"
    program.archive.rename(away)
    gone = program.here(*pull, signs_in=False)
    assert (gone.code, gone.json["error"]["code"]) == (7, "archive_missing")
    assert not program.archive.exists(), "nothing is made in its place"
    away.rename(program.archive)
    sandbox.forget()
    assert program.here(*pull, signs_in=False).code in (0, 3)
    assert sandbox.content_requests() == 0


def test_another_accounts_archive_is_refused(trial: tuple[Program, Checker]) -> None:
    program, checker = trial
    identity = program.archive / ".mir" / "archive.json"
    told = json.loads(identity.read_bytes())
    key = next(name for name in told if "account" in name.lower())
    identity.write_text(json.dumps({**told, key: "acc-000000"}), encoding="utf-8")
    before = checker.state()
    ended = program.pull_here(*WINDOW)
    assert (ended.code, ended.json["error"]["code"]) == (7, "archive_foreign")
    assert checker.state() == before


def test_replaced_by_another_archive_in_mid_run(tmp_path: Path, sandbox: Sandbox) -> None:
    """Another stick under the same letter: the run stops, and nothing is written to the stranger."""
    program = program_of(tmp_path / "p", sandbox)
    other = program_of(tmp_path / "other", sandbox)
    other.pull_here("--from", "2026-11-20T00:00:00Z", "--to", WINDOW[3])
    stranger = Checker(program.archive)
    with in_the_middle(program, *WINDOW) as (process, stall):
        program.archive.rename(program.folder / "away")
        other.archive.rename(program.archive)
        before = stranger.state()
        stall.clear()
        ended = end_of(process)
    assert ended.code == 7, ended.out
    assert ended.json["error"]["code"] == "archive_missing"
    assert ended.json["failed"] == 0
    # What was under way may end as unfinished parts there, which no archive ever takes for recordings.
    after = {name: seen for name, seen in stranger.state().items() if not name.startswith(".mir/parts/")}
    assert after == before


def test_a_risky_folder_needs_a_yes(tmp_path: Path, sandbox: Sandbox) -> None:
    program = program_of(tmp_path / "p", sandbox)
    folder = tmp_path / "Dropbox" / "calls"
    folder.parent.mkdir()
    sandbox.forget()
    ended = program.here("pull", "--archive", str(folder), *WINDOW, "--json")
    assert (ended.code, ended.json["error"]["code"]) == (7, "archive_unwise")
    assert "Dropbox synchronises it" in ended.err
    assert not folder.exists()
    assert sandbox.content_requests() == 0
    yes = program.here("pull", "--archive", str(folder), "--accept-risk", "--from", "2026-11-20T00:00:00Z", "--json")
    assert yes.json["archived"] > 0


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
@pytest.mark.parametrize(("inside", "code"), [(".mir/parts", 7), ("2026/11", 3)])
def test_a_planted_link_leads_nothing_out(tmp_path: Path, sandbox: Sandbox, inside: str, code: int) -> None:
    """In the place of our own folder nothing goes on; in that of a month its recordings wait until it is gone."""
    program = program_of(tmp_path / "p", sandbox)
    checker = Checker(program.archive)
    checker.learn(truth(program))
    outside = tmp_path / "outside"
    outside.mkdir()
    program.pull_here("--from", "2026-10-25T00:00:00Z", "--to", "2026-10-27T00:00:00Z")
    planted = program.archive / inside
    if planted.exists():
        shutil.rmtree(planted)
    planted.symlink_to(outside, target_is_directory=True)
    november = ("--from", "2026-11-15T00:00:00Z", "--to", WINDOW[3])
    ended = program.pull_here(*november)
    assert list(outside.iterdir()) == []
    assert ended.code == code, ended.out
    planted.unlink()
    if code == 7:
        assert ended.json["error"]["code"] == "unsafe_path"
        planted.mkdir()
    else:
        told = program.here("runs", "2", "--archive", str(program.archive), "--json", signs_in=False).json["notHome"]
        assert {row["code"] for row in told if row["state"] == "fetched"} == {"unsafe_path"}
        sandbox.forget()
    ended = program.pull_here(*november)
    assert checker.after(ended.json) == []
    assert ended.json["left"] == ended.json["failed"] == 0
    if code == 3:
        assert sandbox.content_requests() == 0, "what is whole and proved is only placed"


# --- damage (36) ------------------------------------------------------------------------------------------------------


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size - 1)


def test_verify_names_each_damage_and_nothing_else(trial: tuple[Program, Checker]) -> None:
    program, checker = trial
    finals = list(checker.finals().items())
    damages: dict[str, Callable[[Path], None]] = {"changed": flip, "cut": cut, "missing": Path.unlink}
    expected = {}
    for number, (kind, damage) in enumerate(damages.items()):
        name, path = finals[number * 7]
        damage(path)
        expected[name] = kind
    table_of = finals[40][1].with_suffix(".csv")
    flip(table_of)
    expected[table_of.relative_to(program.archive).as_posix()] = "table_changed"
    code, found = verified(program)
    assert code == 10
    assert {name: kind for name, kind in found.items() if kind not in {"part_left", "strange"}} == expected
    # Asking again fetches nothing over what lies there: damage is for people to look at.
    before = checker.state()
    program.pull_here(*WINDOW)
    after = checker.state()
    assert {name for name in before if after.get(name) != before[name]} <= {"Runs"} | {
        name for name in before if name.startswith((".mir/", "Runs/"))
    }


def test_a_damaged_part_is_never_placed(tmp_path: Path, sandbox: Sandbox) -> None:
    """Bits flipped in an unfinished recording between two runs: the whole hash decides (40)."""
    program = program_of(tmp_path / "p", sandbox, **{"transfer.concurrency": 2})
    checker = Checker(program.archive)
    checker.learn(truth(program))
    with in_the_middle(program, *WINDOW) as (process, _):
        process.terminate()
        stopped = end_of(process)
    assert stopped.code == 130
    parts = [path for path in (program.archive / ".mir" / "parts").iterdir() if path.stat().st_size]
    assert parts
    flip(parts[0])
    for part in parts[1:]:
        cut(part)
    ended = program.pull_here(*WINDOW)
    assert checker.after(ended.json) == [], ended.err
    assert ended.json["left"] == ended.json["failed"] == 0
    assert verified(program)[0] == 0


# --- the ledger (41) and tombstones (59) ------------------------------------------------------------------------------


def rubbish(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:200] + b"\xff" * 4000 + content[4200:])


@pytest.mark.parametrize(
    "loss", [Path.unlink, rubbish, lambda path: path.write_bytes(b"")], ids=["gone", "bad", "empty"]
)
def test_a_lost_ledger_costs_no_download(trial: tuple[Program, Checker], loss: Callable[[Path], None]) -> None:
    program, checker = trial
    path = ledger_of(program)
    for side in ("-wal", "-shm"):
        path.with_name(path.name + side).unlink(missing_ok=True)
    loss(path)
    ended = program.pull_here(*WINDOW)
    assert checker.after(ended.json) == [], ended.err
    assert ended.json["content_requests"] == program.sandbox.content_requests() == 0
    assert ended.json["skipped"] == len(checker.finals())


def test_an_older_ledger_is_brought_up_to_date(tmp_path: Path, sandbox: Sandbox) -> None:
    program = program_of(tmp_path / "p", sandbox)
    checker = Checker(program.archive)
    checker.learn(truth(program))
    program.pull_here("--from", "2026-11-18T00:00:00Z", "--to", WINDOW[3])
    old = ledger_of(program).read_bytes()
    program.pull_here(*WINDOW)
    ledger_of(program).write_bytes(old)
    sandbox.forget()
    ended = program.pull_here(*WINDOW)
    assert checker.after(ended.json) == []
    assert sandbox.content_requests() == 0
    rebuilt = program.here("rebuild", str(program.archive), "--json", signs_in=False).json
    assert rebuilt["recordings"] == len(checker.finals())


def test_what_was_erased_is_not_fetched_again(trial: tuple[Program, Checker]) -> None:
    program, checker = trial
    name, path = next(iter(checker.finals().items()))
    with path.with_suffix(".csv").open(encoding="utf-8-sig", newline="") as file:
        row = next(csv.DictReader(file))
    archive = Archive.open(program.archive, clock=SystemClock())
    with archive.lock("the one who erases"):
        archive.remember_erased(
            [Tombstone(row["Recording ID"], row["Conversation ID"], datetime.now(UTC), "asked for by law")]
        )
    path.unlink()
    path.with_suffix(".csv").unlink()
    for _ in range(2):
        ended = program.pull_here(*WINDOW)
        assert program.sandbox.content_requests() == 0
        assert ended.json["states"]["erased"] == 1
        assert name not in checker.finals()
    program.here("rebuild", str(program.archive), signs_in=False)
    assert program.pull_here(*WINDOW).json["content_requests"] == 0
    assert verified(program)[0] == 0


# --- tables and names (54, 56, 58) ------------------------------------------------------------------------------------


def test_killed_in_the_table_of_a_run(tmp_path: Path, sandbox: Sandbox) -> None:
    """The run is over but its table is not: the next one writes it, whole, and no half one is ever seen."""
    program = program_of(tmp_path / "p", sandbox)
    checker = Checker(program.archive)
    checker.learn(truth(program))
    with in_the_middle(program, *WINDOW, home=60) as (process, _):
        process.kill()
        process.communicate()
    assert not list((program.archive / "Runs").glob("*.csv"))
    ended = program.pull_here(*WINDOW)
    assert checker.after(ended.json) == []
    rows: list[str] = []
    for table in (program.archive / "Runs").glob("*.csv"):
        with table.open(encoding="utf-8-sig", newline="") as file:
            found = list(csv.DictReader(file))
        assert found
        rows += [row["File Name"] for row in found]
    names = [Path(name).name for name in rows]
    assert sorted(names) == sorted(path.name for path in checker.finals().values()), (
        "one row for each file, one file each"
    )


def test_nasty_names_end_inside_and_come_back_from_the_tables(tmp_path: Path, sandbox: Sandbox) -> None:
    """Names of people as folders and file names, exactly as the service says them in the tables."""
    templates = {
        "archive.folder_template": "{calling_name}/{called_name}",
        "archive.name_template": "{calling_name} {called_name} {owner}",
        "csv.spreadsheet_safe": True,
    }
    program = program_of(tmp_path / "p", sandbox, **templates)
    everything = ("--from", "2025-11-21T00:00:00Z", "--to", WINDOW[3])
    calls = {call["id"]: call for call in program.here("search", *everything, "--json").json["conversations"]}
    checker = Checker(program.archive)
    checker.learn(truth(program))
    checker.look_around(ours=[program.home])
    ended = program.pull_here(*everything)
    assert checker.after(ended.json, ours=[program.home]) == [], ended.err
    assert ended.json["archived"] > 250
    seen = set()
    for path in checker.finals().values():
        assert len(str(path.relative_to(program.archive))) < 180
        for part in path.relative_to(program.archive).parts:
            assert part == part.strip().rstrip("."), part
            assert not set('<>:"/\\|?*') & set(part)
            assert all(ord(c) >= 32 and not 0x202A <= ord(c) <= 0x202E for c in part)
            assert part.partition(".")[0].rstrip().upper() not in {"CON", "NUL", "PRN", "AUX"}
        with path.with_suffix(".csv").open(encoding="utf-8-sig", newline="") as file:
            (row,) = csv.DictReader(file)
        call = calls[row["Conversation ID"]]
        told = (row["Calling Party Name"], row["Called Party Name"], row["Calling Party Phone Number"])
        assert told == (
            call["calling_party"]["name"],
            call["called_party"]["name"],
            call["calling_party"]["phone_number"],
        )
        seen |= {row["Calling Party Name"], row["Called Party Name"]}
    assert {"\tTab First", "Line\nbreak", "=Summer Equals"} <= seen
    assert len(seen & set(DIFFICULT)) > 15
    safe = [path for path in program.archive.rglob("*.csv") if "spreadsheet" in path.name.lower()]
    assert safe
    for path in safe:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for cells in csv.reader(file):
                assert not any(cell[:1] in ("=", "+", "-", "@", "\t", "\r") for cell in cells), path.name
