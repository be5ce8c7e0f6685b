"""Save a copy: what of it, in which form, and where to; then its progress. It decides nothing about pieces."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QVBoxLayout, QWidget

from download_client.errors import Interrupted, MirError
from download_client.sound import Form, Saved
from ui.bridge import Ticket
from ui.file_manager import FileManager, reveal_words
from ui.help_key import help_key
from ui.session import Session
from ui.theme import SMALL, TITLE
from ui.widgets import Facts, Note, Progress, Segmented, button, fill, label, row
from ui.words import errors, numbers, times

if TYPE_CHECKING:
    from ui.replay.copying import Cut

_WIDTH: Final = 500
_FORMS: Final = (Form.WAV, Form.FLAC)
_FORBIDDEN: Final = '<>:"/\\|?*'

Write = Callable[[Path, Form, Callable[[float], None], Event], Saved]
"""Writes a copy on a worker: where to, in which form, who hears of it, when it is to stop."""


class CopyDialog(QDialog):
    """`open()` it. `part` None: nothing is selected, so it is of the whole."""

    def __init__(
        self,
        session: Session,
        write: Callable[[Cut], Write],
        *,
        whole: Cut,
        part: Cut | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._write = write
        self._cuts = (part, whole) if part is not None else (whole,)
        self._ticket: Ticket | None = None
        self._saved: Saved | None = None
        self.files = FileManager(parent=self)
        self.setWindowTitle(self.tr("Save a copy"))
        self.setFixedWidth(_WIDTH)
        words = [self.tr("The selection"), self.tr("The whole")] if part is not None else [self.tr("The whole")]
        self.what = Segmented(words, 0, name=self.tr("What is copied"))
        self.form = Segmented([self.tr("WAV (PCM)"), self.tr("FLAC")], 0, name=self.tr("Form"))
        self.facts = Facts(width=96)
        self.facts.add(self.tr("Copy"), row(self.what, None))
        self.length = self.facts.add(self.tr("Length"))
        self.facts.add(self.tr("Form"), row(self.form, None))
        about = self.tr("A copy for listening, with a table that says where it came from. The original stays as it is.")
        if whole.conversation is None:
            about = self.tr("A copy for listening. The original stays as it is.")
        self.about = label(about, SMALL, tone="2", wrap=True)
        self.note = Note("triangle-alert", "danger", " ", " ")
        self.bar = Progress(name=self.tr("Progress of the copy"))
        self.reveal = button(reveal_words(), "folder-open")
        self.reveal.clicked.connect(self._reveal)
        self.cancel = button(self.tr("Cancel"))
        self.cancel.clicked.connect(self.reject)
        self.go = button(self.tr("Save a copy…"), "scissors", "primary")
        self.go.setDefault(True)
        self.go.clicked.connect(self._choose)
        self.head = label(self.tr("Save a copy"), TITLE, bold=True)
        self.name = label(whole.lane.title, tone="2", wrap=True)
        fill(
            QVBoxLayout(self),
            self.head,
            self.name,
            4,
            self.facts,
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
        self.what.chosen.connect(lambda _: self._show_length())
        help_key(self, lambda: session.help_wanted.emit("replay"))
        self._show_length()

    @property
    def _cut(self) -> Cut:
        return self._cuts[self.what.current]

    @property
    def _form(self) -> Form:
        return _FORMS[self.form.current]

    def _show_length(self) -> None:
        self.length.setText(times.duration(self._cut.last - self._cut.first))

    # --- where to

    def _choose(self) -> None:
        music = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        words = self.tr("WAV files (*.wav)") if self._form is Form.WAV else self.tr("FLAC files (*.flac)")
        dialog = QFileDialog(self, self.tr("Save a copy"), music, words)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        # Nothing is ever replaced: a name that is taken gets a number.
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.setDefaultSuffix(self._form.value)
        dialog.selectFile(f"{self._file_name()}.{self._form.value}")
        dialog.fileSelected.connect(lambda path: self.save_to(Path(path)))
        dialog.open()

    def _file_name(self) -> str:
        cut = self._cut
        began = cut.lane.moment(cut.first).astimezone(self._session.zone)
        # A file is titled by its name, which has an ending of its own already.
        title = cut.lane.title if cut.lane.conversation is not None else Path(cut.lane.title).stem
        name = f"{began:%Y-%m-%d %H%M%S} {title}"
        return "".join(" " if letter in _FORBIDDEN or ord(letter) < 32 else letter for letter in name).strip(". ")

    def save_to(self, to: Path) -> None:
        """Write it there."""
        if self._ticket is not None:
            return
        write, form = self._write(self._cut), self._form
        bridge, show = self._session.bridge, self._show_share
        self.note.hide()
        self.bar.show()
        self.go.setEnabled(False)
        self.what.setEnabled(False)
        self.form.setEnabled(False)

        def heard(share: float) -> None:
            bridge.tell(share, show, self, latest=True)

        def work(ticket: Ticket) -> Saved:
            return write(to, form, heard, ticket.cancelled)

        self._ticket = bridge.ask(work, then=self._done, sorry=self._sorry, owner=self)

    def _show_share(self, share: float) -> None:
        self.bar.set_share(share)

    def _done(self, saved: Saved) -> None:
        self._ticket, self._saved = None, saved
        self.bar.hide()
        self.go.hide()
        size = numbers.size(saved.size, self._session.locale)
        self.note.say(
            icon="circle-check", tone="ok", title=self.tr("Saved, {size}").format(size=size), text=str(saved.path)
        )
        self.note.show()
        self.reveal.show()
        self.cancel.setText(self.tr("Close"))
        self.cancel.setDefault(True)
        self.cancel.setFocus()

    def _sorry(self, error: MirError) -> None:
        self._ticket = None
        self.bar.hide()
        for widget in (self.go, self.what, self.form):
            widget.setEnabled(True)
        if not isinstance(error, Interrupted):
            self.note.say(icon="triangle-alert", tone="danger", title=errors.title(error), text=errors.advice(error))
            self.note.show()

    def _reveal(self) -> None:
        if self._saved is not None:
            self.files.reveal(self._saved.path)

    def reject(self) -> None:
        """Stop writing; nothing is left behind then."""
        if self._ticket is not None:
            self._ticket.cancel()
        super().reject()
