"""The memory and the pace of what arrives: a bounded number of blocks, and the rate shared by all transfers.

Whoever gets no block, or comes when the rate is used up, pauses its transfer: TCP then holds the service back.
"""

from __future__ import annotations

from collections import deque


class Pool:
    """Blocks of one size, at most `most`, made when first needed. Taken on one thread, given back on another."""

    def __init__(self, *, block: int, most: int) -> None:
        self.block = block
        self._most = most
        self._made = 0
        self._free: deque[bytearray] = deque()

    def take(self) -> bytearray | None:
        """A block, or None: all are in use."""
        if self._free:
            return self._free.pop()
        if self._made < self._most:
            self._made += 1
            return bytearray(self.block)
        return None

    def give(self, block: bytearray) -> None:
        """A block is free again."""
        self._free.append(block)

    @property
    def has_room(self) -> bool:
        """Whether `take` would give a block."""
        return bool(self._free) or self._made < self._most


class Rate:
    """Bytes per second for all transfers together: a bucket that may go below zero by one chunk, then must refill.

    It holds at most a tenth of a second's worth, so that a wait does not become a burst.
    """

    _HOLDS = 0.1

    def __init__(self) -> None:
        self._rate: float | None = None
        self._level = 0.0
        self._filled_at = 0.0
        self.spent = 0
        """Bytes taken since the beginning."""

    def set(self, bytes_per_second: float | None, *, now: float) -> None:
        """None: as fast as it comes. `now` is monotonic."""
        self._rate = max(1.0, bytes_per_second) if bytes_per_second is not None else None
        self._level = min(self._level, 0.0)
        self._filled_at = now

    def refill(self, now: float) -> None:
        """Once in every turn of the loop."""
        if self._rate is not None:
            self._level = min(self._level + (now - self._filled_at) * self._rate, self._rate * self._HOLDS)
            self._filled_at = now

    @property
    def open(self) -> bool:
        """Whether bytes may be taken now."""
        return self._rate is None or self._level > 0

    def take(self, size: int) -> None:
        """So many bytes were taken."""
        self.spent += size
        if self._rate is not None:
            self._level -= size

    def opens_in(self) -> float:
        """Seconds until it is open."""
        return 0.0 if self._rate is None or self._level > 0 else -self._level / self._rate + 0.001
