"""What all errors have in common: title, advice, fate and code; each kind is a module of its own beside this one."""

from __future__ import annotations

from enum import Enum
from typing import ClassVar


class Fate(Enum):
    """Whether trying again can help: the whole answer `retry` needs."""

    AGAIN = "again"
    """The same request may succeed later."""
    SKIP = "skip"
    """This recording will not come by trying again now; the others go on."""
    STOP = "stop"
    """Nothing can go on until somebody acts."""


class MirError(Exception):
    """The root. `subject` names what it happened to (an id or a path), `detail` what was seen.

    `retry_after` is in seconds, where the service named a time. Neither subject nor detail ever holds a secret, a
    telephone number, a name of a person or a signed link.
    """

    title: ClassVar[str] = "Something went wrong"
    advice: ClassVar[str] = "Run the command again; if it stays, send the details to support."
    fate: ClassVar[Fate] = Fate.STOP
    code: ClassVar[str] = "error"

    def __init__(self, detail: str = "", *, subject: str = "", retry_after: float | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.subject = subject
        self.retry_after = retry_after

    def __str__(self) -> str:
        """One line: what happened, to what, what was seen."""
        return self.title + (f" ({self.subject})" if self.subject else "") + (f": {self.detail}" if self.detail else "")

    def as_dict(self) -> dict[str, str]:
        """The error as a program reads it: code, title, subject, detail, advice."""
        return {
            "code": self.code,
            "title": self.title,
            "subject": self.subject,
            "detail": self.detail,
            "advice": self.advice,
        }


class Interrupted(MirError):
    """Ctrl+C, log-off, shutdown, or cancel. Not a failure: everything is durable."""

    title = "Stopped on request"
    advice = "Run the same command again; it goes on where it stopped."
    code = "interrupted"


def check_format(found: object, *, known: int, newer: type[MirError], subject: str) -> None:
    """Raise `newer` where the number that a file has for its format is above the one that is known."""
    if isinstance(found, int) and found > known:
        raise newer(f"its format is {found}, this version knows {known}", subject=subject)
