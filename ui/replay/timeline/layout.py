"""Which part of the replay bar lies where: overview, ruler, heads and lanes; pure geometry in logical pixels."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final

from PySide6.QtCore import QRectF

LANE, LANE_LARGE = 36, 96
GAP: Final = 6
"""Between lanes."""
RULER: Final = 24
_OVERVIEW: Final = 46
_HEADS, _HEADS_LEAST = 328, 200
_HEADS_SHARE: Final = 0.28
_BESIDE: Final = 8
_EDGE: Final = 12
"""Free at the right of the lanes, where the scroll bar stands."""
HANDLE: Final = 6.0
"""How near to a handle of the selection one must be to grasp it."""


class Part(Enum):
    """What a place belongs to."""

    NOTHING = "nothing"
    OVERVIEW = "overview"
    RULER = "ruler"
    HEAD = "head"
    LANE = "lane"


@dataclass(frozen=True, slots=True)
class Layout:
    """Of so many lanes in a widget of this size. `scroll` is how far the lanes are scrolled down."""

    width: float
    height: float
    lanes: int
    large: bool = False
    scroll: float = 0.0

    @property
    def lane(self) -> float:
        """Height of a lane."""
        return LANE_LARGE if self.large else LANE

    @property
    def heads(self) -> float:
        """Width of the heads, in whole pixels: pictures are painted quickest there."""
        return max(min(_HEADS, round(self.width * _HEADS_SHARE)), _HEADS_LEAST)

    @property
    def overview(self) -> QRectF | None:
        """The strip that shows everything; only where it is large."""
        return QRectF(self.axis_left, 4, self.axis_width, 26) if self.large else None

    @property
    def ruler(self) -> float:
        """Where the ruler begins."""
        return _OVERVIEW if self.large else 0.0

    @property
    def top(self) -> float:
        """Where the lanes begin."""
        return self.ruler + RULER

    @property
    def axis_left(self) -> float:
        """Where time begins."""
        return self.heads + _BESIDE

    @property
    def axis_width(self) -> float:
        """How wide time is."""
        return max(self.width - self.axis_left - _EDGE, 1.0)

    @property
    def content(self) -> float:
        """Height of all lanes."""
        return self.lanes * (self.lane + GAP)

    @property
    def room(self) -> float:
        """Height there is for them."""
        return max(self.height - self.top, 0.0)

    def row(self, index: int) -> QRectF:
        """The head and lane of that index, over the whole width."""
        y = self.top + index * (self.lane + GAP) - self.scroll
        return QRectF(0, y, self.width, self.lane)

    def head(self, index: int) -> QRectF:
        """The head of that index."""
        return QRectF(6, self.row(index).top(), self.heads - 6, self.lane)

    def shown(self) -> range:
        """The lanes of which anything is on show."""
        each = self.lane + GAP
        first = int(self.scroll // each)
        last = int((self.scroll + self.room) // each) + 1
        return range(max(first, 0), min(last, self.lanes))

    def lane_at(self, y: float) -> int | None:
        """The index of the lane at that height; None between them and beyond."""
        inside = y - self.top + self.scroll
        if y < self.top or inside < 0:
            return None
        index, rest = divmod(inside, self.lane + GAP)
        return int(index) if index < self.lanes and rest <= self.lane else None

    def part_at(self, x: float, y: float) -> Part:
        """What lies there."""
        if self.large and y < self.ruler - 8:
            return Part.OVERVIEW if x >= self.axis_left else Part.NOTHING
        if y < self.top:
            return Part.RULER if x >= self.axis_left and y >= self.ruler else Part.NOTHING
        if self.lane_at(y) is None:
            return Part.NOTHING
        return Part.LANE if x >= self.axis_left else Part.HEAD
