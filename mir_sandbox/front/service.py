"""One running stand-in service: doors and proxies in front, the two applications behind, on one event loop.

Not promised: a command line, or an end by itself; who starts it closes it.
"""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from mir_sandbox.faults.board import Board
from mir_sandbox.faults.plan import Certificate, Origins
from mir_sandbox.faults.routes import faults_app
from mir_sandbox.front.door import Door, bound_socket
from mir_sandbox.front.house import House
from mir_sandbox.front.journal import Journal
from mir_sandbox.front.proxy import Login, Proxy
from mir_sandbox.front.route import Links
from mir_sandbox.front.routes import wire_app
from mir_sandbox.front.upstream import Pool
from mir_sandbox.options import SandboxOptions
from mir_sandbox.serve import Apps

if TYPE_CHECKING:
    from mir_sandbox.front.certificates import Certificates

_IDLE_FOR_EVER = 10**6


@dataclass(frozen=True, slots=True)
class FrontOptions:
    """What the front adds to the options of the service."""

    directory: Path
    """For the certificate authority; it is kept there and used again."""
    bad_certificates: bool = False
    """Open a door for each certificate that is not good."""
    links_elsewhere: bool = False
    """Signed links lie on the other door."""


Build = Callable[[SandboxOptions, dict[str, ASGIApp]], Apps]


class Service:
    """Sockets are bound when it is made, so that all addresses are known; it serves between `open` and `close`.

    Raises `OSError` when a port cannot be had.
    """

    def __init__(self, options: SandboxOptions, front: FrontOptions, build: Build) -> None:
        good = Certificate.VALID if options.tls else None
        self._certificates = _certificates(front.directory) if options.tls else None
        self.main = Door("main", host=options.host, port=options.port, certificate=good)
        self.other = Door("other", host=options.host, certificate=good)
        self.plain = Door("plain", host=options.host, certificate=None) if options.tls else self.other
        bad = [each for each in Certificate if each is not Certificate.VALID]
        self.bad = {
            each.value: Door(each.value, host=options.host, certificate=each)
            for each in (bad if options.tls and front.bad_certificates else ())
        }
        self.board, self.journal = Board(), Journal()
        self.login = Login("proxy-user", secrets.token_urlsafe(12))
        self.proxy = Proxy("proxy", host=options.host, journal=self.journal)
        self.strict_proxy = Proxy("strictProxy", host=options.host, journal=self.journal, login=self.login)
        if front.links_elsewhere:
            options = replace(options, signed_links=True, signed_link_base=self.other.origin)
        self.options = replace(options, port=self.main.port)
        self.apps = build(self.options, {"faults": faults_app(self.board), "wire": wire_app(self.journal)})
        self._inner = bound_socket("127.0.0.1", 0)
        self._server = _Server(
            uvicorn.Config(
                _both(self.apps),
                log_config=None,
                access_log=False,
                lifespan="off",
                ws="none",
                proxy_headers=False,
                server_header=False,
                timeout_keep_alive=_IDLE_FOR_EVER,
                timeout_graceful_shutdown=1,
            )
        )
        self._serving: asyncio.Task[None] | None = None
        self._pool: Pool | None = None

    @property
    def ca_file(self) -> Path | None:
        """The certificate of the authority behind the good certificate; None without TLS."""
        return self._certificates.ca_file if self._certificates is not None else None

    @property
    def control_url(self) -> str:
        """The address of the control interface; it lies behind the front, where no fault reaches it."""
        return f"http://127.0.0.1:{self._inner.getsockname()[1]}{self.apps.control_path}"

    async def open(self) -> None:
        """Serve."""
        self._inner.listen(1024)
        self._serving = asyncio.create_task(self._server.serve(sockets=[self._inner]))
        self._pool = Pool("127.0.0.1", self._inner.getsockname()[1])
        house = House(
            board=self.board,
            journal=self.journal,
            pool=self._pool,
            base_path=self.apps.base_path,
            origins=Origins(own=self.main.origin, other=self.other.origin, plain=self.plain.origin),
            certificates=self._certificates,
            whose=self.apps.whose,
            links=Links(),
        )
        for door in self._doors():
            await door.open(house)
        await self.proxy.open()
        await self.strict_proxy.open()

    async def close(self) -> None:
        """End everything; the store is closed too."""
        self.board.clear()
        for door in self._doors():
            await door.close()
        await self.proxy.close()
        await self.strict_proxy.close()
        if self._pool is not None:
            self._pool.close()
        if self._serving is not None:
            self._server.should_exit = True
            await self._serving
        self.apps.close()

    def _doors(self) -> list[Door]:
        return [*dict.fromkeys((self.main, self.other, self.plain, *self.bad.values()))]


class _Server(uvicorn.Server):
    """Uvicorn without signal handlers of its own; the process decides when it ends."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals alone."""
        yield


def _certificates(directory: Path) -> Certificates:
    # What makes them takes long to load, and most services have none.
    from mir_sandbox.front.certificates import Certificates

    return Certificates(directory)


def _both(apps: Apps) -> ASGIApp:
    """One application of the two, told apart by the path."""

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        controls = scope.get("path", "").startswith(apps.control_path)
        await (apps.control if controls else apps.service)(scope, receive, send)

    return application
