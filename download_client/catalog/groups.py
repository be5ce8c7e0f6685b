"""The groups of a view, and the lines that they and their rows make on a screen when some of them are folded."""

from __future__ import annotations

import sqlite3
import threading
from array import array
from bisect import bisect_right
from collections.abc import Collection, Sequence
from itertools import accumulate
from typing import NamedTuple

from download_client.catalog.asking import Question
from download_client.catalog.days import name_of
from download_client.catalog.store import watched
from download_client.catalog.values import Group, GroupBy


class Groups:
    """The groups in their order. `counts` and `firsts` are there at once; titles are read as they are asked for."""

    def __init__(
        self, connection: sqlite3.Connection, lock: threading.Lock, *, by: GroupBy, counts: Sequence[int]
    ) -> None:
        self._connection = connection
        self._lock = lock
        self._by = by
        self.counts = array("q", counts)
        self.firsts = array("q", accumulate(self.counts, initial=0))
        """The first position of each group, and after the last one the number of all rows."""

    @classmethod
    def of(cls, connection: sqlite3.Connection, lock: threading.Lock, question: Question) -> Groups:
        """Gather what `question` asks for; runs before the view is handed out."""
        connection.execute(
            "CREATE TEMP TABLE gathered (place INTEGER PRIMARY KEY, key, rows INTEGER, size INTEGER, seconds REAL)"
        )
        connection.execute(
            "INSERT INTO gathered (key, rows, size, seconds) "
            f"SELECT {question.group} AS gathers, count(*), total(size), total(duration) "
            f"FROM {question.rows} GROUP BY gathers ORDER BY gathers {question.group_order}",
            question.parameters,
        )
        counts = [row[0] for row in connection.execute("SELECT rows FROM gathered ORDER BY place")]
        assert question.group_by is not None  # noqa: S101 - only a question that gathers comes here
        return cls(connection, lock, by=question.group_by, counts=counts)

    def __len__(self) -> int:
        return len(self.counts)

    def __getitem__(self, index: int) -> Group:
        return self.page(index, 1)[0]

    def page(self, start: int, count: int) -> list[Group]:
        """The groups from `start` on, at most `count` of them."""
        with self._lock, watched():
            found = self._connection.execute(
                "SELECT place - 1, key, rows, size, seconds FROM gathered "
                "WHERE place > ? AND place <= ? ORDER BY place",
                (start, start + count),
            ).fetchall()
            return [
                Group(index, *self._titles(index, key), self.firsts[index], rows, int(size), seconds)
                for index, key, rows, size, seconds in found
            ]

    def of_position(self, position: int) -> int:
        """The group in which a row is."""
        return bisect_right(self.firsts, position, hi=len(self.counts)) - 1

    def _titles(self, index: int, key: object) -> tuple[str, str]:
        if self._by is GroupBy.DAY:
            return name_of(int(str(key))), ""
        if self._by is GroupBy.SEARCH:
            return str(key), ""
        name, number, other_name, other_number, direction = self._connection.execute(
            "SELECT first_name, first_number, second_name, second_number, direction "
            "FROM place CROSS JOIN row USING (number) WHERE place.pos = ?",
            (self.firsts[index] + 1,),
        ).fetchone()
        if self._by is GroupBy.PARTY and direction:
            name, number = other_name, other_number
        return (name, number) if name else (number, "")


class Line(NamedTuple):
    """A line on the screen: the header of a group (`position` None), or the row at a position."""

    group: int
    position: int | None


class Layout:
    """Groups and rows as lines, some groups folded. Pure and quick; `toggled` answers a new one."""

    def __init__(self, groups: Groups, *, folded: Collection[int] = ()) -> None:
        self._groups = groups
        self.folded = frozenset(folded)
        shown = array("q", groups.counts)
        for group in self.folded:
            shown[group] = 0
        self._headers = array("q", accumulate((1 + count for count in shown), initial=0))

    @property
    def lines(self) -> int:
        """How many lines there are."""
        return self._headers[-1]

    def at(self, line: int) -> Line:
        """What stands on a line (0 to `lines` - 1)."""
        group = bisect_right(self._headers, line, hi=len(self._groups)) - 1
        inside = line - self._headers[group]
        return Line(group, self._groups.firsts[group] + inside - 1 if inside else None)

    def header_of(self, group: int) -> int:
        """The line of a group's header."""
        return self._headers[group]

    def line_of(self, position: int) -> int | None:
        """The line of the row at a position; None: its group is folded."""
        group = self._groups.of_position(position)
        if group in self.folded:
            return None
        return self._headers[group] + 1 + position - self._groups.firsts[group]

    def toggled(self, group: int) -> Layout:
        """The same with one group folded, or unfolded."""
        return Layout(self._groups, folded=self.folded ^ {group})

    def all(self, *, folded: bool) -> Layout:
        """The same with every group folded, or none."""
        return Layout(self._groups, folded=range(len(self._groups)) if folded else ())
