"""Rate and remaining time from a count of bytes; it draws nothing."""

from __future__ import annotations

import threading
from collections import deque

from download_client.retry import Clock

_SPAN = 8.0
"""Seconds over which the rate is taken: long enough to be calm, short enough to be true."""


class Meter:
    """Fed with the bytes received so far whenever somebody looks. Thread-safe."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._samples: deque[tuple[float, int]] = deque()
        self.started = clock.monotonic()

    @property
    def elapsed(self) -> float:
        """Seconds since the start."""
        return self._clock.monotonic() - self.started

    def rate(self, received: int) -> float:
        """Bytes per second over the last seconds."""
        with self._lock:
            now = self._clock.monotonic()
            self._samples.append((now, received))
            while len(self._samples) > 2 and now - self._samples[0][0] > _SPAN:
                self._samples.popleft()
            since, before = self._samples[0]
        return max(0.0, received - before) / (now - since) if now > since else 0.0
