from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import qWarning
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from download_client.errors import MirError
from tests.ui.conftest import SECONDS
from ui.crash import Crash
from ui.garbage import Garbage


@pytest.fixture
def crash(tmp_path: Path, qapp: QApplication) -> Iterator[Crash]:
    made = Crash(tmp_path / "log" / "x.crash")
    yield made
    made.close()


@pytest.mark.expects_log("an error that nobody caught")
def test_what_nobody_caught_is_logged_and_shown_without_its_words(crash: Crash) -> None:
    shown: list[MirError] = []
    crash.unexpected.connect(shown.append)
    try:
        raise ValueError("+442079460112")
    except ValueError as error:
        sys.excepthook(ValueError, error, error.__traceback__)
    assert "ValueError in test_crash.py" in str(shown[0])
    assert "+44" not in str(shown[0])
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert len(shown) == 1


@pytest.mark.expects_log("Qt: something of Qt")
def test_messages_of_qt_go_into_the_log(crash: Crash) -> None:
    qWarning("something of Qt")


def test_everything_is_put_back(tmp_path: Path, qapp: QApplication) -> None:
    before = sys.excepthook
    made = Crash(tmp_path / "x.crash")
    assert sys.excepthook != before
    made.close()
    assert sys.excepthook == before


def test_without_a_folder_for_the_file_the_window_works(tmp_path: Path, qapp: QApplication) -> None:
    (tmp_path / "file").write_text("x")
    Crash(tmp_path / "file" / "x.crash").close()


def test_garbage_is_looked_for_by_the_ui_thread(qapp: QApplication, qtbot: QtBot) -> None:
    class Circle:
        def __init__(self) -> None:
            self.me = self

        def __del__(self) -> None:
            died.append(1)

    died: list[int] = []
    garbage = Garbage(every_ms=20)
    assert not gc.isenabled()
    Circle()
    kept = [[] for _ in range(20_000)]  # type: ignore[var-annotated]
    qtbot.waitUntil(lambda: died == [1], timeout=SECONDS)
    garbage.close()
    assert gc.isenabled()
    gc.disable()
    assert len(kept) == 20_000
