"""Setting the log up once for a process, and what becomes of errors that nobody caught; it decides no exit code."""

from __future__ import annotations

import logging
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import Protocol

from download_client.log.lines import LogFile, OneLine, Screen
from download_client.log.redact import redact

FILE_NAME = "mir-download.log"

_OURS = ("download_client", "ui")
_LEVELS = {"error": logging.ERROR, "warning": logging.WARNING, "info": logging.INFO, "debug": logging.DEBUG}
_log = logging.getLogger(__name__)


class Folders(Protocol):
    """Whatever knows the folder of logs; the program's own `Paths`."""

    @property
    def log(self) -> Path:
        """The folder; it is made when the first line is written."""
        ...


def setup(paths: Folders, *, verbose: bool, level: str = "info") -> Log:
    """Log into the file below `paths.log`, and to standard error when `verbose`; a second call replaces the first.

    `level` (error, warning, info, debug) is that of our own rooms; `verbose` means debug. Of other libraries only
    warnings are kept: their debug lines hold addresses and headers.
    """
    for handler in logging.getLogger().handlers:
        if isinstance(handler, OwnedFile):
            handler.owner.close()
            break
    return Log(paths.log / FILE_NAME, verbose=verbose, level=logging.DEBUG if verbose else _LEVELS[level])


class Log:
    """The log of this process, from `setup` until `close`. `file` is where it is written."""

    def __init__(self, file: Path, *, verbose: bool, level: int) -> None:
        self.file = file
        root = logging.getLogger()
        self._handlers: list[logging.Handler] = [OwnedFile(file, owner=self)]
        if verbose:
            self._handlers.append(Screen())
        for handler in self._handlers:
            handler.setFormatter(OneLine())
            root.addHandler(handler)
        self._levels = [(logger, logger.level) for logger in (root, *map(logging.getLogger, _OURS))]
        root.setLevel(max(level, logging.WARNING))
        for name in _OURS:
            logging.getLogger(name).setLevel(level)
        logging.captureWarnings(capture=True)
        self._hooks = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        sys.excepthook = self._uncaught
        threading.excepthook = self._uncaught_in_thread
        sys.unraisablehook = self._unraisable

    def close(self) -> None:
        """Let go of the file and put everything back as it was before."""
        if not self._handlers:
            return
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._hooks
        logging.captureWarnings(capture=False)
        for logger, level in self._levels:
            logger.setLevel(level)
        for handler in self._handlers:
            logging.getLogger().removeHandler(handler)
            handler.close()
        self._handlers = []

    def _uncaught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self._report("the program ended by an error", error, trace)

    def _uncaught_in_thread(self, found: threading.ExceptHookArgs) -> None:
        if found.exc_value is not None and not issubclass(found.exc_type, SystemExit):
            name = found.thread.name if found.thread is not None else "?"
            self._report(f"thread {name} ended by an error", found.exc_value, found.exc_traceback)

    def _unraisable(self, found: sys.UnraisableHookArgs) -> None:
        if found.exc_value is not None:
            _log.error("an error while tidying up", exc_info=(found.exc_type, found.exc_value, found.exc_traceback))

    def _report(self, what: str, error: BaseException, trace: TracebackType | None) -> None:
        """Into the file with its traceback, to standard error in one line; both without secrets."""
        _log.critical("%s", what, exc_info=(type(error), error, trace))
        if sys.stderr is not None:
            try:
                sys.stderr.write(redact(f"{what} ({type(error).__name__}); details: {self.file}") + "\n")
            except (OSError, ValueError):
                return


class OwnedFile(LogFile):
    """Our file among the handlers of others."""

    def __init__(self, path: Path, *, owner: Log) -> None:
        super().__init__(path)
        self.owner = owner
