"""How long conversations are, from – to: two fields that show what they have understood; nothing is searched here."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from ui.search.lengths import read_length, write_length
from ui.widgets import field, fill, label


class LengthsField(QWidget):
    """`edited`: somebody typed."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        tip = self.tr("As 10:00, 90 s or 10 min")
        self.least = field(hint=self.tr("from"), name=self.tr("Duration from"))
        self.most = field(hint=self.tr("to"), name=self.tr("Duration to"))
        for each in (self.least, self.most):
            each.setToolTip(tip)
            each.setMinimumWidth(48)
            each.textEdited.connect(lambda _: self.edited.emit())
        self.least.editingFinished.connect(lambda: _tidy(self.least))
        self.most.editingFinished.connect(lambda: _tidy(self.most))
        fill(QHBoxLayout(self), (self.least, 1), label("–", tone="3"), (self.most, 1), gap=5)

    def show_lengths(self, least: int | None, most: int | None) -> None:
        """Seconds; None: any."""
        self.least.setText(write_length(least))
        self.most.setText(write_length(most))

    def lengths(self) -> tuple[int | None, int | None]:
        """Seconds. Raises ValueError; `wrong` tells where and why."""
        return read_length(self.least.text()), read_length(self.most.text())

    def wrong(self) -> tuple[QLineEdit, str] | None:
        """The field that cannot be used, and why; None: both can."""
        found: list[int | None] = []
        for each in (self.least, self.most):
            try:
                found.append(read_length(each.text()))
            except ValueError:
                return each, self.tr("Write it as 10:00, 10 min or 90 s, up to a week.")
        least, most = found
        if least is not None and most is not None and least > most:
            return self.most, self.tr("The longest duration is below the shortest.")
        return None


def _tidy(made: QLineEdit) -> None:
    """What was understood, in one way of writing."""
    try:
        made.setText(write_length(read_length(made.text())))
    except ValueError:
        return
