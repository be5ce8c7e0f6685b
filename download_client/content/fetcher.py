"""The front of the content room: orders in, outcomes out, from any thread; it does not try again or judge a digest."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol

from download_client.content.loop import Loop
from download_client.content.order import ContentOptions, Durable, Order, Outcome
from download_client.credentials import Secret
from download_client.retry import Clock, Gate, Pace

_STOPS_WITHIN = 3.0


class Events(Protocol):
    """Where outcomes are put; a `queue.SimpleQueue` is one, whatever else it may carry."""

    def put(self, event: Outcome | Durable, /) -> None:
        """Called on any of the fetcher's threads; it must not block."""
        ...


class Fetcher:
    """Fetches bodies into part files. Thread-safe; `close` it, or use it as a context manager.

    `token` gives the access token (perhaps after asking for it), `renew` a new one for one that was refused; both are
    called on a thread of their own. Every order ends in exactly one `Outcome` in `events`.

    Raises CertificateRejected when the company's authorities cannot be read.
    """

    def __init__(
        self,
        *,
        options: ContentOptions,
        token: Callable[[], Secret],
        renew: Callable[[Secret], Secret],
        gate: Gate,
        pace: Pace,
        clock: Clock,
        events: Events,
    ) -> None:
        self._events = events
        self._backlog = options.backlog
        self._held = 0
        self._counting = threading.Lock()
        self._nothing_held = threading.Event()
        self._nothing_held.set()
        self._closed = False
        self._loop = Loop(
            options=options, token=token, renew=renew, gate=gate, pace=pace, clock=clock, tell=self._tell_all
        )

    def submit(self, orders: Sequence[Order]) -> None:
        """Fetch these; their keys must not be among those that have no outcome yet."""
        if self._closed:
            raise ValueError("the fetcher is closed")
        with self._counting:
            self._held += len(orders)
            if orders:
                self._nothing_held.clear()
        self._loop.do(partial(self._loop.accept, tuple(orders)))

    def room(self) -> int:
        """How many more orders are welcome now."""
        return max(0, self._backlog - self._held)

    def cancel(self, key: int) -> None:
        """Stop this order; its outcome says Interrupted, unless it was quicker."""
        self._loop.do(partial(self._loop.cancel, key))

    def drop_all(self) -> None:
        """Stop everything and keep what is worth keeping; returns when all is told, or after three seconds."""
        self._loop.do(self._loop.drop)
        self._nothing_held.wait(_STOPS_WITHIN)

    def set_rate(self, bytes_per_second: float | None) -> None:
        """The rate of all transfers together; None: no limit."""
        self._loop.do(partial(self._loop.set_rate, bytes_per_second))

    def progress(self) -> tuple[tuple[int, int, int | None], ...]:
        """Of each transfer under way: its order's key, bytes here, and bytes in all (None: not known)."""
        return self._loop.progress()

    @property
    def received_bytes(self) -> int:
        """Bytes of bodies that arrived since the beginning, kept or not."""
        return self._loop.received_bytes

    def close(self) -> None:
        """Stop everything, tell it, end the threads. Closing twice is harmless."""
        if self._closed:
            return
        self.drop_all()
        self._closed = True
        self._loop.close()

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _tell_all(self, told: Sequence[Outcome | Durable]) -> None:
        ended = 0
        for event in told:
            self._events.put(event)
            ended += isinstance(event, Outcome)
        with self._counting:
            self._held -= ended
            if not self._held:
                self._nothing_held.set()
