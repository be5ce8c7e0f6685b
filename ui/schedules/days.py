"""What became of each day of a schedule, made from its tries and what is due: pure values, no words, no widget."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import Enum

from download_client.engine import Due, Night, Outline, Watch, outcome_of, upcoming
from download_client.model import Outcome, RunPhase


class Fate(Enum):
    """As the calendar says it."""

    COMPLETE = "complete"
    CAUGHT_UP = "caughtUp"
    """Complete, and with it earlier days."""
    PARTIAL = "partial"
    FAILED = "failed"
    MISSING = "missing"
    COVERED = "covered"
    """Nothing ran on it, as while the schedule was paused; a later complete pull covers it."""
    NEXT = "next"


TROUBLE = frozenset({Fate.PARTIAL, Fate.FAILED, Fate.MISSING})
GOOD = frozenset({Fate.COMPLETE, Fate.CAUGHT_UP})


@dataclass(frozen=True, slots=True)
class Day:
    """One logical day. `night` is its last try (None: there was none), figures are those of all `tries` together.

    `open` recordings were listed and not home at the last try. `next_at` is when it begins, of a day to come; None
    there: it is due now.
    """

    day: date
    fate: Fate
    night: Night | None = None
    tries: int = 0
    listed: int = 0
    archived: int = 0
    open: int = 0
    bytes: int = 0
    seconds: float = 0.0
    next_at: datetime | None = None
    by: date | None = None
    """The day whose complete pull covers this one."""


@dataclass(frozen=True, slots=True)
class Almanac:
    """One schedule, everything the window shows of it."""

    outline: Outline
    watch: Watch
    nights: tuple[Night, ...]
    days: dict[date, Day]

    @property
    def name(self) -> str:
        """Of the schedule."""
        return self.outline.schedule.name

    @property
    def past(self) -> list[Day]:
        """What was, the newest first."""
        return sorted((each for each in self.days.values() if each.fate is not Fate.NEXT), key=_day, reverse=True)

    @property
    def last(self) -> Day | None:
        """The newest day that was."""
        return next(iter(self.past), None)

    @property
    def next(self) -> Day | None:
        """The day that comes."""
        return next((each for each in self.days.values() if each.fate is Fate.NEXT), None)

    def latest(self, count: int) -> list[Day]:
        """The last days that were, at most so many, the oldest first."""
        return list(reversed(self.past[:count]))


def almanac(outline: Outline, nights: Sequence[Night], watch: Watch, *, now: datetime) -> Almanac:
    """Put together what is known of a schedule at `now` (aware)."""
    days: dict[date, Day] = {}
    for each in watch.missing:
        days[each] = Day(each, Fate.MISSING)
    for day in sorted({night.day for night in nights}):
        days[day] = _told(day, [night for night in nights if night.day == day])
    covers = {day: each.day for each in nights if each.phase is RunPhase.COMPLETE for day in each.missed}
    for day, by in covers.items():
        days[day] = replace(days[day], by=by) if day in days else Day(day, Fate.COVERED, by=by)
    plan = outline.plan
    if not outline.schedule.paused:
        due = isinstance(plan, Due)
        coming = plan.day if isinstance(plan, Due) else plan.next_day
        known = days.get(coming)
        if known is None or (due and known.fate is Fate.MISSING):
            days[coming] = Day(coming, Fate.NEXT, next_at=None if isinstance(plan, Due) else plan.next_at)
        elif due:
            # It was tried and is not complete: the next start asks for it again.
            begins = upcoming(outline.schedule, now=now)
            later = begins.astimezone(outline.schedule.place).date()
            days.setdefault(later, Day(later, Fate.NEXT, next_at=begins))
    return Almanac(outline, watch, tuple(nights), days)


def covered(days: Iterable[Day]) -> int:
    """How many of these days are complete, or were covered by a later one that is."""
    return sum(each.fate in GOOD or each.by is not None for each in days)


def _told(day: date, tries: Sequence[Night]) -> Day:
    last = max(tries, key=lambda night: (night.phase is RunPhase.COMPLETE, night.started_at))
    fate = {Outcome.CLEAN: Fate.COMPLETE, Outcome.PARTIAL: Fate.PARTIAL}.get(outcome_of(last), Fate.FAILED)
    if fate is Fate.COMPLETE and last.missed:
        fate = Fate.CAUGHT_UP
    return Day(
        day,
        fate,
        last,
        len(tries),
        listed=last.listed,
        archived=sum(night.archived for night in tries),
        open=last.unfinished + last.refused,
        bytes=sum(night.bytes for night in tries),
        seconds=sum(max(timedelta(), night.ended_at - night.started_at).total_seconds() for night in tries),
    )


def _day(it: Day) -> date:
    return it.day
