"""The notes above the list: what is damaged, what the service will delete, whose archive it is; they decide nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from download_client.engine import Endangered
from download_client.model import Me, local
from ui.library.findings import finding_words, missing_words, tally_words
from ui.library.shelf import Facts
from ui.session import Session
from ui.widgets import Note, button, fill
from ui.words import times

WITHIN: Final = timedelta(days=14)
"""So long before the service deletes a recording it is warned of."""


class Notes(QWidget):
    """Each is there only while it has something to say."""

    show_damage = Signal()
    fetch_again = Signal()
    list_findings = Signal()
    download = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.again = button(self.tr("Fetch again"))
        self.again.setToolTip(self.tr("Bring the damaged recordings from the service once more"))
        self.only = button(self.tr("Show"), kind="flat")
        self.list = button(self.tr("What was found"), kind="flat")
        self.get = button(" ", "download", "primary")
        self.damage = Note("triangle-alert", "danger", " ", " ", self.list, self.only, self.again)
        self.other = Note("shield-alert", "warn", " ", " ")
        self.ending = Note("shield-alert", "warn", " ", " ", self.get)
        self.gone = Note("file-x", "warn", " ", " ")
        self.again.clicked.connect(self.fetch_again)
        self.only.clicked.connect(self.show_damage)
        self.list.clicked.connect(self.list_findings)
        self.get.clicked.connect(self.download)
        self._all = (self.other, self.ending, self.damage, self.gone)
        fill(QVBoxLayout(self), *self._all, margins=(14, 2, 14, 8), gap=8)
        self.show_nothing()

    def show_nothing(self) -> None:
        """Say nothing."""
        for note in self._all:
            note.hide()
        self.hide()

    def show_facts(self, facts: Facts, *, me: Me | None) -> None:
        """What is damaged, and whether the archive is that of whoever is signed in."""
        self.gone.hide()
        self._show_damage(facts)
        other = me is not None and bool(facts.account) and me.account.account_id != facts.account
        if other:
            self.other.say(
                icon="shield-alert",
                tone="warn",
                title=self.tr("This archive belongs to another account"),
                text=self.tr(
                    "It can be looked at and checked. What you download needs an archive of your own account."
                ),
            )
        self.other.setVisible(other)
        self._settle()

    def _show_damage(self, facts: Facts) -> None:
        count, session = len(facts.damaged), self._session
        self.again.setEnabled(True)
        said = bool(count or facts.findings)
        self.damage.setVisible(said)
        self.again.setVisible(bool(count))
        self.only.setVisible(bool(count))
        self.list.setVisible(bool(facts.findings))
        if not said:
            return
        title = self.tr("%n recording(s) are damaged", "", count)
        if not count:
            title = self.tr("%n thing(s) in the archive are not as they should be", "", len(facts.findings))
        first = facts.findings[0] if facts.findings else None
        text = ""
        if first is not None:
            kinds = [finding.kind for finding in facts.findings]
            text = finding_words(first.kind) if len(set(kinds)) == 1 else tally_words(kinds, session.locale)
            if len(kinds) == 1:
                text = missing_words(first, session.locale)
            if facts.check is not None:
                day = times.date_words(facts.check.ended_at.astimezone(session.zone).date(), session.locale)
                text = self.tr("Found by the check of {day}: {what}.").format(day=day, what=text)
        self.damage.say(icon="triangle-alert", tone="danger", title=title, text=text)

    def mark_damage(self, *, shown: bool) -> None:
        """The list shows only what is damaged, or everything again."""
        self.only.setText(self.tr("Show everything") if shown else self.tr("Show"))

    def say_fetching(self) -> None:
        """What is damaged is on its way again."""
        self.again.setEnabled(False)

    def say_gone(self, file: Path) -> None:
        """A file is not where the archive says."""
        self.gone.say(
            icon="file-x",
            tone="warn",
            title=self.tr("The file is not there"),
            text=self.tr("{file}. Verify names everything that is missing.").format(file=file),
        )
        self.gone.show()
        self._settle()

    def show_ending(self, ending: Sequence[Endangered]) -> None:
        """What the service will delete before long and the archive does not hold."""
        session = self._session
        count = sum(each.recordings for each in ending)
        self.ending.setVisible(bool(count))
        if count:
            first = min(each.expires_at for each in ending)
            day = times.date_words(local(first, session.zone).date(), session.locale)
            title = self.tr(
                "%n recording(s) will be deleted by the service within 14 days and are not in the archive", "", count
            )
            text = self.tr("The first one on {day}.").format(day=day)
            self.ending.say(icon="shield-alert", tone="warn", title=title, text=text)
            self.get.setText(self.tr("Download %n", "", count))
        self._settle()

    def _settle(self) -> None:
        self.setVisible(any(not note.isHidden() for note in self._all))
