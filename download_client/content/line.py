"""One easy handle and what arrives on it: gathers the header lines, asks for a verdict, fills blocks; decides nothing.

Everything here runs on the transfer thread, most of it inside libcurl's callbacks, which must not raise.
"""

from __future__ import annotations

from typing import Protocol

import pycurl

from download_client.content.answer import SAVES, Action, Verdict, empty
from download_client.content.fields import Fields
from download_client.content.journey import Journey
from download_client.content.order import ContentOptions
from download_client.content.pool import Pool, Rate
from download_client.content.problem import NOTE
from download_client.content.trust import Trust
from download_client.content.writer import Stream, Writer
from download_client.credentials import Secret
from download_client.errors import BodyRefused, MirError, TimedOut, Truncated

_REFUSED = 0
"""What a write callback returns to end the transfer: fewer bytes taken than given."""
_RECEIVE = 64 * 1024
_SUPPRESS_CONNECT_HEADERS = 265
"""pycurl has no name for it. Without it a proxy's refusal would be read as the service's word about a recording."""


class Desk(Protocol):
    """What a line needs of the fetcher."""

    def verdict(self, journey: Journey, fields: Fields) -> Verdict:
        """Judge an answer, and close the gate at once when it says so."""
        ...

    def paused(self, line: Line) -> None:
        """This line takes nothing more until it is told to go on."""
        ...


class Line:
    """A reusable connection handle. Times are monotonic seconds."""

    def __init__(
        self, *, options: ContentOptions, trust: Trust, pool: Pool, rate: Rate, writer: Writer, desk: Desk
    ) -> None:
        self._options = options
        self._pool = pool
        self._rate = rate
        self._writer = writer
        self._desk = desk
        self._lines: list[bytes] = []
        self._header_key: tuple[object, ...] = ()
        self._block: bytearray | None = None
        self._filled = 0
        self._saves = False
        self._most = 0
        self._seen = 0
        self._moved_at = 0.0
        self._started_at = 0.0
        self.journey: Journey | None = None
        self.stream: Stream | None = None
        self.verdict: Verdict | None = None
        self.fields = Fields(())
        self.error: MirError | None = None
        """Why this line itself ended the transfer."""
        self.note = bytearray()
        self.received = 0
        self.is_paused = False
        self.easy = easy = pycurl.Curl()
        _set_up(easy, options)
        trust.apply(easy)
        easy.setopt(pycurl.HEADERFUNCTION, self._lines.append)
        easy.setopt(pycurl.WRITEFUNCTION, self._take)
        easy.line = self

    def start(self, journey: Journey, secret: Secret | None, *, now: float) -> None:
        """Make the handle ready for the journey's next request."""
        self.journey = journey
        self.stream = self.verdict = self.error = None
        self._lines.clear()
        self.note.clear()
        self._filled = self.received = self._seen = 0
        self._saves = self.is_paused = False
        self._started_at = self._moved_at = now
        journey.requests += 1
        journey.used = secret
        self.easy.setopt(pycurl.URL, journey.url)
        key = (None if journey.foreign else secret, journey.asked.offset, journey.asked.etag)
        if key != self._header_key:
            self._header_key = key
            lines = journey.header_lines(secret, user_agent=self._options.user_agent)
            self.easy.setopt(pycurl.HTTPHEADER, lines)

    def judge(self) -> Verdict | None:
        """The verdict on the header lines that came; None when they are not whole."""
        if self.verdict is None and self.journey is not None:
            self.fields = Fields(self._lines)
            if self.fields.whole:
                self.verdict = self._desk.verdict(self.journey, self.fields)
                self._saves = self.verdict.action in SAVES
                if self._saves:
                    part = self.journey.accepted_part(self.verdict)
                    self.stream = Stream(self.journey, part, self.verdict)
                self._most = self.verdict.most
        return self.verdict

    def hand_over(self) -> None:
        """Give the writer what lies in the block in hand."""
        block, self._block = self._block, None
        if block is not None:
            if self.stream is not None and self._filled:
                self._writer.block(self.stream, block, self._filled)
            else:
                self._pool.give(block)
        self._filled = 0

    def overdue(self, *, now: float) -> MirError | None:
        """The watchdog: no answer, no byte, or in all too slow for too long. A pause of ours counts for nothing."""
        options = self._options
        arrived = self.received + len(self.note)
        if self.is_paused:
            self._started_at += now - self._moved_at
            self._moved_at = now
            return None
        if self.verdict is None:
            waited = now - self._started_at
            return TimedOut(f"no answer within {waited:.0f} s") if waited > options.answer else None
        if arrived != self._seen:
            self._seen = arrived
            self._moved_at = now
        if now - self._moved_at > options.stall:
            return TimedOut(f"no byte for {now - self._moved_at:.0f} s")
        if now - self._started_at > options.grace + arrived / options.floor_rate:
            return TimedOut(f"slower than {options.floor_rate} bytes per second")
        return None

    def go_on(self) -> None:
        """Take bytes again. libcurl may deliver what it holds at once, and be told to pause again."""
        self.is_paused = False
        self.easy.pause(pycurl.PAUSE_CONT)

    def close(self) -> None:
        """Let go of the handle."""
        self.easy.line = None
        self.easy.close()

    def _take(self, data: bytes) -> int | None:
        """Take a piece of a body: all of it, or none (a pause, or the end of the transfer)."""
        if self.verdict is None and self.judge() is None:
            return _REFUSED
        if not self._saves:
            self.note += data[: NOTE - len(self.note)]
            return None if len(self.note) < NOTE else _REFUSED
        size = len(data)
        if self.received + size > self._most:
            self.error = Truncated("more bytes than announced")
            return _REFUSED
        if not self._rate.open:
            return self._pause()
        block = self._block
        filled = self._filled + size
        if block is None or filled > self._pool.block:
            another = self._pool.take()
            if another is None:
                return self._pause()
            if block is not None:
                # Full to the brim, so that every block but the last is of one size.
                fits = self._pool.block - self._filled
                block[self._filled :] = data[:fits]
                data = data[fits:]
                self._filled = self._pool.block
                self.hand_over()
            self._block = block = another
            filled = len(data)
            self._filled = 0
        block[self._filled : filled] = data
        self._filled = filled
        self.received += size
        self._rate.take(size)
        return None

    def _pause(self) -> int:
        self.is_paused = True
        self._desk.paused(self)
        return int(pycurl.WRITEFUNC_PAUSE)

    def ended_well(self) -> MirError | None:
        """After libcurl says "whole": whether the length that was announced is there."""
        verdict = self.verdict
        if verdict is None:
            return BodyRefused("no answer")
        if verdict.length is not None and self.received != verdict.length:
            return Truncated(f"{self.received} of {verdict.length} bytes")
        whole = verdict.start + self.received
        if verdict.action is not Action.TAKE_WHOLE and verdict.total is not None and whole != verdict.total:
            return Truncated(f"{whole} of {verdict.total} bytes")
        if self.received == 0 and self.journey is not None:
            return empty(self.journey.asked, digest=verdict.digest)
        return None


def _set_up(easy: pycurl.Curl, options: ContentOptions) -> None:
    """What is the same for every request. No cookies, no .netrc, no redirects of libcurl's own, no decoding."""
    easy.setopt(pycurl.NOSIGNAL, 1)
    easy.setopt(pycurl.PROTOCOLS, pycurl.PROTO_HTTPS | pycurl.PROTO_HTTP)
    easy.setopt(pycurl.FOLLOWLOCATION, 0)
    # Parallel HTTP/1.1: one HTTP/2 connection is one window for all large files.
    easy.setopt(pycurl.HTTP_VERSION, pycurl.CURL_HTTP_VERSION_1_1)
    easy.setopt(pycurl.CONNECTTIMEOUT_MS, int(options.connect * 1000))
    easy.setopt(pycurl.BUFFERSIZE, _RECEIVE)
    easy.setopt(pycurl.TCP_KEEPALIVE, 1)
    easy.setopt(pycurl.HTTP_CONTENT_DECODING, 0)
    easy.setopt(pycurl.HEADEROPT, pycurl.HEADER_SEPARATE)
    # Set even when empty: libcurl would read the environment otherwise.
    easy.setopt(pycurl.PROXY, options.proxy)
    easy.setopt(_SUPPRESS_CONNECT_HEADERS, 1)
    loopback = "localhost,127.0.0.1,::1"
    easy.setopt(pycurl.NOPROXY, f"{options.no_proxy},{loopback}" if options.no_proxy else loopback)
    if options.proxy:
        if options.proxy_credentials is not None:
            signs_in = pycurl.HTTPAUTH_BASIC | pycurl.HTTPAUTH_DIGEST | pycurl.HTTPAUTH_NTLM
            easy.setopt(pycurl.PROXYAUTH, signs_in | pycurl.HTTPAUTH_NEGOTIATE)
            easy.setopt(pycurl.PROXYUSERPWD, options.proxy_credentials.reveal().encode())
        else:
            easy.setopt(pycurl.PROXYAUTH, pycurl.HTTPAUTH_NEGOTIATE | pycurl.HTTPAUTH_NTLM)
            easy.setopt(pycurl.PROXYUSERPWD, ":")
