"""Moments come back from seconds as they went, in every year that a service may name, also on Windows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from download_client.model import local, moment


@pytest.mark.parametrize(
    "told",
    [
        datetime(1, 1, 1, tzinfo=UTC),
        datetime(1899, 12, 30, 23, 59, 59, 999999, tzinfo=UTC),
        datetime(1970, 1, 1, tzinfo=UTC),
        datetime(2026, 11, 22, 2, 30, 0, 123456, tzinfo=timezone(timedelta(hours=5, minutes=30))),
        datetime(3001, 1, 1, tzinfo=UTC),
        datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC),
    ],
)
def test_a_moment_comes_back(told: datetime) -> None:
    found = moment(told.timestamp())
    assert (found, found.tzinfo) == (told, UTC)


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York"])
def test_no_time_at_all_is_told_in_every_zone(zone: str) -> None:
    for told in (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)):
        assert abs(local(told, ZoneInfo(zone)).replace(tzinfo=None) - told.replace(tzinfo=None)) < timedelta(days=1)
