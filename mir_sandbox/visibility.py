"""Who may see whose recordings: the access levels and groups of F12 and F13, and nothing else.

Not promised: rights of a token; scopes are checked where a request comes in. The scope of a search only narrows.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from mir_sandbox.people import AccessLevel, Group, People, Permission, User


class Scope(Enum):
    """Whose recordings a search asks for."""

    OWN = "own"
    GROUP = "group"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Access:
    """What a user has been given: an access level, and permissions that mean nothing with level None."""

    level: AccessLevel
    permissions: frozenset[Permission]


@dataclass(frozen=True, slots=True)
class View:
    """What one user sees: the numbers of the owners, or None for everybody. `own` and `group` are among them."""

    owners: frozenset[int] | None
    own: frozenset[int]
    group: frozenset[int]

    def narrowed(self, scope: Scope) -> frozenset[int] | None:
        """The owners a search of that scope covers; None for everybody."""
        return {Scope.OWN: self.own, Scope.GROUP: self.group, Scope.ALL: self.owners}[scope]

    def sees(self, owner: int) -> bool:
        """Whether conversations of that owner are shown."""
        return self.owners is None or owner in self.owners

    @property
    def fingerprint(self) -> str:
        """Another text for another set of owners: a cursor made under other rights would skip what is new to see."""
        text = "all" if self.owners is None else ",".join(map(str, sorted(self.owners)))
        return hashlib.sha256(text.encode()).hexdigest()[:12]


NOTHING = View(owners=frozenset(), own=frozenset(), group=frozenset())


class Visibility:
    """The people of an account with the access each has at the moment."""

    def __init__(self, people: People, access: Mapping[str, Access]) -> None:
        self.people = people
        self._access = {user.user_id: Access(user.access, user.permissions) for user in people.users} | dict(access)
        self._numbers = {user.user_id: user.number for user in people.users}
        self._views: dict[str, View] = {}

    def access(self, user: User) -> Access:
        """What the user has been given now."""
        return self._access[user.user_id]

    def grant(self, user: User, access: Access) -> None:
        """Give the user another access."""
        self._access[user.user_id] = access
        self._views.pop(user.user_id, None)

    def managed(self, user: User) -> list[Group]:
        """The groups the user manages; none with access level None."""
        if self.access(user).level is AccessLevel.NONE:
            return []
        return [group for group in self.people.groups if user.user_id in group.managers]

    def groups_of(self, user: User) -> list[Group]:
        """The groups the user is a member of."""
        return [group for group in self.people.groups if user.user_id in group.members]

    def view(self, user: User) -> View:
        """What the user sees now (F13): a member own recordings, a manager those of all members as well."""
        view = self._views.get(user.user_id)
        if view is None:
            view = self._views[user.user_id] = self._work_out(user)
        return view

    def _work_out(self, user: User) -> View:
        level = self.access(user).level
        if level is AccessLevel.NONE:
            return NOTHING
        own = frozenset({user.number})
        group = frozenset(self._numbers[member] for managed in self.managed(user) for member in managed.members)
        return View(owners=None if level is AccessLevel.ALL else own | group, own=own, group=group)

    def users_seen(self, user: User) -> list[User]:
        """The users whose recordings the user may see, by id; service accounts have none."""
        view = self.view(user)
        return sorted(
            (other for other in self.people.users if view.sees(other.number) and not other.service),
            key=lambda other: other.user_id,
        )
