"""The settings: sections in one page that scrolls, their list at the left; changes hold at once, and can be undone."""

from __future__ import annotations

from collections import deque

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QButtonGroup,
    QComboBox,
    QDialog,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from download_client.errors import MirError
from ui import theme
from ui.help_key import help_key
from ui.session import Session
from ui.settings_dialog.changes import Changes
from ui.settings_dialog.rows import Row
from ui.settings_dialog.sections import Section, Sections
from ui.theme import SMALL, STRONG, TITLE
from ui.widgets import button, column, fill, frame, label, line, row, scroll, set_property
from ui.words import errors

_EDITORS = (QLineEdit, QAbstractSpinBox, QComboBox)
_SIZE = QSize(980, 776)
_LEAST = QSize(820, 480)
_SIDE = 204
_BESIDE = 66
"""Icon, gaps and margins beside the longest word of the list."""


class SettingsDialog(QDialog):
    """`open()` it; it does not block. `go` brings a section into view."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Settings"))
        self.resize(_SIZE)
        self.setMinimumSize(_LEAST)
        self._session = session
        self.changes = Changes(session, self)
        self.sections = Sections(session, self.changes)
        self._heads: list[QWidget] = []
        self._going = False
        self._to_come: deque[tuple[Section, QVBoxLayout]] = deque()
        self._buttons = QButtonGroup(self)
        self._next = QTimer(self, singleShot=True, interval=0)
        self._next.timeout.connect(self._make_card)
        self.page = QWidget()
        self.area = scroll(self.page)
        self.undo = button(self.tr("Undo"), "rotate-ccw", "flat", tip=self.tr("Take the last change back (Ctrl+Z)"))
        self.restore = button(self.tr("Restore defaults"), kind="flat")
        self.close_button = button(self.tr("Close"), kind="primary")
        self.said = label(self.tr("Changes apply at once."), SMALL, tone="3", wrap=True)
        self._lay_out()
        self.undo.setEnabled(False)
        self._make_card()
        self._connect()

    @property
    def complete(self) -> bool:
        """Every card is made."""
        return not self._to_come

    def go(self, key: str) -> None:
        """Bring a section to the top, by its key."""
        for number, section in enumerate(self.sections.all):
            if section.key == key:
                self._go(number)

    # --- putting it together

    def _lay_out(self) -> None:
        sheet = QVBoxLayout(self.page)
        fill(sheet, margins=(20, 14, 24, 16), gap=10)
        side = []
        for number, section in enumerate(self.sections.all):
            head = label(section.title, TITLE if number == 0 else STRONG, bold=True)
            self._heads.append(head)
            if number:
                sheet.addSpacing(6)
            sheet.addWidget(head)
            if section.about:
                sheet.addWidget(label(section.about, SMALL, tone="2", wrap=True))
            inside = column(gap=0)
            sheet.addWidget(frame(inside, "card"))
            self._to_come.append((section, inside))
            side.append(self._side_button(number, section.title, section.icon))
        sheet.addStretch(1)
        widest = max(theme.text_width(section.title, bold=True) for section in self.sections.all)
        width = max(_SIDE, widest + _BESIDE)
        left = frame(column(*side, None, margins=(10, 14, 10, 10), gap=2), "ground", width=width)
        foot = row((self.said, 1), self.undo, self.restore, self.close_button, margins=(22, 12, 22, 14), gap=8)
        body = row(left, (self.area, 1), gap=0)
        whole = fill(QVBoxLayout(self), (body, 1), line(), foot, gap=0)
        whole.setStretchFactor(body, 1)
        self.close_button.setDefault(True)

    def _make_card(self) -> None:
        """The next card; the one after it in a moment, so that nothing stands still."""
        if not self._to_come:
            return
        section, inside = self._to_come.popleft()
        parts = self.sections.made(section)
        for part in parts:
            inside.addWidget(part)
        last = parts[-1]
        if isinstance(last, Row):
            last.last()
        if self._to_come:
            self._next.start()

    def _side_button(self, number: int, title: str, icon: str) -> QPushButton:
        made = button(title, icon, "side")
        made.setCheckable(True)
        made.setChecked(number == 0)

        def weigh(on: bool) -> None:
            theme.of().put_icon(made, icon, "accent" if on else "text2", after=5)

        made.toggled.connect(weigh)
        weigh(number == 0)
        self._buttons.addButton(made, number)
        return made

    def _connect(self) -> None:
        self._buttons.idClicked.connect(self._clicked)
        self.area.verticalScrollBar().valueChanged.connect(self._mark)
        self.undo.clicked.connect(self.changes.undo)
        self.restore.clicked.connect(lambda: self.changes.restore(self.sections.settings))
        self.close_button.clicked.connect(self.close)
        self.changes.written.connect(self._written)
        self.changes.refused.connect(self._refused)
        self._session.settings_changed.connect(self._take)
        self._session.archive_changed.connect(self._take)
        help_key(self, lambda: self._session.help_wanted.emit("settings"))
        QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self).activated.connect(self.changes.undo)

    # --- what happens

    def _take(self) -> None:
        self.sections.take(self._session.settings)
        self.undo.setEnabled(self.changes.can_undo)

    def _written(self) -> None:
        self.undo.setEnabled(self.changes.can_undo)
        self.said.setText(self.tr("Saved."))
        set_property(self.said, "tone", "3")

    def _refused(self, name: str, error: MirError) -> None:
        row_of = self.sections.row(name)
        if row_of is not None:
            row_of.refused(error)
        self.said.setText(errors.title(error))
        set_property(self.said, "tone", "danger")

    def _clicked(self, number: int) -> None:
        """The keyboard goes where the pointer has chosen."""
        self._go(number)
        self._buttons.button(number).setFocus(Qt.FocusReason.MouseFocusReason)

    def _go(self, number: int) -> None:
        while self._to_come:
            self._make_card()
        self.page.adjustSize()
        bar = self.area.verticalScrollBar()
        top = self._heads[number].mapTo(self.page, self._heads[number].rect().topLeft()).y()
        self._going = True
        bar.setValue(max(0, top - 14))
        self._going = False
        self._buttons.button(number).setChecked(True)

    def _mark(self, value: int) -> None:
        """The section that is at the top now."""
        bar = self.area.verticalScrollBar()
        if self._going or (value and value >= bar.maximum()):
            return  # what was chosen stays chosen, and the end of the page says nothing
        reached = 0
        for number, head in enumerate(self._heads):
            if head.mapTo(self.page, head.rect().topLeft()).y() <= value + 60:
                reached = number
        self._buttons.button(reached).setChecked(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a field is the field's: what was typed is taken, or refused where that can be read."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(self.focusWidget(), _EDITORS):
            event.accept()
            return
        super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin at the list of sections: nothing is changed by a key pressed too soon."""
        super().showEvent(event)
        (self._buttons.checkedButton() or self._buttons.button(0)).setFocus(Qt.FocusReason.OtherFocusReason)
