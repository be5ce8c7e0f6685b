"""The round button that plays and pauses; it knows no player."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton

from ui import theme
from ui.widgets.painting import smooth


class PlayButton(QAbstractButton):
    """`set_playing` says which of the two it shows; `size` is its diameter in pixels."""

    def __init__(self, *, size: int = 38) -> None:
        super().__init__()
        self._playing = False
        self.setFixedSize(size, size)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.set_playing(False)

    def set_playing(self, playing: bool) -> None:
        """It pauses now, or it plays."""
        self._playing = playing
        self.setAccessibleName(self.tr("Pause") if playing else self.tr("Play"))
        self.setToolTip(self.tr("Pause (Space)") if playing else self.tr("Play (Space)"))
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it too."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _: QPaintEvent) -> None:
        """A disc with two bars or a triangle, both solid."""
        painter, t = smooth(QPainter(self)), theme.of()
        rect = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(t.colour("text"), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        hot = self.underMouse() and self.isEnabled()
        painter.setBrush(t.colour("accent_hover" if hot else "accent" if self.isEnabled() else "sunken"))
        painter.drawEllipse(rect)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(t.colour("on_accent" if self.isEnabled() else "text3"))
        middle, unit = rect.center(), self.height() / 38
        if self._playing:
            for side in (-5.5, 1.5):
                bar = QRectF(middle.x() + side * unit, middle.y() - 7 * unit, 4 * unit, 14 * unit)
                painter.drawRoundedRect(bar, 1.2, 1.2)
        else:
            corners = ((-4.5, -7.5), (8.0, 0.0), (-4.5, 7.5))
            painter.drawPolygon(QPolygonF([QPointF(middle.x() + x * unit, middle.y() + y * unit) for x, y in corners]))
