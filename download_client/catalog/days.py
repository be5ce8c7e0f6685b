"""The local day of a time as SQL, for a span of times and a zone; it holds no table of days and knows no rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta, tzinfo

from download_client.model import local, moment

_DAY = 86_400
_FIRST = date(1970, 1, 1)
_MOST_DAYS = 40 * 366
"""A span is looked at for changes of the zone's offset this far back from its end; before that the first one holds."""


@dataclass(frozen=True, slots=True)
class Days:
    """`sql`: the day as a number, counted from 1970. `in_order`: a later start never lies on an earlier day."""

    sql: str
    in_order: bool


def days(zone: tzinfo, *, first: float, last: float) -> Days:
    """The days between two times (seconds since 1970, UTC) in a zone, whose offset may change meanwhile."""
    begin = max(int(first), int(last) - _MOST_DAYS * _DAY)
    changes: list[tuple[int, int, int]] = []
    at, offset = begin, _offset(zone, begin)
    initial = offset
    while at < last:
        then = min(at + _DAY, int(last) + 1)
        changed = _offset(zone, then)
        if changed != offset:
            moment = _change(zone, at, then)
            changes.append((moment, offset, changed))
        at, offset = then, changed
    pieces = " ".join(f"WHEN start < {moment} THEN {before}" for moment, before, _ in changes)
    shift = f"CASE {pieces} ELSE {offset} END" if changes else str(initial)
    in_order = all((moment - 1 + before) // _DAY <= (moment + after) // _DAY for moment, before, after in changes)
    return Days(f"CAST(start + {shift} AS INTEGER) / {_DAY}", in_order)


def name_of(day: int) -> str:
    """YYYY-MM-DD."""
    try:
        return (_FIRST + timedelta(days=day)).isoformat()
    except OverflowError:
        return ""


def _offset(zone: tzinfo, at: int) -> int:
    offset = local(moment(at), zone).utcoffset()
    return int(offset.total_seconds()) if offset is not None else 0


def _change(zone: tzinfo, early: int, late: int) -> int:
    """The second from which the later offset holds."""
    before = _offset(zone, early)
    while late - early > 1:
        middle = (early + late) // 2
        if _offset(zone, middle) == before:
            early = middle
        else:
            late = middle
    return late
