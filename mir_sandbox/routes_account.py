"""The account as one caller sees it: who they are, users and groups for pickers, and their saved searches.

Not promised: changes of people; those come from the account portal, which the control interface plays.
"""

import hashlib
from collections.abc import Sequence
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from mir_sandbox.answers import BASE, Bytes, Caller, json_answer, no_query, not_found, query_of, reader, signed_in
from mir_sandbox.clock import utc_text_ms
from mir_sandbox.criteria import SEARCH_PAGING, check_saved, parse_query
from mir_sandbox.limits import Policy
from mir_sandbox.people import AccessLevel
from mir_sandbox.problems import Code, Problem, invalid
from mir_sandbox.render import group_fields, user_fields
from mir_sandbox.seals import BrokenSeal, NotSealed, Seal
from mir_sandbox.service import Service

_PREFIX = "src-"
_LONGEST_BODY = 65_536


class _Position(msgspec.Struct, array_like=True):
    """What a page token of these lists holds: where the page begins, and of which list."""

    epoch: int
    issued: int
    mark: str
    offset: int


class AccountRoutes:
    """The resources about the caller and the account."""

    def __init__(self, service: Service) -> None:
        self._service = service

    async def me(self, request: Request) -> Response:
        """`GET /me`."""
        service = self._service
        caller, _ = signed_in(request, service, Policy.SEARCH)
        user, access = caller.user, service.visibility.access(caller.user)
        none = access.level is AccessLevel.NONE
        limits, behaviour = service.gate.limits, service.behaviour
        body = {
            "user": user_fields(user),
            "account": {"id": service.people.account_id, "name": service.people.account_name},
            "accessLevel": access.level.value,
            "managedGroups": [group_fields(group, service.people.users) for group in service.visibility.managed(user)],
            "permissions": [] if none else sorted(permission.value for permission in access.permissions),
            "timeZone": user.time_zone,
            "retention": {"months": behaviour.months, "archiving": behaviour.archiving},
            "limits": {
                "maxConcurrentDownloads": limits.max_concurrent_downloads,
                "maxPageSize": limits.max_page_size,
                "maxWindowDays": limits.max_window_days,
            },
        }
        return json_answer(msgspec.json.encode(body), caller.limit_headers)

    async def users(self, request: Request) -> Response:
        """`GET /users`."""
        caller = reader(request, self._service)
        seen = self._service.visibility.users_seen(caller.user)
        return self._page(request, caller, [user_fields(user) for user in seen])

    async def groups(self, request: Request) -> Response:
        """`GET /groups`: with level All every group, otherwise those the caller manages or is a member of."""
        caller = reader(request, self._service)
        seen = self._service.visibility.users_seen(caller.user)
        user_id = caller.user.user_id
        groups = [
            group_fields(group, seen)
            for group in sorted(self._service.people.groups, key=lambda group: group.group_id)
            if caller.view.owners is None or user_id in group.managers or user_id in group.members
        ]
        return self._page(request, caller, groups)

    async def saved_searches(self, request: Request) -> Response:
        """`GET` and `POST /saved-searches`."""
        caller = reader(request, self._service, whatever_level=True)
        owner = caller.user.user_id
        if request.method == "GET":
            rows = self._service.store.rows(
                "SELECT number, name, criteria, updated, owner FROM saved_search WHERE owner = ?", (owner,)
            )
            return self._page(request, caller, [_saved(row) for row in sorted(rows, key=lambda row: (row[1], row[0]))])
        no_query(request)
        name, criteria = await _input(request)
        with self._service.store.transaction():
            self._check_free(owner, name, number=0)
            number = self._service.store.insert(
                "INSERT INTO saved_search (owner, name, criteria, updated) VALUES (?, ?, ?, ?)",
                (owner, name, criteria, self._service.now_ms()),
            )
        where = (b"location", f"{BASE}/saved-searches/{_PREFIX}{number:06d}".encode())
        return json_answer(
            msgspec.json.encode(_saved(self._row(owner, number))), [where, *caller.limit_headers], status=201
        )

    async def saved_search(self, request: Request) -> Response:
        """`PUT` and `DELETE /saved-searches/{savedSearchId}`."""
        caller = reader(request, self._service, whatever_level=True)
        owner = caller.user.user_id
        no_query(request)
        digits = request.path_params["saved_search_id"].removeprefix(_PREFIX)
        number = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 16 else 0
        row = self._row(owner, number)
        if row is None or _saved(row)["id"] != request.path_params["saved_search_id"]:
            raise not_found()
        if request.method == "DELETE":
            self._service.store.write("DELETE FROM saved_search WHERE number = ?", (number,))
            return Bytes204(caller)
        name, criteria = await _input(request)
        with self._service.store.transaction():
            self._check_free(owner, name, number=number)
            self._service.store.write(
                "UPDATE saved_search SET name = ?, criteria = ?, updated = ? WHERE number = ?",
                (name, criteria, self._service.now_ms(), number),
            )
        return json_answer(msgspec.json.encode(_saved(self._row(owner, number))), caller.limit_headers)

    def _row(self, owner: str, number: int) -> Any:
        return self._service.store.row(
            "SELECT number, name, criteria, updated, owner FROM saved_search WHERE owner = ? AND number = ?",
            (owner, number),
        )

    def _check_free(self, owner: str, name: str, *, number: int) -> None:
        taken = self._service.store.row(
            "SELECT 1 FROM saved_search WHERE owner = ? AND name = ? AND number <> ?", (owner, name, number)
        )
        if taken:
            raise invalid("name", "is already the name of a saved search")

    def _page(self, request: Request, caller: Caller, items: Sequence[object]) -> Response:
        """A page of a list that is whole in memory; it stays as it is for the life of its tokens, or they expire."""
        service = self._service
        _, paging = parse_query(query_of(request), paging=SEARCH_PAGING, criteria=False)
        now_ms = service.now_ms()
        encoded = msgspec.json.encode(items)
        mark = hashlib.sha256(request.url.path.encode() + caller.user.user_id.encode() + encoded).hexdigest()[:16]
        most = service.gate.limits.max_page_size
        size = min(100, most) if paging.size is None else paging.size
        if size > most:
            raise invalid("pageSize", f"must be at most {most}")
        offset = 0 if paging.token is None else self._offset(paging.token, mark, now_ms=now_ms)
        ends: dict[str, object] = {"items": items[offset : offset + size]}
        if offset + size < len(items):
            epoch = service.behaviour.page_epoch
            ends["nextPageToken"] = service.sealer.close(Seal.PAGE, epoch, now_ms, mark, offset + size)
        ends |= {"totalCount": len(items), "asOf": utc_text_ms(now_ms)}
        return json_answer(msgspec.json.encode(ends), caller.limit_headers)

    def _offset(self, untrusted_token: str, mark: str, *, now_ms: int) -> int:
        service = self._service
        try:
            position = msgspec.convert(service.sealer.open(Seal.PAGE, untrusted_token), _Position)
        except (NotSealed, msgspec.ValidationError):
            raise invalid("pageToken", "must be a token this list gave out") from None
        except BrokenSeal:
            position = _Position(-1, 0, "", 0)
        oldest = now_ms - service.options.lifetimes.page_token * 1000
        fits = position.mark == mark and position.epoch == service.behaviour.page_epoch
        if not fits or position.issued < oldest:
            raise Problem(Code.PAGE_TOKEN_EXPIRED, "Begin this list again.")
        return position.offset


class Bytes204(Bytes):
    """An answer without a body."""

    def __init__(self, caller: Caller) -> None:
        super().__init__(b"", [], status=204)
        self.raw_headers = list(caller.limit_headers)


async def _input(request: Request) -> tuple[str, str]:
    """Name and criteria (as JSON) of a search to save, checked. Raises `Problem`."""
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > _LONGEST_BODY:
            raise invalid("body", "is too long")
    try:
        content = msgspec.json.decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise invalid("body", "must be JSON") from None
    if not isinstance(content, dict) or content.keys() != {"name", "criteria"}:
        raise invalid("body", "must be an object of name and criteria")
    name = content["name"]
    if not isinstance(name, str) or not 1 <= len(name) <= 100:
        raise invalid("name", "must be a text of 1 to 100 characters")
    return name, msgspec.json.encode(check_saved(content["criteria"])).decode()


def _saved(row: Any) -> dict[str, object]:
    number, name, criteria, updated, owner = row
    return {
        "id": f"{_PREFIX}{number:06d}",
        "name": name,
        "criteria": msgspec.json.decode(criteria),
        "updatedAt": utc_text_ms(updated),
        "ownerUserId": owner,
    }
