"""The three kinds of rows: what is read for each, what it can be ordered by and gathered under; no connection."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from download_client.catalog.schema import index_of
from download_client.catalog.values import (
    Column,
    ConversationRow,
    GroupBy,
    ParticipationRow,
    Presence,
    Proof,
    RecordingRow,
)
from download_client.model import Direction, RecordingMode, moment, moment_if

R = TypeVar("R")

DIRECTIONS = (Direction.INBOUND, Direction.OUTBOUND)
MODES = (RecordingMode.ON_DEMAND, RecordingMode.ALWAYS_ON)
_PRESENCES = tuple(Presence)
_PROOFS = tuple(Proof)
_CHANGING = frozenset({Column.PRESENCE, Column.PROOF})
_RARELY_ALIKE = frozenset({Column.DURATION, Column.SIZE, Column.EXPIRES, Column.DOWNLOADED})
_NEVER = 9e15
"""Seconds: what the service keeps for ever expires after everything else."""


@dataclass(frozen=True, slots=True)
class Kind(Generic[R]):
    """One kind: the columns of `row` it reads, how a row is made of them, and SQL for each order and grouping."""

    name: str
    select: str
    read: Callable[[tuple[Any, ...]], R]
    orders: Mapping[Column, str]
    groups: Mapping[GroupBy, str]
    hides: bool = False
    """Some of its rows are not shown: whether one is, stands in the indexes too."""

    @property
    def indexes(self) -> list[str]:
        """What makes its orders quick; what changes while it is looked at has none, and is sorted each time."""
        hidden = ("presence",) if self.hides else ()
        made = [
            index_of("start", "start DESC", *hidden),
            index_of("under", "under", "start DESC", "size", "duration", *hidden),
        ]
        for column, sql in self.orders.items():
            if column is not Column.START and column not in _CHANGING:
                made.append(index_of(column.value, sql, "start DESC", *hidden))
                if column not in _RARELY_ALIKE:
                    # The newest come first among those that are alike, whichever way the column runs.
                    made.append(index_of(f"{column.value}_down", f"{sql} DESC", "start DESC", *hidden))
        return made


def _conversation(row: tuple[Any, ...]) -> ConversationRow:
    number, ident, start, duration, way, mode, *names, owner, groups, recordings, size, expires, presence = row
    return ConversationRow(
        number,
        ident,
        moment(start),
        duration,
        DIRECTIONS[way],
        MODES[mode],
        names[0],
        names[1],
        names[2],
        names[3],
        owner,
        groups,
        recordings,
        size,
        moment_if(expires),
        _PRESENCES[presence],
    )


def _participation(row: tuple[Any, ...]) -> ParticipationRow:
    number, ident, call, start, duration, way, mode, role, name, phone, extension, other, other_phone, *rest = row
    groups, recordings, size, expires, presence = rest
    return ParticipationRow(
        number,
        ident,
        call,
        moment(start),
        duration,
        DIRECTIONS[way],
        MODES[mode] if mode is not None else None,
        role,
        name,
        phone,
        extension,
        other,
        other_phone,
        groups,
        recordings,
        size,
        moment_if(expires),
        _PRESENCES[presence],
    )


def _recording(row: tuple[Any, ...]) -> RecordingRow:
    number, ident, version, call, start, duration, way, mode, *names = row[:12]
    owner, groups, size, codec, channels, path, sha256, by, downloaded, run, search, expires, proof, checked = row[12:]
    return RecordingRow(
        number,
        ident,
        version,
        call,
        moment(start),
        duration,
        DIRECTIONS[way],
        MODES[mode],
        names[0],
        names[1],
        names[2],
        names[3],
        owner,
        groups,
        size,
        codec,
        channels,
        path,
        sha256,
        by,
        moment(downloaded),
        run,
        search,
        moment_if(expires),
        _PROOFS[proof],
        moment_if(checked),
    )


_COMMON = {
    Column.START: "start",
    Column.DURATION: "duration",
    Column.DIRECTION: "direction",
    Column.MODE: "mode",
    Column.SIZE: "size",
    Column.GROUPS: "groups COLLATE NOCASE",
    Column.EXPIRES: f"ifnull(expires, {_NEVER})",
}
_PARTIES = {Column.CALLING: "first", Column.CALLED: "second", Column.OWNER: "owner COLLATE NOCASE"}

CONVERSATIONS = Kind(
    "conversations",
    "number, conversation_id, start, duration, direction, mode, first_name, first_number, second_name, second_number, "
    "owner, groups, recordings, size, expires, presence",
    _conversation,
    {**_COMMON, **_PARTIES, Column.PRESENCE: "presence"},
    {GroupBy.DAY: "", GroupBy.PARTY: "under"},
)
PARTICIPATIONS = Kind(
    "participations",
    "number, id, conversation_id, start, duration, direction, mode, role, first_name, first_number, extension, "
    "second_name, second_number, groups, recordings, size, expires, presence",
    _participation,
    {**_COMMON, Column.PERSON: "first", Column.OTHER: "second", Column.ROLE: "role", Column.PRESENCE: "presence"},
    {GroupBy.DAY: "", GroupBy.PERSON: "under"},
)
RECORDINGS = Kind(
    "recordings",
    "number, id, version, conversation_id, start, duration, direction, mode, first_name, first_number, second_name, "
    "second_number, owner, groups, size, codec, channels, path, sha256, verified_by, downloaded, run, search, expires, "
    "proof, checked",
    _recording,
    {
        **_COMMON,
        **_PARTIES,
        Column.CODEC: "codec COLLATE NOCASE",
        Column.PROOF: "proof",
        Column.DOWNLOADED: "downloaded",
        Column.SEARCH: "search COLLATE NOCASE",
    },
    {GroupBy.DAY: "", GroupBy.PARTY: "under", GroupBy.SEARCH: "search"},
    hides=True,
)
