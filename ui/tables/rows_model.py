"""A view of a listing as a table: pages of rows read off the UI thread, headings of groups among them; it paints none.

A row that is not here yet answers None for its cell; `data` reads nothing and waits for nothing. The rows of a view and
their order never change; another view takes its place as a whole.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from download_client.engine import Column as CatalogColumn
from download_client.engine import Group as CatalogGroup
from download_client.engine import Layout, Span, View
from download_client.errors import MirError
from ui.session import Session
from ui.widgets import CELL, Cell, Group

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex

PAGE: Final = 64
_KEPT_PAGES: Final = 64
_GROUPS: Final = 64
_ROW: Final = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren


@dataclass(frozen=True, slots=True)
class RowColumn(Generic[R]):
    """One column: `order` is what it is sorted by (None: by nothing), `width` in pixels (0: it takes what is left).

    `cell` makes what is painted of a row; `optional`: it can be hidden; `shown`: it is, until somebody chooses.
    Where there is no room, those with `leaves` above 0 go, the lowest first.
    """

    key: str
    title: str
    cell: Callable[[R], Cell]
    order: CatalogColumn | None = None
    width: int = 0
    right: bool = False
    optional: bool = True
    shown: bool = True
    leaves: int = 0
    tip: str = ""


@dataclass(slots=True)
class _Page(Generic[R]):
    """Rows as they were read, and what was made of them to be painted."""

    rows: Sequence[R]
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)


class RowsModel(QAbstractTableModel, Generic[R]):
    """Lines: headings and rows. `show` puts another view in its place; the one before is answered, to be closed."""

    def __init__(
        self,
        session: Session,
        columns: Sequence[RowColumn[R]],
        heading: Callable[[CatalogGroup], Group],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._session = session
        self._heading = heading
        self._view: View[R] | None = None
        self._layout: Layout | None = None
        self._pages: OrderedDict[int, _Page[R]] = OrderedDict()
        self._groups: dict[int, CatalogGroup] = {}
        self._asked: set[tuple[str, int]] = set()
        self._stale: set[int] = set()
        self._reading = 0

    # --- what is shown

    @property
    def view(self) -> View[R] | None:
        """The view on show."""
        return self._view

    @property
    def layout(self) -> Layout | None:
        """How its groups stand; None: nothing is gathered."""
        return self._layout

    def show(self, view: View[R] | None) -> View[R] | None:
        """Show another view; answers the one before."""
        self.beginResetModel()
        old, self._view = self._view, view
        self._layout = Layout(view.groups) if view is not None and view.groups is not None else None
        self._pages.clear()
        self._groups.clear()
        self._asked.clear()
        self._stale.clear()
        self._reading += 1
        self.endResetModel()
        return old

    def fold(self, layout: Layout) -> None:
        """Fold and unfold groups."""
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        positions = [self.position(index.row()) for index in before]
        heads = [self.group(index.row()) for index in before]
        self._layout = layout
        after = [
            self._index_of(position, head, index.column())
            for position, head, index in zip(positions, heads, before, strict=True)
        ]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _index_of(self, position: int | None, group: int | None, column: int) -> QModelIndex:
        assert self._layout is not None  # noqa: S101 - only what is gathered is folded
        line = self._layout.line_of(position) if position is not None else None
        if line is None and group is not None:
            line = self._layout.header_of(group)
        return self.index(line, column) if line is not None else QModelIndex()

    # --- lines

    def position(self, line: int) -> int | None:
        """The position in the view of the row on a line; None: a heading."""
        if self._layout is None:
            return line
        return self._layout.at(line).position

    def group(self, line: int) -> int | None:
        """The group to which a line belongs; None: nothing is gathered."""
        return None if self._layout is None else self._layout.at(line).group

    def line(self, position: int) -> int | None:
        """The line of a row; None: its group is folded."""
        return position if self._layout is None else self._layout.line_of(position)

    def is_heading(self, line: int) -> bool:
        """Whether a line is the heading of a group."""
        return self.position(line) is None

    def row(self, line: int) -> R | None:
        """The row on a line, if it is here."""
        position = self.position(line)
        if position is None:
            return None
        page = self._pages.get(position // PAGE)
        return page.rows[position % PAGE] if page is not None and position % PAGE < len(page.rows) else None

    def spans(self, first: int, last: int) -> list[Span]:
        """The rows on the lines `first` to `last` (inclusive), as spans of the view."""
        layout = self._layout
        if layout is None:
            return [Span(first, last + 1)]
        assert self._view is not None  # noqa: S101 - lines come from a view
        assert self._view.groups is not None  # noqa: S101
        found: list[Span] = []
        for group in range(layout.at(first).group, layout.at(last).group + 1):
            if group in layout.folded:
                continue
            head, begins = layout.header_of(group), self._view.groups.firsts[group]
            count = self._view.groups.counts[group]
            start = begins + max(0, first - head - 1)
            stop = begins + min(count, last - head)
            if start >= stop:
                continue
            if found and found[-1].stop == start:
                start = found.pop().start
            found.append(Span(start, stop))
        return found

    # --- Qt's questions

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Lines on show."""
        if parent.isValid() or self._view is None:
            return 0
        return self._view.count if self._layout is None else self._layout.lines

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Columns."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The cell for the delegate, its words for everybody else."""
        if role not in (CELL, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) or not index.isValid():
            return None
        value = self._cell(index.row(), index.column())
        if role == CELL or value is None:
            return value
        if isinstance(value, Group):
            return " ".join(part for part in (value.title, value.count, value.note) if part)
        return value.words

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Titles, how they stand, and what a column means."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.tip or None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A heading cannot be selected."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if self.is_heading(index.row()):
            return Qt.ItemFlag.ItemIsEnabled
        return _ROW

    def _cell(self, line: int, column: int) -> Cell | Group | None:
        position = self.position(line)
        if position is not None:
            row = self.row(line)
            if row is None or position // PAGE in self._stale:
                self._want_rows(position // PAGE)
            if row is None:
                return None
            cells, key = self._pages[position // PAGE].cells, (position % PAGE, column)
            cell = cells.get(key)
            if cell is None:
                cell = cells[key] = self.columns[column].cell(row)
            return cell
        number = self.group(line)
        assert number is not None  # noqa: S101 - a heading has one
        found = self._groups.get(number)
        if found is None:
            self._want_groups(number // _GROUPS)
            return Group("", open=self._is_open(number))
        made = self._heading(found)
        return made if self._is_open(number) else _folded(made)

    def _is_open(self, group: int) -> bool:
        return self._layout is None or group not in self._layout.folded

    # --- pages

    def want(self, first: int, last: int) -> None:
        """These lines are on the screen: have them read, and those around them."""
        lines = self.rowCount()
        for line in (first - PAGE // 2, first, last, last + PAGE // 2):
            if 0 <= line < lines:
                position = self.position(line)
                if position is not None:
                    self._want_rows(position // PAGE)

    def _want_rows(self, page: int) -> None:
        view, reading = self._view, self._reading
        if page in self._pages:
            self._pages.move_to_end(page)
            if page not in self._stale:
                return
        if view is None or ("rows", page) in self._asked:
            return
        self._asked.add(("rows", page))

        def then(rows: list[R]) -> None:
            if view is not self._view:
                return
            self._asked.discard(("rows", page))
            self._pages[page] = _Page(rows)
            if reading == self._reading:
                self._stale.discard(page)
            if len(self._pages) > _KEPT_PAGES:
                self._stale.discard(self._pages.popitem(last=False)[0])
            self._tell(page * PAGE, page * PAGE + len(rows) - 1)

        self._ask(("rows", page), lambda: view.rows(page * PAGE, PAGE), then)

    def _want_groups(self, page: int) -> None:
        view = self._view
        groups = view.groups if view is not None else None
        if groups is None or ("groups", page) in self._asked:
            return
        self._asked.add(("groups", page))

        def then(found: list[CatalogGroup]) -> None:
            if view is not self._view or self._layout is None:
                return
            self._asked.discard(("groups", page))
            for group in found:
                self._groups[group.index] = group
            if found:
                first, last = self._layout.header_of(found[0].index), self._layout.header_of(found[-1].index)
                self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))

        self._ask(("groups", page), lambda: groups.page(page * _GROUPS, _GROUPS), then)

    def _ask(self, what: tuple[str, int], work: Callable[[], Any], then: Callable[[Any], None]) -> None:
        view = self._view

        def sorry(error: MirError) -> None:
            if view is self._view:
                self._asked.discard(what)
                self._session.show_error.emit(error)

        self._session.bridge.ask(lambda _: work(), then=then, sorry=sorry, owner=self)

    def _tell(self, first: int, last: int) -> None:
        lines = [line for line in (self.line(first), self.line(last)) if line is not None]
        top, bottom = (lines[0], lines[-1]) if len(lines) == 2 else (0, self.rowCount() - 1)
        if bottom >= 0:
            self.dataChanged.emit(self.index(top, 0), self.index(bottom, len(self.columns) - 1))

    def again(self) -> None:
        """What rows show has changed (a check found something): read them again; until then they show what they did."""
        self._reading += 1
        self._stale = set(self._pages)
        if self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, len(self.columns) - 1))


def _folded(group: Group) -> Group:
    return replace(group, open=False)
