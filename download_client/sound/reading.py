"""Reads a waveform out of a recording, block by block; it keeps nothing and draws nothing.

G.711 is never decoded for it: three operations bring its bytes into the order of their samples, and the lowest and
highest of each bin are looked for among them. Every step releases Python's lock and takes less than a millisecond, so
that the window's thread is never kept waiting.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from threading import Condition, Event
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
    whole_between,
)
from download_client.sound.plain import values_of
from download_client.sound.sound import Sound
from download_client.wav.codecs import A_LAW, MU_LAW

Progress = Callable[[float, Peaks | None], None]
"""Hears how much is read (0…1) and what is known so far, at most ten times a second and once at the end (1.0)."""

_BLOCK_SAMPLES: Final = 512 * 1024
"""Of all channels: as much as the processor's own memory holds, and a minute of speech."""
_MOST_READERS: Final = 4
_TELL_EVERY: Final = 0.1


def read_peaks(path: Path, *, progress: Progress, stop: Event) -> Peaks:
    """The waveform of a recording. To be called on a worker thread, which is the one that `progress` is called on.

    Raises:
        Interrupted: `stop` was set.
        NotPlayable, RecordingVanished, DiskFailed: as `Sound.open`.

    """
    with Sound.open(path) as sound:
        reading = _Reading(path, sound)
    return reading.peaks(progress, stop)


class _Reading:
    """One waveform in the making: readers take block after block, each with the recording open for itself."""

    def __init__(self, path: Path, sound: Sound) -> None:
        self._path = path
        self._law = sound.info.format_tag
        self._frames = sound.frames
        self._rate = sound.sample_rate
        self._channels = sound.channels
        self._per_bin = frames_per_bin(sound.sample_rate)
        bins = -(-sound.frames // self._per_bin)
        self._low = empty_levels(channels=sound.channels, bins=bins)
        self._high = empty_levels(channels=sound.channels, bins=bins)
        group = GROUP * self._per_bin
        self._block = max(_BLOCK_SAMPLES // (group * sound.channels), 1) * group
        self._count = -(-sound.frames // self._block)
        self._next = 0
        self._done: set[int] = set()
        self._end = False
        self._working = 0
        self._moved = Condition()

    def peaks(self, progress: Progress, stop: Event) -> Peaks:
        self._working = readers = min(_MOST_READERS, os.cpu_count() or 1, self._count)
        told, known = time.monotonic(), 0
        with ThreadPoolExecutor(readers, "waveform") as pool:
            try:
                work = [pool.submit(self._read, stop) for _ in range(readers)]
                while self._is_working():
                    while known in self._done:
                        known += 1
                    if time.monotonic() - told >= _TELL_EVERY and 0 < known < self._count:
                        told = time.monotonic()
                        progress(known / self._count, self._so_far(known * self._block))
                for each in work:
                    each.result()
            finally:
                self._end = True
        if len(self._done) < self._count:
            raise Interrupted
        whole = self._so_far(self._frames)
        progress(1.0, whole)
        return whole

    def _is_working(self) -> bool:
        """Whether a reader still reads; waits a moment for the last to end."""
        with self._moved:
            if self._working:
                self._moved.wait(_TELL_EVERY)
            return self._working > 0

    def _read(self, stop: Event) -> None:
        """One reader's work: until there is no block left, or one cannot be read."""
        try:
            with Sound.open(self._path) as sound:
                while not self._end and not stop.is_set():
                    with self._moved:
                        block, self._next = self._next, self._next + 1
                    if block >= self._count:
                        return
                    first = block * self._block
                    self._take(sound, first, min(self._block, self._frames - first))
                    with self._moved:
                        self._done.add(block)
        except BaseException:
            self._end = True
            raise
        finally:
            with self._moved:
                self._working -= 1
                self._moved.notify()

    def _take(self, sound: Sound, first: int, count: int) -> None:
        begin = first // self._per_bin
        end = begin + -(-count // self._per_bin)
        values = sound.comparable(first, count)
        for channel in range(self._channels):
            lowest, highest = _extremes(values[:, channel], self._per_bin)
            if self._law == A_LAW:
                lowest, highest = _a_law_codes()[0][lowest], _a_law_codes()[1][highest]
            elif self._law != MU_LAW:
                lowest, highest = codes_below(lowest), codes_above(highest)
            self._low[0][channel, begin:end] = lowest
            self._high[0][channel, begin:end] = highest
        fill_levels(self._low, self._high, first=begin, last=end)

    def _so_far(self, frames: int) -> Peaks:
        return Peaks(sample_rate=self._rate, frames=self._frames, low=self._low, high=self._high, frames_read=frames)


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
    begins, ends = whole_between(edges)
    (drawn,) = np.nonzero((ends > 0) & (begins < sound.frames))
    if len(drawn):
        begins, ends = np.clip(begins[drawn], 0, None), np.clip(ends[drawn], None, sound.frames)
        base = int(begins[0])
        values = sound.samples(base, int(ends.max()) - base)[:, channel]
        low[drawn] = reduced(np.minimum, values, begins - base, ends - base)
        high[drawn] = reduced(np.maximum, values, begins - base, ends - base)
    return Columns(low, high)
