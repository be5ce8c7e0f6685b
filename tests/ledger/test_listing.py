"""Pages into the ledger: what is wanted, what is skipped, what is a new version, what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from download_client.errors import LedgerError, ListingBroken
from download_client.ledger import Change, Ledger, Position, Tally
from download_client.model import Checksum, Conversation, Criteria, RecordingStatus, RunKind, RunPhase, State, Window
from tests.ledger.rig import summary
from tests.making import START, conversation, recording

NOW = START.timestamp() + 1_000


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "ledger.sqlite3") as opened:
        yield opened


def begin(ledger: Ledger) -> Tally:
    return ledger.runs.begin(
        RunKind.SEARCH,
        name="",
        criteria=Criteria(),
        windows=[Window(START, START + timedelta(days=1))],
        now=NOW,
        user_id="u1",
        access_level="all",
    )


def add(ledger: Ledger, tally: Tally, *conversations: Conversation, now: float = NOW) -> None:
    ledger.listing.add(tally, conversations, position=None, now=now, urgent_before=NOW)
    assert {state: count for state, count in tally.counts.items() if count} == ledger.runs.counts(tally.run_id)


def archive_all(ledger: Ledger, tally: Tally) -> None:
    claimed = ledger.queue.claim(tally, 100, plan=lambda item, _: f"{item.recording_id}.wav")
    for state in (State.FETCHED, State.ARCHIVED):
        ledger.queue.mark(
            tally, [Change(item.id, state, done_sha256=item.sha256, done_size=item.size) for item, _ in claimed]
        )


def test_a_new_recording_is_queued_and_its_page_can_be_applied_twice(ledger: Ledger) -> None:
    tally = begin(ledger)
    page = (conversation("c1"), conversation("c2", recording("a"), recording("b")))
    add(ledger, tally, *page)
    add(ledger, tally, *page)
    assert tally.counts == {State.QUEUED: 3}
    assert tally.bytes_total == 3 * 24_058


def test_what_cannot_be_fetched_is_a_named_state(ledger: Ledger) -> None:
    tally = begin(ledger)
    statuses = (RecordingStatus.PROCESSING, RecordingStatus.EXPIRED, RecordingStatus.MISSING)
    add(ledger, tally, conversation("c1", *(recording(status.value, status=status) for status in statuses)))
    assert tally.counts == {State.WAITING: 1, State.EXPIRED: 1, State.MISSING: 1}


def test_what_is_archived_is_skipped_by_the_next_run(ledger: Ledger) -> None:
    first = begin(ledger)
    add(ledger, first, conversation("c1"))
    archive_all(ledger, first)
    second = begin(ledger)
    add(ledger, second, conversation("c1"))
    assert second.counts == {State.ARCHIVED: 1}
    assert (second.skipped, second.bytes_total, second.bytes_done) == (1, 0, 0)


def test_new_bytes_are_a_new_version_beside_the_old(ledger: Ledger) -> None:
    first = begin(ledger)
    add(ledger, first, conversation("c1"))
    archive_all(ledger, first)
    second = begin(ledger)
    changed = replace(recording("c1-r1"), checksum=Checksum("sha-256", "f" * 64), etag='"2"')
    add(ledger, second, conversation("c1", changed, updated_at=START + timedelta(days=1)))
    assert second.counts == {State.QUEUED: 1}
    ((item, _),) = ledger.queue.claim(second, 1, plan=lambda item, _: "x.wav")
    assert item.version == 2
    add(ledger, second, conversation("c1", changed, updated_at=START + timedelta(days=1)))
    assert second.counts[State.FETCHING] == 1


def test_an_id_listed_twice_with_other_data_is_a_broken_listing(ledger: Ledger) -> None:
    tally = begin(ledger)
    add(ledger, tally, conversation("c1"))
    other = conversation("c1", replace(recording("c1-r1"), checksum=Checksum("sha-256", "e" * 64)))
    with pytest.raises(ListingBroken):
        add(ledger, tally, other)
    twice = (conversation("c7"), conversation("c7", recording("other")))
    with pytest.raises(ListingBroken):
        add(ledger, tally, *twice)
    assert ledger.runs.counts(tally.run_id) == {State.QUEUED: 1}


@pytest.mark.parametrize(
    ("state", "again"),
    [
        (State.FAILED, True),
        (State.GONE, False),
        (State.EXPIRED, False),
        (State.DIGEST_MISMATCH, False),
        (State.NOT_WAV, False),
        (State.EMPTY_AT_SOURCE, False),
    ],
)
def test_only_what_may_come_is_asked_for_by_the_next_run(ledger: Ledger, state: State, again: bool) -> None:
    first = begin(ledger)
    add(ledger, first, conversation("c1"))
    ((item, _),) = ledger.queue.claim(first, 1, plan=lambda item, _: "x.wav")
    ledger.queue.mark(first, [Change(item.id, state, code="x", attempts=3)])
    second = begin(ledger)
    add(ledger, second, conversation("c1"))
    assert second.counts == {State.QUEUED if again else state: 1}
    third = begin(ledger)
    add(ledger, third, conversation("c1", updated_at=START + timedelta(days=2)))
    assert third.counts == {State.QUEUED: 1}, "updated at the service: asked for again"


def test_access_withdrawn_is_asked_again_only_after_its_time(ledger: Ledger) -> None:
    first = begin(ledger)
    add(ledger, first, conversation("c1"))
    ((item, _),) = ledger.queue.claim(first, 1, plan=lambda item, _: "x.wav")
    ledger.queue.mark(first, [Change(item.id, State.DENIED, code="denied", again_at=NOW + 3600)])
    second = begin(ledger)
    add(ledger, second, conversation("c1"))
    assert second.counts == {State.DENIED: 1}
    third = begin(ledger)
    add(ledger, third, conversation("c1"), now=NOW + 3601)
    assert third.counts == {State.QUEUED: 1}


def test_the_position_is_written_with_its_page(ledger: Ledger) -> None:
    tally = begin(ledger)
    ledger.listing.add(
        tally, (conversation("c1"),), position=Position(0, token="next", done=False), now=NOW, urgent_before=NOW
    )
    ((number, window, token),) = ledger.runs.open_windows(tally.run_id)
    assert (number, token, window) == (0, "next", Window(START, START + timedelta(days=1)))
    ledger.listing.add(tally, (), position=Position(0, token="", done=True), now=NOW, urgent_before=NOW)
    assert ledger.runs.open_windows(tally.run_id) == []


def test_what_expires_soon_comes_first(ledger: Ledger) -> None:
    tally = begin(ledger)
    add(ledger, tally, conversation("c1"))
    soon = conversation("c2", expires_at=START + timedelta(seconds=10))
    add(ledger, tally, soon)
    claimed = ledger.queue.claim(tally, 1, plan=lambda item, _: "x.wav")
    assert [item.conversation_id for item, _ in claimed] == ["c2"]


def test_an_impossible_step_is_refused_whole(ledger: Ledger) -> None:
    tally = begin(ledger)
    add(ledger, tally, conversation("c1"), conversation("c2"))
    archive_all(ledger, tally)
    before = ledger.runs.counts(tally.run_id)
    with pytest.raises(LedgerError):
        ledger.queue.mark(tally, [Change(1, State.ERASED), Change(2, State.FETCHING)])
    assert ledger.runs.counts(tally.run_id) == before == {State.ARCHIVED: 2}


def test_final_states_are_reported_once(ledger: Ledger) -> None:
    first = begin(ledger)
    add(ledger, first, conversation("c1", recording("x", status=RecordingStatus.EXPIRED)))
    assert ledger.runs.unreported(first.run_id) == 1
    ledger.runs.end(first.run_id, RunPhase.PARTIAL, reason="", now=NOW, summary=summary(first))
    second = begin(ledger)
    add(ledger, second, conversation("c1", recording("x", status=RecordingStatus.EXPIRED)))
    assert ledger.runs.unreported(second.run_id) == 0


def test_a_killed_run_is_found_and_its_items_are_queued_again(ledger: Ledger) -> None:
    tally = begin(ledger)
    add(ledger, tally, conversation("c1"), conversation("c2"))
    ledger.queue.claim(tally, 1, plan=lambda item, _: "x.wav")
    ledger.queue.durable(1, offset=4096, prefix_sha256="ab", etag='"1"')
    assert ledger.queue.recover() == 1
    again = ledger.runs.resume(tally.run_id, now=NOW)
    assert again.counts == {State.QUEUED: 2}
    ((item, _),) = ledger.queue.claim(again, 1, plan=lambda item, _: "x.wav")
    assert (item.offset, item.prefix_sha256, item.part_etag) == (4096, "ab", '"1"')


def test_failed_items_come_back_in_time_and_cancelled_ones_are_let_go(ledger: Ledger) -> None:
    tally = begin(ledger)
    add(ledger, tally, conversation("c1"), conversation("c2"))
    claimed = ledger.queue.claim(tally, 2, plan=lambda item, _: "x.wav")
    ledger.queue.mark(tally, [Change(claimed[0][0].id, State.FAILED, code="timed_out", again_at=NOW + 5)])
    assert ledger.queue.come_back(tally, [claimed[0][0].id]) == 1
    assert ledger.queue.come_back(tally, [claimed[0][0].id, 999]) == 0, "queued already, or unknown"
    assert ledger.wishes.let_go(tally) == 2
    assert tally.counts[State.LISTED] == 2
    assert ledger.runs.counts(tally.run_id) == {State.LISTED: 2}
