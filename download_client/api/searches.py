"""Saved searches at the service, shared with the portal (F5); copies for offline use are not its affair."""

from __future__ import annotations

import logging

from download_client.api.address import ServiceAddress
from download_client.api.caller import Caller
from download_client.api.connection import Request
from download_client.api.people import all_pages
from download_client.api.wire.criteria import read_saved_search, read_saved_searches, saved_search_body
from download_client.model import SavedSearch

log = logging.getLogger(__name__)


class Searches:
    """What `/saved-searches` answers. All methods raise as `Caller.call`, too."""

    def __init__(self, caller: Caller, service: ServiceAddress) -> None:
        self._caller = caller
        self._service = service

    def all(self) -> tuple[SavedSearch, ...]:
        """The caller's saved searches. One that asks by a criterion this version does not know is left out and logged:
        without that criterion it would find more than was meant.
        """

        def read(body: bytes) -> tuple[tuple[SavedSearch, ...], str]:
            understood, others, token = read_saved_searches(body)
            for each in others:
                log.warning("saved search %s cannot be used: it asks by something this version does not know", each)
            return tuple(understood), token

        return all_pages(self._caller, self._service.below("saved-searches"), read, what="saved searches")

    def save(self, search: SavedSearch) -> SavedSearch:
        """Save a new search, or replace the one of that id; what the service made of it.

        A new one is sent once only: if the answer is lost, look before saving again.

        Raises:
            InvalidCriteria: the search cannot be sent.
            RequestRejected: among others, the name is in use.
            NotFound: there is none of that id.

        """
        body = saved_search_body(search)
        if search.id:
            url = self._service.below("saved-searches", search.id)
            return self._caller.call(Request("PUT", url, json=body), read_saved_search)
        request = Request("POST", self._service.below("saved-searches"), json=body)
        return self._caller.call(request, read_saved_search, expected=201, once=True)

    def delete(self, search_id: str) -> None:
        """Forget a saved search; raises NotFound."""
        request = Request("DELETE", self._service.below("saved-searches", search_id))
        self._caller.call(request, lambda _: None, expected=204)
