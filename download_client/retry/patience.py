"""How long and how often something is tried again; a rule without a clock, the loop keeps the time."""

from __future__ import annotations

from dataclasses import dataclass

from download_client.errors import CursorExpired, Fate, MirError, PageTokenExpired
from download_client.retry.told import bounded, later

_ANOTHER_REQUEST = (PageTokenExpired, CursorExpired)
"""Not final, but the same request cannot succeed: the caller begins its listing anew."""


@dataclass(frozen=True, slots=True)
class Patience:
    """Exponential, jitter upward, inside one window.

    `window` seconds in all · `first` seconds after the first failure · `factor` from one wait to the next · `longest`
    seconds between two tries (before jitter; a longer time told by the service is kept) · `attempts` tries in all.
    """

    window: float
    first: float
    factor: float
    longest: float
    attempts: int

    def __post_init__(self) -> None:
        """Refuse what cannot be meant: a program's mistake, not a user's."""
        if not (self.window >= 0 and 0 < self.first <= self.longest and self.factor >= 1 and self.attempts >= 1):
            raise ValueError(f"this patience cannot be meant: {self}")

    def delay(self, *, attempt: int, error: MirError, random: float) -> float | None:
        """Seconds to wait after try number `attempt` (from 1) ended in `error`; None: give up.

        Honours `error.retry_after` (cut to an hour) as a minimum; gives up where that leads out of the window.
        `random` lies in [0, 1).
        """
        if error.fate is not Fate.AGAIN or isinstance(error, _ANOTHER_REQUEST) or attempt >= self.attempts:
            return None
        told = bounded(error.retry_after or 0.0)
        if told > self.window:
            return None
        return later(max(told, self._exponential(attempt)), random=random)

    def _exponential(self, attempt: int) -> float:
        try:
            return min(self.longest, self.first * self.factor ** (max(attempt, 1) - 1))
        except OverflowError:
            return self.longest
