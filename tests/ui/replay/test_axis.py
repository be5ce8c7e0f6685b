"""Where moments lie on the replay bar."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.replay.timeline.axis import FINEST, FOLD, Axis, segments_of

SPANS = st.lists(
    st.tuples(st.floats(0, 86_400), st.floats(0.5, 7_200)).map(lambda pair: (pair[0], pair[0] + pair[1])),
    min_size=1,
    max_size=12,
)
SHARES = st.floats(0, 1)


def axis_of(spans: list[tuple[float, float]], share: float, where: float = 0.5) -> Axis:
    axis = Axis(segments_of(spans), left=300, width=1000)
    return axis.at_share(share, around=axis.left + axis.width * where)


@given(SPANS, SHARES, SHARES)
def test_a_moment_with_a_voice_lies_where_it_is_found_again(
    spans: list[tuple[float, float]], share: float, where: float
) -> None:
    axis = axis_of(spans, share, where)
    for first, last in axis.segments:
        for at in (first, (first + last) / 2, last):
            assert axis.at(axis.x(at)) == pytest.approx(at, abs=0.01)


@given(SPANS, SHARES)
def test_time_runs_to_the_right(spans: list[tuple[float, float]], share: float) -> None:
    axis = axis_of(spans, share)
    moments = sorted(at for span in spans for at in span)
    places = [axis.x(at) for at in moments]
    assert places == sorted(places)


@given(SPANS)
def test_the_whole_fills_the_width(spans: list[tuple[float, float]]) -> None:
    axis = axis_of(spans, 0)
    assert axis.share == pytest.approx(0, abs=1e-9)
    assert axis.x(axis.segments[0][0]) == pytest.approx(axis.left)
    assert axis.x(axis.segments[-1][1]) == pytest.approx(axis.right, abs=0.5)


@given(SPANS, SHARES, st.floats(0.2, 5), st.floats(0.1, 0.9))
def test_zooming_keeps_what_is_under_the_pointer(
    spans: list[tuple[float, float]], share: float, factor: float, where: float
) -> None:
    axis = axis_of(spans, share)
    around = axis.left + axis.width * where
    at = axis.at(around)
    zoomed = axis.zoomed(factor, around=around)
    at_an_end = zoomed.offset in (0.0, max(zoomed.length - zoomed.width, 0.0))
    inside = any(first < at < last for first, last in axis.segments)
    assert at_an_end or not inside or zoomed.x(at) == pytest.approx(around, abs=0.5)


@given(SPANS, st.floats(-1e6, 1e6))
def test_it_never_scrolls_beyond_its_ends(spans: list[tuple[float, float]], pixels: float) -> None:
    axis = axis_of(spans, 0.7).scrolled(pixels)
    first, last = axis.shown
    assert first >= axis.segments[0][0] - 1e-3
    assert last <= axis.segments[-1][1] + 1e-3


@given(SPANS, SHARES)
def test_ticks_are_apart_and_on_whole_steps(spans: list[tuple[float, float]], share: float) -> None:
    axis = axis_of(spans, share)
    step = axis.step(66)
    found = list(axis.ticks(apart=66, shift=3600))
    assert all(abs((at + 3600) / step - round((at + 3600) / step)) < 1e-6 for at, _ in found)
    for first, last in axis.segments:
        places = [x for at, x in found if first <= at <= last]
        assert all(b - a >= 66 - 1e-6 for a, b in itertools.pairwise(places))


def test_silence_of_minutes_is_folded_and_a_shorter_one_is_not() -> None:
    axis = Axis(segments_of([(0, 100), (399, 500), (900, 1000)]), left=0, width=800)
    assert axis.segments == ((0, 500), (900, 1000))
    assert [(round(b - a, 6), seconds) for a, b, seconds in axis.folds()] == [(FOLD, 400)]


def test_short_voices_are_no_slivers_beside_a_silence() -> None:
    axis = Axis(segments_of([(0, 4), (280, 284), (300, 304), (325, 329)]), left=0, width=800)
    assert axis.segments == ((0, 4), (280, 304), (325, 329)), "a few seconds stay true to time"
    assert axis.x(4) - axis.x(0) > 80


def test_many_folds_leave_room_for_the_voices() -> None:
    axis = Axis(segments_of([(hour * 3600, hour * 3600 + 60) for hour in range(400)]), left=0, width=1000)
    assert axis.seconds * axis.whole == pytest.approx(600)


def test_tenths_of_seconds_can_be_seen() -> None:
    axis = Axis(segments_of([(0, 86_400)]), left=0, width=1000).at_share(1, around=500)
    assert axis.scale == pytest.approx(FINEST)
    assert axis.step(25) == pytest.approx(0.1)


def test_following_turns_a_page_and_stays_on_it() -> None:
    axis = Axis(segments_of([(0, 3600)]), left=0, width=1000).at_share(0.5, around=0)
    turned = axis.showing(1800)
    assert 0 < turned.x(1800) < 200
    assert turned.showing(1801) == turned


def test_a_stretch_is_framed() -> None:
    axis = Axis(segments_of([(0, 3600)]), left=0, width=1000).framing(600, 660)
    assert [axis.x(600), axis.x(660)] == pytest.approx([50, 950])
