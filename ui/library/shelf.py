"""The library that is open and the view that is on show: opened, brought up to date and looked at off the UI thread.

It shows nothing. Whatever it replaces it closes, on a worker too. The newest wish counts: an answer to an older one is
closed unseen.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import tzinfo
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from download_client.engine import (
    CheckReport,
    Engine,
    Filled,
    Filter,
    Finding,
    GroupBy,
    Library,
    Order,
    RecordingRow,
    View,
)
from download_client.errors import ArchiveMissing, MirError
from ui.bridge import Ticket
from ui.session import Session


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be seen."""

    order: Order = field(default_factory=Order)
    where: Filter = field(default_factory=Filter)
    group_by: GroupBy | None = GroupBy.DAY


@dataclass(frozen=True, slots=True)
class Facts:
    """What is said about the whole archive. `account` is whose it is; `free` None: nobody can say."""

    root: Path
    account: str
    recordings: int
    bytes: int
    free: int | None
    check: CheckReport | None
    damaged: tuple[str, ...]
    findings: tuple[Finding, ...]


class Shelf(QObject):
    """`shown`: a `View` and the `Facts` of its archive. `failed`: a `MirError`: there is nothing to see.

    `filling`: how far a first look at a large archive is (`Filled`).
    """

    shown = Signal(object, object)
    failed = Signal(object)
    filling = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._library: Library | None = None
        self._archive: Path | None = None
        self._number = 0
        self._ticket: Ticket | None = None
        self.wish = Wish()
        self.facts: Facts | None = None

    @property
    def library(self) -> Library | None:
        """The library that is open."""
        return self._library

    def open(self, archive: Path | None) -> None:
        """Another archive; None: none is known."""
        self._archive = archive
        self.facts = None
        self._drop(self._library)
        self._library = None
        self.look()

    def want(self, **different: object) -> None:
        """See it in another order, narrower, gathered otherwise (fields of `Wish`)."""
        self.wish = replace(self.wish, **different)  # type: ignore[arg-type]
        self.look()

    def look(self) -> None:
        """Bring the library up to date and take a view of it."""
        self._number += 1
        number, archive, library, wish = self._number, self._archive, self._library, self.wish
        zone = self._session.zone
        if self._ticket is not None:
            self._ticket.cancel()
        if archive is None:
            return

        def work(engine: Engine, ticket: Ticket) -> _Seen:
            return _look(engine, ticket, self, archive=archive, library=library, wish=wish, zone=zone)

        def then(seen: _Seen) -> None:
            if number != self._number:
                self._drop(seen.view)
                if seen.library is not self._library:
                    self._drop(seen.library)
                return
            self._library, self.facts = seen.library, seen.facts
            self.shown.emit(seen.view, seen.facts)

        def sorry(error: MirError) -> None:
            if number == self._number:
                self.failed.emit(error)

        self._ticket = self._session.ask_long(work, then=then, sorry=sorry, owner=self)

    def forget(self, view: View[RecordingRow] | None) -> None:
        """Close a view that is not on show any more."""
        self._drop(view)

    def tell(self, filled: Filled) -> None:
        """From a worker: how far it is."""
        self._session.bridge.tell(filled, self.filling.emit, self, latest=True)

    def _drop(self, it: View[RecordingRow] | Library | None) -> None:
        if it is not None:
            self._session.bridge.ask(lambda _: it.close(), then=lambda _: None, sorry=self.failed.emit, owner=self)


@dataclass(frozen=True, slots=True)
class _Seen:
    library: Library
    view: View[RecordingRow]
    facts: Facts


def _look(
    engine: Engine,
    ticket: Ticket,
    shelf: Shelf,
    *,
    archive: Path,
    library: Library | None,
    wish: Wish,
    zone: tzinfo,
) -> _Seen:
    opened = library or engine.library(archive)
    try:
        free = _free(opened)
        filled = opened.fill(shelf.tell, ticket.cancelled)
        facts = facts_of(opened, filled, free=free)
        view = opened.view(wish.order, wish.where, group_by=wish.group_by, zone=zone)
    except MirError:
        if library is None:
            opened.close()
        raise
    return _Seen(opened, view, facts)


def facts_of(library: Library, filled: Filled, *, free: int | None) -> Facts:
    """What there is to say about the archive now; on a worker."""
    return Facts(
        root=library.archive.root,
        account=library.archive.identity.account_id,
        recordings=filled.rows,
        bytes=filled.bytes,
        free=free,
        check=library.last_check,
        damaged=library.damaged(),
        findings=library.findings(),
    )


def _free(library: Library) -> int | None:
    """What is free, None where nobody can say; what is remembered of an archive that is gone is not shown."""
    try:
        return library.free_bytes
    except ArchiveMissing:
        raise
    except MirError:
        return None
