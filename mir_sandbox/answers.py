"""What every route needs: who is asking, what they may, and how an answer is written.

Not promised: any resource; those are in the routes.
"""

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import Response

from mir_sandbox.journal import Entry
from mir_sandbox.limits import Policy
from mir_sandbox.people import AccessLevel, Permission, User
from mir_sandbox.problems import Code, Problem, invalid
from mir_sandbox.service import Service
from mir_sandbox.tokens import DOWNLOAD, READ
from mir_sandbox.visibility import View

BASE = "/mir/api/v1"
REQUEST_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}")
_REALM = 'Bearer realm="mir"'

Headers = list[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class Caller:
    """Who sent a request, what they see now, and the headers about their limits."""

    user: User
    view: View
    limit_headers: Headers


class Bytes(Response):
    """An answer whose body and headers are ready."""

    def __init__(self, body: bytes, headers: Headers, *, status: int = 200) -> None:
        self.status_code = status
        self.body = body
        self.background = None
        self.raw_headers = [*headers, (b"content-length", str(len(body)).encode())]


def json_answer(body: bytes, headers: Headers, *, status: int = 200) -> Bytes:
    """A JSON answer that nobody keeps."""
    return Bytes(
        body, [(b"content-type", b"application/json"), (b"cache-control", b"no-store"), *headers], status=status
    )


def entry_of(request: Request) -> Entry:
    """The journal's entry of a request."""
    entry: Entry = request.scope["state"]["entry"]
    return entry


def query_of(request: Request) -> list[tuple[str, str]]:
    """The pairs of the query, in their order."""
    return parse_qsl(request.scope["query_string"].decode("latin-1"), keep_blank_values=True)


def no_query(request: Request) -> None:
    """Refuse any query parameter. Raises `Problem`."""
    for name, _ in query_of(request):
        raise invalid(name[:60] or "(empty name)", "is not a parameter of this resource")


def base_url(request: Request, service: Service) -> str:
    """The public base of the service as the client sees it."""
    host = request.headers.get("host", "127.0.0.1")
    return f"{'https' if service.options.tls else 'http'}://{host}{BASE}"


def signed_in(request: Request, service: Service, policy: Policy) -> tuple[Caller, frozenset[str]]:
    """Who sent the request, with the scopes of the token. Raises `Problem` with 401 or 429."""
    scheme, _, untrusted_token = request.headers.get("authorization", "").partition(" ")
    grant = None
    if scheme.lower() == "bearer" and untrusted_token:
        grant = service.tokens.grant(untrusted_token.strip(), now_ms=service.now_ms())
    user = None if grant is None else service.users.get(grant.user_id)
    if grant is None or user is None:
        challenge = f'{_REALM}, error="invalid_token"' if scheme else _REALM
        raise Problem(
            Code.TOKEN_EXPIRED, "The access token is not known or has expired.", headers={"WWW-Authenticate": challenge}
        )
    entry_of(request).user = user.username
    headers = service.gate.pass_through(policy, user.user_id)
    return Caller(user, service.visibility.view(user), headers), grant.scopes


def reader(request: Request, service: Service, *, whatever_level: bool = False) -> Caller:
    """The caller, who may list. Raises `Problem`."""
    caller, scopes = signed_in(request, service, Policy.SEARCH)
    if READ not in scopes:
        raise Problem(
            Code.ACCESS_NONE, f"The token lacks the scope {READ}.", headers={"WWW-Authenticate": _lacks(READ)}
        )
    if not whatever_level:
        _not_none(caller, service)
    return caller


def hearer(request: Request, service: Service, permission: Permission) -> Caller:
    """The caller, who may download or replay recordings. Raises `Problem`."""
    caller, scopes = signed_in(request, service, Policy.CONTENT)
    _not_none(caller, service)
    scope = DOWNLOAD if permission is Permission.DOWNLOAD else READ
    if scope not in scopes:
        raise Problem(
            Code.DOWNLOAD_NOT_PERMITTED,
            f"The token lacks the scope {scope}.",
            headers={"WWW-Authenticate": _lacks(scope)},
        )
    if permission not in service.visibility.access(caller.user).permissions:
        raise Problem(Code.DOWNLOAD_NOT_PERMITTED, f"This user may list recordings but not {permission.value} them.")
    return caller


def _not_none(caller: Caller, service: Service) -> None:
    if service.visibility.access(caller.user).level is AccessLevel.NONE:
        raise Problem(Code.ACCESS_NONE, "The access level of this user is None.")


def _lacks(scope: str) -> str:
    return f'{_REALM}, error="insufficient_scope", scope="{scope}"'


def not_found() -> Problem:
    """There is nothing here, or nothing the caller may see."""
    return Problem(Code.NOT_FOUND, "There is nothing here that you may see.")
