"""Whole programs before anybody is signed in, over one service with TLS and certificates that are no good."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from mir_sandbox.remote import Sandbox
from tests.ui.conftest import SECONDS
from ui.program import Program
from ui.sign_in.entrance import Entrance
from ui.sign_in.form import Form
from ui.sign_in.page import SignInPage


class Door:
    """A program at whose door somebody stands."""

    def __init__(self, program: Program, qtbot: QtBot, service: Sandbox) -> None:
        self.program, self.qtbot, self.service = program, qtbot, service
        self.session, self.window = program.session, program.window

    @property
    def entrance(self) -> Entrance:
        assert self.program.entrance is not None
        return self.program.entrance

    @property
    def page(self) -> SignInPage:
        assert self.entrance.page is not None
        return self.entrance.page

    @property
    def form(self) -> Form:
        return self.page.form

    @property
    def said(self) -> str:
        """What the form says, with what stands below it."""
        note = self.form.note
        return f"{note.accessibleName()} | {note.accessibleDescription()} | {self.form.detail}"

    def fill(self, *, server: str = "", user: str = "", password: str = "") -> None:
        """Put it in; what is not given is that of the user who sees everything."""
        known = self.service.user(access_level="all")
        self.form.address.setText(server or self.service.base_url)
        self.form.user.setText(user or known.username)
        self.form.password.setText(password or known.password)

    def click(self, button: QPushButton) -> None:
        assert button.isVisible()
        assert button.isEnabled()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def start_again(self) -> None:
        """What the next start of the program does."""
        self.session.use(self.session.profile)
        assert self.session.me is None
        self.entrance.begin()

    def until(self, true: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(true()), timeout=SECONDS)

    def until_in(self) -> None:
        """Somebody is signed in, and the window is uncovered."""
        self.until(lambda: self.session.me is not None and self.entrance.page is None)

    def until_said(self) -> None:
        """The form says what went wrong."""
        self.until(lambda: not self.page.waits and self.form.note.isVisible())

    def until_form(self) -> None:
        self.until(lambda: self.entrance.page is not None and not self.page.waits)


@pytest.fixture(scope="module")
def service() -> Iterator[Sandbox]:
    """Its certificates are trusted by a setting, those of its other doors by nobody."""
    with Sandbox.start(conversations=120, tls=True, options=("--tiny", "--bad-certificates")) as running:
        running.change("available")
        yield running


@pytest.fixture
def open_door(make_program: Callable[..., Program], qtbot: QtBot, service: Sandbox) -> Iterator[Callable[..., Door]]:
    """Opens programs; a profile that is signed in already comes in by itself."""
    service.clear()

    def make(*, profile: str = "default", **settings: object) -> Door:
        chosen = {"network__ca_file": str(service.ca_file), **settings}
        return Door(make_program(profile=profile, **chosen), qtbot, service)

    yield make
    service.clear()


@pytest.fixture
def door(open_door: Callable[..., Door]) -> Door:
    """A program with the form."""
    made = open_door()
    made.until_form()
    return made
