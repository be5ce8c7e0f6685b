"""The table of a run's recordings: groups that fold, an action in a heading, rows that are chosen and acted upon."""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHeaderView

from ui.downloads.items_model import ItemsModel, Row
from ui.theme import measures, text_width
from ui.widgets import CELL, Group, Table

_EDGE, _SIZE, _STATE, _STATE_NARROW = 12, 92, 398, 300
_NARROW = 760
"""Pixels: a table narrower than this gives the state less room."""


class ItemsTable(Table):
    """Space, Enter, Left, Right and a click fold a heading; Enter or a double click on a recording opens it."""

    acted = Signal(str)
    """The action in the heading of this group was chosen."""
    opened = Signal(object)
    """A `Row` was double-clicked, or Enter was pressed on it."""
    chosen_changed = Signal()

    def __init__(self, model: ItemsModel, *, name: str) -> None:
        super().__init__(name=name)
        self._items = model
        self._spanned: set[int] = set()
        self._kept: dict[int, int] = {}
        self.setModel(model)
        head = self.horizontalHeader()
        for column, width in ((model.EDGE, _EDGE), (model.SIZE, _SIZE), (model.STATE, _STATE)):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            head.resizeSection(column, width)
        head.setSectionResizeMode(model.CONVERSATION, QHeaderView.ResizeMode.Stretch)
        for signal in (model.modelReset, model.rowsInserted, model.rowsRemoved):
            signal.connect(self._span)
        model.dataChanged.connect(self._hold_choice)
        self.selectionModel().selectionChanged.connect(self._chosen)
        self._span()

    # --- what is chosen

    def stretches(self) -> list[tuple[str, int, int]]:
        """What is chosen, by group: where in it a stretch begins, and how many. Few values, also for a million rows."""
        found: list[tuple[str, int, int]] = []
        selection = self.selectionModel().selection()
        for each in map(selection.at, range(selection.count())):
            found += self._items.stretches(each.top(), each.bottom())
        return found

    def chosen(self) -> list[Row]:
        """The recordings that are chosen and here."""
        return [row for stretch in self.stretches() for _, row in self._items.here(*stretch)]

    def selectAll(self) -> None:
        """All of the group one is in; headings are never chosen."""
        key = self.current_group()
        first = next((row for row in self._items.headings() if self._items.group_at(row)[0] == key), -1)
        if first < 0 or not self._items.is_open(key):
            return
        selection = self.selectionModel()
        last = self._items.index(first + self._items.count(key), ItemsModel.STATE)
        stretch = QItemSelection(self._items.index(first + 1, 0), last)
        selection.select(stretch, selection.SelectionFlag.ClearAndSelect)

    def current_group(self) -> str:
        """The group of the current row; empty: there is none."""
        index = self.currentIndex()
        return self._items.group_at(index.row())[0] if index.isValid() else ""

    def _chosen(self) -> None:
        self._kept = {number: row.id for each in self.stretches() for number, row in self._items.here(*each)}
        self.chosen_changed.emit()

    def _hold_choice(self, first: QModelIndex, last: QModelIndex) -> None:
        """Another recording has come to stand where a chosen one stood: it was not chosen, so it is not."""
        strangers = []
        for number, item_id in self._kept.items():
            if first.row() <= number <= last.row() and number < self._items.rowCount():
                row = self._items.row_at(number)
                if row is not None and row.id != item_id:
                    strangers.append(number)
        selection = self.selectionModel()
        for number in strangers:
            del self._kept[number]
            selection.select(
                self._items.index(number, 0), selection.SelectionFlag.Deselect | selection.SelectionFlag.Rows
            )

    # --- headings

    def _span(self) -> None:
        """Headings go over the whole width, and are lower than rows."""
        now = set(self._items.headings())
        if now != self._spanned:
            side = self.verticalHeader()
            self.clearSpans()
            for row in self._spanned - now:
                if row < self._items.rowCount():
                    side.resizeSection(row, side.defaultSectionSize())
            for row in now:
                self.setSpan(row, 0, 1, self._items.columnCount())
                side.resizeSection(row, measures.ROW_GROUP)
            self._spanned = now
        self._chosen()

    def _heading(self, index: QModelIndex) -> str:
        """The group whose heading this is; empty: it is none."""
        if not index.isValid():
            return ""
        key, place = self._items.group_at(index.row())
        return key if place < 0 else ""

    def _over_action(self, index: QModelIndex, at: QPoint) -> bool:
        group = index.data(CELL)
        if not isinstance(group, Group) or not group.action:
            return False
        right = self.visualRect(index).right() - 16
        return right - text_width(group.action) - 8 <= at.x() <= right + 4

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A heading folds its group, its action acts; everything else is as in any table."""
        at = event.position().toPoint()
        index = self.indexAt(at)
        key = self._heading(index)
        if not key or event.button() is not Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.selectionModel().setCurrentIndex(index, self.selectionModel().SelectionFlag.NoUpdate)
        if self._over_action(index, at):
            self.acted.emit(key)
        else:
            self._items.toggle(key)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A hand over an action."""
        super().mouseMoveEvent(event)
        at = event.position().toPoint()
        over = self._over_action(self.indexAt(at), at)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Opens a recording; on a heading it is a second click."""
        index = self.indexAt(event.position().toPoint())
        if self._heading(index):
            self.mousePressEvent(event)
            return
        super().mouseDoubleClickEvent(event)
        self._open(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Folding and opening by keyboard."""
        index, key = self.currentIndex(), event.key()
        group = self._heading(index)
        if group and key in {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._items.toggle(group)
            return
        if group and key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            if self._items.is_open(group) is (key == Qt.Key.Key_Left):
                self._items.toggle(group)
            return
        if index.isValid() and key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open(index)
            return
        super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        row = self._items.row_at(index.row()) if index.isValid() else None
        if row is not None:
            self.opened.emit(row)

    def fit(self, width: int) -> None:
        """Give the state as much room as this width leaves."""
        state = _STATE if width >= _NARROW else _STATE_NARROW
        self.horizontalHeader().resizeSection(ItemsModel.STATE, min(state, max(180, width // 2)))
