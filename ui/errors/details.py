"""The details of an error for support, as text: code, what was seen, when, with which version; nothing private.

An error's subject and detail hold no name, number or secret (`download_client.errors`); the home folder in a path does.
"""

from __future__ import annotations

import platform
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import qVersion

from download_client import __version__
from download_client.errors import MirError

_WIDTH = 10
_LONGEST = 600


def details(error: MirError, *, when: datetime, run: str = "") -> str:
    """One fact a line, in English whatever the language: support reads it. `run` is the number of a run."""
    facts = {
        "code": error.code,
        "what": error.title,
        "subject": _homeless(error.subject),
        "detail": _homeless(error.detail),
        "run": run,
        "when": when.astimezone().isoformat(sep=" ", timespec="seconds"),
        "version": f"{__version__} ({platform.system()} {platform.release()}, {platform.machine()})",
        "runtime": f"Python {platform.python_version()}, Qt {qVersion()}",
    }
    return "\n".join(f"{name:{_WIDTH}}{_one_line(text)}" for name, text in facts.items() if text)


def _homeless(text: str) -> str:
    home = str(Path.home())
    return text.replace(home, "~") if len(home) > 1 else text


def _one_line(text: str) -> str:
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return line if len(line) <= _LONGEST else line[:_LONGEST] + "…"
