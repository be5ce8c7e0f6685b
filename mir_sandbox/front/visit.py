"""A visit: one connection from a client, whose requests are passed on in turn or answered with a fault.

Not promised: more than one request under way at a time on one connection; those sent ahead wait.
"""

import asyncio
import socket
import ssl
import struct
from dataclasses import replace
from typing import cast

from mir_sandbox.faults.plan import Certificate, End, Move, Scene
from mir_sandbox.faults.rule import Rule
from mir_sandbox.faults.where import Call
from mir_sandbox.front.house import House
from mir_sandbox.front.http1 import (
    HEAD_END,
    LARGEST_HEAD,
    Frame,
    Request,
    Unframed,
    body_length,
    read_answer_head,
    read_request_head,
)
from mir_sandbox.front.journal import Ending, Entry
from mir_sandbox.front.perform import ClientLeft, perform
from mir_sandbox.front.route import Route, Target, target_of
from mir_sandbox.front.upstream import Upstream

_HIGH_WATER = 256 * 1024
_SEND_COSTS = 4096
"""What one small write counts for, in bytes: others get their turn after `_HIGH_WATER`."""
_LARGEST_BODY = 64 * 1024 * 1024
_REFUSAL = b"HTTP/1.1 %s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class Visit(asyncio.Protocol):
    """One connection at the door called `door`; `certificate` None means plain HTTP."""

    def __init__(self, house: House, *, door: str, certificate: Certificate | None, visits: "set[Visit]") -> None:
        self._house = house
        self._door = door
        self._certificate = certificate
        self._visits = visits
        self._number = house.journal.connect(door)
        self._raw: asyncio.Transport | None = None
        self._transport: asyncio.Transport | None = None
        self._buffer = b""
        self._frame: Frame | None = None
        self._request: Request | None = None
        self._passed: Request | None = None
        self._body: list[bytes] = []
        self._busy = False
        self._reading_paused = False
        self._writable = asyncio.Event()
        self._writable.set()
        self._task: asyncio.Task[None] | None = None
        self._upstream: Upstream | None = None
        self._entry: Entry | None = None
        self._target = Target(Route.OTHER)
        self._began = 0.0
        self._answer_head = b""
        self._hangs_up_next = False
        self._unshared = 0
        self._lost = False

    # -- the connection -------------------------------------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Asyncio: a connection was accepted."""
        raw = cast(asyncio.Transport, transport)
        self._raw = raw
        self._visits.add(self)
        certificate = self._certificate
        if self._house.board.active and (rule := self._house.board.choose_connection(self._door)) is not None:
            if rule.plan.move is not None:
                self._turn_away(rule, rule.plan.move)
                return
            if certificate is not None and rule.plan.certificate is not None:
                certificate = rule.plan.certificate
        if certificate is None or self._house.certificates is None:
            self._open(raw)
        else:
            raw.pause_reading()
            self._task = asyncio.create_task(self._secure(self._house.certificates.context(certificate)))

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's interface
        """Asyncio: the connection is gone."""
        self._lost = True
        self._visits.discard(self)
        self._writable.set()
        if self._entry is not None:
            self._note(Ending.CLIENT_LEFT)
        if self._upstream is not None:
            self._upstream.drop()
            self._upstream = None
        if self._task is not None:
            self._task.cancel()

    def pause_writing(self) -> None:
        """Asyncio: the client takes less than it is sent."""
        self._writable.clear()
        if self._upstream is not None:
            self._upstream.pause()

    def resume_writing(self) -> None:
        """Asyncio: the client has caught up."""
        self._writable.set()
        if self._upstream is not None:
            self._upstream.resume()

    def _open(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        transport.set_write_buffer_limits(high=_HIGH_WATER)

    async def _secure(self, context: ssl.SSLContext) -> None:
        raw = self._raw
        if raw is None:
            return
        try:
            transport = await asyncio.get_running_loop().start_tls(
                raw, self, context, server_side=True, ssl_handshake_timeout=30.0
            )
        except OSError:
            transport = None
        self._task = None
        if transport is None or self._lost:
            self._lost = True
            self._visits.discard(self)
            raw.abort()
            return
        self._open(transport)
        if self._buffer:
            self._take()

    def _turn_away(self, rule: Rule, move: Move) -> None:
        match move:
            case Move.BLACK_HOLE:
                if self._raw is not None:
                    self._raw.pause_reading()
                self._task = asyncio.create_task(self._wait_in_the_dark(rule))
            case Move.CLOSE:
                self.close()
            case Move.RESET | Move.REFUSE:
                self.reset()

    async def _wait_in_the_dark(self, rule: Rule) -> None:
        await rule.wait(None)
        self.reset()

    # -- requests -------------------------------------------------------------------------------------------

    def data_received(self, data: bytes) -> None:
        """Asyncio: the client sends."""
        self._buffer = self._buffer + data if self._buffer else data
        if not self._busy and self._transport is not None:
            self._take()
        elif len(self._buffer) > _HIGH_WATER and not self._reading_paused and self._transport is not None:
            self._reading_paused = True
            self._transport.pause_reading()

    def _take(self) -> None:
        """Read on in what the client has sent; begin to answer when a request is whole."""
        try:
            if self._request is None and not self._take_head():
                return
            request, frame = self._request, self._frame
            if request is None or frame is None:
                return
            if self._buffer and not frame.done:
                taken, _ = frame.feed(self._buffer)
                self._body.append(self._buffer[:taken])
                self._buffer = self._buffer[taken:]
        except Unframed:
            self._refuse(b"400 Bad Request")
            return
        if frame.done:
            if self._body:
                request = replace(request, body=b"".join(self._body))
                self._body = []
            self._request = self._frame = None
            self._begin(request)
        elif sum(map(len, self._body)) > _LARGEST_BODY:
            self._refuse(b"413 Content Too Large")

    def _take_head(self) -> bool:
        while self._buffer.startswith(b"\r\n"):
            self._buffer = self._buffer[2:]
        end = self._buffer.find(HEAD_END) + len(HEAD_END)
        if end < len(HEAD_END):
            if len(self._buffer) > LARGEST_HEAD:
                self._refuse(b"431 Request Header Fields Too Large")
            return False
        request = read_request_head(self._buffer[:end])
        self._buffer = self._buffer[end:]
        self._request, self._frame = request, Frame(body_length(request.headers))
        if not self._frame.done and not self._buffer and "expect" in request.headers and self._transport is not None:
            self._transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        return True

    def _refuse(self, status: bytes) -> None:
        if self._transport is not None:
            self._transport.write(_REFUSAL % status)
        self.close()

    def _begin(self, request: Request) -> None:
        if self._hangs_up_next:
            self.close()
            return
        self._busy = True
        house = self._house
        target = self._target = self._target_of(request)
        self._entry = house.journal.open(request, target, door=self._door, connection=self._number)
        self._began = asyncio.get_running_loop().time()
        rule = None
        if house.board.active:
            token = request.bearer()
            user = house.whose(token) if token else None
            rule = house.board.choose(Call(request, target, self._door, self._number, user))
        if rule is None:
            self._pass_on(request)
        else:
            self._entry.fault = rule.order.fault.name
            self._task = asyncio.create_task(self._perform(request, rule))

    def _target_of(self, request: Request) -> Target:
        target = target_of(request.path, base_path=self._house.base_path)
        return target if target.route is not Route.LINK else self._house.links.target_of(request.path)

    def _scene(self, request: Request, rule: Rule) -> Scene:
        house = self._house
        return Scene(request, self._target, house.origins, rule.random, rule.memory, rule.wait)

    async def _perform(self, request: Request, rule: Rule) -> None:
        scene = self._scene(request, rule)
        try:
            end = await perform(self, self._house.pool, rule, scene)
            if scene.true_head is not None and scene.true_head.status == 307:
                self._house.links.learn(scene.true_head, self._target)
            await self._end(end, request)
        except ClientLeft:
            self.reset()
        except Exception as error:
            self._note(Ending.BROKEN)
            self.reset()
            if not isinstance(error, OSError | Unframed):
                raise

    async def _end(self, end: End, request: Request) -> None:
        self._task = None
        match end:
            case End.RESET:
                await self.flushed()
                self._note(Ending.RESET)
                self.reset()
            case End.CLOSE:
                self._note(Ending.CLOSED)
                self.close()
            case End.KEEP | End.CLOSE_ON_NEXT:
                self._hangs_up_next = end is End.CLOSE_ON_NEXT
                self._finish(request)

    # -- passing on ------------------------------------------------------------------------------------------

    def _pass_on(self, request: Request) -> None:
        self._passed = request
        upstream = self._house.pool.take()
        if upstream is None:
            self._task = asyncio.create_task(self._connect_and_ask())
        else:
            self._ask(upstream)

    async def _connect_and_ask(self) -> None:
        try:
            upstream = await self._house.pool.connect()
        except OSError:
            self._note(Ending.BROKEN)
            self._refuse(b"502 Bad Gateway")
            return
        self._task = None
        self._ask(upstream)

    def _ask(self, upstream: Upstream) -> None:
        self._upstream = upstream
        if (request := self._passed) is not None:
            upstream.ask(request.raw_head + request.body, self, bodiless=request.method == "HEAD")

    def answer_begins(self, raw_head: bytes) -> None:
        """The service's answer: its head, which waits for the first piece of the body to go with it."""
        self._answer_head = raw_head
        if self._entry is not None:
            self._entry.status = int(raw_head[9:12])
            if self._entry.status == 307:
                self._house.links.learn(read_answer_head(raw_head), self._target)

    def answer_goes_on(self, raw: bytes, pieces: list[bytes]) -> None:  # noqa: ARG002 - bytes go on as they came
        """The service's answer: more of its body."""
        if self._answer_head:
            raw, self._answer_head = self._answer_head + raw, b""
        self.write(raw)

    def answer_ends(self) -> None:
        """The service's answer is whole."""
        if self._answer_head:
            self.write(self._answer_head)
            self._answer_head = b""
        self._upstream = None
        if not self._lost and self._passed is not None:
            self._finish(self._passed)

    def answer_breaks(self) -> None:
        """The service's connection was lost; before anything came of an answer it is asked once more."""
        upstream, self._upstream = self._upstream, None
        entry = self._entry
        if entry is None or self._lost:
            return
        if upstream is not None and upstream.used and not entry.sent and entry.status is None:
            self._task = asyncio.create_task(self._connect_and_ask())
        elif not entry.sent:
            self._note(Ending.BROKEN)
            self._refuse(b"502 Bad Gateway")
        else:
            self._note(Ending.BROKEN)
            self.reset()

    def _finish(self, request: Request) -> None:
        """An answer is whole; on with the next request."""
        self._note(Ending.COMPLETE)
        self._busy = False
        if request.wants_close:
            self.close()
            return
        if self._reading_paused and self._transport is not None:
            self._reading_paused = False
            self._transport.resume_reading()
        if self._buffer:
            asyncio.get_running_loop().call_soon(self._go_on)

    def _go_on(self) -> None:
        if not self._busy and not self._lost and self._buffer:
            self._take()

    def _note(self, ending: Ending) -> None:
        if self._entry is not None:
            self._entry.ending = ending
            self._entry.seconds = asyncio.get_running_loop().time() - self._began
            self._entry = None

    # -- the wire, for faults ----------------------------------------------------------------------------------

    def write(self, data: bytes) -> None:
        """Put bytes on the wire."""
        if self._transport is not None and not self._is_gone():
            if self._entry is not None:
                self._entry.sent += len(data)
            self._transport.write(data)

    def _is_gone(self) -> bool:
        """Whether nothing can be sent any more; the socket knows it before TLS does."""
        return self._lost or self._raw is None or self._raw.is_closing()

    async def send(self, data: bytes) -> None:
        """Put bytes on the wire and wait until few are left to go. Raises `ClientLeft`."""
        if self._transport is None or self._is_gone():
            raise ClientLeft
        self.write(data)
        self._unshared += len(data) + _SEND_COSTS
        if not self._writable.is_set():
            await self._writable.wait()
        elif self._unshared > _HIGH_WATER:
            self._unshared = 0
            await asyncio.sleep(0)

    def answered(self, status: int) -> None:
        """Note the status for the journal."""
        if self._entry is not None:
            self._entry.status = status

    async def flushed(self) -> None:
        """Wait until the client's system has everything, at most two seconds."""
        deadline = asyncio.get_running_loop().time() + 2.0
        quiet = 0
        while quiet < 2 and asyncio.get_running_loop().time() < deadline:
            if self._raw is None or self._raw.is_closing():
                return
            waiting = self._raw.get_write_buffer_size() or _unacknowledged(self._raw)
            quiet = 0 if waiting else quiet + 1
            await asyncio.sleep(0.002)

    def close(self) -> None:
        """End the connection in order (FIN), after what is still to be sent."""
        transport = self._transport or self._raw
        if transport is not None:
            transport.close()

    def reset(self) -> None:
        """End the connection at once (RST)."""
        raw = self._raw
        if raw is not None:
            if not raw.is_closing():
                linger = struct.pack("HH" if hasattr(socket, "SO_EXCLUSIVEADDRUSE") else "ii", 1, 0)
                raw.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            raw.abort()


def _unacknowledged(transport: asyncio.Transport) -> int:
    """Bytes the peer's system has not confirmed yet; 0 where the system does not tell."""
    try:
        import fcntl
        import termios
    except ImportError:
        return 0
    answer = fcntl.ioctl(transport.get_extra_info("socket").fileno(), termios.TIOCOUTQ, b"\0\0\0\0")
    return int.from_bytes(answer, "little")
