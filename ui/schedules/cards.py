"""The list of schedules as cards: name, when, how it stands; it decides nothing and asks nobody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui import theme
from ui.schedules.said import Said
from ui.theme import BODY, SMALL, measures
from ui.widgets import plain_tip
from ui.widgets.painting import smooth, write

CARD_ROLE = Qt.ItemDataRole.UserRole + 1
_HEIGHT, _GAP, _PAD_X, _PAD_Y = 80, 8, 15, 11
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


@dataclass(frozen=True, slots=True)
class Card:
    """A schedule as its card shows it."""

    name: str
    when: str
    said: Said

    @property
    def spoken(self) -> str:
        """For a screen reader."""
        return ". ".join((self.name, self.when, self.said.words))


class CardsModel(QAbstractListModel):
    """One row a schedule, in the order they are told."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.cards: tuple[Card, ...] = ()

    def set_cards(self, cards: Sequence[Card]) -> None:
        """What there is now; where only words changed, no row goes."""
        if [card.name for card in cards] == [card.name for card in self.cards]:
            self.cards = tuple(cards)
            if cards:
                self.dataChanged.emit(self.index(0), self.index(len(cards) - 1))
            return
        self.beginResetModel()
        self.cards = tuple(cards)
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """How many there are."""
        return 0 if parent.isValid() else len(self.cards)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The card, its words."""
        if not index.isValid() or index.row() >= len(self.cards):
            return None
        card = self.cards[index.row()]
        if role == CARD_ROLE:
            return card
        if role == Qt.ItemDataRole.DisplayRole:
            return card.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return card.spoken
        return plain_tip(card.said.words) if role == Qt.ItemDataRole.ToolTipRole else None


class CardsList(QListView):
    """One of them is chosen."""

    chosen = Signal(str)
    """The name of the schedule that is to be shown; empty: none."""

    def __init__(self, model: CardsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards = model
        self.setModel(model)
        self.setItemDelegate(_Delegate(self))
        self.setAccessibleName(self.tr("Schedules"))
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.selectionModel().currentChanged.connect(self._current)

    @property
    def current(self) -> str:
        """The name of the schedule that is chosen; empty: none."""
        row = self.currentIndex().row()
        return self._cards.cards[row].name if 0 <= row < len(self._cards.cards) else ""

    def choose(self, name: str) -> None:
        """Choose a schedule; where there is none of that name, the first."""
        names = [card.name for card in self._cards.cards]
        if not names:
            self.chosen.emit("")
            return
        index = self._cards.index(names.index(name) if name in names else 0)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _current(self, now: QModelIndex, _: QModelIndex) -> None:
        self.chosen.emit(self._cards.cards[now.row()].name if now.isValid() else "")


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, _: QStyleOptionViewItem, __: Index) -> QSize:
        return QSize(measures.PANEL_LEAST, _HEIGHT + _GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        card = index.data(CARD_ROLE)
        if not isinstance(card, Card):
            return
        t, state = theme.of(), option.state
        rect = QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -_GAP - 0.5)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        smooth(painter).save()
        painter.setPen(QPen(t.colour("tint" if chosen else "hairline"), 1))
        painter.setBrush(t.colour("tint" if chosen else "hover" if hovered else "paper"))
        painter.drawRoundedRect(rect, measures.RADIUS_CARD, measures.RADIUS_CARD)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(t.colour("accent"))
            painter.drawRoundedRect(QRectF(rect.left() + 1, rect.top() + 14, 3, rect.height() - 28), 1.5, 1.5)
        if state & QStyle.StateFlag.State_HasFocus and state & QStyle.StateFlag.State_KeyboardFocusChange:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(t.colour("accent"), 2))
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), measures.RADIUS_CARD - 1, measures.RADIUS_CARD - 1)
        inner = rect.adjusted(_PAD_X, _PAD_Y, -_PAD_X, -_PAD_Y)
        left, top, width = inner.left(), inner.top(), inner.width()
        write(painter, QRectF(left, top, width, 18), card.name, "text", BODY, bold=True)
        write(painter, QRectF(left, top + 19, width, 18), card.when, "text2", SMALL)
        t.draw_icon(painter, card.said.icon, card.said.tone, QRectF(left, top + 40, 16, 16))
        write(painter, QRectF(left + 22, top + 39, width - 22, 18), card.said.words, card.said.ink, SMALL)
        painter.restore()
