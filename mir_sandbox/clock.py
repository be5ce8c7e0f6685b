"""The service's clock, which a test may set and advance, and the calendar of retention.

Not promised: the real time. Rate limits do not run by it; they run by the machine's steady clock.
"""

import time
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

_EPOCH = date(1970, 1, 1)
_DAY = 86_400
_MINUTES = tuple(f"T{minute // 60:02d}:{minute % 60:02d}:" for minute in range(1440))
_SECONDS = tuple(f"{second:02d}Z" for second in range(60))


class ServiceClock:
    """Runs at the speed of real time from wherever it was set."""

    def __init__(self, now: datetime | None = None) -> None:
        self._base = (now or datetime.now(UTC)).timestamp() - time.monotonic()

    def now(self) -> float:
        """Seconds since 1970 in UTC."""
        return self._base + time.monotonic()

    def now_ms(self) -> int:
        """Milliseconds since 1970 in UTC."""
        return int(self.now() * 1000)

    def advance(self, seconds: float) -> None:
        """Put the clock forward, or back when negative."""
        self._base += seconds

    def set(self, now: datetime) -> None:
        """Put the clock to that moment (aware)."""
        self._base = now.timestamp() - time.monotonic()


@lru_cache(maxsize=4096)
def _day_text(day: int) -> str:
    return str(_EPOCH + timedelta(days=day))


def utc_text(seconds: int) -> str:
    """RFC 3339 in UTC, to the second."""
    day, rest = divmod(seconds, _DAY)
    return _day_text(day) + _MINUTES[rest // 60] + _SECONDS[rest % 60]


def utc_text_ms(milliseconds: int) -> str:
    """RFC 3339 in UTC, to the millisecond where it is not a whole second."""
    seconds, rest = divmod(milliseconds, 1000)
    text = utc_text(seconds)
    return f"{text[:-1]}.{rest:03d}Z" if rest else text


@lru_cache(maxsize=4096)
def _moved(day: int, months: int) -> int:
    start = _EPOCH + timedelta(days=day)
    index = start.year * 12 + start.month - 1 + months
    first_of_next = date((index + 1) // 12, (index + 1) % 12 + 1, 1)
    last = (first_of_next - timedelta(days=1)).day
    return (date(index // 12, index % 12 + 1, min(start.day, last)) - _EPOCH).days


def add_months(seconds: int, months: int) -> int:
    """The same time of day that many calendar months later (F15); a day that month lacks becomes its last."""
    day, rest = divmod(seconds, _DAY)
    return _moved(day, months) * _DAY + rest
