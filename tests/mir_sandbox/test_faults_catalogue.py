"""Each fault of the catalogue does on the wire exactly what it says; an entry without a case here fails."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from mir_sandbox.faults.catalogue import CATALOGUE
from mir_sandbox.remote import StandingFault
from tests.mir_sandbox.front_stage import (
    AUDIO,
    BASE,
    CONTENT,
    DIGEST,
    ETAG,
    LISTING,
    ME,
    TOKEN,
    Client,
    Heard,
    Stage,
    item,
    stage,
)

RANGE = f"Range: bytes=1000-\r\nIf-Range: {ETAG}\r\n"
SIZE = len(AUDIO)

Scenario = Callable[[Stage, StandingFault], None]


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """One front for all cases."""
    with stage(tmp_path_factory.mktemp("front")) as running:
        yield running


@dataclass(frozen=True)
class Case:
    """One fault with parameters, one request, and what must be seen of it."""

    fault: str
    parameters: dict[str, Any] = field(default_factory=dict)
    target: str = CONTENT
    headers: str = ""
    check: Callable[[Heard], None] | None = None
    ends: bool = False
    """The answer is read to the end of the connection."""
    scenario: Scenario | None = None
    """What is done instead of one request."""

    def __str__(self) -> str:
        return " ".join((self.fault, *(f"{name}={value}" for name, value in self.parameters.items())))[:60]


def answer(
    *,
    status: int = 200,
    end: str = "open",
    body: bytes | None = None,
    has: dict[str, str] | None = None,
    lacks: tuple[str, ...] = (),
) -> Callable[[Heard], None]:
    """A check of status, end of the connection, body and headers."""

    def check(heard: Heard) -> None:
        assert (heard.status, heard.end) == (status, end)
        if body is not None:
            assert heard.body == body
        for name, value in (has or {}).items():
            assert heard.one(name) == value
        for name in lacks:
            assert heard.all(name) == []

    return check


def _problem(status: int, code: str, **has: str) -> Callable[[Heard], None]:
    def check(heard: Heard) -> None:
        assert (heard.status, heard.end) == (status, "open")
        assert heard.one("Content-Type") == "application/problem+json"
        assert (heard.json()["code"], heard.json()["status"]) == (code, status)
        assert heard.json()["requestId"] == heard.one("X-Request-Id")
        for name, value in has.items():
            assert heard.one(name.replace("_", "-")) == value

    return check


# -- connections ---------------------------------------------------------------------------------------------------


def _refused(front: Stage, fault: StandingFault) -> None:
    with pytest.raises(ConnectionRefusedError):
        Client(front.port())
    fault.clear()
    with Client(front.port()) as client:
        client.send(ME)
        assert client.hear(keep_open=True).status == 200


def _ended_at_accept(end: str) -> Scenario:
    def scenario(front: Stage, _fault: StandingFault) -> None:
        try:
            with Client(front.port()) as client:
                heard = client.hear()
        except ConnectionResetError:
            heard = Heard(end="reset")
        assert (heard.raw, heard.end) == (b"", end)

    return scenario


def _black_hole(front: Stage, fault: StandingFault) -> None:
    with Client(front.port()) as client:
        client.send(ME)
        fault.wait(waiting=1)
        assert client.is_silent()
        fault.release()
        assert client.hear().end == "reset"


def _certificate_without_tls(front: Stage, _fault: StandingFault) -> None:
    with Client(front.port()) as client:
        client.send(ME)
        assert client.hear(keep_open=True).status == 200


def _silence(front: Stage, fault: StandingFault) -> None:
    with Client(front.port()) as client:
        client.send(ME)
        fault.wait(waiting=1)
        assert client.is_silent()
        fault.release()
        heard = client.hear()
        assert (heard.raw, heard.end) == (b"", "closed")


def _slow_first_byte(front: Stage, fault: StandingFault) -> None:
    with Client(front.port()) as client:
        client.send(ME)
        fault.wait(waiting=1)
        assert client.is_silent()
        fault.release()
        assert client.hear(keep_open=True).json()["method"] == "GET"


def _stalled(end: str) -> Scenario:
    def scenario(front: Stage, fault: StandingFault) -> None:
        with Client(front.port()) as client:
            client.send(CONTENT)
            fault.wait(waiting=1)
            early = client.hear(until=700)
            assert early.body == AUDIO[:700]
            assert early.one("Content-Length") == str(SIZE)
            assert client.is_silent()
            fault.release()
            if end == "open":
                client._rest = early.raw
                assert client.hear(keep_open=True).body == AUDIO
            else:
                late = client.hear()
                assert (late.raw, late.end) == (b"", end)

    return scenario


def _drip(front: Stage, fault: StandingFault) -> None:
    with Client(front.port()) as client:
        client.send(CONTENT)
        fault.wait(waiting=1)
        early = client.hear(until=5020)
        assert len(early.body) < SIZE, "the last bytes come one by one"
        client._rest = early.raw
        fault.release()
        assert client.hear(keep_open=True).body == AUDIO


def _released_drip(front: Stage, fault: StandingFault) -> None:
    with Client(front.port()) as client:
        client.send(CONTENT)
        fault.wait(waiting=1)
        fault.release()
        assert client.hear(keep_open=True).body == AUDIO


def _paced(front: Stage, _fault: StandingFault) -> None:
    with Client(front.port()) as client:
        client.send(CONTENT)
        assert client.hear(keep_open=True).body == AUDIO
    (entry,) = front.sandbox.journal(route="content")[-1:]
    assert 0.15 < entry["seconds"] < 15


def _closed_after_answer(front: Stage, _fault: StandingFault) -> None:
    with Client(front.port()) as client:
        client.send(ME)
        heard = client.hear()
    assert (heard.status, heard.end) == (200, "closed")
    assert heard.json()["method"] == "GET"
    assert heard.all("Connection") == []


def _closed_on_next(front: Stage, _fault: StandingFault) -> None:
    with Client(front.port()) as client:
        client.send(ME)
        assert client.hear(keep_open=True).status == 200
        assert client.is_silent()
        client.send(ME)
        heard = client.hear()
    assert (heard.raw, heard.end) == (b"", "closed")


CONNECTIONS = [
    Case("refuse", scenario=_refused),
    Case("close-on-accept", scenario=_ended_at_accept("closed")),
    Case("close-on-accept", {"reset": True}, scenario=_ended_at_accept("reset")),
    Case("black-hole", scenario=_black_hole),
    *(
        Case("certificate", {"kind": kind}, scenario=_certificate_without_tls)
        for kind in ("expired", "notYetValid", "wrongHost", "selfSigned", "unknownCa")
    ),
    Case("silence", target=ME, scenario=_silence),
    Case("silence", {"seconds": 0.01}, target=ME, ends=True, check=answer(status=0, end="closed")),
    Case("hang-up", target=ME, ends=True, check=answer(status=0, end="closed")),
    Case("hang-up", {"reset": True}, target=ME, ends=True, check=answer(status=0, end="reset")),
    Case("slow-first-byte", {"seconds": None}, target=ME, scenario=_slow_first_byte),
    Case("slow-first-byte", {"seconds": 0.01}, target=ME, check=answer()),
    Case(
        "reset",
        {"after": 700},
        ends=True,
        check=answer(end="reset", body=AUDIO[:700], has={"Content-Length": str(SIZE)}),
    ),
    Case("reset", {"after": 0}, ends=True, check=answer(end="reset", body=b"")),
    Case("stall", {"after": 700}, scenario=_stalled("open")),
    Case("stall", {"after": 700, "then": "goOn"}, scenario=_stalled("open")),
    Case("stall", {"after": 700, "then": "close"}, scenario=_stalled("closed")),
    Case("stall", {"after": 700, "then": "reset"}, scenario=_stalled("reset")),
    Case("stall", {"after": 700, "seconds": 0.01}, check=answer(body=AUDIO)),
    Case("drip", {"after": 5000, "every": 0.02}, scenario=_drip),
    Case("drip", {"bytes": 10, "every": 60}, scenario=_released_drip),
    Case("pace", {"bytesPerSecond": 20_000}, scenario=_paced),
    Case("close-kept-alive", {"when": "atOnce"}, target=ME, scenario=_closed_after_answer),
    Case("close-kept-alive", {"when": "onNextRequest"}, target=ME, scenario=_closed_on_next),
]


# -- whole answers ---------------------------------------------------------------------------------------------------


def _retry_date(heard: Heard) -> None:
    assert heard.status == 429
    assert heard.one("Retry-After").endswith(" GMT")
    assert "retryAfterSeconds" not in heard.json()


def _invalid_grant(error: str) -> Scenario:
    def scenario(front: Stage, _fault: StandingFault) -> None:
        with Client(front.port()) as client:
            client.send(TOKEN, method="POST", body=b"grant_type=refresh_token&refresh_token=old")
            heard = client.hear(keep_open=True)
        assert (heard.status, heard.json()["error"]) == (401 if error == "invalid_client" else 400, error)

    return scenario


def _redirected(to: str) -> Scenario:
    def scenario(front: Stage, _fault: StandingFault) -> None:
        own, other, plain = (front.sandbox.doors[name] for name in ("main", "other", "plain"))
        places = {
            "other": [other + CONTENT] * 2,
            "http": [plain + CONTENT] * 2,
            "file": ["file:///etc/hostname"] * 2,
            "itself": [own + CONTENT] * 2,
            "loop": [f"{own}{CONTENT}?turn=1", f"{own}{CONTENT}?turn=0"],
            "far": [f"{own}{CONTENT}?hop=1", f"{own}{CONTENT}?hop=2"],
            "relative": [CONTENT] * 2,
            "ftp": ["ftp://127.0.0.1/recording.wav"] * 2,
            "nowhere": [""] * 2,
        }
        with Client(front.port()) as client:
            for place in places[to]:
                client.send(CONTENT)
                heard = client.hear(keep_open=True)
                assert (heard.status, heard.one("Location"), heard.body) == (307, place, b"")

    return scenario


def _redirected_text(front: Stage, _fault: StandingFault) -> None:
    with Client(front.port()) as client:
        client.send(CONTENT)
        heard = client.hear(keep_open=True)
    assert (heard.status, heard.one("Location")) == (302, f"{front.sandbox.doors['other']}/x?{CONTENT}")


def _page(title: bytes, content_type: str) -> Callable[[Heard], None]:
    def check(heard: Heard) -> None:
        assert (heard.status, heard.one("Content-Type")) == (200, content_type)
        assert title in heard.body
        assert heard.one("Content-Length") == str(len(heard.body))

    return check


def _range_refused(text: str | None) -> Callable[[Heard], None]:
    def check(heard: Heard) -> None:
        _problem(416, "range_not_satisfiable")(heard)
        assert heard.all("Content-Range") == ([] if text is None else [text])
        assert heard.all("Repr-Digest") == []

    def _problem(status: int, code: str) -> Callable[[Heard], None]:
        def same(heard: Heard) -> None:
            assert (heard.status, heard.json()["code"], heard.end) == (status, code, "open")

        return same

    return check


ANSWERS = [
    Case(
        "status",
        {"status": 418, "code": "teapot", "headers": {"X-More": "1"}},
        check=_problem(418, "teapot", X_More="1"),
    ),
    Case(
        "status",
        {"status": 503, "retryAfter": "never"},
        target=ME,
        check=_problem(503, "internal", Retry_After="never"),
    ),
    *(
        Case("rate-limited", {"code": code, "retryAfter": "7"}, check=_problem(429, code, Retry_After="7"))
        for code in ("rate_limited", "concurrency_limited")
    ),
    Case("rate-limited", {"retryAfter": "date+60"}, check=_retry_date),
    Case("rate-limited", {"retryAfter": "date-60"}, check=_retry_date),
    Case("rate-limited", {"retryAfter": "1000000000"}, check=_problem(429, "rate_limited", Retry_After="1000000000")),
    Case("rate-limited", {"retryAfter": "soon"}, check=_problem(429, "rate_limited", Retry_After="soon")),
    Case("rate-limited", {"retryAfter": None}, check=answer(status=429, lacks=("Retry-After",))),
    *(
        Case("unavailable", {"code": code}, target=LISTING, check=_problem(503, code, Retry_After="1"))
        for code in ("maintenance", "internal")
    ),
    *(
        Case("server-error", {"code": code}, check=_problem(500, code))
        for code in ("internal", "media_missing", "not_ready")
    ),
    Case("token-expired", {"code": "token_expired"}, target=ME, check=_problem(401, "token_expired")),
    *(
        Case("invalid-grant", {"error": error}, scenario=_invalid_grant(error))
        for error in ("invalid_grant", "invalid_client", "invalid_scope")
    ),
    *(Case("denied", {"code": code}, check=_problem(403, code)) for code in ("download_not_permitted", "access_none")),
    *(Case("not-found", {"code": code}, check=_problem(404, code)) for code in ("not_found", "media_missing")),
    *(
        Case("gone", {"code": code}, check=_problem(410, code))
        for code in ("recording_expired", "page_token_expired", "cursor_expired")
    ),
    Case("not-ready", {"retryAfter": "3"}, check=_problem(202, "not_ready", Retry_After="3")),
    Case("range-refused", {"total": "actual"}, headers=RANGE, check=_range_refused(f"bytes */{SIZE}")),
    Case("range-refused", {"total": "actual"}, check=_range_refused(f"bytes */{SIZE}")),
    Case("range-refused", {"total": "other"}, headers=RANGE, check=_range_refused(f"bytes */{SIZE + 1}")),
    Case("range-refused", {"total": "malformed"}, headers=RANGE, check=_range_refused("bytes */many")),
    Case("range-refused", {"total": "range"}, headers=RANGE, check=_range_refused("bytes 0-1/2")),
    Case("range-refused", {"total": "missing"}, headers=RANGE, check=_range_refused(None)),
    Case("range-refused", {"total": "text", "text": "x {size}"}, headers=RANGE, check=_range_refused(f"x {SIZE}")),
    Case(
        "proxy-authentication", target=ME, check=answer(status=407, has={"Proxy-Authenticate": 'Basic realm="proxy"'})
    ),
    *(
        Case("redirect", {"to": to}, scenario=_redirected(to))
        for to in ("other", "http", "file", "itself", "loop", "far", "relative", "ftp", "nowhere")
    ),
    Case("redirect", {"location": "{other}/x?{target}", "status": 302}, scenario=_redirected_text),
    Case("page", {"page": "signIn"}, check=_page(b"Please sign in", "text/html; charset=utf-8")),
    Case("page", {"page": "captivePortal", "contentType": "audio/wav"}, check=_page(b"Free WiFi", "audio/wav")),
    Case("json-error", {"contentType": "audio/wav"}, check=_page(b'"error": "token_expired"', "audio/wav")),
]


# -- heads ----------------------------------------------------------------------------------------------------


def _endless(front: Stage, fault: StandingFault) -> None:
    with Client(front.port()) as client:
        client.send(ME)
        received = 0
        while received < 3_000_000:
            received += len(client.socket.recv(1 << 20))
    assert fault.state()["hits"] == 1


def _padded(heard: Heard) -> None:
    assert [name for name, _ in heard.headers if name.startswith("X-Padding")] == [f"X-Padding-{n}" for n in range(5)]
    assert heard.body == AUDIO


def _slow_head(front: Stage, fault: StandingFault) -> None:
    with Client(front.port()) as client:
        client.send(ME)
        fault.wait(waiting=1)
        seen = client.socket.recv(100)
        assert b"HTTP/1.1 200 OK".startswith(seen)
        assert len(seen) < 10
    assert fault.state()["hits"] == 1


def _early(front: Stage, _fault: StandingFault) -> None:
    with Client(front.port()) as client:
        client.send(CONTENT)
        raw = client.receive(AUDIO)
    assert raw.startswith(b"HTTP/1.1 103 Early\r\nX-Early: yes\r\n\r\n" * 2 + b"HTTP/1.1 200 OK\r\n")


def _garbage(heard: Heard) -> None:
    assert (heard.raw, heard.end) == (b"220 mail.example\r\n", "closed")


HEADS = [
    Case("slow-headers", {"bytes": 1, "every": 0.05}, scenario=_slow_head),
    Case("slow-headers", {"bytes": 50, "every": 0.001}, check=answer(body=AUDIO)),
    Case("endless-headers", scenario=_endless),
    Case("endless-headers", {"lines": 5, "bytes": 100, "every": 0.001}, check=_padded),
    Case("huge-header", {"bytes": 300_000}, check=answer(body=AUDIO, has={"X-Huge": "x" * 300_000})),
    Case(
        "header",
        {"set": {"ETag": None, "Content-Type": "a/b"}},
        check=answer(body=AUDIO, has={"Content-Type": "a/b"}, lacks=("ETag",)),
    ),
    Case("informational", {"count": 2}, scenario=_early),
    Case("garbage", {"text": "220 mail.example\r\n"}, ends=True, check=_garbage),
]


# -- bodies ----------------------------------------------------------------------------------------------------


def _chunked(heard: Heard) -> None:
    assert (heard.unchunked(), heard.one("Transfer-Encoding"), heard.end) == (AUDIO, "chunked", "open")
    assert heard.all("Content-Length") == []


def _cut_chunked(content: bytes) -> Callable[[Heard], None]:
    def check(heard: Heard) -> None:
        assert (heard.one("Transfer-Encoding"), heard.end) == ("chunked", "closed")
        heard.body += b"0\r\n\r\n"
        assert heard.unchunked() == content

    return check


def _bad_chunk(heard: Heard) -> None:
    assert heard.end == "closed"
    first, rest = heard.body.split(b"\r\n", 1)
    assert rest[int(first, 16) :].startswith(b"\r\nzz\r\n")


def _extra(front: Stage, _fault: StandingFault) -> None:
    with Client(front.port()) as client:
        client.send(CONTENT)
        assert client.hear(keep_open=True).body == AUDIO
        client.send(ME)
        assert client.receive(b"HTTP/1.1 200 OK").startswith(b"U" * 100 + b"HTTP/1.1 200 OK")


def _lengths(*lengths: str, chunked: bool = False) -> Callable[[Heard], None]:
    def check(heard: Heard) -> None:
        assert (heard.all("Content-Length"), heard.end) == ([*lengths], "closed")
        assert heard.all("Transfer-Encoding") == (["chunked"] if chunked else [])
        assert (heard.unchunked() if chunked else heard.body) == AUDIO

    return check


BODIES = [
    Case(
        "cut",
        {"after": 700},
        ends=True,
        check=answer(end="closed", body=AUDIO[:700], has={"Content-Length": str(SIZE)}),
    ),
    Case("chunked", check=_chunked),
    Case("cut-chunked", ends=True, check=_cut_chunked(AUDIO)),
    Case("cut-chunked", {"after": 700}, ends=True, check=_cut_chunked(AUDIO[:700])),
    Case("bad-chunk", ends=True, check=_bad_chunk),
    Case("no-length", ends=True, check=answer(end="closed", body=AUDIO, lacks=("Content-Length", "Transfer-Encoding"))),
    Case(
        "no-length", {"after": 700}, ends=True, check=answer(end="closed", body=AUDIO[:700], lacks=("Content-Length",))
    ),
    Case(
        "extra-bytes",
        {"count": 100},
        ends=True,
        check=answer(end="closed", body=AUDIO + b"U" * 100, has={"Content-Length": str(SIZE)}),
    ),
    Case("extra-bytes", {"count": 100, "close": False}, scenario=_extra),
    Case("content-length", {"kind": "twoDifferent"}, ends=True, check=_lengths(str(SIZE), str(SIZE - 1))),
    Case("content-length", {"kind": "twoEqual"}, ends=True, check=_lengths(str(SIZE), str(SIZE))),
    Case("content-length", {"kind": "list"}, ends=True, check=_lengths(f"{SIZE}, {SIZE - 1}")),
    Case("content-length", {"kind": "negative"}, ends=True, check=_lengths("-1")),
    Case("content-length", {"kind": "rubbish"}, ends=True, check=_lengths("12abc")),
    Case("content-length", {"kind": "plus"}, ends=True, check=_lengths(f"+{SIZE}")),
    Case("content-length", {"kind": "hex"}, ends=True, check=_lengths(hex(SIZE))),
    Case("content-length", {"kind": "huge"}, ends=True, check=_lengths(str(2**64 + SIZE))),
    Case("content-length", {"kind": "empty"}, ends=True, check=_lengths("")),
    Case("content-length", {"kind": "withChunked"}, ends=True, check=_lengths(str(SIZE), chunked=True)),
    Case("content-length", {"kind": "value", "value": "1e3"}, ends=True, check=_lengths("1e3")),
]


# -- contents ----------------------------------------------------------------------------------------------------


def _digest_of(body: bytes) -> str:
    return f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"


def _part(text: str | None, body: bytes = AUDIO[1000:]) -> Callable[[Heard], None]:
    def check(heard: Heard) -> None:
        assert (heard.status, heard.all("Content-Range")) == (206, [] if text is None else [text])
        assert heard.body == body
        assert heard.one("Content-Length") == str(len(body))

    return check


def _multipart(heard: Heard) -> None:
    assert heard.status == 206
    assert heard.one("Content-Type").startswith("multipart/byteranges; boundary=")
    mark = heard.one("Content-Type").partition("boundary=")[2].encode()
    assert heard.all("Content-Range") == []
    head, _, part = heard.body.partition(b"\r\n\r\n")
    assert head.startswith(b"--" + mark)
    assert f"Content-Range: bytes 1000-{SIZE - 1}/{SIZE}".encode() in head
    assert part == AUDIO[1000:] + b"\r\n--" + mark + b"--\r\n"


def _changed_file(front: Stage, _fault: StandingFault) -> None:
    with Client(front.port()) as client:
        client.send(CONTENT, headers=RANGE)
        whole = client.hear(keep_open=True)
        assert (whole.status, len(whole.body)) == (200, SIZE)
        assert [at for at in range(SIZE) if whole.body[at] != AUDIO[at]] == list(range(64, 72))
        assert whole.one("Repr-Digest") == _digest_of(whole.body)
        assert whole.one("ETag") != ETAG
        client.send(CONTENT, headers=f"Range: bytes=1000-\r\nIf-Range: {whole.one('ETag')}\r\n")
        rest = client.hear(keep_open=True)
        assert (rest.status, rest.body) == (206, whole.body[1000:])
        assert rest.one("Content-Range") == f"bytes 1000-{SIZE - 1}/{SIZE}"
        client.send(CONTENT, method="HEAD")
        assert client.hear(keep_open=True, bodiless=True).one("ETag") == whole.one("ETag")


def _zipped(heard: Heard) -> None:
    assert heard.one("Content-Encoding") == "gzip"
    assert heard.one("Content-Length") == str(len(heard.body))
    assert gzip.decompress(heard.body) == AUDIO


def _flipped(heard: Heard) -> None:
    assert [at for at in range(SIZE) if heard.body[at] != AUDIO[at]] == [3000, 3001]
    assert heard.one("Repr-Digest") == DIGEST


def _digest_starts(start: str) -> Callable[[Heard], None]:
    def check(heard: Heard) -> None:
        assert heard.one("Repr-Digest").startswith(start)
        assert heard.one("Repr-Digest") != DIGEST
        assert heard.body == AUDIO

    return check


CONTENTS = [
    Case("ignore-range", headers=RANGE, check=answer(body=AUDIO, lacks=("Content-Range",))),
    Case("shifted-range", headers=RANGE, check=_part(f"bytes 900-{SIZE - 1}/{SIZE}", AUDIO[900:])),
    Case("shifted-range", {"shift": 50}, headers=RANGE, check=_part(f"bytes 1050-{SIZE - 1}/{SIZE}", AUDIO[1050:])),
    Case(
        "shifted-range",
        {"corrupt": True},
        headers=RANGE,
        check=_part(f"bytes 900-{SIZE - 1}/{SIZE}", bytes(byte ^ 0xFF for byte in AUDIO[900:908]) + AUDIO[908:]),
    ),
    *(
        Case("content-range", {"kind": kind, "text": "apples 3"}, headers=RANGE, check=_part(text))
        for kind, text in {
            "missing": None,
            "malformed": f"bytes 1000-{SIZE - 1}",
            "otherTotal": f"bytes 1000-{SIZE - 1}/{SIZE + 1000}",
            "otherStart": f"bytes 1100-{SIZE - 1}/{SIZE}",
            "earlierStart": f"bytes 900-{SIZE - 1}/{SIZE}",
            "otherEnd": f"bytes 1000-{SIZE + 99}/{SIZE}",
            "unknownTotal": f"bytes 1000-{SIZE - 1}/*",
            "otherUnit": f"seconds 1000-{SIZE - 1}/{SIZE}",
            "negative": f"bytes -1000-{SIZE - 1}/{SIZE}",
            "text": "apples 3",
        }.items()
    ),
    Case("multipart-range", headers=RANGE, check=_multipart),
    Case("etag", {"kind": "changed"}, check=answer(body=AUDIO, has={"ETag": '"changed-one"'})),
    Case("etag", {"kind": "weak"}, check=answer(body=AUDIO, has={"ETag": 'W/"one"'})),
    Case("etag", {"kind": "malformed"}, check=answer(body=AUDIO, has={"ETag": "one"})),
    Case("etag", {"kind": "missing"}, check=answer(body=AUDIO, lacks=("ETag",))),
    Case("changed-file", scenario=_changed_file),
    Case("encoded", check=_zipped),
    Case("encoded", {"truly": False, "coding": "br"}, check=answer(body=AUDIO, has={"Content-Encoding": "br"})),
    Case("wrong-length", {"delta": -100}, check=answer(body=AUDIO[:-100], has={"Content-Length": str(SIZE - 100)})),
    Case("wrong-length", {"delta": 7}, check=answer(body=AUDIO + b"U" * 7, has={"Content-Length": str(SIZE + 7)})),
    Case("digest", {"kind": "wrong"}, check=answer(body=AUDIO, has={"Repr-Digest": _digest_of(b"another file")})),
    Case("digest", {"kind": "missing"}, check=answer(body=AUDIO, lacks=("Repr-Digest",))),
    *(
        Case("digest", {"kind": kind}, check=_digest_starts(start))
        for kind, start in {
            "unknownAlgorithm": "sha3-999=:",
            "unknownBesideTrue": "sha3-999=:",
            "weakAlgorithm": "md5=:",
            "malformed": "sha-256=",
            "notBase64": "sha-256=:%%%:",
            "short": "sha-256=:AAAA:",
            "hex": "sha-256=" + hashlib.sha256(b"another file").hexdigest(),
            "empty": "",
        }.items()
    ),
    Case("flip", {"offset": 3000, "count": 2}, check=_flipped),
    Case("empty", check=answer(body=b"", has={"Content-Length": "0", "Repr-Digest": _digest_of(b"")})),
    Case("empty", {"digest": False}, check=answer(body=b"", has={"Content-Length": "0", "Repr-Digest": DIGEST})),
    Case("content-type", {"value": "text/plain"}, check=answer(body=AUDIO, has={"Content-Type": "text/plain"})),
    Case(
        "replace",
        {"text": "short", "digest": True, "contentType": "audio/x"},
        check=answer(body=b"short", has={"Content-Type": "audio/x", "Repr-Digest": _digest_of(b"short")}),
    ),
    Case("replace", {"base64": "AAEC"}, check=answer(body=b"\0\1\2", has={"Repr-Digest": DIGEST})),
]


# -- listings ----------------------------------------------------------------------------------------------------


def _pages(client: Client, count: int, *, target: str = LISTING, name: str = "pageToken") -> list[dict[str, Any]]:
    """So many pages, following their cursors."""
    pages: list[dict[str, Any]] = []
    token = None
    for _ in range(count):
        client.send(f"{target}?{name}={token}" if token else target)
        heard = client.hear(keep_open=True)
        assert heard.one("Content-Length") == str(len(heard.body))
        pages.append(heard.json())
        token = pages[-1].get("nextPageToken" if name == "pageToken" else "nextCursor")
        if token is None:
            break
    return pages


def _paging(check: Callable[[list[dict[str, Any]]], None], *, count: int = 5, **how: str) -> Scenario:
    def scenario(front: Stage, _fault: StandingFault) -> None:
        with Client(front.port()) as client:
            check(_pages(client, count, **how))

    return scenario


def _ids(page: dict[str, Any]) -> list[int]:
    return [int(each["id"].removeprefix("cnv-")) for each in page["items"]]


def _repeats(pages: list[dict[str, Any]]) -> None:
    assert [_ids(page) for page in pages] == [list(range(10))] * 3
    assert [page.get("nextPageToken") for page in pages] == ["1", "2", None]


def _loops(pages: list[dict[str, Any]]) -> None:
    assert [page["nextPageToken"] for page in pages] == ["1", "1", "1", "1", "1"]


def _loops_by_two(pages: list[dict[str, Any]]) -> None:
    assert [page["nextPageToken"] for page in pages] == ["1", "2", "1", "2", "1"]


def _changes_loop(pages: list[dict[str, Any]]) -> None:
    assert [(page["nextCursor"], page["hasMore"]) for page in pages] == [("1", True)] * 5


def _contradicts(pages: list[dict[str, Any]]) -> None:
    assert [_ids(page)[-1] for page in pages] == [0, 0, 0]
    assert pages[2]["items"][-1] == {**item(0), "direction": "outbound"}
    assert pages[0]["items"][0] == item(0)


def _ends_early(pages: list[dict[str, Any]]) -> None:
    assert len(pages) == 1
    assert (_ids(pages[0]), pages[0]["totalCount"]) == ([0, 1, 2], 30)


def _lacks_two(pages: list[dict[str, Any]]) -> None:
    assert [len(page["items"]) for page in pages] == [8, 8, 8]


def _sizes(expected: object) -> Callable[[list[dict[str, Any]]], None]:
    def check(pages: list[dict[str, Any]]) -> None:
        sizes = [each["recordings"][0].get("sizeBytes", "gone") for each in pages[0]["items"]]
        assert sizes == [expected] * 10

    return check


def _no_json(heard: Heard) -> None:
    assert heard.one("Content-Length") == str(len(heard.body))
    with pytest.raises((ValueError, AssertionError)):
        assert isinstance(json.loads(heard.body), dict)


def _odd_json(heard: Heard) -> None:
    assert json.loads(heard.body)["items"]


LISTINGS = [
    Case("repeat-page", scenario=_paging(_repeats)),
    Case("cursor-loop", scenario=_paging(_loops)),
    Case("cursor-loop", {"length": 2}, scenario=_paging(_loops_by_two)),
    Case("cursor-loop", scenario=_paging(_changes_loop, target=f"{BASE}/changes", name="cursor")),
    Case("repeat-id", {"set": {"direction": "outbound"}}, scenario=_paging(_contradicts)),
    Case("cut-listing", {"keep": 3}, scenario=_paging(_ends_early)),
    Case("drop-items", {"count": 2}, scenario=_paging(_lacks_two)),
    Case("set-json", {"value": 5}, scenario=_paging(_sizes(5))),
    Case("set-json", {"value": 5, "add": True}, scenario=_paging(_sizes(1005))),
    Case("set-json", {"remove": True}, scenario=_paging(_sizes("gone"))),
    Case("set-json", {"path": "nowhere.3.x"}, scenario=_paging(_sizes(1000))),
    Case("cut-json", {"after": 100}, target=LISTING, check=_no_json),
    Case("cut-json", {"after": 100, "honest": False}, target=LISTING, ends=True, check=answer(end="closed")),
    *(
        Case("rubbish", {"kind": kind}, target=LISTING, check=_no_json)
        for kind in ("text", "empty", "array", "null", "number", "badUtf8", "twice")
    ),
    *(Case("rubbish", {"kind": kind}, target=LISTING, check=_odd_json) for kind in ("nan", "surrogate")),
    Case("rubbish", {"kind": "utf16"}, target=LISTING, check=answer(body='{"items": []}'.encode("utf-16"))),
]


# -- floods ----------------------------------------------------------------------------------------------------


def _flood(heard: Heard) -> None:
    body = heard.unchunked() if heard.all("Transfer-Encoding") else heard.body
    assert isinstance(json.loads(body)["items"], list)
    assert abs(len(body) - 3_000_000) < 100_000


def _deep(heard: Heard) -> None:
    assert heard.body.count(b"[") + heard.body.count(b"{") > 10_000
    assert heard.one("Content-Length") == str(len(heard.body))


def _bomb(heard: Heard) -> None:
    packed = heard.unchunked()
    assert len(packed) < 100_000
    assert heard.one("Content-Encoding") == "gzip"
    body = zlib.decompress(packed, wbits=31)
    assert len(body) == 50 * (1 << 20) + len('{"items": []}')
    assert json.loads(body) == {"items": []}


def _flood_is_streamed(front: Stage, _fault: StandingFault) -> None:
    """Two gigabytes are announced at once, long before they could have been made."""
    with Client(front.port()) as client:
        client.send(LISTING)
        heard = client.hear(until=1_000_000)
    assert int(heard.one("Content-Length")) > 1_999_000_000


FLOODS = [
    *(
        Case("huge-json", {"bytes": 3_000_000, "shape": shape, "framing": framing}, target=LISTING, check=_flood)
        for shape, framing in (
            ("items", "length"),
            ("numbers", "chunked"),
            ("whitespace", "length"),
            ("string", "length"),
        )
    ),
    Case("huge-json", scenario=_flood_is_streamed),
    Case("deep-json", {"of": "arrays"}, target=LISTING, check=_deep),
    Case("deep-json", {"of": "objects"}, target=LISTING, check=_deep),
    Case("compression-bomb", {"bytes": 50 * (1 << 20)}, target=LISTING, check=_bomb),
]

CASES = [*CONNECTIONS, *ANSWERS, *HEADS, *BODIES, *CONTENTS, *LISTINGS, *FLOODS]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_fault(front: Stage, case: Case) -> None:
    where = {} if case.fault in {fault.name for fault in CATALOGUE if fault.at_accept} else {"route": "any"}
    with front.sandbox.fault(case.fault, case.parameters, where=where) as fault:
        if case.scenario is not None:
            case.scenario(front, fault)
        else:
            assert case.check is not None
            with Client(front.port()) as client:
                client.send(case.target, headers=case.headers)
                case.check(client.hear(keep_open=not case.ends))
            assert fault.hits == 1
    with Client(front.port()) as client:
        client.send(CONTENT)
        healthy = client.hear(keep_open=True)
    assert (healthy.status, healthy.body) == (200, AUDIO)


def test_every_fault_and_every_choice_has_a_case() -> None:
    assert {case.fault for case in CASES} == {fault.name for fault in CATALOGUE}
    tried = {(case.fault, name, value) for case in CASES for name, value in case.parameters.items() if _is_word(value)}
    choices = {
        (fault.name, parameter.name, choice)
        for fault in CATALOGUE
        for parameter in fault.parameters
        for choice in parameter.choices
    }
    assert choices - tried == set()


def _is_word(value: object) -> bool:
    return isinstance(value, str)


@pytest.mark.parametrize("fault", [fault for fault in CATALOGUE if not fault.at_accept], ids=lambda fault: fault.name)
def test_fault_by_its_name_alone(front: Stage, fault: Any) -> None:
    """Defaults do for every fault, and a HEAD answer stays without a body whatever is done to it."""
    with front.sandbox.fault(fault.name, where={"route": "any"}) as standing, Client(front.port()) as client:
        client.send(CONTENT, method="HEAD")
        if fault.name in {"silence", "slow-first-byte", "slow-headers"}:
            standing.wait(waiting=1)
        elif fault.name == "endless-headers":
            assert client.socket.recv(100)
        elif fault.name in {"hang-up", "garbage"}:
            assert client.hear().end == "closed"
        elif fault.name == "informational":
            assert client.receive(b"200 OK").startswith(b"HTTP/1.1 103")
        else:
            heard = client.hear(keep_open=True, bodiless=True)
            assert heard.status
            assert heard.body == b""


def test_faults_are_described() -> None:
    for fault in CATALOGUE:
        assert fault.description.endswith(".")
        for parameter in fault.parameters:
            assert parameter.description
            assert parameter.check(parameter.default) == parameter.default


def test_catalogue_is_served(front: Stage) -> None:
    assert front.sandbox.catalogue() == [json.loads(json.dumps(fault.as_json())) for fault in CATALOGUE]


def test_directory_is_unused_without_tls(tmp_path: Path) -> None:
    with stage(tmp_path / "unused"):
        assert not (tmp_path / "unused").exists()
