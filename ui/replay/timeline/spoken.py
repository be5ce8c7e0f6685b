"""What a screen reader finds on the replay bar, and what it is told of changes; nothing of it can be seen.

The bar is painted, so each lane on show gets a bare child over its head, that has its name and says its state. The bar
itself says which lane is the current one, where the cursor stands, and what is selected.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.replay.timeline import heads
from ui.replay.tracks import Lane, LaneState
from ui.words import times

if TYPE_CHECKING:
    from ui.replay.timeline.timeline import Timeline


class _Head(QWidget):
    """Paints nothing, whatever a style sheet says of widgets, and lets the pointer through."""

    def __init__(self, bar: Timeline) -> None:
        super().__init__(bar)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, _: QPaintEvent) -> None:
        """The bar paints."""


class Spoken(QObject):
    """Speaks for one replay bar."""

    def __init__(self, bar: Timeline) -> None:
        super().__init__(bar)
        self._bar = bar
        self._lanes: dict[str, _Head] = {}
        self._states: dict[str, LaneState] = {}
        bar.setAccessibleName(self.tr("Replay bar"))

    def place(self) -> None:
        """Lanes have come, gone, or moved."""
        bar = self._bar
        layout, lanes = bar.layout_now, bar.deck.lanes
        keys = {lane.key for lane in lanes}
        for key in [key for key in self._lanes if key not in keys]:
            self._lanes.pop(key).deleteLater()
            self._states.pop(key, None)
        shown = layout.shown()
        for index, lane in enumerate(lanes):
            head = self._lanes.get(lane.key)
            if head is None:
                head = self._lanes[lane.key] = _Head(bar)
                self.tell_lane(lane.key)
            head.setGeometry(layout.head(index).toAlignedRect())
            head.setVisible(index in shown)

    def tell_lane(self, key: str) -> None:
        """A lane is another than it was; of the current one a new state is told at once, not each per cent."""
        lane, head = self._bar.deck.get(key), self._lanes.get(key)
        if lane is None or head is None:
            return
        head.setAccessibleName(self.name(lane))
        head.setAccessibleDescription(self.state(lane))
        before = self._states.get(key)
        self._states[key] = lane.state
        if self._bar.deck.current is lane:
            self.describe()
            if before is not None and before is not lane.state:
                self._announce(self.state(lane))

    def tell_current(self) -> None:
        """Another lane is the current one."""
        lane = self._bar.deck.current
        self.describe()
        if lane is not None:
            self._announce(self._in_words(self.name(lane), self.state(lane)))

    def tell_selection(self) -> None:
        """Something else is selected."""
        self.describe()
        self._announce(self.selection() or self.tr("Nothing is selected"))

    # --- words

    def name(self, lane: Lane) -> str:
        """Which lane it is."""
        return self.tr("Conversation {number}: {title}").format(number=lane.number, title=lane.title)

    def state(self, lane: Lane) -> str:
        """Everything that is painted of its state."""
        state = heads.state_words(lane, self._bar.locale_now)
        told = lane.words if lane.words != state else ""
        return self._in_words(state, told, lane.reason, heads.more_words(lane))

    def selection(self) -> str:
        """From when to when it reaches; empty where nothing is selected."""
        selection = self._bar.selection
        lane = self._bar.deck.get(selection.key) if selection is not None else None
        if selection is None or lane is None:
            return ""
        first, last = (times.clock(lane.moment(at), self._bar.zone_now) for at in (selection.first, selection.last))
        length = times.span(selection.last - selection.first)
        return self.tr("Selected from {first} to {last}, {length}").format(first=first, last=last, length=length)

    @staticmethod
    def _in_words(*parts: str) -> str:
        """Parts that stand for themselves, one after the other."""
        return "; ".join(" ".join(part.split()) for part in parts if part)

    def describe(self) -> None:
        """Say of the bar itself what holds now."""
        lane = self._bar.deck.current
        if lane is None:
            self._bar.setAccessibleDescription(self.tr("Nothing is loaded"))
            return
        clock = times.clock(lane.moment(self._bar.here), self._bar.zone_now)
        cursor = self.tr("Cursor at {time}").format(time=clock)
        self._bar.setAccessibleDescription(self._in_words(self.name(lane), self.state(lane), cursor, self.selection()))

    def _announce(self, words: str) -> None:
        if QAccessible.isActive() and self._bar.hasFocus():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._bar, words))
