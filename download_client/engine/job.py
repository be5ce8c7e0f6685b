"""One run from its lock to its table: puts the rooms together, lets `transfer` work, writes the CSV, lets go.

`run` blocks; everything else may be called from any thread. Whatever happens, the lock is given back and what is
durable is in the ledger. It does not sign in, and it decides nothing that `transfer` decides.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import chain
from pathlib import Path

import msgspec

from download_client.archive import Archive, Entry
from download_client.content import ContentOptions, Fetcher
from download_client.engine.custody import Custody, take
from download_client.engine.request import PullRequest, Result
from download_client.engine.signed import Signed
from download_client.errors import AccessNone, DiskError, DownloadNotPermitted, FileHeld, MirError
from download_client.ledger import Item, Ledger, Tally
from download_client.model import (
    AccessLevel,
    Conversation,
    Criteria,
    Me,
    Recording,
    RecordingStatus,
    Run,
    RunKind,
    RunPhase,
    Snapshot,
    Window,
)
from download_client.retry import Clock, Gate, Pace, Patience
from download_client.transfer import Context, Inbox, Lister, Options, Pull, Settler, Trouble, in_hand
from download_client.wav import WavInfo

_log = logging.getLogger(__name__)


_GLANCE = 0.1
"""Seconds between two looks at whether everything is to end."""
_TABLES_DUE = "tables due"
"""The note that names the runs whose table is still to be written."""


@dataclass(frozen=True, slots=True)
class Means:
    """What a run works with, made by the engine. `state` is the folder that holds the ledgers.

    `api` is the service, until an event: who is signed in is asked anew for each request.

    `start` downloads at once to begin with, adapted to what the service bears; `limit_rate` bytes per second in all.
    """

    api: Callable[[threading.Event], Signed]
    me: Me
    source: str
    content: ContentOptions
    gate: Gate
    patience: Patience
    clock: Clock
    state: Path
    page_size: int
    min_free: int
    start: int
    limit_rate: int | None
    hold: bool
    holder: str


class Job:
    """A run that is ready to go. `open_archive` finds or makes the archive when the run begins."""

    def __init__(
        self,
        means: Means,
        request: PullRequest,
        *,
        open_archive: Callable[[], Archive],
        again: int | None = None,
        stop: threading.Event | None = None,
    ) -> None:
        self._means = means
        self._request = request
        self._open_archive = open_archive
        self._again = again
        self._everything = stop or threading.Event()
        self._stop = threading.Event()
        self._over = threading.Event()
        self._lock = threading.Lock()
        self._paused = self._cancelled = False
        self._pull: Pull | None = None

    # --- from any thread

    def pause(self) -> None:
        """Stop fetching; parts become durable. Before the run has begun: it begins paused."""
        with self._lock:
            self._paused = True
            if self._pull is not None:
                self._pull.pause()

    def resume(self) -> None:
        """Go on."""
        with self._lock:
            self._paused = False
            if self._pull is not None:
                self._pull.resume()

    def cancel(self) -> None:
        """End this run; what is archived stays, what is not is wanted by nobody."""
        with self._lock:
            self._cancelled = True
            self._stop.set()
            if self._pull is not None:
                self._pull.cancel()

    def stop(self) -> None:
        """End this run as soon as everything in hand is durable; the next one goes on."""
        with self._lock:
            self._stop.set()
            if self._pull is not None:
                self._pull.stop()

    def snapshot(self) -> Snapshot | None:
        """The figures now; None before the run has begun."""
        return self._pull.snapshot() if self._pull is not None else None

    # --- the run

    def run(self) -> Result:
        """Work until the run is over.

        Raises:
            AccessNone, DownloadNotPermitted: nothing was begun.
            ArchiveLocked, ArchiveMissing, ArchiveForeign, ArchiveUnwise, LedgerError: nothing was begun.

        """
        means = self._means
        if means.me.access_level is AccessLevel.NONE:
            raise AccessNone(subject=means.me.account.account_id)
        if "download" not in means.me.permissions:
            raise DownloadNotPermitted(subject=means.me.account.account_id)
        with take(self._open_archive(), folder=means.state, holder=means.holder, clock=means.clock) as custody:
            obeying = threading.Thread(target=self._obey, name="stop of a run", daemon=True)
            obeying.start()
            try:
                return self._run(custody)
            finally:
                self._over.set()
                obeying.join()

    def _obey(self) -> None:
        """The end of everything is the end of this run, but not the other way round."""
        while not self._over.is_set():
            if self._means.clock.wait(self._everything, _GLANCE):
                self.stop()
                return

    def _run(self, custody: Custody) -> Result:
        means, ledger, archive = self._means, custody.ledger, custody.archive
        for run_id in sorted({*ledger.runs.unended(), *_due(ledger)}):
            # Killed before its table was written, or no room for it: what it brought home is in no other run's table.
            self._table_or_due(custody, run_id)
        tally, kind, criteria = self._begin(ledger)
        api = means.api(self._stop)
        lister = Lister(
            service=api,
            ledger=ledger,
            tally=tally,
            clock=means.clock,
            page_size=means.page_size,
            stop=self._stop,
        )
        pace = self._pace()
        pull = Pull(
            ledger=ledger,
            archive=archive,
            tally=tally,
            lister=lister,
            listing=partial(self._list, lister, kind, criteria),
            settler=Settler(
                ledger=ledger,
                archive=archive,
                tally=tally,
                context=Context(tally.run_id, means.me.access_level.value, means.source),
                patience=means.patience,
                clock=means.clock,
                refresh=api.conversation,
            ),
            fetcher=lambda events: self._fetcher(events, pace, api),
            place_of=api.content_url,
            gate=means.gate,
            pace=pace,
            trouble=Trouble(gate=means.gate, patience=means.patience, clock=means.clock),
            clock=means.clock,
            options=Options(min_free=means.min_free, hold=means.hold),
            stop=self._stop,
        )
        self._takes_over(pull)
        phase = pull.run()
        snapshot = pull.snapshot()
        table, failed = self._table_or_due(custody, tally.run_id)
        return Result(
            run_id=tally.run_id,
            kind=RunKind.RETRY if self._again is not None else self._request.kind,
            phase=RunPhase.PARTIAL if failed is not None and phase is RunPhase.COMPLETE else phase,
            counts=snapshot.counts,
            skipped=snapshot.skipped,
            bytes=pull.received,
            seconds=snapshot.elapsed,
            content_requests=snapshot.content_requests,
            news=pull.news,
            error=pull.error or failed,
            broken=tuple(lister.broken),
            table=table,
        )

    def _takes_over(self, pull: Pull) -> None:
        """From now on the pull hears what is asked of the run; it is told what was asked before."""
        with self._lock:
            self._pull = pull
            if self._paused:
                pull.pause()
            if self._cancelled:
                pull.cancel()

    def _begin(self, ledger: Ledger) -> tuple[Tally, RunKind, Criteria]:
        means, request = self._means, self._request
        now = means.clock.now()
        if self._again is not None:
            run = ledger.runs.get(self._again)
            tally = ledger.runs.resume(run.id, now=now.timestamp())
            ledger.queue.ask_again(tally)
            return tally, run.kind, run.criteria
        windows: list[Window] = []
        criteria = request.criteria
        if request.kind is RunKind.SEARCH:
            span = criteria.window(now)
            criteria = criteria.within(span)
            windows = list(span.slices(timedelta(days=means.me.limits.max_window_days)))
        elif request.kind is RunKind.CHANGES:
            # One row that holds the cursor reached, so that a killed listing can be told from a finished one.
            windows = [Window(now, now)]
        tally = ledger.runs.begin(
            request.kind,
            name=request.name,
            criteria=criteria,
            windows=windows,
            now=now.timestamp(),
            user_id=means.me.user.user_id,
            access_level=means.me.access_level.value,
            chosen=request.conversations,
        )
        return tally, request.kind, criteria

    def _list(self, lister: Lister, kind: RunKind, criteria: Criteria) -> None:
        if kind is RunKind.CHANGES:
            lister.changes(f"{self._means.me.user.user_id}/{self._means.me.access_level.value}")
        elif kind is RunKind.SELECTION:
            lister.selection()
        else:
            lister.windows(criteria)

    def _pace(self) -> Pace:
        ceiling = self._means.me.limits.max_concurrent_downloads
        wish = self._request.concurrency
        if wish is None:
            return Pace(start=self._means.start, ceiling=ceiling, clock=self._means.clock)
        return Pace(start=wish, ceiling=min(wish, ceiling), clock=self._means.clock)

    def _fetcher(self, events: Inbox, pace: Pace, api: Signed) -> Fetcher:
        means = self._means
        fetcher = Fetcher(
            options=means.content,
            token=api.access_token,
            renew=api.renew,
            gate=means.gate,
            pace=pace,
            clock=means.clock,
            events=events,
        )
        fetcher.set_rate(means.limit_rate)
        return fetcher

    def _table_or_due(self, custody: Custody, run_id: int) -> tuple[Path | None, MirError | None]:
        """The table of a run; where the disk does not let it be written, the next run does it.

        The table is a projection; everything in it is in the ledger, the manifest and beside the recordings.
        """
        due = _due(custody.ledger)
        try:
            table, error, left = self._table(custody, run_id), None, due - {run_id}
        except DiskError as failed:
            _log.info("run %s: its table was not written: %s", run_id, failed.code)
            # Somebody looks at an older one: not worth a word.
            table, error, left = None, None if isinstance(failed, FileHeld) else failed, due | {run_id}
        if left != due:
            custody.ledger.database.set_note(_TABLES_DUE, ",".join(map(str, sorted(left))))
        return table, error

    def _table(self, custody: Custody, run_id: int) -> Path | None:
        """The CSV of a run: one row per file it brought home; none where nothing came."""
        run = custody.ledger.runs.get(run_id)
        rows = (
            entry_of(item, conversation, run=run, source=self._means.source)
            for item, conversation in custody.ledger.runs.archived(run_id)
        )
        first = next(rows, None)
        if first is None:
            return None
        name = f"{run.started_at:%Y-%m-%d %H.%M.%S} run {run.id}"
        return custody.archive.write_run_csv(name, chain((first,), rows)).path


def _due(ledger: Ledger) -> set[int]:
    """Runs that have ended without their table."""
    return {int(number) for number in ledger.database.note(_TABLES_DUE).split(",") if number}


def entry_of(item: Item, conversation: Conversation, *, run: Run, source: str) -> Entry:
    """A row of the ledger as the archive speaks of it."""
    hand = in_hand(item, conversation)
    return Entry(
        path=item.path,
        conversation=conversation,
        recording=hand.recording if hand is not None else _unlisted(item, conversation),
        version_number=item.version,
        size=item.done_size or 0,
        sha256=item.done_sha256,
        etag=item.done_etag,
        verified_by=item.verified_by,
        wav=msgspec.json.decode(item.wav, type=WavInfo) if item.wav else None,
        downloaded_at=datetime.fromtimestamp(item.archived_at or 0.0, UTC),
        run_id=run.id,
        access_level=run.access_level,
        source=source,
    )


def _unlisted(item: Item, conversation: Conversation) -> Recording:
    """The conversation was updated since and no longer names the recording: what the ledger still knows of it."""
    return Recording(
        id=item.recording_id,
        sequence=0,
        start_time=conversation.start_time,
        duration_seconds=conversation.duration_seconds,
        status=RecordingStatus.AVAILABLE,
        size_bytes=item.size,
        etag=item.etag,
    )
