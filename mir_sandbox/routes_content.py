"""The audio of recordings: whole, in part, not yet, or by a signed link.

Not promised: a Content-Encoding, several ranges in one answer, and suffix ranges.
"""

import asyncio
import base64
import re
from email.utils import formatdate
from urllib.parse import quote

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from mir_sandbox.answers import BASE, Bytes, Headers, base_url, entry_of, hearer, not_found, query_of
from mir_sandbox.calls import State
from mir_sandbox.clock import add_months, utc_text
from mir_sandbox.limits import Policy
from mir_sandbox.options import Digests
from mir_sandbox.people import Permission
from mir_sandbox.problems import Code, Problem, invalid
from mir_sandbox.render import file_name, recording_id
from mir_sandbox.rows import RecordingRow
from mir_sandbox.seals import BrokenSeal, NotSealed, Seal
from mir_sandbox.service import Service
from mir_sandbox.visibility import View

BLOCK = 1 << 18
_RANGE = re.compile(r"bytes=(\d{1,18})-(\d{1,18})?", re.ASCII)
_WAIT = 30
"""Seconds that a client is told to wait at most for a recording that is being processed."""


class Stream(Response):
    """Audio from `start` to `end` (exclusive), read block by block; ends early when the client is gone."""

    def __init__(
        self,
        service: Service,
        row: RecordingRow,
        who: str,
        headers: Headers,
        *,
        status: int,
        span: range,
        purpose: Permission,
    ) -> None:
        self.status_code = status
        self.raw_headers = headers
        self.background = None
        self._service = service
        self._row = row
        self._who = who
        self._span = span
        self._purpose = purpose

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the answer (ASGI)."""
        service, who = self._service, self._who
        try:
            await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
            if scope["method"] == "HEAD" or len(self._span) <= BLOCK:
                body = b"" if scope["method"] == "HEAD" else self._read(self._span.start)
                await send({"type": "http.response.body", "body": body})
                return
            gone = asyncio.ensure_future(_gone(receive))
            try:
                for start in range(self._span.start, self._span.stop, BLOCK):
                    if gone.done():
                        return
                    more = start + BLOCK < self._span.stop
                    await send({"type": "http.response.body", "body": self._read(start), "more_body": more})
            finally:
                gone.cancel()
        finally:
            service.gate.leave(who, self._purpose)

    def _read(self, start: int) -> bytes:
        length = min(BLOCK, self._span.stop - start)
        return self._service.read(self._row, start=start, length=length) if length else b""


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


class ContentRoutes:
    """The content of recordings, at its own address and behind signed links."""

    def __init__(self, service: Service) -> None:
        self._service = service

    async def content(self, request: Request) -> Response:
        """`HEAD` and `GET /conversations/{conversationId}/recordings/{recordingId}/content`."""
        service = self._service
        purpose = _purpose(request)
        caller = hearer(request, service, purpose)
        now_ms = service.now_ms()
        conversation = service.ids.conversation_number(request.path_params["conversation_id"])
        row = service.recording(request.path_params["recording_id"])
        if row is None or row.conversation != conversation:
            raise not_found()
        self._check_there(row, now_ms=now_ms, view=caller.view)
        etag = row.strong_etag
        if _names(request.headers.get("if-none-match"), etag):
            return Bytes(b"", [(b"etag", etag.encode())], status=304)
        if service.behaviour.signed_links:
            expires = now_ms + service.options.lifetimes.signed_link * 1000
            token = service.sealer.close(Seal.LINK, caller.user.user_id, row.number, etag, expires, purpose.value)
            base = service.behaviour.signed_link_base
            where = f"{base.rstrip('/')}{BASE}" if base else base_url(request, service)
            headers = [(b"location", f"{where}/links/{token}".encode()), (b"cache-control", b"private, no-store")]
            return Bytes(b"", headers, status=307)
        return self._answer(request, row, caller.user.user_id, caller.limit_headers, purpose)

    async def link(self, request: Request) -> Response:
        """A signed link: whoever holds it may fetch until it expires."""
        service = self._service
        now_ms = service.now_ms()
        try:
            user_id, number, etag, expires, purpose = service.sealer.open(Seal.LINK, request.path_params["token"])
        except (NotSealed, BrokenSeal):
            raise not_found() from None
        user = service.users[user_id]
        entry_of(request).user = user.username
        if expires <= now_ms:
            raise Problem(
                Code.TOKEN_EXPIRED,
                "The signed link has expired. Ask for the content again.",
                headers={"WWW-Authenticate": 'Bearer realm="mir", error="invalid_token"'},
            )
        limit_headers = service.gate.pass_through(Policy.CONTENT, user_id)
        row = service.recording_by_number(number)
        if row is None or row.strong_etag != etag:
            raise not_found()
        self._check_there(row, now_ms=now_ms, view=service.visibility.view(user))
        return self._answer(request, row, user_id, limit_headers, Permission(purpose))

    def _check_there(self, row: RecordingRow, *, now_ms: int, view: View) -> None:
        """Only a recording that is seen and available has content. Raises `Problem`."""
        service = self._service
        conversation = service.listing.conversation(row.conversation, now_ms=now_ms)
        if conversation is None or not view.sees(conversation.owner):
            raise not_found()
        expires = add_months(conversation.start, service.behaviour.months)
        state = row.state_now(expired=expires * 1000 <= now_ms)
        if state is State.EXPIRED:
            raise Problem(Code.RECORDING_EXPIRED, "Its retention has ended.")
        if state is State.MISSING:
            raise Problem(Code.MEDIA_MISSING, "The service has lost the audio of this recording.")
        if state is State.PROCESSING:
            left = _WAIT if row.ready is None else (row.ready - now_ms) // 1000 + 1
            wait = max(1, min(_WAIT, left))
            raise Problem(Code.NOT_READY, "The recording is still being processed.", retry_after=wait)
        if row.cold:
            # Each question brings it one step nearer.
            service.store.write("UPDATE recording SET cold = cold - 1 WHERE number = ?", (row.number,))
            raise Problem(Code.NOT_READY, "The recording is coming back from the archive.", retry_after=1)

    def _answer(
        self, request: Request, row: RecordingRow, who: str, limit_headers: Headers, purpose: Permission
    ) -> Response:
        service = self._service
        size, etag = row.size, row.strong_etag
        name = recording_id(row, service.ids)
        proposed = quote(file_name(utc_text(row.start), name, row.number), safe="")
        headers: Headers = [
            (b"content-type", b"audio/wav"),
            (b"accept-ranges", b"bytes"),
            (b"etag", etag.encode()),
            (b"last-modified", formatdate(row.modified / 1000, usegmt=True).encode()),
            (b"content-disposition", f"attachment; filename=\"{name}.wav\"; filename*=UTF-8''{proposed}".encode()),
            (b"cache-control", b"private, no-store"),
            *limit_headers,
        ]
        digest = self._digest(row)
        if digest:
            headers.append((b"repr-digest", digest.encode()))
        status, span = 200, range(size)
        found = _RANGE.fullmatch(request.headers.get("range", "")) if request.method == "GET" else None
        if found and request.headers.get("if-range", etag) == etag and _sane(found):
            first = int(found[1])
            if first >= size:
                raise Problem(
                    Code.RANGE_NOT_SATISFIABLE,
                    f"The recording has {size} bytes.",
                    (("Range", "begins at or after the end"),),
                    headers={"Content-Range": f"bytes */{size}", "ETag": etag},
                )
            span = range(first, min(size, int(found[2]) + 1) if found[2] else size)
            status = 206
            headers.append((b"content-range", f"bytes {first}-{span.stop - 1}/{size}".encode()))
        headers.append((b"content-length", str(len(span)).encode()))
        service.gate.enter(who, purpose)
        return Stream(service, row, who, headers, status=status, span=span, purpose=purpose)

    def _digest(self, row: RecordingRow) -> str | None:
        said = msgspec.json.decode(row.lies).get("contentDigest") if row.lies else None
        if said == "absent" or (said is None and self._service.behaviour.digests is Digests.ABSENT):
            return None
        digest = bytes(255 - byte for byte in row.sha256) if said == "wrong" else row.sha256
        if said == "other":
            return f"unixsum=:{base64.b64encode(digest[:2]).decode()}:"
        return f"sha-256=:{base64.b64encode(digest).decode()}:"


def _purpose(request: Request) -> Permission:
    """What the audio is asked for: to be kept, or (`purpose=replay`) to be heard. Raises `Problem`."""
    purpose = Permission.DOWNLOAD
    for name, value in query_of(request):
        if name != "purpose":
            raise invalid(name[:60] or "(empty name)", "is not a parameter of this resource")
        if value != Permission.REPLAY.value or purpose is Permission.REPLAY:
            raise invalid(name, "is replay, once, or absent")
        purpose = Permission.REPLAY
    return purpose


def _names(untrusted_header: str | None, etag: str) -> bool:
    """Whether `If-None-Match` names that entity tag."""
    if untrusted_header is None:
        return False
    tags = [tag.strip().removeprefix("W/") for tag in untrusted_header.split(",")]
    return etag in tags or tags == ["*"]


def _sane(found: re.Match[str]) -> bool:
    """A range whose end lies before its beginning is no range and is ignored (RFC 9110, 14.1.1)."""
    return not found[2] or int(found[2]) >= int(found[1])
