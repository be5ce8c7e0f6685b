"""The bytes of the last nights as columns, each in the colour of its outcome and named in a tooltip; values only."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ui import theme
from ui.schedules import said
from ui.schedules.days import GOOD, Day, Fate
from ui.session import Session
from ui.widgets import plain_tip
from ui.widgets.painting import smooth
from ui.words import numbers, times

_HEIGHT, _GAP = 72, 3
_TONES = {Fate.PARTIAL: "warn", Fate.FAILED: "danger", Fate.MISSING: "danger"}


class Chart(QWidget):
    """One column a night, the oldest at the left; a night that brought nothing is a ring on the ground line."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._days: tuple[Day, ...] = ()
        self._most = 30
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(_HEIGHT)
        self.setAccessibleName(self.tr("Bytes of the last nights"))
        theme.of().changed.connect(self.update)

    def show_days(self, days: Sequence[Day], *, most: int) -> None:
        """These, of at most so many."""
        self._days, self._most = tuple(days), most
        good = sum(each.fate in GOOD for each in days)
        self.setAccessibleDescription(self.tr("{good} of {all} complete").format(good=good, all=len(days)))
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(240, _HEIGHT)

    def _slot(self, number: int) -> QRectF:
        wide = self.width() / self._most
        left = self.width() - (len(self._days) - number) * wide
        return QRectF(left, 0, wide, self.height())

    def paintEvent(self, _: QPaintEvent) -> None:
        """The columns."""
        t, painter = theme.of(), smooth(QPainter(self))
        most = max((each.bytes for each in self._days), default=0)
        for number, each in enumerate(self._days):
            slot = self._slot(number)
            tone = _TONES.get(each.fate, "accent")
            width = max(2.0, slot.width() - _GAP)
            left = slot.left() + (slot.width() - width) / 2
            if not each.bytes:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(t.colour(tone if each.fate in _TONES else "text3"), 1.5))
                radius = min(width / 2, 3.0)
                painter.drawEllipse(QPointF(left + width / 2, self.height() - radius - 1), radius, radius)
                continue
            height = max(3.0, (self.height() - 2) * each.bytes / most)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(t.colour(tone))
            painter.drawRoundedRect(QRectF(left, self.height() - height, width, height), 1.5, 1.5)

    def event(self, event: QEvent) -> bool:
        """A tooltip names the night under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            for number, each in enumerate(self._days):
                if self._slot(number).contains(QPointF(event.pos())):
                    QToolTip.showText(event.globalPos(), plain_tip(self._spoken(each)), self)
                    return True
            QToolTip.hideText()
            return True
        return super().event(event)

    def _spoken(self, it: Day) -> str:
        locale = self._session.locale
        day = times.date_words(it.day, locale, weekday=True)
        size = numbers.size(it.bytes, locale)
        return self.tr("{day}: {outcome}, {size}").format(day=day, outcome=said.outcome_words(it), size=size)
