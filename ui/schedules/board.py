"""What is known of the schedules, looked up on a worker; it shows nothing and changes nothing by itself."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime

from PySide6.QtCore import QObject, QTimer, Signal

from download_client.engine import Engine, Filed, Report, Schedule, Told
from download_client.errors import Interrupted, MirError, SchedulerRefused
from ui.bridge import Ticket
from ui.schedules.days import Almanac, almanac
from ui.schedules.going import Going
from ui.session import Session

_EVERY_MS = 60_000
"""Nights end, and other programs change schedules, without a word to us."""


class Board(QObject):
    """`changed` says that there is something else to see. Looks again by itself while it is `watched`."""

    changed = Signal()
    failed = Signal(object)
    """A `MirError`: the schedules cannot be read."""
    ran = Signal(str)
    """A run that was begun here has ended; the name of its schedule."""
    elsewhere = Signal(str)
    """It was not begun: this schedule is at work already, started by the system or by another program."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._looking = Ticket()
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self.almanacs: tuple[Almanac, ...] = ()
        self.scheduler = ""
        """What the system's scheduler is called; empty: not known yet."""
        self.known = False
        """It was looked at least once."""
        self.going: dict[str, Going] = {}
        """Schedules that run because somebody said so here, by their names."""

    def watch(self, on: bool) -> None:
        """Somebody looks, or looks away."""
        if on:
            self._timer.start()
            self.look()
        else:
            self._timer.stop()

    def look(self) -> None:
        """Look everything up."""
        self._looking.cancel()
        self._looking = self._session.ask(_read, then=self._found, sorry=self.failed.emit, owner=self)

    def find(self, name: str) -> Almanac | None:
        """What is known of one schedule."""
        return next((each for each in self.almanacs if each.name == name), None)

    def report(
        self, name: str, day: date, then: Callable[[tuple[Report | None, Filed | None]], None], *, owner: QObject
    ) -> Ticket:
        """The report of a night, and where it lies."""

        def read(engine: Engine) -> tuple[Report | None, Filed | None]:
            return engine.schedules.report(name, day), engine.schedules.filed(name, day)

        return self._session.ask(read, then=then, sorry=lambda _: then((None, None)), owner=owner)

    # --- changing

    def run(self, name: str) -> None:
        """Run a schedule now, whatever is due; `ran` when it has ended, `elsewhere` if it runs already."""
        almanac = self.find(name)
        if almanac is None or name in self.going:
            return
        going = self.going[name] = Going(name, almanac.outline.schedule.archive)
        self.changed.emit()

        def work(engine: Engine) -> Told:
            return engine.schedules.run(name, going.work, now=True)

        def over() -> None:
            del self.going[name]
            self.ran.emit(name)
            self.look()

        def ended(told: Told) -> None:
            over()
            if told.running:
                self.elsewhere.emit(name)
            elif told.error is not None and not isinstance(told.error, Interrupted):
                self._session.show_error.emit(told.error)

        def sorry(error: MirError) -> None:
            over()
            self._session.show_error.emit(error)

        self._session.ask(work, then=ended, sorry=sorry, owner=self)

    def stop(self, name: str) -> None:
        """End a run that was begun here; what is in hand becomes durable first."""
        if name in self.going:
            self.going[name].stop()
            self.changed.emit()

    def pause(self, schedule: Schedule, *, paused: bool) -> None:
        """Pause it, here and with the system, or let it go on."""
        self._do(lambda engine: engine.schedules.put(replace(schedule, paused=paused), register=True))

    def remove(self, name: str) -> None:
        """Take it out; its nights and its archive stay."""
        self._do(lambda engine: engine.schedules.remove(name))

    def retry(self, almanac: Almanac, run_id: int, then: Callable[[], None]) -> None:
        """Ask for what a night did not bring home again, as a run of the queue."""
        archive = almanac.outline.schedule.archive
        self._session.ask(lambda engine: engine.downloads.add_retry(archive, run_id), then=lambda _: then(), owner=self)

    def _do(self, work: Callable[[Engine], None]) -> None:
        def sorry(error: MirError) -> None:
            self.look()
            self._session.show_error.emit(error)

        self._session.ask(work, then=lambda _: self.look(), sorry=sorry, owner=self)

    def _found(self, found: tuple[tuple[Almanac, ...], str]) -> None:
        self.almanacs, self.scheduler = found
        self.known = True
        self.changed.emit()


def _read(engine: Engine) -> tuple[tuple[Almanac, ...], str]:
    schedules = engine.schedules
    found, now = [], datetime.now(UTC)
    for outline in schedules.all():
        name = outline.schedule.name
        found.append(almanac(outline, schedules.nights(name), schedules.watch(name), now=now))
    scheduler = ""
    with suppress(SchedulerRefused):
        scheduler = schedules.scheduler_name
    return tuple(found), scheduler
