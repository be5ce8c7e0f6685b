from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from mir_sandbox.remote import Sandbox
from tests.ui.conftest import SECONDS, sign_in
from tests.ui.cuts import cuts, wide
from ui.listing.module import ListingModule
from ui.program import Program
from ui.settings_dialog import SettingsDialog
from ui.widgets import box, button, column, field, label, scroll

SIZES = [(1440, 900), (1024, 680)]


@pytest.fixture
def wide_words(qapp: QApplication, theme: object) -> Iterator[None]:
    with wide(qapp):
        yield


@pytest.mark.usefixtures("wide_words")
def test_nothing_is_cut_off_in_a_wide_font(
    make_program: Callable[..., Program], service: Sandbox, qtbot: QtBot
) -> None:
    """In German, whose words are longer; the gallery with `--wide` looks in English too, and at every view."""
    program = make_program(window__language="de")
    window, entrance = program.window, program.entrance
    found: dict[str, list[str]] = {}

    def nothing_is_cut(top: QWidget, where: str) -> bool:
        """Said again and again: what has to make room for something has it a moment later."""
        found[where] = cuts(top)
        return not found[where]

    def look(top: QWidget, where: str) -> None:
        with suppress(qtbot.TimeoutError):
            qtbot.waitUntil(lambda: nothing_is_cut(top, where), timeout=SECONDS)

    qtbot.waitUntil(lambda: entrance is not None and entrance.page is not None, timeout=SECONDS)
    look(window, "sign-in")
    sign_in(program.session, service)
    for key in window.keys:
        window.go(key)
        if isinstance(module := window.module(key), ListingModule):
            qtbot.waitUntil(partial(_listed, module), timeout=SECONDS)
        for size in SIZES:
            window.resize(*size)
            look(window, f"{key} {size}")
    window.settings_wanted.emit()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, SettingsDialog)
    qtbot.waitUntil(lambda: dialog.complete, timeout=SECONDS)
    dialog.go("computer")
    look(dialog, "settings")
    dialog.close()
    assert {where: what for where, what in found.items() if what} == {}


def _listed(module: ListingModule[Any]) -> bool:
    return module.model.rowCount() > 0 and not module.lister.busy


def test_what_is_cut_off_is_found(qtbot: QtBot) -> None:
    words = QLabel("Any conversation"), label("Whatever", wrap=True), button("Download"), QLineEdit()
    words[3].setPlaceholderText("Find in this list")
    for each in words:
        each.setFixedWidth(24)
    outside = QWidget()
    whole = box(column(*words, scroll(outside), field(hint="in")))
    qtbot.addWidget(whole)
    whole.show()
    beside = QLabel("x", whole)
    beside.move(QPoint(whole.width() - 2, 0))
    beside.show()
    outside.setFixedWidth(whole.width() * 2)
    found = cuts(whole)
    assert [cut.partition(" ")[0] for cut in found if cut.startswith("“")] == [
        "“Any",
        "“Whatever”",
        "“Download”",
        "“Find",
    ]
    assert sum("in a width of" in cut for cut in found) == 1
    assert sum("in a view of" in cut for cut in found) == 1
