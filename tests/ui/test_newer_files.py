"""A window of an older version beside files of a newer one: it says so, and leaves them as they are."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from download_client.errors import FileNewer, SettingsNewer
from download_client.settings import Paths
from tests.ui.conftest import SECONDS
from ui.downloads.watch import Watch
from ui.program import Program
from ui.session import Session

NEWER = {"format": 2, "profiles": {}, "runs": {}}


@pytest.mark.parametrize("name", ["settings.toml", "profiles.json"])
def test_without_what_it_must_know_there_is_no_window(qapp: QApplication, name: str) -> None:
    paths = Paths.of_user()
    path = paths.settings_file if name == "settings.toml" else paths.profiles_file
    path.parent.mkdir(parents=True)
    path.write_text("format = 2\n" if name == "settings.toml" else json.dumps(NEWER), "utf-8")
    before = path.read_bytes()
    with pytest.raises(SettingsNewer) as caught:
        Program(qapp, paths=paths, profile="default")
    assert caught.value.subject == str(path)
    assert path.read_bytes() == before


def test_the_queue_of_a_newer_version_is_told_of(
    qtbot: QtBot, qapp: QApplication, blank_session: Callable[..., Session]
) -> None:
    path = Paths.of_user().state / "downloads" / "default.json"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(NEWER), "utf-8")
    before = path.read_bytes()
    session = blank_session()
    with qtbot.waitSignal(session.show_error, timeout=SECONDS) as told:
        watch = Watch(session, qapp)
    assert isinstance(told.args[0], FileNewer)
    assert not watch.ready
    assert session.close(20)
    assert path.read_bytes() == before
