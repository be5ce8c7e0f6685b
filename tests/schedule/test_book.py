"""Schedules and nights come back from the disk, whatever was cut off; two processes never work on one schedule."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from download_client.errors import InvalidSchedule, UnknownName
from download_client.model import Channel, Criteria, Direction, RunPhase, Tell
from download_client.schedule import KILLED, Book, Missed, Night, Schedule
from download_client.settings import Paths
from tests.schedule.test_planner import schedule

AT = datetime(2026, 11, 20, 2, 15, tzinfo=UTC)
NIGHT = Night(date(2026, 11, 20), AT, AT + timedelta(minutes=3), RunPhase.COMPLETE, run_id=4, listed=9, archived=9)


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths.below(tmp_path)


@pytest.fixture
def book(paths: Paths) -> Book:
    return Book(paths, profile="default")


def test_schedules_come_back(book: Book, paths: Paths) -> None:
    kept = [
        schedule(name="Ünïcode 晩"),
        schedule(
            name="every",
            days=frozenset({1, 7}),
            window=timedelta(hours=4),
            missed=Missed.SKIP,
            search="S",
            paused=True,
            accept_risk=True,
        ),
        schedule(name="own", criteria=Criteria(direction=Direction.INBOUND, min_duration=30)),
    ]
    for each in kept:
        book.put(each)
    book.put(schedule(name="own", criteria=Criteria(called_extension="201")))
    Book(paths, profile="other").put(schedule(name="own", profile="other"))
    assert sorted(each.name for each in book.all()) == ["every", "own", "Ünïcode 晩"]
    assert book.find("every") == kept[1]
    assert book.find("own").criteria == Criteria(called_extension="201")
    book.remove("own")
    with pytest.raises(UnknownName, match="every"):
        book.find("own")
    assert Book(paths, profile="other").find("own").profile == "other"


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", '{"format": "two", "schedules": []}', '{"format": 1, "schedules": [{"profile": "default"}]}', "\0"],
)
def test_a_file_that_cannot_be_read_is_named_and_kept(book: Book, paths: Paths, text: str) -> None:
    paths.config.mkdir(parents=True)
    file = paths.config / "schedules.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidSchedule):
        book.all()
    assert file.read_text(encoding="utf-8") == text


def test_nights_come_back_without_the_line_that_a_kill_cut_off(book: Book, paths: Paths) -> None:
    book.add("n", NIGHT)
    (file,) = (paths.state / "nights").glob("*.jsonl")
    whole = file.read_bytes()
    file.write_bytes(whole + whole[: len(whole) // 2])
    assert book.nights("n") == [NIGHT]
    book.add("n", NIGHT)
    assert book.nights("n") == [NIGHT, NIGHT]
    assert (book.completed("n"), book.completed("another")) == ({NIGHT.day}, set())


def test_keys_are_short_plain_and_never_the_same(book: Book, paths: Paths) -> None:
    names = ["Nightly", "nightly", "晩", "a/b\\c:*?", "x" * 80, "x" * 79 + "y"]
    keys = {book.key(name) for name in names} | {Book(paths, profile="p").key("Nightly")}
    assert len(keys) == len(names) + 1
    assert all(key.isascii() and len(key) < 60 and key.replace("-", "").isalnum() for key in keys)


def test_two_processes_never_work_on_one_schedule(book: Book, tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from download_client.schedule import Book; "
        "from download_client.settings import Paths\n"
        "with Book(Paths.below(Path(sys.argv[1])), profile='default').alone('n') as alone: print(alone)"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    with book.alone("n") as alone:
        assert alone
        assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "False\n"
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "True\n"


def test_a_try_that_was_killed_is_a_night(book: Book) -> None:
    at = NIGHT.started_at
    book.note_killed("n")
    assert (book.begun("n"), book.nights("n")) == (None, [])
    book.begin("n", NIGHT.day, at=at)
    assert book.begun("n") == (NIGHT.day, at)
    book.add("n", NIGHT)
    assert book.begun("n") is None, "it was written down"
    book.begin("n", NIGHT.day, at=at)
    book.note_killed("n")
    assert book.begun("n") is None
    killed = book.nights("n")[-1]
    assert (killed.day, killed.code, killed.phase, killed.ended_at) == (NIGHT.day, KILLED, RunPhase.INTERRUPTED, at)


@pytest.mark.parametrize("text", ["", "yesterday", "2026-11-22", "2026-11-22 noon x", "\0"])
def test_a_mark_that_cannot_be_read_is_none(book: Book, paths: Paths, text: str) -> None:
    book.begin("n", NIGHT.day, at=NIGHT.started_at)
    (file,) = (paths.state / "nights").glob("*.begun")
    file.write_text(text, encoding="utf-8")
    assert book.begun("n") is None
    book.note_killed("n")
    assert book.nights("n") == []


def test_whom_to_tell_comes_back_and_old_files_are_read(book: Book, paths: Paths, tmp_path: Path) -> None:
    plain = Schedule(name="n", archive=tmp_path, at=time(2), zone="UTC")
    book.put(plain)
    (row,) = json.loads((paths.config / "schedules.json").read_text("utf-8"))["schedules"]
    assert not {"tell", "tell_by", "tell_to", "heartbeat", "reports"} & set(row), "as a program of before wrote it"
    assert book.find("n") == plain
    told = replace(
        plain,
        tell=Tell.ALWAYS,
        tell_by=frozenset({Channel.MAIL, Channel.DESKTOP}),
        tell_to=("ann@example.com", "bob@example.com"),
        heartbeat="https://beat.example/1",
        reports=tmp_path / "reports",
    )
    book.put(told)
    assert book.find("n") == told


@pytest.mark.parametrize(
    "different",
    [
        {"tell_to": ("nobody",)},
        {"tell_to": ("a@example.com\nBcc: b@example.com",)},
        {"heartbeat": "http://beat.example"},
        {"heartbeat": "ftp://beat.example"},
        {"reports": Path("reports")},
        {"tell_by": frozenset({Channel.HEARTBEAT})},
    ],
    ids=str,
)
def test_whom_to_tell_has_to_be_meant(tmp_path: Path, different: dict[str, Any]) -> None:
    with pytest.raises(InvalidSchedule):
        Schedule(name="n", archive=tmp_path, at=time(2), zone="UTC", **different)
