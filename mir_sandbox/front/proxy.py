"""A small forward proxy with CONNECT, perhaps with Basic authentication, so that clients can be tested behind one.

Not promised: the way to anywhere but loopback addresses, and connections kept alive for plain requests.
"""

import asyncio
import base64
import contextlib
import ipaddress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from mir_sandbox.front.door import bound_socket
from mir_sandbox.front.http1 import HEAD_END, Request, Unframed, body_length, read_request_head
from mir_sandbox.front.journal import Ending, Journal
from mir_sandbox.front.route import Route, Target

_BLOCK = 256 * 1024
_DEMAND = (
    b'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="stand-in proxy"\r\n'
    b"Content-Length: 0\r\nConnection: close\r\n\r\n"
)
_BAD_GATEWAY = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
_BAD_REQUEST = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Login:
    """What a client must say to pass; its password is not shown."""

    username: str
    password: str = field(repr=False)

    def header(self) -> str:
        """The value of Proxy-Authorization that is asked for."""
        return "Basic " + base64.b64encode(f"{self.username}:{self.password}".encode()).decode()


class Proxy:
    """One proxy on a port of its own. Each request is noted in the journal under the proxy's name."""

    def __init__(self, name: str, *, host: str, journal: Journal, login: Login | None = None) -> None:
        self._name = name
        self._journal = journal
        self._login = login
        self._socket = bound_socket(host, 0)
        self.port = int(self._socket.getsockname()[1])
        self._server: asyncio.Server | None = None
        self._visits: set[asyncio.Task[None]] = set()

    async def open(self) -> None:
        """Listen."""
        self._server = await asyncio.start_server(self._greet, sock=self._socket, limit=_BLOCK)

    async def close(self) -> None:
        """Listen no more, and end all connections."""
        if self._server is not None:
            self._server.close()
        self._socket.close()
        visits = tuple(self._visits)
        for visit in visits:
            visit.cancel()
        await asyncio.gather(*visits, return_exceptions=True)

    async def _greet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._visits.add(task)
        try:
            await self._serve(reader, writer)
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, asyncio.CancelledError):
            pass  # the client left, or the proxy closes: there is nobody to tell
        finally:
            writer.close()
            if task is not None:
                self._visits.discard(task)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        number = self._journal.connect(self._name)
        try:
            request = read_request_head(await reader.readuntil(HEAD_END))
            length = body_length(request.headers)
        except Unframed:
            writer.write(_BAD_REQUEST)
            return
        entry = self._journal.open(request, Target(Route.OTHER), door=self._name, connection=number)
        begun = asyncio.get_running_loop().time()
        try:
            entry.status, entry.ending = await self._pass(request, length, reader, writer)
        finally:
            entry.seconds = asyncio.get_running_loop().time() - begun

    async def _pass(
        self, request: Request, length: int | None, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> tuple[int, Ending]:
        if self._login is not None and request.headers.get("proxy-authorization") != self._login.header():
            writer.write(_DEMAND)
            return 407, Ending.COMPLETE
        tunnel = request.method == "CONNECT"
        address = urlsplit(f"//{request.target}" if tunnel else request.target)
        try:
            if not _is_loopback(address.hostname or "") or address.scheme not in {"", "http"} or length is None:
                raise OSError("not for this proxy")
            far_reader, far_writer = await asyncio.open_connection(
                address.hostname, address.port or (443 if tunnel else 80), limit=_BLOCK
            )
        except (OSError, ValueError):
            writer.write(_BAD_GATEWAY)
            return 502, Ending.COMPLETE
        try:
            if tunnel:
                writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            else:
                target = address.path + (f"?{address.query}" if address.query else "")
                gone = ("proxy-authorization", "proxy-connection")
                asked = request.edited(drop=gone, put=(("Connection", "close"),), target=target or "/")
                far_writer.write(asked.raw_head)
            async with asyncio.TaskGroup() as both:
                both.create_task(_pour(reader, far_writer))
                both.create_task(_pour(far_reader, writer))
        finally:
            far_writer.close()
        return 200, Ending.COMPLETE


async def _pour(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    """Everything that comes, until the source ends; then the sink's writing side is closed too."""
    with contextlib.suppress(OSError):
        while data := await source.read(_BLOCK):
            sink.write(data)
            await sink.drain()
    if sink.can_write_eof():
        with contextlib.suppress(OSError):
            sink.write_eof()
    else:
        sink.close()


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
