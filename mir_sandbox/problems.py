"""Everything the service says no with: `application/problem+json` (RFC 9457) by the codes of the contract.

Not promised: texts; a client acts on `code`. The token endpoint has errors of its own (RFC 6749, 5.2).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

import msgspec


class Code(Enum):
    """The codes with title, usual status and whether the same request may succeed later.

    `invalid_grant` is the token endpoint's; `maintenance` never comes by itself, only as a fault.
    """

    TOKEN_EXPIRED = ("token_expired", "The access token is not valid", 401, False)
    ACCESS_NONE = ("access_none", "No access to recordings", 403, False)
    DOWNLOAD_NOT_PERMITTED = ("download_not_permitted", "Downloading is not permitted", 403, False)
    NOT_FOUND = ("not_found", "Not found", 404, False)
    RECORDING_EXPIRED = ("recording_expired", "The recording has expired", 410, False)
    NOT_READY = ("not_ready", "Not ready yet", 202, True)
    MEDIA_MISSING = ("media_missing", "The audio is missing", 404, False)
    WINDOW_TOO_LARGE = ("window_too_large", "The window is too large", 400, False)
    PAGE_TOKEN_EXPIRED = ("page_token_expired", "The page token has expired", 410, False)
    CURSOR_EXPIRED = ("cursor_expired", "The cursor has expired", 410, False)
    INVALID_PARAMETER = ("invalid_parameter", "A parameter is not valid", 400, False)
    RANGE_NOT_SATISFIABLE = ("range_not_satisfiable", "The range is not satisfiable", 416, False)
    RATE_LIMITED = ("rate_limited", "Too many requests", 429, True)
    CONCURRENCY_LIMITED = ("concurrency_limited", "Too many downloads at once", 429, True)
    MAINTENANCE = ("maintenance", "Maintenance", 503, True)
    INTERNAL = ("internal", "Internal error", 500, True)


@dataclass(eq=False)
class Problem(Exception):
    """An answer that is not what was asked for. `errors` are pairs of parameter and what is wrong with it."""

    code: Code
    detail: str
    errors: tuple[tuple[str, str], ...] = ()
    retry_after: int | None = None
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    def answer(self, request_id: str) -> tuple[int, bytes, list[tuple[bytes, bytes]]]:
        """Status, body and headers."""
        name, title, usual_status, retryable = self.code.value
        status = self.status or usual_status
        body: dict[str, object] = {
            "type": f"urn:mir:problem:{name}",
            "title": title,
            "status": status,
            "detail": self.detail,
            "code": name,
            "requestId": request_id,
            "retryable": retryable,
        }
        if self.retry_after is not None:
            body["retryAfterSeconds"] = self.retry_after
        body["errors"] = [{"parameter": parameter, "detail": detail} for parameter, detail in self.errors]
        content = msgspec.json.encode(body)
        headers = [
            (b"content-type", b"application/problem+json"),
            (b"cache-control", b"no-store"),
        ]
        if self.retry_after is not None:
            headers.append((b"retry-after", str(self.retry_after).encode()))
        headers += [(key.lower().encode(), value.encode("latin-1")) for key, value in self.headers.items()]
        return status, content, headers


def invalid(parameter: str, detail: str) -> Problem:
    """The request says something this contract does not know."""
    return Problem(Code.INVALID_PARAMETER, f"{parameter} {detail}.", ((parameter, detail),))
