from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QLabel, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import SECONDS
from ui.widgets import (
    ActionButton,
    Elided,
    Empty,
    Facts,
    Note,
    Pages,
    box,
    button,
    clear,
    pill,
    plain_tip,
    row,
    set_tone,
    tool,
)
from ui.widgets.meters import initials


def test_a_line_that_gives_way_is_whole_in_its_tooltip(qtbot: QtBot) -> None:
    made = Elided("Brindle & Vale <b>Holding</b> of Upper Something")
    qtbot.addWidget(made)
    made.resize(80, 20)
    made.show()
    made.grab()
    assert made.toolTip() == "<span>Brindle &amp; Vale &lt;b&gt;Holding&lt;/b&gt; of Upper Something</span>"
    made.resize(800, 20)
    made.grab()
    assert made.toolTip() == ""


@pytest.mark.parametrize(("text", "tip"), [("a & b", "a & b"), ("<i>x", "<span>&lt;i&gt;x</span>")])
def test_tooltips_are_plain(text: str, tip: str) -> None:
    assert plain_tip(text) == tip


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Dana Whitfield", "DW"),
        ("dana van der whitfield", "DW"),
        ("Priya", "P"),
        ("", "?"),
        ("+49 30", "?"),
        ("Élodie (Sales)", "É"),
        ("  R.  Delacroix ", "RD"),
    ],
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_facts_keep_their_rows(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    facts = Facts()
    holder.setLayout(facts)
    start = facts.add("Start")
    facts.add("Archive", QLabel("Not yet"))
    assert start.text() == "–"
    assert start.accessibleName() == "Start"
    assert start.textFormat() is Qt.TextFormat.PlainText
    facts.add("Name", QLineEdit())
    word = next(each for each in holder.findChildren(QLabel) if each.text() == "Name")
    assert word.alignment() & Qt.AlignmentFlag.AlignVCenter, "beside a field"


def test_a_note_says_something_else(qtbot: QtBot) -> None:
    note = Note("triangle-alert", "warn", "9 end soon", "on Sunday", button("Download 9"))
    qtbot.addWidget(note)
    note.show()
    warn = note.grab().toImage()
    note.say(icon="circle-check", tone="ok", title="Done")
    assert note.accessibleName() == "Done"
    assert note.grab().toImage() != warn


def test_an_empty_state_has_room_for_all_its_lines(qtbot: QtBot) -> None:
    made = Empty("library", "The archive is empty", "short", button("Go"))
    qtbot.addWidget(made)
    made.resize(700, 500)
    made.show()
    made.say(title="No archive", text="word " * 40)
    qtbot.waitUntil(lambda: _cut(made) == [], timeout=SECONDS)


def _cut(made: QWidget) -> list[str]:
    return [part.text() for part in made.findChildren(QLabel) if part.height() < part.heightForWidth(part.width())]


def test_the_keyboard_goes_from_what_explains_to_the_list(qtbot: QtBot) -> None:
    shown, beside = QLineEdit(), button("Another")
    pages = Pages(shown)
    whole = box(row(beside, pages))
    qtbot.addWidget(whole)
    whole.show()
    for elsewhere in (True, False):
        again = button("Try again")
        pages.put(Empty("library", "Nothing", "yet", again))
        (beside if elsewhere else again).setFocus()
        pages.put(None)
        assert whole.focusWidget() is (beside if elsewhere else shown)


class Paints(QObject):
    """Counts how often a widget is painted."""

    count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return super().eventFilter(watched, event)


def test_a_menu_opened_by_its_key_leaves_its_button_as_it_was(qtbot: QtBot) -> None:
    menu, paints = QMenu(), Paints()
    menu.addAction("Search")
    made = button("General", kind="flat", menu=menu)
    qtbot.addWidget(made)
    made.show()
    before = made.grab().toImage()
    qtbot.keyClick(made, Qt.Key.Key_Return)
    qtbot.waitUntil(menu.isVisible, timeout=SECONDS)
    assert made.grab().toImage() != before
    made.installEventFilter(paints)
    menu.close()
    qtbot.waitUntil(lambda: paints.count > 0, timeout=SECONDS)
    assert made.grab().toImage() == before


def test_a_button_shows_its_action(qtbot: QtBot) -> None:
    action = QAction("Export && more…")
    action.setShortcut(QKeySequence("Ctrl+E"))
    made = ActionButton(action)
    qtbot.addWidget(made)
    assert made.toolTip() == "Export & more (Ctrl+E)"
    assert made.accessibleName() == "Export & more…"
    with qtbot.waitSignal(action.triggered, timeout=SECONDS):
        qtbot.mouseClick(made, Qt.MouseButton.LeftButton)
    action.setEnabled(False)
    assert not made.isEnabled()
    made.set_bare(True)
    assert made.text() == "Export && more…", "without an icon the words stay"


def test_bare_icons_have_a_name_and_pills_are_bold_while_chosen(qtbot: QtBot) -> None:
    made = tool("x", "Close (Esc)")
    chosen = pill("Last 24 hours")
    for each in (made, chosen):
        qtbot.addWidget(each)
    assert (made.accessibleName(), made.toolTip()) == ("Close (Esc)",) * 2
    assert not chosen.font().bold()
    chosen.setChecked(True)
    assert chosen.font().weight() >= 600


def test_a_layout_is_cleared_and_tones_change(qtbot: QtBot) -> None:
    inner = QLabel("a")
    holder = box(row(inner, row(QLabel("b"))))
    qtbot.addWidget(holder)
    set_tone(inner, "danger")
    assert inner.property("tone") == "danger"
    layout = holder.layout()
    assert layout is not None
    clear(layout)
    assert layout.count() == 0
