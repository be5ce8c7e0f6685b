"""Sizes, rates and times as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from download_client.settings import (
    parse_duration,
    parse_rate,
    parse_size,
    show_duration,
    show_rate,
    show_size,
)


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("0", 0),
        ("12345", 12345),
        ("7 B", 7),
        ("10MB", 10_000_000),
        ("10 MB", 10_000_000),
        (" 10 mb ", 10_000_000),
        ("1.5 GB", 1_500_000_000),
        ("0.1 kB", 100),
        ("1 KiB", 1024),
        ("4GiB", 4 * 2**30),
        ("1.5 TiB", 3 * 2**39),
        ("2 TB", 2 * 10**12),
        ("1.0009 kB", 1000),
    ],
)
def test_sizes(text: str, size: int) -> None:
    assert parse_size(text) == size


@pytest.mark.parametrize(("text", "rate"), [("500 kB/s", 500_000), ("500kB", 500_000), ("1.5 MiB /s", 1_572_864)])
def test_rates(text: str, rate: int) -> None:
    assert parse_rate(text) == rate


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("30", 30), ("30 s", 30), ("250ms", 0.25), ("1.5 min", 90), ("2 h", 7200), ("1d", 86_400), ("0 s", 0)],
)
def test_durations(text: str, seconds: float) -> None:
    assert parse_duration(text) == seconds


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "MB",
        "-1 MB",
        "+1",
        "1,5 GB",
        "1e6",
        "1.",
        ".5",
        "1  MB",
        "10 M",
        "1 m",
        "\u0661",
        "nan",
        "0x10",
        "1" * 16,
    ],
)
def test_what_is_no_measure(text: str) -> None:
    for parse in (parse_size, parse_rate, parse_duration):
        with pytest.raises(ValueError, match=r"number with a unit|unknown unit"):
            parse(text)


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1 kB"),
        (1234, "1.234 kB"),
        (12_345_678, "12345678 B"),
        (10_000_000, "10 MB"),
        (1_500_000_000, "1.5 GB"),
        (1_000_000_000_001, "1000000000001 B"),
    ],
)
def test_sizes_are_shown_short_and_exact(size: int, text: str) -> None:
    assert show_size(size) == text


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "0 s"), (0.25, "0.25 s"), (90, "90 s"), (900, "15 min"), (7200, "2 h"), (172_800, "2 d")]
)
def test_durations_are_shown_short_and_exact(seconds: float, text: str) -> None:
    assert show_duration(seconds) == text


@given(st.integers(0, 10**15 - 1))
def test_what_is_shown_is_what_is_read(number: int) -> None:
    assert parse_size(show_size(number)) == number
    assert parse_rate(show_rate(number)) == number


@given(st.integers(0, 10**9).map(lambda milliseconds: milliseconds / 1000))
def test_times_shown_are_times_read(seconds: float) -> None:
    assert parse_duration(show_duration(seconds)) == seconds


@given(st.text(max_size=30) | st.text("0123456789. kMGTiBsmhd/", max_size=30))
def test_any_text_is_a_measure_or_refused_with_a_sentence(text: str) -> None:
    for parse in (parse_size, parse_rate, parse_duration):
        try:
            number = parse(text)
        except ValueError as error:
            said = str(error)
        else:
            said = "'"
            assert number >= 0
        assert "'" in said
