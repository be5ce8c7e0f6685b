"""Marks with notes on recordings of one archive; they lie beside the recordings, which are never touched for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from download_client.archive.marking import Mark
from download_client.errors import NotArchived

LONGEST_NOTE = 4000
"""Characters."""


class Marks:
    """Of one archive. Made by `Engine.marks`; thread-safe; needs no sign-in, and works beside a pull."""

    def __init__(self, archive: Path) -> None:
        self._archive = archive

    def of(self, recording_ids: Sequence[str]) -> tuple[Mark, ...]:
        """The marks of these recordings, in the order of recordings given, then by position. Raises DiskError."""
        return ()

    def search(self, text: str = "") -> tuple[Mark, ...]:
        """Marks of the whole archive whose note or author holds each word of `text`, the newest first; "": all.

        Upper and lower case are one. Raises DiskError.
        """
        return ()

    def add(self, recording_id: str, *, at: float, length: float = 0.0, note: str = "") -> Mark:
        """Mark the newest archived version of a recording; durable when it returns.

        Raises:
            NotArchived: the archive does not hold it; a recording in the cache cannot be marked.
            UsageError: a negative time, or a note longer than `LONGEST_NOTE`.
            MarksDamaged: the file beside the recording is not ours; nothing was written.
            DiskError: it could not be written.

        """
        raise NotArchived(subject=recording_id)

    def change(
        self, mark: Mark, *, at: float | None = None, length: float | None = None, note: str | None = None
    ) -> Mark:
        """Change what is given; answers the mark as it is now. Raises as `add`, and UnknownName: it is gone."""
        raise NotArchived(subject=mark.recording_id)

    def remove(self, mark: Mark) -> None:
        """Take a mark away; one that is gone already is no error. Raises as `add`."""

    def export_csv(self, target: Path, marks: Iterable[Mark] | None = None) -> int:
        """Write marks (None: all) as CSV in place of what lies there, whole or not at all; answers how many.

        One row for each, after the columns of its recording. Beside it, where the setting asks for it, a variant that
        is safe for spreadsheets. Raises DiskError.
        """
        return 0

    def close(self) -> None:
        """Let go of files."""
