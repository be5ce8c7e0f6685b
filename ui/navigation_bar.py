"""The navigation bar at the left: one button per module, Settings and Help at the bottom; it knows no module."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFrame, QWidget

from ui.places import Place
from ui.theme import measures
from ui.widgets import Mark, NavButton, column, row


class NavigationBar(QFrame):
    """`chosen` carries the key of a module. Up and Down move between the buttons, Enter and Space go there."""

    chosen = Signal(str)
    settings_wanted = Signal()
    help_wanted = Signal()

    def __init__(self, places: Sequence[Place], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "ground")
        self.setFixedWidth(measures.RAIL)
        self.setAccessibleName(self.tr("Modules"))
        self._keys = [place.key for place in places]
        self._buttons: list[NavButton] = []
        for number, place in enumerate(places):
            button = NavButton(place.icon, place.title)
            key = QKeySequence(f"Ctrl+{number + 1}").toString(QKeySequence.SequenceFormat.NativeText)
            button.setToolTip(f"{place.title} ({key})")
            # No exclusive group: there, Qt would go to a module as soon as an arrow moves past it.
            button.clicked.connect(partial(self._clicked, place.key))
            self._buttons.append(button)
        settings = NavButton("settings", self.tr("Settings"), checkable=False)
        settings.setToolTip(self.tr("Settings (Ctrl+,)"))
        settings.clicked.connect(self.settings_wanted)
        assist = NavButton("circle-help", self.tr("Help"), checkable=False)
        assist.setToolTip(self.tr("Help (F1)"))
        assist.clicked.connect(self.help_wanted)
        self.setLayout(
            column(
                row(None, Mark(32), None),
                12,
                *self._buttons,
                None,
                settings,
                assist,
                margins=(0, 12, 0, 8),
                gap=2,
            )
        )

    def show_chosen(self, key: str) -> None:
        """Mark the module on show, without telling."""
        for number, button in enumerate(self._buttons):
            button.setChecked(self._keys[number] == key)

    def set_badge(self, key: str, count: int, *, warn: bool) -> None:
        """How many things a module has to tell of (0: none); `warn`: one of them needs the user."""
        words = ""
        if count:
            words = self.tr("%n active", "", count)
            if warn:
                words = self.tr("%n active, one needs you", "", count)
        self._buttons[self._keys.index(key)].set_badge(count, warn=warn, words=words)

    def _clicked(self, key: str) -> None:
        self.show_chosen(key)
        self.chosen.emit(key)
