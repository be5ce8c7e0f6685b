"""Wishes to end from outside the window, heard by Qt: Ctrl+C, a termination signal, the end of the user's session.

It ends nothing itself, and cannot hear what the system does not tell, such as a kill.
"""

from __future__ import annotations

import signal
import socket
from types import FrameType
from typing import Any

from PySide6.QtCore import QObject, QSocketNotifier, Qt, Signal
from PySide6.QtGui import QGuiApplication

_NAMES = ("SIGINT", "SIGTERM", "SIGBREAK", "SIGHUP")


class Ending(QObject):
    """`wanted`: end soon, durably. `at_once`: the session ends; everything must be durable when the slot returns.

    A second signal of the system ends the process at once.
    """

    wanted = Signal()
    at_once = Signal()

    def __init__(self, app: QGuiApplication) -> None:
        super().__init__(app)
        app.commitDataRequest.connect(self.at_once, Qt.ConnectionType.DirectConnection)
        # Python hears a signal only when it is its turn; what is written to a socket wakes Qt, whose notifier gives it.
        self._ours, theirs = socket.socketpair()
        self._theirs = theirs
        for end in (self._ours, theirs):
            end.setblocking(False)
        self._before_fd = signal.set_wakeup_fd(theirs.fileno(), warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(self._ours.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._read)
        self._signalled = False
        self._before: dict[int, Any] = {
            number: signal.signal(number, self._heard)
            for number in (getattr(signal, name, None) for name in _NAMES)
            if number is not None
        }

    def close(self) -> None:
        """Put everything back as it was."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._before_fd)
        for number, old in self._before.items():
            signal.signal(number, old)
        self._ours.close()
        self._theirs.close()

    def _heard(self, number: int, _: FrameType | None) -> None:
        signal.signal(number, signal.SIG_DFL)
        self._signalled = True

    def _read(self) -> None:
        """In the event loop, never before it has begun: there, a wish to end would be lost."""
        self._ours.recv(64)
        if self._signalled:
            self._signalled = False
            self.wanted.emit()
