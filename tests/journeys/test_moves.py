"""Older files open, newer ones are left alone: what IT relies on when versions are put on and taken back."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from download_client.archive.root import FORMAT
from download_client.engine import Engine, PullRequest
from download_client.errors import FileNewer
from download_client.ledger.header import format_of
from download_client.ledger.schema import MIGRATIONS
from download_client.settings import Paths, Settings
from mir_sandbox.remote import Sandbox
from tests.journeys.checker import Checker
from tests.journeys.conftest import truth
from tests.journeys.moves import KEPT, everything, unpack
from tests.journeys.program import Program

KILLED = ("--from", "2026-11-18T07:00:00Z", "--to", "2026-11-18T14:00:00Z")
"""What the pull that was killed had asked for."""
NIGHT = "Every night"


def computer(made_by: Path, folder: Path, sandbox: Sandbox) -> Program:
    """A computer as a version left it."""
    unpack(made_by, folder, service=sandbox.base_url, authority=sandbox.ca_file)
    return Program(folder, sandbox, sandbox.user(access_level="all"))


def ledger_of(program: Program) -> Path:
    (path,) = (each for each in (program.home / "data" / "ledgers").glob("*.sqlite3") if ".format-" not in each.name)
    return path


def engine_of(program: Program) -> Engine:
    paths = Paths.below(program.home)
    return Engine(paths=paths, settings=Settings.load(paths), profile="default")


# --- older ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("made_by", KEPT, ids=lambda path: path.stem)
def test_what_an_older_version_left_is_gone_on_with(made_by: Path, tmp_path: Path, sandbox: Sandbox) -> None:
    program = computer(made_by, tmp_path / "p", sandbox)
    checker = Checker(program.archive)
    checker.learn(truth(program))
    older, chosen = format_of(ledger_of(program)), (program.home / "config" / "settings.toml").read_bytes()
    nights = (program.home / "config" / "schedules.json").exists()
    assert older is not None

    # Looking is enough to bring the ledger up to date; the archive's place is known from the profile. The oldest in a
    # process of its own, as it is in the field.
    look = program.run if made_by == KEPT[0] else program.here
    told = look("runs", "--json", signs_in=False)
    assert told.code == 0, told.err
    phases = [run["phase"] for run in told.json["runs"]]
    assert phases[-1] == "complete"
    assert len(phases) == (3 if nights else 2)
    assert format_of(ledger_of(program)) == len(MIGRATIONS)
    copies = list(ledger_of(program).parent.glob("*.format-*"))
    assert [format_of(each) for each in copies] == ([older] if older < len(MIGRATIONS) else [])
    if copies:
        with closing(sqlite3.connect(copies[0])) as kept:
            assert kept.execute("SELECT count(*) FROM run").fetchone() == (len(phases),)
            assert kept.execute("PRAGMA integrity_check").fetchone() == ("ok",)

    ended = program.pull_here(*KILLED)
    assert checker.after(ended.json) == []
    assert (ended.code, ended.json["skipped"]) == (0, 2), ended.out
    verified = program.here("verify", str(program.archive), "--json", signs_in=False)
    assert verified.json["sound"], verified.out
    assert (program.home / "config" / "settings.toml").read_bytes() == chosen

    if nights:
        (schedule,) = program.here("schedule", "list", "--json", signs_in=False).json["schedules"]
        assert schedule["name"] == NIGHT
        assert schedule["lastComplete"]["phase"] == "complete"
    with closing(engine_of(program)) as engine:
        engine.downloads.start()
        queued = [run.name for run in engine.downloads.entries()]
    assert queued == (["kept by the queue"] if (program.home / "state" / "downloads").exists() else [])
    if (program.archive / ".mir" / "marks").exists():
        (mark,) = program.here("marks", str(program.archive), "--json", signs_in=False).json["marks"]
        assert mark["note"] == "made by an older version"
        assert program.here("audit", "verify", "--archive", str(program.archive), signs_in=False).code == 0
        assert program.here("schedule", "report", NIGHT, signs_in=False).code == 0
    if made_by == KEPT[0]:
        ended = program.here("housekeeping", str(program.archive), "--older-than", "1", "--erase", signs_in=False)
        assert ended.code == 0, ended.err
        assert not copies[0].exists(), "it tells of those whose recordings were erased"


def test_every_format_there_was_is_kept(tmp_path: Path) -> None:
    """Whoever adds a migration keeps what the program wrote before it; the last is what it writes now."""
    formats = []
    for each in KEPT:
        shutil.unpack_archive(each, tmp_path / each.stem)
        (ledger,) = (tmp_path / each.stem / "home" / "data" / "ledgers").glob("*.sqlite3")
        formats.append(format_of(ledger))
    wanted = list(range(1, len(MIGRATIONS) + 1))
    assert formats == wanted, "docs/decisions/020-moves.md says what is to be kept before a step is added"


# --- newer ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Newer:
    """A file that a newer version made: what it does to one of ours, and what must say so."""

    make: Callable[[Program], None]
    code: str
    commands: tuple[tuple[str, ...], ...]


def _json(path: Path, **different: Any) -> None:
    told = json.loads(path.read_text("utf-8"))
    # Of what else a newer version says nothing may be taken for granted.
    path.write_text(json.dumps({**told, **different}), "utf-8")


def _newer_archive(program: Program) -> None:
    _json(program.archive / ".mir" / "archive.json", format=FORMAT + 1, archiveId={"in": "parts"}, createdAt=7)


def _newer_ledger(program: Program) -> None:
    with closing(sqlite3.connect(ledger_of(program))) as base:
        base.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")


def _newer_ledger_killed(program: Program) -> None:
    """The newer version was killed: the change is in the log alone."""
    path = ledger_of(program)
    with closing(sqlite3.connect(path, isolation_level=None)) as base:
        base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        base.execute("PRAGMA wal_autocheckpoint = 0")
        base.execute("UPDATE note SET value = 'no' WHERE key = 'clean'")
        base.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
        files = {each: each.read_bytes() for each in path.parent.glob(f"{path.name}*")}
    for each, content in files.items():
        each.write_bytes(content)
    assert len(files) == 3
    assert files[path][60:64] == len(MIGRATIONS).to_bytes(4, "big"), "the file itself still says the old one"


def _newer_settings(program: Program) -> None:
    path = program.home / "config" / "settings.toml"
    path.write_text("format = 2\n" + path.read_text("utf-8"), "utf-8")


def _newer_profiles(program: Program) -> None:
    _json(program.home / "state" / "profiles.json", format=2, profiles={"default": {}})


def _newer_schedules(program: Program) -> None:
    _json(program.home / "config" / "schedules.json", format=2, schedules={})


def _newer_outbox(program: Program) -> None:
    (path,) = (program.home / "state" / "alarms").glob("*.json")
    _json(path, format=2, letters={})


_ARCHIVE = (
    ("pull", "--archive", "{archive}", "--accept-risk", *KILLED),
    ("runs", "--archive", "{archive}"),
    ("retry", "1", "--archive", "{archive}"),
    ("rebuild", "{archive}"),
    ("housekeeping", "{archive}", "--older-than", "1", "--erase"),
    ("doctor", "--archive", "{archive}"),
)
NEWER = {
    "archive": Newer(
        _newer_archive,
        "archive_newer",
        (*_ARCHIVE, ("verify", "{archive}"), ("audit", "verify", "--archive", "{archive}"), ("marks", "{archive}")),
    ),
    "ledger": Newer(_newer_ledger, "ledger_newer", (_ARCHIVE[0], _ARCHIVE[3])),
    "ledger-killed": Newer(_newer_ledger_killed, "ledger_newer", _ARCHIVE),
    "settings": Newer(
        _newer_settings,
        "settings_newer",
        (*_ARCHIVE[3:], ("settings",), ("settings", "log.level", "debug"), ("schedule", "list"), ("sign-out",)),
    ),
    "profiles": Newer(
        _newer_profiles, "settings_newer", (("runs",), ("whoami",), ("sign-out",), ("doctor",), _ARCHIVE[0])
    ),
    "schedules": Newer(
        _newer_schedules,
        "file_newer",
        (
            ("schedule", "list"),
            ("schedule", "add", "Another", "--archive", "{archive}", "--accept-risk", "--no-register"),
            ("schedule", "run", NIGHT),
            ("schedule", "check"),
            ("schedule", "remove", NIGHT),
            ("doctor",),
        ),
    ),
    "outbox": Newer(_newer_outbox, "file_newer", (("schedule", "check"), ("schedule", "check", NIGHT))),
}


@pytest.mark.parametrize(
    "kind",
    [
        pytest.param(kind, marks=pytest.mark.expects_log("what follows a night: file_newer"))
        if kind == "outbox"
        else kind
        for kind in NEWER
    ],
)
def test_what_a_newer_version_made_is_left_alone(kind: str, tmp_path: Path, sandbox: Sandbox) -> None:
    newer = NEWER[kind]
    program = computer(KEPT[-1], tmp_path / "p", sandbox)
    newer.make(program)
    before = everything(program.archive, program.home)
    for command in newer.commands:
        words = [word.format(archive=program.archive) for word in command]
        ended = program.here(*words, "--json", signs_in=command[0] in ("pull", "retry"))
        assert newer.code in ended.out + ended.err, (command, ended)
        assert ended.code != 0, command
        assert everything(program.archive, program.home) == before, command


def test_a_queue_and_marks_of_a_newer_version_are_left_alone(tmp_path: Path, sandbox: Sandbox) -> None:
    """By the front door, as the window goes; no command touches the queue or changes marks."""
    program = computer(KEPT[-1], tmp_path / "p", sandbox)
    (beside,) = program.archive.rglob("*.marks.json")
    (line,) = (program.archive / ".mir" / "marks" / "book.jsonl").read_text("utf-8").splitlines()
    _json(program.home / "state" / "downloads" / "default.json", format=2, runs={})
    _json(beside, format=2, marks={})
    with closing(engine_of(program)) as engine:
        marks = engine.marks(program.archive)
        before = everything(program.archive, program.home)
        for door in (
            engine.downloads.start,
            lambda: engine.downloads.add(PullRequest(archive=program.archive)),
            lambda: engine.downloads.add_retry(program.archive, 1),
            lambda: engine.downloads.remove("run:1", archive=program.archive),
            lambda: engine.downloads.history(program.archive),
            lambda: marks.add(json.loads(line)["recording"], at=0.5, note="one more"),
        ):
            with pytest.raises(FileNewer) as caught:
                door()
            assert Path(caught.value.subject).name in ("default.json", beside.name)
            assert "format is 2, this version knows 1" in caught.value.detail
            assert caught.value.advice.endswith("Nothing was changed.")
            assert everything(program.archive, program.home) == before


def test_settings_that_only_have_more_names_are_kept_and_told(tmp_path: Path, sandbox: Sandbox) -> None:
    """A newer version's own settings are no reason to refuse the file: it stays, with every word of them."""
    program = computer(KEPT[-1], tmp_path / "p", sandbox)
    path = program.home / "config" / "settings.toml"
    path.write_text(path.read_text("utf-8") + '\n[window]\nholograms = "on"  # ours\n', "utf-8")
    assert program.here("settings", "log.level", "debug", signs_in=False).code == 0
    assert 'holograms = "on"  # ours\n' in path.read_text("utf-8")
    assert "window.holograms" in program.here("doctor", signs_in=False).out
