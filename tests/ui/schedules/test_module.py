"""The Schedules module against the real engine: what is shown, what is chosen, what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from download_client.model import RunPhase
from mir_sandbox.remote import Sandbox
from tests.ui.conftest import SECONDS, sign_in
from tests.ui.schedules.rig import NIGHTLY, PAUSED, Kept, night, opened, today, until
from ui.schedules.cards import CARD_ROLE
from ui.schedules.days import Fate
from ui.schedules.module import SchedulesModule
from ui.schedules.vigil import Vigil
from ui.session import Session
from ui.widgets import Empty


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    return Kept(tmp_path / "archive")


@pytest.fixture
def session(blank_session: Callable[..., Session]) -> Iterator[Session]:
    """Nobody is signed in; the system's scheduler is told nothing."""
    made = blank_session(schedule__register="no", archive__time_zone="UTC", window__language="en")
    yield made
    assert made.close(20)


@pytest.fixture
def month(kept: Kept) -> Kept:
    """A schedule with a fortnight behind it, and a paused one."""
    kept.schedule()
    kept.schedule(PAUSED, paused=True, days=frozenset({1}))
    kept.nights(
        *(night(back) for back in range(13, 3, -1)),
        night(3, RunPhase.PARTIAL, archived=6, unfinished=3, refused=1),
        night(2, RunPhase.PARTIAL, code="offline", listed=0, archived=0, bytes=0, run_id=0),
        night(0, missed=(today() - timedelta(days=1), today() - timedelta(days=2))),
    )
    return kept


def said(module: SchedulesModule) -> list[str]:
    return [each.text() for each in module.findChildren(QLabel) if each.isVisible()]


def test_without_a_schedule_it_says_what_one_is_for(qtbot: QtBot, session: Session) -> None:
    module, _ = opened(qtbot, session)
    until(qtbot, lambda: isinstance(module.pages.currentWidget(), Empty))
    assert "No schedules yet" in said(module)
    assert not module.run_action.isEnabled()
    assert not module.remove_action.isEnabled()


def test_everything_of_a_schedule_is_shown(qtbot: QtBot, session: Session, month: Kept) -> None:
    module, _ = opened(qtbot, session)
    QAbstractItemModelTester(module.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    QAbstractItemModelTester(module.history_model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    cards = [module.model.index(row).data(CARD_ROLE) for row in range(module.model.rowCount())]
    assert [card.name for card in cards] == [NIGHTLY, PAUSED]
    assert [card.when for card in cards] == ["Every day at 00:00", "Mon at 00:00"]
    assert cards[1].said.words == "Paused"
    assert "Caught up" in cards[0].said.words
    assert module.list.current == NIGHTLY
    assert "13 of 14" in said(module), "those are covered that ran or were caught up"
    assert module.history_model.rowCount() == 14
    assert module.history_model.index(0, 2).data().startswith("Caught up")
    failed = module.history_model.row_of(today() - timedelta(days=2))
    assert module.history_model.index(failed, 2).data() == "Failed: The service cannot be reached"
    assert "Exceptions" in said(module)
    assert module.night.day is not None
    assert module.night.day.fate is Fate.CAUGHT_UP


def test_a_night_is_chosen_in_the_table_in_the_calendar_and_by_keys(
    qtbot: QtBot, session: Session, month: Kept
) -> None:
    module, _ = opened(qtbot, session)
    until(qtbot, module.history_model.rowCount)
    partial = today() - timedelta(days=3)
    module.history.selectRow(module.history_model.row_of(partial))
    assert module.month.current == partial
    assert module.night.day is not None
    assert module.night.day.open == 4
    assert module.night.retry.isVisible()
    module.month.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(module.month, Qt.Key.Key_Right)
    assert module.month.current == today() - timedelta(days=2)
    assert module.history.currentIndex().row() == module.history_model.row_of(today() - timedelta(days=2))
    assert "Failed" in module.month.accessibleDescription()
    qtbot.keyClick(module.month, Qt.Key.Key_Right)
    assert module.month.current == today() - timedelta(days=1)
    assert module.night.day is not None
    assert module.night.day.fate is Fate.COVERED, "nothing ran on that day"
    assert any(words.startswith("Nothing ran on this day") for words in said(module))
    assert not module.night.retry.isVisible()
    first = module.month.first
    qtbot.keyClick(module.month, Qt.Key.Key_PageUp)
    assert module.month.first < first
    qtbot.keyClick(module.month, Qt.Key.Key_Home)
    assert module.month.current == today()
    found = next(
        QPoint(x, y)
        for x in range(5, module.month.width(), 20)
        for y in range(30, module.month.height(), 20)
        if module.month.day_at(QPoint(x, y)) == today()
    )
    module.month.choose(None)
    qtbot.mouseClick(module.month, Qt.MouseButton.LeftButton, pos=found)
    assert module.month.current == today()
    assert module.month.day_at(QPoint(-5, -5)) is None


def test_it_is_paused_goes_on_and_is_removed_only_after_a_question(qtbot: QtBot, session: Session, month: Kept) -> None:
    module, _ = opened(qtbot, session)
    until(qtbot, lambda: module.list.current == NIGHTLY)
    module.pause_action.trigger()
    until(qtbot, lambda: month.book.find(NIGHTLY).paused and module.pause_action.text() == "Resume")
    module.pause_action.trigger()
    until(qtbot, lambda: not month.book.find(NIGHTLY).paused and module.pause_action.text() == "Pause")
    module.remove_action.trigger()
    module.question.keep.click()
    assert [each.name for each in month.book.all()] == [NIGHTLY, PAUSED]
    module.remove_action.trigger()
    assert module.question.keep.hasFocus() or module.question.keep.isDefault()
    module.question.remove.click()
    until(qtbot, lambda: [card.name for card in module.model.cards] == [PAUSED])
    until(qtbot, lambda: module.list.current == PAUSED)
    assert module.head.title.text() == PAUSED


def test_run_now_pulls_into_the_archive_and_leaves_a_report_to_open(
    qtbot: QtBot, session: Session, kept: Kept, service: Sandbox
) -> None:
    kept.schedule(accept_risk=True)
    sign_in(session, service)
    module, seen = opened(qtbot, session)
    until(qtbot, lambda: module.list.current == NIGHTLY)
    with qtbot.waitSignal(module.board.ran, timeout=SECONDS * 2):
        module.run_action.trigger()
        assert not module.run_action.isEnabled()
        assert module.model.cards[0].said.words == "Running now"
    until(qtbot, lambda: module.history_model.rowCount() == 1 and module.night.open_report.isEnabled())
    assert module.run_action.isEnabled()
    day = module.night.day
    assert day is not None
    assert day.archived > 0
    assert list(kept.archive.rglob("*.wav"))
    module.night.open_report.click()
    assert len(seen) == 1
    assert seen[0].endswith(".html")
    assert Path(seen[0]).exists()


def test_a_run_shows_its_figures_is_stopped_and_the_next_one_goes_on(
    qtbot: QtBot, session: Session, kept: Kept, service: Sandbox
) -> None:
    schedule = kept.schedule(accept_risk=True)
    sign_in(session, service)
    module, _ = opened(qtbot, session)
    until(qtbot, lambda: module.list.current == NIGHTLY)
    assert module.head.going.isHidden()
    slow = service.fault("stall", {"after": 100}, where={"route": "content"}, times=None)
    told: list[int] = []
    module.going.connect(told.append)
    module.run_action.trigger()
    assert module.head.going.isVisible()
    until(qtbot, lambda: "Downloading" in module.head.going.words.text())
    assert " of " in module.head.going.below.text()
    with kept.book.alone(schedule.name) as alone:
        assert not alone, "no second one may begin"
    with qtbot.waitSignal(module.board.ran, timeout=SECONDS):
        module.head.going.stop.click()
        assert module.head.going.words.text().startswith("Stopping")
        assert not module.head.going.stop.isEnabled()
    slow.clear()
    until(qtbot, lambda: module.history_model.rowCount() == 1)
    assert module.head.going.isHidden()
    assert kept.book.nights(NIGHTLY)[-1].phase is RunPhase.INTERRUPTED
    with qtbot.waitSignal(module.board.ran, timeout=SECONDS * 2):
        module.run_action.trigger()
    until(qtbot, lambda: told[-1] == 0)
    assert set(told) == {0, 1}
    assert kept.book.nights(NIGHTLY)[-1].phase is not RunPhase.INTERRUPTED


def test_a_second_start_says_that_it_is_at_work_already(qtbot: QtBot, session: Session, month: Kept) -> None:
    module, _ = opened(qtbot, session)
    until(qtbot, lambda: module.list.current == NIGHTLY)
    with month.book.alone(NIGHTLY), qtbot.waitSignal(module.board.elsewhere, timeout=SECONDS):
        module.run_action.trigger()
    assert module.head.elsewhere.isVisible()
    module.list.choose(PAUSED)
    assert not module.head.elsewhere.isVisible()


def test_a_narrow_window_has_a_drop_down_and_closes_the_night(qtbot: QtBot, session: Session, month: Kept) -> None:
    module, _ = opened(qtbot, session, width=870)
    until(qtbot, lambda: module.list.current)
    assert not module.list.isVisible()
    assert module.picker.isVisible()
    assert module.night.isHidden()
    assert module.minimumSizeHint().width() <= 870
    module.picker.activated.emit(1)
    assert module.head.title.text() == PAUSED
    module.picker.activated.emit(0)
    module.history.opened.emit()
    assert module.night.isVisible()
    assert module.escape()
    assert module.night.isHidden()
    assert not module.escape()


def test_schedules_that_cannot_be_read_say_so(qtbot: QtBot, session: Session, kept: Kept) -> None:
    kept.schedule()
    (kept.paths.config / "schedules.json").write_text("{", encoding="utf-8")
    module = opened_failing(qtbot, session)
    again = next(each for each in module.pages.findChildren(QPushButton) if each.text() == "Try again")
    (kept.paths.config / "schedules.json").unlink()
    kept.schedule()
    again.click()
    until(qtbot, lambda: module.list.current == NIGHTLY)


def opened_failing(qtbot: QtBot, session: Session) -> SchedulesModule:
    module = SchedulesModule(session)
    qtbot.addWidget(module)
    with qtbot.waitActive(module, timeout=SECONDS):
        module.show()
    until(qtbot, lambda: isinstance(module.pages.currentWidget(), Empty))
    return module


def test_the_vigil_counts_schedules_that_need_a_look(qtbot: QtBot, session: Session, kept: Kept) -> None:
    kept.schedule()
    kept.schedule("All is well")
    kept.schedule(PAUSED, paused=True)
    kept.nights(night(1, RunPhase.PARTIAL, code="offline"))
    kept.nights(night(0), name="All is well")
    kept.nights(night(1, RunPhase.PARTIAL, code="offline"), name=PAUSED)
    vigil = Vigil(session)
    with qtbot.waitSignal(vigil.badge, timeout=SECONDS) as told:
        vigil.begin()
    assert told.args == [1, True]


def test_names_are_plain_text_and_long_ones_give_way(qtbot: QtBot, session: Session, kept: Kept) -> None:
    name = "<b>bold</b> " + "x" * 60
    kept.schedule(name)
    module, _ = opened(qtbot, session, width=870)
    until(qtbot, lambda: module.list.current == name)
    assert module.head.title.textFormat() is Qt.TextFormat.PlainText
    assert module.minimumSizeHint().width() <= 870


def test_in_a_low_window_the_calendar_is_whole_or_not_there(qtbot: QtBot, session: Session, month: Kept) -> None:
    del month
    module, _ = opened(qtbot, session, height=840)
    until(qtbot, module.history_model.rowCount)
    # As in the main window beside the replay module, whose least height rules.
    module.setMinimumSize(1, 1)

    def apart() -> bool:
        end = module.month.mapTo(module, QPoint(0, module.month.height())).y()
        return not module.month.isVisible() or end <= module.history.mapTo(module, QPoint(0, 0)).y()

    assert module.month.isVisible()
    assert apart()
    module.resize(1350, 500)
    until(qtbot, lambda: module.month.isVisible() and module.month.height() < 300)
    assert apart()
    module.head.say_elsewhere()
    module.resize(1350, 380)
    until(qtbot, lambda: not module.month.isVisible())
    assert module.history.isVisible()
    module.resize(1350, 840)
    until(qtbot, module.month.isVisible)
    assert apart()
