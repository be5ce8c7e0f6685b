"""Search, detail view, Participant View and changes: what a caller may list.

Not promised: audio, and anything the caller's view does not hold.
"""

import hashlib
from collections.abc import Sequence

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from mir_sandbox.answers import Bytes, Caller, json_answer, no_query, not_found, query_of, reader
from mir_sandbox.clock import utc_text_ms
from mir_sandbox.criteria import CHANGES_PAGING, SEARCH_PAGING, Criteria, Paging, parse_query, window
from mir_sandbox.listing import Plan
from mir_sandbox.problems import Code, Problem, invalid
from mir_sandbox.rows import ConversationRow
from mir_sandbox.seals import BrokenSeal, NotSealed, Seal
from mir_sandbox.service import Service

_PAGE_SIZE = 100
"""Items in a page when the request does not say."""


class _Page(msgspec.Struct, array_like=True):
    """What a page token holds. `key`, `number` and `place` say behind which row the page begins."""

    epoch: int
    issued: int
    user: str
    query: str
    start: int
    end: int
    as_of: int
    count: int
    size: int
    key: int
    number: int
    place: int


class _Cursor(msgspec.Struct, array_like=True):
    """What a cursor holds: the last change seen, and under which rights."""

    epoch: int
    issued: int
    user: str
    view: str
    changed: int
    number: int


class SearchRoutes:
    """The resources that list conversations."""

    def __init__(self, service: Service) -> None:
        self._service = service

    async def conversations(self, request: Request) -> Response:
        """`GET /conversations`."""
        caller = reader(request, self._service)
        as_csv = _wants_csv(request)
        criteria, paging = parse_query(query_of(request), paging=SEARCH_PAGING, criteria=True)
        size = self._size(paging)
        page, plan = self._begin(caller, criteria, paging, view="c")
        after = None if paging.token is None else (page.key, page.number)
        rows = self._service.listing.page(plan, after=after, limit=size + 1)
        token = self._next(page, plan, rows[size - 1], place=0) if len(rows) > size else None
        rows = rows[:size]
        if as_csv:
            return self._csv(caller, rows, token)
        ends = {"totalCount": page.count, "totalBytes": page.size, "asOf": utc_text_ms(page.as_of)}
        return _page(caller, self._written(rows), token, ends)

    async def participants(self, request: Request) -> Response:
        """`GET /participants`: pages of participations, which may begin in the middle of a conversation."""
        caller = reader(request, self._service)
        criteria, paging = parse_query(query_of(request), paging=SEARCH_PAGING, criteria=True)
        size = self._size(paging)
        page, plan = self._begin(caller, criteria, paging, view="p")
        after = None if paging.token is None else (page.key, page.number)
        rows = self._service.listing.page(plan, after=after, limit=size // 2 + 2, inclusive=True)
        found: list[tuple[ConversationRow, int, str]] = []
        for row in rows:
            texts = self._service.renderer.participations(row)
            skip = page.place if after is not None and row.number == page.number else 0
            found += [(row, place, text) for place, text in enumerate(texts, start=1) if place > skip]
        token = None
        if len(found) > size:
            row, place, _ = found[size - 1]
            token = self._next(page, plan, row, place=place)
        ends = {"totalCount": page.count, "asOf": utc_text_ms(page.as_of)}
        return _page(caller, [text for _, _, text in found[:size]], token, ends)

    async def conversation(self, request: Request) -> Response:
        """`GET /conversations/{conversationId}`."""
        caller = reader(request, self._service)
        no_query(request)
        number = self._service.ids.conversation_number(request.path_params["conversation_id"])
        now_ms = self._service.now_ms()
        row = None if number is None else self._service.listing.conversation(number, now_ms=now_ms)
        if row is None or not caller.view.sees(row.owner):
            raise not_found()
        return json_answer(self._written([row])[0].encode(), caller.limit_headers)

    async def changes(self, request: Request) -> Response:
        """`GET /changes`."""
        caller = reader(request, self._service)
        _, paging = parse_query(query_of(request), paging=CHANGES_PAGING, criteria=False)
        size = self._size(paging)
        now_ms = self._service.horizon()
        cursor = self._cursor(caller, paging.cursor, now_ms=now_ms)
        rows = self._service.listing.changes(
            caller.view, after=(cursor.changed, cursor.number), until_ms=now_ms, limit=size + 1
        )
        more = len(rows) > size
        rows = rows[:size]
        if rows:
            cursor = msgspec.structs.replace(cursor, changed=rows[-1].changed, number=rows[-1].number)
        cursor = msgspec.structs.replace(cursor, issued=now_ms, epoch=self._service.behaviour.cursor_epoch)
        token = self._service.sealer.close(Seal.CURSOR, *msgspec.structs.astuple(cursor))
        ends = {"nextCursor": token, "hasMore": more, "asOf": utc_text_ms(now_ms)}
        return _page(caller, self._written(rows), None, ends)

    def _size(self, paging: Paging) -> int:
        most = self._service.gate.limits.max_page_size
        if paging.size is None:
            return min(_PAGE_SIZE, most)
        if paging.size > most:
            raise invalid("pageSize", f"must be at most {most}")
        return paging.size

    def _begin(self, caller: Caller, criteria: Criteria, paging: Paging, *, view: str) -> tuple[_Page, Plan]:
        """Where the page asked for begins; a first page fixes the window and counts the list."""
        service = self._service
        now_ms = service.now_ms()
        query = hashlib.sha256(f"{view}{criteria}".encode()).hexdigest()[:16]
        if paging.token is not None:
            page = self._opened(paging.token, now_ms=now_ms)
            if page.user != caller.user.user_id or page.query != query:
                raise invalid("pageToken", "belongs to another search")
            plan = service.listing.plan(
                caller.view, criteria, start_ms=page.start, end_ms=page.end, as_of_ms=page.as_of
            )
            return page, plan
        start, end = window(criteria, now_ms=now_ms, max_days=service.gate.limits.max_window_days)
        plan = service.listing.plan(caller.view, criteria, start_ms=start, end_ms=end, as_of_ms=now_ms)
        count, thirds, size = service.listing.count(plan, expired_before=service.expired_before)
        if view == "p":
            count = 2 * count + thirds
        epoch = service.behaviour.page_epoch
        return _Page(epoch, now_ms, caller.user.user_id, query, start, end, now_ms, count, size, 0, 0, 0), plan

    def _opened(self, untrusted_token: str, *, now_ms: int) -> _Page:
        service = self._service
        try:
            page = msgspec.convert(service.sealer.open(Seal.PAGE, untrusted_token), _Page)
        except NotSealed:
            raise invalid("pageToken", "must be a token this service gave out") from None
        except BrokenSeal:
            raise _page_token_expired() from None
        oldest = now_ms - service.options.lifetimes.page_token * 1000
        if page.epoch != service.behaviour.page_epoch or page.issued < oldest:
            raise _page_token_expired()
        return page

    def _next(self, page: _Page, plan: Plan, row: ConversationRow, *, place: int) -> str:
        following = msgspec.structs.replace(
            page, issued=self._service.clock.now_ms(), key=plan.key(row), number=row.number, place=place
        )
        return self._service.sealer.close(Seal.PAGE, *msgspec.structs.astuple(following))

    def _cursor(self, caller: Caller, untrusted_cursor: str | None, *, now_ms: int) -> _Cursor:
        service = self._service
        user, view = caller.user.user_id, caller.view.fingerprint
        if untrusted_cursor is None:
            return _Cursor(service.behaviour.cursor_epoch, now_ms, user, view, 0, 0)
        try:
            cursor = msgspec.convert(service.sealer.open(Seal.CURSOR, untrusted_cursor), _Cursor)
        except NotSealed:
            raise invalid("cursor", "must be a cursor this service gave out") from None
        except BrokenSeal:
            raise _cursor_expired() from None
        if cursor.user != user:
            raise invalid("cursor", "belongs to another user")
        oldest = now_ms - service.options.lifetimes.cursor * 1000
        if cursor.epoch != service.behaviour.cursor_epoch or cursor.issued < oldest or cursor.view != view:
            raise _cursor_expired()
        return cursor

    def _written(self, rows: Sequence[ConversationRow]) -> list[str]:
        service = self._service
        recordings = service.listing.recordings([row.number for row in rows])
        now, months = int(service.clock.now()), service.behaviour.months
        write = service.renderer.conversation
        return [write(row, recordings.get(row.number, ()), now=now, months=months) for row in rows]

    def _csv(self, caller: Caller, rows: Sequence[ConversationRow], token: str | None) -> Response:
        service = self._service
        recordings = service.listing.recordings([row.number for row in rows])
        text = service.renderer.csv(
            ((row, recordings.get(row.number, ())) for row in rows),
            now=int(service.clock.now()),
            months=service.behaviour.months,
        )
        headers = [(b"content-type", b"text/csv; charset=utf-8"), (b"cache-control", b"no-store")]
        if token is not None:
            headers.append((b"x-next-page-token", token.encode()))
        return Bytes(text.encode(), headers + caller.limit_headers)


def _page(caller: Caller, items: Sequence[str], token: str | None, ends: dict[str, object]) -> Response:
    if token is not None:
        ends = {"nextPageToken": token} | ends
    return json_answer(
        f'{{"items":[{",".join(items)}],{msgspec.json.encode(ends).decode()[1:]}'.encode(), caller.limit_headers
    )


def _wants_csv(request: Request) -> bool:
    """Whether CSV is preferred; of equal wishes the first counts."""
    for part in request.headers.get("accept", "").split(","):
        kind = part.partition(";")[0].strip().lower()
        if kind in {"text/csv", "application/json", "*/*"}:
            return kind == "text/csv"
    return False


def _page_token_expired() -> Problem:
    return Problem(Code.PAGE_TOKEN_EXPIRED, "Begin this window again.")


def _cursor_expired() -> Problem:
    return Problem(Code.CURSOR_EXPIRED, "List the windows again, then ask without a cursor.")
