"""A table view dressed for this window: fixed rows, hover, keyboard, no grid; it holds no model of its own."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyleOptionHeader, QTableView

from ui import theme
from ui.theme import SMALL, font, measures, text_width
from ui.widgets.rows import RowDelegate, ends_of

_ARROW, _MARGIN, _GAP = 12, 8, 4


class _Head(QHeaderView):
    """Where words stand at the right, the arrow of the order stands before them: behind them there is no room."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)

    def initStyleOptionForIndex(self, option: QStyleOptionHeader, logical_index: int) -> None:
        """What is painted below is not painted by the style."""
        super().initStyleOptionForIndex(option, logical_index)
        if self._at_right(logical_index):
            option.sortIndicator = QStyleOptionHeader.SortIndicator.None_

    def paintSection(self, painter: QPainter, rect: QRect, logical_index: int) -> None:
        """One word, and its arrow."""
        super().paintSection(painter, rect, logical_index)
        if (
            self.isSortIndicatorShown()
            and logical_index == self.sortIndicatorSection()
            and self._at_right(logical_index)
        ):
            words = str(self.model().headerData(logical_index, Qt.Orientation.Horizontal))
            up = self.sortIndicatorOrder() is Qt.SortOrder.AscendingOrder
            left = rect.right() - _MARGIN - text_width(words, SMALL) - _GAP - _ARROW
            spot = QRectF(left, rect.center().y() - _ARROW / 2, _ARROW, _ARROW)
            theme.of().draw_icon(painter, "chevron-up" if up else "chevron-down", "text2", spot)

    def _at_right(self, section: int) -> bool:
        align = self.model().headerData(section, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
        return bool(Qt.AlignmentFlag(align or 0) & Qt.AlignmentFlag.AlignRight)


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
        self.setHorizontalHeader(_Head())
        side, head = self.verticalHeader(), self.horizontalHeader()
        side.hide()
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        side.setMinimumSectionSize(20)
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
