"""Convert a copy: of what is not played here, for another program; where to, then its progress and what came of it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QVBoxLayout, QWidget

from download_client.errors import DiskError, MirError, RecordingVanished
from download_client.wav import WavInfo, inspect
from ui.file_manager import FileManager, reveal_words
from ui.help_key import help_key
from ui.replay.converter import Converter
from ui.session import Session
from ui.theme import TITLE
from ui.widgets import Note, Progress, button, fill, label, row
from ui.words import errors

_WIDTH: Final = 500
_CHANNELS, _RATE = 2, 48_000
"""At most; a header may claim anything."""


class ConvertDialog(QDialog):
    """`open()` it with a file that is not played here."""

    def __init__(self, session: Session, source: Path, *, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._source = source
        self._converter: Converter | None = None
        self._made: Path | None = None
        self.files = FileManager(parent=self)
        self.setWindowTitle(self.tr("Convert a copy"))
        self.setFixedWidth(_WIDTH)
        self.about = label(
            self.tr(
                "A new WAV file (PCM) is made with the decoders of this installation. The original stays as it is."
            ),
            tone="2",
            wrap=True,
        )
        self.note = Note("triangle-alert", "danger", " ", " ")
        self.bar = Progress(name=self.tr("Progress of the copy"))
        self.reveal = button(reveal_words(), "folder-open")
        self.reveal.clicked.connect(self._reveal)
        self.cancel = button(self.tr("Cancel"))
        self.cancel.clicked.connect(self.reject)
        self.go = button(self.tr("Convert a copy…"), "file-audio", "primary")
        self.go.setDefault(True)
        self.go.clicked.connect(self._choose)
        fill(
            QVBoxLayout(self),
            label(self.tr("Convert a copy"), TITLE, bold=True),
            label(title, tone="2", wrap=True),
            4,
            self.about,
            self.note,
            self.bar,
            6,
            row(self.reveal, None, self.cancel, self.go),
            margins=(24, 20, 24, 18),
            gap=8,
        )
        for widget in (self.note, self.bar, self.reveal):
            widget.hide()
        help_key(self, lambda: session.help_wanted.emit("replay"))

    def _choose(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self, self.tr("Convert a copy"), folder, self.tr("WAV files (*.wav)"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        # Nothing is ever replaced: a name that is taken gets a number.
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.setDefaultSuffix("wav")
        dialog.selectFile(f"{self._source.stem} PCM.wav")
        dialog.fileSelected.connect(lambda path: self.save_to(Path(path)))
        dialog.open()

    def save_to(self, target: Path) -> None:
        """Make it there."""
        if self._converter is not None:
            return
        self.note.hide()
        self.bar.show()
        self.go.setEnabled(False)
        source = self._source
        self._converter = made = Converter(self._session.bridge, source, target, self)
        made.progress.connect(self.bar.set_share)
        made.done.connect(self._done)
        made.failed.connect(self._sorry)

        def begin(info: WavInfo) -> None:
            channels, rate = min(max(info.channels, 1), _CHANNELS), min(max(info.sample_rate, 1), _RATE)
            made.start(sample_rate=rate, channels=channels)

        self._session.bridge.ask(lambda _: _info(source), then=begin, sorry=self._sorry, owner=self)

    def _done(self, path: Path) -> None:
        self._made = path
        self.bar.hide()
        self.go.hide()
        self.note.say(icon="circle-check", tone="ok", title=self.tr("Converted"), text=str(path))
        self.note.show()
        self.reveal.show()
        self.cancel.setText(self.tr("Close"))
        self.cancel.setDefault(True)
        self.cancel.setFocus()

    def _sorry(self, error: MirError) -> None:
        self._converter = None
        self.bar.hide()
        self.go.setEnabled(True)
        self.note.say(icon="triangle-alert", tone="danger", title=errors.title(error), text=errors.advice(error))
        self.note.show()

    def _reveal(self) -> None:
        if self._made is not None:
            self.files.reveal(self._made)

    def reject(self) -> None:
        """Stop; nothing is left behind then."""
        if self._converter is not None:
            self._converter.cancel()
        super().reject()


def _info(source: Path) -> WavInfo:
    try:
        return inspect(source)
    except FileNotFoundError as error:
        raise RecordingVanished(subject=source.name) from error
    except OSError as error:
        raise DiskError(error.strerror or "", subject=source.name) from error
