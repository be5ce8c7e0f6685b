"""Whether a schedule's day is due; a pure function of days and moments, without clock, disk or service.

A pull belongs to a *logical day*: the calendar day, in the schedule's zone, whose time of day begins it. A day whose
time does not exist (the clocks go forward) begins when that time would have come by either reckoning; one whose time
comes twice begins at the first. So there is one beginning a day, whatever the clocks do (faults 44 to 46).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from download_client.schedule.schedule import Missed, Schedule

_DAY = timedelta(days=1)
_WRONG_CLOCK = timedelta(hours=36)
"""A day that was completed so far ahead of now was completed under a clock that was wrong."""
_MOST_MISSED = 400


@dataclass(frozen=True, slots=True)
class Due:
    """A pull is to begin. `missed` are earlier days of the schedule that nothing has completed: it covers them too."""

    day: date
    missed: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class NotDue:
    """Nothing is to be done before `next_at` (aware UTC)."""

    next_day: date
    next_at: datetime


def instant(schedule: Schedule, day: date) -> datetime:
    """When a logical day begins, in UTC; later days never begin earlier."""
    naive = datetime.combine(day, schedule.at)
    return min(naive.replace(tzinfo=schedule.place, fold=fold).astimezone(UTC) for fold in (0, 1))


def plan(schedule: Schedule, *, completed: Collection[date], now: datetime) -> Due | NotDue:
    """What is to be done at `now` (aware), if the days `completed` were."""
    latest = _latest(schedule, now)
    horizon = (now + _WRONG_CLOCK).astimezone(schedule.place).date()
    last = max((day for day in completed if day <= horizon), default=None)
    done = last is not None and last >= latest
    too_late = (
        schedule.missed is Missed.SKIP
        and schedule.window is not None
        and now >= instant(schedule, latest) + schedule.window
    )
    if done or too_late:
        next_day = next(next_days(schedule, after=max(latest, last) if done and last is not None else latest))
        return NotDue(next_day, instant(schedule, next_day))
    return Due(latest, () if last is None else tuple(_between(schedule, last, latest)))


@dataclass(frozen=True, slots=True)
class Try:
    """One run of a schedule: for which day, and when it was at work (aware)."""

    day: date
    started_at: datetime
    ended_at: datetime


def deadline(schedule: Schedule, day: date, *, patience: timedelta) -> datetime:
    """When a day without any run counts as missing: the end of its window, or so long after its beginning."""
    return instant(schedule, day) + (schedule.window or patience)


def missing_days(
    schedule: Schedule, *, tries: Sequence[Try], since: datetime, now: datetime, patience: timedelta
) -> tuple[date, ...]:
    """The days whose time and window passed without any run, oldest first; none that began before `since`.

    A day belongs to a run that began for it, whenever that was, and to one that was at work in its window.
    """
    first = max(since, now - _MOST_MISSED * _DAY).astimezone(schedule.place).date() - _DAY
    tried = {each.day for each in tries}
    found: list[date] = []
    for day in next_days(schedule, after=first - _DAY):
        begin, end = instant(schedule, day), deadline(schedule, day, patience=patience)
        if begin > now:
            return tuple(found)
        at_work = any(each.started_at < end and each.ended_at > begin for each in tries)
        if begin >= since and end <= now and day not in tried and not at_work:
            found.append(day)
    return tuple(found)


def upcoming(schedule: Schedule, *, now: datetime) -> datetime:
    """When its time comes next, in UTC, whatever was completed."""
    return instant(schedule, next(next_days(schedule, after=_latest(schedule, now))))


def next_days(schedule: Schedule, *, after: date) -> Iterator[date]:
    """The days of the schedule after a day, without end."""
    day = after
    while True:
        day += _DAY
        if day.isoweekday() in schedule.days:
            yield day


def _latest(schedule: Schedule, now: datetime) -> date:
    """The last day of the schedule that has begun."""
    day = now.astimezone(schedule.place).date() + 2 * _DAY
    while day.isoweekday() not in schedule.days or instant(schedule, day) > now:
        day -= _DAY
    return day


def _between(schedule: Schedule, first: date, last: date) -> Iterator[date]:
    for day in next_days(schedule, after=max(first, last - _MOST_MISSED * _DAY)):
        if day >= last:
            return
        yield day
