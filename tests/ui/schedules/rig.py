"""Schedules and their nights written as the engine writes them, and the module on show; no service is asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import msgspec
from pytestqt.qtbot import QtBot

from download_client.model import RunPhase
from download_client.schedule import Book, Night, Schedule
from download_client.settings import Paths
from tests.ui.conftest import SECONDS
from ui.file_manager import FileManager
from ui.schedules.module import SchedulesModule
from ui.session import Session

NIGHTLY, PAUSED = "Nightly, all of Support", "Quarter end"


def today() -> date:
    return datetime.now(UTC).date()


def night(back: int, phase: RunPhase = RunPhase.COMPLETE, **different: Any) -> Night:
    """The night so many days ago, at midnight UTC."""
    day = today() - timedelta(days=back)
    begins = datetime.combine(day, time(), tzinfo=UTC)
    figures: dict[str, Any] = {"listed": 10, "archived": 10, "bytes": 5_000_000, "run_id": 3} | different
    return Night(day, begins, begins + timedelta(minutes=14), phase, **figures)


class Kept:
    """What lies in the profile's files."""

    def __init__(self, archive: Path) -> None:
        self.paths = Paths.of_user()
        self.book = Book(self.paths, profile="default")
        self.archive = archive

    def schedule(self, name: str = NIGHTLY, **different: Any) -> Schedule:
        facts: dict[str, Any] = {"name": name, "archive": self.archive, "at": time(0, 0), "zone": "UTC"}
        made = Schedule(**facts | different)
        self.book.put(made)
        return made

    def nights(self, *nights: Night, name: str = NIGHTLY) -> None:
        folder = self.paths.state / "nights"
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / f"{self.book.key(name)}.jsonl").open("ab") as file:
            for each in nights:
                file.write(msgspec.json.encode(each) + b"\n")


def opened(qtbot: QtBot, session: Session, **how: Any) -> tuple[SchedulesModule, list[str]]:
    """The module on show, everything looked up; and what it opened with other programs."""
    seen: list[str] = []

    def browse(url: Any) -> bool:
        seen.append(url.toLocalFile())
        return True

    module = SchedulesModule(session, files=FileManager(browse=browse))
    qtbot.addWidget(module)
    module.resize(how.get("width", 1350), how.get("height", 840))
    module.fit(width=how.get("width", 1350) + 88, height=900)
    with qtbot.waitActive(module, timeout=SECONDS):
        module.show()
        module.activateWindow()
    module.entered()
    qtbot.waitUntil(lambda: module.board.known, timeout=SECONDS)
    return module, seen


def until(qtbot: QtBot, true: Callable[[], object]) -> None:
    qtbot.waitUntil(lambda: bool(true()), timeout=SECONDS)
