"""The response gate: what an answer to a content request means, as one table; it performs nothing and reads no body.

The rows are those of the contract; `Asked` is what was sent (`Range: bytes=<offset>-` with `If-Range: <strong etag>`
when offset > 0). Status codes that are errors are only recognised here, `problem` names them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from download_client.content.fields import (
    Fields,
    content_length,
    content_range,
    media_types,
    repr_digest,
    strong,
    unsatisfied_total,
)
from download_client.errors import BodyRefused, EmptyAtSource, MirError, ProtocolBroken, RangeBroken, Truncated

EMPTY_SHA256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_TEXT_TYPES = frozenset({"text", "multipart", "message", "image", "font", "model"})
_TEXT_SUBTYPES = ("json", "xml", "html", "javascript", "x-www-form-urlencoded", "problem")


class Action(Enum):
    """What to do with an answer. Only the first three let a byte of the body reach the part file."""

    TAKE_WHOLE = "take_whole"
    """Truncate the part before the first write; the body is the whole file."""
    APPEND = "append"
    """The body goes on at the offset."""
    COMPARE = "compare"
    """The body begins below the offset: equal bytes are skipped, the rest appended; a difference is a start-over."""
    COMPLETE = "complete"
    """Everything is here already: nothing is fetched, the caller verifies."""
    START_OVER = "start_over"
    """Drop the body and ask for the whole, once in a journey; `error` is what a second time means."""
    REDIRECT = "redirect"
    """Follow by hand."""
    RENEW = "renew"
    """The token is refused: renew it once in a journey."""
    EXPLAIN = "explain"
    """An error by status and problem code: its body is read in small part and never saved."""
    REFUSE = "refuse"
    """`error`, without reading the body."""


SAVES = frozenset({Action.TAKE_WHOLE, Action.APPEND, Action.COMPARE})


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for. `offset` 0: the whole, without Range. `total` is the size the listing named, or None.

    `etag` is the strong validator of the bytes in hand or ""; `has_digest`: the listing named a digest of the whole.
    """

    offset: int
    etag: str
    total: int | None
    has_digest: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an answer means.

    `start` is where in the file the body begins, `length` how many bytes it must have (None: not announced),
    `most` how many are accepted at all, `total` the size of the whole file (None: not known).
    `etag` and `digest` (hex SHA-256) are the answer's own, "" when absent.
    """

    action: Action
    error: MirError | None = None
    start: int = 0
    length: int | None = None
    most: int = 0
    total: int | None = None
    etag: str = ""
    digest: str = ""


def can_resume(*, offset: int, etag: str, has_digest: bool) -> bool:
    """Without a strong validator and without a digest nothing would prove that both halves are of one file."""
    return offset > 0 and (strong(etag) != "" or has_digest)


def judge(asked: Asked, fields: Fields, *, largest: int) -> Verdict:
    """The whole table. `largest` (bytes) bounds a body of unknown length."""
    status = fields.status
    if status == 200:
        return _whole(asked, fields, largest=largest)
    if status == 206:
        return _partial(asked, fields)
    if status == 416:
        total = unsatisfied_total(fields)
        if asked.offset and total == asked.offset:
            return Verdict(Action.COMPLETE, total=total, etag=asked.etag)
        return _start_over("416: nothing of the file lies there")
    if status in _REDIRECTS:
        return Verdict(Action.REDIRECT)
    if status == 401:
        return Verdict(Action.RENEW)
    if status < 400 and status != 202:
        return _refuse(ProtocolBroken(f"HTTP {status} to a content request"))
    return Verdict(Action.EXPLAIN)


def _whole(asked: Asked, fields: Fields, *, largest: int) -> Verdict:
    """200: the whole file, whatever was asked."""
    refused = _not_audio(fields)
    if refused:
        return refused
    try:
        length = content_length(fields)
    except ValueError as broken:
        return _refuse(ProtocolBroken(str(broken)))
    digest = repr_digest(fields)
    if length == 0:
        return _refuse(empty(asked, digest=digest))
    proved = bool(digest) or asked.has_digest
    if length is None and not fields.has("transfer-encoding") and asked.total is None and not proved:
        return _refuse(ProtocolBroken("no length is announced: nobody could tell whether the body is whole"))
    if length is None and not fields.has("transfer-encoding"):
        # The body ends where the connection does, cut or not: only the listed size can tell, where there is one.
        length = asked.total
    # Where a digest decides, a listed size that is wrong must not stop the body.
    most = length if length is not None else largest if proved or asked.total is None else asked.total
    return Verdict(
        Action.TAKE_WHOLE,
        length=length,
        most=most,
        total=length if length is not None else asked.total,
        etag=strong(fields.one("etag")),
        digest=digest,
    )


def empty(asked: Asked, *, digest: str) -> MirError:
    """What a whole body without a byte means: nothing is there, unless the listing promised something."""
    if not asked.total or digest == EMPTY_SHA256:
        return EmptyAtSource("0 bytes")
    return Truncated(f"0 of {asked.total} bytes")


def _partial(asked: Asked, fields: Fields) -> Verdict:
    """206: only exactly what was asked for, of exactly the file that is known."""
    if not asked.offset:
        return _start_over("206 although no range was asked for")
    if any(kind.startswith("multipart/") for kind in media_types(fields)):
        return _start_over("a multipart answer to a single range")
    refused = _not_audio(fields)
    if refused:
        return refused
    span = content_range(fields)
    try:
        length = content_length(fields)
    except ValueError as broken:
        return _refuse(ProtocolBroken(str(broken)))
    if span is None:
        return _start_over("206 without a Content-Range that can be meant")
    if span.first > asked.offset:
        return _start_over(f"asked for byte {asked.offset}, the answer begins at {span.first}")
    if (asked.total is not None and span.total != asked.total) or span.total < asked.offset:
        return _start_over("the file has another size than was known")
    etag = strong(fields.one("etag"))
    if asked.etag and etag != asked.etag:
        return _start_over("the answer belongs to another version of the file")
    announced = span.last - span.first + 1
    if length is not None and length != announced:
        return _start_over("Content-Length and Content-Range contradict each other")
    return Verdict(
        Action.APPEND if span.first == asked.offset else Action.COMPARE,
        start=span.first,
        length=announced,
        most=announced,
        total=span.total,
        etag=etag,
        digest=repr_digest(fields),
    )


def _not_audio(fields: Fields) -> Verdict | None:
    """The refusal of a body that is encoded or of a type that audio never has."""
    if fields.has("content-encoding") and any(
        value.lower() not in ("", "identity") for value in fields.all("content-encoding")
    ):
        return _refuse(BodyRefused("a compressed body where none was asked for"))
    for kind in media_types(fields):
        shown = _text_type(kind)
        if shown:
            return _refuse(BodyRefused(f"content type {shown}"))
    return None


@lru_cache(maxsize=64)
def _text_type(kind: str) -> str:
    """A type that audio never has, as it may be shown; "" for one that audio may have."""
    family, _, subtype = kind.partition("/")
    if family in _TEXT_TYPES or subtype.endswith(_TEXT_SUBTYPES):
        return f"{_shown(family)}/{_shown(subtype)}"
    return ""


def _shown(untrusted: str) -> str:
    """A token of a header as it may be shown: short, plain, without digits that could be a number."""
    return "".join(sign for sign in untrusted if sign.isascii() and (sign.isalpha() or sign in "-+."))[:40]


def _start_over(why: str) -> Verdict:
    return Verdict(Action.START_OVER, error=RangeBroken(why))


def _refuse(error: MirError) -> Verdict:
    return Verdict(Action.REFUSE, error=error)
