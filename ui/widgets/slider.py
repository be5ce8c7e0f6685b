"""A slider in the house's dress: goes where one clicks, keeps its own keys, fills from the middle if that is zero."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSlider

from ui import theme
from ui.widgets.painting import smooth

_HANDLE, _TRACK, _HEIGHT = 14.0, 4.0, 28
_OWN: Final = frozenset(
    {
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
    }
)


class Slider(QSlider):
    """`name` is its accessible name and tooltip. `middle`: its zero is in the middle; a double click goes there."""

    def __init__(self, *, name: str, low: int, high: int, width: int = 84, middle: bool = False) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._middle = middle
        self._width = width
        self.setRange(low, high)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedSize(QSize(width, _HEIGHT))

    def event(self, event: QEvent) -> bool:
        """Its keys are its own, whatever they do elsewhere in the window."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in _OWN
            and not event.modifiers()
        ):
            event.accept()
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The handle comes to the pointer."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._follow(event)
            event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The handle follows the pointer."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._follow(event)
            event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Nothing more."""
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Back to the middle."""
        if self._middle:
            self.setValue((self.minimum() + self.maximum()) // 2)
        event.accept()

    def paintEvent(self, _: QPaintEvent) -> None:
        """Track, what is filled of it, handle, ring."""
        painter, t = smooth(QPainter(self)), theme.of()
        centre, share = self.height() / 2, self._share()
        left, room = _HANDLE / 2, self.width() - _HANDLE
        at = left + share * room
        begin = left + room / 2 if self._middle else left
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(t.colour("sunken"))
        painter.drawRoundedRect(QRectF(left, centre - _TRACK / 2, room, _TRACK), 2, 2)
        ink = "accent" if self.isEnabled() else "control"
        painter.setBrush(t.colour(ink))
        painter.drawRoundedRect(QRectF(min(begin, at), centre - _TRACK / 2, abs(at - begin), _TRACK), 2, 2)
        painter.setBrush(t.colour("paper"))
        painter.setPen(QPen(t.colour(ink), 2))
        painter.drawEllipse(QPointF(at, centre), _HANDLE / 2 - 1, _HANDLE / 2 - 1)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(t.colour("accent"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)

    def _share(self) -> float:
        return (self.value() - self.minimum()) / max(1, self.maximum() - self.minimum())

    def _follow(self, event: QMouseEvent) -> None:
        room = max(1.0, self.width() - _HANDLE)
        share = min(1.0, max(0.0, (event.position().x() - _HANDLE / 2) / room))
        self.setValue(round(self.minimum() + share * (self.maximum() - self.minimum())))
