"""One complete pull a logical day, in every zone of the world, whatever the clocks do (faults 44 to 46)."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from download_client.schedule import (
    Due,
    Missed,
    NotDue,
    Schedule,
    Try,
    deadline,
    instant,
    missing_days,
    next_days,
    plan,
    upcoming,
)

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
ZONES = sorted(available_timezones() - {"localtime"})


def schedule(**different: Any) -> Schedule:
    return Schedule(**{"name": "n", "archive": Path.cwd(), "at": time(2, 30), "zone": "Europe/Berlin", **different})


@cache
def turns(zone: ZoneInfo) -> list[date]:
    """The days of 2026 on which the zone's offset changes, as it is at noon; where there is none, any day."""
    days = [date(2026, 1, 1) + n * DAY for n in range(366)]
    offsets = [datetime.combine(day, time(12), zone).utcoffset() for day in days]
    changes = [day for day, old, new in zip(days[1:], offsets, offsets[1:], strict=False) if old != new]
    return changes or [date(2026, 6, 1)]


@pytest.mark.parametrize("at", [time(0, 0), time(2, 30), time(23, 59)], ids=str)
def test_around_every_change_of_every_clock_each_day_comes_once(at: time) -> None:
    for name in ZONES:
        chosen = schedule(zone=name, at=at)
        for turn in turns(chosen.place):
            done = {turn - 3 * DAY}
            for day in (turn - 2 * DAY + n * DAY for n in range(5)):
                begins = instant(chosen, day)
                assert plan(chosen, completed=done, now=begins - SECOND) == NotDue(day, begins), (name, day)
                assert plan(chosen, completed=done, now=begins) == Due(day, ()), (name, day)
                done.add(day)
                assert isinstance(plan(chosen, completed=done, now=begins), NotDue), (name, day)


@settings(max_examples=40)
@given(
    zone=st.sampled_from(ZONES),
    at=st.times().map(lambda each: each.replace(second=0, microsecond=0)),
    days=st.sets(st.integers(1, 7), min_size=1).map(frozenset),
    seed=st.integers(0, 1 << 30),
)
def test_a_year_of_starts_at_any_time(zone: str, at: time, days: frozenset[int], seed: int) -> None:
    """Started at random moments, while clocks jump back by hours and days are missed: each day is covered once."""
    chosen, chance = schedule(zone=zone, at=at, days=days), random.Random(seed)
    now = datetime(2026, 1, 1, tzinfo=UTC)
    completed: set[date] = set()
    covered: list[date] = []
    while now < datetime(2027, 1, 1, tzinfo=UTC):
        due = plan(chosen, completed=completed, now=now)
        if isinstance(due, Due):
            covered += [*due.missed, due.day]
            completed.add(due.day)
        now += timedelta(minutes=chance.choice((-90, 20, 400, 1500, 9000)))
    wanted = [covered[0]]
    later = next_days(chosen, after=covered[0])
    while wanted[-1] < covered[-1]:
        wanted.append(next(later))
    assert covered == wanted


def test_five_nights_off_are_one_catch_up_that_covers_them() -> None:
    found = plan(schedule(), completed={date(2026, 11, 10)}, now=datetime(2026, 11, 16, 9, tzinfo=UTC))
    assert found == Due(date(2026, 11, 16), tuple(date(2026, 11, 11) + n * DAY for n in range(5)))


def test_the_first_night_has_missed_none() -> None:
    assert plan(schedule(), completed=(), now=datetime(2026, 11, 16, 9, tzinfo=UTC)) == Due(date(2026, 11, 16), ())


def test_a_night_that_is_skipped_waits_for_the_next_one() -> None:
    chosen = schedule(missed=Missed.SKIP, window=timedelta(hours=3))
    done = {date(2026, 11, 10)}
    inside, outside = datetime(2026, 11, 12, 4, 29, tzinfo=UTC), datetime(2026, 11, 12, 4, 30, tzinfo=UTC)
    assert plan(chosen, completed=done, now=inside) == Due(date(2026, 11, 12), (date(2026, 11, 11),))
    assert plan(chosen, completed=done, now=outside) == NotDue(
        date(2026, 11, 13), datetime(2026, 11, 13, 1, 30, tzinfo=UTC)
    )


def test_what_was_completed_under_a_clock_of_next_year_counts_for_nothing() -> None:
    done = {date(2026, 11, 11), date(2027, 11, 12)}
    assert plan(schedule(), completed=done, now=datetime(2026, 11, 12, 9, tzinfo=UTC)) == Due(date(2026, 11, 12), ())


# --- nights without any run

PATIENCE = timedelta(hours=12)


def missing(chosen: Schedule, now: datetime, *tries: Try, since: datetime) -> tuple[date, ...]:
    return missing_days(chosen, tries=tries, since=since, now=now, patience=PATIENCE)


@settings(max_examples=60)
@given(
    zone=st.sampled_from(ZONES),
    at=st.times().map(lambda each: each.replace(second=0, microsecond=0)),
    window=st.none() | st.integers(1, 24).map(lambda hours: timedelta(hours=hours)),
    days=st.sets(st.integers(1, 7), min_size=1).map(frozenset),
    ran=st.sets(st.integers(0, 40)),
    step=st.integers(1, 40 * 24),
)
def test_a_day_is_missing_when_its_window_is_over_and_nobody_ran(
    zone: str, at: time, window: timedelta | None, days: frozenset[int], ran: set[int], step: int
) -> None:
    """In every zone: each day of the schedule, once its end has passed, was run or is missing, and never both."""
    chosen = schedule(zone=zone, at=at, window=window, days=days)
    first = date(2026, 3, 1)
    since, now = instant(chosen, first), instant(chosen, first) + timedelta(hours=step)
    mine = [day for day in (first + n * DAY for n in range(41)) if day.isoweekday() in days]
    # A run of no length at the day's beginning is in no other day's window, unless that is a whole day long.
    tries = [Try(day, instant(chosen, day), instant(chosen, day)) for n, day in enumerate(mine) if n in ran]
    found = missing(chosen, now, *tries, since=since)
    tried = {each.day for each in tries}
    over = [day for day in mine if deadline(chosen, day, patience=PATIENCE) <= now and instant(chosen, day) >= since]
    assert set(found) | tried >= set(over)
    assert not set(found) & tried
    assert set(found) <= set(over)
    assert list(found) == sorted(found)


def test_whatever_was_at_work_in_its_window_is_a_run_of_it() -> None:
    chosen = schedule(window=timedelta(hours=2))
    day = date(2026, 5, 4)
    begin = instant(chosen, day)
    since, now = begin - DAY, begin + timedelta(hours=3)
    yesterday = Try(day - DAY, begin - DAY, begin + timedelta(minutes=1))
    assert missing(chosen, now, yesterday, since=since) == ()
    early = Try(day - DAY, begin - DAY, begin - timedelta(minutes=1))
    assert missing(chosen, now, early, since=since) == (day,)
    late = Try(day, now - SECOND, now)
    assert missing(chosen, now, early, late, since=since) == ()
    assert missing(chosen, begin + timedelta(hours=2) - SECOND, early, since=since) == ()
    assert missing(chosen, now, early, since=begin + SECOND) == (), "it began before anybody watched"


def test_a_clock_that_is_years_ahead_names_no_thousand_days() -> None:
    chosen = schedule()
    since = datetime(2026, 1, 1, tzinfo=UTC)
    assert len(missing(chosen, since + 5000 * DAY, since=since)) <= 402
    assert missing(chosen, since - 50 * DAY, since=since) == ()


def test_what_comes_next_lies_ahead_whatever_was_completed() -> None:
    made = schedule(days=frozenset({1, 5}))
    friday = datetime(2026, 11, 20, 1, 30, tzinfo=UTC)
    assert upcoming(made, now=friday - timedelta(seconds=1)) == friday
    assert upcoming(made, now=friday) == friday + timedelta(days=3)
