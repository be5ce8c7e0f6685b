"""One connection to the service: a request goes out, a whole small answer comes back; it does not try again.

`requests` (120 ms to import) is loaded with the first request, not with this module. Nothing here follows a redirect
or can switch verification off.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from download_client import __version__
from download_client.api.address import require_secure
from download_client.credentials import Secret

if TYPE_CHECKING:
    from download_client.api.transport import Transport

USER_AGENT = f"mir-download-client/{__version__}"

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class ConnectionOptions:
    """How the service is reached. Times in seconds, sizes in bytes.

    `ca_file` is trusted besides the system's store (PEM). `proxy` is empty for the system's, `direct` for none, or an
    address. `total` bounds one whole exchange, however slowly it trickles; `read` the wait for the next byte.
    """

    ca_file: Path | None = None
    proxy: str = field(default="", repr=False)
    connect: float = 10.0
    read: float = 30.0
    total: float = 60.0
    largest_body: int = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked. Query and form may hold numbers, names and secrets: they show in no repr.

    A secret in the form, and the token, are revealed when the request is sent and not before. `stop` cuts this request
    off, besides the connection's own. `headers` are sent besides our own.
    """

    method: str
    url: str
    query: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    form: tuple[tuple[str, str | Secret], ...] = field(default=(), repr=False)
    json: bytes = field(default=b"", repr=False)
    token: Secret | None = None
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    stop: threading.Event | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer: `body` without its content coding, header names in lower case.

    `content_type` is without parameters, in lower case. `request_id` is the service's, or ours where it named none
    that may be shown.
    """

    status: int
    headers: Mapping[str, str] = field(repr=False)
    content_type: str
    body: bytes = field(repr=False)
    request_id: str


class Connection:
    """Keeps connections open between requests. Thread-safe. `stop` cuts a request off within a quarter of a second."""

    def __init__(self, options: ConnectionOptions, *, stop: threading.Event) -> None:
        self._options = options
        self._stop = stop
        self._lock = threading.Lock()
        self._transport: Transport | None = None

    def send(self, request: Request) -> Answer:
        """One exchange; any status is an answer.

        Raises:
            InsecureAddress: neither https nor loopback; nothing was sent.
            NetworkError: the way to the service failed, in one of its kinds.
            ProtocolBroken: the answer breaks HTTP, or is larger than `largest_body`.
            Interrupted: `stop` was set.

        """
        require_secure(request.url)
        return self._opened(request.url).send(request)

    def _opened(self, url: str) -> Transport:
        with self._lock:
            if self._transport is None:
                from download_client.api.transport import Transport

                self._transport = Transport(self._options, first_url=url, stop=self._stop)
            return self._transport

    def close(self) -> None:
        """Let go of the sockets; a later request opens new ones."""
        with self._lock:
            transport, self._transport = self._transport, None
        if transport is not None:
            transport.close()
