"""One run from its lock to its table: puts the rooms together, lets `transfer` work, writes the CSV, lets go.

`run` blocks; everything else may be called from any thread. Whatever happens, the lock is given back and what is
durable is in the ledger. It does not sign in, and it decides nothing that `transfer` decides.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from pathlib import Path

from download_client.archive import Archive
from download_client.content import ContentOptions, Fetcher
from download_client.engine.auditing import RunAudit
from download_client.engine.custody import Custody, take
from download_client.engine.housekeeping import erase
from download_client.engine.request import PullRequest, Result
from download_client.engine.retention import span_of
from download_client.engine.run_tables import RunTables
from download_client.engine.signed import Signed
from download_client.errors import AccessNone, DiskFull, DownloadNotPermitted, MirError, SignInAgain
from download_client.ledger import Ledger, Tally, Which, Wish
from download_client.model import (
    GOES_ON,
    AccessLevel,
    Criteria,
    Me,
    RunKind,
    RunPhase,
    Snapshot,
    User,
    Window,
)
from download_client.retry import Clock, Gate, Pace, Patience
from download_client.transfer import Context, Inbox, Lister, Options, Pull, Settler, Trouble

_log = logging.getLogger(__name__)


_GLANCE = 0.1
"""Seconds between two looks at whether everything is to end."""


def _least(number: int, bound: int | None) -> int:
    return number if bound is None else min(number, bound)


def _lower(rate: int | None, bound: int | None) -> int | None:
    """The lower of two limits; None is no limit."""
    return bound if rate is None else _least(rate, bound)


@dataclass(frozen=True, slots=True)
class Means:
    """What a run works with, made by the engine. `state` is the folder that holds the ledgers.

    `api` is the service, until an event: who is signed in is asked anew for each request.

    `start` downloads at once to begin with, adapted to what the service bears; `limit_rate` bytes per second in all.
    `most` and `most_rate` are what a policy lets at most, whatever is asked; None: it says nothing.
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
    most: int | None
    most_rate: int | None
    holder: str

    @property
    def ceiling(self) -> int:
        """Downloads at once at most: the service's word, and the policy's."""
        return _least(self.me.limits.max_concurrent_downloads, self.most)


@dataclass(frozen=True, slots=True)
class Earlier:
    """What a job takes up instead of beginning anew: an earlier run, and what of it is asked for again.

    `which` None: everything that is not home.
    """

    run_id: int
    which: Which | None = None


class Job:
    """A run that is ready to go. `open_archive` finds or makes the archive when the run begins.

    `entry` is its key in a queue of runs: the run that began under it goes on, wherever it was stopped, and it comes to
    rest instead of ending when somebody has to act. Without one it is a run of its own.
    """

    def __init__(
        self,
        means: Means,
        request: PullRequest,
        *,
        open_archive: Callable[[], Archive],
        again: Earlier | None = None,
        entry: str = "",
        stop: threading.Event | None = None,
    ) -> None:
        self._means = means
        self._request = request
        self._open_archive = open_archive
        self._again = again
        self._entry = entry
        self._everything = stop or threading.Event()
        self._stop = threading.Event()
        self._over = threading.Event()
        self._lock = threading.Lock()
        self._stopped_as: RunPhase | None = None
        self._limits: tuple[int | None, int | None] | None = None
        self._pull: Pull | None = None
        self._speed: Pace | None = None
        self.run_id: int | None = None
        """The number of the run, once it has begun."""

    # --- from any thread

    def cancel(self) -> None:
        """End this run; what is archived stays, what is not is wanted by nobody."""
        self._end(RunPhase.CANCELLED)

    def pause(self) -> None:
        """End this run as soon as everything in hand is durable; it goes on when somebody wants it to."""
        self._end(RunPhase.PAUSED)

    def stop(self) -> None:
        """End this run as soon as everything in hand is durable; the next one goes on."""
        self._end(RunPhase.INTERRUPTED)

    def ask(self, wish: Wish) -> Future[int] | None:
        """Have a wish carried out by the run at work; None: it is not at work, cancelled: it ended before."""
        with self._lock:
            return self._pull.ask(wish) if self._pull is not None else None

    def set_limits(self, *, concurrency: int | None, limit_rate: int | None) -> None:
        """Downloads at once at most (None: as many as the service bears), bytes per second (None: no limit); now."""
        with self._lock:
            self._limits = (concurrency, limit_rate)
            self._heed_limits()

    def snapshot(self) -> Snapshot | None:
        """The figures now; None before the run has begun."""
        return self._pull.snapshot() if self._pull is not None else None

    @property
    def user(self) -> User:
        """In whose name it runs."""
        return self._means.me.user

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

    def _end(self, phase: RunPhase) -> None:
        with self._lock:
            if self._stopped_as is not RunPhase.CANCELLED:
                self._stopped_as = phase
            if self._pull is not None:
                self._pull.stop(self._stopped_as)
            self._stop.set()

    def _heed_limits(self) -> None:
        if self._limits is None or self._pull is None or self._speed is None:
            return
        concurrency, limit_rate = self._limits
        most = self._means.ceiling
        self._speed.set_ceiling(min(concurrency or most, most))
        self._pull.set_rate(_lower(limit_rate, self._means.most_rate))

    def _obey(self) -> None:
        """The end of everything is the end of this run, but not the other way round."""
        while not self._over.is_set():
            if self._means.clock.wait(self._everything, _GLANCE):
                self.stop()
                return

    def _run(self, custody: Custody) -> Result:
        means, ledger, archive = self._means, custody.ledger, custody.archive
        tables = RunTables(custody, source=means.source)
        tally, kind, criteria, later = self._begin(ledger, tables)
        self.run_id = tally.run_id
        audit = RunAudit(archive, means.me)
        audit.begins(tally.run_id, kind=kind.value, repaired=self._request.repair, at=means.clock.now())
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
        settler = Settler(
            ledger=ledger,
            archive=archive,
            tally=tally,
            context=Context(tally.run_id, means.me.access_level.value, means.source),
            patience=means.patience,
            clock=means.clock,
            refresh=api.conversation,
        )
        settler.expect(later)
        pull = Pull(
            ledger=ledger,
            archive=archive,
            tally=tally,
            lister=lister,
            listing=partial(self._list, lister, kind, criteria),
            settler=settler,
            fetcher=lambda events: self._fetcher(events, pace, api),
            place_of=api.content_url,
            gate=means.gate,
            pace=pace,
            trouble=Trouble(gate=means.gate, patience=means.patience, clock=means.clock),
            clock=means.clock,
            options=Options(min_free=means.min_free, rests=bool(self._entry)),
            stop=self._stop,
        )
        self._takes_over(pull, pace)
        phase = pull.run()
        snapshot = pull.snapshot()
        table: Path | None = None
        failed: MirError | None = None
        if self._entry and phase in GOES_ON:
            tables.put_off(tally.run_id)
        else:
            table, failed = tables.write(tally.run_id)
        result = Result(
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
        audit.ends(result, at=means.clock.now())
        # A drive that is full would stay so for ever if only a complete pull made room.
        due = result.complete or isinstance(result.error, DiskFull)
        days = self._request.keep_days if due else None
        if days is not None:
            chores = erase(custody, days=days, clock=means.clock, stopped=self._is_stopped)
            result = replace(result, chores=chores)
        return result

    def _is_stopped(self) -> bool:
        return self._stopped_as is not None or self._everything.is_set()

    def _takes_over(self, pull: Pull, pace: Pace) -> None:
        """From now on the pull hears what is asked of the run; it is told what was asked before."""
        with self._lock:
            self._pull, self._speed = pull, pace
            self._heed_limits()
            if self._stopped_as is not None:
                pull.stop(self._stopped_as)

    def _begin(self, ledger: Ledger, tables: RunTables) -> tuple[Tally, RunKind, Criteria, list[tuple[int, float]]]:
        """The run, begun or taken up again, and what of it is to be tried again later."""
        means, request = self._means, self._request
        now = means.clock.now()
        run = ledger.runs.of_entry(self._entry) if self._entry else None
        goes_on = run is not None
        if run is None and self._again is not None:
            run = ledger.runs.get(self._again.run_id)
        if run is not None and self._entry and run.user_id != means.me.user.user_id:
            raise SignInAgain("another user began this run")
        tables.write_missing(but=run.id if run is not None else None)
        if run is not None:
            tally = ledger.runs.resume(run.id, now=now.timestamp(), entry=self._entry)
            later: list[tuple[int, float]] = []
            if goes_on or (self._again is not None and self._again.which is not None):
                later = ledger.wishes.go_on(tally)
            else:
                ledger.wishes.ask_again(tally)
            if not goes_on and self._again is not None and self._again.which is not None:
                ledger.wishes.retry(tally, run.id, self._again.which)
            return tally, run.kind, run.criteria, later
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
            entry=self._entry,
            user=means.me.user.name,
        )
        ledger.wishes.mend(request.repair)
        return tally, request.kind, criteria, []

    def _list(self, lister: Lister, kind: RunKind, criteria: Criteria) -> None:
        within = self._request.guard
        if within is not None and self._again is None:
            me, now = self._means.me, self._means.clock.now()
            span = span_of(me.retention, now=now, within=within)
            windows = span.slices(timedelta(days=me.limits.max_window_days))
            lister.guard(self._request.criteria, windows, within=within)
        scope = f"{self._means.me.user.user_id}/{self._means.me.access_level.value}"
        if kind is RunKind.CHANGES:
            lister.changes(scope)
        elif kind is RunKind.SELECTION:
            lister.selection()
        else:
            lister.windows(criteria)
            if self._request.follow and self._again is None:
                lister.changes_at_home(f"{scope}/home")

    def _pace(self) -> Pace:
        ceiling = self._means.ceiling
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
        fetcher.set_rate(_lower(means.limit_rate, means.most_rate))
        return fetcher
