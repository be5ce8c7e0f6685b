"""Search criteria as parameters and as JSON, and saved searches; what a search finds is `pages`' affair."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Annotated, Any

import msgspec

from download_client.api.wire.base import Id, Moment, OpaqueToken, ShortText, Wire, read
from download_client.errors import InvalidCriteria, MirError, ProtocolBroken
from download_client.model import Criteria, Direction, RecordingMode, SavedSearch, Scope, Sort

_NAMES = {
    "from_time": "from",
    "to_time": "to",
    "direction": "direction",
    "min_duration": "minDuration",
    "max_duration": "maxDuration",
    "conversation_id": "conversationId",
    "mode": "recordingMode",
    "has_voice_recording": "hasVoiceRecording",
    "group_id": "groupId",
    "owner_user_id": "ownerUserId",
    "scope": "scope",
    "calling_number": "callingNumber",
    "calling_name": "callingName",
    "calling_extension": "callingExtension",
    "called_number": "calledNumber",
    "called_name": "calledName",
    "called_extension": "calledExtension",
    "available_after": "availableAfter",
}
"""Field of `model.Criteria` → parameter."""

_IDS = ("conversation_id", "group_id", "owner_user_id")
_TEXTS = tuple(name for name in _NAMES if name.startswith(("calling_", "called_")))
_DURATIONS = ("min_duration", "max_duration")

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~-]{0,127}")
_TEXT = re.compile(r"\*?[^*\x00-\x1f]*\*?")
_LONGEST_PATTERN = 200
_LONGEST_DURATION = 604_800
LONGEST_NAME = 100


def rfc3339(moment: datetime) -> str:
    """A time as the contract writes it: UTC, ending in Z."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def as_wire(criteria: Criteria) -> dict[str, str | int | bool]:
    """What is asked, under the contract's names.

    Raises:
        InvalidCriteria: a value that no service of this contract can understand.

    """
    wire: dict[str, str | int | bool] = {}
    for ours, theirs in _NAMES.items():
        value = getattr(criteria, ours)
        if value is None or value == "":
            continue
        _check(ours, value)
        wire[theirs] = rfc3339(value) if isinstance(value, datetime) else value
    return wire


def as_parameters(criteria: Criteria, *, sort: Sort = Sort.START_TIME) -> list[tuple[str, str]]:
    """The query of a search; raises as `as_wire`."""
    parameters = [(name, _text(value)) for name, value in as_wire(criteria).items()]
    return [*parameters, ("sort", sort.value)]


def _text(value: str | int | bool) -> str:
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def _check(name: str, value: Any) -> None:
    if name in _TEXTS and (len(value) > _LONGEST_PATTERN or not _TEXT.fullmatch(value)):
        problem = f"at most {_LONGEST_PATTERN} characters, and * at either end only"
    elif name in _IDS and not _ID.fullmatch(value):
        problem = "this is not an id of the service"
    elif name in _DURATIONS and value > _LONGEST_DURATION:
        problem = f"at most {_LONGEST_DURATION} seconds"
    else:
        return
    raise InvalidCriteria(problem, subject=name)


class _Criteria(Wire, forbid_unknown_fields=True, omit_defaults=True):
    """Closed on purpose: to pass over a criterion we do not know would widen the search."""

    from_time: Moment | None = msgspec.field(default=None, name="from")
    to_time: Moment | None = msgspec.field(default=None, name="to")
    direction: Direction | None = None
    mode: RecordingMode | None = msgspec.field(default=None, name="recordingMode")
    min_duration: int | None = None
    max_duration: int | None = None
    conversation_id: ShortText = ""
    has_voice_recording: bool | None = None
    group_id: ShortText = ""
    owner_user_id: ShortText = ""
    scope: Scope | None = None
    calling_number: ShortText = ""
    calling_name: ShortText = ""
    calling_extension: ShortText = ""
    called_number: ShortText = ""
    called_name: ShortText = ""
    called_extension: ShortText = ""
    available_after: Moment | None = None
    sort: Sort | None = None


class _SavedSearch(Wire):
    id: Id
    name: Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_NAME)]
    criteria: msgspec.Raw
    updated_at: Moment | None = None


class _SavedSearchPage(Wire):
    items: tuple[_SavedSearch, ...]
    next_page_token: OpaqueToken = ""


_criteria = msgspec.json.Decoder(_Criteria)
_saved_search = msgspec.json.Decoder(_SavedSearch)
_saved_search_page = msgspec.json.Decoder(_SavedSearchPage)


def read_saved_search(body: bytes) -> SavedSearch:
    """One saved search.

    Raises:
        ProtocolBroken: it breaks the contract, or asks by a criterion this version does not know.

    """
    return _value(read(_saved_search, body, what="saved search"))


def read_saved_searches(body: bytes) -> tuple[list[SavedSearch], list[str], str]:
    """A page of saved searches: those we understand, the ids of the others, the token of the next page.

    Raises:
        ProtocolBroken: the page breaks the contract.

    """
    page = read(_saved_search_page, body, what="saved searches")
    understood: list[SavedSearch] = []
    others: list[str] = []
    for each in page.items:
        try:
            understood.append(_value(each))
        except MirError:
            others.append(each.id)
    return understood, others, page.next_page_token


def _value(wire: _SavedSearch) -> SavedSearch:
    read_criteria = read(_criteria, bytes(wire.criteria), what=f"saved search {wire.id}")
    values = {name: getattr(read_criteria, name) for name in _NAMES}
    try:
        criteria = Criteria(**values)
    except InvalidCriteria as error:
        raise ProtocolBroken(error.detail, subject=f"saved search {wire.id}") from None
    return SavedSearch(wire.name, criteria, wire.id, wire.updated_at)


def saved_search_body(search: SavedSearch) -> bytes:
    """What is sent to save a search.

    Raises:
        InvalidCriteria: the name is empty or too long, or as `as_wire`.

    """
    if not 1 <= len(search.name) <= LONGEST_NAME:
        raise InvalidCriteria(f"the name of a search has 1 to {LONGEST_NAME} characters", subject="name")
    return msgspec.json.encode({"name": search.name, "criteria": as_wire(search.criteria)})
