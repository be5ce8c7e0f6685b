"""What the window remembers of itself: place, size, panels, columns; choices of the user are settings, not this.

One JSON file per profile below `Paths.state`. Losing it loses comfort only: what cannot be read counts as empty.
"""

from __future__ import annotations

import json
import logging
from typing import Any

from download_client.settings import Paths

_log = logging.getLogger(__name__)


class Memory:
    """Values of JSON by name. Used on the UI thread; the file is a few kilobytes."""

    def __init__(self, paths: Paths, profile: str) -> None:
        self._path = paths.state / "windows" / f"{profile}.json"
        self._values: dict[str, Any] = {}
        self._changed = False
        try:
            untrusted = json.loads(self._path.read_text("utf-8"))
        except FileNotFoundError:
            return
        except (OSError, ValueError, RecursionError) as error:
            _log.info("what the window remembered cannot be read (%s)", type(error).__name__)
            return
        if isinstance(untrusted, dict):
            self._values = untrusted

    def get(self, name: str) -> Any:
        """What was put under that name, or None; it comes from a file: check its type."""
        return self._values.get(name)

    def put(self, name: str, value: Any) -> None:
        """Remember a value that JSON can hold."""
        if self._values.get(name) != value:
            self._values[name] = value
            self._changed = True

    def save(self) -> None:
        """Write the file if anything changed. A disk that refuses is told in the log alone."""
        if not self._changed:
            return
        self._changed = False
        new = self._path.with_suffix(".new")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            new.write_text(json.dumps(self._values, ensure_ascii=False, indent=1) + "\n", "utf-8")
            new.replace(self._path)
        except OSError as error:
            _log.info("what the window remembers cannot be written (%s)", type(error).__name__)
