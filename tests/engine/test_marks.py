"""Marks through the front door: by anybody who has the archive, found again, exported, there after a rebuild."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from download_client.archive import COLUMNS, Archive, Entry
from download_client.engine import LONGEST_NOTE, Engine, Marks
from download_client.errors import ArchiveLocked, ArchiveMissing, NotArchived, UnknownName, UsageError
from download_client.model import Criteria
from download_client.retry import SystemClock
from mir_sandbox.remote import Sandbox
from tests.engine.rig import Driven, House


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """Few calls: one pull, then nobody is asked any more."""
    with Sandbox.start(conversations=30, options=("--tiny", "--now", "2026-11-20T12:00:00Z")) as running:
        yield running


@pytest.fixture
def ids(house: House) -> list[str]:
    """What lies in the archive, after a pull by somebody else."""
    made = house.engine()
    Driven(made.pull(house.request())).result()
    home = Archive.open(house.archive, clock=SystemClock())
    return sorted(entry.recording.id for entry in home.entries() if isinstance(entry, Entry))


@pytest.fixture
def engine(house: House) -> Engine:
    """Somebody who is not signed in."""
    first = house.engines[0]
    made = Engine(paths=first.paths, settings=first.settings, profile="offline")
    house.engines.append(made)
    return made


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_they_are_made_changed_found_and_taken_away(house: House, ids: list[str], engine: Engine) -> None:
    with closing(engine.marks(house.archive)) as marks:
        late = marks.add(ids[0], at=2.25, note="Ärger über die RECHNUNG")
        early = marks.add(ids[0], at=0.5, length=1.0)
        other = marks.add(ids[1], at=0, note="=1+1 Rechnung")
        assert marks.of([ids[1], ids[0], "unknown"]) == (other, early, late)
        assert marks.search() == (other, early, late)
        assert marks.search("rechnung ÄRGER") == (late,)
        assert marks.search("nobody said that") == ()
        changed = marks.change(early, at=0.75, note="besser")
        assert (changed.at, changed.length, changed.note, changed.id) == (0.75, 1.0, "besser", early.id)
        assert marks.search()[0] == changed
        marks.remove(late)
        marks.remove(late)
        assert marks.of([ids[0]]) == (changed,)
        with pytest.raises(UnknownName):
            marks.change(late, note="gone")
        with closing(house.engines[0].marks(house.archive)) as signed_in:
            assert signed_in.of(ids[:1]) == (changed,)
            assert signed_in.add(ids[2], at=1.0).by != changed.by or changed.by == ""


def test_only_what_the_archive_holds_can_be_marked(
    sandbox: Sandbox, house: House, ids: list[str], engine: Engine
) -> None:
    with closing(engine.marks(house.archive)) as marks:
        with pytest.raises(NotArchived, match="not in the archive"):
            marks.add("somebody-elses", at=0)
        for at, length in ((-1.0, 0.0), (float("nan"), 0.0), (0.0, -0.1)):
            with pytest.raises(UsageError):
                marks.add(ids[0], at=at, length=length)
        for note in ("x" * (LONGEST_NOTE + 1), "half \ud800"):
            with pytest.raises(UsageError):
                marks.add(ids[0], at=0, note=note)
        kept = marks.add(ids[0], at=0, note="x" * LONGEST_NOTE)
        with pytest.raises(UsageError):
            marks.change(kept, at=-1)
        assert marks.of(ids) == (kept,)
    with pytest.raises(ArchiveMissing):
        engine.marks(house.folder / "nowhere")


def test_marking_goes_on_while_a_pull_is_at_work(sandbox: Sandbox, house: House, ids: list[str]) -> None:
    engine = house.engines[0]
    arrived = sandbox.arrive(house.user.username, recordings=1, seconds=2)
    held = sandbox.fault("slow-first-byte", {"seconds": None}, where={"route": "content"})
    driven = Driven(engine.pull(house.request(conversations=tuple(arrived), criteria=Criteria())))
    try:
        driven.until(lambda seen: bool(seen.in_hand))
        archive = Archive.open(house.archive, clock=SystemClock())
        with pytest.raises(ArchiveLocked), archive.lock("is it held"):
            pass
        with closing(engine.marks(house.archive)) as marks:
            made = marks.add(ids[0], at=1.0, note="meanwhile")
            assert marks.of(ids) == (made,)
    finally:
        held.clear()
        sandbox.release()
    assert driven.result().archived == 1
    assert list(archive.verify()) == []
    assert [mark.note for mark in archive.marks.of(ids[0])] == ["meanwhile"]


def test_they_are_there_after_a_rebuild_even_where_the_book_was_lost(
    house: House, ids: list[str], engine: Engine
) -> None:
    with closing(engine.marks(house.archive)) as marks:
        made = [marks.add(each, at=1.0, note=each) for each in ids[:3]]
        (house.archive / ".mir" / "marks" / "book.jsonl").unlink()
        assert marks.search() == ()
        for path in (engine.paths.data / "ledgers").iterdir():
            path.unlink()
        assert engine.rebuild(house.archive, progress=lambda _: None) == len(ids)
        assert sorted(mark.id for mark in marks.search()) == sorted(mark.id for mark in made)
        assert list(Archive.open(house.archive, clock=SystemClock()).verify()) == []


def test_the_table_of_marks_is_exact_and_on_request_safe(house: House, ids: list[str], engine: Engine) -> None:
    engine.settings.set("csv.spreadsheet_safe", "yes")
    target = house.folder / "marks.csv"
    target.write_text("older")
    with closing(engine.marks(house.archive)) as marks:
        one = marks.add(ids[0], at=1.25, length=0.5, note='=HYPERLINK("x"),\n"two" lines; ü')
        two = marks.add(ids[1], at=0)
        assert marks.export_csv(target) == 2
        exact, safe = rows(target), rows(house.folder / "marks.spreadsheet.csv")
        assert list(exact[0])[: len(COLUMNS)] == list(COLUMNS)
        assert [row["Mark ID"] for row in exact] == [two.id, one.id]
        assert exact[1]["Note"] == one.note
        assert exact[1]["Mark At (Seconds)"] == safe[1]["Mark At (Seconds)"] == "1.250"
        assert exact[1]["Recording ID"] == ids[0]
        assert (house.archive / exact[1]["File Name"]).exists()
        assert safe[1]["Note"].startswith("'=HYPERLINK")
        assert exact[1]["Marked At (UTC)"] == f"{one.made_at:%Y-%m-%dT%H:%M:%SZ}"
        assert marks.export_csv(target, [two]) == 1
        assert len(rows(target)) == 1
    assert sorted(path.name for path in house.folder.glob("*.part")) == []


def test_an_archive_without_marks_has_none(house: House, ids: list[str], engine: Engine) -> None:
    with closing(engine.marks(house.archive)) as marks:
        assert isinstance(marks, Marks)
        assert marks.of(ids) == marks.search() == ()
        target = house.folder / "none.csv"
        assert marks.export_csv(target) == 0
        assert rows(target) == []
    assert not (house.archive / ".mir" / "marks").exists()
