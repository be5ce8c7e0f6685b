"""The caller, users and groups on the wire, made into `model` values; it never judges who may see what (F17)."""

from __future__ import annotations

from typing import Annotated, Generic, TypeVar

import msgspec

from download_client.api.wire.base import OpaqueToken, Positive, ShortText, Text, Wire, read
from download_client.model import AccessLevel, Account, Group, Limits, Me, Member, Retention, User

T = TypeVar("T")

_MOST_PERMISSIONS = 100


class WireUser(Wire):
    """A user of the account."""

    user_id: ShortText
    name: Text
    email: Text = ""
    extension: Text = ""

    def value(self) -> User:
        """As `model` has it."""
        return User(self.user_id, self.name, self.email, self.extension)


class WireGroup(Wire):
    """A call recording group (F13)."""

    id: ShortText
    name: Text
    members: tuple[WireUser, ...] = ()

    def value(self) -> Group:
        """As `model` has it."""
        return Group(self.id, self.name, tuple(Member(each.user_id, each.name) for each in self.members))


class _Account(Wire):
    id: ShortText
    name: Text


class _Retention(Wire):
    months: Positive
    archiving: bool


class _Limits(Wire):
    max_concurrent_downloads: Positive
    max_page_size: Positive
    max_window_days: Positive


class _Me(Wire):
    user: WireUser
    account: _Account
    access_level: AccessLevel
    permissions: Annotated[tuple[ShortText, ...], msgspec.Meta(max_length=_MOST_PERMISSIONS)]
    time_zone: ShortText
    retention: _Retention
    limits: _Limits
    managed_groups: tuple[WireGroup, ...] = ()


class ListPage(Wire, Generic[T]):
    """A page of one of the short lists."""

    items: tuple[T, ...]
    next_page_token: OpaqueToken = ""


_me = msgspec.json.Decoder(_Me)
_users = msgspec.json.Decoder(ListPage[WireUser])
_groups = msgspec.json.Decoder(ListPage[WireGroup])


def read_me(body: bytes) -> Me:
    """The answer of `GET /me`.

    Raises:
        ProtocolBroken: it breaks the contract.

    """
    me = read(_me, body, what="me")
    return Me(
        user=me.user.value(),
        account=Account(me.account.id, me.account.name),
        access_level=me.access_level,
        managed_groups=tuple(each.value() for each in me.managed_groups),
        permissions=frozenset(me.permissions),
        time_zone=me.time_zone,
        retention=Retention(me.retention.months, me.retention.archiving),
        limits=Limits(me.limits.max_concurrent_downloads, me.limits.max_page_size, me.limits.max_window_days),
    )


def read_users(body: bytes) -> tuple[tuple[User, ...], str]:
    """A page of `GET /users` and the token of the next; raises as `read_me`."""
    page = read(_users, body, what="users")
    return tuple(each.value() for each in page.items), page.next_page_token


def read_groups(body: bytes) -> tuple[tuple[Group, ...], str]:
    """A page of `GET /groups` and the token of the next; raises as `read_me`."""
    page = read(_groups, body, what="groups")
    return tuple(each.value() for each in page.items), page.next_page_token
