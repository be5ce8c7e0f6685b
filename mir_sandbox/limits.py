"""What the service bears: token buckets for search, content and sign-in, downloads and replays open at a time.

Not promised: fairness between users; each has buckets of their own. Buckets run by the machine's steady clock.
"""

import math
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from mir_sandbox.options import Limits, Rate
from mir_sandbox.people import Permission
from mir_sandbox.problems import Code, Problem


class Policy(Enum):
    """The policies, by the names they have on the wire."""

    SEARCH = "search"
    CONTENT = "content"
    SIGN_IN = "sign-in"


@dataclass(slots=True)
class _Bucket:
    left: float
    at: float
    closed_until: float = 0.0


class Gate:
    """Counts requests against the limits. `limits` may be replaced at any time."""

    def __init__(self, limits: Limits, clock: Callable[[], float] = time.monotonic) -> None:
        self.limits = limits
        self._clock = clock
        self._buckets: dict[tuple[Policy, str], _Bucket] = {}
        self._open: Counter[str] = Counter()
        self._replays = 0

    def rate(self, policy: Policy) -> Rate:
        """The bucket of a policy."""
        rates = {
            Policy.SEARCH: self.limits.search,
            Policy.CONTENT: self.limits.content,
            Policy.SIGN_IN: self.limits.sign_in,
        }
        return rates[policy]

    def pass_through(self, policy: Policy, who: str) -> list[tuple[bytes, bytes]]:
        """Count one request; the headers `RateLimit` and `RateLimit-Policy`. Raises `Problem` with 429.

        A request inside a penalty begins the penalty anew.
        """
        rate = self.rate(policy)
        if rate.per_second <= 0:
            return []
        now = self._clock()
        bucket = self._buckets.get((policy, who))
        if bucket is None:
            bucket = self._buckets[(policy, who)] = _Bucket(left=rate.burst, at=now)
        bucket.left = min(rate.burst, bucket.left + (now - bucket.at) * rate.per_second)
        bucket.at = now
        window = max(1, math.ceil(rate.burst / rate.per_second))
        if now < bucket.closed_until or bucket.left < 1:
            wait = max(1, math.ceil((1 - min(bucket.left, 1)) / rate.per_second))
            bucket.closed_until = now + wait
            headers = _headers(policy, rate, left=0, fills=wait, window=window)
            raise Problem(
                Code.RATE_LIMITED,
                f"The policy {policy.value} allows {rate.burst} requests in {window} seconds.",
                retry_after=wait,
                headers={name.decode(): value.decode() for name, value in headers},
            )
        bucket.left -= 1
        fills = math.ceil((rate.burst - bucket.left) / rate.per_second)
        return _headers(policy, rate, left=int(bucket.left), fills=fills, window=window)

    def enter(self, who: str, purpose: Permission) -> None:
        """One more download, or replay, is open; each `enter` needs a `leave`. Raises `Problem` with 429.

        Downloads are counted by user, replays of all users together (F9).
        """
        if purpose is Permission.REPLAY:
            if self._replays >= self.limits.max_concurrent_replays:
                raise Problem(
                    Code.CONCURRENCY_LIMITED,
                    f"At most {self.limits.max_concurrent_replays} replays may be open at a time.",
                    retry_after=1,
                )
            self._replays += 1
            return
        if self._open[who] >= self.limits.max_concurrent_downloads:
            raise Problem(
                Code.CONCURRENCY_LIMITED,
                f"At most {self.limits.max_concurrent_downloads} downloads may be open at a time.",
                retry_after=1,
            )
        self._open[who] += 1

    def leave(self, who: str, purpose: Permission) -> None:
        """A download or a replay has ended."""
        if purpose is Permission.REPLAY:
            self._replays -= 1
        else:
            self._open[who] -= 1

    def downloads(self) -> dict[str, int]:
        """Downloads that are open now, by user."""
        return {who: number for who, number in self._open.items() if number}

    def replace(self, limits: Limits) -> None:
        """Other limits from now on; buckets begin full."""
        self.limits = limits
        self._buckets.clear()


def _headers(policy: Policy, rate: Rate, *, left: int, fills: int, window: int) -> list[tuple[bytes, bytes]]:
    return [
        (b"ratelimit", f'"{policy.value}";r={left};t={fills}'.encode()),
        (b"ratelimit-policy", f'"{policy.value}";q={rate.burst};w={window}'.encode()),
    ]
