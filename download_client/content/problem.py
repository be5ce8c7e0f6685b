"""Names an error answer: by its problem `code`, else by its status; never by its text, which is not kept.

Of the body (RFC 9457) only the code, the request id and the seconds to wait are read. An error body may hold names,
numbers or links, so what is shown of it are the names of its fields or the title of its page, redacted, in at most
512 bytes with everything else.
"""

from __future__ import annotations

import json
import re
from datetime import datetime

from download_client.content.fields import Fields, media_types
from download_client.errors import (
    MediaMissing,
    MirError,
    NotReady,
    ProtocolBroken,
    ProxyRejected,
    RateLimited,
    RecordingDenied,
    RecordingError,
    RecordingExpired,
    RecordingGone,
    ServiceUnavailable,
    SignInAgain,
)
from download_client.retry import parse_retry_after

NOTE = 16 * 1024
"""Bytes of an error body that are read at most; a longer one is not parsed."""
_SHOWN = 512

_BY_CODE: dict[str, type[MirError]] = {
    "access_none": RecordingDenied,
    "concurrency_limited": RateLimited,
    "download_not_permitted": RecordingDenied,
    "internal": ServiceUnavailable,
    "invalid_grant": SignInAgain,
    "maintenance": ServiceUnavailable,
    "media_missing": MediaMissing,
    "not_found": RecordingGone,
    "not_ready": NotReady,
    "rate_limited": RateLimited,
    "recording_expired": RecordingExpired,
    "token_expired": SignInAgain,
}
_BY_STATUS: dict[int, type[MirError]] = {
    202: NotReady,
    401: SignInAgain,
    403: RecordingDenied,
    404: RecordingGone,
    407: ProxyRejected,
    408: ServiceUnavailable,
    410: RecordingExpired,
    425: ServiceUnavailable,
    429: RateLimited,
}
_TOKEN = re.compile(r"[a-z][a-z_]{0,40}", re.ASCII)
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}", re.ASCII)
_TITLE = re.compile(rb"<title[^>]{0,100}>([^<]{1,200})</title>", re.IGNORECASE)
_LINK = re.compile(r"\S*(?:://|@|www\.)\S*")
_DIGITS = re.compile(r"\d(?:[\s().-]{0,2}\d){4,}")
_LONG_WORD = re.compile(r"\S{25,}")


def explain(fields: Fields, untrusted_body: bytes, *, foreign: bool, now: datetime) -> MirError:
    """The error of an answer.

    `foreign`: the answer came from behind a redirect to another host, which knows nothing of our rights: its 401 and
    403 mean that the link has died, which a new link mends. `now` is aware UTC.
    """
    problem = _problem(fields, untrusted_body)
    status = fields.status
    untrusted_code = problem.get("code")
    code = untrusted_code if isinstance(untrusted_code, str) and _TOKEN.fullmatch(untrusted_code) else ""
    kind = _BY_CODE.get(code) or _BY_STATUS.get(status)
    if kind is None:
        kind = ServiceUnavailable if status >= 500 else RecordingError
    if foreign and status in (401, 403):
        kind = ProtocolBroken
    said = [f"HTTP {status}"]
    if code:
        said.append(code)
    request_id = fields.one("x-request-id")
    if _REQUEST_ID.fullmatch(request_id) and not _DIGITS.search(request_id):
        said.append(f"request {request_id}")
    sketch = "" if code else _sketch(problem, untrusted_body)
    if sketch:
        said.append(sketch)
    detail = ", ".join(said).encode()[:_SHOWN].decode(errors="ignore")
    return kind(detail, retry_after=told(fields, problem, now=now))


def told(fields: Fields, problem: dict[str, object], *, now: datetime) -> float | None:
    """Seconds by Retry-After, else by `retryAfterSeconds` of the problem, else None."""
    seconds = parse_retry_after(fields.one("retry-after"), now=now)
    if seconds is None:
        untrusted = problem.get("retryAfterSeconds")
        if isinstance(untrusted, int) and not isinstance(untrusted, bool) and untrusted >= 0:
            return parse_retry_after(str(untrusted), now=now) if untrusted < 10**12 else None
    return seconds


def _problem(fields: Fields, untrusted_body: bytes) -> dict[str, object]:
    """The problem object, {} where there is none."""
    if len(untrusted_body) >= NOTE or not any(kind.endswith("json") for kind in media_types(fields)):
        return {}
    try:
        value = json.loads(untrusted_body)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _sketch(problem: dict[str, object], untrusted_body: bytes) -> str:
    """What kind of thing answered: the fields of an object or the title of a page."""
    if problem:
        return "an object with " + ", ".join(sorted(key for key in map(str, problem) if _TOKEN.fullmatch(key))[:8])
    found = _TITLE.search(untrusted_body)
    return f"a page titled {redacted(found.group(1).decode(errors='replace'))!r}" if found else ""


def redacted(untrusted: str) -> str:
    """One line of printable text without links, addresses, numbers and tokens, at most 80 characters."""
    text = "".join(sign if sign.isprintable() else " " for sign in untrusted)
    for pattern in (_LINK, _DIGITS, _LONG_WORD):
        text = pattern.sub("***", text)
    return " ".join(text.split())[:80]
