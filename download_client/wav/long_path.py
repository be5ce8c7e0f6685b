r"""How a recording's path is told to Windows so that it opens however long it is; it changes nothing elsewhere.

Windows opens paths of 260 and more characters only in their extended form (``\\?\``), unless an administrator set
`LongPathsEnabled` (Maximum Path Length Limitation, Microsoft Learn). Other programs, and people, do not know that form:
it is for opening alone.
"""

from __future__ import annotations

import os
from typing import Final

_USUAL: Final = 129
"""Characters up to which a path is told as it is; beyond the usual letters each counts twice."""


def openable(path: str) -> str:
    """The same file, in a form that opens."""
    return path if os.name != "nt" or len(path) <= _USUAL else extended(os.path.abspath(path))  # noqa: PTH100 - text


def extended(path: str) -> str:
    r"""An absolute path of Windows in its extended form: ``\\?\C:\x``, ``\\?\UNC\server\share\x``."""
    if path.startswith("\\\\?\\"):
        return path
    return "\\\\?\\UNC" + path[1:] if path.startswith("\\\\") else "\\\\?\\" + path
