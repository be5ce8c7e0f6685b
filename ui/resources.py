"""Where the files lie that come with the program: icons, translations, help; it reads none of them."""

from __future__ import annotations

import sys
from pathlib import Path

_INSTALLED = Path("share") / "mir-download-client"


def folder(name: str) -> Path:
    """The folder of that name: beside the package from source, in the bundle when frozen, else where pip puts it."""
    bundle = getattr(sys, "_MEIPASS", None)
    source = Path(__file__).resolve().parent.parent / "resources"
    if bundle is None and not source.is_dir():
        source = Path(sys.prefix) / _INSTALLED / "resources"
    return (Path(bundle) / "resources" if bundle else source) / name
