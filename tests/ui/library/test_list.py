"""The list of the library: everything in the archive, offline and signed out, found, sorted, gathered, by keyboard."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from download_client.engine import Column, GroupBy, RecordingRow
from download_client.settings import table
from tests.ui.conftest import SECONDS
from tests.ui.library.conftest import settled, waves
from ui.library import LibraryModule
from ui.session import Session
from ui.settings_dialog import SettingsDialog
from ui.widgets import CELL, Cell, Group

DAY, PARTY, SEARCH = range(3)


def rows(qtbot: QtBot, library: LibraryModule) -> list[RecordingRow]:
    """Every row of the list, in its order; folded groups are left out."""
    model = library.model
    lines = [line for line in range(model.rowCount()) if not model.is_heading(line)]
    if lines:
        model.want(lines[0], lines[-1])
        qtbot.waitUntil(lambda: all(model.row(line) is not None for line in lines), timeout=SECONDS)
    return [row for line in lines if (row := model.row(line)) is not None]


def headings(library: LibraryModule) -> list[int]:
    return [line for line in range(library.model.rowCount()) if library.model.is_heading(line)]


def group_by(qtbot: QtBot, library: LibraryModule, number: int) -> None:
    before = library.model.view
    library.head.groups.choose(number)
    library.head.groups.chosen.emit(number)
    qtbot.waitUntil(lambda: library.model.view is not before, timeout=SECONDS)
    settled(qtbot, library)


def search(qtbot: QtBot, library: LibraryModule, words: str) -> None:
    before = library.model.view
    qtbot.keyClicks(library.head.search, words)
    qtbot.waitUntil(lambda: library.model.view is not before, timeout=SECONDS)
    settled(qtbot, library)


def test_everything_in_the_archive_is_there_without_anybody_signed_in(
    qtbot: QtBot, session: Session, library: LibraryModule, archive: Path
) -> None:
    assert session.me is None
    shown = rows(qtbot, library)
    assert sorted(str(archive / row.path) for row in shown) == [str(path) for path in waves(archive)]
    said = library.head.facts.text()
    assert str(len(shown)) in said
    assert str(archive) in said
    assert "free" in library.foot.free.text()
    assert library.foot.check.text() == "Proved on arrival, no full check since"
    assert [row.start for row in shown] == sorted((row.start for row in shown), reverse=True)


def test_days_are_headings_with_count_and_size(qtbot: QtBot, library: LibraryModule) -> None:
    view = library.model.view
    assert view is not None
    assert view.groups is not None
    qtbot.waitUntil(lambda: library.model.index(0, 0).data(CELL).title != "", timeout=SECONDS)
    cells = [library.model.index(line, 0).data(CELL) for line in headings(library)]
    assert all(isinstance(cell, Group) for cell in cells)
    assert sum(int(cell.count) for cell in cells) == view.count
    assert cells[0].title.startswith("Friday, 20 November")
    assert len(cells) == len(view.groups)


def test_the_model_keeps_the_rules_of_qt(qtbot: QtBot, qtmodeltester: ModelTester, library: LibraryModule) -> None:
    assert library.model.layout is not None
    library.model.fold(library.model.layout.toggled(0))
    rows(qtbot, library)
    qtmodeltester.check(library.model)


def test_every_cell_has_words_and_server_text_stays_as_it_is(qtbot: QtBot, library: LibraryModule) -> None:
    names = {row.calling_name for row in rows(qtbot, library)}
    model, calling = library.model, [column.key for column in library.model.columns].index("calling")
    shown = {
        index.data(CELL).title
        for line in range(model.rowCount())
        if isinstance((index := model.index(line, calling)).data(CELL), Cell)
    }
    assert names - {""} <= shown
    for line in range(model.rowCount()):
        assert model.index(line, calling).data(Qt.ItemDataRole.DisplayRole)


def test_words_are_found_together_and_escape_brings_everything_back(qtbot: QtBot, library: LibraryModule) -> None:
    every = rows(qtbot, library)
    wanted = next(row for row in every if row.calling_name.isascii() and " " in row.calling_name)
    number = wanted.called_number[-4:]
    search(qtbot, library, f"{wanted.calling_name.split()[0].upper()} {number}")
    found = rows(qtbot, library)
    assert wanted.recording_id in [row.recording_id for row in found]
    assert len(found) < len(every)
    assert f"{len(found)} of" in library.head.facts.text()
    assert library.escape()
    qtbot.waitUntil(lambda: library.model.view is not None and library.model.view.count == len(every), timeout=SECONDS)


def test_nothing_found_says_so_and_shows_the_way_back(qtbot: QtBot, library: LibraryModule) -> None:
    search(qtbot, library, "nobody-is-called-that")
    assert library.pages.currentWidget() is not library.list
    library.states.reset.emit()
    qtbot.waitUntil(lambda: library.pages.currentWidget() is library.list, timeout=SECONDS)


def test_a_click_on_a_head_sorts_and_a_second_one_turns_it(qtbot: QtBot, library: LibraryModule) -> None:
    keys = [column.key for column in library.model.columns]
    group_by(qtbot, library, SEARCH)
    values: dict[str, Callable[[RecordingRow], float]] = {
        "size": lambda row: row.size,
        "duration": lambda row: row.duration,
    }
    for key, value in values.items():
        for descending in (False, True):
            before = library.model.view
            library.list.horizontalHeader().sectionClicked.emit(keys.index(key))
            qtbot.waitUntil(lambda seen=before: library.model.view is not seen, timeout=SECONDS)  # type: ignore[misc]
            shown = [value(row) for row in rows(qtbot, library)]
            assert shown == sorted(shown, reverse=descending), key
    assert library.shelf.wish.order.column is Column.DURATION


def test_the_run_that_brought_it_gathers_what_it_brought(qtbot: QtBot, library: LibraryModule) -> None:
    group_by(qtbot, library, SEARCH)
    qtbot.waitUntil(lambda: library.model.index(0, 0).data(CELL).title != "", timeout=SECONDS)
    assert [library.model.index(line, 0).data(CELL).title for line in headings(library)] == ["Support, this week"]
    group_by(qtbot, library, PARTY)
    assert len(headings(library)) > 5
    assert library.shelf.wish.group_by is GroupBy.PARTY


def test_groups_fold_by_keyboard_and_a_selection_leaves_out_what_is_folded(
    qtbot: QtBot, library: LibraryModule
) -> None:
    view = library.model.view
    assert view is not None
    assert view.groups is not None
    first = view.groups.counts[0]
    library.list.setFocus()
    library.list.setCurrentIndex(library.model.index(0, 0))
    qtbot.keyClick(library.list, Qt.Key.Key_Left)
    assert library.model.rowCount() == view.count - first + len(view.groups)
    qtbot.keyClick(library.list, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    spans = library.list.spans()
    assert [(span.start, span.stop) for span in spans] == [(first, view.count)]
    qtbot.keyClick(library.list, Qt.Key.Key_Right)
    assert library.model.rowCount() == view.count + len(view.groups)


def test_a_heading_is_folded_by_a_click_and_never_selected(qtbot: QtBot, library: LibraryModule) -> None:
    spot = library.list.visualRect(library.model.index(0, 0)).center()
    qtbot.mouseClick(library.list.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert library.model.layout is not None
    assert library.model.layout.folded == {0}
    assert library.list.spans() == []
    qtbot.mouseClick(library.list.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert library.model.layout.folded == frozenset()


def test_letters_lead_to_the_next_party_that_begins_so(qtbot: QtBot, library: LibraryModule) -> None:
    wanted = rows(qtbot, library)[-1].calling_name
    assert wanted
    library.list.setFocus()
    library.list.setCurrentIndex(library.model.index(1, 0))
    qtbot.keyClicks(library.list, wanted[:3])

    def there() -> bool:
        row = library.list.current_row()
        return row is not None and row.calling_name.casefold().startswith(wanted[:3].casefold())

    qtbot.waitUntil(there, timeout=SECONDS)


def test_enter_shows_everything_of_a_recording_and_escape_closes_it(
    qtbot: QtBot, library: LibraryModule, archive: Path
) -> None:
    library.list.setFocus()
    library.list.select_positions([2])
    row = library.list.current_row()
    qtbot.keyClick(library.list, Qt.Key.Key_Return)
    detail = library.detail
    qtbot.waitUntil(lambda: detail.isVisible() and detail.value("id") == row.recording_id, timeout=SECONDS)
    file = archive / detail.value("path")
    assert detail.value("sha256").replace("\n", "") == hashlib.sha256(file.read_bytes()).hexdigest()
    assert detail.proof.text() == "Proved on arrival"
    assert detail.value("run").endswith("Support, this week")
    qtbot.keyClick(library.list, Qt.Key.Key_Down)
    following = library.list.current_row()
    qtbot.waitUntil(lambda: detail.value("id") == following.recording_id, timeout=SECONDS)
    assert library.escape()
    assert not detail.isVisible()
    assert library.list.hasFocus()


def test_the_selection_is_saved_as_a_table_in_the_archives_columns(
    qtbot: QtBot, library: LibraryModule, archive: Path, tmp_path: Path
) -> None:
    library.list.select_positions([0, 1, 4])
    chosen = [row.recording_id for row in (rows(qtbot, library)[number] for number in (0, 1, 4))]
    view, book = library.model.view, library.shelf.library
    assert view is not None
    assert book is not None
    target = tmp_path / "chosen.csv"
    with qtbot.waitSignal(library.saving.saved, timeout=SECONDS) as told:
        library.saving.write_table(book, view, library.spans(), target)
    assert told.args == [target, 3]
    with target.open(encoding="utf-8-sig", newline="") as file:
        table = list(csv.DictReader(file))
    assert [line["Recording ID"] for line in table] == chosen
    beside = next(archive.rglob("*].csv")).read_text("utf-8-sig").splitlines()[0]
    assert target.read_text("utf-8-sig").splitlines()[0] == beside
    library.list.clearSelection()
    assert sum(span.stop - span.start for span in library.spans()) == view.count, "nothing selected: everything"


def test_columns_that_were_hidden_stay_hidden(qtbot: QtBot, session: Session, library: LibraryModule) -> None:
    size = next(action for action in library.list.menu.actions() if action.text() == "Size")
    size.trigger()
    number = [column.key for column in library.model.columns].index("size")
    assert library.list.isColumnHidden(number)
    again = LibraryModule(session)
    qtbot.addWidget(again)
    assert again.list.isColumnHidden(number)


def test_columns_leave_a_narrow_list_and_its_details_the_less_needed_first(
    qtbot: QtBot, library: LibraryModule
) -> None:
    keys = [column.key for column in library.model.columns]

    def shown() -> set[str]:
        return {key for number, key in enumerate(keys) if not library.list.isColumnHidden(number)}

    assert shown() == set(keys)
    library.resize(876, 600)
    library.fit(width=960, height=640)
    qtbot.waitUntil(lambda: "encoding" not in shown(), timeout=SECONDS)
    assert "size" in shown()
    library.list.opened.emit()
    qtbot.waitUntil(lambda: "size" not in shown(), timeout=SECONDS)
    assert {"start", "calling", "called", "proof"} <= shown()
    assert library.escape()
    qtbot.waitUntil(lambda: "size" in shown(), timeout=SECONDS)
    library.resize(1300, 800)
    qtbot.waitUntil(lambda: shown() == set(keys), timeout=SECONDS)


def test_a_selection_outlives_another_order(qtbot: QtBot, library: LibraryModule) -> None:
    library.list.select_positions([3, 5])
    chosen = sorted(rows(qtbot, library)[number].recording_id for number in (3, 5))
    group_by(qtbot, library, PARTY)

    def found() -> list[str]:
        lines = [index.row() for index in library.list.selectionModel().selectedRows()]
        return sorted(row.recording_id for line in lines if (row := library.model.row(line)) is not None)

    rows(qtbot, library)
    qtbot.waitUntil(lambda: found() == chosen, timeout=SECONDS)


def test_ctrl_c_copies_the_rows_on_show(qtbot: QtBot, library: LibraryModule) -> None:
    library.list.select_positions([0, 1])
    library.list.setFocus()
    first = rows(qtbot, library)[0]
    clipboard = QGuiApplication.clipboard()
    clipboard.clear()
    qtbot.keyClick(library.list, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: clipboard.text() != "", timeout=SECONDS)
    lines = clipboard.text().splitlines()
    assert len(lines) == 2
    assert first.calling_number in lines[0].split("\t")[1]


@pytest.mark.parametrize("missing", [True, False])
def test_a_file_is_revealed_or_said_to_be_gone(
    qtbot: QtBot, library: LibraryModule, archive: Path, missing: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.list.select_positions([0])
    row = library.list.current_row()
    file = archive / row.path
    shown: list[Path] = []
    monkeypatch.setattr(library.saving.files, "reveal", shown.append)
    if missing:
        file.unlink()
        with qtbot.waitSignal(library.saving.gone, timeout=SECONDS):
            library.reveal_action.trigger()
        assert library.notes.gone.isVisible()
        assert str(file) in library.notes.gone.accessibleDescription()
    else:
        library.reveal_action.trigger()
        qtbot.waitUntil(lambda: shown == [file], timeout=SECONDS)


def test_the_settings_preview_their_templates_on_a_call_of_the_archive(
    qtbot: QtBot, session: Session, library: LibraryModule
) -> None:
    dialog = SettingsDialog(session)
    qtbot.addWidget(dialog)
    dialog.open()
    templates = dialog.sections.templates
    qtbot.waitUntil(lambda: templates.shown[0].text() == "2026/11/20", timeout=SECONDS)
    assert templates.head.text() == "Preview with a real conversation"
    newest = rows(qtbot, library)[0]
    assert templates.shown[1].text()[20:] == Path(newest.path).name[20:], "but for the hour, which is of the zone"


def test_rows_of_one_line_where_the_settings_say_so(qtbot: QtBot, session: Session, library: LibraryModule) -> None:
    high = library.list.rowHeight(0)
    session.change(table.DENSITY, "compact", owner=library)
    qtbot.waitUntil(lambda: library.list.rowHeight(0) < high, timeout=SECONDS)
    assert library.list.rows.compact


def test_details_and_file_of_the_selected_row_outlive_a_new_look_at_the_archive(
    qtbot: QtBot, session: Session, library: LibraryModule
) -> None:
    library.list.select_positions([4, 5], current=5)
    library.list.opened.emit()
    wanted = rows(qtbot, library)[5].recording_id
    qtbot.waitUntil(lambda: library.detail.value("id") == wanted, timeout=SECONDS)
    before = library.model.view
    session.runs_changed.emit()
    qtbot.waitUntil(lambda: library.model.view is not before, timeout=SECONDS)
    qtbot.waitUntil(lambda: not library.keeper.active and library.reveal_action.isEnabled(), timeout=SECONDS)
    assert library.list.current_row().recording_id == wanted
    assert sum(span.stop - span.start for span in library.list.spans()) == 2
    qtbot.waitUntil(lambda: not library.detail.empty.isVisible(), timeout=SECONDS)
    assert library.detail.value("id") == wanted


def test_everything_that_is_selected_stays_so(qtbot: QtBot, session: Session, library: LibraryModule) -> None:
    library.list.selectAll()
    library.list.go_to(3)
    wanted, before = rows(qtbot, library)[3].recording_id, library.model.view
    session.runs_changed.emit()
    qtbot.waitUntil(lambda: library.model.view is not before, timeout=SECONDS)
    qtbot.waitUntil(lambda: not library.keeper.active and library.list.current_row() is not None, timeout=SECONDS)
    view = library.model.view
    assert view is not None
    assert [(span.start, span.stop) for span in library.list.spans()] == [(0, view.count)]
    assert library.list.current_row().recording_id == wanted
