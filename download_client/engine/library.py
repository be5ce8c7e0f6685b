"""What an archive holds, as a listing that needs no service: a projection of its ledger, kept from start to start.

It also remembers what the last check of each recording found. That is a memory, not the truth: the files are, and a
check asks them again. It changes nothing in the archive.
"""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from pathlib import Path

import msgspec
from filelock import FileLock, Timeout

from download_client.archive import Archive, Entry, Finding, FindingKind, VerifyProgress
from download_client.catalog import (
    RECORDINGS,
    SHOWN,
    Filled,
    Found,
    Holdings,
    Kept,
    Order,
    Proof,
    RecordingRow,
    Spans,
    Store,
    View,
)
from download_client.engine.browsing import Catalogued
from download_client.engine.custody import ledger_path, look
from download_client.engine.presence import stamp
from download_client.errors import CatalogFailed, Interrupted, UnknownName
from download_client.ledger import Item, Ledger
from download_client.model import Codec, Conversation, Recording, RecordingStatus, Run
from download_client.retry import Clock
from download_client.wav import WavInfo

_BLOCK = 500
_PROVED_AT_ONCE = 64
_GLANCE = 0.2
"""Seconds between two looks at whether a check may go on."""
_LOCK_SECONDS = 60.0
_MISSING = frozenset({FindingKind.MISSING, FindingKind.NOT_A_FILE})


@dataclass(frozen=True, slots=True)
class CheckReport:
    """One check of an archive. `looked_at` recordings of `recordings` were read, `whole` of them byte for byte.

    `complete`: it came to its end; `full`: it was of everything. `ended_at` is when it ended, whichever way.
    """

    started_at: datetime
    ended_at: datetime
    full: bool
    complete: bool
    recordings: int
    looked_at: int
    whole: int
    damaged: int


@dataclass(frozen=True, slots=True)
class Archived:
    """Everything known of one archived recording. `file` is where it lies, absolute; it may have gone since."""

    row: RecordingRow
    conversation: Conversation
    recording: Recording
    file: Path


class Library(Catalogued[RecordingRow]):
    """The recordings of one archive. Made by `Engine.library`; `fill` brings it up to date with the ledger.

    Raises:
        ArchiveMissing, ArchiveNewer: there is no archive, or one of a newer version.
        CatalogFailed, DiskFull: its file cannot be used.

    """

    def __init__(self, archive: Archive, *, folder: Path, ledgers: Path, clock: Clock) -> None:
        name = archive.identity.archive_id
        path = folder / f"{name}.sqlite3"
        super().__init__(Store.kept(path, owner=name), RECORDINGS, only=SHOWN)
        self.archive = archive
        self._ledgers = ledgers
        self._clock = clock
        self._holdings = Holdings(self._store)
        self._one_writer = FileLock(path.with_suffix(".lock"), thread_local=False)
        self._filling = threading.Lock()
        self._recount(complete=False)

    # --- up to date

    def fill(self, progress: Callable[[Filled], None], stop: threading.Event) -> Filled:
        """Take over what came home, or went, since the last time; costs nothing where nothing did.

        Raises:
            Interrupted: `stop` was set; what was taken over stays.
            ArchiveMissing, DiskError: the archive has gone, or cannot be read.
            CatalogFailed: another program keeps the file.

        """
        with self._filling, self._alone():
            path = ledger_path(self._ledgers, self.archive)
            seen = repr((stamp(path), self.archive.manifest_mark()))
            if self._store.noted("seen") != seen:
                with look(self.archive, folder=self._ledgers) as ledger:
                    self._project(ledger, progress, stop)
                self._store.index(self._kind.indexes)
                self._store.note("seen", seen)
            self._recount(complete=True)
        progress(self._filled)
        return self._filled

    def _project(self, ledger: Ledger, progress: Callable[[Filled], None], stop: threading.Event) -> None:
        since = float(self._store.noted("since") or 0.0)
        self._take(ledger, since, progress, stop)
        held = self._holdings.held() == ledger.overview.archived_count()
        if not held and self._holdings.reconcile(ledger.overview.archived_versions()):
            # What an archive's own account brought back has the time of its download, which lies before the last look.
            self._take(ledger, 0.0, progress, stop)

    def _take(self, ledger: Ledger, since: float, progress: Callable[[Filled], None], stop: threading.Event) -> None:
        runs = _Runs(ledger)
        told = ledger.overview.archived_since(since)
        while block := list(islice(told, _BLOCK)):
            self._holdings.add([_kept(item, conversation, runs) for item, conversation in block])
            self._store.note("since", repr(max(since, block[-1][0].archived_at or 0.0)))
            self._recount(complete=False)
            progress(self._filled)
            if stop.is_set():
                raise Interrupted(f"{self._filled.rows} recordings were taken over")

    def _recount(self, *, complete: bool) -> None:
        rows, size = self._holdings.totals()
        self._filled = Filled(
            rows=rows, bytes=size, total=rows if complete else None, complete=complete, as_of=self._clock.now()
        )

    # --- one recording, some recordings

    @property
    def free_bytes(self) -> int:
        """What may still be written to the archive's drive. Raises `ArchiveMissing` and its kin."""
        return self.archive.free_bytes()

    def recording(self, number: int) -> Archived:
        """Everything known of one row.

        Raises:
            UnknownName: there is no such row any more.

        """
        row = self._holdings.row(number)
        if row is None:
            raise UnknownName("it is not in this list", subject=str(number))
        conversation = self._holdings.conversations([row.conversation_id]).get(row.conversation_id)
        if conversation is None:
            raise UnknownName("it was erased", subject=row.recording_id)
        return self._archived(row, conversation)

    def recordings(self, view: View[RecordingRow], spans: Spans) -> Iterator[Archived]:
        """The same of a selection of any size, in its order; streamed."""
        for span in spans:
            for start in range(span.start, span.stop, _BLOCK):
                rows = view.rows(start, min(_BLOCK, span.stop - start))
                calls = self._holdings.conversations({row.conversation_id for row in rows})
                # A view may be older than an erasure.
                yield from (
                    self._archived(row, calls[row.conversation_id]) for row in rows if row.conversation_id in calls
                )

    def held(self, ids: Sequence[str], *, conversations: bool) -> Iterator[Archived]:
        """What the archive holds of these conversations, or these recordings, block by block; by start in each."""
        for start in range(0, len(ids), _BLOCK):
            rows = self._holdings.rows(ids[start : start + _BLOCK], conversations=conversations)
            calls = self._holdings.conversations({row.conversation_id for row in rows})
            yield from (self._archived(row, calls[row.conversation_id]) for row in rows)

    def entries(self, view: View[RecordingRow], spans: Spans) -> Iterator[Entry]:
        """A selection as rows of a table, like those of the archive's own tables."""
        return self.told(self.recordings(view, spans))

    def told(self, recordings: Iterable[Archived]) -> Iterator[Entry]:
        """Recordings as rows of a table."""
        access = self._holdings.access()
        for each in recordings:
            yield entry_of(each, access=access.get(each.row.run_id, ""), source=self.archive.identity.service)

    def found_damaged(self, row: RecordingRow) -> None:
        """Remember that a recording was met damaged outside of a check."""
        self._holdings.prove([(row.recording_id, row.version, Proof.DAMAGED, self._clock.now().timestamp())])

    def write_table(self, view: View[RecordingRow], spans: Spans, target: Path) -> int:
        """Save a selection as CSV, in the archive's columns, in place of what lies there; answers its rows.

        Raises:
            DiskError: it cannot be written, or another program has it open; what lay there stays whole.

        """
        return self.archive.write_table(target, self.entries(view, spans)).rows

    def examples(self, limit: int = 3) -> tuple[Conversation, ...]:
        """Some conversations of the archive, the newest first."""
        with closing(self.view(Order())) as newest:
            rows = newest.rows(0, limit)
        calls = self._holdings.conversations({row.conversation_id for row in rows})
        return tuple(calls[row.conversation_id] for row in rows)

    def _archived(self, row: RecordingRow, conversation: Conversation) -> Archived:
        listed = next((each for each in conversation.recordings if each.id == row.recording_id), None)
        recording = listed or Recording(
            id=row.recording_id,
            sequence=0,
            start_time=row.start,
            duration_seconds=row.duration,
            status=RecordingStatus.AVAILABLE,
            size_bytes=row.size,
        )
        return Archived(row, conversation, recording, self.archive.root / row.path)

    # --- checks

    def check(
        self,
        progress: Callable[[VerifyProgress], None],
        stop: threading.Event,
        *,
        only: Sequence[str] | None = None,
        pause: threading.Event | None = None,
    ) -> CheckReport:
        """Read recordings again (`only` these ids; None: everything) and remember what was found of each.

        While `pause` is set it rests. Stopped, it keeps what it found; the next check begins anew.

        Raises:
            ArchiveMissing, DiskError: the archive has gone, or cannot be read.

        """
        started = self._clock.now()
        found: list[tuple[str, int, Proof, float]] = []
        damage: list[Finding] = []

        def looked(recording_id: str, version: int, wrong: Finding | None) -> None:
            found.append((recording_id, version, _proof(wrong), self._clock.now().timestamp()))
            if len(found) >= _PROVED_AT_ONCE:
                self._holdings.prove(found)
                found.clear()
            while pause is not None and pause.is_set() and not self._clock.wait(stop, _GLANCE):
                continue

        verifier = self.archive.verify(
            progress=progress, stop=stop, only=frozenset(only) if only is not None else None, looked=looked
        )
        complete = True
        try:
            damage.extend(finding for finding in verifier if not finding.kind.harmless)
        except Interrupted:
            complete = False
        finally:
            self._holdings.prove(found)
        damaged = {finding.recording_id for finding in damage if finding.recording_id}
        self._remember(damage, full=only is None and complete, only=only)
        report = CheckReport(
            started_at=started,
            ended_at=self._clock.now(),
            full=only is None,
            complete=complete,
            recordings=len(only) if only is not None else self._filled.rows,
            looked_at=verifier.recordings,
            whole=verifier.whole,
            damaged=len(damaged),
        )
        if only is None:
            self._store.note("check", msgspec.json.encode(report).decode())
        return report

    @property
    def last_check(self) -> CheckReport | None:
        """How the last check of everything went; None: there was none."""
        told = self._store.noted("check")
        return msgspec.json.decode(told, type=CheckReport) if told else None

    def findings(self) -> tuple[Finding, ...]:
        """What the last checks found wrong and no later one found whole; what is harmless is left out."""
        return tuple(Finding(FindingKind(kind), *rest) for kind, *rest in self._holdings.findings())

    def damaged(self) -> tuple[str, ...]:
        """The recordings that are damaged or missing: what a repair would fetch again."""
        return self._holdings.broken()

    def _remember(self, damage: Sequence[Finding], *, full: bool, only: Sequence[str] | None) -> None:
        about = None if full else {*(only or ()), *(finding.recording_id for finding in damage)}
        told = [Found(each.kind.value, each.path, each.recording_id, each.detail) for each in damage]
        self._holdings.remember(told, instead_of=None if about is None else sorted(about))

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """No other program brings this file up to date meanwhile."""
        try:
            self._one_writer.acquire(timeout=_LOCK_SECONDS)
        except (OSError, Timeout) as error:
            raise CatalogFailed("another program brings this list up to date") from error
        try:
            yield
        finally:
            self._one_writer.release()


class _Runs:
    """Which run brought a recording: the one that was at work then; where several took turns, the ledger says."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._runs = sorted(ledger.runs.latest(1_000_000), key=lambda run: run.started_at)
        self._starts = [run.started_at.timestamp() for run in self._runs]

    def of(self, item: Item) -> Run | None:
        """None: no run that the ledger knows."""
        moment = item.archived_at or 0.0
        begun = self._runs[: bisect_right(self._starts, moment)]
        able = {run.id: run for run in begun if run.ended_at is None or run.ended_at.timestamp() >= moment}
        if len(able) > 1:
            brought = self._ledger.overview.brought_by(item.id, list(able))
            return able[brought] if brought is not None else None
        return next(iter(able.values()), None)


def _kept(item: Item, conversation: Conversation, runs: _Runs) -> Kept:
    wav = msgspec.json.decode(item.wav, type=WavInfo) if item.wav else None
    listed = next((each for each in conversation.recordings if each.id == item.recording_id), None)
    recording = listed or Recording(
        id=item.recording_id,
        sequence=0,
        start_time=conversation.start_time,
        duration_seconds=conversation.duration_seconds,
        status=RecordingStatus.AVAILABLE,
    )
    codec = recording.codec
    run = runs.of(item)
    return Kept(
        conversation=conversation,
        recording=recording,
        version=item.version,
        size=item.done_size or 0,
        codec=wav.codec if wav is not None else codec.name if codec is not None else "",
        channels=wav.channels if wav is not None else codec.channels if codec is not None else 0,
        path=item.path,
        sha256=item.done_sha256,
        verified_by=item.verified_by,
        downloaded=item.archived_at or 0.0,
        run=run.id if run is not None else 0,
        search=run.name if run is not None else "",
        access=run.access_level if run is not None else "",
    )


def entry_of(it: Archived, *, access: str, source: str) -> Entry:
    """An archived recording as tables tell it."""
    row = it.row
    codec = Codec(0, row.codec, 0, row.channels, 0) if row.codec else None
    return Entry(
        path=row.path,
        conversation=it.conversation,
        recording=replace(it.recording, codec=codec),
        version_number=row.version,
        size=row.size,
        sha256=row.sha256,
        etag="",
        verified_by=row.verified_by,
        wav=None,
        downloaded_at=row.downloaded_at,
        run_id=row.run_id,
        access_level=access,
        source=source,
    )


def _proof(wrong: Finding | None) -> Proof:
    if wrong is None:
        return Proof.WHOLE
    return Proof.MISSING if wrong.kind in _MISSING else Proof.DAMAGED
