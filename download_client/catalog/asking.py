"""An order, a filter and a grouping as SQL; it runs nothing but what the SQL itself depends on."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace
from datetime import tzinfo
from typing import Any

from download_client.catalog.days import Days, days
from download_client.catalog.kinds import DIRECTIONS, MODES, Kind
from download_client.catalog.text import needles
from download_client.catalog.values import Column, Filter, GroupBy, Order


@dataclass(frozen=True, slots=True)
class Question:
    """`rows` is what stands after FROM, `order` after ORDER BY, `group` a row's group, `group_order` that of groups."""

    kind: Kind[Any]
    asked: Order
    group_by: GroupBy | None
    zone: tzinfo
    where: str
    words: str
    parameters: tuple[object, ...]
    wanted: tuple[str, ...]
    asks: bool
    rows: str = ""
    order: str = ""
    group: str = ""
    group_order: str = ""

    @classmethod
    def of(
        cls, kind: Kind[Any], *, order: Order, where: Filter, group_by: GroupBy | None, zone: tzinfo, only: str
    ) -> Question:
        """What is asked; `only` is a condition that always holds."""
        terms, parameters = _terms(where)
        asks = bool(terms)
        if only:
            terms.append(only)
        wanted = tuple(needles(where.text))
        return cls(
            kind=kind,
            asked=order,
            group_by=group_by,
            zone=zone,
            where=" AND ".join(terms),
            words=" AND ".join("instr(text, ?) > 0" for _ in wanted),
            parameters=tuple(parameters),
            wanted=wanted,
            asks=asks,
        )

    def settled(self, connection: sqlite3.Connection) -> Question:
        """The whole SQL, for what lies in the file now; what a text is found in is looked up, once."""
        rows = "row"
        if self.words:
            connection.execute("CREATE TEMP TABLE hit (number INTEGER PRIMARY KEY)")
            connection.execute(f"INSERT INTO hit SELECT number FROM words WHERE {self.words}", self.wanted)
            rows = "hit CROSS JOIN row USING (number)"
        if self.where:
            rows += f" WHERE {self.where}"
        direction = "DESC" if self.asked.descending else "ASC"
        column = self.kind.orders[self.asked.column]
        terms = [f"{column} {direction}"]
        if self.asked.column is not Column.START:
            terms.append("start DESC")
        terms.append("row.number")
        group, group_order = "", "ASC"
        if self.group_by is GroupBy.DAY:
            told = self._days(connection, rows)
            oldest_first = self.asked.column is Column.START and not self.asked.descending
            group, group_order = told.sql, "ASC" if oldest_first else "DESC"
            if self.asked.column is not Column.START or not told.in_order:
                terms.insert(0, f"{group} {group_order}")
        elif self.group_by is not None:
            group = self.kind.groups[self.group_by]
            terms.insert(0, f"{group} {group_order}")
        order = ", ".join(terms)
        if self.narrowed:
            # An index would give the order, but each row would have to be looked up in leaps to be held against the
            # filter: sorting what is left takes a third of that.
            order = f"+{order}"
        return replace(self, rows=rows, order=order, group=group, group_order=group_order)

    @property
    def narrowed(self) -> bool:
        """A filter asks for something."""
        return bool(self.wanted) or self.asks

    def _days(self, connection: sqlite3.Connection, rows: str) -> Days:
        ends = f"SELECT (SELECT min(start) FROM {rows}), (SELECT max(start) FROM {rows})"
        first, last = connection.execute(ends, self.parameters * 2).fetchone()
        return days(self.zone, first=first or 0.0, last=last or 0.0)


def _terms(where: Filter) -> tuple[list[str], list[object]]:
    terms: list[str] = []
    parameters: list[object] = []

    def ask(term: str, *values: object) -> None:
        terms.append(term)
        parameters.extend(values)

    if where.direction is not None:
        ask("direction = ?", DIRECTIONS.index(where.direction))
    if where.mode is not None:
        ask("mode = ?", MODES.index(where.mode))
    if where.presences:
        ask(f"presence IN ({', '.join(str(each.value) for each in where.presences)})")
    if where.proofs:
        ask(f"proof IN ({', '.join(str(each.value) for each in where.proofs)})")
    if where.since is not None:
        ask("start >= ?", where.since.timestamp())
    if where.until is not None:
        ask("start < ?", where.until.timestamp())
    if where.expires_before is not None:
        ask("expires < ?", where.expires_before.timestamp())
    return terms, parameters
