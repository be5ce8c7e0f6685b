"""A door: one listening socket of the public side, which can be taken away and put back.

Not promised: the same connections afterwards; a door that refuses resets those that are open.
"""

import asyncio
import contextlib
import os
import socket

from mir_sandbox.faults.plan import Certificate
from mir_sandbox.front.house import House
from mir_sandbox.front.visit import Visit

_BACKLOG = 1024


def bound_socket(host: str, port: int) -> socket.socket:
    """A TCP socket bound to the address, not yet listening. Raises `OSError`.

    The protocol is named, because asyncio turns the delay of small packets off only for sockets that know theirs.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host, port))
        bound.setblocking(False)
    except OSError:
        bound.close()
        raise
    return bound


class Door:
    """One address of the public side. It is bound at once and listens from `open` on."""

    def __init__(self, name: str, *, host: str, port: int = 0, certificate: Certificate | None) -> None:
        self.name = name
        self._host = host
        self._certificate = certificate
        self._socket = bound_socket(host, port)
        self.port = int(self._socket.getsockname()[1])
        self._house: House | None = None
        self._server: asyncio.Server | None = None
        self._starting: asyncio.Task[None] | None = None
        self._visits: set[Visit] = set()
        self._listens = False

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"{'http' if self._certificate is None else 'https'}://{host}:{self.port}"

    async def open(self, house: House) -> None:
        """Listen, and from now on do as the board says."""
        self._house = house
        house.board.listen(self.look)
        self.look()
        if self._starting is not None:
            await self._starting

    def look(self) -> None:
        """Listen or refuse, as the board says now. What it says holds when this returns."""
        if self._house is None:
            return
        refuses = self._house.board.refuses(self.name)
        if refuses and self._listens:
            self._shut()
            self._socket = bound_socket(self._host, self.port)
        elif not refuses and not self._listens:
            self._socket.listen(_BACKLOG)
            self._listens = True
            self._starting = asyncio.create_task(self._serve(self._house, self._socket))

    async def _serve(self, house: House, listening: socket.socket) -> None:
        server = await asyncio.get_running_loop().create_server(
            lambda: Visit(house, door=self.name, certificate=self._certificate, visits=self._visits),
            sock=listening,
            backlog=_BACKLOG,
        )
        if self._listens and listening is self._socket:
            self._server = server
        else:
            server.close()

    def _shut(self) -> None:
        self._listens = False
        if self._server is not None:
            self._server.close()
            self._server = None
        self._socket.close()
        for visit in tuple(self._visits):
            visit.reset()

    async def close(self) -> None:
        """Listen no more, and end all connections."""
        self._house = None
        if self._starting is not None:
            self._starting.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._starting
        self._shut()
