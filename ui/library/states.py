"""Where the list of the library would be: why there is nothing to see, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from download_client.errors import ArchiveMissing, ArchiveNewer, MirError
from ui.widgets import Empty, button
from ui.words import errors


class States(QObject):
    """Makes the empty states. `choose`: another folder; `again`: look once more; `search`: go to Conversations."""

    choose = Signal()
    again = Signal()
    search = Signal()
    reset = Signal()

    def none_chosen(self) -> QWidget:
        """No archive is known yet."""
        return Empty(
            "library",
            self.tr("There is no archive yet"),
            self.tr("The first download asks for its folder. You can also open an archive that exists."),
            self._to(self.tr("Go to Conversations"), self.search.emit, kind="primary"),
            self._to(self.tr("Choose a folder…"), self.choose.emit),
        )

    def empty(self, archive: Path) -> QWidget:
        """An archive without a recording, or a folder that becomes one with the first download."""
        text = self.tr("What you download is kept in {folder} and can be found here, also offline.")
        return Empty(
            "library",
            self.tr("The archive is empty"),
            text.format(folder=archive),
            self._to(self.tr("Go to Conversations"), self.search.emit, kind="primary"),
            self._to(self.tr("Choose another folder…"), self.choose.emit),
        )

    def nothing_found(self) -> QWidget:
        """The search in the archive finds nothing."""
        return Empty(
            "search",
            self.tr("No recording matches"),
            self.tr("Every word that you typed must be found in names, numbers, owners, groups, or file names."),
            self._to(self.tr("Show everything"), self.reset.emit),
        )

    def wrong(self, error: MirError, archive: Path) -> QWidget:
        """It cannot be opened."""
        title, text = self._said(error, archive)
        return Empty(
            "hard-drive",
            title,
            text,
            self._to(self.tr("Try again"), self.again.emit, kind="primary"),
            self._to(self.tr("Choose another folder…"), self.choose.emit),
            ground="danger_tint",
            token="danger",
        )

    def _said(self, error: MirError, archive: Path) -> tuple[str, str]:
        if isinstance(error, ArchiveMissing):
            text = self.tr(
                "{folder} cannot be found. Connect its drive or share again; nothing is made anew elsewhere."
            )
            return self.tr("The archive is not there"), text.format(folder=archive)
        if isinstance(error, ArchiveNewer):
            text = self.tr("{folder} was made by a newer version of this program. Install the newest version.")
            return self.tr("A newer version made this archive"), text.format(folder=archive)
        return errors.title(error), f"{errors.advice(error)}\n{archive}"

    def _to(self, words: str, doing: Callable[[], None], *, kind: str = "") -> QPushButton:
        made = button(words, kind=kind)
        made.clicked.connect(doing)
        return made
