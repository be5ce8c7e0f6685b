"""The help's window: pages, links, search, back and forward, and all of it with the keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.conftest import SECONDS
from ui.help import HelpWindow
from ui.help.book import KEYS


@pytest.fixture
def window(qtbot: QtBot) -> HelpWindow:
    made = HelpWindow(language="en")
    qtbot.addWidget(made)
    with qtbot.waitExposed(made, timeout=SECONDS):
        made.open_page("library")
    return made


def listed(window: HelpWindow) -> list[str]:
    return [window.contents.item(row).text() for row in range(window.contents.count())]


def test_every_page_is_shown_with_its_heading(window: HelpWindow) -> None:
    assert len(listed(window)) == len(KEYS)
    for key in KEYS:
        window.go(key)
        assert window.page.key == key
        assert window.paper.toPlainText().startswith(window.page.title)
        current = window.contents.currentItem()
        assert current is not None
        assert current.text() == window.page.title


def test_a_link_goes_to_its_page_and_back_comes_back(qtbot: QtBot, window: HelpWindow) -> None:
    window.paper.anchorClicked.emit(QUrl("settings.md"))
    assert window.page.key == "settings"
    qtbot.keyClick(window.paper, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.page.key == "library"
    qtbot.mouseClick(window.forward, Qt.MouseButton.LeftButton)
    assert window.page.key == "settings"
    assert not window.forward.isEnabled()


def test_a_link_that_leads_out_is_not_followed(window: HelpWindow) -> None:
    window.paper.anchorClicked.emit(QUrl("https://mir.example.com/library.md"))
    assert window.page.key == "library"


def test_search_with_the_keyboard_alone(qtbot: QtBot, window: HelpWindow) -> None:
    qtbot.keyClick(window.paper, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert window.search.hasFocus()
    qtbot.keyClicks(window.search, "proxy")
    assert "Settings · Network" in listed(window)
    assert "3" in window.found.text()
    qtbot.keyClick(window.search, Qt.Key.Key_Return)
    assert window.contents.hasFocus()
    while window.page.key != "settings":
        qtbot.keyClick(window.contents, Qt.Key.Key_Down)
    shown = window.paper.verticalScrollBar()
    assert shown.value() > 0, "the heading that was found is on show, not the top of the page"
    qtbot.keyClick(window.contents, Qt.Key.Key_Escape)
    assert window.search.text() == ""
    assert len(listed(window)) == len(KEYS)
    qtbot.keyClick(window.contents, Qt.Key.Key_Escape)
    assert not window.isVisible()


def test_nothing_found_is_said(qtbot: QtBot, window: HelpWindow) -> None:
    qtbot.keyClicks(window.search, "zeppelin")
    assert listed(window) == []
    assert window.found.isVisible()
    assert window.found.text() == "Nothing found"


def test_f1_again_shows_another_page_in_the_same_window(window: HelpWindow) -> None:
    window.search.setText("proxy")
    window.open_page("downloads")
    assert window.page.key == "downloads"
    assert len(listed(window)) == len(KEYS)


def test_a_picture_is_never_wider_than_the_page(qtbot: QtBot, window: HelpWindow) -> None:
    window.go("library")
    for width in (1200, 700):
        window.resize(width, 700)
        QApplication.processEvents()
        image = window.paper.loadResource(2, QUrl("../pictures/library-en.png"))
        assert not image.isNull()
        assert image.deviceIndependentSize().width() <= window.paper.viewport().width()
