from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit
from pytestqt.qtbot import QtBot

from tests.ui.conftest import SECONDS
from ui.widgets import Segmented, Toggle, choice, field, set_wrong


def test_segments_are_chosen_by_mouse_and_by_arrows(qtbot: QtBot) -> None:
    made = Segmented(["All", "Inbound", "Outbound"], name="Direction")
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow, timeout=SECONDS)
    segments = made.findChildren(QAbstractButton)
    with qtbot.waitSignal(made.chosen, timeout=SECONDS) as chosen:
        qtbot.mouseClick(segments[2], Qt.MouseButton.LeftButton)
    assert chosen.args == [2]
    segments[2].setFocus()
    with qtbot.waitSignal(made.chosen, timeout=SECONDS) as chosen:
        qtbot.keyClick(segments[2], Qt.Key.Key_Left)
    assert chosen.args == [1]
    assert made.current == 1


def test_segments_chosen_by_the_program_tell_nobody(qtbot: QtBot) -> None:
    made = Segmented(["All", "Inbound"])
    qtbot.addWidget(made)
    with qtbot.assertNotEmitted(made.chosen):
        made.choose(1)
    assert made.current == 1


def test_each_segment_has_room_for_its_word(qtbot: QtBot) -> None:
    made = Segmented(["Alle", "Eingehend", "Ausgehend und noch mehr"])
    qtbot.addWidget(made)
    made.resize(made.sizeHint())
    made.show()
    for segment in made.findChildren(QAbstractButton):
        assert segment.width() >= segment.minimumSizeHint().width()


def test_a_switch_is_turned_by_space(qtbot: QtBot) -> None:
    made = Toggle("Keep awake")
    qtbot.addWidget(made)
    made.show()
    qtbot.keyClick(made, Qt.Key.Key_Space)
    assert made.isChecked()
    assert made.accessibleName() == "Keep awake"
    before = made.grab().toImage()
    made.setEnabled(False)
    assert made.grab().toImage() != before


def test_fields_have_names_and_hide_what_is_secret(qtbot: QtBot) -> None:
    made = field(hint="Name of the search", icon="search")
    secret = field("x", name="Password", secret=True)
    for each in (made, secret):
        qtbot.addWidget(each)
    assert made.accessibleName() == "Name of the search"
    assert secret.echoMode() is QLineEdit.EchoMode.Password
    assert secret.displayText() != "x"


def test_what_is_wrong_is_marked_and_unmarked(qtbot: QtBot) -> None:
    made = field("x")
    qtbot.addWidget(made)
    made.show()
    plain = made.grab().toImage()
    set_wrong(made, True)
    assert made.grab().toImage() != plain
    set_wrong(made, False)
    assert made.grab().toImage() == plain


def test_a_choice_gives_way(qtbot: QtBot) -> None:
    made = choice(["A very long word that nobody has room for, ever, anywhere"], name="Period")
    qtbot.addWidget(made)
    assert made.minimumSizeHint().width() < 140
