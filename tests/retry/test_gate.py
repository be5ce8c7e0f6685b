"""One gate for all: never earlier than told, never shortened, whatever the wall clock does (faults 9, 45)."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from download_client.errors import Interrupted, RateLimited, ServiceUnavailable
from download_client.model import Wait
from download_client.retry import CONTENT, LONGEST_TOLD, POLICIES, REPLAY, Gate
from tests.fake_clock import FakeClock


def exact(clock: FakeClock) -> Gate:
    """A gate without jitter."""
    return Gate(clock, random=lambda: 0.0)


def test_it_is_open_at_first(clock: FakeClock) -> None:
    gate = Gate(clock)
    assert [gate.closed_for(policy) for policy in POLICIES] == [0.0] * len(POLICIES)
    assert gate.wait_state("content") is None


def test_it_opens_when_the_time_is_over_and_not_before(clock: FakeClock) -> None:
    gate = exact(clock)
    gate.close("content", seconds=30, code="rate_limited")
    clock.advance(29.5)
    assert gate.closed_for("content") == pytest.approx(0.5)
    clock.advance(0.5)
    assert gate.closed_for("content") == 0.0


def test_policies_are_separate(clock: FakeClock) -> None:
    gate = exact(clock)
    gate.close("search", seconds=30, code="rate_limited")
    assert gate.closed_for("search") == 30
    assert gate.closed_for("content") == 0
    assert gate.closed_for("sign_in") == 0


def test_an_unknown_policy_is_a_mistake(clock: FakeClock) -> None:
    with pytest.raises(KeyError):
        Gate(clock).closed_for("contents")


def test_a_later_word_never_shortens(clock: FakeClock) -> None:
    gate = exact(clock)
    gate.close("content", seconds=30, code="rate_limited")
    gate.close("content", seconds=5, code="service_unavailable")
    assert gate.closed_for("content") == 30
    assert gate.wait_state("content") == Wait("rate_limited", clock.now() + timedelta(seconds=30))
    gate.close("content", seconds=60, code="service_unavailable")
    assert gate.wait_state("content") == Wait("service_unavailable", clock.now() + timedelta(seconds=60))


@pytest.mark.parametrize("seconds", [0.0, -1.0, float("-inf"), float("nan")])
def test_no_time_told_leaves_it_open(clock: FakeClock, seconds: float) -> None:
    gate = exact(clock)
    gate.close("content", seconds=seconds, code="rate_limited")
    assert gate.closed_for("content") == 0.0


@pytest.mark.parametrize("seconds", [1e9, float("inf")])
def test_a_huge_time_is_cut(clock: FakeClock, seconds: float) -> None:
    gate = exact(clock)
    gate.close("content", seconds=seconds, code="rate_limited")
    assert gate.closed_for("content") == LONGEST_TOLD


def test_jitter_goes_upward(clock: FakeClock) -> None:
    gate = Gate(clock, random=lambda: 0.999)
    gate.close("content", seconds=20, code="rate_limited")
    assert 20 < gate.closed_for("content") <= 25


@pytest.mark.parametrize("jump", [-86_400.0, 86_400.0])
def test_a_jump_of_the_wall_clock_moves_nothing(clock: FakeClock, jump: float) -> None:
    gate = exact(clock)
    gate.close("content", seconds=30, code="rate_limited")
    clock.jump(jump)
    assert gate.closed_for("content") == 30
    assert gate.wait_state("content") == Wait("rate_limited", clock.now() + timedelta(seconds=30))


def test_waiting_ends_when_it_opens(clock: FakeClock) -> None:
    gate = exact(clock)
    gate.close("content", seconds=30, code="rate_limited")
    gate.wait_open("content", stop=threading.Event())
    assert clock.waits == [30]


def test_whoever_waits_waits_on_when_it_is_closed_again(clock: FakeClock) -> None:
    gate = exact(clock)
    gate.close("content", seconds=30, code="rate_limited")
    clock.at(29, lambda: gate.close("content", seconds=10, code="rate_limited"))
    began = clock.monotonic()
    gate.wait_open("content", stop=threading.Event())
    assert clock.monotonic() - began == 39


def test_a_stop_ends_the_waiting(clock: FakeClock) -> None:
    gate, stop = exact(clock), threading.Event()
    gate.close("content", seconds=30, code="rate_limited")
    clock.at(3, stop.set)
    began = clock.monotonic()
    with pytest.raises(Interrupted):
        gate.wait_open("content", stop=stop)
    assert clock.monotonic() - began == 3


def test_a_stop_counts_at_an_open_gate_too(clock: FakeClock) -> None:
    stop = threading.Event()
    stop.set()
    with pytest.raises(Interrupted):
        exact(clock).wait_open("content", stop=stop)


@pytest.mark.parametrize(
    ("code", "kind"),
    [("rate_limited", RateLimited), ("service_unavailable", ServiceUnavailable), ("x", ServiceUnavailable)],
)
def test_nobody_waits_past_a_deadline(clock: FakeClock, code: str, kind: type[Exception]) -> None:
    gate = exact(clock)
    gate.close("search", seconds=30, code=code)
    with pytest.raises(kind) as caught:
        gate.wait_open("search", stop=threading.Event(), deadline=clock.monotonic() + 29)
    assert clock.waits == []
    assert isinstance(caught.value, RateLimited | ServiceUnavailable)
    assert caught.value.retry_after == 30


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(-10, 1e10), st.floats(0, 1, exclude_max=True)), max_size=20))
def test_it_never_opens_before_any_time_told(words: list[tuple[float, float, float]]) -> None:
    clock = FakeClock()
    jitter = iter([random for _, _, random in words])
    gate = Gate(clock, random=lambda: next(jitter))
    told: list[float] = []
    for pause, seconds, _ in words:
        clock.advance(pause)
        gate.close("content", seconds=seconds, code="rate_limited")
        told.append(clock.monotonic() + min(seconds, LONGEST_TOLD))
        opens = clock.monotonic() + gate.closed_for("content")
        assert opens >= max(told) - 1e-6
        assert gate.closed_for("content") <= LONGEST_TOLD + 30 + 1e-6


def test_many_threads_may_close_it_at_once(clock: FakeClock) -> None:
    gate = exact(clock)
    threads = [
        threading.Thread(target=gate.close, args=("content",), kwargs={"seconds": n, "code": "rate_limited"})
        for n in range(1, 33)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert gate.closed_for("content") == 32


def test_a_replay_stands_behind_the_content_but_keeps_no_download_waiting(clock: FakeClock) -> None:
    gate = Gate(clock, random=lambda: 0.0)
    gate.close(REPLAY, seconds=5, code="rate_limited")
    assert gate.closed_for(CONTENT) == 0.0
    assert gate.wait_state(CONTENT) is None
    assert gate.closed_for(REPLAY) == pytest.approx(5)
    gate.close(CONTENT, seconds=8, code="service_unavailable")
    assert gate.closed_for(REPLAY) == pytest.approx(8)
    waited = gate.wait_state(REPLAY)
    assert waited is not None
    assert waited.code == "service_unavailable"
    with pytest.raises(ServiceUnavailable):
        gate.wait_open(REPLAY, stop=threading.Event(), deadline=clock.monotonic() + 6)
    clock.advance(8)
    assert gate.closed_for(REPLAY) == 0.0
