"""The figures of a run at one moment, for front ends to draw on a clock; it carries no truth that the ledger lacks."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from download_client.model.run import RunPhase
from download_client.model.state import FINAL, OPEN, State


@dataclass(frozen=True, slots=True)
class Wait:
    """What everything waits for, and until when (aware UTC; None: not known). `code` is an error's code."""

    code: str
    until: datetime | None


@dataclass(frozen=True, slots=True)
class ItemProgress:
    """A recording in hand: its number in the ledger, bytes so far and in all."""

    item_id: int
    recording_id: str
    conversation_id: str
    received: int
    total: int | None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Counts per state, bytes, rate, remaining time, and what waits for what.

    `rate` is bytes per second over the last seconds; `remaining` seconds until done, None where it cannot be known yet.
    `bytes_total` counts what this run listed and wants; `bytes_done` what of it is archived or in hand.
    """

    run_id: int
    phase: RunPhase
    counts: dict[State, int] = field(default_factory=dict)
    skipped: int = 0
    """Listed by this run, archived by an earlier one."""
    bytes_total: int = 0
    bytes_done: int = 0
    content_requests: int = 0
    rate: float = 0.0
    remaining: float | None = None
    elapsed: float = 0.0
    concurrency: int = 0
    in_hand: tuple[ItemProgress, ...] = ()
    wait: Wait | None = None
    pages: int = 0
    sizes: dict[State, int] = field(default_factory=dict)
    """Bytes listed per state, without those of what was skipped."""
    bytes_skipped: int = 0

    @property
    def listed(self) -> int:
        """Every recording the run knows; always the sum of the named states (I3)."""
        return sum(self.counts.values())

    @property
    def done(self) -> int:
        """How many are archived."""
        return self.counts.get(State.ARCHIVED, 0)

    @property
    def open(self) -> int:
        """How many the run still works on."""
        return sum(self.counts.get(state, 0) for state in OPEN)

    @property
    def unfinished(self) -> int:
        """How many may still come: anything not in a final state."""
        return sum(count for state, count in self.counts.items() if state not in FINAL)
