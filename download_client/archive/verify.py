"""Re-reads a whole archive and names each damage; it changes nothing and repairs nothing.

Findings are values; which of them is no loss, `harmless` says. Two threads hash; the findings come in the order of the
manifest, then strange files, then what lies in `.mir`.
"""

from __future__ import annotations

import os
import stat
import threading
from collections import Counter, deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from download_client.archive.files import Files, is_link
from download_client.archive.manifest import (
    Count,
    Damage,
    Manifest,
    PlacedLine,
    Survey,
)
from download_client.archive.marks import Marks
from download_client.archive.names import EXACT, MARKS, RUNS, SPREADSHEET, WAV
from download_client.archive.rebuild import read_sidecar
from download_client.archive.root import MIR, Root
from download_client.archive.trouble import disk_error
from download_client.archive.walk import Found, walk
from download_client.errors import Interrupted
from download_client.retry import Clock

_HASHERS: Final = 2
_TOGETHER: Final = 8
"""Recordings that one hasher takes at a time."""
_AHEAD: Final = 6
"""So many times these are handed out before the first answer is asked for."""
_DRAW_EVERY: Final = 0.2
"""Seconds between two calls of `progress`."""
_RATE_OVER: Final = 5.0
"""Seconds over which the rate is taken."""


class FindingKind(StrEnum):
    """What can be wrong with an archive."""

    MISSING = "missing"
    CUT = "cut"
    GROWN = "grown"
    CHANGED = "changed"
    NOT_A_FILE = "not_a_file"
    UNREADABLE = "unreadable"
    TABLE_MISSING = "table_missing"
    TABLE_CHANGED = "table_changed"
    MARKS_MISSING = "marks_missing"
    MARKS_CHANGED = "marks_changed"
    UNLISTED = "unlisted"
    ERASED_STILL_THERE = "erased_still_there"
    STRANGE = "strange"
    MANIFEST_DAMAGED = "manifest_damaged"
    MANIFEST_TORN = "manifest_torn"
    PART_LEFT = "part_left"
    QUARANTINED = "quarantined"

    @property
    def what(self) -> str:
        """What it is, for people."""
        return _TEXTS[self][0]

    @property
    def advice(self) -> str:
        """What to do about it."""
        return _TEXTS[self][1]

    @property
    def harmless(self) -> bool:
        """No recording and no table is worse for it."""
        return self in _HARMLESS


_FETCH: Final = "Pull it again while the service still has it; the damaged file is yours to remove first."
_TABLE: Final = "The recording itself is not touched by it; the manifest still holds what the table said."
_MARKS: Final = "The recording itself is not touched by it; put back the file if it was kept, or mark anew."
_TEXTS: Final = {
    FindingKind.MISSING: ("The recording is missing", _FETCH),
    FindingKind.CUT: ("The recording is shorter than when it was placed", _FETCH),
    FindingKind.GROWN: ("The recording is longer than when it was placed", _FETCH),
    FindingKind.CHANGED: ("The recording has other bytes than when it was placed", _FETCH),
    FindingKind.NOT_A_FILE: ("Something else than a file lies in the recording's place", _FETCH),
    FindingKind.UNREADABLE: ("The file cannot be read", "Check the drive's health and the file's permissions."),
    FindingKind.TABLE_MISSING: ("The table beside the recording is missing", _TABLE),
    FindingKind.TABLE_CHANGED: ("The table beside the recording was changed", _TABLE),
    FindingKind.MARKS_MISSING: ("The marks beside the recording are missing", _MARKS),
    FindingKind.MARKS_CHANGED: ("The marks beside the recording are not those that were made", _MARKS),
    FindingKind.UNLISTED: (
        "A recording lies here that the manifest does not know",
        "If its run was interrupted, the next pull takes it in; `rebuild` takes in one whose table explains it.",
    ),
    FindingKind.ERASED_STILL_THERE: ("A recording that was erased lies here still", "Remove it and its tables."),
    FindingKind.STRANGE: ("A file that is not the archive's", "Nothing, if you put it there; the archive ignores it."),
    FindingKind.MANIFEST_DAMAGED: (
        "A line of the manifest is damaged",
        "Look for recordings reported as not known to the manifest; `rebuild` takes them in.",
    ),
    FindingKind.MANIFEST_TORN: ("A line of the manifest was never finished", "Nothing: it was never relied upon."),
    FindingKind.PART_LEFT: ("An unfinished file is left over", "Nothing: the next pull goes on with it or removes it."),
    FindingKind.QUARANTINED: ("A recording that arrived damaged is kept", "Remove it when nobody needs it any more."),
}
_HARMLESS: Final = frozenset(
    {FindingKind.STRANGE, FindingKind.MANIFEST_TORN, FindingKind.PART_LEFT, FindingKind.QUARANTINED}
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be. `path` is below the root; `detail` what was seen, in numbers."""

    kind: FindingKind
    path: str
    recording_id: str = ""
    detail: str = ""


_LookedAt = list[tuple[PlacedLine, list[Finding]]]


@dataclass(frozen=True, slots=True)
class VerifyProgress:
    """How far it is: recordings and bytes read, of how many; `rate` in bytes per second over the last seconds."""

    recordings: int
    recordings_total: int
    size: int
    size_total: int
    rate: float


Progress = Callable[[VerifyProgress], None]
Looked = Callable[[str, int, Finding | None], None]
"""Hears of each recording that was looked at: its id, its version, and what is wrong with it, if anything is."""


class Verifier:
    """One pass over an archive. Iterate once; then `whole` and `counts` say how it went.

    Raises while iterating:
        ArchiveMissing: it is gone, or goes while it is read.
        Interrupted: `stop` was set.

    """

    def __init__(
        self,
        root: Root,
        files: Files,
        manifest: Manifest,
        clock: Clock,
        marks: Marks,
        *,
        progress: Progress | None = None,
        stop: threading.Event | None = None,
        only: frozenset[str] | None = None,
        looked: Looked | None = None,
    ) -> None:
        self._root = root
        self._files = files
        self._manifest = manifest
        self._clock = clock
        self._marks = marks
        self._progress = progress
        self._stop = stop or threading.Event()
        self._only = only
        self._looked = looked
        self._guard = threading.Lock()
        self._read = 0
        self._samples: deque[tuple[float, int]] = deque()
        self._drawn = clock.monotonic()
        self.recordings = 0
        """How many recordings were looked at."""
        self.whole = 0
        """How many of them are there, byte for byte."""
        self.counts: Counter[FindingKind] = Counter()
        """How many findings there are of each kind."""

    @property
    def size(self) -> int:
        """Bytes of sound that were read."""
        return self._read

    @property
    def sound(self) -> bool:
        """Nothing was found but what is harmless; true only of a pass that came to its end."""
        return all(kind.harmless for kind in self.counts)

    def __iter__(self) -> Iterator[Finding]:
        self._root.check()
        try:
            survey = self._manifest.survey()
            count = self._manifest.count(survey)
            for finding in self._findings(survey, count):
                self.counts[finding.kind] += 1
                yield finding
        except OSError as error:
            self._root.check()
            raise disk_error(error, subject=str(self._root.path)) from error

    def _findings(self, survey: Survey, count: Count) -> Iterator[Finding]:
        yield from self._listed(survey, count)
        if self._only is None:
            for found in walk(self._root):
                self._halt()
                yield from self._unlisted(found, survey, count)
            for damage in self._marks.damage():
                yield _damage(damage, "marks")
            yield from self._inside(self._root.parts, "parts", FindingKind.PART_LEFT)
            yield from self._inside(self._root.quarantine, "quarantine", FindingKind.QUARANTINED)
        self._root.check()
        self._draw(count, now=self._clock.monotonic())

    def _listed(self, survey: Survey, count: Count) -> Iterator[Finding]:
        """What the manifest tells of, by several hashers, in its order."""
        ahead: deque[Future[_LookedAt]] = deque()
        together: list[PlacedLine] = []
        pool = ThreadPoolExecutor(_HASHERS, thread_name_prefix="verify")
        try:
            for line in self._manifest.read(survey):
                self._halt()
                if isinstance(line, Damage):
                    yield _damage(line)
                elif isinstance(line, PlacedLine) and (self._only is None or line.recording in self._only):
                    together.append(line)
                if len(together) == _TOGETHER:
                    ahead.append(pool.submit(self._look_at_all, together))
                    together = []
                if len(ahead) > _AHEAD:
                    yield from self._await(ahead.popleft(), count)
            ahead.append(pool.submit(self._look_at_all, together))
            while ahead:
                yield from self._await(ahead.popleft(), count)
        finally:
            pool.shutdown(wait=True, cancel_futures=True)

    def _await(self, future: Future[_LookedAt], count: Count) -> Iterator[Finding]:
        while True:
            now = self._clock.monotonic()
            if now - self._drawn >= _DRAW_EVERY:
                self._draw(count, now=now)
            self._halt()
            try:
                looked_at = future.result(_DRAW_EVERY)
            except TimeoutError:
                continue
            for line, findings in looked_at:
                wrong = next((finding for finding in findings if finding.kind not in _OF_TABLES), None)
                self.recordings += 1
                self.whole += wrong is None
                if self._looked is not None:
                    self._looked(line.recording, line.version, wrong)
                yield from findings
            return

    def _look_at_all(self, lines: list[PlacedLine]) -> _LookedAt:
        return [(line, self._look_at(line)) for line in lines]

    def _look_at(self, line: PlacedLine) -> list[Finding]:
        """One recording and its tables; on a hasher's thread."""
        kind, detail = self._state(line)
        findings = [] if kind is None else [Finding(kind, line.path, line.recording, detail)]
        stem = line.path.removesuffix(WAV)
        for suffix, sha256 in line.sidecars.items():
            try:
                if self._files.digest(self._root.inside(stem + suffix)) != sha256:
                    findings.append(Finding(FindingKind.TABLE_CHANGED, stem + suffix, line.recording))
            except FileNotFoundError:
                findings.append(Finding(FindingKind.TABLE_MISSING, stem + suffix, line.recording))
            except OSError as error:
                findings.append(Finding(FindingKind.UNREADABLE, stem + suffix, line.recording, error.strerror or ""))
        findings += self._look_at_marks(line)
        return findings

    def _look_at_marks(self, line: PlacedLine) -> list[Finding]:
        """Looked at twice before anything is said: somebody may be marking."""
        seen = ""
        path = ""
        for _ in range(_LOOKS):
            expected = self._marks.expected(line.recording, line.version)
            if expected is None:
                return []
            path, right = expected
            try:
                seen = self._marks.digest(path)
            except OSError as error:
                return [Finding(FindingKind.UNREADABLE, path, line.recording, error.strerror or "")]
            if seen in right:
                return []
        kind = FindingKind.MARKS_CHANGED if seen else FindingKind.MARKS_MISSING
        return [Finding(kind, path, line.recording)]

    def _state(self, line: PlacedLine) -> tuple[FindingKind | None, str]:
        path = self._root.inside(line.path)
        try:
            found = self._files.look(path)
            if is_link(found) or not stat.S_ISREG(found.st_mode):
                return FindingKind.NOT_A_FILE, ""
            if found.st_size != line.size:
                kind = FindingKind.CUT if found.st_size < line.size else FindingKind.GROWN
                return kind, f"{found.st_size} bytes instead of {line.size}"
            digest = self._digest(path)
        except (FileNotFoundError, NotADirectoryError):
            return FindingKind.MISSING, ""
        except OSError as error:
            return FindingKind.UNREADABLE, error.strerror or ""
        if digest != line.sha256:
            return FindingKind.CHANGED, f"SHA-256 {digest} instead of {line.sha256}"
        return None, ""

    def _digest(self, path: str) -> str:
        return self._files.digest(path, self._count_bytes)

    def _count_bytes(self, number: int) -> None:
        self._halt()
        with self._guard:
            self._read += number

    def _unlisted(self, found: Found, survey: Survey, count: Count) -> Iterator[Finding]:
        """What lies below the root and the manifest does not tell of."""
        if found.is_file and found.path.startswith(RUNS + "/") and found.path.endswith(EXACT):
            return
        if not found.is_file:
            if found.path in count.paths:
                return  # named already: something else than a file in a recording's place
            yield Finding(FindingKind.STRANGE, found.path, detail="a link, or no file")
        elif found.path.endswith(WAV):
            if found.path not in count.paths:
                yield self._unlisted_recording(found, survey)
        elif not self._is_table(found.path, count):
            yield Finding(FindingKind.STRANGE, found.path)

    def _unlisted_recording(self, found: Found, survey: Survey) -> Finding:
        told = read_sidecar(self._root, self._files, found.path)
        if told is None:
            return Finding(FindingKind.UNLISTED, found.path, detail="and no table beside it explains it")
        if told.recording.id in survey.erased:
            return Finding(FindingKind.ERASED_STILL_THERE, found.path, told.recording.id)
        if self._digest(found.absolute) != told.sha256:
            return Finding(FindingKind.CHANGED, found.path, told.recording.id, "and the manifest does not know it")
        return Finding(FindingKind.UNLISTED, found.path, told.recording.id, "its table explains it")

    def _is_table(self, path: str, count: Count) -> bool:
        """Whether it is a table, or the marks, beside a recording that is listed, or lies there."""
        for suffix in (SPREADSHEET, EXACT, MARKS):
            if path.endswith(suffix):
                recording = path.removesuffix(suffix) + WAV
                listed = recording in count.paths
                return listed or os.path.lexists(self._root.inside(recording))
        return False

    def _inside(self, folder: str, name: str, kind: FindingKind) -> Iterator[Finding]:
        try:
            names = sorted(path.name for path in Path(folder).iterdir())
        except FileNotFoundError:
            return
        for it in names:
            yield Finding(kind, f"{MIR}/{name}/{it}")

    def _halt(self) -> None:
        if self._stop.is_set():
            raise Interrupted(f"{self.recordings} recordings were looked at")

    def _draw(self, count: Count, *, now: float) -> None:
        self._drawn = now
        if self._progress is None:
            return
        read = self._read
        self._samples.append((now, read))
        while now - self._samples[0][0] > _RATE_OVER:
            self._samples.popleft()
        since, before = self._samples[0]
        rate = (read - before) / (now - since) if now > since else 0.0
        self._progress(VerifyProgress(self.recordings, count.placed, read, count.size, rate))


_OF_TABLES: Final = frozenset(
    {FindingKind.TABLE_MISSING, FindingKind.TABLE_CHANGED, FindingKind.MARKS_MISSING, FindingKind.MARKS_CHANGED}
)
_LOOKS: Final = 2


def _damage(line: Damage, folder: str = "manifest") -> Finding:
    kind = FindingKind.MANIFEST_TORN if line.torn else FindingKind.MANIFEST_DAMAGED
    return Finding(kind, f"{MIR}/{folder}/{line.file}", detail=f"line {line.line}")
