"""Where archived recordings lie, asked of the ledger; where there is none, of the library; it looks at no file."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from download_client.archive import Archive, Entry
from download_client.engine.custody import read
from download_client.engine.library import Library
from download_client.errors import LedgerError, LedgerNewer
from download_client.ledger import Item, Ledger
from download_client.model import State


@dataclass(frozen=True, slots=True)
class Home:
    """An archived recording version. `place` below the archive's root; length and digest as they were proved."""

    recording_id: str
    conversation_id: str
    version: int
    place: str
    size: int
    sha256: str


class Homes:
    """For the archives of one user's computer. Thread-safe; nothing is asked of a service, nothing is locked.

    `ledgers` is the folder of the ledgers; `library` opens the library of an archive's folder.
    """

    def __init__(self, *, ledgers: Path, library: Callable[[Path], Library]) -> None:
        self._ledgers = ledgers
        self._library = library

    def of_conversation(self, archive: Archive, conversation_id: str) -> tuple[dict[str, Home], frozenset[str]]:
        """Of each of its recordings the newest archived version, and which were erased for good.

        Raises:
            CatalogFailed, DiskError: the archive cannot be read.

        """
        items = self._items(archive, lambda ledger: ledger.overview.of_conversation(conversation_id))
        if items is None:
            return self._in_library(archive, [conversation_id], conversations=True), frozenset()
        return _newest(items), frozenset(item.recording_id for item in items if item.state is State.ERASED)

    def of_recordings(self, archive: Archive, recording_ids: Sequence[str]) -> dict[str, Home]:
        """The newest archived version of each of these. Raises as `of_conversation`."""
        items = self._items(archive, lambda ledger: ledger.overview.of_recordings(recording_ids))
        return self._in_library(archive, recording_ids, conversations=False) if items is None else _newest(items)

    def entries(self, archive: Archive, recording_ids: Sequence[str]) -> dict[tuple[str, int], Entry]:
        """Every archived version of these as a row of a table, by id and version. Raises as `of_conversation`."""
        with closing(self._filled(archive)) as library:
            told = library.told(library.held(recording_ids, conversations=False))
            return {(entry.recording.id, entry.version_number): entry for entry in told}

    def _items(self, archive: Archive, ask: Callable[[Ledger], list[Item]]) -> list[Item] | None:
        """None: there is no ledger, or it is damaged; the next pull makes it anew. Raises LedgerNewer."""
        try:
            ledger = read(archive, folder=self._ledgers)
            if ledger is None:
                return None
            with ledger:
                return ask(ledger)
        except LedgerNewer:
            raise
        except LedgerError:
            return None

    def _in_library(self, archive: Archive, ids: Sequence[str], *, conversations: bool) -> dict[str, Home]:
        with closing(self._filled(archive)) as library:
            rows = [each.row for each in library.held(ids, conversations=conversations)]
        return {
            row.recording_id: Home(row.recording_id, row.conversation_id, row.version, row.path, row.size, row.sha256)
            for row in sorted(rows, key=lambda row: row.version)
        }

    def _filled(self, archive: Archive) -> Library:
        library = self._library(archive.root)
        try:
            library.fill(lambda _: None, threading.Event())
        except BaseException:
            library.close()
            raise
        return library


def _newest(items: Iterable[Item]) -> dict[str, Home]:
    return {
        item.recording_id: Home(
            item.recording_id, item.conversation_id, item.version, item.path, item.done_size or 0, item.done_sha256
        )
        for item in sorted(items, key=lambda each: each.version)
        if item.state is State.ARCHIVED
    }
