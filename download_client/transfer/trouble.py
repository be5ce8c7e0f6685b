"""Notices that the way to the service is down, as opposed to one recording being difficult; it waits for nobody."""

from __future__ import annotations

from collections.abc import Callable
from random import random as system_random

from download_client.errors import MirError, RateLimited
from download_client.retry import CONTENT, Clock, Gate, Patience
from download_client.transfer.judgement import MAKES_EVERYBODY_WAIT, TROUBLE

_IN_A_ROW = 3
"""One lost connection is a lost connection; three without a success between them are the network."""


class Trouble:
    """Closes the gate for everybody with growing delays, and says when the patience has run out.

    It has run out when nothing came through for its whole window, or the service names a time beyond it.
    """

    def __init__(
        self, *, gate: Gate, patience: Patience, clock: Clock, random: Callable[[], float] = system_random
    ) -> None:
        self._gate = gate
        self._patience = patience
        self._clock = clock
        self._random = random
        self._since: float | None = None
        self._in_a_row = 0
        self._tries = 0

    def succeeded(self) -> None:
        """Something came through."""
        self._since = None
        self._in_a_row = 0
        self._tries = 0

    def failed(self, error: MirError) -> bool:
        """An error of `TROUBLE`; True: the patience of the run has run out, it should end with counts."""
        if not isinstance(error, TROUBLE):
            return False
        now = self._clock.monotonic()
        if self._since is None:
            self._since = now
        self._in_a_row += 1
        told = error.retry_after or 0.0
        if max(now - self._since, told) > self._patience.window:
            return True
        if isinstance(error, RateLimited):
            self._gate.close(CONTENT, seconds=told or self._patience.first, code=error.code)
            return False
        if not isinstance(error, MAKES_EVERYBODY_WAIT) and self._in_a_row < _IN_A_ROW:
            return False
        if self._gate.closed_for(CONTENT) > 0:
            # Told already by another worker of the same round.
            return False
        self._tries += 1
        delay = min(self._patience.longest, self._patience.first * self._patience.factor ** min(self._tries, 30))
        self._gate.close(CONTENT, seconds=max(delay, told), code=error.code)
        return False
