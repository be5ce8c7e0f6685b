"""Rows of two lines: what a cell shows, and the delegate that paints it in every table of the window.

The model answers role `CELL` with a `Cell`, a `Group` (a full-width heading, spanned by the view), or None: a row whose
page is not here yet. Names and numbers come from the service: they are painted as plain text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from ui import theme
from ui.theme import BODY, SMALL, measures, text_width
from ui.widgets.painting import LEFT, RIGHT, bar, smooth, write

CELL: Final = int(Qt.ItemDataRole.UserRole)
_INSET = 6
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. `icon` and `title` together say a state, never the colour alone; `words` tell it to a screen reader."""

    title: str = ""
    sub: str = ""
    icon: str = ""
    tone: str = "text"
    """Colour of the title, by its token."""
    icon_tone: str = "text2"
    align: Qt.AlignmentFlag = LEFT
    bold: bool = False
    mono: bool = False
    percent: int = -1
    """0 to 100 draws a thin bar under the title."""
    spoken: str = ""
    """What an icon without words says to a screen reader and as a tooltip."""

    @property
    def words(self) -> str:
        """Everything it says, on one line."""
        return ", ".join(part for part in (self.title, self.sub, self.spoken) if part)


@dataclass(frozen=True, slots=True)
class Group:
    """A heading row: title, count, a note, and perhaps an action at its right."""

    title: str
    count: str = ""
    note: str = ""
    icon: str = ""
    tone: str = "text"
    open: bool = True
    action: str = ""


def ends_of(view: QTableView) -> tuple[int, int]:
    """The columns that stand first and last now: they may have been moved and hidden."""
    head = view.horizontalHeader()
    shown = [head.logicalIndex(i) for i in range(head.count()) if not head.isSectionHidden(head.logicalIndex(i))]
    return (shown[0], shown[-1]) if shown else (0, 0)


class RowDelegate(QStyledItemDelegate):
    """Paints `Cell` and `Group`: hover, selection as one rounded band per run of rows, a ring at the current row."""

    def __init__(self, parent: QObject | None = None, *, compact: bool = False) -> None:
        super().__init__(parent)
        self.hovered_row = -1
        """Set by the view as the pointer moves; -1: none."""
        self.compact = compact
        """One line a row: title and second line joined."""
        self.ends: tuple[int, int] | None = None
        """The columns that stand first and last, as long as the view paints; None: they are looked up."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One cell."""
        value = index.data(CELL)
        smooth(painter).save()
        rect = QRectF(option.rect)
        if isinstance(value, Group):
            self._group(painter, rect, value)
        else:
            self._ground(painter, rect, option, index)
            last = index.column() == self._ends(option)[1]
            inner = rect.adjusted(8, 0, -8 - (_INSET + 4 if last else 0), 0)
            if isinstance(value, Cell):
                self._cell(painter, inner, value)
            else:
                self._to_come(painter, inner)
        painter.restore()

    def _ends(self, option: QStyleOptionViewItem) -> tuple[int, int]:
        """The columns that stand first and last now."""
        view = option.widget
        return self.ends or (ends_of(view) if isinstance(view, QTableView) else (0, 0))

    def _ground(self, painter: QPainter, rect: QRectF, option: QStyleOptionViewItem, index: Index) -> None:
        view = option.widget
        if not isinstance(view, QAbstractItemView):
            return
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        current = view.hasFocus() and view.currentIndex().row() == index.row()
        if not selected and not current and index.row() != self.hovered_row:
            return
        t, row = theme.of(), index.row()
        first_column, last_column = self._ends(option)
        first, last = index.column() == first_column, index.column() == last_column
        band = rect.adjusted(_INSET if first else 0, 0, -_INSET if last else 0, 0)
        radius = measures.RADIUS_CONTROL
        painter.save()
        painter.setClipRect(rect)
        if selected or index.row() == self.hovered_row:
            selection = view.selectionModel()
            root = QModelIndex()
            above = selected and row > 0 and selection.isRowSelected(row - 1, root)
            below = selected and row + 1 < index.model().rowCount() and selection.isRowSelected(row + 1, root)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(t.colour("tint" if selected else "hover"))
            painter.drawRoundedRect(
                band.adjusted(0 if first else -20, -20 if above else 0, 0 if last else 20, 20 if below else 0),
                radius,
                radius,
            )
            if selected and first:
                painter.setBrush(t.colour("accent"))
                painter.drawRoundedRect(QRectF(band.left(), band.top() + 9, 3, band.height() - 18), 1.5, 1.5)
        if current:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(t.colour("accent"), 2))
            ring = band.adjusted(1 if first else -20, 1, -1 if last else 20, -1)
            painter.drawRoundedRect(ring, radius, radius)
        painter.restore()

    def _cell(self, painter: QPainter, rect: QRectF, cell: Cell) -> None:
        t = theme.of()
        middle = rect.center().y()
        title, sub = cell.title, cell.sub
        if self.compact and sub:
            title, sub = f"{title} · {sub}", ""
        if cell.icon:
            size = 16.0
            if not title:
                spot = QRectF(rect.center().x() - size / 2, middle - size / 2, size, size)
                t.draw_icon(painter, cell.icon, cell.icon_tone, spot)
                return
            top = middle - size / 2 - (8 if sub else 0)
            t.draw_icon(painter, cell.icon, cell.icon_tone, QRectF(rect.left(), top, size, size))
            rect = rect.adjusted(size + 7, 0, 0, 0)
        left, width = rect.left(), rect.width()
        if cell.percent >= 0 and not self.compact:
            write(painter, QRectF(left, middle - 15, width, 18), title, cell.tone, SMALL, align=cell.align, by=t)
            bar(painter, QRectF(left, middle + 7, width, 4), cell.percent / 100, "accent", by=t)
        elif sub:
            first = QRectF(left, middle - 17, width, 18)
            write(painter, first, title, cell.tone, bold=cell.bold, align=cell.align, by=t)
            write(painter, QRectF(left, middle, width, 17), sub, "text3", SMALL, align=cell.align, by=t)
        else:
            size_of = SMALL if cell.mono else BODY
            write(painter, rect, title, cell.tone, size_of, bold=cell.bold, align=cell.align, mono=cell.mono, by=t)

    def _to_come(self, painter: QPainter, rect: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.of().colour("sunken"))
        width = max(0.0, min(rect.width() - 4, 120))
        if self.compact:
            painter.drawRoundedRect(QRectF(rect.left(), rect.center().y() - 4, width, 8), 4, 4)
            return
        painter.drawRoundedRect(QRectF(rect.left(), rect.center().y() - 12, width, 8), 4, 4)
        painter.drawRoundedRect(QRectF(rect.left(), rect.center().y() + 4, width * 0.6, 7), 3.5, 3.5)

    def _group(self, painter: QPainter, rect: QRectF, group: Group) -> None:
        t = theme.of()
        x, middle = rect.left() + 12, rect.center().y() + 1
        t.draw_icon(painter, "chevron-down" if group.open else "chevron-right", "text3", QRectF(x, middle - 7, 14, 14))
        x += 22
        if group.icon:
            t.draw_icon(painter, group.icon, group.tone, QRectF(x, middle - 8, 16, 16))
            x += 24
        top, height = rect.top() + 2, rect.height()
        room = rect.right() - 16
        if group.action:
            room -= text_width(group.action) + 12
            write(
                painter, QRectF(room, top, rect.right() - 16 - room, height), group.action, "accent", align=RIGHT, by=t
            )
        parts = (
            (group.title, "text" if group.tone in ("text", "text2") else group.tone, BODY, True, 8),
            (group.count, "text3", BODY, False, 14),
            (group.note, "text3", SMALL, False, 0),
        )
        for words, tone, size, bold, gap in parts:
            if words and x < room:
                width = min(text_width(words, size, bold=bold) + 2, room - x)
                write(painter, QRectF(x, top, width, height), words, tone, size, bold=bold, by=t)
                x += width + gap
        painter.setPen(QPen(t.colour("hairline"), 1))
        bottom = rect.bottom() - 0.5
        painter.drawLine(QPointF(rect.left() + 12, bottom), QPointF(rect.right() - 12, bottom))
