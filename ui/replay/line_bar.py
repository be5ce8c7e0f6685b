"""The replay module as one line, for low windows: plays, says what and where; it loads and draws nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.replay.functionality_bar import FunctionalityBar, clock_words
from ui.replay.play_button import PlayButton
from ui.replay.player import Player, PlayerState
from ui.replay.tracks import Deck, LaneState
from ui.session import Session
from ui.theme import SMALL
from ui.widgets import Elided, Progress, fill, label, tool
from ui.words import times


class LineBar(QWidget):
    """`large_wanted`, `close_wanted`: of the whole module. The functionality bar, hidden then, takes the commands."""

    large_wanted = Signal(bool)
    close_wanted = Signal()

    def __init__(self, session: Session, deck: Deck, player: Player, bar: FunctionalityBar) -> None:
        super().__init__()
        self._session = session
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Replay"))
        self._deck = deck
        self._player = player
        self.play = PlayButton(size=32)
        self.after = tool("skip-forward", self.tr("Next conversation (PgDown)"))
        self.name = Elided("", bold=True)
        self.clock = label("", tone="3")
        self.progress = Progress(name=self.tr("Position"))
        self.count = label("", SMALL, tone="2")
        self.enlarge = tool("maximize-2", self.tr("Open replay (Ctrl+Shift+R)"))
        self.close_button = tool("x", self.tr("Close replay: unload all"))
        fill(
            QHBoxLayout(self),
            self.play,
            self.after,
            4,
            (self.name, 2),
            self.clock,
            8,
            (self.progress, 3),
            8,
            self.count,
            self.enlarge,
            self.close_button,
            margins=(12, 6, 10, 6),
            gap=8,
        )
        self.play.clicked.connect(bar.toggle)
        self.after.clicked.connect(lambda: bar.go_to(1))
        self.enlarge.clicked.connect(lambda: self.large_wanted.emit(True))
        self.close_button.clicked.connect(self.close_wanted)
        player.state_changed.connect(lambda _: self._show_state())
        player.position_changed.connect(self._show_position)
        # Of thousands of lanes each changes some times while it is loaded.
        soon = QTimer(self, singleShot=True, interval=0)
        soon.timeout.connect(self._show_state)
        for signal in (deck.loaded, deck.changed, deck.current_changed):
            signal.connect(lambda *_: soon.start())
        self._show_state()

    def _show_state(self) -> None:
        lane = self._deck.current
        here = lane is not None and lane.playable
        self.play.set_playing(self._player.state is PlayerState.PLAYING)
        self.play.setEnabled(here)
        self.after.setEnabled(self._deck.neighbour(1) is not None)
        self.name.setText(lane.title if lane is not None else "")
        at_work = sum(each.state in (LaneState.WAITING, LaneState.FETCHING) for each in self._deck.lanes)
        if at_work:
            self.count.setText(self.tr("%n conversation(s) on the way", "", at_work))
        else:
            self.count.setText(self.tr("%n conversation(s) loaded", "", len(self._deck)))
        self._show_position(self._player.position)

    def _show_position(self, seconds: float) -> None:
        if self.isHidden():
            return
        lane = self._deck.current
        whole = lane.seconds if lane is not None else 0.0
        point = self._session.locale.decimalPoint()
        form = self.tr("{position} / {length}")
        self.clock.setText(form.format(position=clock_words(seconds, point)[:-2], length=times.duration(whole)))
        self.progress.set_share(min(1.0, seconds / whole) if whole else 0.0)
