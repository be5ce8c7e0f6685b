"""What may lie under the modules, or take their place for a while: what the main window must know of it, no more."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame


class Docked(QFrame):
    """The base of it. Made when it is first wanted; it shows and hides itself.

    `enlarged`: True: it wants the place of the module; False: it is content below it again. `left`: it let go of the
    keyboard, which belongs to the module again.
    """

    help_page: ClassVar[str] = ""
    """The page Module Help (F1) opens while it is in the module's place, or has the keyboard."""

    enlarged = Signal(bool)
    left = Signal()

    @property
    def large(self) -> bool:
        """It is in the module's place."""
        return False

    def shrink(self) -> None:
        """Give the module its place back."""

    def fit(self, *, width: int, height: int) -> None:
        """The window has this size now: fold what does not fit. May be called often."""

    def escape(self) -> bool:
        """Close what lies uppermost in it (Esc); False: there was nothing."""
        return False
