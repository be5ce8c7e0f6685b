from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from tests.ui.conftest import SECONDS
from ui.theme import Appearance, Theme, measures
from ui.widgets import CELL, Cell, Group, Table

Index = QModelIndex | QPersistentModelIndex
ROWS: list[Any] = [
    Group("Today", "3", "412 MB", icon="library", action="Export"),
    [Cell("Dana <b>", "+44 20", icon="arrow-down-left"), Cell(icon="circle-check"), Cell("Downloading", percent=40)],
    [Cell("x" * 400, "y" * 400, bold=True), Cell("mono", mono=True), Cell("Failed", tone="danger")],
    None,
]


class Model(QAbstractTableModel):
    """A few rows of every kind."""

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(ROWS)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else 3

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != CELL:
            return None
        value = ROWS[index.row()]
        return value[index.column()] if isinstance(value, list) else value


@pytest.fixture
def table(qtbot: QtBot) -> Table:
    made = Table(name="Conversations")
    made.setModel(Model(made))
    made.setSpan(0, 0, 1, 3)
    made.resize(600, 300)
    qtbot.addWidget(made)
    made.show()
    return made


def picture(table: Table) -> QImage:
    return table.grab().toImage()


def test_every_kind_of_row_is_painted_in_both_schemes_and_heights(table: Table, theme: Theme) -> None:
    seen = [picture(table)]
    table.set_row_height(measures.ROW_COMPACT)
    seen.append(picture(table))
    theme.set_appearance(Appearance.DARK)
    seen.append(picture(table))
    assert len({bytes(image.constBits()) for image in seen}) == 3


def test_selected_and_hovered_rows_are_seen(table: Table, qtbot: QtBot) -> None:
    plain = picture(table)
    table.selectRow(1)
    selected = picture(table)
    assert selected != plain
    table.clearSelection()
    table.setCurrentIndex(QModelIndex())
    qtbot.mouseMove(table.viewport(), table.visualRect(table.model().index(2, 0)).center())
    qtbot.waitUntil(lambda: table.rows.hovered_row == 2, timeout=SECONDS)
    assert picture(table) not in (plain, selected)


def test_rows_keep_their_height(table: Table) -> None:
    assert [table.rowHeight(row) for row in range(4)] == [measures.ROW] * 4
    table.set_row_height(measures.ROW_LIBRARY)
    assert [table.rowHeight(row) for row in range(4)] == [measures.ROW_LIBRARY] * 4


def test_a_cell_tells_itself_in_words() -> None:
    assert Cell("Dana", "+44 20").words == "Dana, +44 20"
    assert Cell(icon="clock").words == ""
