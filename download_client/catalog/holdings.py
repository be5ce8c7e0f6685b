"""The recordings of one archive in a catalog, and what checks found of them; it reads and judges no file.

Applying the same recordings twice changes nothing.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from download_client.catalog.kinds import RECORDINGS
from download_client.catalog.store import Store
from download_client.catalog.text import fold
from download_client.catalog.values import Presence, Proof, RecordingRow
from download_client.catalog.writing import (
    CONVERSATION_COLUMNS,
    Writer,
    call_facts,
    conversation_row,
    last_number,
    put,
    put_words,
    said,
)
from download_client.model import Conversation, Recording

_AMONG = "(SELECT value FROM json_each(?))"
_RECORDING = (
    f"{CONVERSATION_COLUMNS}, id, version, codec, channels, path, sha256, verified_by, downloaded, run, search, "
    "access, proof, checked"
)

_PERSONAL = (
    *("first_name", "first_number", "second_name", "second_number", "first", "second", "under", "owner", "groups"),
    *("path", "search"),
)
SHOWN = f"presence <> {Presence.ERASED.value}"
"""What went from the archive is hidden, not removed: a view that knows of it may still be open."""
_BROKEN = f"proof IN ({Proof.DAMAGED.value}, {Proof.MISSING.value})"


@dataclass(frozen=True, slots=True)
class Kept:
    """One recording of the archive, as the ledger tells it. `downloaded` in seconds (UTC), the others as in a row."""

    conversation: Conversation
    recording: Recording
    version: int
    size: int
    codec: str
    channels: int
    path: str
    sha256: str
    verified_by: str
    downloaded: float
    run: int
    search: str
    access: str


class Found(NamedTuple):
    """What a check found wrong: a kind, a path below the archive's root, perhaps whose it is, what was seen."""

    kind: str
    path: str
    recording_id: str
    detail: str


class Holdings:
    """Rows of archived recordings. Thread-safe: each method is one transaction."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._writer = Writer(store)

    def add(self, recordings: Sequence[Kept]) -> None:
        """Rows of archived recordings, and the text of their conversations.

        What a check found of a recording stays, unless it was downloaded since.
        """
        self._writer.keep_conversations([each.conversation for each in recordings])
        with self._store.transaction() as connection:
            known = {
                (ident, version): (number, proof, checked)
                for number, ident, version, proof, checked in connection.execute(
                    f"SELECT number, id, version, proof, checked FROM row WHERE id IN {_AMONG}",
                    (json.dumps([each.recording.id for each in recordings]),),
                )
            }
            last = last_number(connection, "row")
            rows, words = [], []
            for each in recordings:
                which = (each.recording.id, each.version)
                if which not in known:
                    last += 1
                    known[which] = (last, Proof.UNCHECKED.value, None)
                number, proof, checked = known[which]
                if checked is None or checked < each.downloaded:
                    proof, checked = Proof.UNCHECKED.value, None
                rows.append(_recording(each, number, proof, checked))
                words.append(
                    (number, "\n".join((said(each.conversation), fold(each.search), each.recording.id.lower())))
                )
            put(connection, _RECORDING, rows)
            put_words(connection, words)

    def reconcile(self, held: Iterable[tuple[str, int]]) -> bool:
        """Hold the rows of recordings against everything that is archived (id and version); True: rows are lacking.

        What is archived no longer is hidden, and nothing of a person stays of it, but for what was found damaged: it
        stays until its repair is here.
        """
        with self._store.transaction() as connection:
            connection.execute(
                "CREATE TEMP TABLE IF NOT EXISTS held (id TEXT, version INTEGER, PRIMARY KEY (id, version))"
            )
            connection.execute("DELETE FROM held")
            connection.executemany("INSERT OR IGNORE INTO held VALUES (?, ?)", held)
            gone = "NOT EXISTS (SELECT 1 FROM held WHERE held.id = row.id AND held.version = row.version)"
            connection.execute(
                f"UPDATE row SET presence = CASE WHEN {_BROKEN} "
                f"THEN {Presence.NOT_YET.value} ELSE {Presence.ERASED.value} END "
                f"WHERE presence = {Presence.ARCHIVED.value} AND {gone}"
            )
            _forget_people(connection)
            lacking = connection.execute(
                "SELECT 1 FROM held LEFT JOIN row USING (id, version) WHERE row.number IS NULL "
                f"OR row.presence <> {Presence.ARCHIVED.value} LIMIT 1"
            ).fetchone()
        return lacking is not None

    def prove(self, found: Sequence[tuple[str, int, Proof, float]]) -> None:
        """What a check found: recording, version, proof, when (seconds, UTC)."""
        with self._store.transaction() as connection:
            connection.executemany(
                "UPDATE row SET proof = ?, checked = ? WHERE id = ? AND version = ?",
                [(proof.value, when, ident, version) for ident, version, proof, when in found],
            )

    def totals(self) -> tuple[int, int]:
        """How many are shown, and their bytes."""
        rows = self._store.query(f"SELECT count(*), total(size) FROM row WHERE {SHOWN}")
        return rows[0][0], int(rows[0][1])

    def held(self) -> int:
        """How many are archived, as far as these rows know."""
        rows = self._store.query("SELECT count(*) FROM row WHERE presence = ?", (Presence.ARCHIVED.value,))
        return int(rows[0][0])

    def row(self, number: int) -> RecordingRow | None:
        """One row; None: there is none of that number."""
        found = self._store.query(f"SELECT {RECORDINGS.select} FROM row WHERE number = ?", (number,))
        return RECORDINGS.read(found[0]) if found else None

    def rows(self, ids: Sequence[str], *, conversations: bool) -> list[RecordingRow]:
        """What is shown of these conversations, or recordings (every version), by start."""
        column = "conversation_id" if conversations else "id"
        rows = self._store.query(
            f"SELECT {RECORDINGS.select} FROM row WHERE {column} IN {_AMONG} AND {SHOWN} ORDER BY start, number",
            (json.dumps(list(ids)),),
        )
        return [RECORDINGS.read(row) for row in rows]

    def conversations(self, ids: Iterable[str]) -> dict[str, Conversation]:
        """The whole text of these conversations."""
        return {each.id: each for each in self._writer.conversations(ids)}

    def access(self) -> dict[int, str]:
        """The access level of each run that brought something."""
        return {run: access or "" for run, access in self._store.query("SELECT DISTINCT run, access FROM row")}

    def broken(self) -> tuple[str, ...]:
        """The ids of the recordings that are damaged or missing, the newest first."""
        rows = self._store.query(f"SELECT id FROM row WHERE {_BROKEN} AND {SHOWN} GROUP BY id ORDER BY max(start) DESC")
        return tuple(row[0] for row in rows)

    def findings(self) -> list[Found]:
        """What checks found wrong and no later one found whole."""
        return [
            Found(*row)
            for row in self._store.query("SELECT kind, path, recording_id, detail FROM finding ORDER BY number")
        ]

    def remember(self, damage: Sequence[Found], *, instead_of: Sequence[str] | None) -> None:
        """Keep findings in place of older ones of these recordings; None: of all older ones."""
        with self._store.transaction() as connection:
            if instead_of is None:
                connection.execute("DELETE FROM finding")
            else:
                connection.executemany(
                    "DELETE FROM finding WHERE recording_id = ? AND recording_id <> ''",
                    [(each,) for each in instead_of],
                )
            connection.executemany(
                "INSERT INTO finding (kind, path, recording_id, detail) VALUES (?, ?, ?, ?)",
                [tuple(each) for each in damage],
            )


def _forget_people(connection: sqlite3.Connection) -> None:
    """What is hidden keeps its place in a list, and its ids."""
    hidden = f"presence = {Presence.ERASED.value}"
    blank = ", ".join(f"{name} = ''" for name in _PERSONAL)
    connection.execute(f"UPDATE row SET {blank} WHERE {hidden} AND path <> ''")
    connection.execute(f"DELETE FROM words WHERE number IN (SELECT number FROM row WHERE {hidden})")
    connection.execute(
        f"DELETE FROM conversation WHERE id IN (SELECT conversation_id FROM row WHERE {hidden}) AND NOT EXISTS "
        f"(SELECT 1 FROM row WHERE row.conversation_id = conversation.id AND row.{SHOWN})"
    )


def _recording(it: Kept, number: int, proof: int, checked: float | None) -> tuple[object, ...]:
    call = conversation_row(it.conversation, number)
    owner, groups, _, _, expires, _ = call_facts(it.conversation)
    return (
        *call[:2],
        it.recording.start_time.timestamp(),
        it.recording.duration_seconds,
        *call[4:13],
        owner,
        groups,
        1,
        it.size,
        expires,
        Presence.ARCHIVED.value,
        it.recording.id,
        it.version,
        it.codec,
        it.channels,
        it.path,
        it.sha256,
        it.verified_by,
        it.downloaded,
        it.run,
        it.search,
        it.access,
        proof,
        checked,
    )
