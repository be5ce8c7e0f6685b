"""Moments as people type them in a language (20 Nov 2026, 20.11.2026 14:00), and what they bound; it asks no clock.

A day bounds a period as a whole: *to 20 Nov* means to its end. A clock that goes by twice, or not at all, in a night
when clocks change bounds it as widely as it can be meant.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final

from PySide6.QtCore import QLocale

from ui.search.periods import midnight
from ui.words import times

_TIME: Final = re.compile(r"(?:^|[\s,T])(\d{1,2}):(\d{2})(?::(\d{2}))?\s*$")
_ENGLISH: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_CENTURY: Final = 100

Wall = tuple[date, time | None]
"""What stands on the calendar and on the clock; no clock: the whole day."""


class Moments:
    """Reads and writes them in one language."""

    def __init__(self, locale: QLocale) -> None:
        self._locale = locale
        self._order = _order(locale.dateFormat(QLocale.FormatType.ShortFormat))
        self._months = _months(locale)

    def read(self, text: str) -> Wall | None:
        """None for nothing.

        Raises:
            ValueError: no day can be meant.

        """
        text = text.strip()
        if not text:
            return None
        clock = None
        if (found := _TIME.search(text)) is not None:
            clock = time(int(found.group(1)), int(found.group(2)), int(found.group(3) or 0))
            text = text[: found.start()]
        return self._day(text), clock

    def write(self, wall: Wall) -> str:
        """20 Nov 2026, and the clock if there is one; 2026-11-20 where the language's way cannot be read back."""
        day, clock = wall
        words = times.date_words(day, self._locale)
        try:
            words = words if self._day(words) == day else day.isoformat()
        except ValueError:
            words = day.isoformat()
        if clock is None:
            return words
        return f"{words} {clock.strftime('%H:%M:%S' if clock.second else '%H:%M')}"

    def _day(self, text: str) -> date:
        parts = re.findall(r"\d+|[^\W\d_]+", text)
        numbers = [part for part in parts if part.isdecimal()]
        names = [part.casefold() for part in parts if not part.isdecimal()]
        months = [self._months[name] for name in names if name in self._months]
        if len(months) == 1 and len(numbers) == 2:
            day, year = sorted(numbers, key=len) if len(numbers[0]) > 2 else numbers
            return date(_year(year), months[0], int(day))
        if names or len(numbers) != 3:
            raise ValueError("not a day")
        order = "ymd" if len(numbers[0]) > 2 else self._order
        named = dict(zip(order, numbers, strict=True))
        return date(_year(named["y"]), int(named["m"]), int(named["d"]))


def start_of(wall: Wall, zone: tzinfo) -> datetime:
    """The first moment meant, in UTC. Raises ValueError: outside of the calendar."""
    day, clock = wall
    try:
        return midnight(day, zone) if clock is None else min(_both(day, clock, zone))
    except OverflowError:
        raise ValueError("outside of the calendar") from None


def end_of(wall: Wall, zone: tzinfo) -> datetime:
    """The first moment that is not meant any more, in UTC. Raises ValueError: outside of the calendar."""
    day, clock = wall
    try:
        return midnight(day + timedelta(days=1), zone) if clock is None else max(_both(day, clock, zone))
    except OverflowError:
        raise ValueError("outside of the calendar") from None


def wall_of_start(moment: datetime, zone: tzinfo) -> Wall:
    """How a period's beginning is written, down to seconds."""
    local = _local(moment, zone)
    return local.date(), None if local.time() == time() else local.time().replace(microsecond=0)


def wall_of_end(moment: datetime, zone: tzinfo) -> Wall:
    """How a period's end is written: a midnight is the day before as a whole."""
    local = _local(moment, zone)
    if local.time() == time() and local.date() > date.min:
        return local.date() - timedelta(days=1), None
    return local.date(), local.time().replace(microsecond=0)


def _local(moment: datetime, zone: tzinfo) -> datetime:
    try:
        return moment.astimezone(zone).replace(tzinfo=None)
    except OverflowError:
        return moment.astimezone(UTC).replace(tzinfo=None)


def _both(day: date, clock: time, zone: tzinfo) -> tuple[datetime, datetime]:
    local = datetime.combine(day, clock, tzinfo=zone)
    return local.replace(fold=0).astimezone(UTC), local.replace(fold=1).astimezone(UTC)


def _year(text: str) -> int:
    year = int(text)
    return year + 2000 if year < _CENTURY and len(text) <= 2 else year


def _order(short: str) -> str:
    """In which order a language writes day, month and year: `dmy`, `mdy` or `ymd`."""
    seen = "".join(dict.fromkeys(sign for sign in short.lower() if sign in "dmy"))
    return seen if sorted(seen) == sorted("dmy") else "dmy"


def _months(locale: QLocale) -> dict[str, int]:
    form = QLocale.FormatType
    found: dict[str, int] = {}
    for number in range(1, 13):
        for kind in (form.LongFormat, form.ShortFormat):
            for name in (locale.monthName(number, kind), locale.standaloneMonthName(number, kind)):
                for word in re.findall(r"[^\W\d_]+", name.casefold()):
                    found.setdefault(word, number)
        found.setdefault(_ENGLISH[number - 1], number)
    return found
