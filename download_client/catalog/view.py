"""Rows in one order, narrowed and gathered, frozen when it is made; a page of them takes a fraction of a millisecond.

The order is a temporary table of places and numbers on a connection of the view's own. What rows show (states, proofs)
is as it is when they are read; which rows there are, and where, does not change. It never writes the catalog.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Sequence
from datetime import UTC, tzinfo
from typing import Any, Generic, TypeVar

from download_client.catalog.asking import Question
from download_client.catalog.groups import Groups
from download_client.catalog.kinds import CONVERSATIONS, Kind
from download_client.catalog.packing import unpack
from download_client.catalog.store import Store, watched
from download_client.catalog.text import fold
from download_client.catalog.values import Filter, GroupBy, Order, Presence, Span, Spans, Sums
from download_client.model import Conversation

R = TypeVar("R")

_BLOCK = 512
_AHEAD = 20_000
"""Rows that `find` looks through where the order does not lead it."""
_HERE = Presence.ARCHIVED.value
_DONE = ", ".join(str(each.value) for each in (Presence.ARCHIVED, Presence.ERASED, Presence.SILENT))
_SUMS = (
    "count(*), total(recordings), total(size), total(duration), "
    f"total(presence = {_HERE}), total(CASE WHEN presence = {_HERE} THEN size END)"
)
_SPANS = (
    "(SELECT json_extract(value, '$[0]') AS begins, json_extract(value, '$[1]') AS ends FROM json_each(?)) AS span "
    "CROSS JOIN place ON place.pos > span.begins AND place.pos <= span.ends"
)
"""Places are counted from 1, spans from 0."""


class View(Generic[R]):
    """One look at a listing. Thread-safe; `count`, `sums` and `groups` are there at once, all else reads the file.

    `sums` is what the rows came to when the view was made; `selected` says what they come to now.
    """

    def __init__(
        self,
        store: Store,
        kind: Kind[R],
        *,
        order: Order,
        where: Filter,
        group_by: GroupBy | None,
        zone: tzinfo = UTC,
        only: str = "",
    ) -> None:
        self.order = order
        self.where = where
        self.group_by = group_by
        self._kind = kind
        self._lock = threading.Lock()
        self._store = store
        self._connection = store.reader()
        try:
            with watched():
                question = Question.of(kind, order=order, where=where, group_by=group_by, zone=zone, only=only)
                question = question.settled(self._connection)
                self.count = self._place(question)
                self._changes = store.changes
                self.sums = self._all(store, question)
                self.groups = Groups.of(self._connection, self._lock, question) if group_by is not None else None
        except BaseException:
            self._connection.close()
            raise

    def rows(self, start: int, count: int) -> list[R]:
        """The rows from `start` on, at most `count` of them."""
        with self._lock, watched():
            found = self._connection.execute(
                f"SELECT {self._kind.select} FROM place CROSS JOIN row USING (number) "
                "WHERE place.pos > ? AND place.pos <= ? ORDER BY place.pos",
                (start, start + count),
            ).fetchall()
        return [self._kind.read(row) for row in found]

    def selected(self, spans: Spans) -> Sums:
        """Sums over a selection of any size; `spans` ascend and do not overlap."""
        chosen = sum(span.stop - span.start for span in spans)
        if chosen >= self.count:
            return self._now()
        if chosen * 2 > self.count:
            return _less(self._now(), self._selected(_others(spans, self.count)))
        return self._selected(spans)

    def conversations(self, spans: Spans) -> Sums:
        """Sums over the conversations of a selection, each once, whichever kind of rows these are."""
        if self._kind is CONVERSATIONS:
            return self.selected(spans)
        once = (
            "SELECT conversation_id, recordings, size, duration, presence FROM row "
            f"WHERE number IN (SELECT number FROM {_SPANS}) GROUP BY conversation_id"
        )
        with self._lock, watched():
            return self._summed(f"SELECT {_SUMS} FROM ({once})", (json.dumps(spans),))

    def examples(self, spans: Spans, limit: int = 3) -> tuple[Conversation, ...]:
        """A few conversations of a selection that have a recording, whole; first those that are not in the archive."""
        with self._lock, watched():
            bodies = self._connection.execute(
                f"SELECT body FROM (SELECT conversation_id, min(place.pos) AS first, "
                f"min(presence IN ({_DONE})) AS done FROM {_SPANS} "
                "CROSS JOIN row USING (number) WHERE row.recordings > 0 AND place.pos <= ? GROUP BY conversation_id) "
                "JOIN conversation ON conversation.id = conversation_id ORDER BY done, first LIMIT ?",
                (json.dumps(spans), (spans[0].start if spans else 0) + _BLOCK, limit),
            ).fetchall()
        return tuple(unpack(body) for (body,) in bodies)

    def missing(self, spans: Spans) -> int:
        """Conversations of a selection that are not in the archive, though they have something to archive."""
        with self._lock, watched():
            (count,) = self._connection.execute(
                f"SELECT count(DISTINCT conversation_id) FROM row WHERE number IN (SELECT number FROM {_SPANS}) "
                f"AND presence NOT IN ({_DONE})",
                (json.dumps(spans),),
            ).fetchone()
        return int(count)

    def conversation_ids(self, spans: Spans) -> Iterator[str]:
        """The conversations of a selection, each once, in no particular order; streamed."""
        distinct = "" if self._kind is CONVERSATIONS else "DISTINCT "
        if sum(span.stop - span.start for span in spans) <= _AHEAD:
            yield from self._stream(
                f"SELECT {distinct}conversation_id FROM {_SPANS} CROSS JOIN row USING (number)", spans
            )
        else:
            yield from self._stream(
                f"SELECT {distinct}conversation_id FROM row WHERE number IN (SELECT number FROM {_SPANS})", spans
            )

    def recording_ids(self, spans: Spans) -> Iterator[str]:
        """What identifies the rows of a selection: recordings, or participations; streamed in their order."""
        yield from self._stream(f"SELECT id FROM {_SPANS} CROSS JOIN row USING (number)", spans)

    def numbers(self, spans: Spans) -> list[int]:
        """The numbers of the rows of a selection, to find them in another view."""
        return list(self._stream(f"SELECT number FROM {_SPANS}", spans))

    def positions(self, numbers: Sequence[int]) -> list[int]:
        """Where rows of these numbers are in this view, ascending; those it does not have are left out."""
        with self._lock, watched():
            found = self._connection.execute(
                "SELECT pos - 1 FROM place WHERE number IN (SELECT value FROM json_each(?)) ORDER BY pos",
                (json.dumps(list(numbers)),),
            ).fetchall()
        return [row[0] for row in found]

    def find(self, text: str, start: int = 0) -> int | None:
        """The next row at or after `start`, and round once, whose party begins with `text`; None: none is near."""
        wanted = fold(text)
        if not wanted or not self.count:
            return None
        column = self._kind.orders[self.order.column]
        led = self.group_by is None and column in ("first", "second")
        column = column if led else "first"
        if led and not self._begins(column, wanted, start):
            return self._led(column, wanted)
        for begin, end in ((start, min(start + _AHEAD, self.count)), (0, min(start, _AHEAD))):
            with self._lock, watched():
                row = self._connection.execute(
                    "SELECT pos - 1 FROM place CROSS JOIN row USING (number) WHERE place.pos > ? AND place.pos <= ? "
                    f"AND substr({column}, 1, ?) = ? ORDER BY place.pos LIMIT 1",
                    (begin, end, len(wanted), wanted),
                ).fetchone()
            if row is not None:
                return int(row[0])
        return None

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._connection.close()

    # --- behind

    def _place(self, question: Question) -> int:
        self._connection.execute("CREATE TEMP TABLE place (pos INTEGER PRIMARY KEY, number INTEGER NOT NULL)")
        return self._connection.execute(
            f"INSERT INTO place (number) SELECT row.number FROM {question.rows} ORDER BY {question.order}",
            question.parameters,
        ).rowcount

    def _summed(self, sql: str, parameters: tuple[object, ...]) -> Sums:
        rows, recordings, size, seconds, here, size_here = self._connection.execute(sql, parameters).fetchone()
        return Sums(rows, int(recordings), int(size), seconds, int(here), int(size_here))

    def _all(self, store: Store, question: Question) -> Sums:
        """Sums over all rows; without a filter they stay the same until something is written."""
        known = store.sums
        if question.narrowed or known is None or known[0] != store.changes or known[1].rows != self.count:
            changes = store.changes
            sums = self._summed(f"SELECT {_SUMS} FROM {question.rows}", question.parameters)
            if not question.narrowed:
                store.sums = (changes, sums)
            return sums
        return known[1]

    def _now(self) -> Sums:
        """Sums over all rows as they are now: what is in the archive may have changed since the view was made."""
        changes = self._store.changes
        if changes != self._changes:
            self.sums, self._changes = self._selected([Span(0, self.count)]), changes
        return self.sums

    def _selected(self, spans: Spans) -> Sums:
        with self._lock, watched():
            if sum(span.stop - span.start for span in spans) <= _AHEAD:
                sql = f"SELECT {_SUMS} FROM {_SPANS} CROSS JOIN row USING (number)"
            else:
                # In the order of the file: a million rows picked by their place would be a million leaps through it.
                sql = f"SELECT {_SUMS} FROM row WHERE number IN (SELECT number FROM {_SPANS})"
            return self._summed(sql, (json.dumps(spans),))

    def _stream(self, sql: str, spans: Spans) -> Iterator[Any]:
        with self._lock, watched():
            cursor = self._connection.execute(sql, (json.dumps(spans),))
        while True:
            with self._lock, watched():
                rows = cursor.fetchmany(_BLOCK)
            if not rows:
                return
            for row in rows:
                yield row[0]

    def _begins(self, column: str, wanted: str, start: int) -> bool:
        return self._text(column, start).startswith(wanted)

    def _text(self, column: str, position: int) -> str:
        with self._lock, watched():
            row = self._connection.execute(
                f"SELECT {column} FROM place CROSS JOIN row USING (number) WHERE place.pos = ?", (position + 1,)
            ).fetchone()
        return str(row[0]) if row is not None else ""

    def _led(self, column: str, wanted: str) -> int | None:
        """The first row that begins with it, found by halves: the rows are in this order."""
        low, high = 0, self.count
        while low < high:
            middle = (low + high) // 2
            text = self._text(column, middle)
            before = text > wanted and not text.startswith(wanted) if self.order.descending else text < wanted
            low, high = (middle + 1, high) if before else (low, middle)
        return low if low < self.count and self._begins(column, wanted, low) else None


def _others(spans: Spans, count: int) -> list[Span]:
    """The spans between the spans."""
    edges = [0, *(edge for span in spans for edge in span), count]
    return [Span(edges[index], edges[index + 1]) for index in range(0, len(edges), 2)]


def _less(all_of_it: Sums, others: Sums) -> Sums:
    return Sums(
        rows=all_of_it.rows - others.rows,
        recordings=all_of_it.recordings - others.recordings,
        bytes=all_of_it.bytes - others.bytes,
        seconds=all_of_it.seconds - others.seconds,
        here=all_of_it.here - others.here,
        bytes_here=all_of_it.bytes_here - others.bytes_here,
    )
