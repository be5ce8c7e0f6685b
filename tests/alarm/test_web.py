"""A webhook is signed so that its receiver can check it; it and the heartbeat go over trusted TLS, once a call."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
from datetime import UTC, datetime

import pytest

from download_client.alarm import Message
from download_client.alarm.web import origin, send_heartbeat, send_webhook
from download_client.api import ConnectionOptions
from download_client.credentials import Secret
from download_client.errors import CertificateRejected, ChannelBusy, ChannelRefused, InsecureAddress, MirError
from tests.alarm.servers import Authority, Call, Hook

NOW = datetime(2026, 11, 22, 2, 21, tzinfo=UTC)
SECRET = Secret("canary-signing-secret")


def post(message: Message, url: str, authority: Authority | None) -> None:
    options = ConnectionOptions(ca_file=authority.ca_file if authority else None, total=20.0)
    send_webhook(message, url=url, secret=SECRET, now=NOW, options=options, stop=threading.Event())


def is_signed(call: Call, secret: str) -> bool:
    """As a receiver would look at it, by what the guide says."""
    told = dict(part.split("=", 1) for part in call.headers["mir-signature"].split(","))
    wanted = hmac.new(secret.encode(), told["t"].encode() + b"." + call.body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(wanted, told["v1"])


def test_a_webhook_can_be_checked_and_told_from_its_copy(message: Message, authority: Authority) -> None:
    with Hook().open(authority.context()) as hook:
        post(message, hook.url, authority)
        post(message, hook.url, authority)
    first, second = hook.calls
    assert (first.method, first.headers["content-type"]) == ("POST", "application/json")
    assert is_signed(first, SECRET.reveal())
    assert not is_signed(first, "another")
    assert first.headers["mir-signature"].startswith(f"t={int(NOW.timestamp())},")
    told = json.loads(first.body)
    assert told["id"] == first.headers["idempotency-key"] == second.headers["idempotency-key"] == message.id
    assert (told["format"], told["outcome"], told["day"], told["figures"]) == (1, "failed", "2026-11-22", {"listed": 3})
    assert message.page not in first.body.decode(), "no folder of that computer goes out"


def test_a_heartbeat_is_one_get(message: Message, authority: Authority) -> None:
    options = ConnectionOptions(ca_file=authority.ca_file, total=20.0)
    with Hook().open(authority.context()) as hook:
        send_heartbeat(message, url=hook.url, now=NOW, options=options, stop=threading.Event())
    (call,) = hook.calls
    assert (call.method, call.path, call.body) == ("GET", "/hooks/canary-in-the-address", b"")


def test_no_error_repeats_the_address(message: Message, authority: Authority) -> None:
    def fails(kind: type[MirError], hook: Hook, known: Authority | None) -> MirError:
        with pytest.raises(kind) as caught:
            post(message, hook.url, known)
        error: BaseException | None = caught.value
        while error is not None:
            assert "canary" not in f"{error!r} {error} {error.args}"
            error = error.__cause__ or error.__context__
        return caught.value

    with Hook().open(authority.context()) as hook:
        fails(CertificateRejected, hook, None)
        assert hook.calls == []
        hook.answers = [(403, {})]
        fails(ChannelRefused, hook, authority)
        hook.answers = [(302, {"Location": "http://127.0.0.1:9/elsewhere"})]
        fails(ChannelRefused, hook, authority)
        hook.answers = [(503, {"Retry-After": "7"})]
        assert fails(ChannelBusy, hook, authority).retry_after == 7.0
        hook.answers = [(429, {})]
        fails(ChannelBusy, hook, authority)
        assert len(hook.calls) == 4
    with pytest.raises(InsecureAddress):
        post(message, "http://hooks.example/canary", authority)


def test_plain_http_is_for_this_computer(message: Message) -> None:
    with Hook().open(None) as hook:
        post(message, hook.url, None)
    assert len(hook.calls) == 1


def test_what_a_secret_is_kept_for() -> None:
    assert origin("https://Hooks.Example:8443/T0/secret?x=1") == "https://hooks.example:8443"
