"""A catalog of made-up conversations, and the plain way to put rows into order, narrow, gather and sum them."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta, tzinfo
from itertools import groupby
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from download_client.catalog import (
    CONVERSATIONS,
    Column,
    ConversationRow,
    Filter,
    GroupBy,
    Order,
    Presence,
    Stand,
    Store,
    Sums,
    View,
    Writer,
)
from download_client.model import Conversation, Direction, Party, RecordingMode
from tests.making import START, conversation, recording

NAMES = (
    "",
    "Zoë Müller",
    "zoe muller",
    "Ann Lee",
    "ANN LEE",
    "Łukasz",
    "Straße",
    "STRASSE",
    "Ösp",
    "=1+1",
    "👩‍💻 Desk",
)
NUMBERS = ("", "+49 30 1234567", "+49301234567", "4711-201", "anonymous", "(0)30-99.1")


def one(number: int, *, calls: int = 1, **different: Any) -> Conversation:
    start = different.get("start_time", START)
    files = [recording(f"rec-{number:04}-{each}", start_time=start, size_bytes=1000 + each) for each in range(calls)]
    it = conversation(f"cnv-{number:04}", *files, **different)
    return it if calls else conversation(f"cnv-{number:04}", **{**different, "recordings": ()})


class Catalog:
    """A file with conversations in it."""

    def __init__(self, folder: Path) -> None:
        self.store = Store.scratch(folder / "listings")
        self.writer = Writer(self.store)

    def index(self) -> None:
        """As a large listing has it."""
        with self.store.transaction() as connection:
            for statement in CONVERSATIONS.indexes:
                connection.execute(statement)

    def view(
        self,
        order: Order | None = None,
        where: Filter | None = None,
        *,
        group_by: GroupBy | None = None,
        zone: tzinfo | None = None,
    ) -> View[ConversationRow]:
        more: dict[str, Any] = {"zone": zone} if zone is not None else {}
        return View(
            self.store, CONVERSATIONS, order=order or Order(), where=where or Filter(), group_by=group_by, **more
        )


parties = st.builds(Party, name=st.sampled_from(NAMES), phone_number=st.sampled_from(NUMBERS))
moments = st.integers(0, 4 * 24 * 60).map(
    lambda minutes: datetime(2026, 10, 23, 20, tzinfo=START.tzinfo) + timedelta(minutes=minutes)
)
calls = st.fixed_dictionaries(
    {
        "start_time": moments,
        "duration_seconds": st.sampled_from([2.0, 3.5, 61.0, 61.25]),
        "direction": st.sampled_from(Direction),
        "mode": st.sampled_from(RecordingMode),
        "calling_party": parties,
        "called_party": parties,
        "owner_name": st.sampled_from(("", "Ann", "bert")),
        "groups": st.sampled_from(((), ("Support",), ("Sales", "Support"))),
        "expires_at": st.one_of(st.none(), moments),
        "calls": st.integers(0, 2),
    }
)
stands = st.tuples(st.integers(0, 2), st.sampled_from([None, None, Presence.QUEUED, Presence.FAILED, Presence.ERASED]))
filters = st.builds(
    Filter,
    text=st.sampled_from(
        ["", "", "zoe", "ann LEE", "30 1234", "49301234567", "sup", "ł", "strasse", "nobody", "%", "cnv-0003"]
    ),
    direction=st.one_of(st.none(), st.sampled_from(Direction)),
    mode=st.one_of(st.none(), st.sampled_from(RecordingMode)),
    presences=st.frozensets(st.sampled_from(Presence), max_size=3),
    since=st.one_of(st.none(), moments),
    until=st.one_of(st.none(), moments),
    expires_before=st.one_of(st.none(), moments),
)


# --- the plain way


def folded(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).strip()


def outside(row: ConversationRow) -> str:
    inbound = row.direction is Direction.INBOUND
    return folded((row.calling_name or row.calling_number) if inbound else (row.called_name or row.called_number))


KEYS: dict[Column, Callable[[ConversationRow], Any]] = {
    Column.START: lambda row: row.start,
    Column.CALLING: lambda row: folded(row.calling_name or row.calling_number).encode(),
    Column.CALLED: lambda row: folded(row.called_name or row.called_number).encode(),
    Column.DURATION: lambda row: row.duration,
    Column.DIRECTION: lambda row: list(Direction).index(row.direction),
    Column.MODE: lambda row: list(RecordingMode).index(row.mode),
    Column.SIZE: lambda row: row.size,
    Column.OWNER: lambda row: row.owner.lower(),
    Column.GROUPS: lambda row: row.groups.lower(),
    Column.EXPIRES: lambda row: row.expires_at.timestamp() if row.expires_at is not None else float("inf"),
    Column.PRESENCE: lambda row: row.presence.value,
}


def ordered(rows: Sequence[ConversationRow], order: Order) -> list[ConversationRow]:
    """Rows alike in the column: newest first; alike in that too: as they came."""
    newest = sorted(rows, key=lambda row: row.number)
    if order.column is not Column.START:
        newest.sort(key=lambda row: row.start, reverse=True)
    return sorted(newest, key=KEYS[order.column], reverse=order.descending)


def fits(row: ConversationRow, it: Conversation, where: Filter) -> bool:
    texts = [it.calling_party.name, it.called_party.name, it.owner_name, it.owner_email, it.owner_extension, it.id]
    texts += [who.name for who in it.participants] + list(it.groups)
    numbers = [it.calling_party.phone_number, it.called_party.phone_number]
    numbers += [who.phone_number for who in it.participants]
    bare = ["".join(letter for letter in folded(number) if letter not in " ().-/") for number in numbers]
    said = [folded(text) for text in texts + numbers] + bare
    return (
        all(any(word in text for text in said) for word in folded(where.text).split())
        and where.direction in (None, row.direction)
        and where.mode in (None, row.mode)
        and (not where.presences or row.presence in where.presences)
        and (where.since is None or row.start >= where.since)
        and (where.until is None or row.start < where.until)
        and (where.expires_before is None or (row.expires_at is not None and row.expires_at < where.expires_before))
    )


def gathered(
    rows: Sequence[ConversationRow], order: Order, by: GroupBy, zone: tzinfo
) -> list[tuple[str, list[ConversationRow]]]:
    """Groups in their order, each with its rows in theirs: days the newest first unless the rows are oldest first."""

    def under(row: ConversationRow) -> str:
        return row.start.astimezone(zone).date().isoformat() if by is GroupBy.DAY else outside(row)

    oldest = by is not GroupBy.DAY or (order.column is Column.START and not order.descending)
    together = sorted(ordered(rows, order), key=lambda row: under(row).encode(), reverse=not oldest)
    if not oldest:
        # Turning the groups around must not turn the rows inside them.
        days = sorted({under(row) for row in rows}, reverse=True)
        return [(day, [row for row in ordered(rows, order) if under(row) == day]) for day in days]
    return [(key, list(group)) for key, group in groupby(together, key=under)]


def summed(rows: Sequence[ConversationRow]) -> Sums:
    here = [row for row in rows if row.presence is Presence.ARCHIVED]
    return Sums(
        rows=len(rows),
        recordings=sum(row.recordings for row in rows),
        bytes=sum(row.size for row in rows),
        seconds=sum(row.duration for row in rows),
        here=len(here),
        bytes_here=sum(row.size for row in here),
    )


def present(it: Conversation, stand: tuple[int, Presence | None]) -> Presence:
    """How a conversation is present, by what a ledger says: archived recordings, and the most urgent other."""
    archived, urgent = stand
    if not it.recordings:
        return Presence.SILENT
    if urgent is not None:
        return urgent
    if archived >= len(it.recordings):
        return Presence.ARCHIVED
    return Presence.PARTLY if archived else Presence.NOT_YET


def told(conversations: Sequence[Conversation], stood: Sequence[tuple[int, Presence | None]]) -> list[Stand]:
    return [Stand(it.id, *stand) for it, stand in zip(conversations, stood, strict=True)]
