"""The recordings of a run in the groups people look at: how many, how much, and pages of them; it changes nothing.

Each group is asked by the index that holds it, so that a look at a run of a million is quick; only what is home is
counted by walking through the run.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from download_client.ledger.database import Database
from download_client.ledger.item import COLUMNS, Item
from download_client.model import Conversation, ItemGroup, decode_conversation

_REST = "i.state NOT IN ('listed', 'queued', 'fetching', 'fetched', 'archived', 'erased')"
"""As the index `item_rest` says it: SQLite uses a partial index only for a question in its own words."""
_LATER = "(i.state = 'waiting' OR (i.state = 'failed' AND i.again_at IS NOT NULL))"
_WANTED = "EXISTS (SELECT 1 FROM run_item r WHERE r.run_id = ? AND r.item_id = i.id AND r.left_out = 0)"
_HOME = "i.state IN ('archived', 'erased')"


class Part(NamedTuple):
    """A group, or a part of one that an index holds: FROM, WHERE (whose one parameter is the run), ORDER BY."""

    source: str
    where: str
    order: str


PARTS: dict[ItemGroup, tuple[Part, ...]] = {
    ItemGroup.FAILED: (Part("item i INDEXED BY item_rest", f"{_REST} AND NOT {_LATER} AND {_WANTED}", "i.id"),),
    ItemGroup.DOWNLOADING: (
        Part("item i INDEXED BY item_hand", f"i.state IN ('fetching', 'fetched') AND {_WANTED}", "i.id"),
    ),
    ItemGroup.WAITING: (Part("item i INDEXED BY item_rest", f"{_REST} AND {_LATER} AND {_WANTED}", "i.id"),),
    # Of a run that is not at work, another may have taken it out of the queue: wanted again when it goes on.
    ItemGroup.QUEUED: (
        Part("item i INDEXED BY item_queue", f"i.state = 'queued' AND {_WANTED}", "i.priority, i.id"),
        Part("item i INDEXED BY item_listed", f"i.state = 'listed' AND {_WANTED}", "i.id"),
    ),
    ItemGroup.LEFT_OUT: (
        Part(
            "run_item r INDEXED BY run_left_out CROSS JOIN item i ON i.id = r.item_id",
            f"r.run_id = ? AND r.left_out = 1 AND NOT {_HOME}",
            "r.item_id",
        ),
    ),
    ItemGroup.ARCHIVED: (
        Part("run_item r CROSS JOIN item i ON i.id = r.item_id", f"r.run_id = ? AND {_HOME}", "r.item_id"),
    ),
}


class GroupRow(NamedTuple):
    """One recording of a run. `skipped`: it was home when the run listed it."""

    item: Item
    conversation: Conversation
    skipped: bool


class Groups:
    """Looks at the items of a run, also beside a writer."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def figures(self, run_id: int, *, but: Collection[ItemGroup] = ()) -> dict[ItemGroup, tuple[int, int]]:
        """How many recordings are in each group, and the bytes of those whose size is known, at one moment.

        `but`: not these, whose figures somebody has already; of a million recordings they take a second.
        """
        counted = " UNION ALL ".join(
            f"SELECT '{group.value}', count(*), coalesce(sum(i.size), 0) FROM {part.source} WHERE {part.where}"
            for group, parts in PARTS.items()
            if group not in but
            for part in parts
        )
        found = {group: (0, 0) for group in ItemGroup if group not in but}
        for name, count, size in self._database.query(counted, (run_id,) * counted.count("?")):
            before = found[ItemGroup(name)]
            found[ItemGroup(name)] = (before[0] + int(count), before[1] + int(size))
        return found

    def page(self, run_id: int, group: ItemGroup, *, start: int, count: int) -> list[GroupRow]:
        """`count` recordings of a group from the `start`th on."""
        found: list[GroupRow] = []
        for part in PARTS[group]:
            ids = self._database.query(
                f"SELECT i.id FROM {part.source} WHERE {part.where} ORDER BY {part.order} LIMIT ? OFFSET ?",
                (run_id, count - len(found), start),
            )
            found += self._rows(run_id, [row[0] for row in ids])
            if len(found) >= count or part is PARTS[group][-1]:
                break
            ((here,),) = self._database.query(f"SELECT count(*) FROM {part.source} WHERE {part.where}", (run_id,))
            start = max(0, start - int(here))
        return found

    def _rows(self, run_id: int, ids: list[int]) -> list[GroupRow]:
        rows = {}
        for item_id in ids:
            for row in self._database.query(
                f"SELECT {COLUMNS}, c.body, r.skipped FROM item i JOIN conversation c ON c.id = i.conversation_id "
                "JOIN run_item r ON r.run_id = ? AND r.item_id = i.id WHERE i.id = ?",
                (run_id, item_id),
            ):
                rows[item_id] = GroupRow(Item.of(row[:-2]), decode_conversation(row[-2]), bool(row[-1]))
        return [rows[item_id] for item_id in ids if item_id in rows]
