"""What a run of a schedule leaves to be read: frozen values; they are written and shown elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from download_client.model import Channel, Outcome, RunPhase, State

MOST_EXCEPTIONS = 500
"""Recordings named per state; how many there are is counted all the same."""
MOST_ENDANGERED = 500
NIGHTS = 30
"""How far a report looks back."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one run. `archived` it brought home, `skipped` were home; `unfinished` may still come, `refused` do not.

    `bytes` fetched and `seconds` from beginning to end.
    """

    listed: int = 0
    archived: int = 0
    skipped: int = 0
    unfinished: int = 0
    refused: int = 0
    bytes: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class NightLine:
    """One day in the look back: all its tries together. `failed`: listed and not home at its last try.

    A night without any run has zeros and is MISSING.
    """

    day: date
    outcome: Outcome
    tries: int = 0
    listed: int = 0
    archived: int = 0
    failed: int = 0
    bytes: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class ExceptionLine:
    """One recording that is not home. `code` is that of its error; `again_at` when it may be tried again."""

    recording_id: str
    conversation_id: str
    code: str = ""
    again_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Exceptions:
    """All recordings of a run in one state; `recordings` the first `MOST_EXCEPTIONS` of `count`."""

    state: State
    count: int
    recordings: tuple[ExceptionLine, ...]


@dataclass(frozen=True, slots=True)
class EndangeredLine:
    """A conversation that the service deletes before long; so many `recordings` of it are not home."""

    conversation_id: str
    expires_at: datetime
    recordings: int
    bytes: int


@dataclass(frozen=True, slots=True)
class ChannelTrouble:
    """A way to tell somebody that did not work when the report was written. `said` is a sentence, without addresses."""

    channel: Channel
    code: str
    said: str


@dataclass(frozen=True, slots=True)
class Report:
    """What one try of one day came to. Times aware UTC; `day` is the logical day in `zone`, `number` its try, from 1.

    `code`, `title`, `detail` and `advice` are those of the error that ended it (empty: none did); `run_id` 0: it did
    not come so far. `caught_up` are earlier days it covered, `missing` nights without any run that were noticed since
    the report before. `endangered` None: it could not be asked; else the first `MOST_ENDANGERED` of
    `endangered_count`. `erased` recordings went by housekeeping after a complete run, `chores` is the code of the error
    that kept it from more. `nights` are the last `NIGHTS` days of the schedule, this one the last.
    """

    schedule: str
    profile: str
    archive: str
    zone: str
    day: date
    number: int
    started_at: datetime
    ended_at: datetime
    outcome: Outcome
    phase: RunPhase
    figures: Figures
    run_id: int = 0
    code: str = ""
    title: str = ""
    detail: str = ""
    advice: str = ""
    caught_up: tuple[date, ...] = ()
    missing: tuple[date, ...] = ()
    exceptions: tuple[Exceptions, ...] = ()
    endangered: tuple[EndangeredLine, ...] | None = None
    endangered_count: int = 0
    endangered_within_days: int = 0
    erased: int = 0
    chores: str = ""
    nights: tuple[NightLine, ...] = ()
    trouble: tuple[ChannelTrouble, ...] = ()
    program: str = ""

    @property
    def name(self) -> str:
        """The base of its files' names: `2026-11-22-1`."""
        return f"{self.day.isoformat()}-{self.number}"
