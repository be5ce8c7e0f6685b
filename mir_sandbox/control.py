"""The control interface: JSON verbs by which a test or a person makes things happen at the service.

Not promised: protection beyond a path segment that nobody can guess; it is to be served on loopback alone. Faults of
the wire are not here; who serves the applications mounts them beside.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import TypeVar

import msgspec
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.types import ASGIApp

from mir_sandbox.answers import Bytes
from mir_sandbox.clock import utc_text_ms
from mir_sandbox.edits import Arrival, Edits, Lies, Order, Selection, Verb, Wrong
from mir_sandbox.options import Limits, Rate
from mir_sandbox.people import AccessLevel, Permission, User
from mir_sandbox.service import ARCHIVING_MONTHS, Service
from mir_sandbox.truth import truth
from mir_sandbox.visibility import Access

_Body = TypeVar("_Body", bound=msgspec.Struct)


class _Struct(msgspec.Struct, forbid_unknown_fields=True, rename="camel"):
    """The body of a verb."""


class _Clock(_Struct):
    advance_seconds: float = 0.0
    now: datetime | None = None


class _Recordings(_Struct):
    verb: Verb
    select: Selection = msgspec.field(default_factory=Selection)
    lies: Lies = msgspec.field(default_factory=Lies)
    sound: str | None = None
    seconds: float = 5.0
    ready_in_seconds: float | None = None
    times: int = 1


class _Arrivals(_Struct):
    owner: str
    count: int = 1
    recordings: int = 1
    started_seconds_ago: float = 300.0
    available_in_seconds: float = 0.0
    sound: str = "alaw-mono"
    seconds: float = 5.0


class _Access(_Struct):
    access_level: AccessLevel | None = None
    permissions: list[Permission] | None = None


class _Tokens(_Struct):
    user: str | None = None
    expire_access: bool = False
    revoke_refresh: bool = False


class _Rate(_Struct):
    per_second: float
    burst: int


class _Limits(_Struct):
    search: _Rate | None = None
    content: _Rate | None = None
    sign_in: _Rate | None = None
    max_concurrent_downloads: int | None = None
    max_concurrent_replays: int | None = None
    max_page_size: int | None = None
    max_window_days: int | None = None


class _Retention(_Struct):
    months: int | None = None
    archiving: bool | None = None


class _Links(_Struct):
    signed: bool
    base: str | None = None


class _Listings(_Struct):
    expire_page_tokens: bool = False
    expire_cursors: bool = False


Endpoint = Callable[[Request], Awaitable[Response]]


def control_app(service: Service, *, path: str, parts: Mapping[str, ASGIApp]) -> ASGIApp:
    """The control interface below `path`; each of `parts` is mounted there under its name."""
    control = _Control(service)
    routes = [
        Route("/clock", control.clock, methods=["GET", "POST"]),
        Route("/recordings", control.recordings, methods=["POST"]),
        Route("/arrivals", control.arrivals, methods=["POST"]),
        Route("/users", control.users, methods=["GET"]),
        Route("/users/{username}", control.user, methods=["POST"]),
        Route("/tokens", control.tokens, methods=["POST"]),
        Route("/limits", control.limits, methods=["POST"]),
        Route("/retention", control.retention, methods=["POST"]),
        Route("/links", control.links, methods=["POST"]),
        Route("/listings", control.listings, methods=["POST"]),
        Route("/journal", control.journal, methods=["GET", "DELETE"]),
        Route("/counts", control.counts, methods=["GET"]),
        Route("/truth", control.truth, methods=["GET"]),
        *(Mount(f"/{name}", app) for name, app in parts.items()),
    ]
    return Starlette(routes=[Mount(path, routes=routes)], exception_handlers={Wrong: _on_wrong})


async def _on_wrong(_: Request, wrong: Exception) -> Response:
    return _json({"error": str(wrong)}, status=400)


class _Control:
    """The verbs."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._edits = Edits(service)

    async def clock(self, request: Request) -> Response:
        """`{advanceSeconds}` or `{now}`; answers the time it is then."""
        if request.method == "POST":
            body = await _read(request, _Clock)
            if body.now is not None:
                if body.now.tzinfo is None:
                    raise Wrong("now needs an offset, such as a Z at the end")
                self._service.clock.set(body.now)
            self._service.clock.advance(body.advance_seconds)
        return _json({"now": utc_text_ms(self._service.now_ms())})

    async def recordings(self, request: Request) -> Response:
        """`{verb, select, …}`: do one thing to the selected recordings; answers their ids."""
        body = await _read(request, _Recordings)
        ready = body.ready_in_seconds
        order = Order(
            body.verb,
            body.lies,
            variant=None if body.sound is None else self._edits.variant(body.sound, seconds=body.seconds),
            ready_ms=None if ready is None else self._service.now_ms() + int(ready * 1000),
            times=body.times,
        )
        return _json({"recordings": self._edits.apply(order, self._edits.select(body.select))})

    async def arrivals(self, request: Request) -> Response:
        """`{owner, count, …}`: add conversations; answers their ids."""
        body = await _read(request, _Arrivals)
        now_ms = self._service.now_ms()
        arrival = Arrival(
            owner=self._user(body.owner).number,
            count=body.count,
            started_ms=now_ms - int(body.started_seconds_ago * 1000),
            available_ms=now_ms + int(body.available_in_seconds * 1000),
            recordings=body.recordings,
            variant=self._edits.variant(body.sound, seconds=body.seconds),
        )
        return _json({"conversations": self._edits.add(arrival)})

    async def users(self, _: Request) -> Response:
        """Everybody with what they have been given now."""
        return _json({"users": [self._shown(user) for user in self._service.people.users]})

    async def user(self, request: Request) -> Response:
        """`{accessLevel, permissions}`: give or withdraw; what is absent stays."""
        body = await _read(request, _Access)
        user = self._user(request.path_params["username"])
        access = self._service.visibility.access(user)
        level = access.level if body.access_level is None else body.access_level
        permissions = access.permissions if body.permissions is None else frozenset(body.permissions)
        self._service.set_access(user, Access(level, permissions))
        return _json(self._shown(user))

    async def tokens(self, request: Request) -> Response:
        """`{user, expireAccess, revokeRefresh}`: end tokens, of one user or of all; answers how many."""
        body = await _read(request, _Tokens)
        user_id = None if body.user is None else self._user(body.user).user_id
        tokens = self._service.tokens
        return _json(
            {
                "access": tokens.end_access(user_id) if body.expire_access else 0,
                "refresh": tokens.end_refresh(user_id) if body.revoke_refresh else 0,
            }
        )

    async def limits(self, request: Request) -> Response:
        """`{search: {perSecond, burst}, content, signIn, maxConcurrentDownloads, …}`; what is absent stays."""
        body = await _read(request, _Limits)
        limits: Limits = self._service.gate.limits
        for name in _Limits.__struct_fields__:
            value = getattr(body, name)
            if isinstance(value, _Rate):
                value = Rate(per_second=value.per_second, burst=value.burst)
            if value is not None:
                limits = replace(limits, **{name: value})
        self._service.gate.replace(limits)
        return _json({"limits": msgspec.convert(limits, _Limits, from_attributes=True)})

    async def retention(self, request: Request) -> Response:
        """`{months}` or `{archiving}`; subscribing to archiving means 84 months, unsubscribing 12 (F15)."""
        body = await _read(request, _Retention)
        behaviour = self._service.behaviour
        if body.archiving is not None:
            behaviour.archiving = body.archiving
            behaviour.months = ARCHIVING_MONTHS if body.archiving else self._service.options.retention_months
        if body.months is not None:
            behaviour.months = body.months
        return _json({"months": behaviour.months, "archiving": behaviour.archiving})

    async def links(self, request: Request) -> Response:
        """`{signed, base}`: answer content by signed links, perhaps on another host."""
        body = await _read(request, _Links)
        self._service.behaviour.signed_links = body.signed
        self._service.behaviour.signed_link_base = body.base
        return _json({"signed": body.signed, "base": body.base})

    async def listings(self, request: Request) -> Response:
        """`{expirePageTokens, expireCursors}`: everything given out so far answers 410."""
        body = await _read(request, _Listings)
        self._service.behaviour.page_epoch += body.expire_page_tokens
        self._service.behaviour.cursor_epoch += body.expire_cursors
        return _json({})

    async def journal(self, request: Request) -> Response:
        """`?since=&limit=`: the requests after that number; `DELETE` forgets entries and counts."""
        journal = self._service.journal
        if request.method == "DELETE":
            journal.clear()
            return _json({})
        since, limit = (_number(request, name, default) for name, default in (("since", 0), ("limit", 10_000)))
        return _json({"entries": journal.since(since, limit=limit)})

    async def counts(self, _: Request) -> Response:
        """How often each method, route and status occurred, and the downloads open now."""
        return _json({"counts": self._service.journal.totals(), "downloads": self._service.gate.downloads()})

    async def truth(self, request: Request) -> Response:
        """`?user=&from=&to=`: every recording that user may see in that window of start times, as it really is."""
        user = self._user(request.query_params.get("user", ""))
        start, end = (_moment(request, name) for name in ("from", "to"))
        rows = truth(self._service, user, start=start, end=end)
        return StreamingResponse(_listed("recordings", rows), media_type="application/json")

    def _user(self, untrusted_name: str) -> User:
        user = self._service.people.by_username(untrusted_name)
        if user is None:
            raise Wrong(f"there is no user {untrusted_name}")
        return user

    def _shown(self, user: User) -> dict[str, object]:
        access = self._service.visibility.access(user)
        return {
            "username": user.username,
            "password": user.password,
            "userId": user.user_id,
            "role": user.role,
            "accessLevel": access.level,
            "permissions": sorted(permission.value for permission in access.permissions),
        }


def _json(content: object, *, status: int = 200) -> Response:
    return Bytes(msgspec.json.encode(content), [(b"content-type", b"application/json")], status=status)


async def _listed(name: str, rows: Iterator[dict[str, object]]) -> AsyncIterator[bytes]:
    """A JSON object with one long list, some rows at a time."""
    yield f'{{"{name}":['.encode()
    comma = b""
    while batch := list(islice(rows, 1000)):
        yield comma + msgspec.json.encode(batch)[1:-1]
        comma = b","
    yield b"]}"


async def _read(request: Request, kind: type[_Body]) -> _Body:
    try:
        return msgspec.json.decode(await request.body() or b"{}", type=kind)
    except msgspec.MsgspecError as error:
        raise Wrong(str(error)) from None


def _number(request: Request, name: str, default: int) -> int:
    text = request.query_params.get(name, str(default))
    if not text.isdigit():
        raise Wrong(f"{name} must be a number")
    return int(text)


def _moment(request: Request, name: str) -> datetime | None:
    text = request.query_params.get(name)
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise Wrong(f"{name} must be a time") from None
    if moment.tzinfo is None:
        raise Wrong(f"{name} needs an offset, such as a Z at the end")
    return moment
