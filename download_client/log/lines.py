"""How a record becomes one line, and where lines go; a line that cannot be written is lost in silence."""

from __future__ import annotations

import contextlib
import logging
import os
import sys
import traceback
from datetime import UTC, datetime
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from download_client.log.redact import redact

LARGEST = 4_000_000
"""Bytes of a log file before it is set aside."""
OLD_FILES = 5


class OneLine(logging.Formatter):
    """``time level process room: message``, time in UTC; a traceback follows in indented lines, without values."""

    def format(self, record: logging.LogRecord) -> str:
        """The redacted line; control and bidi characters are escaped, so that no text can look like another line."""
        time = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        line = f"{time} {record.levelname} {record.process} {record.name}: {_escaped(redact(_message(record)))}"
        for text in (_trace(record), record.stack_info or ""):
            for part in redact(text).splitlines():
                line += f"\n    {_escaped(part)}"
        return line


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except Exception:  # arguments that do not fit, or that cannot be printed
        return f"a message that cannot be printed ({record.module}:{record.lineno})"


def _trace(record: logging.LogRecord) -> str:
    if not record.exc_info or record.exc_info[1] is None:
        return ""
    try:
        return "".join(traceback.TracebackException.from_exception(record.exc_info[1], limit=-40).format())
    except Exception:  # a foreign exception whose parts cannot be read
        return f"{type(record.exc_info[1]).__name__} (its traceback cannot be printed)"


def _escaped(text: str) -> str:
    if text.isprintable():
        return text
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in text)


_APPEND = 0x0004 | 0x0080 | 0x0010_0000
"""FILE_APPEND_DATA, FILE_READ_ATTRIBUTES, SYNCHRONIZE"""
_SHARED = 1 | 2 | 4
"""FILE_SHARE_READ, FILE_SHARE_WRITE, FILE_SHARE_DELETE"""
_OPEN_ALWAYS = 4


class LogFile(RotatingFileHandler):
    """A file that is set aside when it is large. Several processes may write into it.

    Where it cannot be set aside (on Windows another program may hold it), it grows on for a while.
    """

    def __init__(self, path: Path, *, largest: int = LARGEST) -> None:
        super().__init__(path, maxBytes=largest, backupCount=OLD_FILES, encoding="utf-8", delay=True, errors="replace")
        self._grow = largest // 4 or 1

    def shouldRollover(self, record: logging.LogRecord) -> bool:  # noqa: ARG002, N802
        """Whether it is large enough; follows when another process has set it aside."""
        if self.stream is None:
            self.stream = self._open()
        mine = os.fstat(self.stream.fileno())
        try:
            now = Path(self.baseFilename).stat()
        except (FileNotFoundError, PermissionError):
            now = None  # on Windows a deleted file bears its name until everybody has let go of it
        if now is None or (mine.st_ino, mine.st_dev) != (now.st_ino, now.st_dev):
            self._let_go()
            self.stream = self._open()
            mine = os.fstat(self.stream.fileno())
        return mine.st_size >= self.maxBytes

    def doRollover(self) -> None:  # noqa: N802
        """Set it aside as ``.1``, the older ones each one further; the oldest goes."""
        self._let_go()
        base = Path(self.baseFilename)
        aside = base.with_name(f"{base.name}.{os.getpid()}.new")
        try:
            # First what may fail because somebody holds it, so that a failure moves nothing else.
            base.replace(aside)
        except OSError:
            self.maxBytes += self._grow
            return
        with contextlib.suppress(OSError):
            for number in range(self.backupCount - 1, 0, -1):
                older = base.with_name(f"{base.name}.{number}")
                if older.exists():
                    older.replace(base.with_name(f"{base.name}.{number + 1}"))
        with contextlib.suppress(OSError):
            aside.replace(base.with_name(f"{base.name}.1"))

    def close(self) -> None:
        """Let go of the file."""
        self._let_go()
        super().close()

    def _let_go(self) -> None:
        """What a full disk did not take is lost with the stream; the next record opens it again."""
        stream, self.stream = self.stream, None
        if stream is not None:
            with contextlib.suppress(OSError):
                stream.close()

    def _open(self) -> TextIOWrapper:
        path = Path(self.baseFilename)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return open(path, "a", encoding=self.encoding, errors=self.errors, opener=_for_the_owner)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        """A line is lost: the disk is full, or the folder cannot be written. The program goes on."""


def _for_the_owner(path: str, flags: int) -> int:
    if sys.platform != "win32":
        return os.open(path, flags, 0o600)
    # Python's own way would seek to the end and then write, over the line that another process wrote in between, and
    # would let nobody set the file aside. This is how POSIX has it (CreateFile, Microsoft Learn).
    import _winapi
    import msvcrt

    handle = _winapi.CreateFile(path, _APPEND, _SHARED, 0, _OPEN_ALWAYS, 0, 0)
    return msvcrt.open_osfhandle(handle, os.O_APPEND | os.O_NOINHERIT)


class Screen(logging.Handler):
    """Standard error, whatever it is at the moment; there may be none."""

    def emit(self, record: logging.LogRecord) -> None:
        """Print the line."""
        try:
            if sys.stderr is not None:
                sys.stderr.write(self.format(record) + "\n")
                sys.stderr.flush()
        except (OSError, ValueError):
            self.handleError(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        """Nobody reads it: a closed pipe, or letters that the terminal lacks."""
