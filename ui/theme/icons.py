"""The icons of the program (Lucide, ISC licence), tinted when they are drawn; it chooses no icon for anything.

A picture is drawn once per name, colour, size and scale, and kept.
"""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ui.resources import folder

_STROKE = 1.8
_SCALES = (1.0, 1.5, 2.0, 3.0)


class Icons:
    """Tinted pictures by name and colour (`#RRGGBB`). Used on the UI thread only."""

    def __init__(self) -> None:
        self._folder = folder("icons")
        self._kept: dict[tuple[str, str, int, float], QPixmap] = {}

    def clear(self) -> None:
        """Forget every picture: the colours have changed."""
        self._kept.clear()

    def pixmap(self, name: str, colour: str, *, size: int = 16, scale: float = 1.0) -> QPixmap:
        """The picture of a Lucide icon, `size` logical pixels square. Raises OSError: there is no such icon."""
        key = (name, colour, size, scale)
        made = self._kept.get(key)
        if made is None:
            made = self._kept[key] = self._drawn(name, colour, size, scale)
        return made

    def icon(self, name: str, *, normal: str, disabled: str, size: int, before: int, after: int) -> QIcon:
        """For buttons and actions. `before`, `after`: empty pixels beside it, the gap to a button's words."""
        made = QIcon()
        for scale in _SCALES:
            for mode, colour in ((QIcon.Mode.Normal, normal), (QIcon.Mode.Disabled, disabled)):
                picture = self.pixmap(name, colour, size=size, scale=scale)
                if before or after:
                    canvas = QPixmap(round((before + size + after) * scale), round(size * scale))
                    canvas.setDevicePixelRatio(scale)
                    canvas.fill(Qt.GlobalColor.transparent)
                    painter = QPainter(canvas)
                    painter.drawPixmap(before, 0, picture)
                    painter.end()
                    picture = canvas
                made.addPixmap(picture, mode)
        return made

    def _drawn(self, name: str, colour: str, size: int, scale: float) -> QPixmap:
        svg = (self._folder / f"{name}.svg").read_text("utf-8")
        svg = svg.replace("currentColor", colour).replace('stroke-width="2"', f'stroke-width="{_STROKE}"')
        made = QPixmap(round(size * scale), round(size * scale))
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(made.rect()))
        painter.end()
        made.setDevicePixelRatio(scale)
        return made
