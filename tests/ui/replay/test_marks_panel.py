"""The list of marks: in the order of time, searched, and what is wanted of it told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from download_client.engine import Mark
from tests.ui.conftest import SECONDS
from ui.replay.marks_model import AT, BY, WORDS, MarkRow
from ui.replay.marks_panel import MarksPanel
from ui.session import Session

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def mark(number: int, *, note: str, length: float = 0.0, by: str = "Dana Whitfield") -> MarkRow:
    at = float(number)
    made = Mark(
        id=f"m{number}",
        recording_id="r1",
        conversation_id="c1",
        version=1,
        at=at,
        length=length,
        note=note,
        by=by,
        made_at=NOON,
        changed_at=NOON,
    )
    return MarkRow(f"m{number}", "c1", at, NOON + timedelta(seconds=at), length, "Harbour Dental Clinic", by, made)


def pause(number: int, seconds: float) -> MarkRow:
    at = NOON + timedelta(seconds=number)
    return MarkRow(f"p{number}", "c1", float(number), at, seconds, "Harbour Dental Clinic", "Priya Raman")


ROWS = (
    mark(90, note="Delivery <b>terms</b>", length=100.0),
    mark(10, note="Price agreed: 240 a month"),
    pause(50, 55.0),
)


@pytest.fixture
def panel(qtbot: QtBot, session: Session, qtmodeltester: ModelTester) -> MarksPanel:
    session.settings.set("archive.time_zone", "UTC")
    made = MarksPanel(session)
    qtbot.addWidget(made)
    made.resize(900, 300)
    qtmodeltester.check(made.model)
    with qtbot.waitExposed(made, timeout=SECONDS):
        made.show()
    return made


def cells(panel: MarksPanel, column: int) -> list[str]:
    model = panel.model
    return [str(model.data(model.index(line, column))) for line in range(model.rowCount())]


def test_marks_and_pauses_stand_in_the_order_of_time(panel: MarksPanel) -> None:
    assert panel.none.isVisible()
    assert not panel.export_button.isEnabled()
    panel.show_rows(ROWS)
    assert cells(panel, AT) == ["12:00:10", "12:00:50", "12:01:30"]
    assert cells(panel, WORDS) == [
        "Price agreed: 240 a month",
        "Recording was paused for 00:55",
        "Selection, 01:40: Delivery <b>terms</b>",
    ]
    assert cells(panel, BY)[1] == "Priya Raman"
    tip = panel.model.data(panel.model.index(2, WORDS), Qt.ItemDataRole.ToolTipRole)
    assert "<b>" not in str(tip)
    assert not panel.none.isVisible()


def test_search_narrows_by_all_words_in_any_case(panel: MarksPanel, qtbot: QtBot) -> None:
    panel.show_rows(ROWS)
    qtbot.keyClicks(panel.search, "AGREED dental")
    assert cells(panel, AT) == ["12:00:10"]
    panel.search.clear()
    qtbot.keyClicks(panel.search, "paused")
    assert cells(panel, AT) == ["12:00:50"]
    assert not panel.export_button.isEnabled(), "a pause is no mark"


def test_keys_tell_what_is_wanted_and_a_pause_can_not_be_changed(panel: MarksPanel, qtbot: QtBot) -> None:
    panel.show_rows(ROWS)
    panel.activateWindow()
    panel.list.setFocus()
    qtbot.waitUntil(panel.list.hasFocus, timeout=SECONDS)
    panel.list.selectRow(0)
    with qtbot.waitSignal(panel.jump, timeout=SECONDS) as jumped:
        qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    assert jumped.args == [ROWS[1]]
    with qtbot.waitSignal(panel.change, timeout=SECONDS) as changed:
        qtbot.keyClick(panel.list, Qt.Key.Key_F2)
    assert changed.args == [ROWS[1]]
    with qtbot.waitSignal(panel.remove, timeout=SECONDS) as removed:
        qtbot.keyClick(panel.list, Qt.Key.Key_Delete)
    assert removed.args == [[ROWS[1]]]
    panel.list.selectRow(1)
    with qtbot.assertNotEmitted(panel.change), qtbot.assertNotEmitted(panel.remove):
        qtbot.keyClick(panel.list, Qt.Key.Key_F2)
        qtbot.keyClick(panel.list, Qt.Key.Key_Delete)


def test_what_is_chosen_stays_chosen_when_a_mark_comes(panel: MarksPanel) -> None:
    panel.show_rows(ROWS)
    panel.list.selectRow(2)
    panel.show_rows((*ROWS, mark(5, note="Before them all")))
    assert [row.key for row in panel.chosen()] == ["m90"]
    assert cells(panel, AT)[0] == "12:00:05"
