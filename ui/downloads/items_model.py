"""The recordings of one run in groups, as rows of a table: counts at once, pages when they are looked at.

It holds what was looked at lately and knows of the rest only how many there are: a million rows cost nothing, and a row
whose page is not here is a placeholder. It asks nobody: `wanted` names a page, whoever has it calls `put`. A row is a
heading (its group) or one recording.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal

from download_client.engine import RunItem
from ui.widgets import CELL, Cell, Group
from ui.widgets.painting import RIGHT

PAGE = 64
"""Rows of a page."""
_KEPT = 64
"""Pages that are kept."""
_AT_ONCE = 6
"""Pages asked for at a time; of those that were scrolled past before, nobody asks."""
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


@dataclass(frozen=True, slots=True)
class Row:
    """One recording as a row shows it. `id` names it in the ledger, `recording` at the service; `item` is all of it."""

    id: int
    recording: str
    conversation: Cell
    size: Cell
    state: Cell
    tip: str = ""
    item: RunItem | None = None


@dataclass(slots=True)
class _Held:
    """One group: its heading, how many rows, whether they are shown."""

    key: str
    heading: Group
    count: int = 0
    open: bool = True


@dataclass(slots=True)
class _Page:
    rows: Sequence[Row]
    stale: bool = field(default=False)


class ItemsModel(QAbstractTableModel):
    """Columns: an edge, the conversation, its size, its state. Groups stand in the order they were given in."""

    wanted = Signal(str, int)
    """Group and number of a page that is looked at and not here, or not as it is now."""
    EDGE, CONVERSATION, SIZE, STATE = range(4)

    def __init__(self, groups: Sequence[tuple[str, bool]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._groups = [_Held(key, Group(key), open=is_open) for key, is_open in groups]
        self._pages: OrderedDict[tuple[str, int], _Page] = OrderedDict()
        self._asked: dict[tuple[str, int], int] = {}
        """What is on its way, and how many changes were known when it was asked for."""
        self._changes = {key: 0 for key, _ in groups}
        self._looked_at: OrderedDict[tuple[str, int], None] = OrderedDict()
        self._progress: Mapping[str, Cell] = {}
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._ask)

    # --- what is told

    def clear(self) -> None:
        """Another run: nothing is known of it yet. Which groups are open stays."""
        self.beginResetModel()
        for held in self._groups:
            held.count = 0
        self._forget()
        self.endResetModel()

    def set_group(self, key: str, count: int, heading: Group) -> None:
        """How many a group has now, and what its heading says; its `open` is ours."""
        number = self._number(key)
        held = self._groups[number]
        was = self._rows_of(held)
        held.heading = heading
        grown = _Held(key, heading, count, held.open)
        now = self._rows_of(grown)
        start = self._start(number)
        if now > was:
            self.beginInsertRows(_ROOT, start + was, start + now - 1)
            held.count = count
            self.endInsertRows()
        elif now < was:
            self.beginRemoveRows(_ROOT, start + now, start + was - 1)
            held.count = count
            self.endRemoveRows()
        else:
            held.count = count
        if now:
            self.dataChanged.emit(self.index(start, 0), self.index(start, self.STATE))

    def set_stale(self, *keys: str) -> None:
        """What is held of these groups (none named: of all) may have changed: asked for again when it is looked at."""
        for key in keys or tuple(self._changes):
            self._changes[key] += 1
        for (key, _), page in self._pages.items():
            if not keys or key in keys:
                page.stale = True
        start = 0
        for held in self._groups:
            rows = self._rows_of(held)
            if rows > 1 and (not keys or held.key in keys):
                self.dataChanged.emit(self.index(start + 1, 0), self.index(start + rows - 1, self.STATE), [CELL])
            start += rows

    def put(self, key: str, page: int, rows: Sequence[Row]) -> None:
        """A page that was wanted, in the order of the group."""
        # What was read before the last change may be older than it: shown, and asked for once more.
        asked = self._asked.pop((key, page), self._changes[key])
        self._pages[key, page] = _Page(tuple(rows), stale=asked != self._changes[key])
        self._pages.move_to_end((key, page))
        while len(self._pages) > _KEPT:
            self._pages.popitem(last=False)
        number = self._number(key)
        held = self._groups[number]
        first = page * PAGE
        last = min(first + PAGE, held.count) - 1
        if held.open and held.count and last >= first:
            start = self._start(number) + 1
            self.dataChanged.emit(self.index(start + first, 0), self.index(start + last, self.STATE))

    def refuse(self, key: str, page: int) -> None:
        """A page that was wanted does not come; it is wanted again when it is looked at again."""
        self._asked.pop((key, page), None)

    def set_progress(self, key: str, cells: Mapping[str, Cell]) -> None:
        """What the state of recordings of one group is at this moment, by the recording's id at the service."""
        self._progress = cells
        number = self._number(key)
        rows = self._rows_of(self._groups[number])
        if rows > 1:
            start = self._start(number)
            self.dataChanged.emit(self.index(start + 1, self.STATE), self.index(start + rows - 1, self.STATE), [CELL])

    # --- what is asked

    def toggle(self, key: str) -> None:
        """Open or fold a group."""
        number = self._number(key)
        held = self._groups[number]
        start = self._start(number)
        if held.count and held.open:
            self.beginRemoveRows(_ROOT, start + 1, start + held.count)
            held.open = False
            self.endRemoveRows()
        elif held.count:
            self.beginInsertRows(_ROOT, start + 1, start + held.count)
            held.open = True
            self.endInsertRows()
        else:
            held.open = not held.open
        if held.count:
            self.dataChanged.emit(self.index(start, 0), self.index(start, self.STATE))

    def is_open(self, key: str) -> bool:
        """Whether the rows of a group are shown."""
        return self._groups[self._number(key)].open

    def headings(self) -> list[int]:
        """The rows that are headings."""
        found, start = [], 0
        for held in self._groups:
            rows = self._rows_of(held)
            if rows:
                found.append(start)
            start += rows
        return found

    def group_at(self, row: int) -> tuple[str, int]:
        """The group of a row, and its place in it; -1: the heading itself. Raises `IndexError`."""
        for held in self._groups:
            rows = self._rows_of(held)
            if row < rows:
                return held.key, row - 1
            row -= rows
        raise IndexError(row)

    def row_at(self, row: int) -> Row | None:
        """The recording of a row; None for a heading, and where its page is not here."""
        key, place = self.group_at(row)
        if place < 0:
            return None
        page = self._pages.get((key, place // PAGE))
        inside = place % PAGE
        return page.rows[inside] if page is not None and inside < len(page.rows) else None

    def here(self, key: str, start: int, count: int) -> Iterator[tuple[int, Row]]:
        """Of a stretch of a group what is here: numbers of rows, and the recordings."""
        number = self._number(key)
        if not self._groups[number].open:
            return
        first = self._start(number) + 1
        for (group, page), held in sorted(self._pages.items(), key=lambda each: each[0]):
            if group == key:
                for inside, row in enumerate(held.rows):
                    place = page * PAGE + inside
                    if start <= place < start + count:
                        yield first + place, row

    def stretches(self, first: int, last: int) -> list[tuple[str, int, int]]:
        """The rows from `first` to `last` without headings, by group: where in it they begin, and how many."""
        found, start = [], 0
        for held in self._groups:
            rows = self._rows_of(held)
            low, high = max(first, start + 1), min(last, start + rows - 1)
            if low <= high:
                found.append((held.key, low - start - 1, high - low + 1))
            start += rows
        return found

    def count(self, key: str) -> int:
        """How many recordings a group has."""
        return self._groups[self._number(key)].count

    # --- Qt's

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Headings and, of open groups, recordings."""
        return 0 if parent.isValid() else sum(self._rows_of(held) for held in self._groups)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Four."""
        return 0 if parent.isValid() else 4

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """`CELL`: what is painted; text for screen readers; tooltips in plain words."""
        if role not in _ROLES or not index.isValid():
            return None
        key, place = self.group_at(index.row())
        held = self._groups[self._number(key)]
        if place < 0:
            return self._of_heading(held, role)
        row = self._look(key, place)
        if row is None:
            return None
        cell = self._cell(row, index.column())
        if role == CELL:
            return cell
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.tip or None
        return cell.words if cell is not None else ""

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words over the columns."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and section == self.SIZE:
            return int(RIGHT | Qt.AlignmentFlag.AlignVCenter)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return ("", self.tr("Conversation"), self.tr("Size"), self.tr("State"))[section]

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings can be gone to, but not chosen."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return _OF_HEADING if self.group_at(index.row())[1] < 0 else _OF_ROW

    # --- behind

    def _of_heading(self, held: _Held, role: int) -> Any:
        heading = held.heading
        if role == CELL:
            return heading if heading.open == held.open else _opened(heading, is_open=held.open)
        if role == Qt.ItemDataRole.ToolTipRole:
            return None
        return " ".join(part for part in (heading.title, heading.count, heading.note) if part)

    def _cell(self, row: Row, column: int) -> Cell | None:
        if column == self.STATE:
            return self._progress.get(row.recording, row.state)
        return (Cell(), row.conversation, row.size)[column]

    def _look(self, key: str, place: int) -> Row | None:
        number, inside = divmod(place, PAGE)
        page = self._pages.get((key, number))
        if page is None or page.stale:
            self._looked_at[key, number] = None
            self._looked_at.move_to_end((key, number))
            if not self._soon.isActive():
                self._soon.start()
        else:
            self._pages.move_to_end((key, number))
        return page.rows[inside] if page is not None and inside < len(page.rows) else None

    def _ask(self) -> None:
        """For what was looked at last; what is on its way already is not asked for twice."""
        looked_at, self._looked_at = list(self._looked_at), OrderedDict()
        for key, number in looked_at[-_AT_ONCE:]:
            if (key, number) not in self._asked and number * PAGE < self.count(key):
                self._asked[key, number] = self._changes[key]
                self.wanted.emit(key, number)

    def _forget(self) -> None:
        self._pages.clear()
        self._asked.clear()
        self._looked_at.clear()
        self._progress = {}

    def _number(self, key: str) -> int:
        return next(number for number, held in enumerate(self._groups) if held.key == key)

    def _start(self, number: int) -> int:
        return sum(self._rows_of(held) for held in self._groups[:number])

    @staticmethod
    def _rows_of(held: _Held) -> int:
        return 0 if not held.count else 1 + (held.count if held.open else 0)


# Put together once: flags are asked for several times per cell that is painted.
_OF_HEADING = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
_OF_ROW = _OF_HEADING | Qt.ItemFlag.ItemIsSelectable
_ROLES = frozenset(
    {
        CELL,
        int(Qt.ItemDataRole.DisplayRole),
        int(Qt.ItemDataRole.ToolTipRole),
        int(Qt.ItemDataRole.AccessibleTextRole),
    }
)


def _opened(heading: Group, *, is_open: bool) -> Group:
    return Group(
        heading.title, heading.count, heading.note, heading.icon, heading.tone, open=is_open, action=heading.action
    )
