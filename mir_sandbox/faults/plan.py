"""What shall happen to one connection or one exchange, as a value the front carries out.

Not promised: that it makes sense as HTTP; most plans are made to break it.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from random import Random
from typing import Any

from mir_sandbox.front.http1 import Head, Request
from mir_sandbox.front.route import Target


class Certificate(Enum):
    """The certificates the public side can present."""

    VALID = "valid"
    EXPIRED = "expired"
    NOT_YET_VALID = "notYetValid"
    WRONG_HOST = "wrongHost"
    SELF_SIGNED = "selfSigned"
    UNKNOWN_CA = "unknownCa"


class Move(Enum):
    """What happens to a connection before any request is read."""

    REFUSE = "refuse"
    """There is no listening socket: the system refuses."""
    CLOSE = "close"
    RESET = "reset"
    BLACK_HOLE = "blackHole"
    """Accepted, never read, never answered."""


class End(Enum):
    """What happens to the connection after the answer."""

    KEEP = "keep"
    """As HTTP would have it."""
    CLOSE = "close"
    RESET = "reset"
    CLOSE_ON_NEXT = "closeOnNext"
    """It stays open until the next request comes in, and is closed instead of an answer."""


@dataclass(frozen=True, slots=True)
class Origins:
    """Scheme, host and port of the service's doors: `own` is the main one, `other` another port, `plain` has no TLS."""

    own: str
    other: str
    plain: str


@dataclass(slots=True)
class Scene:
    """What a plan may know while it is carried out."""

    request: Request
    target: Target
    origins: Origins
    random: Random
    memory: dict[str, Any]
    """Belongs to the rule: what one exchange remembers for the next."""
    wait: Callable[[float | None], Awaitable[None]]
    """Wait so many seconds, or until released."""
    true_head: Head | None = None
    """The head the service gave, before anything was done to it."""

    def true_size(self) -> int:
        """The whole size of what was asked for, by the service's own head; 0 if it does not say."""
        if self.true_head is None:
            return 0
        total = self.true_head.first("Content-Range") or self.true_head.first("Content-Length") or b""
        total = total.rpartition(b"/")[2]
        return int(total) if total.isdigit() else 0


Stream = AsyncIterator[bytes]
Step = Callable[[Stream, Scene], Stream]
"""Makes another body of a body. What a step has yielded is on its way to the client before it is asked for more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Canned:
    """An answer that is made here; the service is not asked."""

    status: int
    reason: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | Callable[[], Iterator[bytes]] = b""
    length: int | None = None
    """Of a body that is made as it goes; None: it is sent chunked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """How the head is put on the wire: `size` bytes at once (0: all), with `every` seconds between.

    `padding` gives header lines without end or nearly so; nothing but the client stops it.
    """

    size: int = 0
    every: float = 0.0
    padding: Callable[[], Iterator[bytes]] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One fault, ready to be carried out. The parts apply in the order in which they stand here."""

    move: Move | None = None
    certificate: Certificate | None = None
    silence: bool = False
    """Wait (as `hold` says), then end without an answer."""
    hold: bool = False
    hold_seconds: float | None = None
    """How long to wait before anything is asked or sent; None: until released."""
    ask: Callable[[Request], Request] | None = None
    """What the service is asked instead."""
    answer: Callable[[Scene], Canned] | None = None
    before: bytes = b""
    """Bytes sent before the head."""
    rewrite: Callable[[bytes, Scene], bytes] | None = None
    """Makes another body of the whole body; the head is made to agree with it."""
    head: tuple[Callable[[Head, Scene], Head], ...] = ()
    writing: Writing = field(default_factory=Writing)
    steps: tuple[Step, ...] = ()
    end: End = End.KEEP
