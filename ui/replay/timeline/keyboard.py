"""The keyboard on the replay bar; what it does not know goes on to those around the bar.

Up and Down choose a lane, + - 0 zoom, I and O begin and end the selection at the cursor, Alt+Left and Alt+Right move
its end, with Shift its beginning, Esc clears it, Ctrl+Left and Ctrl+Right scroll, Delete unloads; the menu key shows
what else there is.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from ui.replay.timeline.selection import LEAST, Selection

if TYPE_CHECKING:
    from ui.replay.timeline.timeline import Timeline

_STEP: Final = 6.0
"""Pixels that a key moves a handle."""
_PAGE: Final = 0.25
"""Part of the width that a key scrolls."""


class Keyboard(QObject):
    """Watches one replay bar."""

    def __init__(self, bar: Timeline) -> None:
        super().__init__(bar)
        self._bar = bar
        bar.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the bar are answered here."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and self._press(event):
            return True
        return super().eventFilter(watched, event)

    def _press(self, event: QKeyEvent) -> bool:
        bar, key = self._bar, event.key()
        lane = bar.deck.current
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            way = -1 if key == Qt.Key.Key_Left else 1
            if event.modifiers() & Qt.KeyboardModifier.AltModifier:
                return self._move(way, first=shift)
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                bar.show_stretch(bar.axis.scrolled(way * bar.axis.width * _PAGE), by_hand=True)
                return True
            return False
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._choose(-1 if key == Qt.Key.Key_Up else 1)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            bar.zoom_in()
        elif key == Qt.Key.Key_Minus:
            bar.zoom_out()
        elif key == Qt.Key.Key_0:
            bar.show_all()
        elif key == Qt.Key.Key_Escape and bar.selection is not None:
            bar.select(None)
        elif lane is not None and key == Qt.Key.Key_Delete:
            bar.close_wanted.emit(lane.key)
        elif lane is not None and key in (Qt.Key.Key_I, Qt.Key.Key_O):
            self._bound(first=key == Qt.Key.Key_I)
        else:
            return False
        return True

    def _choose(self, step: int) -> None:
        lanes, current = self._bar.deck.lanes, self._bar.deck.current
        at = self._bar.index(current.key) + step if current is not None else 0
        if 0 <= at < len(lanes):
            self._bar.deck.choose(lanes[at].key)

    def _bound(self, *, first: bool) -> None:
        """Begin or end it where the cursor stands."""
        bar, lane = self._bar, self._bar.deck.current
        if lane is None:
            return
        here, selection = bar.here, bar.selection
        if selection is not None and selection.key != lane.key:
            selection = None
        if first:
            last = selection.last if selection is not None and selection.last > here else lane.seconds
            bar.select(Selection(lane.key, here, last))
        else:
            begin = selection.first if selection is not None and selection.first < here else 0.0
            bar.select(Selection(lane.key, begin, here))

    def _move(self, steps: int, *, first: bool) -> bool:
        """Move a handle by some pixels: the closer one looks, the finer; without a selection, begin one."""
        bar = self._bar
        lane = bar.deck.current
        if lane is None:
            return False
        at = min(bar.here, lane.seconds)
        selection = bar.selection
        if selection is None or selection.key != lane.key:
            selection = Selection(lane.key, at, at)
        way = steps * _STEP / bar.axis.scale
        if first:
            moved = replace(selection, first=min(max(selection.first + way, 0.0), selection.last - LEAST))
        else:
            moved = replace(selection, last=max(min(selection.last + way, lane.seconds), selection.first + LEAST))
        if 0.0 <= moved.first < moved.last <= lane.seconds:
            bar.select(moved)
        return True
