"""Each row of the contract's table, and what holds for every answer whatsoever."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from download_client.content.answer import EMPTY_SHA256, SAVES, Action, Asked, can_resume, judge
from download_client.content.fields import Fields
from download_client.errors import BodyRefused, EmptyAtSource, MirError, ProtocolBroken, RangeBroken, Truncated

LARGEST = 1_000_000
FRESH = Asked(0, "", 1000, False)
RESUMED = Asked(400, '"v1"', 1000, False)
AUDIO = ("Content-Type: audio/wav", 'ETag: "v1"')
DIGEST = "Repr-Digest: sha-256=:" + "A" * 43 + "=:"
EMPTY_DIGEST = "Repr-Digest: sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:"


def fields(status: int, *lines: str) -> Fields:
    return Fields(
        [f"HTTP/1.1 {status} Said\r\n".encode(), *(f"{line}\r\n".encode("latin-1") for line in lines), b"\r\n"]
    )


@dataclass(frozen=True)
class Row:
    name: str
    asked: Asked
    status: int
    lines: tuple[str, ...]
    action: Action
    error: type[MirError] | None = None
    start: int = 0
    length: int | None = None


TABLE = [
    # 200
    Row("whole", FRESH, 200, (*AUDIO, "Content-Length: 1000"), Action.TAKE_WHOLE, length=1000),
    Row("whole to a range", RESUMED, 200, (*AUDIO, "Content-Length: 1000"), Action.TAKE_WHOLE, length=1000),
    Row("whole of another size than listed", FRESH, 200, (*AUDIO, "Content-Length: 7"), Action.TAKE_WHOLE, length=7),
    Row("chunked", FRESH, 200, (*AUDIO, "Transfer-Encoding: chunked"), Action.TAKE_WHOLE),
    Row("until the connection ends, size listed", FRESH, 200, AUDIO, Action.TAKE_WHOLE, length=1000),
    Row("until the connection ends, digest", Asked(0, "", None, False), 200, (*AUDIO, DIGEST), Action.TAKE_WHOLE),
    Row(
        "until the connection ends, nothing known", Asked(0, "", None, False), 200, AUDIO, Action.REFUSE, ProtocolBroken
    ),
    Row("no content type", FRESH, 200, ("Content-Length: 9",), Action.TAKE_WHOLE, length=9),
    Row(
        "octets",
        FRESH,
        200,
        ("Content-Type: application/octet-stream", "Content-Length: 9"),
        Action.TAKE_WHOLE,
        length=9,
    ),
    Row(
        "html", FRESH, 200, ("Content-Type: text/html; charset=utf-8", "Content-Length: 9"), Action.REFUSE, BodyRefused
    ),
    Row("json", FRESH, 200, ("Content-Type: application/json", "Content-Length: 9"), Action.REFUSE, BodyRefused),
    Row("problem", FRESH, 200, ("Content-Type: application/problem+JSON",), Action.REFUSE, BodyRefused),
    Row("xhtml", FRESH, 200, ("Content-Type: application/xhtml+xml",), Action.REFUSE, BodyRefused),
    Row("two types", FRESH, 200, (*AUDIO, "Content-Type: text/html"), Action.REFUSE, BodyRefused),
    Row("gzip", FRESH, 200, (*AUDIO, "Content-Encoding: gzip", "Content-Length: 9"), Action.REFUSE, BodyRefused),
    Row("any coding", FRESH, 200, (*AUDIO, "content-encoding: x-rot13"), Action.REFUSE, BodyRefused),
    Row("two lengths", FRESH, 200, ("Content-Length: 9", "Content-Length: 10"), Action.REFUSE, ProtocolBroken),
    Row("one length twice", FRESH, 200, ("Content-Length: 9", "Content-Length: 9"), Action.REFUSE, ProtocolBroken),
    Row("lengths as a list", FRESH, 200, ("Content-Length: 9, 9",), Action.REFUSE, ProtocolBroken),
    Row("negative length", FRESH, 200, ("Content-Length: -9",), Action.REFUSE, ProtocolBroken),
    Row("signed length", FRESH, 200, ("Content-Length: +9",), Action.REFUSE, ProtocolBroken),
    Row("rubbish length", FRESH, 200, ("Content-Length: 0x10",), Action.REFUSE, ProtocolBroken),
    Row("empty length", FRESH, 200, ("Content-Length:",), Action.REFUSE, ProtocolBroken),
    Row("length beyond measure", FRESH, 200, ("Content-Length: " + "9" * 40,), Action.REFUSE, ProtocolBroken),
    Row(
        "length beside chunks",
        FRESH,
        200,
        ("Content-Length: 9", "Transfer-Encoding: chunked"),
        Action.REFUSE,
        ProtocolBroken,
    ),
    Row("empty, listed as empty", Asked(0, "", 0, False), 200, ("Content-Length: 0",), Action.REFUSE, EmptyAtSource),
    Row("empty, not listed", Asked(0, "", None, False), 200, ("Content-Length: 0",), Action.REFUSE, EmptyAtSource),
    Row("empty, vouched for", FRESH, 200, ("Content-Length: 0", EMPTY_DIGEST), Action.REFUSE, EmptyAtSource),
    Row("empty although listed with bytes", FRESH, 200, ("Content-Length: 0",), Action.REFUSE, Truncated),
    # 206
    Row(
        "rest",
        RESUMED,
        206,
        (*AUDIO, "Content-Range: bytes 400-999/1000", "Content-Length: 600"),
        Action.APPEND,
        start=400,
        length=600,
    ),
    Row(
        "rest, chunked",
        RESUMED,
        206,
        (*AUDIO, "Content-Range: bytes 400-999/1000"),
        Action.APPEND,
        start=400,
        length=600,
    ),
    Row(
        "less than the rest",
        RESUMED,
        206,
        (*AUDIO, "Content-Range: bytes 400-499/1000"),
        Action.APPEND,
        start=400,
        length=100,
    ),
    Row("overlap", RESUMED, 206, (*AUDIO, "Content-Range: bytes 100-999/1000"), Action.COMPARE, start=100, length=900),
    Row(
        "overlap from the start", RESUMED, 206, (*AUDIO, "Content-Range: bytes 0-999/1000"), Action.COMPARE, length=1000
    ),
    Row("no range told", RESUMED, 206, AUDIO, Action.START_OVER, RangeBroken),
    Row("malformed range", RESUMED, 206, (*AUDIO, "Content-Range: bytes 400/1000"), Action.START_OVER, RangeBroken),
    Row("total not told", RESUMED, 206, (*AUDIO, "Content-Range: bytes 400-999/*"), Action.START_OVER, RangeBroken),
    Row("other unit", RESUMED, 206, (*AUDIO, "Content-Range: items 400-999/1000"), Action.START_OVER, RangeBroken),
    Row("backwards", RESUMED, 206, (*AUDIO, "Content-Range: bytes 400-399/1000"), Action.START_OVER, RangeBroken),
    Row(
        "beyond the total", RESUMED, 206, (*AUDIO, "Content-Range: bytes 400-1000/1000"), Action.START_OVER, RangeBroken
    ),
    Row(
        "two ranges told",
        RESUMED,
        206,
        (*AUDIO, "Content-Range: bytes 400-999/1000", "Content-Range: bytes 400-999/1000"),
        Action.START_OVER,
        RangeBroken,
    ),
    Row("a gap", RESUMED, 206, (*AUDIO, "Content-Range: bytes 401-999/1000"), Action.START_OVER, RangeBroken),
    Row("other total", RESUMED, 206, (*AUDIO, "Content-Range: bytes 400-1000/1001"), Action.START_OVER, RangeBroken),
    Row(
        "total below what is here",
        Asked(400, '"v1"', None, False),
        206,
        (*AUDIO, "Content-Range: bytes 0-9/10"),
        Action.START_OVER,
        RangeBroken,
    ),
    Row(
        "other validator",
        RESUMED,
        206,
        ('ETag: "v2"', "Content-Range: bytes 400-999/1000"),
        Action.START_OVER,
        RangeBroken,
    ),
    Row(
        "weak validator",
        RESUMED,
        206,
        ('ETag: W/"v1"', "Content-Range: bytes 400-999/1000"),
        Action.START_OVER,
        RangeBroken,
    ),
    Row("no validator", RESUMED, 206, ("Content-Range: bytes 400-999/1000",), Action.START_OVER, RangeBroken),
    Row(
        "no validator, but a digest will decide",
        Asked(400, "", 1000, True),
        206,
        ("Content-Range: bytes 400-999/1000",),
        Action.APPEND,
        start=400,
        length=600,
    ),
    Row("multipart", RESUMED, 206, ("Content-Type: multipart/byteranges; boundary=x",), Action.START_OVER, RangeBroken),
    Row(
        "length against range",
        RESUMED,
        206,
        (*AUDIO, "Content-Range: bytes 400-999/1000", "Content-Length: 599"),
        Action.START_OVER,
        RangeBroken,
    ),
    Row("nobody asked", FRESH, 206, (*AUDIO, "Content-Range: bytes 0-999/1000"), Action.START_OVER, RangeBroken),
    Row(
        "gzip of a range",
        RESUMED,
        206,
        (*AUDIO, "Content-Encoding: gzip", "Content-Range: bytes 400-999/1000"),
        Action.REFUSE,
        BodyRefused,
    ),
    Row(
        "html of a range",
        RESUMED,
        206,
        ("Content-Type: text/html", "Content-Range: bytes 400-999/1000"),
        Action.REFUSE,
        BodyRefused,
    ),
    Row(
        "two lengths of a range",
        RESUMED,
        206,
        (*AUDIO, "Content-Range: bytes 400-999/1000", "Content-Length: 600", "Content-Length: 600"),
        Action.REFUSE,
        ProtocolBroken,
    ),
    # 416
    Row("everything is here", Asked(1000, '"v1"', 1000, False), 416, ("Content-Range: bytes */1000",), Action.COMPLETE),
    Row("less lies there", RESUMED, 416, ("Content-Range: bytes */399",), Action.START_OVER, RangeBroken),
    Row("more lies there", RESUMED, 416, ("Content-Range: bytes */1000",), Action.START_OVER, RangeBroken),
    Row("416 without a total", RESUMED, 416, (), Action.START_OVER, RangeBroken),
    Row("416 with rubbish", RESUMED, 416, ("Content-Range: bytes */many",), Action.START_OVER, RangeBroken),
    Row("416 unasked", FRESH, 416, ("Content-Range: bytes */0",), Action.START_OVER, RangeBroken),
    # the others
    *(Row(f"{status}", RESUMED, status, ("Location: /x",), Action.REDIRECT) for status in (301, 302, 303, 307, 308)),
    *(
        Row(f"{status}", RESUMED, status, (), Action.REFUSE, ProtocolBroken)
        for status in (203, 204, 205, 300, 304, 305)
    ),
    Row("401", RESUMED, 401, (), Action.RENEW),
    *(
        Row(f"{status}", RESUMED, status, (), Action.EXPLAIN)
        for status in (202, 400, 403, 404, 407, 408, 410, 425, 429, 500, 502, 503, 504, 599)
    ),
]


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
def test_row(row: Row) -> None:
    verdict = judge(row.asked, fields(row.status, *row.lines), largest=LARGEST)
    assert verdict.action is row.action
    assert (type(verdict.error) if verdict.error else None) is row.error
    if verdict.action in SAVES:
        assert (verdict.start, verdict.length) == (row.start, row.length)


def test_the_digest_and_the_strong_validator_are_taken_from_the_answer() -> None:
    verdict = judge(FRESH, fields(200, *AUDIO, EMPTY_DIGEST, "Content-Length: 5"), largest=LARGEST)
    assert (verdict.etag, verdict.digest, verdict.total) == ('"v1"', EMPTY_SHA256, 5)
    weak = judge(FRESH, fields(200, 'ETag: W/"v1"', "Content-Length: 5"), largest=LARGEST)
    assert (weak.etag, weak.digest) == ("", "")


@pytest.mark.parametrize(
    ("asked", "lines", "most"),
    [
        (FRESH, ("Content-Length: 7",), 7),
        (FRESH, ("Transfer-Encoding: chunked",), 1000),
        (FRESH, ("Transfer-Encoding: chunked", DIGEST), LARGEST),
        (Asked(0, "", 1000, True), ("Transfer-Encoding: chunked",), LARGEST),
        (Asked(0, "", None, False), ("Transfer-Encoding: chunked",), LARGEST),
    ],
)
def test_more_than_announced_is_not_accepted(asked: Asked, lines: tuple[str, ...], most: int) -> None:
    assert judge(asked, fields(200, *lines), largest=LARGEST).most == most


@pytest.mark.parametrize(
    ("offset", "etag", "has_digest", "can"),
    [
        (1, '"v"', False, True),
        (1, "", True, True),
        (1, "", False, False),
        (1, 'W/"v"', False, False),
        (1, "v", False, False),
        (0, '"v"', True, False),
    ],
)
def test_what_may_be_resumed(offset: int, etag: str, has_digest: bool, can: bool) -> None:
    assert can_resume(offset=offset, etag=etag, has_digest=has_digest) is can


NUMBERS = st.integers(-3, 1200).map(str) | st.sampled_from(["", "*", "x", "1e3", "٣", "9" * 30])
RANGES = st.builds("bytes {}-{}/{}".format, NUMBERS, NUMBERS, NUMBERS) | st.builds("bytes */{}".format, NUMBERS)
LINES = st.lists(
    st.one_of(
        st.builds("Content-Length: {}".format, NUMBERS),
        st.builds("Content-Range: {}".format, RANGES),
        st.builds("ETag: {}".format, st.sampled_from(['"v1"', '"v2"', 'W/"v1"', "v1", '"'])),
        st.builds("Content-Type: {}".format, st.sampled_from(["audio/wav", "text/html", "multipart/byteranges", ""])),
        st.sampled_from(
            ["Content-Encoding: gzip", "Transfer-Encoding: chunked", DIGEST, "nonsense", ": :", "\x00: \xff"]
        ),
    ),
    max_size=6,
)
ASKED = st.builds(
    Asked, st.integers(0, 1100), st.sampled_from(["", '"v1"']), st.none() | st.integers(0, 1100), st.booleans()
)


@given(ASKED, st.sampled_from([200, 206, 416]) | st.integers(0, 999), LINES)
def test_whatever_comes_only_a_fitting_body_is_saved(asked: Asked, status: int, lines: list[str]) -> None:
    untrusted = Fields(
        [
            f"HTTP/1.1 {status:03} Said\r\n".encode(),
            *(f"{line}\r\n".encode("utf-8", "replace") for line in lines),
            b"\r\n",
        ]
    )
    verdict = judge(asked, untrusted, largest=LARGEST)
    if verdict.action in SAVES:
        assert not untrusted.has("content-encoding")
        assert verdict.error is None
        assert verdict.most > 0
        assert verdict.length is None or verdict.length <= verdict.most
    if verdict.action is Action.TAKE_WHOLE:
        assert (status, verdict.start) == (200, 0)
    if verdict.action in (Action.APPEND, Action.COMPARE):
        assert status == 206
        assert asked.offset
        assert (verdict.start == asked.offset) is (verdict.action is Action.APPEND)
        assert verdict.start <= asked.offset <= (verdict.total or 0)
        assert asked.total in (None, verdict.total)
        assert not asked.etag or verdict.etag == asked.etag
    if verdict.action is Action.COMPLETE:
        assert (status, verdict.total) == (416, asked.offset)
    if verdict.action in (Action.REFUSE, Action.START_OVER):
        assert verdict.error is not None
