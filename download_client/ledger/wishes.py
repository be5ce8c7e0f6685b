"""What is asked of many recordings of a run at once: go on, again, first, left out, taken in, let go.

A run at work is asked through its tally, so that its figures stay true; of any other run only its wish is written, and
it comes true when that run goes on. A recording that another run has in hand is left to that.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum, auto

from download_client.ledger.database import Database
from download_client.ledger.groups import PARTS
from download_client.ledger.tally import Tally
from download_client.model import ItemGroup, RunPhase, State

Which = ItemGroup | Collection[int]
"""A whole group, or some items."""


class Asked(Enum):
    """What may be asked."""

    RETRY = auto()
    PUT_FIRST = auto()
    LEAVE_OUT = auto()
    TAKE_IN = auto()
    CALL_OFF = auto()
    """The whole run, which is not at work, goes on no more."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of which recordings of a run."""

    asked: Asked
    run_id: int
    which: Which = ()


_ANEW = "again_at = NULL, attempts = 0, mismatches = 0, code = '', detail = ''"
_OPEN = "i.state IN ('queued', 'waiting', 'failed')"
_MINE = "EXISTS (SELECT 1 FROM run_item r WHERE r.run_id = ? AND r.item_id = i.id)"


class Wishes:
    """Writes wishes of people. Every method answers how many recordings it meant."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # --- the whole run

    def go_on(self, tally: Tally) -> list[tuple[int, float]]:
        """The run was stopped before its end and goes on: queue what it had queued, without what was left out.

        Answers what is to be tried again at a time (seconds, UTC).
        """
        left_out = "EXISTS (SELECT 1 FROM run_item r WHERE r.run_id = ? AND r.item_id = i.id AND r.left_out = 1)"
        wanted = "EXISTS (SELECT 1 FROM run_item r WHERE r.run_id = ? AND r.item_id = i.id AND r.left_out = 0)"
        self._step(tally, State.LISTED, "again_at = NULL", f"{_OPEN} AND {left_out}", (tally.run_id,))
        self._step(tally, State.QUEUED, "again_at = NULL", f"i.state = 'listed' AND {wanted}", (tally.run_id,))
        (part,) = PARTS[ItemGroup.WAITING]
        rows = self._database.query(
            f"SELECT i.id, i.again_at FROM {part.source} WHERE {part.where} AND i.again_at IS NOT NULL", (tally.run_id,)
        )
        return [(int(item_id), float(again_at)) for item_id, again_at in rows]

    def mend(self, recording_ids: Collection[str]) -> int:
        """Queue again what is archived, but was found damaged or missing, in its newest version; answers how many.

        Nothing is forgotten of what lies there: it goes when its proved copy takes its place.
        """
        if not recording_ids:
            return 0
        with self._database.transaction() as connection:
            return connection.execute(
                "UPDATE item AS i SET state = 'queued', offset = 0, prefix_sha256 = '', part_etag = '', attempts = 0, "
                "mismatches = 0, again_at = NULL, code = '', detail = '' WHERE i.state = 'archived' "
                "AND i.recording_id IN (SELECT value FROM json_each(?)) "
                "AND i.version = (SELECT max(n.version) FROM item n WHERE n.recording_id = i.recording_id)",
                (json.dumps(list(recording_ids)),),
            ).rowcount

    def ask_again(self, tally: Tally) -> int:
        """Queue everything of the run that is not archived, erased or queued: retry was asked for."""
        with self._database.transaction() as connection:
            connection.execute("UPDATE run_item SET left_out = 0 WHERE left_out = 1 AND run_id = ?", (tally.run_id,))
        which = "i.state NOT IN ('archived', 'erased', 'queued', 'fetching', 'fetched')"
        return self._step(tally, State.QUEUED, _ANEW, f"{which} AND {_MINE}", (tally.run_id,))

    def let_go(self, tally: Tally) -> int:
        """The run was cancelled: what it still wanted is wanted by nobody. Parts stay for a later run."""
        self._give_up(tally.run_id)
        return self._step(
            tally,
            State.LISTED,
            "again_at = NULL",
            f"i.state IN ('queued', 'fetching') AND {_MINE}",
            (tally.run_id,),
        )

    def _give_up(self, run_id: int) -> int:
        with self._database.transaction() as connection:
            return connection.execute(
                "UPDATE run_item SET left_out = 1 WHERE run_id = ? AND EXISTS (SELECT 1 FROM item i WHERE "
                f"i.id = run_item.item_id AND (i.state IN ('listed', 'fetching') OR {_OPEN}))",
                (run_id,),
            ).rowcount

    # --- some of it

    def carry_out(self, wish: Wish, tally: Tally | None) -> int:
        """Write a wish; `tally` is that of the run at work, which may be another."""
        run_id, which = wish.run_id, wish.which
        if wish.asked is Asked.RETRY:
            return self.retry(tally, run_id, which)
        if wish.asked is Asked.PUT_FIRST:
            return self.put_first(run_id, which)
        if wish.asked is Asked.LEAVE_OUT:
            return self.leave_out(tally, run_id, which)
        if wish.asked is Asked.TAKE_IN:
            return self.take_in(tally, run_id, which)
        given_up = self._give_up(run_id)
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE run SET phase = ?, reason = '', ended_at = coalesce(ended_at, started_at) WHERE id = ?",
                (RunPhase.CANCELLED.value, run_id),
            )
        return given_up

    def retry(self, tally: Tally | None, run_id: int, which: Which) -> int:
        """Ask again now, as if never tried; what is on its way or home is left alone."""
        ids = self._these(run_id, which)
        self._leave(run_id, ids, out=False)
        return self._step(
            tally,
            _wanted(tally, run_id),
            _ANEW,
            "i.id IN (SELECT value FROM json_each(?)) "
            "AND i.state NOT IN ('archived', 'erased', 'queued', 'fetching', 'fetched')",
            (ids,),
        )

    def put_first(self, run_id: int, which: Which) -> int:
        """Before everything else that is queued."""
        with self._database.transaction() as connection:
            return connection.execute(
                "UPDATE item SET priority = "
                "min(0, coalesce((SELECT min(i.priority) FROM item i WHERE i.state = 'queued'), 0)) - 1 "
                "WHERE id IN (SELECT value FROM json_each(?)) AND state NOT IN ('archived', 'erased', 'fetched')",
                (self._these(run_id, which),),
            ).rowcount

    def leave_out(self, tally: Tally | None, run_id: int, which: Which) -> int:
        """Not wanted by this run; what is in hand, home or refused is left alone."""
        ids = self._these(run_id, which)
        left = self._leave(run_id, ids, out=True)
        if _at_work(tally, run_id):
            some = f"i.id IN (SELECT value FROM json_each(?)) AND {_OPEN}"
            self._step(tally, State.LISTED, "again_at = NULL", some, (ids,))
        return left

    def take_in(self, tally: Tally | None, run_id: int, which: Which) -> int:
        """Wanted again after `leave_out`."""
        ids = self._these(run_id, which)
        taken = self._leave(run_id, ids, out=False)
        some = "i.id IN (SELECT value FROM json_each(?)) AND i.state IN ('listed', 'waiting', 'failed')"
        self._step(tally, _wanted(tally, run_id), "again_at = NULL", some, (ids,))
        return taken

    # --- how

    def meant(self, run_id: int, which: Which) -> list[int]:
        """The items of the run that are meant."""
        if isinstance(which, ItemGroup):
            parts = PARTS[which]
            return [
                row[0]
                for part in parts
                for row in self._database.query(f"SELECT i.id FROM {part.source} WHERE {part.where}", (run_id,))
            ]
        rows = self._database.query(
            "SELECT r.item_id FROM run_item r WHERE r.run_id = ? AND r.item_id IN (SELECT value FROM json_each(?))",
            (run_id, json.dumps(list(which))),
        )
        return [row[0] for row in rows]

    def _these(self, run_id: int, which: Which) -> str:
        """As JSON: one value however many they are."""
        return json.dumps(self.meant(run_id, which))

    def _leave(self, run_id: int, ids: str, *, out: bool) -> int:
        with self._database.transaction() as connection:
            return connection.execute(
                "UPDATE run_item SET left_out = ? WHERE run_id = ? AND left_out <> ? "
                "AND item_id IN (SELECT value FROM json_each(?)) AND EXISTS (SELECT 1 FROM item i "
                f"WHERE i.id = run_item.item_id AND (i.state = 'listed' OR {_OPEN} OR ? = 0))",
                (int(out), run_id, int(out), ids, int(out)),
            ).rowcount

    def _step(self, tally: Tally | None, new: State, sets: str, where: str, parameters: tuple[object, ...]) -> int:
        """One step of every item that `where` means, however many; the tally counts those of its run."""
        mine = "EXISTS (SELECT 1 FROM run_item t WHERE t.run_id = ? AND t.item_id = i.id)"
        at_work = tally.run_id if tally is not None else -1
        with self._database.alone():
            with self._database.transaction() as connection:
                groups = connection.execute(
                    f"SELECT i.state, {mine}, count(*), coalesce(sum(i.size), 0) FROM item i WHERE {where} "
                    "GROUP BY 1, 2",
                    (at_work, *parameters),
                ).fetchall()
                connection.execute(f"UPDATE item AS i SET state = ?, {sets} WHERE {where}", (new.value, *parameters))
            for state, in_run, count, size in groups:
                if in_run and tally is not None:
                    tally.move(old=State(state), new=new, size=size, count=count)
        return sum(count for _, _, count, _ in groups)


def _at_work(tally: Tally | None, run_id: int) -> bool:
    return tally is not None and tally.run_id == run_id


def _wanted(tally: Tally | None, run_id: int) -> State:
    """What a wanted item is: queued in the run at work; of any other run only listed, until that goes on."""
    return State.QUEUED if _at_work(tally, run_id) else State.LISTED
