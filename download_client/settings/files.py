"""Small text files changed whole: a reader sees the old one or the new one; it knows nothing of what they say."""

from __future__ import annotations

import contextlib
import os
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

_LONGEST = 1 << 20
_LOCK_WAIT = 10.0
_HELD = (0.01, 0.03, 0.1, 0.3, 1.0)
"""Seconds between tries to replace a file that somebody holds open."""


def read_text(path: Path) -> str | None:
    """The text of a UTF-8 file, without the mark that some editors put first; None: there is no such file.

    Raises:
        OSError: it cannot be read.
        ValueError: it is not UTF-8, or larger than a mebibyte; with a sentence for people.

    """
    try:
        with path.open("rb") as file:
            content = file.read(_LONGEST + 1)
    except FileNotFoundError:
        return None
    if len(content) > _LONGEST:
        raise ValueError("it is larger than 1 MiB")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ValueError(f"line {line} is not UTF-8 text") from None


def replace_text(path: Path, text: str) -> None:
    """Make `text` the whole content of the file, readable for its owner alone. Raises OSError."""
    path = path.resolve()
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    new = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        _take_its_place(new, path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise


def _take_its_place(new: Path, path: Path) -> None:
    """Replace the file; on Windows whoever reads it just now is waited for."""
    for seconds in _HELD if os.name == "nt" else ():
        try:
            new.replace(path)
        except PermissionError:
            threading.Event().wait(seconds)
        else:
            return
    new.replace(path)


@contextlib.contextmanager
def changing(path: Path) -> Iterator[None]:
    """While inside, no other process of this program changes the file. Raises OSError (TimeoutError after 10 s)."""
    import filelock  # readers do without

    path = path.resolve()
    path.parent.mkdir(parents=True, exist_ok=True)
    with filelock.FileLock(path.with_name(f".{path.name}.lock"), timeout=_LOCK_WAIT):
        yield
