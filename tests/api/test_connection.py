"""One exchange over a socket that lies; each fault as a row of a table (faults 1, 5, 6, 7, 16, 17, 19, 28, 29)."""

from __future__ import annotations

import gzip
import io
import logging
import socket
import ssl
import threading
import time
import traceback
import tracemalloc
import zlib
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest
import trustme

from download_client.api.connection import Connection, ConnectionOptions, Request
from download_client.credentials import Secret
from download_client.errors import (
    ConnectionLost,
    Interrupted,
    InvalidSetting,
    MirError,
    NetworkError,
    Offline,
    ProtocolBroken,
    TimedOut,
)
from tests.api.liar import Act, Asked, Liar, honest, http
from tests.windows import needs_schannel

SHORT = ConnectionOptions(connect=2.0, read=0.4, total=0.8, largest_body=100_000)
# Joined here, so that no line of this file that a traceback shows holds them.
TOKEN, NUMBER = "-".join(("canary", "token")), "".join(("030", "5550123"))
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


def ask(liar: Liar, options: ConnectionOptions = SHORT, *, stop: threading.Event | None = None) -> bytes:
    connection = Connection(options, stop=stop or threading.Event())
    try:
        query = (("callingNumber", NUMBER),)
        return connection.send(Request("GET", liar.base + "/x", query=query, token=Secret(TOKEN))).body
    finally:
        connection.close()


def trickle(head: bytes, drop: bytes) -> Iterable[bytes]:
    yield head
    while True:
        time.sleep(0.02)
        yield drop


def bomb(size: int) -> bytes:
    packer = zlib.compressobj(wbits=31)
    piece = b" " * 100_000
    whole, rest = divmod(size, len(piece))
    return b"".join([*(packer.compress(piece) for _ in range(whole)), packer.compress(piece[:rest]), packer.flush()])


LIES: dict[str, tuple[Iterable[bytes | Act], type[MirError]]] = {
    "reset before the answer": ([Act.RESET], ConnectionLost),
    "closed before the answer": ([Act.CLOSE], ConnectionLost),
    "closed in the headers": ([b"HTTP/1.1 200 OK\r\nContent-", Act.CLOSE], ProtocolBroken),
    "reset in the body": ([HEAD + b"Content-Length: 100\r\n\r\n{", Act.RESET], ConnectionLost),
    "shorter than announced": ([HEAD + b"Content-Length: 100\r\n\r\n{}", Act.CLOSE], ConnectionLost),
    "no last chunk": ([HEAD + b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n", Act.CLOSE], ConnectionLost),
    "cut in a chunk": ([HEAD + b"Transfer-Encoding: chunked\r\n\r\nff\r\n{}", Act.CLOSE], ConnectionLost),
    "rubbish chunk": ([HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n"], ConnectionLost),
    "silence": ([Act.HOLD], TimedOut),
    "stall in the headers": ([b"HTTP/1.1 200 OK\r\n", Act.HOLD], TimedOut),
    "stall in the body": ([HEAD + b"Content-Length: 9\r\n\r\n{", Act.HOLD], TimedOut),
    "slow headers": (trickle(b"HTTP/1.1 200 OK\r\nX-Slow: ", b"a"), TimedOut),
    "slow body": (trickle(HEAD + b"Content-Length: 9999\r\n\r\n", b" "), TimedOut),
    "endless interim answers": (trickle(b"", b"HTTP/1.1 100 Continue\r\n\r\n"), TimedOut),
    "endless header line": ([b"HTTP/1.1 200 OK\r\nX: " + b"a" * 70_000 + b"\r\n\r\n"], ProtocolBroken),
    "endless headers": ([b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n"], ProtocolBroken),
    "not HTTP": ([b"SSH-2.0-OpenSSH_9.2\r\n\r\n", Act.CLOSE], ProtocolBroken),
    "a header without a colon": ([HEAD + b"nonsense\r\nContent-Length: 2\r\n\r\n{}"], ProtocolBroken),
    "two lengths": ([HEAD + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{} "], ProtocolBroken),
    "negative length": ([HEAD + b"Content-Length: -1\r\n\r\n{}"], ProtocolBroken),
    "rubbish length": ([HEAD + b"Content-Length: two\r\n\r\n{}"], ProtocolBroken),
    "length and chunks": (
        [HEAD + b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"],
        ProtocolBroken,
    ),
    "too large": ([http(b" " * 100_001)], ProtocolBroken),
    "too large in chunks": (
        [HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + b"1000\r\n" + b" " * 4096 + b"\r\n"] * 1
        + [b"1000\r\n" + b" " * 4096 + b"\r\n"] * 80,
        ProtocolBroken,
    ),
    "a bomb": ([http(bomb(50_000_000), headers="Content-Encoding: gzip\r\n")], ProtocolBroken),
    "gzip cut short": ([http(bomb(1000)[:-9], headers="Content-Encoding: gzip\r\n")], ProtocolBroken),
    "gzip and more": ([http(bomb(10) + b"more", headers="Content-Encoding: gzip\r\n")], ProtocolBroken),
    "no gzip at all": ([http(b"{}", headers="Content-Encoding: gzip\r\n")], ProtocolBroken),
    "a coding nobody offered": ([http(b"{}", headers="Content-Encoding: br\r\n")], ProtocolBroken),
    "two codings": ([http(b"{}", headers="Content-Encoding: gzip, gzip\r\n")], ProtocolBroken),
}


@pytest.mark.parametrize("lie", LIES)
def test_each_lie_has_its_error(lie: str) -> None:
    answers, expected = LIES[lie]
    began = time.monotonic()
    with Liar(lambda _: answers) as liar, pytest.raises(expected) as caught:
        ask(liar)
    assert time.monotonic() - began < 5
    shown = "".join(traceback.format_exception(caught.value)) + repr(caught.value.__context__)
    assert TOKEN not in shown
    assert NUMBER not in shown
    assert len(liar.asked) == 1


def test_a_body_as_large_as_allowed_comes_whole() -> None:
    body = b'"' + b"x" * 99_998 + b'"'
    for answer in (http(body), http(gzip.compress(body), headers="Content-Encoding: gzip\r\n")):
        with Liar(lambda _, answer=answer: [answer]) as liar:  # type: ignore[misc]
            assert ask(liar) == body


def test_a_bomb_costs_no_more_memory_than_the_cap() -> None:
    packed = http(bomb(100_000_000), headers="Content-Encoding: gzip\r\n")
    options = ConnectionOptions(largest_body=1_000_000)
    with Liar(lambda _: [packed]) as liar:
        tracemalloc.start()
        try:
            with pytest.raises(ProtocolBroken):
                ask(liar, options)
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert peak < 20_000_000


def test_connections_are_kept_and_made_anew_when_the_service_lets_go() -> None:
    with Liar(lambda asked: [honest({}), *([Act.CLOSE] if asked.path == "/last" else [])]) as liar:
        connection = Connection(SHORT, stop=threading.Event())
        for path in ("/a", "/b", "/last"):
            connection.send(Request("GET", liar.base + path))
        assert liar.connections == 1
        connection.close()
        connection.send(Request("GET", liar.base + "/c"))
        assert liar.connections == 2


def test_interim_answers_are_passed_over() -> None:
    interim = b"HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n"
    with Liar(lambda asked: [interim, interim * 2 + honest({"path": asked.path})]) as liar:
        connection = Connection(SHORT, stop=threading.Event())
        bodies = [connection.send(Request("GET", f"{liar.base}/{number}")).body for number in range(3)]
    assert bodies == [b'{"path": "/%d"}' % number for number in range(3)]


def test_another_protocol_is_none_of_ours() -> None:
    switching = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n"
    with Liar(lambda _: [switching]) as liar, pytest.raises(ProtocolBroken):
        ask(liar)


@pytest.mark.parametrize("tls", [False, pytest.param(True, marks=needs_schannel)])
@pytest.mark.parametrize("size", [100, 9_000])
@pytest.mark.parametrize("filled", [False, True])
def test_what_is_said_beyond_an_answer_is_no_answer(tls: bool, size: int, filled: bool, tmp_path: Path) -> None:
    def answer(asked: Asked) -> Iterable[bytes]:
        true = http(b"[" + asked.path.encode() + b" " * size)
        # What is read at once is thrown away with the answer; what begins where that ends waits in the TLS layer.
        filler = b" " * (-len(true) % io.DEFAULT_BUFFER_SIZE) if filled else b""
        return [true + filler + http(b"smuggled")]

    context = None
    options = replace(SHORT, read=10.0, total=20.0)
    if tls:
        authority = trustme.CA()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("127.0.0.1").configure_cert(context)
        authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
        options = replace(options, ca_file=tmp_path / "ca.pem")
    with Liar(answer, context=context) as liar:
        connection = Connection(options, stop=threading.Event())
        for number in range(4):
            body = connection.send(Request("GET", f"{liar.base}/{number}")).body
            assert body.startswith(b"[/%d" % number)


def test_a_redirect_is_an_answer_and_is_never_followed() -> None:
    elsewhere = Liar(lambda _: [honest({})])
    answer = f"HTTP/1.1 302 Found\r\nLocation: {elsewhere.base}/me\r\nContent-Length: 0\r\n\r\n".encode()
    with elsewhere, Liar(lambda _: [answer]) as liar:
        connection = Connection(SHORT, stop=threading.Event())
        assert connection.send(Request("GET", liar.base + "/me")).status == 302
        assert elsewhere.asked == []


def test_no_cookie_is_kept_and_no_password_taken_from_the_environment(
    tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = f"{tmp_path}/netrc"
    with open(netrc, "w", encoding="ascii") as file:  # noqa: PTH123
        file.write("machine 127.0.0.1 login u password canary\n")
    monkeypatch.setenv("NETRC", netrc)
    with Liar(lambda _: [http(b"{}", headers="Set-Cookie: a=b; Path=/\r\n")]) as liar:
        connection = Connection(SHORT, stop=threading.Event())
        for _ in range(2):
            connection.send(Request("GET", liar.base + "/me"))
        for asked in liar.asked:
            assert not {"cookie", "authorization"} & set(asked.headers)


def test_what_goes_out() -> None:
    with Liar(lambda _: [honest({})]) as liar:
        connection = Connection(SHORT, stop=threading.Event())
        query = (("callingName", "*Groß & Söhne"),)
        answer = connection.send(Request("GET", liar.base + "/x", query=query, token=Secret("t")))
        connection.send(Request("POST", liar.base + "/y", form=(("a", "b c"), ("d", Secret("e&f")))))
        connection.send(Request("PUT", liar.base + "/z", json=b"{}"))
    first, second, third = liar.asked
    assert first.query == {"callingName": "*Groß & Söhne"}
    assert first.headers["authorization"] == "Bearer t"
    assert first.headers["user-agent"].startswith("mir-download-client/")
    assert first.headers["accept-encoding"] == "gzip"
    assert len(first.headers["x-request-id"]) == 32
    assert answer.request_id == "answer-1"
    assert second.form == {"a": "b c", "d": "e&f"}
    assert second.headers["content-type"] == "application/x-www-form-urlencoded"
    assert (third.body, third.headers["content-type"]) == (b"{}", "application/json")


def test_a_request_id_that_may_not_be_shown_is_replaced_by_ours() -> None:
    lie = b"HTTP/1.1 200 OK\r\nX-Request-Id: +49 30 5550123\r\nContent-Length: 0\r\n\r\n"
    with Liar(lambda _: [lie]) as liar:
        answer = Connection(SHORT, stop=threading.Event()).send(Request("GET", liar.base + "/x"))
    assert answer.request_id == liar.asked[0].headers["x-request-id"]


def test_a_request_shows_nothing_of_what_it_carries() -> None:
    request = Request("GET", "https://h/x", query=(("a", "canary"),), form=(("b", "canary"),), json=b"canary")
    assert "canary" not in repr(request)


@pytest.mark.parametrize("during", ["silence", "slow headers", "slow body"])
@pytest.mark.parametrize("whose", ["connection", "request"])
def test_stop_cuts_a_request_off(during: str, whose: str) -> None:
    stop = threading.Event()
    arrived = threading.Event()

    def answer(_: Asked) -> Iterable[bytes | Act]:
        arrived.set()
        yield from LIES_SLOW[during]()

    outcome: list[BaseException] = []

    def work(liar: Liar) -> None:
        connection = Connection(ConnectionOptions(), stop=stop if whose == "connection" else threading.Event())
        try:
            connection.send(Request("GET", liar.base + "/me", stop=stop if whose == "request" else None))
        except BaseException as error:
            outcome.append(error)

    with Liar(answer) as liar:
        thread = threading.Thread(target=work, args=(liar,))
        thread.start()
        assert arrived.wait(10)
        stop.set()
        thread.join(3)
        assert not thread.is_alive()
    assert [type(each) for each in outcome] == [Interrupted]


LIES_SLOW: dict[str, Callable[[], Iterable[bytes | Act]]] = {
    "silence": lambda: iter([Act.HOLD]),
    "slow headers": lambda: trickle(b"HTTP/1.1 200 OK\r\nX: ", b"a"),
    "slow body": lambda: trickle(HEAD + b"Content-Length: 9999\r\n\r\n", b" "),
}


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    connection = Connection(SHORT, stop=threading.Event())
    with pytest.raises(Offline) as caught:
        connection.send(Request("GET", f"http://127.0.0.1:{port}/x"))
    assert caught.value.subject == f"127.0.0.1:{port}"


def test_no_such_name() -> None:
    connection = Connection(SHORT, stop=threading.Event())
    with pytest.raises(Offline):
        connection.send(Request("GET", "https://no-such-host.invalid/x"))


@pytest.mark.parametrize("url", ["http://mir.example/x", "ftp://mir.example/x", "https://u:p@mir.example/x", "//x"])
def test_an_insecure_address_is_refused_before_anything_is_sent(url: str) -> None:
    with pytest.raises((NetworkError, InvalidSetting)):
        Connection(SHORT, stop=threading.Event()).send(Request("GET", url))


def test_debug_lines_of_the_libraries_are_silent(caplog: pytest.LogCaptureFixture) -> None:
    with Liar(lambda _: [honest({})]) as liar, caplog.at_level(logging.DEBUG):
        connection = Connection(SHORT, stop=threading.Event())
        connection.send(Request("GET", liar.base + "/x", query=(("callingNumber", "canary"),)))
    assert "canary" not in caplog.text


def test_a_body_in_many_threads_at_once() -> None:
    with Liar(lambda asked: [honest({"path": asked.path})]) as liar:
        connection = Connection(ConnectionOptions(), stop=threading.Event())
        bodies: dict[int, bytes] = {}

        def work(number: int) -> None:
            bodies[number] = connection.send(Request("GET", f"{liar.base}/{number}")).body

        threads = [threading.Thread(target=work, args=(number,)) for number in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert bodies == {number: b'{"path": "/%d"}' % number for number in range(12)}
