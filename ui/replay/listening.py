"""`--play FILE…`: the replay module in a window of its own, without sign-in and archive; it remembers its place."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QByteArray, QObject, QSize, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QFileDialog, QMainWindow, QVBoxLayout, QWidget

from download_client.errors import MirError
from download_client.settings import DEFAULT_PROFILE, Paths, Settings
from ui.bridge import Bridge
from ui.dress import Dress
from ui.help_key import help_key
from ui.memory import Memory
from ui.replay.panel import Panel, Shape
from ui.replay.replay import Replay
from ui.session import Session
from ui.widgets import Empty, Pages, button, fill, frame, row

_SIZE, _LEAST = QSize(1200, 720), QSize(800, 480)
_GEOMETRY = "window.geometry"
_MEMORY = "listening alone"
"""No profile has such a name."""
_CLOSING = 5.0


class ListeningWindow(QMainWindow):
    """`closed`: it is gone. Files may be dropped onto it."""

    closed = Signal()

    def __init__(self, session: Session, replay: Replay) -> None:
        super().__init__()
        self._session = session
        self._replay = replay
        self.panel = Panel(replay)
        self.panel.set_alone()
        self.panel.set_shape(Shape.LARGE)
        self.pages = Pages(self.panel)
        self.setCentralWidget(_around(self.pages))
        self.setWindowTitle(self.tr("Replay – MIR Download Client"))
        self.setMinimumSize(_LEAST)
        self.setAcceptDrops(True)
        self.panel.filled.connect(lambda filled: self._show_filled(filled=filled))
        QShortcut(QKeySequence.StandardKey.Open, self).activated.connect(self.choose)
        for keys in (QKeySequence(QKeySequence.StandardKey.Close), QKeySequence("Ctrl+Q")):
            QShortcut(keys, self).activated.connect(self.close)
        QShortcut(QKeySequence("Esc"), self).activated.connect(self.panel.escape)
        help_key(self, lambda: session.help_wanted.emit("replay"))
        self._restore()
        self._show_filled(filled=False)

    def _show_filled(self, *, filled: bool) -> None:
        if filled:
            self.pages.put(None)
            self.panel.setFocus()
            return
        open_ = button(self.tr("Open files…"), "folder-open", "primary", tip=self.tr("Open files (Ctrl+O)"))
        open_.clicked.connect(self.choose)
        title = self.tr("Drop recordings here")
        self.pages.put(Empty("audio-lines", title, self.tr("WAV files, one or several, or a folder of them."), open_))

    def choose(self) -> None:
        """Ask for files."""
        dialog = QFileDialog(self, self.tr("Open files"), "", self.tr("Recordings (*.wav *.WAV);;All files (*)"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda paths: self._replay.loader.load_files([Path(path) for path in paths]))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files are welcome."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Load what was dropped."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            self._replay.loader.load_files(paths)
            event.acceptProposedAction()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold what does not fit."""
        super().resizeEvent(event)
        self.panel.fit(self.width())

    def _restore(self) -> None:
        self.resize(_SIZE)
        kept = self._session.memory.get(_GEOMETRY)
        if isinstance(kept, str):
            try:
                self.restoreGeometry(QByteArray(base64.b64decode(kept, validate=True)))
            except (binascii.Error, ValueError):
                return

    def remember(self) -> None:
        """Keep place and size."""
        self._session.memory.put(_GEOMETRY, base64.b64encode(self.saveGeometry().data()).decode())

    def closeEvent(self, event: QCloseEvent) -> None:
        """And that is all."""
        self.remember()
        super().closeEvent(event)
        self.closed.emit()


class Listening(QObject):
    """One per process, in place of `Program`: the same way to begin it and to end it."""

    def __init__(self, app: QApplication, files: Sequence[Path], *, paths: Paths, language: str = "") -> None:
        super().__init__()
        self._app = app
        self._files = tuple(files)
        settings = Settings.load(paths)
        self._dress = Dress(app, settings, language=language)
        self.session = Session(Bridge(), paths=paths, settings=settings, profile=DEFAULT_PROFILE, language=language)
        self.session.memory = Memory(paths, _MEMORY)
        self.replay = Replay(self.session, self)
        self.window = ListeningWindow(self.session, self.replay)
        self.window.closed.connect(app.quit)
        self.session.show_error.connect(self.show_error)
        self.session.help_wanted.connect(self._show_help)
        self._help: QWidget | None = None

    def show(self) -> None:
        """Open the window, then the files."""
        self.window.show()
        self.replay.loader.load_files(self._files)

    def come_to_front(self) -> None:
        """Its window."""
        self.window.raise_()
        self.window.activateWindow()

    def show_error(self, error: MirError) -> None:
        """The error dialog."""
        from ui.errors import ErrorDialog

        dialog = ErrorDialog(error, self.window)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def leave(self) -> None:
        """End: Ctrl+C, a termination signal."""
        self.window.remember()
        self.window.hide()
        self._app.quit()

    def stop(self) -> None:
        """The user's session ends."""
        self.leave()

    def close(self) -> bool:
        """Take everything apart; True: no thread of ours is left."""
        self.window.hide()
        self.replay.close()
        ended = self.session.close(_CLOSING)
        if self._help is not None:
            self._help.deleteLater()
        self._dress.off()
        self.window.deleteLater()
        self.deleteLater()
        return ended

    def _show_help(self, page: str) -> None:
        from ui.help import HelpWindow

        made = self._help if isinstance(self._help, HelpWindow) else HelpWindow(language=self._dress.language)
        self._help = made
        made.open_page(page)


def _around(inside: QWidget) -> QWidget:
    sheet = frame(row((inside, 1), margins=(1, 1, 1, 1)), "sheet")
    made = QWidget()
    made.setProperty("role", "ground")
    fill(QVBoxLayout(made), (sheet, 1), margins=(8, 8, 8, 8))
    return made
