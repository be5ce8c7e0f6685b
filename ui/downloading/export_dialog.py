"""Export: a selection saved elsewhere as WAV files and a table, each copy proved; the archive stays as it is.

What is not in the archive yet is named, and can be downloaded first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QVBoxLayout, QWidget

from download_client.engine import Engine, Export, Exported, ExportProgress, PullRequest, Span, View
from download_client.errors import ArchiveMissing, MirError
from ui.bridge import Ticket
from ui.downloading.download_dialog import DownloadDialog, fit
from ui.file_manager import FileManager
from ui.help_key import help_key
from ui.session import Session
from ui.theme import SMALL, TITLE
from ui.widgets import Note, Progress, button, fill, label, row
from ui.words import errors, numbers

_WIDTH = 520


@dataclass(frozen=True, slots=True)
class _Ready:
    """What there is to export (None: no archive), and which conversations are not in it."""

    export: Export | None
    missing: tuple[str, ...]


class ExportDialog(QDialog):
    """`open()` it with a view and the selection in it; `recordings`: the rows are those of the library.

    `exported` carries what came of it.
    """

    exported = Signal(object)

    def __init__(
        self,
        session: Session,
        view: View[Any],
        spans: Sequence[Span],
        parent: QWidget | None = None,
        *,
        recordings: bool = False,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._ready: _Ready | None = None
        self._ticket: Ticket | None = None
        self.files = FileManager(parent=self)
        self._done: Exported | None = None
        self.setWindowTitle(self.tr("Export"))
        self.setFixedWidth(_WIDTH)
        self.head = label(self.tr("Looking into the archive…"), TITLE, bold=True)
        self.about = label(
            self.tr("The recordings are copied as WAV files, with one table (CSV) that says what they are."),
            tone="2",
            wrap=True,
        )
        self.first = button(self.tr("Download first…"))
        self.first.clicked.connect(self._download)
        self.missing = Note("circle-dashed", "warn", " ", " ", self.first)
        self.note = Note("triangle-alert", "danger", " ", " ")
        self.bar = Progress(name=self.tr("Progress of the export"))
        self.figures = label("", SMALL, tone="2")
        self.reveal = button(self.tr("Show in the file manager"), "folder-open")
        self.reveal.clicked.connect(self._reveal)
        self.go = button(self.tr("Export…"), "folder-down", "primary")
        self.go.setDefault(True)
        self.go.clicked.connect(self._choose)
        self.cancel = button(self.tr("Cancel"))
        self.cancel.clicked.connect(self.reject)
        fill(
            QVBoxLayout(self),
            self.head,
            self.about,
            self.missing,
            self.note,
            self.bar,
            self.figures,
            8,
            row(self.reveal, None, self.cancel, self.go),
            margins=(24, 20, 24, 18),
            gap=10,
        )
        for widget in (self.missing, self.note, self.bar, self.figures, self.reveal):
            widget.hide()
        self.go.setEnabled(False)
        help_key(self, lambda: session.help_wanted.emit("library"))
        self._prepare(view, list(spans), recordings)

    # --- what there is

    def _prepare(self, view: View[Any], spans: list[Span], recordings: bool) -> None:
        archive = self._session.archive

        def look(engine: Engine) -> _Ready:
            ids = list(view.recording_ids(spans) if recordings else view.conversation_ids(spans))
            if archive is None:
                return _Ready(None, tuple(ids))
            chosen = {"recordings" if recordings else "conversations": ids}
            try:
                export = engine.export(archive, **chosen)
            except ArchiveMissing:
                # Nothing was ever downloaded there, or its drive is away: the download says which.
                return _Ready(None, tuple(ids))
            return _Ready(export, export.missing)

        self._session.ask(look, then=self._show, sorry=self._sorry, owner=self)

    def _show(self, ready: _Ready) -> None:
        self._ready = ready
        export = ready.export
        count = len(export.recordings) if export is not None else 0
        if export is not None and count:
            size = numbers.size(export.bytes, self._session.locale)
            self.head.setText(self.tr("Export %n recording(s)?", "", count))
            self.about.setText(
                self.tr(
                    "{size}, copied as WAV files with one table (CSV) that says what they are. "
                    "Each copy is held against the digest in the archive."
                ).format(size=size)
            )
        else:
            self.head.setText(self.tr("Nothing of this is in the archive yet"))
        self.go.setEnabled(count > 0)
        if ready.missing:
            self.missing.say(
                icon="circle-dashed",
                tone="warn",
                title=self.tr("%n conversation(s) are not in the archive yet", "", len(ready.missing)),
                text=self.tr("Only what is in the archive can be exported."),
            )
            self.missing.show()
        fit(self)
        (self.go if count else self.first).setFocus()

    def _sorry(self, error: MirError) -> None:
        self._ticket = None
        self.bar.hide()
        self.figures.hide()
        self.head.setText(self.tr("Export"))
        self.note.say(icon="triangle-alert", tone="danger", title=errors.title(error), text=errors.advice(error))
        self.note.show()
        fit(self)
        self.go.setEnabled(self._ready is not None and self._ready.export is not None)

    def _download(self) -> None:
        ready = self._ready
        if ready is None:
            return
        request = PullRequest(archive=self._session.archive or Path(), conversations=ready.missing)
        name = self.tr("Selection of %n", "", len(ready.missing))
        dialog = DownloadDialog(self._session, request, name=name, parent=self.parentWidget())
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        self.reject()

    # --- where to

    def _choose(self) -> None:
        export = self._ready.export if self._ready is not None else None
        if export is None:
            return
        where = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self, self.tr("Save As"), where)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if export.suggested_name:
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.setNameFilter(self.tr("Recordings (*.wav)"))
            dialog.setDefaultSuffix("wav")
            dialog.selectFile(export.suggested_name)
        else:
            dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(lambda path: self.run(Path(path)))
        dialog.open()

    # --- the work

    def run(self, target: Path) -> None:
        """Copy to a folder, or to the file of that name."""
        export = self._ready.export if self._ready is not None else None
        if export is None or self._ticket is not None:
            return
        bridge = self._session.bridge
        self.go.setEnabled(False)
        self.note.hide()
        self.missing.hide()
        self.bar.set_share(0.0)
        self.bar.show()
        self.figures.show()
        self.head.setText(self.tr("Copying…"))
        fit(self)

        def work(ticket: Ticket) -> Exported:
            def tell(progress: ExportProgress) -> None:
                bridge.tell(progress, self._draw, self, latest=True)

            return export.run(target, progress=tell, stop=ticket.cancelled)

        self._ticket = bridge.ask(work, then=self._finish, sorry=self._sorry, owner=self)

    def _draw(self, at: ExportProgress) -> None:
        if self._ticket is None:
            return
        locale = self._session.locale
        self.bar.set_share(at.bytes / at.bytes_total if at.bytes_total else 0.0)
        self.figures.setText(
            self.tr("{done} of {total}, {size}").format(
                done=numbers.count(at.recordings, locale),
                total=numbers.count(at.recordings_total, locale),
                size=numbers.size(at.bytes, locale),
            )
        )

    def _finish(self, done: Exported) -> None:
        self._ticket = None
        self._done = done
        self.bar.hide()
        self.figures.hide()
        self.head.setText(self.tr("%n recording(s) were exported", "", len(done.files)))
        self.about.hide()
        if done.failed:
            self.note.say(
                icon="shield-alert",
                tone="danger",
                title=self.tr("%n recording(s) are damaged in the archive and were left out", "", len(done.failed)),
                text=self.tr("The library names them and can fetch them again."),
            )
            self.note.show()
        self.reveal.setVisible(bool(done.files))
        self.go.hide()
        self.cancel.setText(self.tr("Close"))
        fit(self)
        self.cancel.setFocus()
        self.exported.emit(done)

    def _reveal(self) -> None:
        if self._done is not None and self._done.files:
            self.files.reveal(self._done.files[0])

    def done(self, result: int) -> None:
        """Closed in whatever way: what is under way ends, what was copied stays."""
        if self._ticket is not None:
            self._ticket.cancel()
            self._ticket = None
        if self._ready is not None and self._ready.export is not None:
            export, self._ready = self._ready.export, None
            self._session.bridge.ask(
                lambda _: export.close(), then=lambda _: None, sorry=lambda _: None, owner=self._session
            )
        super().done(result)
