"""The painted parts of the window's frame: a module's button in the navigation bar, the program's mark."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPen
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QWidget

from ui import theme
from ui.resources import folder
from ui.theme import CAPTION, measures
from ui.widgets.focus import Ring
from ui.widgets.meters import badge
from ui.widgets.painting import CENTRE, smooth, write


class NavButton(QAbstractButton):
    """One module: icon over word; the chosen one has a bar, a pill and bold words. Its badge counts."""

    def __init__(self, icon: str, word: str, *, checkable: bool = True) -> None:
        super().__init__()
        self._icon, self._count, self._warn = icon, 0, False
        self._ring = Ring()
        self.setText(word)
        self.setAccessibleName(word)
        self.setCheckable(checkable)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedSize(measures.RAIL, 60)

    def sizeHint(self) -> QSize:
        """Always the same."""
        return QSize(measures.RAIL, 60)

    def set_badge(self, count: int, *, warn: bool, words: str) -> None:
        """A count (0: none); `warn`: one of them needs the user; `words` say it to a screen reader."""
        self._count, self._warn = count, warn
        self.setAccessibleDescription(words)
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The ring, if the keyboard came here."""
        self._ring.take(event)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """No ring."""
        self._ring.take(event)
        super().focusOutEvent(event)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Bar, pill, icon, word, badge, ring."""
        t, painter, r, on = theme.of(), smooth(QPainter(self)), QRectF(self.rect()), self.isChecked()
        pill = QRectF(r.center().x() - 25, r.top() + 6, 50, 30)
        painter.setPen(Qt.PenStyle.NoPen)
        if on:
            painter.setBrush(t.mixed("accent", "chrome", 0.14))
            painter.drawRoundedRect(pill, 15, 15)
            painter.setBrush(t.colour("accent"))
            painter.drawRoundedRect(QRectF(0, r.top() + 10, 3, 22), 1.5, 1.5)
        elif self.underMouse():
            painter.setBrush(t.mixed("text", "chrome", 0.06))
            painter.drawRoundedRect(pill, 15, 15)
        t.draw_icon(painter, self._icon, "accent" if on else "text2", QRectF(r.center().x() - 10, r.top() + 11, 20, 20))
        word = QRectF(2, r.top() + 38, r.width() - 4, 16)
        write(painter, word, self.text(), "text" if on else "text2", CAPTION, bold=on, align=CENTRE)
        if self._count:
            text = str(self._count) if self._count < 100 else "99+"
            badge(painter, QPointF(r.center().x() + 8, r.top() + 2), text, "warn" if self._warn else "accent", "chrome")
        if self._ring.shown:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(t.colour("accent"), 2))
            painter.drawRoundedRect(r.adjusted(6, 2, -6, -2), 8, 8)


class Mark(QWidget):
    """The program's own mark."""

    def __init__(self, size: int = 32) -> None:
        super().__init__()
        self._svg = QSvgRenderer(str(folder("icons") / ("app.svg" if size > 20 else "app-16.svg")), self)
        self.setFixedSize(size, size)

    def paintEvent(self, _: QPaintEvent) -> None:
        """The mark."""
        self._svg.render(smooth(QPainter(self)), QRectF(self.rect()))
