"""Moments of any year that a service may name: as tables keep them, seconds since 1970 in UTC, and in a zone.

Python's own `fromtimestamp` asks the system, and that of Windows knows the years 1970 to 3000 only: of what is kept
until 9999 it knows nothing.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final

_BEGINNING: Final = datetime(1970, 1, 1, tzinfo=UTC)


def moment(seconds: float) -> datetime:
    """What `datetime.timestamp` made seconds of. Raises OverflowError outside of the years 1 to 9999."""
    return _BEGINNING + timedelta(seconds=seconds)


def moment_if(seconds: float | None) -> datetime | None:
    """The same; None where there is none."""
    return moment(seconds) if seconds is not None else None


def local(moment: datetime, zone: tzinfo | None) -> datetime:
    """A time in a zone, None: the computer's own; one at the edge of the calendar, which cannot be moved, as it is."""
    try:
        return moment.astimezone(zone)
    except OverflowError:
        # The first or last day of the calendar: what some services write for "no time".
        return moment
