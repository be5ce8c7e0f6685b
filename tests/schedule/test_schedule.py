"""Schedules that cannot be meant are refused; days and times are read as people write them."""

from __future__ import annotations

from datetime import UTC, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from download_client.errors import InvalidSchedule
from download_client.model import Criteria
from download_client.schedule import DAY_NAMES, read_at, read_days
from tests.schedule.test_planner import schedule


@pytest.mark.parametrize(
    "different",
    [
        {"name": " "},
        {"name": "x" * 81},
        {"name": "a\nb"},
        {"days": frozenset()},
        {"days": frozenset({0})},
        {"at": time(2, tzinfo=UTC)},
        {"zone": "Europe/Nirgends"},
        {"zone": "../etc/passwd"},
        {"window": timedelta(0)},
        {"window": timedelta(days=2)},
        {"archive": Path("relative")},
        {"search": "Complaints", "criteria": Criteria()},
    ],
    ids=str,
)
def test_what_cannot_be_meant_is_refused(different: dict[str, Any]) -> None:
    with pytest.raises(InvalidSchedule):
        schedule(**different)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("daily", {1, 2, 3, 4, 5, 6, 7}),
        ("mon-fri", {1, 2, 3, 4, 5}),
        ("Sat, Sun", {6, 7}),
        ("fri-mon", {5, 6, 7, 1}),
        ("wed", {3}),
        ("mon,wed-thu", {1, 3, 4}),
    ],
)
def test_days_are_read_as_people_write_them(text: str, days: set[int]) -> None:
    assert read_days(text) == days


@given(st.sets(st.sampled_from(DAY_NAMES), min_size=1))
def test_days_come_back(names: set[str]) -> None:
    assert {DAY_NAMES[day - 1] for day in read_days(",".join(names))} == names


@pytest.mark.parametrize("text", ["", "monday", "mon-", "-fri", "mon--fri", "x"])
def test_no_days(text: str) -> None:
    with pytest.raises(InvalidSchedule):
        read_days(text)


def test_a_time_of_day() -> None:
    assert (read_at("2:05"), read_at(" 23:59 ")) == (time(2, 5), time(23, 59))
    for text in ("24:00", "2", "2:5", "02:15:00", "\uff12:05"):
        with pytest.raises(InvalidSchedule):
            read_at(text)
