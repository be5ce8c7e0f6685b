"""What the ledger says for lists: by name or all of it, what came since, who brought it, what is to be mended."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from download_client.ledger import Change, Ledger
from download_client.model import State
from tests.ledger.rig import NOW, add, begin, claim, end_in
from tests.making import conversation, recording


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "ledger.sqlite3") as opened:
        yield opened


def brought(ledger: Ledger, *conversations: str, at: float) -> int:
    """A run that brings home two recordings of each conversation; its number."""
    tally = begin(ledger)
    add(
        ledger, tally, *(conversation(each, recording(f"{each}-r1"), recording(f"{each}-r2")) for each in conversations)
    )
    numbers = claim(ledger, tally)
    ledger.queue.mark(tally, [Change(number, State.FETCHED) for number in numbers])
    ledger.queue.mark(
        tally, [Change(number, State.ARCHIVED, done_sha256="ab" * 32, archived_at=at) for number in numbers]
    )
    return tally.run_id


def test_conversations_stand_as_their_most_urgent_recording(ledger: Ledger) -> None:
    brought(ledger, "home", at=NOW)
    tally = begin(ledger)
    add(ledger, tally, conversation("gone", recording("gone-r1"), recording("gone-r2")))
    end_in(ledger, tally, State.GONE)
    add(ledger, tally, conversation("failed"))
    end_in(ledger, tally, State.FAILED)
    add(ledger, tally, conversation("hand"))
    claim(ledger, tally)
    add(ledger, tally, conversation("queued"))
    expected = {
        "home": (2, None),
        "gone": (0, State.GONE),
        "failed": (0, State.FAILED),
        "hand": (0, State.FETCHING),
        "queued": (0, State.QUEUED),
    }
    assert {it: (archived, urgent) for it, archived, urgent in ledger.overview.stands()} == expected
    some = ["home", "failed", "nobody"]
    assert {it: (archived, urgent) for it, archived, urgent in ledger.overview.stands(some)} == {
        each: expected[each] for each in some if each in expected
    }
    assert [item.state for item in ledger.overview.of_conversation("gone")] == [State.GONE, State.GONE]


def test_what_came_since_comes_in_its_order(ledger: Ledger) -> None:
    first = brought(ledger, "a", at=NOW)
    second = brought(ledger, "b", "c", at=NOW + 10)
    overview = ledger.overview
    assert overview.archived_count() == 6
    assert sorted(overview.archived_versions()) == [(f"{each}-r{number}", 1) for each in "abc" for number in (1, 2)]
    assert [item.conversation_id for item, _ in overview.archived_since(0.0)] == ["a", "a", "b", "b", "c", "c"]
    late = list(overview.archived_since(NOW + 10))
    assert {call.id for _, call in late} == {"b", "c"}
    # Listed again, by a run that found them home already.
    add(ledger, begin(ledger), conversation("b", recording("b-r1"), recording("b-r2")))
    last = ledger.runs.latest()[0].id
    item = late[0][0]
    assert overview.brought_by(item.id, [first, second, last]) == second
    assert overview.brought_by(item.id, [first]) is None


def test_what_is_to_be_mended_is_queued_and_nothing_else(ledger: Ledger) -> None:
    brought(ledger, "a", at=NOW)
    tally = begin(ledger)
    assert ledger.wishes.mend(()) == 0
    assert ledger.wishes.mend(["a-r1", "nobody"]) == 1
    assert [item.state for item in ledger.overview.of_conversation("a")] == [State.QUEUED, State.ARCHIVED]
    add(ledger, tally, conversation("a", recording("a-r1"), recording("a-r2")))
    assert claim(ledger, tally) != []
