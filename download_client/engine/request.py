"""What a front end asks of a pull, and what it gets at the end: values, no work."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

from download_client.engine.chores import Chores
from download_client.errors import MirError
from download_client.model import FINAL, REFUSED, Criteria, RunKind, RunPhase, State


@dataclass(frozen=True, slots=True)
class PullRequest:
    """One pull. `conversations` are ids chosen one by one; else `criteria` decide, or with `changes` the watermark.

    `concurrency` downloads at once at most (None: as many as the service bears); `limit_rate` bytes per second in all
    (None: no limit); `name` is that of the saved search, for the list of runs. `repair` are recordings of the chosen
    conversations that the archive holds, but damaged or missing: they are fetched again. With `guard` whatever the
    service deletes within that time and the archive lacks is listed as well, and comes first. `keep_days`: after a
    complete pull, or one that found the drive full, what is older is erased from the archive. `follow`: besides what a
    search finds, what changed since of whatever is home.
    """

    archive: Path
    criteria: Criteria = field(default_factory=Criteria)
    name: str = ""
    changes: bool = False
    conversations: tuple[str, ...] = ()
    concurrency: int | None = None
    limit_rate: int | None = None
    accept_risk: bool = False
    repair: tuple[str, ...] = ()
    guard: timedelta | None = None
    keep_days: int | None = None
    follow: bool = False

    @property
    def kind(self) -> RunKind:
        """How the run is written into the ledger."""
        if self.conversations:
            return RunKind.SELECTION
        return RunKind.CHANGES if self.changes else RunKind.SEARCH

    def choosing(self, *conversation_ids: str) -> PullRequest:
        """The same pull of conversations chosen one by one."""
        return replace(self, conversations=conversation_ids)


@dataclass(frozen=True, slots=True)
class Count:
    """What a search finds; `known` is False where the service does not say, and the figures are a lower bound."""

    conversations: int
    bytes: int
    known: bool


@dataclass(frozen=True, slots=True)
class Forecast:
    """Before anything is fetched: what a search finds, how much of it the archive has, what is left, what is free.

    Bytes are the service's word; `free` is None where the archive does not exist yet.
    """

    listed: int
    archived: int
    unavailable: int
    bytes_wanted: int
    free: int | None


@dataclass(frozen=True, slots=True)
class Result:
    """How a run ended. `archived` counts what it brought home, `skipped` what was home already.

    `listed` is the sum of the named states (I3): archived + skipped + failed + refused + waiting + left.
    `table` is the run's CSV, None where nothing new came. `chores`: what housekeeping erased after it.
    """

    run_id: int
    kind: RunKind
    phase: RunPhase
    counts: dict[State, int]
    skipped: int
    bytes: int
    seconds: float
    content_requests: int
    news: int
    error: MirError | None = None
    broken: tuple[MirError, ...] = ()
    table: Path | None = None
    chores: Chores | None = None

    @property
    def listed(self) -> int:
        """Every recording the run knows."""
        return sum(self.counts.values())

    @property
    def archived(self) -> int:
        """Brought home by this run."""
        return self.counts.get(State.ARCHIVED, 0) + self.counts.get(State.ERASED, 0) - self.skipped

    @property
    def failed(self) -> int:
        """May come at the next try."""
        return self.counts.get(State.FAILED, 0)

    @property
    def refused(self) -> int:
        """The service does not give them, or gives something that cannot be kept."""
        return sum(count for state, count in self.counts.items() if state in REFUSED)

    @property
    def waiting(self) -> int:
        """The service says: later."""
        return self.counts.get(State.WAITING, 0)

    @property
    def left(self) -> int:
        """Listed, but the run ended before their turn."""
        return self.listed - self.archived - self.skipped - self.failed - self.refused - self.waiting

    @property
    def complete(self) -> bool:
        """Everything listed is archived, or in a final named state that an earlier run reported (I9)."""
        return self.phase is RunPhase.COMPLETE

    @property
    def unfinished(self) -> int:
        """How many may still come."""
        return sum(count for state, count in self.counts.items() if state not in FINAL)
