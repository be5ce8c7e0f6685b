"""Before a download and for an export: what the dialogs say is so, and what they begin comes to its end."""

from __future__ import annotations

import csv
import hashlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from download_client.engine import ConversationRow, Listing, PullRequest, Span, View
from download_client.model import Criteria, Direction
from mir_sandbox.remote import Sandbox
from tests.ui.conftest import SECONDS, MakesSessions
from ui.downloading import DownloadDialog, ExportDialog
from ui.listing.downloads import Downloading
from ui.session import Session

WEEK = Criteria.from_dict({"from_time": "2026-11-17T00:00:00+00:00", "to_time": "2026-11-20T12:00:00+00:00"})


@pytest.fixture(scope="module")
def service() -> Iterator[Sandbox]:
    """The same account each time."""
    with Sandbox.start(conversations=300, options=("--tiny", "--now", "2026-11-20T12:00:00Z")) as running:
        yield running


@dataclass
class Desk:
    """A session, a listing on show, and its view."""

    session: Session
    listing: Listing[ConversationRow]
    view: View[ConversationRow]
    archive: Path

    def request(self, **different: Any) -> PullRequest:
        return PullRequest(**{"archive": self.archive, "criteria": WEEK, **different})


@pytest.fixture
def desk(make_session: MakesSessions, tmp_path: Path) -> Iterator[Desk]:
    archive = tmp_path / "archive"
    session = make_session(archive__folder=str(archive))
    session.archive = archive
    listing = session.engine.conversations(WEEK)
    listing.fill(lambda _: None, threading.Event())
    view = listing.view()
    yield Desk(session, listing, view, archive)
    view.close()
    listing.close()


def shown(qtbot: QtBot, dialog: DownloadDialog | ExportDialog) -> None:
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog, timeout=SECONDS):
        dialog.open()


def choose(dialog: QDialog, path: Path) -> None:
    """Answer the file dialog that is open, as somebody who types the name and presses Return."""
    files = dialog.findChild(QFileDialog)
    assert files is not None
    name = files.findChild(QLineEdit, "fileNameEdit")
    assert name is not None
    name.setText(str(path))
    files.accept()


def counted(qtbot: QtBot, dialog: DownloadDialog) -> None:
    shown(qtbot, dialog)
    qtbot.waitUntil(lambda: dialog.outlook is not None, timeout=SECONDS)


def pulled(desk: Desk, *conversations: str) -> None:
    """An archive with these conversations, or all."""
    desk.session.engine.pull(desk.request(conversations=conversations, accept_risk=True)).run()


def test_what_a_download_is_stands_before_it(qtbot: QtBot, desk: Desk) -> None:
    dialog = DownloadDialog(desk.session, desk.request(), name="This week", view=desk.view, spans=[Span(0, 5)])
    counted(qtbot, dialog)
    assert "5" in dialog.head.text()
    assert dialog.about.text() == "This week"
    assert dialog.outlook is not None
    assert [line.text() for line in dialog.names if line.isVisible()] == list(dialog.outlook.names)
    assert str(desk.archive) in dialog.folder.text()
    assert dialog.warning.isVisible(), "a temporary folder is risky"
    assert not dialog.start.isEnabled(), "and needs a yes"
    assert dialog.focusWidget() is dialog.accept_risk, "what has to be answered first"
    qtbot.keyClick(dialog.accept_risk, Qt.Key.Key_Space)
    assert dialog.start.isEnabled()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert not desk.archive.exists(), "nothing was begun"


def test_a_download_begins_and_comes_to_its_end(qtbot: QtBot, desk: Desk) -> None:
    dialog = DownloadDialog(
        desk.session,
        desk.request(conversations=tuple(desk.view.conversation_ids([Span(0, 3)]))),
        name="Three",
        view=desk.view,
        spans=[Span(0, 3)],
    )
    counted(qtbot, dialog)
    dialog.accept_risk.setChecked(True)
    with qtbot.waitSignal(dialog.started, timeout=SECONDS) as begun:
        qtbot.mouseClick(dialog.start, Qt.MouseButton.LeftButton)
    downloads = desk.session.engine.downloads
    downloads.start()
    (run,) = [each for each in downloads.entries() if each.key == begun.args[0]]
    assert run.name == "Three"
    qtbot.waitUntil(lambda: any(desk.archive.rglob("*.wav")), timeout=SECONDS)
    assert downloads.settle(SECONDS / 1000)


def test_a_search_is_counted_by_the_service(qtbot: QtBot, desk: Desk) -> None:
    dialog = DownloadDialog(desk.session, desk.request(), name="")
    counted(qtbot, dialog)
    assert dialog.outlook is not None
    assert dialog.outlook.conversations == desk.view.count
    assert not dialog.about.isVisible()
    nothing = DownloadDialog(desk.session, desk.request(criteria=Criteria(calling_name="nobody at all")), name="")
    counted(qtbot, nothing)
    assert not nothing.start.isEnabled()


def test_what_is_here_already_is_not_counted_as_a_download(qtbot: QtBot, desk: Desk) -> None:
    heard = [at for at, row in enumerate(desk.view.rows(0, 64)) if row.recordings][:4]
    spans = [Span(at, at + 1) for at in heard]
    pulled(desk, *desk.view.conversation_ids(spans[:3]))
    desk.listing.refresh(desk.archive)
    view = desk.listing.view()
    dialog = DownloadDialog(desk.session, desk.request(), name="Four", view=view, spans=spans)
    counted(qtbot, dialog)
    assert dialog.outlook is not None
    assert (dialog.outlook.here, dialog.outlook.missing) == (3, 1)
    assert dialog.head.text() == "Download 1 conversation(s)?"
    assert dialog.wanted.text().startswith("1 conversation(s), ")
    (new,) = view.examples(spans[3:])
    assert view.examples(spans)[0] == new, "the names are those of what is new"
    view.close()


@pytest.mark.parametrize(
    ("criteria", "called"),
    [
        (Criteria(), "Last 24 hours"),
        (replace(WEEK, direction=Direction.INBOUND), "17 Nov 2026 01:00 – 20 Nov 2026 13:00  ·  Inbound"),
    ],
)
def test_a_search_without_a_name_is_called_by_what_it_asks(
    qtbot: QtBot, desk: Desk, criteria: Criteria, called: str
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    Downloading(desk.session, window).all(criteria, "", view=desk.view)
    dialog = window.findChild(DownloadDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.outlook is not None, timeout=SECONDS)
    assert dialog.about.text() == called
    assert dialog.outlook is not None
    assert dialog.outlook.missing is not None, "it is compared with the list on show"
    dialog.close()


def test_a_list_that_was_refreshed_is_counted_by_the_service(qtbot: QtBot, desk: Desk) -> None:
    view = desk.listing.view()
    view.close()
    dialog = DownloadDialog(desk.session, desk.request(), name="", view=view, spans=[Span(0, 2)])
    counted(qtbot, dialog)
    assert dialog.outlook is not None
    assert dialog.outlook.missing is None
    assert dialog.start.isVisible()


def test_another_folder_is_looked_at_without_counting_again(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    dialog = DownloadDialog(desk.session, desk.request(), name="", view=desk.view, spans=[Span(0, 2)])
    counted(qtbot, dialog)
    desk.view.close()
    other = tmp_path / "other"
    other.mkdir()
    qtbot.mouseClick(dialog.change, Qt.MouseButton.LeftButton)
    choose(dialog, other)
    qtbot.waitUntil(lambda: dialog.outlook is not None and dialog.request.archive == other, timeout=SECONDS)
    assert dialog.outlook is not None
    assert dialog.outlook.conversations == 2
    assert str(other) in dialog.folder.text()


def test_without_a_service_the_dialog_says_so(qtbot: QtBot, desk: Desk, service: Sandbox) -> None:
    with service.fault("denied", where={"route": "conversations"}):
        dialog = DownloadDialog(desk.session, desk.request(), name="")
        shown(qtbot, dialog)
        qtbot.waitUntil(dialog.note.isVisible, timeout=SECONDS)
    assert not dialog.start.isEnabled()


def ready(qtbot: QtBot, dialog: ExportDialog) -> None:
    shown(qtbot, dialog)
    qtbot.waitUntil(lambda: dialog.go.isEnabled() or dialog.missing.isVisible(), timeout=SECONDS)


def test_an_export_copies_and_tells(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    ids = list(desk.view.conversation_ids([Span(0, 4)]))
    pulled(desk, *ids)
    dialog = ExportDialog(desk.session, desk.view, [Span(0, 5)])
    ready(qtbot, dialog)
    assert dialog.missing.isVisible(), "the fifth is not in the archive"
    with qtbot.waitSignal(dialog.exported, timeout=SECONDS) as told:
        dialog.run(tmp_path / "out")
    done = told.args[0]
    assert done.table.parent == tmp_path / "out"
    with done.table.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["Conversation ID"] for row in rows} <= set(ids)
    for row in rows:
        assert hashlib.sha256((tmp_path / "out" / row["File Name"]).read_bytes()).hexdigest() == row["SHA-256"]
    assert dialog.reveal.isVisible()
    qtbot.mouseClick(dialog.cancel, Qt.MouseButton.LeftButton)


def test_one_recording_is_saved_under_a_name(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    first = next(index for index, row in enumerate(desk.view.rows(0, 64)) if row.recordings == 1)
    pulled(desk, *desk.view.conversation_ids([Span(first, first + 1)]))
    dialog = ExportDialog(desk.session, desk.view, [Span(first, first + 1)])
    ready(qtbot, dialog)
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(dialog.exported, timeout=SECONDS):
        choose(dialog, tmp_path / "mine.wav")
    assert (tmp_path / "mine.wav").is_file()
    assert (tmp_path / "mine.csv").is_file()
    dialog.close()


def test_what_is_not_in_the_archive_can_be_had_first(qtbot: QtBot, desk: Desk) -> None:
    dialog = ExportDialog(desk.session, desk.view, [Span(0, 2)])
    ready(qtbot, dialog)
    assert not dialog.go.isEnabled()
    assert dialog.missing.isVisible()
    dialog.close()


def test_damage_is_left_out_and_told(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    pulled(desk, *desk.view.conversation_ids([Span(0, 4)]))
    wave = min(desk.archive.rglob("*.wav"))
    wave.write_bytes(b"RIFF")
    dialog = ExportDialog(desk.session, desk.view, [Span(0, 4)])
    ready(qtbot, dialog)
    with qtbot.waitSignal(dialog.exported, timeout=SECONDS) as told:
        dialog.run(tmp_path / "out")
    assert len(told.args[0].failed) == 1
    assert dialog.note.isVisible()
    dialog.close()
