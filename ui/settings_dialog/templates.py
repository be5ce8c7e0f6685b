"""The two templates with a preview that follows each letter; a template that makes no name is never put in force."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from PySide6.QtCore import QCoreApplication, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QMenu, QVBoxLayout, QWidget

from download_client.engine import Engine
from download_client.errors import InvalidTemplate, MirError
from download_client.model import Conversation
from download_client.settings import Setting, Settings, table
from ui.session import Session
from ui.settings_dialog.changes import Changes
from ui.settings_dialog.rows import WIDE, TextRow
from ui.theme import SMALL
from ui.widgets import Facts, Glyph, column, fill, frame, label, row, tool

_PAUSE_MS = 150
"""After the last letter, before the preview is made anew."""


class TemplateRow(TextRow):
    """A template: `edited` with each letter, `left` when it is to be put in force."""

    edited = Signal()
    left = Signal()

    def __init__(self, setting: Setting[str], changes: Changes, *, title: str, about: str) -> None:
        super().__init__(setting, changes, title=title, about=about, width=WIDE)
        self.fields = tool("plus", self.tr("Insert a field: {setting}").format(setting=title))
        self.menu = QMenu(self)
        for name, meaning in field_words().items():
            action = QAction(f"{{{name}}}  {meaning}", self.menu)
            action.setData(f"{{{name}}}")
            self.menu.addAction(action)
        self.menu.triggered.connect(self._insert)
        self.fields.clicked.connect(self._offer)
        self._controls.addWidget(self.fields)
        self.controls = (self.field, self.fields)

    def put(self) -> None:
        """Put in force what is typed; it was proved to make names."""
        self.field.setModified(False)
        self.changes.put(self.setting, self.value())

    def _offer(self) -> None:
        self.menu.popup(self.fields.mapToGlobal(self.fields.rect().bottomLeft()))

    def _insert(self, action: QAction) -> None:
        self.field.insert(str(action.data()))
        self.field.setModified(True)
        self.field.setFocus()
        self.edited.emit()

    def _edited(self) -> None:
        self.edited.emit()

    def _finished(self) -> None:
        if self.field.isModified() and self.check(self.value()):
            self.left.emit()


class Templates(QWidget):
    """Both rows, and below them what they make of conversations."""

    def __init__(self, session: Session, changes: Changes) -> None:
        super().__init__()
        self._session = session
        self._number = 0
        self._to_put: TemplateRow | None = None
        self.folder = TemplateRow(
            table.FOLDER_TEMPLATE,
            changes,
            title=self.tr("Folder template"),
            about=self.tr("From the archive folder down; / begins a new folder"),
        )
        self.name = TemplateRow(
            table.NAME_TEMPLATE,
            changes,
            title=self.tr("Name template"),
            about=self.tr("Characters that a name cannot hold are replaced; a short tag follows"),
        )
        self.rows = (self.folder, self.name)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._look)
        for each in self.rows:
            each.edited.connect(self._pause.start)
        self.folder.left.connect(lambda: self._leave(self.folder))
        self.name.left.connect(lambda: self._leave(self.name))
        self.head = label("", SMALL, bold=True)
        self._facts = Facts(width=56)
        self.shown = tuple(self._facts.add(word) for word in (self.tr("Folder"), self.tr("Audio"), self.tr("CSV")))
        inside = column(row(Glyph("eye", "text2", 15), self.head, None, gap=7), self._facts, margins=(14, 10, 14, 11))
        note: QFrame = frame(inside, "note")
        fill(QVBoxLayout(self), *self.rows, row(note, margins=(14, 10, 14, 14)), gap=0)

    def take(self, settings: Settings) -> None:
        """Show what is in force, and a preview of it."""
        for each in self.rows:
            each.take(settings)
        self._look()

    def _leave(self, left: TemplateRow) -> None:
        self._to_put = left
        self._pause.stop()
        self._look()

    def _look(self) -> None:
        self._number += 1
        number, archive = self._number, self._session.archive
        folder, name = self.folder.value(), self.name.value()

        def work(engine: Engine) -> tuple[tuple[str, ...], bool]:
            real = _examples(engine, archive)
            return engine.preview(folder_template=folder, name_template=name, of=real), bool(real)

        def then(made: tuple[tuple[str, ...], bool]) -> None:
            if number == self._number:
                self._made(*made)

        def sorry(error: MirError) -> None:
            if number == self._number:
                self._wrong(error)

        self._session.ask(work, then=then, sorry=sorry, owner=self)

    def _made(self, names: tuple[str, ...], real: bool) -> None:
        for each in self.rows:
            each.calm()
        self.head.setText(
            self.tr("Preview with a real conversation") if real else self.tr("Preview with a made-up call")
        )
        path = PurePosixPath(names[0])
        folder = "" if path.parent == PurePosixPath() else str(path.parent)
        for shown, words in zip(self.shown, (folder, path.name, f"{path.stem}.csv"), strict=True):
            shown.setText(words or "–")
        if self._to_put is not None:
            put, self._to_put = self._to_put, None
            put.put()

    def _wrong(self, error: MirError) -> None:
        self._to_put = None
        if isinstance(error, InvalidTemplate):
            wrong = self.folder if error.subject == self.folder.value() else self.name
            wrong.complain(error.detail or error.title)
        else:
            self._session.show_error.emit(error)


def _examples(engine: Engine, archive: Path | None) -> tuple[Conversation, ...]:
    """A real conversation of the archive, if it can be read; else the preview makes one up."""
    if archive is None:
        return ()
    try:
        return engine.examples(archive, limit=1)
    except MirError:
        return ()


def field_words() -> dict[str, str]:
    """Every field of a template, and what it means."""

    translate = QCoreApplication.translate
    return {
        "start": translate("TemplateFields", "when the recording begins"),
        "end": translate("TemplateFields", "when the recording ends"),
        "call_start": translate("TemplateFields", "when the conversation begins"),
        "call_end": translate("TemplateFields", "when the conversation ends"),
        "direction": translate("TemplateFields", "inbound or outbound"),
        "mode": translate("TemplateFields", "onDemand or alwaysOn"),
        "duration": translate("TemplateFields", "length of the recording as 00.03.12"),
        "seconds": translate("TemplateFields", "length of the recording in seconds"),
        "calling": translate("TemplateFields", "calling party: name, else number"),
        "calling_name": translate("TemplateFields", "calling party's name"),
        "calling_number": translate("TemplateFields", "calling party's number"),
        "calling_extension": translate("TemplateFields", "calling party's extension"),
        "called": translate("TemplateFields", "called party: name, else number"),
        "called_name": translate("TemplateFields", "called party's name"),
        "called_number": translate("TemplateFields", "called party's number"),
        "called_extension": translate("TemplateFields", "called party's extension"),
        "outside": translate("TemplateFields", "party outside the account: name, else number"),
        "outside_number": translate("TemplateFields", "number of the party outside the account"),
        "owner": translate("TemplateFields", "name of the user it was recorded for"),
        "owner_email": translate("TemplateFields", "e-mail address of that user"),
        "owner_extension": translate("TemplateFields", "extension of that user"),
        "group": translate("TemplateFields", "first call recording group of that user"),
        "groups": translate("TemplateFields", "all call recording groups of that user"),
        "conversation_id": translate("TemplateFields", "the conversation's id"),
        "recording_id": translate("TemplateFields", "the recording's id"),
        "sequence": translate("TemplateFields", "which recording of the conversation"),
    }
