"""A small sheet that opens under a field and closes by Esc or a click elsewhere; what is on it is handed in."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QFrame, QLayout, QWidget


class Popup(QFrame):
    """`open_under` shows it within the screen."""

    def __init__(self, parent: QWidget, layout: QLayout) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("role", "popup")
        self.setLayout(layout)

    def open_under(self, field: QWidget, *, width: int = 0) -> None:
        """Under the field, at least as wide as it, or over it where there is no room below."""
        self.setMinimumWidth(max(width, field.width()))
        self.adjustSize()
        size = self.sizeHint().expandedTo(self.minimumSize())
        room = field.screen().availableGeometry()
        below = field.mapToGlobal(QPoint(0, field.height() + 2))
        above = field.mapToGlobal(QPoint(0, -size.height() - 2))
        at = below if below.y() + size.height() <= room.bottom() or above.y() < room.top() else above
        left = max(room.left(), min(at.x(), room.right() - size.width()))
        self.setGeometry(QRect(QPoint(left, at.y()), size))
        self.show()
