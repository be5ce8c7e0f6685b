"""Sound at a higher sample rate than it was recorded at; it lowers no rate, and changes nothing at the same rate.

A windowed sinc (Kaiser, beta 8, 32 samples wide) cut off at the recording's own band: nothing audible is added or lost.
"""

from __future__ import annotations

from functools import lru_cache
from math import gcd
from typing import Final

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from download_client.sound.plain import Samples
from download_client.sound.sound import Sound

_HALF: Final = 16
"""Samples on either side that make one new one."""
_BETA: Final = 8.0


class Raised:
    """The frames of an open recording at another sample rate, at least its own, at any place."""

    def __init__(self, sound: Sound, *, sample_rate: int) -> None:
        common = gcd(sound.sample_rate, sample_rate)
        self._up, self._down = sample_rate // common, sound.sample_rate // common
        self._sound = sound

    def count(self, frames: int) -> int:
        """How many frames so many of the recording become."""
        return -(-frames * self._up // self._down)

    def samples(self, first: int, count: int) -> Samples:
        """`count` frames of the new rate from `first` on, counted from the recording's beginning."""
        if self._up == self._down:
            return self._sound.samples(first, count)
        places = np.arange(first, first + count, dtype=np.int64) * self._down
        before, phases = places // self._up, places % self._up
        begin, end = int(before[0]) - _HALF + 1, int(before[-1]) + _HALF + 1
        heard = self._sound.samples(max(begin, 0), min(end, self._sound.frames) - max(begin, 0))
        # Before its beginning and after its end there is silence.
        around = np.pad(heard, ((max(-begin, 0), max(end - self._sound.frames, 0)), (0, 0)))
        windows = sliding_window_view(around.astype(np.float32), 2 * _HALF, axis=0)[before - before[0]]
        raised = np.einsum("fcw,fw->fc", windows, _weights(self._up)[phases])
        rounded: Samples = np.clip(np.rint(raised), -32768, 32767).astype(np.int16)
        return rounded


@lru_cache(maxsize=8)
def _weights(up: int) -> NDArray[np.float32]:
    """For each phase between two samples, what those around it count."""
    distance = np.arange(-_HALF + 1, _HALF + 1) - np.arange(up)[:, np.newaxis] / up
    window = np.i0(_BETA * np.sqrt(np.clip(1 - (distance / _HALF) ** 2, 0, 1))) / np.i0(_BETA)
    weights = np.sinc(distance) * window
    normed: NDArray[np.float32] = (weights / weights.sum(axis=1, keepdims=True)).astype(np.float32)
    return normed
