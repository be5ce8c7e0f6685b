"""The door of the archive: one object per open archive; it keeps nothing in memory that the disk does not hold.

Who places, quarantines or writes tables holds `lock`; everything else needs none. Errors of the file system come out as
`DiskError` and its kin. Methods may be called from several threads; placing is one at a time.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from download_client.archive.audit import Audit
from download_client.archive.copy import copy_out
from download_client.archive.erase import Eraser
from download_client.archive.files import Files
from download_client.archive.lock import hold, shows_life
from download_client.archive.manifest import Manifest, erased_line
from download_client.archive.marks import Marks
from download_client.archive.names import EXACT, RUNS, Naming, run_name
from download_client.archive.publish import Publisher, lies_there
from download_client.archive.rebuild import enlist, entries
from download_client.archive.risk import risks
from download_client.archive.root import MIR, Root, create_root, open_root
from download_client.archive.run_table import RunTable, write_run_table, write_table
from download_client.archive.safe import clean, component
from download_client.archive.table import Tables
from download_client.archive.trouble import disk_error
from download_client.archive.values import Entry, Finished, Identity, Placed, Style, Tombstone
from download_client.archive.verify import Looked, Progress, Verifier
from download_client.errors import ArchiveUnwise, MirError
from download_client.model import Conversation, Recording
from download_client.retry import Clock


class Archive:
    """An archive that is there. Made by `create` and `open`."""

    def __init__(self, root: Root, style: Style, clock: Clock, files: Files) -> None:
        self._root = root
        self._files = files
        self._clock = clock
        self._naming = Naming(style)
        self._tables = Tables(style)
        self._manifest = Manifest(root, files)
        self._publisher = Publisher(root, files, self._tables, self._manifest, spreadsheet=style.spreadsheet)
        self._placing = threading.Lock()
        self.style = style
        self.audit = Audit(root, files)
        self.marks = Marks(root, files)

    @classmethod
    def create(
        cls,
        root: Path,
        *,
        service: str,
        account_id: str,
        accept_risk: bool,
        clock: Clock,
        style: Style | None = None,
        files: Files | None = None,
    ) -> Archive:
        """Make an archive of a new or existing folder; one of the same account that lies there already is opened.

        Raises:
            ArchiveUnwise: the folder is a risky place (`risks` says why) and `accept_risk` is not given.
            ArchiveForeign, ArchiveNewer: another account's archive lies there, or one of a newer version.
            ArchiveMissing: the folder in which it would be made does not exist.
            InvalidTemplate, InvalidSetting: the style cannot be used.

        """
        files = files or Files()
        style = style or Style()
        Naming(style)
        against = () if accept_risk else risks(root)
        if against:
            raise ArchiveUnwise("; ".join(against), subject=str(root))
        made = create_root(root, files, service=service, account_id=account_id, now=clock.now())
        return cls(made, style, clock, files)

    @classmethod
    def open(
        cls,
        root: Path,
        *,
        clock: Clock,
        archive_id: str = "",
        service: str = "",
        account_id: str = "",
        style: Style | None = None,
        files: Files | None = None,
    ) -> Archive:
        """Open the archive that lies there; what is given is held against its identity. Writes nothing.

        Raises:
            ArchiveMissing: the folder, drive or identity is gone, or another archive than `archive_id` lies there.
            ArchiveNewer: a newer version of this program made it.
            ArchiveForeign: it belongs to another service or account.

        """
        files = files or Files()
        found = open_root(root, files, archive_id=archive_id, service=service, account_id=account_id)
        return cls(found, style or Style(), clock, files)

    @property
    def root(self) -> Path:
        """The folder, absolute, links on the way to it resolved."""
        return self._root.path

    @property
    def identity(self) -> Identity:
        """Which archive this is, and whose."""
        return self._root.identity

    def inner(self, name: str) -> Path:
        """A folder beside what the archive keeps for itself, for what is no part of it; perhaps not there yet."""
        return self.root / MIR / name

    def check(self) -> None:
        """Raise `ArchiveMissing` where it is gone or another lies in its place; cheap."""
        self._root.check()

    def lock(self, holder: str) -> AbstractContextManager[None]:
        """The puller's lock, which dies with its process. Entering raises ArchiveLocked (who), DiskError."""
        return hold(self._root, self._files, holder=holder, now=self._clock.now())

    def is_held(self) -> bool:
        """Whether a puller has lately shown a sign of life; for people, the lock alone decides."""
        return shows_life(self._root)

    def run_table(self, name: str) -> Path | None:
        """The table of a run, if it was written."""
        told = self.root / RUNS / (run_name(name) + EXACT)
        return told if told.exists() else None

    def part_path(self, recording_id: str, version_number: int) -> Path:
        """Where the part of a recording version lies, on the archive's volume."""
        return Path(f"{self._root.parts}{os.sep}{_part_stem(recording_id)}{version_number}.wav.part")

    def plan_name(self, conversation: Conversation, recording: Recording, *, version_number: int) -> str:
        """Where the recording will lie, below the root; always the same answer, without touching the disk."""
        return self._naming.plan(conversation, recording, version_number=version_number)

    def place(self, batch: Sequence[Finished]) -> list[Placed | MirError]:
        """Place finished recordings durably, each with its table; answers in the same order, and raises nothing.

        Can be repeated: what lies there already, whole and with the same bytes, is adopted, so after a kill the same
        call comes to the same end. FileHeld: it stays in its part, place it again later. Truncated: its part is gone or
        has another length, fetch it again. DiskFull and ArchiveMissing: the rest of the batch was not tried.
        """
        with self._placing:
            return self._publisher.place(batch)

    def adopt(self, path: str, *, sha256: str, size: int) -> bool:
        """Whether a file with these bytes lies at `path`; reads it whole. Raises DiskError."""
        try:
            return lies_there(self._files, self._root.inside(path), size=size, sha256=sha256)
        except OSError as error:
            raise disk_error(error, subject="a recording") from error

    def quarantine(self, part: Path, *, reason: str) -> Path:
        """Keep a part that must not be placed, out of the way; answers where it lies now. Raises DiskError."""
        stem = component(clean(f"{part.name.partition('.')[0]} {reason}"), units=100, octets=120)
        number = 1
        while True:
            target = f"{self._root.quarantine}{os.sep}{stem}" + (f" {number}" if number > 1 else "") + ".part"
            try:
                self._files.rename_new(str(part), target)
                return Path(target)
            except FileExistsError:
                number += 1
            except OSError as error:
                raise disk_error(error, subject=part.name) from error

    def free_bytes(self) -> int:
        """How much may still be written to the archive's volume. Raises ArchiveMissing and its kin."""
        self._root.check()
        try:
            return self._files.free(self._root.base)
        except OSError as error:
            raise disk_error(error, subject=str(self.root)) from error

    def write_run_csv(self, name: str, rows: Iterable[Finished | Entry]) -> RunTable:
        """Write `Runs/<name>.csv` (and the spreadsheet-safe one, where asked for), streaming, old whole or new whole.

        Raises:
            FileHeld: somebody has the older one open; it stays as it is.
            DiskError: it cannot be written.

        """
        return write_run_table(self._root, self._files, self._tables, name, rows, spreadsheet=self.style.spreadsheet)

    def copy_out(self, path: str, target: Path, *, sha256: str, replace: bool, on_read: Callable[[int], None]) -> Path:
        """Copy a recording out, proved on the way; see `copy.copy_out` for what may happen."""
        return copy_out(self._root, self._files, path, target, sha256=sha256, replace=replace, on_read=on_read)

    def write_table(self, target: Path, rows: Iterable[Finished | Entry]) -> RunTable:
        """Write an exact table of any recordings anywhere, streaming, old whole or new whole; raises as a run's."""
        return write_table(target, self._files, self._tables, rows)

    def remember_erased(self, tombstones: Sequence[Tombstone]) -> None:
        """Write down that recordings were erased, in all versions and for good (fault 59). Raises DiskError."""
        self._root.check()
        try:
            self._manifest.append([erased_line(tombstone) for tombstone in tombstones], at=self._clock.now())
            self._files.flush_folders([self._root.manifest])
        except OSError as error:
            raise disk_error(error, subject="manifest") from error

    @property
    def eraser(self) -> Eraser:
        """Erases recordings for good; for the holder of the lock."""
        return Eraser(self._root, self._files, self._manifest, _part_stem)

    def manifest_mark(self) -> str:
        """A text that changes whenever the manifest does: whether a ledger has seen all of it. Raises DiskError."""
        try:
            return self._manifest.mark()
        except OSError as error:
            raise disk_error(error, subject="manifest") from error

    def entries(self) -> Iterator[Entry | Tombstone]:
        """Everything the archive says it holds, from the manifest and from tables beside recordings the manifest lacks.

        Streaming; changes nothing. Damaged lines are left out (`verify` names them). Raises DiskError.
        """
        return entries(self._root, self._files, self._manifest)

    def enlist(self, told: Iterable[Entry]) -> int:
        """Take recordings that only a table explains (`Origin.SIDECAR`) into the manifest; answers how many it took.

        Reads each whole: one whose bytes are not those its table names is left out. Raises DiskError.
        """
        with self._placing:
            return enlist(self._root, self._files, self._manifest, told)

    def verify(
        self,
        *,
        progress: Progress | None = None,
        stop: threading.Event | None = None,
        only: frozenset[str] | None = None,
        looked: Looked | None = None,
    ) -> Verifier:
        """Re-read everything and name each damage: iterate over the answer for the findings; its counts fill meanwhile.

        `only`: recording ids to look at; None: everything, strange files included. `looked` hears of each recording,
        on the thread that iterates. Changes nothing.
        """
        return Verifier(
            self._root,
            self._files,
            self._manifest,
            self._clock,
            self.marks,
            progress=progress,
            stop=stop,
            only=only,
            looked=looked,
        )


def _part_stem(recording_id: str) -> str:
    """How the names of all parts of a recording begin."""
    return hashlib.sha256(recording_id.encode("utf-8", "surrogatepass")).hexdigest()[:32] + "-"
