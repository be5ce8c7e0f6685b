"""What people do stands in the record: pulls, repairs, exports, rebuilds, erasures; ids only."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from download_client.archive import Archive
from download_client.engine import AuditEntry, Engine
from download_client.engine.auditing import computer_account, exported
from download_client.errors import DiskError
from download_client.retry import SystemClock
from mir_sandbox.remote import Sandbox
from tests.engine.rig import Driven, House


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox.start(conversations=40, options=("--tiny", "--now", "2026-11-20T12:00:00Z")) as running:
        yield running


def entries(engine: Engine, house: House) -> list[AuditEntry]:
    return list(engine.audit(house.archive).entries())


def chain(house: House) -> Path:
    return house.archive / ".mir" / "audit" / "chain.jsonl"


def test_everything_that_is_done_is_written_down(house: House) -> None:
    engine = house.engine()
    me = engine.whoami()
    Driven(engine.pull(house.request(name="Complaints of Ann"))).result()
    with closing(engine.library(house.archive)) as library:
        library.fill(lambda _: None, threading.Event())
        with closing(library.view()) as view:
            rows = view.rows(0, 3)
    export = engine.export(house.archive, recordings=[row.recording_id for row in rows])
    export.run(house.folder / "out", progress=lambda _: None, stop=threading.Event())
    export.close()
    (house.archive / rows[0].path).unlink()
    Driven(engine.pull(engine.repair(house.archive, [rows[0].recording_id]))).result()
    engine.rebuild(house.archive, progress=lambda _: None)
    engine.housekeeping(house.archive, days=15, erase=True)
    told = entries(engine, house)
    assert [(each.kind.value, each.facts.get("what")) for each in told] == [
        ("begin", "search"),
        ("end", None),
        ("export", None),
        ("begin", "repair"),
        ("end", None),
        ("rebuild", None),
        ("erase", None),
        ("erase", None),
    ]
    pulls = [each for each in told if each.run]
    assert {(each.user, each.account, each.access) for each in pulls} == {
        (me.user.user_id, me.account.account_id, me.access_level.value)
    }
    assert {each.local for each in told} == {computer_account()}
    assert told[2].user == me.user.user_id
    assert set(told[2].ids) == {row.recording_id for row in rows}
    assert told[3].ids == (rows[0].recording_id,)
    assert engine.audit(house.archive).verify().sound(with_head=False)
    text = chain(house).read_text("utf-8")
    for row in rows:
        assert row.calling_number not in text or not row.calling_number
    assert "Ann" not in text
    assert me.user.name not in text


def test_an_export_of_many_is_several_entries(house: House) -> None:
    engine = house.engine()
    Driven(engine.pull(house.request())).result()
    opened = Archive.open(house.archive, clock=SystemClock())
    exported(opened, [f"rec-{number}" for number in range(1_201)], me=None, at=SystemClock().now())
    told = [each for each in entries(engine, house) if each.kind.value == "export"]
    assert [len(each.ids) for each in told] == [500, 500, 201]
    assert {each.facts["recordings"] for each in told} == {1_201}


def test_an_archive_that_cannot_be_written_is_exported_all_the_same(house: House) -> None:
    engine = house.engine()
    Driven(engine.pull(house.request())).result()
    before = entries(engine, house)
    chain(house).rename(house.folder / "chain")
    chain(house).mkdir()
    with closing(engine.library(house.archive)) as library:
        library.fill(lambda _: None, threading.Event())
        with closing(library.view()) as view:
            (row,) = view.rows(0, 1)
    export = engine.export(house.archive, recordings=[row.recording_id])
    done = export.run(house.folder / "out", progress=lambda _: None, stop=threading.Event())
    export.close()
    assert len(done.files) == 1
    chain(house).rmdir()
    (house.folder / "chain").rename(chain(house))
    assert entries(engine, house) == before


def test_a_pull_that_cannot_be_written_down_is_not_begun(house: House) -> None:
    engine = house.engine()
    engine.new_archive(house.archive, accept_risk=True)
    chain(house).mkdir(parents=True)
    driven = Driven(engine.pull(house.request()))
    with pytest.raises(DiskError):
        driven.result()
    assert not list(house.archive.rglob("*.wav"))
