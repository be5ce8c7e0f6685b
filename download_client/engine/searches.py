"""The local copy of the saved searches, for when the service cannot be reached; the service's own are the truth."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

from download_client.errors import InvalidCriteria
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
