"""Counts, sizes, rates and shares as the looks write them: decimal units, one digit, the locale's own separators."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

NOTHING = "–"
"""Stands where a value is missing."""
_NARROW = "\N{NO-BREAK SPACE}"
_UNITS = ("kB", "MB", "GB", "TB", "PB")
_SMALL = 10_000


def count(number: int, locale: QLocale) -> str:
    """1,046; all digits, also of a large one."""
    return locale.toString(number)


def size(number_of_bytes: int | None, locale: QLocale) -> str:
    """9.4 GB, 24.2 MB, 312 kB; under 10 kB in whole bytes; – for None."""
    if number_of_bytes is None:
        return NOTHING
    if number_of_bytes < _SMALL:
        return QCoreApplication.translate("words", "{count} bytes").format(count=locale.toString(number_of_bytes))
    value, power = number_of_bytes / 1000, 0
    # What would be rounded up to a thousand is one of the next unit.
    while value >= 999.95 and power + 1 < len(_UNITS):
        value, power = value / 1000, power + 1
    return f"{locale.toString(value, 'f', 1 if power else 0)}{_NARROW}{_UNITS[power]}"


def rate(bytes_per_second: float | None, locale: QLocale) -> str:
    """11.2 MB/s; – for None."""
    if bytes_per_second is None:
        return NOTHING
    if bytes_per_second < _SMALL:
        return f"{locale.toString(bytes_per_second / 1000, 'f', 1)}{_NARROW}kB/s"
    return f"{size(int(bytes_per_second), locale)}/s"


def percent(share: float, locale: QLocale) -> str:
    """63 %; rounded down, so that 100 % is said of what is whole only."""
    # A hair more, since 0.58 × 100 falls short of 58.
    whole = max(0, min(100, int(share * 100 + 1e-9)))
    return f"{locale.toString(whole)}{_NARROW}%"
