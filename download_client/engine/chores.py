"""What housekeeping would erase, or has erased: a value, no work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from download_client.archive import Refused
from download_client.errors import MirError


@dataclass(frozen=True, slots=True)
class Chores:
    """What is old enough, or was erased: recordings, all their versions counted once, and their bytes.

    `left_over` of an erasure that was broken off are to be finished, or were. `refused` were not erased, each with its
    reason. `done` False: only looked at. `error` broke it off; the next one goes on.
    """

    days: int
    before: datetime
    recordings: int
    bytes: int
    oldest: datetime | None
    left_over: int
    refused: tuple[Refused, ...] = ()
    done: bool = False
    error: MirError | None = None
