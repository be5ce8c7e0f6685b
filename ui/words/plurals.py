"""Words that a number decides, outside of widgets; it formats no number beyond `%n`.

What a widget says by `self.tr(words, "", n)` is said here by a class whose name is the context that translators see,
the same one that `translate` names for words without a number.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


class _Context:
    @classmethod
    def tr(cls, text: str, comment: str, n: int, /) -> str:
        """`text` in the form and the language that `n` takes; `comment` as in the translations, mostly empty."""
        return QCoreApplication.translate(cls.__name__, text, comment, n)


class Listing(_Context):
    """Lists of conversations."""


class RunItems(_Context):
    """Recordings of a run."""


class Runs(_Context):
    """Runs in their list."""


class RunWords(_Context):
    """States of runs."""


class ScheduleWords(_Context):
    """Nights of schedules."""


class Search(_Context):
    """Criteria."""
