"""One run of the queue in memory: what was asked, where it stands, the job that works for it; it decides nothing."""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from download_client.engine.job import Job
from download_client.engine.queue_file import Kept
from download_client.engine.queued import QueuedRun, Standing, WaitsFor
from download_client.engine.request import Result
from download_client.errors import MirError
from download_client.model import Run, RunKind, RunPhase, Snapshot, State, Wait


@dataclass(slots=True, eq=False)
class Entry:
    """Changed under the lock of the queue only."""

    kept: Kept
    standing: Standing = Standing.WAITING
    run_id: int | None = None
    kind: RunKind | None = None
    phase: RunPhase | None = None
    figures: Snapshot | None = None
    error: MirError | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    result: Result | None = None
    table: Path | None = None

    job: Job | None = None
    thread: threading.Thread | None = None
    stop: threading.Event = field(default_factory=threading.Event)
    """Ends also what comes before the job."""
    cancelled: bool = False
    not_before: float = 0.0
    """Monotonic: it waits at least until then."""
    tries: int = 0
    """How often in a row it had to wait for the service."""
    waits_for: WaitsFor | None = None
    wait: Wait | None = None
    behind: str = ""

    @property
    def key(self) -> str:
        """Its name for ever."""
        return self.kept.key

    @property
    def place(self) -> str:
        """The archive, as far as two names of one folder can be told to be one."""
        return place_of(self.kept.request.archive)

    @property
    def unfinished(self) -> bool:
        """It is kept on the disk."""
        return self.standing is not Standing.ENDED

    def remember(self, run: Run, counts: dict[State, int]) -> None:
        """Take over what the ledger says of its run."""
        self.run_id, self.kind = run.id, run.kind
        self.started_at, self.ended_at = run.started_at, run.ended_at
        self.figures = figures_of(run, counts)

    def as_kept(self) -> Kept:
        """As it is written."""
        return replace(
            self.kept, paused=self.standing is Standing.PAUSED, begun=self.kept.begun or self.run_id is not None
        )

    def view(self) -> QueuedRun:
        """As front ends see it."""
        kept, request = self.kept, self.kept.request
        figures = self.live()
        wait = self.wait
        waits_for = self.waits_for
        if self.standing is Standing.AT_WORK and figures is not None and figures.wait is not None:
            wait, waits_for = figures.wait, WaitsFor.SERVICE
        return QueuedRun(
            key=kept.key,
            name=kept.name,
            kind=self.kind or request.kind,
            archive=request.archive,
            request=request,
            chosen=len(request.conversations) or None,
            standing=self.standing,
            added_at=kept.added_at,
            run_id=self.number,
            phase=self.phase,
            figures=figures,
            error=self.error,
            waits_for=waits_for,
            wait=wait,
            behind=self.behind,
            user=kept.user,
            started_at=self.started_at,
            ended_at=self.ended_at,
            result=self.result,
            table=self.table,
        )

    @property
    def number(self) -> int | None:
        """The number of its run in the ledger."""
        if self.run_id is None and self.job is not None:
            return self.job.run_id
        return self.run_id

    def live(self) -> Snapshot | None:
        """The figures now, or those it had last."""
        job = self.job
        return (job.snapshot() if job is not None else None) or self.figures


def place_of(archive: Path) -> str:
    """One folder, one name."""
    return os.path.normcase(archive.absolute())


def figures_of(run: Run, counts: dict[State, int]) -> Snapshot:
    """The figures of a run that is not at work: those at its end, else the `counts` of its rows now."""
    summary = run.summary
    return Snapshot(
        run_id=run.id,
        phase=run.phase,
        counts=summary.counts if summary is not None else counts,
        skipped=summary.skipped if summary is not None else 0,
        bytes_total=summary.bytes_total if summary is not None else run.bytes_fetched,
        bytes_done=summary.bytes_done if summary is not None else run.bytes_fetched,
        content_requests=run.content_requests,
        elapsed=summary.seconds if summary is not None else 0.0,
    )
