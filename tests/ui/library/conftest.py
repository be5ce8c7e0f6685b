"""An archive pulled once from the stand-in service; each test has a copy of its own, of the ledger too."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from download_client.credentials import MemoryVault, Secret
from download_client.engine import Engine, Password, PullRequest
from download_client.model import Criteria
from download_client.settings import Paths, Settings
from mir_sandbox.remote import Sandbox
from tests.ui.conftest import SECONDS
from ui.library import LibraryModule
from ui.session import Session

SPAN = Criteria(from_time=datetime(2026, 11, 17, tzinfo=UTC), to_time=datetime(2026, 11, 20, 12, tzinfo=UTC))


@dataclass(frozen=True)
class Stock:
    """What was pulled: the archive, the home with its ledger, and the ids of the recordings."""

    archive: Path
    home: Path


@pytest.fixture(scope="module")
def service() -> Iterator[Sandbox]:
    """The same account each time."""
    with Sandbox.start(conversations=300, options=("--tiny", "--now", "2026-11-20T12:00:00Z")) as running:
        yield running


@pytest.fixture(scope="module")
def stock(service: Sandbox, tmp_path_factory: pytest.TempPathFactory) -> Stock:
    folder = tmp_path_factory.mktemp("stock")
    paths = Paths.below(folder / "home")
    settings = Settings.load(paths)
    for name, value in {"transfer.min_free_space": 0, "network.proxy": "none"}.items():
        settings.set(name, value)
    engine = Engine(paths=paths, settings=settings, profile="default", vault=MemoryVault())
    user = service.user(access_level="all")
    engine.sign_in(Password(service.base_url, user.username, Secret(user.password)))
    request = PullRequest(archive=folder / "archive", criteria=SPAN, name="Support, this week", accept_risk=True)
    result = engine.pull(request).run()
    engine.close()
    assert result.archived > 25
    return Stock(folder / "archive", folder / "home")


@pytest.fixture
def archive(stock: Stock, tmp_path: Path, home: Path) -> Path:
    """A copy of the archive, its ledger in the home of this test."""
    shutil.copytree(stock.home / "data", home / "data")
    return Path(shutil.copytree(stock.archive, tmp_path / "archive"))


@pytest.fixture
def session(blank_session: Callable[..., Session], archive: Path, qtbot: QtBot) -> Iterator[Session]:
    """Nobody is signed in; the archive is that of the setting."""
    made = blank_session(archive__folder=str(archive), archive__time_zone="UTC", window__language="en")
    made.look_for_archive()
    qtbot.waitUntil(lambda: made.archive is not None, timeout=SECONDS)
    yield made
    assert made.close(20)


@pytest.fixture
def library(qtbot: QtBot, session: Session) -> LibraryModule:
    """The module, on show, its rows here."""
    return opened(qtbot, session)


def opened(qtbot: QtBot, session: Session) -> LibraryModule:
    made = LibraryModule(session)
    qtbot.addWidget(made)
    made.resize(1300, 800)
    with qtbot.waitActive(made, timeout=SECONDS):
        made.show()
        made.activateWindow()
    made.entered()
    if session.archive is not None:
        settled(qtbot, made)
    return made


def settled(qtbot: QtBot, library: LibraryModule) -> None:
    """Until the list, or what stands for it, is there, and the first rows have come."""

    def here() -> bool:
        if library.pages.currentWidget() is not library.list:
            return True
        view = library.model.view
        if view is None or not view.count:
            return False
        first = next((line for line in range(library.model.rowCount()) if not library.model.is_heading(line)), None)
        return first is None or library.model.row(first) is not None

    qtbot.waitUntil(here, timeout=SECONDS)


def waves(archive: Path) -> list[Path]:
    """The recordings as they lie there."""
    return sorted(archive.rglob("*.wav"))
