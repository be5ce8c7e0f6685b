"""What every detail view is: who called whom, facts that can be copied, and words where nothing is chosen; no more.

Rows never move; a missing value shows –.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from download_client.model import Conversation, Direction, RecordingMode
from ui.session import Session
from ui.theme import SMALL, STRONG
from ui.widgets import Facts, Glyph, Part, fill, label, line, row, scroll, tool
from ui.words import numbers


class DetailFrame(QFrame):
    """The base of both. `closed`: its cross was chosen. `nothing` is said where nothing is chosen."""

    closed = Signal()

    def __init__(self, session: Session, *, names: int, nothing: str) -> None:
        super().__init__()
        self._session = session
        self._names = names
        self.setProperty("role", "paper")
        self._arrow = Glyph("arrow-down-left", "text2", 14)
        self.way = label("", SMALL, tone="2")
        self.name = label("", STRONG, bold=True, wrap=True, selectable=True)
        self.other = label("", tone="2", wrap=True, selectable=True)
        self.close_button = tool("x", self.tr("Close the details (Esc)"))
        self.close_button.clicked.connect(self.closed)
        self.empty = label(nothing, tone="2", wrap=True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setContentsMargins(18, 0, 18, 0)
        self._values: dict[str, QLabel] = {}

    def _facts(self, *names: tuple[str, str]) -> Facts:
        """Rows by key and word; `_show` fills them by their keys."""
        made = Facts(width=self._names)
        for key, word in names:
            self._values[key] = made.add(word)
        return made

    def _assemble(self, call: Facts, calling: Facts, called: Facts, *rest: Part, right: int) -> None:
        """Put the parts together; `right` is the margin at that side."""
        body = QWidget()
        fill(
            QVBoxLayout(body),
            self.name,
            self.other,
            2,
            call,
            line(),
            label(self.tr("Calling Party Information"), SMALL, bold=True),
            calling,
            label(self.tr("Called Party Information"), SMALL, bold=True),
            called,
            line(),
            *rest,
            None,
            margins=(18, 0, right, 14),
            gap=8,
        )
        head = row(self._arrow, self.way, None, self.close_button, margins=(18, 12, 10, 2), gap=6)
        self._body = scroll(body)
        fill(QVBoxLayout(self), head, (self._body, 1), (self.empty, 1), gap=0)
        self.show_nothing()

    def show_nothing(self) -> None:
        """Nothing is chosen."""
        self._body.hide()
        self._arrow.hide()
        self.way.clear()
        self.empty.show()

    def _show(self, it: Conversation, said: Mapping[str, str]) -> None:
        """One conversation, and each fact by its key."""
        inbound = it.direction is Direction.INBOUND
        outside, inside = (it.calling_party, it.called_party) if inbound else (it.called_party, it.calling_party)
        self._arrow.show_icon("arrow-down-left" if inbound else "arrow-up-right")
        self._arrow.show()
        self.way.setText(self.tr("Inbound conversation") if inbound else self.tr("Outbound conversation"))
        self.name.setText(outside.name or outside.phone_number or self.tr("Number withheld"))
        self.other.setText(self.tr("with {name}").format(name=inside.name or inside.phone_number or numbers.NOTHING))
        for key, words in said.items():
            self._values[key].setText(words or numbers.NOTHING)
        self.empty.hide()
        self._body.show()

    def _mode_words(self, mode: RecordingMode) -> str:
        """How it was recorded (F16)."""
        return self.tr("Always-On") if mode is RecordingMode.ALWAYS_ON else self.tr("On-Demand")

    def value(self, key: str) -> str:
        """What is shown for one of the facts."""
        return self._values[key].text()
