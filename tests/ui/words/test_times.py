from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QLocale

from ui.words import times

BERLIN = ZoneInfo("Europe/Berlin")
EN = QLocale("en_GB")
NOW = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
"""In Berlin it is the 21st already."""


def test_a_clock_is_that_of_the_zone() -> None:
    assert times.clock(NOW, BERLIN) == "00:30:00"
    assert times.clock(NOW, BERLIN, seconds=False) == "00:30"


def test_the_last_day_of_the_calendar_is_no_other_day_anywhere() -> None:
    assert times.moment_words(datetime.max.replace(tzinfo=UTC), BERLIN, EN) == "Fri 31 Dec 9999, 23:59:59"


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 11, 20, 23, 10, tzinfo=UTC), "Today"),
        (datetime(2026, 11, 20, 22, 59, tzinfo=UTC), "Yesterday"),
        (datetime(2026, 11, 18, 12, 0, tzinfo=UTC), "Wed 18 Nov"),
        (datetime(2025, 11, 18, 12, 0, tzinfo=UTC), "18 Nov 2025"),
    ],
)
def test_days_are_those_of_the_zone(moment: datetime, words: str) -> None:
    assert times.day(moment, BERLIN, EN, now=NOW) == words


def test_dates_and_moments() -> None:
    assert times.date_words(date(2026, 11, 20), EN) == "20 Nov 2026"
    assert times.moment_words(NOW, BERLIN, EN) == "Sat 21 Nov 2026, 00:30:00"
    assert times.moment_words(None, BERLIN, EN) == "–"


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (None, "–"),
        (0, "00:00"),
        (59.6, "01:00"),
        (728, "12:08"),
        (3753, "1:02:33"),
        (timedelta(seconds=728), "12:08"),
    ],
)
def test_durations(length: float | timedelta | None, words: str) -> None:
    assert times.duration(length) == words


@pytest.mark.parametrize(
    ("seconds", "words"), [(-3, "0:00"), (0, "0:00"), (41.2, "0:42"), (75, "1:15"), (3600, "1:00:00")]
)
def test_countdowns_never_say_nothing_is_left_too_early(seconds: float, words: str) -> None:
    assert times.countdown(seconds) == words


@pytest.mark.parametrize(("seconds", "words"), [(12, "12 s"), (2280, "38 min"), (14_520, "4 h 02 min"), (-1, "0 s")])
def test_spans_in_prose(seconds: float, words: str) -> None:
    assert times.span(seconds) == words


def test_what_is_left() -> None:
    assert times.left(None) == ""
    assert times.left(20) == "under a minute left"
    assert times.left(300) == "5 min left"


def test_a_zone_is_named_with_its_hour_of_the_year() -> None:
    assert times.zone_words(BERLIN, NOW) == "Europe/Berlin (CET)"
    assert times.zone_words(UTC, NOW) == "UTC"
