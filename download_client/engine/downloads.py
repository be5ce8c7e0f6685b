"""The window's queue of runs: kept over restarts, one run of an archive at a time, several archives at once.

It decides when a run is at work; what a run does is `Job`'s, and what becomes of a recording is `transfer`'s. It does
not promise that a run ends: one that somebody must help waits for that, durably, and lets others through.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from download_client.engine.queued import GroupFigures, QueuedRun, RunItem
from download_client.engine.request import PullRequest
from download_client.model import ItemGroup, Snapshot

Which = ItemGroup | Collection[int]
"""Recordings of a run: a whole group, or some by their number in the ledger (`RunItem.id`)."""


class Downloads:
    """One per profile: `Engine.downloads`. Thread-safe.

    `entries` and `snapshot` take no lock that is held for longer than microseconds and touch no disk: they may be asked
    on the UI thread at 10 Hz. Everything else writes a small file or reads the ledger: on a worker.
    """

    def start(self) -> None:
        """Take up the queue where the last process left it: what was at work or waiting goes on by itself, what was
        paused stays paused. What cannot be read is set aside; `damaged` says so."""

    # --- looking

    @property
    def damaged(self) -> Path | None:
        """The file of the queue that could not be read and was set aside, if one was; runs are still in the ledger."""

    def listen(self, changed: Callable[[], None]) -> Callable[[], None]:
        """Have `changed` called, from any thread, whenever the set of runs or the standing of one changes (not its
        figures: draw those on a clock). Answers how to stop that. A lost call loses nothing: look again."""

    def entries(self) -> tuple[QueuedRun, ...]:
        """Every run of the queue in the order in which they are served, then those that ended in this session, latest
        first."""

    def entry(self, key: str) -> QueuedRun:
        """One of them. Raises `UnknownName`."""

    def snapshot(self, key: str) -> Snapshot | None:
        """The live figures of a run at work, else those it had last; None: there are none yet."""

    def history(self, archive: Path, *, limit: int = 50) -> tuple[QueuedRun, ...]:
        """Earlier runs of an archive from its ledger, latest first, without those in `entries`. Their key is
        `run:<number>`."""

    # --- the queue

    def add(self, request: PullRequest, *, name: str = "") -> QueuedRun:
        """Put a pull at the end; it is on the disk when this returns. `name` is for people; empty: the request's."""

    def add_retry(self, archive: Path, run_id: int, *, which: Which | None = None) -> QueuedRun:
        """Put an earlier run at the end, once more: everything of it that is not home (None), a group, or some."""

    def pause(self, *keys: str) -> None:
        """Stop these (none named: all) as soon as what is in hand is durable; returns at once."""

    def resume(self, *keys: str) -> None:
        """Let these (none named: all) go on when it is their turn, also those that are held: it was mended."""

    def cancel(self, *keys: str) -> None:
        """End these (none named: all). What is archived stays, what is not is wanted by nobody."""

    def remove(self, *keys: str) -> None:
        """Take ended runs out of the list (none named: all ended); they stay in the ledger. Others are left alone."""

    def first(self, key: str) -> None:
        """Before all others; of the same archive one at work makes way, and goes on after it."""

    def move(self, key: str, *, before: str = "") -> None:
        """Before another in the queue; empty: to its end. Who is at work makes way if it is no longer the first."""

    def signed_in(self) -> None:
        """Somebody signed in: what was held for that goes on. `Engine.sign_in` calls it."""

    # --- limits of what is at work, and of what will be

    def set_limits(self, *, concurrency: int | None, limit_rate: int | None) -> None:
        """Downloads at once per run at most (None: as many as the service bears), and bytes per second per run (None:
        no limit), from now on, also for runs at work; not remembered: settings are."""

    # --- recordings of a run: `key` as in `entries` or `history`

    def groups(self, archive: Path, run_id: int) -> dict[ItemGroup, GroupFigures]:
        """How many recordings are in which group; every group is there. Raises `UnknownName`."""

    def items(
        self, archive: Path, run_id: int, group: ItemGroup, *, start: int = 0, count: int = 64
    ) -> Sequence[RunItem]:
        """`count` recordings of a group from the `start`th on: queued in the order in which they come, the others in
        that of the listing. Quick at a million."""

    def retry(self, archive: Path, run_id: int, which: Which) -> None:
        """Ask again now, as if never tried. A run that has ended comes into the queue again for it."""

    def put_first(self, archive: Path, run_id: int, which: Which) -> None:
        """Before all others of the run."""

    def leave_out(self, archive: Path, run_id: int, which: Which) -> None:
        """Do not want these; parts are kept. What is home is left alone."""

    def take_in(self, archive: Path, run_id: int, which: Which) -> None:
        """Want again what was left out."""

    # --- the end

    def stop(self, timeout: float = 3.0) -> bool:
        """End everything at work durably; True: it is. What was at work goes on at the next `start`."""

    def settle(self, timeout: float) -> bool:
        """Wait until nothing is at work or can begin; True: so it is."""
