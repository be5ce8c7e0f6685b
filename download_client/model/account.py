"""Who is signed in and what the service lets them see; it never computes visibility itself (F17)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class AccessLevel(StrEnum):
    """Record Management Access (F12)."""

    NONE = "none"
    OWN_GROUP = "ownGroup"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class User:
    """A person of the account."""

    user_id: str
    name: str
    email: str = ""
    extension: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a call recording group (F13)."""

    user_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Group:
    """A call recording group (F13); may have no manager, several, or no members."""

    group_id: str
    name: str
    members: tuple[Member, ...] = ()


@dataclass(frozen=True, slots=True)
class Account:
    """The MiCloud account."""

    account_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Retention:
    """How long the service keeps recordings: 12 months, or 84 with archiving (F15)."""

    months: int
    archiving: bool


@dataclass(frozen=True, slots=True)
class Limits:
    """What the service bears: downloads at once, rows per page, days per search window."""

    max_concurrent_downloads: int
    max_page_size: int
    max_window_days: int


@dataclass(frozen=True, slots=True)
class Me:
    """The answer of `GET /me`."""

    user: User
    account: Account
    access_level: AccessLevel
    managed_groups: tuple[Group, ...]
    permissions: frozenset[str]
    time_zone: str
    retention: Retention
    limits: Limits
