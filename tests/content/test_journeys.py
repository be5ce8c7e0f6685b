"""More than one server, more than one order: redirects, the token, the gate, the pace, the proxy."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from download_client.content import Order
from download_client.credentials import Secret
from download_client.errors import (
    InsecureAddress,
    MirError,
    NotReady,
    Offline,
    ProtocolBroken,
    ProxyRejected,
    RateLimited,
    RecordingGone,
    SignInAgain,
)
from download_client.retry import CONTENT
from tests.content.liar import Liar, Request, answer, honest, problem, raw, whole
from tests.content.rig import QUICK, RENEWED, TOKEN, Tokens, begun, orders, rig, sha256, sound

BODY = sound(48_044)
LINK = "/signed?sig=canary-link"


@pytest.fixture
def store() -> Iterator[Liar]:
    with Liar() as liar:
        yield liar


def bearer(request: Request) -> str:
    return request.headers.get("authorization", "").removeprefix("Bearer ")


def to(liar: Liar, path: str = LINK) -> dict[str, str]:
    return {"Location": liar.url(path)}


# --- redirects -------------------------------------------------------------------------------------------------------


def test_a_signed_link_at_another_port_gets_no_token(service: Liar, store: Liar, tmp_path: Path) -> None:
    service.always("/content", answer(307, to(store), b""))
    store.always(LINK, honest(BODY))
    with rig() as running:
        order = begun(tmp_path / "p", BODY[:9_000], url=service.url("/content"), size=len(BODY))
        outcome = running.fetch(order)
    assert (outcome.error, outcome.sha256, outcome.requests) == (None, sha256(BODY), 2)
    assert [bearer(request) for request in service.requests] == [TOKEN]
    assert [bearer(request) for request in store.requests] == [""]
    assert store.requests[0].range == service.requests[0].range == "bytes=9000-"
    assert store.requests[0].headers["if-range"] == '"v1"'
    assert b"canary-token" not in store.raw


def test_the_same_origin_gets_the_token_again(service: Liar, tmp_path: Path) -> None:
    service.script("/content", answer(302, {"Location": "/elsewhere"}, b"moved"))
    service.script("/elsewhere", whole(BODY))
    with rig() as running:
        assert running.fetch(Order(1, service.url("/content"), tmp_path / "p")).error is None
    assert [bearer(request) for request in service.requests] == [TOKEN, TOKEN]


def test_the_way_back_home_gets_no_token(service: Liar, store: Liar, tmp_path: Path) -> None:
    service.script("/content", answer(302, to(store), b""))
    store.script(LINK, answer(302, to(service, "/back"), b""))
    service.script("/back", whole(BODY))
    with rig() as running:
        assert running.fetch(Order(1, service.url("/content"), tmp_path / "p")).error is None
    assert [bearer(request) for request in service.requests] == [TOKEN, ""]


@pytest.mark.parametrize("status", [401, 403])
def test_a_dead_link_renews_no_token(status: int, service: Liar, store: Liar, tmp_path: Path) -> None:
    service.script("/content", answer(307, to(store), b""))
    store.script(LINK, answer(status, {"Content-Type": "application/xml"}, b"<Code>AccessDenied</Code>"))
    with rig() as running:
        error = running.fetch(Order(1, service.url("/content"), tmp_path / "p")).error
        assert type(error) is ProtocolBroken
        assert "canary" not in str(error)
        assert running.tokens.renewed == 0


def test_a_start_over_begins_at_the_service(service: Liar, store: Liar, tmp_path: Path) -> None:
    service.always("/content", answer(307, to(store), b""))
    store.script(LINK, answer(416, {"Content-Range": "bytes */1"}, b""), whole(BODY))
    with rig() as running:
        order = begun(tmp_path / "p", BODY[:9_000], url=service.url("/content"), size=len(BODY))
        assert running.fetch(order).sha256 == sha256(BODY)
    assert [request.path for request in service.requests] == ["/content"] * 2


def test_an_insecure_order_is_never_sent(tmp_path: Path) -> None:
    with rig() as running:
        outcome = running.fetch(Order(1, "http://192.0.2.1/content", tmp_path / "p"))
        assert type(outcome.error) is InsecureAddress
        assert outcome.requests == 0


# --- the token -------------------------------------------------------------------------------------------------------


def test_one_renewal_for_all(service: Liar, tmp_path: Path) -> None:
    """49."""

    def reply(connection: socket.socket, request: Request) -> bool:
        chosen = whole(BODY) if bearer(request) == RENEWED else problem(401, "token_expired")
        return chosen(connection, request)

    service.always("/content", reply)
    with rig(at_once=8) as running:
        orders = [Order(key, service.url("/content"), tmp_path / f"p{key}") for key in range(24)]
        outcomes = running.fetch_all(orders)
        assert [outcome.error for outcome in outcomes] == [None] * 24
        assert running.tokens.renewed == 1
        assert sorted(outcome.requests for outcome in outcomes) == [1] * 16 + [2] * 8


@pytest.mark.parametrize("failing", [SignInAgain(), Offline(), RuntimeError("a bug")])
def test_without_a_token_nothing_is_sent(failing: Exception, service: Liar, tmp_path: Path) -> None:
    with rig(tokens=Tokens(failing=failing)) as running:
        outcomes = running.fetch_all([Order(key, service.url("/content"), tmp_path / f"p{key}") for key in range(3)])
        kind = type(failing) if isinstance(failing, MirError) else MirError
        assert [type(outcome.error) for outcome in outcomes] == [kind] * 3
        assert not service.requests
        running.tokens.failing = None
        service.always("/content", whole(BODY))
        assert running.fetch(Order(9, service.url("/content"), tmp_path / "p9")).error is None


def test_a_renewal_that_fails_ends_the_order(service: Liar, tmp_path: Path) -> None:
    """50."""
    tokens = Tokens(refused=SignInAgain("invalid_grant"))
    service.always("/content", problem(401, "token_expired"))
    with rig(tokens=tokens) as running:
        outcome = running.fetch(Order(1, service.url("/content"), tmp_path / "p"))
        assert type(outcome.error) is SignInAgain
        assert len(service.requests) == 1


# --- the gate and the pace -------------------------------------------------------------------------------------------


def test_a_told_wait_closes_the_gate_for_all(service: Liar, tmp_path: Path) -> None:
    """9: nothing is sent inside the penalty; when it ends, the waiting orders go on by themselves."""
    at: list[float] = []

    def reply(connection: socket.socket, request: Request) -> bool:
        at.append(time.monotonic())
        chosen = problem(429, "concurrency_limited", Retry_After="1") if len(at) == 1 else whole(BODY)
        return chosen(connection, request)

    service.always("/content", reply)
    with rig(at_once=1) as running:
        first, *others = running.fetch_all(orders(service, tmp_path, 3))
        assert type(first.error) is RateLimited
        assert first.error.retry_after == 1.0
        assert [outcome.error for outcome in others] == [None, None]
        assert at[1] - at[0] >= 1.0


def test_a_closed_gate_lets_nothing_out(service: Liar, tmp_path: Path) -> None:
    service.always("/content", whole(BODY))
    with rig() as running:
        running.gate.close(CONTENT, seconds=60, code="maintenance")
        running.fetcher.submit(orders(service, tmp_path, 2))
        # Refused at once, so the loop has the others by then.
        running.fetcher.submit([begun(tmp_path / "p", b"x", url="http://192.0.2.1/", size=None)])
        assert type(running.next().error) is InsecureAddress
        running.fetcher.drop_all()
        assert [running.next().requests for _ in range(2)] == [0, 0]
        assert not service.connections


@pytest.mark.parametrize(
    ("reply", "closed"),
    [
        (problem(429, "rate_limited", Retry_After="30"), True),
        (problem(503, "maintenance", Retry_After="30"), True),
        (answer(429, {"Content-Type": "application/json"}, b'{"code":"rate_limited","retryAfterSeconds":30}'), True),
        (problem(429, "rate_limited", Retry_After="soon"), False),
        (problem(429, "rate_limited", Retry_After="Sun, 22 Nov 2020 00:00:00 GMT"), False),
        (problem(503, "maintenance"), False),
        (problem(202, "not_ready", Retry_After="30"), False),
        (problem(404, "not_found", Retry_After="30"), False),
    ],
)
def test_which_answers_close_the_gate(reply: object, closed: bool, service: Liar, tmp_path: Path) -> None:
    service.script("/content", reply)  # type: ignore[arg-type]
    with rig(at_once=4) as running:
        error = running.fetch(Order(1, service.url("/content"), tmp_path / "p")).error
        assert (running.gate.closed_for(CONTENT) > 29) is closed
        pushed = not isinstance(error, (NotReady, RecordingGone))
        assert running.pace.allowed == (2 if pushed else 4)


def test_one_denied_the_others_go_on(service: Liar, tmp_path: Path) -> None:
    """27."""
    service.script("/content", problem(403, "not_found"))
    service.always("/content", whole(BODY))
    with rig(at_once=1) as running:
        outcomes = running.fetch_all([Order(key, service.url("/content"), tmp_path / f"p{key}") for key in range(5)])
        assert [outcome.error is None for outcome in outcomes] == [False, True, True, True, True]


# --- the proxy -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("offer", ["Basic realm=x", "Negotiate", "NTLM"])
def test_a_proxy_that_asks_who_we_are(offer: str, tmp_path: Path) -> None:
    """11: named, and the token was not said to the proxy."""
    with Liar() as proxy:
        refusal = f"HTTP/1.1 407 x\r\nProxy-Authenticate: {offer}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        proxy.always("mir.example:443", raw(refusal.encode()))
        with rig(replace(QUICK, proxy=proxy.base)) as running:
            outcome = running.fetch(Order(1, "https://mir.example/content", tmp_path / "p"))
            assert type(outcome.error) is ProxyRejected
            assert outcome.error.detail == "the proxy answered 407"
        assert b"canary-token" not in proxy.raw


@pytest.mark.parametrize(("status", "kind"), [(404, ProxyRejected), (410, ProxyRejected), (503, Offline)])
def test_what_a_proxy_says_is_not_said_of_the_recording(status: int, kind: type[MirError], tmp_path: Path) -> None:
    with Liar() as proxy:
        proxy.always("mir.example:443", answer(status, {"Retry-After": "60"}, b"no"))
        with rig(replace(QUICK, proxy=proxy.base)) as running:
            order = begun(tmp_path / "p", BODY[:100], url="https://mir.example/content", size=None)
            outcome = running.fetch(order)
            assert type(outcome.error) is kind
            assert outcome.offset == 100
            assert running.gate.closed_for(CONTENT) == 0


def test_proxy_credentials_are_given_when_asked_for(tmp_path: Path) -> None:
    with Liar() as proxy:
        proxy.script(
            "mir.example:443",
            raw(b"HTTP/1.1 407 x\r\nProxy-Authenticate: Basic realm=x\r\nContent-Length: 0\r\n\r\n", stays=True),
            raw(b"HTTP/1.1 502 no route\r\nContent-Length: 0\r\n\r\n"),
        )
        with rig(replace(QUICK, proxy=proxy.base, proxy_credentials=Secret("jörg:geheim"))) as running:
            outcome = running.fetch(Order(1, "https://mir.example/content", tmp_path / "p"))
            assert type(outcome.error) is Offline
        assert [request.headers.get("proxy-authorization", "") for request in proxy.requests] == [
            "",
            "Basic asO2cmc6Z2VoZWlt",
        ]
        assert b"canary-token" not in proxy.raw


def test_loopback_uses_no_proxy_and_the_environment_is_not_read(
    service: Liar, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    service.always("/content", whole(BODY))
    for proxy in ("", "http://127.0.0.1:9"):
        with rig(replace(QUICK, proxy=proxy)) as running:
            assert running.fetch(Order(1, service.url("/content"), tmp_path / "p")).error is None
