"""Arranging: rows, columns, sheets and lines, without repeating Qt's ceremony."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

Part = QWidget | QLayout | int | None | tuple[QWidget | QLayout, int]
"""A widget or layout, an int for a fixed gap, None for a stretch, or (widget or layout, its stretch)."""
Margins = tuple[int, int, int, int]
"""Left, top, right, bottom."""
B = TypeVar("B", bound=QBoxLayout)


def fill(layout: B, *parts: Part, margins: Margins = (0, 0, 0, 0), gap: int = 8) -> B:
    """Put parts into a layout, in order; answers the layout."""
    layout.setContentsMargins(*margins)
    layout.setSpacing(gap)
    for each in parts:
        part, stretch = each if isinstance(each, tuple) else (each, 0)
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, int):
            layout.addSpacing(part)
        elif isinstance(part, QLayout):
            layout.addLayout(part, stretch)
        else:
            layout.addWidget(part, stretch)
    return layout


def row(*parts: Part, margins: Margins = (0, 0, 0, 0), gap: int = 8) -> QHBoxLayout:
    """Parts beside each other."""
    return fill(QHBoxLayout(), *parts, margins=margins, gap=gap)


def column(*parts: Part, margins: Margins = (0, 0, 0, 0), gap: int = 8) -> QVBoxLayout:
    """Parts under each other."""
    return fill(QVBoxLayout(), *parts, margins=margins, gap=gap)


def frame(layout: QLayout, role: str = "", *, width: int = 0, tone: str = "") -> QFrame:
    """A ground for a layout: `ground`, `sheet`, `paper`, `card`, `strip`, `note`, `chip`; `width` fixes it."""
    made = QFrame()
    if role:
        made.setProperty("role", role)
    if tone:
        made.setProperty("tone", tone)
    made.setLayout(layout)
    if width:
        made.setFixedWidth(width)
    return made


def box(layout: QLayout, *, margins: Margins = (0, 0, 0, 0)) -> QWidget:
    """A plain widget around a layout, to be shown and hidden as one."""
    made = QWidget()
    layout.setContentsMargins(*margins)
    made.setLayout(layout)
    return made


def line(*, vertical: bool = False, length: int = 0) -> QFrame:
    """A hairline; `length` fixes its other side."""
    made = QFrame()
    made.setProperty("role", "line")
    if vertical:
        made.setFixedWidth(1)
        if length:
            made.setFixedHeight(length)
    else:
        made.setFixedHeight(1)
        if length:
            made.setFixedWidth(length)
    return made


class _UpAndDown(QScrollArea):
    """Never narrower than its content beside its bar: nobody could scroll to what is cut off at the right."""

    def __init__(self, inner: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inner)
        self._inner = inner

    def minimumSizeHint(self) -> QSize:
        """As wide as its content at least."""
        hint, bar = super().minimumSizeHint(), self.verticalScrollBar().sizeHint().width()
        return QSize(max(hint.width(), self._inner.minimumSizeHint().width() + bar), hint.height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The content asks for another size."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)


def scroll(inner: QWidget) -> QScrollArea:
    """A frame that scrolls up and down only, as far as its content asks."""
    return _UpAndDown(inner)


def clear(layout: QLayout) -> None:
    """Take everything out and delete it."""
    while (item := layout.takeAt(0)) is not None:
        inner, widget = item.layout(), item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)
