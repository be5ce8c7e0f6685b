"""The library: what the archive holds, offline, in step with it; checks remembered, damage mended, copies proved."""

from __future__ import annotations

import csv
import hashlib
import shutil
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from download_client.archive import COLUMNS
from download_client.engine import (
    Column,
    Engine,
    Export,
    FindingKind,
    GroupBy,
    Library,
    Order,
    Proof,
    RecordingRow,
    Span,
)
from download_client.errors import ArchiveMissing, Interrupted, UnknownName
from download_client.model import Criteria, Direction, RunPhase
from mir_sandbox.remote import Sandbox
from tests.engine.rig import SPAN, Driven, House


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """Few calls: everything here is pulled before it is looked at."""
    with Sandbox.start(conversations=60, options=("--tiny", "--now", "2026-11-20T12:00:00Z")) as running:
        yield running


@pytest.fixture
def engine(house: House) -> Engine:
    made = house.engine()
    Driven(made.pull(house.request(name="My search"))).result()
    return made


def up_to_date(library: Library) -> list[RecordingRow]:
    """Its rows, newest first."""
    library.fill(lambda _: None, threading.Event())
    with closing(library.view()) as view:
        return view.rows(0, 10_000)


def checked(library: Library, only: list[str] | None = None) -> dict[str, Proof]:
    library.check(lambda _: None, threading.Event(), only=only)
    with closing(library.view()) as view:
        return {row.recording_id: row.proof for row in view.rows(0, 10_000)}


def test_the_library_is_the_archive(engine: Engine, house: House) -> None:
    library = engine.library(house.archive)
    rows = up_to_date(library)
    told = {it.id: it for it in engine.search(SPAN)}
    files = {str(path.relative_to(house.archive)).replace("\\", "/") for path in house.archive.rglob("*.wav")}
    assert {row.path for row in rows} == files
    assert library.filled.complete
    assert (library.filled.rows, library.filled.bytes) == (len(rows), sum(row.size for row in rows))
    for row in rows:
        assert row.recording_id in {each.id for each in told[row.conversation_id].recordings}
        assert hashlib.sha256((house.archive / row.path).read_bytes()).hexdigest() == row.sha256
        assert (row.proof, row.checked_at, row.search) == (Proof.UNCHECKED, None, "My search")
        all_of_it = library.recording(row.number)
        assert all_of_it.row == row
        assert all_of_it.recording.id == row.recording_id
        assert all_of_it.recording in all_of_it.conversation.recordings
        assert all_of_it.file.is_file()
    with closing(library.view(Order(Column.SIZE), group_by=GroupBy.SEARCH)) as view:
        assert view.groups is not None
        assert [(group.title, group.count) for group in view.groups.page(0, 9)] == [("My search", len(rows))]
        assert list(view.recording_ids([Span(0, 3)])) == [row.recording_id for row in view.rows(0, 3)]
    with pytest.raises(UnknownName):
        library.recording(10_000)
    assert len(engine.examples(house.archive)) == 3
    assert engine.examples(None) == engine.examples(house.folder) == ()
    library.close()


def test_it_keeps_in_step_and_is_there_at_once(engine: Engine, house: House) -> None:
    """New recordings come in, lost ledgers change nothing, and another start finds it as it was."""
    earlier = replace(SPAN, from_time=SPAN.from_time.replace(month=9) if SPAN.from_time is not None else None)
    library = engine.library(house.archive)
    before = up_to_date(library)
    Driven(engine.pull(house.request(criteria=earlier))).result()
    after = up_to_date(library)
    assert {row.recording_id for row in before} < {row.recording_id for row in after}
    assert {row.search for row in after} == {"My search", ""}
    library.close()
    offline = engine.library(house.archive)
    assert offline.filled.rows == len(after), "without looking at the archive"
    assert not offline.filled.complete
    engine.rebuild(house.archive, progress=lambda _: None)
    again = up_to_date(offline)
    assert [replace(row, run_id=0, search="") for row in again] == [replace(row, run_id=0, search="") for row in after]
    offline.close()
    for folder in ("ledgers", "libraries"):
        for root in (engine.paths.data, engine.paths.state):
            shutil.rmtree(root / folder, ignore_errors=True)
    with closing(engine.library(house.archive)) as anew:
        assert {row.path for row in up_to_date(anew)} == {row.path for row in after}, "from the archive alone"


def test_checks_are_remembered(engine: Engine, house: House) -> None:
    library = engine.library(house.archive)
    rows = up_to_date(library)
    assert library.last_check is None
    assert set(checked(library).values()) == {Proof.WHOLE}
    flipped, cut, gone, *_ = rows
    for row in (flipped, cut):
        path = house.archive / row.path
        content = bytearray(path.read_bytes())
        content[-1] ^= 1
        path.write_bytes(content if row is flipped else content[:-7])
    (house.archive / gone.path).unlink()
    found = checked(library)
    damaged = {flipped.recording_id: Proof.DAMAGED, cut.recording_id: Proof.DAMAGED, gone.recording_id: Proof.MISSING}
    assert found == {row.recording_id: damaged.get(row.recording_id, Proof.WHOLE) for row in rows}
    assert {finding.kind for finding in library.findings()} == {
        FindingKind.CHANGED,
        FindingKind.CUT,
        FindingKind.MISSING,
    }
    assert set(library.damaged()) == set(damaged)
    report = library.last_check
    assert report is not None
    assert (report.full, report.complete, report.whole, report.damaged) == (True, True, len(rows) - 3, 3)
    assert (report.looked_at, report.recordings) == (len(rows), len(rows))
    library.close()
    with closing(engine.library(house.archive)) as later:
        assert later.last_check == report
        assert set(later.damaged()) == set(damaged)
        (house.archive / flipped.path).write_bytes(
            bytes(
                bytearray((house.archive / flipped.path).read_bytes()[:-1])
                + bytes([(house.archive / flipped.path).read_bytes()[-1] ^ 1])
            )
        )
        assert checked(later, [flipped.recording_id])[flipped.recording_id] is Proof.WHOLE
        assert set(later.damaged()) == {cut.recording_id, gone.recording_id}
        assert {finding.recording_id for finding in later.findings()} == {cut.recording_id, gone.recording_id}
        assert later.last_check == report, "a check of some is none of all"


def test_a_check_rests_and_stops(engine: Engine, house: House) -> None:
    library = engine.library(house.archive)
    up_to_date(library)
    stop, pause = threading.Event(), threading.Event()
    pause.set()
    seen: list[int] = []
    reports = []
    thread = threading.Thread(
        target=lambda: reports.append(library.check(lambda told: seen.append(told.recordings), stop, pause=pause))
    )
    thread.start()
    thread.join(0.5)
    assert thread.is_alive(), "while it rests it does not end"
    stop.set()
    thread.join(60)
    assert not thread.is_alive()
    (report,) = reports
    assert not report.complete
    assert library.last_check == report
    library.close()


def test_what_is_damaged_is_fetched_again_into_its_place(engine: Engine, house: House) -> None:
    library = engine.library(house.archive)
    rows = up_to_date(library)
    flipped, gone, *_ = rows
    good = (house.archive / flipped.path).read_bytes()
    bad = good[:-1] + bytes([good[-1] ^ 1])
    (house.archive / flipped.path).write_bytes(bad)
    (house.archive / gone.path).unlink()
    checked(library)
    denied = house.sandbox.fault("denied", where={"route": "content"})
    result = Driven(engine.pull(engine.repair(house.archive, library.damaged()))).result()
    assert result.archived == 0
    assert (house.archive / flipped.path).read_bytes() == bad, "what is damaged stays until something better is here"
    assert set(library.damaged()) == {flipped.recording_id, gone.recording_id}
    assert {row.recording_id for row in up_to_date(library)} == {row.recording_id for row in rows}
    denied.clear()
    for _ in range(2):
        # What was denied a moment ago is asked for again when somebody asks for it.
        result = Driven(engine.retry(house.archive, result.run_id)).result()
    assert (house.archive / flipped.path).read_bytes() == good
    assert (house.archive / gone.path).is_file()
    quarantined = [path.read_bytes() for path in (house.archive / ".mir" / "quarantine").iterdir()]
    assert quarantined == [bad]
    after = up_to_date(library)
    assert {row.path for row in after} == {row.path for row in rows}
    assert {row.proof for row in after if row.recording_id in (flipped.recording_id, gone.recording_id)} == {
        Proof.UNCHECKED
    }
    assert set(checked(library).values()) == {Proof.WHOLE}
    assert library.findings() == ()
    assert library.damaged() == ()
    with pytest.raises(UnknownName):
        engine.repair(house.archive, ["nobody"])
    library.close()


def exported(export: Export, target: Path) -> list[dict[str, str]]:
    """Run it; its table's rows, held against the copies."""
    done = export.run(target, progress=lambda _: None, stop=threading.Event())
    assert done.table is not None
    with done.table.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["File Name"] for row in rows] == [path.name for path in done.files]
    for row, path in zip(rows, done.files, strict=True):
        assert hashlib.sha256(path.read_bytes()).hexdigest() == row["SHA-256"]
        assert str(path.stat().st_size) == row["File Size"]
    assert done.bytes == sum(path.stat().st_size for path in done.files)
    return rows


def test_an_export_is_what_the_archive_holds(engine: Engine, house: House) -> None:
    library = engine.library(house.archive)
    rows = up_to_date(library)
    calls = list(dict.fromkeys(row.conversation_id for row in rows[:4]))
    export = engine.export(house.archive, conversations=(*calls, "cnv-not-here"))
    assert export.missing == ("cnv-not-here",)
    assert export.suggested_name == ""
    folder = house.folder / "out" / "deep"
    told = exported(export, folder)
    assert {row["Conversation ID"] for row in told} == set(calls)
    # The archive's own tables say the same of each, but for where it lies.
    for row in told:
        (held,) = [each for each in rows if each.recording_id == row["Recording ID"]]
        beside = (house.archive / held.path).with_suffix(".csv")
        with beside.open(encoding="utf-8-sig", newline="") as file:
            (own,) = csv.DictReader(file)
        assert {**own, "File Name": ""} == {**row, "File Name": ""}
    before = sorted(folder.iterdir())
    exported(export, folder)
    assert [path for path in sorted(folder.iterdir()) if path.suffix == ".wav"] == [
        path for path in before if path.suffix == ".wav"
    ], "the same copies are not made twice"
    taken = folder / Path(rows[0].path).name
    taken.write_bytes(b"somebody else's")
    assert any(row["File Name"].endswith(" (2).wav") for row in exported(export, folder))
    assert taken.read_bytes() == b"somebody else's"
    export.close()
    library.close()


def test_one_recording_is_exported_under_the_name_that_was_chosen(engine: Engine, house: House) -> None:
    library = engine.library(house.archive)
    row = up_to_date(library)[0]
    export = engine.export(house.archive, recordings=[row.recording_id])
    assert export.suggested_name == Path(row.path).name
    target = house.folder / "mine.wav"
    target.write_bytes(b"older")
    exported(export, target)
    assert hashlib.sha256(target.read_bytes()).hexdigest() == row.sha256
    assert sorted(path.name for path in house.folder.glob("mine*")) == ["mine.csv", "mine.wav"]
    export.close()
    library.close()


def test_nothing_damaged_is_exported_and_the_others_are(engine: Engine, house: House) -> None:
    library = engine.library(house.archive)
    rows = up_to_date(library)
    bad, gone, good = rows[:3]
    (house.archive / bad.path).write_bytes(b"RIFF")
    (house.archive / gone.path).unlink()
    export = engine.export(house.archive, recordings=[row.recording_id for row in (bad, gone, good)])
    folder = house.folder / "out"
    done = export.run(folder, progress=lambda _: None, stop=threading.Event())
    assert {ident for ident, _ in done.failed} == {bad.recording_id, gone.recording_id}
    assert [path.name for path in done.files] == [Path(good.path).name]
    assert sorted(path.suffix for path in folder.iterdir()) == [".csv", ".wav"], "no part is left"
    assert set(library.damaged()) == {bad.recording_id, gone.recording_id}
    stop = threading.Event()
    stop.set()
    with pytest.raises(Interrupted):
        export.run(house.folder / "other", progress=lambda _: None, stop=stop)
    assert list((house.folder / "other").iterdir()) == []
    export.close()
    library.close()


def test_a_selection_is_saved_as_a_table(engine: Engine, house: House) -> None:
    library = engine.library(house.archive)
    rows = up_to_date(library)
    target = house.folder / "some.csv"
    target.write_text("older")
    with closing(library.view(Order(Column.START))) as view:
        assert library.write_table(view, [Span(1, 3), Span(4, 5)], target) == 3
    with target.open(encoding="utf-8-sig", newline="") as file:
        told = list(csv.reader(file))
    assert tuple(told[0]) == COLUMNS
    assert [row[COLUMNS.index("Recording ID")] for row in told[1:]] == [rows[index].recording_id for index in (1, 2, 4)]
    library.close()


def test_without_an_archive_there_is_no_library(engine: Engine, house: House) -> None:
    with pytest.raises(ArchiveMissing):
        engine.library(house.folder / "nowhere")


def test_two_look_at_one_library(engine: Engine, house: House) -> None:
    one, other = engine.library(house.archive), engine.library(house.archive)
    threads = [threading.Thread(target=up_to_date, args=(each,)) for each in (one, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert up_to_date(one) == up_to_date(other) != []
    Driven(engine.pull(house.request(criteria=Criteria(direction=Direction.INBOUND)))).result()
    assert engine.runs(house.archive)[0][0].phase in (RunPhase.COMPLETE, RunPhase.PARTIAL)
    assert up_to_date(one) == up_to_date(other)
    one.close()
    other.close()


def test_nothing_of_a_person_stays_of_what_was_erased(engine: Engine, house: House) -> None:
    library = engine.library(house.archive)
    before = up_to_date(library)
    middle = sorted(row.start for row in before)[len(before) // 2]
    days = (datetime.now(UTC) - middle).days
    with closing(library.view()) as older:
        numbers = older.rows(0, 10_000)
        erased = engine.housekeeping(house.archive, days=days, erase=True)
        assert 0 < erased.recordings < len(before)
        after = up_to_date(library)
        gone = {row.recording_id for row in before} - {row.recording_id for row in after}
        assert len(gone) == erased.recordings
        for row in numbers:
            if row.recording_id in gone:
                with pytest.raises(UnknownName):
                    library.recording(row.number)
        told = {each.row.recording_id for each in library.recordings(older, (Span(0, len(numbers)),))}
        assert told == {row.recording_id for row in after}
    stays = {word for row in after for word in (row.calling_number, row.called_number)}
    words = {word for row in before if row.recording_id in gone for word in (row.calling_number, row.called_number)}
    library.close()
    (file,) = (engine.paths.state / "libraries").glob("*.sqlite3")
    (ledger,) = (engine.paths.data / "ledgers").glob("*.sqlite3")
    assert words - stays - {""}
    for path in (file, ledger):
        assert not [word for word in words - stays if word and word.encode() in path.read_bytes()], path.name
    assert engine.library(house.archive).damaged() == ()
