"""What a search asks for: the parameters of the contract, each checked strictly, as one value.

Not promised: that the window is small enough or that the caller may see anything; who searches checks that.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from types import MappingProxyType
from typing import Any

from mir_sandbox.clock import utc_text_ms
from mir_sandbox.ids import ID_PATTERN
from mir_sandbox.problems import Code, Problem, invalid
from mir_sandbox.visibility import Scope

_TIME = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?Z", re.ASCII)
_TOKEN = re.compile(r"[A-Za-z0-9._~-]{1,2048}")
_TEXT = re.compile(r"\*?[^*\x00-\x1f]*\*?")
_DIGITS = re.compile(r"\d{1,9}", re.ASCII)


class Sort(Enum):
    """Order of a list; the id breaks ties."""

    START = "startTime"
    START_DOWN = "-startTime"
    AVAILABLE = "availableAt"


@dataclass(frozen=True, slots=True)
class Criteria:
    """One search without paging. Times in milliseconds since 1970; texts as they were sent, with their `*`."""

    start: int | None = None
    end: int | None = None
    outbound: bool | None = None
    on_demand: bool | None = None
    min_seconds: int | None = None
    max_seconds: int | None = None
    conversation: str | None = None
    has_recording: bool | None = None
    group: str | None = None
    owner: str | None = None
    scope: Scope = Scope.ALL
    calling_number: str | None = None
    calling_name: str | None = None
    calling_extension: str | None = None
    called_number: str | None = None
    called_name: str | None = None
    called_extension: str | None = None
    available_after: int | None = None
    sort: Sort = Sort.START


@dataclass(frozen=True, slots=True)
class Paging:
    """Which page, and how large."""

    size: int | None = None
    token: str | None = None
    cursor: str | None = None


class _Wrong(Exception):
    """A value outside its schema; the text says what it must be."""


def _one_of(values: Mapping[str, Any]) -> Callable[[str], Any]:
    def parse(untrusted_text: str) -> Any:
        if untrusted_text not in values:
            raise _Wrong(f"must be one of {', '.join(values)}")
        return values[untrusted_text]

    return parse


def _time(untrusted_text: str) -> int:
    found = _TIME.fullmatch(untrusted_text)
    if found is None:
        raise _Wrong("must be a time in UTC such as 2026-11-20T09:14:07Z")
    try:
        moment = datetime.fromisoformat(found[1]).replace(tzinfo=UTC)
    except ValueError:
        raise _Wrong("must be a time that exists") from None
    return int(moment.timestamp()) * 1000 + int((found[2] or "0").ljust(6, "0")) // 1000


def _whole(*, low: int, high: int) -> Callable[[str], int]:
    def parse(untrusted_text: str) -> int:
        if not _DIGITS.fullmatch(untrusted_text) or not low <= int(untrusted_text) <= high:
            raise _Wrong(f"must be a whole number from {low} to {high}")
        return int(untrusted_text)

    return parse


def _matching(pattern: re.Pattern[str], what: str, *, longest: int) -> Callable[[str], str]:
    def parse(untrusted_text: str) -> str:
        if not 1 <= len(untrusted_text) <= longest or not pattern.fullmatch(untrusted_text):
            raise _Wrong(f"must be {what}")
        return untrusted_text

    return parse


_id = _matching(ID_PATTERN, "an id", longest=128)
_text = _matching(_TEXT, "1 to 200 characters, with * only at either end", longest=200)
_token = _matching(_TOKEN, "a token this service gave out", longest=2048)

_CRITERIA: Mapping[str, tuple[str, Callable[[str], Any]]] = MappingProxyType(
    {
        "from": ("start", _time),
        "to": ("end", _time),
        "direction": ("outbound", _one_of({"inbound": False, "outbound": True})),
        "minDuration": ("min_seconds", _whole(low=0, high=604_800)),
        "maxDuration": ("max_seconds", _whole(low=0, high=604_800)),
        "conversationId": ("conversation", _id),
        "recordingMode": ("on_demand", _one_of({"onDemand": True, "alwaysOn": False})),
        "hasVoiceRecording": ("has_recording", _one_of({"true": True, "false": False})),
        "groupId": ("group", _id),
        "ownerUserId": ("owner", _id),
        "scope": ("scope", _one_of({scope.value: scope for scope in Scope})),
        "callingNumber": ("calling_number", _text),
        "callingName": ("calling_name", _text),
        "callingExtension": ("calling_extension", _text),
        "calledNumber": ("called_number", _text),
        "calledName": ("called_name", _text),
        "calledExtension": ("called_extension", _text),
        "availableAfter": ("available_after", _time),
        "sort": ("sort", _one_of({sort.value: sort for sort in Sort})),
    }
)
_PAGING: Mapping[str, tuple[str, Callable[[str], Any]]] = MappingProxyType(
    {
        "pageSize": ("size", _whole(low=1, high=500)),
        "pageToken": ("token", _token),
        "cursor": ("cursor", _token),
    }
)
SEARCH_PAGING = frozenset({"pageSize", "pageToken"})
CHANGES_PAGING = frozenset({"pageSize", "cursor"})
NUMBERS = frozenset({"minDuration", "maxDuration"})
"""Criteria that a saved search holds as numbers; `hasVoiceRecording` is a boolean there, all others are texts."""


def parse_query(
    untrusted_pairs: Iterable[tuple[str, str]], *, paging: frozenset[str], criteria: bool
) -> tuple[Criteria, Paging]:
    """Read a query: the paging parameters allowed here, and criteria if they are. Raises `Problem`."""
    wanted: dict[str, Any] = {}
    pages: dict[str, Any] = {}
    seen: set[str] = set()
    for name, untrusted_text in untrusted_pairs:
        if name in seen:
            raise invalid(name, "must not be given twice")
        seen.add(name)
        if name in paging:
            key, parse = _PAGING[name]
            pages[key] = _parsed(name, untrusted_text, parse)
        elif criteria and name in _CRITERIA:
            key, parse = _CRITERIA[name]
            wanted[key] = _parsed(name, untrusted_text, parse)
        else:
            raise invalid(_shown(name), "is not a parameter of this resource")
    return Criteria(**wanted), Paging(**pages)


def check_saved(untrusted_criteria: object) -> dict[str, object]:
    """The criteria of a search to save, checked as if they were searched for. Raises `Problem`."""
    if not isinstance(untrusted_criteria, dict):
        raise invalid("criteria", "must be an object")
    for name, value in untrusted_criteria.items():
        if name not in _CRITERIA:
            raise invalid(_shown(str(name)), "is not a criterion")
        kind = int if name in NUMBERS else bool if name == "hasVoiceRecording" else str
        if type(value) is float and value.is_integer() and kind is int:
            value = int(value)  # noqa: PLW2901 - 30.0 is an integer in JSON Schema
        if type(value) is not kind:
            raise invalid(name, f"must be a {kind.__name__}")
        text = str(value).lower() if kind is bool else str(value)
        _parsed(name, text, _CRITERIA[name][1])
    return untrusted_criteria


def _parsed(name: str, untrusted_text: str, parse: Callable[[str], Any]) -> Any:
    try:
        return parse(untrusted_text)
    except _Wrong as wrong:
        raise invalid(name, str(wrong)) from None


def _shown(untrusted_name: str) -> str:
    return untrusted_name[:60] or "(empty name)"


def window(criteria: Criteria, *, now_ms: int, max_days: int) -> tuple[int, int]:
    """The window over `startTime` in milliseconds: by default the last 24 hours (F4). Raises `Problem`."""
    day = 86_400_000
    end = criteria.end if criteria.end is not None else now_ms
    start = criteria.start if criteria.start is not None else end - day
    if start >= end:
        raise invalid("from", f"must be before to ({utc_text_ms(end)})")
    if end - start > max_days * day:
        days = -(-(end - start) // day)
        raise Problem(
            Code.WINDOW_TOO_LARGE,
            f"The window has {days} days; at most {max_days} are allowed.",
            (("from", f"is {days} days before to"),),
        )
    return start, end
