"""How long a fetch will still take."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QLocale

from download_client.engine import FetchPhase, FetchStep
from tests.fake_clock import FakeClock
from ui.replay import said
from ui.replay.remaining import Remaining


def test_it_counts_what_came_since_it_began(clock: FakeClock) -> None:
    remaining = Remaining(clock.monotonic)
    assert remaining.seconds(done=1_000_000, total=5_000_000) is None, "nothing came yet"
    clock.advance(0.5)
    assert remaining.seconds(done=1_100_000, total=5_000_000) is None, "too early"
    clock.advance(1.5)
    assert remaining.seconds(done=2_000_000, total=5_000_000) == pytest.approx(6)
    clock.advance(2)
    assert remaining.seconds(done=5_000_000, total=5_000_000) == 0
    assert remaining.seconds(done=5_000_000, total=None) is None


def test_another_recording_begins_anew(clock: FakeClock) -> None:
    remaining = Remaining(clock.monotonic)
    remaining.seconds(done=0, total=100)
    clock.advance(10)
    assert remaining.seconds(done=50, total=100) == pytest.approx(10)
    assert remaining.seconds(done=0, total=400) is None
    clock.advance(4)
    assert remaining.seconds(done=200, total=400) == pytest.approx(4)


@pytest.mark.parametrize(
    ("left", "words"), [(None, "3.0 MB of 4.8 MB"), (2.6, "3.0 MB of 4.8 MB · about 3 s"), (0.2, "3.0 MB of 4.8 MB")]
)
def test_the_words_of_a_lane(left: float | None, words: str) -> None:
    step = FetchStep(FetchPhase.FETCHING, done_bytes=3_000_000, total_bytes=4_800_000)
    said_words = said.step_words(step, QLocale("en_GB"), clock="", left=left)
    assert said_words.replace("\N{NO-BREAK SPACE}", " ") == words
