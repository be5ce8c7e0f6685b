"""One window per profile: the first holds a lock and listens, a second asks it to come to the front, and ends.

The lock dies with its process, also after a kill. Nothing but the wish to be raised passes between the two.
"""

from __future__ import annotations

import hashlib
import os
import sys
import time

from PySide6.QtCore import QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from download_client.settings import Paths

_MS = 500
_PATIENCE = 5.0
"""Seconds a second start gives the first to begin listening."""


class Instance(QObject):
    """Whether this process is the first of its profile; `raised`: another start asks for the window."""

    raised = Signal()

    def __init__(self, paths: Paths, profile: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        folder = paths.state / "locks"
        folder.mkdir(parents=True, exist_ok=True)
        self._lock = QLockFile(str(folder / f"window-{profile}.lock"))
        # Never by age alone: only when the process that holds it is gone.
        self._lock.setStaleLockTime(0)
        place = hashlib.sha256(f"{folder}\n{profile}".encode()).hexdigest()[:16]
        self._name = f"mir-download-client-{place}"
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._asked)

    def first(self) -> bool:
        """Become the first, or ask the first for its window; False: there is one, and it was asked.

        Blocks for some seconds at most; call it before anything is shown.
        """
        until = time.monotonic() + _PATIENCE
        while True:
            if self._lock.tryLock(0):
                # Whoever listened under this name is gone, perhaps without tidying up.
                QLocalServer.removeServer(self._name)
                self._server.listen(self._name)
                return True
            holder = self._lock.getLockInfo()[0]
            if holder == os.getpid():
                # It died, and the system gave us its number: Qt takes it for alive, since we are.
                self._lock.removeStaleLockFile()
                continue
            _may_come_to_front(holder)
            if self._ask() or time.monotonic() > until:
                return False

    def close(self) -> None:
        """Let another start be the first."""
        self._server.close()
        self._lock.unlock()

    def _ask(self) -> bool:
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(_MS):
            # It is about to listen, or to end.
            time.sleep(_MS / 10_000)
            return False
        # The answer says that it was heard: a connection alone may be to a process that is about to end.
        heard = socket.waitForReadyRead(_MS * 4)
        socket.disconnectFromServer()
        return heard

    def _asked(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            socket.write(b"here\n")
            socket.flush()
            self.raised.emit()


def _may_come_to_front(process: int) -> None:
    """Windows lets only the program that the user has just started put a window in front; we hand that right on."""
    if sys.platform == "win32":
        import ctypes

        ctypes.WinDLL("user32").AllowSetForegroundWindow(ctypes.c_uint(process))
