"""Where the browser comes back to: a tiny server on 127.0.0.1, for one answer (RFC 8252 section 7.3).

It shows a page that says how it went and hands over what came; whether that may be believed is decided by `state`
alone, before anything is handed over. It never shows or logs what it was sent.
"""

from __future__ import annotations

import hmac
import socket
import sys
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, urlsplit

from download_client.credentials import Secret

_HOST = "127.0.0.1"
_PATH = "/callback"
_LONGEST_LINE = 8192
_SECONDS_PER_CLIENT = 5.0

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<style>body{{font:1.1em/1.5 system-ui,sans-serif;max-width:34em;margin:18vh auto;padding:0 1em;color:#223}}</style>
</head><body><h1>{title}</h1><p>{text}</p></body></html>
"""
_DONE = ("You are signed in", "You can close this window and go back to the MIR Download Client.")
_REFUSED = ("The sign-in was not completed", "Go back to the MIR Download Client to try again.")
_STRANGE = ("This is not the answer we wait for", "Go back to the MIR Download Client and start the sign-in again.")


@dataclass(frozen=True, slots=True)
class Returned:
    """What the browser brought: a code, or the code of an error; `issuer` is empty where none was named."""

    code: Secret | None = None
    error: str = ""
    issuer: str = field(default="", repr=False)


class Loopback:
    """Listens from the moment it is made; a context manager that lets go of its port."""

    def __init__(self, *, state: str) -> None:
        self._arrived = threading.Event()
        self._returned: Returned | None = None
        self._lock = threading.Lock()
        self._server = _Server((_HOST, 0), self._handler(state))
        self.redirect_uri = f"http://{_HOST}:{self._server.server_port}{_PATH}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.1,), name="sign-in", daemon=True)
        self._thread.start()

    def wait(self, seconds: float) -> Returned | None:
        """What came; None: nothing yet."""
        return self._returned if self._arrived.wait(seconds) else None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _take(self, returned: Returned) -> bool:
        """The first answer counts; True: this was it."""
        with self._lock:
            first = self._returned is None
            self._returned = self._returned or returned
        self._arrived.set()
        return first

    def _handler(self, state: str) -> type[BaseHTTPRequestHandler]:
        loopback = self

        class Handler(BaseHTTPRequestHandler):
            timeout = _SECONDS_PER_CLIENT
            server_version = "MIR"
            sys_version = ""

            def do_GET(self) -> None:
                parts = urlsplit(self.path)
                ours = urlsplit(loopback.redirect_uri).netloc
                # Another Host: a page of the world that had its name lead here (DNS rebinding).
                if parts.path != _PATH or len(self.path) > _LONGEST_LINE or self.headers.get("Host") != ours:
                    self._answer(404, _STRANGE)
                    return
                untrusted = {name: values[0] for name, values in parse_qs(parts.query).items() if len(values) == 1}
                if not hmac.compare_digest(untrusted.get("state", "").encode(), state.encode()):
                    self._answer(400, _STRANGE)
                    return
                code, issuer = untrusted.get("code", ""), untrusted.get("iss", "")
                if code and "error" not in untrusted:
                    first = loopback._take(Returned(code=Secret(code), issuer=issuer))
                    self._answer(200 if first else 400, _DONE if first else _STRANGE)
                else:
                    loopback._take(Returned(error=untrusted.get("error", "no code"), issuer=issuer))
                    self._answer(200, _REFUSED)

            def _answer(self, status: int, words: tuple[str, str]) -> None:
                page = _PAGE.format(title=words[0], text=words[1]).encode()
                self.send_response(status)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(page)))
                self.send_header("Cache-Control", "no-store")
                self.send_header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
                self.send_header("Referrer-Policy", "no-referrer")
                self.send_header("Connection", "close")
                self.end_headers()
                self.wfile.write(page)

            def log_message(self, *_: object) -> None:
                """Say nothing: the line would hold the code."""

        return Handler


class _Server(ThreadingHTTPServer):
    """Browsers open connections ahead and leave them idle, hence a thread for each."""

    daemon_threads = True
    allow_reuse_address = False

    def server_bind(self) -> None:
        if sys.platform == "win32":
            # Else another program on this computer could bind the same port and take the code.
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        # Not HTTPServer's: that one looks up the name of the host, which can take seconds.
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = _HOST, self.server_address[1]

    def handle_error(self, *_: object) -> None:
        """A browser that goes away in the middle is no news; the inherited way would print to stderr."""
