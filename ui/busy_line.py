"""The thin line under the toolbar that says something is being waited for; it appears after 400 ms, not before."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui import theme
from ui.widgets.painting import smooth

_AFTER_MS, _STEP_MS, _ROUND_MS = 400, 33, 1400
_HEIGHT = 2


class BusyLine(QWidget):
    """Two pixels high, always taking their room, so that nothing jumps."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(_HEIGHT)
        self._wait = QTimer(self, singleShot=True, interval=_AFTER_MS)
        self._wait.timeout.connect(self._begin)
        self._step = QTimer(self, interval=_STEP_MS)
        self._step.timeout.connect(self.update)
        self._since = QElapsedTimer()

    def set_busy(self, busy: bool) -> None:
        """Something is waited for, or nothing any more."""
        if not busy:
            self._wait.stop()
            self._step.stop()
            self.update()
        elif not self._step.isActive() and not self._wait.isActive():
            self._wait.start()

    def _begin(self) -> None:
        self._since.start()
        self._step.start()

    def paintEvent(self, _: QPaintEvent) -> None:
        """A third of the width, wandering."""
        if not self._step.isActive():
            return
        painter = smooth(QPainter(self))
        share = self._since.elapsed() % _ROUND_MS / _ROUND_MS
        width = self.width() / 3
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.of().colour("accent"))
        left = share * (self.width() + width) - width
        painter.drawRoundedRect(QRectF(left, 0, width, _HEIGHT), 1, 1)
