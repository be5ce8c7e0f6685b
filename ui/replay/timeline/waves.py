"""Pictures of waveforms: bars of the loudness between two moments, in any colour; it knows no lane and no widget.

The shape of a stretch is computed once as coverage (0…255 for each pixel of the screen), and coloured as often as it is
needed: what was played and what is to come differ in nothing else.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage

if TYPE_CHECKING:
    from download_client.sound import Peaks

STEP: Final = 3.0
"""Logical pixels from bar to bar."""
_BAR: Final = 2.0
_QUIETEST: Final = 0.5
"""Half the height of a bar where there is silence, in logical pixels."""
_LOUD: Final = 32768.0
_FINE: Final = 8
"""Parts of a pixel to which heights are rounded."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """What is drawn: a part of one channel. `x` is where it begins in the picture, `width` how far it reaches (pixels).

    `middle` and `tall` are the middle of its band and half of its height. All in logical pixels.
    """

    peaks: Peaks
    channel: int
    first: float
    last: float
    x: float
    width: float
    middle: float
    tall: float


def coverage(stretches: list[Stretch], *, size: tuple[int, int], scale: float) -> NDArray[np.uint8]:
    """The shape of them together, `size` (rows, columns) screen pixels; `scale` is screen pixels per logical one."""
    shape = np.zeros(size, np.uint8)
    for stretch in stretches:
        _add(shape, stretch, scale)
    return shape


def coloured(shape: NDArray[np.uint8], colour: QColor, *, scale: float) -> QImage:
    """The shape in a colour, on nothing."""
    rows, columns = shape.shape
    image = QImage(shape.data, columns, rows, columns, QImage.Format.Format_Indexed8)
    image.setColorTable(_shares(colour.rgb() & 0xFFFFFF))
    made = image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
    made.setDevicePixelRatio(scale)
    return made


@lru_cache(maxsize=64)
def _shares(ink: int) -> list[int]:
    """From nothing of a colour to all of it."""
    return [share << 24 | ink for share in range(256)]


def _add(shape: NDArray[np.uint8], stretch: Stretch, scale: float) -> None:
    rows, columns = shape.shape
    bars = max(int(stretch.width / STEP), 1)
    found = stretch.peaks.span(stretch.channel, stretch.first, stretch.last, bars)
    loud = np.maximum(-found.low.astype(np.float32), found.high) / _LOUD
    # The ear hears in proportion: quiet speech must be seen too.
    half = np.maximum(np.sqrt(loud) * stretch.tall, _QUIETEST) * scale
    known = (stretch.peaks.seconds_read - stretch.first) / (stretch.last - stretch.first) * bars
    half[max(math.floor(known) + 1, 0) :] = 0.0
    first = max(round(stretch.x * scale), 0)
    last = min(round((stretch.x + stretch.width) * scale), columns)
    if last <= first:
        return
    # Which bar each pixel belongs to; those between two bars belong to none, and take the last one, of no height.
    place, inside = np.divmod(np.arange(first, last, dtype=np.float32) / scale - stretch.x, STEP)
    reach = np.append(np.round(half * _FINE), 0).astype(np.intp)
    bar = np.where((inside < _BAR) & (place >= 0), np.minimum(place, bars - 1), bars).astype(np.intp)
    middle = stretch.middle * scale
    whole = math.floor(middle)
    profiles = _profiles(round((middle - whole) * _FINE), math.ceil(stretch.tall * scale) + 1)
    above = whole - profiles.shape[0] // 2
    low, high = max(above, 0), min(above + profiles.shape[0], rows)
    part = profiles[low - above : high - above].take(reach[bar], axis=1)
    into = shape[low:high, first:last]
    np.maximum(into, part, out=into)


@lru_cache(maxsize=8)
def _profiles(offset: int, most: int) -> NDArray[np.uint8]:
    """Columns of pixels with a bar of each half height (in eighths), its middle `offset` eighths below the row `most`.

    Shape (2 × most, heights): how much of each pixel is covered, 0…255.
    """
    middle = most + offset / _FINE
    reach = np.arange(most * _FINE, dtype=np.float32)[None, :] / _FINE
    lines = np.arange(2 * most, dtype=np.float32)[:, None]
    covered = np.minimum(lines + 1, middle + reach) - np.maximum(lines, middle - reach)
    profiles: NDArray[np.uint8] = np.round(np.clip(covered, 0.0, 1.0) * 255).astype(np.uint8)
    return profiles
