"""One pull: what was asked, when, how it ended; the figures are counted from the ledger, never kept twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from download_client.model.criteria import Criteria


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


@dataclass(frozen=True, slots=True)
class Run:
    """One row of the runs table. `reason` is the code of what stopped or paused it, empty otherwise."""

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
