"""HTTP answers read under a deadline, with strict framing; it knows nothing of what they say.

`http.client` waits for each byte anew, so that headers which trickle would keep a caller for ever (faults 6, 7), and
it makes a guess where the length of an answer is told twice or not at all sensibly (fault 17). And what a service
says beyond its answer must not become the answer to the next request (fault 18). Its own limits stay:
100 header fields of at most 64 KiB.
"""

from __future__ import annotations

import http
import http.client
import io
import socket
import ssl
import threading
import time
from typing import Any

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.poolmanager import PoolManager
from urllib3.util.wait import wait_for_read

from download_client.errors import Interrupted

_GLANCE = 0.25
"""Seconds between two looks at the stop event while waiting for bytes."""


class BadFraming(http.client.HTTPException):
    """The answer does not say clearly where it ends (RFC 9112 section 6)."""


class Watch(threading.local):
    """What the exchange of this thread keeps to: a monotonic deadline, seconds between bytes, an event that ends it."""

    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop
        self._stops = [stop]
        self.deadline = 0.0
        self.read = 0.0

    def start(self, *, total: float, read: float, stop: threading.Event | None) -> None:
        """An exchange begins; `stop` ends this one alone."""
        self._stops = [self._stop, *([stop] if stop is not None else [])]
        self.deadline = time.monotonic() + total
        self.read = read

    def left(self) -> float:
        """Seconds to the deadline, at least a little."""
        return max(0.001, self.deadline - time.monotonic())

    def await_bytes(self, sock: socket.socket) -> None:
        """Wait until a read would not block for long.

        Raises:
            TimeoutError: no byte came in time, or the deadline of the whole is over.
            Interrupted: stop.

        """
        patience = time.monotonic() + self.read
        while True:
            if any(stop.is_set() for stop in self._stops):
                raise Interrupted
            now = time.monotonic()
            until = min(patience, self.deadline)
            if now >= until:
                raise TimeoutError("deadline" if now >= self.deadline else "no byte came")
            if isinstance(sock, ssl.SSLSocket) and sock.pending() > 0:
                break
            if wait_for_read(sock, min(_GLANCE, until - now)):
                break
        sock.settimeout(min(self.read, self.left()))


class _WatchedStream(io.RawIOBase):
    """The bytes of one answer, each awaited under the watch."""

    def __init__(self, sock: socket.socket, watch: Watch) -> None:
        self._sock = sock
        self._raw = sock.makefile("rb", buffering=0)
        self._watch = watch

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        self._watch.await_bytes(self._sock)
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()


class _WatchedSocket:
    """Just enough of a socket for `http.client.HTTPResponse`, which asks it for a file alone."""

    def __init__(self, sock: socket.socket, watch: Watch) -> None:
        self._sock = sock
        self._watch = watch

    def makefile(self, mode: str) -> io.BufferedReader:
        if mode != "rb":
            raise ValueError(mode)
        return io.BufferedReader(_WatchedStream(self._sock, self._watch))


def watched_pools(manager: PoolManager, watch: Watch) -> None:
    """Make a pool manager read all its answers under the watch."""

    class WatchedResponse(http.client.HTTPResponse):
        def __init__(self, sock: Any, *args: Any, **kwargs: Any) -> None:
            super().__init__(_WatchedSocket(sock, watch), *args, **kwargs)  # type: ignore[arg-type]  # see there

        def begin(self) -> None:
            super().begin()
            require_framing(self.msg)

        def _read_status(self) -> tuple[str, int, str]:
            """Pass over interim answers (RFC 9110 section 15.2).

            `http.client` passes over 100 alone and would take a 103 for the answer; the true one would then be read
            as the answer to the next request.
            """
            while True:
                version, status, reason = super()._read_status()  # type: ignore[misc]  # not in the stubs
                if not 100 < status < 200:
                    return version, status, reason
                if status == http.HTTPStatus.SWITCHING_PROTOCOLS:
                    raise BadFraming("another protocol")
                http.client.parse_headers(self.fp)

    class WatchedHTTP(HTTPConnection):
        response_class = WatchedResponse

    class WatchedHTTPS(HTTPSConnection):
        response_class = WatchedResponse

        @property
        def is_connected(self) -> bool:
            """Nothing may wait to be read when a request goes out, in the TLS layer neither: it is no answer to it."""
            pending = self.sock.pending() if isinstance(self.sock, ssl.SSLSocket) else 0
            return super().is_connected and not pending

    class HTTPPool(HTTPConnectionPool):
        ConnectionCls = WatchedHTTP

    class HTTPSPool(HTTPSConnectionPool):
        ConnectionCls = WatchedHTTPS

    manager.pool_classes_by_scheme = {"http": HTTPPool, "https": HTTPSPool}


def require_framing(headers: http.client.HTTPMessage) -> None:
    """Refuse an answer whose header is malformed or tells its length in two ways.

    Raises:
        BadFraming: so it is.

    """
    lengths = headers.get_all("content-length", [])
    if headers.defects or len(set(lengths)) > 1 or not all(each.isascii() and each.isdigit() for each in lengths):
        raise BadFraming("malformed header")
    if lengths and "transfer-encoding" in headers:
        raise BadFraming("length told in two ways")
