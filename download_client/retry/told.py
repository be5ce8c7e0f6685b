"""What a service means by "later" (Retry-After); it judges the words only, the gate keeps them."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

LONGEST_TOLD = 3600.0
"""Seconds. A longer time told is cut to this: whoever waits longer is better served by the next run."""

_JITTER = 0.25
_JITTER_LONGEST = 30.0
_DATE_LONGEST = 64
_DATE_SHORTEST = 20


def bounded(seconds: float) -> float:
    """A time told, within 0 and `LONGEST_TOLD`; what is not a number is 0."""
    return min(seconds, LONGEST_TOLD) if seconds > 0 else 0.0


def later(seconds: float, *, random: float) -> float:
    """`seconds` with jitter: up to a quarter more, at most 30 s more, never less. `random` lies in [0, 1)."""
    return seconds + random * min(seconds * _JITTER, _JITTER_LONGEST)


def parse_retry_after(untrusted: str | None, *, now: datetime) -> float | None:
    """Seconds to wait by a Retry-After field (RFC 9110 section 10.2.3), within 0 and `LONGEST_TOLD`.

    Whole seconds or one of the three date forms of section 5.6.7; a date in the past is 0; anything else is None.
    `now` is aware.
    """
    text = (untrusted or "").strip(" \t")
    if text.isascii() and text.isdigit():
        # Longer than ten digits is beyond the cap anyway, and int() refuses some thousand of them.
        digits = text.lstrip("0")
        return LONGEST_TOLD if len(digits) > 10 else bounded(float(digits or 0))
    moment = _http_date(text)
    return None if moment is None else bounded((moment - now).total_seconds())


def _http_date(text: str) -> datetime | None:
    """An HTTP date as aware UTC. All three forms begin with the name of a day and are ASCII."""
    if not _DATE_SHORTEST < len(text) < _DATE_LONGEST or not text.isascii() or not text[:3].isalpha():
        return None
    try:
        moment = parsedate_to_datetime(text)
        # The asctime form carries no zone; HTTP dates are UTC.
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
