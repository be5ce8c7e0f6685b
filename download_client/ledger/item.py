"""One recording version as the ledger knows it, and the steps that are written to it; no SQL outside the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from download_client.model import State

COLUMNS = (
    "i.id, i.recording_id, i.version, i.conversation_id, i.state, i.priority, i.size, i.sha256, i.etag, i.path, "
    "i.offset, i.prefix_sha256, i.part_etag, i.attempts, i.mismatches, i.again_at, i.code, i.detail, i.done_size, "
    "i.done_sha256, i.done_etag, i.verified_by, i.wav, i.archived_at, i.expires_at"
)


class Item(NamedTuple):
    """One recording version. `size`, `sha256`, `etag`: the service's word; `done_*`: proved; times in seconds (UTC).

    `wav` is what its header said, as JSON of `wav.WavInfo`; empty until proved. A tuple, because a row of so many
    columns is one already: it is read several times for each recording.
    """

    id: int
    recording_id: str
    version: int
    conversation_id: str
    state: State
    priority: int
    size: int | None
    sha256: str
    etag: str
    path: str
    offset: int
    prefix_sha256: str
    part_etag: str
    attempts: int
    mismatches: int
    again_at: float | None
    code: str
    detail: str
    done_size: int | None
    done_sha256: str
    done_etag: str
    verified_by: str
    wav: str
    archived_at: float | None
    expires_at: float | None

    @classmethod
    def of(cls, row: tuple[Any, ...]) -> Item:
        """Read a row of `COLUMNS`."""
        return cls(row[0], row[1], row[2], row[3], State(row[4]), *row[5:])


@dataclass(frozen=True, slots=True)
class Change:
    """A step of one item to `state`. The first fields are always written; of the rest one that is None keeps its value.

    `again_at` is when it may be tried again (seconds, UTC); None: not before somebody asks.
    """

    item_id: int
    state: State
    code: str = ""
    detail: str = ""
    again_at: float | None = None
    path: str | None = None
    offset: int | None = None
    prefix_sha256: str | None = None
    part_etag: str | None = None
    attempts: int | None = None
    mismatches: int | None = None
    done_size: int | None = None
    done_sha256: str | None = None
    done_etag: str | None = None
    verified_by: str | None = None
    wav: str | None = None
    archived_at: float | None = None
