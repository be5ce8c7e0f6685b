"""What the service says went wrong → our errors, by code and status, never by its text; it raises nothing itself.

Two forms: problem+json (RFC 9457) everywhere, `{"error": …}` (RFC 6749 section 5.2) at the token endpoint.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from download_client.errors import (
    AccessNone,
    CursorExpired,
    DownloadNotPermitted,
    MediaMissing,
    MirError,
    NotFound,
    NotReady,
    Offline,
    PageTokenExpired,
    ProtocolBroken,
    ProxyRejected,
    RangeBroken,
    RateLimited,
    RecordingExpired,
    RequestRejected,
    ServiceUnavailable,
    SignInAgain,
    SignInRefused,
    WindowTooLarge,
    WrongCredentials,
)
from download_client.retry import bounded

TOKEN_EXPIRED = "token_expired"  # noqa: S105  (a code of the contract)
INVALID_GRANT = "invalid_grant"

_BY_CODE: Mapping[str, type[MirError]] = {
    TOKEN_EXPIRED: SignInAgain,
    INVALID_GRANT: SignInAgain,
    "access_none": AccessNone,
    "download_not_permitted": DownloadNotPermitted,
    "not_found": NotFound,
    "recording_expired": RecordingExpired,
    "not_ready": NotReady,
    "media_missing": MediaMissing,
    "window_too_large": WindowTooLarge,
    "page_token_expired": PageTokenExpired,
    "cursor_expired": CursorExpired,
    "invalid_parameter": RequestRejected,
    "range_not_satisfiable": RangeBroken,
    "rate_limited": RateLimited,
    "concurrency_limited": RateLimited,
    "maintenance": ServiceUnavailable,
    "internal": ServiceUnavailable,
    # RFC 6749 section 5.2
    "invalid_client": WrongCredentials,
    "invalid_request": RequestRejected,
    "unauthorized_client": SignInRefused,
    "unsupported_grant_type": SignInRefused,
    "invalid_scope": SignInRefused,
    "unsupported_token_type": RequestRejected,
}

_BY_STATUS: Mapping[int, type[MirError]] = {
    401: SignInAgain,
    404: NotFound,
    407: ProxyRejected,
    408: ServiceUnavailable,
    410: NotFound,
    425: ServiceUnavailable,
    429: RateLimited,
    511: Offline,
}

_WORDS = {
    407: "the proxy asks who we are",
    511: "the network asks for its own sign-in first",
}

_CODE = re.compile(r"[a-z][a-z_]{0,63}")
_PARAMETER = re.compile(r"[A-Za-z][A-Za-z0-9_.]{0,39}")
_MOST_PARAMETERS = 5


@dataclass(frozen=True, slots=True)
class Problem:
    """An answer that is not what was asked for. `code` is empty where the service named none that we know the form of.

    `parameters` are the names the service complains about, not their values. `retry_after` is in seconds.
    """

    status: int
    code: str = ""
    parameters: tuple[str, ...] = ()
    retry_after: float | None = None
    request_id: str = ""

    def error(self) -> MirError:
        """The error to raise."""
        kind = _BY_CODE.get(self.code) or _BY_STATUS.get(self.status) or _by_class(self.status)
        return kind(self._detail(), retry_after=self.retry_after)

    def _detail(self) -> str:
        redirect = "a redirect, which is not followed" if 300 <= self.status < 400 else ""
        parts = [_WORDS.get(self.status, redirect), f"{self.status} {self.code}".strip()]
        if self.parameters:
            parts.append(f"about {', '.join(self.parameters)}")
        if self.request_id:
            parts.append(f"request {self.request_id}")
        return ", ".join(part for part in parts if part)


class _Complaint(msgspec.Struct):
    parameter: str = ""


class _ProblemBody(msgspec.Struct, rename="camel"):
    code: str = ""
    retry_after_seconds: float | None = None
    errors: tuple[_Complaint, ...] = ()


class _TokenErrorBody(msgspec.Struct):
    error: str = ""


_problem = msgspec.json.Decoder(_ProblemBody)
_token_error = msgspec.json.Decoder(_TokenErrorBody)


def read_problem(*, status: int, content_type: str, body: bytes, retry_after: float | None, request_id: str) -> Problem:
    """Read an answer that is not a success. `retry_after` is that of the header, which is law; the body's comes second.

    A body that cannot be read, or is no JSON at all, leaves the status to speak.
    """
    code, parameters, told = "", tuple[str, ...](), None
    try:
        if content_type == "application/problem+json":
            problem = _problem.decode(body)
            code, told = problem.code, problem.retry_after_seconds
            names = [each.parameter for each in problem.errors if _PARAMETER.fullmatch(each.parameter)]
            parameters = tuple(names[:_MOST_PARAMETERS])
        elif content_type == "application/json":
            code = _token_error.decode(body).error
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        # Errors are often written by something in between; the status is enough to act on.
        code = ""
    if retry_after is None and told is not None:
        retry_after = bounded(told)
    return Problem(status, code if _CODE.fullmatch(code) else "", parameters, retry_after, request_id)


def _by_class(status: int) -> type[MirError]:
    if status >= 500:
        return ServiceUnavailable
    return RequestRejected if status >= 400 else ProtocolBroken
