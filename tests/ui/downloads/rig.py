"""A window's Downloads over the real engine and the real stand-in service, driven as a user drives them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from download_client.engine import PullRequest, QueuedRun, Standing
from download_client.model import Criteria, RunPhase
from mir_sandbox.remote import Sandbox
from tests.journeys.checker import Checker
from tests.ui.conftest import SECONDS
from ui.background import Background
from ui.downloads.items_model import ItemsModel
from ui.downloads.module import DownloadsModule
from ui.downloads.watch import Watch
from ui.file_manager import FileManager
from ui.session import Session
from ui.tray import Tray
from ui.widgets import CELL, Cell, Group

WIDTH, HEIGHT = 1440, 900


class QuietTray(Tray):
    """A desktop with a tray, whose words are kept instead of shown."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, is_available=lambda: True)
        self.said: list[tuple[str, str, bool]] = []

    def show(self) -> None:
        """No platform of the tests has one."""

    def message(self, *, title: str, text: str, warn: bool) -> bool:
        """Keep it."""
        self.said.append((title, text, warn))
        return True


@dataclass
class Place:
    """One window with its Downloads. `revealed` and `opened` is what the file manager was asked for."""

    qtbot: QtBot
    session: Session
    service: Sandbox
    archive: Path
    opened: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.window = QMainWindow()
        self.qtbot.addWidget(self.window)
        files = FileManager(platform="other", browse=self._browse, parent=self.window)
        self.watch = Watch(self.session, self.window)
        self.tray = QuietTray(self.window)
        self.background = Background(self.session, self.watch, self.window, tray=self.tray)
        self.module = DownloadsModule(self.session, self.watch, self.window, files=files)
        self.badges: list[tuple[int, bool]] = []
        self.watch.badge.connect(lambda count, warn: self.badges.append((count, warn)))
        self.window.setCentralWidget(self.module)
        self.window.resize(WIDTH, HEIGHT)
        self.module.fit(width=WIDTH, height=HEIGHT)
        self.window.show()
        self.module.entered()
        self.qtbot.waitUntil(lambda: self.watch.ready, timeout=SECONDS)

    def _browse(self, url: Any) -> bool:
        self.opened.append(url.toLocalFile())
        return True

    # --- what a user does

    def add(self, name: str = "Support", *, days: int = 20, **different: Any) -> str:
        """Queue a run of the last so many days, and choose it; its key."""
        now = datetime.now(UTC)
        wanted: dict[str, Any] = {
            "archive": self.archive,
            "criteria": Criteria(from_time=now - timedelta(days=days), to_time=now),
            "accept_risk": True,
        }
        before = {run.key for run in self.watch.runs}
        request = PullRequest(**{**wanted, **different})
        self.watch.do(lambda queue: queue.add(request, name=name))
        self.until(lambda: bool({run.key for run in self.watch.runs} - before))
        (key,) = {run.key for run in self.watch.runs} - before
        self.module.show_run(key)
        return key

    def until(self, true: Callable[[], object]) -> None:
        """Wait for it."""
        self.qtbot.waitUntil(lambda: bool(true()), timeout=SECONDS)

    # --- what is seen

    def run(self, key: str) -> QueuedRun:
        """The run as the window knows it."""
        found = self.watch.run(key)
        assert found is not None
        return found

    def until_standing(self, key: str, standing: Standing) -> QueuedRun:
        """Wait until it stands so."""
        self.until(lambda: self.run(key).standing is standing)
        return self.run(key)

    def until_ended(self, key: str, phase: RunPhase = RunPhase.COMPLETE) -> QueuedRun:
        """Wait until it has ended, and so."""
        run = self.until_standing(key, Standing.ENDED)
        assert run.phase is phase, (run.phase, run.error)
        return run

    def words(self, key: str) -> str:
        """What its card says."""
        row = self.module.model.row_of(key)
        return self.module.model.cards[row].said.words

    def figures(self) -> list[str]:
        """The large figures on show."""
        return [large.text() for large, _ in self.module.view._figures if large.isVisible()]

    def groups(self) -> dict[str, int]:
        """The groups on show, by their titles."""
        model = self.module.view.model
        found: dict[str, int] = {}
        for row in model.headings():
            heading = model.index(row, 0).data(CELL)
            assert isinstance(heading, Group)
            found[heading.title] = int(heading.count.replace(",", ""))
        return found

    def reasons(self, group: str) -> list[str]:
        """What is said of the recordings of a group that are shown."""
        model = self.module.view.model
        found = []
        for row in range(model.rowCount()):
            key, place = model.group_at(row)
            if key == group and place >= 0:
                cell = model.index(row, ItemsModel.STATE).data(CELL)
                found.append(cell.title if isinstance(cell, Cell) else "")
        return found

    def checker(self, access_level: str = "all") -> Checker:
        """Trusts only the files and the service's own list."""
        made = Checker(self.archive)
        made.learn(self.service.truth(self.service.user(access_level=access_level).username))
        return made
