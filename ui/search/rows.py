"""Names at the left, fields at the right, and under a field what is wrong with it; it checks nothing itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from ui.theme import SMALL, measures, text_width
from ui.widgets import Glyph, box, column, label, row, set_wrong

_LEAST, _MOST = 62, 96
_NEAR = Qt.AlignmentFlag.AlignTop


class Row:
    """A field with its name: shown and hidden as one, and told what is wrong with it. `cell` is to be laid out.

    The words under it are made when something is wrong for the first time: hardly ever.
    """

    def __init__(self, field: QWidget, parts: Sequence[QWidget] = (), *, name: QLabel | None = None) -> None:
        self.cell = column(field, gap=4)
        self._field = field
        self._parts = tuple(parts) or (field,)
        self._name = name
        self._error: QWidget | None = None
        self._words: QLabel | None = None
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
        if wrong and self._error is None:
            self._words = label("", SMALL, tone="danger", wrap=True)
            sign = column(1, Glyph("triangle-alert", "danger", 14), None, gap=0)
            self._error = box(row(sign, (self._words, 1), gap=6))
            self.cell.addWidget(self._error)
        if self._error is not None and self._words is not None:
            self._words.setText(wrong)
            self._error.setVisible(bool(wrong) and not self._field.isHidden())

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
        if self._name is not None:
            self._name.setVisible(shown)
        self._field.setVisible(shown)
        if self._error is not None:
            self._error.setVisible(shown and bool(self._wrong))


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
        name.setMinimumHeight(measures.FIELD)
        name.setBuddy(parts[0] if parts else field)
        made = Row(field, parts, name=name)
        if not parts:
            field.setAccessibleName(spoken or word)
        self.addWidget(name, at, 0, _NEAR)
        self.addLayout(made.cell, at, 1)
        return made


def name_width(words: Sequence[str]) -> int:
    """How wide the names must be: 62 px, up to 96 for languages with longer words."""
    return max(_LEAST, min(_MOST, max(text_width(word, SMALL) + 2 for word in words)))
