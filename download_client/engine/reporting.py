"""Makes the report of a night from what was written down of it: the book of nights, the ledger, the service's dates.

It can be made again later, so that a night whose program was killed before its report leaves one all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from download_client import __version__, errors
from download_client.errors import Interrupted, MirError
from download_client.ledger import Item
from download_client.model import Outcome, RunPhase, State, moment, moment_if
from download_client.report import (
    MOST_ENDANGERED,
    MOST_EXCEPTIONS,
    NIGHTS,
    ChannelTrouble,
    EndangeredLine,
    ExceptionLine,
    Exceptions,
    Figures,
    Filed,
    NightLine,
    Report,
    ReportFolder,
)
from download_client.schedule import KILLED, Book, Night, Schedule
from download_client.settings import Paths

_GONE = (State.ERASED, State.EXPIRED, State.GONE, State.MISSING, State.EMPTY_AT_SOURCE)
"""Not home, and nothing is left to be deleted."""
_BY_ITSELF = ("", Interrupted.code, KILLED)
_KILLED = (
    "The run ended without a word",
    "Nothing to do: the next run goes on. If it stays, look for what ends it: power, sleep, a time limit.",
)


def outcome_of(night: Night) -> Outcome:
    """In a word what became of a try."""
    if night.phase is RunPhase.COMPLETE:
        return Outcome.CLEAN
    return Outcome.PARTIAL if night.code in _BY_ITSELF else Outcome.FAILED


def words_of(code: str) -> tuple[str, str]:
    """Title and advice of an error by its code; empty: no such error."""
    if code == KILLED:
        return _KILLED
    kinds = (vars(errors)[name] for name in errors.__all__)
    found = next((kind for kind in kinds if isinstance(kind, type) and getattr(kind, "code", None) == code), None)
    return (found.title, found.advice) if found is not None and issubclass(found, MirError) else ("", "")


class Reporter:
    """Of one profile. `exceptions` lists what of a run is not home; `guard` is how far its runs look ahead."""

    def __init__(
        self,
        paths: Paths,
        book: Book,
        *,
        exceptions: Callable[[Path, int], Iterable[Item]],
        guard: timedelta,
    ) -> None:
        self._folder = paths.state / "reports"
        self._book = book
        self._exceptions = exceptions
        self._guard = guard

    def folder(self, name: str) -> ReportFolder:
        """Where the reports of a schedule lie."""
        return ReportFolder(self._folder / self._book.key(name))

    def write(
        self, schedule: Schedule, nights: Sequence[Night], *, missing: Sequence[date], trouble: Sequence[ChannelTrouble]
    ) -> tuple[Report, Filed]:
        """Write the report of the last of these nights. Raises OSError: the disk refuses."""
        night = nights[-1]
        before = max((each.day for each in nights[:-1]), default=None)
        title, advice = words_of(night.code)
        left = self._left(schedule, night)
        soon = _soon_deleted(left, until=night.ended_at + self._guard)
        # A run that an error ended may not have listed them all.
        known = bool(night.run_id) and not night.code
        report = Report(
            schedule=schedule.name,
            profile=schedule.profile,
            archive=str(schedule.archive),
            zone=schedule.zone,
            day=night.day,
            number=sum(each.day == night.day for each in nights),
            started_at=night.started_at,
            ended_at=night.ended_at,
            outcome=outcome_of(night),
            phase=night.phase,
            figures=_figures(night),
            run_id=night.run_id,
            code=night.code,
            title=title,
            detail=night.said,
            advice=advice,
            caught_up=night.missed,
            missing=tuple(day for day in missing if (before is None or day >= before) and day <= night.day),
            exceptions=_not_home(left),
            endangered=soon[:MOST_ENDANGERED] if known else None,
            endangered_count=len(soon) if known else 0,
            endangered_within_days=self._guard.days,
            erased=night.erased,
            chores=night.chores,
            nights=look_back(nights, missing),
            trouble=tuple(trouble),
            program=f"MIR Download Client {__version__}",
        )
        return report, self.folder(schedule.name).write(report)

    def add_trouble(self, schedule: Schedule, trouble: Sequence[ChannelTrouble]) -> None:
        """Name in the last report who could not be told since it was written. Raises OSError."""
        folder = self.folder(schedule.name)
        filed = folder.find()
        report = folder.read(filed) if filed is not None else None
        if report is not None and report.trouble != tuple(trouble):
            folder.write(replace(report, trouble=tuple(trouble)))

    def copy(self, schedule: Schedule, report: Report) -> None:
        """Write it into the schedule's own folder too, where it has one. Raises OSError."""
        if schedule.reports is not None:
            ReportFolder(schedule.reports, prefix=f"{self._book.key(schedule.name)}-").write(report)

    def _left(self, schedule: Schedule, night: Night) -> list[Item]:
        """Every recording of the run that is not home."""
        try:
            return list(self._exceptions(schedule.archive, night.run_id)) if night.run_id else []
        except MirError:
            # The archive is gone, or its ledger: that is what ended the night, and said already.
            return []


def _not_home(left: Sequence[Item]) -> tuple[Exceptions, ...]:
    by_state: dict[State, list[Item]] = {}
    for item in left:
        by_state.setdefault(item.state, []).append(item)
    return tuple(
        Exceptions(state, len(by_state[state]), tuple(map(_exception, by_state[state][:MOST_EXCEPTIONS])))
        for state in State
        if state in by_state
    )


def _exception(item: Item) -> ExceptionLine:
    return ExceptionLine(item.recording_id, item.conversation_id, item.code, moment_if(item.again_at))


def _soon_deleted(left: Sequence[Item], *, until: datetime) -> tuple[EndangeredLine, ...]:
    """By conversation, the soonest first. A schedule's run lists whatever the service deletes soon (its guard)."""
    found: dict[str, list[Item]] = {}
    for item in left:
        if item.state not in _GONE and item.expires_at is not None and item.expires_at <= until.timestamp():
            found.setdefault(item.conversation_id, []).append(item)
    lines = (
        EndangeredLine(
            conversation_id=conversation,
            expires_at=moment(min(item.expires_at or 0.0 for item in items)),
            recordings=len(items),
            bytes=sum(item.size or 0 for item in items),
        )
        for conversation, items in found.items()
    )
    return tuple(sorted(lines, key=lambda line: line.expires_at))


def look_back(nights: Sequence[Night], missing: Sequence[date]) -> tuple[NightLine, ...]:
    """The last days up to the last of these nights, all tries of a day together, days without any run between."""
    if not nights:
        return ()
    last = nights[-1].day
    by_day: dict[date, list[Night]] = {}
    for night in nights:
        by_day.setdefault(night.day, []).append(night)
    days = sorted({*by_day, *missing})
    shown = [day for day in days if day <= last][-NIGHTS:]
    return tuple(_line(day, by_day.get(day, [])) for day in shown)


def _line(day: date, tries: Sequence[Night]) -> NightLine:
    if not tries:
        return NightLine(day, Outcome.MISSING)
    last = next((each for each in reversed(tries) if each.phase is RunPhase.COMPLETE), tries[-1])
    return NightLine(
        day=day,
        outcome=outcome_of(last),
        tries=len(tries),
        listed=last.listed,
        archived=sum(each.archived for each in tries),
        failed=last.unfinished + last.refused,
        bytes=sum(each.bytes for each in tries),
        seconds=sum(_seconds(each) for each in tries),
    )


def _figures(night: Night) -> Figures:
    return Figures(
        listed=night.listed,
        archived=night.archived,
        skipped=night.skipped,
        unfinished=night.unfinished,
        refused=night.refused,
        bytes=night.bytes,
        seconds=_seconds(night),
    )


def _seconds(night: Night) -> float:
    """A clock that was set back in between makes no negative time."""
    return max(0.0, (night.ended_at - night.started_at).total_seconds())
