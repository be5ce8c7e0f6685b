"""Damage is fetched again from the real service, by the queue; what the service deletes before long is named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from download_client.engine import Proof
from mir_sandbox.remote import Sandbox
from tests.journeys.checker import Checker
from tests.ui.conftest import SECONDS, MakesSessions
from tests.ui.library.conftest import opened, waves
from tests.ui.library.test_check import check, cut
from tests.ui.library.test_list import rows
from ui.downloading import DownloadDialog, ExportDialog
from ui.library import LibraryModule
from ui.session import Session


@pytest.fixture
def session(make_session: MakesSessions, archive: Path, qtbot: QtBot) -> Iterator[Session]:
    """Signed in at the service that the archive is of."""
    made = make_session("all", archive__folder=str(archive))
    qtbot.waitUntil(lambda: made.archive == archive, timeout=SECONDS)
    made.engine.downloads.start()
    yield made
    made.engine.downloads.stop()


def test_what_is_damaged_or_missing_is_fetched_again_and_proved(
    qtbot: QtBot, session: Session, archive: Path, service: Sandbox
) -> None:
    library = opened(qtbot, session)
    short, gone = waves(archive)[:2]
    whole = {path: path.read_bytes() for path in (short, gone)}
    cut(short)
    gone.unlink()
    check(qtbot, library)
    assert library.notes.again.isVisible()
    with qtbot.waitSignal(library.care.queued, timeout=SECONDS):
        qtbot.mouseClick(library.notes.again, Qt.MouseButton.LeftButton)
    assert session.engine.downloads.settle(60)
    assert {path: path.read_bytes() for path in whole} == whole
    session.runs_changed.emit()
    qtbot.waitUntil(lambda: not library.notes.damage.isVisible(), timeout=SECONDS)
    assert {row.proof for row in rows(qtbot, library)} == {Proof.WHOLE}
    every = len(waves(archive))
    assert library.foot.check.text().endswith(f"{every - 2} of {every} whole, 2 mended since")
    checker = Checker(archive)
    checker.learn(service.truth(service.user(access_level="all").username))
    assert checker.after(None) == []


def test_what_the_service_deletes_before_long_is_named_and_downloaded(
    qtbot: QtBot, session: Session, archive: Path
) -> None:
    library = opened(qtbot, session)
    qtbot.waitUntil(library.notes.ending.isVisible, timeout=SECONDS)
    said = library.notes.ending.accessibleName()
    assert "within 14 days" in said
    count = int(said.split()[0])
    assert library.notes.get.text() == f"Download {count}"
    before = len(waves(archive))
    with qtbot.waitSignal(library.care.queued, timeout=SECONDS):
        qtbot.mouseClick(library.notes.get, Qt.MouseButton.LeftButton)
        (dialog,) = library.window().findChildren(DownloadDialog)
        qtbot.waitUntil(dialog.start.isEnabled, timeout=SECONDS)
        assert library.notes.ending.isVisible(), "nothing has begun yet"
        assert not session.engine.downloads.entries()
        dialog.start.click()
    assert not library.notes.ending.isVisible()
    assert session.engine.downloads.settle(60)
    assert len(waves(archive)) > before
    session.runs_changed.emit()
    shown = len(waves(archive))
    qtbot.waitUntil(lambda: library.model.view is not None and library.model.view.count == shown, timeout=SECONDS)


def test_a_selection_is_exported_by_its_dialog(qtbot: QtBot, session: Session) -> None:
    library: LibraryModule = opened(qtbot, session)
    assert not library.export_action.isEnabled()
    library.list.select_positions([0, 2])
    library.export_action.trigger()
    (dialog,) = library.window().findChildren(ExportDialog)
    qtbot.waitUntil(lambda: dialog.go.isEnabled() and "2" in dialog.head.text(), timeout=SECONDS)
    dialog.close()
