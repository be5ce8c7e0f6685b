"""From a listing to a run: makes the request and has it looked at before anything starts; it begins no run itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from download_client.engine import PullRequest, Span, View
from download_client.model import Criteria
from ui.downloading import DownloadDialog
from ui.search.store import SearchStore
from ui.search.words import in_short
from ui.session import Session

_BETWEEN = "  ·  "
_PHRASES = 3
"""Criteria that stand in a name."""


class Downloading(QObject):
    """Opens the dialog that stands before a download."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._widget = parent

    def some(self, view: View[Any], spans: list[Span]) -> None:
        """The conversations of these rows."""

        def then(ids: tuple[str, ...]) -> None:
            request = PullRequest(archive=self._archive(), conversations=ids)
            self._open(request, self.tr("Selection of %n", "", len(ids)), view, spans)

        self._session.bridge.ask(
            lambda _: tuple(view.conversation_ids(spans)), then=then, sorry=self._session.show_error.emit, owner=self
        )

    def all(self, criteria: Criteria, name: str, *, view: View[Any] | None = None) -> None:
        """Everything a search finds; `name` is that of a saved one, `view` all of it, if all of it is on show."""
        request = PullRequest(archive=self._archive(), criteria=criteria, name=name)
        spans = [Span(0, view.count)] if view is not None else []
        self._open(request, name or self._in_short(criteria), view, spans)

    def _in_short(self, criteria: Criteria) -> str:
        """A search without a name is called by what it asks for: its period first."""
        session, store = self._session, SearchStore.of(self._session)
        phrases = in_short(
            store.form_of(criteria), store=store, me=session.me, locale=session.locale, zone=session.zone
        )
        return _BETWEEN.join(list(phrases.values())[:_PHRASES])

    def _open(self, request: PullRequest, name: str, view: View[Any] | None, spans: list[Span]) -> None:
        dialog = DownloadDialog(self._session, request, name=name, view=view, spans=spans, parent=self._widget.window())
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _archive(self) -> Path:
        """The archive that is meant; an empty path where none is known yet: the dialog asks."""
        return self._session.archive or Path()
