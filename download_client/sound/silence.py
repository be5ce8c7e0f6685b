"""Finds the pauses in which nobody speaks, in a waveform; it tells no speech from other sounds."""

from __future__ import annotations

from typing import Final

import numpy as np

from download_client.sound.peaks import Peaks

_FLOOR_SHARE: Final = 10
"""Per cent of the bins that are taken for the noise of the line."""
_ABOVE_FLOOR: Final = 3.0
"""How many times louder than the noise of the line speech is at least (9.5 dB)."""
_LEAST: Final = 130.0
_MOST: Final = 1040.0
"""What counts as quiet lies between these amplitudes, whatever the line: -48 and -30 dB of full scale."""


def silences(peaks: Peaks, *, at_least: float = 1.0, keep: float = 0.25) -> list[tuple[float, float]]:
    """Stretches (first, last moment, seconds) in which every channel is quiet, as far as the waveform is read.

    Only pauses of `at_least` seconds; `keep` seconds of each stay heard at either end, so that no word is clipped. What
    is quiet is judged by the line's own noise. In order, never overlapping.
    """
    loud = peaks.loudness()
    if not len(loud):
        return []
    floor = float(np.percentile(loud, _FLOOR_SHARE))
    quiet = loud <= min(max(floor * _ABOVE_FLOOR, _LEAST), _MOST)
    turns = np.flatnonzero(np.diff(quiet.astype(np.int8), prepend=np.int8(0), append=np.int8(0)))
    second = peaks.per_second
    found = []
    for begin, end in zip(turns[::2].tolist(), turns[1::2].tolist(), strict=True):
        first, last = begin / second, min(end / second, peaks.seconds_read)
        if last - first >= max(at_least, 2 * keep):
            found.append((first + keep, last - keep))
    return found
