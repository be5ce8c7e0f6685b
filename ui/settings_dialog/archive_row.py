"""Choosing the archive's folder: what is free there, what speaks against it, and a yes where it is risky."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from download_client.engine import Place
from download_client.settings import Settings, table
from ui.session import Session
from ui.settings_dialog.changes import Changes
from ui.settings_dialog.rows import PathRow
from ui.widgets import Note, button, fill, row
from ui.words import errors, numbers, risks


class ArchiveRow(QWidget):
    """The folder's row; below it a note with a question while a risky folder waits for a yes."""

    def __init__(self, session: Session, changes: Changes) -> None:
        super().__init__()
        self._session = session
        self._changes = changes
        self._asked: Path | None = None
        self.path = PathRow(
            table.ARCHIVE_FOLDER,
            changes,
            title=self.tr("Archive folder"),
            about=" ",
            wanted=self.tr("Wanted is the whole path of a folder."),
            hint=self.tr("the one used last"),
            folder=True,
            take_path=self._look_at,
        )
        self.yes = button(self.tr("Use it all the same"))
        self.no = button(self.tr("Keep the old one"), kind="flat")
        self.yes.clicked.connect(self._agree)
        self.no.clicked.connect(self._decline)
        self.note = Note("shield-alert", "warn", " ", " ", self.no, self.yes)
        self._held = QWidget()
        self._held.setLayout(row(self.note, margins=(14, 0, 14, 12)))
        self._held.hide()
        fill(QVBoxLayout(self), self.path, self._held, gap=0)

    def take(self, settings: Settings) -> None:
        """Show the folder in force."""
        self.path.take(settings)
        archive = settings.get(table.ARCHIVE_FOLDER) if not self.path.complaint else None
        archive = archive or self._session.archive
        if archive is None:
            self.path.about.setText(self.tr("None was used yet. Folders that a program synchronises are risky."))
            self.path.about.show()
            return
        self._session.ask(
            lambda engine: engine.place(archive), then=self._describe, sorry=self.path.refused, owner=self
        )

    def _describe(self, place: Place) -> None:
        free = numbers.size(place.free, self._session.locale)
        if place.risks:
            words = self.tr("{size} free. {risks}").format(size=free, risks=risks.sentence(place.risks))
        elif place.error is not None:
            words = errors.title(place.error)
        else:
            words = self.tr("{size} free. Folders that a program synchronises are risky.").format(size=free)
        self.path.about.setText(words)
        self.path.about.show()

    def _look_at(self, path: Path) -> None:
        self._asked = path
        self._session.ask(lambda engine: engine.place(path), then=self._looked, sorry=self.path.refused, owner=self)

    def _looked(self, place: Place) -> None:
        if self._asked is None:
            return
        if place.risks:
            self.note.say(
                icon="shield-alert",
                tone="warn",
                title=self.tr("This folder is a risky place for an archive"),
                text=risks.sentence(place.risks),
            )
            self._held.show()
            self.no.setFocus()
        else:
            self._agree()

    def _agree(self) -> None:
        self._held.hide()
        path, self._asked = self._asked, None
        if path is not None:
            self._changes.put(table.ARCHIVE_FOLDER, path)

    def _decline(self) -> None:
        self._held.hide()
        self._asked = None
        self.path.show_value(self._session.settings)
