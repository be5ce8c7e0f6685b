"""Pages of conversations, changes and participations, read into `model` values; whether they agree is `listing`'s.

A page is read in one go (500 conversations in about 7 ms). Only when that fails is it read row by row, and the rows
that break the contract are refused alone (fault 57): counted and told, never silently left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

import msgspec

from download_client.api.wire.base import Count, Id, Moment, OpaqueToken, Wire, read, reason_of
from download_client.api.wire.calls import WireConversation, WireParticipation
from download_client.errors import ProtocolBroken
from download_client.model import Conversation, Participation

_MOST_COMMAS = 250_000
"""A broken page with more of them is refused whole: its rows one by one would cost more memory than they are worth."""


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that breaks the contract. `id` is empty where not even that could be read; `reason` repeats no value."""

    id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a search; `next_token` is empty on the last.

    `total_count` (rows) and `total_bytes` (of available recordings) are over all pages, where the service says them.
    """

    conversations: tuple[Conversation, ...]
    next_token: str
    total_count: int | None
    total_bytes: int | None
    as_of: datetime | None
    refused: tuple[RefusedRow, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangePage:
    """What became available or changed, oldest first. `next_cursor` is to be kept once the page is stored."""

    conversations: tuple[Conversation, ...]
    next_cursor: str
    has_more: bool
    as_of: datetime | None
    refused: tuple[RefusedRow, ...] = ()


@dataclass(frozen=True, slots=True)
class ParticipationPage:
    """One page of the Participant View; `total_count` counts its rows over all pages."""

    rows: tuple[Participation, ...]
    next_token: str
    total_count: int | None
    as_of: datetime | None
    refused: tuple[RefusedRow, ...] = ()


class _Head(Wire):
    as_of: Moment
    next_page_token: OpaqueToken = ""
    total_count: Count | None = None
    total_bytes: Count | None = None


class _ChangeHead(Wire):
    next_cursor: OpaqueToken
    has_more: bool
    as_of: Moment


class _ConversationPage(_Head, kw_only=True):
    items: tuple[WireConversation, ...]


class _ParticipationPage(_Head, kw_only=True):
    items: tuple[WireParticipation, ...]


class _ChangePage(_ChangeHead):
    items: tuple[WireConversation, ...]


class _RawItems(Wire):
    items: list[msgspec.Raw]


class _OnlyId(Wire):
    id: Id = ""
    participation_id: Id = ""


_conversation_page = msgspec.json.Decoder(_ConversationPage)
_participation_page = msgspec.json.Decoder(_ParticipationPage)
_change_page = msgspec.json.Decoder(_ChangePage)
_head = msgspec.json.Decoder(_Head)
_change_head = msgspec.json.Decoder(_ChangeHead)
_raw_items = msgspec.json.Decoder(_RawItems)
_conversation = msgspec.json.Decoder(WireConversation)
_participation = msgspec.json.Decoder(WireParticipation)
_only_id = msgspec.json.Decoder(_OnlyId)

_ESCAPE = re.compile(
    rb"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[dD][89a-fA-F][0-9a-fA-F]{2}|\\.", re.DOTALL
)
"""A whole surrogate pair, half of one, or the beginning of any other escape."""
_HALF = len(rb"\ud800")

_UNREADABLE = (msgspec.DecodeError, RecursionError, UnicodeDecodeError)
_NOT_UTC = "a time is not in UTC"

Row = TypeVar("Row", WireConversation, WireParticipation)


def read_page(body: bytes) -> Page:
    """A page of `GET /conversations`.

    Raises:
        ProtocolBroken: it cannot be read as a page; broken rows alone are in `refused`.

    """
    head: _Head
    try:
        head = page = _conversation_page.decode(body)
        rows, refused = _in_utc(page.items)
    except _UNREADABLE:
        body = _mended(body)
        head = read(_head, body, what="conversations")
        rows, refused = _row_by_row(_conversation, body, what="conversations")
    return Page(
        _conversations(rows), head.next_page_token, head.total_count, head.total_bytes, head.as_of, tuple(refused)
    )


def read_change_page(body: bytes) -> ChangePage:
    """A page of `GET /changes`; raises as `read_page`."""
    head: _ChangeHead
    try:
        head = page = _change_page.decode(body)
        rows, refused = _in_utc(page.items)
    except _UNREADABLE:
        body = _mended(body)
        head = read(_change_head, body, what="changes")
        rows, refused = _row_by_row(_conversation, body, what="changes")
    return ChangePage(_conversations(rows), head.next_cursor, head.has_more, head.as_of, tuple(refused))


def read_participation_page(body: bytes) -> ParticipationPage:
    """A page of `GET /participants`; raises as `read_page`."""
    head: _Head
    try:
        head = page = _participation_page.decode(body)
        rows, refused = _in_utc(page.items)
    except _UNREADABLE:
        body = _mended(body)
        head = read(_head, body, what="participants")
        rows, refused = _row_by_row(_participation, body, what="participants")
    values = msgspec.convert(tuple(rows), tuple[Participation, ...], from_attributes=True)
    return ParticipationPage(values, head.next_page_token, head.total_count, head.as_of, tuple(refused))


def read_conversation(body: bytes) -> Conversation:
    """The answer of `GET /conversations/{id}`.

    Raises:
        ProtocolBroken: it breaks the contract.

    """
    rows, refused = _in_utc([read(_conversation, body, what="conversation")])
    if refused:
        raise ProtocolBroken(refused[0].reason, subject="conversation")
    return _conversations(rows)[0]


def _mended(body: bytes) -> bytes:
    """The page with U+FFFD for half a character: text cut in the middle of an emoji, which no file could hold."""
    return _ESCAPE.sub(lambda found: rb"\ufffd" if len(found[0]) == _HALF else found[0], body)


def _conversations(rows: Iterable[WireConversation]) -> tuple[Conversation, ...]:
    return msgspec.convert(tuple(rows), tuple[Conversation, ...], from_attributes=True)


def _in_utc(rows: Sequence[Row]) -> tuple[Sequence[Row], list[RefusedRow]]:
    """The rows whose times are all UTC, and the others; almost always: all of them."""
    refused = [
        RefusedRow(row.id, _NOT_UTC)
        for row in rows
        for moment in row.moments()
        if moment is not None and moment.tzinfo is not UTC
    ]
    if not refused:
        return rows, refused
    ids = {each.id for each in refused}
    return [row for row in rows if row.id not in ids], [RefusedRow(each, _NOT_UTC) for each in sorted(ids)]


def _row_by_row(
    decoder: msgspec.json.Decoder[Row], body: bytes, *, what: str
) -> tuple[Sequence[Row], list[RefusedRow]]:
    if body.count(b",") > _MOST_COMMAS:
        raise ProtocolBroken("it is too large to be looked at row by row", subject=what)
    rows: list[Row] = []
    refused: list[RefusedRow] = []
    for raw in read(_raw_items, body, what=what).items:
        try:
            rows.append(decoder.decode(raw))
        except _UNREADABLE as error:
            refused.append(RefusedRow(_id_of(raw), reason_of(error)))
    kept, others = _in_utc(rows)
    return kept, refused + others


def _id_of(raw: msgspec.Raw) -> str:
    try:
        ids = _only_id.decode(raw)
    except _UNREADABLE:
        return ""
    return ids.participation_id or ids.id
