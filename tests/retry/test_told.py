"""Fault 9: Retry-After as seconds, dates, past dates, 10⁹ and rubbish."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from download_client.retry import LONGEST_TOLD, bounded, later, parse_retry_after

NOW = datetime(2026, 11, 22, 12, 0, 0, tzinfo=UTC)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("0", 0),
        ("120", 120),
        (" 7\t", 7),
        ("007", 7),
        ("3600", 3600),
        ("3601", 3600),
        ("1000000000", 3600),
        ("9" * 10_000, 3600),
        ("0" * 10_000, 0),
        ("Sun, 22 Nov 2026 12:01:30 GMT", 90),
        ("Sunday, 22-Nov-26 12:01:30 GMT", 90),
        ("Sun Nov 22 12:01:30 2026", 90),
        ("Sun, 22 Nov 2026 12:00:00 GMT", 0),
        ("Sat, 21 Nov 2026 12:00:00 GMT", 0),
        ("Sun, 06 Nov 1994 08:49:37 GMT", 0),
        ("Mon, 22 Nov 2027 12:00:00 GMT", 3600),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 3600),
        ("Sun, 22 Nov 2026 13:01:00 +0100", 60),
    ],
)
def test_what_is_told(text: str, seconds: float) -> None:
    assert parse_retry_after(text, now=NOW) == seconds


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        " ",
        "-5",
        "+5",
        "1.5",
        "1e3",
        "5 s",
        "5, 6",
        "soon",
        "nan",
        "inf",
        "١٢",
        "²",
        "0x10",
        "2026-11-22T12:01:30Z",
        "1794312090 seconds from the epoch",
        "Sun, 99 Nov 2026 12:01:30 GMT",
        "Sun, 22 Nov 2026 25:01:30 GMT",
        "Sun, 22 Foo 2026 12:01:30 GMT",
        "Sun, 22 Nov 99999999999999999999 12:01:30 GMT",
        "Fri, 31 Dec 9999 23:59:59 -0100",
        "Sun, 22 Nov 2026 12:01:30 GMT" + " " * 100 + "x",
        "x" * 1_000_000,
    ],
)
def test_rubbish_tells_nothing(text: str | None) -> None:
    assert parse_retry_after(text, now=NOW) is None


@given(st.text() | st.text("0123456789:, -+GMTSunNov", max_size=70))
def test_no_text_breaks_it_or_makes_a_negative_or_endless_wait(text: str) -> None:
    told = parse_retry_after(text, now=NOW)
    assert told is None or 0 <= told <= LONGEST_TOLD


@given(st.integers(min_value=0, max_value=10**12))
def test_seconds_are_kept_exactly_up_to_the_cap(seconds: int) -> None:
    assert parse_retry_after(str(seconds), now=NOW) == min(seconds, LONGEST_TOLD)


@given(
    now=st.integers(0, 4 * 10**15).map(lambda microseconds: EPOCH + timedelta(microseconds=microseconds)),
    ahead=st.integers(min_value=-(10**8), max_value=10**8),
)
def test_a_date_is_never_early(now: datetime, ahead: int) -> None:
    date = (now + timedelta(seconds=ahead)).replace(microsecond=0)
    told = parse_retry_after(format_datetime(date, usegmt=True), now=now)
    assert told is not None
    assert 0 <= told <= LONGEST_TOLD
    assert told == LONGEST_TOLD or now + timedelta(seconds=told) >= date


@given(st.floats())
def test_any_number_told_is_bounded(seconds: float) -> None:
    assert 0 <= bounded(seconds) <= LONGEST_TOLD


@given(st.floats(min_value=0, max_value=LONGEST_TOLD), st.floats(min_value=0, max_value=1, exclude_max=True))
def test_jitter_is_upward_and_small(seconds: float, random: float) -> None:
    assert seconds <= later(seconds, random=random) <= seconds + min(seconds / 4, 30)
