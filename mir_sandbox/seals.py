"""Tokens that carry their own content: page tokens, cursors and signed links, sealed so that nobody can make one up.

Not promised: secrecy; what is inside can be read by whoever holds the token.
"""

import hashlib
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from enum import Enum
from typing import Any

import msgspec


class Seal(Enum):
    """What a sealed token is good for."""

    PAGE = "p"
    CURSOR = "c"
    LINK = "l"


class NotSealed(Exception):
    """The text was never a token of this kind."""


class BrokenSeal(Exception):
    """The text has the form of a token, but it was made by another service, or before its secret was renewed."""


class Sealer:
    """Seals and opens tokens with one secret."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def close(self, kind: Seal, *content: object) -> str:
        """A token that holds those values (texts, numbers, None and lists of them)."""
        body = urlsafe_b64encode(msgspec.msgpack.encode(content)).rstrip(b"=")
        return f"{kind.value}{body.decode()}.{self._mark(kind, body)}"

    def open(self, kind: Seal, untrusted_token: str) -> list[Any]:
        """The values of a token. Raises `NotSealed`, `BrokenSeal`."""
        body, dot, mark = untrusted_token[1:].partition(".")
        if untrusted_token[:1] != kind.value or not dot or not body:
            raise NotSealed
        if not hmac.compare_digest(mark.encode(), self._mark(kind, body.encode()).encode()):
            raise BrokenSeal
        content: list[Any] = msgspec.msgpack.decode(urlsafe_b64decode(body + "=" * (-len(body) % 4)))
        return content

    def _mark(self, kind: Seal, body: bytes) -> str:
        mark = hmac.digest(self._secret, kind.value.encode() + body, hashlib.sha256)[:16]
        return urlsafe_b64encode(mark).rstrip(b"=").decode()
