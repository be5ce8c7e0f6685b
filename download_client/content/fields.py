"""Header fields of one answer, checked one by one; what a field means for the download is decided in `answer`.

Whatever is malformed is None or "": the caller treats it as absent or refuses.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

_WANTED = (
    "Content-Encoding",
    "Content-Length",
    "Content-Range",
    "Content-Type",
    "ETag",
    "Location",
    "Repr-Digest",
    "Retry-After",
    "Transfer-Encoding",
    "X-Request-Id",
)
_USUAL = ("Accept-Ranges", "Cache-Control", "Connection", "Content-Disposition", "Date", "Last-Modified", "Server")
_KNOWN = {spelled.encode(): name.lower() for name in _WANTED for spelled in (name, name.lower())}
_KNOWN |= {spelled.encode(): "" for name in _USUAL for spelled in (name, name.lower())}
"""By the usual spellings, because this is looked at for every line of every recording; "" is of no interest."""

_STATUS = re.compile(rb"HTTP/\d(?:\.\d)? (\d{3})(?: |\r|\n|$)")
_LONGEST_LENGTH = 18
_RANGE = re.compile(r"bytes ([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18})", re.ASCII | re.IGNORECASE)
_UNSATISFIED = re.compile(r"bytes \*/([0-9]{1,18})", re.ASCII | re.IGNORECASE)
_STRONG = re.compile(r'"[\x21\x23-\x7e\x80-\xff]*"')
_LONGEST_ETAG = 256
_SHA256 = re.compile(r"(?:^|,)[ \t]*sha-256[ \t]*=[ \t]*:([A-Za-z0-9+/=]*):[ \t]*(?=,|;|$)")
_SHA256_BYTES = 32


@dataclass(frozen=True, slots=True)
class ContentRange:
    """`bytes first-last/total` of RFC 9110 section 14.4, both ends inclusive, within the total."""

    first: int
    last: int
    total: int


class Fields:
    """Status and header fields of the last block of lines that libcurl handed over (proxies and 1xx come before it).

    Only the fields that mean something here are kept.
    """

    __slots__ = ("_values", "status", "whole")

    def __init__(self, untrusted_lines: Sequence[bytes]) -> None:
        self.status = 0
        self.whole = False
        """Whether the blank line at the end of the header came: half a header means nothing."""
        values: dict[str, list[str]] = {}
        for line in untrusted_lines:
            untrusted_name, colon, untrusted_value = line.partition(b":")
            # The usual spellings first: this runs for every recording.
            name = _KNOWN.get(untrusted_name)
            if name is None:
                name = _KNOWN.get(untrusted_name.lower(), "")
            if name:
                # After the blank line comes a trailer, which is no header.
                if not self.whole and colon:
                    values.setdefault(name, []).append(untrusted_value.decode("latin-1").strip(" \t\r\n"))
            elif line.startswith(b"HTTP/"):
                found = _STATUS.match(line)
                self.status = int(found.group(1)) if found else 0
                self.whole = False
                values = {}
            elif not colon and not line.strip():
                self.whole = True
        self._values = values

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of a field, `name` in lower case, in order of arrival."""
        return tuple(self._values.get(name, ()))

    def one(self, name: str) -> str:
        """The value of a field that came exactly once, else ""."""
        values = self._values.get(name, ())
        return values[0] if len(values) == 1 else ""

    def has(self, name: str) -> bool:
        """Whether the field came at all."""
        return name in self._values


def content_length(fields: Fields) -> int | None:
    """The announced length in bytes; None where none is announced. Raises ValueError when it cannot be meant.

    More than one Content-Length, anything but digits, or one beside Transfer-Encoding (RFC 9112 section 6.3) leaves no
    way to know where the body ends.
    """
    values = fields.all("content-length")
    if not values:
        return None
    length = values[0]
    digits = length.isascii() and length.isdigit() and len(length) <= _LONGEST_LENGTH
    if len(values) > 1 or not digits or fields.has("transfer-encoding"):
        raise ValueError("the length of the body is announced in contradiction")
    return int(length)


def content_range(fields: Fields) -> ContentRange | None:
    """The range of a 206; None when missing, repeated, malformed or impossible."""
    found = _RANGE.fullmatch(fields.one("content-range"))
    if not found:
        return None
    first, last, total = (int(group) for group in found.groups())
    return ContentRange(first, last, total) if first <= last < total else None


def unsatisfied_total(fields: Fields) -> int | None:
    """N of `bytes */N` of a 416; None when missing, repeated or malformed."""
    found = _UNSATISFIED.fullmatch(fields.one("content-range"))
    return int(found.group(1)) if found else None


def strong(untrusted_etag: str) -> str:
    """The entity tag when it is a strong one (RFC 9110 section 8.8.3), else ""."""
    return untrusted_etag if len(untrusted_etag) <= _LONGEST_ETAG and _STRONG.fullmatch(untrusted_etag) else ""


def repr_digest(fields: Fields) -> str:
    """Hex SHA-256 of the whole file by Repr-Digest (RFC 9530 section 3), else "". Other algorithms are not known here.

    A member that is named twice counts by its last value (RFC 8941 section 3.2).
    """
    if not fields.has("repr-digest"):
        return ""
    members = _SHA256.findall(",".join(fields.all("repr-digest")))
    if not members:
        return ""
    try:
        digest = base64.b64decode(members[-1], validate=True)
    except binascii.Error:
        return ""
    return digest.hex() if len(digest) == _SHA256_BYTES else ""


def media_types(fields: Fields) -> tuple[str, ...]:
    """Every Content-Type without parameters, in lower case."""
    return tuple(map(_media_type, fields.all("content-type")))


@lru_cache(maxsize=64)
def _media_type(untrusted: str) -> str:
    return untrusted.partition(";")[0].strip().lower()
