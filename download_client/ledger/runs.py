"""Runs: begun, resumed, ended, reported; their figures are counted from the items, never kept twice."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from download_client.errors import UnknownName
from download_client.ledger.database import Database
from download_client.ledger.item import COLUMNS, Item
from download_client.ledger.tally import Tally
from download_client.model import (
    FINAL,
    Conversation,
    Criteria,
    Run,
    RunKind,
    RunPhase,
    State,
    Summary,
    Window,
    decode_conversation,
    moment,
)

_RUN = (
    "id, kind, name, criteria, started_at, ended_at, phase, reason, user_id, access_level, content_requests, "
    "bytes_fetched, entry, summary, user"
)


class Runs:
    """The rows of the runs table and what belongs to a run."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(
        self,
        kind: RunKind,
        *,
        name: str,
        criteria: Criteria,
        windows: Sequence[Window],
        now: float,
        user_id: str,
        access_level: str,
        chosen: Sequence[str] = (),
        entry: str = "",
        user: str = "",
    ) -> Tally:
        """A new run with the windows, or the chosen conversations, it will list.

        Whatever ran before and did not end was interrupted. What that left queued is wanted by nobody until it is
        listed or asked for again, so that the queue holds this run's items alone. What was hidden from or denied to
        another user, or at another access level, may be had now. `entry` is its key in a queue of runs, `user` the
        caller's name for people.
        """
        with self._database.transaction() as connection:
            _alone_at_work(connection, now=now)
            if _last_caller(connection) not in (None, (user_id, access_level)):
                connection.execute("UPDATE item SET again_at = 0 WHERE state IN ('denied', 'gone')")
            run_id = connection.execute(
                "INSERT INTO run (kind, name, criteria, started_at, phase, user_id, access_level, entry, user) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    kind.value,
                    name,
                    json.dumps(criteria.as_dict()),
                    now,
                    RunPhase.LISTING.value,
                    user_id,
                    access_level,
                    entry,
                    user,
                ),
            ).lastrowid
            connection.executemany(
                "INSERT INTO run_window (run_id, number, start, end) VALUES (?, ?, ?, ?)",
                [
                    (run_id, number, window.start.timestamp(), window.end.timestamp())
                    for number, window in enumerate(windows)
                ],
            )
            connection.executemany(
                "INSERT OR IGNORE INTO run_choice (run_id, conversation_id) VALUES (?, ?)",
                [(run_id, conversation_id) for conversation_id in chosen],
            )
        assert run_id is not None  # noqa: S101 - AUTOINCREMENT always names one
        return Tally(run_id)

    def resume(self, run_id: int, *, now: float, entry: str = "") -> Tally:
        """An earlier run goes on, and no other: its figures counted anew from its items; `entry` as in `begin`.

        Raises:
            UnknownName: there is no such run.

        """
        run = self.get(run_id)
        tally = Tally(run.id)
        with self._database.transaction() as connection:
            _alone_at_work(connection, now=now, but=run_id)
            connection.execute(
                "UPDATE run SET ended_at = NULL, phase = ?, reason = '', entry = ? WHERE id = ?",
                (RunPhase.LISTING.value, entry or run.entry, run_id),
            )
            rows = connection.execute(
                "SELECT i.state, r.skipped, count(*), coalesce(sum(i.size), 0) FROM run_item r JOIN item i "
                "ON i.id = r.item_id WHERE r.run_id = ? GROUP BY 1, 2",
                (run_id,),
            ).fetchall()
        for state, skipped, count, size in rows:
            tally.enter(State(state), size=int(size), skipped=bool(skipped), count=int(count))
        return tally

    def open_windows(self, run_id: int) -> list[tuple[int, Window, str]]:
        """The windows not yet read to their end: number, span, token of the next page."""
        rows = self._database.query(
            "SELECT number, start, end, token FROM run_window WHERE run_id = ? AND done = 0 ORDER BY number", (run_id,)
        )
        return [(int(row[0]), Window(_time(row[1]), _time(row[2])), str(row[3])) for row in rows]

    def open_choices(self, run_id: int) -> list[str]:
        """The chosen conversations not yet listed."""
        rows = self._database.query(
            "SELECT conversation_id FROM run_choice WHERE run_id = ? AND done = 0 ORDER BY conversation_id", (run_id,)
        )
        return [str(row[0]) for row in rows]

    def chosen(self, run_id: int) -> int:
        """How many conversations were chosen one by one for it."""
        ((count,),) = self._database.query("SELECT count(*) FROM run_choice WHERE run_id = ?", (run_id,))
        return int(count)

    def forget_token(self, run_id: int, window: int) -> None:
        """The page token died: the window begins again."""
        with self._database.transaction() as connection:
            connection.execute("UPDATE run_window SET token = '' WHERE run_id = ? AND number = ?", (run_id, window))

    def set_phase(self, run_id: int, phase: RunPhase, *, reason: str = "") -> None:
        """Where the run is now."""
        with self._database.transaction() as connection:
            connection.execute("UPDATE run SET phase = ?, reason = ? WHERE id = ?", (phase.value, reason, run_id))

    def add_traffic(self, run_id: int, *, requests: int, received: int) -> None:
        """Count content requests and bytes; written with each batch so that a kill loses little."""
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE run SET content_requests = content_requests + ?, bytes_fetched = bytes_fetched + ? "
                "WHERE id = ?",
                (requests, received, run_id),
            )

    def rest(self, run_id: int, phase: RunPhase, *, reason: str, now: float, summary: Summary) -> None:
        """The run is stopped before its end, to go on later."""
        with self._database.transaction() as connection:
            _write_end(connection, run_id, phase, reason=reason, now=now, summary=summary)

    def end(self, run_id: int, phase: RunPhase, *, reason: str, now: float, summary: Summary) -> None:
        """The run is over; what it found in a final state counts as reported from now on (I9)."""
        finals = [state.value for state in FINAL if state is not State.ARCHIVED]
        with self._database.transaction() as connection:
            _write_end(connection, run_id, phase, reason=reason, now=now, summary=summary)
            connection.execute(
                "UPDATE item SET reported = ? WHERE reported IS NULL "
                f"AND state IN ({','.join('?' * len(finals))}) "
                "AND id IN (SELECT item_id FROM run_item WHERE run_id = ? AND skipped = 0)",
                (run_id, *finals, run_id),
            )

    def unreported(self, run_id: int) -> int:
        """How many items of the run are in a final state that no run has reported yet."""
        finals = [state.value for state in FINAL if state is not State.ARCHIVED]
        rows = self._database.query(
            "SELECT count(*) FROM run_item r JOIN item i ON i.id = r.item_id WHERE r.run_id = ? "
            f"AND r.skipped = 0 AND i.reported IS NULL AND i.state IN ({','.join('?' * len(finals))})",
            (run_id, *finals),
        )
        return int(rows[0][0])

    def get(self, run_id: int) -> Run:
        """One run.

        Raises:
            UnknownName: there is none of that number.

        """
        rows = self._database.query(f"SELECT {_RUN} FROM run WHERE id = ?", (run_id,))
        if not rows:
            raise UnknownName("no run has this number", subject=f"run {run_id}")
        return _run(rows[0])

    def of_entry(self, entry: str) -> Run | None:
        """The run that a queue began under this key, if it came to that."""
        rows = self._database.query(
            f"SELECT {_RUN} FROM run WHERE entry <> '' AND entry = ? ORDER BY id DESC", (entry,)
        )
        return _run(rows[0]) if rows else None

    def latest(self, limit: int = 50) -> list[Run]:
        """The last runs, newest first."""
        return [_run(row) for row in self._database.query(f"SELECT {_RUN} FROM run ORDER BY id DESC LIMIT ?", (limit,))]

    def unended(self) -> list[int]:
        """Runs that a kill left open."""
        return [row[0] for row in self._database.query("SELECT id FROM run WHERE ended_at IS NULL ORDER BY id")]

    def counts(self, run_id: int) -> dict[State, int]:
        """How many items of the run are in which state now."""
        rows = self._database.query(
            "SELECT i.state, count(*) FROM run_item r JOIN item i ON i.id = r.item_id WHERE r.run_id = ? GROUP BY 1",
            (run_id,),
        )
        return {State(state): int(count) for state, count in rows}

    def exceptions(self, run_id: int) -> Iterator[Item]:
        """Every item of the run that is not archived, with its reason."""
        for row in self._database.stream(
            f"SELECT {COLUMNS} FROM run_item r JOIN item i ON i.id = r.item_id "
            "WHERE r.run_id = ? AND i.state <> 'archived' ORDER BY i.id",
            (run_id,),
        ):
            yield Item.of(row)

    def archived(self, run_id: int) -> Iterator[tuple[Item, Conversation]]:
        """Every item this run brought home, for its CSV."""
        for row in self._database.stream(
            f"SELECT {COLUMNS}, c.body FROM run_item r JOIN item i ON i.id = r.item_id "
            "JOIN conversation c ON c.id = i.conversation_id "
            "WHERE r.run_id = ? AND r.skipped = 0 AND i.state = 'archived' ORDER BY c.start_time, i.id",
            (run_id,),
        ):
            yield Item.of(row[:-1]), decode_conversation(row[-1])

    def watermark(self, scope: str) -> str:
        """The change cursor up to which this scope is complete; empty: none yet."""
        rows = self._database.query("SELECT cursor FROM watermark WHERE scope = ?", (scope,))
        return str(rows[0][0]) if rows else ""

    def set_watermark(self, scope: str, cursor: str, *, as_of: float | None, run_id: int) -> None:
        """Move the watermark: the last thing a complete run does (R13)."""
        with self._database.transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO watermark VALUES (?, ?, ?, ?)", (scope, cursor, as_of, run_id))


def _alone_at_work(connection: sqlite3.Connection, *, now: float, but: int = -1) -> None:
    """Whatever run did not end was interrupted, and what it left queued is wanted by none, `but` by that run."""
    connection.execute(
        "UPDATE run SET phase = ?, ended_at = ? WHERE ended_at IS NULL",
        (RunPhase.INTERRUPTED.value, now),
    )
    connection.execute(
        "UPDATE item AS i SET state = 'listed' WHERE i.state = 'queued' "
        "AND NOT EXISTS (SELECT 1 FROM run_item r WHERE r.run_id = ? AND r.item_id = i.id)",
        (but,),
    )


def _write_end(
    connection: sqlite3.Connection, run_id: int, phase: RunPhase, *, reason: str, now: float, summary: Summary
) -> None:
    """How a run ended or came to rest, and its figures then; the seconds of all its times at work are added up."""
    (before,) = connection.execute("SELECT summary FROM run WHERE id = ?", (run_id,)).fetchone()
    earlier = _summary(before)
    added = replace(summary, seconds=summary.seconds + (earlier.seconds if earlier is not None else 0.0))
    connection.execute(
        "UPDATE run SET phase = ?, reason = ?, ended_at = ?, summary = ? WHERE id = ?",
        (phase.value, reason, now, json.dumps(asdict(added)), run_id),
    )


def _summary(text: str) -> Summary | None:
    if not text:
        return None
    read = json.loads(text)
    return Summary(**{**read, "counts": {State(state): count for state, count in read["counts"].items()}})


def _last_caller(connection: sqlite3.Connection) -> tuple[str, str] | None:
    row: tuple[str, str] | None = connection.execute(
        "SELECT user_id, access_level FROM run ORDER BY id DESC LIMIT 1"
    ).fetchone()
    return row


def _time(value: Any) -> datetime:
    return moment(float(value))


def _run(row: tuple[Any, ...]) -> Run:
    return Run(
        id=row[0],
        kind=RunKind(row[1]),
        name=row[2],
        criteria=Criteria.from_dict(json.loads(row[3])),
        started_at=_time(row[4]),
        ended_at=_time(row[5]) if row[5] is not None else None,
        phase=RunPhase(row[6]),
        reason=row[7],
        user_id=row[8],
        access_level=row[9],
        content_requests=row[10],
        bytes_fetched=row[11],
        entry=row[12],
        summary=_summary(row[13]),
        user=row[14],
    )
