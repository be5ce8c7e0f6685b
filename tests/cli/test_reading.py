"""Times and lengths as people type them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from download_client.cli.reading import read_seconds, read_time
from download_client.errors import InvalidCriteria

NOW = datetime(2026, 11, 22, 12, 30, 15, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
MOMENTS = st.integers(0, 7_000_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
ZONES = st.sampled_from([UTC, BERLIN, ZoneInfo("Australia/Lord_Howe"), ZoneInfo("America/St_Johns")])


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("now", NOW),
        ("today", datetime(2026, 11, 21, 23, tzinfo=UTC)),
        ("Yesterday", datetime(2026, 11, 20, 23, tzinfo=UTC)),
        ("7d", NOW - timedelta(days=7)),
        ("90m", NOW - timedelta(minutes=90)),
        ("24h", NOW - timedelta(hours=24)),
        ("2w", NOW - timedelta(weeks=2)),
        ("2026-11-20", datetime(2026, 11, 19, 23, tzinfo=UTC)),
        ("2026-07-20", datetime(2026, 7, 19, 22, tzinfo=UTC)),
        ("2026-11-20T14:30", datetime(2026, 11, 20, 13, 30, tzinfo=UTC)),
        (" 2026-11-20 14:30:05 ", datetime(2026, 11, 20, 13, 30, 5, tzinfo=UTC)),
        ("2026-11-20T14:30:00Z", datetime(2026, 11, 20, 14, 30, tzinfo=UTC)),
        ("2026-11-20T14:30:00+05:30", datetime(2026, 11, 20, 9, tzinfo=UTC)),
        ("2026-03-29", datetime(2026, 3, 28, 23, tzinfo=UTC)),
        ("2026-03-30", datetime(2026, 3, 29, 22, tzinfo=UTC)),
    ],
)
def test_a_time_is_meant_in_the_chosen_zone(text: str, meant: datetime) -> None:
    found = read_time(text, now=NOW, zone=BERLIN)
    assert found == meant
    assert found.tzinfo is UTC


@given(moment=MOMENTS, zone=ZONES)
def test_what_is_written_with_its_offset_is_read_back(moment: datetime, zone: timezone | ZoneInfo) -> None:
    aware = moment.astimezone(zone)
    for text in (aware.isoformat(), aware.astimezone(UTC).isoformat().replace("+00:00", "Z")):
        assert read_time(text, now=NOW, zone=BERLIN) == aware


@given(number=st.integers(0, 99_999), unit=st.sampled_from("mhdw"))
def test_ago_is_before_now_or_refused(number: int, unit: str) -> None:
    seconds = {"m": 60, "h": 3600, "d": 86_400, "w": 604_800}[unit] * number
    try:
        assert read_time(f"{number}{unit}", now=NOW, zone=UTC) == NOW - timedelta(seconds=seconds)
    except InvalidCriteria:
        assert seconds > (NOW - datetime(1, 1, 8, tzinfo=UTC)).total_seconds()


@given(text=st.text(max_size=24))
def test_any_text_is_a_time_or_refused(text: str) -> None:
    try:
        assert read_time(text, now=NOW, zone=BERLIN).tzinfo is UTC
    except InvalidCriteria as error:
        assert "examples" in str(error) or "calendar" in str(error)  # noqa: PT017 - either is right


@pytest.mark.parametrize(
    "text",
    ["", "tomorrow", "2026-13-01", "2026-02-30", "12:30", "7 d", "-7d", "99999999d", "0001-01-01", "9999-12-31T23:59"],
)
def test_what_is_no_time_in_the_calendar_is_refused(text: str) -> None:
    with pytest.raises(InvalidCriteria):
        read_time(text, now=NOW, zone=ZoneInfo("Asia/Tokyo") if text.startswith("0001") else ZoneInfo("Etc/GMT+12"))


@given(seconds=st.integers(0, 99 * 3600))
def test_a_length_is_read_back_in_each_of_its_forms(seconds: int) -> None:
    hours, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    for text in (
        f"{seconds}",
        f"{seconds}s",
        f"{hours}:{minutes:02}:{left:02}",
        f" {hours:02}:{minutes:02}:{left:02} ",
    ):
        assert read_seconds(text) == seconds
    assert read_seconds(f"{minutes}m") == minutes * 60
    assert read_seconds(f"{minutes}:{left:02}") == minutes * 60 + left


@given(text=st.text(max_size=12))
def test_any_text_is_a_length_or_refused(text: str) -> None:
    try:
        assert read_seconds(text) >= 0
    except InvalidCriteria:
        assert not text.strip().isascii() or not text.strip().isdigit() or len(text.strip()) > 7


@pytest.mark.parametrize("text", ["", "-5", "5 m", "1:5", "5d", "1.5", "1e3", "99999999"])
def test_what_is_no_length_is_refused(text: str) -> None:
    with pytest.raises(InvalidCriteria, match="not a length"):
        read_seconds(text)
