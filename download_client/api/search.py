"""Searching: counts, pages, changes and the Participant View, page by page; nothing is kept, nothing fetched ahead.

Each generator asks for its next page when it is asked for the next value, so that a page can be stored with its token
before the next one is on its way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from download_client.api.address import ServiceAddress
from download_client.api.caller import Caller
from download_client.api.connection import Request
from download_client.api.listing import Listing, Tokens
from download_client.api.wire.criteria import as_parameters
from download_client.api.wire.pages import (
    ChangePage,
    Page,
    ParticipationPage,
    read_change_page,
    read_conversation,
    read_page,
    read_participation_page,
)
from download_client.errors import ProtocolBroken
from download_client.model import Conversation, Criteria, Window

LARGEST_PAGE = 500
"""Rows. The most that a page may have by the contract; `Me.limits` may say less."""

Query = tuple[tuple[str, str], ...]
T = TypeVar("T")


class Search:
    """What `/conversations`, `/changes` and `/participants` answer. All methods raise as `Caller.call`, too."""

    def __init__(self, caller: Caller, service: ServiceAddress) -> None:
        self._caller = caller
        self._service = service

    def count(self, criteria: Criteria, window: Window) -> Page:
        """The first row alone, for its `total_count` and `total_bytes`; raises WindowTooLarge."""
        return self._get(read_page, "conversations", query=_query(criteria, window, page_size=1))

    def pages(
        self, criteria: Criteria, window: Window, *, token: str = "", page_size: int = LARGEST_PAGE
    ) -> Iterator[Page]:
        """All pages of one window, oldest start first; `token` goes on where a page ended.

        Raises:
            WindowTooLarge: above `Me.limits.max_window_days`.
            PageTokenExpired: this window has to begin again.
            ListingBroken: the listing does not agree with itself; nothing of it counts as complete.

        """
        query = _query(criteria, window, page_size=page_size)
        chain = Tokens(token)
        listing = Listing(window, from_start=not token)
        while True:
            page = self._get(read_page, "conversations", query=_with("pageToken", token, query))
            listing.add(
                ((each.id, each.start_time) for each in page.conversations),
                refused=len(page.refused),
                total=page.total_count,
                last=not page.next_token,
            )
            token = page.next_token
            if token:
                chain.follow(token, rows=len(page.conversations) + len(page.refused))
            yield page
            if not token:
                return

    def changes(self, cursor: str, *, page_size: int = LARGEST_PAGE) -> Iterator[ChangePage]:
        """What became available or changed since `cursor` (empty: from the oldest), up to now.

        Raises:
            CursorExpired: list the windows again.
            ListingBroken: the cursor goes round in a circle.

        """
        query: Query = (("pageSize", str(_bounded(page_size))),)
        chain = Tokens(cursor)
        while True:
            page = self._get(read_change_page, "changes", query=_with("cursor", cursor, query))
            cursor = page.next_cursor
            if not cursor:
                raise ProtocolBroken("it does not say where to go on", subject="changes")
            if page.has_more:
                chain.follow(cursor, rows=len(page.conversations) + len(page.refused))
            yield page
            if not page.has_more:
                return

    def participants(
        self, criteria: Criteria, window: Window, *, token: str = "", page_size: int = LARGEST_PAGE
    ) -> Iterator[ParticipationPage]:
        """The Participant View of one window; raises as `pages`."""
        query = _query(criteria, window, page_size=page_size)
        chain = Tokens(token)
        while True:
            page = self._get(read_participation_page, "participants", query=_with("pageToken", token, query))
            token = page.next_token
            if token:
                chain.follow(token, rows=len(page.rows) + len(page.refused))
            yield page
            if not token:
                return

    def conversation(self, conversation_id: str) -> Conversation:
        """One conversation in detail; raises NotFound, also for one that is hidden."""
        conversation = self._get(read_conversation, "conversations", conversation_id)
        if conversation.id != conversation_id:
            raise ProtocolBroken("another conversation came than was asked for", subject=conversation_id)
        return conversation

    def _get(self, read: Callable[[bytes], T], *segments: str, query: Query = ()) -> T:
        return self._caller.call(Request("GET", self._service.below(*segments), query=query), read)


def _query(criteria: Criteria, window: Window, *, page_size: int) -> Query:
    return (*as_parameters(criteria.within(window)), ("pageSize", str(_bounded(page_size))))


def _with(name: str, token: str, query: Query) -> Query:
    return (*query, (name, token)) if token else query


def _bounded(page_size: int) -> int:
    return max(1, min(page_size, LARGEST_PAGE))
