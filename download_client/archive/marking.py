"""A mark: a note at a position of an archived recording; a value, no I/O."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Mark:
    """`at` and `length` are seconds of the recording's own voice; length 0 is a point. Times are aware UTC.

    `version` is the number of the recording's version that was heard. `by` is who made it, for people; `note` is text
    of a person, to be shown as plain text.
    """

    id: str
    recording_id: str
    conversation_id: str
    version: int
    at: float
    length: float
    note: str
    by: str
    made_at: datetime
    changed_at: datetime
