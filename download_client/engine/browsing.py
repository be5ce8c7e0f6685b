"""Listings for the window: filled page by page into a file of their own, looked at in any order while they fill.

They show what the service listed and how it stands with the archive; the truth stays with the service and the ledger.
Every method may be called from any thread; those that ask the service or the disk block.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo
from functools import partial
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from download_client.archive import Archive
from download_client.catalog import (
    CONVERSATIONS,
    PARTICIPATIONS,
    Column,
    ConversationRow,
    Filled,
    Filter,
    GroupBy,
    Kind,
    Order,
    ParticipationRow,
    Presences,
    Store,
    View,
    Writer,
)
from download_client.engine.custody import existing, ledger_path, look
from download_client.engine.presence import commits, stamp, stands
from download_client.engine.searching import Searching, names_one
from download_client.errors import Interrupted, ListingBroken, NotFound, PageTokenExpired, UnknownName
from download_client.ledger import Item
from download_client.model import Conversation, Criteria, Window
from download_client.retry import Clock

R = TypeVar("R")

_FEW = 20_000
"""Up to so many conversations the ledger is asked for by name; more, and it is read through."""
_REST = 10
"""A pass over a large listing rests for so many times as long as it took."""

_MOST_BEGINNINGS = 3
"""How often a window begins again by itself."""


@dataclass(frozen=True, slots=True)
class Means:
    """What listings work with: who may search, the folder of their files, that of the ledgers."""

    searching: Searching
    folder: Path
    ledgers: Path
    clock: Clock


class Listed(Protocol):
    """What all pages of a listing tell; see `api.Page`."""

    @property
    def next_token(self) -> str: ...  # noqa: D102
    @property
    def total_count(self) -> int | None: ...  # noqa: D102
    @property
    def as_of(self) -> datetime | None: ...  # noqa: D102
    @property
    def refused(self) -> Sequence[object]: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Source:
    """One thing that is listed: `read` yields each page of a window, from a token on, and how many rows were new.

    `shown`: its rows are those of the listing, not only what they refer to.
    """

    read: Callable[[Window, str, threading.Event], Iterator[tuple[Listed, int]]]
    shown: bool


@dataclass(slots=True)
class _Reading:
    """How far one window is."""

    window: Window
    source: int = 0
    """Which of the sources is being read; as many as there are: done."""
    token: str = ""
    total: int | None = None
    begun_again: int = 0


class Catalogued(Generic[R]):
    """A catalog and its views; what fills it is its subclass's affair."""

    def __init__(self, store: Store, kind: Kind[R], *, only: str = "") -> None:
        self._store = store
        self._kind = kind
        self._only = only
        self._filled = Filled()

    @property
    def columns(self) -> tuple[Column, ...]:
        """What its rows can be ordered by."""
        return tuple(self._kind.orders)

    @property
    def groupings(self) -> tuple[GroupBy, ...]:
        """What its rows can be gathered under."""
        return tuple(self._kind.groups)

    @property
    def filled(self) -> Filled:
        """How far it is; at once."""
        return self._filled

    def view(
        self,
        order: Order | None = None,
        where: Filter | None = None,
        *,
        group_by: GroupBy | None = None,
        zone: tzinfo = UTC,
    ) -> View[R]:
        """What is there now, in this order; newest first where none is given. Close it when another takes its place.

        `zone` is that of the days rows are gathered under.

        Raises:
            CatalogFailed, DiskFull: its file cannot be used.

        """
        return View(
            self._store,
            self._kind,
            order=order or Order(),
            where=where or Filter(),
            group_by=group_by,
            zone=zone,
            only=self._only,
        )

    def close(self) -> None:
        """Let go of the file."""
        self._store.close()


class Listing(Catalogued[R]):
    """What a search found. Made by `Engine.conversations` and `Engine.participants`; `fill` asks the service."""

    def __init__(
        self, kind: Kind[R], *, means: Means, criteria: Criteria, sources: Callable[[Writer], Sequence[Source]]
    ) -> None:
        super().__init__(Store.scratch(means.folder), kind)
        self.criteria = criteria
        self._means = means
        self._writer = Writer(self._store)
        self._sources = sources(self._writer)
        self._reading: list[_Reading] | None = None
        self._filling = threading.Lock()
        self._presence = threading.Lock()
        self._seen: object = None
        self._rests_until = 0.0
        self._presences = Presences()

    def fill(self, progress: Callable[[Filled], None], stop: threading.Event) -> Filled:
        """Ask the service for all of it, page by page; `progress` hears of each. Called again, it goes on.

        The newest window comes first; within one, the oldest call.

        Raises:
            Interrupted: `stop` was set; what came stays.
            NetworkError, ServiceError, SignInError, AccessNone: what came stays.
            CatalogFailed, DiskFull: it cannot be kept.

        """
        with self._filling:
            if self._filled.complete:
                return self._filled
            if self._reading is None:
                found = _windows(self._means.searching, self.criteria, stop)
                self._reading = [_Reading(window) for window in reversed(found)]
            for reading in self._reading:
                while reading.source < len(self._sources):
                    self._read(reading, progress, stop)
            self._store.index(self._kind.indexes)
            self._filled = replace(self._filled, total=self._filled.rows, bytes=self._writer.bytes(), complete=True)
        progress(self._filled)
        return self._filled

    def refresh(self, archive: Path | None, *, first: Sequence[str] = ()) -> Presences:
        """Bring the rows' presences up to date with the archive's ledger; answers how many stand how.

        Costs nothing where neither has changed. `first` are conversations on the screen: theirs are always brought up
        to date; those of a large listing only when the last pass over all of it has rested long enough.
        """
        clock = self._means.clock
        with self._presence:
            opened = existing(archive, clock) if archive is not None else None
            path = ledger_path(self._means.ledgers, opened) if opened is not None else None
            stamped = (stamp(path), commits(path)) if path is not None else None
            seen = (stamped, self._filled.rows, self._filled.complete)
            if seen == self._seen:
                return self._presences
            now = clock.monotonic()
            if now >= self._rests_until:
                self._stand(opened, None)
                self._presences = self._writer.presences()
                self._seen = seen
                took = clock.monotonic() - now
                self._rests_until = now + took + (_REST * took if self._filled.rows > _FEW else 0.0)
            elif first:
                self._stand(opened, list(first))
            return self._presences

    @property
    def presences(self) -> Presences:
        """What the last `refresh` found; at once."""
        return self._presences

    def conversation(self, conversation_id: str) -> Conversation:
        """Everything the service told of one conversation, from what is kept.

        Raises:
            UnknownName: this listing does not have it.

        """
        found = self._writer.conversations([conversation_id])
        if not found:
            raise UnknownName("it is not in this list", subject=conversation_id)
        return found[0]

    def items(self, archive: Path | None, conversation_id: str) -> tuple[Item, ...]:
        """What the archive's ledger knows of one conversation's recordings; empty: nothing."""
        opened = existing(archive, self._means.clock) if archive is not None else None
        if opened is None:
            return ()
        with look(opened, folder=self._means.ledgers) as ledger:
            return tuple(ledger.overview.of_conversation(conversation_id))

    # --- behind

    def _read(self, reading: _Reading, progress: Callable[[Filled], None], stop: threading.Event) -> None:
        source = self._sources[reading.source]
        try:
            for page, new in source.read(reading.window, reading.token, stop):
                reading.token = page.next_token
                if source.shown:
                    if page.total_count is not None:
                        reading.total = page.total_count
                    self._count(page, new)
                    progress(self._filled)
                if stop.is_set():
                    raise Interrupted(f"{self._filled.rows} rows were listed")
        except PageTokenExpired as error:
            # The window begins again; applying its pages twice changes nothing.
            reading.token = ""
            reading.begun_again += 1
            if reading.begun_again > _MOST_BEGINNINGS:
                reading.begun_again = 0
                raise ListingBroken("its page tokens die again and again") from error
            return
        except ListingBroken:
            reading.token = ""
            raise
        reading.source += 1
        reading.token = ""

    def _count(self, page: Listed, new: int) -> None:
        totals = [reading.total for reading in self._reading or ()]
        known = [total for total in totals if total is not None]
        now = self._filled
        self._filled = replace(
            now,
            rows=now.rows + new,
            total=sum(known) if len(known) == len(totals) else None,
            as_of=page.as_of or now.as_of,
            refused=now.refused + len(page.refused),
        )

    def _stand(self, archive: Archive | None, only: list[str] | None) -> None:
        if archive is None:
            self._writer.stand((), only=only)
            return
        if only is None and self._filled.rows <= _FEW:
            only = self._writer.conversation_ids()
        with look(archive, folder=self._means.ledgers) as ledger:
            self._writer.stand(stands(ledger, only), only=only)


def conversations(means: Means, criteria: Criteria) -> Listing[ConversationRow]:
    """A listing of conversations; nothing is asked yet."""

    def sources(writer: Writer) -> list[Source]:
        return [Source(partial(_calls, means.searching, criteria, writer.add_conversations), shown=True)]

    return Listing(CONVERSATIONS, means=means, criteria=criteria, sources=sources)


def participations(means: Means, criteria: Criteria) -> Listing[ParticipationRow]:
    """A listing of the Participant View; the conversations are listed first, for what their rows say besides."""

    def sources(writer: Writer) -> list[Source]:
        return [
            Source(partial(_calls, means.searching, criteria, writer.keep_conversations), shown=False),
            Source(partial(_parts, means.searching, criteria, writer), shown=True),
        ]

    return Listing(PARTICIPATIONS, means=means, criteria=criteria, sources=sources)


def _windows(searching: Searching, criteria: Criteria, stop: threading.Event) -> Sequence[Window]:
    if not names_one(criteria):
        return searching.windows(criteria)
    searching.me()
    try:
        begins = searching.api(stop).conversation(criteria.conversation_id).start_time
    except NotFound:
        return ()
    return [Window(begins, begins + timedelta(seconds=1))]


def _calls(
    searching: Searching,
    criteria: Criteria,
    take: Callable[[Sequence[Conversation]], int],
    window: Window,
    token: str,
    stop: threading.Event,
) -> Iterator[tuple[Listed, int]]:
    for page in searching.api(stop).pages(criteria, window, token=token, page_size=searching.page_size()):
        yield page, take(page.conversations)


def _parts(
    searching: Searching, criteria: Criteria, writer: Writer, window: Window, token: str, stop: threading.Event
) -> Iterator[tuple[Listed, int]]:
    for page in searching.api(stop).participants(criteria, window, token=token, page_size=searching.page_size()):
        yield page, writer.add_participations(page.rows)
