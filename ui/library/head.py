"""The head and foot of the library: what the archive holds, the search in it, how it is gathered, the last check."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from download_client.engine import CheckReport, Filled, GroupBy, RecordingRow, View
from ui.library.shelf import Facts
from ui.session import Session
from ui.theme import SMALL, TITLE
from ui.widgets import Elided, Glyph, Segmented, field, fill, label, tool
from ui.words import numbers, times

_GROUPS = (GroupBy.DAY, GroupBy.PARTY, GroupBy.SEARCH)
_SEARCH_LEAST = 160
_SEARCH_MOST = 260


class Head(QWidget):
    """`group_wanted` tells a `GroupBy`."""

    group_wanted = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.facts = Elided("", tone="2")
        self.search = field(hint=self.tr("Find in the archive"), icon="search")
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(_SEARCH_LEAST)
        self.search.setMaximumWidth(_SEARCH_MOST)
        self.search.setToolTip(self.tr("Find in the archive (Ctrl+F)"))
        self.group_word = label(self.tr("Group by"), SMALL, tone="2")
        words = [self.tr("Day"), self.tr("Party"), self.tr("Search")]
        self.groups = Segmented(words, 0, name=self.tr("Group by"))
        self.groups.chosen.connect(lambda number: self.group_wanted.emit(_GROUPS[number]))
        self.columns = tool("columns-3", self.tr("Choose columns"))
        fill(
            QHBoxLayout(self),
            label(self.tr("Library"), TITLE, bold=True),
            (self.facts, 1),
            (self.search, 1),
            self.group_word,
            self.groups,
            self.columns,
            margins=(18, 14, 10, 8),
            gap=10,
        )

    def set_narrow(self, narrow: bool) -> None:
        """*Group by* loses its label."""
        self.group_word.setVisible(not narrow)

    def show_facts(self, facts: Facts, view: View[RecordingRow], *, searching: bool) -> None:
        """How many recordings there are, how large, where; or how many of them are found."""
        locale = self._session.locale
        count = self.tr("%n recording(s)", "", facts.recordings)
        if searching:
            found = self.tr("{found} of {count}  ·  {size}  ·  {folder}")
            words = found.format(
                found=numbers.count(view.count, locale),
                count=count,
                size=numbers.size(view.sums.bytes, locale),
                folder=facts.root,
            )
        else:
            words = self.tr("{count}  ·  {size}  ·  {folder}").format(
                count=count, size=numbers.size(facts.bytes, locale), folder=facts.root
            )
        self.facts.setText(words)

    def show_nothing(self, folder: Path) -> None:
        """Only the folder is known."""
        self.facts.setText(str(folder))

    def tell_filling(self, filled: Filled) -> None:
        """How far the first look at a large archive is."""
        self.facts.setText(self.tr("Reading: %n recording(s)", "", filled.rows))


class Foot(QWidget):
    """The last full check, and what is free on the archive's drive."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._shield = Glyph("shield-question-mark", "text3", 16)
        self.check = Elided("", SMALL, tone="2")
        self.free = label("", SMALL, tone="2")
        fill(QHBoxLayout(self), self._shield, (self.check, 1), self.free, margins=(18, 9, 18, 9), gap=8)

    def show_facts(self, facts: Facts) -> None:
        """Both."""
        locale = self._session.locale
        self._shield.show()
        if facts.check is None:
            self._shield.show_icon("shield-question-mark", "text3")
            self.check.setText(self.tr("Proved on arrival, no full check since") if facts.recordings else "")
        else:
            sound = facts.check.complete and not facts.damaged
            self._shield.show_icon("shield-check" if sound else "shield-alert", "ok" if sound else "warn")
            self.check.setText(self._said(facts.check, damaged=len(facts.damaged)))
        drive = Path(facts.root).drive
        size = numbers.size(facts.free, locale)
        words = self.tr("{size} free on {drive}").format(size=size, drive=drive) if drive else ""
        self.free.setText(words or self.tr("{size} free").format(size=size))

    def clear(self) -> None:
        """Nothing is known."""
        self._shield.hide()
        self.check.clear()
        self.free.clear()

    def _said(self, check: CheckReport, *, damaged: int) -> str:
        """What it found then, and how many of those that were not whole are it now."""
        session = self._session
        mended = max(0, check.looked_at - check.whole - damaged)
        when = times.moment_words(check.ended_at, session.zone, session.locale)
        form = self.tr("Last full check {when}: {whole} of {all} whole")
        if not check.complete:
            form = self.tr("Last check {when}, stopped: {whole} of {all} whole")
            if mended:
                form = self.tr("Last check {when}, stopped: {whole} of {all} whole, {mended} mended since")
        elif mended:
            form = self.tr("Last full check {when}: {whole} of {all} whole, {mended} mended since")
        whole, every = numbers.count(check.whole, session.locale), numbers.count(check.recordings, session.locale)
        return form.format(when=when, whole=whole, all=every, mended=numbers.count(mended, session.locale))
