"""What the service listed, page by page, each with its position in one transaction; applying a page twice is harmless.

It decides which recordings are wanted; it never removes one: what was listed stays counted (I3).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from download_client.errors import ListingBroken
from download_client.ledger.database import Database
from download_client.ledger.item import COLUMNS, Item
from download_client.ledger.tally import Tally
from download_client.model import OPEN, REFUSED, Conversation, Recording, RecordingStatus, State, encode_conversation

_NOT_AVAILABLE = {
    RecordingStatus.PROCESSING: (State.WAITING, "not_ready"),
    RecordingStatus.EXPIRED: (State.EXPIRED, "expired"),
    RecordingStatus.MISSING: (State.MISSING, "media_missing"),
}


_AMONG = "(SELECT value FROM json_each(?))"
"""One value, however many ids: a page may name more than a statement has places for."""


@dataclass(frozen=True, slots=True)
class Position:
    """How far a window was read: its number in the run, the token of the next page, whether it is done."""

    window: int
    token: str
    done: bool


@dataclass(frozen=True, slots=True)
class Added:
    """What a page brought: recordings new to the ledger, and those already archived."""

    new: int
    skipped: int


@dataclass(slots=True)
class _Writes:
    """The statements of one page, gathered so that each is sent once."""

    links: list[tuple[int, int, int]]
    updates: list[tuple[Any, ...]]
    entered: list[tuple[State, int, bool]]
    moved: list[tuple[State, State, int, int]]
    new: int = 0
    skipped: int = 0


class Listing:
    """Writes pages of a listing into the ledger."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self,
        tally: Tally,
        conversations: Sequence[Conversation],
        *,
        position: Position | None,
        now: float,
        urgent_before: float,
    ) -> Added:
        """Apply one page and its position, all or nothing; recordings that expire before `urgent_before` come first.

        Raises:
            ListingBroken: an id came twice with other data though the service does not call it updated (fault 24).
            LedgerError, DiskFull: nothing of the page was written.

        """
        with self._database.alone():
            with self._database.transaction() as connection:
                known = self._known(tally.run_id, conversations)
                kept = [each for each in conversations if not _erased(each, known)]
                fresh = self._conversations(connection, kept)
                writes = _Writes([], [], [], [])
                for conversation in conversations:
                    for recording in conversation.recordings:
                        item, in_run = known.get(recording.id, (None, False))
                        if item is None or _is_new_version(item, recording):
                            if in_run and item is not None and conversation.id not in fresh:
                                raise ListingBroken("an id was listed twice with other data", subject=recording.id)
                            item = self._insert(connection, conversation, recording, item, urgent_before)
                            writes.new += 1
                            in_run = False
                        else:
                            item = _relist(item, conversation, recording, writes, fresh, in_run, now, urgent_before)
                        if not in_run:
                            skipped = item.state in (State.ARCHIVED, State.ERASED)
                            writes.links.append((tally.run_id, item.id, int(skipped)))
                            writes.entered.append((item.state, item.size or 0, skipped))
                            writes.skipped += skipped
                            known[recording.id] = (item, True)
                connection.executemany(
                    "UPDATE item SET conversation_id = ?, state = ?, priority = ?, size = ?, sha256 = ?, etag = ?, "
                    "expires_at = ?, code = ?, detail = ?, again_at = ?, attempts = ?, mismatches = ? WHERE id = ?",
                    writes.updates,
                )
                connection.executemany(
                    "INSERT OR IGNORE INTO run_item (run_id, item_id, skipped) VALUES (?, ?, ?)", writes.links
                )
                connection.executemany(
                    "UPDATE run_choice SET done = 1 WHERE run_id = ? AND conversation_id = ?",
                    [(tally.run_id, conversation.id) for conversation in conversations] if position is None else (),
                )
                if position is not None:
                    connection.execute(
                        "UPDATE run_window SET token = ?, done = ? WHERE run_id = ? AND number = ?",
                        (position.token, int(position.done), tally.run_id, position.window),
                    )
            for state, size, skip in writes.entered:
                tally.enter(state, size=size, skipped=skip)
            for old, new, size, resized in writes.moved:
                tally.move(old=old, new=new, size=size, resized=resized)
        return Added(writes.new, writes.skipped)

    def held(self, conversations: Sequence[Conversation]) -> set[str]:
        """Those of these conversations of which something is archived."""
        known = self._known(-1, conversations)
        return {item.conversation_id for item, _ in known.values() if item.state is State.ARCHIVED}

    def foresee(self, conversations: Sequence[Conversation], *, now: float) -> list[tuple[Recording, State]]:
        """The state that `add` would give each recording in a new run of the same caller; nothing is written."""
        known = self._known(-1, conversations)
        stored = self._stored(conversations)
        foreseen = []
        for conversation in conversations:
            fresh = stored.get(conversation.id, -1.0) < conversation.updated_at.timestamp()
            for recording in conversation.recordings:
                item, _ = known.get(recording.id, (None, False))
                if item is None or _is_new_version(item, recording):
                    state = _NOT_AVAILABLE.get(recording.status, (State.QUEUED, ""))[0]
                elif item.state in (State.ARCHIVED, State.ERASED):
                    state = item.state
                else:
                    changed = fresh or _differs(item, recording)
                    state, _ = _wanted(item, recording, changed=changed, again=True, now=now)
                foreseen.append((recording, state))
        return foreseen

    def _known(self, run_id: int, conversations: Sequence[Conversation]) -> dict[str, tuple[Item, bool]]:
        """The latest version of each listed recording, and whether the run has it already."""
        ids = [recording.id for conversation in conversations for recording in conversation.recordings]
        rows = self._database.query(
            f"SELECT {COLUMNS}, r.run_id IS NOT NULL FROM item i "
            "LEFT JOIN run_item r ON r.run_id = ? AND r.item_id = i.id "
            f"WHERE i.recording_id IN {_AMONG} ORDER BY i.version",
            (run_id, json.dumps(ids)),
        )
        return {row[1]: (Item.of(row[:-1]), bool(row[-1])) for row in rows}

    def _stored(self, conversations: Sequence[Conversation]) -> dict[str, float]:
        """When those of these conversations that the ledger knows were updated."""
        ids = json.dumps([conversation.id for conversation in conversations])
        return dict(self._database.query(f"SELECT id, updated_at FROM conversation WHERE id IN {_AMONG}", (ids,)))

    def _conversations(self, connection: sqlite3.Connection, conversations: Sequence[Conversation]) -> set[str]:
        """Write what is new or updated; answer the ids of those."""
        stored = self._stored(conversations)
        fresh: dict[str, tuple[Any, ...]] = {}
        for conversation in conversations:
            updated = conversation.updated_at.timestamp()
            if stored.get(conversation.id, -1.0) < updated:
                row = (
                    conversation.id,
                    conversation.start_time.timestamp(),
                    updated,
                    encode_conversation(conversation),
                )
                if fresh.setdefault(conversation.id, row) != row:
                    raise ListingBroken("an id was listed twice with other data", subject=conversation.id)
        connection.executemany(
            "INSERT INTO conversation VALUES (?, ?, ?, ?) ON CONFLICT(id) DO UPDATE SET "
            "start_time = excluded.start_time, updated_at = excluded.updated_at, body = excluded.body",
            list(fresh.values()),
        )
        return set(fresh)

    def _insert(
        self,
        connection: sqlite3.Connection,
        conversation: Conversation,
        recording: Recording,
        previous: Item | None,
        urgent_before: float,
    ) -> Item:
        expires = conversation.expires_at.timestamp() if conversation.expires_at is not None else None
        state, code = _NOT_AVAILABLE.get(recording.status, (State.QUEUED, ""))
        priority = _priority(expires, urgent_before)
        version = previous.version + 1 if previous is not None else 1
        row = connection.execute(
            "INSERT INTO item (recording_id, version, conversation_id, state, priority, size, sha256, etag, "
            f"expires_at, code) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING {COLUMNS.replace('i.', '')}",
            (
                recording.id,
                version,
                conversation.id,
                state.value,
                priority,
                recording.size_bytes,
                recording.sha256,
                recording.etag,
                expires,
                code,
            ),
        ).fetchone()
        return Item.of(row)


def _erased(conversation: Conversation, known: dict[str, tuple[Item, bool]]) -> bool:
    """Whether everything of it was erased here: then nothing more of it is written down."""
    items = [known.get(recording.id) for recording in conversation.recordings]
    return bool(items) and all(item is not None and item[0].state is State.ERASED for item in items)


def _is_new_version(item: Item, recording: Recording) -> bool:
    """Archived (or erased) under one content, listed with another: a new version beside the old (fault 30)."""
    return item.state is State.ARCHIVED and _differs(item, recording) and recording.sha256 != item.done_sha256


def _differs(item: Item, recording: Recording) -> bool:
    """Other content, as far as the service names it: by digest, else by strong validators. Never by size (R2)."""
    if item.sha256 and recording.sha256:
        return item.sha256 != recording.sha256
    return _strong(item.etag) and _strong(recording.etag) and item.etag != recording.etag


def _strong(etag: str) -> bool:
    return bool(etag) and not etag.startswith("W/")


def _priority(expires: float | None, urgent_before: float) -> int:
    return 0 if expires is not None and expires < urgent_before else 1


def _relist(
    item: Item,
    conversation: Conversation,
    recording: Recording,
    writes: _Writes,
    updated: set[str],
    in_run: bool,
    now: float,
    urgent_before: float,
) -> Item:
    """A recording that the ledger knows: take over what the service says now, and whether it is wanted again."""
    if item.state in (State.ARCHIVED, State.ERASED):
        return item
    differs, fresh = _differs(item, recording), conversation.id in updated
    if in_run and differs and not fresh:
        raise ListingBroken("an id was listed twice with other data", subject=recording.id)
    state, code = _wanted(item, recording, changed=differs or fresh, again=not in_run, now=now)
    moved = state is not item.state
    expires = conversation.expires_at.timestamp() if conversation.expires_at is not None else None
    said = (conversation.id, recording.size_bytes, recording.sha256, recording.etag, expires)
    if moved or said != (item.conversation_id, item.size, item.sha256, item.etag, item.expires_at):
        writes.updates.append(
            (
                conversation.id,
                state.value,
                # Put first by somebody, it stays there.
                min(item.priority, 0) or _priority(expires, urgent_before),
                *said[1:],
                code,
                "" if moved else item.detail,
                None if moved else item.again_at,
                0 if moved else item.attempts,
                0 if moved else item.mismatches,
                item.id,
            )
        )
        if in_run:
            size = item.size or 0
            writes.moved.append((item.state, state, size, (recording.size_bytes or 0) - size))
    return item._replace(state=state, size=recording.size_bytes)


def _wanted(item: Item, recording: Recording, *, changed: bool, again: bool, now: float) -> tuple[State, str]:
    """The state after being listed anew: `again` is true for the first listing by a run."""
    keep = (item.state, item.code)
    if item.state in OPEN:
        return keep
    if recording.status is not RecordingStatus.AVAILABLE:
        return _NOT_AVAILABLE[recording.status]
    queued = (State.QUEUED, "")
    due = item.again_at is None or now >= item.again_at
    if item.state in (State.LISTED, State.FAILED):
        # One that the run knows and that is only listed was left out by somebody.
        return queued if again else keep
    if item.state is State.WAITING:
        return queued if due else keep
    if item.state is State.DENIED or (item.state is State.GONE and item.again_at is not None):
        return queued if changed or (again and due) else keep
    if item.state in (State.EXPIRED, State.MISSING) and item.attempts == 0:
        # It was the listing that said so, and now says otherwise; nobody has asked for the content yet.
        return queued
    if item.state in REFUSED:
        return queued if changed else keep
    return keep
