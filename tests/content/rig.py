"""A fetcher with everything it needs, its events gathered, and bodies to fetch."""

from __future__ import annotations

import hashlib
import queue
import random
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from download_client.content import ContentOptions, Durable, Fetcher, Order, Outcome
from download_client.credentials import Secret
from download_client.retry import Clock, Gate, Pace, SystemClock
from tests.content.liar import Liar

TOKEN = "canary-token-1"
RENEWED = "canary-token-2"
QUICK = ContentOptions(connect=5.0, answer=5.0, stall=5.0, grace=10.0)


@dataclass
class Tokens:
    """Gives `first`, and `second` once the first was refused; counts both."""

    first: str = TOKEN
    second: str = RENEWED
    asked: int = 0
    renewed: int = 0
    failing: Exception | None = None
    refused: Exception | None = None
    current: Secret = field(init=False)

    def __post_init__(self) -> None:
        self.current = Secret(self.first)

    def token(self) -> Secret:
        self.asked += 1
        if self.failing:
            raise self.failing
        return self.current

    def renew(self, used: Secret) -> Secret:
        self.renewed += 1
        if self.refused:
            raise self.refused
        assert used == Secret(self.first)
        self.current = Secret(self.second)
        return self.current


@dataclass
class Rig:
    """A fetcher and what it told."""

    fetcher: Fetcher
    gate: Gate
    pace: Pace
    tokens: Tokens
    events: queue.SimpleQueue[Outcome | Durable]
    durable: list[Durable] = field(default_factory=list)

    def fetch(self, *orders: Order) -> Outcome:
        """Submit and wait; the outcome of the only order."""
        (outcome,) = self.fetch_all(orders)
        return outcome

    def fetch_all(self, orders: Sequence[Order]) -> list[Outcome]:
        """Submit and wait; the outcomes in the order they came."""
        self.fetcher.submit(orders)
        return [self.next() for _ in orders]

    def next(self) -> Outcome:
        """The next outcome; the durable points before it are kept."""
        while True:
            event = self.events.get(timeout=30)
            if isinstance(event, Outcome):
                return event
            self.durable.append(event)


@contextmanager
def rig(
    options: ContentOptions = QUICK,
    *,
    at_once: int = 4,
    tokens: Tokens | None = None,
    clock: Clock | None = None,
    gate: Gate | None = None,
) -> Iterator[Rig]:
    """A running fetcher."""
    clock = clock or SystemClock()
    tokens = tokens or Tokens()
    events: queue.SimpleQueue[Outcome | Durable] = queue.SimpleQueue()
    gate = gate or Gate(clock)
    pace = Pace(start=at_once, ceiling=at_once, clock=clock)
    fetcher = Fetcher(
        options=options, token=tokens.token, renew=tokens.renew, gate=gate, pace=pace, clock=clock, events=events
    )
    with fetcher:
        yield Rig(fetcher, gate, pace, tokens, events)


def sound(size: int, seed: int = 1) -> bytes:
    """Bytes that repeat nowhere, of this size."""
    return random.Random(seed).randbytes(size)


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def begun(part: Path, data: bytes, *, url: str, size: int | None, listed_sha256: str = "", etag: str = '"v1"') -> Order:
    """An order that goes on after `data`, which lies in its part."""
    part.write_bytes(data)
    return Order(
        key=1,
        url=url,
        part=part,
        offset=len(data),
        prefix_sha256=sha256(data),
        etag=etag,
        size=size,
        sha256=listed_sha256,
    )


def orders(service: Liar, folder: Path, count: int) -> list[Order]:
    """Orders for the path that the tests script."""
    return [Order(key, service.url("/content"), folder / f"p{key}") for key in range(count)]


def until(condition: Callable[[], bool]) -> None:
    """Wait until that is so."""
    deadline = time.monotonic() + 20
    waiting = threading.Event()
    while not condition():
        assert time.monotonic() < deadline
        waiting.wait(0.005)


def until_received(running: Rig, size: int) -> None:
    """Wait until that many bytes of bodies have arrived."""
    until(lambda: running.fetcher.received_bytes >= size)
