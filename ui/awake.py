"""Keeps the computer from going to sleep while a run is active; the screen may still go dark.

It asks the operating system and does not promise that it is heard: a lid that is closed, an empty battery or a
policy may end the day all the same. Nothing outlives this process: whatever was asked ends with it.

Windows: `SetThreadExecutionState` of the thread that calls, so always the same one (the window's).
macOS: `caffeinate -i -w PID`. Linux: `systemd-inhibit`, which runs `cat` until our end of its pipe is closed.
"""

from __future__ import annotations

import ctypes
import logging
import os
import sys
from collections.abc import Callable

from PySide6.QtCore import QObject, QProcess, Signal
from shiboken6 import isValid

_log = logging.getLogger(__name__)

_ES_SYSTEM_REQUIRED = 0x00000001
_ES_CONTINUOUS = 0x80000000
_GOODBYE = 1_000
"""Milliseconds that a program of the system gets to end after it was told."""


def keeper(platform: str, *, who: str, why: str) -> list[str]:
    """The program, with its words, that keeps this computer awake while it runs; empty where none is needed or known.

    `who` and `why` are what the system shows to people who ask what keeps the computer awake.
    """
    if platform == "darwin":
        return ["caffeinate", "-i", "-w", str(os.getpid())]
    if platform.startswith("linux"):
        return ["systemd-inhibit", "--what=sleep:idle", f"--who={who}", f"--why={why}", "--mode=block", "cat"]
    return []


class Awake(QObject):
    """Asks the system to stay awake between `hold` and `release`; both may be called as often as one likes.

    `changed` tells whether the system was asked and, as far as can be seen, agreed. `execution_state` stands for
    Windows' own call.
    """

    changed = Signal(bool)

    def __init__(
        self,
        *,
        platform: str = sys.platform,
        execution_state: Callable[[int], int] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._platform = platform
        self._execution_state = execution_state
        self._process: QProcess | None = None
        self._leaving: list[QProcess] = []
        self._held = False
        self._wanted = False

    @property
    def held(self) -> bool:
        """Whether the computer is being kept awake."""
        return self._held

    def hold(self, *, who: str, why: str) -> None:
        """From now on the computer should not sleep."""
        if self._wanted:
            return
        self._wanted = True
        if self._platform == "win32":
            # It answers the former state, or 0 when it refused.
            self._set_held(self._set_execution_state(_ES_CONTINUOUS | _ES_SYSTEM_REQUIRED) != 0)
            return
        words = keeper(self._platform, who=who, why=why)
        if not words:
            return
        process = QProcess(self)
        process.started.connect(self._began)
        process.finished.connect(self._ended)
        process.errorOccurred.connect(self._ended)
        self._process = process
        process.start(words[0], words[1:])

    def release(self) -> None:
        """From now on it may."""
        if not self._wanted:
            return
        self._wanted = False
        if self._platform == "win32":
            self._set_execution_state(_ES_CONTINUOUS)
        process, self._process = self._process, None
        if process is not None:
            process.started.disconnect(self._began)
            process.finished.disconnect(self._ended)
            process.errorOccurred.disconnect(self._ended)
            process.finished.connect(process.deleteLater)
            self._leaving.append(process)
            # `cat` ends when its input does, and `systemd-inhibit` with it; `caffeinate` has to be told.
            process.closeWriteChannel()
            if process.program() == "caffeinate":
                process.terminate()
        self._set_held(False)

    def close(self) -> None:
        """The same, and nothing of it is left when this returns; at most a second."""
        self.release()
        for process in self._leaving:
            running = isValid(process) and process.state() is not QProcess.ProcessState.NotRunning
            if running and not process.waitForFinished(_GOODBYE):
                process.kill()
                process.waitForFinished(_GOODBYE)
        self._leaving.clear()

    def _began(self) -> None:
        self._set_held(True)

    def _ended(self) -> None:
        """The program is not there, or the system refused: said in the log only, the run goes on all the same."""
        process, self._process = self._process, None
        if process is None:
            return
        _log.info("the computer cannot be kept awake: %s ended (%s)", process.program(), process.exitCode())
        process.deleteLater()
        self._set_held(False)

    def _set_execution_state(self, flags: int) -> int:
        if self._execution_state is not None:
            return self._execution_state(flags)
        library: ctypes.CDLL = getattr(ctypes, "windll").kernel32  # noqa: B009 - the name exists on Windows only
        answer: int = library.SetThreadExecutionState(ctypes.c_uint(flags))
        return answer

    def _set_held(self, held: bool) -> None:
        if held is not self._held:
            self._held = held
            self.changed.emit(held)
