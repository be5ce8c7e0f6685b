"""Marks beside recordings, and the book that says which: beside a pull, for the puller's lock does not cover them.

``NAME.marks.json`` beside ``NAME.wav`` holds the marks of that recording version; the recording is never touched. It is
written whole or not at all, by one writer at a time (a lock of its own, held for a moment). `.mir/marks/book.jsonl` is
the manifest's part for marks: a sealed line before each change, with the SHA-256 of the file as it was and as it shall
be. Killed between the two, the file is the old one whole, and the next writer says so in the book. The texts lie in
the files alone, so that they go with a recording that is erased.
"""

from __future__ import annotations

import hashlib
import os
import re
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Final

import msgspec

from download_client.archive.files import Files
from download_client.archive.manifest import Damage, open_line, seal
from download_client.archive.marking import FORMAT, Mark, Subject, beside, decode, encode, format_of, subject_of
from download_client.archive.names import MARKS, WAV
from download_client.archive.root import Root
from download_client.archive.trouble import disk_error
from download_client.archive.turn import turn
from download_client.archive.walk import walk
from download_client.errors import FileHeld, FileNewer, MarksDamaged, check_format

_BOOK: Final = "book.jsonl"
_ENDED: Final = re.compile(rb'"sum":"[0-9a-f]{8}"\}$')
_MOST: Final = 16 * 1024 * 1024
"""Bytes of a file with marks, and of a page of the book; a larger file is none of ours."""
_PATIENCE: Final = (0.02, 0.06, 0.2, 0.5)
"""Seconds between the tries to replace a file that somebody reads just now (Windows)."""


class BookLine(msgspec.Struct, frozen=True):
    """One change: the file beside `path` goes from the digest `was` to `sha256` (hex; empty: there is none)."""

    recording: str
    version: int
    conversation: str
    path: str
    was: str
    sha256: str
    marks: int
    at: datetime


class Marks:
    """The marks of one archive. Thread-safe. Methods raise DiskError and its kin."""

    def __init__(self, root: Root, files: Files) -> None:
        self._root = root
        self._files = files
        self._book = root.marks + os.sep + _BOOK
        self._fresh = root.marks + os.sep + "fresh.json"
        self._guard = threading.Lock()
        self._stamp: tuple[int, int, int] | None = None
        self._lines: dict[tuple[str, int], BookLine] = {}
        self._by_recording: dict[str, list[BookLine]] = {}
        self._last: BookLine | None = None
        self._damaged: tuple[Damage, ...] = ()
        self._read: dict[str, tuple[tuple[int, int, int], tuple[Mark, ...]]] = {}

    # --- reading; needs no turn

    def marked(self) -> tuple[tuple[str, int], ...]:
        """Every recording version that has marks, the one changed last at the end."""
        return tuple(key for key, line in self._now().items() if self._is_marked(line))

    def subject(self, recording_id: str, version: int) -> Subject | None:
        """A recording version that the book knows."""
        line = self._now().get((recording_id, version))
        return None if line is None else Subject(line.recording, line.version, line.conversation, line.path)

    def of(self, recording_id: str) -> tuple[Mark, ...]:
        """The marks of all versions of a recording, by version and position.

        A file that is not ours has none: `damaged` and `verify` name it.
        """
        self._now()
        lines = [line for line in self._by_recording.get(recording_id, ()) if self._is_marked(line)]
        found: list[Mark] = []
        for line in sorted(lines, key=lambda each: each.version):
            found += sorted(self._kept(line) or (), key=lambda mark: (mark.at, mark.made_at, mark.id))
        return tuple(found)

    def expected(self, recording_id: str, version: int) -> tuple[str, frozenset[str]] | None:
        """What should lie beside a recording: the path below the root, and the digests that are right ("": no file).

        None: the book knows nothing of it. The very last change may have been cut off by a kill; then what was before
        is right too.
        """
        line = self._now().get((recording_id, version))
        if line is None:
            return None
        right = {line.sha256, line.was} if line is self._last else {line.sha256}
        return beside(line.path), frozenset(right)

    def digest(self, path: str) -> str:
        """The digest of the file with marks at `path` below the root; empty: there is none. Raises OSError."""
        try:
            return self._files.digest(self._root.inside(path))
        except FileNotFoundError:
            return ""

    def damage(self) -> tuple[Damage, ...]:
        """Lines of the book that cannot be believed."""
        self._now()
        return self._damaged

    # --- writing; one at a time

    def change(self, subject: Subject, change: Callable[[tuple[Mark, ...]], Iterable[Mark]], *, at: datetime) -> None:
        """Put in the place of a recording's marks what `change` makes of them; durable when it returns.

        Raises:
            MarksDamaged: what lies there is not ours; nothing was written.
            FileNewer: a newer version wrote it; nothing was written.
            FileHeld: another program holds the file; the marks are as they were.
            DiskError, ArchiveMissing: it could not be written; the marks are as they were.

        """
        path = beside(subject.path)
        with self._turn():
            held = self._bytes(path)
            before = () if held is None else decode(held, subject)
            if before is None:
                check_format(format_of(held or b""), known=FORMAT, newer=FileNewer, subject=path)
                raise MarksDamaged(subject=subject.recording_id)
            after = tuple(change(before))
            if after == before:
                return
            data = encode(subject, after) if after else b""
            line = BookLine(
                recording=subject.recording_id,
                version=subject.version,
                conversation=subject.conversation_id,
                path=subject.path,
                was=_sha256(held),
                sha256=_sha256(data or None),
                marks=len(after),
                at=at,
            )
            self._put(line, data)

    def forget(self, recording_ids: Iterable[str]) -> None:
        """The marks of these recordings go for good, with every line about them: they were erased."""
        gone = frozenset(recording_ids)
        with self._turn():
            lines = self._now()
            if not any(recording in gone for recording, _ in lines):
                return
            for (recording, _), line in lines.items():
                if recording in gone:
                    self._files.remove(self._root.inside(beside(line.path)))
            kept = [line for line in self._told().split(b"\n") if line and not _about(line, gone)]
            self._files.write(self._fresh, b"".join(line + b"\n" for line in kept))
            for error in self._files.flush([self._fresh], root=self._root.base).values():
                raise error
            self._replace(self._fresh, self._book)
            self._files.flush_folders([self._root.marks])
            self._read.clear()

    def enlist(self, *, at: datetime) -> int:
        """Take files with marks that the book does not know into it, as after its loss; answers how many."""
        taken = 0
        beside_recordings = [found for found in walk(self._root) if found.path.endswith(MARKS) and found.is_file]
        if not beside_recordings:
            return 0
        with self._turn():
            known = {line.path for line in self._now().values()}
            for found in beside_recordings:
                wav = found.path.removesuffix(MARKS) + WAV
                if wav in known or not os.path.lexists(self._root.inside(wav)):
                    continue
                held = self._bytes(found.path) or b""
                subject = subject_of(held, wav)
                marks = decode(held, subject) if subject is not None else None
                if subject is None or not marks:
                    continue
                told = _sha256(held)
                self._append(
                    BookLine(
                        recording=subject.recording_id,
                        version=subject.version,
                        conversation=subject.conversation_id,
                        path=wav,
                        was=told,
                        sha256=told,
                        marks=len(marks),
                        at=at,
                    )
                )
                taken += 1
        return taken

    # --- behind them

    @contextmanager
    def _turn(self) -> Iterator[None]:
        self._root.check()
        self._root.make_marks()
        try:
            with turn(self._files, self._root.marks + os.sep + "lock", what="marks"):
                self._mend()
                yield
        except OSError as error:
            raise disk_error(error, subject="marks") from error

    def _mend(self) -> None:
        """After a kill: the last change that was told but not done is untold."""
        self._now()
        last = self._last
        if last is not None and last.sha256 != last.was == self.digest(beside(last.path)):
            self._untell(last)
        self._files.remove(self._fresh)

    def _put(self, line: BookLine, data: bytes) -> None:
        target = self._root.inside(beside(line.path))
        if data:
            self._files.write(self._fresh, data)
            for error in self._files.flush([self._fresh], root=self._root.base).values():
                raise error
        self._append(line)
        try:
            if data:
                self._replace(self._fresh, target)
            else:
                self._remove(target)
            self._files.flush_folders([target.rpartition(os.sep)[0]])
        except (OSError, FileHeld):
            # Told but not done: the next writer would untell it; who can, does so now.
            self._mend()
            raise

    def _untell(self, line: BookLine) -> None:
        now = msgspec.structs.replace(line, sha256=line.was)
        held = self._bytes(beside(line.path))
        marks = None if held is None else decode(held, Subject(line.recording, line.version, "", line.path))
        self._append(msgspec.structs.replace(now, marks=len(marks or ())))

    def _is_marked(self, line: BookLine) -> bool:
        """Also while the taking away of the last mark is told, but not done."""
        if line.sha256:
            return True
        try:
            return line is self._last and line.was != "" and self.digest(beside(line.path)) == line.was
        except OSError:
            return False

    def _append(self, line: BookLine) -> None:
        self._files.append(self._book, seal(_encoder.encode(line)))
        self._files.flush_folders([self._root.marks])

    def _replace(self, source: str, target: str) -> None:
        for seconds in _PATIENCE:
            try:
                self._files.replace(source, target)
            except PermissionError:
                self._files.pause(seconds)
            else:
                return
        self._files.replace(source, target)

    def _remove(self, target: str) -> None:
        for seconds in _PATIENCE:
            try:
                self._files.remove(target)
            except PermissionError:
                self._files.pause(seconds)
            else:
                return
        self._files.remove(target)

    def _now(self) -> dict[tuple[str, int], BookLine]:
        """The last line of each recording version, in the order of these lines."""
        with self._guard:
            try:
                found = self._files.look(self._book)
                stamp = (found.st_ino, found.st_size, found.st_mtime_ns)
            except FileNotFoundError:
                stamp = (0, 0, 0)
            except OSError as error:
                raise disk_error(error, subject="marks") from error
            if stamp != self._stamp:
                self._learn()
                self._stamp = stamp
            return self._lines

    def _learn(self) -> None:
        lines: dict[tuple[str, int], BookLine] = {}
        damaged: list[Damage] = []
        last: BookLine | None = None
        for number, text in enumerate(self._told().split(b"\n"), start=1):
            if not text:
                continue
            line = open_line(text, _decoder)
            if line is None:
                damaged.append(Damage(_BOOK, number, torn=_ENDED.search(text) is None))
                continue
            lines.pop((line.recording, line.version), None)
            last = lines[line.recording, line.version] = line
        by_recording: dict[str, list[BookLine]] = {}
        for each in lines.values():
            by_recording.setdefault(each.recording, []).append(each)
        self._lines, self._by_recording = lines, by_recording
        self._last, self._damaged = last, tuple(damaged)

    def _told(self) -> bytes:
        try:
            with self._files.open_to_read(self._book) as file:
                return file.readall()
        except FileNotFoundError:
            return b""
        except OSError as error:
            raise disk_error(error, subject="marks") from error

    def _kept(self, line: BookLine) -> tuple[Mark, ...] | None:
        """What the file of a line holds now, read again only where it changed."""
        path = beside(line.path)
        try:
            found = self._files.look(self._root.inside(path))
            stamp = (found.st_ino, found.st_size, found.st_mtime_ns)
            known = self._read.get(path)
            if known is not None and known[0] == stamp:
                return known[1]
            held = self._bytes(path)
        except OSError:
            self._root.check()
            return None
        subject = Subject(line.recording, line.version, line.conversation, line.path)
        marks = None if held is None else decode(held, subject)
        if marks is not None:
            self._read[path] = stamp, marks
        return marks

    def _bytes(self, path: str) -> bytes | None:
        try:
            return self._files.read(self._root.inside(path), _MOST)
        except FileNotFoundError:
            return None


def _about(line: bytes, gone: frozenset[str]) -> bool:
    told = open_line(line, _decoder)
    return told is not None and told.recording in gone


def _sha256(data: bytes | None) -> str:
    return "" if data is None else hashlib.sha256(data).hexdigest()


_encoder: Final = msgspec.json.Encoder()
_decoder: Final = msgspec.json.Decoder(BookLine)
