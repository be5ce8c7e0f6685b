"""The recordings of the runs of an archive, and its earlier runs, read from its ledger beside whoever is at work.

Every look opens the ledger read-only and lets go of it: nothing is held, nothing is written.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from download_client.archive import Archive
from download_client.engine.custody import read
from download_client.engine.entry import figures_of
from download_client.engine.jobs import TRIES_OF_A_RECORDING
from download_client.engine.queued import GroupFigures, QueuedRun, RunItem, Standing
from download_client.engine.request import PullRequest
from download_client.engine.run_tables import table_name
from download_client.errors import UnknownName
from download_client.ledger import GroupRow, Ledger
from download_client.model import ItemGroup, ItemProgress, Run, RunKind, RunPhase, Snapshot, State, moment_if
from download_client.retry import Clock

HISTORY = "run:"
"""What the key of an earlier run begins with; its number follows."""
_CLAIMED = 1_000
"""More than are ever claimed at a time."""


class Recordings:
    """Of every archive; `folder` holds the ledgers."""

    def __init__(self, *, folder: Path, clock: Clock) -> None:
        self._folder = folder
        self._clock = clock

    def groups(self, archive: Path, run_id: int, *, live: Snapshot | None) -> dict[ItemGroup, GroupFigures]:
        """How many recordings are in which group; what the run at work counts itself is not counted again."""
        known: dict[ItemGroup, tuple[int, int]] = {}
        if live is not None:
            begun = _sum(live, State.FETCHED)
            begun = begun[0] + len(live.in_hand), begun[1] + sum(each.total or 0 for each in live.in_hand)
            open_ = _sum(live, State.QUEUED, State.FETCHING, State.FETCHED)
            home = _sum(live, State.ARCHIVED, State.ERASED)
            known = {
                # What is claimed, but has no transfer yet, waits for its turn as the queue does.
                ItemGroup.QUEUED: (max(0, open_[0] - begun[0]), max(0, open_[1] - begun[1])),
                ItemGroup.DOWNLOADING: (min(begun[0], open_[0]), begun[1]),
                # As everywhere else: also what was home when it was listed.
                ItemGroup.ARCHIVED: (home[0], home[1] + live.bytes_skipped),
            }
        with self._ledger(archive) as (ledger, _):
            ledger.runs.get(run_id)
            found = ledger.groups.figures(run_id, but=known) | known
        return {group: GroupFigures(*found[group]) for group in ItemGroup}

    def items(
        self, archive: Path, run_id: int, group: ItemGroup, *, start: int, count: int, live: Snapshot | None
    ) -> tuple[RunItem, ...]:
        """A page of a group."""
        in_hand = {each.item_id: each for each in live.in_hand} if live is not None else {}
        with self._ledger(archive) as (ledger, opened):
            if live is not None and group in (ItemGroup.DOWNLOADING, ItemGroup.QUEUED):
                rows = _page_at_work(ledger, run_id, group, start=start, count=count, begun=in_hand)
            else:
                rows = ledger.groups.page(run_id, group, start=start, count=count)
            return tuple(_item(row, group, in_hand.get(row.item.id), opened.root) for row in rows)

    def history(self, archive: Path, *, limit: int, but: Collection[int]) -> tuple[QueuedRun, ...]:
        """The latest runs, without some."""
        with self._ledger(archive) as (ledger, opened):
            at_work = opened.is_held()
            return tuple(
                _told(run, ledger.runs.counts, opened, at_work=at_work, chosen=ledger.runs.chosen(run.id))
                for run in ledger.runs.latest(limit + len(but))
                if run.id not in but
            )[:limit]

    def run_of(self, archive: Path, entry: str) -> tuple[Run, dict[State, int], Path | None] | None:
        """The run that a queue began under this key, if it came to that, with its counts and its table."""
        with self._ledger(archive) as (ledger, opened):
            run = ledger.runs.of_entry(entry)
            if run is None:
                return None
            counts = run.summary.counts if run.summary is not None else ledger.runs.counts(run.id)
            return run, counts, opened.run_table(table_name(run))

    @contextmanager
    def _ledger(self, archive: Path) -> Iterator[tuple[Ledger, Archive]]:
        opened = Archive.open(archive, clock=self._clock)
        ledger = read(opened, folder=self._folder)
        if ledger is None:
            raise UnknownName("this archive has no runs yet", subject=archive.name)
        with ledger:
            yield ledger, opened


def _page_at_work(
    ledger: Ledger, run_id: int, group: ItemGroup, *, start: int, count: int, begun: Collection[int]
) -> list[GroupRow]:
    """As `Groups.page`, but what is claimed and has no transfer yet (it is little) stands first in the queue."""
    claimed = ledger.groups.page(run_id, ItemGroup.DOWNLOADING, start=0, count=_CLAIMED)
    at_work = [row for row in claimed if row.item.id in begun or row.item.state is State.FETCHED]
    if group is ItemGroup.DOWNLOADING:
        return at_work[start : start + count]
    first = sorted((row for row in claimed if row not in at_work), key=lambda row: (row.item.priority, row.item.id))
    found = first[start : start + count]
    if len(found) < count:
        left = count - len(found)
        found += ledger.groups.page(run_id, group, start=max(0, start - len(first)), count=left)
    return found


def _sum(live: Snapshot, *states: State) -> tuple[int, int]:
    return sum(live.counts.get(state, 0) for state in states), sum(live.sizes.get(state, 0) for state in states)


def _item(row: GroupRow, group: ItemGroup, progress: ItemProgress | None, root: Path) -> RunItem:
    item = row.item
    home = group is ItemGroup.ARCHIVED and item.state is State.ARCHIVED
    return RunItem(
        id=item.id,
        recording_id=item.recording_id,
        conversation_id=item.conversation_id,
        conversation=row.conversation,
        group=group,
        state=item.state,
        code=item.code,
        detail=item.detail,
        size=item.done_size if home else item.size,
        received=(item.done_size or 0) if home else progress.received if progress is not None else item.offset,
        attempts=item.attempts,
        most_attempts=TRIES_OF_A_RECORDING,
        again_at=moment_if(item.again_at),
        path=root / item.path if home else None,
        expires_at=moment_if(item.expires_at),
        skipped=row.skipped,
    )


def _told(
    run: Run, counts: Callable[[int], dict[State, int]], archive: Archive, *, at_work: bool, chosen: int
) -> QueuedRun:
    """A run that this queue does not hold. One without an end was killed, or another program is at it."""
    elsewhere = run.ended_at is None and at_work
    phase = run.phase if run.ended_at is not None else None if elsewhere else RunPhase.INTERRUPTED
    return QueuedRun(
        key=f"{HISTORY}{run.id}",
        name=run.name,
        kind=run.kind,
        archive=archive.root,
        request=PullRequest(
            archive=archive.root, criteria=run.criteria, name=run.name, changes=run.kind is RunKind.CHANGES
        ),
        chosen=chosen or None,
        standing=Standing.AT_WORK if elsewhere else Standing.ENDED,
        added_at=run.started_at,
        run_id=run.id,
        phase=phase,
        figures=figures_of(run, {} if run.summary is not None else counts(run.id)),
        code=run.reason,
        user=run.user or run.user_id,
        started_at=run.started_at,
        ended_at=run.ended_at,
        table=archive.run_table(table_name(run)),
    )
