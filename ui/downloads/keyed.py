"""An action whose key works where one table has the focus; it does nothing itself."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from ui import theme


def keyed(owner: QObject, words: str, icon: str, key: str, does: Callable[[], None], *, keys_in: QWidget) -> QAction:
    """Without `icon` it has none, without `key` none."""
    made = QAction(words, owner)
    if icon:
        theme.of().put_icon(made, icon)
    if key:
        made.setShortcut(QKeySequence(key))
        made.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        keys_in.addAction(made)
    made.triggered.connect(lambda _: does())
    return made
