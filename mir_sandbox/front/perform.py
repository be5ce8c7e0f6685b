"""Carrying out a plan: one exchange with a fault in it, from the question to the end of the answer.

Not promised: the choice of the fault, and what becomes of the connection; the caller does as the returned `End` says.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Iterable
from typing import Protocol

from mir_sandbox.faults.canned import reason_of
from mir_sandbox.faults.plan import Canned, End, Plan, Scene, Stream
from mir_sandbox.faults.rule import Rule
from mir_sandbox.faults.steps import chunked
from mir_sandbox.front.http1 import Head, Request, read_answer_head
from mir_sandbox.front.upstream import Pool, Upstream

_MUCH = 1 << 20
_PIECE = 64 * 1024


class ClientLeft(Exception):
    """The client closed the connection while it was being answered."""


class Wire(Protocol):
    """The client's connection, as far as a plan needs it."""

    async def send(self, data: bytes) -> None:
        """Put bytes on the wire and wait until few are left to go. Raises `ClientLeft`."""

    def answered(self, status: int) -> None:
        """Note the status."""


class Reply:
    """A service's answer as it comes in: the head, then pieces of content, never much more than is taken."""

    def __init__(self) -> None:
        self._pieces: deque[bytes] = deque()
        self._size = 0
        self._over = False
        self._broken = False
        self._raw_head = b""
        self._news = asyncio.Event()
        self._upstream: Upstream | None = None

    async def ask(self, pool: Pool, request: Request) -> Head:
        """Put the question; the answer's head. Raises `OSError`, `Unframed`."""
        for last in (False, True):
            upstream = (None if last else pool.take()) or await pool.connect()
            self._upstream, self._broken, self._over = upstream, False, False
            self._news.clear()
            upstream.ask(request.raw_head + request.body, self, bodiless=request.method == "HEAD")
            await self._news.wait()
            if self._raw_head:
                return read_answer_head(self._raw_head)
            if not upstream.used:
                break
        raise ConnectionError("the service gave no answer")

    async def content(self) -> AsyncIterator[bytes]:
        """The body, without any coding of the transfer. Raises `ConnectionError`."""
        while True:
            while self._pieces:
                piece = self._pieces.popleft()
                self._size -= len(piece)
                if self._upstream is not None and self._size < _MUCH // 2:
                    self._upstream.resume()
                yield piece
            if self._broken:
                raise ConnectionError("the service broke its answer off")
            if self._over:
                return
            self._news.clear()
            await self._news.wait()

    def drop(self) -> None:
        """The rest is not wanted."""
        if self._upstream is not None and not self._over:
            self._upstream.drop()
        self._upstream = None

    def answer_begins(self, raw_head: bytes) -> None:
        """The head is here."""
        self._raw_head = raw_head
        self._news.set()

    def answer_goes_on(self, raw: bytes, pieces: list[bytes]) -> None:  # noqa: ARG002 - the coding is of no interest
        """More of the body."""
        self._pieces += pieces
        self._size += sum(map(len, pieces))
        if self._size > _MUCH and self._upstream is not None:
            self._upstream.pause()
        self._news.set()

    def answer_ends(self) -> None:
        """The answer is whole."""
        self._over = True
        self._upstream = None
        self._news.set()

    def answer_breaks(self) -> None:
        """The connection was lost."""
        self._broken = True
        self._upstream = None
        self._news.set()


async def perform(wire: Wire, pool: Pool, rule: Rule, scene: Scene) -> End:
    """Carry out the rule's plan for the request of `scene`; what shall become of the connection.

    Raises `ClientLeft`, and `OSError` or `Unframed` when the service fails.
    """
    plan = rule.plan
    if plan.hold:
        await scene.wait(plan.hold_seconds)
    if plan.before:
        await wire.send(plan.before)
    if plan.silence:
        return plan.end
    reply = Reply()
    try:
        if plan.answer is not None:
            head, body = _made(plan.answer(scene))
        else:
            head, body = await _asked(reply, pool, plan, scene)
            if plan.rewrite is not None and head.status >= 300:
                plan = Plan()
        for edit in plan.head:
            head = edit(head, scene)
        steps = plan.steps
        bodiless = scene.request.method == "HEAD" or head.status in {204, 304} or head.status < 200
        if not bodiless and _is_unframed(head):
            head = head.having("Transfer-Encoding", "chunked")
            steps = (*steps, chunked(ended=plan.end in {End.KEEP, End.CLOSE_ON_NEXT}))
        wire.answered(head.status)
        await _send_head(wire, head, plan, scene)
        if not bodiless:
            for step in steps:
                body = step(body, scene)
            async for block in body:
                await wire.send(block)
    finally:
        reply.drop()
    return End.CLOSE if plan.end is End.KEEP and (head.first("Connection") or b"").lower() == b"close" else plan.end


def _made(canned: Canned) -> tuple[Head, Stream]:
    """An answer that is made here."""
    head = Head(canned.status, (canned.reason or reason_of(canned.status)).encode("latin-1"), ()).adding(
        *canned.headers
    )
    blocks = (canned.body,) if isinstance(canned.body, bytes) else canned.body()
    return head if canned.length is None else head.having("Content-Length", str(canned.length)), _stream(blocks)


async def _asked(reply: Reply, pool: Pool, plan: Plan, scene: Scene) -> tuple[Head, Stream]:
    """The service's answer, rewritten if the plan says so."""
    request = plan.ask(scene.request) if plan.ask is not None else scene.request
    if plan.rewrite is not None and request.method == "HEAD":
        request = request.edited(method="GET")
    head = await reply.ask(pool, request)
    scene.true_head = head
    body: Stream = reply.content()
    head = head.without("Transfer-Encoding")
    if plan.rewrite is None or head.status >= 300:
        return head, body
    whole = plan.rewrite(b"".join([piece async for piece in body]), scene)
    return head.having("Content-Length", str(len(whole))), _stream((whole,))


def _is_unframed(head: Head) -> bool:
    """Whether nothing says where the body ends: it was chunked, or is made as it goes."""
    named = (head.first("Content-Length"), head.first("Transfer-Encoding"), head.first("Connection"))
    return named == (None, None, None)


async def _send_head(wire: Wire, head: Head, plan: Plan, scene: Scene) -> None:
    raw_head, writing = head.encode(), plan.writing
    if writing.padding is not None:
        await wire.send(raw_head[:-2])
        for line in writing.padding():
            if writing.every:
                await scene.wait(writing.every)
            await wire.send(line)
        raw_head = raw_head[-2:]
    size = writing.size or len(raw_head)
    for start in range(0, len(raw_head), size):
        if start and writing.every:
            await scene.wait(writing.every)
        await wire.send(raw_head[start : start + size])


async def _stream(blocks: Iterable[bytes]) -> AsyncIterator[bytes]:
    for block in blocks:
        for start in range(0, len(block), _PIECE):
            yield block[start : start + _PIECE]
