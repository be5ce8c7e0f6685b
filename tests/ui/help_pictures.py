"""The pictures of the help, from the real window with a real archive: `dev.py pictures`.

    QT_QPA_PLATFORM=offscreen python -m tests.ui.help_pictures DIR --language de [PAGE…]

Each is taken in light at 1180 × 740, replay a little higher.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import keyring
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from download_client.engine import PullRequest
from download_client.model import Criteria
from download_client.settings import HOME_VARIABLE, Paths, Settings
from mir_sandbox.remote import Sandbox
from tests.keyrings import MemoryKeyring
from tests.ui.gallery import Stage, listen
from tests.ui.schedules.scenery import nights
from ui.app import application
from ui.program import Program

SIZE = QSize(1180, 740)
_HIGH = 800
"""In a lower window the replay module is one line."""
_CALLS = 2_000
_SECONDS = 600.0


class Camera:
    """Takes the pictures of one language."""

    def __init__(self, stage: Stage, out: Path, language: str) -> None:
        self.stage = stage
        self._out = out
        self._language = language

    def shoot(self, page: str, widget: QWidget | None = None) -> None:
        """The picture of a page."""
        self.stage.settle()
        image = (widget or self.stage.window).grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
        target = self._out / f"{page}-{self._language}.png"
        image.save(str(target), quality=0)

    def module(self, key: str) -> None:
        """A module as it opens."""
        self.stage.go(key, SIZE)
        self.shoot(key)


def sign_in(camera: Camera) -> None:
    """Before anybody is signed in."""
    camera.stage.window.resize(SIZE)
    camera.shoot("sign-in")


def settings(camera: Camera) -> None:
    """From the top."""
    camera.stage.window.settings_wanted.emit()
    dialog = camera.stage.app.activeModalWidget()
    assert dialog is not None
    camera.shoot("settings", dialog)
    dialog.close()


def replay(camera: Camera) -> None:
    """Some recordings of the archive under the list of conversations, the first of them heard in part."""
    made = listen(camera.stage, 3)
    camera.stage.go("conversations", QSize(SIZE.width(), _HIGH))
    lane = made.deck.current
    if lane is not None:
        made.player.seek(lane.seconds / 2)
    camera.shoot("replay")
    made.unload()


def schedules(camera: Camera, archive: Path) -> None:
    """A month of nights."""
    nights(archive)
    camera.module("schedules")


def pull(stage: Stage, archive: Path) -> None:
    """Calls of the last days come into the archive by the queue, so that there is a run to be seen."""
    now = datetime.now(UTC)
    criteria = Criteria(from_time=now - timedelta(hours=40), to_time=now)
    request = PullRequest(archive=archive, criteria=criteria, name="Support", accept_risk=True)
    downloads = stage.session.engine.downloads
    downloads.add(request, name=request.name)
    assert downloads.settle(_SECONDS)
    stage.session.look_for_archive()
    stage.session.runs_changed.emit()


class _Keyring(MemoryKeyring):
    """One that is called as a person knows it: the sign-in names it."""

    name = "Secret Service"


MODULES = ("conversations", "participants", "downloads", "library")


def main(arguments: Sequence[str] | None = None) -> int:
    """Take the pictures of one language; answers the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.ui.help_pictures")
    parser.add_argument("out", type=Path)
    parser.add_argument("--language", default="en")
    parser.add_argument("pages", nargs="*", metavar="PAGE")
    options = parser.parse_intermixed_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    home = Path(tempfile.mkdtemp(prefix="mir-help-"))
    os.environ[HOME_VARIABLE] = str(home / "home")
    keyring.set_keyring(_Keyring())
    archive = home / "MIR Archive"
    chosen = Settings.load(Paths.of_user())
    given = {
        "window.appearance": "light",
        "network.proxy": "none",
        "transfer.min_free_space": 0,
        "archive.folder": str(archive),
        "schedule.register": False,
    }
    for name, value in given.items():
        chosen.set(name, value)
    app = application()
    with Sandbox.start(conversations=_CALLS) as service:
        program = Program(app, paths=Paths.of_user(), profile="default", language=options.language)
        stage = Stage(app, program, service, options.out, options.language)
        camera = Camera(stage, options.out, options.language)
        takes: dict[str, Callable[[], None]] = {
            "sign-in": lambda: sign_in(camera),
            **{key: lambda key=key: camera.module(key) for key in MODULES},  # type: ignore[misc]
            "schedules": lambda: schedules(camera, archive),
            "replay": lambda: replay(camera),
            "settings": lambda: settings(camera),
        }
        program.show()
        stage.settle()
        for page in options.pages or takes:
            if page != "sign-in" and stage.session.me is None:
                stage.sign_in()
                pull(stage, archive)
            takes[page]()
        program.close()
    shutil.rmtree(home, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
