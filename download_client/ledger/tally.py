"""The counts of the run at work, kept in step with the rows so that nobody has to count a million of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from download_client.model import State


@dataclass(slots=True)
class Tally:
    """Figures of one run. `bytes_total` leaves out what was skipped; `bytes_done` counts what this run archived."""

    run_id: int
    counts: Counter[State] = field(default_factory=Counter)
    skipped: int = 0
    bytes_total: int = 0
    bytes_done: int = 0

    def enter(self, state: State, *, size: int, skipped: bool) -> None:
        """An item the run did not know yet."""
        self.counts[state] += 1
        if skipped:
            self.skipped += 1
            return
        self.bytes_total += size
        if state is State.ARCHIVED:
            self.bytes_done += size

    def move(self, *, old: State, new: State, size: int) -> None:
        """An item of the run that took a step."""
        self.counts[old] -= 1
        self.counts[new] += 1
        if new is State.ARCHIVED and old is not State.ARCHIVED:
            self.bytes_done += size
        elif old is State.ARCHIVED and new is not State.ARCHIVED:
            self.bytes_done -= size
