"""A program of its own for tests of a real screen: shows the window, looks at the screen itself, says what it saw.

    python -m tests.ui.on_screen

It prints one line: the platform, the size of the window, and how many colours the screen shows where the window lies.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication

from download_client.settings import Paths
from ui.app import application
from ui.program import Program

ENOUGH = 50
"""Colours of a window whose words and icons are on the screen, at least."""
_EVERY_MS, _LOOKS = 100, 300


class Look(QObject):
    """Looks again and again until the window is on the screen, or for half a minute; then says what it saw."""

    def __init__(self, program: Program) -> None:
        super().__init__()
        self._program = program
        self._left = _LOOKS
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self._look)
        program.begun.connect(self._timer.start)

    def _look(self) -> None:
        frame = self._program.window.geometry()
        screen = QGuiApplication.primaryScreen().grabWindow(0, frame.x(), frame.y(), frame.width(), frame.height())
        image = screen.toImage()
        seen = {image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)}
        self._left -= 1
        if len(seen) > ENOUGH or not self._left:
            self._timer.stop()
            sys.stdout.write(f"{QGuiApplication.platformName()} {frame.width()}x{frame.height()} {len(seen)}\n")
            self._program.leave()


def main() -> int:
    """Look until there is something to see; answers the exit code."""
    app = application()
    program = Program(app, paths=Paths.of_user(), profile="default")
    look = Look(program)
    program.show()
    code = app.exec()
    program.close()
    del look
    return code


if __name__ == "__main__":
    sys.exit(main())
