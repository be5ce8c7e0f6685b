"""The schedules of a profile as the front ends see them: kept, registered with the system, looked at, run."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from download_client.engine.aftermath import Aftermath, Watch
from download_client.engine.job import Job
from download_client.engine.nightly import Nightly, Told
from download_client.engine.post import Post
from download_client.engine.reporting import Reporter
from download_client.engine.request import PullRequest, Result
from download_client.errors import DiskError, SchedulerRefused
from download_client.ledger import Item
from download_client.model import Criteria
from download_client.report import Filed, Report
from download_client.retry import Clock
from download_client.schedule import (
    Book,
    Due,
    Night,
    NotDue,
    Registration,
    Schedule,
    Scheduler,
    Start,
    plan,
    program,
    scheduler_of_this_system,
)
from download_client.settings import Paths, Settings, local_zone, table


@dataclass(frozen=True, slots=True)
class Outline:
    """A schedule and how it stands. `complete` is the last day that a complete pull belongs to, with its night.

    `plan` says what is due; `registration` what the system's scheduler says (None: it was not asked).
    """

    schedule: Schedule
    plan: Due | NotDue
    complete: Night | None
    last: Night | None
    registration: Registration | None


class Schedules:
    """One profile's. `pull` makes a job of a request; `scheduler` the system's, None: it is told and asked nothing.

    `post` carries messages; `exceptions` says for a report what of a run is not home.
    """

    def __init__(
        self,
        paths: Paths,
        *,
        profile: str,
        clock: Clock,
        pull: Callable[[PullRequest], Job],
        criteria_of: Callable[[str], Criteria],
        scheduler: Scheduler | None,
        post: Post,
        settings: Settings,
        exceptions: Callable[[Path, int], Iterable[Item]],
    ) -> None:
        self._book = Book(paths, profile=profile)
        self._reporter = Reporter(
            paths,
            self._book,
            exceptions=exceptions,
            guard=timedelta(days=settings.get(table.GUARD_DAYS)),
        )
        self._aftermath = Aftermath(
            paths, self._book, reporter=self._reporter, post=post, settings=settings, clock=clock
        )
        self._clock = clock
        self._pull = pull
        self._criteria_of = criteria_of
        self._scheduler = scheduler

    @property
    def scheduler_name(self) -> str:
        """What the system's scheduler is called."""
        return (self._scheduler or scheduler_of_this_system()).name

    def all(self, *, ask_system: bool = True) -> list[Outline]:
        """Every schedule, by name."""
        return [self._outline(each, ask_system=ask_system) for each in self._book.all()]

    def find(self, name: str) -> Outline:
        """One schedule. Raises UnknownName."""
        return self._outline(self._book.find(name), ask_system=True)

    def nights(self, name: str) -> list[Night]:
        """Every try of every day of a schedule, oldest first. Raises UnknownName."""
        return self._book.nights(self._book.find(name).name)

    def knows(self, name: str) -> bool:
        """Whether there is a schedule of that name."""
        return any(each.name == name for each in self._book.all())

    def put(self, schedule: Schedule, *, register: bool) -> None:
        """Keep it, in place of one of its name; `register` it with the system, or take it out there while paused.

        Raises:
            SchedulerRefused: it is kept, but the system does not know it.

        """
        for each in self._book.all():
            if each.name == schedule.name:
                self._aftermath.settle(each, tell=False)
        self._book.put(schedule)
        self._aftermath.begin(schedule)
        if self._scheduler is None:
            return
        if schedule.paused:
            self._scheduler.unregister(self._book.key(schedule.name))
        elif register:
            self._scheduler.register(self._start(schedule))

    def remove(self, name: str) -> None:
        """Take it out, here and with the system; its nights and its archive stay. Raises UnknownName."""
        key = self._book.key(self._book.find(name).name)
        if self._scheduler is not None:
            self._scheduler.unregister(key)
        self._book.remove(name)

    def export(self, name: str, folder: Path) -> list[Path]:
        """Write what the system's scheduler would be given; never over another file. Raises UnknownName, DiskError."""
        written = []
        scheduler = self._scheduler or scheduler_of_this_system()
        for file, text in scheduler.files(self._start(self._book.find(name))).items():
            path = folder / file
            try:
                folder.mkdir(parents=True, exist_ok=True)
                # Task Scheduler reads its XML in UTF-16 only.
                with path.open("x", encoding="utf-16" if path.suffix == ".xml" else "utf-8", newline="\n") as out:
                    out.write(text)
            except FileExistsError as error:
                raise DiskError("it is there already", subject=str(path)) from error
            except OSError as error:
                raise DiskError(f"cannot be written ({error.strerror})", subject=str(path)) from error
            written.append(path)
        return written

    def concerns(self, name: str) -> tuple[str, ...]:
        """What of the system may keep it from starting, or end it. Raises UnknownName, SchedulerRefused."""
        return (self._scheduler or scheduler_of_this_system()).concerns(self._book.key(self._book.find(name).name))

    def try_out(self, name: str, words: tuple[str, ...]) -> str:
        """What this program says to `words` when the system's scheduler starts it as it starts this schedule.

        Raises:
            UnknownName: there is no such schedule.
            SchedulerRefused: the system does not start it, or cannot be asked to from here.

        """
        start = self._start(self._book.find(name))
        once = replace(start, key=f"{start.key}-look", command=(*program(), *words))
        return (self._scheduler or scheduler_of_this_system()).try_out(once)

    def run(self, name: str, work: Callable[[Job], Result], *, now: bool = False) -> Told:
        """Pull what is due of a schedule (see `Nightly.run`), leave a report and tell of it. Raises UnknownName."""
        schedule = self._book.find(name)
        # What a kill left untold, and nights without any run.
        self._aftermath.settle(schedule)
        nightly = Nightly(
            self._book,
            schedule,
            clock=self._clock,
            pull=self._pull,
            criteria_of=self._criteria_of,
            written=lambda: self._aftermath.settle(schedule),
        )
        return nightly.run(work, now=now)

    # --- who watches over it

    def check(self, name: str | None = None, *, tell: bool = True) -> list[Watch]:
        """Notice nights without any run and tries that were killed, tell what is to be told, say how each stands.

        Asks the service nothing. Raises UnknownName.
        """
        return [self._checked(each, tell=tell) for each in self._chosen(name)]

    def watch(self, name: str) -> Watch:
        """How a schedule stands, as far as it was noticed; nothing is done. Raises UnknownName."""
        return self._aftermath.watch(self._book.find(name))

    def reports(self, name: str) -> list[Filed]:
        """Every report that is kept, oldest first. Raises UnknownName."""
        return self._reporter.folder(self._book.find(name).name).all()

    def filed(self, name: str, day: date | None = None) -> Filed | None:
        """Where the last report lies, or the last of a day. Raises UnknownName."""
        return self._reporter.folder(self._book.find(name).name).find(day=day)

    def report(self, name: str, day: date | None = None) -> Report | None:
        """The last report, or the last of a day; None: there is none that can be read. Raises UnknownName."""
        filed = self.filed(name, day)
        return self._reporter.folder(name).read(filed) if filed is not None else None

    def _chosen(self, name: str | None) -> list[Schedule]:
        return [self._book.find(name)] if name is not None else list(self._book.all())

    def _checked(self, schedule: Schedule, *, tell: bool) -> Watch:
        with self._book.alone(schedule.name) as alone:
            if alone:
                self._book.note_killed(schedule.name)
        self._aftermath.settle(schedule, tell=tell)
        return self._aftermath.watch(schedule)

    def _outline(self, schedule: Schedule, *, ask_system: bool) -> Outline:
        nights = self._book.nights(schedule.name)
        complete = [night for night in nights if night.phase.value == "complete"]
        registration = None
        if ask_system and self._scheduler is not None:
            try:
                registration = self._scheduler.look(self._book.key(schedule.name))
            except SchedulerRefused as error:
                registration = Registration(registered=False, detail=error.detail)
        return Outline(
            schedule=schedule,
            plan=plan(schedule, completed={night.day for night in complete}, now=self._now()),
            complete=max(complete, key=lambda night: night.day, default=None),
            last=nights[-1] if nights else None,
            registration=registration,
        )

    def _start(self, schedule: Schedule) -> Start:
        return Start.of(schedule, key=self._book.key(schedule.name), now=self._now(), zone=local_zone())

    def _now(self) -> datetime:
        return self._clock.now()
