"""The quiet picture beside the sign-in: speech as bars on a deep ground, what the program is for; the same in both
schemes.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme
from ui.theme import BODY, DISPLAY, font
from ui.theme.measures import metrics
from ui.widgets.painting import smooth

_GROUND, _DEEP, _INK, _SOFT, _SPARK = "#16264D", "#0E1835", "#F3F6FF", "#B9C7EA", "#7EA4FF"
_EDGE: Final = 56.0
_BARS: Final = 46
_PLAYED: Final = 26
_WRAP: Final = int(Qt.TextFlag.TextWordWrap)


class Wave(QWidget):
    """`title` over some lines; a picture alone, passed over by the keyboard."""

    def __init__(self, title: str, lines: Sequence[str]) -> None:
        super().__init__()
        self._title, self._lines = title, tuple(lines)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(title)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Ground, bars, words; words give way at the bottom where the window is low."""
        painter, r = smooth(QPainter(self)), QRectF(self.rect())
        ground = QLinearGradient(r.topLeft(), r.bottomRight())
        ground.setColorAt(0, QColor(_GROUND))
        ground.setColorAt(1, QColor(_DEEP))
        painter.fillRect(r, ground)
        self._paint_bars(painter, r)
        self._paint_words(painter, r)

    @staticmethod
    def _paint_bars(painter: QPainter, r: QRectF) -> None:
        step, middle = (r.width() - 2 * _EDGE) / (_BARS - 1), r.height() * 0.40
        painter.setPen(Qt.PenStyle.NoPen)
        for i in range(_BARS):
            swell = math.exp(-(((i - 13) / 9.0) ** 2)) + 0.72 * math.exp(-(((i - 33) / 6.5) ** 2))
            ripple = 0.55 + 0.45 * math.sin(i * 1.9) * math.cos(i * 0.7)
            height = 7 + 118 * swell * ripple
            tone = QColor(_SPARK if i < _PLAYED else _SOFT)
            tone.setAlphaF(0.95 if i < _PLAYED else 0.34)
            painter.setBrush(tone)
            painter.drawRoundedRect(QRectF(_EDGE + i * step - 2.5, middle - height / 2, 5, height), 2.5, 2.5)
        x = _EDGE + (_PLAYED - 0.5) * step
        painter.setPen(QPen(QColor(_INK), 1.5))
        painter.drawLine(QPointF(x, middle - 84), QPointF(x, middle + 84))
        painter.setBrush(QColor(_INK))
        painter.drawEllipse(QPointF(x, middle - 84), 4, 4)

    def _paint_words(self, painter: QPainter, r: QRectF) -> None:
        width, top = r.width() - 2 * _EDGE, r.height() * 0.58
        painter.setFont(font(DISPLAY, bold=True))
        painter.setPen(QColor(_INK))
        room = QRectF(_EDGE, top, width, r.height() - top)
        used = painter.boundingRect(room, _WRAP, self._title)
        painter.drawText(room, _WRAP, self._title)
        top += used.height() + 24
        for line in self._lines:
            asked = metrics(BODY + 1).boundingRect(0, 0, int(width) - 26, 200, _WRAP, line).height()
            theme.of().draw_icon(painter, "check", _SPARK, QRectF(_EDGE, top + 2, 16, 16))
            painter.setFont(font(BODY + 1))
            painter.setPen(QColor(_SOFT))
            painter.drawText(QRectF(_EDGE + 26, top, width - 26, asked), _WRAP, line)
            top += asked + 13
