"""What the library says when there is nothing to see: no archive, gone, of a newer version, empty, another's."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.conftest import SECONDS, MakesSessions
from tests.ui.library.conftest import opened, settled
from ui.library import LibraryModule
from ui.session import Session


def said(library: LibraryModule) -> list[str]:
    page = library.pages.currentWidget()
    return [label.text() for label in page.findChildren(QLabel)] if page is not None else []


def until_said(qtbot: QtBot, library: LibraryModule, title: str) -> None:
    qtbot.waitUntil(lambda: title in said(library), timeout=SECONDS)


def press(library: LibraryModule, word: str) -> None:
    page = library.pages.currentWidget()
    assert page is not None
    (found,) = [each for each in page.findChildren(QPushButton) if each.text() == word]
    found.click()


def test_no_archive_is_known(qtbot: QtBot, blank_session: Callable[..., Session]) -> None:
    session = blank_session()
    library = opened(qtbot, session)
    until_said(qtbot, library, "There is no archive yet")
    with qtbot.waitSignal(library.go, timeout=SECONDS) as told:
        press(library, "Go to Conversations")
    assert told.args == ["conversations"]
    assert not library.verify_action.isEnabled()
    assert not library.csv_action.isEnabled()
    assert session.close(20)


def test_an_archive_that_goes_is_missed_and_found_again(
    qtbot: QtBot, session: Session, library: LibraryModule, archive: Path
) -> None:
    away = archive.with_name("unplugged")
    archive.rename(away)
    qtbot.keyClick(library.list, Qt.Key.Key_F5)
    until_said(qtbot, library, "The archive is not there")
    assert any(str(archive) in line for line in said(library))
    assert not archive.exists(), "nothing is made in its place"
    away.rename(archive)
    press(library, "Try again")
    qtbot.waitUntil(lambda: library.pages.currentWidget() is library.list, timeout=SECONDS)
    settled(qtbot, library)
    assert library.model.rowCount() > 0
    assert session.archive == archive


def test_a_newer_version_made_it(qtbot: QtBot, session: Session, archive: Path) -> None:
    identity = archive / ".mir" / "archive.json"
    told = json.loads(identity.read_text("utf-8"))
    identity.write_text(json.dumps({**told, "format": 99}), "utf-8")
    library = opened(qtbot, session)
    until_said(qtbot, library, "A newer version made this archive")


def test_a_folder_chosen_just_now_is_empty_not_gone(
    qtbot: QtBot, blank_session: Callable[..., Session], tmp_path: Path
) -> None:
    session = blank_session(archive__folder=str(tmp_path / "new"))
    session.look_for_archive()
    qtbot.waitUntil(lambda: session.archive is not None, timeout=SECONDS)
    library = opened(qtbot, session)
    until_said(qtbot, library, "The archive is empty")
    assert session.close(20)


def test_another_archive_is_chosen(qtbot: QtBot, session: Session, library: LibraryModule, archive: Path) -> None:
    other = archive.with_name("other")
    shutil.copytree(archive, other)
    library.chosen(other)
    qtbot.waitUntil(lambda: str(other) in library.head.facts.text(), timeout=SECONDS)
    assert session.archive == other


def test_the_archive_of_another_account_can_be_looked_at_and_is_named(
    qtbot: QtBot, make_session: MakesSessions, archive: Path
) -> None:
    identity = archive / ".mir" / "archive.json"
    told = json.loads(identity.read_text("utf-8"))
    identity.write_text(json.dumps({**told, "accountId": "somebody-else"}), "utf-8")
    session = make_session("all", archive__folder=str(archive))
    qtbot.waitUntil(lambda: session.archive == archive, timeout=SECONDS)
    library = opened(qtbot, session)
    qtbot.waitUntil(library.notes.other.isVisible, timeout=SECONDS)
    assert library.model.rowCount() > 0


def test_what_came_home_meanwhile_is_there_and_the_selection_stays(
    qtbot: QtBot, session: Session, library: LibraryModule, archive: Path
) -> None:
    library.list.select_positions([1])
    chosen = library.list.current_row().recording_id
    before = library.model.view
    session.runs_changed.emit()
    qtbot.waitUntil(lambda: library.model.view is not before, timeout=SECONDS)
    settled(qtbot, library)

    def again() -> bool:
        row = library.list.current_row()
        return row is not None and row.recording_id == chosen

    qtbot.waitUntil(again, timeout=SECONDS)
