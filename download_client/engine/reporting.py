"""Makes the report of a night from what was written down of it: the book of nights, the ledger, the service's dates.

It can be made again later, so that a night whose program was killed before its report leaves one all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from download_client import __version__, errors
from download_client.engine.retention import Endangered
from download_client.errors import Interrupted, MirError
from download_client.ledger import Item
from download_client.model import Outcome, RunPhase, State
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

WITHIN = timedelta(days=14)
"""How far a report looks ahead to what the service deletes."""
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
    """Of one profile. `exceptions` lists what of a run is not home, `endangered` what the service deletes soon."""

    def __init__(
        self,
        paths: Paths,
        book: Book,
        *,
        exceptions: Callable[[Path, int], Iterable[Item]],
        endangered: Callable[[Path, timedelta], Iterable[Endangered]],
    ) -> None:
        self._folder = paths.state / "reports"
        self._book = book
        self._exceptions = exceptions
        self._endangered = endangered

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
        lines, count = self._soon_deleted(schedule, night)
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
            exceptions=self._not_home(schedule, night),
            endangered=lines,
            endangered_count=count,
            endangered_within_days=WITHIN.days,
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

    def _not_home(self, schedule: Schedule, night: Night) -> tuple[Exceptions, ...]:
        if not night.run_id:
            return ()
        found: dict[State, tuple[int, list[ExceptionLine]]] = {}
        try:
            for item in self._exceptions(schedule.archive, night.run_id):
                count, lines = found.get(item.state, (0, []))
                if count < MOST_EXCEPTIONS:
                    again = datetime.fromtimestamp(item.again_at, UTC) if item.again_at is not None else None
                    lines.append(ExceptionLine(item.recording_id, item.conversation_id, item.code, again))
                found[item.state] = (count + 1, lines)
        except MirError:
            # The archive is gone, or its ledger: that is what ended the night, and said already.
            return ()
        return tuple(Exceptions(state, *found[state][:1], tuple(found[state][1])) for state in State if state in found)

    def _soon_deleted(self, schedule: Schedule, night: Night) -> tuple[tuple[EndangeredLine, ...] | None, int]:
        """Nothing is asked where the night did not come so far: the answer would be the same error, and later."""
        if not night.run_id or night.code:
            return None, 0
        lines: list[EndangeredLine] = []
        count = 0
        try:
            for each in self._endangered(schedule.archive, WITHIN):
                count += 1
                if count <= MOST_ENDANGERED:
                    call = each.conversation
                    lines.append(EndangeredLine(call.id, call.start_time, each.expires_at, each.recordings, each.bytes))
        except MirError:
            return None, 0
        return tuple(lines), count


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
