"""What saving and converting a copy share: where to, the progress, what came of it; it makes nothing itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QLayout, QPushButton, QVBoxLayout, QWidget

from download_client.errors import MirError
from ui.file_manager import FileManager, reveal_words
from ui.help_key import help_key
from ui.session import Session
from ui.theme import TITLE
from ui.widgets import Note, Progress, button, fill, label, row
from ui.words import errors

_WIDTH: Final = 500


class MakingDialog(QDialog):
    """`choices` stand between the title and `about`. Nothing is ever replaced: a name that is taken gets a number."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._made: Path | None = None
        self.files = FileManager(parent=self)
        self.setFixedWidth(_WIDTH)
        self.note = Note("triangle-alert", "danger", " ", " ")
        self.bar = Progress(name=self.tr("Progress of the copy"))
        self.reveal = button(reveal_words(), "folder-open")
        self.reveal.clicked.connect(self._reveal)
        self.cancel = button(self.tr("Cancel"))
        self.cancel.clicked.connect(self.reject)
        for widget in (self.note, self.bar, self.reveal):
            widget.hide()
        help_key(self, lambda: session.help_wanted.emit("replay"))

    def lay_out(self, *, title: str, of: str, about: QLabel, go: QPushButton, choices: QLayout | None = None) -> None:
        """Put it together: `of` names what is copied, `go` is the button that begins."""
        self.setWindowTitle(title)
        self.go = go
        go.setDefault(True)
        go.clicked.connect(self.choose)
        foot = row(self.reveal, None, self.cancel, go)
        head, name = label(title, TITLE, bold=True), label(of, tone="2", wrap=True)
        top: list[QWidget | QLayout | int] = [head, name, 4]
        if choices is not None:
            top.append(choices)
        fill(QVBoxLayout(self), *top, about, self.note, self.bar, 6, foot, margins=(24, 20, 24, 18), gap=8)

    def choose(self) -> None:
        """Ask where to, and begin."""
        raise NotImplementedError

    def ask_where(self, name: str, *, kinds: str, then: Callable[[Path], None]) -> None:
        """Ask for a file; `name` is proposed, with its ending, `kinds` are those of the dialog."""
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self, self.windowTitle(), folder, kinds)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.setDefaultSuffix(Path(name).suffix.removeprefix("."))
        dialog.selectFile(name)
        dialog.fileSelected.connect(lambda path: then(Path(path)))
        dialog.open()

    def show_begun(self) -> None:
        """It is at work."""
        self.note.hide()
        self.bar.show()
        self.go.setEnabled(False)
        self._fit()

    def show_made(self, path: Path, words: str) -> None:
        """It is there: what is left is to look at it, or to close."""
        self._made = path
        self.bar.hide()
        self.go.hide()
        self.note.say(icon="circle-check", tone="ok", title=words, text=str(path))
        self.note.show()
        self.reveal.show()
        self.cancel.setText(self.tr("Close"))
        self.cancel.setDefault(True)
        self.cancel.setFocus()
        self._fit()

    def show_failed(self, error: MirError | None) -> None:
        """It was not made, and may be begun again; None: it was broken off."""
        self.bar.hide()
        self.go.setEnabled(True)
        if error is not None:
            self.note.say(icon="triangle-alert", tone="danger", title=errors.title(error), text=errors.advice(error))
            self.note.show()
        self._fit()

    def _fit(self) -> None:
        """As high as its words need: a dialog asks for that when it is shown first, and no more."""
        layout, inside = self.layout(), self.note.layout()
        if layout is not None and inside is not None:
            inside.invalidate()
            layout.invalidate()
            self.setFixedHeight(layout.totalHeightForWidth(_WIDTH))

    def _reveal(self) -> None:
        if self._made is not None:
            self.files.reveal(self._made)
