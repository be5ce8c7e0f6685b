"""What stands at the top of the window for a while: offline, the sign-in has ended, this is a trial."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.widgets import Note, button
from ui.words import times

_PAUSE = 30
"""Seconds until the service is tried again."""


class OfflineNote(QWidget):
    """Counts down and asks for another try; `again` comes by itself, or from the button."""

    again = Signal()
    library = Signal()

    def __init__(self, reason: str, *, pause: int = _PAUSE) -> None:
        super().__init__()
        self._reason = reason
        self._pause = self._left = pause
        self.now = button(self.tr("Try now"), "refresh-cw")
        self.now.clicked.connect(self._try)
        self.open_library = button(self.tr("Open Library"), "library")
        self.open_library.clicked.connect(self.library)
        self.note = Note("cloud-off", "warn", "", "", self.now, self.open_library)
        _around(self, self.note)
        self._clock = QTimer(self, interval=1000)
        self._clock.timeout.connect(self._tick)
        self.wait(reason)

    def wait(self, reason: str) -> None:
        """It cannot be reached: count down anew."""
        self._reason, self._left = reason, self._pause
        self.now.setEnabled(True)
        self._clock.start()
        self._show()

    def _tick(self) -> None:
        self._left -= 1
        if self._left <= 0:
            self._try()
        else:
            self._show()

    def _try(self) -> None:
        self._clock.stop()
        self.now.setEnabled(False)
        text = self.tr("{reason}. It is being tried now.").format(reason=self._reason)
        self.note.say(icon="cloud-off", tone="warn", title=self.tr("You are offline"), text=text)
        self.again.emit()

    def _show(self) -> None:
        words = self.tr("{reason}. It is tried again in {time}. What was downloaded stays in the Library.")
        text = words.format(reason=self._reason, time=times.countdown(self._left))
        self.note.say(icon="cloud-off", tone="warn", title=self.tr("You are offline"), text=text)


class EndedNote(QWidget):
    """The service does not accept the sign-in any more."""

    sign_in = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.button = button(self.tr("Sign in again"), "log-in", "primary")
        self.button.clicked.connect(self.sign_in)
        text = self.tr("Downloads that wait for it go on by themselves after you have signed in again.")
        _around(self, Note("lock", "warn", self.tr("Your sign-in has ended"), text, self.button))


class TrialNote(QWidget):
    """Nothing here is real."""

    end = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.button = button(self.tr("End the trial"))
        self.button.clicked.connect(self.end)
        text = self.tr("People, calls and sounds are invented. All of it is deleted when the trial ends.")
        _around(self, Note("sparkles", "accent", self.tr("Trial: made-up data"), text, self.button))


def _around(widget: QWidget, note: Note) -> None:
    inside = QVBoxLayout(widget)
    inside.setContentsMargins(0, 0, 8, 6)
    inside.addWidget(note)
