"""What the fetcher, the lister and people tell the thread that settles, gathered into batches; it judges nothing."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue

from download_client.content import Durable, Outcome
from download_client.ledger import Wish
from download_client.retry import Clock

_MOST = 64
"""Events of one batch, at most."""
_GATHER = 0.1
"""Seconds for which a body that came whole waits for others, to be placed with them."""


class Nudge:
    """The ledger has something new to claim, or somebody asked something of the run."""


@dataclass(slots=True)
class Errand:
    """A wish that the run at work carries out; `answer` is cancelled if the run ends before."""

    wish: Wish
    answer: Future[int] = field(default_factory=Future)


Event = Outcome | Durable | Nudge | Errand


class Inbox:
    """Put into from any thread, gathered by one."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._events: SimpleQueue[Event] = SimpleQueue()
        self._closed = False

    def put(self, event: Event, /) -> None:
        """Tell something; never blocks."""
        self._events.put(event)
        if self._closed:
            self.close()

    def close(self) -> None:
        """Nobody gathers any more: who waits for an answer is told so."""
        self._closed = True
        try:
            while True:
                event = self._events.get_nowait()
                if isinstance(event, Errand):
                    event.answer.cancel()
        except Empty:
            pass

    def gather(self, *, wait: float, in_hand: int, hurry: bool) -> list[Event]:
        """Everything that happened; waits `wait` seconds for the first of it, and then a moment for more bodies.

        A batch pays for its transactions and flushes once, however many recordings it holds. `in_hand` are the orders
        without an outcome yet: when all of them have come, or in a `hurry`, nobody waits.
        """
        events: list[Event] = []
        whole = 0
        until = 0.0
        try:
            while len(events) < _MOST:
                event = self._events.get(timeout=wait) if wait > 0 else self._events.get_nowait()
                events.append(event)
                whole += isinstance(event, Outcome) and event.error is None
                now = self._clock.monotonic()
                until = until or now + _GATHER
                alone = whole == 0 or whole == in_hand or hurry
                wait = 0.0 if alone or not _can_wait(event) else until - now
        except Empty:
            pass
        return events


def _can_wait(event: Event) -> bool:
    """A whole body and a durable offset bear a moment; an error and a nudge want an answer now."""
    return isinstance(event, Durable) or (isinstance(event, Outcome) and event.error is None)
