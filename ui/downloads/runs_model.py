"""The runs as a list of cards: what changed is told, what moved is moved, so that a choice stays where it was put.

It holds what it was told last and asks nobody. A card dropped elsewhere is only told by `dropped`: whoever keeps the
queue moves it, and the list follows when it is told.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from ui.downloads.card import Card
from ui.downloads.card_delegate import CARD_ROLE
from ui.widgets import plain_tip

_KIND = "application/x-mir-download-runs"
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class RunsModel(QAbstractListModel):
    """One row per run, in the order they are told."""

    dropped = Signal(list, str)
    """Keys of the runs that were dropped, and the key of the one they shall stand before; empty: at the end."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cards: list[Card] = []

    @property
    def cards(self) -> Sequence[Card]:
        """As they stand."""
        return self._cards

    def row_of(self, key: str) -> int:
        """Where the card of that run stands; -1: nowhere."""
        return next((row for row, card in enumerate(self._cards) if card.key == key), -1)

    def set_cards(self, cards: Sequence[Card]) -> None:
        """What is so now."""
        if [card.key for card in cards] != [card.key for card in self._cards]:
            self._arrange(cards)
        for row, card in enumerate(cards):
            if self._cards[row] is not card and self._cards[row] != card:
                self._cards[row] = card
                self.dataChanged.emit(self.index(row), self.index(row))

    def _arrange(self, cards: Sequence[Card]) -> None:
        """The same runs in the same order."""
        keys = {card.key for card in cards}
        for row in reversed(range(len(self._cards))):
            if self._cards[row].key not in keys:
                self.beginRemoveRows(_ROOT, row, row)
                del self._cards[row]
                self.endRemoveRows()
        for row, card in enumerate(cards):
            here = self.row_of(card.key)
            if here < 0:
                self.beginInsertRows(_ROOT, row, row)
                self._cards.insert(row, card)
                self.endInsertRows()
            elif here != row:
                self.beginMoveRows(_ROOT, here, here, _ROOT, row)
                self._cards.insert(row, self._cards.pop(here))
                self.endMoveRows()

    # --- Qt's

    def rowCount(self, parent: Index = _ROOT) -> int:
        """How many runs."""
        return 0 if parent.isValid() else len(self._cards)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The card; its name, and all of it for a screen reader."""
        if not index.isValid():
            return None
        card = self._cards[index.row()]
        if role == CARD_ROLE:
            return card
        if role == Qt.ItemDataRole.DisplayRole:
            return card.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return card.spoken
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(f"{card.name}\n{card.said.words}")
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Those that wait can be dragged; between the cards they can be dropped."""
        plain = Qt.ItemFlag.ItemIsDropEnabled
        if not index.isValid():
            return plain
        plain = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return plain | Qt.ItemFlag.ItemIsDragEnabled if self._cards[index.row()].movable else plain

    def supportedDropActions(self) -> Qt.DropAction:
        """Moving."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        """Runs of this list alone."""
        return [_KIND]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """The keys of what is dragged."""
        made = QMimeData()
        made.setData(_KIND, json.dumps([self._cards[index.row()].key for index in indexes]).encode())
        return made

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        """Tell what was dropped where; the row itself moves when the queue has moved."""
        if action != Qt.DropAction.MoveAction or not data.hasFormat(_KIND) or column > 0:
            return False
        if row < 0:
            row = parent.row() if parent.isValid() else len(self._cards)
        keys: list[str] = json.loads(bytes(data.data(_KIND).data()))
        before = next((card.key for card in self._cards[row:] if card.key not in keys), "")
        self.dropped.emit(keys, before)
        return False
