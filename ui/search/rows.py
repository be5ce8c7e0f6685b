"""Names at the left, fields at the right, and under a field what is wrong with it; it checks nothing itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from ui.theme import SMALL, text_width
from ui.widgets import Glyph, box, column, label, row, set_wrong

_LEAST, _MOST = 62, 96
_NEAR = Qt.AlignmentFlag.AlignTop


class Row:
    """One name with its field: shown and hidden as one, and told what is wrong with it."""

    def __init__(self, name: QLabel, field: QWidget, parts: Sequence[QWidget]) -> None:
        self.name = name
        self.field = field
        self._parts = tuple(parts)
        self._words = label("", SMALL, tone="danger", wrap=True)
        glyph = Glyph("triangle-alert", "danger", 14)
        self.error = box(row(column(1, glyph, None, gap=0), (self._words, 1), gap=6))
        self.error.hide()
        self._wrong = ""

    @property
    def wrong(self) -> str:
        """What is wrong with it; empty: nothing."""
        return self._wrong

    def say(self, wrong: str, at: QWidget | None = None) -> None:
        """Say what is wrong, at one of its fields; empty: nothing is."""
        self._wrong = wrong
        for part in self._parts:
            here = bool(wrong) and part is (at or self._parts[0])
            set_wrong(part, here)
            part.setAccessibleDescription(wrong if here else "")
        self._words.setText(wrong)
        self.error.setVisible(bool(wrong) and not self.field.isHidden())

    def when_left(self, call: Callable[[Row], None]) -> None:
        """Call it with this row whenever somebody has typed in it and goes on."""
        for part in self._parts:
            if isinstance(part, QLineEdit):
                part.editingFinished.connect(lambda: call(self))

    def focus(self) -> None:
        """The cursor into what is wrong."""
        wrong = next((part for part in self._parts if part.property("wrong") == "true"), self._parts[0])
        wrong.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_shown(self, shown: bool) -> None:
        """Show or hide it, with its name."""
        self.name.setVisible(shown)
        self.field.setVisible(shown)
        self.error.setVisible(shown and bool(self._wrong))


class Rows(QGridLayout):
    """Rows of one group of criteria. All groups of a panel share the `width` of the names."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self._width = width
        self.setContentsMargins(0, 0, 0, 0)
        self.setHorizontalSpacing(8)
        self.setVerticalSpacing(4)
        self.setColumnStretch(1, 1)

    def add(self, word: str, field: QWidget, *parts: QWidget, spoken: str = "") -> Row:
        """A row. `parts`: what is typed in, if the field is several; `spoken`: its name where the word is short."""
        at = self.rowCount()
        name = label(word, SMALL, tone="2", wrap=True)
        name.setFixedWidth(self._width)
        name.setBuddy(parts[0] if parts else field)
        made = Row(name, field, parts or (field,))
        if not parts:
            field.setAccessibleName(spoken or word)
        self.addWidget(name, at, 0)
        self.addWidget(field, at, 1)
        self.addWidget(made.error, at + 1, 1, _NEAR)
        return made


def name_width(words: Sequence[str]) -> int:
    """How wide the names must be: 62 px, up to 96 for languages with longer words."""
    return max(_LEAST, min(_MOST, max(text_width(word, SMALL) + 2 for word in words)))
