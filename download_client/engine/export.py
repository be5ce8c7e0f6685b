"""Copies recordings of the archive elsewhere, with a table that says what they are; the archive is only read.

Each copy is proved by its digest before it gets its name, and overwrites nothing unless somebody chose just that name.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from download_client.engine.auditing import exported
from download_client.engine.library import Archived, Library
from download_client.errors import DiskError, Interrupted, MirError, RecordingDamaged
from download_client.model import Me
from download_client.retry import Clock

WAV = ".wav"
_CSV = ".csv"


@dataclass(frozen=True, slots=True)
class ExportProgress:
    """How far it is: recordings and bytes, of how many."""

    recordings: int
    recordings_total: int
    bytes: int
    bytes_total: int


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export brought. `files` in the order of the table; `failed` recordings with what was wrong of each."""

    files: tuple[Path, ...]
    table: Path | None
    bytes: int
    failed: tuple[tuple[str, MirError], ...]


class Export:
    """One export, ready to go. `missing` are the chosen conversations of which the archive holds nothing.

    Made by `Engine.export`.
    """

    def __init__(
        self, library: Library, *, ids: Sequence[str], conversations: bool, clock: Clock, me: Me | None
    ) -> None:
        self._library = library
        self._me = me
        self._clock = clock
        self.recordings: tuple[Archived, ...] = tuple(_newest(library.held(ids, conversations=conversations)))
        held = {each.row.conversation_id for each in self.recordings}
        self.missing: tuple[str, ...] = tuple(each for each in ids if each not in held) if conversations else ()

    def close(self) -> None:
        """Let go of the library's file."""
        self._library.close()

    @property
    def bytes(self) -> int:
        """What will be copied."""
        return sum(each.row.size for each in self.recordings)

    @property
    def suggested_name(self) -> str:
        """The file name of the only recording; empty: there are several, or none."""
        return _name(self.recordings[0]) if len(self.recordings) == 1 else ""

    def run(self, target: Path, *, progress: Callable[[ExportProgress], None], stop: threading.Event) -> Exported:
        """Copy into the folder `target`, made if need be; or, of one recording, to the file of that name.

        A file that was chosen by name is replaced; one that lies in the folder never is. A recording that is damaged in
        the archive is left out and told, the others go on.

        Raises:
            Interrupted: `stop` was set; what was copied by then stays, with its table.
            DiskError: the target cannot be written.

        """
        single = len(self.recordings) == 1 and target.suffix.lower() == WAV
        folder = target.parent if single else target
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DiskError(error.strerror or "", subject="the folder") from error
        chosen = [each.row.recording_id for each in self.recordings]
        exported(self._library.archive, chosen, me=self._me, at=self._clock.now())
        done: list[tuple[Archived, Path]] = []
        failed: list[tuple[str, MirError]] = []
        read = 0

        def on_read(count: int) -> None:
            nonlocal read
            read += count
            if stop.is_set():
                raise Interrupted(f"{len(done)} recordings were copied")
            progress(ExportProgress(len(done), len(self.recordings), read, self.bytes))

        stopped: Interrupted | None = None
        for each in self.recordings:
            try:
                place = target if single else folder / _name(each)
                done.append((each, self._copy(each, place, single=single, on_read=on_read)))
            except RecordingDamaged as error:
                self._library.found_damaged(each.row)
                failed.append((each.row.recording_id, error))
            except Interrupted as error:
                stopped = error
                break
        table = self._table(done, target.with_suffix(_CSV) if single else None, folder) if done else None
        if stopped is not None:
            raise stopped
        progress(ExportProgress(len(done), len(self.recordings), read, self.bytes))
        return Exported(
            files=tuple(path for _, path in done),
            table=table,
            bytes=sum(each.row.size for each, _ in done),
            failed=tuple(failed),
        )

    def _copy(self, each: Archived, place: Path, *, single: bool, on_read: Callable[[int], None]) -> Path:
        return self._library.archive.copy_out(
            each.row.path, place, sha256=each.row.sha256, replace=single, on_read=on_read
        )

    def _table(self, done: Sequence[tuple[Archived, Path]], beside: Path | None, folder: Path) -> Path:
        """One row for each copy, under the name it has there."""
        names = {(each.row.recording_id, each.row.version): path.name for each, path in done}
        entries = (
            replace(entry, path=names[entry.recording.id, entry.version_number])
            for entry in self._library.told(each for each, _ in done)
        )
        target = beside or _free(folder / f"Export {self._clock.now():%Y-%m-%d %H.%M.%S}{_CSV}")
        return self._library.archive.write_table(target, entries).path


def _newest(held: Iterable[Archived]) -> list[Archived]:
    """The newest version of each recording, in their order."""
    newest: dict[str, Archived] = {}
    for each in held:
        known = newest.get(each.row.recording_id)
        if known is None or known.row.version < each.row.version:
            newest[each.row.recording_id] = each
    return list(newest.values())


def _name(each: Archived) -> str:
    return PurePosixPath(each.row.path).name


def _free(path: Path) -> Path:
    number = 1
    named = path
    while named.exists():
        number += 1
        named = path.with_name(f"{path.stem} ({number}){path.suffix}")
    return named
