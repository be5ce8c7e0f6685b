"""The public side of the stand-in service as one ASGI application: the whole contract below `/mir/api/v1`.

Not promised: anything on the wire below HTTP; a raw front may stand before it.
"""

import asyncio
import contextlib
import logging
import uuid
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mir_sandbox.answers import BASE, REQUEST_ID, Bytes, entry_of, not_found
from mir_sandbox.journal import Entry
from mir_sandbox.problems import Code, Problem
from mir_sandbox.routes_account import AccountRoutes
from mir_sandbox.routes_auth import AuthRoutes
from mir_sandbox.routes_content import ContentRoutes
from mir_sandbox.routes_search import SearchRoutes
from mir_sandbox.service import Service

_log = logging.getLogger(__name__)

Endpoint = Callable[[Request], Awaitable[Response]]


def service_app(service: Service) -> ASGIApp:
    """The application that answers for that service."""
    auth, account = AuthRoutes(service), AccountRoutes(service)
    search, content = SearchRoutes(service), ContentRoutes(service)
    routes = [
        _route("/conversations/{conversation_id}/recordings/{recording_id}/content", content.content, "GET", "HEAD"),
        _route("/links/{token}", content.link, "GET", "HEAD"),
        _route("/conversations", search.conversations, "GET"),
        _route("/conversations/{conversation_id}", search.conversation, "GET"),
        _route("/participants", search.participants, "GET"),
        _route("/changes", search.changes, "GET"),
        _route("/me", account.me, "GET"),
        _route("/users", account.users, "GET"),
        _route("/groups", account.groups, "GET"),
        _route("/saved-searches", account.saved_searches, "GET", "POST"),
        _route("/saved-searches/{saved_search_id}", account.saved_search, "PUT", "DELETE"),
        _route("/auth/authorize", auth.authorize, "GET", "POST"),
        _route("/auth/token", auth.token, "POST"),
        _route("/auth/revoke", auth.revoke, "POST"),
        _route("/.well-known/oauth-authorization-server", auth.discovery, "GET"),
    ]
    handlers: dict[Any, Any] = {Problem: _on_problem, HTTPException: _on_http_exception}
    app = Starlette(routes=routes, exception_handlers=handlers)
    app.router.redirect_slashes = False
    return Entrance(app, service)


def _route(path: str, endpoint: Endpoint, *methods: str) -> Route:
    route = Route(BASE + path, endpoint, methods=methods)
    # Starlette adds HEAD to every GET; the contract has it for content alone.
    route.methods = set(methods)
    return route


async def _on_problem(request: Request, problem: Problem) -> Response:
    status, body, headers = problem.answer(entry_of(request).request_id)
    return Bytes(body, headers, status=status)


async def _on_http_exception(request: Request, exception: HTTPException) -> Response:
    if exception.status_code != 405:
        return await _on_problem(request, not_found())
    allowed = {"Allow": (exception.headers or {}).get("Allow", "")}
    return await _on_problem(
        request, Problem(Code.INVALID_PARAMETER, "This resource has no such method.", status=405, headers=allowed)
    )


class Entrance:
    """What happens to every request: an id, an entry in the journal, and a decent answer to whatever goes wrong."""

    def __init__(self, app: ASGIApp, service: Service) -> None:
        self._app = app
        self._service = service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (ASGI)."""
        if scope["type"] != "http":
            return
        entry = _entry(scope, self._service)
        scope.setdefault("state", {})["entry"] = entry
        request_id = (b"x-request-id", entry.request_id.encode())

        async def send_on(message: Message) -> None:
            if message["type"] == "http.response.start":
                entry.status = message["status"]
                message["headers"] = [request_id, *message["headers"]]
            else:
                entry.sent += len(message.get("body", b""))
            await send(message)

        try:
            await self._app(scope, receive, send_on)
        except asyncio.CancelledError:
            raise
        except Exception:
            _log.exception("request %s failed", entry.request_id)
            if not entry.status:
                await self._internal(scope, receive, send_on, entry)
        finally:
            endpoint = scope.get("endpoint")
            entry.route = getattr(endpoint, "__name__", "other")
            self._service.journal.add(entry)

    async def _internal(self, scope: Scope, receive: Receive, send: Send, entry: Entry) -> None:
        problem = Problem(Code.INTERNAL, "Something went wrong here.")
        status, body, headers = problem.answer(entry.request_id)
        with contextlib.suppress(OSError):
            await Bytes(body, headers, status=status)(scope, receive, send)


def _entry(scope: Scope, service: Service) -> Entry:
    headers: Iterable[tuple[bytes, bytes]] = scope["headers"]
    wanted = {name: value for name, value in headers if name in (b"x-request-id", b"range", b"user-agent")}
    request_id = wanted.get(b"x-request-id", b"").decode("latin-1")
    if not REQUEST_ID.fullmatch(request_id):
        request_id = str(uuid.uuid4())
    path: str = scope["path"]
    if path.startswith(f"{BASE}/links/"):
        path = f"{BASE}/links/***"
    return Entry(
        at=service.clock.now_ms(),
        method=scope["method"],
        path=path,
        byte_range=wanted[b"range"].decode("latin-1") if b"range" in wanted else None,
        user_agent=wanted[b"user-agent"].decode("latin-1") if b"user-agent" in wanted else None,
        request_id=request_id,
    )
