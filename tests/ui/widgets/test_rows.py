from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from tests.ui.conftest import SECONDS
from ui.theme import Appearance, Theme, measures, text_width
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

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | Qt.AlignmentFlag | None:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return "Duration" if role == Qt.ItemDataRole.DisplayRole else None


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


def test_the_arrow_of_the_order_stands_before_words_at_the_right(table: Table) -> None:
    head = table.horizontalHeader()
    words_at = head.sectionSize(1) - 8 - text_width("Duration", measures.SMALL)

    def seen() -> tuple[QImage, QImage]:
        whole = table.grab(QRect(head.sectionPosition(1), 0, head.sectionSize(1), head.height())).toImage()
        return whole.copy(0, 0, words_at, whole.height()), whole.copy(words_at, 0, whole.width(), whole.height())

    before, words = seen()
    pictures = []
    for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
        head.setSortIndicatorShown(True)
        head.setSortIndicator(1, order)
        arrow, now = seen()
        assert now == words, "nothing is painted over them"
        pictures.append(arrow)
    assert before not in pictures
    assert pictures[0] != pictures[1]


def test_a_cell_tells_itself_in_words() -> None:
    assert Cell("Dana", "+44 20").words == "Dana, +44 20"
    assert Cell(icon="clock").words == ""
