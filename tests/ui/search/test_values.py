from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale

from download_client.errors import InvalidCriteria
from download_client.model import Criteria
from tests.ui.search.criteria import ZONES, criteria
from ui.search.form import Form
from ui.search.lengths import MOST, read_length, write_length
from ui.search.moments import Moments, end_of, start_of, wall_of_end, wall_of_start
from ui.search.periods import Period, midnight, period_of, span_of

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
"""In Berlin it is the 21st already."""
LOCALES = [QLocale(name) for name in ("en_GB", "en_US", "de_DE", "fr_FR", "ja_JP")]
nows = st.integers(0, 90 * 365 * 86_400).map(lambda n: datetime(2001, 1, 1, tzinfo=UTC) + timedelta(seconds=n))


def berlin(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=BERLIN).astimezone(UTC)  # type: ignore[arg-type, misc]


# --- periods


@pytest.mark.parametrize(
    ("period", "span"),
    [
        (Period.LAST_24_HOURS, (None, None)),
        (Period.TODAY, (berlin(2026, 11, 21), None)),
        (Period.YESTERDAY, (berlin(2026, 11, 20), berlin(2026, 11, 21))),
        (Period.LAST_7_DAYS, (berlin(2026, 11, 15), None)),
        (Period.THIS_MONTH, (berlin(2026, 11, 1), None)),
        (Period.LAST_MONTH, (berlin(2026, 10, 1), berlin(2026, 11, 1))),
    ],
)
def test_a_period_in_words_is_of_the_zones_days(period: Period, span: object) -> None:
    assert span_of(period, BERLIN, now=NOW) == span


@pytest.mark.parametrize(("now", "hours"), [((2026, 3, 30, 12), 23), ((2026, 10, 26, 12), 25), ((2026, 7, 2), 24)])
def test_a_day_on_which_clocks_change_is_whole(now: tuple[int, ...], hours: int) -> None:
    first, last = span_of(Period.YESTERDAY, BERLIN, now=berlin(*now))
    assert first is not None
    assert last is not None
    assert last - first == timedelta(hours=hours)


def test_a_midnight_that_clocks_pass_over_is_when_they_do() -> None:
    havana = ZoneInfo("America/Havana")
    assert midnight(date(2026, 3, 8), havana) == datetime(2026, 3, 8, 5, tzinfo=UTC)


@given(now=nows, zone=st.sampled_from(ZONES), period=st.sampled_from([p for p in Period if p is not Period.CUSTOM]))
def test_a_period_is_known_again_by_its_span(now: datetime, zone: ZoneInfo, period: Period) -> None:
    span = span_of(period, zone, now=now)
    assert span_of(period_of(span, zone, now=now), zone, now=now) == span
    assert span[0] is None or span[0] <= now


# --- form and criteria


@given(asked=criteria(), now=nows, zone=st.sampled_from(ZONES))
def test_nothing_is_lost_between_criteria_and_form(asked: Criteria, now: datetime, zone: ZoneInfo) -> None:
    assert Form.of(asked, zone, now=now).criteria(zone, now=now) == asked


def test_a_period_in_words_means_another_span_the_next_day() -> None:
    form = Form.of(Criteria(from_time=berlin(2026, 11, 21), calling_name="A"), BERLIN, now=NOW)
    assert form.period is Period.TODAY
    tomorrow = form.criteria(BERLIN, now=NOW + timedelta(days=1))
    assert tomorrow == Criteria(from_time=berlin(2026, 11, 22), calling_name="A")


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(InvalidCriteria):
        Form(Period.CUSTOM, (NOW, NOW - timedelta(days=1))).criteria(BERLIN, now=NOW)


# --- durations


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("", None),
        ("  ", None),
        ("10:00", 600),
        ("1:02:33", 3753),
        ("90:00", 5400),
        ("0:05", 5),
        ("90 s", 90),
        ("90s", 90),
        ("10 min", 600),
        ("10", 600),
        ("1,5 min", 90),
        ("1 h 30 min", 5400),
        ("2 Std. 5 Min.", 7500),
        ("45 Sek.", 45),
        ("0", 0),
    ],
)
def test_a_duration_is_read_as_people_write_it(text: str, seconds: int | None) -> None:
    assert read_length(text) == seconds


@pytest.mark.parametrize("text", ["ten", "10:60", "1:60:00", "-5", "10:0", "5 min 3 min", "5 apples", "8 h 400 h", ":"])
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"length|week"):
        read_length(text)


@given(st.none() | st.integers(0, MOST))
def test_a_duration_comes_back_as_it_was_written(seconds: int | None) -> None:
    assert read_length(write_length(seconds)) == seconds


# --- moments


@pytest.mark.parametrize(
    ("locale", "text", "wall"),
    [
        ("en_GB", "20 Nov 2026", (date(2026, 11, 20), None)),
        ("en_GB", "20 november 2026, 14:05", (date(2026, 11, 20), time(14, 5))),
        ("en_GB", "20/11/26 9:05", (date(2026, 11, 20), time(9, 5))),
        ("en_US", "11/20/2026", (date(2026, 11, 20), None)),
        ("en_US", "Nov 20, 2026", (date(2026, 11, 20), None)),
        ("de_DE", "20.11.2026 14:05:09", (date(2026, 11, 20), time(14, 5, 9))),
        ("de_DE", "1. März 2026", (date(2026, 3, 1), None)),
        ("de_DE", "2026-11-20T14:05", (date(2026, 11, 20), time(14, 5))),
        ("ja_JP", "2026/11/20", (date(2026, 11, 20), None)),
        ("de_DE", " ", None),
    ],
)
def test_a_moment_is_read_as_people_write_it(locale: str, text: str, wall: object) -> None:
    assert Moments(QLocale(locale)).read(text) == wall


@pytest.mark.parametrize("text", ["yesterday", "30.2.2026", "12", "1.2.2026 25:00", "20 Foo 2026", "14:00", "1.2.3.4"])
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Moments(QLocale("de_DE")).read(text)


@given(st.sampled_from(LOCALES), st.dates(), st.none() | st.times().map(lambda each: each.replace(microsecond=0)))
def test_a_moment_comes_back_as_it_was_written(locale: QLocale, day: date, clock: time | None) -> None:
    moments = Moments(locale)
    assert moments.read(moments.write((day, clock))) == (day, clock)


@given(nows, st.sampled_from(ZONES))
def test_what_is_written_of_a_bound_means_that_bound(moment: datetime, zone: ZoneInfo) -> None:
    local = moment.astimezone(zone)
    assume(local.replace(fold=0).utcoffset() == local.replace(fold=1).utcoffset())
    assert start_of(wall_of_start(moment, zone), zone) == moment
    assert end_of(wall_of_end(moment, zone), zone) == moment


def test_a_clock_that_goes_by_twice_or_never_bounds_as_widely_as_it_can_be_meant() -> None:
    twice = (date(2026, 10, 25), time(2, 30))
    assert start_of(twice, BERLIN) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert end_of(twice, BERLIN) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    never = (date(2026, 3, 29), time(2, 30))
    assert start_of(never, BERLIN) < midnight(date(2026, 3, 29), BERLIN) + timedelta(hours=2) < end_of(never, BERLIN)


def test_a_day_as_an_end_is_whole() -> None:
    assert end_of((date(2026, 11, 20), None), BERLIN) == berlin(2026, 11, 21)
    assert wall_of_end(berlin(2026, 11, 21), BERLIN) == (date(2026, 11, 20), None)


def test_the_end_of_the_calendar_is_refused() -> None:
    with pytest.raises(ValueError, match="calendar"):
        end_of((date.max, None), BERLIN)
