"""The counts of the run at work, kept in step with the rows so that nobody has to count a million of them.

One thread lists, another settles, and front ends look: every method holds one lock. Whoever writes rows tells the tally
before the next one may write (`Database.alone`), so that no look ever finds figures that do not add up.
"""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from download_client.model import REFUSED, State

_NEVER = REFUSED | {State.ERASED}


class Figures(NamedTuple):
    """A tally at one moment."""

    counts: dict[State, int]
    bytes_total: int
    bytes_done: int
    skipped: int
    sizes: dict[State, int]
    bytes_skipped: int


@dataclass(slots=True)
class Tally:
    """Figures of one run. `sizes` are bytes by state (the service's word) without those of what was skipped."""

    run_id: int
    counts: Counter[State] = field(default_factory=Counter)
    sizes: Counter[State] = field(default_factory=Counter)
    skipped: int = 0
    bytes_skipped: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False, compare=False)

    def enter(self, state: State, *, size: int, skipped: bool, count: int = 1) -> None:
        """Items the run did not know yet; `size` is that of all of them."""
        with self._lock:
            self.counts[state] += count
            if skipped:
                self.skipped += count
                self.bytes_skipped += size
            else:
                self.sizes[state] += size

    def move(self, *, old: State, new: State, size: int, count: int = 1, resized: int = 0) -> None:
        """Items of the run that took a step, or (`old` is `new`) stay; `resized` bytes more are listed of them."""
        if not count:
            return
        with self._lock:
            self.counts[old] -= count
            self.counts[new] += count
            self.sizes[old] -= size
            self.sizes[new] += size + resized

    def figures(self) -> Figures:
        """All of it, at one moment."""
        with self._lock:
            counts = {state: count for state, count in self.counts.items() if count}
            sizes = {state: self.sizes[state] for state in counts}
            return Figures(counts, self.bytes_total, self.bytes_done, self.skipped, sizes, self.bytes_skipped)

    @property
    def bytes_total(self) -> int:
        """Of what is home or may come; what was skipped or refused is left out."""
        return sum(self.sizes[state] for state in State if state not in _NEVER)

    @property
    def bytes_done(self) -> int:
        """Of what this run archived."""
        return self.sizes[State.ARCHIVED]
