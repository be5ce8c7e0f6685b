"""What is searched: the three groups of criteria (F5) as one frozen value; it does not know how they travel."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime, timedelta
from enum import Enum, StrEnum
from typing import Any

from download_client.errors import InvalidCriteria
from download_client.model.conversation import Direction, RecordingMode

_AHEAD = timedelta(days=1)
"""How far the service's clock may be before ours."""


class Scope(StrEnum):
    """How far a search reaches; it never widens the caller's rights."""

    OWN = "own"
    GROUP = "group"
    ALL = "all"


class Sort(StrEnum):
    """The order of a listing; the id breaks ties."""

    START_TIME = "startTime"
    START_TIME_DESCENDING = "-startTime"
    AVAILABLE_AT = "availableAt"


@dataclass(frozen=True, slots=True)
class Window:
    """A span of start times, `start` inclusive, `end` exclusive; both aware UTC."""

    start: datetime
    end: datetime

    def slices(self, longest: timedelta) -> Iterator[Window]:
        """Yield adjoining windows, oldest first, none longer than `longest` (above 0), that together are this one."""
        if longest <= timedelta(0):
            raise ValueError("a slice of no length would never end")
        start = self.start
        while start < self.end:
            # Compared as lengths: start + longest may lie beyond the last day of the calendar.
            end = self.end if self.end - start <= longest else start + longest
            yield Window(start, end)
            start = end


@dataclass(frozen=True, slots=True)
class Criteria:
    """Search criteria; `None` (or empty text) asks nothing.

    Conversation Information: `from_time` inclusive, `to_time` exclusive (aware UTC; both absent: the last 24
    hours, F4), durations in seconds. Calling and Called Party Information: `*` at either end of a text is a wildcard.
    """

    from_time: datetime | None = None
    to_time: datetime | None = None
    direction: Direction | None = None
    mode: RecordingMode | None = None
    min_duration: int | None = None
    max_duration: int | None = None
    conversation_id: str = ""
    has_voice_recording: bool | None = None
    group_id: str = ""
    owner_user_id: str = ""
    scope: Scope | None = None
    calling_number: str = ""
    calling_name: str = ""
    calling_extension: str = ""
    called_number: str = ""
    called_name: str = ""
    called_extension: str = ""
    available_after: datetime | None = None

    def __post_init__(self) -> None:
        """Refuse what cannot be meant.

        Raises:
            InvalidCriteria: times without a zone or in the wrong order, negative or crossed durations.

        """
        for name in ("from_time", "to_time", "available_after"):
            value = getattr(self, name)
            if value is not None:
                if value.tzinfo is None:
                    raise InvalidCriteria("a time needs its zone", subject=name)
                try:
                    object.__setattr__(self, name, value.astimezone(UTC))
                except OverflowError:
                    raise InvalidCriteria("the time lies outside of the calendar", subject=name) from None
        if self.from_time is not None and self.to_time is not None and self.from_time >= self.to_time:
            raise InvalidCriteria("--from lies at or after --to")
        if (self.min_duration or 0) < 0 or (self.max_duration or 0) < 0:
            raise InvalidCriteria("a duration cannot be negative")
        if self.min_duration is not None and self.max_duration is not None and self.min_duration > self.max_duration:
            raise InvalidCriteria("the shortest duration is above the longest")

    def window(self, now: datetime) -> Window:
        """The span of start times meant: the last 24 hours by default (F4), up to now where no end is given.

        An end in the future is brought back to tomorrow: no call has begun there, and each slice of the way would be a
        request. The day between is for clocks that differ.

        Raises:
            InvalidCriteria: `from_time` lies in the future, or the end on the calendar's first day.

        """
        end = self.to_time or now
        if end - now > _AHEAD:
            end = now + _AHEAD
        try:
            start = self.from_time or min(end, now) - timedelta(hours=24)
        except OverflowError:
            raise InvalidCriteria("--to lies outside of the calendar") from None
        if start >= end:
            raise InvalidCriteria("--from lies in the future")
        return Window(start, end)

    def within(self, window: Window) -> Criteria:
        """The same criteria over another span of start times."""
        return replace(self, from_time=window.start, to_time=window.end)

    def as_dict(self) -> dict[str, Any]:
        """Only what is asked, as JSON values; times in RFC 3339."""
        result: dict[str, Any] = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if value is None or value == "":
                continue
            if isinstance(value, datetime):
                value = value.isoformat().replace("+00:00", "Z")
            elif isinstance(value, Enum):
                value = value.value
            result[field.name] = value
        return result

    @classmethod
    def from_dict(cls, untrusted: dict[str, Any]) -> Criteria:
        """Read back `as_dict`.

        Raises:
            InvalidCriteria: an unknown name or a value of the wrong kind.

        """
        kinds: dict[str, type] = {"direction": Direction, "mode": RecordingMode, "scope": Scope}
        known = {field.name for field in fields(cls)}
        values: dict[str, Any] = {}
        for name, value in untrusted.items():
            if name not in known:
                raise InvalidCriteria("this criterion is not known", subject=name)
            try:
                if name in ("from_time", "to_time", "available_after"):
                    values[name] = datetime.fromisoformat(value)
                elif name in kinds:
                    values[name] = kinds[name](value)
                elif name in ("min_duration", "max_duration"):
                    values[name] = int(value)
                elif name == "has_voice_recording":
                    values[name] = bool(value)
                else:
                    values[name] = str(value)
            except (TypeError, ValueError) as error:
                raise InvalidCriteria("the value has the wrong form", subject=name) from error
        return cls(**values)


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A named search (F5), shared with the portal. `id` is empty until the service has given one."""

    name: str
    criteria: Criteria
    id: str = ""
    updated_at: datetime | None = None
