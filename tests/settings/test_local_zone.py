"""The computer's zone: with its rules, and something usable whatever the system is set to."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from download_client.settings import local_zone


@pytest.fixture(autouse=True)
def _clock_of_the_system(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    yield
    monkeypatch.undo()
    if hasattr(time, "tzset"):
        time.tzset()


def test_both_halves_of_the_year_have_their_offset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    zone = local_zone()
    assert datetime(2026, 1, 1, tzinfo=zone).utcoffset() == timedelta(hours=1)
    assert datetime(2026, 7, 1, tzinfo=zone).utcoffset() == timedelta(hours=2)


@pytest.mark.parametrize("name", ["CET-1CEST", ":/nowhere/at/all", "Europe/Nirgends"])
def test_a_zone_that_nobody_knows_is_no_stop(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("TZ", name)
    assert datetime.now(local_zone()).utcoffset() is not None
