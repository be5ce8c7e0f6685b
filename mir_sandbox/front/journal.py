"""The journal of the public side: what was asked on the wire and what became of each answer.

Not promised: that it reaches back for ever; the newest entries are kept, the counts cover everything.
"""

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from itertools import count

from mir_sandbox.front.http1 import Request
from mir_sandbox.front.route import Route, Target

KEPT = 200_000
"""Entries that are kept; an entry takes about half a kilobyte."""


class Ending(Enum):
    """How an answer ended, as far as the service can see."""

    OPEN = "open"
    COMPLETE = "complete"
    CLOSED = "closed"
    RESET = "reset"
    CLIENT_LEFT = "clientLeft"
    BROKEN = "broken"
    """The service behind the front failed."""


@dataclass(slots=True)
class Entry:
    """One request and what became of it; filled while the answer is under way."""

    number: int
    at: datetime
    door: str
    connection: int
    method: str
    target: str
    route: Route
    byte_range: str | None
    if_range: str | None
    accept_encoding: str | None
    user_agent: str | None
    authorization: str | None
    """The scheme alone, such as `Bearer`."""
    status: int | None = None
    sent: int = 0
    """Bytes handed to the connection, the head included."""
    fault: str | None = None
    ending: Ending = Ending.OPEN
    seconds: float = 0.0

    def as_json(self) -> dict[str, object]:
        """The entry as the control interface gives it."""
        return {
            "number": self.number,
            "at": self.at.isoformat().replace("+00:00", "Z"),
            "door": self.door,
            "connection": self.connection,
            "method": self.method,
            "target": self.target,
            "route": self.route.value,
            "range": self.byte_range,
            "ifRange": self.if_range,
            "acceptEncoding": self.accept_encoding,
            "userAgent": self.user_agent,
            "authorization": self.authorization,
            "status": self.status,
            "sent": self.sent,
            "fault": self.fault,
            "ending": self.ending.value,
            "seconds": round(self.seconds, 6),
        }


class Journal:
    """The newest entries, and counts of everything since the start or the last `clear`."""

    def __init__(self) -> None:
        self._entries: deque[Entry] = deque(maxlen=KEPT)
        self._numbers = count(1)
        self._connection_numbers = count(1)
        self.connections: Counter[str] = Counter()
        self.requests: Counter[Route] = Counter()

    def connect(self, door: str) -> int:
        """Note a new connection at `door`; its number."""
        self.connections[door] += 1
        return next(self._connection_numbers)

    def open(self, request: Request, target: Target, *, door: str, connection: int) -> Entry:
        """Note a request; the entry is to be filled by who answers it."""
        headers = request.headers
        scheme = headers.get("authorization")
        entry = Entry(
            number=next(self._numbers),
            at=datetime.now(UTC),
            door=door,
            connection=connection,
            method=request.method,
            target=request.target,
            route=target.route,
            byte_range=headers.get("range"),
            if_range=headers.get("if-range"),
            accept_encoding=headers.get("accept-encoding"),
            user_agent=headers.get("user-agent"),
            authorization=scheme.partition(" ")[0] if scheme else None,
        )
        self.requests[target.route] += 1
        self._entries.append(entry)
        return entry

    def since(self, number: int = 0, *, limit: int = 10_000) -> Iterator[Entry]:
        """Entries after `number`, oldest first, at most `limit`."""
        newer = (entry for entry in self._entries if entry.number > number)
        return (entry for entry, _ in zip(newer, range(limit), strict=False))

    def totals(self) -> dict[str, object]:
        """Counts of connections by door and of requests by route."""
        return {
            "connections": dict(self.connections),
            "requests": {route.value: self.requests[route] for route in Route},
        }

    def clear(self) -> None:
        """Forget entries and counts; the numbers go on."""
        self._entries.clear()
        self.connections.clear()
        self.requests.clear()
