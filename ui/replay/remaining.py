"""How long a fetch will still take, from how much came in how long; it knows no clock but the one handed in."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

_EARLIEST: Final = 1.0
"""Seconds before anything is said: the beginning says little of the rest."""


class Remaining:
    """Of one fetch. A smaller number of bytes than before begins anew."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._begun: tuple[float, int] | None = None
        self._last = 0

    def seconds(self, *, done: int, total: int | None) -> float | None:
        """Seconds left, so many bytes being here now; None: nobody can say yet."""
        now = self._clock()
        if self._begun is None or done < self._last:
            # What lay there before it began came in no time.
            self._begun = now, done
        self._last = done
        taken, came = now - self._begun[0], done - self._begun[1]
        if total is None or came <= 0 or taken < _EARLIEST:
            return None
        return max(total - done, 0) * taken / came
