"""The time, handed in so that tests own it; it does not promise that the wall clock only goes forward."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime
from typing import Protocol

_STEP = 0.5
"""Seconds. On Windows a signal handler of the main thread runs only between two waits."""


class Clock(Protocol):
    """What every room that needs the time is given."""

    def monotonic(self) -> float:
        """Seconds since some moment; never goes back. Deadlines are counted in it."""
        ...

    def now(self) -> datetime:
        """The wall clock, aware UTC; for people and for dates in headers only."""
        ...

    def wait(self, event: threading.Event, seconds: float) -> bool:
        """Wait at most `seconds` for `event`; True when it is set. A negative time does not wait."""
        ...


class SystemClock:
    """The computer's own clocks."""

    def monotonic(self) -> float:
        """Seconds of `time.monotonic`."""
        return time.monotonic()

    def now(self) -> datetime:
        """The wall clock, aware UTC."""
        return datetime.now(UTC)

    def wait(self, event: threading.Event, seconds: float) -> bool:
        """Wait at most `seconds` for `event`; True when it is set."""
        deadline = time.monotonic() + seconds
        while not event.is_set():
            left = deadline - time.monotonic()
            if not left > 0:
                return False
            event.wait(min(left, _STEP))
        return True
