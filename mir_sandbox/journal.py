"""What was asked of the service and how it answered: the newest requests, and counts of all.

Not promised: the wire; what a raw front did to an answer afterwards stands in its own journal. Queries are not kept,
and of a signed link only that there was one.
"""

from collections import Counter, deque
from dataclasses import dataclass

from mir_sandbox.clock import utc_text_ms

KEPT = 100_000
"""Entries that are kept."""


@dataclass(slots=True)
class Entry:
    """One request. `at` is the service's time in milliseconds, `sent` counts bytes of the body."""

    at: int
    method: str
    path: str
    route: str = "other"
    user: str | None = None
    byte_range: str | None = None
    status: int = 0
    sent: int = 0
    user_agent: str | None = None
    request_id: str = ""


class Journal:
    """The requests of one service."""

    def __init__(self) -> None:
        self._entries: deque[tuple[int, Entry]] = deque(maxlen=KEPT)
        self._next = 1
        self.counts: Counter[tuple[str, str, int]] = Counter()

    def add(self, entry: Entry) -> None:
        """Note a request that has been answered."""
        self._entries.append((self._next, entry))
        self._next += 1
        self.counts[entry.method, entry.route, entry.status] += 1

    def since(self, number: int, *, limit: int) -> list[dict[str, object]]:
        """Entries after that number, oldest first."""
        newer = [(at, entry) for at, entry in self._entries if at > number][:limit]
        return [
            {
                "number": at,
                "time": utc_text_ms(entry.at),
                "user": entry.user,
                "method": entry.method,
                "path": entry.path,
                "route": entry.route,
                "range": entry.byte_range,
                "status": entry.status,
                "bytes": entry.sent,
                "userAgent": entry.user_agent,
                "requestId": entry.request_id,
            }
            for at, entry in newer
        ]

    def totals(self) -> list[dict[str, object]]:
        """How often each method, route and status occurred."""
        return [
            {"method": method, "route": route, "status": status, "count": count}
            for (method, route, status), count in sorted(self.counts.items())
        ]

    def clear(self) -> None:
        """Forget entries and counts; the numbers go on."""
        self._entries.clear()
        self.counts.clear()
