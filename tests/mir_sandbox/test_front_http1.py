"""Heads and frames: the same bytes in any pieces give the same message."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mir_sandbox.front.http1 import (
    Frame,
    Head,
    Unframed,
    body_length,
    read_answer_head,
    read_request_head,
)
from mir_sandbox.front.route import Links, Route, Target, target_of

REQUEST = b"GET /a/b?c=d HTTP/1.1\r\nHost: x\r\nRANGE: bytes=1-\r\nX-Odd:  two  \r\n\r\n"


def _feed(frame: Frame, data: bytes, sizes: list[int]) -> tuple[bytes, bytes]:
    """Content and rest, when `data` comes in pieces of these sizes, again and again."""
    content, position, turn = b"", 0, 0
    while position < len(data) and not frame.done:
        piece = data[position : position + sizes[turn % len(sizes)]]
        taken, pieces = frame.feed(piece)
        content += b"".join(pieces)
        position += taken
        turn += 1
        if not frame.done:
            assert taken == len(piece)
    return content, data[position:]


@given(
    blocks=st.lists(st.binary(min_size=1, max_size=40), max_size=8),
    sizes=st.lists(st.integers(1, 30), min_size=1, max_size=5),
    trailer=st.sampled_from([b"", b"X-Sum: 1\r\n"]),
)
def test_chunked_body_in_any_pieces(blocks: list[bytes], sizes: list[int], trailer: bytes) -> None:
    data = b"".join(b"%X;note=1\r\n%s\r\n" % (len(block), block) for block in blocks) + b"0\r\n" + trailer + b"\r\n"
    frame = Frame(None)
    assert _feed(frame, data + b"next", sizes) == (b"".join(blocks), b"next")
    assert frame.done


@given(body=st.binary(max_size=100), sizes=st.lists(st.integers(1, 30), min_size=1, max_size=5))
def test_body_of_known_length_in_any_pieces(body: bytes, sizes: list[int]) -> None:
    frame = Frame(len(body))
    assert _feed(frame, body + b"next", sizes) == (body, b"next")
    assert frame.done


def test_body_to_the_end_is_never_done() -> None:
    frame = Frame(-1)
    assert frame.feed(b"abc") == (3, [b"abc"])
    assert not frame.done


@pytest.mark.parametrize("line", [b"zz\r\n", b"-1\r\n\r\n", b"x" * (1 << 21), b"1_0\r\n", b"0x5\r\n"])
def test_what_is_no_chunk_is_refused(line: bytes) -> None:
    frame = Frame(None)
    with pytest.raises(Unframed):
        frame.feed(line)


def test_request_head() -> None:
    request = read_request_head(REQUEST)
    assert (request.method, request.target, request.path, request.version) == ("GET", "/a/b?c=d", "/a/b", "HTTP/1.1")
    assert request.headers == {"host": "x", "range": "bytes=1-", "x-odd": "two"}
    assert request.raw_head == REQUEST


@pytest.mark.parametrize(
    "raw", [b"\r\n\r\n", b"GET /\r\n\r\n", b"GET / HTTP/2\r\n\r\n", b"GET / HTTP/1.1\r\nx\r\n\r\n"]
)
def test_what_is_no_request_is_refused(raw: bytes) -> None:
    with pytest.raises(Unframed):
        read_request_head(raw)


def test_edited_request() -> None:
    edited = read_request_head(REQUEST).edited(drop=("range",), put=(("X-Odd", "1"),), target="/z", method="HEAD")
    assert edited.raw_head == b"HEAD /z HTTP/1.1\r\nHost: x\r\nX-Odd: 1\r\n\r\n"
    assert edited == read_request_head(edited.raw_head)


@pytest.mark.parametrize(
    ("lines", "closes"),
    [
        (b"HTTP/1.1\r\n", False),
        (b"HTTP/1.1\r\nConnection: Close\r\n", True),
        (b"HTTP/1.0\r\n", True),
        (b"HTTP/1.0\r\nConnection: keep-alive\r\n", False),
    ],
)
def test_when_a_client_wants_the_connection_to_end(lines: bytes, closes: bool) -> None:
    assert read_request_head(b"GET / " + lines + b"\r\n").wants_close is closes


@pytest.mark.parametrize(
    ("authorization", "token"),
    [("Bearer abc", "abc"), ("bearer  abc ", "abc"), ("Basic abc", None), ("Bearer", None), ("", None)],
)
def test_bearer(authorization: str, token: str | None) -> None:
    request = read_request_head(f"GET / HTTP/1.1\r\nAuthorization: {authorization}\r\n\r\n".encode())
    assert request.bearer() == token


@pytest.mark.parametrize(("text", "length"), [("5", 5), (None, 0)])
def test_length_of_a_request_body(text: str | None, length: int) -> None:
    assert body_length({} if text is None else {"content-length": text}) == length
    assert body_length({"transfer-encoding": "chunked"}) is None


@pytest.mark.parametrize("text", ["", "-1", "1e3"])
def test_no_length_of_a_request_body(text: str) -> None:
    with pytest.raises(Unframed):
        body_length({"content-length": text})


def test_answer_head_there_and_back() -> None:
    raw = b"HTTP/1.1 206 Partial Content\r\nA: 1\r\nb: 2\r\nA: 3\r\n\r\n"
    head = read_answer_head(raw)
    assert (head.status, head.first("a"), head.first("B"), head.first("c")) == (206, b"1", b"2", None)
    assert head.encode() == raw
    assert head.without("a").encode() == b"HTTP/1.1 206 Partial Content\r\nb: 2\r\n\r\n"
    assert head.having("A", "4").headers == ((b"b", b"2"), (b"A", b"4"))
    assert head.adding(("A", "4"), ("A", "5")).headers[-2:] == ((b"A", b"4"), (b"A", b"5"))


def test_what_is_no_answer_is_refused() -> None:
    with pytest.raises(Unframed):
        read_answer_head(b"220 mail\r\n\r\n")


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/b/me", Target(Route.ME)),
        ("/b/.well-known/oauth-authorization-server", Target(Route.DISCOVERY)),
        ("/b/conversations", Target(Route.CONVERSATIONS)),
        ("/b/conversations/c1", Target(Route.CONVERSATION, "c1")),
        ("/b/conversations/c1/recordings/r1/content", Target(Route.CONTENT, "c1", "r1")),
        ("/b/saved-searches/3", Target(Route.SAVED_SEARCHES)),
        ("/b/links/abc", Target(Route.LINK)),
        ("/b/nothing", Target(Route.OTHER)),
        ("/me", Target(Route.OTHER)),
    ],
)
def test_targets(path: str, target: Target) -> None:
    assert target_of(path, base_path="/b") == target


def test_links_are_learnt_from_redirects() -> None:
    links = Links()
    content = Target(Route.CONTENT, "c1", "r1")
    links.learn(Head(307, b"", ((b"Location", b"https://elsewhere:1/b/links/abc?x"),)), content)
    links.learn(Head(307, b"", ((b"Location", b"/b/links/def"),)), Target(Route.ME))
    assert links.target_of("/b/links/abc") == Target(Route.LINK, "c1", "r1")
    assert links.target_of("/b/links/def") == Target(Route.LINK)
