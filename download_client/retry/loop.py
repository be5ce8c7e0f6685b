"""The only loop that tries again; it sends nothing itself and never changes what is sent."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from random import random as system_random
from typing import TypeVar

from download_client.errors import Interrupted, MirError, RateLimited, ServiceUnavailable
from download_client.model import Wait
from download_client.retry.clock import Clock
from download_client.retry.gate import Gate
from download_client.retry.patience import Patience

T = TypeVar("T")


def again(
    call: Callable[[], T],
    *,
    patience: Patience,
    gate: Gate,
    policy: str,
    clock: Clock,
    stop: threading.Event,
    random: Callable[[], float] = system_random,
    waits: Callable[[Wait], None] | None = None,
) -> T:
    """Return what `call` returns, trying again while its errors say so (`Fate.AGAIN`) and the patience lasts.

    Waits at the gate before each try, and closes it for all on a time told by RateLimited or ServiceUnavailable (a
    RateLimited without one closes it for our own delay). Time at the gate counts into the window. `waits` is told
    before each wait what is waited for, and until when.

    Raises:
        Interrupted: `stop` was set.
        MirError: what `call` raised last; or RateLimited, ServiceUnavailable where the gate will not open in time.

    """
    deadline = clock.monotonic() + patience.window
    attempt = 0
    while True:
        if waits is not None and (shut := gate.wait_state(policy)) is not None:
            waits(shut)
        gate.wait_open(policy, stop=stop, deadline=deadline)
        attempt += 1
        try:
            return call()
        except MirError as error:
            delay = patience.delay(attempt=attempt, error=error, random=random())
            _tell_all(error, gate=gate, policy=policy, delay=delay)
            if delay is None or clock.monotonic() + max(delay, gate.closed_for(policy)) > deadline:
                raise
            if waits is not None:
                waits(Wait(error.code, clock.now() + timedelta(seconds=delay)))
        if clock.wait(stop, delay):
            raise Interrupted


def _tell_all(error: MirError, *, gate: Gate, policy: str, delay: float | None) -> None:
    if isinstance(error, RateLimited | ServiceUnavailable) and error.retry_after is not None:
        gate.close(policy, seconds=error.retry_after, code=error.code)
    elif isinstance(error, RateLimited) and delay is not None:
        gate.close(policy, seconds=delay, code=error.code)
