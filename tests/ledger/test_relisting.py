"""What was listed before and is listed again: by another user, with other words for it, back after it was gone."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from download_client.ledger import Adopted, Ledger
from download_client.model import Checksum, Recording, RecordingStatus, State
from tests.ledger.rig import NOW, add, adds_up, archive_all, begin, claim, end_in
from tests.making import START, conversation, recording


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "ledger.sqlite3") as opened:
        yield opened


def plain(recording_id: str = "r1", *, etag: str = "") -> Recording:
    """As a service lists it that names no digest."""
    return recording(recording_id, checksum=None, etag=etag)


@pytest.mark.parametrize("state", [State.GONE, State.DENIED])
def test_what_one_user_may_not_have_another_is_asked_for(ledger: Ledger, state: State) -> None:
    first = begin(ledger)
    add(ledger, first, conversation("c1"))
    end_in(ledger, first, state, again_at=NOW + 3600 if state is State.DENIED else None)
    same = begin(ledger)
    add(ledger, same, conversation("c1"))
    assert same.figures().counts == {state: 1}
    for user, access in (("u2", "all"), ("u1", "own")):
        other = begin(ledger, user=user, access=access)
        add(ledger, other, conversation("c1"))
        assert other.figures().counts == {State.QUEUED: 1}
        end_in(ledger, other, state, again_at=NOW + 3600 if state is State.DENIED else None)


@pytest.mark.parametrize("status", [RecordingStatus.EXPIRED, RecordingStatus.MISSING])
def test_what_the_listing_called_lost_and_calls_available_is_wanted(ledger: Ledger, status: RecordingStatus) -> None:
    first = begin(ledger)
    add(ledger, first, conversation("c1", recording("a", status=status)))
    assert first.counts[State.QUEUED] == 0
    second = begin(ledger)
    add(ledger, second, conversation("c1", recording("a")))
    assert second.figures().counts == {State.QUEUED: 1}, "though the service does not call it updated"
    end_in(ledger, second, State.EXPIRED, code="expired")
    third = begin(ledger)
    add(ledger, third, conversation("c1", recording("a")))
    assert third.figures().counts == {State.EXPIRED: 1}, "the content itself said so: not asked for ever"


def test_a_weak_etag_tells_no_version(ledger: Ledger) -> None:
    first = begin(ledger)
    add(ledger, first, conversation("c1", plain(etag='W/"1"')))
    archive_all(ledger, first)
    second = begin(ledger)
    add(ledger, second, conversation("c1", plain(etag='W/"2"')))
    assert second.figures().counts == {State.ARCHIVED: 1}


def test_a_strong_etag_tells_a_version_where_no_digest_is_named(ledger: Ledger) -> None:
    first = begin(ledger)
    add(ledger, first, conversation("c1", plain(etag='"1"')))
    archive_all(ledger, first)
    second = begin(ledger)
    add(ledger, second, conversation("c1", plain(etag='"2"'), updated_at=START + timedelta(days=1)))
    assert second.figures().counts == {State.QUEUED: 1}


def test_a_ledger_made_anew_knows_the_listed_etag_again(ledger: Ledger) -> None:
    """The header of the content may spell it otherwise: that must not fetch the whole archive again (fault 41)."""
    listed = conversation("c1", plain(etag='"listed"'))
    ledger.adoption.adopt(
        [Adopted(listed, "r1", 1, "a/b.wav", 24_058, "ab" * 32, '"of-the-header"', "length", "", NOW)]
    )
    tally = begin(ledger)
    add(ledger, tally, listed)
    assert tally.figures().counts == {State.ARCHIVED: 1}


def test_a_recording_that_moved_to_another_conversation_is_asked_for_there(ledger: Ledger) -> None:
    first = begin(ledger)
    add(ledger, first, conversation("c1", recording("a")))
    second = begin(ledger)
    add(ledger, second, conversation("c2", recording("a")))
    ((item, found),) = ledger.queue.claim(second, 1, plan=lambda item, _: "x.wav")
    assert (item.conversation_id, found.id) == ("c2", "c2")


def test_what_became_urgent_since_comes_first(ledger: Ledger) -> None:
    first = begin(ledger)
    add(ledger, first, conversation("c1"), conversation("c2"))
    second = begin(ledger)
    add(ledger, second, conversation("c1"), conversation("c2", expires_at=START + timedelta(seconds=10)))
    assert claim(ledger, second, 1) == [2]


def test_a_size_that_was_corrected_keeps_the_sums(ledger: Ledger) -> None:
    tally = begin(ledger)
    add(ledger, tally, conversation("c1", recording("a")), conversation("c2"))
    fresh = conversation("c1", recording("a", size_bytes=50_000), updated_at=START + timedelta(days=1))
    add(ledger, tally, fresh)
    assert tally.bytes_total == 74_058
    archive_all(ledger, tally)
    adds_up(ledger, tally)
    assert tally.bytes_done == tally.bytes_total


def test_what_never_comes_is_not_among_the_bytes_to_come(ledger: Ledger) -> None:
    tally = begin(ledger)
    add(ledger, tally, conversation("c1", recording("a", status=RecordingStatus.EXPIRED)), conversation("c2"))
    assert tally.bytes_total == 24_058
    end_in(ledger, tally, State.GONE)
    assert (tally.bytes_total, tally.bytes_done) == (0, 0)


def test_a_digest_that_is_corrected_without_a_word_is_taken_over(ledger: Ledger) -> None:
    first = begin(ledger)
    wrong = replace(recording("a"), checksum=Checksum("sha-256", "0" * 64))
    add(ledger, first, conversation("c1", wrong))
    end_in(ledger, first, State.DIGEST_MISMATCH)
    second = begin(ledger)
    add(ledger, second, conversation("c1", recording("a")))
    assert second.figures().counts == {State.QUEUED: 1}
    ((item, _),) = ledger.queue.claim(second, 1, plan=lambda item, _: "x.wav")
    assert (item.version, item.sha256, item.mismatches) == (1, recording("a").sha256, 0)


def test_a_page_of_any_number_of_recordings(ledger: Ledger) -> None:
    """More than SQLite lets a statement ask about: as many as that are 32,766 on Windows, here twenty."""
    with ledger.database.transaction() as connection:
        connection.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 20)
    tally = begin(ledger)
    page = conversation("c1", *(recording(f"r{number}") for number in range(21)))
    ledger.listing.add(tally, [page], position=None, now=NOW, urgent_before=NOW)
    assert tally.figures().counts == {State.QUEUED: 21}
    assert {state for _, state in ledger.listing.foresee([page], now=NOW)} == {State.QUEUED}
