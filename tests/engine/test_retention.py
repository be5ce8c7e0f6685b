"""What will be deleted and is not home: by dates alone, by the archive, and when retention is shortened (F15)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from download_client.engine.retention import endangered, span_of
from download_client.model import RecordingStatus, Retention
from mir_sandbox.clock import add_months
from mir_sandbox.remote import Sandbox
from tests.engine.rig import House
from tests.journeys.conftest import program_of
from tests.making import conversation, recording

NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)
SOON = timedelta(days=14)
ALL_TIME = ("--within", "3660")


@given(
    age=st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=2557)),
    months=st.sampled_from((12, 84)),
    days=st.integers(1, 400),
)
def test_whatever_ends_in_time_lies_in_the_span(age: timedelta, months: int, days: int) -> None:
    start = NOW - age
    ends = datetime.fromtimestamp(add_months(int(start.timestamp()), months), UTC)
    within = timedelta(days=days)
    span = span_of(Retention(months=months, archiving=months == 84), now=NOW, within=within)
    if ends <= NOW + within:
        assert span.start <= start < span.end


@pytest.mark.parametrize(
    ("ends", "status", "found"),
    [
        (SOON, RecordingStatus.AVAILABLE, 1),
        (SOON, RecordingStatus.PROCESSING, 1),
        (SOON + timedelta(seconds=1), RecordingStatus.AVAILABLE, 0),
        (SOON, RecordingStatus.EXPIRED, 0),
        (SOON, RecordingStatus.MISSING, 0),
        (None, RecordingStatus.AVAILABLE, 0),
    ],
)
def test_only_what_can_still_be_saved(ends: timedelta | None, status: RecordingStatus, found: int) -> None:
    one = conversation("c1", recording("r1", status=status), expires_at=None if ends is None else NOW + ends)
    assert len(list(endangered([(one,)], ledger=None, now=NOW, within=SOON))) == found


def test_nothing_more_is_in_danger_once_it_is_home(house: House, sandbox: Sandbox) -> None:
    program = program_of(house.folder / "p", sandbox)
    program.archive.parent.mkdir(exist_ok=True)
    before = program.here("retention", "--archive", str(program.archive), *ALL_TIME, "--json")
    rows = [row for row in sandbox.truth(program.user.username) if row["status"] in {"available", "processing"}]
    assert before.code == 12
    assert before.json["recordings"] == len(rows)
    assert {each["conversationId"] for each in before.json["endangered"]} == {row["conversation"] for row in rows}
    assert not program.archive.exists(), "a look makes no archive"

    program.pull_here("--from", "2025-09-01T00:00:00Z", "--to", "2026-11-20T12:00:00Z")
    after = program.here("retention", "--archive", str(program.archive), *ALL_TIME, "--json")
    assert after.json["recordings"] == sum(row["status"] == "processing" for row in rows)
    said = program.here("retention", "--archive", str(program.archive), "--within", "1")
    assert (said.code, "Whatever the service deletes within 1 day is in" in said.out) == (0, True)


def test_it_follows_a_retention_that_is_shortened(tmp_path: Path) -> None:
    with Sandbox.start(conversations=60, options=("--tiny", "--archiving")) as sandbox:
        program = program_of(tmp_path / "p", sandbox)
        look = ("retention", "--archive", str(program.archive), "--within", "30", "--json")
        of_seven_years = _starts(program.here(*look).json)
        sandbox.retain(months=12, archiving=False)
        of_one_year = _starts(program.here(*look).json)
    assert max(of_seven_years) < min(of_one_year) - timedelta(days=5 * 365)


def _starts(told: dict[str, Any]) -> list[datetime]:
    return [datetime.fromisoformat(each["startTime"]) for each in told["endangered"]]
