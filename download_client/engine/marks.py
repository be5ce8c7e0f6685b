"""Marks with notes on recordings of one archive; they lie beside the recordings, which are never touched for it."""

from __future__ import annotations

import math
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from download_client.archive import Archive, Entry, Further, Mark, Subject, write_wide
from download_client.engine.homes import Homes
from download_client.errors import NotArchived, UnknownName, UsageError
from download_client.retry import Clock

LONGEST_NOTE: Final = 4000
"""Characters."""
_TIMES: Final = ("Marked At (UTC)", "Changed At (UTC)")
_SECONDS: Final = ("Mark At (Seconds)", "Mark Length (Seconds)")
COLUMNS: Final = Further(("Mark ID", *_SECONDS, "Note", "Marked By", *_TIMES), frozenset((*_SECONDS, *_TIMES)))


class Marks:
    """Of one archive. Made by `Engine.marks`; thread-safe; needs no sign-in, and works beside a pull.

    `by` names who marks, for people.
    """

    def __init__(
        self,
        archive: Archive,
        *,
        homes: Homes,
        by: Callable[[], str],
        clock: Clock,
    ) -> None:
        self._archive = archive
        self._homes = homes
        self._by = by
        self._clock = clock

    def of(self, recording_ids: Sequence[str]) -> tuple[Mark, ...]:
        """The marks of these recordings, in the order of recordings given, then by position. Raises DiskError."""
        return tuple(mark for each in recording_ids for mark in self._archive.marks.of(each))

    def search(self, text: str = "") -> tuple[Mark, ...]:
        """Marks of the whole archive whose note or author holds each word of `text`, the newest first; "": all.

        Upper and lower case are one. Raises DiskError.
        """
        words = text.casefold().split()
        found = [
            mark
            for recording in dict.fromkeys(recording for recording, _ in self._archive.marks.marked())
            for mark in self._archive.marks.of(recording)
            if all(word in f"{mark.note}\n{mark.by}".casefold() for word in words)
        ]
        return tuple(sorted(found, key=lambda mark: (mark.changed_at, mark.id), reverse=True))

    def add(self, recording_id: str, *, at: float, length: float = 0.0, note: str = "") -> Mark:
        """Mark the newest archived version of a recording; durable when it returns.

        Raises:
            NotArchived: the archive does not hold it; a recording in the cache cannot be marked.
            UsageError: a negative time, or a note longer than `LONGEST_NOTE`.
            MarksDamaged: the file beside the recording is not ours; nothing was written.
            DiskError: it could not be written.

        """
        home = self._homes.of_recordings(self._archive, [recording_id]).get(recording_id)
        if home is None:
            raise NotArchived(subject=recording_id)
        now = self._clock.now()
        mark = Mark(
            id=uuid.uuid4().hex,
            recording_id=recording_id,
            conversation_id=home.conversation_id,
            version=home.version,
            at=at,
            length=length,
            note=note,
            by=self._by(),
            made_at=now,
            changed_at=now,
        )
        _check(mark)
        subject = Subject(recording_id, home.version, home.conversation_id, home.place)
        self._archive.marks.change(subject, lambda marks: (*marks, mark), at=now)
        return mark

    def change(
        self, mark: Mark, *, at: float | None = None, length: float | None = None, note: str | None = None
    ) -> Mark:
        """Change what is given; answers the mark as it is now. Raises as `add`, and UnknownName: it is gone."""
        now = self._clock.now()
        changed: list[Mark] = []

        def change(marks: tuple[Mark, ...]) -> Iterator[Mark]:
            for each in marks:
                if each.id != mark.id:
                    yield each
                    continue
                new = replace(
                    each,
                    at=each.at if at is None else at,
                    length=each.length if length is None else length,
                    note=each.note if note is None else note,
                    changed_at=now,
                )
                _check(new)
                changed.append(new)
                yield new

        self._archive.marks.change(self._subject(mark), change, at=now)
        if not changed:
            raise UnknownName("it was taken away meanwhile", subject=mark.id)
        return changed[0]

    def remove(self, mark: Mark) -> None:
        """Take a mark away; one that is gone already is no error. Raises MarksDamaged, DiskError."""
        subject = self._archive.marks.subject(mark.recording_id, mark.version)
        if subject is not None:
            now = self._clock.now()
            self._archive.marks.change(subject, lambda marks: (one for one in marks if one.id != mark.id), at=now)

    def export_csv(self, target: Path, marks: Iterable[Mark] | None = None) -> int:
        """Write marks (None: all) as CSV in place of what lies there, whole or not at all; answers how many.

        One row for each, behind the columns of its recording. Beside it, where the setting asks for it, a variant that
        is safe for spreadsheets. A recording that the archive no longer holds has none.

        Raises:
            DiskError: it cannot be written; what lay there stays whole.
            CatalogFailed: the archive's list cannot be read.

        """
        chosen = list(self.search() if marks is None else marks)
        rows: list[tuple[Entry, Sequence[str]]] = []
        known = self._homes.entries(self._archive, list(dict.fromkeys(mark.recording_id for mark in chosen)))
        for mark in chosen:
            entry = known.get((mark.recording_id, mark.version))
            if entry is not None:
                rows.append((entry, _cells(mark)))
        write_wide(target, self._archive.style, COLUMNS, rows)
        return len(rows)

    def close(self) -> None:
        """Let go of everything; nothing is held open between calls."""

    def _subject(self, mark: Mark) -> Subject:
        subject = self._archive.marks.subject(mark.recording_id, mark.version)
        if subject is None:
            raise UnknownName("it was taken away meanwhile", subject=mark.id)
        return subject


def _check(mark: Mark) -> None:
    if not (math.isfinite(mark.at) and math.isfinite(mark.length) and mark.at >= 0 and mark.length >= 0):
        raise UsageError("a mark lies at or after the beginning, and is no shorter than nothing")
    if len(mark.note) > LONGEST_NOTE:
        raise UsageError(f"a note has at most {LONGEST_NOTE} characters, this one has {len(mark.note)}")
    try:
        mark.note.encode()
    except UnicodeEncodeError as error:
        raise UsageError("the note holds half a character") from error


def _cells(mark: Mark) -> list[str]:
    return [
        mark.id,
        f"{mark.at:.3f}",
        f"{mark.length:.3f}",
        mark.note,
        mark.by,
        f"{mark.made_at:%Y-%m-%dT%H:%M:%SZ}",
        f"{mark.changed_at:%Y-%m-%dT%H:%M:%SZ}",
    ]
