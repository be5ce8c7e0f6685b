"""Periods in words, such as yesterday, as spans of start times in a zone, and back; it asks no clock and no widget.

Days are calendar days of the zone: on the nights when clocks change they have 23 or 25 hours.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import StrEnum
from typing import Final

Span = tuple[datetime | None, datetime | None]
"""From (inclusive), to (exclusive), aware UTC. No end: up to now. Neither: the last 24 hours (F4)."""
_MIDNIGHT: Final = datetime.min.time()


class Period(StrEnum):
    """What can be chosen; `CUSTOM`: from one day to another."""

    LAST_24_HOURS = "last24Hours"
    TODAY = "today"
    YESTERDAY = "yesterday"
    LAST_7_DAYS = "last7Days"
    THIS_MONTH = "thisMonth"
    LAST_MONTH = "lastMonth"
    CUSTOM = "custom"


def span_of(period: Period, zone: tzinfo, *, now: datetime) -> Span:
    """The span meant by a period now. Raises ValueError for `CUSTOM`, which says nothing by itself."""
    today = now.astimezone(zone).date()
    month = today.replace(day=1)
    if period is Period.LAST_24_HOURS:
        return None, None
    if period is Period.TODAY:
        return midnight(today, zone), None
    if period is Period.YESTERDAY:
        return midnight(today - timedelta(days=1), zone), midnight(today, zone)
    if period is Period.LAST_7_DAYS:
        return midnight(today - timedelta(days=6), zone), None
    if period is Period.THIS_MONTH:
        return midnight(month, zone), None
    if period is Period.LAST_MONTH:
        return midnight((month - timedelta(days=1)).replace(day=1), zone), midnight(month, zone)
    raise ValueError("a custom period is two days")


def period_of(span: Span, zone: tzinfo, *, now: datetime) -> Period:
    """The words for a span, if there are any now, else `CUSTOM`."""
    for period in Period:
        if period is not Period.CUSTOM and span_of(period, zone, now=now) == span:
            return period
    return Period.CUSTOM


def midnight(day: date, zone: tzinfo) -> datetime:
    """When a day begins in a zone, in UTC. A midnight that clocks pass over is the moment they do."""
    local = datetime.combine(day, _MIDNIGHT, tzinfo=zone)
    return local.astimezone(UTC)
