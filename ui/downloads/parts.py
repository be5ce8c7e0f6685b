"""One bar in parts (done, failed, waiting) that glides to where the figures are; it is told the figures.

Parts are (share 0 to 1, colour token). Only the first, what is done, glides; never beyond what it was told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEasingCurve, QObject, QRectF, QVariantAnimation, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QStyle, QWidget

from ui import theme
from ui.widgets.painting import smooth

Parts = Sequence[tuple[float, str]]

_GLIDE = 200
"""Milliseconds; twice the 10 Hz of the figures, so that a bar never stands still while bytes come."""
_LEAST = 2.0
"""Pixels: what is there is seen."""


def paint_parts(painter: QPainter, rect: QRectF, parts: Parts) -> None:
    """Track and parts with round ends, a gap of 2 px behind each part."""
    t = theme.of()
    clip = QPainterPath()
    clip.addRoundedRect(rect, rect.height() / 2, rect.height() / 2)
    painter.save()
    painter.setClipPath(clip)
    painter.fillRect(rect, t.mixed("text", "paper", 0.13))
    x = rect.left()
    for number, (share, token) in enumerate(parts):
        width = rect.width() * share
        if width <= 0:
            continue
        last = number == len(parts) - 1
        painter.fillRect(QRectF(x, rect.top(), max(width - (0 if last else 2), _LEAST), rect.height()), t.colour(token))
        x += max(width, _LEAST + 2)
    painter.restore()


class Glide(QObject):
    """Values by key that go to their targets within 200 ms; at once where the system wants no animation.

    `moved`: paint again.
    """

    moved = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._from: dict[str, float] = {}
        self._now: dict[str, float] = {}
        self._to: dict[str, float] = {}
        self._run = QVariantAnimation(self, startValue=0.0, endValue=1.0, duration=_GLIDE)
        self._run.setEasingCurve(QEasingCurve.Type.Linear)
        self._run.valueChanged.connect(self._step)

    def shown(self, key: str) -> float:
        """Where a value is shown now; 0 for one never heard of."""
        return self._now.get(key, 0.0)

    def go(self, targets: Mapping[str, float], *, at_once: bool = False) -> None:
        """Where all values are to be; a smaller one, and one that is new, is there at once."""
        if self._to == targets:
            return
        self._from = {key: self._now.get(key, value) for key, value in targets.items()}
        self._to = dict(targets)
        self._run.stop()
        if at_once or not _animations():
            self._step(1.0)
        else:
            self._step(0.0)
            self._run.start()

    def _step(self, part: float) -> None:
        self._now = {
            key: value if value < self._from[key] else self._from[key] + (value - self._from[key]) * part
            for key, value in self._to.items()
        }
        self.moved.emit()


def _animations() -> bool:
    style = QApplication.style()
    return style is None or style.styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) > 0


class PartsBar(QWidget):
    """The large bar over a run's recordings. The words beside it say the same."""

    def __init__(self, *, height: int = 8) -> None:
        super().__init__()
        self._parts: tuple[tuple[float, str], ...] = ()
        self._of = ""
        self._glide = Glide(self)
        self._glide.moved.connect(self.update)
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_parts(self, parts: Parts, *, of: str) -> None:
        """Other parts; those of another run (`of`) are there at once."""
        self._parts = tuple(parts)
        self._glide.go({of: parts[0][0] if parts else 0.0}, at_once=not self.isVisible())
        self._of = of
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        """Track and parts."""
        first = ((self._glide.shown(self._of), self._parts[0][1]), *self._parts[1:]) if self._parts else ()
        paint_parts(smooth(QPainter(self)), QRectF(self.rect()), first)
