"""Pictures of every view, from the real window signed in to the real stand-in service: `dev.py gallery`.

    QT_QPA_PLATFORM=offscreen python -m tests.ui.gallery DIR [--dark] [--wide] [--language de] [VIEW…]

`QT_SCALE_FACTOR` gives the scale, `--wide` takes a wide font. A view is a function below that brings the window there
and takes its picture. Somebody has to look; only what is cut off is found, told, and ends it with code 1.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import keyring
from PySide6.QtCore import QItemSelectionModel, QSize
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView, QWidget

from download_client.credentials import Secret
from download_client.engine import Password, PullRequest
from download_client.errors import DiskFull
from download_client.model import Criteria
from download_client.settings import HOME_VARIABLE, Paths, Settings
from mir_sandbox.remote import Sandbox
from tests.keyrings import MemoryKeyring
from tests.ui.cuts import cuts, wide
from tests.ui.schedules.scenery import nights
from ui.app import application
from ui.errors import ErrorDialog
from ui.library import LibraryModule
from ui.program import Program
from ui.replay.dock import Dock
from ui.replay.panel import Panel
from ui.replay.replay import Replay
from ui.replay.tracks import LaneState
from ui.search import SearchPanel

_WIDE, _NARROW, _HIGH = QSize(1440, 900), QSize(1024, 680), QSize(1440, 1200)
_CALLS = 12_000
_STEP_MS = 60
_CALM = 6
"""So many looks in a row without anything under way: then the picture stands still."""
_LONGEST = 300
_A_WHILE_MS = 5_000
ON_THE_WAY = (LaneState.WAITING, LaneState.FETCHING, LaneState.READING)
_NO_PLAYER = "G.729 has no player here. The file is intact."


class Stage:
    """One window and its service. `shoot` takes a picture of the window, or of another widget."""

    def __init__(self, app: QApplication, program: Program, service: Sandbox, out: Path, suffix: str) -> None:
        self.app = app
        self.program = program
        self.window = program.window
        self.session = program.session
        self.service = service
        self._out = out
        self._suffix = suffix
        self.cuts: list[str] = []

    def sign_in(self, role: str = "manager") -> None:
        """The made-up user of a role."""
        user = self.service.user(role=role)
        how = Password(self.service.base_url, user.username, Secret(user.password))
        self.session.signed_in(self.session.engine.sign_in(how))
        self.settle()

    def go(self, key: str, size: QSize = _WIDE) -> None:
        """To a module, at a size of the window."""
        self.window.resize(size)
        self.window.go(key)
        self.settle()

    def settle(self) -> None:
        """Wait until nothing is under way any more."""
        calm = 0
        for _ in range(_LONGEST):
            QTest.qWait(_STEP_MS)
            calm = calm + 1 if self.session.bridge.at_rest else 0
            if calm >= _CALM:
                return
        print("it does not come to rest", file=sys.stderr)

    def shoot(self, name: str, widget: QWidget | None = None) -> None:
        """A picture of the window, or of a widget."""
        self.settle()
        target = self._out / f"{name}-{self._suffix}.png"
        (widget or self.window).grab().save(str(target))
        print(target.name, flush=True)
        for cut in cuts(widget or self.window):
            self.cuts.append(f"{name}: {cut}")
            print(self.cuts[-1], file=sys.stderr)

    def shoot_dialog(self, name: str) -> None:
        """A picture of the dialog that is open, which is closed then."""
        self.settle()
        dialog = self.app.activeModalWidget()
        if dialog is not None:
            self.shoot(name, dialog)
            dialog.close()
            self.settle()


def conversations(stage: Stage) -> None:
    """The list as it opens, then some chosen, then narrow."""
    stage.go("conversations")
    stage.shoot("02-conversations")
    stage.go("conversations", _NARROW)
    stage.shoot("11-narrow")
    stage.window.resize(_WIDE)
    panel = stage.window.module("conversations").findChild(SearchPanel)
    assert panel is not None
    now = datetime.now(UTC)
    panel.set_criteria(Criteria(from_time=now - timedelta(days=3), to_time=now, min_duration=90))
    stage.shoot("02-conversations-from-to")
    panel.reset()


def participants(stage: Stage) -> None:
    """The list as it opens."""
    stage.go("participants")
    stage.shoot("03-participants")


def library(stage: Stage) -> None:
    """What the runs brought home, or nothing yet."""
    stage.session.look_for_archive()
    stage.settle()
    stage.go("library")
    stage.shoot("05-library" if stage.session.archive is not None else "05-library-empty")


def schedules(stage: Stage) -> None:
    """None yet, then a month of nights, wide and narrow."""
    stage.go("schedules")
    stage.shoot("06-schedules-empty")
    nights(Path(os.environ[HOME_VARIABLE]) / "MIR Archive")
    stage.go("schedules")
    stage.shoot("06-schedules")
    actions = stage.window.module("schedules").actions()
    for action, name in ((actions[3], "18-schedule"), (actions[4], "19-schedule-remove")):
        action.trigger()
        stage.shoot_dialog(name)
    stage.go("schedules", _NARROW)
    stage.shoot("06-schedules-narrow")
    stage.window.resize(_WIDE)


def access_none(stage: Stage) -> None:
    """A user who may see nothing."""
    stage.sign_in("none")
    stage.go("conversations")
    stage.shoot("08-access-none")
    stage.sign_in()


def error(stage: Stage) -> None:
    """The error dialog, its details open."""
    stage.session.show_error.emit(DiskFull("96 MB are left, 3.4 GB are needed", subject="D:\\MIR Archive"))
    stage.settle()
    dialog = stage.app.activeModalWidget()
    if isinstance(dialog, ErrorDialog):
        dialog.fold.click()
        stage.shoot("09-error", dialog)
        dialog.close()


def chosen(stage: Stage) -> None:
    """Some rows chosen, one in the details; the questions before a download and an export."""
    stage.go("conversations")
    listing = stage.window.module("conversations")
    table = listing.findChild(QTableView)
    if table is None:
        return
    flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    table.selectionModel().setCurrentIndex(table.model().index(2, 0), flags)
    for row in (3, 5):
        table.selectionModel().select(table.model().index(row, 0), flags)
    stage.shoot("02-conversations-chosen")
    for action, name in zip(listing.actions(), ("15-download-dialog", "16-export-dialog"), strict=False):
        action.trigger()
        stage.shoot_dialog(name)
    table.clearSelection()


def downloads(stage: Stage) -> None:
    """Nothing yet, a run at work slowed down, and what it becomes."""
    stage.go("downloads")
    stage.shoot("04-downloads-empty")
    archive = Path(os.environ[HOME_VARIABLE]) / "MIR Archive"
    engine = stage.session.engine
    day = PullRequest(archive=archive, accept_risk=True)
    engine.downloads.set_limits(concurrency=3, limit_rate=400_000)
    engine.downloads.add(day, name="Support, today")
    engine.downloads.add(replace(day, criteria=Criteria(min_duration=30)), name="Over half a minute")
    QTest.qWait(_A_WHILE_MS)
    stage.go("downloads")
    stage.shoot("04-downloads")
    stage.go("downloads", _NARROW)
    stage.shoot("04-downloads-narrow")
    stage.window.resize(_WIDE)
    engine.downloads.set_limits(concurrency=8, limit_rate=None)
    for _ in range(_LONGEST):
        QTest.qWait(_STEP_MS)
        if all(run.ended_at is not None for run in engine.downloads.entries()):
            break
    stage.shoot("04-downloads-ended")


def listen(stage: Stage, count: int) -> Replay:
    """Load the recordings that stand first in the library, and wait until all can be heard."""
    stage.session.look_for_archive()
    stage.settle()
    stage.go("library")
    module = stage.window.module("library")
    assert isinstance(module, LibraryModule)
    table, model = module.list, module.model
    flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    table.clearSelection()
    lines = [line for line in range(model.rowCount()) if not model.is_heading(line)][:count]
    for line in lines:
        table.selectionModel().select(model.index(line, 0), flags)
    module.replaying.load_all()
    replay = stage.program.replay()
    for _ in range(_LONGEST):
        QTest.qWait(_STEP_MS)
        lanes = replay.deck.lanes
        if lanes and all(lane.state not in ON_THE_WAY for lane in lanes):
            break
    table.clearSelection()
    return replay


def replay(stage: Stage) -> None:
    """The dock under the list, the large view, one line, and every state that a lane can be in."""
    made = listen(stage, 3)
    lanes = made.deck.lanes
    if not lanes:
        return
    made.player.seek(lanes[0].seconds / 3)
    for lane, seconds, note in ((lanes[0], 2.0, "Price agreed: 240 a month"), (lanes[-1], 1.0, "Delivery terms")):
        made.marks.add(lane, first=seconds, last=seconds, note=note)
    stage.go("conversations")
    stage.shoot("02-conversations-replay")
    dock = stage.window.findChild(Dock)
    assert dock is not None
    dock.set_large(True)
    stage.shoot("10-replay-large")
    panel = dock.findChild(Panel)
    assert panel is not None
    for ask, name in ((panel.save_copy, "20-copy"), (panel.mark, "21-mark")):
        ask()
        stage.shoot_dialog(name)
    panel.copying.convert(lanes[0].key)
    stage.shoot_dialog("22-convert")
    dock.set_large(False)
    stage.go("conversations", _NARROW)
    stage.shoot("11-narrow-replay")
    stage.window.resize(_WIDE)
    first = lanes[0]
    states: tuple[tuple[str, dict[str, object]], ...] = (
        ("waiting", {"state": LaneState.WAITING, "clips": (), "peaks": ()}),
        (
            "fetching",
            {
                "state": LaneState.FETCHING,
                "share": 0.63,
                "words": "3.0 of 4.8 MB · about 3 s",
                "clips": (),
                "peaks": (),
            },
        ),
        ("reading", {"state": LaneState.READING, "share": 0.58, "peaks": (*first.peaks[:-1], None)}),
        ("ready", {}),
        ("no-player", {"state": LaneState.UNPLAYABLE, "codec": "G.729", "reason": _NO_PLAYER, "clips": ()}),
        ("damaged", {"state": LaneState.UNPLAYABLE, "intact": False, "reason": "The file is damaged.", "clips": ()}),
        ("gone", {"state": LaneState.GONE, "reason": "The file is not there any more.", "clips": (), "files": ()}),
    )
    made.unload()
    for number, (name, changes) in enumerate(states):
        lane = replace(first, key=f"{number}", title=f"{first.title}, {name}", flags=())
        made.deck.add([replace(lane, **changes)])  # type: ignore[arg-type]
    dock.set_large(True)
    stage.window.resize(_HIGH)
    stage.shoot("17-replay-states")
    stage.window.resize(_WIDE)
    made.unload()


def settings(stage: Stage) -> None:
    """The settings, from the top."""
    stage.window.settings_wanted.emit()
    stage.shoot_dialog("07-settings")


def assist(stage: Stage) -> None:
    """The help of a module."""
    stage.window.help_wanted.emit("conversations")
    stage.settle()
    for window in stage.app.topLevelWidgets():
        if type(window).__name__ == "HelpWindow":
            stage.shoot("14-help", window)
            window.close()


VIEWS: dict[str, Callable[[Stage], None]] = {
    "library-empty": library,
    "conversations": conversations,
    "chosen": chosen,
    "participants": participants,
    "access-none": access_none,
    "error": error,
    "downloads": downloads,
    "library": library,
    "schedules": schedules,
    "replay": replay,
    "settings": settings,
    "help": assist,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Take the pictures; answers the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.ui.gallery")
    parser.add_argument("out", type=Path)
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--wide", action="store_true")
    parser.add_argument("--language", default="en")
    parser.add_argument("views", nargs="*", metavar="VIEW")
    options = parser.parse_intermixed_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    home = Path(tempfile.mkdtemp(prefix="mir-gallery-"))
    os.environ[HOME_VARIABLE] = str(home)
    keyring.set_keyring(MemoryKeyring())
    scheme = "dark" if options.dark else "light"
    scale = round(float(os.environ.get("QT_SCALE_FACTOR", "1")) * 100)
    chosen = Settings.load(Paths.of_user())
    for name, value in {
        "window.appearance": scheme,
        "network.proxy": "none",
        "transfer.min_free_space": 0,
        "schedule.register": False,
    }.items():
        chosen.set(name, value)
    app = application()
    with Sandbox.start(conversations=_CALLS) as service, wide(app) if options.wide else nullcontext():
        program = Program(app, paths=Paths.of_user(), profile="default", language=options.language)
        stage = Stage(app, program, service, options.out, f"{scheme}-{options.language}-{scale}")
        program.show()
        stage.settle()
        stage.window.resize(_WIDE)
        if not options.views or "sign-in" in options.views:
            stage.shoot("01-sign-in")
        stage.sign_in()
        for name in options.views or VIEWS:
            if name != "sign-in":
                VIEWS[name](stage)
        program.close()
    shutil.rmtree(home, ignore_errors=True)
    return 1 if stage.cuts else 0


if __name__ == "__main__":
    sys.exit(main())
