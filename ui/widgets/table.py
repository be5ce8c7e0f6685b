"""A table view dressed for this window: fixed rows, hover, keyboard, no grid; it holds no model of its own."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, Qt
from PySide6.QtGui import QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from ui.theme import SMALL, font, measures
from ui.widgets.rows import RowDelegate, ends_of


class Table(QTableView):
    """Whole rows are selected, with Ctrl and Shift; Tab leaves it; rows are `row` pixels high, all of them."""

    def __init__(self, *, row: int = measures.ROW, name: str = "") -> None:
        super().__init__()
        self.rows = RowDelegate(self, compact=row <= measures.ROW_COMPACT)
        self.setItemDelegate(self.rows)
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setCornerButtonEnabled(False)
        side, head = self.verticalHeader(), self.horizontalHeader()
        side.hide()
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        side.setMinimumSectionSize(20)
        head.setHighlightSections(False)
        head.setMinimumSectionSize(24)
        head.setFixedHeight(measures.ROW_HEAD)
        head.setFont(font(SMALL))
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.set_row_height(row)

    def set_row_height(self, row: int) -> None:
        """Another height of all rows: `measures.ROW`, `ROW_COMPACT` (one line) or `ROW_LIBRARY`."""
        self.rows.compact = row <= measures.ROW_COMPACT
        self.verticalHeader().setDefaultSectionSize(row)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """What is the same for all cells is looked up once."""
        self.rows.ends = ends_of(self)
        super().paintEvent(event)
        self.rows.ends = None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The row under the pointer."""
        super().mouseMoveEvent(event)
        self._hover(self.indexAt(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        """No row any more."""
        super().leaveEvent(event)
        self._hover(QModelIndex())

    def _hover(self, index: QModelIndex) -> None:
        row = index.row() if index.isValid() else -1
        if row != self.rows.hovered_row:
            self.rows.hovered_row = row
            self.viewport().update()
