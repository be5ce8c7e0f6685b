"""The front door of this room: everything the rest of the program asks of a service, for one sign-in."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace

from download_client.api.address import ServiceAddress
from download_client.api.caller import Caller, Surroundings
from download_client.api.exchange import Exchange
from download_client.api.people import People
from download_client.api.search import LARGEST_PAGE, Search
from download_client.api.searches import Searches
from download_client.api.tokens import Tokens
from download_client.api.wire.pages import ChangePage, Page, ParticipationPage
from download_client.credentials import Secret
from download_client.model import Conversation, Criteria, Group, Me, SavedSearch, User, Window
from download_client.retry import Patience


@dataclass(frozen=True, slots=True)
class ContentPlace:
    """Where the audio of a recording lies; the token is asked for separately. Not a signed link: it may be kept."""

    url: str


class Api:
    """One service, signed in. Thread-safe. Methods that ask the service raise `MirError`s when patience is over."""

    def __init__(self, service: ServiceAddress, exchange: Exchange, tokens: Tokens, around: Surroundings) -> None:
        self.service = service
        self._exchange = exchange
        self._tokens = tokens
        self._around = around
        caller = Caller(exchange, tokens, around)
        self._people = People(caller, service)
        self._search = Search(caller, service)
        self._searches = Searches(caller, service)

    def until(self, stop: threading.Event, *, patience: Patience) -> Api:
        """The same sign-in for work with its own end and its own patience, such as one run."""
        around = replace(self._around, stop=stop, patience=patience)
        return Api(self.service, self._exchange, self._tokens, around)

    def me(self) -> Me:
        """Who is signed in and what they may; answers at every access level."""
        return self._people.me()

    def users(self) -> tuple[User, ...]:
        """The users whose recordings the caller may see, for pickers."""
        return self._people.users()

    def groups(self) -> tuple[Group, ...]:
        """The call recording groups the caller may see, for pickers."""
        return self._people.groups()

    def count(self, criteria: Criteria, window: Window) -> Page:
        """How many and how large, before anything is fetched: see `total_count` and `total_bytes`."""
        return self._search.count(criteria, window)

    def pages(
        self, criteria: Criteria, window: Window, *, token: str = "", page_size: int = LARGEST_PAGE
    ) -> Iterator[Page]:
        """The pages of one window, no longer than `Me.limits.max_window_days`; see `Search.pages` for its errors."""
        return self._search.pages(criteria, window, token=token, page_size=page_size)

    def changes(self, cursor: str, *, page_size: int = LARGEST_PAGE) -> Iterator[ChangePage]:
        """What became available or changed since the cursor; empty: from the oldest."""
        return self._search.changes(cursor, page_size=page_size)

    def participants(
        self, criteria: Criteria, window: Window, *, token: str = "", page_size: int = LARGEST_PAGE
    ) -> Iterator[ParticipationPage]:
        """The Participant View of one window."""
        return self._search.participants(criteria, window, token=token, page_size=page_size)

    def conversation(self, conversation_id: str) -> Conversation:
        """One conversation in detail."""
        return self._search.conversation(conversation_id)

    def saved_searches(self) -> tuple[SavedSearch, ...]:
        """The caller's saved searches."""
        return self._searches.all()

    def save_search(self, search: SavedSearch) -> SavedSearch:
        """Save a new search (no id) or replace one."""
        return self._searches.save(search)

    def delete_search(self, search_id: str) -> None:
        """Forget a saved search."""
        self._searches.delete(search_id)

    def content_place(self, conversation_id: str, recording_id: str, *, replay: bool = False) -> ContentPlace:
        """Where the audio lies, to be kept or (`replay`) to be heard; asks nobody."""
        place = self.service.below("conversations", conversation_id, "recordings", recording_id, "content")
        return ContentPlace(f"{place}?purpose=replay" if replay else place)

    def access_token(self) -> Secret:
        """A token that is good for a little while yet. One try: whoever needs it tries again."""
        return self._tokens.current()

    def renew(self, used: Secret) -> Secret:
        """`used` was not accepted: the token after it. One request for all workers and processes, one try."""
        return self._tokens.renew(used)

    def sign_out(self) -> None:
        """Forget here at once and for good, then tell the service; an error means that only the latter failed."""
        self._tokens.end()

    def close(self) -> None:
        """Let go of the sockets; nothing is forgotten."""
        self._exchange.close()
