"""The search panel: the criteria as a form; it searches nothing itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from download_client.model import Criteria
from ui.session import Session
from ui.theme import STRONG, measures
from ui.widgets import button, column, field, label, row


class SearchPanel(QFrame):
    """`searched`: criteria and the name of the search; `changed`: whether the form differs from the list on show."""

    searched = Signal(object, str)
    changed = Signal(bool)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "ground")
        self.setFixedWidth(measures.SEARCH_PANEL)
        self._session = session
        self._criteria = Criteria()
        self._shown = Criteria()
        self._folded = False
        self.name = field(hint=self.tr("Name of the search"))
        self.go = button(self.tr("Search"))
        self.go.clicked.connect(lambda: self.searched.emit(self.criteria(), self.name.text()))
        head = row(label(self.tr("Search"), STRONG, bold=True), None)
        self.setLayout(column(head, self.name, None, row(self.go, None), margins=(10, 10, 10, 2), gap=10))

    def criteria(self) -> Criteria:
        """What the form asks now."""
        return self._criteria

    def usual(self) -> Criteria:
        """What an empty form asks: the last 24 hours."""
        return Criteria()

    def longer(self, length: timedelta) -> Criteria:
        """The form's criteria over a longer time up to now; the form shows it."""
        self._criteria = Criteria(from_time=datetime.now(UTC) - length)
        return self._criteria

    def asked_again(self, criteria: Criteria) -> Criteria:
        """The criteria on show, their period up to now."""
        return criteria

    def set_criteria(self, criteria: Criteria, name: str = "") -> None:
        """Fill the form."""
        self._criteria = criteria
        self.name.setText(name)

    def shown_criteria(self, criteria: Criteria, name: str = "") -> None:  # noqa: ARG002
        """What the list shows now."""
        self._shown = criteria
        self.changed.emit(self._criteria != self._shown)

    def focus_first(self) -> None:
        """Into the first field."""
        self.name.setFocus()

    def set_folded(self, folded: bool) -> None:
        """Hide the form; chips over the list stand for it."""
        self._folded = folded
        self.setVisible(not folded)

    def close_over(self) -> bool:
        """Close the panel that lies over the list; False: it does not."""
        return False

    def set_place(self, sheet: QWidget) -> None:
        """The sheet it opens over while it is folded."""
        self._sheet = sheet
