"""An edge that is dragged, or moved with the arrows; it moves nothing itself, and shows itself when touched."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QEnterEvent, QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui import theme


class Handle(QWidget):
    """What a grip and an edge have in common: reached by Tab, and a line once the pointer or the keyboard is on it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def line(self) -> QRect:
        """Where its line is painted."""
        raise NotImplementedError

    def paintEvent(self, _: QPaintEvent) -> None:
        """Nothing, until the pointer or the keyboard is on it."""
        if self.hasFocus() or self.underMouse():
            QPainter(self).fillRect(self.line(), theme.of().colour("accent"))

    def enterEvent(self, event: QEnterEvent) -> None:
        """The pointer is on it."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer is gone."""
        super().leaveEvent(event)
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard is on it."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The keyboard is gone."""
        super().focusOutEvent(event)
        self.update()
