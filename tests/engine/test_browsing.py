"""Listings against the real service: filled, broken off and gone on with, present in the archive, looked at in full."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from download_client.engine import (
    Chosen,
    Column,
    Engine,
    Filled,
    Filter,
    GroupBy,
    Listing,
    Order,
    Presence,
    Span,
)
from download_client.errors import AccessNone, Interrupted, ListingBroken, MirError, UnknownName
from download_client.model import Criteria, Direction, State
from mir_sandbox.remote import Sandbox
from tests.engine.rig import SPAN, Driven, House

LONG = replace(SPAN, from_time=datetime(2025, 11, 21, tzinfo=UTC))
"""More than one window of the service."""


@pytest.fixture
def engine(house: House) -> Engine:
    return house.engine(page_size=40)


def filled(listing: Listing[Any]) -> list[Filled]:
    """Fill it, and what was told meanwhile."""
    told: list[Filled] = []
    assert listing.fill(told.append, threading.Event()) == told[-1]
    return told


def test_a_listing_is_what_a_search_finds(engine: Engine) -> None:
    found = {it.id: it for it in engine.search(LONG)}
    listing = engine.conversations(LONG)
    told = filled(listing)
    assert [each.rows for each in told] == sorted(each.rows for each in told)
    assert told[-1].complete
    assert told[-1].rows == told[-1].total == len(found) == engine.count(LONG).conversations
    view = listing.view()
    rows = view.rows(0, 1000)
    assert {row.conversation_id for row in rows} == set(found)
    for row in rows:
        it = found[row.conversation_id]
        assert listing.conversation(it.id) == it, "with everything the service told"
        assert (row.start, row.duration, row.direction, row.mode) == (
            it.start_time,
            it.duration_seconds,
            it.direction,
            it.mode,
        )
        assert (row.calling_name, row.calling_number) == (it.calling_party.name, it.calling_party.phone_number)
        assert (row.called_name, row.called_number) == (it.called_party.name, it.called_party.phone_number)
        assert (row.owner, row.expires_at, row.recordings) == (it.owner_name, it.expires_at, len(it.recordings))
        assert row.size == sum(each.size_bytes or 0 for each in it.recordings)
    with pytest.raises(UnknownName):
        listing.conversation("nobody")
    assert told[-1].bytes == view.sums.bytes
    view.close()
    listing.close()


def test_participations_stand_beside_their_conversations(engine: Engine) -> None:
    found = {it.id: it for it in engine.search(SPAN)}
    listing = engine.participants(SPAN)
    filled(listing)
    view = listing.view(Order(Column.PERSON, descending=False), group_by=GroupBy.PERSON)
    rows = view.rows(0, 1000)
    assert {row.conversation_id for row in rows} == set(found)
    for row in rows:
        it = found[row.conversation_id]
        parties = {
            (it.calling_party.name, it.calling_party.phone_number),
            (it.called_party.name, it.called_party.phone_number),
        }
        assert (row.other_name, row.other_number) in parties
        if len(parties) == 2 and (row.name, row.phone_number) in parties:
            assert (row.other_name, row.other_number) != (row.name, row.phone_number)
        assert (row.mode, row.recordings, row.expires_at) == (it.mode, len(it.recordings), it.expires_at)
    assert view.groups is not None
    for group in view.groups.page(0, 1000):
        people = {(row.name, row.phone_number) for row in rows[group.first : group.first + group.count]}
        assert len({name for name, _ in people}) == 1, "one person in each group"
    once = view.conversations([Span(0, view.count)])
    assert (once.rows, once.bytes) == (
        len(found),
        sum(row.size for row in {row.conversation_id: row for row in rows}.values()),
    )
    assert sorted(view.conversation_ids([Span(0, view.count)])) == sorted(found)
    view.close()
    listing.close()


def test_one_conversation_is_found_whenever_it_was(engine: Engine) -> None:
    one = next(iter(engine.search(LONG)))
    for listing in (
        engine.conversations(Criteria(conversation_id=one.id)),
        engine.participants(Criteria(conversation_id=one.id)),
    ):
        told = filled(listing)
        assert told[-1].rows > 0
        assert listing.conversation(one.id) == one
        listing.close()
    nothing = engine.conversations(Criteria(conversation_id="cnv-nobody"))
    assert filled(nothing)[-1].rows == 0
    nothing.close()


def test_what_broke_keeps_what_came_and_goes_on(engine: Engine, house: House) -> None:
    whole = engine.count(LONG).conversations
    listing = engine.conversations(LONG)
    stop = threading.Event()

    def until_some(told: Filled) -> None:
        if told.rows:
            stop.set()

    with pytest.raises(Interrupted):
        listing.fill(until_some, stop)
    came = listing.filled.rows
    assert 0 < came < whole
    early = listing.view()
    assert early.count == came
    broken = house.sandbox.fault("denied", where={"route": "conversations"})
    with pytest.raises(MirError):
        filled(listing)
    assert listing.filled.rows == came
    assert not listing.filled.complete
    broken.clear()
    assert filled(listing)[-1].rows == whole
    assert early.count == len(early.rows(0, 1000)) == came, "who looked meanwhile sees the same"
    assert listing.fill(lambda _: pytest.fail("asked again"), threading.Event()).complete, "nothing more is asked"
    early.close()
    listing.close()


def test_presence_follows_the_ledger(engine: Engine, house: House) -> None:
    listing = engine.conversations(SPAN)
    filled(listing)
    nowhere = listing.refresh(None)
    assert listing.refresh(house.archive) == nowhere, "an archive that is not there holds nothing"
    result = Driven(engine.pull(house.request(criteria=replace(SPAN, direction=Direction.INBOUND)))).result()
    presences = listing.refresh(house.archive)
    assert presences == listing.presences
    assert presences.missing == nowhere.missing - presences.counts[Presence.ARCHIVED]
    view = listing.view()
    states: dict[str, set[State]] = {}
    for row in view.rows(0, 1000):
        items = listing.items(house.archive, row.conversation_id)
        states[row.conversation_id] = {item.state for item in items}
        if row.recordings == 0:
            assert row.presence is Presence.SILENT
        elif not items:
            assert row.presence is Presence.NOT_YET
        elif states[row.conversation_id] == {State.ARCHIVED}:
            assert row.presence is Presence.ARCHIVED
        else:
            assert row.presence not in (Presence.ARCHIVED, Presence.NOT_YET)
    archived = [row for row in view.rows(0, 1000) if row.presence is Presence.ARCHIVED]
    assert len(archived) == presences.counts[Presence.ARCHIVED] > 0
    assert result.archived >= len(archived)
    only = listing.view(where=Filter(presences=frozenset({Presence.ARCHIVED})))
    assert only.count == len(archived)
    assert only.sums.here == len(archived)
    only.close()
    view.close()
    listing.close()


def test_the_outlook_of_a_selection_asks_nobody(engine: Engine, house: House) -> None:
    listing = engine.conversations(SPAN)
    filled(listing)
    view = listing.view()
    house.sandbox.fault("refuse")
    request = house.request()
    outlook = engine.outlook(request, of=Chosen.all(view))
    assert (outlook.conversations, outlook.bytes) == (view.count, view.sums.bytes)
    assert outlook.known
    assert outlook.new
    assert outlook.here == 0
    assert outlook.fits
    assert outlook.risks, "a temporary folder is none for an archive"
    heard = [row for row in view.rows(0, 64) if row.recordings][:3]
    assert outlook.names == engine.preview(of=[listing.conversation(row.conversation_id) for row in heard])
    house.sandbox.clear()
    some = Chosen(view, [Span(2, 5), Span(7, 8)])
    assert engine.outlook(request, of=some).conversations == 4
    Driven(engine.pull(request.choosing(*view.conversation_ids(some.spans)))).result()
    listing.refresh(house.archive)
    whole = view.selected([Span(0, view.count)])
    assert whole.here == listing.presences.counts[Presence.ARCHIVED], "as it is now"
    after = engine.outlook(request, of=some)
    assert not after.new
    assert after.here == sum(
        row.presence is Presence.ARCHIVED
        for span in some.spans
        for row in view.rows(span.start, span.stop - span.start)
    )
    assert after.bytes_wanted == after.bytes - after.bytes_here
    view.close()
    listing.close()


def test_the_outlook_of_a_search_counts_it(engine: Engine, house: House) -> None:
    count = engine.count(SPAN)
    outlook = engine.outlook(house.request())
    assert (outlook.conversations, outlook.bytes, outlook.known) == (count.conversations, count.bytes, count.known)
    assert outlook.recordings is None
    assert len(outlook.names) > 0
    none = engine.outlook(house.request(criteria=replace(SPAN, calling_name="nobody at all")))
    assert (none.conversations, len(none.names)) == (0, 2), "made-up calls show the names"
    chosen = engine.outlook(house.request(conversations=tuple(it.id for it in engine.search(SPAN, limit=2))))
    assert (chosen.conversations, chosen.known) == (2, False)


def test_nobody_without_access_gets_an_empty_list(sandbox: Sandbox, house: House) -> None:
    nobody = House(sandbox, house.folder, sandbox.user(access_level="none"))
    engine = nobody.engine()
    listing = engine.conversations(SPAN)
    with pytest.raises(AccessNone):
        listing.fill(lambda _: None, threading.Event())
    listing.close()
    nobody.close()


EXPIRED = {"code": "page_token_expired"}


def test_a_listing_that_starts_over_is_applied_once(engine: Engine, house: House) -> None:
    """A page token that has died costs its window only, and no row comes twice."""
    listing = engine.conversations(SPAN)
    house.sandbox.fault("gone", EXPIRED, where={"route": "conversations", "path": "pageToken="}, times=1)
    assert filled(listing)[-1].rows == engine.count(SPAN).conversations
    listing.close()


@pytest.mark.parametrize("fault", ["gone", "repeat-id"])
def test_a_listing_that_lies_is_told_and_can_begin_again(engine: Engine, house: House, fault: str) -> None:
    listing = engine.conversations(SPAN)
    standing = house.sandbox.fault(
        fault, EXPIRED if fault == "gone" else {}, where={"route": "conversations", "path": "pageToken="}
    )
    with pytest.raises(ListingBroken):
        filled(listing)
    assert not listing.filled.complete
    standing.clear()
    assert filled(listing)[-1].rows == engine.count(SPAN).conversations
    listing.close()
