"""How long and how often: a rule of numbers alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from download_client.errors import (
    CertificateRejected,
    CursorExpired,
    Interrupted,
    MirError,
    NotReady,
    Offline,
    PageTokenExpired,
    RateLimited,
    RecordingGone,
    ServiceUnavailable,
)
from download_client.retry import LONGEST_TOLD, Patience

PATIENCE = Patience(window=900, first=1, factor=2, longest=60, attempts=10)


def test_waits_double_up_to_the_longest() -> None:
    waits = [PATIENCE.delay(attempt=attempt, error=Offline(), random=0.0) for attempt in range(1, 11)]
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60, None]


def test_one_attempt_means_no_second() -> None:
    once = Patience(window=900, first=1, factor=2, longest=60, attempts=1)
    assert once.delay(attempt=1, error=Offline(), random=0.0) is None


@pytest.mark.parametrize("error", [RecordingGone(), CertificateRejected(), Interrupted(), MirError()])
def test_only_what_can_come_by_trying_again_is_tried_again(error: MirError) -> None:
    assert PATIENCE.delay(attempt=1, error=error, random=0.0) is None


@pytest.mark.parametrize("error", [PageTokenExpired(), CursorExpired()])
def test_what_needs_another_request_is_not_asked_the_same_again(error: MirError) -> None:
    assert PATIENCE.delay(attempt=1, error=error, random=0.0) is None


@pytest.mark.parametrize("kind", [RateLimited, ServiceUnavailable, NotReady])
def test_a_time_told_is_the_least(kind: type[MirError]) -> None:
    assert PATIENCE.delay(attempt=1, error=kind(retry_after=120), random=0.0) == 120
    assert PATIENCE.delay(attempt=7, error=kind(retry_after=3), random=0.0) == 60
    assert PATIENCE.delay(attempt=1, error=kind(retry_after=0), random=0.0) == 1


def test_a_time_told_beyond_the_window_ends_it() -> None:
    assert PATIENCE.delay(attempt=1, error=RateLimited(retry_after=900), random=0.0) == 900
    assert PATIENCE.delay(attempt=1, error=RateLimited(retry_after=901), random=0.0) is None


@given(
    attempt=st.integers(1, 10**6),
    told=st.none() | st.floats(),
    random=st.floats(0, 1, exclude_max=True),
    first=st.floats(0.01, 60),
    factor=st.floats(1, 1e6),
)
def test_no_wait_is_negative_endless_or_earlier_than_told(
    attempt: int, told: float | None, random: float, first: float, factor: float
) -> None:
    patience = Patience(window=1e6, first=first, factor=factor, longest=60, attempts=10**7)
    delay = patience.delay(attempt=attempt, error=RateLimited(retry_after=told), random=random)
    assert delay is not None
    assert 0 < delay <= LONGEST_TOLD + 30
    assert delay >= first
    if told is not None and told > 0:
        assert delay >= min(told, LONGEST_TOLD)
    assert told is not None or delay <= 60 * 1.25


@pytest.mark.parametrize(
    "change",
    [{"window": -1}, {"first": 0}, {"first": 61}, {"factor": 0.5}, {"attempts": 0}, {"window": float("nan")}],
)
def test_nonsense_is_refused(change: dict[str, float]) -> None:
    values = {"window": 900.0, "first": 1.0, "factor": 2.0, "longest": 60.0, "attempts": 10} | change
    with pytest.raises(ValueError, match="cannot be meant"):
        Patience(**values)  # type: ignore[arg-type]
