"""Faults of size: answers that fill the memory of whoever reads them whole. They are made as they go.

Not promised: speed; they are sent as fast as they are taken.
"""

import zlib
from collections.abc import Iterator

from mir_sandbox.faults import steps
from mir_sandbox.faults.canned import reason_of
from mir_sandbox.faults.catalogue.fault import LISTINGS, Fault
from mir_sandbox.faults.parameters import Values, choice, integer
from mir_sandbox.faults.plan import Canned, Plan

_TWO_GB = 2_000_000_000
_OPENING = b'{"items": ['
_CLOSING = b"]}"
_GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03"


def _json(headers: tuple[tuple[str, str], ...] = ()) -> tuple[tuple[str, str], ...]:
    return (("Content-Type", "application/json"), *headers)


def _filling(shape: str) -> tuple[bytes, bytes, bytes]:
    """Before, repeated, and after: the inside of `items`."""
    match shape:
        case "string":
            return b'"', b"x" * steps.BLOCK, b'"'
        case "whitespace":
            return b"", b" " * steps.BLOCK, b""
        case "numbers":
            return b"0", b",1" * (steps.BLOCK // 2), b""
        case _:
            item = b'{"id": "flood", "recordings": [], "calledParty": {"name": "' + b"y" * 900 + b'"}}'
            return item, (b"," + item) * (steps.BLOCK // len(item)), b""


def _huge(values: Values) -> Plan:
    before, block, after = _filling(values.text("shape"))
    count = max(values.integer("bytes") // len(block), 1)

    def body() -> Iterator[bytes]:
        yield _OPENING + before
        for _ in range(count):
            yield block
        yield after + _CLOSING

    length = len(_OPENING + before + after + _CLOSING) + count * len(block)
    declared = length if values.text("framing") == "length" else None
    return Plan(answer=lambda _: Canned(status=200, reason=reason_of(200), headers=_json(), body=body, length=declared))


def _deep(values: Values) -> Plan:
    depth = values.integer("depth")
    opening, closing = (b'{"a":', b"}") if values.text("of") == "objects" else (b"[", b"]")
    inner = b"0" if values.text("of") == "objects" else b""
    body = b'{"items": ' + opening * depth + inner + closing * depth + b"}"
    return Plan(
        answer=lambda _: Canned(status=200, reason=reason_of(200), headers=_json(), body=body, length=len(body))
    )


def _bomb(values: Values) -> Plan:
    """A gzip stream whose middle is one and the same compressed block again and again (RFC 1951, 1952)."""
    block = b" " * (1 << 20)
    count = max(values.integer("bytes") // len(block), 1)

    def body() -> Iterator[bytes]:
        deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
        yield _GZIP_HEAD + deflate.compress(_OPENING) + deflate.flush(zlib.Z_FULL_FLUSH)
        check, size = zlib.crc32(_OPENING), len(_OPENING)
        again = deflate.compress(block) + deflate.flush(zlib.Z_FULL_FLUSH)
        for _ in range(count):
            yield again
            check, size = zlib.crc32(block, check), size + len(block)
        yield deflate.compress(_CLOSING) + deflate.flush(zlib.Z_FINISH)
        check, size = zlib.crc32(_CLOSING, check), size + len(_CLOSING)
        yield check.to_bytes(4, "little") + (size & 0xFFFFFFFF).to_bytes(4, "little")

    headers = _json((("Content-Encoding", "gzip"),))
    return Plan(answer=lambda _: Canned(status=200, reason=reason_of(200), headers=headers, body=body))


FLOODS = (
    Fault(
        "huge-json",
        "Answers with a JSON page of any size.",
        _huge,
        (
            integer("bytes", _TWO_GB, "About how many."),
            choice("shape", ("items", "string", "whitespace", "numbers"), "What fills it."),
            choice("framing", ("length", "chunked"), "Whether Content-Length says how long it is."),
        ),
        LISTINGS,
    ),
    Fault(
        "deep-json",
        "Answers with JSON of any depth.",
        _deep,
        (integer("depth", 10_000, "How deep."), choice("of", ("arrays", "objects"), "What is nested.")),
        LISTINGS,
    ),
    Fault(
        "compression-bomb",
        "Answers with a small gzip that becomes a JSON page of any size.",
        _bomb,
        (integer("bytes", _TWO_GB, "About how many after decompression."),),
        LISTINGS,
    ),
)
