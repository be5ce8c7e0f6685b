"""Concurrency creeps up, falls fast, and stays within 1 and the ceiling."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from download_client.retry import Pace
from tests.fake_clock import FakeClock


def test_as_many_successes_as_are_allowed_make_room_for_one_more(clock: FakeClock) -> None:
    pace = Pace(start=4, ceiling=8, clock=clock)
    seen = []
    for _ in range(4 + 5):
        pace.succeeded()
        seen.append(pace.allowed)
    assert seen == [4, 4, 4, 5, 5, 5, 5, 5, 6]


def test_it_stops_at_the_ceiling(clock: FakeClock) -> None:
    pace = Pace(start=1, ceiling=3, clock=clock)
    for _ in range(100):
        pace.succeeded()
    assert pace.allowed == 3


def test_a_refusal_halves_it_once_per_round(clock: FakeClock) -> None:
    pace = Pace(start=16, ceiling=16, clock=clock)
    for _ in range(16):
        pace.pushed_back()
    assert pace.allowed == 8
    clock.advance(2)
    pace.pushed_back()
    assert pace.allowed == 4


def test_it_never_falls_below_one(clock: FakeClock) -> None:
    pace = Pace(start=4, ceiling=8, clock=clock)
    for _ in range(10):
        pace.pushed_back()
        clock.advance(2)
    assert pace.allowed == 1


def test_a_refusal_forgets_the_successes_before_it(clock: FakeClock) -> None:
    pace = Pace(start=4, ceiling=8, clock=clock)
    for _ in range(3):
        pace.succeeded()
    pace.pushed_back()
    pace.succeeded()
    assert pace.allowed == 2
    pace.succeeded()
    assert pace.allowed == 3


def test_a_lower_ceiling_counts_at_once_and_a_higher_one_is_climbed(clock: FakeClock) -> None:
    pace = Pace(start=6, ceiling=8, clock=clock)
    pace.set_ceiling(2)
    assert pace.allowed == 2
    pace.set_ceiling(8)
    assert pace.allowed == 2
    pace.succeeded()
    pace.succeeded()
    assert pace.allowed == 3


@given(
    start=st.integers(-5, 50),
    ceiling=st.integers(-5, 50),
    events=st.lists(st.sampled_from(["up", "down", "wait"]) | st.integers(-3, 50)),
)
def test_it_stays_within_one_and_the_ceiling(start: int, ceiling: int, events: list[str | int]) -> None:
    clock = FakeClock()
    pace = Pace(start=start, ceiling=ceiling, clock=clock)
    for event in events:
        before = pace.allowed
        if isinstance(event, int):
            ceiling = event
            pace.set_ceiling(event)
        elif event == "up":
            pace.succeeded()
            assert before <= pace.allowed <= before + 1
        elif event == "down":
            pace.pushed_back()
            assert before // 2 <= pace.allowed <= before
        else:
            clock.advance(2)
        assert 1 <= pace.allowed <= max(1, ceiling)
