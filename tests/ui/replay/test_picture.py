"""The picture of a conversation: what it shows, in light, and that it replaces nothing."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from download_client.errors import DiskFailed
from download_client.model import Pause
from download_client.sound import read_peaks
from mir_sandbox.audio import SPEECH
from tests.ui.conftest import SECONDS
from tests.ui.replay.taps import BEGUN, clip, lane
from ui.replay.picture import overview_picture
from ui.replay.picturing import Picturing, write
from ui.replay.tracks import Flag, Lane, LaneState
from ui.session import Session
from ui.theme import Appearance, Theme

BLUE, INK = 0xFF3654BB, 0xFF1A1D23
GROUND = 0xFFFFFFFF
LEFT, TOP, RIGHT, BOTTOM = 2 * 178, 2 * 108, 2 * 972, 2 * 228
"""Where the lane of a stereo conversation lies in it."""


@pytest.fixture
def shown() -> Lane:
    path = SPEECH / "alaw-stereo.wav"
    peaks = read_peaks(path, progress=lambda *_: None, stop=threading.Event())
    paused = replace(clip(path), pauses=(Pause(3.0, 6.5),))
    later = replace(clip(path), start=BEGUN + timedelta(seconds=30))
    return replace(
        lane(path), title="Harbour Dental Clinic – Priya Raman", parties=("Harbour Dental Clinic", "Priya Raman"),
        seconds=17.1, state=LaneState.READY, clips=(paused, later), peaks=(peaks, peaks),
    )  # fmt: skip


def painted(it: Lane) -> QImage:
    return overview_picture(it, zone=UTC, locale=QLocale("en_GB"), made=BEGUN)


def count(image: QImage, colour: int, *, x: range, y: range) -> int:
    return sum(image.pixel(across, down) == colour for across in x for down in y)


def test_the_waveform_in_its_colour_with_gap_and_pause(shown: Lane) -> None:
    image = painted(shown)
    assert image.width() == 2000
    second = (RIGHT - LEFT) / (shown.end - shown.start).total_seconds()
    whole = range(TOP, BOTTOM)

    def blue(first: float, last: float) -> int:
        return count(image, BLUE, x=range(int(LEFT + first * second), int(LEFT + last * second)), y=whole)

    assert blue(0.0, 2.9) > 500
    assert blue(6.6, 12.0) > 500
    assert blue(3.1, 6.4) == 0, "nothing was recorded in a pause"
    assert blue(12.1, 29.9) == 0, "nor between two recordings"
    assert blue(30.0, 38.0) > 500


def test_marks_and_pauses_are_listed_below(shown: Lane) -> None:
    without = painted(shown)
    flags = (Flag("1", 2.0, 0.0, "Price agreed"), Flag("2", 10.0, 2.0, "<b>Delivery</b>"))
    image = painted(replace(shown, flags=flags))
    assert image.height() - without.height() == 2 * 22 * len(flags)
    assert count(image, INK, x=range(LEFT, RIGHT), y=range(TOP + 40, BOTTOM - 40)) > 2 * 150, "a flag for each"
    many = tuple(Flag(str(number), 1.0, 0.0, "again") for number in range(5000))
    assert painted(replace(shown, flags=many)).height() < 4000


def test_it_is_light_whatever_the_window_wears(shown: Lane, theme: Theme) -> None:
    light = painted(shown)
    theme.set_appearance(Appearance.DARK)
    assert painted(shown) == light
    assert light.pixel(3, 3) == GROUND


def test_it_is_written_beside_what_has_its_name(shown: Lane, tmp_path: Path) -> None:
    image = painted(shown)
    taken = tmp_path / "a.png"
    taken.write_bytes(b"somebody's")
    assert write(image, taken) == tmp_path / "a (2).png"
    assert taken.read_bytes() == b"somebody's"
    again = QImage(str(tmp_path / "a (2).png"))
    assert again.size() == image.size()
    assert again.pixel(LEFT, TOP + 20) == image.pixel(LEFT, TOP + 20)
    with pytest.raises(DiskFailed):
        write(image, tmp_path / "no such folder" / "a.png")
    assert len(list(tmp_path.glob("*.png"))) == 2


def test_it_is_saved_from_the_window(
    shown: Lane, tmp_path: Path, qtbot: QtBot, blank_session: Callable[..., Session]
) -> None:
    from PySide6.QtWidgets import QFileDialog, QWidget

    window = QWidget()
    qtbot.addWidget(window)
    picturing = Picturing(blank_session(), window)
    picturing.save(replace(shown, clips=()))
    assert not window.findChildren(QFileDialog)
    picturing.save(shown)
    (dialog,) = window.findChildren(QFileDialog)
    assert "Harbour Dental Clinic" in dialog.selectedFiles()[0]
    with qtbot.waitSignal(picturing.saved, timeout=SECONDS) as caught:
        dialog.fileSelected.emit(str(tmp_path / "b.png"))
    assert caught.args == [tmp_path / "b.png"]
    assert not QImage(str(tmp_path / "b.png")).isNull()
    dialog.close()
