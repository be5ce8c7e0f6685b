"""The replay module in the whole window, by mouse and keyboard, over the real engine and the real service."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
import soundfile
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from download_client.engine import PullRequest
from download_client.errors import MirError, TooMuchVoice
from download_client.model import Conversation, Criteria, RecordingStatus
from mir_sandbox.remote import Sandbox
from tests.ui.conftest import SECONDS, sign_in
from ui.conversations import ConversationsModule
from ui.library import LibraryModule
from ui.program import Program
from ui.replay.copy_dialog import CopyDialog
from ui.replay.dock import Dock
from ui.replay.mark_dialog import MarkDialog
from ui.replay.panel import Shape
from ui.replay.player import PlayerState
from ui.replay.timeline import Selection
from ui.replay.tracks import Lane, LaneState
from ui.replay.wish import Wanted, Wish
from ui.widgets import ActionButton

DAYS = 4
_FLAGS = QItemSelectionModel.SelectionFlag


class Room:
    """The program with its listing filled, and what is looked at in it."""

    def __init__(self, program: Program, qtbot: QtBot) -> None:
        self.program = program
        self.qtbot = qtbot
        self.window = program.window
        program.window.resize(1440, 900)

    @property
    def dock(self) -> Dock:
        found = self.window.findChild(Dock)
        assert isinstance(found, Dock)
        return found

    @property
    def lanes(self) -> tuple[Lane, ...]:
        return self.program.replay().deck.lanes

    def conversations(self) -> ConversationsModule:
        self.window.go("conversations")
        module = self.window.module("conversations")
        assert isinstance(module, ConversationsModule)
        now = datetime.now(UTC)
        module.begin(Criteria(from_time=now - timedelta(days=DAYS), to_time=now), "")
        self.qtbot.waitUntil(
            lambda: module.lister.filled.complete and module.view is not None and self.at_rest(), timeout=SECONDS
        )
        return module

    def library(self) -> LibraryModule:
        self.window.go("library")
        module = self.window.module("library")
        assert isinstance(module, LibraryModule)
        self.qtbot.waitUntil(lambda: module.model.view is not None and self.at_rest(), timeout=SECONDS)
        return module

    def at_rest(self) -> bool:
        return self.program.session.bridge.at_rest

    def press(self, action: QAction) -> None:
        """The toolbar's button of an action, with the mouse."""
        self.qtbot.waitUntil(action.isEnabled, timeout=SECONDS)
        buttons = self.window.findChildren(ActionButton)
        made = next(each for each in buttons if each.accessibleName() == action.text())
        self.qtbot.mouseClick(made, Qt.MouseButton.LeftButton)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.to_front()
        held = self.window.focusWidget()
        assert held is not None
        self.qtbot.keyClick(held, key, modifier)

    def to_front(self) -> None:
        """Keys of actions are heard in the window in front alone."""
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow, timeout=SECONDS)

    def wait_until_loaded(self, count: int) -> None:
        on_the_way = (LaneState.WAITING, LaneState.FETCHING, LaneState.READING)
        self.qtbot.waitUntil(
            lambda: len(self.lanes) == count and all(lane.state not in on_the_way for lane in self.lanes),
            timeout=SECONDS,
        )

    def choose(self, module: ConversationsModule, wanted: Callable[[Conversation], bool], count: int) -> list[str]:
        """Select so many conversations with Ctrl and the mouse."""
        listing = module.lister.listing
        assert listing is not None
        found: list[str] = []
        for line in range(module.model.rowCount()):
            self.qtbot.waitUntil(partial(self._row, module, line), timeout=SECONDS)
            it = module.model.row(line)
            if it is not None and wanted(listing.conversation(it.conversation_id)):
                spot = module.list.visualRect(module.model.index(line, 1)).center()
                modifier = Qt.KeyboardModifier.ControlModifier if found else Qt.KeyboardModifier.NoModifier
                self.qtbot.mouseClick(module.list.viewport(), Qt.MouseButton.LeftButton, modifier, spot)
                found.append(it.conversation_id)
            if len(found) == count:
                return found
        raise AssertionError("there are not so many")

    def _row(self, module: ConversationsModule, line: int) -> bool:
        module.list.scrollTo(module.model.index(line, 0))
        return module.model.row(line) is not None


def doing(room: Room) -> PlayerState:
    return room.program.replay().player.state


def shape(room: Room) -> Shape:
    return room.dock.panel.shape


def playable(it: Conversation) -> bool:
    return bool(it.recordings) and all(each.status is RecordingStatus.AVAILABLE for each in it.recordings)


def silent(it: Conversation) -> bool:
    return not it.recordings


@pytest.fixture
def room(program: Program, qtbot: QtBot) -> Room:
    return Room(program, qtbot)


@pytest.fixture
def stocked(make_program: Callable[..., Program], service: Sandbox, tmp_path: Path, qtbot: QtBot) -> Room:
    """An archive with the calls of some days."""
    made = make_program(archive__folder=str(tmp_path / "archive"))
    sign_in(made.session, service)
    now = datetime.now(UTC)
    criteria = Criteria(from_time=now - timedelta(days=DAYS), to_time=now)
    made.session.engine.pull(PullRequest(archive=tmp_path / "archive", criteria=criteria, accept_risk=True)).run()
    made.session.look_for_archive()
    qtbot.waitUntil(lambda: made.session.archive is not None, timeout=SECONDS)
    return Room(made, qtbot)


def load_from_library(room: Room, count: int) -> None:
    module = room.library()
    lines = [line for line in range(module.model.rowCount()) if not module.model.is_heading(line)]
    module.list.selectionModel().clear()
    for line in lines[:count]:
        module.list.selectionModel().select(module.model.index(line, 0), _FLAGS.Select | _FLAGS.Rows)
    room.press(module.replaying.voice_action)
    room.qtbot.waitUntil(lambda: bool(room.lanes), timeout=SECONDS)


def test_two_conversations_are_fetched_and_heard(room: Room, qtbot: QtBot) -> None:
    module = room.conversations()
    chosen = room.choose(module, playable, 2)
    room.press(module.replaying.load_action)
    room.wait_until_loaded(2)
    assert {lane.key for lane in room.lanes} == set(chosen)
    assert [lane.state for lane in room.lanes] == [LaneState.READY] * 2
    assert all(peaks is not None for lane in room.lanes for peaks in lane.peaks)
    dock, player = room.dock, room.program.replay().player
    assert dock.isVisible()
    assert room.window.focusWidget() is dock.panel.timeline, "the keyboard is where one goes on"
    room.key(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: player.state is PlayerState.PLAYING and player.position > 0.3, timeout=SECONDS)
    room.key(Qt.Key.Key_Space)
    assert doing(room) is PlayerState.PAUSED
    room.key(Qt.Key.Key_PageDown)
    assert player.lane == room.lanes[1].key
    room.key(Qt.Key.Key_7)
    assert player.rate == 2.0
    room.key(Qt.Key.Key_End)
    assert player.position == pytest.approx(room.lanes[1].seconds, abs=0.05)
    room.key(Qt.Key.Key_Left)
    assert player.position == pytest.approx(max(0.0, room.lanes[1].seconds - 10), abs=0.05)
    qtbot.mouseClick(dock.panel.bar.close_button, Qt.MouseButton.LeftButton)
    assert not dock.isVisible()
    assert room.window.focusWidget() is module.list, "the keyboard is back in the list"
    assert doing(room) is PlayerState.EMPTY


def test_a_conversation_without_a_recording_says_so_and_offers_no_voice(room: Room, qtbot: QtBot) -> None:
    module = room.conversations()
    room.choose(module, silent, 1)
    qtbot.waitUntil(lambda: room.at_rest() and module.replaying.load_action.isEnabled(), timeout=SECONDS)
    assert not module.replaying.voice_action.isEnabled()
    room.press(module.replaying.load_action)
    room.wait_until_loaded(1)
    assert room.lanes[0].state is LaneState.UNPLAYABLE
    assert room.lanes[0].reason == "No voice recording was saved."
    assert room.program.replay().deck.seconds == 0


def test_more_than_24_hours_load_nothing_and_say_so(room: Room, qtbot: QtBot) -> None:
    module = room.conversations()
    listing = module.lister.listing
    assert listing is not None
    (some,) = room.choose(module, playable, 1)
    it = listing.conversation(some)
    long = tuple(
        replace(it, id=f"c-{hours}", recordings=(replace(it.recordings[0], duration_seconds=hours * 3600.0),))
        for hours in (13, 12)
    )
    with qtbot.waitSignal(room.program.session.show_error, timeout=SECONDS) as told:
        module.load_wanted.emit(Wish(lambda: [Wanted(each) for each in long]))
    assert isinstance(told.args[0], MirError)
    assert isinstance(told.args[0], TooMuchVoice)
    assert room.lanes == ()
    dialog = room.program._app.activeModalWidget()
    assert dialog is not None
    dialog.close()


def test_from_the_library_offline_with_marks_and_a_copy(stocked: Room, qtbot: QtBot, tmp_path: Path) -> None:
    room = stocked
    room.program.session.signed_in(None)
    load_from_library(room, 2)
    room.wait_until_loaded(2)
    lane, dock, replay = room.lanes[0], room.dock, room.program.replay()
    assert lane.state is LaneState.READY
    panel = dock.panel

    # A mark at the cursor.
    room.key(Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    dialog = room.window.findChild(MarkDialog)
    assert isinstance(dialog, MarkDialog)
    qtbot.keyClicks(dialog.note, "Price <b>agreed</b>")
    qtbot.keyClick(dialog.note, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(room.lanes[0].flags) == 1, timeout=SECONDS)
    assert room.lanes[0].flags[0].note == "Price <b>agreed</b>"

    # One for the selection, which loops.
    end = min(3.0, lane.seconds)
    panel.timeline.select(Selection(lane.key, 1.0, end))
    room.key(Qt.Key.Key_R)
    assert replay.player.loop == pytest.approx((1.0, end))
    panel.mark()
    again = next(each for each in room.window.findChildren(MarkDialog) if each.isVisible())
    qtbot.keyClicks(again.note, "delivery terms")
    qtbot.mouseClick(again.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(room.lanes[0].flags) == 2, timeout=SECONDS)

    # The large view lists them; one is changed, found, gone to, removed.
    room.key(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert dock.large
    assert panel.shape is Shape.LARGE
    words = [panel.marks.model.words(row) for row in panel.marks.model.rows if row.mark is not None]
    assert sorted(words) == sorted(
        [
            "Price <b>agreed</b>",
            panel.marks.tr("Selection, {length}: {note}").format(length="00:02", note="delivery terms"),
        ]
    )
    qtbot.keyClicks(panel.marks.search, "delivery")
    assert len(panel.marks.model.rows) == 1
    panel.marks.list.setFocus()
    panel.marks.list.selectRow(0)
    qtbot.keyClick(panel.marks.list, Qt.Key.Key_Return)
    assert replay.player.position == pytest.approx(1.0, abs=0.02)
    qtbot.keyClick(panel.marks.list, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: len(room.lanes[0].flags) == 1, timeout=SECONDS)
    panel.marks.search.clear()
    table = tmp_path / "marks.csv"
    panel.marks.export.emit(table)
    qtbot.waitUntil(table.exists, timeout=SECONDS)
    assert "Price <b>agreed</b>" in table.read_text("utf-8-sig")

    # A copy of the selection, with where it came from.
    qtbot.mouseClick(panel.copy, Qt.MouseButton.LeftButton)
    copy = room.window.findChild(CopyDialog)
    assert isinstance(copy, CopyDialog)
    copy.save_to(tmp_path / "copy.wav")
    qtbot.waitUntil(copy.reveal.isVisible, timeout=SECONDS)
    assert soundfile.info(str(tmp_path / "copy.wav")).duration == pytest.approx(end - 1.0, abs=0.01)
    assert (tmp_path / "copy.csv").exists()
    copy.close()

    # Esc: the selection, then the large view.
    panel.timeline.setFocus()
    room.key(Qt.Key.Key_Escape)
    assert panel.timeline.selection is None
    room.key(Qt.Key.Key_Escape)
    assert not dock.large
    assert dock.isVisible()


def test_what_was_loaded_before_it_was_downloaded_can_be_marked_after(
    make_program: Callable[..., Program], service: Sandbox, tmp_path: Path, qtbot: QtBot
) -> None:
    made, now = make_program(archive__folder=str(tmp_path / "archive")), datetime.now(UTC)
    sign_in(made.session, service)

    def pull(since: timedelta) -> None:
        criteria = Criteria(from_time=now - since, to_time=now)
        made.session.engine.pull(PullRequest(archive=tmp_path / "archive", criteria=criteria, accept_risk=True)).run()

    pull(timedelta(seconds=1))
    made.session.look_for_archive()
    qtbot.waitUntil(lambda: made.session.archive is not None, timeout=SECONDS)
    room = Room(made, qtbot)
    module = room.conversations()
    room.choose(module, playable, 1)
    room.press(module.replaying.load_action)
    room.wait_until_loaded(1)
    add = room.dock.panel.marks.add_button
    assert not add.isEnabled()
    pull(timedelta(days=DAYS))
    made.session.runs_changed.emit()
    qtbot.waitUntil(add.isEnabled, timeout=SECONDS)
    assert made.replay().marks.possible(room.lanes[0], 0.0)


def test_a_mark_is_found_in_the_whole_archive_and_gone_to(stocked: Room, qtbot: QtBot) -> None:
    room = stocked
    load_from_library(room, 2)
    room.wait_until_loaded(2)
    replay, panel = room.program.replay(), room.dock.panel
    marked = room.lanes[1]
    second = marked.seconds / 2
    replay.marks.add(marked, first=second, last=second, note="Cancelled by fax")
    qtbot.waitUntil(lambda: len(room.lanes[1].flags) == 1, timeout=SECONDS)
    replay.deck.remove(marked.key)
    room.dock.set_large(True)
    assert panel.marks.model.count == 0
    qtbot.mouseClick(panel.marks.everywhere, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(panel.marks.search, "FAX")
    qtbot.waitUntil(lambda: [row.lane for row in panel.marks.model.rows] == [marked.key], timeout=SECONDS)
    panel.marks.list.selectRow(0)
    qtbot.keyClick(panel.marks.list, Qt.Key.Key_Return)
    room.wait_until_loaded(2)
    qtbot.waitUntil(lambda: replay.player.lane == marked.key, timeout=SECONDS)
    assert replay.player.position == pytest.approx(second, abs=0.05)
    room.to_front()
    panel.marks.list.setFocus()
    panel.marks.list.selectRow(0)
    qtbot.keyClick(panel.marks.list, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: not panel.marks.model.rows, timeout=SECONDS)


def test_a_file_that_vanishes_says_so_and_the_others_play_on(stocked: Room, qtbot: QtBot) -> None:
    room = stocked
    load_from_library(room, 2)
    room.wait_until_loaded(2)
    replay, gone = room.program.replay(), room.lanes[0]
    replay.player.release()
    for file in gone.files:
        file.unlink()
    room.key(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: room.lanes[0].state is LaneState.GONE, timeout=SECONDS)
    assert room.lanes[0].reason == "The file is not there any more."
    assert replay.deck.current == room.lanes[1]
    room.key(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: replay.player.position > 0.2, timeout=SECONDS)


def test_signing_out_keeps_what_lies_in_the_archive(stocked: Room, qtbot: QtBot) -> None:
    room = stocked
    load_from_library(room, 1)
    room.wait_until_loaded(1)
    module = room.conversations()
    here = {lane.key for lane in room.lanes}
    older = datetime.now(UTC) - timedelta(days=DAYS)
    module.begin(Criteria(from_time=older - timedelta(days=DAYS), to_time=older), "")
    qtbot.waitUntil(lambda: module.lister.filled.complete and room.at_rest(), timeout=SECONDS)
    room.choose(module, playable, 1)
    room.press(module.replaying.load_action)
    room.wait_until_loaded(2)
    room.program.session.signed_in(None)
    qtbot.waitUntil(lambda: {lane.key for lane in room.lanes} == here, timeout=SECONDS)
    room.program.session.use("another")
    assert room.lanes == ()
    assert not room.dock.isVisible()


def test_the_dock_folds_grows_and_remembers(stocked: Room, qtbot: QtBot) -> None:
    room = stocked
    load_from_library(room, 1)
    room.wait_until_loaded(1)
    dock = room.dock
    before = dock.height()
    dock.edge.setFocus()
    qtbot.keyClick(dock.edge, Qt.Key.Key_Up)
    assert dock.height() == before + 16
    edge = dock.edge
    qtbot.mousePress(edge, Qt.MouseButton.LeftButton, pos=QPoint(200, 4))
    qtbot.mouseMove(edge, QPoint(200, -20))
    qtbot.mouseRelease(edge, Qt.MouseButton.LeftButton, pos=QPoint(200, -20))
    assert room.program.session.memory.get("replay.height") == dock.height() - edge.height()
    room.window.resize(1100, 700)
    qtbot.waitUntil(lambda: dock.panel.shape is Shape.LINE, timeout=SECONDS)
    assert dock.panel.line.isVisible()
    qtbot.mouseClick(dock.panel.line.enlarge, Qt.MouseButton.LeftButton)
    assert shape(room) is Shape.LARGE
    assert not room.window.module("library").isVisible()
    names = [each.accessibleName() or each.text() for each in dock.findChildren(QPushButton) if each.isVisible()]
    assert all(names)
    room.window.go("conversations")
    assert shape(room) is Shape.LINE
