"""Closing in mid-run: asked once, done as chosen, remembered if wanted, and never in the way of a log-off."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QWidget
from pytestqt.qtbot import QtBot

from download_client.settings import Settings, table
from tests.ui.conftest import SECONDS
from ui.closing import Closing, Question
from ui.session import Session


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def session(blank_session: Callable[..., Session]) -> Session:
    return blank_session()


@pytest.fixture
def closing(session: Session, window: QWidget) -> Closing:
    made = Closing(session, window)
    made.tell(active=2, tray=True)
    return made


def asked(closing: Closing) -> Question:
    assert not closing.may_close()
    assert closing.question is not None
    return closing.question


def test_nothing_is_asked_when_nothing_is_at_work(closing: Closing) -> None:
    closing.tell(active=0, tray=True)
    assert closing.may_close()
    assert closing.question is None


def test_going_on_in_the_tray(qtbot: QtBot, closing: Closing) -> None:
    question = asked(closing)
    assert not closing.may_close(), "the second try asks no second time"
    assert closing.question is question
    with qtbot.waitSignal(closing.go_on_wanted, timeout=SECONDS):
        question.go_on.click()
    assert closing.question is None
    assert asked(closing) is not question, "it was not to be remembered"


def test_stopping_now(qtbot: QtBot, closing: Closing) -> None:
    question = asked(closing)
    with qtbot.waitSignal(closing.quit_wanted, timeout=SECONDS):
        question.stop.click()
    assert closing.may_close(), "the window closes without another question"


def test_not_closing_after_all(qtbot: QtBot, closing: Closing) -> None:
    question = asked(closing)
    told: list[str] = []
    closing.go_on_wanted.connect(lambda: told.append("go on"))
    closing.quit_wanted.connect(lambda: told.append("quit"))
    QTest.keyClick(question, Qt.Key.Key_Escape)
    assert closing.question is None
    assert told == []
    assert not closing.may_close()


@pytest.mark.parametrize(("choice", "closes"), [("tray", False), ("stop", True)])
def test_what_was_remembered_is_done_without_asking(
    qtbot: QtBot, session: Session, closing: Closing, choice: str, closes: bool
) -> None:
    question = asked(closing)
    always = question.findChild(QCheckBox)
    assert isinstance(always, QCheckBox)
    always.setChecked(True)
    with qtbot.waitSignal(session.settings_changed, timeout=SECONDS):
        (question.go_on if choice == "tray" else question.stop).click()
    assert Settings.load(session.paths).get(table.ON_CLOSE) == choice
    again = Closing(session, QWidget(closing.parent()))  # type: ignore[arg-type]
    again.tell(active=1, tray=True)
    assert again.may_close() is closes
    assert again.question is None


def test_without_a_tray_the_tray_is_not_promised(qtbot: QtBot, session: Session, closing: Closing) -> None:
    session.settings.set(table.ON_CLOSE, "tray")
    closing.tell(active=1, tray=False)
    question = asked(closing)
    assert question.go_on.text() == "Keep going, minimised"
    question.cancel.click()
    closing.tell(active=1, tray=True)
    assert not closing.may_close()
    assert closing.question is None


def test_quit_by_name_is_not_asked(qtbot: QtBot, closing: Closing) -> None:
    with qtbot.waitSignal(closing.quit_wanted, timeout=SECONDS):
        closing.leave()
    assert closing.may_close()


def test_the_question_is_reached_by_keyboard(qtbot: QtBot, closing: Closing) -> None:
    question = asked(closing)
    assert question.isModal()
    assert question.go_on.isDefault()
    with qtbot.waitSignal(closing.go_on_wanted, timeout=SECONDS):
        QTest.keyClick(question, Qt.Key.Key_Return)
