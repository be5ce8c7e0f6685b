"""The languages that the window can be shown in: English, and each for which there is a translation file."""

from __future__ import annotations

from PySide6.QtCore import QLocale

from ui.resources import folder

_WRITTEN_IN = "en"


def languages() -> list[str]:
    """Their codes."""
    files = folder("translations").glob("*.qm")
    return sorted({_WRITTEN_IN, *(path.stem.partition("_")[2] for path in files if "_" in path.stem)})


def language_options() -> tuple[tuple[str, str], ...]:
    """Each code with the language's own name for itself."""
    return tuple((code, _own_name(code)) for code in languages())


def _own_name(code: str) -> str:
    # Qt names English by its country.
    name = "English" if code == _WRITTEN_IN else QLocale(code).nativeLanguageName()
    return name[:1].upper() + name[1:]
