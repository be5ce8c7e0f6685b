"""Checking the archive: whole, damaged on disk, found, named, told in the list; paused, stopped, of a selection."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from download_client.engine import CheckReport, FindingKind, Proof, VerifyProgress
from tests.ui.conftest import SECONDS
from tests.ui.library.conftest import settled, waves
from tests.ui.library.test_list import rows
from ui.library import LibraryModule
from ui.library.checking import CheckDialog
from ui.library.findings import FindingsDialog, finding_words


def cut(path: Path, by: int = 1000) -> None:
    content = path.read_bytes()
    path.chmod(0o644)
    path.write_bytes(content[:-by])


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[-1] ^= 0xFF
    path.chmod(0o644)
    path.write_bytes(bytes(content))


def check(qtbot: QtBot, library: LibraryModule, only: tuple[str, ...] | None = None) -> CheckReport:
    """Check, and wait until the list tells of it."""
    book, before = library.shelf.library, library.model.view
    assert book is not None
    with qtbot.waitSignal(library.care.checking.ended, timeout=SECONDS) as told:
        library.care.checking.start(book, only)
    report = told.args[0] if told.args is not None else None
    assert isinstance(report, CheckReport)
    qtbot.waitUntil(lambda: library.model.view is not before, timeout=SECONDS)
    settled(qtbot, library)
    return report


def dialog_of(qtbot: QtBot, library: LibraryModule) -> CheckDialog:
    def found() -> list[CheckDialog]:
        return [each for each in library.window().findChildren(CheckDialog) if each.isVisible()]

    library.verify_action.trigger()
    qtbot.waitUntil(lambda: len(found()) == 1, timeout=SECONDS)
    return found()[0]


def test_a_whole_archive_is_proved_whole(qtbot: QtBot, library: LibraryModule, archive: Path) -> None:
    every = len(waves(archive))
    dialog = dialog_of(qtbot, library)
    assert not dialog.selection.isVisible(), "nothing is selected"
    before = library.model.view
    with qtbot.waitSignal(library.care.checking.ended, timeout=SECONDS):
        qtbot.keyClick(dialog.start, Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: library.care.checking.active, timeout=SECONDS)
        assert library.care.bar.isVisible()
        assert not library.verify_action.isEnabled()
    qtbot.waitUntil(lambda: library.model.view is not before, timeout=SECONDS)
    settled(qtbot, library)
    assert {row.proof for row in rows(qtbot, library)} == {Proof.WHOLE}
    assert f"{every} of {every} whole" in library.foot.check.text()
    assert library.foot.check.text().startswith("Last full check")
    assert not library.care.bar.isVisible()
    assert not library.notes.damage.isVisible()
    assert library.verify_action.isEnabled()


def test_damage_on_the_disk_is_found_named_and_shown(qtbot: QtBot, library: LibraryModule, archive: Path) -> None:
    short, changed, gone = waves(archive)[:3]
    cut(short)
    flip(changed)
    gone.unlink()
    check(qtbot, library)
    found = {row.path: row.proof for row in rows(qtbot, library) if row.proof is not Proof.WHOLE}
    names = [path.relative_to(archive).as_posix() for path in (short, changed, gone)]
    assert found == dict(zip(names, (Proof.DAMAGED, Proof.DAMAGED, Proof.MISSING), strict=True))
    note = library.notes.damage
    assert note.isVisible()
    assert note.accessibleName().startswith("3 recording")
    assert "Found by the check of" in note.accessibleDescription()
    every = len(waves(archive)) + 1
    assert f"{every - 3} of {every} whole" in library.foot.check.text()
    assert "mended" not in library.foot.check.text()
    assert "1 cut short, 1 changed, and 1 missing" in note.accessibleDescription()
    qtbot.mouseClick(library.notes.only, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: library.model.view is not None and library.model.view.count == 3, timeout=SECONDS)
    assert library.notes.only.text() == "Show everything"
    qtbot.mouseClick(library.notes.only, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: library.model.view is not None and library.model.view.count == every, timeout=SECONDS)
    library.notes.list.click()
    (dialog,) = library.window().findChildren(FindingsDialog)
    dialog._copy()
    told = QGuiApplication.clipboard().text()
    for name in names:
        assert name in told
    assert finding_words(FindingKind.CUT) in told
    dialog.close()


def test_what_is_missing_at_the_end_is_told_in_bytes(qtbot: QtBot, library: LibraryModule, archive: Path) -> None:
    cut(waves(archive)[0], by=1234)
    check(qtbot, library)
    assert "1,234 bytes at the end are missing" in library.notes.damage.accessibleDescription()
    assert library.notes.damage.accessibleName().startswith("1 recording")


def test_a_selection_is_checked_alone(qtbot: QtBot, library: LibraryModule, archive: Path) -> None:
    library.list.select_positions([0, 1])
    chosen = [row.recording_id for row in rows(qtbot, library)[:2]]
    dialog = dialog_of(qtbot, library)
    assert dialog.selection.isVisible()
    assert dialog.selection.isChecked()
    assert "2 recording" in dialog.selection.text()
    before = library.model.view
    with qtbot.waitSignal(library.care.checking.ended, timeout=SECONDS):
        dialog.start.click()
    qtbot.waitUntil(lambda: library.model.view is not before, timeout=SECONDS)
    settled(qtbot, library)
    proved = [row.recording_id for row in rows(qtbot, library) if row.proof is Proof.WHOLE]
    assert sorted(proved) == sorted(chosen)
    assert library.foot.check.text() == "Proved on arrival, no full check since"


def test_a_check_rests_goes_on_and_is_stopped(qtbot: QtBot, library: LibraryModule) -> None:
    book = library.shelf.library
    assert book is not None
    told: list[object] = []
    library.care.checking.ended.connect(told.append)
    library.care.checking.start(book, None)
    qtbot.mouseClick(library.care.bar.pause, Qt.MouseButton.LeftButton)
    assert library.care.checking.paused
    assert library.care.bar.pause.text() == "Go on"
    assert library.care.bar.said.text() == "The check rests"
    qtbot.mouseClick(library.care.bar.halt, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(told) == 1, timeout=SECONDS)
    (report,) = told
    assert isinstance(report, CheckReport)
    assert report.looked_at <= report.recordings


def test_progress_is_told_in_words(library: LibraryModule) -> None:
    bar = library.care.bar
    bar._show(VerifyProgress(300, 1200, 2_500_000_000, 10_000_000_000, 10_000_000.0))
    assert bar.said.text() == "300 of 1,200 checked"
    assert bar.figures.text().replace("\N{NO-BREAK SPACE}", " ") == "25 %  ·  10.0 MB/s  ·  12 min left"


def test_what_was_mended_is_whole_after_the_next_check(qtbot: QtBot, library: LibraryModule, archive: Path) -> None:
    broken = waves(archive)[0]
    content = broken.read_bytes()
    flip(broken)
    check(qtbot, library)
    assert library.notes.damage.isVisible()
    broken.write_bytes(content)
    check(qtbot, library)
    assert not library.notes.damage.isVisible()
    assert {row.proof for row in rows(qtbot, library)} == {Proof.WHOLE}


def test_every_finding_has_words() -> None:
    assert all(finding_words(kind) for kind in FindingKind)
