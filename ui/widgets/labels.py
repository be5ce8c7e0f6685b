"""Words on the window: always plain text, whatever they come from."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.theme import BODY, SMALL, font


def label(
    text: str = "",
    size: int = BODY,
    *,
    bold: bool = False,
    tone: str = "",
    wrap: bool = False,
    mono: bool = False,
    align: Qt.AlignmentFlag | None = None,
    selectable: bool = False,
) -> QLabel:
    """A line of words. `tone`: empty for the first, `2`, `3`, `accent`, `ok`, `warn`, `danger`.

    `selectable`: can be marked and copied, with the keyboard too.
    """
    made = QLabel(text)
    return _dress(made, size, bold=bold, tone=tone, wrap=wrap, mono=mono, align=align, selectable=selectable)


class Elided(QLabel):
    """One line that gives way: cut with … where there is no room, whole in its tooltip then."""

    def __init__(
        self,
        text: str = "",
        size: int = BODY,
        *,
        bold: bool = False,
        tone: str = "",
        align: Qt.AlignmentFlag | None = None,
        where: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    ) -> None:
        super().__init__(text)
        self._where = where
        _dress(self, size, bold=bold, tone=tone, wrap=False, mono=False, align=align, selectable=False)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """It may become quite narrow."""
        return QSize(min(24, super().minimumSizeHint().width()), super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The text, or as much of it as there is room for."""
        if self.fontMetrics().horizontalAdvance(self.text()) <= self.contentsRect().width():
            self.setToolTip("")
            super().paintEvent(event)
            return
        self.setToolTip(plain_tip(self.text()))
        line = self.fontMetrics().elidedText(self.text(), self._where, self.contentsRect().width())
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.contentsRect(), int(self.alignment() | Qt.TextFlag.TextSingleLine), line)


def plain_tip(untrusted_text: str) -> str:
    """Text for a tooltip, which Qt would read as HTML if it looked like it."""
    if "<" not in untrusted_text:
        return untrusted_text
    safe = untrusted_text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\n", "<br>")
    return f"<span>{safe}</span>"


def set_tone(widget: QWidget, tone: str) -> None:
    """Change the tone of a label or note that is on show."""
    set_property(widget, "tone", tone)


def set_property(widget: QWidget, name: str, value: object) -> None:
    """Change a property that the style sheet looks at, and have it looked at again."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        widget.update()


class Facts(QGridLayout):
    """Names at the left, values at the right; rows never move: a value that is missing shows –."""

    def __init__(self, *, width: int = 104) -> None:
        super().__init__()
        self._width = width
        self.setContentsMargins(0, 0, 0, 0)
        self.setHorizontalSpacing(10)
        self.setVerticalSpacing(5)
        self.setColumnStretch(1, 1)

    def add(self, name: str, value: QWidget | QLayout | None = None) -> QLabel:
        """A row; without a `value` the label that is answered shows it, and can be marked and copied."""
        row = self.rowCount()
        word = label(name, SMALL, tone="3", align=Qt.AlignmentFlag.AlignTop, wrap=True)
        word.setFixedWidth(self._width)
        inside = value if isinstance(value, QLayout) or value is None else value.layout()
        if isinstance(inside, QVBoxLayout):
            # Beside the words of the first field, whose frame is higher than they are.
            word.setContentsMargins(0, 8, 0, 0)
        elif value is not None and not isinstance(value, QLabel):
            word.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        self.addWidget(word, row, 0)
        shown = label("–", SMALL, wrap=True, selectable=True) if value is None else word
        if value is None:
            # A word that cannot be broken, such as an address, must not widen the view.
            shown.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        if isinstance(value, QLayout):
            self.addLayout(value, row, 1)
        else:
            self.addWidget(value or shown, row, 1)
        if value is None:
            shown.setAccessibleName(name)
        return shown


def _dress(
    made: QLabel,
    size: int,
    *,
    bold: bool,
    tone: str,
    wrap: bool,
    mono: bool,
    align: Qt.AlignmentFlag | None,
    selectable: bool,
) -> QLabel:
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setFont(font(size, bold=bold, mono=mono))
    made.setWordWrap(wrap)
    if tone:
        made.setProperty("tone", tone)
    if align is not None:
        made.setAlignment(align)
    if selectable:
        made.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        made.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    return made
