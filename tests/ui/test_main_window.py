from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ClassVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from download_client.model import AccessLevel, Account, Group, Limits, Me, Retention, User
from tests.ui.conftest import SECONDS
from ui.account_corner import AccountCorner
from ui.main_window import MainWindow
from ui.module import Module
from ui.navigation_bar import NavigationBar
from ui.places import Place
from ui.session import Session
from ui.theme import of
from ui.toolbar import Toolbar
from ui.widgets import ActionButton, NavButton


class Probe(Module):
    """A module that keeps what the window tells it."""

    help_page = "help-of-the-module"
    made: ClassVar[list[str]] = []

    def __init__(self, session: Session, key: str) -> None:
        super().__init__(session)
        self.heard: list[str] = []
        self.fitted = (0, 0)
        Probe.made.append(key)
        for text, key_of in (("Download", "Ctrl+D"), ("Export…", "")):
            action = QAction(f"{text} {key}" if key != "one" else text, self)
            action.setShortcut(key_of)
            self.addAction(action)

    def focus_search(self) -> None:
        self.heard.append("search")

    def fit(self, *, width: int, height: int) -> None:
        self.fitted = (width, height)

    def escape(self) -> bool:
        self.heard.append("escape")
        return True

    def entered(self) -> None:
        self.heard.append("entered")


@pytest.fixture(autouse=True)
def _fresh() -> None:
    Probe.made.clear()


Build = Callable[..., MainWindow]


@pytest.fixture
def build(qtbot: QtBot, blank_session: Callable[..., Session]) -> Build:
    """Makes windows over probes; `window_of(session)`."""

    def make(session: Session | None = None) -> MainWindow:
        session = session or blank_session()
        places = [
            Place(key, "library", title, partial(Probe, session, key), needs_access=key == "one")
            for key, title in (("one", "One"), ("two", "Two"), ("conversations", "Conversations"))
        ]
        window = MainWindow(session, places, explain_no_access=lambda: QLabel("ask your Phone Manager"))
        qtbot.addWidget(window)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow, timeout=SECONDS)
        return window

    return make


def probe(window: MainWindow, key: str) -> Probe:
    module = window.module(key)
    assert isinstance(module, Probe)
    return module


def me(level: AccessLevel = AccessLevel.OWN_GROUP, groups: int = 2, name: str = "Dana Whitfield") -> Me:
    return Me(
        User("u-1", name, "dana@x.example"),
        Account("a-1", "Brindle & Vale"),
        level,
        tuple(Group(f"g-{i}", f"Group <b>{i}</b>") for i in range(groups)),
        frozenset(),
        "Europe/Berlin",
        Retention(12, archiving=False),
        Limits(4, 500, 31),
    )


def sign_in(session: Session, who: Me) -> None:
    session.me = who
    session.me_changed.emit()


def test_modules_are_made_when_they_are_first_gone_to(build: Build, qtbot: QtBot) -> None:
    window = build()
    assert Probe.made == []
    window.begin()
    assert Probe.made == ["one"]
    window.go("two")
    window.go("one")
    assert Probe.made == ["one", "two"]
    assert probe(window, "one").heard == ["entered", "entered"]
    assert probe(window, "one").isVisible()
    assert not probe(window, "two").isVisible()


def test_keys_lead_everywhere(build: Build, qtbot: QtBot) -> None:
    window = build()
    window.begin()
    for number, key in enumerate(("one", "two", "conversations")):
        qtbot.keyClick(window, Qt.Key(Qt.Key.Key_1 + number), Qt.KeyboardModifier.ControlModifier)
        assert window.current == key
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert probe(window, "conversations").heard == ["entered", "search", "escape"]
    with qtbot.waitSignal(window.help_wanted, timeout=SECONDS) as wanted:
        qtbot.keyClick(window, Qt.Key.Key_F1)
    assert wanted.args == ["help-of-the-module"]
    with qtbot.waitSignal(window.help_wanted, timeout=SECONDS) as wanted:
        qtbot.keyClick(window, Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)
    assert wanted.args == [""]
    with qtbot.waitSignal(window.settings_wanted, timeout=SECONDS):
        qtbot.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(window.quit_wanted, timeout=SECONDS):
        qtbot.keyClick(window, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)


def test_the_navigation_bar_is_walked_with_arrows(build: Build, qtbot: QtBot) -> None:
    window = build()
    window.begin()
    bar = window.findChild(NavigationBar)
    assert isinstance(bar, NavigationBar)
    buttons = bar.findChildren(NavButton)
    buttons[0].setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(buttons[0], Qt.Key.Key_Down)
    assert buttons[1].hasFocus()
    assert window.current == "one"
    qtbot.keyClick(buttons[1], Qt.Key.Key_Space)
    assert window.current == "two"
    for button in buttons[1:-1]:
        qtbot.keyClick(button, Qt.Key.Key_Down)
    assert buttons[-1].hasFocus()
    with qtbot.waitSignal(window.help_wanted, timeout=SECONDS):
        qtbot.keyClick(buttons[-1], Qt.Key.Key_Space)
    assert all(button.accessibleName() for button in buttons)


def test_a_module_can_lead_to_another_and_count(build: Build) -> None:
    window = build()
    window.begin()
    probe(window, "one").go.emit("conversations")
    assert window.current == "conversations"
    probe(window, "conversations").badge.emit(2, True)
    bar = window.findChild(NavigationBar)
    assert isinstance(bar, NavigationBar)
    badges = [button.accessibleDescription() for button in bar.findChildren(NavButton)]
    assert badges[2] == "2 active, one needs you"
    assert badges[0] == ""


def test_the_toolbar_shows_what_the_module_offers(build: Build, qtbot: QtBot) -> None:
    window = build()
    window.begin()
    toolbar = window.findChild(Toolbar)
    assert isinstance(toolbar, Toolbar)
    first = probe(window, "one").actions()[0]
    shown = [button for button in toolbar.findChildren(QPushButton) if button.text() == "Download"]
    assert len(shown) == 1
    assert shown[0].toolTip() == "Download (Ctrl+D)"
    with qtbot.waitSignal(first.triggered, timeout=SECONDS):
        qtbot.mouseClick(shown[0], Qt.MouseButton.LeftButton)
    first.setEnabled(False)
    assert not shown[0].isEnabled()
    window.go("two")
    qtbot.waitUntil(lambda: "Download" not in [b.text() for b in toolbar.findChildren(QPushButton)], timeout=SECONDS)
    assert "Download two" in [button.text() for button in toolbar.findChildren(QPushButton)]


def test_who_is_signed_in_is_always_on_show(build: Build, blank_session: Callable[..., Session]) -> None:
    session = blank_session()
    window = build(session)
    corner = window.findChild(AccountCorner)
    assert isinstance(corner, AccountCorner)
    assert not corner.isVisible()
    sign_in(session, me())
    assert corner.isVisible()
    assert corner.accessibleName() == ("Dana Whitfield, Own/Group Recordings · manages Group <b>0</b>, Group <b>1</b>")
    sign_in(session, me(AccessLevel.ALL, groups=0))
    assert corner.accessibleName() == "Dana Whitfield, All Recordings"
    session.set_offline(True)
    assert corner.accessibleName() == "Dana Whitfield, Offline"


def test_the_account_menu_offers_profiles_and_signing_out(
    build: Build, blank_session: Callable[..., Session], qtbot: QtBot
) -> None:
    session = blank_session()
    window = build(session)
    sign_in(session, me())
    window.show_profiles((("default", "Brindle & Vale – dana"), ("work", "Other – sam")))
    corner = window.findChild(AccountCorner)
    assert isinstance(corner, AccountCorner)
    corner.click()
    entries = {action.text(): action for action in corner.menu_on_show().actions()}
    assert entries["Brindle && Vale – dana"].isChecked()
    with qtbot.waitSignal(window.profile_wanted, timeout=SECONDS) as wanted:
        entries["Other – sam"].trigger()
    assert wanted.args == ["work"]
    with qtbot.waitSignal(window.sign_out_wanted, timeout=SECONDS):
        entries["Sign out"].trigger()
    corner.menu_on_show().close()


def test_without_access_the_window_explains_it_instead(build: Build, blank_session: Callable[..., Session]) -> None:
    session = blank_session()
    window = build(session)
    window.begin()
    sign_in(session, me(AccessLevel.NONE))
    assert not probe(window, "one").isVisible()
    assert [label.text() for label in window.findChildren(QLabel) if label.isVisible()] == ["ask your Phone Manager"]
    window.go("two")
    assert probe(window, "two").isVisible()
    window.go("one")
    sign_in(session, me(AccessLevel.ALL))
    assert probe(window, "one").isVisible()


def test_signing_in_covers_everything(build: Build, qtbot: QtBot) -> None:
    window = build()
    window.begin()
    page = QWidget()
    window.cover(page)
    assert page.isVisible()
    assert not probe(window, "one").isVisible()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert probe(window, "one").heard == ["entered"]
    with qtbot.waitSignal(page.destroyed, timeout=SECONDS):
        window.uncover()
    assert probe(window, "one").isVisible()


def test_a_narrow_window_keeps_icons_and_shortens_the_corner(
    build: Build, blank_session: Callable[..., Session]
) -> None:
    session = blank_session()
    window = build(session)
    window.begin()
    sign_in(session, me())
    window.resize(1000, 700)
    assert probe(window, "one").fitted == (1000, 700)
    corner = window.findChild(AccountCorner)
    assert isinstance(corner, AccountCorner)
    assert "manages 2 group" in corner.accessibleName()
    window.resize(1500, 700)
    assert "Group <b>0</b>" in corner.accessibleName()
    assert (window.minimumWidth(), window.minimumHeight()) == (960, 640)


def test_place_size_and_module_are_remembered(build: Build, blank_session: Callable[..., Session]) -> None:
    window = build()
    window.begin()
    window.go("two")
    window.resize(960, 700)
    window.close()
    again = build(blank_session())
    again.begin()
    assert again.current == "two"
    assert (again.width(), again.height()) == (960, 700)


@pytest.mark.parametrize("kept", [7, "x", "AAAA", ["x"]])
def test_a_damaged_memory_costs_only_comfort(build: Build, blank_session: Callable[..., Session], kept: object) -> None:
    session = blank_session()
    session.memory.put("window.geometry", kept)
    session.memory.put("window.module", kept)
    window = build(session)
    window.begin()
    assert window.current == "one"
    assert window.width() >= 960


def test_closing_is_asked_for_first(build: Build, qtbot: QtBot) -> None:
    window = build()
    answers = [False, True]
    window.ask_before_closing(lambda: answers.pop(0))
    assert not window.close()
    assert window.isVisible()
    with qtbot.waitSignal(window.closed, timeout=SECONDS):
        assert window.close()


def test_words_of_the_toolbar_give_way_to_who_is_signed_in(
    build: Build, blank_session: Callable[..., Session], qtbot: QtBot
) -> None:
    session = blank_session()
    window = build(session)
    window.begin()
    toolbar = window.findChild(Toolbar)
    assert isinstance(toolbar, Toolbar)
    for number in range(4):
        action = QAction(f"Something quite long to say, number {number}", window)
        of().put_icon(action, "download")
        probe(window, "one").addAction(action)
    sign_in(session, me())
    window.resize(2400, 700)
    window.go("one")

    def words() -> list[str]:
        shown = (button for button in toolbar.findChildren(ActionButton) if button.isVisible())
        return [button.text() for button in shown if button.text().startswith("Something")]

    qtbot.waitUntil(lambda: len(words()) == 4, timeout=SECONDS)
    window.resize(1300, 700)
    qtbot.waitUntil(lambda: words() == [], timeout=SECONDS)
    corner = window.findChild(AccountCorner)
    assert isinstance(corner, AccountCorner)
    qtbot.waitUntil(lambda: corner.width() == corner.sizeHint().width(), timeout=SECONDS)
    window.resize(2400, 700)
    qtbot.waitUntil(lambda: len(words()) == 4, timeout=SECONDS)
