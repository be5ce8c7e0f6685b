"""The rows of the list of marks: marks with notes and the pauses of recordings, in the order of time; a pure model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from download_client.engine import Mark
from ui.session import Session
from ui.widgets import CELL, Cell, plain_tip
from ui.words import times

Index = QModelIndex | QPersistentModelIndex
KIND, AT, CONVERSATION, WORDS, BY = range(5)
"""The columns."""


@dataclass(frozen=True, slots=True)
class MarkRow:
    """One row. `key` stays the same as long as it is the same mark; `mark` None: a pause of the recording (F16).

    `lane` is the key of the lane it lies in, `seconds` where in that lane's voice; `length` 0: a point.
    """

    key: str
    lane: str
    seconds: float
    at: datetime
    length: float
    title: str
    by: str
    mark: Mark | None = None


class MarksModel(QAbstractTableModel):
    """Shows `rows` in the session's zone. `find` narrows them to what holds these words."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._all: tuple[MarkRow, ...] = ()
        self._shown: tuple[MarkRow, ...] = ()
        self._words = ""
        self._heads = ("", self.tr("At"), self.tr("Conversation"), self.tr("Mark"), self.tr("By"))

    @property
    def rows(self) -> tuple[MarkRow, ...]:
        """Those on show."""
        return self._shown

    @property
    def count(self) -> int:
        """How many there are, shown or not."""
        return len(self._all)

    def show(self, rows: Sequence[MarkRow]) -> None:
        """Other rows, in any order."""
        self._all = tuple(sorted(rows, key=lambda row: (row.at, row.key)))
        self._narrow()

    def find(self, words: str) -> None:
        """Only those whose words, conversation or author hold all of these words."""
        self._words = words
        self._narrow()

    def _narrow(self) -> None:
        wanted = self._words.casefold().split()
        shown = tuple(row for row in self._all if all(word in self._told(row) for word in wanted))
        if shown != self._shown:
            self.beginResetModel()
            self._shown = shown
            self.endResetModel()

    def _told(self, row: MarkRow) -> str:
        return f"{self.words(row)} {row.title} {row.by}".casefold()

    def words(self, row: MarkRow) -> str:
        """What a row says."""
        length = times.duration(row.length)
        if row.mark is None:
            return self.tr("Recording was paused for {length}").format(length=length)
        if row.length:
            return self.tr("Selection, {length}: {note}").format(length=length, note=row.mark.note)
        return row.mark.note

    # --- Qt's questions

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt declares it
        """How many are on show."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt declares it
        """Kind, at, conversation, mark, by."""
        return 0 if parent.isValid() else len(self._heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The heads of the columns."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A `Cell`, and its words for screen readers and tooltips."""
        if not index.isValid() or index.row() >= len(self._shown):
            return None
        if role not in (CELL, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        cell = self._cell(self._shown[index.row()], index.column())
        if role == CELL:
            return cell
        return plain_tip(cell.words) if role == Qt.ItemDataRole.ToolTipRole else cell.words

    def _cell(self, row: MarkRow, column: int) -> Cell:
        if column == KIND:
            if row.mark is None:
                return Cell(icon="pause", spoken=self.tr("Pause of the recording"))
            return Cell(icon="bookmark", spoken=self.tr("Mark"))
        if column == AT:
            return Cell(times.clock(row.at, self._session.zone))
        if column == CONVERSATION:
            return Cell(row.title)
        if column == WORDS:
            return Cell(self.words(row), tone="text" if row.mark is not None else "text2")
        return Cell(row.by, tone="text2")
