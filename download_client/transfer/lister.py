"""Reads the service's listing into the ledger, page by page, on a thread of its own; it fetches no audio.

A page and its position are one transaction: killed anywhere, the listing goes on where it was, and applying a page
twice is harmless.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from download_client.api import ChangePage, Page, RefusedRow
from download_client.errors import (
    CursorExpired,
    Interrupted,
    ListingBroken,
    MirError,
    NotFound,
    PageTokenExpired,
    ProtocolBroken,
)
from download_client.ledger import Ledger, Position, Tally
from download_client.model import Conversation, Criteria, RecordingStatus, State, Window
from download_client.retry import Clock

_log = logging.getLogger(__name__)

_RESTARTS = 3
_BLOCK = 100
_URGENT = timedelta(days=14)
"""Recordings that the service deletes within this time are fetched first."""

_HOME = (State.ARCHIVED, State.ERASED)
_STILL_THERE = (RecordingStatus.AVAILABLE, RecordingStatus.PROCESSING)

T = TypeVar("T")


class Listed(Protocol):
    """What the lister needs of the service; `api.Api` is one."""

    def pages(self, criteria: Criteria, window: Window, *, token: str, page_size: int) -> Iterator[Page]:
        """One window, page by page."""
        ...

    def changes(self, cursor: str) -> Iterator[ChangePage]:
        """What became available or changed since the cursor."""
        ...

    def conversation(self, conversation_id: str) -> Conversation:
        """One conversation as it is listed now."""
        ...


@dataclass(frozen=True, slots=True)
class Watermark:
    """How far an incremental listing has read: the cursor to begin the next one with, and its scope."""

    scope: str
    cursor: str
    as_of: float | None


class Lister:
    """Lists what a run asks for. `error` stops the run; `broken` are windows that could not be listed completely."""

    def __init__(
        self, *, service: Listed, ledger: Ledger, tally: Tally, clock: Clock, page_size: int, stop: threading.Event
    ) -> None:
        self._service = service
        self._ledger = ledger
        self._tally = tally
        self._clock = clock
        self._page_size = page_size
        self._stop = stop
        self._urgent = _URGENT
        self.pages = 0
        self.error: MirError | None = None
        self.broken: list[MirError] = []
        self.watermark: Watermark | None = None
        self.done = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, work: Callable[[], None], *, listed: Callable[[], None]) -> None:
        """Run `work` (one of the listings below) on a thread, perhaps once more after an error.

        `listed` is called after each page and at the end; `error` stands before `done` is set.
        """

        def run() -> None:
            try:
                work()
            except MirError as error:
                self.error = error
            except Exception as failure:
                # A fault of ours: a listing that is not complete must never pass for one that is.
                _log.exception("the lister stumbled")
                self.error = MirError(f"inside the lister: {type(failure).__name__}")
            finally:
                self.done.set()
                listed()

        self._listed = listed
        self.error = None
        self.done.clear()
        self._thread = threading.Thread(target=run, name="lister", daemon=True)
        self._thread.start()

    def join(self, seconds: float) -> None:
        """Wait for the thread, which ends soon after `stop` is set."""
        if self._thread is not None:
            self._thread.join(seconds)

    def windows(self, criteria: Criteria) -> None:
        """List every window of the run that is not yet read; a broken one is noted, the others go on (fault 29).

        Raises:
            MirError: nothing can be listed: signed out, offline for the whole window of patience, disk full.

        """
        for number, window, token in self._ledger.runs.open_windows(self._tally.run_id):
            try:
                self._window(criteria, number=number, window=window, token=token)
            except (ListingBroken, ProtocolBroken) as error:
                self.broken.append(error)

    def _window(self, criteria: Criteria, *, number: int, window: Window, token: str) -> None:
        for _ in range(_RESTARTS):
            try:
                for page in _one_ahead(self._service.pages(criteria, window, token=token, page_size=self._page_size)):
                    self._refused(page.refused)
                    self._add(
                        page.conversations,
                        Position(number, token=page.next_token, done=not page.next_token),
                    )
            except PageTokenExpired:
                token = ""
                self._ledger.runs.forget_token(self._tally.run_id, number)
            else:
                return
        raise ListingBroken("the page token expired again and again", subject=f"window {number}")

    def guard(self, criteria: Criteria, windows: Iterable[Window], *, within: timedelta) -> None:
        """List what the service deletes within that time and is not home, before everything else and first to be had.

        Of `windows`, whenever it became available; the dates are those that the service names now. A window that cannot
        be listed is noted, the others go on.

        Raises:
            MirError: nothing can be listed.

        """
        self._urgent = max(_URGENT, within)
        anytime = replace(criteria, available_after=None)
        for window in windows:
            try:
                for page in _one_ahead(self._service.pages(anytime, window, token="", page_size=self._page_size)):
                    self._refused(page.refused)
                    if ending := self._ending(page.conversations, self._clock.now(), within):
                        self._add(ending, None)
            except (ListingBroken, ProtocolBroken, PageTokenExpired) as error:
                self.broken.append(error)

    def _ending(
        self, conversations: tuple[Conversation, ...], now: datetime, within: timedelta
    ) -> tuple[Conversation, ...]:
        """Those that are deleted within that time, and of which something that can still be had is not home."""
        ending = [each for each in conversations if each.expires_at is not None and each.expires_at <= now + within]
        foreseen = self._ledger.listing.foresee(ending, now=now.timestamp()) if ending else []
        lacking = {
            recording.id for recording, state in foreseen if recording.status in _STILL_THERE and state not in _HOME
        }
        return tuple(each for each in ending if any(recording.id in lacking for recording in each.recordings))

    def selection(self) -> None:
        """List the run's chosen conversations; one that is not visible any more is noted, the others go on.

        Raises:
            MirError: nothing can be listed.

        """
        chosen = self._ledger.runs.open_choices(self._tally.run_id)
        for block in (chosen[at : at + _BLOCK] for at in range(0, len(chosen), _BLOCK)):
            found: list[Conversation] = []
            for conversation_id in block:
                if self._stop.is_set():
                    raise Interrupted
                try:
                    found.append(self._service.conversation(conversation_id))
                except NotFound as error:
                    self.broken.append(error)
            self._add(tuple(found), None)

    def changes(self, scope: str) -> None:
        """List what became available or changed since the watermark of `scope`; without one, everything.

        The watermark itself is moved by the run, last, and to the cursor before the last page: the overlap is listed
        again next time, and de-duplicated by id (R13, fault 25).

        Raises:
            MirError: nothing can be listed.

        """
        cursor = self._ledger.runs.watermark(scope)
        try:
            self._changes(scope, cursor)
        except CursorExpired:
            self._changes(scope, "")

    def _changes(self, scope: str, cursor: str) -> None:
        before = cursor
        for page in _one_ahead(self._service.changes(cursor)):
            self._refused(page.refused)
            self._add(page.conversations, Position(0, token=page.next_cursor, done=not page.has_more))
            self.watermark = Watermark(
                scope,
                before or page.next_cursor,
                page.as_of.timestamp() if page.as_of is not None else None,
            )
            before = page.next_cursor

    def changes_at_home(self, scope: str) -> None:
        """List what changed since the watermark of `scope` in conversations of which something is home; else nothing.

        Without a watermark all changes there are are read through. Raises as `changes`.
        """
        cursor = self._ledger.runs.watermark(scope)
        try:
            self._changes_at_home(scope, cursor)
        except CursorExpired:
            self._changes_at_home(scope, "")

    def _changes_at_home(self, scope: str, cursor: str) -> None:
        before = cursor
        for page in _one_ahead(self._service.changes(cursor)):
            if self._stop.is_set():
                raise Interrupted
            held = self._ledger.listing.held(page.conversations)
            if at_home := tuple(each for each in page.conversations if each.id in held):
                self._add(at_home, None)
            as_of = page.as_of.timestamp() if page.as_of is not None else None
            self.watermark = Watermark(scope, before or page.next_cursor, as_of)
            before = page.next_cursor

    def _refused(self, rows: Sequence[RefusedRow]) -> None:
        """Rows that break the contract are no recordings we know; the run is not complete, and says why (fault 57)."""
        self.broken.extend(ListingBroken(row.reason, subject=row.id or "a row without an id") for row in rows)

    def _add(self, conversations: tuple[Conversation, ...], position: Position | None) -> None:
        if self._stop.is_set():
            raise Interrupted
        now = self._clock.now()
        self._ledger.listing.add(
            self._tally,
            conversations,
            position=position,
            now=now.timestamp(),
            urgent_before=(now + self._urgent).timestamp(),
        )
        self.pages += 1
        self._listed()


def _one_ahead(pages: Iterator[T]) -> Iterator[T]:
    """Ask for the next page while this one is written: the service and the ledger work at the same time."""
    with ThreadPoolExecutor(1, thread_name_prefix="pages") as pool:
        future = pool.submit(next, pages, None)
        while (page := future.result()) is not None:
            future = pool.submit(next, pages, None)
            yield page
