"""When one lost connection is one lost connection, when it is the network, and when patience has run out."""

from __future__ import annotations

import pytest

from download_client.errors import ConnectionLost, DigestMismatch, MirError, Offline, RateLimited, ServiceUnavailable
from download_client.retry import CONTENT, Gate, Patience
from download_client.transfer.trouble import Trouble
from tests.fake_clock import FakeClock

PATIENCE = Patience(window=60.0, first=1.0, factor=2.0, longest=8.0, attempts=6)


@pytest.fixture
def gate(clock: FakeClock) -> Gate:
    return Gate(clock, random=lambda: 0.0)


@pytest.fixture
def trouble(gate: Gate, clock: FakeClock) -> Trouble:
    return Trouble(gate=gate, patience=PATIENCE, clock=clock)


def test_one_lost_connection_closes_nothing(trouble: Trouble, gate: Gate) -> None:
    assert not trouble.failed(ConnectionLost())
    trouble.succeeded()
    assert not trouble.failed(ConnectionLost())
    assert gate.closed_for(CONTENT) == 0


def test_three_in_a_row_are_the_network(trouble: Trouble, gate: Gate) -> None:
    for _ in range(3):
        assert not trouble.failed(ConnectionLost())
    assert gate.closed_for(CONTENT) > 0


def test_a_recording_s_own_fault_is_no_trouble(trouble: Trouble, gate: Gate) -> None:
    for _ in range(10):
        assert not trouble.failed(DigestMismatch())
    assert gate.closed_for(CONTENT) == 0


@pytest.mark.parametrize("error", [Offline(), ServiceUnavailable(), ServiceUnavailable(retry_after=2.0), RateLimited()])
def test_requests_stay_bounded_and_the_run_ends(
    trouble: Trouble, gate: Gate, clock: FakeClock, error: MirError
) -> None:
    tries = 0
    while not trouble.failed(error):
        tries += 1
        clock.advance(max(gate.closed_for(CONTENT), 0.1))
        assert tries < 200, "it never gives up"
    assert tries >= 5


def test_it_gives_up_though_others_closed_the_gate_first(trouble: Trouble, gate: Gate, clock: FakeClock) -> None:
    tries = 0
    while tries < 1000 and not trouble.failed(ServiceUnavailable(retry_after=1.0)):
        tries += 1
        clock.advance(1.0)
        gate.close(CONTENT, seconds=1.0, code="service_unavailable")
    assert 55 <= tries <= 65


def test_a_time_beyond_the_window_ends_the_run_at_once(trouble: Trouble) -> None:
    assert trouble.failed(RateLimited(retry_after=3600.0))


def test_success_forgets_the_trouble(trouble: Trouble, clock: FakeClock) -> None:
    assert not trouble.failed(Offline())
    clock.advance(59)
    trouble.succeeded()
    clock.advance(59)
    assert not trouble.failed(Offline())
