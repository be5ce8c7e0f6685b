"""What is selected: how many, how long, how large, and the step from a page's selection to all of the search."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from download_client.engine import Sums
from download_client.errors import MirError
from ui.session import Session
from ui.tables import RowsModel, RowsView
from ui.widgets import Elided, button, fill, label
from ui.words import numbers, times


class SelectionBar(QFrame):
    """`everything`: select all there is. `nothing`: select none."""

    everything = Signal()
    nothing = Signal()

    def __init__(self, session: Session, *, rows_are_calls: bool) -> None:
        super().__init__()
        self._session = session
        self._counts = rows_are_calls
        self.setProperty("role", "strip")
        self.count = label("", bold=True)
        self.facts = Elided("", tone="2")
        self.all = button("", kind="link", tip=self.tr("Select everything in this list (Ctrl+A)"))
        self.all.clicked.connect(self.everything)
        self.clear = button(self.tr("Clear"), kind="link", tip=self.tr("Select nothing (Ctrl+Shift+A)"))
        self.clear.clicked.connect(self.nothing)
        fill(QHBoxLayout(self), self.count, (self.facts, 1), self.all, self.clear, margins=(14, 6, 8, 6), gap=12)
        self.hide()

    def sum_up(self, model: RowsModel[Any], table: RowsView) -> None:
        """Find out what is selected now; it hides where nothing is."""
        view, spans = model.view, table.spans()
        if view is None or not spans:
            self.hide()
            return

        def then(sums: Sums) -> None:
            if view is model.view and spans == table.spans():
                self.show_sums(sums, of=view.count)

        def sorry(error: MirError) -> None:
            # A view that is not on show any more was closed meanwhile: nobody's affair.
            if view is model.view:
                self._session.show_error.emit(error)

        self._session.bridge.ask(lambda _: view.selected(spans), then=then, sorry=sorry, owner=self)

    def show_sums(self, sums: Sums, *, of: int) -> None:
        """`of` rows could be selected."""
        locale = self._session.locale
        self.count.setText(self.tr("{count} selected").format(count=numbers.count(sums.rows, locale)))
        said = [times.duration(sums.seconds)]
        if self._counts:
            # Several participations are of one conversation, whose files would count each time.
            said.append(numbers.size(sums.bytes, locale))
        if sums.here and self._counts:
            said.append(self.tr("{count} in the archive already").format(count=numbers.count(sums.here, locale)))
        self.facts.setText("  ·  ".join(said))
        self.all.setText(self.tr("Select all {count}").format(count=numbers.count(of, locale)))
        self.all.setVisible(sums.rows < of)
        self.setVisible(sums.rows > 0)
