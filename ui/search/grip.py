"""The edge of a panel that is dragged, or moved with the arrows, to make the panel wider; it moves nothing itself."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from ui.theme import measures
from ui.widgets.handle import Handle

_WIDTH, _STEP = 6, 8


class Grip(Handle):
    """At the right edge of its parent. `dragged`: the width that is wanted, within what a panel may have."""

    dragged = Signal(int)

    def __init__(self, panel: QWidget) -> None:
        super().__init__(panel)
        self._panel = panel
        self.setFixedWidth(_WIDTH)
        self.setCursor(Qt.CursorShape.SplitHCursor)
        self.setAccessibleName(self.tr("Width of the panel"))
        self.setToolTip(self.tr("Drag to make the panel wider (Left and Right)"))

    def fit(self) -> None:
        """The panel has another size."""
        self.setGeometry(self._panel.width() - _WIDTH, 0, _WIDTH, self._panel.height())
        self.raise_()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The edge follows the pointer."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._want(round(self.mapTo(self._panel, event.position()).x()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Back to the usual width."""
        self._want(measures.SEARCH_PANEL)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right."""
        step = {Qt.Key.Key_Left: -_STEP, Qt.Key.Key_Right: _STEP}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self._want(self._panel.width() + step)

    def line(self) -> QRect:
        """Along the edge."""
        return QRect(self.width() - 3, 0, 2, self.height())

    def _want(self, width: int) -> None:
        self.dragged.emit(max(measures.PANEL_LEAST, min(measures.PANEL_MOST, width)))
