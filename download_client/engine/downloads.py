"""The window's queue of runs: kept over restarts, one run of an archive at a time, several archives at once.

It decides when a run is at work; what a run does is `Job`'s, and what becomes of a recording is `transfer`'s. It does
not promise that a run ends: one that somebody must help waits for that, durably, and lets others through.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

from download_client.engine.entry import Entry, place_of
from download_client.engine.job import Earlier
from download_client.engine.line import Line, Workshop
from download_client.engine.queue_file import Kept
from download_client.engine.queued import GroupFigures, QueuedRun, RunItem, Standing
from download_client.engine.recordings import HISTORY, Recordings
from download_client.engine.request import PullRequest
from download_client.errors import MirError, SignInError, UnknownName
from download_client.ledger import Asked, Which, Wish
from download_client.model import ItemGroup, RunKind, RunPhase, Snapshot
from download_client.retry import Clock


class Downloads:
    """One per profile: `Engine.downloads`. Thread-safe.

    `entries`, `entry` and `snapshot` take no lock that is held for longer than microseconds and touch no disk: they may
    be asked on the UI thread at 10 Hz. Everything else writes a small file or reads a ledger: on a worker.
    """

    def __init__(self, workshop: Workshop, *, file: Path, recordings: Recordings, clock: Clock) -> None:
        self._line = Line(workshop, file=file, recordings=recordings, clock=clock)
        self._recordings = recordings
        self._clock = clock

    def start(self) -> None:
        """Take up the queue where the last process left it. Starting twice is harmless.

        What was at work or waiting goes on by itself, what was paused stays paused. A file that cannot be read is set
        aside, and `damaged` says so.

        Raises:
            DiskFailed: the file can be neither read nor set aside.
            FileNewer: a newer version made it.

        """
        self._line.open()

    # --- looking

    @property
    def damaged(self) -> Path | None:
        """Where the file of the queue lies that could not be read; the runs themselves are still in the ledger."""
        return self._line.damaged

    def listen(self, changed: Callable[[], None]) -> Callable[[], None]:
        """Have `changed` called, from any thread, whenever the set of runs or the standing of one changes.

        Figures are drawn on a clock. Answers how to stop that. A lost call loses nothing: look again.
        """
        with self._line.lock:
            self._line.listeners.append(changed)

        def stop() -> None:
            with self._line.lock, suppress(ValueError):
                self._line.listeners.remove(changed)

        return stop

    def entries(self) -> tuple[QueuedRun, ...]:
        """Every run in the order in which they are served, then those that ended in this session, latest first."""
        with self._line.lock:
            every = [*self._line.entries, *reversed(self._line.ended)]
            return tuple(entry.view() for entry in every)

    def entry(self, key: str) -> QueuedRun:
        """One of them. Raises `UnknownName`."""
        with self._line.lock:
            return self._line.find(key).view()

    def snapshot(self, key: str) -> Snapshot | None:
        """The live figures of a run at work, else those it had last; None: there are none yet."""
        with self._line.lock:
            return self._line.find(key).live()

    def history(self, archive: Path, *, limit: int = 50) -> tuple[QueuedRun, ...]:
        """Earlier runs of an archive from its ledger, latest first, without those in `entries`.

        Their key is `run:<number>`. Raises `ArchiveMissing`, `LedgerError`; an archive without runs has none.
        """
        self._line.load()
        with self._line.lock:
            here = [entry for entry in (*self._line.entries, *self._line.ended) if entry.place == place_of(archive)]
            known = {entry.number for entry in here if entry.number is not None}
            known |= {number for place, number in self._line.hidden if place == place_of(archive)}
        try:
            return self._recordings.history(archive, limit=limit, but=known)
        except UnknownName:
            return ()

    # --- the queue

    def add(self, request: PullRequest, *, name: str = "") -> QueuedRun:
        """Put a pull at the end; it is on the disk when this returns. `name` is for people; empty: the request's."""
        named = replace(request, name=name or request.name, archive=request.archive.absolute())
        return self._append(named, again=None)

    def add_retry(self, archive: Path, run_id: int, *, which: Which | None = None) -> QueuedRun:
        """Put an earlier run at the end, once more: everything of it that is not home (None), a group, or some.

        One that `entries` holds, ended or not, is not put twice: it goes on under its key, and tries again what is
        meant. For that raises `ArchiveLocked` while another program is at work in the archive.
        """
        known = self._line.of_run(archive, run_id) or self._line.ended_run(archive, run_id)
        if known is not None:
            self._ask_again(archive, run_id, which)
            self._line.reopen(known)
            self._line.save()
            return self.entry(known.key)
        earlier = next((run for run in self.history(archive) if run.run_id == run_id), None)
        request = earlier.request if earlier is not None else PullRequest(archive=archive.absolute())
        kind = earlier.kind if earlier is not None else None
        return self._append(request, again=Earlier(run_id, which), kind=kind)

    def pause(self, *keys: str) -> None:
        """Stop these (none named: all) as soon as what is in hand is durable; returns at once."""
        for entry in self._line.these(keys):
            with self._line.lock:
                if entry.standing in (Standing.WAITING, Standing.AT_WORK, Standing.HELD):
                    entry.standing = Standing.PAUSED
                    entry.error = entry.wait = None
                    entry.stop.set()
                    if entry.job is not None:
                        entry.job.pause()
        self._line.save()

    def resume(self, *keys: str) -> None:
        """Let these (none named: all) go on when it is their turn, also those that are held: it was mended."""
        with self._line.lock:
            self._line.signed_out = False
        for entry in self._line.these(keys):
            with self._line.lock:
                if entry.standing in (Standing.PAUSED, Standing.HELD, Standing.WAITING):
                    self._line.let_go_on(entry)
        self._line.save()

    def cancel(self, *keys: str) -> None:
        """End these (none named: all). What is archived stays, what is not is wanted by nobody."""
        for entry in self._line.these(keys):
            with self._line.lock:
                if not entry.unfinished or entry.cancelled:
                    continue
                entry.cancelled = True
                entry.stop.set()
                if entry.job is not None:
                    entry.job.cancel()
                at_work = entry.thread is not None
                if not at_work:
                    self._line.end(entry, RunPhase.CANCELLED)
            if not at_work and entry.number is not None:
                # Another program at work there, or a drive that is gone: then the ledger says it was paused.
                with suppress(MirError):
                    self._line.carry_out(entry.kept.request.archive, Wish(Asked.CALL_OFF, entry.number))
        self._line.save()

    def remove(self, *keys: str, archive: Path | None = None) -> None:
        """Take ended runs out of the list and of `history` (none named: all that ended in this session).

        They stay in the ledger; runs that have not ended are left alone. `archive` is that of the keys of `history`.
        """
        with self._line.lock:
            for entry in [entry for entry in self._line.ended if not keys or entry.key in keys]:
                self._line.ended.remove(entry)
                if entry.number is not None:
                    self._line.hidden.add((entry.place, entry.number))
            for key in keys:
                number = key.removeprefix(HISTORY)
                if archive is not None and number != key and number.isdecimal():
                    self._line.hidden.add((place_of(archive), int(number)))
        self._line.save()

    def first(self, key: str) -> None:
        """Before all others; of the same archive one at work makes way, and goes on after it."""
        with self._line.lock:
            before = next((entry.key for entry in self._line.entries if entry.key != key), "")
        self.move(key, before=before)

    def move(self, key: str, *, before: str = "") -> None:
        """Before another in the queue; empty: to its end. Who is at work makes way if it is no longer the first."""
        with self._line.lock:
            entry = self._line.find(key)
            if entry in self._line.entries and key != before:
                self._line.entries.remove(entry)
                others = [other.key for other in self._line.entries]
                self._line.entries.insert(others.index(before) if before in others else len(others), entry)
        self._line.save()

    def signed_in(self) -> None:
        """Somebody signed in: what was held for that goes on. `Engine.sign_in` calls it."""
        with self._line.lock:
            self._line.signed_out = False
            for entry in self._line.entries:
                if entry.standing is Standing.HELD and isinstance(entry.error, SignInError):
                    self._line.let_go_on(entry)
        self._line.tell()

    def set_limits(self, *, concurrency: int | None, limit_rate: int | None) -> None:
        """Limits from now on, also for runs at work; not remembered: settings are.

        Downloads at once per run at most (None: as many as the service bears), and bytes per second per run (None: no
        limit).
        """
        with self._line.lock:
            self._line.limits = (concurrency, limit_rate)
            for entry in self._line.entries:
                if entry.job is not None:
                    entry.job.set_limits(concurrency=concurrency, limit_rate=limit_rate)

    # --- recordings of a run

    def groups(self, archive: Path, run_id: int) -> dict[ItemGroup, GroupFigures]:
        """How many recordings are in which group; every group is there. Raises `UnknownName`."""
        return self._recordings.groups(archive, run_id, live=self._live(archive, run_id))

    def items(
        self, archive: Path, run_id: int, group: ItemGroup, *, start: int = 0, count: int = 64
    ) -> Sequence[RunItem]:
        """`count` recordings of a group from the `start`th on.

        Those queued in the order in which they come, the others in that of the listing. At a million the next page
        takes milliseconds, a jump to the far end up to a second.
        """
        live = self._live(archive, run_id)
        return self._recordings.items(archive, run_id, group, start=start, count=count, live=live)

    def retry(self, archive: Path, run_id: int, which: Which) -> None:
        """Ask again now, as if never tried. A run that has ended comes into the queue again for it."""
        if self._line.of_run(archive, run_id) is None:
            self.add_retry(archive, run_id, which=which)
        else:
            self._ask_again(archive, run_id, which)

    def put_first(self, archive: Path, run_id: int, which: Which) -> None:
        """Before all others of the run."""
        self._line.carry_out(archive, Wish(Asked.PUT_FIRST, run_id, which))

    def leave_out(self, archive: Path, run_id: int, which: Which) -> None:
        """Do not want these; parts are kept. What is home is left alone."""
        self._line.carry_out(archive, Wish(Asked.LEAVE_OUT, run_id, which))

    def take_in(self, archive: Path, run_id: int, which: Which) -> None:
        """Want again what was left out. A run that has ended comes into the queue again for it."""
        self._line.carry_out(archive, Wish(Asked.TAKE_IN, run_id, which))
        if self._line.of_run(archive, run_id) is None:
            self.add_retry(archive, run_id, which=())

    # --- the end

    def stop(self, timeout: float = 3.0) -> bool:
        """End everything at work durably; True: it is. What was at work goes on at the next `start`."""
        return self._line.close(timeout)

    def settle(self, timeout: float) -> bool:
        """Wait until nothing is at work or can begin; True: so it is."""
        return self._line.settle(timeout)

    # --- behind the door

    def _ask_again(self, archive: Path, run_id: int, which: Which | None) -> None:
        for some in (ItemGroup.FAILED, ItemGroup.WAITING) if which is None else (which,):
            self._line.carry_out(archive, Wish(Asked.RETRY, run_id, some))
        if which is None:
            self._line.carry_out(archive, Wish(Asked.TAKE_IN, run_id, ItemGroup.LEFT_OUT))

    def _append(self, request: PullRequest, *, again: Earlier | None, kind: RunKind | None = None) -> QueuedRun:
        self._line.load()
        kept = Kept(
            key=uuid4().hex,
            name=request.name,
            request=request,
            again=again,
            paused=False,
            added_at=self._clock.now(),
            begun=False,
            user_id="",
            user="",
        )
        entry = Entry(kept, run_id=again.run_id if again is not None else None, kind=kind)
        with self._line.lock:
            self._line.entries.append(entry)
        self._line.save()
        return self.entry(entry.key)

    def _live(self, archive: Path, run_id: int) -> Snapshot | None:
        """The figures of a run at work."""
        entry = self._line.of_run(archive, run_id)
        return entry.job.snapshot() if entry is not None and entry.job is not None else None
