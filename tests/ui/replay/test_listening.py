"""`--play`: files from anywhere in a window of their own; what cannot be heard says why; dropped files join."""

from __future__ import annotations

import os
import signal
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from download_client.settings import Paths
from download_client.wav import inspect
from mir_sandbox.audio import SPEECH
from tests.ui.conftest import SECONDS, prepared_settings
from tests.ui.cuts import cuts
from ui.replay.convert_dialog import ConvertDialog
from ui.replay.listening import Listening
from ui.replay.player import PlayerState
from ui.replay.timeline.heads import Link, links
from ui.replay.tracks import LaneState
from ui.theme import Theme

Makes = Callable[..., Listening]
STEREO, GSM, ADPCM = (SPEECH / f"{name}.wav" for name in ("alaw-stereo", "gsm-mono-en", "ms-adpcm-mono"))


@pytest.fixture
def listen(qapp: QApplication, theme: Theme, qtbot: QtBot) -> Iterator[Makes]:
    """Makes the window in front, its files looked into."""
    made: list[Listening] = []

    def make(*files: Path) -> Listening:
        prepared_settings(window__language="en")
        one = Listening(qapp, files, paths=Paths.of_user())
        made.append(one)
        one.show()
        one.window.activateWindow()
        qtbot.waitUntil(one.window.isActiveWindow, timeout=SECONDS)
        qtbot.waitUntil(
            lambda: (
                len(one.replay.deck) == len(files)
                and all(lane.state is not LaneState.READING for lane in one.replay.deck.lanes)
                and one.session.bridge.at_rest
            ),
            timeout=SECONDS,
        )
        return one

    yield make
    for one in made:
        assert one.close(), "a worker thread did not end"


def g729(file: Path, *, blocks: int = 10) -> Path:
    """Ten bytes are ten milliseconds of eight thousand samples a second."""
    head, sound = struct.pack("<HHIIHHH", 0x83, 1, 8000, 1000, 10, 0, 0), bytes(10 * blocks)
    chunks = b"fmt " + struct.pack("<I", len(head)) + head + b"data" + struct.pack("<I", len(sound)) + sound
    file.write_bytes(b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE" + chunks)
    return file


def test_every_kind_is_heard_and_what_is_not_says_why(listen: Makes, tmp_path: Path) -> None:
    text, gone = tmp_path / "note.wav", tmp_path / "gone.wav"
    text.write_text("This is a letter.")
    made = listen(STEREO, GSM, ADPCM, g729(tmp_path / "coded.wav"), text, gone, g729(tmp_path / "empty.wav", blocks=0))
    lanes = made.replay.deck.lanes
    assert [lane.state for lane in lanes] == [
        LaneState.READY,
        LaneState.READY,
        LaneState.READY,
        LaneState.UNPLAYABLE,
        LaneState.UNPLAYABLE,
        LaneState.GONE,
        LaneState.UNPLAYABLE,
    ]
    assert lanes[0].stereo
    assert lanes[3].reason == "G.729 has no player here. The file is intact."
    assert lanes[4].reason == "The file is damaged, or no WAV file."
    assert lanes[5].reason == "The file is not there any more."
    assert lanes[6].reason == "There is nothing in it that can be heard here. The file is intact."
    assert [Link.CONVERT in dict(links(lane)) for lane in lanes] == [False, False, False, True, False, False, False]
    assert made.replay.deck.seconds == pytest.approx(sum(lane.seconds for lane in lanes[:3]))


def test_what_is_not_played_here_can_be_converted(listen: Makes, tmp_path: Path, qtbot: QtBot) -> None:
    source = g729(tmp_path / "coded.wav", blocks=300)
    before = source.read_bytes()
    (tmp_path / "plain.wav").write_text("somebody else's")
    made = listen(source)
    panel = made.window.panel
    panel.timeline.convert_wanted.emit(str(source))
    dialog = made.window.findChild(ConvertDialog)
    assert isinstance(dialog, ConvertDialog)
    dialog.save_to(tmp_path / "plain.wav")
    qtbot.waitUntil(dialog.reveal.isVisible, timeout=SECONDS)
    info = inspect(tmp_path / "plain (2).wav")
    assert (info.codec, info.sample_rate, info.channels, info.frames) == ("PCM", 8000, 1, 24_000)
    assert source.read_bytes() == before
    assert (tmp_path / "plain.wav").read_text() == "somebody else's"
    assert sorted(each.suffix for each in tmp_path.iterdir() if each.is_file()) == [".wav"] * 3
    # A path has no blanks, so that its width proves nothing; the dialog must be high enough for all its lines.
    qtbot.waitUntil(lambda: not [cut for cut in cuts(dialog) if " high, " in cut], timeout=SECONDS)
    dialog.close()


def test_it_plays_and_takes_up_where_it_was_left(listen: Makes, qtbot: QtBot) -> None:
    made = listen(STEREO, GSM)
    player, panel = made.replay.player, made.window.panel
    assert panel.timeline.hasFocus()
    qtbot.keyClick(panel.timeline, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: player.position > 0.2, timeout=SECONDS)
    qtbot.keyClick(panel.timeline, Qt.Key.Key_Space)
    assert player.state is PlayerState.PAUSED
    player.seek(4.0)
    qtbot.keyClick(panel.timeline, Qt.Key.Key_5)
    panel.bar.volume.setValue(40)
    qtbot.keyClick(panel.timeline, Qt.Key.Key_PageDown)
    assert (player.lane, player.position, player.rate) == (str(GSM), 0.0, 1.0), "each has settings of its own"
    assert player.volume == pytest.approx(0.4)
    qtbot.keyClick(panel.timeline, Qt.Key.Key_PageUp)
    assert (player.lane, player.position, player.rate) == (str(STEREO), 4.0, 1.5)
    assert not panel.marks.isVisible(), "without an archive there are no marks"


def test_files_are_dropped_and_a_folder_brings_all_of_its_recordings(
    listen: Makes, tmp_path: Path, qtbot: QtBot
) -> None:
    made = listen()
    assert made.window.pages.currentWidget() is not made.window.panel
    folder = tmp_path / "calls"
    folder.mkdir()
    for name in ("b.wav", "a.WAV"):
        (folder / name).write_bytes(ADPCM.read_bytes())
    (folder / "table.csv").write_text("no sound")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(folder)), QUrl.fromLocalFile(str(GSM))])
    enter = QDragEnterEvent(
        QPoint(50, 50), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(made.window, enter)
    assert enter.isAccepted()
    drop = QDropEvent(
        QPointF(50, 50), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(made.window, drop)
    qtbot.waitUntil(lambda: len(made.replay.deck) == 3, timeout=SECONDS)
    assert [lane.title for lane in made.replay.deck.lanes] == ["a.WAV", "b.wav", GSM.name]
    assert made.window.pages.currentWidget() is made.window.panel
    made.window.panel.unload.click()
    assert made.window.pages.currentWidget() is not made.window.panel


def test_as_a_process_it_needs_nobody_signed_in_and_ends_when_told(qtbot: QtBot, home: Path) -> None:
    command = [sys.executable, "-m", "ui", "--play", str(STEREO)]
    with subprocess.Popen(command, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}) as process:
        peaks = home / "cache" / "peaks"
        try:
            qtbot.waitUntil(lambda: peaks.is_dir() and any(peaks.glob("*.peaks")), timeout=SECONDS)
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=60) == 0
        finally:
            process.kill()
    assert not (home / "data").exists(), "no ledger, no archive, nobody signed in"
