"""What is taken out of the library: a table of the selection, a file shown where it lies; the archive stays so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from download_client.engine import Library, RecordingRow, Span, View
from ui.file_manager import FileManager
from ui.session import Session


class Saving(QObject):
    """`saved`: a table was written, with its path and rows. `gone`: the file that was to be shown is not there."""

    saved = Signal(object, int)
    gone = Signal(object)

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self.files = FileManager(parent=self)

    def ask_for_table(self, library: Library, view: View[RecordingRow], spans: Sequence[Span]) -> None:
        """Ask where, then write the table of these rows."""
        where = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self._window.window(), self.tr("Export CSV"), where, self.tr("Tables (*.csv)"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.selectFile(self.tr("Library {day}").format(day=f"{datetime.now(self._session.zone):%Y-%m-%d}") + ".csv")
        dialog.fileSelected.connect(lambda path: self.write_table(library, view, spans, Path(path)))
        dialog.open()

    def write_table(self, library: Library, view: View[RecordingRow], spans: Sequence[Span], target: Path) -> None:
        """Write the table of these rows."""
        self._session.bridge.ask(
            lambda _: library.write_table(view, spans, target),
            then=lambda rows: self.saved.emit(target, rows),
            sorry=self._session.show_error.emit,
            owner=self,
        )

    def reveal(self, file: Path) -> None:
        """Show a file in the file manager, if it is there."""

        def then(there: bool) -> None:
            if there:
                # It may be moved or deleted there.
                self._session.files_wanted.emit((file,))
                self.files.reveal(file)
            else:
                self.gone.emit(file)

        self._session.bridge.ask(lambda _: file.is_file(), then=then, sorry=self._session.show_error.emit, owner=self)

    def ask_for_folder(self, now: Path | None) -> QFileDialog:
        """The dialog in which another archive is chosen; it is open already."""
        dialog = QFileDialog(self._window.window(), self.tr("Open another archive"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        if now is not None:
            dialog.setDirectory(str(now))
        dialog.open()
        return dialog
