"""Puts conversations, participations and recordings into a catalog; applying the same page twice changes nothing.

It decides what a row says, and nothing about how rows are ordered or shown.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from download_client.catalog.kinds import DIRECTIONS, MODES
from download_client.catalog.packing import pack, unpack
from download_client.catalog.store import Store
from download_client.catalog.text import haystack, key
from download_client.catalog.values import Presence, Presences
from download_client.model import (
    Conversation,
    Direction,
    Participant,
    Participation,
    Party,
)

_BETWEEN = ", "
_AMONG = "(SELECT value FROM json_each(?))"
CONVERSATION_COLUMNS = (
    "number, conversation_id, start, duration, direction, mode, first_name, first_number, second_name, second_number, "
    "first, second, under, owner, groups, recordings, size, expires, presence"
)
_PARTICIPATION = f"{CONVERSATION_COLUMNS}, id, role, extension"


class Stand(NamedTuple):
    """What a ledger knows of one conversation: how many of its recordings are archived, and the most urgent other."""

    conversation_id: str
    archived: int
    urgent: Presence | None


class Writer:
    """Writes one catalog. Thread-safe: each method is one transaction."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add_conversations(self, conversations: Sequence[Conversation]) -> int:
        """Rows of conversations, and their whole text; answers how many were new."""
        return self._keep(conversations, rows=True)

    def keep_conversations(self, conversations: Sequence[Conversation]) -> int:
        """Only their whole text, for participations to refer to; answers how many were new."""
        return self._keep(conversations, rows=False)

    def _keep(self, conversations: Sequence[Conversation], *, rows: bool) -> int:
        known = self._numbers([each.id for each in conversations])
        with self._store.transaction() as connection:
            last = last_number(connection, "conversation")
            new = 0
            for conversation in conversations:
                if conversation.id not in known:
                    new += 1
                    known[conversation.id] = last + new
            connection.executemany(
                "INSERT OR REPLACE INTO conversation VALUES (?, ?, ?)",
                [(known[each.id], each.id, pack(each)) for each in conversations],
            )
            if rows:
                put(
                    connection, CONVERSATION_COLUMNS, [conversation_row(each, known[each.id]) for each in conversations]
                )
                put_words(connection, [(known[each.id], said(each)) for each in conversations])
        return new

    def add_participations(self, participations: Sequence[Participation]) -> int:
        """Rows of participations, each beside what is known of its conversation; answers how many were new."""
        conversations = {each.id: each for each in self.conversations({it.conversation_id for it in participations})}
        with self._store.transaction() as connection:
            known = _among(connection, "SELECT id, number FROM row WHERE id IN", [each.id for each in participations])
            last = last_number(connection, "row")
            new = 0
            for each in participations:
                if each.id not in known:
                    new += 1
                    known[each.id] = last + new
            told = [(each, known[each.id], conversations.get(each.conversation_id)) for each in participations]
            put(connection, _PARTICIPATION, [_participation(*each) for each in told])
            put_words(
                connection,
                [
                    (
                        number,
                        haystack((each.name, each.extension), (each.phone_number,))
                        + "\n"
                        + (said(call) if call is not None else each.conversation_id.lower()),
                    )
                    for each, number, call in told
                ],
            )
        return new

    def conversations(self, ids: Iterable[str]) -> list[Conversation]:
        """The whole text of those of these conversations that are kept."""
        rows = self._store.among(f"SELECT body FROM conversation WHERE id IN {_AMONG}", list(ids))
        return [unpack(row[0]) for row in rows]

    def stand(self, stands: Iterable[Stand], *, only: Sequence[str] | None = None) -> int:
        """How conversations stand with the archive now, the others not at all; answers how many rows changed.

        `only`: nothing is said of any conversation but these.
        """
        with self._store.transaction() as connection:
            connection.execute(
                "CREATE TEMP TABLE IF NOT EXISTS stand "
                "(id TEXT PRIMARY KEY, archived INTEGER, urgent INTEGER) WITHOUT ROWID"
            )
            connection.execute("DELETE FROM stand")
            connection.executemany(
                "INSERT OR REPLACE INTO stand VALUES (?, ?, ?)",
                ((each.conversation_id, each.archived, each.urgent.value if each.urgent else None) for each in stands),
            )
            about = "" if only is None else f" AND row.conversation_id IN {_AMONG}"
            parameters = () if only is None else (json.dumps(list(only)),)
            return connection.execute(
                f"UPDATE row SET presence = told.now FROM (SELECT row.number AS it, {_PRESENCE} AS now FROM row "
                f"LEFT JOIN stand ON stand.id = row.conversation_id WHERE true{about}) AS told "
                "WHERE row.number = told.it AND row.presence <> told.now",
                parameters,
            ).rowcount

    def presences(self) -> Presences:
        """How many rows are how present, and their bytes."""
        rows = self._store.query("SELECT presence, count(*), total(size) FROM row GROUP BY presence")
        return Presences(
            {Presence(presence): count for presence, count, _ in rows},
            {Presence(presence): int(size) for presence, _, size in rows},
        )

    def bytes(self) -> int:
        """Of all rows."""
        return int(self._store.query("SELECT total(size) FROM row")[0][0])

    def conversation_ids(self) -> list[str]:
        """All of them, each once."""
        return [row[0] for row in self._store.query("SELECT DISTINCT conversation_id FROM row")]

    def _numbers(self, ids: list[str]) -> dict[str, int]:
        return dict(self._store.among(f"SELECT id, number FROM conversation WHERE id IN {_AMONG}", ids))


_PRESENCE = (
    f"CASE WHEN row.recordings = 0 THEN {Presence.SILENT.value} "
    "WHEN stand.urgent IS NOT NULL THEN stand.urgent "
    f"WHEN stand.archived >= row.recordings THEN {Presence.ARCHIVED.value} "
    f"WHEN stand.archived > 0 THEN {Presence.PARTLY.value} "
    f"ELSE {Presence.NOT_YET.value} END"
)


def _among(connection: sqlite3.Connection, sql: str, ids: list[str]) -> dict[str, int]:
    return dict(connection.execute(f"{sql} {_AMONG}", (json.dumps(ids),)).fetchall())


def last_number(connection: sqlite3.Connection, table: str) -> int:
    """The highest number so far."""
    return int(connection.execute(f"SELECT ifnull(max(number), 0) FROM {table}").fetchone()[0])


def put(connection: sqlite3.Connection, columns: str, rows: list[tuple[object, ...]]) -> None:
    """Write rows of these columns, in place of those of the same number."""
    places = ", ".join("?" * (columns.count(",") + 1))
    connection.executemany(f"INSERT OR REPLACE INTO row ({columns}) VALUES ({places})", rows)


def put_words(connection: sqlite3.Connection, rows: list[tuple[int, str]]) -> None:
    """What each row is found by."""
    connection.executemany("INSERT OR REPLACE INTO words VALUES (?, ?)", rows)


def said(it: Conversation) -> str:
    """What is found when searched for."""
    people: tuple[Party | Participant, ...] = (it.calling_party, it.called_party, *it.participants)
    texts = [who.name for who in people]
    texts += [it.owner_name, it.owner_email, it.owner_extension, *it.groups, it.id]
    return haystack(dict.fromkeys(texts), dict.fromkeys([who.phone_number for who in people]))


def _outside(it: Conversation) -> Party:
    return it.calling_party if it.direction is Direction.INBOUND else it.called_party


def _parties(one: Party, other: Party) -> tuple[str, str, str, str, str, str]:
    return (
        one.name,
        one.phone_number,
        other.name,
        other.phone_number,
        key(one.name, one.phone_number),
        key(other.name, other.phone_number),
    )


def call_facts(it: Conversation) -> tuple[str, str, int, int, float | None, int]:
    """Owner, groups, number of recordings, their bytes, when they expire, and how it stands as long as nobody knows."""
    return (
        it.owner_name,
        _BETWEEN.join(it.groups),
        len(it.recordings),
        sum(each.size_bytes or 0 for each in it.recordings),
        it.expires_at.timestamp() if it.expires_at is not None else None,
        (Presence.NOT_YET if it.recordings else Presence.SILENT).value,
    )


def conversation_row(it: Conversation, number: int) -> tuple[object, ...]:
    """The values of `CONVERSATION_COLUMNS`."""
    outside = _outside(it)
    return (
        number,
        it.id,
        it.start_time.timestamp(),
        it.duration_seconds,
        DIRECTIONS.index(it.direction),
        MODES.index(it.mode),
        *_parties(it.calling_party, it.called_party),
        key(outside.name, outside.phone_number),
        *call_facts(it),
    )


def _participation(it: Participation, number: int, call: Conversation | None) -> tuple[object, ...]:
    person = Party(it.name, it.phone_number)
    return (
        number,
        it.conversation_id,
        it.joined_at.timestamp(),
        it.duration_seconds,
        DIRECTIONS.index(it.direction),
        MODES.index(call.mode) if call is not None else None,
        *_parties(person, _across(it, call)),
        f"{key(it.name, it.phone_number)}\n{it.user_id or it.phone_number}",
        *(call_facts(call) if call is not None else ("", "", 0, 0, None, Presence.SILENT.value)),
        it.id,
        it.role,
        it.extension,
    )


def _across(it: Participation, call: Conversation | None) -> Party:
    """The party that this person is not."""
    if call is None:
        return Party()
    calling, called = call.calling_party, call.called_party
    for one, other in ((calling, called), (called, calling)):
        if it.user_id and it.user_id == one.user_id:
            return other
    for one, other in ((calling, called), (called, calling)):
        if it.phone_number and it.phone_number == one.phone_number:
            return other
    return _outside(call)
