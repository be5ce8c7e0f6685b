"""One end of a period: typed as a day, with or without a clock, or picked in a calendar; it keeps what it was given.

A moment that was shown comes back as it was, to the microsecond, unless somebody types something else.
"""

from __future__ import annotations

from datetime import date, datetime, tzinfo

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QLineEdit

from ui import theme
from ui.search.moments import Moments, end_of, start_of, wall_of_end, wall_of_start
from ui.search.popup import Popup
from ui.theme import BODY, SMALL, font
from ui.widgets import column, label, row, tool

_EARLIEST = QDate(1990, 1, 1)


class MomentField(QLineEdit):
    """`edited`: somebody typed or picked. `end`: it bounds a period at its end, so a day means its end."""

    edited = Signal()

    def __init__(self, *, end: bool) -> None:
        super().__init__()
        self._end = end
        self._zone: tzinfo | None = None
        self._locale = QLocale()
        self._moments = Moments(self._locale)
        self._kept: datetime | None = None
        self._text = ""
        self._popup: Popup | None = None
        pick = self.addAction(theme.of().icon("calendar-clock"), QLineEdit.ActionPosition.TrailingPosition)
        theme.of().put_icon(pick, "calendar-clock", "text2")
        pick.setText(self.tr("Calendar"))
        pick.setToolTip(self.tr("Calendar (Down)"))
        pick.triggered.connect(lambda _=False: self.open_calendar())
        self.textEdited.connect(lambda _: self.edited.emit())
        self.editingFinished.connect(self._tidy)

    def show_moment(self, moment: datetime | None, *, zone: tzinfo, locale: QLocale) -> None:
        """Write it, in a zone and a language."""
        self._zone, self._locale, self._moments, self._kept = zone, locale, Moments(locale), moment
        if moment is None:
            self._text = ""
        else:
            wall = wall_of_end(moment, zone) if self._end else wall_of_start(moment, zone)
            self._text = self._moments.write(wall)
        self.setText(self._text)

    def moment(self) -> datetime | None:
        """The moment meant, in UTC; None: it is empty. Raises ValueError: no moment can be meant."""
        if self.text() == self._text or self._zone is None:
            return self._kept
        wall = self._moments.read(self.text())
        if wall is None:
            return None
        return end_of(wall, self._zone) if self._end else start_of(wall, self._zone)

    def example(self, day: date) -> str:
        """How that day is written here."""
        return self._moments.write((day, None))

    def open_calendar(self) -> None:
        """Show the month of what is written, or this one."""
        if self._popup is None:
            self._popup = self._make_popup()
        self._calendar.setSelectedDate(self._day())
        self._dress()
        self._popup.open_under(self)
        self._calendar.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down opens the calendar."""
        if event.key() == Qt.Key.Key_Down:
            self.open_calendar()
            return
        super().keyPressEvent(event)

    # --- behind

    def _tidy(self) -> None:
        """What was understood, in one way of writing."""
        if self._zone is None or self.text() == self._text:
            return
        try:
            moment = self.moment()
        except ValueError:
            return
        self.show_moment(moment, zone=self._zone, locale=self._locale)

    def _day(self) -> QDate:
        try:
            wall = self._moments.read(self.text())
        except ValueError:
            wall = None
        return QDate(wall[0].year, wall[0].month, wall[0].day) if wall is not None else QDate.currentDate()

    def _make_popup(self) -> Popup:
        self._calendar = QCalendarWidget()
        self._calendar.setNavigationBarVisible(False)
        self._calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self._calendar.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.ShortDayNames)
        self._calendar.setMinimumDate(_EARLIEST)
        self._calendar.setLocale(self._locale)
        self._calendar.setFirstDayOfWeek(self._locale.firstDayOfWeek())
        self._calendar.setFont(font(BODY))
        self._calendar.setAccessibleName(self.accessibleName())
        theme.of().changed.connect(self._dress)
        self._calendar.clicked.connect(self._pick)
        self._calendar.activated.connect(self._pick)
        self._month = label("", BODY, bold=True)
        earlier, later = tool("chevron-left", self.tr("Month before")), tool("chevron-right", self.tr("Month after"))
        earlier.clicked.connect(self._calendar.showPreviousMonth)
        later.clicked.connect(self._calendar.showNextMonth)
        self._calendar.currentPageChanged.connect(self._show_month)
        head = row(earlier, None, self._month, None, later)
        return Popup(self, column(head, self._calendar, margins=(8, 6, 8, 8), gap=4))

    def _show_month(self, year: int, month: int) -> None:
        self._month.setText(self._locale.toString(QDate(year, month, 1), "MMMM yyyy"))

    def _dress(self) -> None:
        t = theme.of()
        head, days = QTextCharFormat(), QTextCharFormat()
        head.setFont(font(SMALL))
        head.setForeground(t.colour("text3"))
        head.setBackground(t.colour("raised"))
        days.setForeground(t.colour("text"))
        self._calendar.setHeaderTextFormat(head)
        for day in Qt.DayOfWeek:
            self._calendar.setWeekdayTextFormat(day, days)
        self._show_month(self._calendar.yearShown(), self._calendar.monthShown())

    def _pick(self, day: QDate) -> None:
        if self._popup is not None:
            self._popup.hide()
        self.setText(self.example(date(day.year(), day.month(), day.day())))
        self._tidy()
        self.setFocus()
        self.edited.emit()
