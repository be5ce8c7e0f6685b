"""Where something is typed or chosen: fields, choices, switches, segments; none of them checks what is given."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QComboBox, QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from ui import theme
from ui.theme import SMALL, measures, text_width
from ui.widgets.labels import set_property
from ui.widgets.painting import CENTRE, smooth, write


def field(text: str = "", *, hint: str = "", icon: str = "", name: str = "", secret: bool = False) -> QLineEdit:
    """A line to type in. `hint` stands in it while it is empty, `name` is its accessible name."""
    made = QLineEdit(text)
    made.setPlaceholderText(hint)
    made.setAccessibleName(name or hint)
    if icon:
        leading = made.addAction(theme.of().icon(icon), QLineEdit.ActionPosition.LeadingPosition)
        theme.of().put_icon(leading, icon, "text3")
        made.setProperty("lead", "true")
    if secret:
        made.setEchoMode(QLineEdit.EchoMode.Password)
    return made


def set_wrong(widget: QWidget, wrong: bool) -> None:
    """A red border: what it holds cannot be used. The words of it stand beside, never in the colour alone."""
    set_property(widget, "wrong", "true" if wrong else "false")


def choice(words: Sequence[str] = (), *, name: str = "") -> QComboBox:
    """One of several words; gives way where there is little room."""
    made = QComboBox()
    made.addItems(list(words))
    made.setAccessibleName(name)
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(4)
    return made


class Toggle(QAbstractButton):
    """A switch; On or Off stands beside it in words, put there by whoever uses it."""

    def __init__(self, name: str = "") -> None:
        super().__init__()
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedSize(46, 28)

    def paintEvent(self, _: QPaintEvent) -> None:
        """The switch, and a ring around it with the keyboard."""
        t, painter, on = theme.of(), smooth(QPainter(self)), self.isChecked()
        r = QRectF(3.5, 4.5, 39, 19)
        ground = t.colour("accent" if on else "paper")
        if not self.isEnabled():
            ground = t.mixed("text", "paper", 0.35 if on else 0.05)
        painter.setPen(Qt.PenStyle.NoPen if on else QPen(t.colour("underline"), 1))
        painter.setBrush(ground)
        painter.drawRoundedRect(r, r.height() / 2, r.height() / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(t.colour("on_accent" if on else "text2"))
        size = 12.0
        left = r.right() - size - 4 if on else r.left() + 4
        painter.drawEllipse(QRectF(left, r.center().y() - size / 2, size, size))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(t.colour("accent"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1.5, -1, -1.5), 12.5, 12.5)


class Segmented(QWidget):
    """Two to four exclusive choices in one field, each as wide as its word asks; arrows move between them."""

    chosen = Signal(int)

    def __init__(self, words: Sequence[str], current: int = 0, *, name: str = "") -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        inside = QHBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        for i, word in enumerate(words):
            segment = _Segment(word)
            segment.setChecked(i == current)
            self._group.addButton(segment, i)
            inside.addWidget(segment, max(1, text_width(word, SMALL, bold=True) + 20))
        self._group.idClicked.connect(self.chosen)
        self.setAccessibleName(name)
        self.setFixedHeight(measures.FIELD)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def current(self) -> int:
        """Which one is chosen, from 0."""
        return self._group.checkedId()

    def choose(self, index: int) -> None:
        """Choose one, without telling."""
        self._group.button(index).setChecked(True)

    def paintEvent(self, _: QPaintEvent) -> None:
        """The track."""
        t, painter = theme.of(), smooth(QPainter(self))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(t.colour("sunken"))
        painter.drawRoundedRect(QRectF(self.rect()), 6, 6)


class _Segment(QAbstractButton):
    def __init__(self, word: str) -> None:
        super().__init__()
        self.setText(word)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(text_width(self.text(), SMALL, bold=True) + 26, measures.FIELD)

    def minimumSizeHint(self) -> QSize:
        return QSize(text_width(self.text(), SMALL, bold=True) + 10, measures.FIELD)

    def paintEvent(self, _: QPaintEvent) -> None:
        t, painter, r, on = theme.of(), smooth(QPainter(self)), QRectF(self.rect()), self.isChecked()
        inner = r.adjusted(2.5, 2.5, -2.5, -2.5)
        if on:
            painter.setPen(QPen(t.colour("control"), 1))
            painter.setBrush(t.colour("chosen"))
            painter.drawRoundedRect(inner, 4.5, 4.5)
        if self.hasFocus():
            painter.setPen(QPen(t.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(inner, 4.5, 4.5)
        tone = "text" if on or self.underMouse() else "text2"
        write(painter, r, self.text(), tone, SMALL, bold=on, align=CENTRE)
