"""Reads a waveform out of a recording, block by block; it keeps nothing and draws nothing.

G.711 is never decoded for it: three operations bring its bytes into the order of their samples, and the lowest and
highest of each bin are looked for among them. Every step releases Python's lock and takes less than a millisecond, so
that the window's thread is never kept waiting.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from threading import Event
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from download_client.errors import Interrupted
from download_client.sound.peaks import (
    GROUP,
    Codes,
    Columns,
    Peaks,
    codes_above,
    codes_below,
    empty_levels,
    fill_levels,
    frames_per_bin,
    reduced,
)
from download_client.sound.plain import values_of
from download_client.sound.sound import Sound
from download_client.wav.codecs import A_LAW, MU_LAW

Progress = Callable[[float, Peaks | None], None]
"""Hears how much is read (0…1) and what is known so far, at most ten times a second and once at the end (1.0)."""

_BLOCK_BYTES: Final = 512 * 1024
_TELL_EVERY: Final = 0.1


def read_peaks(path: Path, *, progress: Progress, stop: Event) -> Peaks:
    """The waveform of a recording. To be called on a worker thread.

    Raises:
        Interrupted: `stop` was set.
        NotPlayable, RecordingVanished, DiskFailed: as `Sound.open`.

    """
    with Sound.open(path) as sound:
        return _Reading(sound, progress, stop).peaks()


class _Reading:
    """One waveform in the making."""

    def __init__(self, sound: Sound, progress: Progress, stop: Event) -> None:
        self._sound = sound
        self._progress = progress
        self._stop = stop
        self._per_bin = frames_per_bin(sound.sample_rate)
        self._bins = -(-sound.frames // self._per_bin)
        self._low = empty_levels(channels=sound.channels, bins=self._bins)
        self._high = empty_levels(channels=sound.channels, bins=self._bins)

    def peaks(self) -> Peaks:
        sound = self._sound
        group = GROUP * self._per_bin
        block = max(_BLOCK_BYTES // (group * sound.channels), 1) * group
        told = time.monotonic()
        for first in range(0, sound.frames, block):
            if self._stop.is_set():
                raise Interrupted
            last = min(first + block, sound.frames)
            self._take(first, last - first)
            if time.monotonic() - told >= _TELL_EVERY and last < sound.frames:
                told = time.monotonic()
                self._progress(last / sound.frames, self._so_far(last))
        whole = self._so_far(sound.frames)
        self._progress(1.0, whole)
        return whole

    def _take(self, first: int, count: int) -> None:
        begin = first // self._per_bin
        end = begin + -(-count // self._per_bin)
        law = self._sound.info.format_tag
        if law in (A_LAW, MU_LAW):
            ordered = self._sound.ordered(first, count)
        else:
            samples = self._sound.samples(first, count)
        for channel in range(self._sound.channels):
            low, high = self._low[0][channel, begin:end], self._high[0][channel, begin:end]
            if law in (A_LAW, MU_LAW):
                lowest, highest = _extremes(ordered[:, channel], self._per_bin)
                low[:] = lowest if law == MU_LAW else _a_law_codes()[0][lowest]
                high[:] = highest if law == MU_LAW else _a_law_codes()[1][highest]
            else:
                lowest, highest = _extremes(samples[:, channel], self._per_bin)
                low[:], high[:] = codes_below(lowest), codes_above(highest)
        fill_levels(self._low, self._high, first=begin, last=end)

    def _so_far(self, frames: int) -> Peaks:
        return Peaks(
            sample_rate=self._sound.sample_rate,
            frames=self._sound.frames,
            low=self._low,
            high=self._high,
            frames_read=frames,
        )


def _extremes(values: NDArray[Any], per_bin: int) -> tuple[NDArray[Any], NDArray[Any]]:
    """The lowest and the highest of each bin; the last bin may be shorter."""
    values = np.ascontiguousarray(values)
    whole = len(values) // per_bin
    bins = values[: whole * per_bin].reshape(whole, per_bin)
    low, high = bins.min(axis=1), bins.max(axis=1)
    if whole * per_bin < len(values):
        rest = values[whole * per_bin :]
        low, high = np.append(low, rest.min()), np.append(high, rest.max())
    return low, high


@cache
def _a_law_codes() -> tuple[Codes, Codes]:
    """For each A-law sample, in the order of their values, the code below and the code above."""
    values = np.sort(values_of(A_LAW))
    return codes_below(values), codes_above(values)


def columns_of(sound: Sound, channel: int, first_s: float, last_s: float, columns: int) -> Columns:
    """As `Peaks.span`, from the samples themselves: exact, and a few milliseconds for stretches up to a minute.

    A column that is shorter than a sample shows the sample it lies in. Raises as `Sound.read`.
    """
    low = np.zeros(columns, np.int16)
    high = np.zeros(columns, np.int16)
    edges = np.linspace(first_s, last_s, columns + 1) * sound.sample_rate
    begins = np.floor(edges[:-1]).astype(np.int64)
    ends = np.maximum(np.ceil(edges[1:]).astype(np.int64), begins + 1)
    (drawn,) = np.nonzero((ends > 0) & (begins < sound.frames))
    if len(drawn):
        begins, ends = np.clip(begins[drawn], 0, None), np.clip(ends[drawn], None, sound.frames)
        base = int(begins[0])
        values = sound.samples(base, int(ends.max()) - base)[:, channel]
        low[drawn] = reduced(np.minimum, values, begins - base, ends - base)
        high[drawn] = reduced(np.maximum, values, begins - base, ends - base)
    return Columns(low, high)
