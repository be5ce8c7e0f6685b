"""The ledger: one SQLite file, the single truth of what was listed and where each recording is on its way home.

It promises that its numbers add up (listed = the sum of the named states) and that a step is written whole or not at
all. It does not promise to know the archive's files: those explain themselves, and from them it can be made anew.
"""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

from download_client.ledger.adoption import Adopted, Adoption
from download_client.ledger.database import Database, forget_copies, is_older, refuse_newer
from download_client.ledger.groups import GroupRow, Groups
from download_client.ledger.item import Change, Item
from download_client.ledger.listing import Added, Listing, Position
from download_client.ledger.overview import Overview
from download_client.ledger.queue import Queue
from download_client.ledger.runs import Runs
from download_client.ledger.tally import Tally
from download_client.ledger.wishes import Asked, Which, Wish, Wishes

__all__ = [
    "Added",
    "Adopted",
    "Asked",
    "Change",
    "GroupRow",
    "Item",
    "Ledger",
    "Position",
    "Tally",
    "Which",
    "Wish",
    "forget_copies",
    "is_older",
    "refuse_newer",
]


class Ledger:
    """One archive's ledger.

    `listing` adds, `queue` claims and marks, `runs` begins and ends, `adoption` rebuilds, `overview` reads for lists,
    `groups` the recordings of a run, `wishes` writes what people ask of them.
    """

    def __init__(self, database: Database) -> None:
        self.database = database
        self.listing = Listing(database)
        self.queue = Queue(database)
        self.runs = Runs(database)
        self.adoption = Adoption(database)
        self.groups = Groups(database)
        self.wishes = Wishes(database)
        self.overview = Overview(database)

    @classmethod
    def open(cls, path: Path) -> Ledger:
        """For the one puller: see `Database.open` for the errors."""
        return cls(Database.open(path))

    @classmethod
    def read(cls, path: Path) -> Ledger:
        """For everybody else, read-only: see `Database.read` for the errors."""
        return cls(Database.read(path))

    def close(self) -> None:
        """Close the file."""
        self.database.close()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
