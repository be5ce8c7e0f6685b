"""What the pointer holds on the replay bar while a button is down; it moves nothing itself."""

from __future__ import annotations

from enum import Enum
from typing import Final

from PySide6.QtCore import QPointF, QRectF

from ui.replay.timeline.axis import Axis
from ui.replay.timeline.layout import HANDLE
from ui.replay.timeline.scenery import whole_in

_STILL: Final = 4.0
"""Pixels that a hand may tremble while it clicks."""


class Held(Enum):
    """What was pressed on."""

    NOTHING = "nothing"
    LANE = "lane"
    RULER = "ruler"
    OVERVIEW = "overview"
    CURSOR = "cursor"
    """Its label in the ruler: what is dragged is heard from there."""
    FIRST = "first"
    """The handle at the beginning of the selection."""
    LAST = "last"


class Grasp:
    """One at a time. `at` is what lay under the pointer when it was pressed, `key` the lane."""

    def __init__(self) -> None:
        self.held = Held.NOTHING
        self.dragged = False
        self.key = ""
        self.at = 0.0
        self._pressed = QPointF()
        self._last = QPointF()

    def take(self, what: Held, place: QPointF, *, at: float, key: str = "") -> None:
        """A button went down on this."""
        self.held, self.dragged, self.key, self.at = what, False, key, at
        self._pressed = self._last = place

    def moved(self, place: QPointF) -> Held:
        """What is dragged now; NOTHING as long as the pointer is as good as still."""
        if self.held is Held.NOTHING:
            return Held.NOTHING
        if not self.dragged and abs(place.x() - self._pressed.x()) < _STILL:
            return Held.NOTHING
        self.dragged = True
        return self.held

    def way_back(self, place: QPointF) -> float:
        """How far the pointer went to the left since it was asked the last time."""
        way = self._last.x() - place.x()
        self._last = place
        return way

    def let_go(self) -> None:
        """The button is up."""
        self.held = Held.NOTHING
        self.dragged = False

    def handle(self, x: float, first: float, last: float) -> Held | None:
        """Which of the two handles is near; the nearer one."""
        nearest, what = min((abs(x - first), Held.FIRST), (abs(x - last), Held.LAST), key=lambda pair: pair[0])
        return what if nearest <= HANDLE else None

    def in_overview(self, axis: Axis, area: QRectF, x: float) -> float:
        """The moment at a place of the overview."""
        return whole_in(axis, area).at(min(max(x, area.left() + 6), area.right() - 6))
