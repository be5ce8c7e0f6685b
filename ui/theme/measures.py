"""Type and measures: sizes in pixels at 100 %, fonts by size and weight; nothing is drawn here."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics

FAMILIES: Final = (
    "Segoe UI Variable Text",
    "Segoe UI",
    "Inter",
    "Noto Sans",
    "DejaVu Sans",
    "Helvetica Neue",
    "Liberation Sans",
    "Arial",
)
MONO: Final = ("Cascadia Mono", "Consolas", "SF Mono", "Menlo", "DejaVu Sans Mono", "Liberation Mono", "Courier New")
"""By preference, of Windows, Linux, macOS; the first that is there counts, the system's own where none is."""

CAPTION, SMALL, BODY, STRONG, TITLE, DISPLAY = 11, 12, 13, 15, 20, 28
"""Sizes of type: navigation words · second line, field labels · first line, buttons · names of panels · the one
sentence of a module · sign-in."""

GAP: Final = 4
"""The grid; distances are 4, 8, 12, 16, 24, 32."""
RADIUS_CONTROL, RADIUS_CARD = 6, 8
"""Of row bands and buttons, of notes and cards; those of fields, sheets, pills stand in the style sheet."""
ROW, ROW_COMPACT, ROW_LIBRARY, ROW_HEAD, ROW_GROUP = 42, 28, 40, 32, 36
FIELD = 30
"""Height of a field."""
RAIL, TOOLBAR, SEARCH_PANEL, DETAIL = 88, 56, 292, 300
PANEL_LEAST, PANEL_MOST = 260, 420
"""How narrow and how wide a panel may become."""

FIRST_SIZE: Final = (1440, 900)
LEAST_SIZE: Final = (960, 640)
NARROW_DETAIL, NARROW_SEARCH, NARROW_TOOLBAR = 1420, 1180, 1080
"""Narrower than this, the detail view closes, the search folds to chips, the toolbar keeps its icons only."""


@lru_cache(maxsize=2)
def families(*, mono: bool = False) -> tuple[str, ...]:
    """Those of the list that this machine has: asked for one that is missing, a system may take any, with serifs even.

    Never empty.
    """
    own = QFontDatabase.SystemFont.FixedFont if mono else QFontDatabase.SystemFont.GeneralFont
    there = tuple(family for family in (MONO if mono else FAMILIES) if QFontDatabase.hasFamily(family))
    return there or (QFontDatabase.systemFont(own).family(),)


@lru_cache(maxsize=64)
def font(size: int = BODY, *, bold: bool = False, mono: bool = False) -> QFont:
    """The font of that size in pixels; figures stand under each other. Two weights only: 400 and 600."""
    made = QFont()
    made.setFamilies(families(mono=mono))
    made.setStyleHint(QFont.StyleHint.Monospace if mono else QFont.StyleHint.SansSerif)
    made.setPixelSize(size)
    made.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    if not mono:
        made.setFeature(QFont.Tag("tnum"), 1)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


@lru_cache(maxsize=64)
def metrics(size: int = BODY, *, bold: bool = False, mono: bool = False) -> QFontMetrics:
    """What that font measures."""
    return QFontMetrics(font(size, bold=bold, mono=mono))


def text_width(text: str, size: int = BODY, *, bold: bool = False) -> int:
    """How wide a line of text is, in pixels."""
    return metrics(size, bold=bold).horizontalAdvance(text)
