"""The replay bar under the pointer and the keyboard, and what it paints."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest
import soundfile
from PySide6.QtCore import QEvent, QLocale, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QColor, QHelpEvent, QImage, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from download_client.model import Pause
from download_client.sound import read_peaks
from ui.replay.timeline import Selection, Timeline, heads
from ui.replay.timeline.heads import Link
from ui.replay.timeline.menu import lane_menu
from ui.replay.timeline.palette import Palette
from ui.replay.tracks import Clip, Deck, Flag, Lane, LaneState
from ui.theme import Appearance, Theme

START = datetime(2026, 11, 20, 13, 0, tzinfo=UTC)
LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A minute, the first party in the first half, the second in the second."""
    path = tmp_path_factory.mktemp("talk") / "talk.wav"
    times = np.arange(60 * 8000) / 8000
    tone = np.sin(2 * np.pi * 440 * times) * 0.8
    soundfile.write(path, np.stack((tone * (times < 30), tone * (times >= 30)), axis=1), 8000, subtype="ULAW")
    return path


def ready(
    key: str, path: Path, *, start: float = 0, pauses: tuple[Pause, ...] = (), flags: tuple[Flag, ...] = ()
) -> Lane:
    clip = Clip(path, START + timedelta(seconds=start), 60, channels=2, pauses=pauses)
    peaks = read_peaks(path, progress=lambda *_: None, stop=threading.Event())
    return Lane(
        key, 0, f"Lane {key}", clip.start, 60, parties=("Left", "Right"), state=LaneState.READY, clips=(clip,),
        peaks=(peaks,), flags=flags,
    )  # fmt: skip


def other(key: str, state: LaneState, **more: object) -> Lane:
    return Lane(key, 0, f"Lane {key}", START, 60, state=state, **more)  # type: ignore[arg-type]


@pytest.fixture
def deck() -> Deck:
    """Nothing is loaded yet."""
    return Deck()


@pytest.fixture
def bar(qtbot: QtBot, deck: Deck, theme: Theme) -> Iterator[Timeline]:
    """A replay bar of 1,000 pixels."""
    del theme
    made = Timeline(deck, zone=lambda: ZoneInfo("Europe/Berlin"), locale=lambda: QLocale("en_GB"))
    qtbot.addWidget(made)
    made.resize(1000, 240)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()


def place(bar: Timeline, key: str, seconds: float) -> QPoint:
    """Where a second of a lane lies in the widget."""
    lane = bar.deck.get(key)
    assert lane is not None
    row = bar.layout_now.row(bar.index(key))
    return QPoint(round(bar.axis.x(lane.moment(seconds).timestamp())), round(row.center().y()))


def drag(qtbot: QtBot, bar: Timeline, begin: QPoint, end: QPoint) -> None:
    qtbot.mousePress(bar, LEFT, pos=begin)
    for step in range(1, 6):
        qtbot.mouseMove(bar, begin + (end - begin) * step / 5)
        QApplication.processEvents()
    qtbot.mouseRelease(bar, LEFT, pos=end)


def wheel(bar: Timeline, at: QPoint, notches: int, modifiers: Qt.KeyboardModifier = NONE) -> None:
    event = QWheelEvent(
        QPointF(at), QPointF(bar.mapToGlobal(at)), QPoint(), QPoint(0, 120 * notches), Qt.MouseButton.NoButton,
        modifiers, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(bar, event)


def picture(bar: Timeline) -> QImage:
    return bar.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def colours(image: QImage, left: int, right: int, y: float, tall: float) -> set[str]:
    rows = range(round(y), round(y + tall))
    return {image.pixelColor(x, line).name() for x in range(left, right) for line in rows}


def test_a_click_seeks_in_its_lane_and_makes_it_the_current_one(
    qtbot: QtBot, bar: Timeline, deck: Deck, talk: Path
) -> None:
    deck.add([ready("a", talk), ready("b", talk, start=20)])
    with qtbot.waitSignal(bar.seek_wanted) as told:
        qtbot.mouseClick(bar, LEFT, pos=place(bar, "b", 40))
    key, seconds = told.args
    assert (key, deck.current) == ("b", deck.get("b"))
    assert seconds == pytest.approx(40, abs=0.2)


def test_dragging_selects_and_the_handles_move_it(qtbot: QtBot, bar: Timeline, deck: Deck, talk: Path) -> None:
    deck.add([ready("a", talk)])
    drag(qtbot, bar, place(bar, "a", 20), place(bar, "a", 10))
    selection = bar.selection
    assert selection is not None
    assert selection.key == "a"
    assert [selection.first, selection.last] == pytest.approx([10, 20], abs=0.2)
    drag(qtbot, bar, place(bar, "a", selection.last), place(bar, "a", 35))
    moved = bar.selection
    assert moved is not None
    assert [moved.first, moved.last] == pytest.approx([selection.first, 35], abs=0.2)
    qtbot.mouseClick(bar, LEFT, pos=place(bar, "a", 50))
    assert bar.selection is None, "a click clears it"


def test_the_selection_by_keyboard(qtbot: QtBot, bar: Timeline, deck: Deck, talk: Path) -> None:
    deck.add([ready("a", talk)])
    bar.set_position("a", 10)
    qtbot.keyClick(bar, Qt.Key.Key_I)
    bar.set_position("a", 25)
    qtbot.keyClick(bar, Qt.Key.Key_O)
    assert bar.selection == Selection("a", 10, 25)
    qtbot.keyClick(bar, Qt.Key.Key_Escape)
    assert bar.selection is None


def test_the_handles_by_keyboard(qtbot: QtBot, bar: Timeline, deck: Deck, talk: Path) -> None:
    deck.add([ready("a", talk)])
    bar.set_position("a", 20)
    alt = Qt.KeyboardModifier.AltModifier
    for _ in range(5):
        qtbot.keyClick(bar, Qt.Key.Key_Right, alt)
    longer = bar.selection
    assert longer is not None
    assert longer.first == 20
    assert longer.last > 20.5
    qtbot.keyClick(bar, Qt.Key.Key_Left, alt)
    qtbot.keyClick(bar, Qt.Key.Key_Left, alt | Qt.KeyboardModifier.ShiftModifier)
    moved = bar.selection
    assert moved is not None
    assert moved.first < 20 < moved.last < longer.last
    bar.set_zoom_share(1)
    qtbot.keyClick(bar, Qt.Key.Key_Right, alt)
    finer = bar.selection
    assert finer is not None
    assert finer.last - moved.last == pytest.approx(0.02), "the closer one looks, the finer"


def test_it_is_scrolled_by_keyboard(qtbot: QtBot, bar: Timeline, deck: Deck, talk: Path) -> None:
    deck.add([ready("a", talk)])
    bar.set_zoom_share(0.5)
    first = bar.axis.shown[0]
    qtbot.keyClick(bar, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert bar.axis.shown[0] < first
    qtbot.keyClick(bar, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert bar.axis.shown[0] == pytest.approx(first)


def test_the_label_of_the_cursor_is_dragged(qtbot: QtBot, bar: Timeline, deck: Deck, talk: Path) -> None:
    deck.add([ready("a", talk)])
    bar.set_position("a", 20)
    label = QPoint(place(bar, "a", 20).x() + 5, 8)
    heard: list[float] = []
    bar.seek_wanted.connect(lambda _, seconds: heard.append(seconds))
    drag(qtbot, bar, label, QPoint(place(bar, "a", 40).x(), 8))
    assert heard == sorted(heard)
    assert heard[-1] == pytest.approx(40, abs=0.2)


def test_the_frame_in_the_overview_is_dragged(qtbot: QtBot, bar: Timeline, deck: Deck, talk: Path) -> None:
    deck.add([ready("a", talk), ready("b", talk, start=7200)])
    bar.set_large(True)
    bar.set_zoom_share(0.5)
    area = bar.layout_now.overview
    assert area is not None
    middle = round(area.center().y())
    drag(qtbot, bar, QPoint(round(area.left()) + 10, middle), QPoint(round(area.right()) - 8, middle))
    assert bar.axis.shown[1] == pytest.approx((START + timedelta(seconds=7260)).timestamp(), abs=1)
    qtbot.mouseClick(bar, LEFT, pos=QPoint(round(area.left()) + 6, middle))
    assert bar.axis.shown[0] == pytest.approx(START.timestamp(), abs=1)


def test_a_screen_reader_finds_every_lane_and_its_state(bar: Timeline, deck: Deck, talk: Path) -> None:
    deck.add([ready("a", talk), other("b", LaneState.UNPLAYABLE, reason="G.729 has no player here.")])
    whole = QAccessible.queryAccessibleInterface(bar)
    texts = (QAccessible.Text.Name, QAccessible.Text.Description)
    found = [tuple(whole.child(at).text(which) for which in texts) for at in range(whole.childCount())]
    assert ("Conversation 1: Lane a", "Ready · 01:00, stereo") in found
    assert ("Conversation 2: Lane b", "Cannot be played here; G.729 has no player here.") in found
    bar.set_position("a", 30)
    bar.select(Selection("a", 10, 40))
    told = whole.text(QAccessible.Text.Description)
    assert "Cursor at 14:00:30" in told
    assert "Selected from 14:00:10 to 14:00:40, 30 s" in told
    deck.remove("a")
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    names = {whole.child(at).text(QAccessible.Text.Name) for at in range(whole.childCount())}
    assert "Conversation 1: Lane a" not in names


def test_what_changes_is_told_to_a_screen_reader(qtbot: QtBot, bar: Timeline, deck: Deck, talk: Path) -> None:
    deck.add([ready("a", talk), other("b", LaneState.READING, share=0.5)])
    bar.activateWindow()
    bar.setFocus()
    qtbot.waitUntil(bar.hasFocus, timeout=20_000)
    QAccessible.setActive(True)
    try:
        qtbot.keyClick(bar, Qt.Key.Key_Down)
        deck.update("b", state=LaneState.READY)
        bar.select(Selection("a", 10, 20))
        bar.select(None)
    finally:
        QAccessible.setActive(False)
    assert "Conversation 2: Lane b; Ready" in bar.accessibleDescription()


def test_up_down_choose_and_delete_unloads(qtbot: QtBot, bar: Timeline, deck: Deck, talk: Path) -> None:
    deck.add([ready("a", talk), other("b", LaneState.WAITING)])
    qtbot.keyClick(bar, Qt.Key.Key_Down)
    assert deck.current is deck.get("b")
    assert "Lane b" in bar.accessibleDescription()
    with qtbot.waitSignal(bar.close_wanted) as told:
        qtbot.keyClick(bar, Qt.Key.Key_Delete)
    assert told.args == ["b"]


def test_keys_that_are_none_of_its_own_go_on(bar: Timeline, deck: Deck, talk: Path) -> None:
    deck.add([ready("a", talk)])
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Space, NONE, " ")
    QApplication.sendEvent(bar, event)
    assert not event.isAccepted()


def test_zoom_and_scroll(qtbot: QtBot, bar: Timeline, deck: Deck, talk: Path) -> None:
    deck.add([ready("a", talk)])
    whole, at = bar.axis, place(bar, "a", 30)
    wheel(bar, at, 3, Qt.KeyboardModifier.ControlModifier)
    assert bar.axis.scale > whole.scale * 2
    assert place(bar, "a", 30).x() == pytest.approx(at.x(), abs=1), "what is under the pointer stays"
    first = bar.axis.shown[0]
    wheel(bar, at, -1)
    assert bar.axis.shown[0] > first
    ruler = QPoint(at.x(), 10)
    drag(qtbot, bar, ruler, ruler + QPoint(80, 0))
    qtbot.keyClick(bar, Qt.Key.Key_0)
    assert bar.axis == whole
    bar.set_zoom_share(1)
    assert bar.axis.share == pytest.approx(1)


def test_it_follows_until_somebody_scrolls_away(qtbot: QtBot, bar: Timeline, deck: Deck, talk: Path) -> None:
    deck.add([ready("a", talk)])
    bar.set_zoom_share(0.9)
    bar.set_position("a", 50)
    assert bar.axis.left <= place(bar, "a", 50).x() <= bar.axis.right
    with qtbot.waitSignal(bar.follow_changed) as told:
        wheel(bar, QPoint(600, 40), 40)
    assert told.args == [False]
    shown = bar.axis
    bar.set_position("a", 50.1)
    assert bar.axis == shown
    bar.set_follow(True)
    assert bar.axis.left <= place(bar, "a", 50.1).x() <= bar.axis.right


def test_links_of_a_head(qtbot: QtBot, bar: Timeline, deck: Deck, talk: Path) -> None:
    deck.add([
        other("a", LaneState.FETCHING, share=0.5, words="1 of 2 MB"),
        other("b", LaneState.UNPLAYABLE, reason="No player.", codec="G.729", files=(talk,)),
    ])  # fmt: skip
    bar.resize(1000, 320)
    bar.set_large(True)
    for key, link, signal in (
        ("a", Link.STOP, bar.stop_wanted),
        ("a", Link.CLOSE, bar.close_wanted),
        ("b", Link.REVEAL, bar.reveal_wanted),
        ("b", Link.CONVERT, bar.convert_wanted),
    ):
        lane = deck.get(key)
        assert lane is not None
        area = bar.layout_now.head(bar.index(key))
        (spot,) = (each for each in heads.spots(lane, area, QLocale("en_GB")) if each.link is link)
        with qtbot.waitSignal(signal) as told:
            qtbot.mouseClick(bar, LEFT, pos=spot.area.center().toPoint())
        assert told.args == [key]
    lane = deck.get("b")
    assert lane is not None
    words = [action.text() for action in lane_menu(bar, lane, 0).actions()]
    assert words == ["Show in folder", "Convert a copy…", "Unload"], "the same by keyboard"


def test_a_flag_is_clicked(qtbot: QtBot, bar: Timeline, deck: Deck, talk: Path) -> None:
    deck.add([ready("a", talk, flags=(Flag("m1", 30, 0, "agreed"),))])
    at = place(bar, "a", 30)
    with qtbot.waitSignal(bar.flag_chosen) as told:
        qtbot.mouseClick(bar, LEFT, pos=QPoint(at.x() + 3, round(bar.layout_now.row(0).top()) + 3))
    assert told.args == ["a", "m1"]


def test_the_tooltip_says_what_lies_there(bar: Timeline, deck: Deck, talk: Path) -> None:
    deck.add([
        ready("a", talk, pauses=(Pause(20, 40),), flags=(Flag("m", 50, 0, "<b>agreed</b>"),)),
        other("b", LaneState.UNPLAYABLE, reason="G.729 has no player here."),
    ])  # fmt: skip
    pause = QPoint(round(bar.axis.x((START + timedelta(seconds=30)).timestamp())), place(bar, "a", 0).y())
    flag = QPoint(place(bar, "a", 50).x() + 3, round(bar.layout_now.row(0).top()) + 3)
    for at, words in (
        (pause, "Recording was paused for 00:20"),
        (flag, "<b>agreed</b>"),
        (place(bar, "b", 30), "G.729"),
    ):
        QApplication.sendEvent(bar, QHelpEvent(QEvent.Type.ToolTip, at, bar.mapToGlobal(at)))
        assert words in unescape(QToolTip.text())


def test_the_parties_are_seen_on_their_own_bands(bar: Timeline, deck: Deck, talk: Path, theme: Theme) -> None:
    deck.add([ready("a", talk)])
    bar.set_position("a", 0)
    image, row = picture(bar), bar.layout_now.row(0)
    coming = Palette(theme, 0).coming.name()
    early, late = (range(place(bar, "a", a).x(), place(bar, "a", b).x()) for a, b in ((5, 25), (35, 55)))
    upper, lower = (row.top() + 2, 5), (row.bottom() - 7, 5)
    assert coming in colours(image, early[0], early[-1], *upper)
    assert coming not in colours(image, early[0], early[-1], *lower)
    assert coming in colours(image, late[0], late[-1], *lower)
    assert coming not in colours(image, late[0], late[-1], *upper)


def test_what_was_played_is_darker(bar: Timeline, deck: Deck, talk: Path, theme: Theme) -> None:
    deck.add([ready("a", talk)])
    bar.set_position("a", 20)
    image, row, palette = picture(bar), bar.layout_now.row(0), Palette(theme, 0)
    cursor = place(bar, "a", 20).x()
    before = colours(image, place(bar, "a", 1).x(), cursor - 3, row.top() + 2, 12)
    behind = colours(image, cursor + 3, place(bar, "a", 29).x(), row.top() + 2, 12)
    assert palette.played.name() in before
    assert palette.coming.name() not in before
    assert palette.coming.name() in behind
    assert palette.played.name() not in behind


@pytest.mark.parametrize("large", [False, True])
def test_a_cursor_that_moved_leaves_nothing_behind(
    qtbot: QtBot, bar: Timeline, deck: Deck, talk: Path, large: bool
) -> None:
    deck.add(
        [ready("a", talk, flags=(Flag("m", 21, 5, "note"),)), ready("b", talk, start=10), ready("c", talk, start=900)]
    )
    bar.set_large(large)
    bar.select(Selection("a", 18, 24))

    def on_screen() -> QImage:
        return bar.screen().grabWindow(bar.winId()).toImage().convertToFormat(QImage.Format.Format_RGB32)

    for tenth in range(200, 260):
        bar.set_position("a", tenth / 10)
        QApplication.processEvents()
    moved = on_screen()
    bar.repaint()
    qtbot.waitUntil(lambda: on_screen() == picture(bar), timeout=20_000)
    assert moved == on_screen()


def test_the_label_of_the_cursor_is_whole_at_the_very_end(bar: Timeline, deck: Deck, talk: Path, theme: Theme) -> None:
    deck.add([ready("a", talk)])
    bar.set_position("a", 60)
    image, top = picture(bar), bar.layout_now.ruler
    ink = theme.colour("text").name()
    width = image.width()
    assert ink in colours(image, width - 10, width - 3, top + 8, 2), "it reaches the end"
    assert ink not in colours(image, width - 1, width, top, 18), "and stops before it"


def test_pauses_are_white_and_hatched(bar: Timeline, deck: Deck, talk: Path, theme: Theme) -> None:
    deck.add([ready("a", talk, pauses=(Pause(20, 40),))])
    row = bar.layout_now.row(0)
    first = round(bar.axis.x((START + timedelta(seconds=21)).timestamp()))
    last = round(bar.axis.x((START + timedelta(seconds=39)).timestamp()))
    found = colours(picture(bar), first, last, row.top() + 2, 6)
    assert theme.colour("paper").name() in found
    assert Palette(theme, 0).ground.name() not in found


def test_how_long_a_fold_is_stands_above_it(bar: Timeline, deck: Deck, talk: Path, theme: Theme) -> None:
    deck.add([ready("a", talk), ready("b", talk, start=1320)])
    ((x0, x1, seconds),) = bar.axis.folds()
    assert seconds == 1260
    image, middle = picture(bar), round((x0 + x1) / 2)
    tag = colours(image, middle - 20, middle + 20, bar.layout_now.ruler + 4, 12)
    assert {theme.colour("sunken").name(), theme.colour("text2").name()} <= tag | inks(tag, theme.colour("text2"))
    assert theme.colour("chrome").name() in colours(image, round(x0) + 5, round(x1) - 5, 60, 20), "the strip itself"


def inks(found: set[str], ink: QColor) -> set[str]:
    """The colour of words, if anything comes near it: their strokes are thinner than a pixel."""
    near = (abs(QColor(one).lightness() - ink.lightness()) < 60 for one in found)
    return {ink.name()} if any(near) else set()


@pytest.mark.parametrize("state", [LaneState.UNPLAYABLE, LaneState.FETCHING])
def test_words_that_do_not_fit_stand_beside_their_lane(
    bar: Timeline, deck: Deck, theme: Theme, state: LaneState
) -> None:
    deck.add([replace(other("a", LaneState.READY), seconds=7200.0)])
    deck.add([other("b", state, share=0.2, words="1.0 of 4.8 MB", reason="G.729 has no player here.")])
    row = bar.layout_now.row(1)
    end = place(bar, "b", 60).x()
    assert end - place(bar, "b", 0).x() < 30
    beside = colours(picture(bar), end + 10, end + 90, row.top() + 8, 20)
    assert inks(beside, theme.colour("text"))
    deck.update("b", reason="", words="")
    beside = colours(picture(bar), end + 10, end + 90, row.top() + 8, 20)
    assert not inks(beside, theme.colour("text"))


def test_the_names_of_the_parties_are_seen_in_the_large_view_only(bar: Timeline, deck: Deck, talk: Path) -> None:
    deck.add([ready("a", talk)])
    named, nameless = picture(bar), deck.lanes[0]
    deck.update("a", parties=("", ""))
    assert picture(bar) == named, "too low for names"
    bar.set_large(True)
    without = picture(bar)
    deck.update("a", parties=nameless.parties)
    within = picture(bar)
    assert within != without
    bar.set_zoom_share(0.6)
    zoomed = picture(bar)
    deck.update("a", parties=("", ""))
    assert picture(bar) != zoomed, "they stay on show, wherever one looks"


def test_a_mark_over_a_while_has_its_length(bar: Timeline, deck: Deck, talk: Path, theme: Theme) -> None:
    deck.add([ready("a", talk, flags=(Flag("m", 10, 0, "point"), Flag("n", 30, 20, "while")))])
    image, top = picture(bar), bar.layout_now.row(0).top() - 2
    text = theme.colour("text").name()
    for begin, end, seen in ((12, 28, False), (32, 48, True), (52, 58, False)):
        along = colours(image, place(bar, "a", begin).x(), place(bar, "a", end).x(), top, 1)
        assert (text in along) is seen, (begin, end)


def test_what_is_not_on_show_is_not_kept(bar: Timeline, deck: Deck, talk: Path) -> None:
    first = ready("0", talk)
    deck.add([replace(first, key=str(number)) for number in range(60)])
    for _ in range(30):
        wheel(bar, QPoint(600, 100), -2)
        picture(bar)
    assert bar.pictures_kept <= len(bar.layout_now.shown())


@pytest.mark.parametrize("appearance", [Appearance.LIGHT, Appearance.DARK])
@pytest.mark.parametrize("state", list(LaneState))
def test_every_state_has_a_picture_of_its_own(
    bar: Timeline, deck: Deck, theme: Theme, state: LaneState, appearance: Appearance
) -> None:
    theme.set_appearance(appearance)
    deck.add([other("a", state, share=0.5, words="half of it", reason="No player.")])
    words = heads.state_words(deck.lanes[0], QLocale("en_GB"))
    image = picture(bar)
    deck.update("a", state=LaneState.READY if state is not LaneState.READY else LaneState.WAITING)
    assert picture(bar) != image
    assert words


def test_a_hundred_lanes_are_scrolled(bar: Timeline, deck: Deck, talk: Path) -> None:
    first = ready("0", talk)
    deck.add([first, *(other(str(number), LaneState.WAITING) for number in range(1, 100))])
    wheel(bar, QPoint(600, 100), -5)
    assert bar.layout_now.shown().start >= 4
    deck.choose("99")
    assert 99 in bar.layout_now.shown()
    deck.clear()
    assert bar.layout_now.shown() == range(0)
