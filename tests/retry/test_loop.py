"""The one loop: what it tries again, when, how often, and what it tells all others (faults 1, 9, 10, 45)."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from download_client.errors import (
    Interrupted,
    MirError,
    Offline,
    RateLimited,
    RecordingDenied,
    ServiceUnavailable,
    SignInAgain,
)
from download_client.model import Wait
from download_client.retry import LONGEST_TOLD, Gate, Patience, again
from tests.fake_clock import FakeClock

PATIENCE = Patience(window=100, first=1, factor=2, longest=16, attempts=50)


class Service:
    """Answers with what it was given, in turn; the last for ever. Notes when it was asked."""

    def __init__(self, clock: FakeClock, *answers: MirError | str) -> None:
        self.clock = clock
        self.answers = list(answers)
        self.asked: list[float] = []

    def __call__(self) -> str:
        self.asked.append(self.clock.monotonic() - 1000.0)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, MirError):
            raise answer
        return answer


class Loop:
    """`again` with everything it needs, without jitter."""

    def __init__(self, clock: FakeClock, *, random: Callable[[], float] = lambda: 0.0) -> None:
        self.clock = clock
        self.random = random
        self.gate = Gate(clock, random=random)
        self.stop = threading.Event()
        self.waited: list[Wait] = []

    def run(self, call: Callable[[], str], patience: Patience = PATIENCE) -> str:
        return again(
            call,
            patience=patience,
            gate=self.gate,
            policy="search",
            clock=self.clock,
            stop=self.stop,
            random=self.random,
            waits=self.waited.append,
        )


@pytest.fixture
def loop(clock: FakeClock) -> Loop:
    return Loop(clock)


def test_a_good_answer_is_asked_once(loop: Loop) -> None:
    service = Service(loop.clock, "yes")
    assert loop.run(service) == "yes"
    assert loop.clock.waits == []


def test_it_tries_again_with_growing_waits(loop: Loop) -> None:
    service = Service(loop.clock, Offline(), Offline(), Offline(), "yes")
    assert loop.run(service) == "yes"
    assert service.asked == [0, 1, 3, 7]


@pytest.mark.parametrize("error", [RecordingDenied(), SignInAgain()])
def test_what_cannot_help_is_not_tried_again(loop: Loop, error: MirError) -> None:
    service = Service(loop.clock, error)
    with pytest.raises(type(error)):
        loop.run(service)
    assert service.asked == [0]


def test_a_foreign_error_is_not_its_affair(loop: Loop) -> None:
    def broken() -> str:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        loop.run(broken)


def test_it_gives_up_inside_its_window_with_the_last_error(loop: Loop) -> None:
    last = Offline("the last")
    service = Service(loop.clock, *[Offline() for _ in range(9)], last)
    with pytest.raises(Offline) as caught:
        loop.run(service)
    assert caught.value is last
    assert service.asked == [0, 1, 3, 7, 15, 31, 47, 63, 79, 95]


def test_a_service_down_for_the_whole_window_is_asked_a_bounded_number_of_times(loop: Loop) -> None:
    service = Service(loop.clock, ServiceUnavailable())
    patient = Patience(window=1e9, first=1, factor=2, longest=60, attempts=7)
    with pytest.raises(ServiceUnavailable):
        loop.run(service, patient)
    assert len(service.asked) == 7


def test_a_time_told_closes_the_gate_for_all(loop: Loop) -> None:
    service = Service(loop.clock, RateLimited(retry_after=40), "yes")
    loop.clock.at(39, lambda: seen.append(loop.gate.closed_for("search")))
    seen: list[float] = []
    assert loop.run(service) == "yes"
    assert service.asked == [0, 40]
    assert seen == [1]


def test_a_limit_without_a_time_closes_it_for_the_own_wait(loop: Loop) -> None:
    service = Service(loop.clock, RateLimited(), "yes")
    loop.clock.at(0.5, lambda: seen.append(loop.gate.closed_for("search")))
    seen: list[float] = []
    loop.run(service)
    assert seen == [0.5]


def test_a_failure_without_a_time_is_no_affair_of_the_others(loop: Loop) -> None:
    service = Service(loop.clock, ServiceUnavailable(), "yes")
    loop.clock.at(0.5, lambda: seen.append(loop.gate.closed_for("search")))
    seen: list[float] = []
    loop.run(service)
    assert seen == [0]


def test_nothing_is_sent_while_the_gate_is_closed_by_others(loop: Loop) -> None:
    loop.gate.close("search", seconds=25, code="rate_limited")
    service = Service(loop.clock, "yes")
    loop.run(service)
    assert service.asked == [25]


def test_the_gate_closed_by_others_between_two_tries_is_respected(loop: Loop) -> None:
    service = Service(loop.clock, Offline(), "yes")
    loop.clock.at(0.5, lambda: loop.gate.close("search", seconds=30, code="rate_limited"))
    loop.run(service)
    assert service.asked == [0, 30.5]


def test_a_gate_closed_beyond_the_window_is_not_waited_for(loop: Loop) -> None:
    loop.gate.close("search", seconds=101, code="rate_limited")
    service = Service(loop.clock, "yes")
    with pytest.raises(RateLimited):
        loop.run(service)
    assert service.asked == []
    assert loop.clock.waits == []


def test_a_time_told_beyond_the_window_ends_it_at_once_and_is_remembered(loop: Loop) -> None:
    service = Service(loop.clock, RateLimited(retry_after=1e9))
    with pytest.raises(RateLimited):
        loop.run(service)
    assert service.asked == [0]
    assert loop.clock.waits == []
    assert loop.gate.closed_for("search") == LONGEST_TOLD


def test_a_stop_before_the_first_try_sends_nothing(loop: Loop) -> None:
    loop.stop.set()
    service = Service(loop.clock, "yes")
    with pytest.raises(Interrupted):
        loop.run(service)
    assert service.asked == []


def test_a_stop_while_waiting_ends_it_at_once(loop: Loop) -> None:
    service = Service(loop.clock, Offline())
    loop.clock.at(5, loop.stop.set)
    with pytest.raises(Interrupted):
        loop.run(service)
    assert service.asked == [0, 1, 3]
    assert loop.clock.monotonic() == 1005


@pytest.mark.parametrize("jump", [-1e6, 1e6])
def test_a_jump_of_the_wall_clock_changes_no_deadline(loop: Loop, jump: float) -> None:
    service = Service(loop.clock, Offline())
    loop.clock.at(2, lambda: loop.clock.jump(jump))
    with pytest.raises(Offline):
        loop.run(service)
    assert service.asked == [0, 1, 3, 7, 15, 31, 47, 63, 79, 95]


@given(
    told=st.lists(st.none() | st.floats(allow_nan=True), max_size=8),
    random=st.floats(0, 1, exclude_max=True),
    window=st.floats(0, 10_000),
)
def test_never_earlier_than_told_never_past_the_window(told: list[float | None], random: float, window: float) -> None:
    clock = FakeClock()
    loop = Loop(clock, random=lambda: random)
    service = Service(clock, *[RateLimited(retry_after=seconds) for seconds in told], "yes")
    patience = Patience(window=window, first=1, factor=2, longest=16, attempts=6)
    try:
        loop.run(service, patience)
    except RateLimited:
        assert len(service.asked) <= 6
    else:
        assert len(service.asked) == len(told) + 1
    assert service.asked[-1] <= window
    for (before, after), seconds in zip(zip(service.asked, service.asked[1:], strict=False), told, strict=False):
        least = min(seconds, LONGEST_TOLD) if seconds is not None and seconds > 0 else 1
        assert after - before >= max(least, 1) - 1e-6


def test_each_wait_is_told_before_it_begins(clock: FakeClock) -> None:
    loop = Loop(clock)
    loop.gate.close("search", seconds=3, code="service_unavailable")
    began = clock.now()
    loop.run(Service(clock, Offline(), RateLimited(retry_after=4), "here"))
    told = [(wait.code, (wait.until - began).total_seconds() if wait.until else None) for wait in loop.waited]
    assert [code for code, _ in told] == ["service_unavailable", "offline", "rate_limited"]
    assert [until for _, until in told] == pytest.approx([3, 4, 8])
