"""A connection to the application behind the front: given back, it is as good as new."""

from __future__ import annotations

import asyncio
from typing import cast

from mir_sandbox.front.upstream import Pool, Upstream

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc"
PATIENCE = 20.0


class Slow:
    """Takes an answer, and has the connection pause as soon as any of it comes, as for a client that lags behind."""

    def __init__(self, upstream: Upstream) -> None:
        self._upstream = upstream
        self.whole: asyncio.Future[bool] = asyncio.get_running_loop().create_future()

    def answer_begins(self, raw_head: bytes) -> None:
        self._upstream.pause()

    def answer_goes_on(self, raw: bytes, pieces: list[bytes]) -> None:
        pass

    def answer_ends(self) -> None:
        self.whole.set_result(True)

    def answer_breaks(self) -> None:
        self.whole.set_result(False)


class Application(asyncio.Protocol):
    """Answers each piece that comes; `left` is set when the connection is gone."""

    def __init__(self) -> None:
        self.left = asyncio.Event()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        self._transport.write(ANSWER)

    def connection_lost(self, exc: Exception | None) -> None:
        self.left.set()


async def _ask_twice() -> list[bool]:
    application = Application()
    server = await asyncio.get_running_loop().create_server(lambda: application, "127.0.0.1", 0)
    pool = Pool(*server.sockets[0].getsockname())
    async with server:
        upstream = await pool.connect()
        whole = []
        for _ in range(2):
            slow = Slow(upstream)
            upstream.ask(b"GET / HTTP/1.1\r\n\r\n", slow, bodiless=False)
            whole.append(await asyncio.wait_for(slow.whole, PATIENCE))
            assert pool.take() is upstream
        pool.close()
        await asyncio.wait_for(application.left.wait(), PATIENCE)
    return whole


def test_a_connection_paused_in_an_answer_hears_the_next_one() -> None:
    assert asyncio.run(_ask_twice()) == [True, True]
