"""Lanes: what is heard, and when it was said."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from download_client.model import Pause
from ui.replay.tracks import COLOURS, Clip, Deck, Lane, LaneState

START = datetime(2026, 11, 20, 13, 0, tzinfo=UTC)


def clip(start: float, seconds: float, *pauses: Pause) -> Clip:
    return Clip(Path("x.wav"), START + timedelta(seconds=start), seconds, pauses=pauses)


def lane(key: str, *clips: Clip, state: LaneState = LaneState.READY) -> Lane:
    return Lane(key, 0, key, START, sum(each.seconds for each in clips), clips=clips, state=state)


def after(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def test_a_pause_takes_time_on_the_wall_and_none_of_the_voice() -> None:
    paused = clip(0, 100, Pause(40, 60))
    assert (paused.wall(40), paused.wall(41), paused.end) == (40, 61, after(120))
    assert [paused.voice(at) for at in (-5, 39, 50, 61, 120, 999)] == [0, 39, 40, 41, 100, 100]
    assert list(paused.stretches()) == [(0, 40), (40, 100)]


def test_several_recordings_are_one_voice() -> None:
    both = lane("c", clip(0, 60), clip(100, 30))
    assert both.end == after(130)
    assert both.moment(59) == after(59)
    assert both.moment(61) == after(101)
    assert both.voice(after(59)) == 59
    assert both.voice(after(80)) == 60, "in the gap: the next voice"
    assert both.voice(after(500)) == 90
    assert both.clip_at(75) == (1, 15)


def test_without_clips_the_listed_times_count() -> None:
    waiting = Lane("c", 0, "c", START, 50, state=LaneState.WAITING)
    assert (waiting.end, waiting.moment(20), waiting.voice(after(20))) == (after(50), after(20), 20)
    assert not waiting.playable
    with pytest.raises(LookupError):
        waiting.clip_at(0)


def test_the_deck_numbers_lanes_and_chooses_a_neighbour() -> None:
    deck, heard = Deck(), list[str]()
    deck.current_changed.connect(heard.append)
    deck.add([lane("a", clip(0, 1)), lane("b", state=LaneState.UNPLAYABLE), lane("c", clip(5, 1))])
    deck.add([lane("a", clip(0, 9)), lane("d", clip(9, 1))])
    assert [(each.key, each.number) for each in deck.lanes] == [("a", 1), ("b", 2), ("c", 3), ("d", 4)]
    assert deck.seconds == 3
    assert (deck.neighbour(1) or deck.lanes[0]).key == "c", "what cannot be played is passed over"
    deck.remove("a")
    deck.choose("d")
    deck.remove("d")
    assert heard == ["a", "b", "d", "c"]
    deck.clear()
    assert (len(deck), deck.current, heard[-1]) == (0, None, "")
    deck.add([lane("e")])
    assert deck.lanes[0].number == 1


def test_the_thirteenth_takes_the_first_colour_again() -> None:
    assert Lane("m", COLOURS + 1, "", START, 1).colour == 0
