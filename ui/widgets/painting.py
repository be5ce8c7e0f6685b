"""Strokes that several painted widgets share: smooth edges, one line of elided text, a bar."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from ui import theme
from ui.theme import BODY, Theme, font, measures

LEFT = Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignRight
CENTRE = Qt.AlignmentFlag.AlignHCenter
MIDDLE = Qt.AlignmentFlag.AlignVCenter
_FLAGS = {align: int(align | MIDDLE | Qt.TextFlag.TextSingleLine) for align in (LEFT, RIGHT, CENTRE)}
"""Put together once: each line that is painted wants them."""


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
    line = measures.metrics(size, bold=bold, mono=mono).elidedText(
        text, Qt.TextElideMode.ElideRight, int(rect.width() + 0.5)
    )
    painter.setFont(font(size, bold=bold, mono=mono))
    painter.setPen((by or theme.of()).colour(token))
    painter.drawText(rect, _FLAGS[align], line)


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
