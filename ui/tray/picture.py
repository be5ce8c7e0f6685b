"""The program's icon with a count on it; a picture, made anew when the count changes."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ui.resources import folder
from ui.theme import LIGHT, font
from ui.widgets.painting import smooth

_SIZES = (16, 20, 24, 32, 48, 64)
_SMALL = 20
"""Up to this size the mark is the simpler one, and the badge a dot: no figure can be read in it."""


def badged(count: int, *, warn: bool) -> QIcon:
    """The program's icon; `count` above 0 puts a badge on it, amber where somebody has to act (`warn`).

    The colours are always those of the light scheme: the tray's own ground is not known to us.
    """
    made = QIcon()
    for size in _SIZES:
        made.addPixmap(_drawn(size, count, warn=warn))
    return made


def _drawn(size: int, count: int, *, warn: bool) -> QPixmap:
    picture = QPixmap(size, size)
    picture.fill(Qt.GlobalColor.transparent)
    painter = smooth(QPainter(picture))
    QSvgRenderer(str(folder("icons") / ("app-16.svg" if size <= _SMALL else "app.svg"))).render(
        painter, QRectF(0, 0, size, size)
    )
    if count:
        _badge(painter, size, count, warn=warn)
    painter.end()
    return picture


def _badge(painter: QPainter, size: int, count: int, *, warn: bool) -> None:
    across = size * (0.5 if size <= _SMALL else 0.58)
    spot = QRectF(size - across, size - across, across, across)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#FFFFFF"))
    painter.drawEllipse(spot)
    inner = spot.adjusted(across * 0.1, across * 0.1, -across * 0.1, -across * 0.1)
    painter.setBrush(QColor(LIGHT.warn if warn else LIGHT.accent))
    painter.drawEllipse(inner)
    if size > _SMALL:
        painter.setFont(font(max(7, round(across * 0.56)), bold=True))
        painter.setPen(QColor("#FFFFFF"))
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignCenter), str(count) if count < 10 else "9+")
