"""One pull: what was asked, when, how it ended; the figures are counted from the ledger, never kept twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from download_client.model.criteria import Criteria
from download_client.model.state import State


class RunKind(StrEnum):
    """What began the run."""

    SEARCH = "search"
    """Everything a search finds."""
    CHANGES = "changes"
    """What became available or changed since the last complete pull."""
    RETRY = "retry"
    """What an earlier run left open."""
    SELECTION = "selection"
    """Conversations chosen one by one."""


class RunPhase(StrEnum):
    """How far the run is."""

    LISTING = "listing"
    FETCHING = "fetching"
    PAUSED = "paused"
    COMPLETE = "complete"
    """Everything listed is archived or in a final named state."""
    PARTIAL = "partial"
    """It ended, but something may still come."""
    CANCELLED = "cancelled"
    INTERRUPTED = "interrupted"
    """Killed or stopped; the next one goes on."""


GOES_ON = frozenset({RunPhase.PAUSED, RunPhase.INTERRUPTED})
"""At rest, not at its end."""


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of a run when it ended or was stopped; what becomes of its recordings later does not change them.

    `skipped` were home before; bytes as in `Snapshot`; `seconds` at work, all times together.
    """

    counts: dict[State, int]
    skipped: int
    bytes_total: int
    bytes_done: int
    seconds: float
    news: int


@dataclass(frozen=True, slots=True)
class Run:
    """One row of the runs table. `reason` is the code of what stopped or paused it, empty otherwise.

    `entry` is its key in the queue of runs that began it; empty: none did. `summary` is None while it is at work, and
    where it was killed before it ever came to rest.
    """

    id: int
    kind: RunKind
    name: str
    criteria: Criteria
    started_at: datetime
    ended_at: datetime | None
    phase: RunPhase
    reason: str
    user_id: str
    access_level: str
    content_requests: int
    bytes_fetched: int
    entry: str = ""
    summary: Summary | None = None
    user: str = ""
    """Who began it, for people; empty: not known."""
