"""Small painted things that show one value: icon, bar, count; the initials of a name; none can be clicked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEasingCurve, QPointF, QRectF, Qt, QVariantAnimation
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QStyle, QWidget

from ui import theme
from ui.theme import CAPTION, text_width
from ui.widgets.painting import CENTRE, bar, smooth, write


class Glyph(QWidget):
    """One icon, on a round tinted ground if `ground` names a token; a screen reader passes over it."""

    def __init__(self, name: str, token: str = "text2", size: int = 16, *, ground: str = "", pad: int = 0) -> None:
        super().__init__()
        self._name, self._token, self._size, self._ground = name, token, size, ground
        self.setFixedSize(size + 2 * pad, size + 2 * pad)

    def show_icon(self, name: str, token: str = "text2") -> None:
        """Another icon."""
        self._name, self._token = name, token
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        """Ground and icon."""
        t, painter = theme.of(), smooth(QPainter(self))
        if self._ground:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(t.colour(self._ground))
            painter.drawEllipse(QRectF(self.rect()))
        off = (self.width() - self._size) / 2
        t.draw_icon(painter, self._name, self._token, QRectF(off, off, self._size, self._size))


class Progress(QWidget):
    """A bar that glides to its value within 200 ms; `set_share` takes 0 to 1."""

    def __init__(self, share: float = 0.0, token: str = "accent", *, height: int = 6, name: str = "") -> None:
        super().__init__()
        self._shown, self._token = share, token
        self._glide = QVariantAnimation(self)
        # None at all where the system is told to animate nothing.
        self._glide.setDuration(min(200, self.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration)))
        self._glide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._glide.valueChanged.connect(self._show)
        self.setFixedHeight(height)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_share(self, share: float, token: str = "") -> None:
        """Go to a value; a smaller one than before is shown at once."""
        self._token = token or self._token
        self.setAccessibleDescription(f"{int(share * 100)} %")
        self._glide.stop()
        if share <= self._shown or not self.isVisible():
            self._show(share)
            return
        self._glide.setStartValue(self._shown)
        self._glide.setEndValue(share)
        self._glide.start()

    def _show(self, share: float) -> None:
        self._shown = share
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        """Track and bar."""
        bar(smooth(QPainter(self)), QRectF(self.rect()), self._shown, self._token)


class Stack(QWidget):
    """One bar in parts, each (share 0 to 1, token): what is done, waits, failed. The words stand beside it."""

    def __init__(self, parts: Sequence[tuple[float, str]] = (), *, height: int = 8) -> None:
        super().__init__()
        self._parts = tuple(parts)
        self.setFixedHeight(height)

    def set_parts(self, parts: Sequence[tuple[float, str]]) -> None:
        """Other parts."""
        self._parts = tuple(parts)
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        """The track and its parts."""
        t, painter, whole = theme.of(), smooth(QPainter(self)), QRectF(self.rect())
        clip = QPainterPath()
        clip.addRoundedRect(whole, whole.height() / 2, whole.height() / 2)
        painter.setClipPath(clip)
        painter.fillRect(whole, t.mixed("text", "paper", 0.13))
        x = 0.0
        for share, token in self._parts:
            width = whole.width() * share
            if width > 0:
                painter.fillRect(QRectF(x, 0, max(width - 2, 2), whole.height()), t.colour(token))
            x += width


def initials(untrusted_name: str) -> str:
    """At most two letters: of the first and of the last word that begins with a letter."""
    letters = [word[0].upper() for word in untrusted_name.split() if word[0].isalpha()]
    return "".join(letters[:1] + letters[1:][-1:]) or "?"


def badge(painter: QPainter, at: QPointF, text: str, token: str, ground: str) -> None:
    """A count on a round ground, its left upper corner `at`; `ground` is the token of what lies around it."""
    t = theme.of()
    spot = QRectF(at.x(), at.y(), max(17, text_width(text, CAPTION, bold=True) + 9), 17)
    painter.setPen(QPen(t.colour(ground), 2))
    painter.setBrush(t.colour(token))
    painter.drawRoundedRect(spot, 8.5, 8.5)
    write(painter, spot, text, "on_accent" if token == "accent" else "paper", CAPTION, bold=True, align=CENTRE)
