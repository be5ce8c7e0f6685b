"""What speaks against a folder, in the language of the window; whether a folder is risky is the archive's to say.

The archive tells it in English clauses, for the command line too. One that is not known here is shown as it came.
"""

from __future__ import annotations

import re
from typing import Final

from PySide6.QtCore import QCoreApplication

_SYNCHRONISED: Final = re.compile(r"(.+) synchronises it")
_TEMPORARY: Final = "it is a temporary folder, which the system empties"
_LONG: Final = re.compile(r"its path has (\d+) characters; above (\d+) some names get too long for Windows")


def sentence(risks: tuple[str, ...]) -> str:
    """All of them in one sentence; empty where there are none."""
    words = "; ".join(map(_clause, risks))
    return f"{words[:1].upper()}{words[1:]}." if words else ""


def _clause(risk: str) -> str:
    translate = QCoreApplication.translate
    if risk == _TEMPORARY:
        return translate("risks", "it is a temporary folder, which the system empties")
    if found := _SYNCHRONISED.fullmatch(risk):
        program = found[1]
        if program == "a cloud drive":
            return translate("risks", "a cloud drive synchronises it")
        return translate("risks", "{program} synchronises it").format(program=program)
    if found := _LONG.fullmatch(risk):
        words = translate("risks", "its path has {count} characters; above {limit} some names get too long for Windows")
        return words.format(count=found[1], limit=found[2])
    return risk
