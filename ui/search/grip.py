"""The edge of a panel that is dragged, or moved with the arrows, to make the panel wider; it moves nothing itself."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui import theme
from ui.theme import measures

_WIDTH, _STEP = 6, 8


class Grip(QWidget):
    """At the right edge of its parent. `dragged`: the width that is wanted, within what a panel may have."""

    dragged = Signal(int)

    def __init__(self, panel: QWidget) -> None:
        super().__init__(panel)
        self._panel = panel
        self.setFixedWidth(_WIDTH)
        self.setCursor(Qt.CursorShape.SplitHCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
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

    def paintEvent(self, _: QPaintEvent) -> None:
        """Nothing, until the pointer or the keyboard is on it."""
        if self.hasFocus() or self.underMouse():
            painter = QPainter(self)
            painter.fillRect(self.width() - 3, 0, 2, self.height(), theme.of().colour("accent"))

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

    def _want(self, width: int) -> None:
        self.dragged.emit(max(measures.PANEL_LEAST, min(measures.PANEL_MOST, width)))
