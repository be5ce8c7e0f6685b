"""Loading: who waits for what, what is let go of, what is loaded once, and what is remembered of listening."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel
from pytestqt.qtbot import QtBot

from download_client.engine import Engine, PullRequest
from download_client.model import Conversation, Criteria, RecordingStatus
from download_client.settings import Paths
from mir_sandbox.remote import Sandbox
from tests.ui.conftest import SECONDS, MakesSessions
from ui.memory import Memory
from ui.participants import ParticipantsModule
from ui.replay import habits
from ui.replay.habits import Heard, Loudness
from ui.replay.player import PlayerState
from ui.replay.replay import Replay
from ui.replay.tracks import LaneState
from ui.replay.wish import Wanted, Wish, everything, one_recording, voice_only
from ui.session import Session

DAY = timedelta(days=1)


@pytest.fixture
def replay(session: Session, qtbot: QtBot) -> Iterator[Replay]:
    made = Replay(session)
    yield made
    made.close()
    made.deck.clear()
    qtbot.waitUntil(lambda: session.bridge.at_rest, timeout=SECONDS)


def calls(engine: Engine, *, days: int = 6) -> list[Conversation]:
    """Those of the last days all of whose recordings can be had."""
    now = datetime.now(UTC)
    found = engine.search(Criteria(from_time=now - days * DAY, to_time=now))
    return [
        each
        for each in found
        if each.recordings and all(one.status is RecordingStatus.AVAILABLE for one in each.recordings)
    ]


def load(replay: Replay, *wanted: Conversation) -> None:
    replay.loader.load(Wish(lambda: [Wanted(each) for each in wanted]))


def state(replay: Replay, key: str) -> LaneState | None:
    lane = replay.deck.get(key)
    return lane.state if lane is not None else None


def doing(replay: Replay) -> PlayerState:
    return replay.player.state


def test_a_free_replay_is_waited_for_while_the_archive_is_heard(
    make_session: MakesSessions, service: Sandbox, tmp_path: Path, qtbot: QtBot
) -> None:
    session = make_session(archive__folder=str(tmp_path / "archive"))
    here, *others = calls(session.engine)[:6]
    request = PullRequest(archive=tmp_path / "archive", conversations=(here.id,), accept_risk=True)
    session.engine.pull(request).run()
    session.look_for_archive()
    qtbot.waitUntil(lambda: session.archive is not None, timeout=SECONDS)
    replay = Replay(session)
    service.limit(max_concurrent_replays=0)
    try:
        load(replay, *others, here)
        qtbot.waitUntil(lambda: state(replay, here.id) is LaneState.READY, timeout=SECONDS)
        qtbot.waitUntil(
            lambda: any("Waiting" in lane.words for lane in replay.deck.lanes if lane.key != here.id), timeout=SECONDS
        )
        assert {state(replay, each.id) for each in others} == {LaneState.WAITING}
        assert replay.deck.current is not None
        replay.player.load(None)
        replay.loader.stop(others[0].id)
        assert state(replay, others[0].id) is None
    finally:
        service.limit(max_concurrent_replays=40)
    qtbot.waitUntil(lambda: all(state(replay, each.id) is LaneState.READY for each in others[1:]), timeout=SECONDS)
    replay.close()
    replay.deck.clear()
    qtbot.waitUntil(lambda: session.bridge.at_rest, timeout=SECONDS)


def test_the_same_is_loaded_once_and_more_of_it_takes_its_place(replay: Replay, qtbot: QtBot) -> None:
    it = next(each for each in calls(replay.session.engine, days=60) if len(each.recordings) > 1)
    replay.loader.load(one_recording(it, it.recordings[0].id))
    qtbot.waitUntil(lambda: state(replay, it.id) is LaneState.READY, timeout=SECONDS)
    lane = replay.deck.lanes[0]
    assert len(lane.clips) == 1
    with qtbot.waitSignal(replay.loader.begun, timeout=SECONDS):
        replay.loader.load(one_recording(it, it.recordings[0].id))
    assert replay.deck.lanes[0] == lane
    load(replay, it)
    qtbot.waitUntil(
        lambda: len(replay.deck.lanes[0].clips) == len(it.recordings) and state(replay, it.id) is LaneState.READY,
        timeout=SECONDS,
    )
    assert len(replay.deck) == 1
    assert sum(clip.seconds for clip in replay.deck.lanes[0].clips) == pytest.approx(replay.deck.seconds)


def test_of_far_too_much_only_enough_is_read_to_say_so(replay: Replay) -> None:
    it = calls(replay.session.engine)[0]
    long = replace(it, recordings=(replace(it.recordings[0], duration_seconds=3600.0),))
    told = itertools.count()

    def endless() -> Iterator[Conversation]:
        for number in told:
            yield replace(long, id=f"c{number}")

    wanted = everything(endless())
    assert 24 < len(wanted) < 60
    assert [each.only for each in voice_only(iter([long]))] == [frozenset({long.recordings[0].id})]
    assert voice_only(iter([replace(it, recordings=())])) == []


def test_files_are_let_go_of_when_somebody_asks(replay: Replay, qtbot: QtBot) -> None:
    it = calls(replay.session.engine)[0]
    load(replay, it)
    qtbot.waitUntil(lambda: state(replay, it.id) is LaneState.READY, timeout=SECONDS)
    replay.player.play()
    assert doing(replay) is PlayerState.PLAYING
    replay.session.files_wanted.emit((Path("elsewhere.wav"),))
    assert doing(replay) is PlayerState.PLAYING
    replay.session.files_wanted.emit(())
    assert doing(replay) is PlayerState.PAUSED
    replay.player.play()
    assert doing(replay) is PlayerState.PLAYING


def test_participants_load_one_at_a_time(session: Session, qtbot: QtBot) -> None:
    module = ParticipantsModule(session)
    qtbot.addWidget(module)
    module.resize(1400, 800)
    module.show()
    now = datetime.now(UTC)
    module.begin(Criteria(from_time=now - 3 * DAY, to_time=now), "")
    qtbot.waitUntil(lambda: module.lister.filled.complete and session.bridge.at_rest, timeout=SECONDS)
    flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    choose = module.list.selectionModel().select
    choose(module.model.index(0, 0), flags)
    assert module.replaying.load_action.isEnabled()
    with qtbot.waitSignal(module.load_wanted, timeout=SECONDS) as wanted:
        module.replaying.load_action.trigger()
    assert len(wanted.args[0].read()) == 1
    choose(module.model.index(1, 0), flags)
    assert not module.replaying.load_action.isEnabled()
    assert not module.replaying.voice_action.isEnabled()


def test_what_is_remembered_is_bounded_and_rubbish_costs_only_comfort(home: Path) -> None:
    memory = Memory(Paths.of_user(), "default")
    habits.remember(memory, "a", Heard(12.345, 1.5, -0.5))
    assert habits.heard(memory, "a") == Heard(12.35, 1.5, -0.5)
    habits.remember(memory, "a", Heard())
    assert habits.heard(memory, "a") == Heard()
    for number in range(400):
        habits.remember(memory, f"r{number}", Heard(float(number + 1)))
    assert habits.heard(memory, "r99") == Heard()
    assert habits.heard(memory, "r399").position == 400.0
    habits.keep_loudness(memory, Loudness(0.4, muted=True, skip_silence=True, output="x"))
    assert habits.loudness(memory) == Loudness(0.4, muted=True, skip_silence=True, output="x")
    for rubbish in ("x", [1], {"a": 3}, {"a": [1, "x", None]}, {"a": [float("nan"), 99, -7]}):
        memory.put("replay.places", rubbish)
        memory.put("replay.sound", rubbish)
        it = habits.heard(memory, "a")
        assert 0.0 <= it.position < 10.0
        assert 0.5 <= it.rate <= 3.0
        assert -1.0 <= it.balance <= 1.0
        assert habits.loudness(memory) == Loudness()
