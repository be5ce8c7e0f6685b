"""One night: how it went, what is not home and why, its report, the last thirty nights; it decides nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from download_client.engine import Filed, Report
from ui.bridge import Ticket
from ui.schedules import said
from ui.schedules.board import Board
from ui.schedules.chart import Chart
from ui.schedules.days import GOOD, Almanac, Day, Fate
from ui.session import Session
from ui.theme import CAPTION, SMALL, STRONG
from ui.widgets import Facts, Glyph, button, clear, fill, frame, label, line, row, scroll, set_tone
from ui.words import numbers, times
from ui.words.errors import title_of_code
from ui.words.items import said_of_item
from ui.words.plurals import ScheduleWords

_NIGHTS = 30
WIDTH = 316


class NightView(QFrame):
    """`report_wanted` carries the page of a report, `retry_wanted` the number of a run."""

    report_wanted = Signal(object)
    retry_wanted = Signal(int)

    def __init__(self, session: Session, board: Board) -> None:
        super().__init__()
        self._session = session
        self._board = board
        self._reading = Ticket()
        self._day: Day | None = None
        self.schedule = ""
        """The name of the schedule whose night it is."""
        self._page: Path | None = None
        self._title = label("", STRONG, bold=True, wrap=True)
        self._glyph = Glyph("clock", "text3", 16)
        self._outcome = label("", wrap=True)
        self._facts = Facts(width=88)
        self._ran = self._facts.add(self.tr("Ran"))
        self._listed = self._facts.add(self.tr("Listed"))
        self._archived = self._facts.add(self.tr("Archived"))
        self._open = self._facts.add(self.tr("Exceptions"))
        self._watermark = self._facts.add(self.tr("Next pull"))
        self._why = label("", SMALL, tone="2", wrap=True)
        self._exceptions = QVBoxLayout()
        self._exceptions.setSpacing(6)
        self.open_report = button(self.tr("Open report"), "file-text")
        self.retry = button(self.tr("Retry"), "rotate-cw")
        self._chart_title = label("", SMALL, bold=True)
        self._chart = Chart(session)
        self._from = label("", CAPTION, tone="3")
        self._to = label("", CAPTION, tone="3")
        self._told = label("", SMALL, tone="2", wrap=True)
        self.open_report.clicked.connect(self._open_report)
        self.retry.clicked.connect(self._retry)
        self._lay_out()

    def _lay_out(self) -> None:
        told = frame(
            row(Glyph("bell", "text2", 16), (self._told, 1), margins=(12, 9, 12, 9), gap=10),
            "note",
        )
        inner = QWidget()
        fill(
            QVBoxLayout(inner),
            self._title,
            row(self._glyph, (self._outcome, 1), gap=8),
            4,
            self._facts,
            self._why,
            self._exceptions,
            6,
            row(self.open_report, self.retry, None),
            10,
            line(),
            6,
            self._chart_title,
            self._chart,
            row(self._from, None, self._to),
            None,
            told,
            margins=(18, 18, 16, 14),
            gap=7,
        )
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(scroll(inner))
        self.setFixedWidth(WIDTH)
        self.setAccessibleName(self.tr("A night"))

    # --- what is shown

    @property
    def day(self) -> Day | None:
        """The day on show."""
        return self._day

    def show_night(self, almanac: Almanac, day: Day) -> None:
        """What is known of it at once; its report follows."""
        self._reading.cancel()
        self._day, self._page, self.schedule = day, None, almanac.name
        session = self._session
        self._title.setText(self.tr("Night of {day}").format(day=times.date_words(day.day, session.locale)))
        told = said.fate_of(day.fate)
        self._glyph.show_icon(told.icon, told.tone)
        self._outcome.setText(said.outcome_words(day))
        set_tone(self._outcome, told.ink if told.ground else "")
        self._fill_facts(almanac, day)
        clear(self._exceptions)
        self.open_report.setEnabled(False)
        self.retry.setVisible(bool(day.open))
        self.retry.setText(ScheduleWords.tr("Retry %n", "recordings", day.open))
        self._told.setText(said.told_by(almanac.outline.schedule))
        self._show_chart(almanac)
        if day.night is not None:
            self._reading = self._board.report(almanac.name, day.day, self._show_report, owner=self)

    def show_empty(self, almanac: Almanac, day: date) -> None:
        """A day on which the schedule did not have to run."""
        self._reading.cancel()
        self._day, self._page, self.schedule = None, None, almanac.name
        self._title.setText(times.date_words(day, self._session.locale, weekday=True))
        self._glyph.show_icon("circle-dashed", "text3")
        self._outcome.setText(self.tr("Nothing is known of this day"))
        set_tone(self._outcome, "")
        for each in (self._ran, self._listed, self._archived, self._open, self._watermark):
            each.setText(numbers.NOTHING)
        self._why.hide()
        clear(self._exceptions)
        self.open_report.setEnabled(False)
        self.retry.hide()
        self._told.setText(said.told_by(almanac.outline.schedule))
        self._show_chart(almanac)

    def _fill_facts(self, almanac: Almanac, day: Day) -> None:
        locale, night = self._session.locale, day.night
        zone = almanac.outline.schedule.place
        if night is None:
            for each in (self._ran, self._listed, self._archived, self._open, self._watermark):
                each.setText(numbers.NOTHING)
            self._why.setText(self._why_not(day))
            self._why.setVisible(bool(self._why.text()))
            return
        began = night.started_at.astimezone(zone).date()
        ran = self.tr("{day}, {begin} – {end}").format(
            day=times.date_words(began, locale, year=False),
            begin=times.clock(night.started_at, zone),
            end=times.clock(night.ended_at, zone, seconds=False),
        )
        self._ran.setText(ran)
        listed = ScheduleWords.tr("{count} recording(s)", "", day.listed)
        self._listed.setText(listed.format(count=numbers.count(day.listed, locale)))
        self._archived.setText(
            self.tr("{count}, {size}").format(
                count=numbers.count(day.archived, locale), size=numbers.size(day.bytes, locale)
            )
        )
        self._open.setText(numbers.count(day.open, locale))
        self._watermark.setText(
            self.tr("goes on from here") if day.fate in GOOD else self.tr("asks for the same again")
        )
        self._why.setText(title_of_code(night.code))
        self._why.setVisible(bool(self._why.text()))

    def _why_not(self, day: Day) -> str:
        if day.fate is Fate.MISSING:
            return self.tr(
                "Its time and its window passed without a run: the computer was off or asleep, or the system's "
                "scheduler did not start it. The next complete pull covers it."
            )
        if day.fate is Fate.COVERED and day.by is not None:
            form = self.tr("Nothing ran on this day. The pull of {day} covers it.")
            return form.format(day=times.date_words(day.by, self._session.locale, weekday=True))
        return ""

    def _show_chart(self, almanac: Almanac) -> None:
        days, locale = almanac.latest(_NIGHTS), self._session.locale
        self._chart_title.setText(ScheduleWords.tr("Bytes of the last %n night(s)", "", len(days)))
        self._chart.show_days(days, most=_NIGHTS)
        for it, each in ((self._from, days[:1]), (self._to, days[-1:] if len(days) > 1 else [])):
            it.setText(times.date_words(each[0].day, locale, year=False, weekday=True) if each else "")

    def _show_report(self, found: tuple[Report | None, Filed | None]) -> None:
        report, filed = found
        self._page = filed.html if filed is not None else None
        self.open_report.setEnabled(self._page is not None)
        clear(self._exceptions)
        if report is None or not report.exceptions:
            return
        self._exceptions.addWidget(label(self.tr("Exceptions"), SMALL, bold=True))
        locale = self._session.locale
        for each in report.exceptions:
            codes = {line.code for line in each.recordings}
            words = said_of_item(each.state, codes.pop() if len(codes) == 1 else "", active=False)
            form = self.tr("{reason}  ·  {count}")
            text = form.format(reason=words.words, count=numbers.count(each.count, locale))
            self._exceptions.addLayout(
                row(Glyph(words.icon, words.tone, 16), (label(text, SMALL, tone="2", wrap=True), 1), gap=8)
            )

    # --- doing

    def _open_report(self) -> None:
        if self._page is not None:
            self.report_wanted.emit(self._page)

    def _retry(self) -> None:
        if self._day is not None and self._day.night is not None and self._day.night.run_id:
            self.retry_wanted.emit(self._day.night.run_id)
