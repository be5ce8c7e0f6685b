"""Header fields, one by one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from download_client.content.fields import (
    ContentRange,
    Fields,
    content_length,
    content_range,
    media_types,
    repr_digest,
    strong,
    unsatisfied_total,
)

ZEROS = "sha-256=:" + "A" * 43 + "=:"


def fields(*lines: str) -> Fields:
    return Fields([b"HTTP/1.1 200 OK\r\n", *(f"{line}\r\n".encode("latin-1") for line in lines), b"\r\n"])


def test_the_last_block_counts() -> None:
    """A proxy's answer to CONNECT and an interim answer come before the answer itself."""
    lines = [
        b"HTTP/1.1 200 Connection established\r\n",
        b"Content-Length: 1\r\n",
        b"\r\n",
        b"HTTP/1.1 103 Early Hints\r\n",
        b'ETag: "early"\r\n',
        b"\r\n",
        b"HTTP/1.1 206 Partial Content\r\n",
        b"content-RANGE: bytes 1-2/3\r\n",
        b"\r\n",
        b'ETag: "trailer"\r\n',
    ]
    seen = Fields(lines)
    assert (seen.status, seen.whole) == (206, True)
    assert content_range(seen) == ContentRange(1, 2, 3)
    assert not seen.has("etag")
    assert not seen.has("content-length")


@pytest.mark.parametrize("lines", [[], [b"HTTP/1.1 200 OK\r\n"], [b"HTTP/1.1 200 OK\r\n", b'ETag: "v"\r\n']])
def test_half_a_header_is_not_whole(lines: list[bytes]) -> None:
    assert not Fields(lines).whole


@pytest.mark.parametrize(
    ("line", "status"), [(b"HTTP/2 204\r\n", 204), (b"HTTP/1.1 OK\r\n", 0), (b"HTTP/1.1 2000 x\r\n", 0)]
)
def test_status(line: bytes, status: int) -> None:
    assert Fields([line, b"\r\n"]).status == status


def test_a_field_that_came_twice_has_no_one_value() -> None:
    seen = fields('ETag: "a"', 'ETag: "b"')
    assert seen.one("etag") == ""
    assert seen.all("etag") == ('"a"', '"b"')


def test_length() -> None:
    assert content_length(fields()) is None
    assert content_length(fields("Content-Length: \t 12 ")) == 12


def test_types() -> None:
    assert media_types(fields("Content-Type: Audio/WAV ; codec=1")) == ("audio/wav",)


@pytest.mark.parametrize(
    ("value", "total"), [("bytes */12", 12), ("BYTES */12", 12), ("bytes */*", None), ("bytes 1-2/3", None), ("", None)]
)
def test_unsatisfied(value: str, total: int | None) -> None:
    assert unsatisfied_total(fields(f"Content-Range: {value}")) == total


@pytest.mark.parametrize(
    ("etag", "is_strong"),
    [('"v"', True), ('""', True), ('"\xe9"', True), ('W/"v"', False), ("v", False), ('"a"b"', False), ('"a b"', False)],
)
def test_strong(etag: str, is_strong: bool) -> None:
    assert strong(etag) == (etag if is_strong else "")
    assert strong('"' + "x" * 300 + '"') == ""


@pytest.mark.parametrize(
    ("values", "digest"),
    [
        ((ZEROS,), "00" * 32),
        ((f"sha-512=:AAAA:, {ZEROS};p=1 , md5=:AAAA:",), "00" * 32),
        (("sha-512=:AAAA:", ZEROS), "00" * 32),
        (("sha-256=://///////////////////////////////////////8=:", ZEROS), "00" * 32),
        ((), ""),
        (("sha-512=:AAAA:",), ""),
        (("crc32c=:AAAA:",), ""),
        (("sha-256=:AAAA:",), ""),
        (("sha-256=AAAA",), ""),
        (("xsha-256=:" + "A" * 43 + "=:",), ""),
        (("sha-256=:" + "=" * 44 + ":",), ""),
        (("SHA-256=:" + "A" * 43 + "=:",), ""),
    ],
)
def test_digest(values: tuple[str, ...], digest: str) -> None:
    """Unknown algorithms are absent; keys are lower case (RFC 8941); a key named twice counts by its last value."""
    assert repr_digest(fields(*(f"Repr-Digest: {value}" for value in values))) == digest


@given(st.lists(st.binary(max_size=60), max_size=12))
def test_rubbish_never_raises(lines: list[bytes]) -> None:
    seen = Fields([b"HTTP/1.1 200 OK\r\n", *lines])
    content_range(seen)
    unsatisfied_total(seen)
    repr_digest(seen)
    media_types(seen)
    assert seen.status in range(1000)
