"""A program of its own for tests of a real screen: shows the window, looks at the screen itself, says what it saw.

    python -m tests.ui.on_screen

It prints one line: the platform, the size of the window, and how many colours the screen shows where the window lies.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication

from download_client.settings import Paths
from ui.app import application
from ui.program import Program


def main() -> int:
    """Look once; answers the exit code."""
    app = application()
    program = Program(app, paths=Paths.of_user(), profile="default")
    program.begun.connect(lambda: QTimer.singleShot(300, program, lambda: _look(program)))
    program.show()
    code = app.exec()
    program.close()
    return code


def _look(program: Program) -> None:
    frame = program.window.geometry()
    screen = QGuiApplication.primaryScreen().grabWindow(0, frame.x(), frame.y(), frame.width(), frame.height())
    image = screen.toImage()
    seen = {image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)}
    sys.stdout.write(f"{QGuiApplication.platformName()} {frame.width()}x{frame.height()} {len(seen)}\n")
    program.leave()


if __name__ == "__main__":
    sys.exit(main())
