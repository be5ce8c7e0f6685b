from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from download_client import __version__
from download_client.errors import DiskFull, InvalidSetting, MirError, NotSignedIn, SignInAgain
from tests.ui.conftest import SECONDS
from ui.errors import ErrorDialog, details
from ui.program import Program

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def opened(qtbot: QtBot, error: MirError) -> ErrorDialog:
    dialog = ErrorDialog(error)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    dialog.open()
    return dialog


def shown(dialog: ErrorDialog) -> str:
    return "\n".join(part.text() for part in dialog.findChildren(QLabel) if part.isVisible())


def test_it_says_what_happened_to_what_and_what_to_do(qtbot: QtBot) -> None:
    dialog = opened(qtbot, DiskFull("96 MB are left", subject="D:\\MIR Archive"))
    said = shown(dialog)
    assert "The archive drive is full" in said
    assert "D:\\MIR Archive · 96 MB are left" in said
    assert "Free some space" in said
    assert "disk_full" not in said
    assert dialog.way_on is None


def test_details_unfold_and_are_copied(qtbot: QtBot) -> None:
    dialog = opened(qtbot, DiskFull("96 MB are left"))
    qtbot.mouseClick(dialog.fold, Qt.MouseButton.LeftButton)
    assert "disk_full" in shown(dialog)
    assert "No names, numbers or passwords" in shown(dialog)
    qtbot.mouseClick(dialog.copy, Qt.MouseButton.LeftButton)
    assert "code      disk_full" in QGuiApplication.clipboard().text()
    qtbot.mouseClick(dialog.fold, Qt.MouseButton.LeftButton)
    assert "disk_full" not in shown(dialog)


@pytest.mark.parametrize(
    ("error", "words", "signal"),
    [
        (NotSignedIn(), "Sign in", "sign_in_wanted"),
        (SignInAgain(), "Sign in", "sign_in_wanted"),
        (InvalidSetting("bad", subject="network.proxy"), "Open Settings", "settings_wanted"),
    ],
)
def test_the_way_on_is_one_enter_away(qtbot: QtBot, error: MirError, words: str, signal: str) -> None:
    dialog = opened(qtbot, error)
    assert dialog.way_on is not None
    assert dialog.way_on.text() == words
    with qtbot.waitSignal(getattr(dialog, signal), timeout=SECONDS):
        qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert not dialog.isVisible()


def test_escape_closes_it(qtbot: QtBot) -> None:
    dialog = opened(qtbot, NotSignedIn())
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_details_name_no_home_folder_and_keep_to_one_line_each() -> None:
    error = DiskFull("a\nb\x00c " + "x" * 2_000, subject=str(Path.home() / "archive"))
    text = details(error, when=NOW, run="7")
    lines = {line[:10].strip(): line[10:] for line in text.splitlines()}
    assert lines["code"] == "disk_full"
    assert lines["subject"] == str(Path("~") / "archive")
    assert lines["detail"].startswith("a b c xx")
    assert len(lines["detail"]) < 700
    assert lines["run"] == "7"
    assert lines["version"].startswith(__version__)
    assert set(lines) == {"code", "what", "subject", "detail", "run", "when", "version", "runtime"}


def test_errors_are_shown_one_after_the_other_and_none_twice(program: Program, qtbot: QtBot) -> None:
    for error in (DiskFull("a"), DiskFull("a"), DiskFull("b")):
        program.session.show_error.emit(error)

    def dialogs() -> list[ErrorDialog]:
        return [dialog for dialog in program.window.findChildren(ErrorDialog) if dialog.isVisible()]

    assert [dialog.error.detail for dialog in dialogs()] == ["a"]
    dialogs()[0].reject()
    qtbot.waitUntil(lambda: [dialog.error.detail for dialog in dialogs()] == ["b"], timeout=SECONDS)
    dialogs()[0].reject()
    qtbot.waitUntil(lambda: not dialogs(), timeout=SECONDS)
