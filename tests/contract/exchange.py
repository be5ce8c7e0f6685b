"""One recorded exchange: a request and its whole answer.

Not promised: recording it. Whoever speaks HTTP fills it in; for `requests` there is `Exchange.of`.
"""

from dataclasses import dataclass
from typing import Self
from urllib.parse import parse_qsl, urlsplit

import requests

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its whole answer. `path` begins with the base; `query` and headers keep order and repetition."""

    method: str
    path: str
    query: Pairs
    request_headers: Pairs
    request_body: bytes
    status: int
    response_headers: Pairs
    response_body: bytes

    @classmethod
    def recorded(
        cls,
        *,
        method: str,
        target: str,
        status: int,
        request_headers: Pairs = (),
        request_body: bytes = b"",
        response_headers: Pairs = (),
        response_body: bytes = b"",
    ) -> Self:
        """From a request target or URL, whose query is taken apart here."""
        parts = urlsplit(target)
        query = tuple(parse_qsl(parts.query, keep_blank_values=True))
        return cls(
            method.upper(), parts.path, query, request_headers, request_body, status, response_headers, response_body
        )

    @classmethod
    def of(cls, response: requests.Response) -> Self:
        """From an answer of `requests` whose body is read."""
        request = response.request
        body = request.body or b""
        return cls.recorded(
            method=request.method or "",
            target=request.url or "",
            status=response.status_code,
            request_headers=tuple((name, _text(value)) for name, value in request.headers.items()),
            request_body=body.encode() if isinstance(body, str) else body,
            response_headers=tuple(response.raw.headers.items()),
            response_body=response.content,
        )

    def sent(self, name: str) -> str | None:
        """The first value of a header of the request."""
        return _first(self.request_headers, name)

    def answered(self, name: str) -> str | None:
        """The first value of a header of the answer."""
        return _first(self.response_headers, name)

    def __str__(self) -> str:
        return f"{self.method} {self.path} {dict(self.query)} -> {self.status}"


def essence(content_type: str | None) -> str:
    """`text/csv` of `text/csv; charset=utf-8`; empty for nothing."""
    return (content_type or "").partition(";")[0].strip().lower()


def _first(headers: Pairs, name: str) -> str | None:
    return next((value for each, value in headers if each.lower() == name.lower()), None)


def _text(value: str | bytes) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else value
