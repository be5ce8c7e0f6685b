"""The one sentence of a listing: how many, how large, how much of it is missing, as of when; and its primary button."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from download_client.engine import Filled, Presences
from ui.session import Session
from ui.theme import TITLE, text_width
from ui.widgets import Elided, button, field, fill, label, set_kind, tool
from ui.words import numbers, times

_FIND_MOST = 220
_BESIDE = 52
"""Icon and margins of a field beside its words."""


class Head(QWidget):
    """`quick`, `columns` and `refresh` are laid out by the module, beside the saved searches.

    `download_all`, `again`, `narrowed` (the words of the quick filter) tell what is wanted.
    """

    download_all = Signal()
    again = Signal()
    narrowed = Signal(str)

    def __init__(self, session: Session, *, rows_are_calls: bool) -> None:
        super().__init__()
        self._session = session
        self._primary = True
        self._counts = rows_are_calls
        self.sentence = label("", TITLE, bold=True)
        self.facts = Elided("", tone="2")
        self.quick = field(hint=self.tr("Find in this list"), icon="search")
        self.quick.setClearButtonEnabled(True)
        asked = text_width(self.quick.placeholderText()) + _BESIDE
        self.quick.setMinimumWidth(asked)
        self.quick.setMaximumWidth(max(_FIND_MOST, asked))
        self.quick.setToolTip(self.tr("Find in this list (Ctrl+Shift+F)"))
        self.quick.textChanged.connect(self.narrowed)
        self.columns = tool("columns-3", self.tr("Choose columns"))
        self.refresh = tool("refresh-cw", self.tr("Ask the service again (F5)"))
        self.refresh.clicked.connect(self.again)
        self.download = button("", "download", "primary", tip=self.tr("Download everything this search finds"))
        self.download.clicked.connect(self.download_all)
        self.download.setVisible(False)
        fill(
            QHBoxLayout(self),
            self.sentence,
            (self.facts, 1),
            self.download,
            margins=(18, 4, 12, 8),
            gap=8,
        )

    def show_facts(self, sentence: str, filled: Filled, presences: Presences, *, size: int, shown: int | None) -> None:
        """`shown` rows are left by the quick filter; None: all are shown."""
        locale, zone = self._session.locale, self._session.zone
        self.sentence.setText(sentence)
        said = []
        if shown is not None:
            said.append(self.tr("{count} shown").format(count=numbers.count(shown, locale)))
        if not filled.complete:
            if filled.total is not None and filled.total > filled.rows:
                form = self.tr("{here} of them read")
                said.append(form.format(here=numbers.count(filled.rows, locale)))
        elif filled.rows and self._counts:
            said.append(numbers.size(size, locale))
        # Several participations are of one conversation, which would count each time.
        if presences.missing and filled.complete and self._counts:
            form = self.tr("{count} not in the archive")
            said.append(form.format(count=numbers.count(presences.missing, locale)))
        if filled.as_of is not None:
            said.append(self.tr("as of {time}").format(time=times.clock(filled.as_of, zone, seconds=False)))
        if filled.refused:
            said.append(self.tr("%n could not be read", "", filled.refused))
        self.facts.setText("  ·  ".join(said))
        count = filled.total if filled.total is not None else filled.rows
        counted = self.tr("Download all {count}…").format(count=numbers.count(count, locale))
        self.download.setText(counted if self._counts else self.tr("Download all…"))
        self.download.setVisible(count > 0)

    def clear(self) -> None:
        """Nothing is known yet."""
        self.sentence.clear()
        self.facts.clear()
        self.download.hide()

    def set_primary(self, primary: bool) -> None:
        """Another button of the window is the way on now: the search's, while its criteria differ."""
        if primary != self._primary:
            self._primary = primary
            set_kind(self.download, "primary" if primary else "", icon="download")
