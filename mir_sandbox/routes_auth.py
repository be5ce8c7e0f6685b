"""Signing in and out: the four grants, rotation of refresh tokens, revocation, the sign-in page, and where it all is.

Not promised: protection against a patient guesser beyond the limit on sign-ins.
"""

import binascii
import re
import secrets
from base64 import b64decode
from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import parse_qsl, unquote_plus, urlencode

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from mir_sandbox.answers import BASE, Bytes, Headers, base_url, entry_of, json_answer, query_of
from mir_sandbox.limits import Policy
from mir_sandbox.people import Permission, User
from mir_sandbox.service import Service
from mir_sandbox.sign_in_page import form_page, wrong_link_page
from mir_sandbox.tokens import DOWNLOAD, READ, Code, InvalidGrant, Issued

CLIENT_ID = "mir-download-client"
"""The public client; it has no secret."""
_LOOPBACK = re.compile(r"http://(127\.0\.0\.1|\[::1\]):\d{1,5}(/[A-Za-z0-9/_-]{0,100})?", re.ASCII)
_STATE = re.compile(r"[A-Za-z0-9._~-]{8,512}")
_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")
_VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}")
_LINK_FIELDS = (
    "response_type", "client_id", "redirect_uri", "scope", "state", "code_challenge", "code_challenge_method",
)  # fmt: skip
_FIELDS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "authorization_code": frozenset({"code", "redirect_uri", "client_id", "code_verifier"}),
        "password": frozenset({"username", "password", "client_id", "scope"}),
        "refresh_token": frozenset({"refresh_token", "client_id", "scope"}),
        "client_credentials": frozenset({"client_id", "client_secret", "scope"}),
    }
)
_OPTIONAL = frozenset({"scope", "client_secret"})
_LONGEST_BODY = 65_536


class _Refused(Exception):
    """An error of the token endpoint (RFC 6749, 5.2)."""

    def __init__(self, error: str, description: str, *, status: int = 400) -> None:
        super().__init__(error)
        self.error = error
        self.description = description
        self.status = status


class _WrongLink(Exception):
    """The sign-in link is not valid; nothing is redirected."""


class _LinkRefused(Exception):
    """The sign-in link is refused; the client learns of it by redirect (RFC 6749, 4.1.2.1)."""


class AuthRoutes:
    """The resources below `/auth`, and their announcement."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._people = {user.username: user for user in service.people.users}

    async def discovery(self, request: Request) -> Response:
        """`GET /.well-known/oauth-authorization-server` (RFC 8414)."""
        base = base_url(request, self._service)
        body = {
            "issuer": base,
            "authorization_endpoint": f"{base}/auth/authorize",
            "token_endpoint": f"{base}/auth/token",
            "revocation_endpoint": f"{base}/auth/revoke",
            "response_types_supported": ["code"],
            "grant_types_supported": list(_FIELDS),
            "code_challenge_methods_supported": ["S256"],
            "scopes_supported": [READ, DOWNLOAD],
            "token_endpoint_auth_methods_supported": ["none", "client_secret_basic", "client_secret_post"],
            "authorization_response_iss_parameter_supported": True,
        }
        return json_answer(msgspec.json.encode(body), [])

    async def authorize(self, request: Request) -> Response:
        """`GET` shows the sign-in page, `POST` is its form."""
        if request.method == "POST":
            self._service.gate.pass_through(Policy.SIGN_IN, "everybody")
        try:
            pairs = await _form(request) if request.method == "POST" else query_of(request)
            fields = _once(pairs)
            link = _link(fields)
            _check_link(link)
        except (_WrongLink, _Refused) as wrong:
            return _html(wrong_link_page(str(wrong)), status=400)
        except _LinkRefused as refused:
            return self._back(request, fields, error=str(refused))
        if request.method == "POST":
            return self._sign_in(request, fields, link)
        return _html(form_page(action=f"{BASE}/auth/authorize", hidden=link, account=self._service.people.account_name))

    def _sign_in(self, request: Request, fields: dict[str, str], link: dict[str, str]) -> Response:
        username = fields.get("username", "")
        user = self._checked(username, fields.get("password", ""))
        if user is None:
            return _html(
                form_page(
                    action=f"{BASE}/auth/authorize",
                    hidden=link,
                    account=self._service.people.account_name,
                    username=username,
                    wrong="Name or password is wrong.",
                ),
                status=403,
            )
        entry_of(request).user = user.username
        try:
            scopes = self._scopes(user, link.get("scope"))
        except _Refused as refused:
            return self._back(request, link, error=refused.error)
        service = self._service
        code = service.tokens.make_code(
            Code(
                user_id=user.user_id,
                scopes=scopes,
                client_id=link["client_id"],
                redirect_uri=link["redirect_uri"],
                challenge=link["code_challenge"],
                expires=service.now_ms() + service.options.lifetimes.authorization_code * 1000,
            )
        )
        return self._back(request, link, code=code)

    def _back(self, request: Request, link: dict[str, str], **answer: str) -> Response:
        """Send the browser back to the client (RFC 8252, 7.3)."""
        query = urlencode({**answer, "state": link["state"], "iss": base_url(request, self._service)})
        location = f"{link['redirect_uri']}?{query}"
        return Bytes(b"", [(b"location", location.encode()), (b"cache-control", b"no-store")], status=303)

    async def token(self, request: Request) -> Response:
        """`POST /auth/token`."""
        headers = self._service.gate.pass_through(Policy.SIGN_IN, "everybody")
        try:
            fields = _once(await _form(request))
            issued = self._issued(request, fields)
        except _Refused as refused:
            return _error(refused, headers)
        except InvalidGrant as refused:
            return _error(_Refused("invalid_grant", str(refused)), headers)
        body: dict[str, object] = {
            "access_token": issued.access,
            "token_type": "Bearer",
            "expires_in": issued.seconds,
            "scope": _scope_text(issued.scopes),
        }
        if issued.refresh is not None:
            body["refresh_token"] = issued.refresh
        return json_answer(msgspec.json.encode(body), headers)

    def _issued(self, request: Request, fields: dict[str, str]) -> Issued:
        service, now_ms = self._service, self._service.now_ms()
        kind = fields.pop("grant_type", None)
        if kind is None:
            raise _Refused("invalid_request", "grant_type is missing.")
        if kind not in _FIELDS:
            raise _Refused("unsupported_grant_type", "This service does not know that grant.")
        for name in fields:
            if name not in _FIELDS[kind]:
                raise _Refused("invalid_request", "There is a field that this grant does not know.")
        basic = _basic(request)
        if kind == "client_credentials":
            return self._service_account(fields, basic, now_ms=now_ms)
        for name in _FIELDS[kind] - _OPTIONAL:
            if not fields.get(name):
                raise _Refused("invalid_request", f"{name} is missing.")
        if fields["client_id"] != CLIENT_ID or basic is not None:
            raise _Refused("invalid_client", "The client is not known.", status=401)
        if kind == "refresh_token":
            wanted = _wanted(fields["scope"]) if "scope" in fields else None
            issued = service.tokens.refresh(fields["refresh_token"], wanted, now_ms=now_ms)
        elif kind == "authorization_code":
            if not _LOOPBACK.fullmatch(fields["redirect_uri"]) or not _VERIFIER.fullmatch(fields["code_verifier"]):
                raise _Refused("invalid_request", "redirect_uri or code_verifier is not as it must be.")
            issued = service.tokens.exchange(
                fields["code"],
                client_id=fields["client_id"],
                redirect_uri=fields["redirect_uri"],
                untrusted_verifier=fields["code_verifier"],
                now_ms=now_ms,
            )
        else:
            user = self._checked(fields["username"], fields["password"])
            if user is None:
                raise InvalidGrant("Name or password is wrong.")
            scopes = self._scopes(user, fields.get("scope"))
            issued = service.tokens.issue(user.user_id, scopes, now_ms=now_ms, refreshable=True)
        grant = service.tokens.grant(issued.access, now_ms=now_ms)
        entry_of(request).user = service.users[grant.user_id].username if grant else None
        return issued

    def _service_account(self, fields: dict[str, str], basic: tuple[str, str] | None, *, now_ms: int) -> Issued:
        name, secret = basic or (fields.get("client_id", ""), fields.get("client_secret", ""))
        user = self._people.get(name)
        if user is None or not user.service or not secrets.compare_digest(user.password.encode(), secret.encode()):
            raise _Refused("invalid_client", "The client or its secret is not known.", status=401)
        scopes = self._scopes(user, fields.get("scope"))
        return self._service.tokens.issue(user.user_id, scopes, now_ms=now_ms, refreshable=False)

    async def revoke(self, request: Request) -> Response:
        """`POST /auth/revoke` (RFC 7009)."""
        headers = self._service.gate.pass_through(Policy.SIGN_IN, "everybody")
        try:
            fields = _once(await _form(request))
            if not fields.get("token"):
                raise _Refused("invalid_request", "token is missing.")
            if fields.keys() - {"token", "token_type_hint", "client_id", "client_secret"}:
                raise _Refused("invalid_request", "There is a field that is not known here.")
            if fields.get("token_type_hint", "access_token") not in {"access_token", "refresh_token"}:
                raise _Refused("unsupported_token_type", "There are access_token and refresh_token.")
            if fields.get("client_id", CLIENT_ID) != CLIENT_ID or "client_secret" in fields or _basic(request):
                name, secret = _basic(request) or (fields.get("client_id", ""), fields.get("client_secret", ""))
                user = self._people.get(name)
                if user is None or not user.service or user.password != secret:
                    raise _Refused("invalid_client", "The client or its secret is not known.", status=401)
        except _Refused as refused:
            return _error(refused, headers)
        self._service.tokens.revoke(fields["token"])
        return Bytes(b"", headers)

    def _checked(self, untrusted_name: str, untrusted_password: str) -> User | None:
        user = self._people.get(untrusted_name)
        if user is None or user.service:
            return None
        fits = secrets.compare_digest(user.password.encode(), untrusted_password.encode())
        return user if fits else None

    def _scopes(self, user: User, wanted: str | None) -> frozenset[str]:
        """What is granted of what is wanted: without the permission to download there is no such scope."""
        allowed = {READ}
        if Permission.DOWNLOAD in self._service.visibility.access(user).permissions:
            allowed.add(DOWNLOAD)
        scopes = allowed if wanted is None else allowed & _wanted(wanted)
        if not scopes:
            raise _Refused("invalid_scope", "This user may have none of these scopes.")
        return frozenset(scopes)


def _link(fields: dict[str, str]) -> dict[str, str]:
    """The fields of a sign-in link whose client, return address and state are good. Raises `_WrongLink`."""
    if fields.keys() - {*_LINK_FIELDS, "username", "password"}:
        raise _WrongLink("there is a parameter that is not known here.")
    if fields.get("client_id") != CLIENT_ID:
        raise _WrongLink("the client is not known.")
    if not _LOOPBACK.fullmatch(fields.get("redirect_uri", "")):
        raise _WrongLink("the return address is not on this computer.")
    if not _STATE.fullmatch(fields.get("state", "")):
        raise _WrongLink("the state is not as it must be.")
    return {name: fields[name] for name in _LINK_FIELDS if name in fields}


def _check_link(link: dict[str, str]) -> None:
    """The rest of a link. Raises `_LinkRefused`."""
    if "response_type" not in link:
        raise _LinkRefused("invalid_request")
    if link["response_type"] != "code":
        raise _LinkRefused("unsupported_response_type")
    if link.get("code_challenge_method") != "S256" or not _CHALLENGE.fullmatch(link.get("code_challenge", "")):
        raise _LinkRefused("invalid_request")
    if "scope" in link:
        try:
            _wanted(link["scope"])
        except _Refused as refused:
            raise _LinkRefused(refused.error) from None


def _wanted(untrusted_scope: str) -> frozenset[str]:
    scopes = untrusted_scope.split(" ")
    if len(set(scopes)) != len(scopes) or not set(scopes) <= {READ, DOWNLOAD}:
        raise _Refused("invalid_scope", f"There are the scopes {READ} and {DOWNLOAD}.")
    return frozenset(scopes)


def _scope_text(scopes: frozenset[str]) -> str:
    return " ".join(scope for scope in (READ, DOWNLOAD) if scope in scopes)


async def _form(request: Request) -> list[tuple[str, str]]:
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/x-www-form-urlencoded":
        raise _Refused("invalid_request", "The body must be application/x-www-form-urlencoded.")
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > _LONGEST_BODY:
            raise _Refused("invalid_request", "The body is too long.")
    try:
        return parse_qsl(body.decode(), keep_blank_values=True)
    except ValueError:
        raise _Refused("invalid_request", "The body cannot be read.") from None


def _once(pairs: list[tuple[str, str]]) -> dict[str, str]:
    """The fields of a form, none of them twice. Raises `_Refused`."""
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise _Refused("invalid_request", "A field is given twice.")
    return fields


def _basic(request: Request) -> tuple[str, str] | None:
    """Client id and secret of HTTP Basic (RFC 6749, 2.3.1). Raises `_Refused`."""
    scheme, _, encoded = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        name, colon, secret = b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        name, colon, secret = "", "", ""
    if not colon:
        raise _Refused("invalid_client", "The Authorization header cannot be read.", status=401)
    return unquote_plus(name), unquote_plus(secret)


def _error(refused: _Refused, headers: Headers) -> Response:
    body = msgspec.json.encode({"error": refused.error, "error_description": refused.description})
    if refused.status == 401:
        headers = [*headers, (b"www-authenticate", b'Basic realm="mir"')]
    return json_answer(body, headers, status=refused.status)


def _html(text: str, *, status: int = 200) -> Response:
    headers = [
        (b"content-type", b"text/html; charset=utf-8"),
        (b"cache-control", b"no-store"),
        (b"content-security-policy", b"default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"),
        (b"referrer-policy", b"no-referrer"),
    ]
    return Bytes(text.encode(), headers, status=status)
