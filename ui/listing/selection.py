"""What is selected in a listing: carried whole from one view into the next, and summed up in the bar."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal

from download_client.engine import Span, Sums, View
from download_client.errors import MirError
from ui.listing.selection_bar import SelectionBar
from ui.session import Session
from ui.tables import RowsModel, RowsView


class Selection(QObject):
    """Of one table. `settled` tells that a selection has been found again, or that there was none to find."""

    settled = Signal()

    def __init__(
        self, session: Session, table: RowsView, model: RowsModel[Any], bar: SelectionBar, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._table = table
        self._model = model
        self._bar = bar
        self._carrying = 0
        bar.everything.connect(self.everything)
        bar.nothing.connect(table.clearSelection)

    @property
    def is_settled(self) -> bool:
        """What is selected is what was meant: nothing is being carried over just now."""
        return not self._carrying

    def everything(self) -> None:
        """Every row of the list, not only those that are read."""
        self._table.selectAll()

    def replace(self, old: View[Any] | None, new: View[Any], spans: list[Span], *, current: int | None) -> None:
        """Another view is on show: select in it what was selected in the `old` one, which is closed then.

        `current` is the number of the row on which the keyboard was.
        """
        if old is None:
            return
        everything = spans == [Span(0, old.count)]
        if everything:
            self.everything()
        chosen = [] if everything else spans
        self._carrying += 1

        def work() -> tuple[list[int], list[int]]:
            try:
                numbers = old.numbers(chosen) if chosen else []
                return new.positions(numbers), new.positions([current] if current is not None else [])
            finally:
                old.close()

        def then(found: tuple[list[int], list[int]]) -> None:
            positions, here = found
            if new is self._model.view and not self._table.spans():
                self._table.select_positions(positions, current=here[0] if here else None)
            self._settle()

        # Where the view has gone meanwhile there is nothing to select in it.
        self._session.bridge.ask(lambda _: work(), then=then, sorry=lambda _: self._settle(), owner=self)

    def _settle(self) -> None:
        self._carrying -= 1
        self.settled.emit()

    def show_sums(self) -> None:
        """The bar says how much is selected; it hides where nothing is."""
        view, spans = self._model.view, self._table.spans()
        if view is None or not spans:
            self._bar.hide()
            return

        def then(sums: Sums) -> None:
            if view is self._model.view and spans == self._table.spans():
                self._bar.show_sums(sums, of=view.count)

        def sorry(error: MirError) -> None:
            if view is self._model.view:
                self._session.show_error.emit(error)

        self._session.bridge.ask(lambda _: view.selected(spans), then=then, sorry=sorry, owner=self)
