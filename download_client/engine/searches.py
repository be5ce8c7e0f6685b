"""The saved searches of the account: the service's own, shared with the portal; here is a copy for when it is away."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from download_client.api import Api
from download_client.errors import InvalidCriteria, NetworkError, UnknownName
from download_client.model import Criteria, SavedSearch


class SearchCopy:
    """One small JSON file per profile, replaced whole."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def write(self, searches: Sequence[SavedSearch]) -> None:
        """Keep what the service has just listed; a disk that refuses costs only the copy."""
        rows = [{"name": each.name, "id": each.id, "criteria": each.criteria.as_dict()} for each in searches]
        fresh = self._path.with_name(f"{self._path.name}.{os.getpid()}.new")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            fresh.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
            fresh.replace(self._path)
        except OSError:
            fresh.unlink(missing_ok=True)

    def read(self) -> tuple[SavedSearch, ...] | None:
        """What was listed last; None where nothing usable is kept."""
        try:
            rows = json.loads(self._path.read_text(encoding="utf-8"))
            return tuple(
                SavedSearch(name=str(row["name"]), criteria=Criteria.from_dict(row["criteria"]), id=str(row["id"]))
                for row in rows
            )
        except (OSError, ValueError, KeyError, TypeError, InvalidCriteria):
            return None


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
