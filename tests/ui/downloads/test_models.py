"""The lists of runs and of recordings: held to Qt's rules, told of changes; a choice stays where it was put."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.ui.conftest import SECONDS
from ui.downloads.card import Card
from ui.downloads.items_model import PAGE, ItemsModel, Row
from ui.downloads.items_table import ItemsTable
from ui.downloads.runs_list import RunsList
from ui.downloads.runs_model import RunsModel
from ui.theme import measures
from ui.widgets import CELL, Cell, Group
from ui.words import runs

MILLION = 1_000_000


def card(key: str, *, movable: bool = True, share: float = 0.0) -> Card:
    return Card(key, f"Run {key}", runs.queued(), ((share, "accent"),), movable=movable)


def keys(model: RunsModel) -> str:
    return "".join(each.key for each in model.cards)


def row(number: int, *, state: str = "Queued") -> Row:
    return Row(number, f"r{number}", Cell(f"call {number}", "12:08"), Cell("1.0 MB"), Cell(state), f"tip {number}")


def page(key: str, number: int) -> list[Row]:
    start = {"failed": 0, "queued": 5_000_000}[key] + number * PAGE
    return [row(each) for each in range(start, start + PAGE)]


@pytest.fixture
def items(qapp: QApplication) -> ItemsModel:
    made = ItemsModel((("failed", True), ("queued", False)))
    made.wanted.connect(lambda key, number: made.put(key, number, page(key, number)))
    return made


# --- runs


def test_the_list_of_runs_is_a_model(qtmodeltester: ModelTester) -> None:
    model = RunsModel()
    qtmodeltester.check(model)
    for order in ("", "abc", "cab", "cdab", "db", "dbxyz", "zyxbd", ""):
        model.set_cards([card(key) for key in order])
        assert keys(model) == order
        qtmodeltester.check(model)


def test_only_what_changed_is_told(qtbot: QtBot) -> None:
    model = RunsModel()
    model.set_cards([card("a"), card("b"), card("c")])
    told: list[int] = []
    model.dataChanged.connect(lambda first, _: told.append(first.row()))
    model.set_cards([card("a"), card("b", share=0.5), card("c")])
    assert told == [1]
    assert model.data(model.index(1), Qt.ItemDataRole.AccessibleTextRole).startswith("Run b. Queued")


def test_a_choice_stays_with_its_run(qtbot: QtBot) -> None:
    model = RunsModel()
    shown = RunsList(model)
    qtbot.addWidget(shown)
    model.set_cards([card(key) for key in "abcd"])
    shown.choose("c")
    model.set_cards([card(key) for key in "cxab"])
    assert shown.chosen_keys() == ["c"]
    assert shown.current_key == "c"


def test_a_drop_is_told_and_moves_nothing_by_itself(qtbot: QtBot) -> None:
    model = RunsModel()
    model.set_cards([card("a"), card("b"), card("c", movable=False)])
    told: list[tuple[list[str], str]] = []
    model.dropped.connect(lambda which, before: told.append((which, before)))
    data = model.mimeData([model.index(1)])
    move = Qt.DropAction.MoveAction
    assert not model.dropMimeData(data, move, 0, 0, QModelIndex())
    assert not model.dropMimeData(data, move, -1, -1, QModelIndex())
    assert not model.dropMimeData(data, Qt.DropAction.CopyAction, 0, 0, QModelIndex())
    assert told == [(["b"], "a"), (["b"], "")]
    assert keys(model) == "abc"
    assert model.flags(model.index(0)) & Qt.ItemFlag.ItemIsDragEnabled
    assert not model.flags(model.index(2)) & Qt.ItemFlag.ItemIsDragEnabled


# --- recordings


def test_the_recordings_are_a_model(qtmodeltester: ModelTester, items: ItemsModel) -> None:
    steps: list[Callable[[], None]] = [
        lambda: items.set_group("queued", 200, Group("Queued", "200")),
        lambda: items.set_group("failed", 3, Group("Failed", "3")),
        lambda: items.toggle("queued"),
        lambda: items.set_group("queued", 190, Group("Queued", "190")),
        lambda: items.set_group("failed", 0, Group("Failed", "0")),
        lambda: items.toggle("queued"),
        lambda: items.set_group("failed", 70, Group("Failed", "70")),
        items.clear,
    ]
    for step in steps:
        step()
        qtmodeltester.check(items)
    assert items.rowCount() == 0


def test_what_is_not_here_is_asked_for_and_comes(qtbot: QtBot, items: ItemsModel) -> None:
    items.set_group("failed", 100, Group("Failed", "100"))
    cell = items.index(66, ItemsModel.CONVERSATION)
    assert cell.data(CELL) is None
    qtbot.waitUntil(lambda: cell.data(CELL) is not None, timeout=SECONDS)
    assert cell.data(CELL).title == "call 65"
    assert cell.data(Qt.ItemDataRole.ToolTipRole) == "tip 65"
    assert items.group_at(66) == ("failed", 65)
    assert items.group_at(0) == ("failed", -1)


def test_what_may_have_changed_is_shown_until_the_new_is_here(qtbot: QtBot, items: ItemsModel) -> None:
    items.set_group("failed", 10, Group("Failed", "10"))
    cell = items.index(1, ItemsModel.STATE)
    cell.data(CELL)
    qtbot.waitUntil(lambda: cell.data(CELL) is not None, timeout=SECONDS)
    asked: list[int] = []
    items.wanted.connect(lambda _, number: asked.append(number))
    items.set_stale("queued")
    cell.data(CELL)
    items.set_stale()
    assert cell.data(CELL).title == "Queued"
    qtbot.waitUntil(lambda: asked == [0], timeout=SECONDS)


def test_progress_is_drawn_over_the_state(qtbot: QtBot, items: ItemsModel) -> None:
    items.set_group("failed", 2, Group("Failed", "2"))
    items.put("failed", 0, [row(1), row(2)])
    items.set_progress("failed", {"r2": Cell("8.9 of 12.6 MB", percent=71)})
    assert items.index(1, ItemsModel.STATE).data(CELL).title == "Queued"
    assert items.index(2, ItemsModel.STATE).data(CELL).percent == 71


def test_a_million_rows_cost_nothing_until_they_are_looked_at(qtbot: QtBot, items: ItemsModel) -> None:
    shown = ItemsTable(items, name="Recordings")
    qtbot.addWidget(shown)
    shown.resize(900, 500)
    shown.show()
    asked: list[int] = []
    items.wanted.connect(lambda _, number: asked.append(number))
    items.set_group("queued", MILLION, Group("Queued", "1,000,000"))
    items.toggle("queued")
    assert items.rowCount() == MILLION + 1
    shown.scrollToBottom()
    last = items.index(MILLION, ItemsModel.CONVERSATION)
    qtbot.waitUntil(lambda: last.data(CELL) is not None, timeout=SECONDS)
    assert last.data(CELL).title == f"call {5_000_000 + MILLION - 1}"
    assert len(set(asked)) < 12


def test_headings_span_fold_and_act(qtbot: QtBot, items: ItemsModel) -> None:
    shown = ItemsTable(items, name="Recordings")
    qtbot.addWidget(shown)
    shown.resize(900, 500)
    shown.show()
    items.set_group("failed", 3, Group("Failed", "3", action="Retry 3 failed"))
    items.set_group("queued", 4, Group("Queued", "4"))
    assert [shown.columnSpan(each, 0) for each in range(5)] == [4, 1, 1, 1, 4]
    assert [shown.rowHeight(each) for each in (0, 1, 4)] == [measures.ROW_GROUP, measures.ROW, measures.ROW_GROUP]
    acted: list[str] = []
    shown.acted.connect(acted.append)
    middle = shown.visualRect(items.index(0, 0))
    left = Qt.MouseButton.LeftButton
    QTest.mouseClick(shown.viewport(), left, pos=QPoint(middle.right() - 40, middle.center().y()))
    assert acted == ["failed"]
    assert items.is_open("failed")
    QTest.mouseClick(shown.viewport(), left, pos=QPoint(60, middle.center().y()))
    assert not items.is_open("failed")
    assert [shown.rowHeight(each) for each in (0, 1)] == [measures.ROW_GROUP, measures.ROW_GROUP]
    QTest.keyClick(shown, Qt.Key.Key_Right)
    assert items.is_open("failed")
    assert shown.rowHeight(1) == measures.ROW
    QTest.keyClick(shown, Qt.Key.Key_Down)
    assert shown.current_group() == "failed"


def test_another_recording_in_the_place_of_a_chosen_one_is_not_chosen(qtbot: QtBot, items: ItemsModel) -> None:
    shown = ItemsTable(items, name="Recordings")
    qtbot.addWidget(shown)
    items.set_group("failed", 3, Group("Failed", "3"))
    items.put("failed", 0, [row(1), row(2), row(3)])
    shown.selectRow(1)
    assert [each.id for each in shown.chosen()] == [1]
    items.put("failed", 0, [row(1, state="Failed"), row(2), row(3)])
    assert [each.id for each in shown.chosen()] == [1]
    items.put("failed", 0, [row(2), row(3), row(4)])
    assert shown.chosen() == []
