"""A mark's note: asked for when it is made, and changed later; it keeps nothing."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from ui.theme import SMALL, STRONG
from ui.widgets import button, field, fill, label, row

_WIDTH = 440
MOST = 1_000
"""Letters of a note."""


class MarkDialog(QDialog):
    """`open()` it. `noted` carries the note when it is saved; it may be empty."""

    noted = Signal(str)

    def __init__(self, *, where: str, note: str = "", new: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = self.tr("Add mark") if new else self.tr("Change mark")
        self.setWindowTitle(title)
        self.setMinimumWidth(_WIDTH)
        self.note = field(note, hint=self.tr("What is said here"), name=self.tr("Note"))
        self.note.setMaxLength(MOST)
        self.save = button(title, "bookmark", "primary")
        self.save.setDefault(True)
        self.save.clicked.connect(self.accept)
        cancel = button(self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        fill(
            QVBoxLayout(self),
            label(title, STRONG, bold=True),
            label(where, SMALL, tone="2", wrap=True),
            self.note,
            4,
            row(None, cancel, self.save),
            margins=(20, 18, 20, 16),
            gap=8,
        )
        self.accepted.connect(lambda: self.noted.emit(self.note.text().strip()))
        self.note.setFocus()
