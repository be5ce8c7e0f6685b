"""Which resource of the contract a request target names.

Not promised: that the resource exists; the path is read, nothing is looked up.
"""

import re
from collections import OrderedDict
from dataclasses import dataclass, replace
from enum import Enum
from urllib.parse import urlsplit

from mir_sandbox.front.http1 import Head


class Route(Enum):
    """The resources of the contract, by the names faults and journal use."""

    DISCOVERY = "discovery"
    AUTHORIZE = "authorize"
    TOKEN = "token"  # noqa: S105 - the name of a resource
    REVOKE = "revoke"
    ME = "me"
    USERS = "users"
    GROUPS = "groups"
    CONVERSATIONS = "conversations"
    CONVERSATION = "conversation"
    PARTICIPANTS = "participants"
    CONTENT = "content"
    CHANGES = "changes"
    SAVED_SEARCHES = "savedSearches"
    LINK = "link"
    """A signed link to content."""
    OTHER = "other"


_FIXED = {
    "/.well-known/oauth-authorization-server": Route.DISCOVERY,
    "/auth/authorize": Route.AUTHORIZE,
    "/auth/token": Route.TOKEN,
    "/auth/revoke": Route.REVOKE,
    "/me": Route.ME,
    "/users": Route.USERS,
    "/groups": Route.GROUPS,
    "/conversations": Route.CONVERSATIONS,
    "/participants": Route.PARTICIPANTS,
    "/changes": Route.CHANGES,
    "/saved-searches": Route.SAVED_SEARCHES,
}
_LINKS_KEPT = 10_000
_CONTENT = re.compile(r"/conversations/([^/]+)/recordings/([^/]+)/content")
_CONVERSATION = re.compile(r"/conversations/([^/]+)")


@dataclass(frozen=True, slots=True)
class Target:
    """What a target names: the resource, and the ids in the path."""

    route: Route
    conversation: str | None = None
    recording: str | None = None


def target_of(path: str, *, base_path: str) -> Target:
    """What `path` (no query) names below `base_path`; `Route.OTHER` when it is none of the contract's."""
    if not path.startswith(base_path):
        return Target(Route.OTHER)
    rest = path[len(base_path) :]
    if (fixed := _FIXED.get(rest)) is not None:
        return Target(fixed)
    if found := _CONTENT.fullmatch(rest):
        return Target(Route.CONTENT, found[1], found[2])
    if found := _CONVERSATION.fullmatch(rest):
        return Target(Route.CONVERSATION, found[1])
    if rest.startswith("/saved-searches/"):
        return Target(Route.SAVED_SEARCHES)
    if rest.startswith("/links/"):
        return Target(Route.LINK)
    return Target(Route.OTHER)


class Links:
    """Which recordings the signed links are for that the service has given out, learnt from its redirects."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, Target] = OrderedDict()

    def learn(self, redirect: Head, content: Target) -> None:
        """Remember where a request for `content` was sent."""
        location = (redirect.first("Location") or b"").decode("latin-1")
        if content.route is Route.CONTENT and location:
            self._known[urlsplit(location).path] = replace(content, route=Route.LINK)
            if len(self._known) > _LINKS_KEPT:
                self._known.popitem(last=False)

    def target_of(self, path: str) -> Target:
        """What a link is for; without ids if it is not known."""
        return self._known.get(path, Target(Route.LINK))
