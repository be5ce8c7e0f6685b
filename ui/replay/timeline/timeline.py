"""The replay bar: lanes over time, where one zooms, scrolls, selects and seeks; it plays nothing and loads nothing.

With the pointer: click seeks, dragging selects, dragging the ruler scrolls, the wheel scrolls, Ctrl+wheel and pinching
zoom. What the keyboard does stands in `keyboard`, what a screen reader finds in `spoken`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, tzinfo

from PySide6.QtCore import QLocale, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QScrollBar, QSizePolicy, QWidget

from ui import theme
from ui.replay.timeline import heads
from ui.replay.timeline.axis import Axis, Span, segments_of
from ui.replay.timeline.heads import Link
from ui.replay.timeline.keyboard import Keyboard
from ui.replay.timeline.lanes import LanePictures
from ui.replay.timeline.layout import LANE, RULER, Layout
from ui.replay.timeline.pointer import Pointer
from ui.replay.timeline.scenery import Overview, Ruler, Scenery, moment_of
from ui.replay.timeline.selection import Selection
from ui.replay.timeline.spoken import Spoken
from ui.replay.tracks import Deck, Lane
from ui.theme.measures import RADIUS_CONTROL
from ui.widgets.focus import Ring
from ui.widgets.painting import smooth

_CLOSER = 1.4
_BRIEF = 0.02
"""Seconds that are too little for a selection."""
_ABOVE = 3
"""Pixels above the lanes into which their marks reach."""
_LABEL_ROOM, _LINE_ROOM = 190, 2
"""Pixels beside the cursor in which its label may cover words of the ruler, and those that its line may cover."""


class Timeline(QWidget):
    """Draws a deck. `zone` and `locale` answer those that hold now. Places of time are seconds of a lane's voice."""

    seek_wanted = Signal(str, float)
    selection_changed = Signal(object)
    """A `Selection`, or None."""
    stop_wanted = Signal(str)
    close_wanted = Signal(str)
    reveal_wanted = Signal(str)
    convert_wanted = Signal(str)
    mark_wanted = Signal(str, float)
    picture_wanted = Signal(str)
    flag_chosen = Signal(str, str)
    """A mark was clicked: its lane, and its own key."""
    follow_changed = Signal(bool)
    zoom_changed = Signal(float)
    """How far it is zoomed in: 0 the whole, 1 tenths of seconds."""

    def __init__(
        self, deck: Deck, *, zone: Callable[[], tzinfo], locale: Callable[[], QLocale], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.deck = deck
        self._zone = zone
        self._locale = locale
        self._pictures = LanePictures(theme.of())
        self._overview = Overview()
        self._ruler = Ruler()
        self._ring = Ring()
        self._pointer = Pointer(self)
        Keyboard(self)
        self._spoken = Spoken(self)
        self._axis = Axis()
        self._timed: dict[str, tuple[tuple[datetime, datetime], ...]] = {}
        """When each lane has a voice, as the axis has it."""
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._take_time)
        self._large = False
        self._follow = True
        self._hovered: str | None = None
        self._position: tuple[str, float] | None = None
        self._selection: Selection | None = None
        self._bar = QScrollBar(Qt.Orientation.Vertical, self)
        self._bar.valueChanged.connect(self._scrolled)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        deck.loaded.connect(self._take_deck)
        deck.changed.connect(self._take_lane)
        deck.current_changed.connect(self._take_current)
        theme.of().changed.connect(self.update)
        self._take_deck()

    # --- what others ask of it

    @property
    def selection(self) -> Selection | None:
        """What is selected."""
        return self._selection

    @property
    def axis(self) -> Axis:
        """The stretch on show."""
        return self._axis

    @property
    def locale_now(self) -> QLocale:
        """How numbers are written."""
        return self._locale()

    @property
    def zone_now(self) -> tzinfo:
        """By which clock times are shown."""
        return self._zone()

    @property
    def here(self) -> float:
        """Where the cursor stands in the current lane, in seconds of its voice."""
        current = self.deck.current
        if self._position is None or current is None or self._position[0] != current.key:
            return 0.0
        return self._position[1]

    @property
    def layout_now(self) -> Layout:
        """What lies where."""
        return Layout(self.width(), self.height(), len(self.deck), large=self._large, scroll=self._bar.value())

    @property
    def pictures_kept(self) -> int:
        """How many lanes are held as pictures."""
        return len(self._pictures)

    def select(self, selection: Selection | None) -> None:
        """Select a part of a lane, or nothing."""
        if selection is not None and selection.last - selection.first < _BRIEF:
            selection = None
        if selection != self._selection:
            self._selection = selection
            self.selection_changed.emit(selection)
            self._spoken.tell_selection()
            self.update()

    def set_position(self, key: str, seconds: float) -> None:
        """The cursor stands there; followed, where that is wanted."""
        before = self.cursor_moment
        self._position = key, seconds
        now = self.cursor_moment
        if now is None:
            return
        if self._follow and not self._pointer.holds:
            self.show_stretch(self._axis.showing(now))
        if before is None or abs(before - now) > 5:
            self.update()
            return
        left, right = sorted((self._axis.x(before), self._axis.x(now)))
        layout = self.layout_now
        label, line = ((left - room, right - left + 2 * room) for room in (_LABEL_ROOM, _LINE_ROOM))
        self.update(QRectF(label[0], layout.ruler, label[1], RULER - _ABOVE).toAlignedRect())
        self.update(QRectF(line[0], layout.ruler, line[1], self.height()).toAlignedRect())

    def set_large(self, large: bool) -> None:
        """Tall lanes and the overview, or low ones."""
        self._large = large
        self._fit()

    def set_follow(self, follow: bool) -> None:
        """Whether the cursor stays on show."""
        if follow != self._follow:
            self._follow = follow
            self.follow_changed.emit(follow)
            if follow and self._position is not None:
                self.set_position(*self._position)

    def zoom(self, factor: float) -> None:
        """Closer by a factor, around the cursor where it is on show."""
        self.show_stretch(self._axis.zoomed(factor, around=self._middle()))

    def zoom_in(self) -> None:
        """One step closer."""
        self.zoom(_CLOSER)

    def zoom_out(self) -> None:
        """One step back."""
        self.zoom(1 / _CLOSER)

    def set_zoom_share(self, share: float) -> None:
        """As a slider has it: 0 the whole, 1 tenths of seconds."""
        self.show_stretch(self._axis.at_share(share, around=self._middle()))

    def show_all(self) -> None:
        """Everything that is loaded."""
        self.show_stretch(replace(self._axis, scale=0.0, offset=0.0))

    def show_selection(self) -> None:
        """The selection as large as it can be."""
        if (moments := self.selected_moments) is not None:
            self.show_stretch(self._axis.framing(*moments))

    # --- the deck

    def _take_deck(self) -> None:
        keys = frozenset(lane.key for lane in self.deck.lanes)
        self._pictures.keep(keys)
        if self._selection is not None and self._selection.key not in keys:
            self.select(None)
        if self._position is not None and self._position[0] not in keys:
            self._position = None
        self._take_time()
        self._fit()

    def _take_lane(self, key: str) -> None:
        lane = self.deck.get(key)
        if lane is None:
            return
        if self._timed.get(key) != _times_of(lane):
            # Many lanes change while they are loaded: time is looked at once for all of them.
            self._later.start()
        index = self.index(key)
        if index in self.layout_now.shown():
            self.update(self.layout_now.row(index).adjusted(0, -4, 0, 4).toAlignedRect())
        self._spoken.tell_lane(key)

    def _take_current(self, key: str) -> None:
        if key:
            self._scroll_to(self.index(key))
        self._spoken.tell_current()
        self.update()

    def _take_time(self) -> None:
        timed = {lane.key: _times_of(lane) for lane in self.deck.lanes}
        if timed == self._timed:
            return
        self._timed = timed
        spans = [(first.timestamp(), last.timestamp()) for pieces in timed.values() for first, last in pieces]
        if (overview := self.layout_now.overview) is not None:
            self.update(overview.toAlignedRect())
        segments = segments_of(spans)
        if segments == self._axis.segments or not segments:
            return
        self.show_stretch(self._axis.within(segments=segments))

    # --- sizes

    def sizeHint(self) -> QSize:
        """Room for three lanes."""
        return QSize(900, round(Layout(900, 0, 3).content) + 30)

    def minimumSizeHint(self) -> QSize:
        """Room for one lane."""
        return QSize(480, LANE + 30)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep what is on show."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        layout = self.layout_now
        beyond = layout.content - layout.room
        self._bar.setGeometry(self.width() - 10, round(layout.top), 10, max(round(layout.room), 1))
        self._bar.setRange(0, max(round(beyond), 0))
        self._bar.setPageStep(max(round(layout.room), 1))
        self._bar.setSingleStep(round(layout.lane))
        self._bar.setVisible(beyond > 1)
        layout = self.layout_now
        self.show_stretch(self._axis.within(left=layout.axis_left, width=layout.axis_width))
        self._scrolled()

    def _scrolled(self) -> None:
        self._spoken.place()
        self.update()

    def show_stretch(self, axis: Axis, *, by_hand: bool = False) -> None:
        """Show this stretch; `by_hand` away from the cursor: it is no longer followed."""
        if axis == self._axis:
            return
        other = axis.share != self._axis.share
        self._axis = axis
        if other:
            self.zoom_changed.emit(axis.share)
        cursor = self.cursor_moment
        if by_hand and self._follow and cursor is not None and not axis.left <= axis.x(cursor) <= axis.right:
            self._follow = False
            self.follow_changed.emit(False)
        self._update_time()

    def index(self, key: str) -> int:
        """Which of the lanes it is, from 0. Raises ValueError."""
        return [lane.key for lane in self.deck.lanes].index(key)

    def scroll_lanes(self, lanes: float) -> bool:
        """Scroll down by so many lanes; False: all of them are on show."""
        if not self._bar.maximum():
            return False
        self._bar.setValue(self._bar.value() + round(lanes * self.layout_now.lane))
        return True

    def show_hovered(self, key: str | None) -> None:
        """The pointer is over this head."""
        if key != self._hovered:
            self._hovered = key
            self.update(self._heads_area)

    @property
    def _heads_area(self) -> QRect:
        layout = self.layout_now
        return QRect(0, round(layout.top), round(layout.heads) + 1, self.height())

    def _update_time(self) -> None:
        """Paint again what stands right of the heads: they stay as they are."""
        left = round(self.layout_now.heads) + 1
        self.update(QRect(left, 0, self.width() - left, self.height()))

    def _scroll_to(self, index: int) -> None:
        layout = self.layout_now
        row = layout.row(index)
        if row.top() < layout.top:
            self._bar.setValue(round(self._bar.value() - (layout.top - row.top())))
        elif row.bottom() > self.height():
            self._bar.setValue(round(self._bar.value() + row.bottom() - self.height() + 4))

    # --- moments

    @property
    def cursor_moment(self) -> float | None:
        """When that was said where the cursor stands; None: it stands nowhere."""
        if self._position is None:
            return None
        lane = self.deck.get(self._position[0])
        return lane.moment(self._position[1]).timestamp() if lane is not None else None

    def _middle(self) -> float:
        cursor = self.cursor_moment
        x = self._axis.x(cursor) if cursor is not None else -1.0
        return x if self._axis.left <= x <= self._axis.right else self._axis.left + self._axis.width / 2

    def voice_at(self, lane: Lane, x: float) -> float:
        """The second of a lane's voice at a place."""
        return lane.voice(moment_of(self._axis.at(x)))

    @property
    def selected_moments(self) -> Span | None:
        """The first and last moment of what is selected."""
        if self._selection is None:
            return None
        lane = self.deck.get(self._selection.key)
        if lane is None:
            return None
        first, last = lane.moment(self._selection.first), lane.moment(self._selection.last)
        return first.timestamp(), last.timestamp()

    # --- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """One frame; heads and overview only where they are to be painted again."""
        heads_too = event.region().intersects(self._heads_area)
        painter = smooth(QPainter(self))
        layout, axis, by = self.layout_now, self._axis, theme.of()
        lanes, cursor = self.deck.lanes, self.cursor_moment
        scenery = Scenery(painter, layout, axis, by=by, zone=self._zone(), locale=self.locale_now)
        if event.rect().top() < layout.ruler:
            scenery.overview(lanes, self._overview, word=self.tr("Overview"))
        scenery.ruler(self._ruler, cursor=cursor, within=event.rect())
        bottom = min(layout.top + layout.content - layout.scroll - 6, self.height())
        painter.save()
        painter.setClipRect(QRectF(0, layout.top - _ABOVE, self.width(), self.height()), Qt.ClipOperation.IntersectClip)
        below = (
            event.region().intersected(QRect(0, round(layout.top) - _ABOVE, self.width(), self.height())).boundingRect()
        )
        scenery.folds(bottom=bottom, within=below)
        x = axis.x(cursor) if cursor is not None else None
        for index in layout.shown():
            lane, row = lanes[index], layout.row(index)
            if heads_too:
                self._paint_head(painter, lane, index)
            self._pictures.draw(painter, lane, axis, row, cursor=x, within=below)
            scenery.parties(lane, row, within=below)
            scenery.flags(lane, row)
        self._pictures.keep({lanes[index].key for index in layout.shown()})
        painter.restore()
        scenery.fold_lengths(cursor=cursor)
        if (moments := self.selected_moments) is not None:
            scenery.selection(*moments, bottom=bottom)
        if cursor is not None:
            scenery.cursor(cursor, bottom=bottom)

    def _paint_head(self, painter: QPainter, lane: Lane, index: int) -> None:
        area, by = self.layout_now.head(index), theme.of()
        chosen = lane is self.deck.current
        heads.paint_head(
            painter, lane, area, chosen=chosen, hovered=lane.key == self._hovered, locale=self.locale_now, by=by
        )
        if chosen and self._ring.shown:
            painter.setPen(QPen(by.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), RADIUS_CONTROL, RADIUS_CONTROL)

    # --- focus and links

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring where the keyboard came."""
        super().focusInEvent(event)
        self._ring.take(event)
        self._spoken.describe()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """And take it away."""
        super().focusOutEvent(event)
        self._ring.take(event)
        self.update()

    def do(self, link: Link, key: str) -> None:
        """Ask for what can be done about a lane."""
        told = {
            Link.STOP: self.stop_wanted,
            Link.CLOSE: self.close_wanted,
            Link.REVEAL: self.reveal_wanted,
            Link.CONVERT: self.convert_wanted,
        }
        told[link].emit(key)


def _times_of(lane: Lane) -> tuple[tuple[datetime, datetime], ...]:
    return tuple((clip.start, clip.end) for clip in lane.clips) or ((lane.start, lane.end),)
