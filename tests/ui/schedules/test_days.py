"""What became of each day: one word a day, whatever tries there were, and nothing is called complete that is not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from download_client.engine import Due, Night, NotDue, Outline, Schedule, Watch
from download_client.model import RunPhase
from ui.schedules.days import Almanac, Fate, almanac, covered

DAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
COMPLETE, PARTIAL = RunPhase.COMPLETE, RunPhase.PARTIAL


def tried(day: date, phase: RunPhase, *, hour: int = 2, missed: Sequence[date] = (), code: str = "") -> Night:
    begins = datetime.combine(day, time(hour), tzinfo=UTC)
    ends = begins + timedelta(minutes=10)
    return Night(
        day,
        begins,
        ends,
        phase,
        missed=tuple(missed),
        code=code,
        listed=10,
        archived=7,
        unfinished=2,
        refused=1,
        bytes=70,
    )


def made(
    *nights: Night, missing: Sequence[date] = (), paused: bool = False, plan: Due | NotDue | None = None
) -> Almanac:
    schedule = Schedule("s", Path("/archive"), time(2), "UTC", paused=paused)
    coming = NotDue(DAY + timedelta(days=1), datetime(2026, 11, 21, 2, tzinfo=UTC))
    outline = Outline(schedule, plan or coming, None, nights[-1] if nights else None, None)
    watch = Watch(schedule, None, None, tuple(missing), (), 0)
    return almanac(outline, nights, watch, now=NOW)


@pytest.mark.parametrize(
    ("phase", "code", "missed", "fate"),
    [
        (COMPLETE, "", (), Fate.COMPLETE),
        (COMPLETE, "", (DAY - timedelta(days=1),), Fate.CAUGHT_UP),
        (PARTIAL, "", (), Fate.PARTIAL),
        (PARTIAL, "offline", (), Fate.FAILED),
        (RunPhase.INTERRUPTED, "interrupted", (), Fate.PARTIAL),
    ],
)
def test_one_word_for_a_night(phase: RunPhase, code: str, missed: tuple[date, ...], fate: Fate) -> None:
    assert made(tried(DAY, phase, code=code, missed=missed)).days[DAY].fate is fate


def test_of_several_tries_the_complete_one_counts_else_the_last() -> None:
    first, second = tried(DAY, PARTIAL, hour=2), tried(DAY, COMPLETE, hour=3)
    for nights in ((first, second), (second, first)):
        day = made(*nights).days[DAY]
        assert (day.fate, day.tries, day.archived, day.bytes) == (Fate.COMPLETE, 2, 14, 140)
        assert day.seconds == 1200
    later = tried(DAY, PARTIAL, hour=4, code="offline")
    assert made(first, later).days[DAY].fate is Fate.FAILED
    assert made(first).days[DAY].open == 3


def test_a_missing_night_is_one_until_something_ran_that_day() -> None:
    yesterday = DAY - timedelta(days=1)
    assert made(missing=[yesterday]).days[yesterday].fate is Fate.MISSING
    assert made(tried(yesterday, PARTIAL), missing=[yesterday]).days[yesterday].fate is Fate.PARTIAL


def test_what_comes_next() -> None:
    tomorrow = DAY + timedelta(days=1)
    coming = made(tried(DAY, COMPLETE)).next
    assert coming is not None
    assert (coming.day, coming.next_at) == (tomorrow, datetime(2026, 11, 21, 2, tzinfo=UTC))
    due = made(plan=Due(DAY, ())).next
    assert due is not None
    assert (due.day, due.next_at) == (DAY, None)
    again = made(tried(DAY, PARTIAL), plan=Due(DAY, ()))
    assert again.days[DAY].fate is Fate.PARTIAL, "what was tried is told, though it is due again"
    assert again.next is not None
    assert (again.next.day, again.next.next_at) == (tomorrow, datetime(2026, 11, 21, 2, tzinfo=UTC))
    assert made(tried(DAY, COMPLETE), paused=True).next is None


def test_the_past_and_what_of_it_is_covered() -> None:
    days = [DAY - timedelta(days=back) for back in range(4)]
    it = made(
        tried(days[3], COMPLETE), tried(days[2], PARTIAL), tried(days[0], COMPLETE, missed=days[1:3]), missing=[days[1]]
    )
    assert [each.day for each in it.past] == days
    assert it.last == it.days[DAY]
    assert [each.day for each in it.latest(2)] == [days[1], days[0]]
    assert covered(it.past) == 4
    assert covered(made(tried(days[1], PARTIAL), missing=[DAY]).past) == 0
    assert made().last is None
