"""How many downloads at once the service bears: a number that creeps up and falls fast; it starts and stops nothing."""

from __future__ import annotations

import threading

from download_client.retry.clock import Clock

_ONE_ROUND = 2.0
"""Seconds in which several refusals count as one: workers that were under way together are refused together."""


class Pace:
    """Additive up, multiplicative down, within 1 and the ceiling. Thread-safe."""

    def __init__(self, *, start: int, ceiling: int, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._ceiling = max(1, ceiling)
        self._allowed = min(max(1, start), self._ceiling)
        self._successes = 0
        self._pushed_at: float | None = None

    @property
    def allowed(self) -> int:
        """How many may be under way now, at least 1."""
        return self._allowed

    def succeeded(self) -> None:
        """One came through; as many as are allowed at once make room for one more."""
        with self._lock:
            self._successes += 1
            if self._successes >= self._allowed:
                self._successes = 0
                self._allowed = min(self._allowed + 1, self._ceiling)

    def pushed_back(self) -> None:
        """The service said "too many": half as many, once per round."""
        with self._lock:
            now = self._clock.monotonic()
            if self._pushed_at is not None and now - self._pushed_at < _ONE_ROUND:
                return
            self._pushed_at = now
            self._successes = 0
            self._allowed = max(1, self._allowed // 2)

    def set_ceiling(self, n: int) -> None:
        """Never above `n` (at least 1): the service's limit, or the user's wish."""
        with self._lock:
            self._ceiling = max(1, n)
            self._allowed = min(self._allowed, self._ceiling)
