"""A real mail server and a real web server on this computer, with certificates that only our own authority signs."""

from __future__ import annotations

import asyncio
import logging
import ssl
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import trustme
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

LOOPBACK = "127.0.0.1"


@dataclass
class Authority:
    """Signs for this computer; `ca_file` is what a client is to trust."""

    folder: Path
    ca: trustme.CA = field(default_factory=trustme.CA)

    @property
    def ca_file(self) -> Path:
        path = self.folder / "authority.pem"
        self.ca.cert_pem.write_to_path(str(path))
        return path

    def context(self, name: str = LOOPBACK) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.ca.issue_cert(name).configure_cert(context)
        return context


@dataclass
class Mailbox:
    """A server of mail: `letters` it took, and what it says instead of taking one."""

    port: int = 0
    letters: list[EmailMessage] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)
    logins: list[tuple[str, str]] = field(default_factory=list)
    answer: str = "250 taken"
    unknown: frozenset[str] = frozenset()
    password: str = ""

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.unknown:
            return "550 nobody of that name"
        envelope.rcpt_tos.append(address)
        return "250 known"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.content, bytes)
        assert session.ssl is not None or _is_secret(server.transport), "in the open"
        if self.answer.startswith("250"):
            self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
            self.recipients.append(list(envelope.rcpt_tos))
        return self.answer

    def is_known(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.logins.append((data.login.decode(), data.password.decode()))
        good = data.password.decode() == self.password
        return AuthResult(success=good, handled=good)

    @contextmanager
    def open(self, context: ssl.SSLContext | None, *, at_once: bool = False) -> Iterator[Mailbox]:
        """Take mail while inside; `at_once`: TLS from the first byte. Without a context it offers none."""
        # It tells of clients that hang up, which is what some are to do.
        logging.getLogger("mail.log").setLevel(logging.CRITICAL)
        loop = asyncio.new_event_loop()
        ready = threading.Event()
        servers: list[asyncio.Server] = []

        def protocol() -> SMTP:
            starttls = None if at_once else context
            with warnings.catch_warnings():
                # It does not know that it is behind TLS from the first byte.
                warnings.simplefilter("ignore", UserWarning)
                return SMTP(
                    self,
                    hostname="mail.test",
                    loop=loop,
                    tls_context=starttls,
                    require_starttls=starttls is not None,
                    authenticator=self.is_known,
                    auth_required=bool(self.password),
                    auth_require_tls=starttls is not None,
                )

        async def serve() -> None:
            server = await loop.create_server(protocol, LOOPBACK, self.port, ssl=context if at_once else None)
            servers.append(server)
            self.port = server.sockets[0].getsockname()[1]
            ready.set()

        def run() -> None:
            loop.run_until_complete(serve())
            loop.run_forever()
            servers[0].close()
            for task in asyncio.all_tasks(loop):
                task.cancel()
            loop.run_until_complete(asyncio.sleep(0.01))
            loop.close()

        thread = threading.Thread(target=run, name="mail server")
        thread.start()
        assert ready.wait(20)
        try:
            yield self
        finally:
            loop.call_soon_threadsafe(loop.stop)
            thread.join()


def _is_secret(transport: asyncio.BaseTransport | None) -> bool:
    return transport is not None and transport.get_extra_info("sslcontext") is not None


@dataclass(frozen=True)
class Call:
    """One request as it came."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Hook:
    """A web server: `calls` it got; each is answered by the next of `answers`, the last for ever."""

    calls: list[Call] = field(default_factory=list)
    answers: list[tuple[int, dict[str, str]]] = field(default_factory=lambda: [(204, {})])
    url: str = ""
    when_called: Callable[[Call], None] = lambda _: None

    @contextmanager
    def open(self, context: ssl.SSLContext | None) -> Iterator[Hook]:
        hook = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                self._take()

            def do_POST(self) -> None:
                self._take()

            def _take(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
                headers = {name.lower(): value for name, value in self.headers.items()}
                call = Call(self.command, self.path, headers, body)
                hook.calls.append(call)
                hook.when_called(call)
                status, more = hook.answers.pop(0) if len(hook.answers) > 1 else hook.answers[0]
                self.send_response(status)
                for name, value in {"Content-Length": "0", "Connection": "close", **more}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.close_connection = True

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
                return

        class Server(ThreadingHTTPServer):
            def handle_error(self, request: Any, client_address: Any) -> None:
                """Whoever does not trust us hangs up: that is what is tested."""

        server = Server((LOOPBACK, 0), Handler)
        if context is not None:
            server.socket = context.wrap_socket(server.socket, server_side=True)
        scheme = "https" if context is not None else "http"
        self.url = f"{scheme}://{LOOPBACK}:{server.server_address[1]}/hooks/canary-in-the-address"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, name="web server")
        thread.start()
        try:
            yield self
        finally:
            server.shutdown()
            server.server_close()
            thread.join()
