"""Sizes, rates and times as people write them ("1.5 GB", "10 MB/s", "30 s"); it knows no setting.

Values are bytes, bytes per second and seconds. kB, MB, GB, TB are powers of 1,000, KiB, MiB, GiB, TiB of 1,024; upper
and lower case mean the same. Every `show_…` writes what its `parse_…` reads back.
"""

from __future__ import annotations

import re
from decimal import Decimal

_NUMBER = re.compile(r"([0-9]{1,15}(?:\.[0-9]{1,12})?) ?([a-z/]*)", re.ASCII)

_SIZES = {
    "": 1,
    "b": 1,
    "kb": 10**3,
    "mb": 10**6,
    "gb": 10**9,
    "tb": 10**12,
    "kib": 2**10,
    "mib": 2**20,
    "gib": 2**30,
    "tib": 2**40,
}
_SHOWN_SIZES = (("TB", 10**12), ("GB", 10**9), ("MB", 10**6), ("kB", 10**3))
_TIMES = {
    "": Decimal(1),
    "ms": Decimal("0.001"),
    "s": Decimal(1),
    "min": Decimal(60),
    "h": Decimal(3600),
    "d": Decimal(86400),
}
_SHOWN_TIMES = (("d", 86400), ("h", 3600), ("min", 60))


def parse_size(untrusted: str) -> int:
    """Whole bytes, rounded down.

    Raises:
        ValueError: with a sentence for people.

    """
    number, unit = _split(untrusted, examples="10 MB, 1.5 GB or 4 GiB")
    if unit not in _SIZES:
        raise ValueError(f"{untrusted!r} has an unknown unit; known are B, kB, MB, GB, TB, KiB, MiB, GiB, TiB")
    return int(number * _SIZES[unit])


def parse_rate(untrusted: str) -> int:
    """Whole bytes per second: a size with or without "/s". Raises ValueError as `parse_size` does."""
    return parse_size(re.sub(r" ?/s$", "", untrusted.strip()))


def parse_duration(untrusted: str) -> float:
    """Seconds. Raises ValueError as `parse_size` does."""
    number, unit = _split(untrusted, examples="30 s, 5 min or 1.5 h")
    if unit not in _TIMES:
        raise ValueError(f"{untrusted!r} has an unknown unit; known are ms, s, min, h, d")
    return float(number * _TIMES[unit])


def show_size(size: int) -> str:
    """In its largest decimal unit where three decimals are exact, else in plain bytes."""
    for unit, factor in _SHOWN_SIZES:
        if size >= factor:
            return f"{size} B" if size * 1000 % factor else f"{_plain(Decimal(size) / factor)} {unit}"
    return f"{size} B"


def show_rate(rate: int) -> str:
    """As `show_size`, per second."""
    return f"{show_size(rate)}/s"


def show_duration(seconds: float) -> str:
    """The largest unit that it is a whole number of, else seconds."""
    for unit, factor in _SHOWN_TIMES:
        if seconds >= factor and seconds % factor == 0:
            return f"{int(seconds // factor)} {unit}"
    return f"{_plain(Decimal(repr(float(seconds))))} s"


def _split(untrusted: str, *, examples: str) -> tuple[Decimal, str]:
    found = _NUMBER.fullmatch(untrusted.strip().lower())
    if found is None:
        raise ValueError(f"{untrusted[:40]!r} is not a number with a unit, such as {examples}")
    return Decimal(found[1]), found[2]


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
