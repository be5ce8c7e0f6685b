"""Blocks and rate: bounded, shared, and never a burst after a pause."""

from __future__ import annotations

from download_client.content.pool import Pool, Rate


def test_a_pool_gives_so_many_blocks_and_takes_them_back() -> None:
    pool = Pool(block=10, most=2)
    first, second = pool.take(), pool.take()
    assert first is not None
    assert second is not None
    assert first is not second
    assert (pool.take(), pool.has_room) == (None, False)
    pool.give(first)
    assert pool.has_room
    assert pool.take() is first


def test_without_a_limit_it_is_always_open() -> None:
    rate = Rate()
    rate.take(10**9)
    rate.refill(5.0)
    assert (rate.open, rate.opens_in(), rate.spent) == (True, 0.0, 10**9)


def test_a_debt_is_paid_before_more_is_taken() -> None:
    rate = Rate()
    rate.set(1000, now=0.0)
    rate.refill(0.05)
    assert rate.open
    rate.take(550)
    assert not rate.open
    assert 0.5 <= rate.opens_in() < 0.51
    rate.refill(0.5)
    assert not rate.open
    rate.refill(0.6)
    assert rate.open


def test_a_long_pause_gives_no_burst() -> None:
    rate = Rate()
    rate.set(1000, now=0.0)
    rate.refill(3600.0)
    rate.take(101)
    assert not rate.open


def test_lifting_the_limit_opens_at_once() -> None:
    rate = Rate()
    rate.set(1, now=0.0)
    rate.take(1000)
    rate.set(None, now=0.0)
    assert rate.open
