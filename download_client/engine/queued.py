"""A run in the queue as front ends see it, and the recordings of a run as they are listed: values, no work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from download_client.engine.request import PullRequest, Result
from download_client.errors import MirError
from download_client.model import Conversation, ItemGroup, RunKind, RunPhase, Snapshot, State, Wait


class Standing(StrEnum):
    """Where a run stands in the queue."""

    WAITING = "waiting"
    """It begins, or goes on, by itself; `QueuedRun.waits_for` says when."""
    AT_WORK = "at_work"
    PAUSED = "paused"
    """By somebody: it goes on when somebody says so."""
    HELD = "held"
    """Somebody has to act first; `QueuedRun.error` says what happened and what to do."""
    ENDED = "ended"


class WaitsFor(StrEnum):
    """What a run at work or waiting waits for."""

    TURN = "turn"
    """Another run of the queue: `QueuedRun.behind`."""
    PROGRAM = "program"
    """Another process is at work in this archive; `error` names it. Tried again every few seconds."""
    SERVICE = "service"
    """The service, or the way to it, says later: `QueuedRun.wait` says why and until when."""
    SIGN_IN = "sign_in"
    """Another run was held because the sign-in has ended; nothing is asked of the service before somebody signs in."""
    DISK = "disk"
    """Another run of the same archive is held by its drive."""


@dataclass(frozen=True, slots=True)
class QueuedRun:
    """One run of the queue at one moment. Times are aware UTC.

    `key` names it for ever, also before the ledger has given it a `run_id`. `figures` are live while it is at work,
    else those it had when it was last at work; None: it has listed nothing yet. `chosen` counts the conversations that
    were chosen one by one, None where a search decides. `user` is who began it.
    """

    key: str
    name: str
    kind: RunKind
    archive: Path
    request: PullRequest
    chosen: int | None
    standing: Standing
    added_at: datetime
    run_id: int | None = None
    phase: RunPhase | None = None
    """How it ended; None while it has not."""
    figures: Snapshot | None = None
    error: MirError | None = None
    """What holds it, what it waits for, or what ended it."""
    waits_for: WaitsFor | None = None
    wait: Wait | None = None
    behind: str = ""
    """The key of the run whose end it waits for; empty: none."""
    user: str = ""
    started_at: datetime | None = None
    ended_at: datetime | None = None
    result: Result | None = None
    """How it ended, with everything; only for runs that ended in this session."""
    table: Path | None = None
    """Its CSV, where it exists."""
    code: str = ""
    """Of an earlier run the ledger remembers no more of what ended it than the code."""

    @property
    def reason(self) -> str:
        """The code of what holds or ended it; empty: nothing did."""
        return self.error.code if self.error is not None else self.code

    @property
    def needs_somebody(self) -> bool:
        """Nothing goes on before somebody acts."""
        return self.standing is Standing.HELD


@dataclass(frozen=True, slots=True)
class RunItem:
    """One recording of a run. `id` is its number in the ledger of its archive; times are aware UTC.

    `code` and `detail` are those of the last error; `attempts` of `most_attempts` have been made; `again_at` is when it
    is tried again, None: not by itself. `path` is its file, None before it is archived.
    """

    id: int
    recording_id: str
    conversation_id: str
    conversation: Conversation
    group: ItemGroup
    state: State
    code: str
    detail: str
    size: int | None
    received: int
    attempts: int
    most_attempts: int
    again_at: datetime | None
    path: Path | None
    expires_at: datetime | None
    skipped: bool
    """It was home before this run."""


@dataclass(frozen=True, slots=True)
class GroupFigures:
    """How many recordings are in a group, and the bytes of those whose size is known."""

    count: int
    bytes: int
