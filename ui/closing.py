"""What becomes of the downloads when the window is closed in mid-run: asked once, or done as was chosen before.

It decides whether the window may close and says what else is wanted; it ends nothing itself. Nothing is lost either
way: what is stopped goes on at the next start. A log-off or shutdown is never held up by a question.
"""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QDialog, QWidget

from download_client.errors import InvalidSetting
from download_client.settings import table
from ui.help_key import help_key
from ui.session import Session
from ui.theme import TITLE
from ui.widgets import Glyph, button, column, label, line, row


class Choice(StrEnum):
    """What to do, by the words of the setting `window.on_close`."""

    ASK = "ask"
    GO_ON = "tray"
    STOP = "stop"


class Question(QDialog):
    """Keep going, stop now, or do not close after all; the last by Esc and the window's own cross.

    `answered` carries a `Choice` and whether it is to be remembered. Without a `tray` going on means: minimised.
    """

    answered = Signal(object, bool)

    def __init__(self, active: int, *, tray: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("MIR Download Client"))
        title = label(self.tr("%n download(s) are still at work", "", active), TITLE, bold=True, wrap=True)
        if tray:
            words = self.tr(
                "They can go on in the tray while the window is closed. Or they stop now: nothing is lost, and they go "
                "on where they stopped at the next start."
            )
            go_on = self.tr("Keep going in the tray")
        else:
            words = self.tr(
                "This desktop has no tray, so they can only go on while the window is open, perhaps minimised. Or they "
                "stop now: nothing is lost, and they go on where they stopped at the next start."
            )
            go_on = self.tr("Keep going, minimised")
        text = label(words, wrap=True)
        text.setMinimumWidth(420)
        self._always = QCheckBox(self.tr("Do the same next time, without asking"))
        self.go_on = button(go_on, kind="primary")
        self.stop = button(self.tr("Stop now"))
        self.cancel = button(self.tr("Cancel"))
        self.go_on.setDefault(True)
        self.go_on.clicked.connect(lambda: self._answer(Choice.GO_ON))
        self.stop.clicked.connect(lambda: self._answer(Choice.STOP))
        self.cancel.clicked.connect(self.reject)
        says = column(title, text, 6, self._always, None, gap=8)
        body = row(
            column(Glyph("download", "accent", 24, ground="tint", pad=12), None),
            (says, 1),
            margins=(24, 20, 24, 18),
            gap=18,
        )
        foot = row(None, self.cancel, self.stop, self.go_on, margins=(24, 14, 24, 16), gap=8)
        self.setLayout(column((body, 1), line(), foot, gap=0))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.go_on.setFocus()

    def _answer(self, choice: Choice) -> None:
        self.answered.emit(choice, self._always.isChecked())
        self.accept()


class Closing(QObject):
    """Ask it in `closeEvent`: `may_close`. `tell` keeps it told of how many runs are at work."""

    go_on_wanted = Signal()
    """Hide the window (or minimise it, where there is no tray); the downloads go on."""
    quit_wanted = Signal()
    """End the program, durably; close the window without asking again."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._active = 0
        self._tray = False
        self._decided = False
        self.question: Question | None = None
        QGuiApplication.instance().commitDataRequest.connect(self._system_ends)  # type: ignore[union-attr]

    def tell(self, *, active: int, tray: bool) -> None:
        """How many runs are at work or wait for their turn, and whether the desktop has a tray."""
        self._active, self._tray = active, tray

    def may_close(self) -> bool:
        """Whether the window may close now; if not, something was asked or done instead."""
        if self._decided or not self._active:
            return True
        choice = self._chosen()
        if choice is Choice.STOP:
            return True
        if choice is Choice.GO_ON and self._tray:
            self.go_on_wanted.emit()
            return False
        if self.question is None:
            self._ask()
        return False

    def leave(self) -> None:
        """Quit was chosen by name, in a menu or in the tray: no question, everything is made durable."""
        self._decided = True
        self.quit_wanted.emit()

    def _ask(self) -> None:
        self.question = Question(self._active, tray=self._tray, parent=self._window)
        self.question.answered.connect(self._answered)
        help_key(self.question, lambda: self._session.help_wanted.emit("downloads"))
        self.question.finished.connect(self._asked)
        self.question.open()

    def _asked(self) -> None:
        self.question = None

    def _answered(self, choice: Choice, remember: bool) -> None:
        if remember:
            self._session.change(table.ON_CLOSE, choice.value, owner=self)
        if choice is Choice.STOP:
            self.leave()
        else:
            self.go_on_wanted.emit()

    def _chosen(self) -> Choice:
        try:
            return Choice(self._session.settings.get(table.ON_CLOSE))
        except InvalidSetting:
            return Choice.ASK

    def _system_ends(self) -> None:
        self._decided = True
