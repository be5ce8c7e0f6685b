"""What a policy says of the window is what the window does; of everything else: tests/engine/test_policies.py."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from download_client.engine import Standing
from download_client.errors import DiskFull
from download_client.settings import Paths
from tests.engine.policies import settings_of
from tests.engine.test_policies import IN_THE_WINDOW
from tests.ui.conftest import SECONDS
from tests.ui.downloads.rig import QuietTray
from tests.ui.downloads.test_figures import run
from ui.awake import Awake
from ui.background import Background
from ui.bridge import Bridge
from ui.downloads.watch import Watch
from ui.session import Session


@dataclass
class Desk:
    """A window in the background, on a computer whose policy and user do not want the same."""

    session: Session
    watch: Watch
    background: Background
    tray: QuietTray

    def keeps_awake(self) -> bool:
        self.background.mind(1)
        return self.background.awake.held

    def notifies(self) -> bool:
        self.watch.held.emit(run(Standing.HELD, error=DiskFull()))
        return self.tray.said != []

    def speaks_german(self) -> bool:
        return self.session.locale.language() == self.session.locale.Language.German


SEEN: dict[str, tuple[object, object, Callable[[Desk], bool]]] = {
    "window.keep_awake": (True, False, Desk.keeps_awake),
    "window.notify": (True, False, Desk.notifies),
    "window.language": ("de", "en", Desk.speaks_german),
}
"""With the first value it is seen, with the other it is not."""


@contextmanager
def desk(qtbot: QtBot, bridge: Bridge, user: dict[str, object], policy: dict[str, object]) -> Iterator[Desk]:
    paths = Paths.of_user()
    settings = settings_of(paths, user=user, policy={**policy, "schedule.register": False})
    session = Session(bridge, paths=paths, settings=settings, profile="default")
    window = QMainWindow()
    qtbot.addWidget(window)
    watch, tray = Watch(session, window), QuietTray(window)
    awake = Awake(platform="win32", execution_state=lambda _: 1, parent=window)
    background = Background(session, watch, window, tray=tray, awake=awake)
    qtbot.waitUntil(lambda: watch.ready, timeout=SECONDS)
    yield Desk(session, watch, background, tray)
    background.close()
    assert session.close(20)


def test_everything_is_looked_for() -> None:
    assert SEEN.keys() == IN_THE_WINDOW


@pytest.mark.parametrize("name", SEEN)
@pytest.mark.parametrize("wanted", [True, False])
def test_what_a_policy_says_is_what_happens(qtbot: QtBot, bridge: Bridge, name: str, wanted: bool) -> None:
    yes, no, seen = SEEN[name]
    user, policy = ({name: no}, {name: yes}) if wanted else ({name: yes}, {name: no})
    with desk(qtbot, bridge, user, policy) as made:
        assert seen(made) == wanted
