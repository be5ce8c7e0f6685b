"""Takes over what the archive says it holds: the ledger made anew, or brought up to date after a kill or a loss."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from download_client.ledger.database import Database
from download_client.model import Conversation, State, encode_conversation

_BLOCK = 500


@dataclass(frozen=True, slots=True)
class Adopted:
    """One finished recording as the archive tells it."""

    conversation: Conversation
    recording_id: str
    version: int
    path: str
    size: int
    sha256: str
    etag: str
    verified_by: str
    wav: str
    archived_at: float


class Adoption:
    """Writes the archive's own account into the ledger; what it already knows stays as it is."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def awaits_placing(self, recording_id: str, version: int) -> bool:
        """Whether it is whole and proved and will be placed, or adopted, by the next run."""
        return bool(
            self._database.query(
                "SELECT 1 FROM item WHERE recording_id = ? AND version = ? AND state = 'fetched'",
                (recording_id, version),
            )
        )

    def adopt(self, entries: Iterable[Adopted]) -> int:
        """Add or correct the items of `entries`; answer how many rows changed. Applying it twice changes nothing."""
        iterator = iter(entries)
        changed = 0
        while block := list(islice(iterator, _BLOCK)):
            with self._database.transaction() as connection:
                changed += self._block(connection, block)
        return changed

    def bury(self, tombstones: Iterable[tuple[str, str]]) -> None:
        """Remember what was erased here by law or retention (recording id, conversation id): never fetched again.

        Their names, and what was known of conversations of which nothing else is left, go with them.
        """
        with self._database.transaction() as connection:
            for recording_id, conversation_id in tombstones:
                buried = connection.execute(
                    "UPDATE item SET state = 'erased', path = '', detail = '', offset = 0 WHERE recording_id = ?",
                    (recording_id,),
                ).rowcount
                if not buried:
                    connection.execute(
                        "INSERT INTO item (recording_id, version, conversation_id, state) VALUES (?, 1, ?, 'erased')",
                        (recording_id, conversation_id),
                    )
                connection.execute(
                    "DELETE FROM conversation WHERE id = ? AND NOT EXISTS (SELECT 1 FROM item i "
                    "WHERE i.conversation_id = conversation.id AND i.state <> 'erased')",
                    (conversation_id,),
                )

    def _block(self, connection: sqlite3.Connection, block: Sequence[Adopted]) -> int:
        connection.executemany(
            "INSERT INTO conversation VALUES (?, ?, ?, ?) ON CONFLICT(id) DO NOTHING",
            [
                (
                    entry.conversation.id,
                    entry.conversation.start_time.timestamp(),
                    entry.conversation.updated_at.timestamp(),
                    encode_conversation(entry.conversation),
                )
                for entry in block
            ],
        )
        before = connection.total_changes
        connection.executemany(
            "INSERT INTO item (recording_id, version, conversation_id, state, size, sha256, etag, expires_at, path, "
            "done_size, done_sha256, done_etag, verified_by, wav, archived_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (recording_id, version) DO UPDATE SET state = excluded.state, path = excluded.path, "
            "done_size = excluded.done_size, done_sha256 = excluded.done_sha256, done_etag = excluded.done_etag, "
            "verified_by = excluded.verified_by, wav = excluded.wav, archived_at = excluded.archived_at, "
            "code = '', detail = '', "
            "again_at = NULL WHERE state NOT IN ('archived', 'erased')",
            [self._row(entry) for entry in block],
        )
        return connection.total_changes - before

    def _row(self, entry: Adopted) -> tuple[object, ...]:
        listed = next((r for r in entry.conversation.recordings if r.id == entry.recording_id), None)
        expires = entry.conversation.expires_at
        return (
            entry.recording_id,
            entry.version,
            entry.conversation.id,
            State.ARCHIVED.value,
            entry.size,
            # What was listed then is what a new listing is held against; what was proved, only where nothing was.
            (listed.sha256 if listed is not None else "") or entry.sha256,
            (listed.etag if listed is not None else "") or entry.etag,
            expires.timestamp() if expires is not None else None,
            entry.path,
            entry.size,
            entry.sha256,
            entry.etag,
            entry.verified_by,
            entry.wav,
            entry.archived_at,
        )
