"""One setting on show: title, a line about it, its control, and in its place what is wrong; it writes by `Changes`.

What policy fixed is shown readable with a lock, its control cannot be used. A row checks with the setting's own rules.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFileDialog, QFrame, QHBoxLayout, QSpinBox, QWidget

from download_client.errors import InvalidSetting, MirError
from download_client.settings import Origin, Setting, Settings
from ui.settings_dialog.changes import Changes
from ui.theme import SMALL
from ui.widgets import Glyph, Toggle, box, button, choice, column, field, frame, label, line, row, set_wrong
from ui.words import errors

WIDE = 336
"""Width of a control that holds a sentence; it may grow."""
NARROW = 168
_MARGIN = 8


class Row(QFrame):
    """The base: words at the left, the control at the right, an error line under both."""

    def __init__(
        self, setting: Setting[Any], changes: Changes, *, title: str, about: str = "", wanted: str = ""
    ) -> None:
        super().__init__()
        self.setting = setting
        self.changes = changes
        self.title = title
        self._wanted = wanted
        self.about = label(about, SMALL, tone="2", wrap=True)
        if not about:
            self.about.hide()
        self._said = label("", SMALL, tone="danger", wrap=True)
        self.error = box(row(Glyph("triangle-alert", "danger", 14), (self._said, 1), gap=6))
        self.lock = frame(
            row(
                Glyph("lock", "text2", 14),
                label(self.tr("Fixed by your organisation"), SMALL, tone="2"),
                gap=6,
                margins=(9, 5, 10, 5),
            ),
            "note",
        )
        self._controls = QHBoxLayout()
        self._controls.setSpacing(8)
        words = column(label(title, bold=True, wrap=True), self.about, gap=2)
        top = row((words, 1), self.lock, self._controls, gap=12)
        top.setAlignment(self.lock, Qt.AlignmentFlag.AlignVCenter)
        self._rule = line()
        inside = column(top, self.error, gap=6, margins=(16, 10, 16, 10))
        self.setLayout(column(inside, self._rule, gap=0))
        self.error.hide()

    def put_controls(self, *controls: QWidget) -> None:
        """The controls, from left to right; the first is named by the title."""
        for control in controls:
            self._controls.addWidget(control)
        controls[0].setAccessibleName(self.title)
        controls[0].setAccessibleDescription(self.about.text())
        self.controls = controls

    def last(self) -> None:
        """No line below: it is the last one of its card."""
        self._rule.hide()

    def take(self, settings: Settings) -> None:
        """Show what is in force, and who gave it."""
        fixed = settings.origin(self.setting) is Origin.POLICY
        self.lock.setVisible(fixed)
        self.lock.setToolTip(settings.where(self.setting))
        for control in self.controls:
            control.setEnabled(not fixed)
        try:
            settings.get(self.setting)
        except InvalidSetting as error:
            self.complain(str(error))
        else:
            self.calm()
        self.show_value(settings)

    def show_value(self, settings: Settings) -> None:
        """Put the value in force into the control, without telling of a change."""
        raise NotImplementedError

    def refused(self, error: MirError) -> None:
        """The settings did not take it: what is in force is shown again, and why."""
        self.show_value(self.changes.settings)
        title = errors.title(error)
        self.complain(f"{title}: {error.detail}" if error.detail else title)

    def complain(self, words: str) -> None:
        """Say in place what is wrong."""
        self._said.setText(words)
        self.error.show()
        set_wrong(self.controls[0], True)
        self.controls[0].setAccessibleDescription(words)

    def calm(self) -> None:
        """Nothing is wrong."""
        self.error.hide()
        set_wrong(self.controls[0], False)
        self.controls[0].setAccessibleDescription(self.about.text())

    @property
    def complaint(self) -> str:
        """What is said to be wrong; empty: nothing."""
        return "" if self.error.isHidden() else self._said.text()

    def check(self, untrusted_value: object) -> bool:
        """Hold a value against the setting's own rule, and say so where it breaks it."""
        try:
            self.setting.kind.parse(untrusted_value)
        except ValueError as error:
            self.complain(self._wanted or str(error))
            return False
        self.calm()
        return True


class TextRow(Row):
    """Something typed. It is put in force when the field is left or Enter is pressed; Esc brings the old value back."""

    def __init__(
        self,
        setting: Setting[Any],
        changes: Changes,
        *,
        title: str,
        about: str = "",
        wanted: str = "",
        hint: str = "",
        empty: str = "",
        decimal: str = ".",
        width: int = WIDE,
    ) -> None:
        """`empty` is the value that an empty field stands for; `decimal` the sign of the language in numbers."""
        super().__init__(setting, changes, title=title, about=about, wanted=wanted)
        self._empty = empty
        self._decimal = decimal
        self._in_force = ""
        self.field = field(hint=hint)
        self.field.setMinimumWidth(width)
        self.field.textEdited.connect(self._edited)
        self.field.editingFinished.connect(self._finished)
        self.field.installEventFilter(self)
        self.put_controls(self.field)

    def show_value(self, settings: Settings) -> None:
        """The value as it can be typed; what is being typed just now stays."""
        shown = settings.shown(self.setting)
        self._in_force = "" if shown == self._empty else shown.replace(".", self._decimal)
        if not self.field.isModified():
            self.field.setText(self._in_force)
            self.field.setCursorPosition(0)

    def take(self, settings: Settings) -> None:
        """What is typed stays, and what is wrong with it."""
        super().take(settings)
        if self.field.isModified():
            self.check(self.value())

    def value(self) -> str:
        """What is typed, as the setting reads it."""
        typed = self.field.text().strip()
        return typed.replace(self._decimal, ".") if typed else self._empty

    def _edited(self) -> None:
        if self.complaint:
            self.check(self.value())

    def _finished(self) -> None:
        if self.field.isModified() and self.check(self.value()):
            self.field.setModified(False)
            self.changes.put(self.setting, self.value())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc in a field that was changed undoes the typing, and does not close the dialog."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            escaped = event.key() == Qt.Key.Key_Escape and self.field.isModified()
            if escaped:
                self.field.setText(self._in_force)
                self.calm()
                return True
        return super().eventFilter(watched, event)


class NumberRow(Row):
    """A whole number with steps."""

    def __init__(
        self, setting: Setting[int], changes: Changes, *, low: int, high: int, title: str, about: str = ""
    ) -> None:
        super().__init__(setting, changes, title=title, about=about)
        self.field = QSpinBox()
        self.field.setRange(low, high)
        self.field.setKeyboardTracking(False)
        self.field.setMinimumWidth(96)
        self.field.lineEdit().setTextMargins(_MARGIN, 0, 0, 0)
        self.field.valueChanged.connect(self._changed)
        self.put_controls(self.field)

    def show_value(self, settings: Settings) -> None:
        """The number in force."""
        shown = settings.shown(self.setting)
        self.field.blockSignals(True)
        if shown.isdecimal():
            self.field.setValue(int(shown))
        self.field.blockSignals(False)

    def _changed(self, number: int) -> None:
        self.changes.put(self.setting, number)


class ChoiceRow(Row):
    """One of a few values, each with its word."""

    def __init__(
        self,
        setting: Setting[Any],
        changes: Changes,
        *,
        title: str,
        about: str = "",
        options: Sequence[tuple[str, str]],
        width: int = NARROW,
    ) -> None:
        """`options` are values with their words."""
        super().__init__(setting, changes, title=title, about=about)
        self.choice: QComboBox = choice()
        self.choice.setMinimumWidth(width)
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for value, word in options:
            self.choice.addItem(word, value)
        self.choice.activated.connect(self._chosen)
        self.put_controls(self.choice)

    def show_value(self, settings: Settings) -> None:
        """The value in force; one that is no option is added as it stands."""
        shown = settings.shown(self.setting)
        if self.choice.findData(shown) < 0:
            self.choice.addItem(shown, shown)
        self.choice.setCurrentIndex(self.choice.findData(shown))

    def _chosen(self, index: int) -> None:
        self.changes.put(self.setting, self.choice.itemData(index))


class SwitchRow(Row):
    """On or off."""

    def __init__(self, setting: Setting[bool], changes: Changes, *, title: str, about: str = "") -> None:
        super().__init__(setting, changes, title=title, about=about)
        self.word = label()
        self.switch = Toggle()
        self.switch.clicked.connect(self._clicked)
        self._controls.addWidget(self.word)
        self.put_controls(self.switch)

    def show_value(self, settings: Settings) -> None:
        """On or off, also as a word."""
        self.switch.setChecked(settings.shown(self.setting) == "true")
        self._say()

    def _clicked(self, on: bool) -> None:
        self._say()
        self.changes.put(self.setting, on)

    def _say(self) -> None:
        self.word.setText(self.tr("On") if self.switch.isChecked() else self.tr("Off"))


class PathRow(TextRow):
    """A file or folder, typed or chosen. `ask` opens the system's dialog; tests answer in its place."""

    def __init__(
        self,
        setting: Setting[Path | None],
        changes: Changes,
        *,
        title: str,
        about: str = "",
        wanted: str = "",
        hint: str = "",
        folder: bool,
        kinds: str = "",
        take_path: Callable[[Path], None] | None = None,
    ) -> None:
        """`take_path` looks at a new path before it is put in force, and does that itself."""
        super().__init__(setting, changes, title=title, about=about, wanted=wanted, hint=hint, width=232)
        self._folder = folder
        self._kinds = kinds
        self._take_path = take_path
        self.button: QWidget
        choose = button(self.tr("Choose…"))
        choose.setAccessibleName(self.tr("Choose: {setting}").format(setting=title))
        choose.clicked.connect(self.browse)
        self._controls.addWidget(choose)
        self.button = choose
        self.controls = (self.field, choose)

    def browse(self) -> None:
        """Open the system's dialog for it; it does not block."""
        dialog = QFileDialog(self.window(), self.title)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory if self._folder else QFileDialog.FileMode.ExistingFile)
        if self._kinds:
            dialog.setNameFilter(self._kinds)
        if self.field.text():
            dialog.setDirectory(self.field.text() if self._folder else str(Path(self.field.text()).parent))
        dialog.fileSelected.connect(self.chosen)
        dialog.open()

    def chosen(self, path: str) -> None:
        """A path was chosen in the dialog."""
        self.field.setText(str(Path(path)) if path else "")
        self.field.setModified(True)
        self._finished()

    def _finished(self) -> None:
        if self._take_path is None or not self.field.text().strip():
            super()._finished()
        elif self.field.isModified() and self.check(self.value()):
            self.field.setModified(False)
            self._take_path(self.setting.kind.parse(self.value()))
