"""The saved searches of the account: the service's own, shared with the portal; here is a copy for when it is away."""

from __future__ import annotations

from collections.abc import Callable

from download_client.api import Api
from download_client.engine.searches import SearchCopy
from download_client.errors import NetworkError, UnknownName
from download_client.model import Criteria, SavedSearch


class SavedSearches:
    """Of one profile. `api` answers the service for whoever is signed in; everything raises as it does."""

    def __init__(self, api: Callable[[], Api], copy: SearchCopy) -> None:
        self._api = api
        self._copy = copy

    def all(self) -> tuple[tuple[SavedSearch, ...], bool]:
        """Every one, and whether they are only the local copy because the service cannot be reached."""
        try:
            found = self._api().saved_searches()
        except NetworkError:
            copy = self._copy.read()
            if copy is None:
                raise
            return copy, True
        self._copy.write(found)
        return found, False

    def find(self, name: str) -> SavedSearch:
        """The one of exactly that name.

        Raises:
            UnknownName: there is none; the detail lists those there are.

        """
        found, _ = self.all()
        for search in found:
            if search.name == name:
                return search
        names = ", ".join(search.name for search in found) or "none"
        raise UnknownName(f"saved searches: {names}", subject=name)

    def save(self, name: str, criteria: Criteria) -> SavedSearch:
        """Save a search under a name, at the service; one of the same name is replaced."""
        known = next((search for search in self.all()[0] if search.name == name), None)
        saved = self._api().save_search(SavedSearch(name=name, criteria=criteria, id=known.id if known else ""))
        self.all()
        return saved

    def delete(self, name: str) -> None:
        """Delete one at the service. Raises UnknownName."""
        self._api().delete_search(self.find(name).id)
        self.all()
