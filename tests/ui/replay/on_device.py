"""A process that plays a file on the sound device there is, at the speeds it is told, and once after a seek."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication

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


def main() -> int:
    """Play; the exit code."""
    app = QCoreApplication([])
    rounds = Rounds(app, Path(sys.argv[1]), [float(word) for word in sys.argv[2:]])
    rounds.go_on()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
