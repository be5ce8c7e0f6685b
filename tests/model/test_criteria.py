"""What a search means: its window, its slices, what is refused, and that nothing is lost on the way into a file."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise
from math import ceil

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from download_client.errors import InvalidCriteria
from download_client.model import Criteria, Direction, RecordingMode, Scope, Window

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY = timedelta(days=1)
FIRST, LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)

CALENDAR = (LAST - FIRST) // timedelta(microseconds=1)
A_DAY = DAY // timedelta(microseconds=1)


def moments(low: int, high: int) -> st.SearchStrategy[datetime]:
    """Moments so many microseconds after the calendar's first."""
    return st.integers(low, high).map(lambda microseconds: FIRST + timedelta(microseconds=microseconds))


TIMES = moments(0, CALENDAR)
ZONED = st.builds(
    lambda time, minutes: time.astimezone(timezone(timedelta(minutes=minutes))),
    moments(3 * A_DAY, CALENDAR - 3 * A_DAY),
    st.integers(-14 * 60, 14 * 60),
)
LENGTHS = st.timedeltas(min_value=timedelta(microseconds=1))


# --- the window ------------------------------------------------------------------------------------------------------


def test_without_times_the_last_day_is_meant() -> None:
    assert Criteria().window(NOW) == Window(NOW - DAY, NOW)


def test_an_end_alone_means_the_day_before_it_and_a_begin_alone_all_since() -> None:
    assert Criteria(to_time=NOW - DAY).window(NOW) == Window(NOW - 2 * DAY, NOW - DAY)
    assert Criteria(from_time=NOW - 9 * DAY).window(NOW) == Window(NOW - 9 * DAY, NOW)


@given(begin=ZONED, end=ZONED, now=ZONED)
def test_both_times_are_kept_as_they_are(begin: datetime, end: datetime, now: datetime) -> None:
    """Up to a day ahead of this computer's clock."""
    begin, end, now = sorted((begin, end, now))
    assume(begin != end)
    for clock in (now, end - DAY):
        window = Criteria(from_time=begin, to_time=end).window(clock)
        assert (window.start, window.end) == (begin, end)
    assert window.start.tzinfo is window.end.tzinfo is UTC


@given(begin=st.none() | ZONED, end=st.none() | ZONED, now=ZONED)
def test_a_window_is_never_empty_or_turned_round(begin: datetime | None, end: datetime | None, now: datetime) -> None:
    try:
        window = Criteria(from_time=begin, to_time=end).window(now)
    except InvalidCriteria:
        assert begin is not None
        assert begin >= min(end or now, now + DAY)
    else:
        assert window.start < window.end


def test_an_end_far_in_the_future_costs_no_slices() -> None:
    """An archive asked for "everything until 2999" asks for what there can be, not for a thousand years of months."""
    far = Criteria(from_time=NOW - 9 * DAY, to_time=LAST)
    assert far.window(NOW) == Window(NOW - 9 * DAY, NOW + DAY)
    assert Criteria(to_time=LAST).window(NOW) == Window(NOW - DAY, NOW + DAY)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Criteria(from_time=NOW, to_time=NOW),
        lambda: Criteria(from_time=NOW, to_time=NOW - DAY),
        lambda: Criteria(from_time=NOW + DAY).window(NOW),
        lambda: Criteria(from_time=NOW).window(NOW),
        lambda: Criteria(from_time=NOW + 2 * DAY, to_time=NOW + 3 * DAY).window(NOW),
        lambda: Criteria(from_time=NOW.replace(tzinfo=None)),
        lambda: Criteria(to_time=NOW.replace(tzinfo=None)),
        lambda: Criteria(available_after=NOW.replace(tzinfo=None)),
        lambda: Criteria(from_time=datetime.min.replace(tzinfo=timezone(timedelta(hours=14)))),
        lambda: Criteria(to_time=datetime.max.replace(tzinfo=timezone(timedelta(hours=-14)))),
        lambda: Criteria(to_time=FIRST + timedelta(hours=5)).window(NOW),
        lambda: Criteria(min_duration=-1),
        lambda: Criteria(max_duration=-1),
        lambda: Criteria(min_duration=5, max_duration=4),
    ],
)
def test_what_cannot_be_meant_is_refused(make: object) -> None:
    assert callable(make)
    with pytest.raises(InvalidCriteria):
        make()


def test_equal_and_zero_durations_can_be_meant() -> None:
    assert Criteria(min_duration=0, max_duration=0).max_duration == 0
    assert Criteria(min_duration=5, max_duration=5).min_duration == 5


@given(begin=TIMES, end=TIMES)
def test_within_changes_the_span_alone(begin: datetime, end: datetime) -> None:
    assume(begin != end)
    begin, end = min(begin, end), max(begin, end)
    asked = Criteria(from_time=NOW - DAY, to_time=NOW, calling_number="49*", scope=Scope.GROUP)
    inner = asked.within(Window(begin, end))
    assert (inner.from_time, inner.to_time) == (begin, end)
    assert inner.within(Window(NOW - DAY, NOW)) == asked


# --- slices ----------------------------------------------------------------------------------------------------------


@given(start=TIMES, length=st.timedeltas(min_value=timedelta(0)), pieces=st.floats(0.01, 40))
def test_slices_adjoin_and_together_are_the_window(start: datetime, length: timedelta, pieces: float) -> None:
    window = Window(start, start + min(length, LAST - start))
    whole = window.end - window.start
    try:
        longest = max(whole / pieces, timedelta(microseconds=1))
    except OverflowError:
        longest = timedelta.max
    slices = list(window.slices(longest))
    if not whole:
        assert slices == []
        return
    assert (slices[0].start, slices[-1].end) == (window.start, window.end)
    assert all(before.end == after.start for before, after in pairwise(slices))
    assert all(timedelta(0) < piece.end - piece.start <= longest for piece in slices)
    assert len(slices) == ceil(whole / longest) or abs(len(slices) - whole / longest) < 1 + 1e-6


@given(start=TIMES, end=TIMES, moment=TIMES)
def test_every_moment_lies_in_exactly_one_slice_or_outside(start: datetime, end: datetime, moment: datetime) -> None:
    assume(start != end)
    start, end = min(start, end), max(start, end)
    slices = list(Window(start, end).slices(max((end - start) / 7, timedelta(microseconds=1))))
    holders = sum(piece.start <= moment < piece.end for piece in slices)
    assert holders == (1 if start <= moment < end else 0)


@given(longest=LENGTHS)
def test_a_window_turned_round_has_no_slices(longest: timedelta) -> None:
    assert list(Window(NOW, NOW).slices(longest)) == []
    assert list(Window(NOW, NOW - DAY).slices(longest)) == []


def test_the_last_day_of_the_calendar_can_be_meant() -> None:
    window = Window(datetime(9999, 12, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, tzinfo=UTC))
    assert list(window.slices(timedelta(days=400))) == [window]
    assert list(window.slices(timedelta.max)) == [window]


@pytest.mark.parametrize("longest", [timedelta(0), timedelta(days=-1)])
def test_slices_without_length_are_a_mistake(longest: timedelta) -> None:
    with pytest.raises(ValueError, match="never end"):
        next(Window(NOW - DAY, NOW).slices(longest))


# --- into a file and back --------------------------------------------------------------------------------------------

TEXTS = st.text(max_size=20)
PARTS: dict[str, st.SearchStrategy[object]] = {
    "from_time": st.none() | moments(0, (NOW - FIRST) // timedelta(microseconds=1) - 1),
    "to_time": st.none() | moments((NOW - FIRST) // timedelta(microseconds=1), CALENDAR),
    "direction": st.none() | st.sampled_from(Direction),
    "mode": st.none() | st.sampled_from(RecordingMode),
    "min_duration": st.none() | st.integers(0, 100),
    "max_duration": st.none() | st.integers(100, 10**6),
    "conversation_id": TEXTS,
    "has_voice_recording": st.none() | st.booleans(),
    "group_id": TEXTS,
    "owner_user_id": TEXTS,
    "scope": st.none() | st.sampled_from(Scope),
    "calling_number": TEXTS,
    "calling_name": TEXTS,
    "calling_extension": TEXTS,
    "called_number": TEXTS,
    "called_name": TEXTS,
    "called_extension": TEXTS,
    "available_after": st.none() | ZONED,
}
CRITERIA = st.builds(Criteria, **PARTS)


@given(CRITERIA)
def test_what_is_written_is_what_is_read(criteria: Criteria) -> None:
    assert Criteria.from_dict(json.loads(json.dumps(criteria.as_dict()))) == criteria


def test_only_what_is_asked_is_written() -> None:
    assert Criteria().as_dict() == {}
    asked = Criteria(from_time=NOW, min_duration=0, has_voice_recording=False, scope=Scope.OWN, called_name="=x")
    assert asked.as_dict() == {
        "from_time": "2026-11-22T12:00:00Z",
        "min_duration": 0,
        "has_voice_recording": False,
        "scope": "own",
        "called_name": "=x",
    }


@pytest.mark.parametrize(
    "untrusted",
    [
        {"colour": "red"},
        {"direction": "sideways"},
        {"mode": None},
        {"scope": 7},
        {"from_time": "yesterday"},
        {"from_time": "2026-11-22T12:00:00"},
        {"from_time": 1_700_000_000},
        {"min_duration": "long"},
        {"max_duration": [1]},
        {"min_duration": 9, "max_duration": 1},
    ],
)
def test_what_cannot_be_read_is_refused(untrusted: dict[str, object]) -> None:
    with pytest.raises(InvalidCriteria):
        Criteria.from_dict(untrusted)


def test_the_property_above_knows_every_criterion() -> None:
    assert set(PARTS) == {field.name for field in fields(Criteria)}
