"""The replay module in the main window: under the list, as one line, or large in the place of it; it plays nothing."""

from __future__ import annotations

from typing import ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from ui.docked import Docked
from ui.replay.edge import HEIGHT, Edge
from ui.replay.panel import Panel, Shape
from ui.session import Session
from ui.widgets import fill, frame, row

_HEIGHT: Final = "replay.height"
_USUAL, _LEAST = 206, 138
"""The height it has at first, of three conversations; and at least: one of them."""
_LINE: Final = 48
_LOW: Final = 780
"""A window lower than this folds it to one line."""
_ABOVE: Final = 360
"""What stays for the toolbar and the list above it."""
_ANY: Final = 16_777_215


class Dock(Docked):
    """Shown as long as anything is loaded. Its height is remembered; Esc and its buttons bring it back from large."""

    help_page: ClassVar[str] = "replay"

    def __init__(self, session: Session, panel: Panel) -> None:
        super().__init__()
        self._session = session
        self.panel = panel
        self._large = False
        self._low = False
        self._most = _USUAL
        kept = session.memory.get(_HEIGHT)
        self._height = kept if isinstance(kept, int) and kept >= _LEAST else _USUAL
        self.edge = Edge()
        self.setAccessibleName(self.tr("Replay"))
        sheet = frame(row((panel, 1), margins=(1, 1, 1, 1)), "sheet")
        fill(QVBoxLayout(self), self.edge, (row((sheet, 1), margins=(0, 0, 8, 0)), 1), gap=0)
        self.setFocusProxy(panel)
        self.edge.dragged.connect(lambda higher: self._take_height(self._shown + higher))
        self.edge.usual.connect(lambda: self._take_height(_USUAL))
        panel.large_wanted.connect(self.set_large)
        panel.filled.connect(self._show_or_hide)
        self.hide()
        self._shape()

    # --- what the window asks of it

    @property
    def large(self) -> bool:
        """It is in the module's place."""
        return self._large

    def shrink(self) -> None:
        """Under the list again."""
        self.set_large(False)

    def fit(self, *, width: int, height: int) -> None:
        """Fold to one line where the window is low; never so high that no list is left."""
        self._low = height < _LOW
        self._most = max(_LEAST, height - _ABOVE)
        self.panel.fit(width)
        self._shape()

    def escape(self) -> bool:
        """Close what is open in it, come back from large, else let go of the keyboard."""
        if self.panel.escape():
            return True
        if self._large:
            self.set_large(False)
        else:
            self.left.emit()
        return True

    # --- shapes

    def set_large(self, large: bool) -> None:
        """In the module's place, or under the list."""
        if large == self._large or (large and self.isHidden()):
            return
        self._large = large
        self._shape()
        self.enlarged.emit(large)

    @property
    def _shown(self) -> int:
        return min(self._height, self._most)

    def _take_height(self, height: int) -> None:
        self._height = max(_LEAST, min(self._most, height))
        self._session.memory.put(_HEIGHT, self._height)
        self._shape()

    def _shape(self) -> None:
        shape = Shape.LARGE if self._large else Shape.LINE if self._low else Shape.DOCK
        self.panel.set_shape(shape)
        self.edge.setEnabled(shape is Shape.DOCK)
        self.edge.setFocusPolicy(Qt.FocusPolicy.TabFocus if shape is Shape.DOCK else Qt.FocusPolicy.NoFocus)
        if shape is Shape.LARGE:
            self.edge.hide()
            self.setMinimumHeight(0)
            self.setMaximumHeight(_ANY)
        else:
            self.edge.show()
            self.setFixedHeight(HEIGHT + (_LINE if shape is Shape.LINE else self._shown))

    def _show_or_hide(self, filled: bool) -> None:
        if not filled:
            held = self.window().focusWidget()
            inside = held is not None and self.isAncestorOf(held)
            self.set_large(False)
            self.hide()
            if inside:
                self.left.emit()
        else:
            self.show()
