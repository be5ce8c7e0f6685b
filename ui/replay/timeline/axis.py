"""Where a moment lies on the replay bar, and what moment lies at a place; pure arithmetic, it paints nothing.

Moments are seconds since 1970 (UTC), places are logical pixels. Time in which no lane has a voice is folded to a strip;
everything else is true to time, at `scale` pixels a second.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Final

FOLD: Final = 34.0
"""Pixels of a folded stretch; where there are many, they take at most a part of the width."""
_FOLDED: Final = 0.4
_WHOLE: Final = 1e-6
"""A share below this is the whole, but for rounding."""
LONG: Final = 300.0
"""Seconds without any voice that are folded in any case, from here on."""
BRIEF: Final = 20.0
"""Seconds without any voice that are never folded."""
FINEST: Final = 300.0
"""Pixels a second, at most: a tenth of a second is 30 pixels wide."""
_STEPS: Final = (
    *(0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30),
    *(60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400),
)
_EMPTY: Final = (0.0, 60.0)

Span = tuple[float, float]


def segments_of(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Stretches of time with voices, in order.

    What lies between them is longer than all voices together: otherwise short voices would be slivers beside it.
    """
    voices = sorted(spans)
    long = min(LONG, max(BRIEF, sum(last - first for first, last in voices)))
    found: list[Span] = []
    for first, last in voices:
        if found and first - found[-1][1] <= long:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, max(last, first + 0.001)))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Axis:
    """A stretch of the time on show. `offset` is how many pixels of the whole lie left of `left`.

    Whatever is asked for is kept in its limits: never coarser than the whole in `width`, never beyond an end.
    """

    segments: tuple[Span, ...] = (_EMPTY,)
    left: float = 0.0
    width: float = 1.0
    scale: float = 0.0
    offset: float = 0.0
    _lengths: tuple[float, ...] = field(init=False, repr=False, compare=False)
    """Seconds of all segments before each of them."""
    fold: float = field(init=False, repr=False, compare=False)
    """Pixels of a folded stretch."""
    _begins: tuple[float, ...] = field(init=False, repr=False, compare=False)
    """Pixels of the whole before each segment, and behind the last."""

    def __post_init__(self) -> None:
        """Keep to the limits."""
        segments = self.segments or (_EMPTY,)
        lengths = [0.0]
        for first, last in segments:
            lengths.append(lengths[-1] + last - first)
        put = object.__setattr__
        put(self, "segments", segments)
        put(self, "width", max(self.width, 1.0))
        put(self, "_lengths", tuple(lengths))
        put(self, "fold", min(FOLD, self.width * _FOLDED / max(len(segments) - 1, 1)))
        put(self, "scale", min(max(self.scale, self.whole), max(FINEST, self.whole)))
        put(self, "offset", min(max(self.offset, 0.0), max(self.length - self.width, 0.0)))
        scale, fold = self.scale, self.fold
        put(self, "_begins", tuple(seconds * scale + fold * index for index, seconds in enumerate(lengths)))

    # --- how much there is

    @property
    def seconds(self) -> float:
        """All together, without what is folded."""
        return self._lengths[-1]

    @property
    def whole(self) -> float:
        """The scale at which everything is on show at once."""
        return (self.width - self.fold * (len(self.segments) - 1)) / self.seconds

    @property
    def length(self) -> float:
        """Pixels of everything at this scale."""
        return self.seconds * self.scale + self.fold * (len(self.segments) - 1)

    @property
    def share(self) -> float:
        """How far it is zoomed in: 0 the whole, 1 the finest; in even steps of magnification."""
        most = max(FINEST / self.whole, 1.0)
        return math.log(self.scale / self.whole) / math.log(most) if most > 1.0 else 0.0

    # --- from moments to places, and back

    def x(self, at: float) -> float:
        """The place of a moment; what lies in a fold, in proportion."""
        index = max(bisect_right(self.segments, (at, math.inf)) - 1, 0)
        first, last = self.segments[index]
        x = self._begins[index] + min(max(at - first, 0.0), last - first) * self.scale
        if at > last and index + 1 < len(self.segments):
            following = self.segments[index + 1][0]
            x += self.fold * (at - last) / (following - last)
        elif at > last or at < first:
            # Before everything, or after it.
            x += (at - (last if at > last else first)) * self.scale
        return self.left + x - self.offset

    def at(self, x: float) -> float:
        """The moment at a place."""
        inside = x - self.left + self.offset
        index = min(max(bisect_right(self._begins, inside) - 1, 0), len(self.segments) - 1)
        first, last = self.segments[index]
        at = first + (inside - self._begins[index]) / self.scale
        if at <= last or index == len(self.segments) - 1:
            return at
        behind = inside - self._begins[index] - (last - first) * self.scale
        return last + (self.segments[index + 1][0] - last) * behind / self.fold

    @property
    def right(self) -> float:
        """The place where it ends."""
        return self.left + self.width

    @property
    def shown(self) -> Span:
        """The first and the last moment on show."""
        return self.at(self.left), min(self.at(self.right), self.segments[-1][1])

    def folds(self) -> Iterator[tuple[float, float, float]]:
        """What is folded and on show: from, to (pixels), how long it is (seconds)."""
        for index in self._on_show():
            if index + 1 < len(self.segments):
                last, following = self.segments[index][1], self.segments[index + 1][0]
                x = self.x(last)
                if x + self.fold > self.left and x < self.right:
                    yield x, x + self.fold, following - last

    def ticks(self, *, apart: float, shift: float) -> Iterator[tuple[float, float]]:
        """(moment, place) of the ticks on show, whole steps of a clock `shift` s ahead of UTC."""
        step = self.step(apart)
        begin, end = self.at(self.left), self.at(self.right)
        for index in self._on_show():
            first, last = self.segments[index]
            low, high = max(first, begin), min(last, end)
            number = math.ceil((low + shift) / step - 1e-6)
            while number * step - shift <= high + 1e-6:
                yield number * step - shift, self.x(number * step - shift)
                number += 1

    def step(self, apart: float) -> float:
        """Seconds between ticks that lie `apart` pixels or more from each other."""
        return next((step for step in _STEPS if step * self.scale >= apart), _STEPS[-1])

    # --- other stretches of the same

    def within(self, **changes: Any) -> Axis:
        """The same with another `left`, `width` or other `segments`: the whole stays the whole, else its beginning."""
        if self.share < _WHOLE:
            return replace(self, scale=0.0, **changes)
        other = replace(self, **changes)
        return other.scrolled(other.x(self.shown[0]) - other.left)

    def zoomed(self, factor: float, *, around: float) -> Axis:
        """Closer by `factor`; the moment at the place `around` stays where it is."""
        at = self.at(around)
        closer = replace(self, scale=self.scale * factor)
        return replace(closer, offset=closer.offset + closer.x(at) - around)

    def at_share(self, share: float, *, around: float) -> Axis:
        """Zoomed to `share` (see `share`)."""
        wanted = self.whole * max(FINEST / self.whole, 1.0) ** min(max(share, 0.0), 1.0)
        return self.zoomed(wanted / self.scale, around=around)

    def scrolled(self, pixels: float) -> Axis:
        """Further on by so many pixels; back where they are negative."""
        return replace(self, offset=self.offset + pixels)

    def showing(self, at: float, *, margin: float = 0.1) -> Axis:
        """The same where the moment is on show with room beside it; else a page with the moment near its beginning."""
        x = self.x(at)
        if self.left + self.width * margin * 0.2 <= x <= self.right - self.width * margin:
            return self
        return self.scrolled(x - self.left - self.width * margin)

    def framing(self, first: float, last: float) -> Axis:
        """As close as it can be with this stretch on show, and a little room."""
        closer = replace(self, scale=self.width * 0.9 / max(last - first, 0.05))
        return replace(closer, offset=closer.offset + closer.x(first) - self.left - self.width * 0.05)

    def _on_show(self) -> range:
        """The segments of which anything is on show, or the fold behind them."""
        first = bisect_right(self._begins, self.offset) - 1
        last = bisect_right(self._begins, self.offset + self.width)
        return range(max(first, 0), min(last, len(self.segments)))
