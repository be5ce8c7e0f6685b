"""The people of the made-up account: users with their access, groups in every shape, and callers from outside.

Not promised: who may see what (`visibility`), and changes made while the service runs (`store`).
The same seed and size always give the same people.
"""

import random
from dataclasses import dataclass
from enum import Enum

from mir_sandbox.names import COMPANIES, DIFFICULT_CONTACTS, DIFFICULT_GROUPS, DIFFICULT_USERS, FIRST, LAST

_ZONES = ("Europe/London", "America/New_York", "Asia/Tokyo", "Australia/Lord_Howe", "Asia/Kathmandu")


class AccessLevel(Enum):
    """Record Management Access (F12)."""

    NONE = "none"
    OWN_GROUP = "ownGroup"
    ALL = "all"


class Permission(Enum):
    """What a user may do with a recording that the access level shows."""

    LIST = "list"
    REPLAY = "replay"
    DOWNLOAD = "download"


ALL_PERMISSIONS = frozenset(Permission)


@dataclass(frozen=True, slots=True)
class User:
    """A user of the account. `number` is the place in the account's book; `recorded` says Call Recording is enabled."""

    number: int
    user_id: str
    name: str
    email: str
    unique_id: str
    extension: str
    time_zone: str
    access: AccessLevel
    permissions: frozenset[Permission]
    recorded: bool
    username: str
    password: str
    role: str
    service: bool = False

    @property
    def phone_number(self) -> str:
        """The portal's notation `<unique ID>-<extension>` (F6)."""
        return f"{self.unique_id}-{self.extension}"


@dataclass(frozen=True, slots=True)
class Contact:
    """A party outside the account. `number` is its place in the account's book, after all users."""

    number: int
    name: str
    phone_number: str


@dataclass(frozen=True, slots=True)
class Group:
    """A call recording group (F13): user ids of managers and members, either of which may be empty."""

    group_id: str
    name: str
    managers: tuple[str, ...]
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class People:
    """Everybody. Users and contacts share one numbering: users first."""

    account_id: str
    account_name: str
    users: tuple[User, ...]
    groups: tuple[Group, ...]
    contacts: tuple[Contact, ...]

    def user(self, user_id: str) -> User | None:
        """The user of that id."""
        return next((user for user in self.users if user.user_id == user_id), None)

    def by_username(self, username: str) -> User | None:
        """The user who signs in by that name; service accounts by their client id."""
        return next((user for user in self.users if user.username == username), None)


# (username, role, access level, recorded): the users every account has, in this order.
_CAST = (
    ("none", "none", AccessLevel.NONE, True),
    ("member", "member", AccessLevel.OWN_GROUP, True),
    ("manager", "manager", AccessLevel.OWN_GROUP, True),
    ("all", "all", AccessLevel.ALL, True),
    ("single", "ungrouped", AccessLevel.OWN_GROUP, True),
    ("comanager", "manager", AccessLevel.OWN_GROUP, True),
    ("both", "manager and member", AccessLevel.OWN_GROUP, True),
    ("lonely", "manager without members", AccessLevel.OWN_GROUP, True),
    ("listener", "may not download", AccessLevel.OWN_GROUP, True),
    ("unrecorded", "manager without recordings", AccessLevel.OWN_GROUP, False),
)
_SERVICE = ("archive-service", "serviceAccount")


def make_people(*, seed: int, conversations: int, time_zone: str) -> People:
    """Everybody of an account of that size."""
    rng = random.Random(f"people {seed}")  # noqa: S311 - made-up data
    total = len(_CAST) + len(DIFFICULT_USERS) + min(600, 8 + conversations // 60)
    users = [_user(rng, number=number, time_zone=time_zone) for number in range(total)]
    users.append(_service_account(rng, number=total))
    groups = _cast_groups(users) + _more_groups(rng, users)
    return People(
        account_id=f"acc-{rng.randrange(10**6):06d}",
        account_name="Brightwater Logistics GmbH",
        users=tuple(users),
        groups=tuple(groups),
        contacts=tuple(_contacts(rng, first=len(users), count=200 + min(5000, conversations // 20))),
    )


def _user(rng: random.Random, *, number: int, time_zone: str) -> User:
    username, role, access, recorded = f"user{number}", "user", AccessLevel.OWN_GROUP, True
    name = f"{FIRST[rng.randrange(len(FIRST))]} {LAST[rng.randrange(len(LAST))]}"
    zone = time_zone
    if number < len(_CAST):
        username, role, access, recorded = _CAST[number]
    elif number < len(_CAST) + len(DIFFICULT_USERS):
        name = DIFFICULT_USERS[number - len(_CAST)]
        zone = _ZONES[number % len(_ZONES)]
    elif number % 9 == 0:
        zone = _ZONES[rng.randrange(len(_ZONES))]
    return User(
        number=number,
        user_id=f"u-{number + 1:05d}",
        name=name,
        email=f"{username}@brightwater.example",
        unique_id=str(40_000_000 + number * 37 + rng.randrange(37)),
        extension=str(2000 + number),
        time_zone=zone,
        access=access,
        permissions=ALL_PERMISSIONS - {Permission.DOWNLOAD} if username == "listener" else ALL_PERMISSIONS,
        recorded=recorded,
        username=username,
        password=f"{username}-{rng.getrandbits(40):010x}",
        role=role,
    )


def _service_account(rng: random.Random, *, number: int) -> User:
    client_id, role = _SERVICE
    return User(
        number=number,
        user_id="u-service",
        name="Archive service",
        email="archive-service@brightwater.example",
        unique_id="40999999",
        extension="9999",
        time_zone="UTC",
        access=AccessLevel.ALL,
        permissions=ALL_PERMISSIONS,
        recorded=False,
        username=client_id,
        password=f"secret-{rng.getrandbits(80):020x}",
        role=role,
        service=True,
    )


def _cast_groups(users: list[User]) -> list[Group]:
    ids = {user.username: user.user_id for user in users}
    difficult = [user.user_id for user in users[len(_CAST) : len(_CAST) + len(DIFFICULT_USERS)]]
    return [
        Group("g-sales", "Sales", (ids["manager"], ids["comanager"]), (ids["member"], *difficult[:3])),
        Group("g-south", DIFFICULT_GROUPS[0], (ids["manager"],), (ids["manager"], ids["listener"], *difficult[2:6])),
        Group("g-support", DIFFICULT_GROUPS[1], (ids["both"],), (*difficult[5:], ids["none"])),
        Group("g-field", DIFFICULT_GROUPS[2], (), (ids["both"], difficult[0])),
        Group("g-empty", DIFFICULT_GROUPS[3], (ids["lonely"],), ()),
        Group("g-night", DIFFICULT_GROUPS[4], (ids["unrecorded"],), (ids["member"],)),
        Group("g-nobody", "Nobody", (), ()),
    ]


def _more_groups(rng: random.Random, users: list[User]) -> list[Group]:
    rest = [user for user in users[len(_CAST) + len(DIFFICULT_USERS) :] if not user.service]
    groups = []
    for start in range(0, len(rest), 12):
        team = rest[start : start + 12]
        managers = tuple(user.user_id for user in team[: rng.randrange(3)])
        groups.append(Group(f"g-{start // 12 + 1:03d}", f"Team {start // 12 + 1}", managers,
                            tuple(user.user_id for user in team[1:])))  # fmt: skip
    return groups


def _contacts(rng: random.Random, *, first: int, count: int) -> list[Contact]:
    contacts = [Contact(first + index, name, number) for index, (name, number) in enumerate(DIFFICULT_CONTACTS)]
    for index in range(len(contacts), count):
        name = f"{FIRST[rng.randrange(len(FIRST))]} {LAST[rng.randrange(len(LAST))]}"
        if index % 4 == 0:
            name = COMPANIES[rng.randrange(len(COMPANIES))]
        contacts.append(Contact(first + index, name, f"+49{rng.randrange(30, 999)}555{rng.randrange(10**4):04d}"))
    return contacts
