"""Before a download: how much it is, what is here already, where it goes, what it will be called; it fetches nothing.

Only its primary button puts the run at the end of the queue.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QFileDialog, QVBoxLayout, QWidget

from download_client.engine import Chosen, Engine, Outlook, PullRequest, QueuedRun, Span, View
from download_client.errors import MirError
from download_client.settings import Origin, table
from ui.help_key import help_key
from ui.session import Session
from ui.theme import SMALL, TITLE
from ui.widgets import Elided, Facts, Note, box, button, column, fill, label, row
from ui.words import errors, numbers, risks

_WIDTH = 640
_FOLDER = "MIR Archive"


class DownloadDialog(QDialog):
    """`open()` it. `request.archive` may be empty: then a folder is suggested. `started` names the run's key.

    With `view` and `spans` the figures are of those rows, and the service is not asked.
    """

    started = Signal(str)

    def __init__(
        self,
        session: Session,
        request: PullRequest,
        *,
        name: str,
        view: View[Any] | None = None,
        spans: Sequence[Span] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._request = request
        self._name = name
        self._chosen = Chosen(view, list(spans)) if view is not None else None
        self.outlook: Outlook | None = None
        self._counted: Outlook | None = None
        self.setWindowTitle(self.tr("Download"))
        self.setFixedWidth(_WIDTH)
        self.head = label(self.tr("Counting…"), TITLE, bold=True)
        self.about = label(name, tone="2", wrap=True)
        self.about.setVisible(bool(name))
        self.amount = label("")
        self.here = label("")
        self.wanted = label("")
        self.free = label("")
        self.folder = Elided("", where=Qt.TextElideMode.ElideMiddle)
        self.change = button(self.tr("Change…"), kind="link")
        self.change.setToolTip(self.tr("Choose the archive's folder"))
        self.change.clicked.connect(self._choose_folder)
        self.names = [Elided("", SMALL, tone="2") for _ in range(3)]
        self.risk = Note("shield-alert", "warn", " ", " ")
        self.accept_risk = QCheckBox(self.tr("Use this folder all the same"))
        self.accept_risk.toggled.connect(self._enable)
        self.warning = box(column(self.risk, self.accept_risk, gap=6))
        self.note = Note("triangle-alert", "danger", " ", " ")
        self.start = button(self.tr("Download"), "download", "primary")
        self.start.setDefault(True)
        self.start.clicked.connect(self._start)
        self.cancel = button(self.tr("Cancel"))
        self.cancel.clicked.connect(self.reject)
        self._lay_out()
        self.warning.hide()
        self.note.hide()
        self.cancel.setFocus()
        help_key(self, lambda: session.help_wanted.emit("downloads"))
        self._use(request.archive if request.archive != Path() else _suggested())

    def _lay_out(self) -> None:
        facts = Facts()
        facts.add(self.tr("Size"), self.amount)
        facts.add(self.tr("Already here"), self.here)
        facts.add(self.tr("To fetch"), self.wanted)
        facts.add(self.tr("Archive folder"), row((self.folder, 1), self.change))
        facts.add(self.tr("Free there"), self.free)
        self.naming = box(column(label(self.tr("Names"), SMALL, tone="3"), *self.names, gap=2))
        fill(
            QVBoxLayout(self),
            self.head,
            self.about,
            6,
            facts,
            self.naming,
            self.warning,
            self.note,
            8,
            row(None, self.cancel, self.start),
            margins=(24, 20, 24, 18),
            gap=10,
        )

    # --- where it goes

    @property
    def request(self) -> PullRequest:
        """The run as it would be begun now."""
        return replace(self._request, accept_risk=self.accept_risk.isChecked())

    def _use(self, folder: Path) -> None:
        """Look at a folder; the figures come when they are known."""
        self._request = replace(self._request, archive=folder.absolute())
        self.folder.setText(str(self._request.archive))
        self.folder.setToolTip("")
        fixed = self._session.settings.origin(table.ARCHIVE_FOLDER) is Origin.POLICY
        self.change.setVisible(not fixed)
        self.outlook = None
        self.accept_risk.setChecked(False)
        self._enable()
        request, chosen, counted = self._request, self._chosen, self._counted

        def look(engine: Engine) -> Outlook:
            if counted is None:
                # A list that was refreshed meanwhile has closed its view: then the service counts.
                if chosen is not None:
                    with suppress(MirError):
                        return engine.outlook(request, of=chosen)
                return engine.outlook(request)
            # The figures stay what they are: only the place is another one.
            place = engine.place(request.archive)
            elsewhere = replace(counted, free=place.free, risks=place.risks, new=not place.archive, missing=None)
            return elsewhere if place.archive else replace(elsewhere, here=0, bytes_here=0)

        self._session.ask(
            look, then=lambda outlook: self._show(request.archive, outlook), sorry=self._sorry, owner=self
        )

    def _choose_folder(self) -> None:
        dialog = QFileDialog(self, self.tr("Archive folder"), str(_nearest(self._request.archive)))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(lambda path: self._use(Path(path)))
        dialog.open()

    # --- what it is

    def _show(self, folder: Path, outlook: Outlook) -> None:
        if folder != self._request.archive:
            return
        self.outlook = outlook
        self._counted = self._counted or outlook
        locale = self._session.locale
        missing = outlook.conversations if outlook.missing is None else outlook.missing
        if missing:
            self.head.setText(self.tr("Download %n conversation(s)?", "", missing))
        elif outlook.conversations:
            self.head.setText(self.tr("Nothing is missing in the archive"))
        else:
            self.head.setText(self.tr("There is nothing to download"))
        self.wanted.setText(self._wanted_words(outlook))
        size = numbers.size(outlook.bytes, locale)
        if not outlook.known:
            size = self.tr("at least {size}").format(size=size) if outlook.bytes else numbers.NOTHING
        if outlook.recordings is not None:
            size = self.tr("{size} in {count}").format(
                size=size, count=self.tr("%n recording(s)", "", outlook.recordings)
            )
        self.amount.setText(size)
        self.here.setText(
            self.tr("{count}, {size}; not fetched again").format(
                count=self.tr("%n conversation(s)", "", outlook.here), size=numbers.size(outlook.bytes_here, locale)
            )
            if outlook.here
            else self.tr("What is in the archive already is not fetched again")
        )
        self.free.setText(numbers.size(outlook.free, locale))
        for line, name in zip(self.names, [*outlook.names, "", "", ""], strict=False):
            line.setText(name)
            line.setVisible(bool(name))
        self.naming.setVisible(bool(outlook.names))
        self._warn(outlook)
        self._enable()
        fit(self)
        if self.start.isEnabled():
            self.start.setFocus()
        elif self.warning.isVisibleTo(self):
            self.accept_risk.setFocus()

    def _wanted_words(self, outlook: Outlook) -> str:
        if outlook.missing is None:
            return self.tr("What is not in the archive yet")
        return self.tr("{count}, {size}").format(
            count=self.tr("%n conversation(s)", "", outlook.missing),
            size=numbers.size(outlook.bytes_wanted if outlook.missing else 0, self._session.locale),
        )

    def _warn(self, outlook: Outlook) -> None:
        self.warning.setVisible(outlook.new and bool(outlook.risks))
        if outlook.risks:
            self.risk.say(
                icon="shield-alert",
                tone="warn",
                title=self.tr("This folder is a risky place for an archive"),
                text=risks.sentence(outlook.risks),
            )
        self.note.setVisible(not outlook.fits)
        if not outlook.fits:
            locale = self._session.locale
            self.note.say(
                icon="hard-drive",
                tone="danger",
                title=self.tr("There is not enough room"),
                text=self.tr("{needed} are needed, {free} are free. The run waits when the drive is full.").format(
                    needed=numbers.size(outlook.bytes_wanted, locale), free=numbers.size(outlook.free, locale)
                ),
            )

    def _sorry(self, error: MirError) -> None:
        self.head.setText(self.tr("Download"))
        self.note.say(icon="triangle-alert", tone="danger", title=errors.title(error), text=errors.advice(error))
        self.note.show()
        fit(self)

    def _enable(self) -> None:
        outlook = self.outlook
        agreed = outlook is not None and (not outlook.new or not outlook.risks or self.accept_risk.isChecked())
        self.start.setEnabled(outlook is not None and outlook.conversations > 0 and agreed)
        if self.start.isEnabled() and self.focusWidget() is self.cancel:
            # What Enter does is what the window says: the button with the focus is pressed.
            self.start.setFocus()

    # --- go

    def _start(self) -> None:
        self.start.setEnabled(False)
        request, name = self.request, self._name
        self._session.ask(
            lambda engine: engine.downloads.add(request, name=name),
            then=self._started,
            sorry=self._not_started,
            owner=self,
        )

    def _started(self, run: QueuedRun) -> None:
        self._session.runs_changed.emit()
        self._session.look_for_archive()
        self.started.emit(run.key)
        self.accept()

    def _not_started(self, error: MirError) -> None:
        self._sorry(error)
        self._enable()


def fit(dialog: QDialog) -> None:
    """As high as what it shows asks for at its width."""
    layout = dialog.layout()
    if layout is not None:
        by_width = layout.hasHeightForWidth()
        dialog.setFixedHeight(
            layout.totalHeightForWidth(dialog.width()) if by_width else layout.totalSizeHint().height()
        )


def _suggested() -> Path:
    """A folder of the user's own; what speaks against it is said beside it."""
    home = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.HomeLocation)
    return Path(home) / _FOLDER


def _nearest(folder: Path) -> Path:
    """The folder, or what there is of the way to it."""
    return next((each for each in (folder, *folder.parents) if each.is_dir()), Path.home())
