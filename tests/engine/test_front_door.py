"""The front door without its command line: what is foreseen comes true, what is lost is made anew."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from download_client.engine import Engine, Forecast, Health
from download_client.errors import LedgerCorrupt
from download_client.model import Criteria, Direction, RunPhase, State
from mir_sandbox.remote import Sandbox
from tests.engine.rig import SPAN, Driven, House, adds_up, home


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """One for each test: what they do to it would be in the way of the next."""
    with Sandbox.start(conversations=80, options=("--tiny", "--now", "2026-11-20T12:00:00Z")) as running:
        yield running


def pulled(engine: Engine, house: House, **different: object) -> tuple[int, int]:
    """A run to its end: how many it brought, how many content requests it took."""
    result = Driven(engine.pull(house.request(**different))).result()
    adds_up(result)
    return result.archived, result.content_requests


def ledger_of(house: House) -> Path:
    (path,) = (house.engines[0].paths.data / "ledgers").glob("*.sqlite3")
    return path


def test_a_forecast_comes_true(house: House) -> None:
    """Before anything is there, after half of it came, with named states, and when the ledger is lost."""
    engine = house.engine()
    half = replace(SPAN, direction=Direction.INBOUND)
    for number, criteria in enumerate((half, SPAN, SPAN)):
        request = house.request(criteria=criteria)
        foreseen = engine.forecast(request)
        result = Driven(engine.pull(request)).result()
        adds_up(result)
        assert (foreseen.listed, foreseen.archived) == (result.listed, result.skipped), number
        assert foreseen.listed - foreseen.archived - foreseen.unavailable == result.archived, number
        assert foreseen.bytes_wanted == result.bytes, number
    last = engine.forecast(house.request())
    house.sandbox.change("replace", select={"recordings": [self_replaced(house)]})
    changed = engine.forecast(house.request())
    assert changed.archived == last.archived - 1, "new bytes are wanted"
    before = house.checker().state()
    for path in ledger_of(house).parent.iterdir():
        path.unlink()
    assert as_counted(engine.forecast(house.request())) == as_counted(changed)
    assert house.checker().state() == before
    assert list((engine.paths.data / "ledgers").iterdir()) == [], "nothing is written"


def self_replaced(house: House) -> str:
    """A recording that is home."""
    return str(min(row["recording"] for row in house.sandbox.truth(house.user.username, **span())))


def span() -> dict[str, datetime]:
    assert SPAN.from_time is not None
    assert SPAN.to_time is not None
    return {"start": SPAN.from_time, "end": SPAN.to_time}


def as_counted(forecast: Forecast) -> tuple[int, int, int]:
    return forecast.listed, forecast.archived, forecast.bytes_wanted


def test_one_conversation_is_foreseen_as_it_is_pulled(house: House) -> None:
    engine = house.engine()
    oldest = next(iter(engine.search(SPAN, limit=1)))
    request = house.request(criteria=Criteria(conversation_id=oldest.id))
    foreseen = engine.forecast(request)
    assert foreseen.listed == len(oldest.recordings)
    result = Driven(engine.pull(request)).result()
    assert result.listed == foreseen.listed


def test_a_ledger_made_anew_fetches_nothing_again(house: House) -> None:
    engine = house.engine()
    brought, _ = pulled(engine, house)
    assert engine.rebuild(house.archive, progress=lambda _: None) == brought
    assert pulled(engine, house) == (0, 0)
    checker = house.checker()
    assert checker.after(None) == []
    before = checker.state()
    assert pulled(engine, house) == (0, 0)
    assert checker.state() == before


def test_a_lost_ledger_and_one_from_before_fetch_nothing_again(house: House, tmp_path: Path) -> None:
    engine = house.engine()
    half, _ = pulled(engine, house, criteria=replace(SPAN, direction=Direction.INBOUND))
    path = ledger_of(house)
    shutil.copy(path, tmp_path / "old")
    rest, _ = pulled(engine, house)
    assert half
    assert rest
    shutil.copy(tmp_path / "old", path)
    assert pulled(engine, house) == (0, 0)
    path.unlink()
    assert pulled(engine, house) == (0, 0)


def test_damage_that_shows_only_at_work_is_mended_by_the_next_run(house: House) -> None:
    """Closed in order, so that nobody looks at the door; then the disk flips what a run will read."""
    engine = house.engine()
    brought, _ = pulled(engine, house)
    path = ledger_of(house)
    with sqlite3.connect(path) as raw:
        roots = [
            row[0]
            for row in raw.execute(
                "SELECT rootpage FROM sqlite_master WHERE name IN ('item', 'sqlite_autoindex_item_1')"
            )
        ]
        size = raw.execute("PRAGMA page_size").fetchone()[0]
    raw.close()
    content = bytearray(path.read_bytes())
    for root in roots:
        content[(root - 1) * size : root * size] = b"\xa5" * size
    path.write_bytes(content)
    try:
        result = Driven(engine.pull(house.request())).result()
        assert isinstance(result.error, LedgerCorrupt)
        assert result.phase is not RunPhase.COMPLETE
    except LedgerCorrupt:
        pass
    assert pulled(engine, house) == (0, 0)
    assert home(Driven(engine.pull(house.request())).result()) == brought
    assert list(path.parent.glob("*set-aside*")) != [], "the damaged one is kept"


@pytest.mark.parametrize(("status", "code"), [(403, "access_none"), (400, "invalid_parameter")])
def test_a_listing_that_fails_at_once_is_never_complete(house: House, status: int, code: str) -> None:
    engine = house.engine()
    house.sandbox.fault("status", {"status": status, "code": code}, where={"route": "conversations"})
    result = Driven(engine.pull(house.request())).result()
    assert result.phase is RunPhase.PARTIAL
    assert result.error is not None
    assert not result.complete


def test_no_room_on_the_drive_is_said_before_a_byte_is_asked_for(house: House) -> None:
    engine = house.engine()
    engine.settings.set("transfer.min_free_space", "100TB")
    result = Driven(engine.pull(house.request())).result()
    adds_up(result)
    assert result.error is not None
    assert (result.error.code, result.content_requests) == ("disk_full", 0)
    assert result.counts.keys() <= {State.QUEUED, State.WAITING, State.EXPIRED, State.MISSING}
    engine.settings.set("transfer.min_free_space", "0")
    assert pulled(engine, house)[0] == result.left


def test_saved_searches_are_a_copy_while_the_service_is_away(house: House) -> None:
    engine = house.engine()
    saved = engine.saved.save("inbound of the month", replace(SPAN, direction=Direction.INBOUND))
    house.sandbox.kill()
    found, copied = engine.saved.all()
    assert copied
    assert [(each.name, each.criteria) for each in found] == [(saved.name, saved.criteria)]
    house.sandbox.restart()
    house.sign_in(engine)
    engine.saved.save("another", SPAN)
    assert not engine.saved.all()[1]


def test_the_doctor_names_what_is_wrong_and_goes_on(house: House) -> None:
    engine = house.engine()
    well = {check.name: check for check in engine.doctor(house.archive)}
    assert [name for name, check in well.items() if check.health is Health.BAD] == []
    assert well["archive"].health is Health.WARNING, "there is none yet"
    pulled(engine, house)
    ledger_of(house).write_bytes(b"no ledger " * 1000)
    house.sandbox.kill()
    ill = {check.name: check for check in engine.doctor(house.archive)}
    bad = {name: check.code for name, check in ill.items() if check.health is Health.BAD}
    assert bad.keys() == {"service", "sign-in", "archive"}
    assert bad["archive"] == LedgerCorrupt.code
    assert all(check.advice for name, check in ill.items() if name in bad)
    house.sandbox.restart()


def test_what_a_killed_run_brought_is_in_its_table(house: House) -> None:
    """A process that dies in the middle holds no lock any more; its table is written by the next."""
    engine = house.engine()
    house.sandbox.fault("slow-first-byte", {"seconds": None}, where={"route": "content"}, skip=6)
    script = (
        "import os, sys\nfrom pathlib import Path\nfrom tests.engine.rig import Driven, House\n"
        "from mir_sandbox.remote import User\n"
        "class There:\n    base_url = sys.argv[1]\n"
        "house = House(There(), Path(sys.argv[2]), User(sys.argv[3], sys.argv[4], 'all', 'all'))\n"
        "run = Driven(house.engine().pull(house.request()))\n"
        "run.until(lambda seen: seen.done >= 6)\nos._exit(9)\n"
    )
    who = house.user
    words = [house.sandbox.base_url, str(house.folder), who.username, who.password]
    child = subprocess.run([sys.executable, "-c", script, *words], timeout=60)
    assert child.returncode == 9
    house.sandbox.clear()
    result = Driven(engine.pull(house.request())).result()
    adds_up(result)
    assert result.skipped == 6
    tables = sorted((house.archive / "Runs").glob("*.csv"))
    assert [len(table.read_text("utf-8-sig").splitlines()) - 1 for table in tables] == [6, result.archived]
    assert house.checker().after(None) == []
    phases = [run.phase for run, _ in engine.runs(house.archive)]
    assert RunPhase.INTERRUPTED in phases


def test_a_recording_hidden_from_one_comes_to_another(house: House) -> None:
    """404 for a listed recording is normal after a change of access (F17), and no word for everybody."""
    engine = house.engine()
    hidden = house.sandbox.fault("not-found", where={"route": "content"}, times=1)
    first = Driven(engine.pull(house.request())).result()
    assert first.counts[State.GONE] == 1
    hidden.clear()
    assert pulled(engine, house) == (0, 0), "not asked for again in the same name"
    house.sandbox.grant(house.user.username, access_level="ownGroup")
    house.sandbox.grant(house.user.username, access_level="all")
    manager = House(house.sandbox, house.folder, house.sandbox.user(role="manager"))
    other = manager.engine()
    Driven(other.pull(house.request())).result()
    third = Driven(engine.pull(house.request())).result()
    manager.close()
    assert State.GONE not in third.counts
    assert home(third) == first.listed - sum(
        count for state, count in first.counts.items() if state not in (State.ARCHIVED, State.GONE)
    )
