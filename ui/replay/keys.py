"""The keys of the replay module: which one commands what; it decides nothing, and does nothing while it is hidden."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from ui.replay.functionality_bar import SPEEDS, STEP, FunctionalityBar
from ui.replay.line_bar import LineBar
from ui.replay.player import Player
from ui.replay.timeline import Timeline

_LOUDER: Final = 5


class Keys(QObject):
    """Those of bars, player and timeline; `bind` adds those of the `panel` itself. They go with it."""

    def __init__(
        self, panel: QWidget, bar: FunctionalityBar, line: LineBar, timeline: Timeline, player: Player
    ) -> None:
        super().__init__(panel)
        self._panel = panel
        self._bar = bar
        self._line = line
        self._bind_all(timeline, player)

    def bind(self, key: str | Qt.Key, doing: Callable[[], object], *, everywhere: bool = False) -> None:
        """While something in the panel has the keyboard, or, `everywhere`, in its whole window."""
        made = QShortcut(QKeySequence(key), self._panel)
        inside, window = Qt.ShortcutContext.WidgetWithChildrenShortcut, Qt.ShortcutContext.WindowShortcut
        made.setContext(window if everywhere else inside)
        made.activated.connect(lambda: doing() if self._panel.isVisible() else None)

    def _bind_all(self, timeline: Timeline, player: Player) -> None:
        bar = self._bar
        self.bind("Space", self._space)
        self.bind("Left", lambda: bar.step(-STEP))
        self.bind("Right", lambda: bar.step(STEP))
        self.bind("Shift+Left", lambda: bar.step(-1.0))
        self.bind("Shift+Right", lambda: bar.step(1.0))
        self.bind("Home", lambda: player.seek(0.0))
        self.bind("End", lambda: player.seek(player.seconds))
        self.bind("PgUp", lambda: bar.go_to(-1))
        self.bind("PgDown", lambda: bar.go_to(1))
        self.bind("J", lambda: bar.faster(-1))
        self.bind("K", bar.toggle)
        self.bind("L", lambda: bar.faster(1))
        self.bind("S", player.stop)
        self.bind("M", bar.mute.toggle)
        self.bind("Q", bar.skip.toggle)
        self.bind("N", bar.in_turn.toggle)
        self.bind("F", bar.follow.toggle)
        self.bind("R", self._loop)
        self.bind("Ctrl+Up", lambda: bar.louder(_LOUDER))
        self.bind("Ctrl+Down", lambda: bar.louder(-_LOUDER))
        self.bind("+", timeline.zoom_in)
        self.bind("=", timeline.zoom_in)
        self.bind("-", timeline.zoom_out)
        self.bind("0", timeline.show_all)
        for number, speed in enumerate(SPEEDS, start=1):
            self.bind(str(number), partial(bar.set_speed, speed))
        self.bind(Qt.Key.Key_MediaTogglePlayPause, bar.toggle, everywhere=True)
        self.bind(Qt.Key.Key_MediaPlay, bar.toggle, everywhere=True)
        self.bind(Qt.Key.Key_MediaPause, player.pause, everywhere=True)
        self.bind(Qt.Key.Key_MediaStop, player.stop, everywhere=True)
        self.bind(Qt.Key.Key_MediaNext, lambda: bar.go_to(1), everywhere=True)
        self.bind(Qt.Key.Key_MediaPrevious, lambda: bar.go_to(-1), everywhere=True)

    def _space(self) -> None:
        """It presses the button that has the keyboard; everywhere else it plays."""
        held = QApplication.focusWidget()
        if isinstance(held, QAbstractButton) and held not in (self._bar.play, self._line.play):
            held.click()
        else:
            self._bar.toggle()

    def _loop(self) -> None:
        if self._bar.loop.isEnabled():
            self._bar.loop.toggle()
