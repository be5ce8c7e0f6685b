from __future__ import annotations

from pytestqt.qtbot import QtBot

from tests.ui.conftest import SECONDS
from ui.closing import Question
from ui.main_window import MainWindow
from ui.program import Program
from ui.schedules.module import SchedulesModule


def test_every_place_can_be_gone_to(window: MainWindow, qtbot: QtBot) -> None:
    for key in window.keys:
        window.go(key)
        assert window.current == key
        assert window.module(key).help_page
        assert window.module(key).isVisible()


def test_a_schedule_at_work_is_asked_about_before_the_window_closes(window: MainWindow) -> None:
    window.go("schedules")
    module = window.module("schedules")
    assert isinstance(module, SchedulesModule)
    module.going.emit(1)
    assert not window.close()
    question = window.findChild(Question)
    assert question is not None
    question.cancel.click()
    assert window.isVisible()
    module.going.emit(0)
    assert window.close()


def test_a_closed_window_ends_the_program(program: Program, qtbot: QtBot) -> None:
    with qtbot.waitSignal(program.window.closed, timeout=SECONDS):
        program.window.close()
    assert not program.window.isVisible()
