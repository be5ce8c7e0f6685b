"""A front on real sockets with a very small application behind it, and a client that sees every byte."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import hashlib
import json
import socket
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.types import ASGIApp

from mir_sandbox.front.service import FrontOptions, Service
from mir_sandbox.options import SandboxOptions
from mir_sandbox.remote import Sandbox
from mir_sandbox.serve import Apps

BASE = "/mir/api/v1"
CONTENT = f"{BASE}/conversations/cnv-1/recordings/rec-1/content"
OTHER_CONTENT = f"{BASE}/conversations/cnv-1/recordings/rec-2/content"
LISTING = f"{BASE}/conversations"
TOKEN = f"{BASE}/auth/token"
ME = f"{BASE}/me"
AUDIO = bytes(range(256)) * 20
ETAG = '"one"'
DIGEST = f"sha-256=:{base64.b64encode(hashlib.sha256(AUDIO).digest()).decode()}:"
PAGES = 3
PATIENCE = 20.0


def item(number: int) -> dict[str, Any]:
    """One row of the listing."""
    return {"id": f"cnv-{number}", "direction": "inbound", "recordings": [{"id": f"rec-{number}", "sizeBytes": 1000}]}


async def _content(request: Request) -> Response:
    headers = {"ETag": ETAG, "Repr-Digest": DIGEST, "Accept-Ranges": "bytes"}
    wanted = request.headers.get("range")
    if wanted is None or request.headers.get("if-range", ETAG) != ETAG:
        return Response(AUDIO, headers=headers, media_type="audio/wav")
    start = int(wanted.removeprefix("bytes=").partition("-")[0])
    headers["Content-Range"] = f"bytes {start}-{len(AUDIO) - 1}/{len(AUDIO)}"
    return Response(AUDIO[start:], status_code=206, headers=headers, media_type="audio/wav")


async def _listing(request: Request) -> Response:
    page = int(request.query_params.get("pageToken", "0"))
    answer: dict[str, Any] = {"items": [item(page * 10 + at) for at in range(10)], "totalCount": PAGES * 10}
    if page + 1 < PAGES:
        answer["nextPageToken"] = str(page + 1)
    return JSONResponse(answer)


async def _echo(request: Request) -> Response:
    body = await request.body()
    return JSONResponse({"method": request.method, "body": body.decode(), "headers": dict(request.headers)})


async def _stream(_request: Request) -> Response:
    async def blocks() -> Any:
        for number in range(50):
            yield b"%d," % number * 100

    return StreamingResponse(blocks(), media_type="text/csv")


async def _changes(request: Request) -> Response:
    cursor = int(request.query_params.get("cursor", "0"))
    return JSONResponse({"items": [item(cursor)], "nextCursor": str(cursor + 1), "hasMore": cursor < 2})


def application() -> Starlette:
    """What stands behind the front."""
    return Starlette(
        routes=[
            Route(CONTENT, _content),
            Route(OTHER_CONTENT, _content),
            Route(LISTING, _listing),
            Route(f"{BASE}/changes", _changes),
            Route(TOKEN, _echo, methods=["POST"]),
            Route(ME, _echo, methods=["GET", "PUT"]),
            Route(f"{BASE}/users", _stream),
        ]
    )


@dataclass(eq=False)
class Stage:
    """A running front; `sandbox` drives its faults."""

    service: Service
    sandbox: Sandbox

    def port(self, door: str = "main") -> int:
        """The port of a door."""
        return int(self.sandbox.doors[door].rpartition(":")[2])


@contextlib.contextmanager
def stage(directory: Path, *, tls: bool = False) -> Iterator[Stage]:
    """A front on an event loop in a thread of its own."""

    def build(_options: SandboxOptions, parts: dict[str, ASGIApp]) -> Apps:
        control = Starlette(routes=[Mount(f"/control/{name}", part) for name, part in parts.items()])
        return Apps(application(), control, BASE, "/control", (), lambda: None, {"token-of-ada": "ada"}.get)

    ready: list[Service] = []
    started = threading.Event()
    loop = asyncio.new_event_loop()
    stop = asyncio.Event()

    async def run() -> None:
        options = FrontOptions(directory, bad_certificates=tls)
        service = Service(SandboxOptions(tls=tls), options, build)
        await service.open()
        ready.append(service)
        started.set()
        await stop.wait()
        await service.close()

    def thread() -> None:
        try:
            loop.run_until_complete(run())
        finally:
            started.set()
            loop.close()

    worker = threading.Thread(target=thread)
    worker.start()
    try:
        assert started.wait(PATIENCE)
        service = ready[0]
        doors = {"main": service.main, "other": service.other, "plain": service.plain} | service.bad
        announcement: dict[str, Any] = {
            "baseUrl": service.main.origin + BASE,
            "controlUrl": service.control_url,
            "caFile": str(service.ca_file) if service.ca_file else None,
            "users": [],
            "doors": {name: door.origin for name, door in doors.items()},
            "proxyUrl": f"http://127.0.0.1:{service.proxy.port}",
            "strictProxyUrl": f"http://{service.login.username}:{service.login.password}"
            f"@127.0.0.1:{service.strict_proxy.port}",
            "pid": 0,
        }
        with Sandbox.of(announcement) as sandbox:
            yield Stage(service, sandbox)
    finally:
        loop.call_soon_threadsafe(stop.set)
        worker.join(PATIENCE)
        assert not worker.is_alive()


@dataclass
class Heard:
    """What came back: every byte, and how it ended."""

    raw: bytes = b""
    end: str = "open"
    """`open`, `closed` (FIN) or `reset` (RST)."""
    status: int = 0
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: bytes = b""

    def all(self, name: str) -> list[str]:
        """All values of a header."""
        return [value for key, value in self.headers if key.lower() == name.lower()]

    def one(self, name: str) -> str:
        """The only value of a header."""
        (value,) = self.all(name)
        return value

    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)

    def unchunked(self) -> bytes:
        """The content of a body that is whole in the chunked coding."""
        rest, content = self.body, b""
        while True:
            size, _, rest = rest.partition(b"\r\n")
            if not int(size, 16):
                assert rest == b"\r\n"
                return content
            content += rest[: int(size, 16)]
            rest = rest[int(size, 16) + 2 :]


class Client:
    """One connection to a door that reads as much as it is told to."""

    def __init__(self, port: int, *, context: ssl.SSLContext | None = None, patience: float = PATIENCE) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=patience)
        if context is not None:
            try:
                self.socket = context.wrap_socket(self.socket, server_hostname="localhost", suppress_ragged_eofs=False)
            except OSError:
                self.socket.close()
                raise
        self._rest = b""

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def send(self, target: str, *, method: str = "GET", headers: str = "", body: bytes = b"") -> None:
        """Put a request on the wire."""
        length = f"Content-Length: {len(body)}\r\n" if body else ""
        head = f"{method} {target} HTTP/1.1\r\nHost: mir.example\r\n{length}{headers}\r\n"
        self.socket.sendall(head.encode() + body)

    def _more(self, heard: Heard) -> bool:
        try:
            data = self.socket.recv(1 << 16)
        except (ConnectionResetError, ConnectionAbortedError, ssl.SSLEOFError):
            heard.end = "reset"
            return False
        if not data:
            heard.end = "closed"
            return False
        heard.raw += data
        return True

    def receive(self, end: bytes) -> bytes:
        """Every byte up to and with `end`."""
        heard = Heard(self._rest)
        self._rest = b""
        while end not in heard.raw:
            assert self._more(heard), f"{heard.end} after {heard.raw!r}"
        return heard.raw

    def hear(self, *, until: int | None = None, bodiless: bool = False, keep_open: bool = False) -> Heard:
        """Read one answer to its end by Content-Length, or `until` so many bytes of body, or to the connection's end.

        `keep_open` False reads to the end of the connection in any case.
        """
        heard = Heard(self._rest)
        self._rest = b""
        while True:
            self._parse(heard)
            if heard.status and until is not None and len(heard.body) >= until:
                return heard
            if heard.status and keep_open and self._whole(heard, bodiless=bodiless):
                return heard
            if not self._more(heard):
                return heard

    def _whole(self, heard: Heard, *, bodiless: bool) -> bool:
        if bodiless or heard.status in {204, 304}:
            self._rest, heard.body = heard.body, b""
            return True
        if heard.all("Transfer-Encoding"):
            return heard.body.endswith(b"0\r\n\r\n")
        lengths = heard.all("Content-Length")
        length = int(lengths[0]) if lengths else 1 << 60
        if len(heard.body) < length:
            return False
        self._rest, heard.body = heard.body[length:], heard.body[:length]
        return True

    @staticmethod
    def _parse(heard: Heard) -> None:
        head, blank, body = heard.raw.partition(b"\r\n\r\n")
        if blank and head.startswith(b"HTTP/1.1 "):
            first, *lines = head.decode("latin-1").split("\r\n")
            heard.status = int(first.split(" ")[1])
            heard.headers = [(name, value.strip()) for name, _, value in (line.partition(":") for line in lines)]
            heard.body = body

    def is_silent(self) -> bool:
        """Whether nothing has come in the meantime."""
        self.socket.setblocking(False)
        try:
            self.socket.recv(1)
            return False
        except (BlockingIOError, ssl.SSLWantReadError):
            return True
        finally:
            self.socket.settimeout(PATIENCE)
