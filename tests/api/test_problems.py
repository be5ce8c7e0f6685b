"""Every code of the contract and every status has its error; texts of the service decide nothing and are not shown."""

from __future__ import annotations

import json

import pytest

from download_client import errors
from download_client.api.problems import read_problem
from download_client.errors import MirError
from tests.contract.conformance import document

SCHEMAS = document()["components"]["schemas"]

BY_CODE: dict[str, tuple[int, type[MirError]]] = {
    "token_expired": (401, errors.SignInAgain),
    "invalid_grant": (400, errors.SignInAgain),
    "access_none": (403, errors.AccessNone),
    "download_not_permitted": (403, errors.DownloadNotPermitted),
    "not_found": (404, errors.NotFound),
    "recording_expired": (410, errors.RecordingExpired),
    "not_ready": (202, errors.NotReady),
    "media_missing": (404, errors.MediaMissing),
    "window_too_large": (400, errors.WindowTooLarge),
    "page_token_expired": (410, errors.PageTokenExpired),
    "cursor_expired": (410, errors.CursorExpired),
    "invalid_parameter": (400, errors.RequestRejected),
    "range_not_satisfiable": (416, errors.RangeBroken),
    "rate_limited": (429, errors.RateLimited),
    "concurrency_limited": (429, errors.RateLimited),
    "maintenance": (503, errors.ServiceUnavailable),
    "internal": (500, errors.ServiceUnavailable),
}
BY_TOKEN_ERROR: dict[str, type[MirError]] = {
    "invalid_request": errors.RequestRejected,
    "invalid_client": errors.WrongCredentials,
    "invalid_grant": errors.SignInAgain,
    "unauthorized_client": errors.SignInRefused,
    "unsupported_grant_type": errors.SignInRefused,
    "unsupported_token_type": errors.RequestRejected,
    "invalid_scope": errors.SignInRefused,
}
BY_STATUS: dict[int, type[MirError]] = {
    202: errors.ProtocolBroken,
    302: errors.ProtocolBroken,
    400: errors.RequestRejected,
    401: errors.SignInAgain,
    403: errors.RequestRejected,
    404: errors.NotFound,
    405: errors.RequestRejected,
    407: errors.ProxyRejected,
    408: errors.ServiceUnavailable,
    410: errors.NotFound,
    422: errors.RequestRejected,
    425: errors.ServiceUnavailable,
    429: errors.RateLimited,
    500: errors.ServiceUnavailable,
    502: errors.ServiceUnavailable,
    503: errors.ServiceUnavailable,
    511: errors.Offline,
    599: errors.ServiceUnavailable,
}


def error(
    status: int, body: object, *, media: str = "application/problem+json", retry_after: float | None = None
) -> MirError:
    text = body if isinstance(body, bytes) else json.dumps(body).encode()
    found = read_problem(status=status, content_type=media, body=text, retry_after=retry_after, request_id="r-1")
    return found.error()


def test_the_tables_are_those_of_the_contract() -> None:
    assert set(BY_CODE) == set(SCHEMAS["ErrorCode"]["enum"])
    assert set(BY_TOKEN_ERROR) == set(SCHEMAS["TokenError"]["properties"]["error"]["enum"])


@pytest.mark.parametrize("code", BY_CODE)
def test_each_code_has_its_error(code: str) -> None:
    status, expected = BY_CODE[code]
    said = error(status, {"code": code, "title": "canary", "detail": "canary", "status": 999, "type": "canary"})
    assert type(said) is expected
    assert "canary" not in str(said)
    assert "request r-1" in said.detail


@pytest.mark.parametrize("code", BY_TOKEN_ERROR)
def test_each_error_of_the_token_endpoint_has_its_error(code: str) -> None:
    said = error(400, {"error": code, "error_description": "canary"}, media="application/json")
    assert type(said) is BY_TOKEN_ERROR[code]
    assert "canary" not in str(said)


@pytest.mark.parametrize("status", BY_STATUS)
@pytest.mark.parametrize("body", [b"", b"<html>canary</html>", b'{"code": 5}', b'{"code": "brand_new"}', b"[" * 9000])
def test_without_a_known_code_the_status_speaks(status: int, body: bytes) -> None:
    for media in ("application/problem+json", "application/json", "text/html", ""):
        said = error(status, body, media=media)
        assert type(said) is BY_STATUS[status]
        assert "canary" not in str(said)


def test_the_header_is_law_and_the_body_comes_second() -> None:
    body = {"code": "rate_limited", "retryAfterSeconds": 7}
    assert error(429, body, retry_after=30.0).retry_after == 30.0
    assert error(429, body).retry_after == 7.0
    assert error(429, {"code": "rate_limited", "retryAfterSeconds": 10**12}).retry_after == 3600.0
    assert error(429, {"code": "rate_limited"}).retry_after is None


def test_names_of_parameters_are_told_and_their_values_are_not() -> None:
    complaints = [
        {"parameter": "pageSize", "detail": "canary"},
        {"parameter": "+49 30 5550123", "detail": "x"},
        *[{"parameter": f"p{number}", "detail": ""} for number in range(100)],
    ]
    said = error(400, {"code": "invalid_parameter", "errors": complaints})
    assert "about pageSize, p0, p1, p2, p3" in said.detail
    assert "555" not in said.detail
    assert "canary" not in said.detail


@pytest.mark.parametrize("code", ["Rate_Limited", "rate limited", "a" * 65, "", "наше"])
def test_a_code_of_another_form_is_not_shown(code: str) -> None:
    said = error(400, {"code": code})
    assert type(said) is errors.RequestRejected
    assert said.detail == "400, request r-1"
