"""Connections to the application behind the front, and one question and answer on each.

Not promised: trying again; who asks decides whether a question may be put twice.
"""

import asyncio
from typing import Protocol, cast

from mir_sandbox.front.http1 import HEAD_END, LARGEST_HEAD, Frame, Unframed


class Reader(Protocol):
    """Who takes an answer as it comes in."""

    def answer_begins(self, raw_head: bytes) -> None:
        """The head is here, its blank line included."""

    def answer_goes_on(self, raw: bytes, pieces: list[bytes]) -> None:
        """More of the body: as it is on the wire, and the content in it."""

    def answer_ends(self) -> None:
        """The answer is whole; the connection is back in the pool."""

    def answer_breaks(self) -> None:
        """The connection was lost or the answer could not be read."""


class Upstream(asyncio.Protocol):
    """One connection to the application; carries one exchange at a time."""

    def __init__(self, pool: "Pool") -> None:
        self._pool = pool
        self._transport: asyncio.Transport | None = None
        self._reader: Reader | None = None
        self._head = b""
        self._frame: Frame | None = None
        self._bodiless = False
        self._closes = False
        self.used = False
        """Whether it has carried an exchange before: then its peer may just be closing it."""

    def ask(self, question: bytes, reader: Reader, *, bodiless: bool) -> None:
        """Send a whole request; `reader` hears of the answer. `bodiless`: the answer to a HEAD has no body."""
        self._reader, self._bodiless = reader, bodiless
        self._head, self._frame = b"", None
        if self._transport is None or self._transport.is_closing():
            asyncio.get_running_loop().call_soon(self.connection_lost, None)
            return
        self._transport.write(question)

    def pause(self) -> None:
        """Read no more until `resume`."""
        if self._transport is not None:
            self._transport.pause_reading()

    def resume(self) -> None:
        """Read on."""
        if self._transport is not None and not self._transport.is_closing():
            self._transport.resume_reading()

    def drop(self) -> None:
        """Give up the exchange and the connection."""
        self._reader = None
        if self._transport is not None:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Asyncio: the connection is open."""
        self._transport = cast(asyncio.Transport, transport)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's interface
        """Asyncio: the connection is gone; an answer without length ends so."""
        self._pool.forget(self)
        reader, self._reader = self._reader, None
        if reader is not None:
            if self._frame is not None and self._closes and self._frame.to_the_end:
                reader.answer_ends()
            else:
                reader.answer_breaks()

    def data_received(self, data: bytes) -> None:
        """Asyncio: more of the answer."""
        if self._reader is None:
            self.drop()
            return
        try:
            self._take(self._reader, data)
        except Unframed:
            reader = self._reader
            self.drop()
            reader.answer_breaks()

    def _take(self, reader: Reader, data: bytes) -> None:
        if self._frame is None:
            data = self._head + data
            end = data.find(HEAD_END) + len(HEAD_END)
            if end < len(HEAD_END):
                self._head = data
                if len(data) > LARGEST_HEAD:
                    raise Unframed("an endless head")
                return
            raw_head, data, self._head = data[:end], data[end:], b""
            if raw_head[9:10] == b"1":
                self._take(reader, data)
                return
            self._frame = self._frame_of(raw_head)
            reader.answer_begins(raw_head)
        if data:
            taken, pieces = self._frame.feed(data)
            reader.answer_goes_on(data if taken == len(data) else data[:taken], pieces)
        if self._frame.done and self._reader is not None:
            self._reader = None
            self.used = True
            # Whoever read this answer may have paused in its midst; the next one must be heard.
            self.resume()
            if self._closes:
                self.drop()
            else:
                self._pool.give(self)
            reader.answer_ends()

    def _frame_of(self, raw_head: bytes) -> Frame:
        head = raw_head.lower()
        self._closes = b"\r\nconnection: close" in head
        status = raw_head[9:12]
        if self._bodiless or status in {b"204", b"304"}:
            return Frame(0)
        if b"\r\ntransfer-encoding:" in head:
            return Frame(None)
        start = head.find(b"\r\ncontent-length:")
        if start < 0:
            self._closes = True
            return Frame(-1)
        text = head[start + 17 : head.find(b"\r\n", start + 17)].strip()
        if not text.isdigit():
            raise Unframed("no length")
        return Frame(int(text))


class Pool:
    """Connections to one address that wait for the next question."""

    def __init__(self, host: str, port: int) -> None:
        self._address = host, port
        self._idle: list[Upstream] = []
        self._all: set[Upstream] = set()

    def take(self) -> Upstream | None:
        """A waiting connection, the one used last; None when there is none."""
        return self._idle.pop() if self._idle else None

    async def connect(self) -> Upstream:
        """A new connection. Raises `OSError`."""
        loop = asyncio.get_running_loop()
        _, upstream = await loop.create_connection(lambda: Upstream(self), *self._address)
        self._all.add(upstream)
        return upstream

    def give(self, upstream: Upstream) -> None:
        """Take back a connection whose exchange is over."""
        self._idle.append(upstream)

    def forget(self, upstream: Upstream) -> None:
        """A connection is gone."""
        self._all.discard(upstream)
        if upstream in self._idle:
            self._idle.remove(upstream)

    def close(self) -> None:
        """Drop every connection."""
        for upstream in tuple(self._all):
            upstream.drop()
