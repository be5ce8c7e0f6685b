"""The plain fields of the search: one of several values, and a text to compare with; both keep what they were given."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QSizePolicy

_LONGEST: Final = 200
_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~-]{0,127}")


class ChoiceField(QComboBox):
    """`edited`: somebody chose. The wheel scrolls the panel unless the field has the focus."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._values: list[Any] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)
        self.setMaxVisibleItems(12)
        self.activated.connect(lambda _: self.edited.emit())

    def offer(self, values: Sequence[tuple[Any, str]]) -> None:
        """The values with their words; the one that is chosen stays so if it is among them, else the first is."""
        chosen = self.value if self._values else None
        self.clear()
        self._values = [value for value, _ in values]
        self.addItems([words for _, words in values])
        self.setCurrentIndex(self._values.index(chosen) if chosen in self._values else 0)

    @property
    def value(self) -> Any:
        """The one chosen."""
        return self._values[self.currentIndex()]

    @property
    def values(self) -> tuple[Any, ...]:
        """Those there are."""
        return tuple(self._values)

    def choose(self, value: Any) -> None:
        """Choose one, without telling."""
        self.setCurrentIndex(self._values.index(value))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Chooses only where it is meant."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class TextField(QLineEdit):
    """`edited`: somebody typed. `check` answers what is wrong with a text, or nothing."""

    edited = Signal()

    def __init__(self, check: Callable[[str], str], *, hint: str = "") -> None:
        super().__init__()
        self._check = check
        self._given = self._shown = ""
        self.setPlaceholderText(hint)
        self.textEdited.connect(lambda _: self.edited.emit())

    def show_text(self, text: str) -> None:
        """Show a text; it comes back as it was, unless somebody types."""
        self.setText(text)
        self.setCursorPosition(0)
        self._given, self._shown = text, self.text()

    @property
    def value(self) -> str:
        """The text, without blanks around what was typed."""
        return self._given if self.text() == self._shown else self.text().strip()

    @property
    def wrong(self) -> str:
        """What is wrong with it; empty: nothing."""
        return self._check(self.value)


def pattern_wrong(text: str) -> str:
    """What is wrong with a text to compare with."""
    if "*" in text[1:-1]:
        return QCoreApplication.translate("Search", "* can only stand at the beginning or the end.")
    if len(text) > _LONGEST:
        return QCoreApplication.translate("Search", "At most 200 signs.")
    return ""


def id_wrong(text: str) -> str:
    """What is wrong with the id of a conversation."""
    if text and _ID.fullmatch(text) is None:
        return QCoreApplication.translate("Search", "An ID has letters, digits and the signs . _ ~ - only.")
    return ""
