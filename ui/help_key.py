"""F1 in what lies over the main window: a dialog, or the page of the sign-in; there the window's own key is not heard.

It opens nothing itself.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


def help_key(widget: QWidget, ask: Callable[[], object]) -> None:
    """Call `ask` when F1 is pressed while `widget`, or anything in it, has the keyboard."""
    QShortcut(QKeySequence(QKeySequence.StandardKey.HelpContents), widget).activated.connect(ask)
