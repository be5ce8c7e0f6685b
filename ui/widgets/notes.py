"""What is said in the place where something else would be: tinted notes at the top of a sheet, and empty states."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.theme import BODY, SMALL, TITLE
from ui.widgets.labels import label, set_property
from ui.widgets.layouts import column, fill, row
from ui.widgets.meters import Glyph


class Note(QFrame):
    """A tinted band: icon, title, one line, its buttons at the right. `tone`: `warn`, `danger`, `ok`, `accent`, empty.

    For what lasts (retention, damage, offline); it is part of the sheet, not on top of it.
    """

    def __init__(self, icon: str = "info", tone: str = "", title: str = "", text: str = "", *buttons: QWidget) -> None:
        super().__init__()
        self.setProperty("role", "note")
        self._glyph = Glyph(icon, tone or "text2", 18)
        self._title = label(title, BODY, bold=True, wrap=True)
        self._text = label(text, SMALL, tone="2", wrap=True)
        words = column(self._title, self._text, gap=2)
        self._row: QHBoxLayout = row(self._glyph, (words, 1), *buttons, margins=(14, 9, 10, 9), gap=12)
        self.setLayout(self._row)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.say(icon=icon, tone=tone, title=title, text=text)

    def say(self, *, icon: str, tone: str, title: str, text: str = "") -> None:
        """Say something else."""
        set_property(self, "tone", tone)
        self._glyph.show_icon(icon, tone or "text2")
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)


class Empty(QWidget):
    """Where a list would be: round icon, title, at most three lines, up to two buttons, a little above the middle.

    `below`: small words under the buttons.
    """

    def __init__(
        self,
        icon: str,
        title: str,
        text: str,
        *buttons: QWidget,
        ground: str = "tint",
        token: str = "accent",
        width: int = 460,
        below: QLayout | None = None,
    ) -> None:
        super().__init__()
        centre = Qt.AlignmentFlag.AlignCenter
        middle = Qt.AlignmentFlag.AlignHCenter
        self._title = label(title, TITLE, bold=True, wrap=True, align=centre)
        self._text = _Block(text, width)
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 24, 24, 24)
        box.setSpacing(0)
        box.addStretch(4)
        if icon:
            box.addWidget(Glyph(icon, token, 30, ground=ground, pad=20), 0, middle)
            box.addSpacing(18)
        box.addWidget(self._title)
        box.addSpacing(8)
        box.addWidget(self._text, 0, middle)
        if buttons:
            box.addSpacing(20)
            box.addLayout(fill(QHBoxLayout(), None, *buttons, None, gap=10))
        if below is not None:
            box.addSpacing(16)
            box.addLayout(below)
        box.addStretch(5)

    def say(self, *, title: str, text: str) -> None:
        """Say something else."""
        self._title.setText(title)
        self._text.setText(text)


class _Block(QLabel):
    """Centred lines of a given width at most, as high as they need."""

    def __init__(self, text: str, width: int) -> None:
        super().__init__(text)
        made = label()
        self.setTextFormat(made.textFormat())
        self.setFont(made.font())
        self.setProperty("tone", "2")
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFixedWidth(width)
        self.setMinimumHeight(self.heightForWidth(width))

    def setText(self, text: str) -> None:
        """Other lines, perhaps more of them: a layout does not ask a centred label how high it must be."""
        super().setText(text)
        self.setMinimumHeight(self.heightForWidth(self.width()))
