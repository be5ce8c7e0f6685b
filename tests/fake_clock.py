"""A clock that tests own: waiting takes no time, it only moves the hands; it does not run threads."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class FakeClock:
    """A `retry.Clock`. Refuses negative waits; `waits` holds every wait that began, in seconds."""

    def __init__(self, *, now: datetime = datetime(2026, 11, 22, tzinfo=UTC), monotonic: float = 1000.0) -> None:
        self._lock = threading.RLock()
        self._now = now
        self._monotonic = monotonic
        self._due: list[tuple[float, Callable[[], None]]] = []
        self.waits: list[float] = []

    def monotonic(self) -> float:
        """Seconds; moved by `wait` and `advance` only."""
        return self._monotonic

    def now(self) -> datetime:
        """The wall clock, aware UTC; moved with the monotonic clock and by `jump`."""
        return self._now

    def wait(self, event: threading.Event, seconds: float) -> bool:
        """Move the hands by `seconds`, or to the moment where something `at` that moment sets the event."""
        if seconds < 0:
            raise AssertionError(f"a negative wait: {seconds}")
        self.waits.append(seconds)
        self._move(seconds, event)
        return event.is_set()

    def advance(self, seconds: float) -> None:
        """Move both clocks."""
        self._move(seconds, threading.Event())

    def jump(self, seconds: float) -> None:
        """Move the wall clock alone, back or forth, as a user or a time server does."""
        with self._lock:
            self._now += timedelta(seconds=seconds)

    def at(self, seconds_from_now: float, do: Callable[[], None]) -> None:
        """Do something when the clock passes that moment."""
        with self._lock:
            self._due.append((self._monotonic + seconds_from_now, do))
            self._due.sort(key=lambda item: item[0])

    def _move(self, seconds: float, event: threading.Event) -> None:
        end = self._monotonic + seconds
        while not event.is_set():
            with self._lock:
                due = self._due.pop(0) if self._due and self._due[0][0] <= end else None
                moment = end if due is None else due[0]
                self._now += timedelta(seconds=max(0.0, moment - self._monotonic))
                self._monotonic = max(moment, self._monotonic)
            if due is None:
                return
            due[1]()
