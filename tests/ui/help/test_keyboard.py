"""The page of keys tells every key that the window knows, and no other."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import SECONDS
from ui.help import HelpWindow
from ui.help.book import Book
from ui.program import Program
from ui.resources import folder
from ui.settings_dialog import SettingsDialog

OF_QT = {
    *("Tab", "Shift+Tab", "Up", "Down", "PgUp", "PgDown", "Home", "End", "Shift+Up", "Shift+Down", "Ctrl+Space"),
    *("Return", "Left", "Right", "Ctrl+A", "Ctrl+C", "a letter", "I", "O", "Ctrl+Left", "Ctrl+Right"),
}
"""What lists and fields of Qt, and our own lists, know without an action."""
ALIKE = {
    "F3",
    "Refresh",
    "Back",
    "Forward",
    "Find",
    "Undo",
    "Ctrl+F",
    "Alt+Backspace",
    "Backspace",
    "Shift+Backspace",
    "=",
    "Enter",
}
"""Second keys of the same, and keys that not every keyboard has."""
GERMAN = {
    "Ctrl": "Strg",
    "Shift": "Umschalt",
    "Space": "Leertaste",
    "Return": "Eingabe",
    "Del": "Entf",
    "Ins": "Einfg",
    "Up": "Pfeil auf",
    "Down": "Pfeil ab",
    "PgUp": "Bild auf",
    "PgDown": "Bild ab",
    "Home": "Pos1",
    "End": "Ende",
    "Left": "Links",
    "Right": "Rechts",
    "a letter": "ein Buchstabe",
}
"""What stands on German keyboards."""
MENUS = {"Alt+G": "Alt+A", "Alt+C": "Alt+G"}
DIGITS = "1 … 9"
MODULES = ("conversations", "participants", "downloads", "library", "schedules")


def documented(title: str = "", *, language: str = "en") -> set[str]:
    """The keys of a section of the page, or of all of them."""
    page = Book(folder("help"), language=language).page("keyboard").markdown
    found: set[str] = set()
    section = ""
    for line in page.splitlines():
        if line.startswith("## "):
            section = line[3:]
        cell = re.match(r"\| ([^|]+) \|", line)
        if cell and cell[1] not in ("Key", "Taste") and title in ("", section):
            found |= (
                set("123456789")
                if cell[1] == DIGITS
                else {key.replace("\0", ",") for key in cell[1].replace("+,", "+\0").split(", ")}
            )
    return found


def keys(widget: QWidget) -> set[str]:
    """What actions and shortcuts in and below a widget are done by."""
    sequences: list[QKeySequence] = [shortcut.key() for shortcut in widget.findChildren(QShortcut)]
    for action in widget.findChildren(QAction):
        sequences.extend(action.shortcuts())
    named = {sequence.toString(QKeySequence.SequenceFormat.PortableText) for sequence in sequences}
    return {name for name in named if name and "Media" not in name}


def test_the_page_names_every_key_and_no_other(qtbot: QtBot, program: Program) -> None:
    window = program.window
    program.replay()
    for key in MODULES:
        window.go(key)
    dialog = SettingsDialog(window._session, window)
    book = HelpWindow(language="en")
    qtbot.addWidget(dialog)
    qtbot.addWidget(book)
    qtbot.waitUntil(lambda: window._session.bridge.at_rest, timeout=SECONDS)
    actual = keys(window) | keys(dialog) | keys(book)
    actual |= {button.shortcut().toString() for button in window.findChildren(type(window._toolbar._general_button))}
    actual -= {""}
    told = documented()
    assert actual - told - ALIKE == set(), "not on the page"
    assert told - actual - OF_QT == set(), "on the page, but nothing does it"
    for key in MODULES:
        assert documented(key.capitalize()) - keys(window.module(key)) - OF_QT == set(), key


def test_the_german_page_names_them_as_german_keyboards_do() -> None:
    wanted = {MENUS.get(key, "+".join(GERMAN.get(part, part) for part in key.split("+"))) for key in documented()}
    assert documented(language="de") == wanted
    for key, german in MENUS.items():
        root = ElementTree.parse(folder("translations") / "mir_de.ts").getroot()  # noqa: S314 - our own file
        found = {message.findtext("source"): message.findtext("translation") for message in root.iter("message")}
        assert found[key] == german
