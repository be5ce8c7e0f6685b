"""Scheduled pulls: a schedule's day is looked at, pulled, and written down; when it is due the planner decides.

Exactly one complete pull belongs to a logical day. What an unfinished one left, the next goes on with; the day counts
as complete only when the run was (I9).
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from download_client.engine.job import Job
from download_client.engine.request import PullRequest, Result
from download_client.errors import Interrupted, MirError
from download_client.model import Criteria, RunPhase
from download_client.retry import Clock
from download_client.schedule import Book, Due, Night, NotDue, Schedule, instant, plan

_OVERLAP = timedelta(days=2)
"""What became available so long before the last complete pull is asked for again: clocks differ, answers come late."""
_REACH = timedelta(days=31 * 85)
"""However old a call is: with archiving the service keeps it for 84 months (F15), and it may come late."""

_STEP = 1.0


@dataclass(frozen=True, slots=True)
class Told:
    """How a start of a schedule ended: the nights it worked on, or why it did nothing.

    `due` is what the planner said at the end; `running`: another process works on this schedule.
    """

    nights: tuple[Night, ...]
    due: Due | NotDue | None
    running: bool = False
    paused: bool = False
    error: MirError | None = None

    @property
    def complete(self) -> bool:
        """Nothing is left to be done for today."""
        return self.error is None and all(night.phase is RunPhase.COMPLETE for night in self.nights[-1:])


class Nightly:
    """Runs one schedule. `pull` makes a job of a request, `criteria_of` finds a saved search by its name.

    `written` is called when a night was written down.
    """

    def __init__(
        self,
        book: Book,
        schedule: Schedule,
        *,
        clock: Clock,
        pull: Callable[[PullRequest], Job],
        criteria_of: Callable[[str], Criteria],
        written: Callable[[], None],
    ) -> None:
        self._book = book
        self._schedule = schedule
        self._written = written
        self._clock = clock
        self._pull = pull
        self._criteria_of = criteria_of

    def run(self, work: Callable[[Job], Result], *, now: bool = False) -> Told:
        """Pull what is due, and again while a later day has come due meanwhile; `work` runs each job, and may watch.

        `now` pulls once although nothing is due, or the schedule is paused.
        """
        schedule = self._schedule
        with self._book.alone(schedule.name) as alone:
            if not alone:
                return Told((), None, running=True)
            if schedule.paused and not now:
                return Told((), None, paused=True)
            self._book.note_killed(schedule.name)
            nights: list[Night] = []
            due = self._plan()
            while isinstance(due, Due) or (now and not nights):
                day = due.day if isinstance(due, Due) else self._today()
                night, error = self._night(day, due, work)
                nights.append(night)
                self._written()
                if error is not None or night.phase is not RunPhase.COMPLETE:
                    return Told(tuple(nights), due, error=error)
                due = self._plan()
            return Told(tuple(nights), due)

    def _plan(self) -> Due | NotDue:
        return plan(self._schedule, completed=self._book.completed(self._schedule.name), now=self._clock.now())

    def _today(self) -> date:
        return self._clock.now().astimezone(self._schedule.place).date()

    def _night(self, day: date, due: Due | NotDue, work: Callable[[Job], Result]) -> tuple[Night, MirError | None]:
        """One try of one day, written down however it ends."""
        started = self._clock.now()
        self._book.begin(self._schedule.name, day, at=started)
        result: Result | None = None
        error: MirError | None = None
        try:
            job = self._pull(self._request())
            with self._ending(job, day):
                result = work(job)
            error = result.error
        except MirError as raised:
            error = raised
        phase = result.phase if result is not None else _phase_of(error)
        night = Night(
            day=day,
            started_at=started,
            ended_at=self._clock.now(),
            phase=phase,
            missed=due.missed if isinstance(due, Due) else (),
            run_id=result.run_id if result is not None else 0,
            code=error.code if error is not None else "",
            said=_said(error),
        )
        if result is not None:
            night = _with_figures(night, result)
        self._book.add(self._schedule.name, night)
        return night, error

    def _request(self) -> PullRequest:
        """Everything that changed; or of a search what became available since its last complete pull began.

        Then also what changed of whatever is home.
        """
        schedule = self._schedule
        request = PullRequest(archive=schedule.archive, name=schedule.name, accept_risk=schedule.accept_risk)
        if not schedule.search and schedule.criteria is None:
            return replace(request, changes=True)
        criteria = schedule.criteria or self._criteria_of(schedule.search)
        now = self._clock.now()
        before = [night.started_at for night in self._book.nights(schedule.name) if night.phase is RunPhase.COMPLETE]
        since = min(max(before), now) - _OVERLAP if before else None
        criteria = replace(criteria, from_time=now - _REACH, to_time=None, available_after=since)
        return replace(request, criteria=criteria, follow=True)

    @contextmanager
    def _ending(self, job: Job, day: date) -> Iterator[None]:
        """The end of the day's window stops the run; what is in hand becomes durable, and the next one goes on."""
        over = threading.Event()

        def watch(end: datetime) -> None:
            # By the monotonic clock (fault 45), in short steps: the fake clock of tests and a sleeping computer agree.
            left = (end - self._clock.now()).total_seconds()
            until = self._clock.monotonic() + left
            while not over.is_set():
                if self._clock.monotonic() >= until:
                    job.stop()
                    return
                self._clock.wait(over, min(_STEP, max(0.0, until - self._clock.monotonic())))

        window = self._schedule.window
        end = instant(self._schedule, day) + window if window is not None else None
        # A night that is caught up by day has no window of its own any more.
        if end is None or end <= self._clock.now():
            yield
            return
        thread = threading.Thread(target=watch, args=(end,), name="end of a window", daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()


def _phase_of(error: MirError | None) -> RunPhase:
    return RunPhase.INTERRUPTED if isinstance(error, Interrupted) else RunPhase.PARTIAL


def _said(error: MirError | None) -> str:
    """What was seen of it, and whom it happened to."""
    return ": ".join(part for part in (error.subject, error.detail) if part) if error is not None else ""


def _with_figures(night: Night, result: Result) -> Night:
    chores = result.chores
    return replace(
        night,
        erased=chores.recordings if chores is not None else 0,
        chores=chores.error.code if chores is not None and chores.error is not None else "",
        listed=result.listed,
        archived=result.archived,
        skipped=result.skipped,
        unfinished=result.unfinished,
        refused=result.refused,
        bytes=result.bytes,
    )
