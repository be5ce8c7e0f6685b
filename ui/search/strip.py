"""The folded search over the list: a button that opens the panel, and a chip with × per criterion; it asks nothing."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from ui import theme
from ui.search.fit_row import FitRow
from ui.theme import SMALL, font
from ui.widgets import Button, button, fill, plain_tip


class Strip(QWidget):
    """`opened`: the panel is wanted. `removed`: the criterion of a chip, by its key. `reset`: all of them."""

    opened = Signal()
    removed = Signal(str)
    reset = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.search = button(
            self.tr("Search"), "sliders-horizontal", tip=self.tr("Show the search (Ctrl+F)"), snug=True
        )
        self.search.clicked.connect(self.opened)
        self._reset = button(self.tr("Reset"), kind="link", tip=self.tr("Back to the last 24 hours"))
        self._reset.clicked.connect(self.reset)
        self._row = FitRow(self._reset, gap=6)
        fill(QHBoxLayout(self), self.search, (self._row, 1), margins=(18, 0, 14, 8), gap=8)
        self.hide()

    def show_criteria(self, phrases: dict[str, str], *, usual: bool) -> None:
        """A phrase per criterion, by its key; `usual`: they are the last 24 hours, nothing can be removed."""
        self._reset.setVisible(not usual)
        self._row.show_parts([self._chip(key, words, fixed=usual) for key, words in phrases.items()])
        self.search.setAccessibleDescription(", ".join(phrases.values()))

    def _chip(self, key: str, words: str, *, fixed: bool) -> QPushButton:
        made = Button(words.replace("&", "&&"))
        made.setProperty("kind", "chip")
        made.setFont(font(SMALL))
        if fixed:
            made.clicked.connect(self.opened)
            made.setToolTip(self.tr("Show the search (Ctrl+F)"))
            made.setAccessibleName(words)
            return made
        made.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        theme.of().put_icon(made, "x", "text3", size=12, before=4)
        made.setIconSize(QSize(16, 12))
        says = self.tr("Remove “{criterion}” and search again").format(criterion=words)
        made.setToolTip(plain_tip(says))
        made.setAccessibleName(says)
        made.clicked.connect(partial(self._remove, key))
        return made

    def _remove(self, key: str, _: bool = False) -> None:
        self.removed.emit(key)
