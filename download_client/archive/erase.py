"""Erases recordings from an archive for good: tombstones first, then files, then what tables and manifest say of them.

::

    is it what the manifest says?  → tombstone, durable → WAV, tables, marks, parts → tables of runs → the manifest

Killed anywhere, `finish` comes to the same end: the manifest is scrubbed last, so that until then it names what is
left to do. What is not the recording that was placed (other bytes, a link on its way) is left alone and told. It does
not decide what is to be erased, and it cannot reach backups or a drive's own copies.
"""

from __future__ import annotations

import csv
import os
import stat
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Final

from download_client.archive.files import Files, is_link
from download_client.archive.manifest import Manifest, PlacedLine
from download_client.archive.names import EXACT, LONGER_TAGS, MARKS, SPREADSHEET, WAV, tag
from download_client.archive.publish import SAFE_PATH
from download_client.archive.root import MIR, RUN, Root
from download_client.archive.table import BOM, COLUMNS
from download_client.archive.trouble import disk_error
from download_client.archive.values import Tombstone
from download_client.errors import Interrupted

_BESIDE: Final = (EXACT, SPREADSHEET, MARKS)
_CACHE: Final = "cache"
"""What was fetched only to be heard lies there, named as parts are."""
_AT_ONCE: Final = 100
_PATIENCE: Final = (0.02, 0.06, 0.2)
_RECORDING: Final = COLUMNS.index("Recording ID")


@dataclass(frozen=True, slots=True)
class Doomed:
    """One version of a recording that is to be erased, as the manifest tells of it; `path` below the root."""

    recording_id: str
    conversation_id: str
    version: int
    path: str
    size: int
    sha256: str
    started_at: datetime

    @classmethod
    def of(cls, line: PlacedLine) -> Doomed:
        """As much of a line as is needed."""
        start = line.conversation.start_time
        return cls(line.recording, line.conversation.id, line.version, line.path, line.size, line.sha256, start)


@dataclass(frozen=True, slots=True)
class Refused:
    """A recording that was not erased, and why, without its name."""

    recording_id: str
    why: str


class Eraser:
    """For the holder of the archive's lock; methods raise DiskError as `Archive`'s do."""

    def __init__(self, root: Root, files: Files, manifest: Manifest, part_stem: Callable[[str], str]) -> None:
        self._root = root
        self._files = files
        self._manifest = manifest
        self._part_stem = part_stem

    def older(self, before: datetime) -> Iterator[Doomed]:
        """Every version of the recordings of calls that began before a moment; streaming."""
        for line in self._manifest.read(self._manifest.survey()):
            if isinstance(line, PlacedLine) and line.conversation.start_time < before:
                yield Doomed.of(line)

    def left_over(self) -> list[Doomed]:
        """What has a tombstone already and is still told of: an erasure that was broken off."""
        erased = self._manifest.survey().erased
        return [Doomed.of(line) for line in self._manifest.told_of(erased)] if erased else []

    def bury(
        self, doomed: Iterable[Doomed], *, at: datetime, reason: str, stopped: Callable[[], bool]
    ) -> Iterator[tuple[list[Doomed], list[Refused]]]:
        """Give tombstones to recordings that are what they should be, and remove their files; block by block.

        Raises Interrupted between two blocks.
        """
        groups: dict[str, list[Doomed]] = {}
        for each in doomed:
            groups.setdefault(each.recording_id, []).append(each)
        waiting = iter(groups.values())
        while block := list(islice(waiting, _AT_ONCE)):
            if stopped():
                raise Interrupted("not everything that is old enough was erased")
            proved: list[Doomed] = []
            refused: list[Refused] = []
            for versions in block:
                why = next((why for each in versions if (why := self._why_not(each))), "")
                if why:
                    refused.append(Refused(versions[0].recording_id, why))
                else:
                    proved += versions
            stones = {
                each.recording_id: Tombstone(each.recording_id, each.conversation_id, at, reason) for each in proved
            }
            if stones:
                self._write(stones.values(), at)
            for each in proved:
                self._remove(each)
            self._sweep(proved)
            yield proved, refused

    def finish(self) -> tuple[list[Doomed], list[Refused]]:
        """Remove what an erasure that was broken off had left of files. Files that are another's now stay."""
        done: list[Doomed] = []
        refused: list[Refused] = []
        for each in self.left_over():
            why = self._why_not(each)
            if why:
                refused.append(Refused(each.recording_id, why))
            else:
                self._remove(each)
                done.append(each)
        self._sweep(done)
        return done, refused

    def scrub(self, *, but: Collection[str]) -> dict[str, int]:
        """Take the erased out of the tables of runs and, last, out of the manifest; with its new lengths."""
        erased = self._manifest.survey().erased - set(but)
        try:
            for path in sorted(Path(self._root.runs).glob("*.csv")):
                self._scrub_table(path, erased)
            return self._manifest.scrub(erased, self._rewrite)
        except OSError as error:
            raise disk_error(error, subject="erasing") from error

    # --- one recording

    def _why_not(self, it: Doomed) -> str:
        """Why its file must not be touched; empty: it is the one that was placed, or is gone already."""
        if SAFE_PATH.fullmatch(it.path) is None:
            return "its path leads out of the archive"
        try:
            folder = self._root.base
            for part in it.path.split("/")[:-1]:
                folder += os.sep + part
                if is_link(self._files.look(folder)):
                    return "a folder of its path is a link"
            path = self._root.inside(it.path)
            found = self._files.look(path)
            if is_link(found) or not stat.S_ISREG(found.st_mode):
                return "something else than a file lies in its place"
            if found.st_size != it.size or self._files.digest(path) != it.sha256:
                return "its bytes are not those that were placed"
        except (FileNotFoundError, NotADirectoryError):
            return ""
        except OSError as error:
            return f"it cannot be read ({error.strerror})"
        return ""

    def _remove(self, it: Doomed) -> None:
        stem = self._root.inside(it.path).removesuffix(WAV)
        try:
            for path in (stem + WAV, *(stem + suffix for suffix in _BESIDE)):
                self._insist(self._files.remove, path)
        except OSError as error:
            raise disk_error(error, subject=it.recording_id) from error

    def _sweep(self, gone: Sequence[Doomed]) -> None:
        """Its unfinished and set-aside copies, and the folders that nothing lies in any more."""
        stems = tuple({self._part_stem(each.recording_id) for each in gone})
        tags = tuple({tag(each.recording_id, length=LONGER_TAGS[0]) + " damaged " for each in gone})
        try:
            for folder in (self._root.parts, self._root.quarantine, self._root.inside(f"{MIR}/{_CACHE}")):
                for left in list(Path(folder).iterdir()) if stems and Path(folder).is_dir() else ():
                    if left.name.startswith((*stems, *tags)):
                        self._insist(self._files.remove, str(left))
            folders = {parent for each in gone for parent in _parents(each.path)}
            for relative in sorted(folders, key=len, reverse=True):
                with suppress(OSError):
                    self._files.remove_folder(self._root.inside(relative))
            alive = {self._root.base} | {self._root.inside(each) for each in folders}
            self._files.flush_folders([path for path in sorted(alive) if Path(path).is_dir()])
        except OSError as error:
            raise disk_error(error, subject="erasing") from error

    def _write(self, stones: Iterable[Tombstone], at: datetime) -> None:
        try:
            self._manifest.bury(stones, at=at)
            self._files.flush_folders([self._root.manifest])
        except OSError as error:
            raise disk_error(error, subject="manifest") from error

    # --- tables and manifest

    def _scrub_table(self, path: Path, erased: Collection[str]) -> None:
        """A table of a run without the rows of the erased; one without rows goes."""
        with path.open("rb") as file:
            header, rows = _rows(file)
            kept = [row for row, recording in rows if recording not in erased]
            total = len(kept) if header is None else len(rows)
        if header is None or len(kept) == total:
            return
        if kept:
            self._rewrite(str(path), [header, *kept])
        else:
            self._insist(self._files.remove, str(path))

    def _rewrite(self, path: str, lines: Iterable[bytes]) -> int:
        """A file anew, old whole or new whole; answers its length."""
        fresh = f"{self._root.parts}{os.sep}{RUN}{Path(path).name}"
        length = 0
        with Path(fresh).open("wb", buffering=1 << 18) as file:
            for line in lines:
                length += file.write(line)
        for error in self._files.flush([fresh], root=self._root.base).values():
            raise error
        self._insist(lambda target: self._files.replace(fresh, target), path)
        self._files.flush_folders([str(Path(path).parent)])
        return length

    def _insist(self, act: Callable[[str], None], path: str) -> None:
        """On Windows whoever just reads it is in the way for a moment."""
        for seconds in _PATIENCE:
            try:
                act(path)
            except PermissionError:
                self._files.pause(seconds)
            else:
                return
        act(path)


def _parents(path: str) -> Iterator[str]:
    parts = path.split("/")[:-1]
    return ("/".join(parts[:count]) for count in range(1, len(parts) + 1))


def _rows(file: BinaryIO) -> tuple[bytes | None, list[tuple[bytes, str]]]:
    """The header's bytes and each row's with its recording; None: it is no table of ours."""
    found: list[tuple[bytes, str]] = []
    header: bytes | None = None
    row = b""
    for line in file:
        row += line
        if row.count(b'"') % 2:
            continue  # a cell goes on in the next line
        text = row.removeprefix(BOM).decode("utf-8", "replace")
        if header is None:
            separator = text[len(COLUMNS[0]) : len(COLUMNS[0]) + 1]
            cells = next(csv.reader([text], delimiter=separator), []) if separator in (",", ";") and separator else []
            if tuple(cells) != COLUMNS:
                return None, []
            header = row
        else:
            cells = next(csv.reader([text], delimiter=separator), [])
            recording = cells[_RECORDING] if len(cells) > _RECORDING else ""
            found.append((row, recording.removeprefix("'")))
        row = b""
    return header, found
