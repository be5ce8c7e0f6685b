"""Places finished recordings, a batch at a time: the recipe that gives a proved part its name. It proves nothing.

::

    parts there, whole in length?  → tables beside them, under temporary names → one flush for all bytes
      → folders, checked for links → names, never replacing a file → manifest, one flush → one flush per folder

A kill anywhere leaves either a part to be placed again, or a name whose bytes are whole: doing it again adopts what
lies there already and comes to the same end (fault 39). A recording that cannot be placed holds up no other, but where
the next one would meet the same (full, gone) the rest is not tried.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Callable, Sequence
from typing import Final

from download_client.archive.files import Files, is_link
from download_client.archive.manifest import Manifest, placed_line
from download_client.archive.names import EXACT, LONGER_TAGS, SPREADSHEET, WAV, retag, tag
from download_client.archive.rebuild import read_sidecar
from download_client.archive.root import TABLE, Root
from download_client.archive.table import Tables
from download_client.archive.trouble import disk_error, kind, stops_all
from download_client.archive.values import Finished, Placed
from download_client.errors import (
    DiskError,
    DiskFull,
    FileHeld,
    MirError,
    RecordingError,
    Truncated,
    UnsafePath,
)

_PATIENCE: Final = (0.02, 0.06, 0.2)
"""Seconds between the tries to name a file that another program holds (fault 33)."""
_MOST_ASIDE: Final = 1000
_ROOM: Final = 16 * 1024
"""Bytes that placing a recording takes besides its own: tables, folders, its line."""
_INNER: Final = r'[^/\\<>:"|?*~\x00-\x1f]'
SAFE_PATH: Final = re.compile(rf"(?:(?![. ]){_INNER}+/)*(?![. ]){_INNER}+\.wav")
"""What every planned path is like; the ledger that keeps it might not be whole."""


class _Job:
    """One recording on its way through the recipe."""

    __slots__ = ("adopted", "error", "finished", "line", "number", "part", "path", "sums", "tables", "target")

    def __init__(self, number: int, finished: Finished) -> None:
        self.number = number
        self.finished = finished
        self.part = str(finished.part)
        self.path = finished.path
        self.target = ""
        self.tables: list[tuple[str, str]] = []
        """Temporary path of each table, and its suffix."""
        self.sums: dict[str, str] = {}
        self.line = b""
        self.adopted = False
        self.error: MirError | None = None


class Publisher:
    """Places batches in one archive; one at a time, by whoever holds the archive's lock."""

    def __init__(self, root: Root, files: Files, tables: Tables, manifest: Manifest, *, spreadsheet: bool) -> None:
        self._root = root
        self._files = files
        self._tables = tables
        self._manifest = manifest
        self._spreadsheet = spreadsheet
        self._batch = 0
        self._checked: set[str] = set()
        self._changed: set[str] = set()

    def place(self, batch: Sequence[Finished]) -> list[Placed | MirError]:
        """Place a batch; answers for each recording, in this order, where it lies or why it does not."""
        self._batch = len(batch)
        jobs = [_Job(number, finished) for number, finished in enumerate(batch)]
        try:
            self._root.check()
        except DiskError as error:
            return [error] * len(jobs)
        self._checked = {self._root.base}
        self._changed = set()
        self._each(jobs, self._find)
        self._each(jobs, self._write_tables)
        self._flush(jobs)
        self._each(jobs, self._make_folder)
        self._name(jobs)
        self._each(jobs, self._name_tables)
        self._record(jobs)
        self._clear(jobs)
        return [job.error or Placed(job.path, job.finished.size, job.finished.sha256, job.adopted) for job in jobs]

    # --- the steps, in their order ------------------------------------------------------------------------------------

    def _find(self, job: _Job) -> None:
        """The part must be there, a file, of the right length; or its recording lies in its place already."""
        if SAFE_PATH.fullmatch(job.path) is None:
            raise UnsafePath("its planned name leads out of the archive")
        job.target = self._root.inside(job.path)
        try:
            found = self._files.look(job.part)
        except FileNotFoundError:
            self._adopt(job)
            return
        if not stat.S_ISREG(found.st_mode):
            raise UnsafePath("its part is no file")
        if found.st_size != job.finished.size:
            raise Truncated(f"its part has {found.st_size} bytes instead of {job.finished.size}")

    def _adopt(self, job: _Job) -> None:
        """Without a part: placed before a kill, under its planned name or one with a longer tag."""
        longer = [tag(job.finished.recording.id, length=length) for length in LONGER_TAGS]
        for path in (job.path, *(retag(job.path, letters) for letters in longer)):
            job.path, job.target = path, self._root.inside(path)
            if self._lies_there(job):
                job.adopted = True
                return
        raise Truncated("its part is gone, and nothing lies in its place")

    def _write_tables(self, job: _Job) -> None:
        cells = self._tables.row(job.finished, job.path)
        try:
            job.tables = []
            self._write_table(job, EXACT, self._tables.header + self._tables.line(cells))
            if self._spreadsheet:
                self._write_table(job, SPREADSHEET, self._tables.header + self._tables.safe_line(cells))
            job.line = placed_line(job.finished, path=job.path, sidecars=job.sums)
        except UnicodeEncodeError as error:
            raise RecordingError("what the service says of it holds half a character") from error

    def _write_table(self, job: _Job, suffix: str, data: bytes) -> None:
        fresh = f"{self._root.parts}{os.sep}{TABLE}{job.number}{suffix}"
        job.tables.append((fresh, suffix))
        job.sums[suffix] = hashlib.sha256(data).hexdigest()
        self._files.write(fresh, data)

    def _flush(self, jobs: list[_Job]) -> None:
        """All bytes are durable before the first name is given (R5)."""
        alive = [job for job in jobs if job.error is None]
        paths = [table for job in alive for table, _ in job.tables]
        # What is adopted was flushed before it got its name, and finals are never opened for writing (R6).
        paths += [job.part for job in alive if not job.adopted]
        try:
            failed = self._files.flush(paths, root=self._root.base)
        except OSError as error:
            failed = dict.fromkeys(paths, error)
        for job in alive if failed else ():
            for path in (job.part, *(table for table, _ in job.tables)):
                if path in failed:
                    job.error = self._ours(failed[path], job)

    def _make_folder(self, job: _Job) -> None:
        """The folders on the way exist and none of them is a link (fault 55). Looked at once a batch."""
        folder = job.target.rpartition(os.sep)[0]
        if folder in self._checked:
            return
        path = self._root.base
        for part in job.path.split("/")[:-1]:
            parent, path = path, path + os.sep + part
            if path in self._checked:
                continue
            try:
                self._files.make_folder(path)
                self._changed.add(parent)
            except FileExistsError:
                found = self._files.look(path)
                if is_link(found) or not stat.S_ISDIR(found.st_mode):
                    raise UnsafePath("a folder of its path is a link, or a file") from None
            self._checked.add(path)

    def _name(self, jobs: list[_Job]) -> None:
        """Give the names; what another program holds is tried again when all the others have theirs."""
        waiting = [job for job in jobs if job.error is None and not job.adopted]
        for seconds in (*_PATIENCE, None):
            self._each(waiting, self._rename)
            waiting = [job for job in waiting if isinstance(job.error, FileHeld)]
            if not waiting or seconds is None:
                return
            self._files.pause(seconds)
            for job in waiting:
                job.error = None

    def _rename(self, job: _Job) -> None:
        lengths = iter(LONGER_TAGS)
        while True:
            try:
                self._files.rename_new(job.part, job.target)
                return
            except FileExistsError:
                if self._lies_there(job):
                    job.adopted = True
                    return
            if self._set_damaged_aside(job):
                continue
            # Something else bears the name: it stays, and this one gets a longer tag (fault 34).
            length = next(lengths, None)
            if length is None:
                raise DiskError("every name for it is taken by something else")
            job.path = retag(job.path, tag(job.finished.recording.id, length=length))
            job.target = self._root.inside(job.path)
            self._write_tables(job)
            failed = self._files.flush([table for table, _ in job.tables], root=self._root.base)
            for error in failed.values():
                raise error

    def _set_damaged_aside(self, job: _Job) -> bool:
        """Whether what bears the name was once this very recording, and is damaged: it makes room for its proved copy.

        The table beside it says what it was; the damaged bytes are kept in quarantine.
        """
        told = read_sidecar(self._root, self._files, job.path)
        if told is None or told.recording.id != job.finished.recording.id or told.sha256 != job.finished.sha256:
            return False
        letters = tag(job.finished.recording.id, length=LONGER_TAGS[0])
        for number in range(1, _MOST_ASIDE):
            aside = f"{self._root.quarantine}{os.sep}{letters} damaged {number}.part"
            try:
                self._files.rename_new(job.target, aside)
            except FileExistsError:
                continue
            return True
        return False

    def _name_tables(self, job: _Job) -> None:
        """The tables take their names, in place of older ones: they are a projection, the recording is not."""
        stem = job.target.removesuffix(WAV)
        for fresh, suffix in job.tables:
            self._files.replace(fresh, stem + suffix)
        job.tables = []
        self._changed.add(job.target.rpartition(os.sep)[0])

    def _record(self, jobs: list[_Job]) -> None:
        """The manifest is written, and with it every new name made durable."""
        months: dict[tuple[int, int], list[_Job]] = {}
        for job in jobs:
            if job.error is None:
                at = job.finished.downloaded_at
                months.setdefault((at.year, at.month), []).append(job)
        for month in months.values():
            try:
                self._manifest.append([job.line for job in month], at=month[0].finished.downloaded_at)
            except OSError as error:
                for job in month:
                    job.error = self._ours(error, job)
        try:
            self._files.flush_folders([*self._changed, self._root.manifest])
        except OSError as error:
            for job in jobs:
                job.error = job.error or self._ours(error, job)

    def _clear(self, jobs: list[_Job]) -> None:
        """What is left over under temporary names goes; the part of a recording that was not placed stays."""
        for job in jobs:
            leftovers = [table for table, _ in job.tables]
            if job.adopted and job.error is None:
                leftovers.append(job.part)
            for path in leftovers:
                try:
                    self._files.remove(path)
                except OSError:
                    continue  # it is made anew, or removed, the next time

    # --- what the steps share -----------------------------------------------------------------------------------------

    def _each(self, jobs: list[_Job], step: Callable[[_Job], None]) -> None:
        """Take the step with every recording that is still well."""
        stopped: DiskError | None = None
        for job in jobs:
            if job.error is not None:
                continue
            if stopped is not None:
                job.error = type(stopped)(stopped.detail, subject=job.finished.recording.id)
                continue
            try:
                step(job)
            except OSError as error:
                ours = self._ours(error, job)
                job.error = ours
                if stops_all(ours):
                    stopped = ours
            except MirError as error:
                error.subject = error.subject or job.finished.recording.id
                job.error = error

    def _lies_there(self, job: _Job) -> bool:
        """Whether these very bytes lie under the name already."""
        return lies_there(self._files, job.target, size=job.finished.size, sha256=job.finished.sha256)

    def _ours(self, error: OSError, job: _Job) -> DiskError:
        subject = job.finished.recording.id
        if kind(error) is DiskFull:
            return disk_error(error, subject=subject, needed=self._batch * _ROOM, free=self._free())
        if isinstance(error, FileNotFoundError):
            try:
                self._root.check()
            except DiskError as gone:
                return type(gone)(gone.detail, subject=subject)
        return disk_error(error, subject=subject)

    def _free(self) -> int | None:
        try:
            return self._files.free(self._root.base)
        except OSError:
            return None


def lies_there(files: Files, path: str, *, size: int, sha256: str) -> bool:
    """Whether a file of this length and digest lies at `path`. Raises OSError, UnsafePath (a link lies there)."""
    try:
        found = files.look(path)
    except FileNotFoundError:
        return False
    if is_link(found):
        raise UnsafePath("a link lies where it would be placed")
    if not stat.S_ISREG(found.st_mode) or found.st_size != size:
        return False
    return files.digest(path) == sha256
