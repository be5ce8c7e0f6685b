"""Saved searches at hand (F5): the last 24 hours and the first few as pills, all of them in a menu; also offline.

It keeps none: the shared store asks the service. Names are plain text, whatever is in them.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QMenu, QPushButton, QWidget

from download_client.model import Criteria, SavedSearch
from ui import theme
from ui.help_key import help_key
from ui.search.fit_row import FitRow
from ui.search.periods import Period
from ui.search.store import SearchStore
from ui.search.words import one_line, period_words
from ui.session import Session
from ui.theme import BODY, STRONG, font
from ui.widgets import Glyph, button, column, fill, label, line, pill, row

_LONGEST = 28
"""Signs of a name that a pill shows."""


class SavedSearches(QWidget):
    """`chosen`: criteria, their period up to now, and the search's name; the last 24 hours have no name."""

    chosen = Signal(object, str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = SearchStore.of(session)
        self._session = session
        self._current: str | None = None
        self._pills: list[tuple[QPushButton, str]] = []
        self.menu = QMenu(self)
        self.menu.aboutToShow.connect(self._fill_menu)
        self.more = button(self.tr("More"), kind="pill", menu=self.menu)
        self._row = FitRow(self.more, gap=2)
        self.question: DeleteQuestion | None = None
        fill(QHBoxLayout(self), (self._row, 1), gap=0)
        self.setAccessibleName(self.tr("Saved searches"))
        self._store.changed.connect(self._show)
        theme.of().changed.connect(self._mark)
        self._show()

    def reload(self) -> None:
        """Ask for them again; what the service cannot tell comes from the copy on this computer."""
        self._store.reload()

    def set_current(self, name: str, criteria: Criteria | None = None) -> None:
        """The search whose list is on show, by its name; without one it is the last 24 hours, or none of them."""
        plain = criteria is None or criteria == Criteria()
        self._current = name or ("" if plain else None)
        self._mark()

    @property
    def names(self) -> tuple[str, ...]:
        """Those there are."""
        return tuple(search.name for search in self._store.searches)

    # --- behind

    def _show(self) -> None:
        self._pills = [(self._pill(period_words(Period.LAST_24_HOURS), None), "")]
        for search in self._store.searches:
            self._pills.append((self._pill(search.name, search), search.name))
        stale = self._store.stale
        self.more.setVisible(bool(self._store.searches) or stale)
        theme.of().put_icon(
            self.more,
            "cloud-off" if stale else "chevron-down",
            "warn" if stale else "text3",
            size=14,
            before=4,
        )
        says = self._stale_words() if stale else self.tr("All saved searches")
        self.more.setToolTip(says)
        self.more.setAccessibleDescription(says)
        self._mark()
        self._row.show_parts([made for made, _ in self._pills], least=1)

    def _stale_words(self) -> str:
        return self.tr("The service cannot be reached: these are the saved searches as last seen")

    def _pill(self, untrusted_words: str, search: SavedSearch | None) -> QPushButton:
        words = one_line(untrusted_words)
        short = words if len(words) <= _LONGEST else words[: _LONGEST - 1].rstrip() + "…"
        made = pill(_plain(short))
        made.setAccessibleName(words)
        made.clicked.connect(partial(self._choose, search))
        return made

    def _choose(self, search: SavedSearch | None, _: bool = False) -> None:
        self._mark()  # a pill that is clicked is checked by Qt; which is on show the list will say
        if search is None:
            self.chosen.emit(Criteria(), "")
        else:
            self.chosen.emit(self._store.mean(self._store.form_of_saved(search)), search.name)

    def _mark(self) -> None:
        for made, name in self._pills:
            on = name == self._current
            made.setChecked(on)
            made.setFont(font(BODY, bold=on))  # another scheme gives widgets back the font they had when it was new

    def _fill_menu(self) -> None:
        menu, searches = self.menu, self._store.searches
        menu.clear()
        if self._store.stale:
            menu.addAction(self._stale_words()).setEnabled(False)
            menu.addAction(self.tr("Ask again")).triggered.connect(lambda _=False: self.reload())
            menu.addSeparator()
        for search in searches:
            entry = menu.addAction(_plain(one_line(search.name)))
            entry.setCheckable(True)
            entry.setChecked(search.name == self._current)
            entry.triggered.connect(partial(self._choose, search))
        if searches:
            menu.addSeparator()
            gone = menu.addMenu(self.tr("Delete"))
            gone.setEnabled(not self._store.stale)
            for search in searches:
                entry = gone.addAction(_plain(one_line(search.name)) + "…")
                entry.triggered.connect(partial(self._ask_before_deleting, search.name))

    def _ask_before_deleting(self, name: str, _: bool = False) -> None:
        self.question = DeleteQuestion(name, self.window())
        help_key(self.question, lambda: self._session.help_wanted.emit("conversations"))
        self.question.accepted.connect(partial(self._store.delete, name))
        self.question.open()


class DeleteQuestion(QDialog):
    """Whether a saved search is to be deleted; the way back is the default. Shown with `open()`."""

    def __init__(self, untrusted_name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Delete saved search"))
        name = one_line(untrusted_name)
        title = label(self.tr("Delete the saved search “{name}”?").format(name=name), STRONG, bold=True, wrap=True)
        text = label(
            self.tr("It goes from the portal too, where it is shared. Conversations and the archive stay as they are."),
            wrap=True,
        )
        text.setMinimumWidth(360)
        self.keep = button(self.tr("Keep it"))
        self.delete = button(self.tr("Delete"), kind="danger")
        self.keep.setDefault(True)
        self.keep.clicked.connect(self.reject)
        self.delete.clicked.connect(self.accept)
        says = column(title, text, None, gap=8)
        sign = column(Glyph("bookmark", "accent", 24, ground="tint", pad=12), None)
        body = row(sign, (says, 1), margins=(24, 20, 24, 18), gap=18)
        foot = row(None, self.delete, self.keep, margins=(24, 14, 24, 16), gap=8)
        self.setLayout(column((body, 1), line(), foot, gap=0))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.keep.setFocus()


def _plain(words: str) -> str:
    """Words for a button or a menu, where & would mark a key."""
    return words.replace("&", "&&")
