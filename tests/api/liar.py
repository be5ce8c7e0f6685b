"""A server on a real socket that answers with whatever bytes a test gives it, true or not.

def answer(asked: Asked) -> Iterable[bytes | Act]: ...
with Liar(answer) as liar: ... liar.base, liar.asked
"""

from __future__ import annotations

import contextlib
import json
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

BASE_PATH = "/mir/api/v1"


class Act(Enum):
    """What else than bytes may be done to a client."""

    RESET = "reset"
    CLOSE = "close"
    HOLD = "hold"
    """Say nothing more until the test is over."""


@dataclass(frozen=True)
class Asked:
    """One request as it came."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def path(self) -> str:
        """The path below the base."""
        return urlsplit(self.target).path.removeprefix(BASE_PATH)

    @property
    def query(self) -> dict[str, str]:
        """The parameters."""
        return {name: values[-1] for name, values in parse_qs(urlsplit(self.target).query).items()}

    @property
    def form(self) -> dict[str, str]:
        """The fields of the body."""
        return {name: values[-1] for name, values in parse_qs(self.body.decode()).items()}


Answering = Callable[[Asked], Iterable[bytes | Act]]


class Liar:
    """Listens on 127.0.0.1; `asked` is what it was asked so far."""

    def __init__(self, answer: Answering, *, context: ssl.SSLContext | None = None) -> None:
        self.asked: list[Asked] = []
        self.connections = 0
        self._answer = answer
        self._context = context
        self._over = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._sockets: list[socket.socket] = []
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    @property
    def base(self) -> str:
        """The base address of the service that it pretends to be."""
        return f"{'https' if self._context else 'http'}://127.0.0.1:{self.port}{BASE_PATH}"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self._over.set()
        for each in (self._listener, *self._sockets):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()
        self._thread.join()

    def _accept(self) -> None:
        while not self._over.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            self._sockets.append(connection)
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError, ssl.SSLError, ValueError):
            if self._context is not None:
                connection = self._context.wrap_socket(connection, server_side=True)
                self._sockets.append(connection)
                if self._over.is_set():
                    # Nobody looks for it any more.
                    connection.close()
                    return
            reader = connection.makefile("rb")
            while (asked := _read(reader)) is not None:
                self.asked.append(asked)
                for each in self._answer(asked):
                    if isinstance(each, bytes):
                        connection.sendall(each)
                    elif each is Act.HOLD:
                        self._over.wait()
                        return
                    else:
                        self._end(connection, reset=each is Act.RESET)
                        return

    def _end(self, connection: socket.socket, *, reset: bool) -> None:
        if reset:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        else:
            connection.shutdown(socket.SHUT_RDWR)
        # The reader holds the socket open as well.
        self._sockets.remove(connection)
        connection.close()


def _read(reader: Any) -> Asked | None:
    line = reader.readline().decode()
    if not line:
        return None
    method, target, _ = line.split(" ", 2)
    headers: dict[str, str] = {}
    while (line := reader.readline().decode().strip()) != "":
        name, _, value = line.partition(":")
        headers[name.lower()] = value.strip()
    return Asked(method, target, headers, reader.read(int(headers.get("content-length", 0))))


def http(body: bytes, *, status: int = 200, media: str = "application/json", headers: str = "") -> bytes:
    """An honest answer."""
    return (
        f"HTTP/1.1 {status} Whatever\r\nContent-Type: {media}\r\nContent-Length: {len(body)}\r\n"
        f"X-Request-Id: answer-1\r\n{headers}\r\n"
    ).encode() + body


def honest(value: object, *, status: int = 200, headers: str = "") -> bytes:
    """An honest answer in JSON."""
    return http(json.dumps(value).encode(), status=status, headers=headers)


def problem(status: int, code: str, *, headers: str = "", **more: object) -> bytes:
    """An honest problem."""
    body = {"type": f"urn:mir:problem:{code}", "title": "T", "status": status, "detail": "D", "code": code, **more}
    return http(json.dumps(body).encode(), status=status, media="application/problem+json", headers=headers)


class Portal(Liar):
    """A liar that signs in honestly: metadata, rotating refresh tokens, revocation. `answer` has the rest.

    `refreshes` counts what was asked of the token endpoint; `live` is the refresh token that works.
    """

    def __init__(self, answer: Answering, *, seconds: int = 3600) -> None:
        self.live = "refresh-0"
        self.refreshes = 0
        self.revoked: list[str] = []
        self._seconds = seconds
        self._others = answer
        self._tokens = threading.Lock()
        super().__init__(self._route)

    def _route(self, asked: Asked) -> Iterable[bytes | Act]:
        if asked.path == "/.well-known/oauth-authorization-server":
            return [honest(metadata(self.base))]
        if asked.path == "/auth/token":
            return [self._token(asked.form)]
        if asked.path == "/auth/revoke":
            self.revoked.append(asked.form["token"])
            return [http(b"", media="text/plain")]
        return self._others(asked)

    def _token(self, form: Mapping[str, str]) -> bytes:
        with self._tokens:
            if form["grant_type"] == "password" and form["password"] != "right":
                return honest({"error": "invalid_grant"}, status=400)
            if form["grant_type"] == "client_credentials" and form["client_secret"] != "right":
                return honest({"error": "invalid_client"}, status=401)
            if form["grant_type"] == "refresh_token" and form["refresh_token"] != self.live:
                return honest({"error": "invalid_grant"}, status=400)
            self.refreshes += 1
            answer = {"access_token": f"access-{self.refreshes}", "token_type": "Bearer", "expires_in": self._seconds}
            if form["grant_type"] != "client_credentials":
                self.live = answer["refresh_token"] = f"refresh-{self.refreshes}"
            return honest(answer)


def metadata(base: str) -> dict[str, object]:
    """What RFC 8414 asks of a service at `base`."""
    return {
        "issuer": base,
        "authorization_endpoint": f"{base}/auth/authorize",
        "token_endpoint": f"{base}/auth/token",
        "revocation_endpoint": f"{base}/auth/revoke",
        "response_types_supported": ["code"],
        "grant_types_supported": ["authorization_code", "password", "refresh_token", "client_credentials"],
        "code_challenge_methods_supported": ["S256"],
        "scopes_supported": ["recordings.read", "recordings.download"],
        "token_endpoint_auth_methods_supported": ["none", "client_secret_post"],
        "authorization_response_iss_parameter_supported": True,
    }
