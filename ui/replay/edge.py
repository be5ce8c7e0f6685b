"""The upper edge of the dock, dragged or moved with the arrows to make it higher; it moves nothing itself."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent

from ui.widgets.handle import Handle

HEIGHT = 8
_STEP = 16


class Edge(Handle):
    """`dragged`: so many pixels higher (below zero: lower). `usual`: back to the height it has at first."""

    dragged = Signal(int)
    usual = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._from = 0
        self.setFixedHeight(HEIGHT)
        self.setCursor(Qt.CursorShape.SplitVCursor)
        self.setAccessibleName(self.tr("Height of the replay module"))
        self.setToolTip(self.tr("Drag to make the replay module higher (Up and Down)"))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Where it was taken."""
        self._from = round(event.globalPosition().y())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The edge follows the pointer."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            now = round(event.globalPosition().y())
            self._from, higher = now, self._from - now
            if higher:
                self.dragged.emit(higher)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Back to the usual height."""
        self.usual.emit()
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down."""
        step = {Qt.Key.Key_Up: _STEP, Qt.Key.Key_Down: -_STEP}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.dragged.emit(step)

    def line(self) -> QRect:
        """Along the edge."""
        return QRect(8, HEIGHT // 2 - 1, self.width() - 16, 2)
