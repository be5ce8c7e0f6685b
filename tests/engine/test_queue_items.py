"""The recordings of a run of the queue: by group, left out, put first, asked for again, also at work."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from download_client.engine import Standing
from download_client.model import ItemGroup, RunPhase, Snapshot, State
from mir_sandbox.remote import Sandbox
from tests.engine.queue_rig import OVER, Watched, holding, whole
from tests.engine.rig import SPAN, House


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """More recordings than may be in hand at a time."""
    with Sandbox.start(conversations=500, options=("--tiny", "--now", "2026-11-20T12:00:00Z")) as running:
        yield running


def many_queued(seen: Snapshot) -> bool:
    """Everything is listed, and as much in hand as may be."""
    return seen.counts.get(State.QUEUED, 0) > 9 and seen.counts.get(State.FETCHING, 0) >= 125


def test_recordings_are_left_out_taken_in_and_put_first_while_at_work(house: House) -> None:
    engine = house.engine()
    queue = Watched(engine.downloads)
    held = holding(house, skip=3)
    year = replace(SPAN, from_time=datetime(2025, 11, 20, tzinfo=UTC))
    run = engine.downloads.add(house.request(concurrency=2, criteria=year))
    held.wait(waiting=2)
    number = queue.one(run.key, lambda seen: seen.figures is not None and many_queued(seen.figures))
    assert number.run_id is not None
    downloads, where = engine.downloads, (house.archive, number.run_id)
    in_hand = downloads.items(*where, ItemGroup.DOWNLOADING)
    queued = downloads.items(*where, ItemGroup.QUEUED)
    assert len(in_hand) == 2, "what is claimed and has no transfer waits like the queue"
    figures = downloads.groups(*where)
    assert figures[ItemGroup.DOWNLOADING].count == 2
    assert len(queued) > 9
    last = queued[-1]
    downloads.put_first(*where, [last.id])
    queue.until(lambda _: downloads.items(*where, ItemGroup.QUEUED, count=1)[0].id == last.id)
    out = [queued[0].id, queued[1].id, in_hand[0].id]
    downloads.leave_out(*where, out)
    queue.until(lambda _: downloads.groups(*where)[ItemGroup.LEFT_OUT].count == 3)
    assert {each.id for each in downloads.items(*where, ItemGroup.LEFT_OUT)} == set(out)
    downloads.take_in(*where, [out[0]])
    assert downloads.groups(*where)[ItemGroup.LEFT_OUT].count == 2
    held.clear()
    done = queue.ended(run.key)
    assert done.phase is RunPhase.PARTIAL, "what was left out is not home"
    assert done.figures is not None
    assert done.figures.counts[State.LISTED] == 2
    downloads.take_in(*where, ItemGroup.LEFT_OUT)
    again = queue.until(lambda runs: [r.standing for r in runs] == [Standing.ENDED])[0]
    assert again.phase in OVER
    assert again.run_id == number.run_id
    groups = downloads.groups(*where)
    assert groups[ItemGroup.ARCHIVED].count == whole(house)
    assert sum(group.count for group in groups.values()) == done.figures.listed
    home = downloads.items(*where, ItemGroup.ARCHIVED, start=1, count=2)
    assert len(home) == 2
    assert all(each.path is not None and each.path.is_file() and each.size for each in home)


def test_what_failed_is_asked_for_again(house: House) -> None:
    engine = house.engine()
    queue = Watched(engine.downloads)
    gone = house.sandbox.fault(
        "status", {"status": 403, "code": "recording_denied"}, where={"route": "content"}, times=4
    )
    run = queue.ended(engine.downloads.add(house.request()).key)
    assert run.run_id is not None
    assert run.phase is RunPhase.PARTIAL

    def denied() -> list[int]:
        failed = engine.downloads.items(house.archive, run.run_id or 0, ItemGroup.FAILED)
        assert all(each.code for each in failed)
        return [each.id for each in failed if each.state is State.DENIED]

    some = denied()
    assert len(some) == 4
    gone.clear()
    engine.downloads.retry(house.archive, run.run_id, some[:1])
    assert queue.ended(run.key).run_id == run.run_id
    assert denied() == some[1:]
    engine.downloads.retry(house.archive, run.run_id, ItemGroup.FAILED)
    queue.ended(run.key)
    assert denied() == []
    assert whole(house) > 0
