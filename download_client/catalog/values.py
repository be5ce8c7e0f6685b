"""What a catalog shows and how it is asked, as frozen values; no I/O and no SQL.

Times are aware UTC, sizes bytes, durations seconds. Text is the service's own and stays as it came.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, StrEnum
from typing import NamedTuple

from download_client.model import Direction, RecordingMode


class Presence(Enum):
    """How a conversation stands with the archive; the number is its order in a column.

    Of several recordings the most urgent one speaks, and `ARCHIVED` needs all of them.
    """

    FAILED = 0
    """Went wrong; may come at the next try."""
    REFUSED = 1
    """The service does not give it, or gives something that cannot be kept."""
    WAITING = 2
    """The service says: later."""
    DOWNLOADING = 3
    QUEUED = 4
    NOT_YET = 5
    PARTLY = 6
    """Some of its recordings are in the archive, nothing is on its way for the others."""
    ARCHIVED = 7
    ERASED = 8
    """Erased here by law or retention; never fetched again."""
    SILENT = 9
    """It has no voice recording: there is nothing to archive."""


class Proof(Enum):
    """What the last check of an archived recording found; the number is its order in a column."""

    DAMAGED = 0
    MISSING = 1
    """The file is not where it was placed."""
    UNCHECKED = 2
    """Proved when it was placed, not read again since."""
    WHOLE = 3
    """Read again whole, byte for byte what was placed."""


class Column(StrEnum):
    """What a listing can be ordered by; each kind of row knows some of them (`Listing.columns`)."""

    START = "start"
    CALLING = "calling"
    CALLED = "called"
    DURATION = "duration"
    DIRECTION = "direction"
    MODE = "mode"
    SIZE = "size"
    OWNER = "owner"
    GROUPS = "groups"
    EXPIRES = "expires"
    PRESENCE = "presence"
    PERSON = "person"
    OTHER = "other"
    ROLE = "role"
    CODEC = "codec"
    PROOF = "proof"
    DOWNLOADED = "downloaded"
    SEARCH = "search"


class GroupBy(StrEnum):
    """What rows can be gathered under; each kind of row knows some of them (`Listing.groupings`)."""

    DAY = "day"
    PARTY = "party"
    """The party outside the account: name, else number."""
    PERSON = "person"
    SEARCH = "search"
    """The saved search that brought it."""


@dataclass(frozen=True, slots=True)
class Order:
    """By one column; rows that are alike in it follow by start, newest first."""

    column: Column = Column.START
    descending: bool = True


@dataclass(frozen=True, slots=True)
class Filter:
    """Which rows; what is empty or None asks nothing. `text`: every word of it, in names, numbers, ids, without case.

    `since` inclusive and `until` exclusive are times of the start; `expires_before` means those that the service
    deletes before then.
    """

    text: str = ""
    direction: Direction | None = None
    mode: RecordingMode | None = None
    presences: frozenset[Presence] = frozenset()
    proofs: frozenset[Proof] = frozenset()
    since: datetime | None = None
    until: datetime | None = None
    expires_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class ConversationRow:
    """One conversation in a table. `number` is its place in the catalog's file, for selections; `size` of its files."""

    number: int
    conversation_id: str
    start: datetime
    duration: float
    direction: Direction
    mode: RecordingMode
    calling_name: str
    calling_number: str
    called_name: str
    called_number: str
    owner: str
    groups: str
    recordings: int
    size: int
    expires_at: datetime | None
    presence: Presence


@dataclass(frozen=True, slots=True)
class ParticipationRow:
    """One person's part in one conversation. The `other` party is the one across from them; empty if it is not known.

    `start` is when they joined, `duration` how long they stayed, `size` that of the conversation's files. `mode` is
    None where the conversation itself was not listed.
    """

    number: int
    participation_id: str
    conversation_id: str
    start: datetime
    duration: float
    direction: Direction
    mode: RecordingMode | None
    role: str
    name: str
    phone_number: str
    extension: str
    other_name: str
    other_number: str
    groups: str
    recordings: int
    size: int
    expires_at: datetime | None
    presence: Presence


@dataclass(frozen=True, slots=True)
class RecordingRow:
    """One recording in the archive. `path` is below the archive's root; `codec` as its header says.

    `verified_by` are the words of the column Verified By; `checked_at` is when `proof` was found, None: never since.
    `search` is the name of the saved search that brought it; empty: it was none.
    """

    number: int
    recording_id: str
    version: int
    conversation_id: str
    start: datetime
    duration: float
    direction: Direction
    mode: RecordingMode
    calling_name: str
    calling_number: str
    called_name: str
    called_number: str
    owner: str
    groups: str
    size: int
    codec: str
    channels: int
    path: str
    sha256: str
    verified_by: str
    downloaded_at: datetime
    run_id: int
    search: str
    expires_at: datetime | None
    proof: Proof
    checked_at: datetime | None


class Span(NamedTuple):
    """Rows `start` to `stop` (exclusive) of a view: selections are spans, however large."""

    start: int
    stop: int


Spans = Sequence[Span]


@dataclass(frozen=True, slots=True)
class Sums:
    """How many rows, and their recordings, bytes and seconds; `here` of them are in the archive already.

    Of participations, several may be of one conversation, whose files count each time.
    """

    rows: int = 0
    recordings: int = 0
    bytes: int = 0
    seconds: float = 0.0
    here: int = 0
    bytes_here: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of a view that belong together: from position `first`, `count` of them.

    `title` is what they share (a day as YYYY-MM-DD in the view's zone, a name or number, a search's name), `detail` a
    second word on it (the number of a person or party).
    """

    index: int
    title: str
    detail: str
    first: int
    count: int
    bytes: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Filled:
    """How far a listing is. `total` rows are to come in all, None where nobody knows. `bytes` when it is complete.

    `complete`: everything that was asked for is there. `as_of`: when the service says it was so. `refused` rows broke
    the contract and are left out.
    """

    rows: int = 0
    bytes: int = 0
    total: int | None = None
    complete: bool = False
    as_of: datetime | None = None
    refused: int = 0


@dataclass(frozen=True, slots=True)
class Presences:
    """How many conversations of a listing stand how with the archive, and their bytes."""

    counts: dict[Presence, int] = field(default_factory=dict)
    sizes: dict[Presence, int] = field(default_factory=dict)

    @property
    def missing(self) -> int:
        """Conversations that are not in the archive, though they have something to archive."""
        done = (Presence.ARCHIVED, Presence.ERASED, Presence.SILENT)
        return sum(count for presence, count in self.counts.items() if presence not in done)
