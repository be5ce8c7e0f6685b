"""Keeps selection and current row when another view of a listing takes the place of one; it shows no view itself.

Numbers of rows are read from the view that goes, places from the one that is on show, both off the UI thread.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QObject, Signal

from download_client.engine import Span, View
from download_client.errors import MirError
from ui.session import Session
from ui.tables.rows_model import RowsModel
from ui.tables.rows_view import RowsView


@dataclass(slots=True)
class _Kept:
    view: View[Any]
    spans: list[Span]
    here: list[int]
    everything: bool
    numbers: list[int] = field(default_factory=list)


class Keeper(QObject):
    """`take` before another view is shown, `bring` after. `ended`: it is done, whether or not rows were found again."""

    ended = Signal()

    def __init__(self, session: Session, model: RowsModel[Any], rows: RowsView, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._model = model
        self._rows = rows
        self._taken: _Kept | None = None
        self._at_work: list[_Kept] = []

    @property
    def active(self) -> bool:
        """Rows are not found again yet: nothing that depends on them can be done."""
        return self._taken is not None or bool(self._at_work)

    def take(self, *, all_stays: bool) -> None:
        """Remember what is selected. `all_stays`: where everything is, everything of the other view will be."""
        view, spans, row = self._model.view, self._rows.spans(), self._rows.current_row()
        self._taken = None
        if view is not None and (spans or row is not None):
            everything = all_stays and spans == [Span(0, view.count)]
            self._taken = _Kept(view, [] if everything else spans, [row.number] if row is not None else [], everything)

    def bring(self) -> bool:
        """Find it in the view that is on show now; answers whether the view before will be closed here."""
        kept, self._taken = self._taken, None
        if kept is None:
            return False
        if kept.everything:
            self._rows.selectAll()
        self._at_work.append(kept)

        def read() -> None:
            try:
                kept.numbers.extend(kept.view.numbers(kept.spans) if kept.spans else [])
            finally:
                kept.view.close()

        self._session.bridge.ask(
            lambda _: read(), then=lambda _: self._find(kept), sorry=lambda _: self._end(kept), owner=self
        )
        return True

    def drop(self) -> None:
        """Another archive, or another search: nothing of the one before is in it."""
        self._taken = None
        self._at_work.clear()

    def _find(self, kept: _Kept) -> None:
        view = self._model.view
        if view is None or kept not in self._at_work:
            self._end(kept)
            return

        def then(found: tuple[list[int], list[int]]) -> None:
            if view is not self._model.view:
                self._find(kept)  # another one has taken its place meanwhile
                return
            positions, here = found
            if not self._rows.spans():
                self._rows.select_positions(positions, current=here[0] if here else None)
            elif kept.everything and here:
                self._rows.go_to(here[0])
            self._end(kept)

        def sorry(_: MirError) -> None:
            # A view that was closed meanwhile: the one on show is asked, if there is another.
            if view is not self._model.view:
                self._find(kept)
            else:
                self._end(kept)

        self._session.bridge.ask(
            lambda _: (view.positions(kept.numbers), view.positions(kept.here)), then=then, sorry=sorry, owner=self
        )

    def _end(self, kept: _Kept) -> None:
        if kept in self._at_work:
            self._at_work.remove(kept)
            self.ended.emit()
