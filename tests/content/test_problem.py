"""What an error answer is called, how long it says to wait, and that nothing private of it is kept."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from download_client.content.fields import Fields
from download_client.content.problem import NOTE, explain, redacted
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

NOW = datetime(2026, 11, 22, tzinfo=UTC)
JSON = "Content-Type: application/problem+json"


def fields(status: int, *lines: str) -> Fields:
    return Fields([f"HTTP/1.1 {status} Said\r\n".encode(), *(f"{line}\r\n".encode() for line in lines), b"\r\n"])


def said(status: int, body: object = None, *lines: str, foreign: bool = False) -> MirError:
    text = b"" if body is None else json.dumps(body).encode()
    return explain(fields(status, JSON, *lines), text, foreign=foreign, now=NOW)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (202, NotReady),
        (400, RecordingError),
        (401, SignInAgain),
        (403, RecordingDenied),
        (404, RecordingGone),
        (407, ProxyRejected),
        (408, ServiceUnavailable),
        (410, RecordingExpired),
        (418, RecordingError),
        (425, ServiceUnavailable),
        (429, RateLimited),
        (500, ServiceUnavailable),
        (503, ServiceUnavailable),
        (599, ServiceUnavailable),
    ],
)
def test_by_status(status: int, kind: type[MirError]) -> None:
    assert type(said(status)) is kind


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (404, "media_missing", MediaMissing),
        (404, "recording_expired", RecordingExpired),
        (404, "not_ready", NotReady),
        (410, "not_found", RecordingGone),
        (403, "concurrency_limited", RateLimited),
        (403, "access_none", RecordingDenied),
        (403, "download_not_permitted", RecordingDenied),
        (500, "maintenance", ServiceUnavailable),
        (400, "rate_limited", RateLimited),
        (401, "token_expired", SignInAgain),
        (401, "invalid_grant", SignInAgain),
        (400, "internal", ServiceUnavailable),
        (404, "something_new", RecordingGone),
        (404, ["not", "text"], RecordingGone),
        (404, "x" * 100, RecordingGone),
    ],
)
def test_the_code_goes_before_the_status(status: int, code: object, kind: type[MirError]) -> None:
    assert type(said(status, {"code": code, "status": 200, "title": "token_expired"})) is kind


@pytest.mark.parametrize("status", [401, 403])
def test_a_dead_link_at_another_host_says_nothing_about_our_rights(status: int) -> None:
    assert type(said(status, foreign=True)) is ProtocolBroken


@pytest.mark.parametrize(
    ("header", "body", "seconds"),
    [
        ("Retry-After: 7", None, 7.0),
        ("Retry-After: 7", {"retryAfterSeconds": 9}, 7.0),
        ("Retry-After: Sun, 22 Nov 2026 00:01:00 GMT", None, 60.0),
        ("Retry-After: Sun, 22 Nov 2020 00:01:00 GMT", None, 0.0),
        ("Retry-After: 1000000000", None, 3600.0),
        ("Retry-After: soon", {"retryAfterSeconds": 9}, 9.0),
        ("Retry-After: soon", {"retryAfterSeconds": -9}, None),
        ("Retry-After: soon", {"retryAfterSeconds": True}, None),
        ("Retry-After: soon", {"retryAfterSeconds": "9"}, None),
        ("Retry-After: soon", {"retryAfterSeconds": 10**400}, None),
        ("X: y", None, None),
    ],
)
def test_how_long_to_wait(header: str, body: object, seconds: float | None) -> None:
    assert said(429, body, header).retry_after == seconds


CANARIES = {
    "detail": "Jane Roe called +49 30 1234567, see https://store.example/x?sig=abcdef0123456789abcdef0123456789",
    "title": "Jane Roe",
    "Jane Roe": 1,
    "0301234567": 2,
    "errors": [{"detail": "Bearer canary-token"}],
}


@pytest.mark.parametrize("extra", [{}, {"code": "not_found"}, {"code": "+49301234567"}, {"code": "Jane Roe"}])
def test_nothing_private_is_kept(extra: dict[str, str]) -> None:
    error = said(404, {**CANARIES, **extra}, "X-Request-Id: 0301234567")
    for private in ("Jane", "Roe", "1234567", "store.example", "canary-token", "abcdef"):
        assert private not in str(error)


def test_what_is_kept_names_the_answer() -> None:
    assert said(404, {"code": "not_found"}, "X-Request-Id: req-42").detail == "HTTP 404, not_found, request req-42"
    assert said(500, {"error": "x", "trace": "y"}).detail == "HTTP 500, an object with error, trace"
    page = explain(
        fields(503, "Content-Type: text/html"),
        b"<html><TITLE>Hotel WiFi: sign in at http://login.example/?a=1 or call 030 123 456 78</TITLE>Jane Roe",
        foreign=False,
        now=NOW,
    )
    assert page.detail == "HTTP 503, a page titled 'Hotel WiFi: sign in at *** or call ***'"


@pytest.mark.parametrize(
    "body", [b"{", b"[1]", b"null", b"\xff", b"[" * 5000, b"{" + b" " * NOTE + b'"code":"internal"}']
)
def test_a_body_that_is_no_problem_is_read_by_status(body: bytes) -> None:
    assert type(explain(fields(404, JSON), body, foreign=False, now=NOW)) is RecordingGone


@given(st.binary(max_size=600), st.sampled_from([JSON, "Content-Type: text/html"]), st.integers(200, 599))
def test_any_body_gives_a_short_error(body: bytes, kind: str, status: int) -> None:
    page = b"<title>" + body + b"</title>"
    error = explain(fields(status, kind), page, foreign=False, now=NOW)
    assert len(error.detail.encode()) <= 512
    assert error.detail.startswith(f"HTTP {status}")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\nb\x00c\u202ed", "a b c d"),
        ("mail jane@example.org now", "mail *** now"),
        ("id 12345 and 1234", "id *** and 1234"),
        ("0301-234 567", "***"),
        ("x" * 30, "***"),
    ],
)
def test_redacted(text: str, shown: str) -> None:
    assert redacted(text) == shown
