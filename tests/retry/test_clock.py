"""The real clock keeps its promises; no test waits for it longer than a blink."""

from __future__ import annotations

import threading
from datetime import UTC

import pytest

from download_client.retry import Clock, SystemClock


def test_the_wall_clock_is_aware_and_the_other_never_goes_back() -> None:
    clock: Clock = SystemClock()
    assert clock.now().tzinfo is UTC
    assert clock.monotonic() <= clock.monotonic()


@pytest.mark.parametrize("seconds", [0.0, -5.0, float("-inf")])
def test_no_time_is_no_wait(seconds: float) -> None:
    assert SystemClock().wait(threading.Event(), seconds) is False


def test_it_waits_the_whole_time() -> None:
    clock = SystemClock()
    began = clock.monotonic()
    assert clock.wait(threading.Event(), 0.02) is False
    assert clock.monotonic() - began >= 0.02


@pytest.mark.parametrize("seconds", [-1.0, 0.0, 1e9, float("inf")])
def test_an_event_that_is_set_ends_any_wait(seconds: float) -> None:
    event = threading.Event()
    event.set()
    assert SystemClock().wait(event, seconds) is True


def test_an_event_set_by_another_thread_ends_the_wait() -> None:
    event = threading.Event()
    setter = threading.Thread(target=event.set)
    setter.start()
    assert SystemClock().wait(event, 1e9) is True
    setter.join()
