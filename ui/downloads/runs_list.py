"""The list of runs on the window: cards that are chosen, dragged; it does nothing to a run."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from ui.downloads.card_delegate import CardDelegate
from ui.downloads.parts import Glide
from ui.downloads.runs_model import RunsModel


class RunsList(QListView):
    """Several can be chosen with Ctrl and Shift; what is dragged elsewhere is told by the model."""

    current_changed = Signal(str)
    """The key of the run that is to be shown; empty: none."""
    chosen_changed = Signal()

    def __init__(self, model: RunsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runs = model
        self.glide = Glide(self)
        self.glide.moved.connect(self.viewport().update)
        self.setModel(model)
        self.setItemDelegate(CardDelegate(self.glide, self))
        self.setAccessibleName(self.tr("Runs"))
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDragDropOverwriteMode(False)
        self.setTabKeyNavigation(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        selection = self.selectionModel()
        selection.currentChanged.connect(self._current)
        selection.selectionChanged.connect(self._chosen)

    @property
    def current_key(self) -> str:
        """The run that is to be shown; empty: none."""
        row = self.currentIndex().row()
        return self._runs.cards[row].key if 0 <= row < len(self._runs.cards) else ""

    def chosen_keys(self) -> list[str]:
        """The runs that are chosen, in the order of the list."""
        rows = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        return [self._runs.cards[row].key for row in rows if row < len(self._runs.cards)]

    def choose(self, key: str) -> None:
        """Choose one run alone, and show it."""
        row = self._runs.row_of(key)
        if row >= 0:
            index = self._runs.index(row)
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.scrollTo(index)

    def _chosen(self) -> None:
        self.chosen_changed.emit()

    def _current(self, now: QModelIndex, _: QModelIndex) -> None:
        self.current_changed.emit(self._runs.cards[now.row()].key if now.isValid() else "")
