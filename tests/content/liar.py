"""A server on a real socket that answers each request exactly as told: lies, cuts, stalls and resets included."""

from __future__ import annotations

import hashlib
import socket
import ssl
import struct
import sys
import threading
from base64 import b64encode
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

ETAG = '"v1"'
_LINGER = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)
"""Close with a reset."""


@dataclass(frozen=True)
class Request:
    """What came: the request line's parts and the headers by lower-case name."""

    method: str
    path: str
    headers: Mapping[str, str]

    @property
    def range(self) -> str:
        return self.headers.get("range", "")


Reply = Callable[[socket.socket, Request], bool]
"""Sends an answer; True: the connection stays open for the next request."""


@dataclass
class Liar:
    """Scripts of replies by path; a request beyond the script is answered 599 and remembered in `unexpected`."""

    tls: ssl.SSLContext | None = None
    requests: list[Request] = field(default_factory=list)
    unexpected: list[Request] = field(default_factory=list)
    connections: int = 0
    raw: bytearray = field(default_factory=bytearray)
    """Every byte that arrived after a TLS handshake (or without TLS)."""

    def __post_init__(self) -> None:
        self._scripts: dict[str, deque[Reply]] = {}
        self._always: dict[str, Reply] = {}
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self.released = threading.Event()
        """Set to let stalling replies end; set at the latest when the server stops."""
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._threads: list[threading.Thread] = []
        self._acceptor = threading.Thread(target=self._accept, name="liar", daemon=True)
        self._acceptor.start()

    @property
    def base(self) -> str:
        return f"{'https' if self.tls else 'http'}://127.0.0.1:{self.port}"

    def url(self, path: str) -> str:
        return self.base + path

    def script(self, path: str, *replies: Reply) -> None:
        """These replies, one after the other."""
        self._scripts[path] = deque(replies)

    def always(self, path: str, reply: Reply) -> None:
        """This reply to every request of the path."""
        self._always[path] = reply

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.released.set()
        # A thread in accept() does not notice that its socket is closed.
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._acceptor.join()
        with self._lock:
            for connection in self._open:
                connection.close()
        for thread in self._threads:
            thread.join()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            thread = threading.Thread(target=self._serve, args=(connection,), name="liar-connection", daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, connection: socket.socket) -> None:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.settimeout(20)
        try:
            if self.tls:
                connection = self.tls.wrap_socket(connection, server_side=True)
            with self._lock:
                self._open.add(connection)
            while (request := self._read(connection)) is not None:
                if not self._reply(request)(connection, request):
                    break
        except (OSError, ValueError):
            pass
        finally:
            with self._lock:
                self._open.discard(connection)
            connection.close()

    def _read(self, connection: socket.socket) -> Request | None:
        data = b""
        while b"\r\n\r\n" not in data:
            more = connection.recv(65536)
            if not more:
                return None
            self.raw += more
            data += more
        head = data.split(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
        method, path, _ = head[0].split(" ")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:])}
        request = Request(method, path, headers)
        with self._lock:
            self.requests.append(request)
        return request

    def _reply(self, request: Request) -> Reply:
        with self._lock:
            script = self._scripts.get(request.path)
            if script:
                return script.popleft()
            if request.path in self._always:
                return self._always[request.path]
            self.unexpected.append(request)
            return answer(599, {}, b"")


def head(status: int, headers: Iterable[tuple[str, str]] | Mapping[str, str]) -> bytes:
    """A status line and header fields, as they are given."""
    pairs = headers.items() if isinstance(headers, Mapping) else headers
    return "".join([f"HTTP/1.1 {status} Said\r\n", *(f"{name}: {value}\r\n" for name, value in pairs), "\r\n"]).encode(
        "latin-1"
    )


def answer(status: int, headers: Iterable[tuple[str, str]] | Mapping[str, str], body: bytes) -> Reply:
    """A well-formed answer with its Content-Length."""
    pairs = list(headers.items() if isinstance(headers, Mapping) else headers)
    return raw(head(status, [*pairs, ("Content-Length", str(len(body)))]) + body, stays=True)


def problem(status: int, code: str, **headers: str) -> Reply:
    """An error as the contract words it. Header names are written with underscores."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    body = f'{{"type":"about:blank","status":{status},"code":"{code}","title":"Said","detail":"Jane Roe 0301234567"}}'
    return answer(status, {"Content-Type": "application/problem+json", "X-Request-Id": "req-1", **named}, body.encode())


def raw(data: bytes, *, stays: bool = False) -> Reply:
    """Exactly these bytes; then the connection is closed unless it stays."""

    def reply(connection: socket.socket, _: Request) -> bool:
        connection.sendall(data)
        return stays

    return reply


def reset(data: bytes) -> Reply:
    """These bytes, then a TCP reset once the client has read them."""

    def reply(connection: socket.socket, _: Request) -> bool:
        connection.sendall(data)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER)
        return False

    return reply


def stall(liar: Liar, data: bytes) -> Reply:
    """These bytes, then nothing until the server is released."""

    def reply(connection: socket.socket, _: Request) -> bool:
        connection.sendall(data)
        liar.released.wait(20)
        return False

    return reply


def drip(liar: Liar, data: bytes, *, every: bytes, seconds: float) -> Reply:
    """These bytes, then `every` again and again with a pause between, until released or refused."""

    def reply(connection: socket.socket, _: Request) -> bool:
        connection.sendall(data)
        while not liar.released.wait(seconds):
            connection.sendall(every)
        return False

    return reply


def audio(body: bytes, *, etag: str = ETAG, digest: bool = True) -> dict[str, str]:
    """The header fields of a recording."""
    fields = {"Content-Type": "audio/wav", "Accept-Ranges": "bytes"}
    if etag:
        fields["ETag"] = etag
    if digest:
        fields["Repr-Digest"] = f"sha-256=:{b64encode(hashlib.sha256(body).digest()).decode()}:"
    return fields


def whole(body: bytes, *, etag: str = ETAG, digest: bool = True) -> Reply:
    """200 with everything."""
    return answer(200, audio(body, etag=etag, digest=digest), body)


def honest(body: bytes, *, etag: str = ETAG) -> Reply:
    """What a good server answers, with or without Range and If-Range."""

    def reply(connection: socket.socket, request: Request) -> bool:
        fields = audio(body, etag=etag)
        start = int(request.range.removeprefix("bytes=").removesuffix("-") or 0)
        if start and request.headers.get("if-range", etag) == etag:
            if start >= len(body):
                return answer(416, {"Content-Range": f"bytes */{len(body)}"}, b"")(connection, request)
            fields["Content-Range"] = f"bytes {start}-{len(body) - 1}/{len(body)}"
            return answer(206, fields, body[start:])(connection, request)
        return answer(200, fields, body)(connection, request)

    return reply


def partial_of(body: bytes, *, first: int, etag: str = ETAG, span: str | None = None) -> Reply:
    """206 from `first` to the end, with this Content-Range if `span` is given ("" leaves it out)."""
    fields = audio(body, etag=etag)
    said = f"bytes {first}-{len(body) - 1}/{len(body)}" if span is None else span
    if said:
        fields["Content-Range"] = said
    return answer(206, fields, body[first:])
