"""Finding conversations in the store: by criteria within what a user sees, page by page, and by their changes.

Not promised: rights; the caller says which owners a user sees.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mir_sandbox.criteria import Criteria, Sort
from mir_sandbox.ids import Ids
from mir_sandbox.people import Contact, User
from mir_sandbox.rows import CONVERSATION, RECORDING, ConversationRow, RecordingRow, conversations, recordings
from mir_sandbox.store import Store
from mir_sandbox.visibility import View, Visibility

_CALLING = "calling IN (SELECT value FROM json_each(?))"
_CALLED = "called IN (SELECT value FROM json_each(?))"
_ORDER = {
    Sort.START: ("start", ">", "start, number"),
    Sort.START_DOWN: ("start", "<", "start DESC, number DESC"),
    Sort.AVAILABLE: ("available", ">", "available, number"),
}


@dataclass(frozen=True, slots=True)
class Plan:
    """A search made ready: the condition with its values, and the order."""

    where: str
    values: tuple[object, ...]
    sort: Sort

    def key(self, row: ConversationRow) -> int:
        """The value by which the list is sorted."""
        return row.available if self.sort is Sort.AVAILABLE else row.start


class Listing:
    """Searches over one store."""

    def __init__(self, store: Store, visibility: Visibility, ids: Ids) -> None:
        self._store = store
        self._visibility = visibility
        self._ids = ids
        people = visibility.people
        self._parties: Sequence[User | Contact] = (*people.users, *people.contacts)
        self._folded = [party.name.casefold() for party in self._parties]

    def plan(self, view: View, criteria: Criteria, *, start_ms: int, end_ms: int, as_of_ms: int) -> Plan:
        """The search of a user with that view, over a window of start times."""
        conditions = ["start >= ?", "start < ?", "available <= ?", "(deleted IS NULL OR deleted > ?)"]
        values: list[object] = [-(-start_ms // 1000), -(-end_ms // 1000), as_of_ms, as_of_ms]

        def also(condition: str, *more: object) -> None:
            conditions.append(condition)
            values.extend(more)

        owners = self._owners(view, criteria)
        if owners is not None and len(owners) == 1:
            also("owner = ?", *owners)
        elif owners is not None:
            # The sign keeps SQLite from going by owner, which would mean sorting the window for every page.
            also("+owner IN (SELECT value FROM json_each(?))", _array(owners))
        if criteria.outbound is not None:
            also("outbound = ?", criteria.outbound)
        if criteria.on_demand is not None:
            also("on_demand = ?", criteria.on_demand)
        if criteria.min_seconds is not None:
            also("seconds >= ?", criteria.min_seconds)
        if criteria.max_seconds is not None:
            also("seconds <= ?", criteria.max_seconds)
        if criteria.has_recording is not None:
            also("takes > 0" if criteria.has_recording else "takes = 0")
        if criteria.conversation is not None:
            also("number = ?", self._ids.conversation_number(criteria.conversation) or 0)
        if criteria.available_after is not None:
            also("available >= ?", criteria.available_after)
        for condition, number, name, extension in (
            (_CALLING, criteria.calling_number, criteria.calling_name, criteria.calling_extension),
            (_CALLED, criteria.called_number, criteria.called_name, criteria.called_extension),
        ):
            if any(text is not None for text in (number, name, extension)):
                also(condition, _array(self._found(number, name, extension)))
        return Plan(" AND ".join(conditions), tuple(values), criteria.sort)

    def _owners(self, view: View, criteria: Criteria) -> frozenset[int] | None:
        owners = view.narrowed(criteria.scope)
        people = self._visibility.people
        if criteria.owner is not None:
            user = people.user(criteria.owner)
            owners = _both(owners, frozenset() if user is None else frozenset({user.number}))
        if criteria.group is not None:
            groups = [group for group in people.groups if group.group_id == criteria.group]
            members = {member for group in groups for member in group.members}
            owners = _both(owners, frozenset(user.number for user in people.users if user.user_id in members))
        return owners

    def _found(self, number: str | None, name: str | None, extension: str | None) -> list[int]:
        """The numbers of the parties that meet all texts given."""
        by_number, by_name, by_extension = _matcher(number), _matcher(name and name.casefold()), _matcher(extension)
        return [
            party.number
            for party, folded in zip(self._parties, self._folded, strict=True)
            if by_number(party.phone_number)
            and by_name(folded)
            and by_extension(party.extension if isinstance(party, User) else "")
        ]

    def count(self, plan: Plan, *, expired_before: int) -> tuple[int, int, int]:
        """How many conversations, how many third parties in them, and the bytes of their available recordings."""
        row = self._store.row(
            "SELECT count(*), count(third), total(CASE WHEN start > ? THEN size END) FROM conversation"  # noqa: S608
            f" WHERE {plan.where}",
            (expired_before, *plan.values),
        )
        return int(row[0]), int(row[1]), int(row[2])

    def page(
        self, plan: Plan, *, after: tuple[int, int] | None, limit: int, inclusive: bool = False
    ) -> list[ConversationRow]:
        """At most `limit` conversations, from behind a position (key, number), or from it on."""
        column, sign, order = _ORDER[plan.sort]
        where, values = plan.where, plan.values
        if after is not None:
            where += f" AND ({column}, number) {sign}{'=' if inclusive else ''} (?, ?)"
            values = (*values, *after)
        statement = f"SELECT {CONVERSATION} FROM conversation WHERE {where} ORDER BY {order} LIMIT {limit}"  # noqa: S608
        return conversations(self._store.rows(statement, values))

    def changes(self, view: View, *, after: tuple[int, int], until_ms: int, limit: int) -> list[ConversationRow]:
        """Conversations in the order in which they became available or changed, behind (time, number)."""
        condition, values = "", ()  # type: tuple[str, tuple[object, ...]]
        if view.owners is not None:
            condition, values = "AND +owner IN (SELECT value FROM json_each(?))", (_array(view.owners),)
        statement = (
            f"SELECT {CONVERSATION} FROM conversation WHERE (changed, number) > (?, ?) AND changed <= ?"  # noqa: S608
            f" AND available <= ? AND deleted IS NULL {condition} ORDER BY changed, number LIMIT {limit}"
        )
        return conversations(self._store.rows(statement, (*after, until_ms, until_ms, *values)))

    def recordings(self, numbers: Sequence[int]) -> dict[int, list[RecordingRow]]:
        """The recordings of those conversations, each list in the order of `sequence`."""
        found: dict[int, list[RecordingRow]] = {}
        statement = (
            f"SELECT {RECORDING} FROM recording WHERE conversation IN (SELECT value FROM json_each(?))"  # noqa: S608
            " ORDER BY conversation, number"
        )
        for row in recordings(self._store.rows(statement, (_array(numbers),))):
            found.setdefault(row.conversation, []).append(row)
        return found

    def conversation(self, number: int, *, now_ms: int) -> ConversationRow | None:
        """One conversation that is listed now."""
        statement = f"SELECT {CONVERSATION} FROM conversation WHERE number = ? AND available <= ? AND deleted IS NULL"  # noqa: S608
        row = self._store.row(statement, (number, now_ms))
        return None if row is None else ConversationRow._make(row)


def _both(owners: frozenset[int] | None, wanted: frozenset[int]) -> frozenset[int]:
    return wanted if owners is None else owners & wanted


def _array(numbers: Sequence[int] | frozenset[int]) -> str:
    return json.dumps(list(numbers))


def _matcher(pattern: str | None) -> Callable[[str], bool]:
    """Whether a text meets a pattern with `*` at either end; without a pattern every text does."""
    if pattern is None:
        return lambda _: True
    core = pattern.removeprefix("*").removesuffix("*") if len(pattern) > 1 else pattern.strip("*")
    ends = pattern.startswith("*"), pattern.endswith("*")
    if ends == (True, True):
        return lambda text: core in text
    if ends == (True, False):
        return lambda text: text.endswith(core)
    if ends == (False, True):
        return lambda text: text.startswith(core)
    return lambda text: text == core
