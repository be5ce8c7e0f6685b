"""Whether the pages of one listing agree with each other (fault 24); it fetches none and keeps none of their rows.

A listing is stable for the life of its token. One that repeats a page or an id, loops its token, leaves its order or
its window, or ends before its own count is not complete, whatever it says: the caller's watermark does not move.
Memory stays bounded: a number for each id and token, and no more than `_MOST_REMEMBERED` of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from download_client.errors import ListingBroken
from download_client.model import Window

_MOST_REMEMBERED = 50_000
"""About 4 MB. An id that comes again after so many others is found by the order, or by the ledger, whose key it is."""
_MOST_EMPTY = 3


class Seen:
    """Remembers what came before; forgets all at once when it is full."""

    def __init__(self) -> None:
        self._numbers: set[int] = set()

    def add(self, text: str) -> bool:
        """True: it is new."""
        number = hash(text)
        if number in self._numbers:
            return False
        if len(self._numbers) >= _MOST_REMEMBERED:
            self._numbers.clear()
        self._numbers.add(number)
        return True


class Tokens:
    """The chain of page tokens or cursors: no link comes twice, and not too many lead nowhere."""

    def __init__(self, first: str) -> None:
        self._seen = Seen()
        self._empty = 0
        if first:
            self._seen.add(first)

    def follow(self, token: str, *, rows: int) -> None:
        """The next link, after a page with so many rows.

        Raises:
            ListingBroken: it came before, or page after page is empty.

        """
        if not self._seen.add(token):
            raise ListingBroken("it goes round in a circle")
        self._empty = 0 if rows else self._empty + 1
        if self._empty > _MOST_EMPTY:
            raise ListingBroken("page after page is empty")


class Listing:
    """One listing from its first page, or from a later one (`from_start` false), to its last."""

    def __init__(self, window: Window, *, from_start: bool) -> None:
        self._window = window
        self._from_start = from_start
        self._ids = Seen()
        self._rows = 0
        self._total: int | None = None
        self._latest: datetime | None = None

    def add(self, ids: Iterable[tuple[str, datetime]], *, refused: int, total: int | None, last: bool) -> None:
        """One page: id and start time of each row, how many were refused, the count of the service.

        Raises:
            ListingBroken: it does not agree with itself or with what came before.

        """
        for identifier, start in ids:
            self._rows += 1
            if not self._ids.add(identifier):
                raise ListingBroken("it names the same id twice", subject=identifier)
            if not self._window.start <= start < self._window.end:
                raise ListingBroken("a row lies outside the window asked for", subject=identifier)
            if self._latest is not None and start < self._latest:
                raise ListingBroken("it is not in the order asked for", subject=identifier)
            self._latest = start
        self._rows += refused
        self._count(total, last=last)

    def _count(self, total: int | None, *, last: bool) -> None:
        if total is not None:
            if self._total is not None and total != self._total:
                raise ListingBroken(f"its count changed from {self._total} to {total}")
            self._total = total
        if self._total is None:
            return
        if self._rows > self._total:
            raise ListingBroken(f"it goes on after the {self._total} rows it counts")
        if last and self._from_start and self._rows < self._total:
            raise ListingBroken(f"it was cut off after {self._rows} of {self._total} rows")
