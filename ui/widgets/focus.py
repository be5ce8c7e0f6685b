"""Whether a painted widget shows that it has the focus: the keyboard brought it there, not a click or the start."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent

_KEYS = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
_BACK = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)


class Ring:
    """Told of every `focusInEvent` and `focusOutEvent`; `shown` while the ring is to be painted."""

    def __init__(self) -> None:
        self.shown = False
        self._before = False

    def take(self, event: QFocusEvent) -> None:
        """The focus has come or gone; what comes back from another window or a menu is as it was."""
        if event.lostFocus():
            self._before, self.shown = self.shown, False
        else:
            self.shown = event.reason() in _KEYS or (event.reason() in _BACK and self._before)
