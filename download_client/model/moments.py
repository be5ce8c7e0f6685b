"""Moments as tables keep them, seconds since the beginning of 1970 in UTC: any year that a service may name.

Python's own `fromtimestamp` asks the system, and that of Windows knows the years 1970 to 3000 only: of what is kept
until 9999 it knows nothing.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

_BEGINNING: Final = datetime(1970, 1, 1, tzinfo=UTC)


def moment(seconds: float) -> datetime:
    """What `datetime.timestamp` made seconds of. Raises OverflowError outside of the years 1 to 9999."""
    return _BEGINNING + timedelta(seconds=seconds)
