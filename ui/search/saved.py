"""Saved searches at hand (F5): the last 24 hours and the first few as pills, the others in a menu; also offline.

It reads and deletes them through the engine and keeps none: what the service has is so.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSizePolicy, QWidget

from download_client.engine import Engine
from download_client.errors import MirError
from download_client.model import AccessLevel, Criteria, SavedSearch
from ui import theme
from ui.session import Session
from ui.widgets import button, clear, fill, pill

_LONGEST = 28
"""Signs of a name that a pill shows."""
_GAP = 2


class SavedSearches(QWidget):
    """`chosen`: its criteria and its name; the pill of the last 24 hours has no name."""

    chosen = Signal(object, str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._searches: tuple[SavedSearch, ...] = ()
        self._stale = False
        self._current: str | None = None
        self._pills: list[QPushButton] = []
        self._menu = QMenu(self)
        self.more = button(self.tr("More"), kind="pill", menu=self._menu)
        self._row: QHBoxLayout = fill(QHBoxLayout(self), gap=_GAP)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Saved searches"))
        session.me_changed.connect(self.reload)
        session.offline_changed.connect(self.reload)
        self._show()
        self.reload()

    def reload(self) -> None:
        """Ask for them again; what the service cannot tell comes from the copy on this computer."""
        me = self._session.me
        if me is None or me.access_level is AccessLevel.NONE:
            self._take(((), False))
            return
        self._session.ask(Engine.searches, then=self._take, sorry=self._fail, owner=self)

    def set_current(self, name: str) -> None:
        """The search whose list is on show, by its name; empty: none of them, or the last 24 hours."""
        self._current = name
        self._mark()

    @property
    def names(self) -> tuple[str, ...]:
        """Those there are."""
        return tuple(search.name for search in self._searches)

    # --- behind

    def _take(self, found: tuple[tuple[SavedSearch, ...], bool]) -> None:
        self._searches, self._stale = found
        self._show()

    def _fail(self, _: MirError) -> None:
        """What is listed already stays: the list of conversations says what is wrong."""

    def _show(self) -> None:
        clear(self._row)
        self._pills = [self._pill("", self.tr("Last 24 hours"), Criteria())]
        for search in self._searches:
            self._pills.append(self._pill(search.name, search.name, search.criteria))
        self.more = button(self.tr("More"), kind="pill", menu=self._menu)
        for made in (*self._pills, self.more):
            self._row.addWidget(made)
        self._row.addStretch(1)
        self._mark()
        self._fit()

    def _pill(self, name: str, words: str, criteria: Criteria) -> QPushButton:
        short = words if len(words) <= _LONGEST else words[: _LONGEST - 1].rstrip() + "…"
        made = pill(short.replace("&", "&&"))
        made.setProperty("search", name)
        made.setAccessibleName(words)
        made.clicked.connect(partial(self._choose, criteria, name))
        return made

    def _choose(self, criteria: Criteria, name: str) -> None:
        self.set_current(name)
        self.chosen.emit(criteria, name)

    def _mark(self) -> None:
        for made in self._pills:
            made.setChecked(made.property("search") == self._current)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many pills as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The pills that have room, the first of them always; the others are in the menu."""
        room = self.width() - self.more.sizeHint().width() - _GAP
        hidden: list[SavedSearch] = []
        for number, made in enumerate(self._pills):
            room -= made.sizeHint().width() + _GAP
            fits = number == 0 or (room >= 0 and not hidden)
            made.setVisible(fits)
            if not fits:
                hidden.append(self._searches[number - 1])
        self._fill_menu(hidden)
        self.more.setVisible(bool(self._searches))

    def _fill_menu(self, hidden: list[SavedSearch]) -> None:
        menu = self._menu
        menu.clear()
        if self._stale:
            menu.addAction(self.tr("As they were when the service last answered")).setEnabled(False)
            menu.addSeparator()
        for search in hidden:
            entry = menu.addAction(search.name.replace("&", "&&"))
            entry.triggered.connect(partial(self._choose, search.criteria, search.name))
        if hidden:
            menu.addSeparator()
        gone = menu.addMenu(self.tr("Delete"))
        theme.of().put_icon(gone.menuAction(), "x")
        for search in self._searches:
            entry = gone.addAction(search.name.replace("&", "&&"))
            entry.triggered.connect(partial(self._delete, search.name))

    def _delete(self, name: str) -> None:
        self._session.ask(lambda engine: engine.delete_search(name), then=lambda _: self.reload(), owner=self)
