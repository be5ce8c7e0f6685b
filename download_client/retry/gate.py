"""The one gate all workers share: closed while the service says "later"; it sends nothing and counts no attempts.

Services restart a penalty when they are asked inside it, so whoever sends looks here first (R8). Each policy of the
service (search, content, sign-in) has its own leaf; replays have one behind that of the content: what is told to a
download keeps both out, what is told to a replay (all of the account's are in use) keeps no download waiting.
Everything here is thread-safe.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from random import random as system_random

from download_client.errors import Interrupted, MirError, RateLimited, ServiceUnavailable
from download_client.model import Wait
from download_client.retry.clock import Clock
from download_client.retry.told import bounded, later

SEARCH = "search"
CONTENT = "content"
SIGN_IN = "sign_in"
REPLAY = "replay"
ALARM = "alarm"
"""Of whoever is told of nights; on a gate of its own, so that it closes nothing else."""
POLICIES = (SEARCH, CONTENT, SIGN_IN, REPLAY, ALARM)
_BEHIND = {REPLAY: CONTENT}
"""Leaves that open only when another is open too."""


class Gate:
    """Closed per policy until a monotonic moment. Any other policy than `POLICIES` is a KeyError."""

    def __init__(self, clock: Clock, *, random: Callable[[], float] = system_random) -> None:
        self._clock = clock
        self._random = random
        self._lock = threading.Lock()
        self._opens: dict[str, tuple[float, str]] = dict.fromkeys(POLICIES, (0.0, ""))

    def close(self, policy: str, *, seconds: float, code: str) -> None:
        """Keep everybody out for `seconds` (cut to an hour), jitter upward.

        Never shortens what was told before. `code` is the code of the error that told it.
        """
        told = bounded(seconds)
        with self._lock:
            until, _ = self._opens[policy]
            new = self._clock.monotonic() + later(told, random=self._random())
            if told > 0 and new > until:
                self._opens[policy] = (new, code)

    def closed_for(self, policy: str) -> float:
        """Seconds until it opens; 0.0: open."""
        until, _ = self._latest(policy)
        return max(0.0, until - self._clock.monotonic())

    def wait_state(self, policy: str) -> Wait | None:
        """What is waited for and until when by the wall clock as it stands now; None: open."""
        until, code = self._latest(policy)
        left = until - self._clock.monotonic()
        return Wait(code, self._clock.now() + timedelta(seconds=left)) if left > 0 else None

    def wait_open(self, policy: str, *, stop: threading.Event, deadline: float | None = None) -> None:
        """Wait until it is open. `deadline` is monotonic.

        Raises:
            Interrupted: `stop` was set, also when the gate is open.
            RateLimited, ServiceUnavailable: it will not open before the deadline; nobody waited for nothing.

        """
        while True:
            if stop.is_set():
                raise Interrupted
            left = self.closed_for(policy)
            if left <= 0:
                return
            if deadline is not None and self._clock.monotonic() + left > deadline:
                raise self._refusal(policy, left)
            self._clock.wait(stop, left)

    def _refusal(self, policy: str, left: float) -> MirError:
        """The error that closed the gate, told once more."""
        _, code = self._latest(policy)
        kind = RateLimited if code == RateLimited.code else ServiceUnavailable
        return kind("the service said: later", subject=policy, retry_after=left)

    def _latest(self, policy: str) -> tuple[float, str]:
        """When it opens with what it stands behind, and the code that closed it."""
        with self._lock:
            return max(self._opens[policy], self._opens[_BEHIND.get(policy, policy)])
