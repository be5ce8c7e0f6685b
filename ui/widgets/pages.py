"""A list, or in its place what explains that there is nothing to see; it decides neither."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget


class Pages(QStackedWidget):
    """Shows `main`, unless a state stands in its place."""

    def __init__(self, main: QWidget) -> None:
        super().__init__()
        self._main = main
        self._state: QWidget | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.addWidget(main)

    def put(self, state: QWidget | None) -> None:
        """Show a state, which belongs to this from now on; None: the list. The state before is deleted.

        Where that one had the keyboard, the list has it then, not whatever Qt finds next to it.
        """
        old, self._state = self._state, state
        focused = self.window().focusWidget()
        held = old is not None and focused is not None and old.isAncestorOf(focused)
        if state is not None:
            self.addWidget(state)
        self.setCurrentWidget(state or self._main)
        if old is not None:
            self.removeWidget(old)
            old.deleteLater()
        if held and state is None:
            self._main.setFocus()
