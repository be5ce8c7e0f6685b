"""Reading HTTP/1.1 heads and finding the ends of messages (RFC 9112), no more than passing them on takes.

Not promised: validation. What cannot be framed is refused with `Unframed`; everything else travels on as it came.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

HEAD_END = b"\r\n\r\n"
LARGEST_HEAD = 1 << 20
"""Bytes of a request head or of a chunk-size line that are read before giving up."""

_CHUNK_SIZE = re.compile(rb"[0-9A-Fa-f]{1,15}")


class Unframed(Exception):
    """The bytes are no HTTP/1.1 message whose end can be found."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it came: `raw_head` with its blank line, and the body as it was framed on the wire."""

    raw_head: bytes
    method: str
    target: str
    version: str
    headers: dict[str, str]
    """Lower-case names; of a repeated one the last."""
    body: bytes = b""

    @property
    def path(self) -> str:
        """The target without its query."""
        return self.target.partition("?")[0]

    @property
    def wants_close(self) -> bool:
        """Whether the client asked for the connection to end after the answer (RFC 9112, 9.3)."""
        option = self.headers.get("connection", "").lower()
        return "close" in option or (self.version == "HTTP/1.0" and "keep-alive" not in option)

    def bearer(self) -> str | None:
        """The access token of `Authorization: Bearer`, if there is one."""
        scheme, _, token = self.headers.get("authorization", "").partition(" ")
        return token.strip() if scheme.lower() == "bearer" and token else None

    def edited(
        self, *, drop: Iterable[str] = (), put: Iterable[tuple[str, str]] = (), target: str = "", method: str = ""
    ) -> "Request":
        """The same request without the headers `drop` (lower case) and with those of `put`.

        Also to another `target` and by another `method`, unless these are empty.
        """
        put = tuple(put)
        gone = {*drop, *(name.lower() for name, _ in put)}
        lines = self.raw_head[:-4].split(b"\r\n")[1:]
        target, method = target or self.target, method or self.method
        first = f"{method} {target} {self.version}".encode("latin-1")
        kept = [line for line in lines if line.partition(b":")[0].strip().lower().decode("latin-1") not in gone]
        kept += [f"{name}: {value}".encode("latin-1") for name, value in put]
        headers = {name: value for name, value in self.headers.items() if name not in gone}
        headers |= {name.lower(): value for name, value in put}
        head = b"\r\n".join((first, *kept)) + HEAD_END
        return replace(self, raw_head=head, headers=headers, target=target, method=method)


@dataclass(frozen=True, slots=True)
class Head:
    """The head of an answer: names keep their case and their order, values their bytes."""

    status: int
    reason: bytes
    headers: tuple[tuple[bytes, bytes], ...]

    def first(self, name: str) -> bytes | None:
        """The first value of the header `name`, None if there is none."""
        wanted = name.lower().encode("latin-1")
        return next((value for key, value in self.headers if key.lower() == wanted), None)

    def without(self, *names: str) -> "Head":
        """The same head without any header of these names."""
        gone = {name.lower().encode("latin-1") for name in names}
        return replace(self, headers=tuple(pair for pair in self.headers if pair[0].lower() not in gone))

    def adding(self, *pairs: tuple[str, str]) -> "Head":
        """The same head with further headers at its end; one name may come several times."""
        more = tuple((name.encode("latin-1"), value.encode("latin-1")) for name, value in pairs)
        return replace(self, headers=self.headers + more)

    def having(self, name: str, value: str) -> "Head":
        """The same head with exactly one header of this name."""
        return self.without(name).adding((name, value))

    def encode(self) -> bytes:
        """The head on the wire, with its blank line."""
        lines = [b"HTTP/1.1 %d %s\r\n" % (self.status, self.reason)]
        lines += [b"%s: %s\r\n" % pair for pair in self.headers]
        return b"".join(lines) + b"\r\n"


def read_request_head(raw_head: bytes) -> Request:
    """The request of `raw_head` (blank line included), its body still to come. Raises `Unframed`."""
    first, *lines = raw_head[:-4].decode("latin-1").split("\r\n")
    parts = first.split(" ")
    if len(parts) != 3 or not parts[2].startswith("HTTP/1."):
        raise Unframed("no request line")
    headers = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if not colon:
            raise Unframed("a header line without a colon")
        headers[name.lower()] = value.strip()
    return Request(raw_head, parts[0], parts[1], parts[2], headers)


def read_answer_head(raw_head: bytes) -> Head:
    """The answer head of `raw_head` (blank line included). Raises `Unframed`."""
    first, *lines = raw_head[:-4].split(b"\r\n")
    version, _, rest = first.partition(b" ")
    status, _, reason = rest.partition(b" ")
    if not version.startswith(b"HTTP/1.") or not status.isdigit():
        raise Unframed("no status line")
    pairs = (line.partition(b":") for line in lines)
    return Head(int(status), reason, tuple((name, value.strip()) for name, _, value in pairs))


class Frame:
    """Where the body of one message ends. Feed it what comes; `done` says when the message is whole.

    `length` None means chunked; -1 means that the body ends with the connection (`to_the_end`).
    """

    def __init__(self, length: int | None) -> None:
        self.to_the_end = length == -1
        self._left = length or 0
        self._chunked = length is None
        self._in_data = not self._chunked
        self._line = b""
        self._last = False
        self.done = length == 0

    def feed(self, data: bytes) -> tuple[int, list[bytes]]:
        """How many bytes of `data` belong to this message, and the pieces of content among them."""
        if self.to_the_end:
            return len(data), [data]
        if not self._chunked:
            taken = min(len(data), self._left)
            self._left -= taken
            self.done = not self._left
            return taken, [data[:taken] if taken < len(data) else data]
        pieces: list[bytes] = []
        position = 0
        while position < len(data) and not self.done:
            if self._in_data:
                piece = data[position : position + self._left]
                position += len(piece)
                self._left -= len(piece)
                self._in_data = bool(self._left)
                pieces.append(piece)
            else:
                position = self._feed_line(data, position)
        return position, pieces

    def _feed_line(self, data: bytes, start: int) -> int:
        """Read on in a chunk-size line, in the line end after a chunk or in the trailer; the position after it."""
        end = data.find(b"\n", start)
        if end < 0:
            self._line += data[start:]
            if len(self._line) > LARGEST_HEAD:
                raise Unframed("an endless line between chunks")
            return len(data)
        line = (self._line + data[start : end + 1]).rstrip(b"\r\n")
        self._line = b""
        if self._last:
            self.done = not line
        elif line:
            size = line.partition(b";")[0].strip()
            if not _CHUNK_SIZE.fullmatch(size):
                raise Unframed("no chunk size")
            self._left = int(size, 16)
            self._last = not self._left
            self._in_data = bool(self._left)
        return end + 1


def body_length(headers: dict[str, str]) -> int | None:
    """How long the body of a request is by its headers; None means chunked. Raises `Unframed`."""
    if "transfer-encoding" in headers:
        return None
    text = headers.get("content-length", "0")
    if not text.isdigit():
        raise Unframed("no length")
    return int(text)
