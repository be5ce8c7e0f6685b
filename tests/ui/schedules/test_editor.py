"""The editor of a schedule: what is chosen is what the engine keeps, and what cannot be meant is said at its field."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTime
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from download_client.engine import Missed, Schedule
from download_client.model import Channel, Criteria, Direction, Tell
from tests.ui.conftest import SECONDS, MakesSessions
from ui.schedules.editor import ScheduleEditor
from ui.session import Session


@pytest.fixture
def session(make_session: MakesSessions) -> Session:
    return make_session(schedule__register="no")


def opened(
    qtbot: QtBot, session: Session, schedule: Schedule | None = None, *, criteria: Criteria | None = None
) -> ScheduleEditor:
    editor = ScheduleEditor(session, schedule, criteria=criteria)
    qtbot.addWidget(editor)
    editor.open()
    qtbot.waitUntil(lambda: bool(editor.registered.text()), timeout=SECONDS)
    return editor


def kept(session: Session, name: str) -> Schedule:
    return session.engine.schedules.find(name).schedule


def a_schedule(folder: Path) -> Schedule:
    return Schedule(
        name="Nightly",
        archive=folder,
        at=time(22, 30),
        zone="America/New_York",
        days=frozenset({1, 3, 7}),
        criteria=Criteria(direction=Direction.INBOUND),
        window=timedelta(hours=6),
        missed=Missed.SKIP,
        accept_risk=True,
        tell=Tell.ALWAYS,
        tell_by=frozenset({Channel.MAIL, Channel.WEBHOOK}),
        tell_to=("ann@example.com", "bob@example.com"),
        heartbeat="https://beat.example/x",
        reports=folder / "reports",
    )


def test_a_new_one_is_kept_as_it_was_chosen(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    editor = opened(qtbot, session)
    editor.take_folder(str(tmp_path / "archive"))
    assert editor.sentence.text() == "Something is missing yet."
    QTest.keyClicks(editor.name, "Nightly")
    assert str(tmp_path / "archive") in editor.sentence.text()
    assert editor.sentence.text().startswith("Every day at 02:15")
    editor.days.choose({1, 2, 3, 4, 5})
    editor.at.setTime(QTime(20, 0))
    editor.zone.field.setText("europe/berlin".title())
    editor.ends.setChecked(True)
    editor.until.setTime(QTime(1, 30))
    editor.telling.every.setChecked(False)
    editor.telling.ways[Channel.MAIL].setChecked(True)
    QTest.keyClicks(editor.telling.to, "ann@example.com")
    with qtbot.waitSignal(editor.kept, timeout=SECONDS) as signal:
        editor.save.click()
    assert signal.args == ["Nightly"]
    qtbot.waitUntil(lambda: not editor.isVisible(), timeout=SECONDS)
    made = kept(session, "Nightly")
    assert (made.at, made.zone, made.days) == (time(20, 0), "Europe/Berlin", frozenset({1, 2, 3, 4, 5}))
    assert made.window == timedelta(hours=5, minutes=30)
    assert (made.tell, made.tell_to) == (Tell.PROBLEMS, ("ann@example.com",))
    assert made.tell_by == frozenset({Channel.MAIL})
    assert (made.search, made.criteria, made.reports, made.heartbeat) == ("", None, None, "")


def test_what_is_opened_and_saved_is_the_same(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    before = a_schedule(tmp_path / "archive")
    session.engine.schedules.put(before, register=False)
    editor = opened(qtbot, session, before)
    assert editor.name.isReadOnly()
    assert editor.schedule() == before
    with qtbot.waitSignal(editor.kept, timeout=SECONDS):
        editor.save.click()
    assert kept(session, "Nightly") == before


def test_what_cannot_be_meant_is_said_at_its_field(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    session.engine.schedules.put(a_schedule(tmp_path), register=False)
    editor = opened(qtbot, session)

    def said(widget: QLineEdit) -> str:
        return widget.accessibleDescription()

    editor.folder.setText("recordings")
    editor.reports.setText("reports")
    editor.days.choose(())
    editor.zone.field.setText("Nowhere")
    editor.telling.to.setText("nobody")
    editor.telling.heartbeat.setText("http://beat.example")
    editor.missed.setCurrentIndex(1)
    assert not editor.check()
    assert said(editor.name) == "A name is needed."
    assert said(editor.folder) == said(editor.reports) == "Wanted is the whole path of a folder."
    assert "time zone" in said(editor.zone.field)
    assert "ann@example.com" in said(editor.telling.to)
    assert "https://" in said(editor.telling.heartbeat)
    assert "day of the week" in editor.days.complaint.said.text()
    assert "an end" in editor.missed.accessibleDescription()
    editor.save.click()
    assert editor.isVisible()
    editor.name.setText("Nightly")
    assert not editor.check()
    assert "already" in said(editor.name)
    assert kept(session, "Nightly") == a_schedule(tmp_path), "nothing is replaced"


def test_a_search_that_is_saved_can_be_chosen(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    session.engine.saved.save("Complaints <b>", Criteria(direction=Direction.INBOUND))
    editor = opened(qtbot, session)
    at = editor.what.findData("Complaints <b>")
    assert at > 0
    editor.what.setCurrentIndex(at)
    editor.name.setText("C")
    editor.take_folder(str(tmp_path))
    assert editor.schedule().search == "Complaints <b>"
    assert "Complaints <b>" in editor.sentence.text()
    session.engine.saved.delete("Complaints <b>")


def test_the_search_of_conversations_can_be_taken_over_without_its_time(
    qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    now = datetime.now(UTC)
    asked = Criteria(direction=Direction.INBOUND, from_time=now - timedelta(days=1), to_time=now)
    editor = opened(qtbot, session, criteria=asked)
    words = [editor.what.itemText(at) for at in range(editor.what.count())]
    at = next(at for at, text in enumerate(words) if "Conversations" in text)
    editor.what.setCurrentIndex(at)
    editor.name.setText("Inbound")
    editor.take_folder(str(tmp_path))
    assert editor.schedule().criteria == Criteria(direction=Direction.INBOUND)
    assert "Next: " in editor.sentence.text()
    for nothing in (Criteria(), Criteria(from_time=now - timedelta(days=7))):
        plain = opened(qtbot, session, criteria=nothing)
        assert not any("Conversations" in plain.what.itemText(at) for at in range(plain.what.count()))


def test_a_risky_folder_asks_for_a_yes(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    editor = opened(qtbot, session)
    editor.take_folder(str(tmp_path / "new"))
    qtbot.waitUntil(editor.warning.isVisible, timeout=SECONDS)
    editor.name.setText("N")
    editor.accept_risk.setChecked(True)
    assert editor.schedule().accept_risk


def test_every_control_has_a_name_and_is_reached_by_tab(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    editor = opened(qtbot, session, a_schedule(tmp_path))
    editor.activateWindow()
    qtbot.waitUntil(editor.isActiveWindow, timeout=SECONDS)
    editor.name.setFocus()
    reached: list[object] = []
    for _ in range(60):
        here = QApplication.focusWidget()
        assert here is not None
        # In a field of hours and minutes Tab goes to the minutes first.
        reached.append(here)
        QTest.keyClick(here, Qt.Key.Key_Tab)
    wanted = [each for each in editor._order if each.isVisible() and each.isEnabled()]
    assert [each for each in wanted if each not in reached] == []
    for each in wanted:
        assert each.accessibleName() or getattr(each, "text", str)(), each
