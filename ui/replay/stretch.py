"""Sound faster or slower at the same pitch: WSOLA (Verhelst and Roelands, 1993); at speed 1 nothing is touched.

Short frames overlap by half. Each is taken near where the speed wants it, at the place that goes on best from the one
before, so that periods of the voice meet. Beginning and end are exact to the sample.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from download_client.sound import Samples

_HOP: Final = 0.016
"""Seconds of the output that each frame brings; a frame is twice as long."""
_REACH: Final = 0.010
"""Seconds before and after its place in which a frame is looked for: half the period of a deep voice."""
_PIECE: Final = 0.064
"""Seconds of the output that are given at once."""


def stretched(
    read: Callable[[int, int], Samples], begin: int, end: int, *, speed: float, sample_rate: int
) -> Iterator[tuple[Samples, float, float]]:
    """Pieces of the stretch from frame `begin` to `end`; with each, the frames of the stretch that it stands for.

    `read` answers frames from one on, so many of them, fewer only where there are no more.
    """
    piece = round(_PIECE * sample_rate)
    if speed == 1.0:
        for first in range(begin, end, piece):
            last = min(first + piece, end)
            yield read(first, last - first), first, last
        return
    hop = max(round(_HOP * sample_rate), 1)
    reach = round(_REACH * sample_rate)
    rise = (np.sin(np.pi / 2 * (np.arange(hop) + 0.5) / hop) ** 2).astype(np.float32)[:, np.newaxis]
    if end - begin < 4 * hop:
        yield read(begin, end - begin), begin, end
        return
    made: list[NDArray[np.float32]] = [_real(read(begin, hop))]
    at, told, place = float(begin), float(begin), begin
    while True:
        at += hop * speed
        if at + 2 * hop + reach >= end:
            break
        going_on = _real(read(place + hop, hop))
        first = max(round(at) - reach, begin)
        around = _real(read(first, 2 * reach + 2 * hop))
        place = first + _best(going_on.sum(axis=1), around.sum(axis=1), reach=2 * reach, hop=hop)
        found = around[place - first : place - first + hop]
        made.append(going_on * (1 - rise) + found * rise)
        if len(made) * hop >= piece:
            yield _whole(made), told, at
            made, told = [], at
    # What is left goes on from the last frame, to the very end.
    made.append(_real(read(place + hop, end - place - hop)))
    yield _whole(made), told, end


def _best(wanted: NDArray[np.float32], around: NDArray[np.float32], *, reach: int, hop: int) -> int:
    """Where in `around` a frame begins that is most like the one wanted."""
    span = around[: reach + hop]
    alike = np.correlate(span, wanted, "valid")
    sums = np.concatenate(([0.0], np.cumsum(span.astype(np.float64) ** 2)))
    loud = np.sqrt(sums[hop:] - sums[:-hop] + 1.0)
    return int(np.argmax(alike / loud))


def _real(samples: Samples) -> NDArray[np.float32]:
    return samples.astype(np.float32)


def _whole(made: list[NDArray[np.float32]]) -> Samples:
    whole: Samples = np.clip(np.rint(np.concatenate(made)), -32768, 32767).astype(np.int16)
    return whole
