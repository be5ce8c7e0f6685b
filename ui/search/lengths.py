"""How long a conversation was, as people write it (10:00, 90 s, 10 min), in seconds and back; it shows no mistakes."""

from __future__ import annotations

import re
from typing import Final

MOST: Final = 7 * 24 * 3600
"""The longest duration the service can be asked for, in seconds."""
_CLOCK: Final = re.compile(r"(?:(\d{1,3}):)?(\d{1,4}):(\d{2})")
_PART: Final = re.compile(r"\s*(\d{1,6}(?:[.,]\d{1,3})?)\s*([a-zäöü]*)\.?", re.IGNORECASE)
_UNITS: Final = {
    "s": ("s", "sec", "secs", "second", "seconds", "sek", "sekunde", "sekunden"),
    "m": ("m", "min", "mins", "minute", "minutes", "minuten", ""),
    "h": ("h", "hr", "hrs", "hour", "hours", "std", "stunde", "stunden"),
}
_SECONDS: Final = {"s": 1, "m": 60, "h": 3600}


def read_length(text: str) -> int | None:
    """Seconds; None for nothing. A number without a unit counts minutes.

    Raises:
        ValueError: it says no length, or one of more than a week.

    """
    text = text.strip()
    if not text:
        return None
    seconds = _clock(text) if ":" in text else _words(text)
    if seconds > MOST:
        raise ValueError("longer than a week")
    return seconds


def write_length(seconds: int | None) -> str:
    """10:00, from one hour 1:02:33; empty for None."""
    if seconds is None:
        return ""
    hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes:02d}:{rest:02d}"


def _clock(text: str) -> int:
    found = _CLOCK.fullmatch(text)
    if found is None:
        raise ValueError("not a length")
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    if seconds > 59 or (found.group(1) is not None and minutes > 59):
        raise ValueError("not a length")
    return hours * 3600 + minutes * 60 + seconds


def _words(text: str) -> int:
    at, total, used = 0, 0.0, ""
    while at < len(text):
        found = _PART.match(text, at)
        unit = None if found is None else _unit(found.group(2))
        if found is None or unit is None or unit in used:
            raise ValueError("not a length")
        total += float(found.group(1).replace(",", ".")) * _SECONDS[unit]
        used += unit
        at = found.end()
    return round(total)


def _unit(word: str) -> str | None:
    return next((unit for unit, words in _UNITS.items() if word.lower() in words), None)
