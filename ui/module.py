"""One place of the navigation bar: what the main window must know of it, and nothing of what it shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from ui import theme
from ui.session import Session


class Module(QWidget):
    """The base of every module; made once per window, after the first frame, when it is first gone to.

    A module puts what its toolbar offers into itself with `add_tool` (text, icon by `theme.put_icon`, shortcut,
    tooltip); the window shows `actions()` in that order, separators included. Its focus proxy, where it has one, gets
    the keyboard when something that covered the window goes.
    """

    key: ClassVar[str] = ""
    """The name of the module in the program: `conversations`, `participants`, `downloads`, `library`."""
    icon: ClassVar[str] = ""
    """Of the navigation bar, by its Lucide name."""
    help_page: ClassVar[str] = ""
    """The page Module Help (F1) opens."""

    badge = Signal(int, bool)
    """How many it has to tell of (0: none), and whether one of them needs the user."""
    go = Signal(str)
    """Ask the window for another module, by its key."""
    busy = Signal(bool)
    """Something is being waited for: the window shows a thin line under the toolbar after 400 ms."""

    load_wanted = Signal(object)
    """Somebody wants to listen: a `ui.replay.wish.Wish` for the replay module."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session

    def add_tool(self, icon: str, words: str, keys: str, doing: Callable[[], object]) -> QAction:
        """An action of the toolbar, with its key wherever something of this module has the keyboard."""
        made = QAction(words, self)
        made.setShortcut(QKeySequence(keys))
        made.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        theme.of().put_icon(made, icon)
        made.triggered.connect(lambda _=False: doing())
        self.addAction(made)
        return made

    def title(self) -> str:
        """Its name for people, in their language: the word in the navigation bar."""
        raise NotImplementedError

    def focus_search(self) -> None:
        """Put the cursor where one searches here (Ctrl+F); does nothing where there is no search."""

    def fit(self, *, width: int, height: int) -> None:
        """The window has this size now: fold or open panels as the narrow rules of the looks say. May be called often.

        Breakpoints are in `ui.theme.measures` (`NARROW_DETAIL`, `NARROW_SEARCH`, `NARROW_TOOLBAR`).
        """

    def escape(self) -> bool:
        """Close the uppermost panel (Esc); False: there was none."""
        return False

    def entered(self) -> None:
        """It has become the module on show."""
