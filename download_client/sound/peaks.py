"""The waveform of one recording: the lowest and highest sample of every hundredth of a second; it reads no file.

A value takes one byte, in the steps of mu-law (ITU-T G.711): fine where it is quiet, within 3 % where it is loud, and
exact for a mu-law recording. Values are rounded outwards, so that no peak is lost. 24 hours of mono take 18 MB, the
coarser levels that draw the whole of it at once among them.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from download_client.sound.plain import values_of
from download_client.wav.codecs import MU_LAW

Codes = NDArray[np.uint8]
"""Shape (channels, bins): mu-law samples in the order of their values."""

PER_SECOND: Final = 100
"""Bins of one second, as nearly as the sample rate allows."""
STEP: Final = 16
"""Bins of one level that make one of the next."""
LEVELS: Final = 3
GROUP: Final = STEP ** (LEVELS - 1)
"""Bins that make one of the coarsest level."""

_ENOUGH: Final = 4
"""Bins that a column takes at least, where there are so many, of the level that it is drawn from."""
_HAIR: Final = 1e-6
_HEAD: Final = struct.Struct("<8sIIIQI")
_MAGIC: Final = b"MIRPEAK1"


@dataclass(frozen=True, slots=True)
class Columns:
    """What to draw: for each column the lowest and highest sample, int16; both 0 where there is no sound (yet)."""

    low: NDArray[np.int16]
    high: NDArray[np.int16]


class Peaks:
    """The waveform of a recording, or of what is read of it so far. Frozen; may be used from several threads."""

    __slots__ = ("_high", "_known", "_low", "channels", "frames", "frames_per_bin", "frames_read", "sample_rate")

    def __init__(
        self, *, sample_rate: int, frames: int, low: tuple[Codes, ...], high: tuple[Codes, ...], frames_read: int
    ) -> None:
        """From the arrays of each level, the finest first, as long as the whole recording needs."""
        self.sample_rate = sample_rate
        self.channels = len(low[0])
        self.frames = frames
        """Of the whole recording, per channel."""
        self.frames_read = frames_read
        """Of them those that are known; fewer only while it is being read."""
        self.frames_per_bin = frames_per_bin(sample_rate)
        self._low = low
        self._high = high
        self._known = -(-frames_read // self.frames_per_bin)

    @property
    def per_second(self) -> float:
        """Bins of one second."""
        return self.sample_rate / self.frames_per_bin

    @property
    def seconds(self) -> float:
        """How long the whole recording is."""
        return self.frames / self.sample_rate

    @property
    def seconds_read(self) -> float:
        """How much of it is known."""
        return self.frames_read / self.sample_rate

    def span(self, channel: int, first_s: float, last_s: float, columns: int) -> Columns:
        """The waveform of one channel between two moments (seconds in the recording), in so many columns.

        A column holds every peak of its time, and may hold one of its neighbour's. Costs below 1 ms at any zoom. Finer
        than `per_second`, draw with `columns_of` from the sound itself.
        """
        low = np.zeros(columns, np.int16)
        high = np.zeros(columns, np.int16)
        edges = np.linspace(first_s, last_s, columns + 1) * self.per_second
        level = self._level((last_s - first_s) * self.per_second / columns)
        step = STEP**level
        known = -(-self._known // step)
        begins, ends = whole_between(edges / step)
        (drawn,) = np.nonzero((ends > 0) & (begins < known))
        if len(drawn):
            begins, ends = np.clip(begins[drawn], 0, None), np.clip(ends[drawn], None, known)
            values = _values()
            low[drawn] = values[reduced(np.minimum, self._low[level][channel], begins, ends)]
            high[drawn] = values[reduced(np.maximum, self._high[level][channel], begins, ends)]
        return Columns(low, high)

    def loudness(self) -> NDArray[np.int16]:
        """The largest amplitude of each known bin, whichever channel, 0…32767."""
        values = _values()
        known = slice(0, self._known)
        lowest = self._low[0][:, known].min(axis=0)
        highest = self._high[0][:, known].max(axis=0)
        loudest: NDArray[np.int16] = np.maximum(-values[lowest], values[highest])
        return loudest

    def to_bytes(self) -> bytes:
        """All that `from_bytes` needs. Raises ValueError for what is not read to the end."""
        if self.frames_read != self.frames:
            raise ValueError("it is not read to the end")
        body = self._low[0].tobytes() + self._high[0].tobytes()
        head = (_MAGIC, self.sample_rate, self.channels, self.frames_per_bin, self.frames, zlib.crc32(body))
        return _HEAD.pack(*head) + body

    @classmethod
    def from_bytes(cls, untrusted: bytes) -> Self:
        """What `to_bytes` made. Raises ValueError where it is something else, or damaged."""
        if len(untrusted) < _HEAD.size:
            raise ValueError("it is cut off")
        magic, rate, channels, per_bin, frames, crc = _HEAD.unpack_from(untrusted)
        body = memoryview(untrusted)[_HEAD.size :]
        if magic != _MAGIC or not rate or not 0 < channels <= 2 or per_bin != frames_per_bin(rate):
            raise ValueError("it is of another kind")
        bins = -(-frames // per_bin)
        if len(body) != 2 * channels * bins or zlib.crc32(body) != crc:
            raise ValueError("it is damaged")
        codes = np.frombuffer(body, np.uint8).reshape(2, channels, bins)
        low, high = empty_levels(channels=channels, bins=bins), empty_levels(channels=channels, bins=bins)
        low, high = (codes[0], *low[1:]), (codes[1], *high[1:])
        fill_levels(low, high, first=0, last=bins)
        return cls(sample_rate=rate, frames=frames, low=low, high=high, frames_read=frames)

    def _level(self, bins_per_column: float) -> int:
        level = 0
        while level + 1 < LEVELS and bins_per_column >= _ENOUGH * STEP ** (level + 1):
            level += 1
        return level


def frames_per_bin(sample_rate: int) -> int:
    """Frames that make one bin of the finest level."""
    return max(round(sample_rate / PER_SECOND), 1)


def empty_levels(*, channels: int, bins: int) -> tuple[Codes, ...]:
    """Room for so many bins and the levels above them."""
    return tuple(np.empty((channels, -(-bins // STEP**level)), np.uint8) for level in range(LEVELS))


def fill_levels(low: tuple[Codes, ...], high: tuple[Codes, ...], *, first: int, last: int) -> None:
    """Make the levels above the bins from `first` (a multiple of GROUP) up to `last` (one too, or the end)."""
    for level in range(1, LEVELS):
        begin, end = first // STEP**level, -(-last // STEP**level)
        below = slice(begin * STEP, end * STEP)
        _gather(np.minimum, low[level - 1][:, below], low[level][:, begin:end])
        _gather(np.maximum, high[level - 1][:, below], high[level][:, begin:end])


def codes_below(samples: NDArray[np.int16]) -> Codes:
    """The greatest code whose value is not above, for each sample."""
    return _rounded()[0][samples.view(np.uint16)]


def codes_above(samples: NDArray[np.int16]) -> Codes:
    """The smallest code whose value is not below, for each sample."""
    return _rounded()[1][samples.view(np.uint16)]


def _gather(best: np.ufunc, below: Codes, into: Codes) -> None:
    whole = below.shape[1] // STEP
    best.reduce(below[:, : whole * STEP].reshape(len(below), whole, STEP), axis=2, out=into[:, :whole])
    if whole < into.shape[1]:
        best.reduce(below[:, whole * STEP :], axis=1, out=into[:, whole])


def whole_between(edges: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """For each stretch between two edges the first whole one in it, even partly, and the one after the last."""
    # What is a hair's breadth beside a whole number is that number: seconds are seldom exact.
    begins = np.floor(edges[:-1] + _HAIR).astype(np.int64)
    return begins, np.maximum(np.ceil(edges[1:] - _HAIR).astype(np.int64), begins + 1)


def reduced(best: np.ufunc, values: NDArray[Any], begins: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[Any]:
    """The best of each stretch of values; stretches may overlap, hold at least one value and are in order."""
    base = begins[0]
    # One more at the end, since a stretch cannot end where the array does.
    held = np.append(values[base : ends.max()], values[:1])
    pairs = np.column_stack((begins - base, ends - base)).ravel()
    found: NDArray[Any] = best.reduceat(held, pairs)[::2]
    return found


@cache
def _values() -> NDArray[np.int16]:
    """The sample of each code."""
    return np.sort(values_of(MU_LAW))


@cache
def _rounded() -> tuple[Codes, Codes]:
    """For each sample, as uint16, the code below it and the code above it; at the ends the last there is."""
    values = _values()
    samples = np.arange(65536, dtype=np.uint16).view(np.int16)
    below = np.searchsorted(values, samples, side="right") - 1
    above = np.searchsorted(values, samples, side="left")
    return np.clip(below, 0, 255).astype(np.uint8), np.clip(above, 0, 255).astype(np.uint8)
