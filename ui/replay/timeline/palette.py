"""The basic colours of conversations (F10), told apart by colour-blind people too; never alone: a lane has a number.

Found by search under full colour, protan, deutan and tritan sight (Machado 2009): the closest pair lies 8.1 apart in
OKLab × 100, each is at least 3 : 1 on its sheet. Always mixed on paper beforehand, never alpha.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QColor

from ui.theme import Theme, contrast

_LIGHT: Final = (
    "#3654BB", "#CD7F23", "#511F47", "#20A19F", "#70700A", "#1A3D00",
    "#983876", "#521F8F", "#D14E60", "#417DB1", "#8D82EB", "#694E32",
)  # fmt: skip
_DARK: Final = (
    "#7693F5", "#F2B040", "#986080", "#5FD3C0", "#ECE366", "#849F1F",
    "#BE84B8", "#6D69C0", "#F87F7B", "#B5E3FE", "#C2ADFE", "#B1590F",
)  # fmt: skip
_COMING: Final = 0.58
_INKS: Final = ("#FFFFFF", "#000000")


class Palette:
    """The colours of one lane, by its number among the basic ones."""

    def __init__(self, by: Theme, colour: int) -> None:
        self._by = by
        # By the sheet itself: with high contrast it is the system's, light or dark.
        self._dark = contrast(by.tokens.paper, "#000000") < contrast(by.tokens.paper, "#FFFFFF")
        self._colour = (_DARK if self._dark else _LIGHT)[colour]

    @property
    def played(self) -> QColor:
        """The basic colour itself."""
        return QColor(self._colour)

    @property
    def coming(self) -> QColor:
        """Of the waveform that is still to come."""
        return self.share(_COMING)

    @property
    def ground(self) -> QColor:
        """Of the lane."""
        return self.share(0.16 if self._dark else 0.10)

    @property
    def ink(self) -> QColor:
        """Of words on the basic colour."""
        return QColor(max(_INKS, key=lambda ink: contrast(ink, self._colour)))

    def share(self, share: float) -> QColor:
        """So much of it on paper."""
        return self._by.mixed(self._colour, "paper", share)
