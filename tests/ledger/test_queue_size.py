"""The queue of a run stays a quick question, whatever other runs left lying and however much was listed."""

from __future__ import annotations

import threading
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from download_client.ledger import Change, Ledger
from download_client.model import ItemGroup, State
from tests.ledger.rig import NOW, add, adds_up, begin, claim
from tests.making import conversation

MANY = 20_000


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "ledger.sqlite3") as opened:
        yield opened


def left_lying(ledger: Ledger, run_id: int) -> None:
    """A run that was killed when it had listed many recordings."""
    add(ledger, (tally := begin(ledger)), conversation("c0"))
    assert tally.run_id == run_id
    with ledger.database.transaction() as connection:
        connection.execute(
            "WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < ?) "
            "INSERT INTO item (id, recording_id, version, conversation_id, state, size) "
            "SELECT i, 'r' || i, 1, 'c0', 'queued', 10 FROM n",
            (MANY,),
        )
        connection.execute("INSERT INTO run_item (run_id, item_id) SELECT ?, id FROM item WHERE id > 1", (run_id,))


def steps(ledger: Ledger, work: object) -> int:
    """How many thousand virtual instructions SQLite takes for `work`."""
    counted = [0]

    def count() -> int:
        counted[0] += 1
        return 0

    with ledger.database.transaction() as connection:
        connection.set_progress_handler(count, 1000)
    work()  # type: ignore[operator]
    with ledger.database.transaction() as connection:
        connection.set_progress_handler(None, 0)
    return counted[0]


def test_what_another_run_left_queued_does_not_lie_in_the_way(ledger: Ledger) -> None:
    left_lying(ledger, 1)
    second = begin(ledger)
    add(ledger, second, conversation("mine"))
    assert steps(ledger, lambda: claim(ledger, second)) < 10
    assert second.figures().counts == {State.FETCHING: 1}
    assert ledger.runs.counts(1) == {State.LISTED: MANY}, "known, wanted by no run"


def test_a_run_asked_for_again_wants_all_of_its_own_and_nothing_else(ledger: Ledger) -> None:
    left_lying(ledger, 1)
    second = begin(ledger)
    add(ledger, second, conversation("mine"))
    third = ledger.runs.resume(1, now=NOW)
    assert ledger.runs.unended() == [1], "one run is at work, the second was interrupted"
    assert ledger.wishes.ask_again(third) == MANY
    adds_up(ledger, third)
    assert third.figures().counts == {State.QUEUED: MANY}
    assert ledger.runs.counts(2) == {State.LISTED: 1}


def test_looking_for_what_was_in_hand_does_not_read_everything(ledger: Ledger) -> None:
    left_lying(ledger, 1)
    assert steps(ledger, ledger.queue.recover) < 10
    assert steps(ledger, lambda: ledger.queue.fetched(1)) < 10


def test_a_look_at_what_is_in_hand_or_difficult_does_not_read_everything(ledger: Ledger) -> None:
    left_lying(ledger, 1)
    (item_id,) = claim(ledger, tally := ledger.runs.resume(1, now=NOW), limit=1)
    ledger.queue.mark(tally, [Change(item_id, State.FAILED, code="x")])
    ledger.wishes.leave_out(tally, 1, [7, 8])
    big = (ItemGroup.QUEUED, ItemGroup.ARCHIVED)
    small = (ItemGroup.FAILED, ItemGroup.WAITING, ItemGroup.DOWNLOADING, ItemGroup.LEFT_OUT)
    assert steps(ledger, lambda: ledger.groups.figures(1, but=big)) < 10
    for group in small:
        assert steps(ledger, lambda group=group: ledger.groups.page(1, group, start=0, count=64)) < 10
    assert steps(ledger, lambda: ledger.groups.page(1, ItemGroup.QUEUED, start=0, count=64)) < 20
    assert [row.item.id for row in ledger.groups.page(1, ItemGroup.LEFT_OUT, start=1, count=9)] == [8]


def test_memory_does_not_grow_with_what_is_let_go_or_asked_for_again(ledger: Ledger) -> None:
    left_lying(ledger, 1)
    tally = ledger.runs.resume(1, now=NOW)
    tracemalloc.start()
    ledger.wishes.ask_again(tally)
    assert ledger.wishes.let_go(tally) == MANY
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 200_000, "not ten bytes for each"
    adds_up(ledger, tally)


def test_figures_add_up_at_every_look_while_two_threads_write(ledger: Ledger) -> None:
    tally = begin(ledger)
    done = threading.Event()

    def listing() -> None:
        for page in range(30):
            batch = [conversation(f"c{page}-{number}") for number in range(20)]
            ledger.listing.add(tally, batch, position=None, now=NOW, urgent_before=NOW)
        done.set()

    thread = threading.Thread(target=listing)
    thread.start()
    looks = 0
    while not done.is_set() or tally.counts[State.QUEUED] > 0:
        claim(ledger, tally, 7)
        counts, *_ = tally.figures()
        assert all(count > 0 for count in counts.values())
        looks += 1
    thread.join()
    adds_up(ledger, tally)
    assert tally.figures().counts == {State.FETCHING: 600}
    assert looks > 1
