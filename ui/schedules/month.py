"""A month of nights, painted: what became of each day, one of them chosen by mouse or keyboard; it knows no service."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ui import theme
from ui.schedules import said
from ui.schedules.days import Day
from ui.session import Session
from ui.theme import BODY, CAPTION, SMALL, measures, text_width
from ui.widgets import plain_tip
from ui.widgets.focus import Ring
from ui.widgets.painting import CENTRE, smooth, write
from ui.words import times

_WEEKS, _DAYS = 6, 7
_HEAD, _LEAST, _TWO, _ROOMY, _MOST, _GAP = 24, 26, 40, 56, 66, 6
"""Heights: of the names of days, of a day's cell (at least, in two lines, in three, at most), between two."""
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -_DAYS,
    Qt.Key.Key_Down: _DAYS,
}


class Month(QWidget):
    """Weeks begin as the language has it. Arrows go from day to day, Page Up and Down from month to month."""

    chosen = Signal(object)
    """A `date`."""
    turned = Signal()
    """Another month is on show."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._days: Mapping[date, Day] = {}
        self._zone = session.zone
        self._ring = Ring()
        self.first = datetime.now(UTC).astimezone(session.zone).date().replace(day=1)
        """The first day of the month on show."""
        self.current: date | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(_HEAD + _WEEKS * (_LEAST + _GAP))
        self.setMaximumHeight(_HEAD + _WEEKS * (_MOST + _GAP))
        self.setAccessibleName(self.tr("Calendar of nights"))
        theme.of().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """As high as it may become."""
        return QSize(640, _HEAD + _WEEKS * (_MOST + _GAP))

    def show_days(self, days: Mapping[date, Day], *, zone: tzinfo) -> None:
        """What became of them; `zone` is the schedule's."""
        self._days, self._zone = days, zone
        self._tell()
        self.update()

    def choose(self, day: date | None) -> None:
        """Show a day's month, and the day as chosen, without telling."""
        self.current = day
        if day is not None and day.replace(day=1) != self.first:
            self.first = day.replace(day=1)
            self.turned.emit()
        self._tell()
        self.update()

    def turn(self, months: int) -> None:
        """So many months on or back."""
        number = self.first.year * 12 + self.first.month - 1 + months
        self.first = date(number // 12, number % 12 + 1, 1)
        self.turned.emit()
        self.update()

    def day_at(self, at: QPoint) -> date | None:
        """The day under a point."""
        for week in range(self._weeks):
            for place in range(_DAYS):
                if self._cell(week, place).contains(at):
                    return self._begin + timedelta(days=week * _DAYS + place)
        return None

    @property
    def _begin(self) -> date:
        """The day at the upper left."""
        starts = self._session.locale.firstDayOfWeek().value
        return self.first - timedelta(days=(self.first.isoweekday() - starts) % _DAYS)

    @property
    def _weeks(self) -> int:
        """As many as the month has a part of."""
        after = (self.first + timedelta(days=31)).replace(day=1)
        return -(-(after - self._begin).days // _DAYS)

    @property
    def _height(self) -> float:
        """Of a day's cell."""
        weeks = self._weeks
        return min(_MOST, (self.height() - _HEAD - (weeks - 1) * _GAP) / weeks)

    def _cell(self, week: int, place: int) -> QRect:
        width, height = (self.width() - (_DAYS - 1) * _GAP) / _DAYS, self._height
        left, top = place * (width + _GAP), _HEAD + week * (height + _GAP)
        return QRectF(left, top, width, height).toRect()

    # --- painting

    def paintEvent(self, _: QPaintEvent) -> None:
        """Names of the days, then the weeks."""
        painter = smooth(QPainter(self))
        locale, begin = self._session.locale, self._begin
        today = datetime.now(UTC).astimezone(self._zone).date()
        for place in range(_DAYS):
            cell = self._cell(0, place)
            name = locale.dayName((begin + timedelta(days=place)).isoweekday(), locale.FormatType.ShortFormat)
            write(painter, QRectF(cell.left() + 8, 0, cell.width() - 8, _HEAD - 4), name, "text3", SMALL)
        for week in range(self._weeks):
            for place in range(_DAYS):
                day = begin + timedelta(days=week * _DAYS + place)
                self._paint_day(painter, QRectF(self._cell(week, place)), day, is_today=day == today)

    def _paint_day(self, painter: QPainter, cell: QRectF, day: date, *, is_today: bool) -> None:
        t, it = theme.of(), self._days.get(day)
        inside = day.month == self.first.month
        if it is not None:
            told = said.fate_of(it.fate)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(t.colour(told.ground or "hover"))
            painter.drawRoundedRect(cell, measures.RADIUS_CARD, measures.RADIUS_CARD)
        number = QRectF(cell.left() + 8, cell.top() + 5, 26, 17)
        if is_today:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(t.colour("accent"))
            painter.drawRoundedRect(number.adjusted(-4, 0, 0, 0), 8.5, 8.5)
            write(painter, number.adjusted(-4, 0, 0, 0), str(day.day), "on_accent", SMALL, bold=True, align=CENTRE)
        else:
            write(painter, number, str(day.day), "text" if inside else "text3", BODY)
        if it is not None:
            self._paint_fate(painter, cell, it)
        if day == self.current:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(t.colour("accent"), 2))
            inset = 1.0 if self._ring.shown else 0.5
            painter.drawRoundedRect(
                cell.adjusted(inset, inset, -inset, -inset), measures.RADIUS_CARD, measures.RADIUS_CARD
            )
            if self._ring.shown:
                painter.setPen(QPen(t.colour("text"), 1, Qt.PenStyle.DotLine))
                painter.drawRoundedRect(cell.adjusted(4, 4, -4, -4), 5, 5)

    def _paint_fate(self, painter: QPainter, cell: QRectF, it: Day) -> None:
        told, roomy = said.fate_of(it.fate), self._height >= _ROOMY
        if self._height < _TWO:
            self._paint_fate_beside(painter, cell, it)
            return
        top = cell.top() + (23 if roomy else cell.height() - 20)
        theme.of().draw_icon(painter, told.icon, told.tone, QRectF(cell.left() + 8, top, 14, 14))
        words = QRectF(cell.left() + 26, top - 2, cell.width() - 28, 18)
        write(painter, words, told.words, told.ink, SMALL, bold=bool(told.ground))
        if roomy:
            line = QRectF(cell.left() + 8, top + 15, cell.width() - 10, 16)
            under = said.below(it, self._zone, self._session.locale)
            if text_width(under, CAPTION) > line.width():
                under = said.below(it, self._zone, self._session.locale, short=True)
            write(painter, line, under, "text2", CAPTION)

    def _paint_fate_beside(self, painter: QPainter, cell: QRectF, it: Day) -> None:
        """In a low window: what became of it in the line of its number; its word only where there is room for it."""
        told = said.fate_of(it.fate)
        theme.of().draw_icon(painter, told.icon, told.tone, QRectF(cell.left() + 36, cell.top() + 6, 14, 14))
        words = QRectF(cell.left() + 54, cell.top() + 4, cell.width() - 56, 18)
        if text_width(told.words, SMALL, bold=bool(told.ground)) <= words.width():
            write(painter, words, told.words, told.ink, SMALL, bold=bool(told.ground))

    # --- mouse and keyboard

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A day is chosen."""
        day = self.day_at(event.position().toPoint())
        if day is not None and event.button() is Qt.MouseButton.LeftButton:
            self._go(day)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """From day to day, from month to month."""
        step = _STEPS.get(Qt.Key(event.key()))
        start = self.current if self.current is not None else self.first
        if step is not None:
            self._go(start + timedelta(days=step))
        elif event.key() == Qt.Key.Key_PageUp:
            self.turn(-1)
        elif event.key() == Qt.Key.Key_PageDown:
            self.turn(1)
        elif event.key() == Qt.Key.Key_Home:
            self._go(datetime.now(UTC).astimezone(self._zone).date())
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """A tooltip says everything of the day under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            day = self.day_at(event.pos())
            words = self._spoken(day) if day is not None else ""
            if words:
                QToolTip.showText(event.globalPos(), plain_tip(words), self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The ring is shown where the keyboard brought the focus."""
        self._ring.take(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """It goes with it."""
        self._ring.take(event)
        self.update()

    def _go(self, day: date) -> None:
        self.choose(day)
        self.chosen.emit(day)

    def _tell(self) -> None:
        self.setAccessibleDescription(self._spoken(self.current) if self.current is not None else "")

    def _spoken(self, day: date) -> str:
        it = self._days.get(day)
        named = times.date_words(day, self._session.locale, weekday=True)
        if it is None:
            return named
        under = said.below(it, self._zone, self._session.locale)
        return self.tr("{day}: {outcome}, {more}").format(day=named, outcome=said.fate_of(it.fate).words, more=under)
