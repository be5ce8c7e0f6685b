"""The replay module's widgets, put together in the three shapes it has; whoever holds it decides which one it is.

::

    LARGE  Replay   4 conversations · 51 min of 24 h                          Save a copy…   Unload all
    LARGE, DOCK  functionality bar
    LARGE, DOCK  timeline
    LARGE  marks
    LINE   one line instead of all that
"""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from download_client.engine import MOST_SECONDS
from download_client.errors import MirError
from ui.file_manager import FileManager
from ui.replay.copying import Copying
from ui.replay.functionality_bar import FunctionalityBar
from ui.replay.keys import Keys
from ui.replay.line_bar import LineBar
from ui.replay.mark_dialog import MarkDialog
from ui.replay.marks_model import MarkRow
from ui.replay.marks_panel import MarksPanel
from ui.replay.picturing import Picturing
from ui.replay.replay import Replay
from ui.replay.timeline import Selection, Timeline
from ui.theme import TITLE
from ui.widgets import box, button, column, fill, label, line, row
from ui.words import times

_WIDE: Final = 1300
"""Narrower than this, balance and output stand in a menu."""
_MARKS_LEAST, _MARK = 156, 32
"""The height of the list of marks without any, and of each."""


class Shape(Enum):
    """How much of it is on show."""

    LINE = "line"
    DOCK = "dock"
    LARGE = "large"


class Panel(QWidget):
    """`filled`: whether anything is loaded now. `large_wanted`: the other shape was asked for."""

    filled = Signal(bool)
    large_wanted = Signal(bool)

    def __init__(self, replay: Replay, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._replay = replay
        self._session = session = replay.session
        self._shape = Shape.DOCK
        self._width = _WIDE
        self._looping = False
        self._was_filled = False
        self._alone = False
        self.files = FileManager(parent=self)
        self.bar = FunctionalityBar(session, replay.deck, replay.player)
        self.line = LineBar(session, replay.deck, replay.player, self.bar)
        self.timeline = Timeline(replay.deck, zone=lambda: session.zone, locale=lambda: session.locale)
        self.marks = MarksPanel(session)
        self.copying = Copying(replay, self)
        self.picturing = Picturing(session, self)
        self._make_head()
        self._lay_out()
        self._connect()
        self._make_keys()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Replay"))
        self._fit_marks()
        self.set_shape(Shape.DOCK)
        self._count()

    # --- putting it together

    def _make_head(self) -> None:
        self.facts = label("", tone="2")
        self.copy = button(self.tr("Save a copy…"), "scissors", tip=self.tr("Save the selection, or all (Ctrl+S)"))
        self.unload = button(self.tr("Unload all"), kind="flat", tip=self.tr("Let go of everything that is loaded"))
        title = label(self.tr("Replay"), TITLE, bold=True)
        self._head = box(row(title, self.facts, None, self.copy, self.unload, gap=12), margins=(18, 12, 14, 4))

    def _lay_out(self) -> None:
        self._under = box(column(line(), (self.marks, 1), gap=0))
        fill(
            QVBoxLayout(self),
            self._head,
            self.line,
            self.bar,
            (self.timeline, 3),
            (self._under, 2),
            gap=0,
        )

    def _connect(self) -> None:
        replay, bar, timeline, marks = self._replay, self.bar, self.timeline, self.marks
        for one in (bar, self.line):
            one.large_wanted.connect(self.large_wanted)
            one.close_wanted.connect(replay.unload)
        self.unload.clicked.connect(replay.unload)
        self.copy.clicked.connect(self.save_copy)
        bar.zoom_in.connect(timeline.zoom_in)
        bar.zoom_out.connect(timeline.zoom_out)
        bar.zoom_wanted.connect(timeline.set_zoom_share)
        bar.follow_wanted.connect(timeline.set_follow)
        bar.loop_wanted.connect(self._loop)
        bar.in_turn_wanted.connect(replay.set_in_turn)
        bar.set_in_turn(replay.in_turn)
        timeline.zoom_changed.connect(bar.set_zoom)
        timeline.follow_changed.connect(bar.set_follow)
        timeline.seek_wanted.connect(replay.seek)
        timeline.selection_changed.connect(lambda _: self._selected())
        timeline.close_wanted.connect(replay.deck.remove)
        timeline.stop_wanted.connect(replay.loader.stop)
        timeline.reveal_wanted.connect(self.reveal)
        timeline.convert_wanted.connect(self.copying.convert)
        timeline.mark_wanted.connect(self.mark_at)
        timeline.flag_chosen.connect(self._go_to_flag)
        timeline.picture_wanted.connect(self.save_picture)
        marks.add.connect(self.mark)
        marks.jump.connect(replay.go_to_mark)
        marks.look_for.connect(replay.marks.look_for)
        replay.marks.found.connect(marks.show_found)
        marks.change.connect(self._change_mark)
        marks.remove.connect(replay.marks.remove)
        marks.export.connect(lambda path: replay.marks.export(marks.model.rows, path))
        replay.player.position_changed.connect(self._moved)
        replay.player.state_changed.connect(lambda _: self._moved(replay.player.position))
        replay.marks.changed.connect(lambda: marks.show_rows(replay.marks.rows()))
        marks.model.modelReset.connect(self._fit_marks)
        replay.loader.refused.connect(self.say)
        replay.loader.begun.connect(self._loaded)
        replay.deck.loaded.connect(self._count)
        # Of thousands of lanes each changes some times while it is loaded.
        soon = QTimer(self, singleShot=True, interval=0)
        soon.timeout.connect(self._count)
        replay.deck.changed.connect(lambda _: soon.start())
        replay.deck.current_changed.connect(lambda _: self._selected())
        bar.set_follow(True)
        self._selected()

    def _make_keys(self) -> None:
        keys = Keys(self, self.bar, self.line, self.timeline, self._replay.player)
        keys.bind("Ctrl+M", self.mark)
        keys.bind("Ctrl+S", self.save_copy)
        keys.bind("Ctrl+Shift+S", self.save_picture)
        keys.bind("Ctrl+Shift+R", self._ask_for_other_size, everywhere=True)

    def _ask_for_other_size(self) -> None:
        self.large_wanted.emit(self._shape is not Shape.LARGE)

    # --- shapes

    @property
    def shape(self) -> Shape:
        """How much of it is on show."""
        return self._shape

    def set_shape(self, shape: Shape) -> None:
        """Show more of it, or less."""
        self._shape = shape
        large, one_line = shape is Shape.LARGE, shape is Shape.LINE
        self._head.setVisible(large)
        self._under.setVisible(large and not self._alone)
        self.line.setVisible(one_line)
        self.bar.setVisible(not one_line)
        self.timeline.setVisible(not one_line)
        self.timeline.set_large(large)
        self.bar.set_large(large, wide=self._width >= _WIDE)
        # The play button cannot have the keyboard as long as there is nothing to be heard.
        self.setFocusProxy(self.line if one_line else self.timeline)

    def set_alone(self) -> None:
        """In a window of its own: it stays large, and nothing can be marked, as there is no archive."""
        self.bar.set_alone()
        self._alone = True
        self.set_shape(Shape.LARGE)

    def _fit_marks(self) -> None:
        """Few marks leave the room to the timeline."""
        self._under.setMaximumHeight(_MARKS_LEAST + _MARK * len(self.marks.model.rows))

    def fit(self, width: int) -> None:
        """The window is so wide."""
        self._width = width
        self.bar.set_large(self._shape is Shape.LARGE, wide=width >= _WIDE)

    def escape(self) -> bool:
        """Empty the search of marks, or take the selection away."""
        if self._shape is Shape.LARGE and self.marks.search.text():
            self.marks.search.clear()
            return True
        if self.timeline.selection is not None:
            self.timeline.select(None)
            return True
        return False

    # --- what is loaded

    def _loaded(self) -> None:
        self.setFocus()

    def _count(self) -> None:
        lanes = self._replay.deck.lanes
        words = self.tr("%n conversation(s)", "", len(lanes))
        if self._alone:
            words = self.tr("%n recording(s)", "", len(lanes))
        length = self.tr("{loaded} of {most}").format(
            loaded=times.span(self._replay.deck.seconds), most=self.tr("%n h", "hours", round(MOST_SECONDS / 3600))
        )
        self.facts.setText(f"{words}  ·  {length}")
        self.copy.setEnabled(any(lane.playable for lane in lanes))
        if bool(lanes) != self._was_filled:
            self._was_filled = bool(lanes)
            self.filled.emit(self._was_filled)
        self._may_mark()

    def say(self, error: MirError) -> None:
        """Why nothing was loaded: the window's dialog, as for everything that was asked for."""
        self._session.show_error.emit(error)

    def reveal(self, key: str) -> None:
        """Show a lane's file where it lies."""
        lane = self._replay.deck.get(key)
        if lane is None or not lane.files:
            return
        file = lane.files[0]

        def then(there: bool) -> None:
            if there:
                self._session.files_wanted.emit((file,))
                self.files.reveal(file)
            else:
                self.files.open(_nearest(file))

        self._session.bridge.ask(lambda _: file.is_file(), then=then, sorry=self._session.show_error.emit, owner=self)

    # --- where it is

    def _moved(self, seconds: float) -> None:
        self.timeline.set_position(self._replay.player.lane, seconds)

    def _selected(self) -> None:
        selection, lane = self.timeline.selection, self._replay.deck.current
        mine = selection is not None and lane is not None and selection.key == lane.key
        if self._looping and not mine:
            self._looping = False
            self._replay.player.set_loop(None)
        elif self._looping and selection is not None:
            self._replay.player.set_loop((selection.first, selection.last))
        self.bar.set_looping(self._looping, possible=mine)
        self._may_mark()

    def _loop(self, on: bool) -> None:
        selection = self.timeline.selection
        self._looping = on and selection is not None
        if self._looping and selection is not None:
            self._replay.player.set_loop((selection.first, selection.last))
        else:
            self._replay.player.set_loop(None)
        self.bar.set_looping(self._looping, possible=selection is not None)

    # --- marks

    def _may_mark(self) -> None:
        lane = self._replay.deck.current
        may = self._replay.marks.possible(lane, self._replay.player.position if lane is not None else 0.0)
        why = "" if may or lane is None else self.tr("Only recordings in the archive can be marked: download it first.")
        self.marks.allow(marking=may, why=why)

    def mark(self) -> None:
        """Mark what is selected, or this moment."""
        selection, lane = self.timeline.selection, self._replay.deck.current
        if selection is not None and lane is not None and selection.key == lane.key:
            self._ask_mark(selection)
        elif lane is not None:
            self.mark_at(lane.key, self._replay.player.position)

    def mark_at(self, key: str, seconds: float) -> None:
        """Mark a moment of a lane's voice."""
        self._ask_mark(Selection(key, seconds, seconds))

    def _go_to_flag(self, key: str, mark: str) -> None:
        lane = self._replay.deck.get(key)
        flag = next((flag for flag in lane.flags if flag.key == mark), None) if lane is not None else None
        if flag is not None:
            self._replay.seek(key, flag.seconds)
            self.marks.show_chosen(mark)

    def _ask_mark(self, at: Selection) -> None:
        lane, marks = self._replay.deck.get(at.key), self._replay.marks
        if lane is None or not marks.possible(lane, at.first):
            return
        dialog = MarkDialog(where=self._where(at), new=True, parent=self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.noted.connect(lambda note: marks.add(lane, first=at.first, last=at.last, note=note))
        dialog.open()

    def _change_mark(self, it: MarkRow) -> None:
        if it.mark is None:
            return
        where = self._where(Selection(it.lane, it.seconds, it.seconds + it.length))
        dialog = MarkDialog(where=where, note=it.mark.note, new=False, parent=self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.noted.connect(lambda note: self._replay.marks.change(it, note))
        dialog.open()

    def _where(self, at: Selection) -> str:
        lane = self._replay.deck.get(at.key)
        if lane is None:
            return ""
        zone = self._session.zone
        first = times.clock(lane.moment(at.first), zone)
        if at.last <= at.first:
            return self.tr("{name}, at {time}").format(name=lane.title, time=first)
        last = times.clock(lane.moment(at.last), zone)
        return self.tr("{name}, from {first} to {last}").format(name=lane.title, first=first, last=last)

    # --- copies

    def save_copy(self) -> None:
        """Save the selection, or the whole of what is current, as a file."""
        if isinstance(QApplication.focusWidget(), QLineEdit):
            return
        self.copying.save(self.timeline.selection)

    def save_picture(self, key: str = "") -> None:
        """Save a picture of a conversation, the current one where none is named, for a report."""
        lane = self._replay.deck.get(key) if key else self._replay.deck.current
        if lane is not None:
            self.picturing.save(lane)


def _nearest(file: Path) -> Path:
    """The folder it lay in, or the one above that is there still."""
    return next((folder for folder in file.parents if folder.is_dir()), file.parent)
