from __future__ import annotations

from pytestqt.qtbot import QtBot

from tests.ui.conftest import SECONDS
from ui.main_window import MainWindow
from ui.program import Program


def test_every_place_can_be_gone_to(window: MainWindow, qtbot: QtBot) -> None:
    for key in window.keys:
        window.go(key)
        assert window.current == key
        assert window.module(key).help_page
        assert window.module(key).isVisible()


def test_a_closed_window_ends_the_program(program: Program, qtbot: QtBot) -> None:
    with qtbot.waitSignal(program.window.closed, timeout=SECONDS):
        program.window.close()
    assert not program.window.isVisible()
