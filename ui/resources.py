"""Where the files lie that come with the program: icons, translations, help; it reads none of them."""

from __future__ import annotations

import sys
from pathlib import Path


def folder(name: str) -> Path:
    """The folder of that name: beside the package from source, inside the bundle when frozen."""
    bundle = getattr(sys, "_MEIPASS", None)
    root = Path(bundle) if bundle else Path(__file__).resolve().parent.parent
    return root / "resources" / name
