"""What the ledger says of many recordings at once, for lists on a screen; it only reads."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from download_client.ledger.database import Database
from download_client.ledger.item import COLUMNS, Item
from download_client.model import Conversation, State, decode_conversation

_AMONG = "(SELECT value FROM json_each(?))"
_ARCHIVED = "state = 'archived'"
"""As the index `item_archived` says it."""

_URGENCY = (
    State.ERASED,
    State.NOT_WAV,
    State.DIGEST_MISMATCH,
    State.EMPTY_AT_SOURCE,
    State.MISSING,
    State.GONE,
    State.EXPIRED,
    State.DENIED,
    State.WAITING,
    State.FAILED,
    State.QUEUED,
    State.FETCHED,
    State.FETCHING,
)
"""What a conversation is known by when its recordings are in several states: the last of these."""
_RANK = "CASE i.state " + " ".join(f"WHEN '{state}' THEN {rank}" for rank, state in enumerate(_URGENCY)) + " END"


class Overview:
    """Reads; an answer of many rows is streamed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def stands(self, conversation_ids: Sequence[str] | None = None) -> Iterator[tuple[str, int, State | None]]:
        """Of each conversation the ledger knows (or of these): how many recordings are archived, and the most urgent
        state of the others; None: all are archived, or nobody wants the others."""
        where = "" if conversation_ids is None else f"WHERE i.conversation_id IN {_AMONG} "
        parameters = () if conversation_ids is None else (json.dumps(list(conversation_ids)),)
        for conversation_id, archived, rank in self._database.stream(
            "SELECT i.conversation_id, count(DISTINCT CASE WHEN i.state = 'archived' THEN i.recording_id END), "
            f"max({_RANK}) FROM item i {where}GROUP BY i.conversation_id",
            parameters,
        ):
            yield conversation_id, archived, _URGENCY[rank] if rank is not None else None

    def archived_count(self) -> int:
        """How many recording versions are archived."""
        return int(self._database.query(f"SELECT count(*) FROM item WHERE {_ARCHIVED}")[0][0])

    def archived_versions(self) -> Iterator[tuple[str, int]]:
        """All of them: recording and version."""
        for row in self._database.stream(f"SELECT recording_id, version FROM item WHERE {_ARCHIVED}"):
            yield row[0], row[1]

    def archived_since(self, moment: float) -> Iterator[tuple[Item, Conversation]]:
        """What was archived at or after a moment (seconds, UTC), oldest first; 0: everything."""
        yield from self._told(f"i.{_ARCHIVED} AND i.archived_at >= ? ORDER BY i.archived_at", (moment,))

    def brought_by(self, item_id: int, run_ids: Sequence[int]) -> int | None:
        """Which of these runs wanted an item and did not find it home already, the last of them; None: none."""
        rows = self._database.query(
            f"SELECT max(run_id) FROM run_item WHERE item_id = ? AND skipped = 0 AND run_id IN {_AMONG}",
            (item_id, json.dumps(list(run_ids))),
        )
        return rows[0][0] if rows else None

    def of_conversation(self, conversation_id: str) -> list[Item]:
        """Everything known of one conversation's recordings, oldest version first."""
        rows = self._database.query(
            f"SELECT {COLUMNS} FROM item i WHERE i.conversation_id = ? ORDER BY i.recording_id, i.version",
            (conversation_id,),
        )
        return [Item.of(row) for row in rows]

    def of_recordings(self, recording_ids: Sequence[str]) -> list[Item]:
        """The versions of these recordings."""
        rows = self._database.query(
            f"SELECT {COLUMNS} FROM item i WHERE i.recording_id IN {_AMONG}", (json.dumps(list(recording_ids)),)
        )
        return [Item.of(row) for row in rows]

    def _told(self, which: str, parameters: tuple[object, ...]) -> Iterator[tuple[Item, Conversation]]:
        for row in self._database.stream(
            f"SELECT {COLUMNS}, c.body FROM item i JOIN conversation c ON c.id = i.conversation_id WHERE {which}",
            parameters,
        ):
            yield Item.of(row[:-1]), decode_conversation(row[-1])
