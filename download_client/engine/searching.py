"""What the signed-in user may search, window by window; it keeps nothing and fetches nothing."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from datetime import timedelta

from download_client.api import Api, Page
from download_client.engine.account import Account
from download_client.engine.request import Count, PullRequest
from download_client.errors import AccessNone
from download_client.model import AccessLevel, Conversation, Criteria, Me, Window
from download_client.retry import Clock, Patience
from download_client.settings import Settings, table


class Searching:
    """Searches of one account. Every method raises `AccessNone`: a clear word instead of an empty list."""

    def __init__(self, account: Account, *, settings: Settings, clock: Clock, patience: Patience) -> None:
        self._account = account
        self._settings = settings
        self._clock = clock
        self._patience = patience

    def me(self) -> Me:
        """Who is signed in, if they may search at all."""
        me = self._account.me()
        if me.access_level is AccessLevel.NONE:
            raise AccessNone(subject=me.account.account_id)
        return me

    def api(self, stop: threading.Event) -> Api:
        """The service until `stop`."""
        return self._account.api().until(stop, patience=self._patience)

    def windows(self, criteria: Criteria) -> Sequence[Window]:
        """The windows of a search, oldest first, none longer than the service takes."""
        me = self.me()
        return list(criteria.window(self._clock.now()).slices(timedelta(days=me.limits.max_window_days)))

    def page_size(self) -> int:
        """Rows of a page."""
        return min(self._settings.get(table.PAGE_SIZE), self._account.me().limits.max_page_size)

    def count(self, criteria: Criteria) -> Count:
        """How many conversations and bytes: one request a window."""
        found = size = 0
        known = True
        for window in self.windows(criteria):
            page = self._account.api().count(criteria, window)
            known = known and page.total_count is not None and page.total_bytes is not None
            found += page.total_count or 0
            size += page.total_bytes or 0
        return Count(conversations=found, bytes=size, known=known)

    def pages(self, criteria: Criteria, *, page_size: int) -> Iterator[Page]:
        """All pages of all windows, oldest first."""
        for window in self.windows(criteria):
            yield from self._account.api().pages(criteria, window, page_size=page_size)

    def conversations(self, criteria: Criteria, *, limit: int | None = None) -> Iterator[Conversation]:
        """What a search finds, page by page as it is iterated, `limit` of them at most."""
        if names_one(criteria):
            self.me()
            yield self._account.api().conversation(criteria.conversation_id)
            return
        left = limit
        size = self.page_size() if left is None else min(left, self.page_size())
        for page in self.pages(criteria, page_size=max(1, size)):
            for conversation in page.conversations:
                if left is not None:
                    if left == 0:
                        return
                    left -= 1
                yield conversation
            if left == 0:
                return

    def blocks(self, request: PullRequest) -> Iterator[tuple[Conversation, ...]]:
        """What a pull would list."""
        for conversation_id in request.conversations:
            self.me()
            yield (self._account.api().conversation(conversation_id),)
        if not request.conversations:
            for page in self.pages(request.criteria, page_size=self.page_size()):
                yield page.conversations


def names_one(criteria: Criteria) -> bool:
    """A search for one conversation, whenever it was."""
    return bool(criteria.conversation_id) and criteria.from_time is None and criteria.to_time is None
