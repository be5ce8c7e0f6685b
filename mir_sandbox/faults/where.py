"""Where a fault applies: which of all requests it is for.

Not promised: how often; that is the rule's business. With signed links a recording is asked for twice, at its own
address and at the link; faults of its body are then meant for `route: link`, where `recording` holds too.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from mir_sandbox.faults.parameters import Rejected
from mir_sandbox.front.http1 import Request
from mir_sandbox.front.route import Route, Target


@dataclass(frozen=True, slots=True)
class Call:
    """A request as faults see it."""

    request: Request
    target: Target
    door: str
    connection: int
    user: str | None
    """The user's name in the account, where the access token tells it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """A condition on requests: everything that is not None must hold."""

    routes: frozenset[Route] | None = None
    method: str | None = None
    path: re.Pattern[str] | None = None
    """Searched for in the target, query included."""
    recording: str | None = None
    conversation: str | None = None
    user: str | None = None
    ranged: bool | None = None
    """True: only requests with a Range header; False: only those without."""
    door: str | None = None

    def holds(self, call: Call) -> bool:
        """Whether `call` is meant."""
        request, target = call.request, call.target
        return (
            (self.routes is None or target.route in self.routes)
            and (self.method is None or request.method == self.method)
            and (self.recording is None or target.recording == self.recording)
            and (self.conversation is None or target.conversation == self.conversation)
            and (self.user is None or call.user == self.user)
            and (self.ranged is None or ("range" in request.headers) is self.ranged)
            and (self.door is None or call.door == self.door)
            and (self.path is None or self.path.search(request.target) is not None)
        )

    def as_json(self) -> dict[str, object]:
        """The condition as `read_where` reads it."""
        shown: dict[str, object] = {
            "route": sorted(route.value for route in self.routes) if self.routes is not None else None,
            "path": self.path.pattern if self.path is not None else None,
        }
        for name in ("method", "recording", "conversation", "user", "ranged", "door"):
            shown[name] = getattr(self, name)
        return {name: value for name, value in shown.items() if value is not None}


def read_where(untrusted: object, *, routes: tuple[Route, ...]) -> Where:
    """The condition in a JSON object. `routes` hold when it names no route, path or recording. Raises `Rejected`.

    `route` is a name, a list of names, or `"any"`.
    """
    if not isinstance(untrusted, Mapping):
        raise Rejected("where must be an object")
    kinds: dict[str, type] = dict.fromkeys(("method", "path", "recording", "conversation", "user", "door"), str) | {
        "ranged": bool
    }
    for name, value in untrusted.items():
        if name != "route" and name not in kinds:
            raise Rejected(f"where has no {name}; there are: route, {', '.join(kinds)}")
        if name != "route" and not isinstance(value, kinds[name]):
            raise Rejected(f"where.{name} must be of kind {kinds[name].__name__}")
    path = untrusted.get("path")
    try:
        pattern = re.compile(path) if path is not None else None
    except re.error as error:
        raise Rejected(f"where.path is no regular expression: {error}") from None
    named = untrusted.get("route", "any" if path is not None else [route.value for route in routes] or "any")
    return Where(
        routes=_read_routes(named),
        method=untrusted.get("method"),
        path=pattern,
        recording=untrusted.get("recording"),
        conversation=untrusted.get("conversation"),
        user=untrusted.get("user"),
        ranged=untrusted.get("ranged"),
        door=untrusted.get("door"),
    )


def _read_routes(untrusted: object) -> frozenset[Route] | None:
    if untrusted == "any":
        return None
    names = [untrusted] if isinstance(untrusted, str) else untrusted
    if not isinstance(names, list):
        raise Rejected("where.route must be a name or a list of names")
    try:
        return frozenset(Route(name) for name in names)
    except ValueError as error:
        raise Rejected(f"where.route: {error}; there are: any, {', '.join(route.value for route in Route)}") from None
