"""The runs of the queue in memory and the threads that serve them; what people ask of it is in `downloads`.

One thread looks who may work, and each run at work has one of its own. It promises that a run that is stopped comes to
rest durably and goes on under the same key; it does not promise when.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Collection
from concurrent.futures import CancelledError
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Protocol

from download_client.engine.entry import Entry, place_of
from download_client.engine.job import Earlier, Job
from download_client.engine.order import may_work
from download_client.engine.queue_file import Queue, QueueFile
from download_client.engine.queued import Standing
from download_client.engine.recordings import Recordings
from download_client.engine.request import PullRequest, Result
from download_client.errors import (
    ArchiveLocked,
    ConnectionLost,
    DiskFailed,
    Interrupted,
    MirError,
    Offline,
    RateLimited,
    ServiceUnavailable,
    SignInError,
    TimedOut,
    UnknownName,
)
from download_client.ledger import Asked, Wish
from download_client.model import GOES_ON, RunPhase, Wait
from download_client.retry import Clock

_log = logging.getLogger(__name__)

_GLANCE = 0.05
_TURN = 1.0
"""Seconds between two looks at who may work, where nobody says that something changed."""
_OTHER_PROGRAM = 3.0
"""Seconds until an archive that another program holds is tried again."""
_FIRST, _LONGEST = 15.0, 600.0
"""Seconds until a service that could not be reached for a whole run's patience is tried again; doubled each time."""
_PASSES = (Offline, ConnectionLost, TimedOut, RateLimited, ServiceUnavailable)


class Workshop(Protocol):
    """What the queue needs of the engine."""

    def make(
        self, request: PullRequest, *, again: Earlier | None, entry: str, begun: bool, stop: threading.Event
    ) -> Job:
        """A run that is ready to go."""
        ...

    def is_signed_in(self) -> bool:
        """Whether the service would take a request now, as far as is known here or can be asked."""
        ...

    def write(self, archive: Path, wish: Wish) -> int:
        """Write a wish into the ledger of an archive in which no run is at work. Raises ArchiveLocked, DiskError."""
        ...


class Line:
    """Every run of one profile, in the order in which they are served. `lock` guards all of it."""

    def __init__(self, workshop: Workshop, *, file: Path, recordings: Recordings, clock: Clock) -> None:
        self._workshop = workshop
        self._file = QueueFile(file)
        self._recordings = recordings
        self._clock = clock
        self.lock = threading.Condition(threading.RLock())
        self._saving = threading.Lock()
        self.entries: list[Entry] = []
        self.ended: list[Entry] = []
        """In this session."""
        self.hidden: set[tuple[str, int]] = set()
        """Runs, by archive and number, that nobody wants to see among the earlier ones."""
        self.listeners: list[Callable[[], None]] = []
        self.limits: tuple[int | None, int | None] | None = None
        self.signed_out = False
        self.damaged: Path | None = None
        self._reserved: set[str] = set()
        """Archives in whose ledger a wish is being written."""
        self._thread: threading.Thread | None = None
        self._closing = threading.Event()
        self._news = False
        self._loaded = False
        self._fresh: list[Entry] = []
        """Read from the file, and not yet looked up in their ledgers."""

    # --- beginning and end

    def open(self) -> None:
        """Read what was kept, and serve it. Raises DiskFailed, FileNewer."""
        self.load()
        with self.lock:
            if self._thread is not None:
                return
            self._closing.clear()
            self._thread = threading.Thread(target=self._serve, name="downloads", daemon=True)
            self._thread.start()

    def load(self) -> None:
        """Read what was kept, once. Raises DiskFailed, FileNewer."""
        with self.lock:
            if self._loaded:
                return
            queue, self.damaged = self._file.read()
            self.hidden |= queue.hidden
            self.entries = [
                Entry(
                    each,
                    standing=Standing.PAUSED if each.paused else Standing.WAITING,
                    run_id=each.again.run_id if each.again is not None else None,
                )
                for each in queue.runs
            ]
            self._fresh = list(self.entries)
            self._loaded = True

    def close(self, timeout: float) -> bool:
        """Bring everything to rest; True: it is."""
        with self.lock:
            self._closing.set()
            for entry in self.entries:
                entry.stop.set()
                if entry.job is not None:
                    entry.job.stop()
            self.lock.notify_all()
            return self.lock.wait_for(lambda: not self._busy() and self._thread is None, timeout)

    def settle(self, timeout: float) -> bool:
        """Wait until nothing is at work or may begin; True: so it is."""
        with self.lock:
            return self.lock.wait_for(lambda: not self._busy() and not self._chosen(), timeout)

    # --- under the lock

    def find(self, key: str) -> Entry:
        """One of them. Raises `UnknownName`."""
        with self.lock:
            for entry in (*self.entries, *self.ended):
                if entry.key == key:
                    return entry
        raise UnknownName("no run in the queue has this key", subject=key[:80])

    def these(self, keys: Collection[str]) -> list[Entry]:
        """Those of the queue; none named: all. Raises `UnknownName`."""
        with self.lock:
            return [self.find(key) for key in keys] if keys else list(self.entries)

    def of_run(self, archive: Path, run_id: int) -> Entry | None:
        """The run of the queue with this number."""
        place = place_of(archive)
        with self.lock:
            return next((each for each in self.entries if each.place == place and each.number == run_id), None)

    def ended_run(self, archive: Path, run_id: int) -> Entry | None:
        """The run with this number that ended in this session."""
        place = place_of(archive)
        with self.lock:
            return next((each for each in self.ended if each.place == place and each.number == run_id), None)

    def reopen(self, entry: Entry) -> None:
        """It goes on, at the end of the queue if it had ended."""
        with self.lock:
            if entry in self.ended:
                self.ended.remove(entry)
                self.entries.append(entry)
                entry.phase = entry.ended_at = entry.result = None
                entry.cancelled = False
            if entry.standing is not Standing.AT_WORK:
                self.let_go_on(entry)

    def let_go_on(self, entry: Entry) -> None:
        """It waits for its turn."""
        with self.lock:
            entry.standing = Standing.WAITING
            entry.error = entry.wait = None
            entry.not_before, entry.tries = 0.0, 0

    def end(self, entry: Entry, phase: RunPhase) -> None:
        """It is over."""
        with self.lock:
            entry.standing, entry.phase = Standing.ENDED, phase
            entry.ended_at = self._clock.now()
            entry.wait = entry.waits_for = None
            entry.behind = ""
            if entry in self.entries:
                self.entries.remove(entry)
                self.ended.append(entry)

    def save(self) -> None:
        """Write the queue, look who may work, tell everybody. Raises DiskFailed: what was asked holds until the end.

        One that was not read is read first: it may be a newer version's.
        """
        self.load()
        try:
            with self._saving:
                with self.lock:
                    runs = tuple(entry.as_kept() for entry in self.entries)
                    queue = Queue(runs, frozenset(self.hidden))
                self._file.write(queue)
        finally:
            self.tell()

    def tell(self) -> None:
        """Something changed."""
        with self.lock:
            self._news = True
            self.lock.notify_all()
            listeners = list(self.listeners)
        for listener in listeners:
            listener()

    # --- wishes

    def carry_out(self, archive: Path, wish: Wish) -> int:
        """By the run at work in that archive, else under its lock; answers how many recordings were meant.

        Raises:
            ArchiveLocked: another program is at work there.
            ArchiveMissing, DiskError, LedgerError: it cannot be written.

        """
        place = place_of(archive)
        while True:
            with self.lock:
                at_work = next((each for each in self.entries if each.place == place and each.thread is not None), None)
                if at_work is None and place not in self._reserved:
                    self._reserved.add(place)
                    break
                future = at_work.job.ask(wish) if at_work is not None and at_work.job is not None else None
                if future is None:
                    # It is just beginning, or another wish is being written.
                    self.lock.wait(_GLANCE)
                    continue
            with suppress(CancelledError):
                return future.result()
        try:
            return self._workshop.write(archive, wish)
        finally:
            with self.lock:
                self._reserved.discard(place)
                self.lock.notify_all()

    # --- serving

    def _serve(self) -> None:
        for entry in self._fresh:
            self._recall(entry)
        self._fresh = []
        self.tell()
        while not self._closing.is_set():
            with self.lock:
                self._news = False
                before = self._shape()
                self._give_turns()
                changed = before != self._shape()
            if changed:
                self.tell()
            with self.lock:
                if not self._news and not self._closing.is_set():
                    self.lock.wait(_TURN)
        with self.lock:
            self._thread = None
            self.lock.notify_all()

    def _give_turns(self) -> None:
        chosen = self._chosen()
        for entry in self.entries:
            if entry.standing is Standing.AT_WORK and entry not in chosen and entry.job is not None:
                entry.job.stop()
        taken = {entry.place for entry in self.entries if entry.thread is not None} | self._reserved
        for entry in chosen:
            if entry.standing is Standing.WAITING and entry.thread is None and entry.place not in taken:
                taken.add(entry.place)
                entry.standing = Standing.AT_WORK
                entry.error = entry.wait = None
                entry.stop = threading.Event()
                entry.thread = threading.Thread(target=self._work, args=(entry,), name="run of the queue", daemon=True)
                entry.thread.start()

    def _chosen(self) -> list[Entry]:
        return may_work(self.entries, signed_out=self.signed_out, now=self._clock.monotonic())

    def _busy(self) -> bool:
        return any(entry.thread is not None for entry in (*self.entries, *self.ended))

    def _shape(self) -> list[tuple[object, ...]]:
        return [(entry.key, entry.standing, entry.waits_for, entry.behind, entry.error) for entry in self.entries]

    def _recall(self, entry: Entry) -> None:
        """What the ledger knows of a run that an earlier process had begun; if it had ended, it is over."""
        try:
            known = self._recordings.run_of(entry.kept.request.archive, entry.key)
        except MirError as error:
            _log.info("run of the queue: %s", error.code)
            return
        if known is None:
            return
        run, counts, table = known
        with self.lock:
            entry.remember(run, counts)
            if run.ended_at is not None and run.phase not in GOES_ON:
                entry.table = table
                self.end(entry, run.phase)
                entry.ended_at = run.ended_at
            else:
                entry.ended_at = None

    def _work(self, entry: Entry) -> None:
        """One turn of one run, on a thread of its own."""
        result: Result | None = None
        error: MirError | None = None
        try:
            kept = entry.as_kept()
            job = self._workshop.make(kept.request, again=kept.again, entry=kept.key, begun=kept.begun, stop=entry.stop)
            self._takes_over(entry, job)
            result = job.run()
        except MirError as failed:
            error = failed
        except Exception as failure:
            _log.exception("a run of the queue stumbled")
            error = MirError(f"inside the run: {type(failure).__name__}")
        if isinstance(error, SignInError) or (result is not None and isinstance(result.error, SignInError)):
            signed_out = not self._workshop.is_signed_in()
            with self.lock:
                self.signed_out = self.signed_out or signed_out
        with self.lock:
            self._came_back(entry, result, error)
            entry.thread = entry.job = None
            late = entry.cancelled and entry.number is not None and (result is None or result.phase in GOES_ON)
        if late and entry.number is not None:
            # It had come to rest before it heard of the cancelling.
            with suppress(MirError):
                self.carry_out(entry.kept.request.archive, Wish(Asked.CALL_OFF, entry.number))
        try:
            self.save()
        except DiskFailed as failed:
            _log.warning("the queue of runs: %s", failed.code)

    def _takes_over(self, entry: Entry, job: Job) -> None:
        """From now on the job hears what is asked of the run; it is told what was asked before."""
        with self.lock:
            entry.job = job
            entry.kept = replace(entry.kept, user_id=job.user.user_id, user=job.user.name)
            entry.started_at = entry.started_at or self._clock.now()
            if self.limits is not None:
                job.set_limits(concurrency=self.limits[0], limit_rate=self.limits[1])
            if entry.cancelled:
                job.cancel()
            elif entry.standing is Standing.PAUSED:
                job.pause()
            elif self._closing.is_set() or entry.stop.is_set():
                job.stop()

    def _came_back(self, entry: Entry, result: Result | None, error: MirError | None) -> None:
        """Where a run stands after its turn."""
        entry.run_id, entry.figures = entry.number, entry.live()
        if result is not None:
            entry.result, entry.error = result, result.error
            if result.phase not in GOES_ON:
                entry.table = result.table
                self.end(entry, result.phase)
                return
            error = result.error
        if entry.cancelled:
            self.end(entry, RunPhase.CANCELLED)
        elif entry.standing is Standing.PAUSED:
            entry.error = None
        elif error is None or isinstance(error, Interrupted):
            entry.standing, entry.error = Standing.WAITING, None
        else:
            self._in_trouble(entry, error)

    def _in_trouble(self, entry: Entry, error: MirError) -> None:
        """Nothing can go on for this run: later by itself, or when somebody has acted."""
        now = self._clock.monotonic()
        entry.error, entry.standing = error, Standing.WAITING
        if isinstance(error, ArchiveLocked):
            entry.not_before = now + _OTHER_PROGRAM
        elif isinstance(error, _PASSES):
            delay = max(min(_FIRST * 2.0**entry.tries, _LONGEST), error.retry_after or 0.0)
            entry.tries += 1
            entry.not_before = now + delay
            entry.wait = Wait(error.code, self._clock.now() + timedelta(seconds=delay))
        else:
            entry.standing = Standing.HELD
