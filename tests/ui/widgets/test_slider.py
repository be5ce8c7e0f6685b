"""The slider goes where one clicks and keeps its own keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import SECONDS
from ui.widgets import Slider


@pytest.fixture
def around(qtbot: QtBot) -> QWidget:
    """A widget in front, with a key that the slider has too."""
    made = QWidget()
    qtbot.addWidget(made)
    QVBoxLayout(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow, timeout=SECONDS)
    return made


def put(around: QWidget, slider: Slider) -> Slider:
    layout = around.layout()
    assert layout is not None
    layout.addWidget(slider)
    slider.show()
    return slider


def test_it_goes_to_the_pointer_and_never_beyond_its_ends(around: QWidget, qtbot: QtBot) -> None:
    slider = put(around, Slider(name="Volume", low=0, high=100))
    width, middle = slider.width(), slider.height() // 2
    for x, value in ((width // 2, 50), (width - 1, 100), (0, 0)):
        qtbot.mouseClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(x, middle))
        assert slider.value() == pytest.approx(value, abs=1)
    qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=QPoint(0, middle))
    qtbot.mouseMove(slider, QPoint(width * 3, middle))
    qtbot.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=QPoint(width * 3, middle))
    assert slider.accessibleName() == "Volume"


def test_its_keys_are_its_own_and_others_are_not(around: QWidget, qtbot: QtBot) -> None:
    slider = put(around, Slider(name="Balance", low=-100, high=100, middle=True))
    heard: list[str] = []
    for key in ("Right", "Space"):
        shortcut = QShortcut(QKeySequence(key), around)
        shortcut.activated.connect(lambda key=key: heard.append(key))
    slider.setFocus()
    qtbot.keyClick(slider, Qt.Key.Key_Right)
    assert (slider.value(), heard) == (1, [])
    qtbot.keyClick(slider, Qt.Key.Key_Space)
    assert heard == ["Space"]
    qtbot.mouseDClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(2, 10))
    assert slider.value() == 0
