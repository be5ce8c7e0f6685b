"""What all wire types share: their base, their bounds, and the one way to read them; it knows no resource.

Types are strict, unknown fields are passed over (the contract grows). Text is kept as it came, but no longer than
`LONGEST_TEXT`. Messages never repeat what the service sent: it may be somebody's name.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated, TypeVar

import msgspec

from download_client.errors import ProtocolBroken

LONGEST_TEXT = 65_536
"""Characters of one text of the service."""

_BIG = 2**53

Text = Annotated[str, msgspec.Meta(max_length=LONGEST_TEXT)]
Id = Annotated[str, msgspec.Meta(max_length=128, pattern=r"\A[A-Za-z0-9][A-Za-z0-9._~-]*\Z")]
"""Opaque, compared byte for byte; goes into paths and logs, hence strict."""
ShortText = Annotated[str, msgspec.Meta(max_length=512)]
OpaqueToken = Annotated[str, msgspec.Meta(max_length=2048, pattern=r"\A[!-~]*\Z")]
Moment = Annotated[datetime, msgspec.Meta(tz=True)]
Seconds = Annotated[float, msgspec.Meta(ge=0, le=1e9)]
Count = Annotated[int, msgspec.Meta(ge=0, le=_BIG)]
Positive = Annotated[int, msgspec.Meta(ge=1, le=_BIG)]

T = TypeVar("T")


class Wire(msgspec.Struct, rename="camel", gc=False):
    """The base of what travels: camelCase outside, our names inside."""


def read(decoder: msgspec.json.Decoder[T], body: bytes, *, what: str) -> T:
    """Decode an answer.

    Raises:
        ProtocolBroken: not JSON, nested too deep, or not what the contract says; names the place, not the value.

    """
    try:
        return decoder.decode(body)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        reason = reason_of(error)
    # Outside the handler: the foreign error may hold what the service sent, and would be chained.
    raise ProtocolBroken(reason, subject=what)


def reason_of(error: Exception) -> str:
    """Why something could not be read, without the value itself."""
    if isinstance(error, RecursionError):
        return "it is nested too deep"
    if isinstance(error, UnicodeDecodeError):
        return "it is not UTF-8"
    return re.sub(r"'.*'", "…", str(error), flags=re.DOTALL)[:200]
