"""The nights of a schedule as a table, the newest first: a pure model and its view; it asks nobody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QWidget

from ui.schedules import said
from ui.schedules.days import Day
from ui.session import Session
from ui.theme import measures
from ui.widgets import CELL, Cell, Table, plain_tip
from ui.widgets.painting import RIGHT
from ui.words import numbers, times

ICON, NIGHT, OUTCOME, ARCHIVED, TOOK = range(5)
_PEEK = 8
"""Of the row below: it can be scrolled."""
_WIDTHS = {ICON: 38, NIGHT: 124, ARCHIVED: 150, TOOK: 92}
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class HistoryModel(QAbstractTableModel):
    """One row a day that was."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.days: tuple[Day, ...] = ()

    def show_days(self, days: Sequence[Day]) -> None:
        """What there is now, the newest first."""
        if tuple(days) == self.days:
            return
        self.beginResetModel()
        self.days = tuple(days)
        self.endResetModel()

    def row_of(self, day: date) -> int:
        """Where a day stands; -1: nowhere."""
        return next((row for row, each in enumerate(self.days) if each.day == day), -1)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """How many days."""
        return 0 if parent.isValid() else len(self.days)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Icon, night, outcome, archived, how long."""
        return 0 if parent.isValid() else len(range(ICON, TOOK + 1))

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Their names."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and section in (ARCHIVED, TOOK):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.DisplayRole:
            names = ("", self.tr("Night"), self.tr("Outcome"), self.tr("Archived"), self.tr("Took"))
            return names[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell, its words."""
        if not index.isValid() or index.row() >= len(self.days):
            return None
        cell = self._cell(self.days[index.row()], index.column())
        if role == CELL:
            return cell
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return cell.words
        return plain_tip(cell.words) if role == Qt.ItemDataRole.ToolTipRole else None

    def _cell(self, it: Day, column: int) -> Cell:
        locale, told = self._session.locale, said.fate_of(it.fate)
        if column == ICON:
            return Cell(icon=told.icon, icon_tone=told.tone, spoken=told.words)
        if column == NIGHT:
            this_year = it.day.year == datetime.now(UTC).year
            return Cell(times.date_words(it.day, locale, year=not this_year, weekday=True))
        if column == OUTCOME:
            return Cell(said.outcome_words(it), tone=told.ink)
        if column == ARCHIVED:
            if it.night is None:
                return Cell(numbers.NOTHING, align=RIGHT, tone="text2")
            form = self.tr("{archived} of {listed}")
            home = it.listed - it.open
            words = form.format(archived=numbers.count(home, locale), listed=numbers.count(it.listed, locale))
            return Cell(words, align=RIGHT, tone="text2")
        return Cell(times.span(it.seconds) if it.tries else numbers.NOTHING, align=RIGHT, tone="text2")


class HistoryView(Table):
    """One night is chosen."""

    chosen = Signal(object)
    """A `date`."""
    opened = Signal()
    """A double click on a night, or Enter."""

    def __init__(self, model: HistoryModel, parent: QWidget | None = None) -> None:
        super().__init__(row=measures.ROW_HEAD, name=model.tr("Nights"))
        if parent is not None:
            self.setParent(parent)
        self._history = model
        self.setModel(model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        head = self.horizontalHeader()
        for column, width in _WIDTHS.items():
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            head.resizeSection(column, width)
        head.setSectionResizeMode(OUTCOME, QHeaderView.ResizeMode.Stretch)
        self.selectionModel().currentRowChanged.connect(self._current)
        self.activated.connect(lambda _: self.opened.emit())
        self.setMinimumHeight(2 * measures.ROW_HEAD + _PEEK)

    def choose(self, day: date | None) -> None:
        """Show a night as chosen, without telling."""
        row = self._history.row_of(day) if day is not None else -1
        selection = self.selectionModel()
        blocked = self.blockSignals(True)
        if row < 0:
            selection.clear()
        elif self.currentIndex().row() != row or not selection.hasSelection():
            index = self._history.index(row, NIGHT)
            which = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            selection.setCurrentIndex(index, which)
            self.scrollTo(index)
        self.blockSignals(blocked)

    def _current(self, now: QModelIndex, _: QModelIndex) -> None:
        if now.isValid():
            self.chosen.emit(self._history.days[now.row()].day)
