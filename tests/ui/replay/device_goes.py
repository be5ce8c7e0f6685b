"""A process that plays a file on a device; says when it plays, when the device is gone, how it ended, and what is left.

Then the server itself is killed, and it plays once more.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTimer

from tests.ui.replay.taps import lane
from ui.replay.player import Player

_EVERY_MS = 20
UNDER_WAY = 0.4
LEFT = 0.5
"""Seconds of the voice: when it says that it plays, and how much it plays elsewhere."""


def say(words: str) -> None:
    """One line, at once."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


class Listener:
    """Plays on when the device is gone, wherever that is."""

    def __init__(self, app: QCoreApplication, path: Path, device: str) -> None:
        self._app = app
        self._said = False
        self._look = QTimer(app, interval=_EVERY_MS)
        self._look.timeout.connect(self._play_without)
        self._player = Player(app)
        self._player.load(lane(path))
        self._player.set_output(next(key for key, name in self._player.outputs() if device in name))
        self._player.position_changed.connect(self._moved)
        self._player.output_lost.connect(self._lost)
        self._player.ended.connect(self._end)
        self._player.play()

    def _moved(self, position: float) -> None:
        if position > UNDER_WAY and not self._said:
            self._said = True
            say("plays")

    def _lost(self) -> None:
        say(f"{self._player.state.value} at {self._player.position:.2f}")
        self._player.seek(self._player.seconds - LEFT)
        self._player.play()
        say("silent" if self._player.silent else "on another device")

    def _end(self) -> None:
        say("ended")
        self._look.start()

    def _play_without(self) -> None:
        """Once the server itself has died: opening a device would end this process."""
        if not self._player.outputs():
            self._look.stop()
            self._player.play()
            say("silent" if self._player.silent else "on another device")
            self._app.quit()


def main() -> int:
    """Play; the exit code."""
    app = QCoreApplication([])
    listener = Listener(app, Path(sys.argv[1]), sys.argv[2])
    code = app.exec()
    del listener
    return code


if __name__ == "__main__":
    sys.exit(main())
