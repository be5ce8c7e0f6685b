"""What tests of the window stand on: an application in the house's dress, a service per module, sessions signed in.

Everything runs offscreen. A message of Qt at WARNING or above fails the test (pyproject: `qt_log_level_fail`), and so
does an error nobody foresaw, by the rule of tests/conftest.py about the log.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from typing import Protocol

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from download_client.credentials import Secret
from download_client.engine import Password
from download_client.settings import Paths, Settings
from mir_sandbox.remote import Sandbox
from ui.bridge import Bridge
from ui.main_window import MainWindow
from ui.program import Program
from ui.session import Session
from ui.theme import Appearance, Theme

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

SECONDS = 30_000
"""How long to wait for anything, in milliseconds (`qtbot.waitUntil(..., timeout=SECONDS)`)."""
CONVERSATIONS = 300
_CLOSING = 20.0


class MakesSessions(Protocol):
    """Makes a session signed in as the made-up user of an access level; settings by name, as in `transfer__x=1`."""

    def __call__(self, access_level: str = "all", *, profile: str = "default", **settings: object) -> Session: ...


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    """The one theme of the application, in light."""
    return Theme(qapp, Appearance.LIGHT)


@pytest.fixture(autouse=True)
def _window_ground(theme: Theme) -> Iterator[None]:
    """Views find a theme, in light; garbage in circles is looked for on the UI thread only, as in the program."""
    theme.set_appearance(Appearance.LIGHT)
    gc.disable()
    yield
    gc.enable()


@pytest.fixture
def bridge(qapp: QApplication) -> Iterator[Bridge]:
    """The crossing to worker threads; no thread may be left at the end."""
    made = Bridge()
    yield made
    assert made.close(_CLOSING), "a worker thread did not end"


@pytest.fixture(scope="module")
def service() -> Iterator[Sandbox]:
    """A stand-in service by the real time, so that the last 24 hours hold some calls; tests leave it as it was."""
    with Sandbox.start(conversations=CONVERSATIONS, options=("--tiny",)) as running:
        yield running


def prepared_settings(**settings: object) -> Settings:
    """Settings as tests want them, in the user's file: nothing waits long. Names as in `transfer__limit_rate=1`."""
    chosen = Settings.load(Paths.of_user())
    for name, value in {"transfer.min_free_space": 0, "retry.window": "5s", "network.proxy": "none"}.items():
        chosen.set(name, value)
    for name, value in settings.items():
        chosen.set(name.replace("__", "."), value)
    return chosen


def sign_in(session: Session, service: Sandbox, access_level: str = "all") -> None:
    """Sign the made-up user of an access level in, at once."""
    user = service.user(access_level=access_level)
    session.signed_in(session.engine.sign_in(Password(service.base_url, user.username, Secret(user.password))))


@pytest.fixture
def blank_session(bridge: Bridge) -> Callable[..., Session]:
    """Makes a session in which nobody is signed in: `blank_session(profile="default", transfer__limit_rate=1)`."""

    def make(*, profile: str = "default", **settings: object) -> Session:
        return Session(bridge, paths=Paths.of_user(), settings=prepared_settings(**settings), profile=profile)

    return make


@pytest.fixture
def make_session(service: Sandbox, bridge: Bridge, blank_session: Callable[..., Session]) -> Iterator[MakesSessions]:
    """Makes sessions that are signed in to the module's service."""
    made: list[Session] = []

    def make(access_level: str = "all", *, profile: str = "default", **settings: object) -> Session:
        session = blank_session(profile=profile, **settings)
        made.append(session)
        sign_in(session, service, access_level)
        return session

    yield make
    for session in made:
        assert session.close(_CLOSING), "a worker thread did not end"


@pytest.fixture
def session(make_session: MakesSessions) -> Session:
    """A session of the user who sees everything."""
    return make_session("all")


@pytest.fixture
def make_program(qapp: QApplication, theme: Theme, qtbot: QtBot) -> Iterator[Callable[..., Program]]:
    """Makes whole programs with their window in front, nobody signed in: `make_program(transfer__limit_rate=1)`."""
    made: list[Program] = []

    def make(*, profile: str = "default", **settings: object) -> Program:
        prepared_settings(**settings)
        program = Program(qapp, paths=Paths.of_user(), profile=profile)
        made.append(program)
        with qtbot.waitSignal(program.begun, timeout=SECONDS):
            program.show()
        program.window.activateWindow()
        qtbot.waitUntil(program.window.isActiveWindow, timeout=SECONDS)
        return program

    yield make
    for program in made:
        assert program.close(), "a worker thread did not end"
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def program(make_program: Callable[..., Program], service: Sandbox) -> Program:
    """A whole program in which the user who sees everything is signed in; its window is `program.window`."""
    made = make_program()
    sign_in(made.session, service)
    return made


@pytest.fixture
def window(program: Program) -> MainWindow:
    """The main window of a whole program, signed in as the user who sees everything."""
    return program.window
