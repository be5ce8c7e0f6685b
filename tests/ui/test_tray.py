"""The tray's icon, menu and words; where there is no tray nothing is promised."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSystemTrayIcon, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import SECONDS
from ui.tray import Tray
from ui.tray.picture import badged


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.mark.qt_log_ignore("systemTrayWindowChanged")  # a platform without a tray is asked to show an icon
def test_its_menu_says_what_is_wanted(qtbot: QtBot, window: QWidget) -> None:
    tray = Tray(window, is_available=lambda: True)
    tray.show()
    tray.tell(active=2, warn=False, can_pause=True, can_resume=False, tip="2 at work")
    assert tray.tip == "2 at work"
    assert tray.pause_action.isEnabled()
    assert not tray.resume_action.isEnabled()
    for action, signal in (
        (tray.open_action, tray.open_wanted),
        (tray.pause_action, tray.pause_wanted),
        (tray.quit_action, tray.quit_wanted),
    ):
        with qtbot.waitSignal(signal, timeout=SECONDS):
            action.trigger()
    tray.hide()
    assert not tray.visible


def test_a_click_opens_the_window(qtbot: QtBot, window: QWidget) -> None:
    tray = Tray(window, is_available=lambda: True)
    with qtbot.waitSignal(tray.open_wanted, timeout=SECONDS):
        tray._icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
    with qtbot.assertNotEmitted(tray.open_wanted):
        tray._icon.activated.emit(QSystemTrayIcon.ActivationReason.Context)


def test_without_a_tray_nothing_is_shown(qtbot: QtBot, window: QWidget) -> None:
    tray = Tray(window, is_available=lambda: False)
    tray.show()
    assert not tray.visible
    assert not tray.message(title="Support", text="Complete", warn=False)


def test_the_count_is_seen_on_the_icon(qapp: object) -> None:
    none, two, warns = badged(0, warn=False), badged(2, warn=False), badged(2, warn=True)
    for size in (16, 24, 48):
        pictures = [each.pixmap(QSize(size, size)).toImage() for each in (none, two, warns)]
        assert pictures[0] != pictures[1]
        assert pictures[1] != pictures[2]
