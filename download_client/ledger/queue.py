"""The queue is a query: workers claim rows, memory holds only what is in hand; every step is checked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

from download_client.errors import LedgerError
from download_client.ledger.database import Database
from download_client.ledger.item import COLUMNS, Change, Item
from download_client.ledger.tally import Tally
from download_client.model import TRANSITIONS, Conversation, State, decode_conversation

_ALWAYS = ("code", "detail", "again_at")
_OPTIONAL = (
    "path",
    "offset",
    "prefix_sha256",
    "part_etag",
    "attempts",
    "mismatches",
    "done_size",
    "done_sha256",
    "done_etag",
    "verified_by",
    "wav",
    "archived_at",
)
_IN_HAND = "state IN ('fetching', 'fetched')"
"""As the index `item_hand` says it: SQLite uses a partial index only for a question in its own words."""
_IN_RUN = "EXISTS (SELECT 1 FROM run_item r WHERE r.run_id = ? AND r.item_id = i.id)"


class Queue:
    """Claims, steps and comings-back of items. One run works at a time; `tally` is its figures."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def recover(self) -> int:
        """After a stop of any kind: what was in hand is queued again, its part and durable offset kept."""
        with self._database.transaction() as connection:
            return connection.execute(
                f"UPDATE item SET state = 'queued' WHERE {_IN_HAND} AND state = 'fetching'"
            ).rowcount

    def claim(
        self, tally: Tally, limit: int, *, plan: Callable[[Item, Conversation], str]
    ) -> list[tuple[Item, Conversation]]:
        """Take up to `limit` queued items of the run, most urgent first: the intent row before the first byte (R3).

        `plan` gives the path each will have in the archive; it is written with the claim.
        """
        with self._database.alone():
            with self._database.transaction() as connection:
                rows = connection.execute(
                    f"SELECT {COLUMNS}, c.body FROM item i JOIN conversation c ON c.id = i.conversation_id "
                    f"WHERE i.state = 'queued' AND {_IN_RUN} ORDER BY i.priority, i.id LIMIT ?",
                    (tally.run_id, limit),
                ).fetchall()
                claimed = []
                for row in rows:
                    item, conversation = Item.of(row[:-1]), decode_conversation(row[-1])
                    claimed.append((item._replace(state=State.FETCHING, path=plan(item, conversation)), conversation))
                connection.executemany(
                    "UPDATE item SET state = 'fetching', path = ? WHERE id = ?",
                    [(item.path, item.id) for item, _ in claimed],
                )
            size = sum(item.size or 0 for item, _ in claimed)
            tally.move(old=State.QUEUED, new=State.FETCHING, size=size, count=len(claimed))
        return claimed

    def fetched(self, run_id: int) -> list[tuple[Item, Conversation]]:
        """What is whole and proved but not yet placed: left by a kill, or held by another program (faults 33, 39)."""
        rows = self._database.query(
            f"SELECT {COLUMNS}, c.body FROM item i JOIN conversation c ON c.id = i.conversation_id "
            f"WHERE i.{_IN_HAND} AND i.state = 'fetched' AND {_IN_RUN} ORDER BY i.id",
            (run_id,),
        )
        return [(Item.of(row[:-1]), decode_conversation(row[-1])) for row in rows]

    def home_of(self, recording_id: str, sha256: str) -> str:
        """The path under which a version of this recording with these bytes is archived; empty: none is."""
        rows = self._database.query(
            "SELECT path FROM item WHERE recording_id = ? AND state = 'archived' AND done_sha256 = ? "
            "ORDER BY version LIMIT 1",
            (recording_id, sha256),
        )
        return str(rows[0][0]) if rows else ""

    def mark(self, tally: Tally | None, changes: Sequence[Change]) -> None:
        """Write steps, all or nothing.

        Raises:
            LedgerError: a step the drawing in `model.state` does not have; nothing was written.

        """
        if not changes:
            return
        moves: list[tuple[State, State, int, bool]] = []
        run_id = tally.run_id if tally is not None else -1
        with self._database.alone():
            with self._database.transaction() as connection:
                now: dict[int, tuple[State, int, bool]] = {}
                for change in changes:
                    if change.item_id not in now:
                        row = connection.execute(
                            f"SELECT i.state, i.size, {_IN_RUN} FROM item i WHERE i.id = ?", (run_id, change.item_id)
                        ).fetchone()
                        now[change.item_id] = (State(row[0]), row[1] or 0, bool(row[2]))
                    old, size, in_run = now[change.item_id]
                    if change.state is not old and change.state not in TRANSITIONS[old]:
                        raise LedgerError(f"no step from {old} to {change.state}", subject=f"item {change.item_id}")
                    now[change.item_id] = (change.state, size, in_run)
                    moves.append((old, change.state, size, in_run))
                # Steps of one kind write the same columns: one statement for all of them that follow each other.
                for columns, alike in groupby(changes, key=_columns):
                    sets = ", ".join(f"{name} = ?" for name in ("state", *columns))
                    connection.executemany(
                        f"UPDATE item SET {sets} WHERE id = ?",
                        [
                            (change.state.value, *[getattr(change, name) for name in columns], change.item_id)
                            for change in alike
                        ],
                    )
            if tally is not None:
                for old, new, size, in_run in moves:
                    if in_run:
                        tally.move(old=old, new=new, size=size)

    def durable(self, item_id: int, *, offset: int, prefix_sha256: str, etag: str) -> None:
        """The part holds `offset` bytes after an fsync: from there it resumes (R4)."""
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE item SET offset = ?, prefix_sha256 = ?, part_etag = ? WHERE id = ?",
                (offset, prefix_sha256, etag, item_id),
            )

    def come_back(self, tally: Tally, item_ids: Sequence[int]) -> int:
        """Queue again items of the run that failed or wait, because their time has come."""
        with self._database.alone():
            with self._database.transaction() as connection:
                rows = [
                    row
                    for item_id in item_ids
                    for row in connection.execute(
                        "SELECT i.id, i.state, i.size FROM item i "
                        f"WHERE i.state IN ('failed', 'waiting') AND i.id = ? AND {_IN_RUN}",
                        (item_id, tally.run_id),
                    )
                ]
                connection.executemany(
                    "UPDATE item SET state = 'queued', again_at = NULL WHERE id = ?", [(row[0],) for row in rows]
                )
            for _, state, size in rows:
                tally.move(old=State(state), new=State.QUEUED, size=size or 0)
        return len(rows)


def _columns(change: Change) -> tuple[str, ...]:
    """What a step writes: the columns that every step has, and of the others those with a value."""
    return (*_ALWAYS, *[name for name in _OPTIONAL if getattr(change, name) is not None])
