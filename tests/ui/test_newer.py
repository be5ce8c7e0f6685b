from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt, QUrl
from pytestqt.qtbot import QtBot

from download_client import __version__
from tests.engine.test_updates import Place, open_place
from tests.ui.conftest import SECONDS
from ui.newer import Newer, page_of
from ui.program import Program

TOLD_BY = "https://it.example.com/mir.json"


def test_a_newer_version_is_told_until_its_note_is_closed(make_program: Callable[..., Program], qtbot: QtBot) -> None:
    page = "https://127.0.0.1/mir"
    with open_place(Place(f'{{"version": "99.1", "page": "{page}"}}'.encode())) as place:
        program = make_program(update__url=place.url)
        newer = program.window.findChild(Newer)
        assert newer is not None
        qtbot.waitUntil(lambda: newer.note is not None, timeout=SECONDS)
        assert newer.note is not None
        assert not newer.note.isHidden()
        opened: list[QUrl] = []

        def browse(url: QUrl) -> bool:
            opened.append(url)
            return True

        again = Newer(program.session, program.window, browse=browse)
        again.begin()
        qtbot.waitUntil(lambda: again.note is not None, timeout=SECONDS)
        assert again.note is not None
        again.note.page.click()
        assert opened == [QUrl(page)]
        qtbot.mouseClick(again.note.cross, Qt.MouseButton.LeftButton)
        assert again.note is None
        again.begin()
        qtbot.waitUntil(lambda: program.session.bridge.at_rest, timeout=SECONDS)
        assert again.note is None
        place.body = f'{{"version": "{__version__}"}}'.encode()
    assert place.asked == 1


@pytest.mark.parametrize(
    ("page", "opened"),
    [
        ("https://it.example.com/mir?v=2", True),
        ("https://IT.example.com:8443/", True),
        ("", False),
        ("http://it.example.com/mir", False),
        ("file:///etc/passwd", False),
        ("https://it.example.com.evil.com/", False),
        ("https://it.example.com@evil.com/", False),
        ("https://somebody@it.example.com/", False),
        ("https://evil.com\\@it.example.com/", False),
        ("https:///mir", False),
    ],
)
def test_a_page_is_opened_only_of_the_computer_that_told_it(page: str, opened: bool) -> None:
    assert (page_of(page, told_by=TOLD_BY) is not None) is opened
