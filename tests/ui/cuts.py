"""What is cut off in a view: words and fields with less room than they ask for, and what sticks out of its parent.

Words that give way by intent (`Elided`) are none of it: they are whole in their tooltip.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QStyle,
    QStyleOptionComboBox,
    QStyleOptionFrame,
    QToolButton,
    QWidget,
)

from ui.theme import SMALL, font, measures
from ui.widgets import Elided

WIDE = "DejaVu Sans"
"""As wide as Verdana: who has no Segoe UI may have such a one."""
_SIGNS = 40
_MARGINS = 16
"""Beside a word over a column."""


@contextmanager
def wide(app: QApplication) -> Iterator[None]:
    """Everything that is made meanwhile is written in a wide font."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(measures, "FAMILIES", (WIDE,))
        _anew(app)
        yield
    _anew(app)


def _anew(app: QApplication) -> None:
    for kept in (measures.families, measures.font, measures.metrics):
        kept.cache_clear()
    app.setFont(font())


def cuts(top: QWidget) -> list[str]:
    """What is cut off in a window that is on show, each with where it is."""
    found = []
    for made in (top, *top.findChildren(QWidget)):
        if made.isVisible():
            found += [f"{what}: {_where(made, top)}" for what in (_words(made), _place(made)) if what]
    return found


def _words(made: QWidget) -> str:
    """Which words have too little room; empty: none."""
    if isinstance(made, QLabel) and not isinstance(made, Elided):
        return _label(made)
    if isinstance(made, QAbstractButton) and made.text() and not isinstance(made, QToolButton):
        asked = made.sizeHint() if isinstance(made, QPushButton) else made.minimumSizeHint()
        return _lacks(made.text(), made.width(), asked.width())
    if isinstance(made, QLineEdit) and made.placeholderText():
        frame = QStyleOptionFrame()
        made.initStyleOption(frame)
        room = made.style().subElementRect(QStyle.SubElement.SE_LineEditContents, frame, made).width()
        margins = made.textMargins()
        asked_width = made.fontMetrics().horizontalAdvance(made.placeholderText())
        return _lacks(made.placeholderText(), room - margins.left() - margins.right(), asked_width)
    if isinstance(made, QComboBox) and not made.toolTip():
        option = QStyleOptionComboBox()
        made.initStyleOption(option)
        control, field = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
        room = made.style().subControlRect(control, option, field, made).width()
        return _lacks(made.currentText(), room, made.fontMetrics().horizontalAdvance(made.currentText()))
    return _head(made) if isinstance(made, QHeaderView) else ""


def _head(made: QHeaderView) -> str:
    """Which word over a column has too little room."""
    for at in range(made.count()):
        if made.orientation() is Qt.Orientation.Horizontal and not made.isSectionHidden(at):
            words = str(made.model().headerData(at, Qt.Orientation.Horizontal) or "")
            room, asked = made.sectionSize(at) - _MARGINS, measures.metrics(SMALL).horizontalAdvance(words)
            if words and room < asked:
                return _lacks(words, room, asked)
    return ""


def _label(made: QLabel) -> str:
    words, room = made.text(), made.contentsRect().width()
    if not made.wordWrap():
        return _lacks(words, made.width(), made.sizeHint().width())
    longest = max((made.fontMetrics().horizontalAdvance(word) for word in words.split()), default=0)
    return _lacks(words, room, longest) or _lacks(words, made.height(), made.heightForWidth(made.width()), "high")


def _lacks(words: str, room: int, asked: int, how: str = "wide") -> str:
    return f"“{words[:_SIGNS]}” is {room} {how}, asks for {asked}" if room < asked else ""


def _place(made: QWidget) -> str:
    """How it sticks out of what holds it; empty: it does not."""
    parent = made.parentWidget()
    if parent is None or made.isWindow() or isinstance(parent, QHeaderView):
        return ""
    around = parent.parentWidget()
    if isinstance(around, QAbstractScrollArea) and parent is around.viewport():
        fixed = isinstance(around, QScrollArea) and made.width() > parent.width()
        return f"{made.width()} wide in a view of {parent.width()}" if fixed else ""
    if made.x() < 0 or made.geometry().right() > parent.rect().right():
        return f"from {made.x()} to {made.geometry().right()} in a width of {parent.width()}"
    return ""


def _where(made: QWidget, top: QWidget) -> str:
    names = [type(made).__name__]
    while made is not top and (parent := made.parentWidget()) is not None:
        made = parent
        names.append(type(made).__name__)
    return " in ".join(names)
