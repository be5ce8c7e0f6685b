"""The pointer on the replay bar: click, drag, wheel, pinch, hover and menus; all it does, it does through the bar."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QMouseEvent, QNativeGestureEvent, QWheelEvent
from PySide6.QtWidgets import QToolTip

from ui.replay.timeline import heads
from ui.replay.timeline.grasp import Grasp, Held
from ui.replay.timeline.heads import Link, Spot
from ui.replay.timeline.layout import Part
from ui.replay.timeline.menu import lane_menu
from ui.replay.timeline.scenery import moment_of
from ui.replay.timeline.selection import LEAST, Selection
from ui.replay.tracks import Lane
from ui.widgets import plain_tip
from ui.words import times

if TYPE_CHECKING:
    from ui.replay.timeline.timeline import Timeline

_CLOSER = 1.4
_NOTCH = 120
_LINE = 60.0
_LABEL = 28.0
"""Half the width of the cursor's label, in which it can be grasped."""


class Pointer(QObject):
    """Watches one replay bar. Everything else it gets goes on to the bar."""

    def __init__(self, bar: Timeline) -> None:
        super().__init__(bar)
        self._bar = bar
        self._grasp = Grasp()
        bar.installEventFilter(self)

    @property
    def holds(self) -> bool:
        """Something is being dragged, or may be."""
        return self._grasp.held is not Held.NOTHING

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What the pointer does is answered here."""
        if isinstance(event, QMouseEvent):
            return self._mouse(event)
        if isinstance(event, QWheelEvent):
            self._wheel(event)
            return True
        if isinstance(event, QContextMenuEvent):
            self._menu(event)
            return True
        if isinstance(event, QNativeGestureEvent) and event.gestureType() is Qt.NativeGestureType.ZoomNativeGesture:
            self._bar.show_stretch(
                self._bar.axis.zoomed(1.0 + event.value(), around=event.position().x()), by_hand=True
            )
            return True
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), plain_tip(self._tip(QPointF(event.pos()))), self._bar)
            return True
        if event.type() is QEvent.Type.Leave:
            self._bar.show_hovered(None)
        return super().eventFilter(watched, event)

    def _mouse(self, event: QMouseEvent) -> bool:
        place, left = event.position(), event.button() is Qt.MouseButton.LeftButton
        match event.type():
            case QEvent.Type.MouseButtonPress if left:
                self._press(place)
            case QEvent.Type.MouseMove:
                self._move(place)
            case QEvent.Type.MouseButtonRelease if left:
                self._release()
            case QEvent.Type.MouseButtonDblClick if left:
                lane = self._lane_at(place)
                if lane is not None and self._bar.layout_now.part_at(place.x(), place.y()) is Part.LANE:
                    self._bar.select(Selection(lane.key, 0.0, lane.seconds))
        # The focus by a click is Qt's own affair.
        return False

    # --- pressing and dragging

    def _press(self, place: QPointF) -> None:
        bar = self._bar
        part = bar.layout_now.part_at(place.x(), place.y())
        lane = self._lane_at(place)
        at = bar.axis.at(place.x())
        handle = self._handle_at(place)
        if handle is not None:
            self._grasp.take(handle, place, at=at)
        elif part is Part.OVERVIEW:
            self._grasp.take(Held.OVERVIEW, place, at=at)
            self._centre(place)
        elif part is Part.RULER:
            self._grasp.take(Held.CURSOR if self._on_label(place) else Held.RULER, place, at=at)
        elif part is Part.HEAD and lane is not None:
            spot = self._spot_at(lane, place)
            if spot is None:
                bar.deck.choose(lane.key)
            else:
                bar.do(spot.link, lane.key)
        elif part is Part.LANE and lane is not None:
            flag = self._flag_at(lane, place)
            bar.deck.choose(lane.key)
            if flag:
                bar.flag_chosen.emit(lane.key, flag)
            else:
                self._grasp.take(Held.LANE, place, at=bar.voice_at(lane, place.x()), key=lane.key)

    def _move(self, place: QPointF) -> None:
        bar, grasp = self._bar, self._grasp
        match grasp.moved(place):
            case Held.LANE:
                lane = bar.deck.get(grasp.key)
                if lane is not None:
                    first, last = sorted((grasp.at, bar.voice_at(lane, place.x())))
                    bar.select(Selection(lane.key, first, last))
            case Held.FIRST | Held.LAST as held:
                self._drag_handle(held, place)
            case Held.RULER:
                bar.show_stretch(bar.axis.scrolled(grasp.way_back(place)), by_hand=True)
            case Held.OVERVIEW:
                self._centre(place)
            case Held.CURSOR if (lane := bar.deck.current) is not None:
                bar.seek_wanted.emit(lane.key, bar.voice_at(lane, place.x()))
            case Held.NOTHING:
                if not self.holds:
                    self._hover(place)

    def _release(self) -> None:
        """A click that dragged nothing seeks."""
        grasp, bar = self._grasp, self._bar
        held, dragged = grasp.held, grasp.dragged
        grasp.let_go()
        if dragged:
            return
        if held is Held.LANE:
            bar.select(None)
            bar.seek_wanted.emit(grasp.key, grasp.at)
        elif held is Held.RULER and (lane := bar.deck.current) is not None:
            bar.seek_wanted.emit(lane.key, lane.voice(moment_of(grasp.at)))

    def _drag_handle(self, held: Held, place: QPointF) -> None:
        bar, selection = self._bar, self._bar.selection
        lane = bar.deck.get(selection.key) if selection is not None else None
        if selection is None or lane is None:
            return
        here = bar.voice_at(lane, place.x())
        if held is Held.FIRST:
            bar.select(replace(selection, first=min(here, selection.last - LEAST)))
        else:
            bar.select(replace(selection, last=max(here, selection.first + LEAST)))

    def _centre(self, place: QPointF) -> None:
        bar = self._bar
        area = bar.layout_now.overview
        if area is not None:
            x = bar.axis.x(self._grasp.in_overview(bar.axis, area, place.x()))
            bar.show_stretch(bar.axis.scrolled(x - bar.axis.left - bar.axis.width / 2), by_hand=True)

    # --- wheel, hovering, menu

    def _wheel(self, event: QWheelEvent) -> None:
        bar, delta = self._bar, event.angleDelta()
        modifiers = event.modifiers()
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            around = min(max(event.position().x(), bar.axis.left), bar.axis.right)
            bar.show_stretch(bar.axis.zoomed(_CLOSER ** (delta.y() / _NOTCH), around=around), by_hand=True)
        elif delta.y() and not modifiers & Qt.KeyboardModifier.ShiftModifier and bar.scroll_lanes(-delta.y() / _NOTCH):
            pass
        else:
            turned = delta.x() or delta.y()
            bar.show_stretch(bar.axis.scrolled(-turned / _NOTCH * _LINE), by_hand=True)
        event.accept()

    def _hover(self, place: QPointF) -> None:
        bar = self._bar
        in_head = bar.layout_now.part_at(place.x(), place.y()) is Part.HEAD
        lane = self._lane_at(place) if in_head else None
        bar.show_hovered(lane.key if lane is not None else None)
        shape = Qt.CursorShape.ArrowCursor
        on_label = bar.layout_now.part_at(place.x(), place.y()) is Part.RULER and self._on_label(place)
        if self._handle_at(place) is not None or on_label:
            shape = Qt.CursorShape.SizeHorCursor
        elif lane is not None and self._spot_at(lane, place) is not None:
            shape = Qt.CursorShape.PointingHandCursor
        bar.setCursor(shape)

    def _tip(self, place: QPointF) -> str:
        lane = self._lane_at(place)
        if lane is None:
            return ""
        if self._bar.layout_now.part_at(place.x(), place.y()) is Part.HEAD:
            spot = self._spot_at(lane, place)
            if spot is not None and spot.link is Link.CLOSE:
                return self.tr("Unload (Delete)")
            words = (lane.title, heads.state_words(lane, self._bar.locale_now), lane.reason, heads.more_words(lane))
            return "\n".join(word for word in words if word)
        key = self._flag_at(lane, place)
        note = next((flag.note for flag in lane.flags if flag.key == key), "")
        return note or self._pause_words(lane, place) or lane.reason or lane.words

    def _pause_words(self, lane: Lane, place: QPointF) -> str:
        at = self._bar.axis.at(place.x())
        for clip in lane.clips:
            inside = at - clip.start.timestamp()
            for pause in clip.pauses:
                if pause.start_seconds <= inside <= pause.end_seconds:
                    length = times.duration(pause.end_seconds - pause.start_seconds)
                    return self.tr("Recording was paused for {length}").format(length=length)
        return ""

    def _menu(self, event: QContextMenuEvent) -> None:
        """What can be done about a lane; with the keyboard, about the current one."""
        bar, place = self._bar, QPointF(event.pos())
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            lane, seconds = bar.deck.current, bar.here
            where = bar.mapToGlobal(QPoint(40, round(bar.layout_now.top)))
        else:
            lane, where = self._lane_at(place), event.globalPos()
            seconds = bar.voice_at(lane, place.x()) if lane is not None else 0.0
        if lane is not None:
            lane_menu(bar, lane, seconds).popup(where)

    # --- what lies there

    def _lane_at(self, place: QPointF) -> Lane | None:
        index = self._bar.layout_now.lane_at(place.y())
        return self._bar.deck.lanes[index] if index is not None else None

    def _on_label(self, place: QPointF) -> bool:
        cursor = self._bar.cursor_moment
        return cursor is not None and abs(self._bar.axis.x(cursor) - place.x()) <= _LABEL

    def _handle_at(self, place: QPointF) -> Held | None:
        moments = self._bar.selected_moments
        if moments is None or place.y() < self._bar.layout_now.ruler or place.x() < self._bar.axis.left - 6:
            return None
        return self._grasp.handle(place.x(), *(self._bar.axis.x(at) for at in moments))

    def _spot_at(self, lane: Lane, place: QPointF) -> Spot | None:
        area = self._bar.layout_now.head(self._bar.index(lane.key))
        found = heads.spots(lane, area, self._bar.locale_now)
        return next((spot for spot in found if spot.area.contains(place)), None)

    def _flag_at(self, lane: Lane, place: QPointF) -> str:
        top = self._bar.layout_now.row(self._bar.index(lane.key)).top()
        for flag in lane.flags:
            x = self._bar.axis.x(lane.moment(flag.seconds).timestamp())
            if x - 2 <= place.x() <= x + 10 and place.y() <= top + 10:
                return flag.key
        return ""
