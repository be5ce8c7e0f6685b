"""A process that plays a file on the sound device there is: `FILE SPEED…` at each speed, and once after a seek;
`FILE` alone says its states, and plays again whenever it is paused.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTimer

from tests.ui.replay.taps import lane
from ui.replay.player import Player, PlayerState

SOUGHT = 1.25
"""Seconds: where the last round jumps to, from where it is at `LEFT`."""
LEFT = 0.4


class Rounds:
    """Plays it to the end at each speed; in the end at 1 again, with a seek on the way."""

    def __init__(self, app: QCoreApplication, path: Path, speeds: list[float]) -> None:
        self._app = app
        self._speeds = speeds
        self._jump = False
        self._player = Player(app)
        self._player.load(lane(path))
        self._player.ended.connect(self.go_on)
        self._player.position_changed.connect(self._moved)

    def go_on(self) -> None:
        """The next round."""
        if self._speeds:
            self._player.set_rate(self._speeds.pop(0))
        elif self._jump:
            sys.stdout.write(f"{self._player.outputs()[1][1]}\n")
            self._app.quit()
            return
        else:
            self._jump = True
            self._player.set_rate(1.0)
        self._player.play()

    def _moved(self, position: float) -> None:
        if self._jump and LEFT < position < SOUGHT and self._player.state is PlayerState.PLAYING:
            self._player.seek(SOUGHT)


class Stubborn:
    """Plays it to the end, whatever comes between; says each state, and once when it is under way."""

    def __init__(self, app: QCoreApplication, path: Path) -> None:
        self._player = Player(app)
        self._player.load(lane(path))
        self._player.ended.connect(app.quit)
        self._player.state_changed.connect(self._say)
        self._player.position_changed.connect(self._moved)
        self._far = False

    def go_on(self) -> None:
        """Play."""
        self._player.play()

    def _say(self, state: PlayerState) -> None:
        sys.stdout.write(f"{state.value} {len(self._player.outputs())}\n")
        sys.stdout.flush()
        if state is PlayerState.PAUSED:
            QTimer.singleShot(0, self.go_on)

    def _moved(self, position: float) -> None:
        if not self._far and position > LEFT:
            self._far = True
            sys.stdout.write("under way\n")
            sys.stdout.flush()


def main() -> int:
    """Play; the exit code."""
    app = QCoreApplication([])
    if len(sys.argv) == 2:
        stubborn = Stubborn(app, Path(sys.argv[1]))
        stubborn.go_on()
        return app.exec()
    rounds = Rounds(app, Path(sys.argv[1]), [float(word) for word in sys.argv[2:]])
    rounds.go_on()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
