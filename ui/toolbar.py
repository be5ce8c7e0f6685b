"""The toolbar: the portal's menus General and Conversations, what the module on show offers, and the account corner."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QWidget

from ui import theme
from ui.account_corner import AccountCorner
from ui.theme import measures
from ui.widgets import ActionButton, box, button, clear, line, row

_GAP, _AROUND = 4, 64
"""Between two buttons; what lines, margins and separators take together."""


class Toolbar(QFrame):
    """Puts actions on show; it makes only those of the General menu, for the window to connect."""

    def __init__(self, account: AccountCorner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "ground")
        self.setFixedHeight(measures.TOOLBAR)
        self.setAccessibleName(self.tr("Toolbar"))
        self.search = self._action(self.tr("Search"), "search", QKeySequence("Ctrl+F"))
        self.settings = self._action(self.tr("Settings…"), "settings", QKeySequence("Ctrl+,"))
        self.general_help = self._action(self.tr("General Help"), "circle-help", QKeySequence("Shift+F1"))
        self.module_help = self._action(self.tr("Module Help"), "info", QKeySequence("F1"))
        self.leave = self._action(self.tr("Quit"), "log-out", QKeySequence("Ctrl+Q"))
        self._general = QMenu(self)
        self._general.addActions([self.search, self.settings])
        self._general.addSeparator()
        self._general.addActions([self.general_help, self.module_help])
        self._general.addSeparator()
        self._general.addAction(self.leave)
        self._conversations = QMenu(self)
        self._account = account
        self._bare = self._narrow = False
        self._buttons: list[ActionButton] = []
        self._offered: QHBoxLayout = row(gap=2)
        self._line = line(vertical=True, length=20)
        self._general_button = button(self.tr("General"), kind="flat", menu=self._general)
        self._conversations_button = button(self.tr("Conversations"), kind="flat", menu=self._conversations)
        self._key(self._general_button, self.tr("Alt+G", "key of the menu General"))
        self._key(self._conversations_button, self.tr("Alt+C", "key of the menu Conversations"))
        self.setLayout(
            row(
                self._general_button,
                self._conversations_button,
                4,
                self._line,
                4,
                box(self._offered),
                None,
                account,
                margins=(4, 0, 10, 0),
                gap=4,
            )
        )
        self.show_conversations([])
        self.show_actions([])

    def show_conversations(self, actions: Sequence[QAction]) -> None:
        """What the Conversations menu offers; without anything it is not there."""
        self._conversations.clear()
        self._conversations.addActions(list(actions))
        self._conversations_button.setVisible(bool(actions))

    def show_actions(self, actions: Sequence[QAction]) -> None:
        """What the module on show offers, in its order."""
        clear(self._offered)
        self._buttons = []
        for action in actions:
            if action.isSeparator():
                self._offered.addWidget(line(vertical=True, length=20))
                continue
            made = ActionButton(action)
            made.set_bare(self._bare)
            self._buttons.append(made)
            self._offered.addWidget(made)
        self._line.setVisible(bool(actions))
        self.fit()

    def set_narrow(self, narrow: bool) -> None:
        """The window is narrow: icons only, and the account corner is shortened."""
        self._narrow = narrow
        self._account.set_short(narrow)
        self.fit()

    def fit(self) -> None:
        """Words beside the icons as long as there is room for all of them, whatever the language."""
        menus = [made for made in (self._general_button, self._conversations_button) if made.isVisibleTo(self)]
        words = sum(made.sizeHint().width() + _GAP for made in menus) + sum(made.room + _GAP for made in self._buttons)
        bare = self._narrow or words + self._account.sizeHint().width() + _AROUND > self.width()
        if bare != self._bare:
            self._bare = bare
            for made in self._buttons:
                made.set_bare(bare)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many words as there is room for."""
        super().resizeEvent(event)
        self.fit()

    def _key(self, made: QPushButton, key: str) -> None:
        made.setShortcut(QKeySequence(key))
        made.setToolTip(f"{made.text()} ({made.shortcut().toString(QKeySequence.SequenceFormat.NativeText)})")

    def _action(self, text: str, icon: str, key: QKeySequence) -> QAction:
        made = QAction(text, self)
        made.setShortcut(key)
        theme.of().put_icon(made, icon)
        # On the toolbar itself, so that the key works while the menu is closed.
        self.addAction(made)
        return made
