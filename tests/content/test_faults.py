"""Every way in which a network or a server can lie to a content request: requests sent, bytes kept, error named."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from download_client.content import ContentOptions, Order
from download_client.errors import (
    BodyRefused,
    ConnectionLost,
    EmptyAtSource,
    MediaMissing,
    MirError,
    NotReady,
    Offline,
    ProtocolBroken,
    RangeBroken,
    RateLimited,
    RecordingDenied,
    RecordingError,
    RecordingExpired,
    RecordingGone,
    ServiceUnavailable,
    SignInAgain,
    TimedOut,
    Truncated,
)
from tests.content.liar import (
    Liar,
    Reply,
    answer,
    audio,
    drip,
    head,
    honest,
    partial_of,
    problem,
    raw,
    reset,
    stall,
    whole,
)
from tests.content.rig import QUICK, begun, rig, sha256, sound
from tests.windows import WINDOWS

BODY = sound(48_044)
HAD = 20_000
PATH = "/content"
REST = f"bytes={HAD}-"
IMPATIENT = replace(QUICK, answer=0.4, stall=0.4)

Script = Callable[[Liar], Sequence[Reply]]


def announced(more: dict[str, str] | None = None, body: bytes = BODY) -> bytes:
    """The head of a 200."""
    return head(200, {**audio(body), "Content-Length": str(len(body)), **(more or {})})


def rest(body: bytes = BODY) -> bytes:
    """The head of a 206 from HAD on."""
    span = f"bytes {HAD}-{len(body) - 1}/{len(body)}"
    return head(206, {**audio(body), "Content-Range": span, "Content-Length": str(len(body) - HAD)})


def chunked(*pieces: bytes, end: bytes = b"0\r\n\r\n") -> bytes:
    fields = {**audio(BODY), "Transfer-Encoding": "chunked"}
    return head(200, fields) + b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces) + end


@dataclass(frozen=True)
class Case:
    """`kept` is how many bytes of BODY are durable after an error; `ranges` the Range of each request."""

    name: str
    script: Script
    error: type[MirError] | None = None
    resumes: bool = False
    ranges: tuple[str, ...] = ("",)
    kept: int = 0
    options: ContentOptions = QUICK
    body: bytes = BODY
    size: int | None = len(BODY)
    listed_sha256: str = ""
    etag: str = '"v1"'
    untouched: bool = False
    """The part file must be as it was before."""


def once(*replies: Reply) -> Script:
    return lambda _: replies


CHANGED = sound(50_000, seed=2)
OVERLAP = head(206, {**audio(BODY), "Content-Range": f"bytes 5000-{len(BODY) - 1}/{len(BODY)}"})
WRONG_OVERLAP = bytes(HAD) + BODY[HAD:]

CASES = [
    # nothing wrong
    Case("whole", once(whole(BODY))),
    Case("the rest", once(honest(BODY)), resumes=True, ranges=(REST,)),
    Case("everything is here", once(honest(BODY[:HAD])), resumes=True, ranges=(REST,), body=BODY[:HAD], size=HAD),
    Case("chunked", once(raw(chunked(BODY[:9], BODY[9:])))),
    Case("until the connection ends", once(raw(head(200, audio(BODY)) + BODY))),
    Case("no validator: from the start", once(whole(BODY)), resumes=True, etag=""),
    Case("weak validator: from the start", once(whole(BODY)), resumes=True, etag='W/"v1"'),
    Case(
        "no validator, but a listed digest",
        once(honest(BODY)),
        resumes=True,
        ranges=(REST,),
        etag="",
        listed_sha256=sha256(BODY),
    ),
    # 2 to 8: the network
    Case("2 reset before anything", once(reset(b"")), ConnectionLost, ranges=("",)),
    Case("2 reset in the header", once(reset(announced()[:40])), ConnectionLost),
    Case("2 closed in the header", once(raw(announced()[:40])), ConnectionLost),
    Case("2 closed after an error's half header", once(raw(head(404, {"X": "y"})[:-2])), ConnectionLost),
    Case("2 reset in the body", once(reset(announced() + BODY[:30_000])), ConnectionLost, kept=30_000),
    Case("2 reset in the rest", once(reset(rest() + BODY[HAD:30_000])), ConnectionLost, True, (REST,), 30_000),
    Case("2 reset with no way to resume", once(reset(head(200, audio(BODY, etag="")) + BODY[:300])), ConnectionLost),
    Case("3 shorter than announced", once(raw(announced() + BODY[:30_000])), Truncated, kept=30_000),
    Case("3 nothing of what was announced", once(raw(announced())), Truncated),
    Case("3 the rest is shorter", once(raw(rest() + BODY[HAD:30_000])), Truncated, True, (REST,), 30_000),
    Case("3 shorter without a length", once(raw(head(200, audio(BODY)) + BODY[:500])), Truncated, kept=500),
    Case("4 without the last chunk", once(raw(chunked(BODY, end=b""))), Truncated, kept=len(BODY)),
    Case("4 cut in a chunk", once(raw(chunked(BODY[:500], end=b"ff\r\n" + BODY[500:503]))), Truncated, kept=503),
    Case("4 a chunk that is none", once(raw(chunked(BODY[:500], end=b"zz\r\n"))), ConnectionLost, kept=500),
    Case("5 stall before the answer", lambda liar: [stall(liar, b"")], TimedOut, options=IMPATIENT),
    Case("5 stall in the header", lambda liar: [stall(liar, announced()[:30])], TimedOut, options=IMPATIENT),
    Case(
        "5 stall after the first byte",
        lambda liar: [stall(liar, announced() + BODY[:1])],
        TimedOut,
        kept=1,
        options=IMPATIENT,
    ),
    Case(
        "5 stall in the rest",
        lambda liar: [stall(liar, rest() + BODY[HAD:21_000])],
        TimedOut,
        True,
        (REST,),
        21_000,
        options=IMPATIENT,
    ),
    Case(
        "5 stall in an error",
        lambda liar: [stall(liar, head(404, {"Content-Length": "9"}))],
        TimedOut,
        options=IMPATIENT,
    ),
    Case(
        "7 slow headers",
        lambda liar: [drip(liar, head(200, {})[:-2], every=b"X: y\r\n", seconds=0.05)],
        TimedOut,
        options=IMPATIENT,
    ),
    Case(
        "7 endless headers",
        lambda liar: [drip(liar, head(200, {})[:-2], every=b"X: y\r\n" * 5000, seconds=0)],
        ProtocolBroken,
    ),
    Case(
        "7 one endless header",
        lambda liar: [drip(liar, b"HTTP/1.1 200 OK\r\nX: ", every=b"y" * 50_000, seconds=0)],
        ProtocolBroken,
    ),
    Case(
        "7 endless interim answers",
        lambda liar: [drip(liar, b"", every=head(103, {"X": "y" * 900}) * 50, seconds=0)],
        ProtocolBroken,
    ),
    # 9, 10: later
    Case("9 429", once(problem(429, "rate_limited", Retry_After="1")), RateLimited),
    Case(
        "9 429 in a resume",
        once(problem(429, "rate_limited", Retry_After="1")),
        RateLimited,
        True,
        (REST,),
        HAD,
        untouched=True,
    ),
    Case("10 503", once(problem(503, "maintenance")), ServiceUnavailable),
    Case("10 503 as a page", once(answer(503, {"Content-Type": "text/html"}, b"<h1>no</h1>")), ServiceUnavailable),
    Case("408", once(answer(408, {}, b"")), ServiceUnavailable),
    Case("425", once(answer(425, {}, b"")), ServiceUnavailable),
    # 12 to 15: ranges
    Case("12 200 to a range", once(whole(BODY)), resumes=True, ranges=(REST,)),
    Case("12 200 to a range, cut", once(raw(announced() + BODY[:100])), Truncated, True, (REST,), 100),
    Case("13 another start", once(partial_of(BODY, first=HAD + 1), whole(BODY)), resumes=True, ranges=(REST, "")),
    Case("13 another total", once(partial_of(BODY + b"x", first=HAD), whole(BODY)), resumes=True, ranges=(REST, "")),
    Case(
        "13 no Content-Range", once(partial_of(BODY, first=HAD, span=""), whole(BODY)), resumes=True, ranges=(REST, "")
    ),
    Case(
        "13 malformed", once(partial_of(BODY, first=HAD, span="bytes ?"), whole(BODY)), resumes=True, ranges=(REST, "")
    ),
    Case(
        "13 multipart",
        once(answer(206, {"Content-Type": "multipart/byteranges; boundary=b", "ETag": '"v1"'}, b"--b--"), whole(BODY)),
        resumes=True,
        ranges=(REST, ""),
    ),
    Case(
        "13 again and again",
        once(partial_of(BODY, first=HAD + 1), partial_of(BODY, first=0)),
        RangeBroken,
        True,
        (REST, ""),
        untouched=True,
    ),
    Case(
        "13 206 unasked, twice",
        once(partial_of(BODY, first=0), partial_of(BODY, first=0)),
        RangeBroken,
        ranges=("", ""),
    ),
    Case(
        "13 the rest ends early",
        once(answer(206, {**audio(BODY), "Content-Range": f"bytes {HAD}-29999/{len(BODY)}"}, BODY[HAD:30_000])),
        Truncated,
        True,
        (REST,),
        30_000,
    ),
    Case("overlap, equal", once(partial_of(BODY, first=5_000)), resumes=True, ranges=(REST,)),
    Case("overlap, all of it", once(partial_of(BODY, first=0)), resumes=True, ranges=(REST,)),
    Case(
        "overlap, different", once(partial_of(WRONG_OVERLAP, first=5_000), whole(BODY)), resumes=True, ranges=(REST, "")
    ),
    Case(
        "overlap, different, twice",
        once(partial_of(WRONG_OVERLAP, first=5_000), partial_of(BODY, first=0)),
        RangeBroken,
        True,
        (REST, ""),
    ),
    Case("overlap, then cut", once(raw(OVERLAP + BODY[5_000:30_000])), Truncated, True, (REST,), 30_000),
    Case(
        "14 the file changed",
        once(honest(CHANGED, etag='"v2"')),
        resumes=True,
        ranges=(REST,),
        body=CHANGED,
        size=None,
    ),
    Case(
        "14 the file changed, If-Range ignored",
        once(partial_of(BODY, first=HAD, etag='"v2"'), whole(BODY, etag='"v2"')),
        resumes=True,
        ranges=(REST, ""),
    ),
    Case(
        "15 416 with another total",
        once(answer(416, {"Content-Range": "bytes */9"}, b""), whole(BODY)),
        resumes=True,
        ranges=(REST, ""),
    ),
    Case(
        "15 416 for ever",
        once(*[answer(416, {"Content-Range": "bytes */9"}, b"")] * 2),
        RangeBroken,
        True,
        (REST, ""),
        untouched=True,
    ),
    Case("15 416 unasked", once(*[answer(416, {}, b"")] * 2), RangeBroken, ranges=("", "")),
    # 16 to 19: what is no audio
    Case("16 gzip", once(answer(200, {**audio(BODY), "Content-Encoding": "gzip"}, gzip.compress(BODY))), BodyRefused),
    Case(
        "16 gzip in a resume",
        once(answer(200, {**audio(BODY), "Content-Encoding": "gzip"}, gzip.compress(BODY))),
        BodyRefused,
        True,
        (REST,),
        HAD,
        untouched=True,
    ),
    Case(
        "16 gzip as a transfer coding",
        once(raw(head(200, {**audio(BODY), "Transfer-Encoding": "gzip"}) + gzip.compress(BODY))),
        BodyRefused,
    ),
    Case("17 two lengths", once(raw(announced({"content-length": "7"}) + BODY)), ProtocolBroken),
    Case("17 the same length twice", once(raw(announced({"content-length": str(len(BODY))}) + BODY)), ProtocolBroken),
    Case("17 negative", once(raw(head(200, {**audio(BODY), "Content-Length": "-1"}) + BODY)), ProtocolBroken),
    Case("17 rubbish", once(raw(head(200, {**audio(BODY), "Content-Length": "many"}) + BODY)), ProtocolBroken),
    Case("17 overflowing", once(raw(head(200, {**audio(BODY), "Content-Length": "9" * 30}) + BODY)), ProtocolBroken),
    Case(
        "17 beside chunks",
        once(raw(head(200, {"Content-Length": "5", "Transfer-Encoding": "chunked"}) + b"5\r\nhello\r\n0\r\n\r\n")),
        ProtocolBroken,
    ),
    Case("17 no status line", once(raw(b"RIFF" + BODY)), ProtocolBroken),
    Case("18 more than announced", once(raw(announced() + BODY + b"surplus"))),
    Case(
        "18 more chunks than listed",
        once(raw(head(200, {"Transfer-Encoding": "chunked"}) + b"5\r\nhello\r\n0\r\n\r\n")),
        Truncated,
        size=3,
    ),
    Case("18 more in the rest", once(raw(rest() + BODY[HAD:] + b"surplus")), resumes=True, ranges=(REST,)),
    Case(
        "19 JSON as audio", once(answer(200, {"Content-Type": "application/json"}, b'{"code":"internal"}')), BodyRefused
    ),
    Case(
        "19 JSON in a resume",
        once(answer(200, {"Content-Type": "application/json"}, b"{}")),
        BodyRefused,
        True,
        (REST,),
        HAD,
        untouched=True,
    ),
    Case("19 a sign-in page", once(answer(200, {"Content-Type": "text/html"}, b"<html>" * 9999)), BodyRefused),
    Case("22 another size than listed", once(whole(BODY)), size=47_000),
    Case("22 another size than listed, chunked", once(raw(chunked(BODY))), size=47_000),
    Case("23 empty", once(answer(200, {"Content-Type": "audio/wav"}, b"")), EmptyAtSource, size=0),
    Case(
        "23 empty, chunked",
        once(raw(head(200, {"Transfer-Encoding": "chunked"}) + b"0\r\n\r\n")),
        EmptyAtSource,
        size=None,
    ),
    Case("23 suddenly empty", once(answer(200, {"Content-Type": "audio/wav"}, b"")), Truncated),
    # 26, 27 and the other errors
    Case("26 404", once(problem(404, "not_found")), RecordingGone),
    Case("26 404 in a resume", once(problem(404, "not_found")), RecordingGone, True, (REST,), HAD, untouched=True),
    Case("26 410", once(problem(410, "recording_expired")), RecordingExpired),
    Case("26 media missing", once(problem(404, "media_missing")), MediaMissing),
    Case("27 403", once(problem(403, "download_not_permitted")), RecordingDenied),
    Case("202", once(problem(202, "not_ready", Retry_After="5")), NotReady),
    Case("304", once(raw(head(304, {}))), ProtocolBroken),
    Case("204", once(raw(head(204, {}))), ProtocolBroken),
    Case("400", once(problem(400, "invalid_parameter")), RecordingError),
    Case("an error body of 1 MB", once(answer(500, {}, b"x" * 1_000_000)), ServiceUnavailable),
    Case("an error body cut", once(raw(head(404, {"Content-Length": "500"}) + b"{")), RecordingGone),
    # 28: redirects that are refused
    Case("28 to http", once(answer(307, {"Location": "http://192.0.2.1/x"}, b"")), ProtocolBroken),
    Case("28 to a file", once(answer(307, {"Location": "file:///etc/passwd"}, b"")), ProtocolBroken),
    Case("28 nowhere", once(answer(302, {}, b"")), ProtocolBroken),
    Case("28 in a loop", once(*[answer(302, {"Location": PATH}, b"moved")] * 4), ProtocolBroken, ranges=("",) * 4),
    Case(
        "28 three are followed", once(*[answer(302, {"Location": PATH}, b"moved")] * 3, whole(BODY)), ranges=("",) * 4
    ),
    # 49: the token
    Case("49 token expired", once(problem(401, "token_expired"), whole(BODY)), ranges=("", "")),
    Case(
        "49 token expired in a resume",
        once(problem(401, "token_expired"), honest(BODY)),
        resumes=True,
        ranges=(REST, REST),
    ),
    Case("49 the new token is refused too", once(*[problem(401, "token_expired")] * 2), SignInAgain, ranges=("", "")),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_fault(case: Case, tmp_path: Path) -> None:
    part = tmp_path / "r1.part"
    with Liar() as liar, rig(case.options) as running:
        liar.script(PATH, *case.script(liar))
        order = Order(1, liar.url(PATH), part, size=case.size, sha256=case.listed_sha256)
        if case.resumes:
            order = begun(
                part, BODY[:HAD], url=liar.url(PATH), size=case.size, listed_sha256=case.listed_sha256, etag=case.etag
            )
        before = part.read_bytes() if case.resumes else None
        outcome = running.fetch(order)

        assert (type(outcome.error) if outcome.error else None) is case.error
        assert [request.range for request in liar.requests] == list(case.ranges)
        assert outcome.requests == len(case.ranges)
        assert not liar.unexpected
        if case.error is None:
            assert part.read_bytes() == case.body
            assert (outcome.size, outcome.sha256) == (len(case.body), sha256(case.body))
            assert outcome.head == case.body[:4096]
        else:
            assert (outcome.size, outcome.sha256, outcome.head) == (0, "", b"")
            kept = case.kept
            if WINDOWS and " reset in " in case.name:
                # There a reset takes with it what had arrived but was not yet read.
                kept = outcome.offset
                assert (HAD if case.resumes else 0) <= kept <= case.kept
            assert outcome.offset == kept
            assert outcome.prefix_sha256 == (sha256(BODY[:kept]) if kept else "")
            if kept:
                assert part.read_bytes()[:kept] == BODY[:kept]
            if case.untouched or (before is None and not case.kept and "no way" not in case.name):
                assert (part.read_bytes() if part.exists() else None) == before
            assert outcome.error is not None
            assert outcome.error.subject == "r1.part"
            assert "canary" not in str(outcome.error)
            if case.error is TimedOut:
                assert outcome.error.detail.startswith(("no answer within", "no byte for"))
        for request in liar.requests:
            assert request.method == "GET"
            assert request.headers["accept-encoding"] == "identity"
            assert request.headers.get("if-range", "") == (order.etag if request.range else "")


def test_one_byte_now_and_then_meets_the_deadline(tmp_path: Path) -> None:
    """6: progress, but never enough of it; a file may take longer the larger it is."""
    options = replace(QUICK, stall=5.0, grace=0.6, floor_rate=1_000)
    with Liar() as liar, rig(options) as running:
        liar.script(PATH, drip(liar, announced(), every=BODY[:1], seconds=0.02))
        outcome = running.fetch(Order(1, liar.url(PATH), tmp_path / "p", size=len(BODY)))
        assert type(outcome.error) is TimedOut
        assert "slower than 1000" in outcome.error.detail
        assert outcome.offset > 1


def test_nobody_listens(tmp_path: Path) -> None:
    """1: offline, and what was there stays."""
    with Liar() as liar:
        url = liar.url(PATH)
    with rig() as running:
        outcome = running.fetch(begun(tmp_path / "p", BODY[:HAD], url=url, size=None))
        assert type(outcome.error) is Offline
        assert (outcome.offset, outcome.prefix_sha256, outcome.etag) == (HAD, sha256(BODY[:HAD]), '"v1"')


def test_no_such_name(tmp_path: Path) -> None:
    """1: a name that cannot resolve (RFC 6761)."""
    with rig() as running:
        outcome = running.fetch(Order(1, "https://mir.invalid/x", tmp_path / "p"))
        assert type(outcome.error) is Offline
        assert running.tokens.asked == 1


def test_an_error_body_never_reaches_the_log_or_the_error(tmp_path: Path) -> None:
    with Liar() as liar, rig() as running:
        liar.script(PATH, problem(404, "not_found"))
        error = running.fetch(Order(1, liar.url(PATH), tmp_path / "p")).error
        assert error is not None
        assert error.detail == "HTTP 404, not_found, request req-1"
