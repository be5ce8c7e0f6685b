"""The program `mir-download-client` as a process: command line, one instance, log, crashes, signals, its end.

`main` answers the exit code: 0, 1 where the settings cannot be read, 2 where the command line cannot. What the window
is made of is put together in `program`; files that are only to be listened to have a window without it.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication

from download_client import __version__, log
from download_client.errors import MirError
from download_client.settings import Paths, Setting, Settings, table
from ui import arguments
from ui.crash import Crash
from ui.ending import Ending
from ui.errors import ErrorDialog
from ui.garbage import Garbage
from ui.instance import Instance
from ui.program import Program
from ui.theme import Theme

if TYPE_CHECKING:
    from ui.replay.listening import Listening

_NAME = "mir-download-client"


def main(untrusted_arguments: Sequence[str] | None = None) -> int:
    """Show the window until it is closed, or ask the one that is open already to come to the front.

    With `--play` each start has a window of its own.
    """
    options = arguments.read(untrusted_arguments)
    app = application()
    if options.selftest is not None:
        return _selftest(app, options.selftest)
    # Before anybody can know of this process: a signal that comes while it begins is heard when it has begun.
    ending = Ending(app)
    paths = Paths.of_user()
    profile = options.profile or _early(table.PROFILE, paths)
    instance = Instance(paths, profile) if not options.play else None
    if instance is not None and not instance.first():
        ending.close()
        return 0
    lines = log.setup(paths, verbose=options.verbose, level=_early(table.LOG_LEVEL, paths))
    crash = Crash(paths.log / f"{_NAME}.crash")
    garbage = Garbage()
    try:
        program = _listening(app, options, paths) if options.play else _program(app, options, paths, profile)
    except MirError as error:
        code, clean = _say(app, error, ending), True
    else:
        crash.unexpected.connect(program.show_error)
        if instance is not None:
            instance.raised.connect(program.come_to_front)
        ending.wanted.connect(program.leave)
        ending.at_once.connect(program.stop)
        program.show()
        code = app.exec()
        clean = program.close()
        del program
    ending.close()
    if instance is not None:
        instance.close()
    garbage.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    crash.close()
    lines.close()
    if not clean:
        # Everything is durable; to take Python apart beneath a worker that still waits could only crash.
        os._exit(code)
    return code


def _program(app: QApplication, options: argparse.Namespace, paths: Paths, profile: str) -> Program | Listening:
    return Program(
        app,
        paths=paths,
        profile=profile,
        server=options.server,
        language=options.language,
        try_it=options.try_it,
    )


def _listening(app: QApplication, options: argparse.Namespace, paths: Paths) -> Program | Listening:
    from ui.replay.listening import Listening  # sound is loaded where it is wanted alone

    return Listening(app, options.play, paths=paths, language=options.language)


def _selftest(app: QApplication, to: Path) -> int:
    from ui import selftest  # nothing else needs it

    return selftest.run(app, None if str(to) == "-" else to)


def application() -> QApplication:
    """Qt's part of the process, named."""
    QApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    app = QApplication([_NAME])
    app.setApplicationName(_NAME)
    app.setApplicationVersion(__version__)
    app.setDesktopFileName(_NAME)
    app.setQuitOnLastWindowClosed(False)
    return app


def _say(app: QApplication, error: MirError, ending: Ending) -> int:
    """Without settings that can be read there is no window: say what is wrong with them, and end."""
    Theme(app)
    dialog = ErrorDialog(error)
    dialog.finished.connect(app.quit)
    ending.wanted.connect(app.quit)
    dialog.open()
    app.exec()
    return 1


def _early(setting: Setting[str], paths: Paths) -> str:
    """What is needed before the window; settings that cannot be read are told by it."""
    try:
        return Settings.load(paths).get(setting)
    except MirError:
        return setting.default
