"""The table of a listing: sorts by its heads, folds groups, finds by typing, remembers columns; it reads nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from PySide6.QtCore import QItemSelection, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QMenu, QWidget

from download_client.engine import Order, Span
from download_client.errors import MirError
from ui.session import Session
from ui.tables.rows_model import Index, RowsModel
from ui.widgets import Table

_TYPING_MS: Final = 900
"""So long after the last letter typing begins anew."""
_COPIED: Final = 10_000
_LEAST: Final = 140
"""The least width of a column that takes what is left."""
_NARROWEST: Final = 24
_WIDEST: Final = 2000


class RowsView(Table):
    """Signals: `order_wanted` (a head was clicked), `opened` (Enter, double click), `chosen` (selection or row)."""

    order_wanted = Signal(object)
    opened = Signal()
    chosen = Signal()

    def __init__(self, session: Session, model: RowsModel[Any], *, memory: str, row: int, name: str) -> None:
        super().__init__(row=row, name=name)
        self._session = session
        self._rows = model
        self._memory = memory
        self._order = Order()
        self._still = False
        self._sharing = False
        self._awaited = False
        self._typed = ""
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._typing.timeout.connect(self._forget_typing)
        self._settle = QTimer(self, singleShot=True, interval=0)
        self._settle.timeout.connect(self._settled)
        self.setModel(model)
        self.menu = QMenu(self)
        self._make_menu()
        head = self.horizontalHeader()
        head.setSectionsMovable(True)
        head.setSectionsClickable(True)
        head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        head.customContextMenuRequested.connect(self._offer_columns)
        head.sectionClicked.connect(self._sort)
        head.sectionMoved.connect(self._remember)
        head.sectionResized.connect(self._resized)
        model.modelReset.connect(self._settle.start)
        model.layoutChanged.connect(self._settle.start)
        self.chosen.connect(self._await_current)
        model.dataChanged.connect(self._arrived)
        model.modelReset.connect(self.chosen)
        self.verticalScrollBar().valueChanged.connect(self._settle.start)
        self.selectionModel().selectionChanged.connect(lambda *_: self.chosen.emit())
        self.selectionModel().currentRowChanged.connect(lambda *_: self.chosen.emit())
        self._restore()

    # --- selection

    def spans(self) -> list[Span]:
        """The rows that are selected, as spans of the view, ascending."""
        found: list[Span] = []
        chosen = self.selectionModel().selection()
        ranges = [chosen.at(number) for number in range(chosen.count())]
        for top, bottom in sorted({(each.top(), each.bottom()) for each in ranges}):
            for span in self._rows.spans(top, bottom):
                if found and found[-1].stop >= span.start:
                    found[-1] = Span(found[-1].start, max(found[-1].stop, span.stop))
                else:
                    found.append(span)
        return found

    def current_row(self) -> Any:
        """The row on which the keyboard is, if it is here and not a heading."""
        index = self.currentIndex()
        return self._rows.row(index.row()) if index.isValid() else None

    def _await_current(self) -> None:
        """The row on which the keyboard is may not be read yet: it is told of again as soon as it is here."""
        index = self.currentIndex()
        self._awaited = index.isValid() and self.current_row() is None and not self._rows.is_heading(index.row())
        if self._awaited:
            self._rows.want(index.row(), index.row())

    def _arrived(self) -> None:
        if self._awaited and self.current_row() is not None:
            self.chosen.emit()

    def go_to(self, position: int) -> None:
        """Put the keyboard on a row of the view without selecting or scrolling, if its group is not folded."""
        line = self._rows.line(position)
        if line is not None:
            self._still = True
            self.selectionModel().setCurrentIndex(
                self._rows.index(line, 0), self.selectionModel().SelectionFlag.NoUpdate
            )
            self._still = False

    def select_positions(self, positions: list[int], *, current: int | None = None) -> None:
        """Select these rows of the view without scrolling; those in folded groups are left out.

        `current` is the position on which the keyboard is; None: on the first of them.
        """
        chosen = QItemSelection()
        last = self._rows.columnCount() - 1
        shown = {line: position for position in positions if (line := self._rows.line(position)) is not None}
        lines = sorted(shown)
        for first, final in _runs(lines):
            chosen.select(self._rows.index(first, 0), self._rows.index(final, last))
        if current is not None and self._rows.line(current) is not None:
            self.go_to(current)
        elif lines:
            self.go_to(shown[lines[0]])
        self.selectionModel().select(chosen, self.selectionModel().SelectionFlag.ClearAndSelect)

    # --- order

    def show_order(self, order: Order) -> None:
        """Mark the column that rows are ordered by."""
        self._order = order
        head = self.horizontalHeader()
        for number, column in enumerate(self._rows.columns):
            if column.order == order.column:
                down = Qt.SortOrder.DescendingOrder if order.descending else Qt.SortOrder.AscendingOrder
                head.setSortIndicator(number, down)
                head.setSortIndicatorShown(True)
                return
        head.setSortIndicatorShown(False)

    def _sort(self, section: int) -> None:
        column = self._rows.columns[section].order
        if column is not None:
            same = column == self._order.column
            self.order_wanted.emit(Order(column, descending=not self._order.descending if same else False))

    # --- groups

    def toggle(self, line: int) -> None:
        """Fold or unfold the group of a line."""
        layout, group = self._rows.layout, self._rows.group(line)
        if layout is not None and group is not None:
            self._rows.fold(layout.toggled(group))
            self.setCurrentIndex(self._rows.index(layout.toggled(group).header_of(group), 0))

    def _settled(self) -> None:
        """Headings go over the whole width, those on the screen only; rows on the screen are wanted."""
        lines = self._rows.rowCount()
        if not lines:
            return
        first = max(0, self.rowAt(0))
        last = self.rowAt(self.viewport().height() - 1)
        last = lines - 1 if last < 0 else last
        self.clearSpans()
        if self._rows.layout is not None:
            for line in range(first, last + 1):
                if self._rows.is_heading(line):
                    self.setSpan(line, 0, 1, self._rows.columnCount())
        self._rows.want(first, last)

    # --- keys and pointer

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right fold, Enter opens, letters find."""
        line = self.currentIndex().row()
        key, layout = event.key(), self._rows.layout
        group = self._rows.group(line) if line >= 0 else None
        if layout is not None and group is not None and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            if (group in layout.folded) == (key == Qt.Key.Key_Right):
                self.toggle(line)
        elif (
            layout is not None
            and line >= 0
            and self._rows.is_heading(line)
            and key
            in (
                Qt.Key.Key_Return,
                Qt.Key.Key_Enter,
                Qt.Key.Key_Space,
            )
        ):
            self.toggle(line)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """Put the selected rows on the clipboard, the cells of a row between tabs; at most the first 10,000."""
        view, spans = self._rows.view, self.spans()
        if view is None or not spans:
            return
        columns = [
            self._rows.columns[number]
            for number in range(len(self._rows.columns))
            if not self.isColumnHidden(number) and self._rows.columns[number].title
        ]

        def work() -> str:
            lines: list[str] = []
            for span in spans:
                rows = view.rows(span.start, min(span.stop - span.start, _COPIED - len(lines)))
                lines.extend("\t".join(column.cell(row).words for column in columns) for row in rows)
            return "\n".join(lines)

        self._session.bridge.ask(
            lambda _: work(), then=QGuiApplication.clipboard().setText, sorry=self._session.show_error.emit, owner=self
        )

    def keyboardSearch(self, search: str) -> None:
        """Go to the next row whose party begins with what is typed; the view is asked off the UI thread."""
        view = self._rows.view
        if view is None or (not search.strip() and not self._typed):
            return
        self._typing.start()
        again = self._typed == search
        self._typed = search if again else self._typed + search
        start = self._rows.position(max(0, self.currentIndex().row())) or 0
        wanted, begin = self._typed, start + 1 if len(self._typed) == 1 else start

        def then(position: int | None) -> None:
            if view is self._rows.view and position is not None:
                line = self._rows.line(position)
                if line is not None:
                    self.setCurrentIndex(self._rows.index(line, 0))

        def sorry(error: MirError) -> None:
            if view is self._rows.view:
                self._session.show_error.emit(error)

        self._session.bridge.ask(lambda _: view.find(wanted, begin), then=then, sorry=sorry, owner=self)

    def _forget_typing(self) -> None:
        self._typed = ""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a heading folds it."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and self._rows.is_heading(index.row()) and event.button() == Qt.MouseButton.LeftButton:
            self.toggle(index.row())
            return
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click opens the row."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and not self._rows.is_heading(index.row()):
            self.opened.emit()
        elif index.isValid():
            self.toggle(index.row())

    def currentChanged(self, current: Index, previous: Index) -> None:
        """The row that one goes to comes into view; the ring is around whole rows, of which Qt repaints one cell."""
        super().currentChanged(current, previous)
        for index in (previous, current):
            if index.isValid():
                spot = self.visualRect(index)
                self.viewport().update(QRect(0, spot.top(), self.viewport().width(), spot.height()))
        if not self._still:
            self.scrollTo(current, QAbstractItemView.ScrollHint.EnsureVisible)

    # --- columns

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns without a width share what is left."""
        super().resizeEvent(event)
        self.share()
        self._settle.start()

    def share(self) -> None:
        """Show the columns there is room for, and give them their widths."""
        columns, room, kept = self._rows.columns, self.viewport().width(), self._widths()
        hidden = self._hidden()
        shown = [i for i, column in enumerate(columns) if not (column.optional and column.key in hidden)]
        widths = {i: kept.get(columns[i].key, columns[i].width) for i in shown}
        for i in sorted((i for i in shown if columns[i].leaves), key=lambda i: columns[i].leaves):
            if sum(width or _LEAST for width in widths.values()) <= room:
                break
            del widths[i]
        growing = sum(not width for width in widths.values())
        left = max(0, room - sum(widths.values()))
        self._sharing = True
        for i in range(len(columns)):
            self.setColumnHidden(i, i not in widths)
        for i, width in widths.items():
            self.setColumnWidth(i, width or max(_LEAST, left // max(1, growing)))
        self._sharing = False

    def _resized(self, section: int, _: int, width: int) -> None:
        """Somebody dragged the edge of a head: that width is kept."""
        dragged = bool(QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton)
        if dragged and not self._sharing and 0 <= section < len(self._rows.columns) and width > 0:
            self._session.memory.put(
                f"{self._memory}.widths", {**self._widths(), self._rows.columns[section].key: width}
            )

    def _widths(self) -> dict[str, int]:
        kept = self._session.memory.get(f"{self._memory}.widths")
        if not isinstance(kept, dict):
            return {}
        return {key: each for key, each in kept.items() if isinstance(each, int) and _NARROWEST <= each <= _WIDEST}

    def _make_menu(self) -> None:
        for number, column in enumerate(self._rows.columns):
            if not column.optional:
                continue
            action = QAction(column.title, self.menu)
            action.setCheckable(True)
            action.setChecked(column.key not in self._hidden())
            action.setData(number)
            self.menu.addAction(action)
        self.menu.triggered.connect(self._choose)

    def _choose(self, _: QAction) -> None:
        hidden = [str(self._rows.columns[int(each.data())].key) for each in self.menu.actions() if not each.isChecked()]
        self._session.memory.put(f"{self._memory}.hidden", hidden)
        self.share()

    def _offer_columns(self, at: QPoint) -> None:
        self.menu.popup(self.horizontalHeader().mapToGlobal(at))

    def offer_columns(self, below: QWidget) -> None:
        """Open the menu of columns below a button."""
        self.menu.popup(below.mapToGlobal(below.rect().bottomLeft()))

    def _hidden(self) -> list[str]:
        kept = self._session.memory.get(f"{self._memory}.hidden")
        if not isinstance(kept, list):
            return [column.key for column in self._rows.columns if not column.shown]
        return [each for each in kept if isinstance(each, str)]

    def _restore(self) -> None:
        self.share()
        order = self._session.memory.get(f"{self._memory}.order")
        keys = [column.key for column in self._rows.columns]
        if isinstance(order, list) and sorted(map(str, order)) == sorted(keys):
            head = self.horizontalHeader()
            for place, key in enumerate(order):
                head.moveSection(head.visualIndex(keys.index(key)), place)

    def _remember(self) -> None:
        head = self.horizontalHeader()
        order = [self._rows.columns[head.logicalIndex(place)].key for place in range(head.count())]
        self._session.memory.put(f"{self._memory}.order", order)


def _runs(lines: list[int]) -> Iterator[tuple[int, int]]:
    """Ascending numbers as runs of neighbours, first and last of each."""
    start = previous = None
    for each in lines:
        if start is None or previous is None or each != previous + 1:
            if start is not None and previous is not None:
                yield start, previous
            start = each
        previous = each
    if start is not None and previous is not None:
        yield start, previous
