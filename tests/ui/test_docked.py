"""What lies under the modules: large in their place, folded with the window, left by Esc and by going elsewhere."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout
from pytestqt.qtbot import QtBot

from tests.ui.conftest import SECONDS
from ui.docked import Docked
from ui.main_window import MainWindow
from ui.module import Module
from ui.places import Place
from ui.session import Session


class Under(Docked):
    """Something with a field to type in."""

    help_page = "help-of-the-dock"

    def __init__(self) -> None:
        super().__init__()
        self.field = QLineEdit()
        QVBoxLayout(self).addWidget(self.field)
        self.setFocusProxy(self.field)
        self.fitted = (0, 0)
        self.is_large = False

    @property
    def large(self) -> bool:
        return self.is_large

    def set_large(self, large: bool) -> None:
        self.is_large = large
        self.enlarged.emit(large)

    def shrink(self) -> None:
        self.set_large(False)

    def fit(self, *, width: int, height: int) -> None:
        self.fitted = (width, height)

    def escape(self) -> bool:
        if self.is_large:
            self.set_large(False)
        else:
            self.left.emit()
        return True


class Page(Module):
    """A module with one field, which has the keyboard."""

    help_page = "help-of-the-module"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.field = QLineEdit()
        self.escaped = 0
        QVBoxLayout(self).addWidget(self.field)
        self.setFocusProxy(self.field)

    def escape(self) -> bool:
        self.escaped += 1
        return True


@pytest.fixture
def window(qtbot: QtBot, blank_session: Callable[..., Session]) -> MainWindow:
    session = blank_session()
    places = [Place(key, "library", key.title(), lambda: Page(session)) for key in ("one", "two")]
    made = MainWindow(session, places, explain_no_access=QLabel)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow, timeout=SECONDS)
    made.begin()
    return made


def page(window: MainWindow, key: str = "one") -> Page:
    module = window.module(key)
    assert isinstance(module, Page)
    return module


def test_large_takes_the_place_of_the_module_until_one_goes_elsewhere(window: MainWindow, qtbot: QtBot) -> None:
    dock = Under()
    window.add_dock(dock)
    dock.show()
    assert page(window).isVisible()
    assert dock.isVisible()
    dock.set_large(True)
    assert not page(window).isVisible()
    assert dock.field.hasFocus()
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert not dock.large
    assert page(window, "two").isVisible()


def test_esc_and_help_are_for_what_is_in_use(window: MainWindow, qtbot: QtBot) -> None:
    dock = Under()
    window.add_dock(dock)
    dock.show()
    page(window).field.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert page(window).escaped == 1
    dock.field.setFocus()
    with qtbot.waitSignal(window.help_wanted, timeout=SECONDS) as wanted:
        qtbot.keyClick(window, Qt.Key.Key_F1)
    assert wanted.args == ["help-of-the-dock"]
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert page(window).field.hasFocus(), "the keyboard goes back to the module"
    assert page(window).escaped == 1
    dock.set_large(True)
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert page(window).isVisible()
    assert page(window).field.hasFocus()


def test_it_hears_how_large_the_window_is(window: MainWindow, qtbot: QtBot) -> None:
    dock = Under()
    window.add_dock(dock)
    dock.show()
    assert dock.fitted == (window.width(), window.height())
    window.resize(1000, 700)
    qtbot.waitUntil(lambda: dock.fitted == (1000, 700), timeout=SECONDS)
