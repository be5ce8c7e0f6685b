"""The head of one schedule: its name, what it pulls into where, four figures, and what needs somebody; words only."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ui.schedules import said
from ui.schedules.days import Almanac, covered
from ui.schedules.going import Going, GoingBar
from ui.session import Session
from ui.theme import SMALL, STRONG, TITLE
from ui.widgets import Elided, Note, button, column, fill, label, row
from ui.words import numbers, times
from ui.words.plurals import ScheduleWords

_NIGHTS = 30


class Head(QWidget):
    """`run_wanted`: something is deleted soon, and somebody wants it pulled now."""

    run_wanted = Signal()
    height_changed = Signal()
    """It may need more room now, or less."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.title = Elided("", TITLE, bold=True)
        self._what = Elided("", SMALL, tone="3")
        self._figures: list[tuple[QLabel, QLabel]] = []
        figures = row(gap=36, margins=(0, 12, 0, 6))
        for _ in range(4):
            big, small = label("", STRONG, bold=True), label("", SMALL, tone="3")
            self._figures.append((big, small))
            figures.addLayout(column(big, small, gap=1))
        figures.addStretch(1)
        self._run = button(self.tr("Run now"), "play")
        self._run.clicked.connect(self.run_wanted)
        self.going = GoingBar(session)
        self.elsewhere = Note(
            "hourglass",
            "",
            self.tr("It is at work already"),
            self.tr("The system, or another program, has started this schedule. Nothing was begun a second time."),
        )
        self.guard = Note("shield-alert", "warn", "", "", self._run)
        self.trouble = Note("bell", "warn")
        self.system = Note("calendar-clock", "warn")
        fill(
            QVBoxLayout(self),
            self.title,
            self._what,
            figures,
            column(self.going, self.elsewhere, self.guard, self.trouble, self.system, gap=8),
            margins=(20, 16, 14, 8),
            gap=4,
        )
        for note in (self.elsewhere, self.guard, self.trouble, self.system):
            note.hide()

    def event(self, event: QEvent) -> bool:
        """Its notes come and go."""
        if event.type() is QEvent.Type.LayoutRequest:
            self.height_changed.emit()
        return super().event(event)

    @property
    def wanted(self) -> int:
        """As high as it must be at its width."""
        flows = self.hasHeightForWidth()
        return self.heightForWidth(self.width()) if flows else self.sizeHint().height()

    def show_schedule(self, it: Almanac, *, scheduler: str) -> None:
        """Everything but what its report says."""
        session, schedule = self._session, it.outline.schedule
        zone, locale = schedule.place, session.locale
        self.title.setText(schedule.name)
        form = self.tr("{what}  ·  into {archive}  ·  started by {scheduler}")
        words = form.format(what=said.what(schedule), archive=schedule.archive, scheduler=scheduler)
        if it.outline.registration is None:
            # The system was told nothing: others start it, or somebody here.
            form = self.tr("{what}  ·  into {archive}")
            words = form.format(what=said.what(schedule), archive=schedule.archive)
        self._what.setText(words)
        coming, complete = it.next, it.outline.complete
        if schedule.paused:
            self._figure(0, self.tr("Paused"), self.tr("no next run"))
        elif coming is not None:
            self._figure(0, *said.coming(coming, zone, locale, now=datetime.now(UTC)))
        else:
            self._figure(0, numbers.NOTHING, self.tr("next run"))
        last = times.date_words(complete.day, locale, weekday=True) if complete is not None else numbers.NOTHING
        self._figure(1, last, self.tr("last complete pull"))
        days = it.latest(_NIGHTS)
        form = self.tr("{covered} of {all}")
        done = form.format(covered=numbers.count(covered(days), locale), all=numbers.count(len(days), locale))
        self._figure(2, done, self.tr("nights covered"))
        self._figure(
            3,
            numbers.size(sum(each.bytes for each in days), locale),
            ScheduleWords.tr("in %n night(s)", "", len(days)),
        )
        self._show_trouble(it)
        self._show_system(it)

    def show_going(self, going: Going | None) -> None:
        """What runs of it because somebody said so here; None: nothing."""
        self.going.show_going(going)
        if going is not None:
            self.elsewhere.hide()

    def say_elsewhere(self) -> None:
        """It was not begun: it runs already."""
        self.elsewhere.show()

    def show_guard(self, count: int, *, days: int) -> None:
        """So many conversations are deleted by the service within so many days, and are not in the archive."""
        self.guard.setVisible(count > 0)
        title = ScheduleWords.tr("%n conversation(s) not in the archive", "deleted before long", count)
        text = ScheduleWords.tr("The service deletes them within %n day(s). They are first in the next pull.", "", days)
        self.guard.say(icon="shield-alert", tone="warn", title=title, text=text)

    def _figure(self, place: int, big: str, small: str) -> None:
        self._figures[place][0].setText(big)
        self._figures[place][1].setText(small)

    def _show_trouble(self, it: Almanac) -> None:
        trouble = it.watch.trouble
        self.trouble.setVisible(bool(trouble))
        if trouble:
            title = self.tr("Not everybody could be told of the last nights")
            self.trouble.say(icon="bell", tone="warn", title=title, text="\n".join(each.said for each in trouble))

    def _show_system(self, it: Almanac) -> None:
        """The system's scheduler does not know it: it would never run by itself."""
        registration = it.outline.registration
        lost = registration is not None and not registration.registered and not it.outline.schedule.paused
        self.system.setVisible(lost)
        if lost and registration is not None:
            title = self.tr("The system's scheduler does not start it")
            text = registration.detail or self.tr("Edit it and keep it again, so that the system is told of it.")
            self.system.say(icon="calendar-clock", tone="warn", title=title, text=text)
