"""The functionality bar and the keys: every command by mouse and by keyboard, never while somebody types."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QSlider, QWidget
from pytestqt.qtbot import QtBot

from mir_sandbox.audio import SPEECH
from tests.ui.conftest import SECONDS
from tests.ui.replay.taps import Taps, lane
from ui.replay.functionality_bar import FunctionalityBar, clock_words
from ui.replay.outputs import Outputs, SilentOutput
from ui.replay.panel import Panel, Shape
from ui.replay.player import Player, PlayerState
from ui.replay.replay import Replay
from ui.replay.timeline import Selection
from ui.replay.tracks import LaneState
from ui.session import Session

LEFT = Qt.MouseButton.LeftButton


class SilentOutputs(Outputs):
    """A machine without any device."""

    def listed(self) -> Sequence[tuple[str, str]]:
        return []

    def open(self, device: str, *, sample_rate: int) -> SilentOutput:
        return SilentOutput(sample_rate)


class Room:
    """The replay module's panel with two conversations, the first of them stereo, and taps for devices."""

    def __init__(self, session: Session, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.taps = Taps()
        self.replay = Replay(session)
        self.player: Player = self.replay.player
        self.player._outputs = self.taps
        self.taps.changed.connect(self.player._devices)
        for key, name in (("a", "alaw-stereo"), ("b", "gsm-mono-en")):
            self.replay.deck.add([lane(SPEECH / f"{name}.wav", key=key)])
            made = self.replay.deck.get(key)
            assert made is not None
            seconds = sum(clip.seconds for clip in made.clips)
            self.replay.deck.update(key, state=LaneState.READY, seconds=seconds)
        self.panel = Panel(self.replay)
        self.bar: FunctionalityBar = self.panel.bar
        self.panel.resize(1340, 500)
        qtbot.addWidget(self.panel)
        self.panel.show()
        self.panel.activateWindow()
        self.panel.timeline.setFocus()
        qtbot.waitUntil(lambda: self.panel.timeline.hasFocus() and self.bar.play.isEnabled(), timeout=SECONDS)

    def click(self, made: QWidget) -> None:
        assert made.isVisible()
        self.qtbot.mouseClick(made, LEFT)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.qtbot.keyClick(self.panel.timeline, key, modifier)


@pytest.fixture
def room(blank_session: Callable[..., Session], qtbot: QtBot) -> Iterator[Room]:
    session = blank_session()
    made = Room(session, qtbot)
    yield made
    made.replay.close()
    assert session.close(20)


def test_the_buttons_command_the_player(room: Room) -> None:
    bar, player = room.bar, room.player
    assert player.lane == "a"
    room.click(bar.play)
    assert player.state is PlayerState.PLAYING
    assert bar.play.accessibleName() == "Pause"
    room.click(bar.play)
    assert bar.play.accessibleName() == "Play"
    assert not bar.before.isEnabled()
    room.click(bar.after)
    assert player.lane == "b"
    room.click(bar.on)
    assert player.position == 10.0
    assert bar.clock.text() == "00:10.0"
    room.click(bar.back)
    assert player.position == 0.0
    room.click(bar.on)
    room.click(bar.halt)
    assert (player.state, player.position) == (PlayerState.STOPPED, 0.0)
    room.click(bar.before)
    assert player.lane == "a"
    for made in (bar.mute, bar.skip):
        for on in (True, False):
            room.click(made)
            assert made.isChecked() is on
            assert (player.muted if made is bar.mute else player.skip_silence) is on
    assert not bar.loop.isEnabled(), "nothing is selected"
    room.panel.timeline.select(Selection("a", 1.0, 2.0))
    room.click(bar.loop)
    assert player.loop == (1.0, 2.0)
    room.click(bar.loop)
    assert player.loop is None


def test_speeds_by_menu_and_by_digits(room: Room) -> None:
    bar, player = room.bar, room.player
    actions: list[QAction] = bar.speeds.actions()
    assert [action.data() for action in actions] == [0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0]
    actions[-1].trigger()
    assert (player.rate, bar.speed.text()) == (3.0, "3.0×")
    for key, rate in ((Qt.Key.Key_1, 0.5), (Qt.Key.Key_4, 1.25), (Qt.Key.Key_L, 1.5), (Qt.Key.Key_J, 1.25)):
        room.key(key)
        assert player.rate == rate
    assert [action.data() for action in actions if action.isChecked()] == [1.25]
    assert bar.speed.text() == "1.25×"


@pytest.mark.qt_log_ignore("keyToAscii Unhandled key code", extend=True)  # of Qt's test library, about media keys
def test_keys_of_the_player(room: Room) -> None:
    bar, player = room.bar, room.player
    shift, control = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
    room.key(Qt.Key.Key_PageDown)
    assert player.lane == "b"
    for key, modifier, position in (
        (Qt.Key.Key_Right, None, 10.0),
        (Qt.Key.Key_Right, shift, 11.0),
        (Qt.Key.Key_Left, shift, 10.0),
        (Qt.Key.Key_Left, None, 0.0),
        (Qt.Key.Key_End, None, player.seconds),
        (Qt.Key.Key_Home, None, 0.0),
    ):
        room.key(key, modifier or Qt.KeyboardModifier.NoModifier)
        assert player.position == pytest.approx(position)
    for key, state in (
        (Qt.Key.Key_Space, PlayerState.PLAYING),
        (Qt.Key.Key_K, PlayerState.PAUSED),
        (Qt.Key.Key_MediaTogglePlayPause, PlayerState.PLAYING),
        (Qt.Key.Key_MediaPause, PlayerState.PAUSED),
        (Qt.Key.Key_MediaPlay, PlayerState.PLAYING),
        (Qt.Key.Key_MediaStop, PlayerState.STOPPED),
    ):
        room.key(key)
        assert player.state is state
    room.key(Qt.Key.Key_MediaPrevious)
    assert player.lane == "a"
    room.key(Qt.Key.Key_MediaNext)
    assert player.lane == "b"
    room.key(Qt.Key.Key_M)
    assert player.muted
    assert bar.mute.accessibleName() == "Sound on (M)"
    room.key(Qt.Key.Key_Q)
    assert player.skip_silence
    follows = bar.follow.isChecked()
    room.key(Qt.Key.Key_F)
    assert bar.follow.isChecked() is not follows
    room.key(Qt.Key.Key_Down, control)
    assert player.volume == pytest.approx(0.95)
    room.key(Qt.Key.Key_Up, control)
    assert player.volume == 1.0


def test_who_types_does_not_play(room: Room, qtbot: QtBot) -> None:
    room.panel.set_shape(Shape.LARGE)
    search = room.panel.marks.search
    search.setFocus()
    qtbot.waitUntil(search.hasFocus, timeout=SECONDS)
    before = (room.player.state, room.player.rate, room.player.muted, room.player.position, room.player.lane)
    qtbot.keyClicks(search, "kl m 3 q s f r +-")
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_End):
        qtbot.keyClick(search, key)
        qtbot.keyClick(search, key, Qt.KeyboardModifier.ShiftModifier)
    assert search.text() == "kl m 3 q s f r +-"
    assert (room.player.state, room.player.rate, room.player.muted, room.player.position, room.player.lane) == before


def test_a_slider_with_the_keyboard_keeps_its_arrows(room: Room, qtbot: QtBot) -> None:
    volume = room.bar.volume
    volume.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(volume.hasFocus, timeout=SECONDS)
    qtbot.keyClick(volume, Qt.Key.Key_Left)
    assert room.player.volume == pytest.approx(0.99)
    assert room.player.position == 0.0
    qtbot.keyClick(volume, Qt.Key.Key_Space)
    assert room.player.state is PlayerState.PLAYING


def test_balance_is_for_stereo_alone(room: Room, qtbot: QtBot) -> None:
    bar = room.bar
    bar.set_large(True, wide=True)
    assert bar.balance.isVisible()
    assert bar.balance.isEnabled()
    qtbot.mouseClick(bar.balance, LEFT, pos=QPoint(bar.balance.width() - 2, bar.balance.height() // 2))
    assert room.player.balance == 1.0
    assert bar.menu_balance.value() == 100
    qtbot.mouseDClick(bar.balance, LEFT, pos=QPoint(4, 10))
    assert room.player.balance == 0.0
    room.click(bar.after)
    assert not bar.balance.isEnabled()
    assert not bar.menu_balance.isEnabled()


def test_where_it_is_narrow_balance_output_and_volume_stand_in_a_menu(room: Room) -> None:
    bar = room.bar
    bar.set_large(True, wide=True)
    assert (bar.output.isVisible(), bar.sound.isVisible()) == (True, False)
    bar.set_large(True, wide=False)
    assert (bar.output.isVisible(), bar.sound.isVisible()) == (False, True)
    room.panel.resize(862, 500)
    assert room.panel.width() == 862, "what the smallest window has room for"
    assert bar.width() >= bar.minimumSizeHint().width()
    assert not bar.volume.isVisible()
    bar.menu_volume.setValue(30)
    assert (room.player.volume, bar.volume.value()) == (0.3, 30)
    room.panel.resize(1340, 500)
    assert bar.volume.isVisible()
    assert bar.zoom.isVisible()


def test_outputs_are_offered_and_one_that_is_gone_is_told(room: Room, qtbot: QtBot) -> None:
    bar, player = room.bar, room.player
    bar.set_large(True, wide=True)
    room.click(bar.output)
    names = [action.text() for action in bar.outputs.actions()]
    assert names == ["Default output", "Speakers", "Headphones"]
    bar.outputs.actions()[2].trigger()
    bar.outputs.close()
    assert (player.output, bar.output.text()) == ("headphones", "Headphones")
    room.click(bar.play)
    assert not bar.notice.isVisible()
    room.taps.devices.remove("headphones")
    room.taps.changed.emit()
    assert bar.notice.isVisible()
    assert bar.notice.text() == "Paused: the sound device is gone"
    room.click(bar.play)
    assert not bar.notice.isVisible()
    assert player.state is PlayerState.PLAYING


def test_without_a_device_it_says_that_nothing_is_heard(room: Room) -> None:
    room.player._outputs = SilentOutputs()
    room.click(room.bar.play)
    assert room.player.silent
    assert room.bar.notice.text() == "There is no sound device: nothing is heard"
    room.bar.set_large(True, wide=True)
    room.click(room.bar.output)
    (told,) = room.bar.outputs.actions()
    assert (told.text(), told.isEnabled()) == ("No sound device", False)
    room.bar.outputs.close()


def test_every_button_has_a_name_and_a_tooltip(room: Room) -> None:
    for large in (False, True):
        room.bar.set_large(large, wide=large)
        for made in room.bar.findChildren(QAbstractButton):
            assert made.accessibleName() or made.text()
            assert made.toolTip()
        for slider in room.bar.findChildren(QSlider):
            assert slider.accessibleName()


def test_what_is_not_loaded_cannot_be_commanded(room: Room) -> None:
    room.replay.unload()
    bar = room.bar
    assert not any(made.isEnabled() for made in (bar.play, bar.back, bar.on, bar.halt, bar.before, bar.after))
    assert bar.length.text() == ""


def test_one_is_played_after_the_other_until_that_is_turned_off(room: Room, qtbot: QtBot) -> None:
    deck, player, bar = room.replay.deck, room.player, room.bar
    third = lane(SPEECH / "gsm-mono-en.wav", key="c")
    deck.add([third, replace(third, key="d")])
    for key, state in (("a", LaneState.UNPLAYABLE), ("c", LaneState.FETCHING), ("d", LaneState.READY)):
        deck.update(key, state=state)
    deck.update("a", state=LaneState.READY)
    deck.choose("b")
    player.seek(2.0)
    deck.choose("a")
    player.seek(player.seconds - 0.2)
    with qtbot.waitSignal(player.ended, timeout=SECONDS):
        room.click(bar.play)
    assert (player.lane, player.state) == ("b", PlayerState.PLAYING)
    assert player.position < 1.0, "from its beginning"
    with qtbot.waitSignal(player.ended, timeout=SECONDS):
        player.seek(player.seconds - 0.2)
    assert (player.lane, player.state) == ("b", PlayerState.ENDED), "the next one is still on its way"
    deck.update("c", state=LaneState.GONE)
    assert bar.in_turn.isChecked()
    room.key(Qt.Key.Key_N)
    player.seek(player.seconds - 0.2)
    with qtbot.waitSignal(player.ended, timeout=SECONDS):
        room.click(bar.play)
    assert player.lane == "b"
    another = Replay(room.replay.session)
    assert not another.in_turn, "it is remembered"
    another.close()
    room.key(Qt.Key.Key_N)
    player.seek(player.seconds - 0.2)
    with qtbot.waitSignal(player.ended, timeout=SECONDS):
        room.click(bar.play)
    assert player.lane == "d", "what is gone has no turn"


def test_how_one_listened_is_remembered_for_each(room: Room) -> None:
    room.player.seek(3.0)
    room.player.set_rate(2.0)
    room.player.set_balance(-0.5)
    room.replay.deck.choose("b")
    assert (room.player.position, room.player.rate, room.player.balance) == (0.0, 1.0, 0.0)
    room.replay.deck.choose("a")
    assert (room.player.position, room.player.rate, room.player.balance) == (3.0, 2.0, -0.5)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.0, "00:00.0"), (-1.0, "00:00.0"), (222.69, "03:42.6"), (0.3, "00:00.3"), (3753.05, "1:02:33.0")],
)
def test_a_clock_is_cut_not_rounded(seconds: float, words: str) -> None:
    assert clock_words(seconds, ".") == words
