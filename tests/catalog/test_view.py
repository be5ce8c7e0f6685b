"""Whatever is asked of a catalog, it answers as a plain list would: order, filter, groups, selections, lines."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from download_client.catalog import CONVERSATIONS, Column, Filter, GroupBy, Layout, Order, Span
from download_client.catalog import view as view_module
from download_client.model import Conversation, Party
from tests.catalog.rig import (
    Catalog,
    calls,
    filters,
    fits,
    folded,
    gathered,
    one,
    ordered,
    outside,
    present,
    stands,
    summed,
    told,
)
from tests.making import START

ZONES = [ZoneInfo("UTC"), ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Kathmandu"), ZoneInfo("America/Asuncion")]


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    made = Catalog(tmp_path)
    yield made
    made.store.close()


orders = st.builds(Order, column=st.sampled_from(list(CONVERSATIONS.orders)), descending=st.booleans())


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    said=st.lists(calls, max_size=24),
    stood=st.lists(stands, min_size=24, max_size=24),
    order=orders,
    where=filters,
    by=st.sampled_from([None, GroupBy.DAY, GroupBy.PARTY]),
    zone=st.sampled_from(ZONES),
    indexed=st.booleans(),
    ahead=st.sampled_from([2, 20_000]),
    data=st.data(),
)
def test_as_a_plain_list(
    said: list[dict[str, object]],
    stood: list[tuple[int, object]],
    order: Order,
    where: Filter,
    by: GroupBy | None,
    zone: ZoneInfo,
    indexed: bool,
    ahead: int,
    data: st.DataObject,
) -> None:
    """`ahead`: how many rows count as few, so that the ways for many are gone too."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(view_module, "_AHEAD", ahead)
        catalog = Catalog(Path(folder))
        try:
            conversations = [one(number, **each) for number, each in enumerate(said)]  # type: ignore[arg-type]
            catalog.writer.add_conversations(conversations)
            if indexed:
                catalog.index()
            stood = stood[: len(conversations)]
            catalog.writer.stand(told(conversations, stood))  # type: ignore[arg-type]
            everything = catalog.view()
            all_rows = everything.rows(0, 1000)
            everything.close()
            by_id = {it.id: it for it in conversations}
            assert {row.conversation_id: row.presence for row in all_rows} == {
                it.id: present(it, stand)  # type: ignore[arg-type]
                for it, stand in zip(conversations, stood, strict=True)
            }
            wanted = [row for row in all_rows if fits(row, by_id[row.conversation_id], where)]
            view = catalog.view(order, where, group_by=by, zone=zone)
            groups = gathered(wanted, order, by, zone) if by is not None else []
            rows = [row for _, group in groups for row in group] if by is not None else ordered(wanted, order)
            assert view.rows(0, 1000) == rows
            assert view.count == len(rows)
            assert view.sums == summed(rows)
            edges = sorted(data.draw(st.sets(st.integers(0, len(rows)), max_size=8)))
            spans = [Span(*pair) for pair in zip(edges[::2], edges[1::2], strict=False)]
            chosen = [row for span in spans for row in rows[span.start : span.stop]]
            assert view.selected(spans) == summed(chosen)
            assert sorted(view.conversation_ids(spans)) == sorted(row.conversation_id for row in chosen)
            assert view.numbers(spans) == [row.number for row in chosen]
            assert view.positions([row.number for row in chosen]) == sorted(rows.index(row) for row in chosen)
            if by is not None:
                assert view.groups is not None
                found = view.groups.page(0, 1000)
                assert [(group.first, group.count, group.bytes) for group in found] == [
                    (sum(len(rest) for _, rest in groups[:index]), len(group), sum(row.size for row in group))
                    for index, (_, group) in enumerate(groups)
                ]
                if by is GroupBy.DAY:
                    assert [group.title for group in found] == [key for key, _ in groups]
                else:
                    assert [folded(group.title) for group in found] == [outside(group[0]) for _, group in groups]
                lines_as_drawn(
                    Layout(view.groups, folded=data.draw(st.sets(st.integers(0, max(0, len(found) - 1)))))
                    if found
                    else Layout(view.groups),
                    [len(group) for _, group in groups],
                )
            view.close()
        finally:
            catalog.store.close()


def lines_as_drawn(layout: Layout, counts: list[int]) -> None:
    """Every line of a layout and back, against drawing them one below the other."""
    drawn: list[tuple[int, int | None]] = []
    position = 0
    for group, count in enumerate(counts):
        assert layout.header_of(group) == len(drawn)
        drawn.append((group, None))
        for _ in range(count):
            assert layout.line_of(position) == (None if group in layout.folded else len(drawn))
            if group not in layout.folded:
                drawn.append((group, position))
            position += 1
    assert layout.lines == len(drawn)
    assert [layout.at(line) for line in range(layout.lines)] == drawn
    for group in range(len(counts)):
        assert layout.toggled(group).toggled(group).folded == layout.folded
    assert layout.all(folded=True).lines == len(counts)
    assert layout.all(folded=False).lines == len(counts) + sum(counts)


def test_a_view_stays_as_it_is_while_the_listing_grows(catalog: Catalog) -> None:
    catalog.writer.add_conversations([one(number) for number in range(3)])
    early = catalog.view()
    catalog.writer.add_conversations([one(number) for number in range(2, 9)])
    catalog.index()
    assert early.count == len(early.rows(0, 100)) == 3
    late = catalog.view()
    assert late.count == 9, "what came twice is there once"
    early.close()
    late.close()


def test_typing_finds_the_next_party_that_begins_so(catalog: Catalog) -> None:
    names = ["Ann", "Bert", "Ben", "Zoë", "Carl"] * 3
    calling = [one(number, calling_party=Party(name)) for number, name in enumerate(names)]
    catalog.writer.add_conversations(calling)
    for order in (Order(Column.CALLING, descending=False), Order(Column.CALLING), Order(Column.START)):
        for by in (None, GroupBy.DAY):
            view = catalog.view(order, group_by=by)
            rows = view.rows(0, 100)
            for typed in ("b", "be", "BER", "zoe", "x", "ann"):
                for start in range(len(rows)):
                    begin = [folded(row.calling_name).startswith(folded(typed)) for row in rows]
                    found = view.find(typed, start)
                    if True not in begin:
                        assert found is None
                    else:
                        assert found is not None
                        assert begin[found]
                        assert begin[start] <= (found == start), "what begins so already stays"
            view.close()


def test_what_is_kept_of_a_conversation_is_all_of_it(catalog: Catalog) -> None:
    said: list[Conversation] = [one(number, calls=number % 3) for number in range(20)]
    catalog.writer.add_conversations(said)
    assert sorted(catalog.writer.conversations([it.id for it in said]), key=lambda it: it.id) == said
    assert catalog.writer.conversations(["nobody"]) == []


def test_a_conversation_listed_anew_shows_what_is_new(catalog: Catalog) -> None:
    catalog.writer.add_conversations([one(1, owner_name="Before")])
    assert catalog.writer.add_conversations([one(1, owner_name="After")]) == 0
    view = catalog.view(where=Filter(text="after"))
    assert [row.owner for row in view.rows(0, 9)] == ["After"]
    view.close()


def test_a_day_that_comes_twice_is_one_group(catalog: Catalog) -> None:
    """Where the clock goes back over midnight, an evening's day follows after the next day has begun."""
    zone = ZoneInfo("America/Asuncion")
    change = START.replace(year=2024, month=3, day=24, hour=3, minute=0, second=0)
    starts = [change + timedelta(minutes=minutes) for minutes in (-90, -20, 20, 70)]
    catalog.writer.add_conversations([one(number, start_time=start) for number, start in enumerate(starts)])
    view = catalog.view(group_by=GroupBy.DAY, zone=zone)
    assert view.groups is not None
    days = {start.astimezone(zone).date().isoformat() for start in starts}
    assert [group.title for group in view.groups.page(0, 9)] == sorted(days, reverse=True)
    assert sum(group.count for group in view.groups.page(0, 9)) == 4
    fixed = catalog.view(group_by=GroupBy.DAY, zone=timezone(timedelta(hours=14)))
    assert fixed.groups is not None
    assert len(fixed.groups) == len({start.astimezone(timezone(timedelta(hours=14))).date() for start in starts})
    view.close()
    fixed.close()
