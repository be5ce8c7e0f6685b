"""What becomes of errors that nobody caught, of Qt's messages, and of a crash below Python: the log, and the window.

Nothing private is told on: the window is given the kind of an error and its place, never its words.
"""

from __future__ import annotations

import contextlib
import faulthandler
import logging
import sys
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler

from ui.bridge import in_our_terms

_log = logging.getLogger(__name__)
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.DEBUG,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class Crash(QObject):
    """From now until `close`. `unexpected` carries a `MirError` for the error dialog.

    `file` is where the stack is written if the process dies below Python.
    """

    unexpected = Signal(object)

    def __init__(self, file: Path) -> None:
        super().__init__()
        self._hook = sys.excepthook
        sys.excepthook = self._uncaught
        qInstallMessageHandler(_message)
        self._file = None
        # Without a folder for it the window works as well; the log says the same by being absent.
        with contextlib.suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            self._file = file.open("a", encoding="utf-8")
            faulthandler.enable(self._file)

    def close(self) -> None:
        """Put everything back as it was."""
        sys.excepthook = self._hook
        qInstallMessageHandler(None)
        if self._file is not None:
            faulthandler.disable()
            self._file.close()

    def _uncaught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            return
        _log.critical("an error that nobody caught", exc_info=(kind, error, trace))
        self.unexpected.emit(in_our_terms(error))


def _message(kind: QtMsgType, _: QMessageLogContext, message: str | None) -> None:
    _log.log(_LEVELS.get(kind, logging.WARNING), "Qt: %s", message)
