"""Stands between a client and a service on loopback and writes down every exchange, whole.

Not promised: speed, TLS, or faithful copies of broken answers, but for bodies cut short: these are passed on cut short.
"""

import http.client
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from tests.contract.exchange import Exchange

HOP_BY_HOP = frozenset({"connection", "keep-alive", "transfer-encoding", "content-length"})


class Recorder:
    """A context; inside it `base_url` leads to the service, and `exchanges` grows.

    The service sees the recorder's own host name, so that the addresses it gives out lead through here too.
    """

    def __init__(self, base_url: str) -> None:
        self.exchanges: list[Exchange] = []
        parts = urlsplit(base_url)
        recorder, host, port = self, parts.hostname or "", parts.port or 80

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            # Two writes for each answer must not wait for each other.
            disable_nagle_algorithm = True

            def handle_one(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                exchange = forward(self, host=host, port=port, body=body)
                recorder.exchanges.append(exchange)
                self.send_response_only(exchange.status)
                for name, value in exchange.response_headers:
                    if name.lower() not in HOP_BY_HOP:
                        self.send_header(name, value)
                length = exchange.answered("Content-Length") or str(len(exchange.response_body))
                if exchange.status not in (204, 304):
                    self.send_header("Content-Length", length)
                self.close_connection = self.command != "HEAD" and int(length) != len(exchange.response_body)
                self.end_headers()
                self.wfile.write(exchange.response_body)

            do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = handle_one  # noqa: N815 - names of http.server

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as in http.server
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self.base_url = f"http://127.0.0.1:{self._server.server_port}{parts.path}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def forward(request: BaseHTTPRequestHandler, *, host: str, port: int, body: bytes) -> Exchange:
    """Ask the service the same and read its whole answer."""
    connection = http.client.HTTPConnection(host, port, timeout=30)
    try:
        connection.putrequest(request.command, request.path, skip_host=True, skip_accept_encoding=True)
        for name, value in request.headers.items():
            if name.lower() != "connection":
                connection.putheader(name, value)
        connection.endheaders(body or None)
        answer = connection.getresponse()
        try:
            content = answer.read()
        except http.client.IncompleteRead as cut:
            content = cut.partial
    finally:
        connection.close()
    return Exchange.recorded(
        method=request.command,
        target=request.path,
        status=answer.status,
        request_headers=tuple(request.headers.items()),
        request_body=body,
        response_headers=tuple(answer.getheaders()),
        response_body=content,
    )
