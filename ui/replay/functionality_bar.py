"""The functionality bar (F10): commands the player and says where it is; it plays, draws and loads nothing.

::

    before · back · play · on · after · stop   03:42.6 / 12:08      speed · loop · skip · follow   volume   sound   zoom
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget, QWidgetAction

from ui import theme
from ui.replay.play_button import PlayButton
from ui.replay.player import Player, PlayerState
from ui.replay.tracks import Deck
from ui.session import Session
from ui.theme import SMALL, STRONG
from ui.widgets import Elided, Slider, box, button, fill, label, row, tool
from ui.words import times

SPEEDS: Final = (0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0)
"""By the digits 1 to 9."""
STEP: Final = 10.0
"""Seconds back and on."""
_ZOOM: Final = 1000
_ALL: Final = 100
"""Of the room that is left, against the stretch beside it."""


class FunctionalityBar(QWidget):
    """`loop_wanted`: of the selection, or no more. `large_wanted`, `close_wanted`: of the whole module."""

    loop_wanted = Signal(bool)
    in_turn_wanted = Signal(bool)
    follow_wanted = Signal(bool)
    zoom_wanted = Signal(float)
    """A share of the way from the whole to tenths of seconds, 0…1."""
    zoom_in = Signal()
    zoom_out = Signal()
    large_wanted = Signal(bool)
    close_wanted = Signal()

    def __init__(self, session: Session, deck: Deck, player: Player) -> None:
        super().__init__()
        self._session = session
        self._deck = deck
        self._player = player
        self._large = False
        self._make_transport()
        self._make_ways()
        self._make_sound()
        self._make_view()
        self._folding = (self.volume, self.zoom)
        """What is left out where it is narrow: the last goes first."""
        self._lay_out()
        self._say("")
        self._connect()
        self._show_state()
        self._show_position(0.0)

    # --- putting it together

    def _make_transport(self) -> None:
        self.before = tool("skip-back", self.tr("Previous conversation (PgUp)"))
        self.back = tool("rotate-ccw", self.tr("Back 10 seconds (Left)"))
        self.play = PlayButton()
        self.on = tool("rotate-cw", self.tr("On 10 seconds (Right)"))
        self.after = tool("skip-forward", self.tr("Next conversation (PgDown)"))
        self.halt = tool("square", self.tr("Stop (S)"))
        self.clock = label("", STRONG, bold=True)
        self.length = label("", tone="3")
        self.clock.setAccessibleName(self.tr("Position"))
        self.notice = Elided("", SMALL, tone="warn")

    def _make_ways(self) -> None:
        self.speeds = QMenu(self)
        self._speeds = QActionGroup(self)
        for number, speed in enumerate(SPEEDS, start=1):
            words = self.tr("{speed}\t{key}").format(speed=self._speed_words(speed), key=number)
            made = QAction(words, self.speeds, checkable=True)
            made.setData(speed)
            self._speeds.addAction(made)
            self.speeds.addAction(made)
        self.speed = button("", kind="flat", menu=self.speeds, tip=self.tr("Speed (J slower, L faster, digits)"))
        self.loop = tool("repeat", self.tr("Loop the selection (R)"), checkable=True)
        self.skip = tool("fast-forward", self.tr("Skip silence (Q)"), checkable=True)
        self.in_turn = tool("list-end", self.tr("Play one after the other (N)"), checkable=True)
        self.follow = tool("locate-fixed", self.tr("Follow the cursor (F)"), checkable=True)

    def _make_sound(self) -> None:
        self.mute = tool("volume-2", self.tr("Mute (M)"), checkable=True)
        self.volume = Slider(name=self.tr("Volume (Ctrl+Up and Ctrl+Down)"), low=0, high=100, width=84)
        self.balance = Slider(name=self.tr("Balance of the parties"), low=-100, high=100, width=84, middle=True)
        self.outputs = QMenu(self)
        self.output = button(self.tr("Default output"), "headphones", "flat", tip=self.tr("Where it is heard"))
        self.balance_word = label(self.tr("Balance"), SMALL, tone="2")
        self.sound = tool("headphones", self.tr("Balance and output"))
        self.sound_menu = QMenu(self)
        self.menu_volume = Slider(name=self.volume.accessibleName(), low=0, high=100, width=140)
        self.menu_balance = Slider(name=self.balance.accessibleName(), low=-100, high=100, width=140, middle=True)
        self._volume_held = self._hold(self.tr("Volume"), self.menu_volume)
        self._hold(self.balance_word.text(), self.menu_balance)
        self.sound_menu.addSeparator()

    def _hold(self, words: str, slider: Slider) -> QWidgetAction:
        """A slider in the menu of the sound."""
        held = QWidgetAction(self.sound_menu)
        held.setDefaultWidget(box(row(label(words, SMALL, tone="2"), None, slider, margins=(12, 6, 12, 6), gap=12)))
        self.sound_menu.addAction(held)
        return held

    def _make_view(self) -> None:
        self.out = tool("zoom-out", self.tr("Zoom out (-)"))
        self.zoom = Slider(name=self.tr("Zoom"), low=0, high=_ZOOM, width=72)
        self.nearer = tool("zoom-in", self.tr("Zoom in (+)"))
        self.enlarge = tool("maximize-2", self.tr("Large replay (Ctrl+Shift+R)"))
        self.close_button = tool("x", self.tr("Close replay: unload all"))

    def _lay_out(self) -> None:
        transport = row(self.before, self.back, self.play, self.on, self.after, self.halt, gap=2)
        ways = row(self.loop, self.skip, self.in_turn, self.follow, gap=2)
        self._rows = row(self.mute, self.volume, gap=0), row(self.out, self.zoom, self.nearer, gap=0)
        self._wide = box(row(self.balance_word, self.balance, self.output, gap=8))
        fill(
            QHBoxLayout(self),
            transport,
            10,
            row(self.clock, self.length, gap=6),
            4,
            (self.notice, _ALL),
            None,
            self.speed,
            ways,
            4,
            self._rows[0],
            8,
            self._wide,
            self.sound,
            6,
            self._rows[1],
            4,
            self.enlarge,
            self.close_button,
            margins=(12, 8, 10, 4),
            gap=6,
        )

    def _connect(self) -> None:
        player, deck = self._player, self._deck
        self.before.clicked.connect(lambda: self.go_to(-1))
        self.after.clicked.connect(lambda: self.go_to(1))
        self.back.clicked.connect(lambda: self.step(-STEP))
        self.on.clicked.connect(lambda: self.step(STEP))
        self.play.clicked.connect(self.toggle)
        self.halt.clicked.connect(player.stop)
        self._speeds.triggered.connect(lambda action: self.set_speed(float(action.data())))
        self.loop.toggled.connect(self.loop_wanted)
        self.skip.toggled.connect(player.set_skip_silence)
        self.in_turn.toggled.connect(self._taken_in_turn)
        self.follow.toggled.connect(self._followed)
        self.mute.toggled.connect(player.set_muted)
        for slider in (self.volume, self.menu_volume):
            slider.valueChanged.connect(lambda value: player.set_volume(value / 100))
        for slider in (self.balance, self.menu_balance):
            slider.valueChanged.connect(lambda value: player.set_balance(value / 100))
        self.output.clicked.connect(lambda: self._offer_outputs(self.output))
        self.sound.clicked.connect(lambda: self._offer_outputs(self.sound))
        self.out.clicked.connect(self.zoom_out)
        self.nearer.clicked.connect(self.zoom_in)
        self.zoom.valueChanged.connect(lambda value: self.zoom_wanted.emit(value / _ZOOM))
        self.enlarge.clicked.connect(lambda: self.large_wanted.emit(not self._large))
        self.close_button.clicked.connect(self.close_wanted)
        player.state_changed.connect(lambda _: self._say_nothing_is_heard())
        player.output_lost.connect(lambda: self._say(self.tr("Paused: the sound device is gone")))
        player.state_changed.connect(lambda _: self._show_state())
        player.position_changed.connect(self._show_position)
        player.changed.connect(self._show_settings)
        player.outputs_changed.connect(self._show_settings)
        # Of thousands of lanes each changes some times while it is loaded.
        soon = QTimer(self, singleShot=True, interval=0)
        soon.timeout.connect(self._show_state)
        deck.loaded.connect(self._show_state)
        deck.changed.connect(lambda _: soon.start())
        deck.current_changed.connect(lambda _: self._show_state())
        self._show_settings()

    # --- commands, of buttons and keys

    def toggle(self) -> None:
        """Play, or pause."""
        self._player.toggle()

    def step(self, seconds: float) -> None:
        """Back, or on, within the conversation."""
        lane = self._deck.current
        if lane is not None and lane.playable:
            self._player.seek(min(max(self._player.position + seconds, 0.0), lane.seconds))

    def go_to(self, step: int) -> None:
        """The conversation before, or after."""
        lane = self._deck.neighbour(step)
        if lane is not None:
            self._deck.choose(lane.key)

    def set_speed(self, speed: float) -> None:
        """How fast it plays, with the pitch kept."""
        self._player.set_rate(speed)

    def faster(self, step: int) -> None:
        """The next speed of the list, or the one before."""
        rate = self._player.rate
        nearest = min(range(len(SPEEDS)), key=lambda number: abs(SPEEDS[number] - rate))
        self.set_speed(SPEEDS[min(max(nearest + step, 0), len(SPEEDS) - 1)])

    def louder(self, step: int) -> None:
        """The volume, by steps of a hundredth."""
        self.volume.setValue(self.volume.value() + step)

    # --- what it shows

    def set_large(self, large: bool, *, wide: bool) -> None:
        """In the large view, and whether there is room for balance and output beside the rest."""
        self._large = large
        self._wide.setVisible(large and wide)
        self.sound.setVisible(not (large and wide))
        self._fit()
        name = self.tr("Small replay (Esc)") if large else self.tr("Large replay (Ctrl+Shift+R)")
        theme.of().put_icon(self.enlarge, "minimize-2" if large else "maximize-2")
        self.enlarge.setToolTip(name)
        self.enlarge.setAccessibleName(name)

    def set_alone(self) -> None:
        """In a window of its own: it is always large, and the window has its own cross."""
        self.enlarge.hide()
        self.close_button.hide()

    def set_zoom(self, share: float) -> None:
        """The timeline is zoomed so far."""
        self.zoom.blockSignals(True)
        self.zoom.setValue(round(share * _ZOOM))
        self.zoom.blockSignals(False)

    def set_follow(self, follow: bool) -> None:
        """The timeline follows the cursor, or does not."""
        self.follow.blockSignals(True)
        self.follow.setChecked(follow)
        self.follow.blockSignals(False)
        self._show_checks()

    def set_in_turn(self, in_turn: bool) -> None:
        """What is loaded is played one after the other, or is not."""
        self.in_turn.blockSignals(True)
        self.in_turn.setChecked(in_turn)
        self.in_turn.blockSignals(False)
        self._show_checks()

    def set_looping(self, looping: bool, *, possible: bool) -> None:
        """The selection is played again and again; `possible`: there is one."""
        self.loop.blockSignals(True)
        self.loop.setChecked(looping)
        self.loop.blockSignals(False)
        self.loop.setEnabled(possible)
        self._show_checks()

    def _taken_in_turn(self, in_turn: bool) -> None:
        self._show_checks()
        self.in_turn_wanted.emit(in_turn)

    def _followed(self, follow: bool) -> None:
        self._show_checks()
        self.follow_wanted.emit(follow)

    def _show_checks(self) -> None:
        """What is on is tinted, besides its ground."""
        for made, icon in (
            (self.loop, "repeat"),
            (self.skip, "fast-forward"),
            (self.in_turn, "list-end"),
            (self.follow, "locate-fixed"),
        ):
            theme.of().put_icon(made, icon, "accent" if made.isChecked() else "text2")

    def _show_state(self) -> None:
        player, lane = self._player, self._deck.current
        here = lane is not None and lane.playable
        self.play.set_playing(player.state is PlayerState.PLAYING)
        for made in (self.play, self.back, self.on, self.halt):
            made.setEnabled(here)
        self.before.setEnabled(self._deck.neighbour(-1) is not None)
        self.after.setEnabled(self._deck.neighbour(1) is not None)
        self.balance.setEnabled(lane is not None and lane.stereo)
        self.menu_balance.setEnabled(lane is not None and lane.stereo)
        self.length.setText(f"/ {times.duration(lane.seconds)}" if lane is not None else "")
        self._show_position(player.position)
        self._fit()

    def _say(self, words: str) -> None:
        """Beside the clock; nothing hides it."""
        self.notice.setText(words)
        self.notice.setAccessibleName(words)
        self.notice.setVisible(bool(words))

    def _say_nothing_is_heard(self) -> None:
        """What was said before does not count any more."""
        self._say(self.tr("There is no sound device: nothing is heard") if self._player.silent else "")

    def minimumSizeHint(self) -> QSize:
        """Without what folds."""
        for inner in self._rows:
            inner.invalidate()  # Qt tells the outer layout alone that a part was hidden
        hint = super().minimumSizeHint()
        return QSize(hint.width() - sum(made.width() for made in self._folding if not made.isHidden()), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As much as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Where it is narrow, zoom has its buttons and keys only, then the volume stands in the menu of the sound."""
        room = self.width() - self.minimumSizeHint().width()
        for made in self._folding:
            room -= made.width()
            made.setVisible(room >= 0)
        self._volume_held.setVisible(self.volume.isHidden())

    def _show_position(self, seconds: float) -> None:
        self.clock.setText(clock_words(seconds, self._session.locale.decimalPoint()))

    def _show_settings(self) -> None:
        player = self._player
        for made, value in (
            (self.volume, round(player.volume * 100)),
            (self.menu_volume, round(player.volume * 100)),
            (self.balance, round(player.balance * 100)),
            (self.menu_balance, round(player.balance * 100)),
        ):
            made.blockSignals(True)
            made.setValue(value)
            made.blockSignals(False)
            made.update()
        for check, on in ((self.mute, player.muted), (self.skip, player.skip_silence)):
            check.blockSignals(True)
            check.setChecked(on)
            check.blockSignals(False)
        theme.of().put_icon(self.mute, "volume-x" if player.muted else "volume-2")
        words = self.tr("Sound on (M)") if player.muted else self.tr("Mute (M)")
        self.mute.setToolTip(words)
        self.mute.setAccessibleName(words)
        self.speed.setText(self._speed_words(player.rate))
        for action in self._speeds.actions():
            action.setChecked(abs(float(action.data()) - player.rate) < 1e-6)
        chosen = dict(player.outputs()).get(player.output, "") if player.output else ""
        self.output.setText(chosen.replace("&", "&&") or self.tr("Default output"))
        self._show_checks()

    def _speed_words(self, speed: float) -> str:
        digits = 1 if round(speed * 10) == speed * 10 else 2
        return self.tr("{number}×", "speed").format(number=self._session.locale.toString(speed, "f", digits))

    def _offer_outputs(self, below: QPushButton) -> None:
        """The devices that are there now."""
        menu = self.outputs if below is self.output else self.sound_menu
        for action in menu.actions():
            if not isinstance(action, QWidgetAction) and not action.isSeparator():
                menu.removeAction(action)
                action.deleteLater()
        for key, name in self._player.outputs():
            made = QAction(name.replace("&", "&&") if key else self.tr("Default output"), menu, checkable=True)
            made.setChecked(key == self._player.output)
            made.triggered.connect(lambda _=False, key=key: self._player.set_output(key))
            menu.addAction(made)
        if not self._player.outputs():
            menu.addAction(self.tr("No sound device")).setEnabled(False)
        menu.popup(below.mapToGlobal(below.rect().bottomLeft()))


def clock_words(seconds: float, point: str) -> str:
    """03:42.6, from one hour 1:02:33.0: cut, not rounded, as a clock shows it."""
    tenths = int(max(0.0, seconds) * 10 + 1e-6)
    hours, minutes, rest, tenth = tenths // 36_000, tenths // 600 % 60, tenths // 10 % 60, tenths % 10
    clock = f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes:02d}:{rest:02d}"
    return f"{clock}{point}{tenth}"
