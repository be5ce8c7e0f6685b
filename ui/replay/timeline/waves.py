"""Pictures of waveforms: bars of the loudness between two moments, in any colour; it knows no lane and no widget.

The shape of a stretch is computed once as coverage (0…255 for each pixel of the screen), and coloured as often as it is
needed: what was played and what is to come differ in nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
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


def coverage(stretches: list[Stretch], *, width: int, height: int, scale: float) -> NDArray[np.uint8]:
    """The shape of them together, as (rows, columns) of screen pixels; `scale` is screen pixels per logical one."""
    columns, rows = round(width * scale), round(height * scale)
    shape = np.zeros((rows, columns), np.float32)
    for stretch in stretches:
        _add(shape, stretch, scale)
    return (shape * 255).astype(np.uint8)


def coloured(shape: NDArray[np.uint8], colour: QColor, *, scale: float) -> QImage:
    """The shape in a colour, on nothing."""
    rows, columns = shape.shape
    pixels = np.empty((rows, columns, 4), np.uint8)
    share = shape.astype(np.uint16)
    # Premultiplied, in the order in which a little-endian machine keeps ARGB.
    for place, value in enumerate((colour.blue(), colour.green(), colour.red())):
        pixels[:, :, place] = share * value // 255
    pixels[:, :, 3] = shape
    image = QImage(pixels.data, columns, rows, columns * 4, QImage.Format.Format_ARGB32_Premultiplied).copy()
    image.setDevicePixelRatio(scale)
    return image


def _add(shape: NDArray[np.float32], stretch: Stretch, scale: float) -> None:
    rows, columns = shape.shape
    bars = max(int(stretch.width / STEP), 1)
    found = stretch.peaks.span(stretch.channel, stretch.first, stretch.last, bars)
    loud = np.maximum(-found.low.astype(np.float32), found.high.astype(np.float32)) / _LOUD
    # The ear hears in proportion: quiet speech must be seen too.
    half = np.maximum(np.sqrt(loud) * stretch.tall, _QUIETEST)
    known = stretch.peaks.seconds_read
    seconds = np.linspace(stretch.first, stretch.last, bars, endpoint=False)
    half[seconds > known] = 0.0
    first = max(round(stretch.x * scale), 0)
    last = min(round((stretch.x + stretch.width) * scale), columns)
    if last <= first:
        return
    inside = np.arange(first, last) / scale - stretch.x
    bar = np.clip((inside / STEP).astype(np.int64), 0, bars - 1)
    drawn = (inside % STEP) < _BAR
    reach = np.where(drawn, half[bar], 0.0) * scale
    top, low = (stretch.middle * scale - reach), (stretch.middle * scale + reach)
    above, below = max(int(top.min()), 0), min(int(low.max()) + 1, rows)
    if below <= above:
        return
    lines = np.arange(above, below)[:, None]
    part = np.clip(np.minimum(lines + 1, low) - np.maximum(lines, top), 0.0, 1.0)
    np.maximum(shape[above:below, first:last], part, out=shape[above:below, first:last])
