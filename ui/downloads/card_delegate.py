"""Paints a run as a card: name, state with icon and word, bar, figures, countdown; it decides nothing."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui import theme
from ui.downloads.card import Card
from ui.downloads.parts import Glide, paint_parts
from ui.theme import BODY, SMALL, measures, text_width
from ui.widgets.painting import CENTRE, RIGHT, smooth, write

CARD_ROLE = Qt.ItemDataRole.UserRole + 1
HEIGHT = 94
"""Of a card, in pixels; 8 more lie between two."""
_GAP = 8
_PAD_X, _PAD_Y = 15, 12
_RING = 46


class CardDelegate(QStyledItemDelegate):
    """Every row is a `Card` under `CARD_ROLE`; `glide` says how far each bar is shown."""

    def __init__(self, glide: Glide, parent: QWidget) -> None:
        super().__init__(parent)
        self._glide = glide

    def sizeHint(self, _: QStyleOptionViewItem, __: QModelIndex | QPersistentModelIndex) -> QSize:
        """A card and the gap under it."""
        return QSize(measures.PANEL_LEAST, HEIGHT + _GAP)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """The card."""
        card = index.data(CARD_ROLE)
        if not isinstance(card, Card):
            return
        rect = QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -_GAP - 0.5)
        state: QStyle.StateFlag = option.state
        smooth(painter).save()
        self._ground(painter, rect, state)
        inner = rect.adjusted(_PAD_X, _PAD_Y - 1, -_PAD_X, -_PAD_Y)
        if card.ring is not None:
            self._ring(painter, inner, card)
            inner.setRight(inner.right() - _RING - 12)
        self._words(painter, inner, card)
        painter.restore()

    def _ground(self, painter: QPainter, rect: QRectF, state: QStyle.StateFlag) -> None:
        t = theme.of()
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
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

    def _words(self, painter: QPainter, inner: QRectF, card: Card) -> None:
        t, width = theme.of(), inner.width()
        right = min(text_width(card.right, SMALL) + 1, round(width / 2)) if card.right else 0
        top = inner.top()
        write(painter, QRectF(inner.left(), top, width - right - 8, 18), card.name, "text", BODY, bold=True)
        write(painter, QRectF(inner.right() - right, top, right, 18), card.right, "text2", SMALL, align=RIGHT)
        t.draw_icon(painter, card.said.icon, card.said.tone, QRectF(inner.left(), top + 22, 16, 16))
        words = QRectF(inner.left() + 22, top + 21, width - 22, 18)
        write(painter, words, card.said.words, card.said.ink, SMALL)
        parts = card.parts
        if parts:
            parts = ((self._glide.shown(card.key), parts[0][1]), *parts[1:])
        paint_parts(painter, QRectF(inner.left(), top + 45, width, 5), parts)
        write(painter, QRectF(inner.left(), top + 55, width, 17), card.below, "text2", SMALL)

    def _ring(self, painter: QPainter, inner: QRectF, card: Card) -> None:
        if card.ring is None:
            return
        t = theme.of()
        words, share = card.ring
        spot = QRectF(inner.right() - _RING, inner.center().y() - _RING / 2 - 1, _RING, _RING)
        ring = spot.adjusted(3, 3, -3, -3)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(t.mixed("text", "paper", 0.13), 3.5))
        painter.drawEllipse(ring)
        pen = QPen(t.colour("warn"), 3.5)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawArc(ring, 90 * 16, round(360 * 16 * share))
        write(painter, spot, words, "text", SMALL, bold=True, align=CENTRE)
