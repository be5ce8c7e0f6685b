"""Strokes that several painted widgets share: smooth edges, one line of elided text, a bar."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from ui import theme
from ui.theme import BODY, Theme, font, measures

LEFT = Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignRight
CENTRE = Qt.AlignmentFlag.AlignHCenter
_CONTROLS = dict.fromkeys((*range(32), *range(127, 160), 0x2028, 0x2029), " ")
"""What would break a line, or nobody can see, is a blank."""


def smooth(painter: QPainter) -> QPainter:
    """The painter itself, with smooth edges."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    return painter


def write(
    painter: QPainter,
    rect: QRectF,
    text: str,
    token: str = "text",
    size: int = BODY,
    *,
    bold: bool = False,
    align: Qt.AlignmentFlag = LEFT,
    mono: bool = False,
    by: Theme | None = None,
) -> None:
    """One line, in the middle of the height, elided at the right. Control characters are shown as spaces."""
    line, width, ascent, height = _fitted(text, int(rect.width() + 0.5), size, bold, mono)
    painter.setFont(font(size, bold=bold, mono=mono))
    painter.setPen((by or theme.of()).colour(token))
    left = rect.left()
    if align != LEFT:
        left += (rect.width() - width) / (1 if align == RIGHT else 2)
    # By its base line: Qt lays a text out anew each time it is given a rectangle.
    painter.drawText(QPointF(left, rect.top() + (rect.height() - height) / 2 + ascent), line)


@lru_cache(maxsize=4096)
def _fitted(untrusted: str, room: int, size: int, bold: bool, mono: bool) -> tuple[str, int, int, int]:
    """A line that fits, its width, ascent and height of its font: the same words are painted again and again."""
    metrics = measures.metrics(size, bold=bold, mono=mono)
    line = metrics.elidedText(untrusted.translate(_CONTROLS), Qt.TextElideMode.ElideRight, room)
    return line, metrics.horizontalAdvance(line), metrics.ascent(), metrics.height()


def bar(painter: QPainter, rect: QRectF, share: float, token: str, *, by: Theme | None = None) -> None:
    """A track, filled to `share` (0 to 1)."""
    by = by or theme.of()
    radius = rect.height() / 2
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(by.mixed("text", "paper", 0.13))
    painter.drawRoundedRect(rect, radius, radius)
    if share > 0:
        painter.setBrush(by.colour(token))
        width = max(rect.height(), rect.width() * min(share, 1.0))
        painter.drawRoundedRect(QRectF(rect.left(), rect.top(), width, rect.height()), radius, radius)
