"""Reads what people type: times, lengths, criteria; it asks the service nothing."""

from __future__ import annotations

import argparse
import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from download_client.errors import InvalidCriteria
from download_client.model import Criteria, Direction, RecordingMode, Scope

_AGO = re.compile(r"(\d{1,5})([mhdw])")
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})")


def read_time(untrusted: str, *, now: datetime, zone: tzinfo) -> datetime:
    """A moment, aware UTC: RFC 3339, a date or a date with a time in `zone`, today, yesterday, now, or 7d (ago).

    Raises:
        InvalidCriteria: none of these.

    """
    text = untrusted.strip()
    today = now.astimezone(zone).date()
    words = {"now": now, "today": _midnight(today, zone), "yesterday": _midnight(today - timedelta(days=1), zone)}
    if text.lower() in words:
        return words[text.lower()]
    if ago := _AGO.fullmatch(text):
        return now - timedelta(**{_UNITS[ago[2]]: int(ago[1])})
    try:
        if len(text) == 10:
            return _midnight(date.fromisoformat(text), zone)
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo is not None else moment.replace(tzinfo=zone)).astimezone(UTC)
    except OverflowError:
        raise InvalidCriteria("the time lies outside of the calendar", subject=text[:40]) from None
    except ValueError as error:
        raise InvalidCriteria(
            "not a time; examples: 2026-11-20, 2026-11-20T14:30, 2026-11-20T14:30:00Z, today, yesterday, 7d (ago)",
            subject=text[:40],
        ) from error


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time.min, zone).astimezone(UTC)


def read_seconds(untrusted: str) -> int:
    """A length of a call in seconds: 90, 90s, 5m, 1h, 1:30, 01:02:03.

    Raises:
        InvalidCriteria: none of these.

    """
    text = untrusted.strip()
    if clock := _CLOCK.fullmatch(text):
        return int(clock[1] or 0) * 3600 + int(clock[2]) * 60 + int(clock[3])
    if plain := re.fullmatch(r"(\d{1,7})([smh]?)", text):
        return int(plain[1]) * {"": 1, "s": 1, "m": 60, "h": 3600}[plain[2]]
    raise InvalidCriteria("not a length; examples: 90, 90s, 5m, 1:30", subject=text[:40])


def read_criteria(options: argparse.Namespace, *, now: datetime, zone: tzinfo) -> Criteria:
    """The criteria of a command line.

    Raises:
        InvalidCriteria: a value cannot be read, or two exclude each other.

    """
    values = vars(options)

    def moment(name: str) -> datetime | None:
        return read_time(values[name], now=now, zone=zone) if values.get(name) is not None else None

    def seconds(name: str) -> int | None:
        return read_seconds(values[name]) if values.get(name) is not None else None

    return Criteria(
        from_time=moment("from_time"),
        to_time=moment("to_time"),
        direction=Direction(options.direction) if options.direction else None,
        mode=RecordingMode(options.mode) if options.mode else None,
        min_duration=seconds("min_duration"),
        max_duration=seconds("max_duration"),
        conversation_id=options.conversation or "",
        has_voice_recording={"yes": True, "no": False}.get(options.recorded or ""),
        group_id=options.group or "",
        owner_user_id=options.owner or "",
        scope=Scope(options.scope) if options.scope else None,
        calling_number=options.calling_number or "",
        calling_name=options.calling_name or "",
        calling_extension=options.calling_extension or "",
        called_number=options.called_number or "",
        called_name=options.called_name or "",
        called_extension=options.called_extension or "",
    )
