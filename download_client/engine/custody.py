"""One archive in hand for one puller: its lock, its ledger, recovered or made anew; it lists and fetches nothing."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec

from download_client.archive import Archive, DeedKind, Entry, Origin, Tombstone
from download_client.engine.auditing import local_deed
from download_client.errors import ArchiveMissing, DiskError, LedgerCorrupt, LedgerError, LedgerNewer
from download_client.ledger import Adopted, Ledger, is_older, refuse_newer
from download_client.retry import Clock

_log = logging.getLogger(__name__)

_MARK = "manifest"
"""The note that says how much of the archive's manifest the ledger has seen."""


@dataclass(frozen=True, slots=True)
class Custody:
    """The archive and its ledger, both held for writing."""

    archive: Archive
    ledger: Ledger
    adopted: int
    """How many rows were taken over from the archive's own account: more than none after a kill or a loss."""


def ledger_path(folder: Path, archive: Archive) -> Path:
    """Where the ledger of an archive lies: on this computer, never on the archive's share."""
    return folder / "ledgers" / f"{archive.identity.archive_id}.sqlite3"


def existing(folder: Path, clock: Clock) -> Archive | None:
    """The archive that lies there, if one does. Raises `ArchiveNewer` for one of a newer version."""
    try:
        return Archive.open(folder, clock=clock)
    except ArchiveMissing:
        return None


@contextmanager
def take(archive: Archive, *, folder: Path, holder: str, clock: Clock) -> Iterator[Custody]:
    """Lock the archive, open its ledger, and bring it up to date with what the archive says of itself.

    A missing, older or damaged ledger is made anew from the archive alone (fault 41); a damaged one is kept aside.

    Raises:
        ArchiveLocked: another puller is at work.
        LedgerNewer: a newer version made the ledger; neither it nor the archive was touched.
        LedgerError, DiskError: the ledger cannot be used.

    """
    path = ledger_path(folder, archive)
    refuse_newer(path)
    with archive.lock(holder):
        ledger = _open(path, clock)
        try:
            adopted = _catch_up(archive, ledger)
            ledger.queue.recover()
            yield Custody(archive, ledger, adopted)
            ledger.database.set_note(_MARK, archive.manifest_mark())
        finally:
            ledger.close()


@contextmanager
def look(archive: Archive, *, folder: Path) -> Iterator[Ledger]:
    """The ledger of an archive, to read only; where none can be read, one made of the archive for the moment.

    Nothing is written to the archive but its lock, where a ledger has to be brought up to date; none is waited for.

    Raises:
        LedgerNewer: a newer version made it.

    """
    ledger: Ledger | None = None
    try:
        ledger = read(archive, folder=folder)
    except LedgerNewer:
        raise
    except LedgerError:
        _log.info("a ledger that cannot be read: the archive is asked itself")
    if ledger is not None:
        with ledger:
            yield ledger
        return
    with tempfile.TemporaryDirectory(prefix="mir-download-") as made, Ledger.open(Path(made) / "look.sqlite3") as anew:
        _adopt(archive, anew, lambda _: None)
        yield anew


def read(archive: Archive, *, folder: Path) -> Ledger | None:
    """The ledger of an archive, to read only; None: there is none. One of an older version is brought up to date first.

    Raises:
        LedgerNewer: a newer version made it.
        LedgerError, DiskError: it cannot be read; perhaps somebody is at work in the archive who has to end first.

    """
    path = ledger_path(folder, archive)
    if not path.exists():
        return None
    try:
        return Ledger.read(path)
    except LedgerError:
        if not is_older(path):
            raise
    with suppress(DiskError), archive.lock("an update of the ledger"):
        Ledger.open(path).close()
    return Ledger.read(path)


def make_anew(archive: Archive, *, folder: Path, holder: str, clock: Clock, progress: Callable[[int], None]) -> int:
    """Forget the ledger and make it anew from the archive alone; answers how many recordings it holds then.

    The old file is kept aside, not deleted.

    Raises:
        LedgerNewer, ArchiveLocked, DiskError, LedgerError: as `take`.

    """
    path = ledger_path(folder, archive)
    refuse_newer(path)
    with archive.lock(holder):
        _set_aside(path, clock)
        with Ledger.open(path) as ledger:
            _enlist(archive, ledger)
            archive.marks.enlist(at=clock.now())
            adopted = _adopt(archive, ledger, progress)
            facts: dict[str, int | str] = {"recordings": adopted}
            archive.audit.write(local_deed(archive, DeedKind.REBUILD, facts=facts, at=clock.now()))
            ledger.database.set_note(_MARK, archive.manifest_mark())
    return adopted


def _open(path: Path, clock: Clock) -> Ledger:
    try:
        return Ledger.open(path)
    except LedgerCorrupt as error:
        _log.info("ledger %s: %s; it is made anew from the archive", path.name, error.code)
        _set_aside(path, clock)
        return Ledger.open(path)


def _set_aside(path: Path, clock: Clock) -> None:
    stamp = clock.now().strftime("%Y%m%dT%H%M%S")
    for suffix in ("", "-wal", "-shm"):
        old = path.with_name(path.name + suffix)
        if not old.exists():
            continue
        try:
            old.replace(path.with_name(f"{path.stem}.{stamp}.set-aside{path.suffix}{suffix}"))
        except OSError as error:
            # On Windows somebody who reads it is enough.
            raise LedgerError(f"it cannot be set aside ({error.strerror})", subject=path.name) from error


def _catch_up(archive: Archive, ledger: Ledger) -> int:
    if ledger.database.note(_MARK) == archive.manifest_mark():
        return 0
    _enlist(archive, ledger)
    return _adopt(archive, ledger, lambda _: None)


def _enlist(archive: Archive, ledger: Ledger) -> None:
    """Take what only a table explains into the manifest, after reading it whole (fault 39).

    What the ledger knows as `fetched` is left to be placed again: it knows more than the table does.
    """
    told = (each for each in archive.entries() if isinstance(each, Entry) and each.origin is Origin.SIDECAR)
    archive.enlist(
        [each for each in told if not ledger.adoption.awaits_placing(each.recording.id, each.version_number)]
    )


def _adopt(archive: Archive, ledger: Ledger, progress: Callable[[int], None]) -> int:
    """Everything the archive says it holds and that lies there, and what was erased from it."""
    buried: list[tuple[str, str]] = []

    def entries() -> Iterator[Adopted]:
        for count, entry in enumerate(archive.entries(), start=1):
            progress(count)
            if isinstance(entry, Tombstone):
                buried.append((entry.recording_id, entry.conversation_id))
            elif entry.present and not ledger.adoption.awaits_placing(entry.recording.id, entry.version_number):
                yield _adopted(entry)

    adopted = ledger.adoption.adopt(entries())
    ledger.adoption.bury(buried)
    return adopted


def _adopted(entry: Entry) -> Adopted:
    return Adopted(
        conversation=entry.conversation,
        recording_id=entry.recording.id,
        version=entry.version_number,
        path=entry.path,
        size=entry.size,
        sha256=entry.sha256,
        etag=entry.etag,
        verified_by=entry.verified_by,
        wav=msgspec.json.encode(entry.wav).decode() if entry.wav is not None else "",
        archived_at=entry.downloaded_at.timestamp(),
    )
