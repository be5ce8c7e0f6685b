"""Whether a schedule is to be removed; the way back is the default. Shown with `open()`."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from ui.theme import STRONG
from ui.widgets import Glyph, button, column, label, line, row


class RemoveQuestion(QDialog):
    """Accepted: it is to go."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Remove schedule"))
        title = label(self.tr("Remove the schedule “{name}”?").format(name=name), STRONG, bold=True, wrap=True)
        text = label(
            self.tr("It is not started any more. Its archive, its reports and the record of its nights stay."),
            wrap=True,
        )
        text.setMinimumWidth(360)
        self.keep = button(self.tr("Keep it"))
        self.remove = button(self.tr("Remove"), kind="danger")
        self.keep.setDefault(True)
        self.keep.clicked.connect(self.reject)
        self.remove.clicked.connect(self.accept)
        says = column(title, text, None, gap=8)
        sign = column(Glyph("calendar-clock", "accent", 24, ground="tint", pad=12), None)
        body = row(sign, (says, 1), margins=(24, 20, 24, 18), gap=18)
        foot = row(None, self.remove, self.keep, margins=(24, 14, 24, 16), gap=8)
        self.setLayout(column((body, 1), line(), foot, gap=0))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.keep.setFocus()
