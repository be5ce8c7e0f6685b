"""Who is signed in, and the users and groups they may see, for pickers; visibility is the service's word (F17)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from download_client.api.address import ServiceAddress
from download_client.api.caller import Caller
from download_client.api.connection import Request
from download_client.api.listing import Tokens
from download_client.api.wire.people import read_groups, read_me, read_users
from download_client.errors import ListingBroken
from download_client.model import Group, Me, User

T = TypeVar("T")

_MOST = 200_000
"""Items of a list that is held whole."""


def all_pages(
    caller: Caller, url: str, read: Callable[[bytes], tuple[tuple[T, ...], str]], *, what: str
) -> tuple[T, ...]:
    """All items of a short list.

    Raises:
        ListingBroken: it goes round in a circle or does not end.

    """
    items: list[T] = []
    chain = Tokens("")
    token = ""
    while True:
        # No page size: the service's own fits its limit, which is not known before `/me` is asked.
        query = (("pageToken", token),) if token else ()
        page, token = caller.call(Request("GET", url, query=query), read)
        items += page
        if not token:
            return tuple(items)
        chain.follow(token, rows=len(page))
        if len(items) > _MOST:
            raise ListingBroken("it does not end", subject=what)


class People:
    """What `/me`, `/users` and `/groups` answer. All methods raise as `Caller.call`, too."""

    def __init__(self, caller: Caller, service: ServiceAddress) -> None:
        self._caller = caller
        self._service = service

    def me(self) -> Me:
        """Who is signed in and what they may; answers at every access level."""
        return self._caller.call(Request("GET", self._service.below("me")), read_me)

    def users(self) -> tuple[User, ...]:
        """The users whose recordings the caller may see; raises AccessNone."""
        return all_pages(self._caller, self._service.below("users"), read_users, what="users")

    def groups(self) -> tuple[Group, ...]:
        """The call recording groups the caller may see; raises AccessNone."""
        return all_pages(self._caller, self._service.below("groups"), read_groups, what="groups")
