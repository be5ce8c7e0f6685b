"""The settings on show: written at once by the table's own rules, undone, fixed by policy, by keyboard alone."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from download_client.archive import FIELDS
from download_client.errors import InvalidSetting
from download_client.settings import FilePolicy, Origin, Paths, Settings, table
from mir_sandbox.remote import Sandbox
from tests.ui.conftest import SECONDS
from ui.bridge import Bridge
from ui.session import Session
from ui.settings_dialog import SettingsDialog
from ui.settings_dialog.rows import ChoiceRow, NumberRow, PathRow, SwitchRow, TextRow
from ui.settings_dialog.templates import field_words

HIDDEN = {
    "account.profile",
    "account.sign_in_ways",
    "update.check",
    "update.url",
    "server.url",  # the sign-in shows it
    "network.connect_timeout",
    "network.stall_timeout",
    "retry.window",
    "search.page_size",
    "schedule.register",
    "schedule.guard_days",
    "housekeeping.keep_days",
    "housekeeping.nightly",
    "housekeeping.hold",
    "log.level",
}
"""For a terminal or a policy only."""
RETURN, ESCAPE = Qt.Key.Key_Return, Qt.Key.Key_Escape


def until(qtbot: QtBot, true: Callable[[], bool]) -> None:
    qtbot.waitUntil(true, timeout=SECONDS)


@pytest.fixture
def session(blank_session: Callable[..., Session]) -> Iterator[Session]:
    made = blank_session(window__language="en")
    yield made
    assert made.close(20)


@pytest.fixture
def dialog(qtbot: QtBot, session: Session) -> SettingsDialog:
    return opened(qtbot, session)


def opened(qtbot: QtBot, session: Session) -> SettingsDialog:
    made = SettingsDialog(session)
    qtbot.addWidget(made)
    made.open()
    until(qtbot, lambda: made.complete)
    shown = made.sections.templates.shown
    until(qtbot, lambda: all(label.text() != "–" for label in shown))
    return made


def text_row(dialog: SettingsDialog, name: str) -> TextRow:
    row = dialog.sections.row(name)
    assert isinstance(row, TextRow)
    return row


def type_into(qtbot: QtBot, row: TextRow, text: str) -> None:
    row.field.setFocus()
    row.field.selectAll()
    qtbot.keyClicks(row.field, text) if text else qtbot.keyClick(row.field, Qt.Key.Key_Delete)


def in_file(session: Session) -> str:
    path = session.paths.settings_file
    return path.read_text("utf-8") if path.exists() else ""


def test_every_setting_for_people_is_shown(dialog: SettingsDialog) -> None:
    shown = [setting.name for setting in dialog.sections.settings]
    assert sorted(shown) == sorted({setting.name for setting in table.TABLE} - HIDDEN)


def test_what_is_typed_is_in_force_after_enter_and_undone_by_ctrl_z(
    qtbot: QtBot, session: Session, dialog: SettingsDialog
) -> None:
    row = text_row(dialog, "transfer.limit_rate")
    assert row.field.text() == ""
    assert not dialog.undo.isEnabled()
    with qtbot.waitSignal(session.settings_changed, timeout=SECONDS):
        type_into(qtbot, row, "2 MB/s")
        qtbot.keyClick(row.field, RETURN)
    assert session.settings.get(table.LIMIT_RATE) == 2_000_000
    assert 'limit_rate = "2 MB/s"' in in_file(session)
    assert dialog.isVisible(), "Enter in a field does not close the dialog"
    dialog.close_button.setFocus()
    qtbot.keyClick(dialog, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    until(qtbot, lambda: session.settings.get(table.LIMIT_RATE) is None)
    until(qtbot, lambda: row.field.text() == "")
    assert "limit_rate" not in in_file(session)
    assert not dialog.undo.isEnabled()


def test_a_value_that_cannot_be_says_so_in_place_and_the_old_one_holds(
    qtbot: QtBot, session: Session, dialog: SettingsDialog
) -> None:
    row = text_row(dialog, "transfer.min_free_space")
    before = in_file(session)
    type_into(qtbot, row, "much")
    qtbot.keyClick(row.field, Qt.Key.Key_Tab)
    assert "such as 1 GB" in row.complaint
    assert row.error.isVisible()
    assert row.field.property("wrong") == "true"
    assert row.field.accessibleDescription() == row.complaint
    assert in_file(session) == before
    qtbot.keyClick(row.field, ESCAPE)
    assert row.complaint == ""
    assert row.field.text() == "0 B"
    assert dialog.isVisible()
    qtbot.keyClick(row.field, ESCAPE)
    assert not dialog.isVisible()


def test_the_sentences_name_the_ranges_of_the_table(qtbot: QtBot, dialog: SettingsDialog) -> None:
    for name in ("transfer.limit_rate", "transfer.min_free_space"):
        row = text_row(dialog, name)
        type_into(qtbot, row, "x")
        qtbot.keyClick(row.field, RETURN)
        low, high = row.setting.kind.range.removeprefix("unlimited, or ").split(" to ")
        assert f"{low} to {high}" in row.complaint
        qtbot.keyClick(row.field, ESCAPE)
    number = dialog.sections.row("transfer.concurrency")
    assert isinstance(number, NumberRow)
    assert number.setting.kind.range == f"{number.field.minimum()} to {number.field.maximum()}"


def test_the_choices_are_those_of_the_table(dialog: SettingsDialog) -> None:
    for name in ("window.appearance", "window.density", "window.on_close", "csv.separator"):
        row = dialog.sections.row(name)
        assert isinstance(row, ChoiceRow)
        offered = [row.choice.itemData(index) for index in range(row.choice.count())]
        assert " or ".join(offered) == row.setting.kind.range


def test_choices_switches_and_numbers_by_keyboard(qtbot: QtBot, session: Session, dialog: SettingsDialog) -> None:
    appearance = dialog.sections.row("window.appearance")
    assert isinstance(appearance, ChoiceRow)
    qtbot.keyClick(appearance.choice, Qt.Key.Key_End)
    until(qtbot, lambda: session.settings.get(table.APPEARANCE) == "dark")
    notify = dialog.sections.row("window.notify")
    assert isinstance(notify, SwitchRow)
    assert notify.word.text() == "On"
    qtbot.keyClick(notify.switch, Qt.Key.Key_Space)
    until(qtbot, lambda: session.settings.get(table.NOTIFY) is False)
    assert notify.word.text() == "Off"
    number = dialog.sections.row("transfer.concurrency")
    assert isinstance(number, NumberRow)
    qtbot.keyClick(number.field, Qt.Key.Key_Up)
    until(qtbot, lambda: session.settings.get(table.CONCURRENCY) == 5)


def test_limits_hold_for_runs_at_work_too(qtbot: QtBot, session: Session, dialog: SettingsDialog) -> None:
    row = text_row(dialog, "transfer.limit_rate")
    type_into(qtbot, row, "3 MB/s")
    qtbot.keyClick(row.field, RETURN)
    line = session.engine.downloads._line
    until(qtbot, lambda: line.limits == (None, 3_000_000))
    dialog.changes.put(table.CONCURRENCY, 2)
    until(qtbot, lambda: line.limits == (2, 3_000_000))
    dialog.changes.restore(dialog.sections.settings)
    until(qtbot, lambda: line.limits == (None, None))


def test_changes_are_written_in_the_order_in_which_they_were_made(
    qtbot: QtBot, session: Session, dialog: SettingsDialog
) -> None:
    for number in range(1, 9):
        dialog.changes.put(table.CONCURRENCY, number)
    until(qtbot, lambda: session.settings.get(table.CONCURRENCY) == 8)
    for number in range(7, 0, -1):
        dialog.changes.undo()
        until(qtbot, lambda wanted=number: session.settings.get(table.CONCURRENCY) == wanted)  # type: ignore[misc]


def test_defaults_are_restored_in_one_step(qtbot: QtBot, session: Session, dialog: SettingsDialog) -> None:
    dialog.changes.put(table.CSV_SEPARATOR, ";")
    dialog.changes.put(table.CONCURRENCY, 9)
    until(qtbot, lambda: session.settings.get(table.CONCURRENCY) == 9)
    qtbot.mouseClick(dialog.restore, Qt.MouseButton.LeftButton)
    until(qtbot, lambda: session.settings.origin(table.CONCURRENCY) is Origin.DEFAULT)
    assert session.settings.get(table.CSV_SEPARATOR) == ","
    qtbot.mouseClick(dialog.undo, Qt.MouseButton.LeftButton)
    until(qtbot, lambda: session.settings.get(table.CONCURRENCY) == 9)
    assert session.settings.get(table.CSV_SEPARATOR) == ";"


def test_a_decimal_comma_is_one_where_the_language_has_it(qtbot: QtBot, blank_session: Callable[..., Session]) -> None:
    session = blank_session(window__language="de")
    dialog = opened(qtbot, session)
    row = text_row(dialog, "transfer.min_free_space")
    type_into(qtbot, row, "1,5 GB")
    qtbot.keyClick(row.field, RETURN)
    until(qtbot, lambda: session.settings.get(table.MIN_FREE_SPACE) == 1_500_000_000)
    until(qtbot, lambda: row.field.text() == "1,5 GB")
    assert 'min_free_space = "1.5 GB"' in in_file(session)
    assert session.close(20)


def test_a_file_that_cannot_be_changed_is_named_and_the_old_value_holds(
    qtbot: QtBot, session: Session, dialog: SettingsDialog
) -> None:
    session.paths.settings_file.write_text("this is [no TOML", "utf-8")
    row = dialog.sections.row("transfer.concurrency")
    assert isinstance(row, NumberRow)
    qtbot.keyClick(row.field, Qt.Key.Key_Up)
    until(qtbot, lambda: row.complaint != "")
    assert "line 1" in row.complaint
    assert session.settings.get(table.CONCURRENCY) == 4
    assert row.field.value() == 4
    assert in_file(session) == "this is [no TOML"
    assert not dialog.undo.isEnabled()


# --- policy


def test_what_policy_fixed_is_readable_with_a_lock(qtbot: QtBot, bridge: Bridge, tmp_path: Path) -> None:
    policy = tmp_path / "policy.toml"
    policy.write_text('[transfer]\nlimit_rate = "20 MB/s"\nconcurrency = 2\n[csv]\nspreadsheet_safe = true\n', "utf-8")
    policy.chmod(0o600)
    paths = Paths.of_user()
    owner = os.getuid() if hasattr(os, "getuid") else 0
    settings = Settings.load(paths, policy=FilePolicy(policy, owner=owner))
    session = Session(bridge, paths=paths, settings=settings, profile="default")
    dialog = opened(qtbot, session)
    fixed = {
        row.setting.name: row for row in map(dialog.sections.row, (s.name for s in table.TABLE)) if row is not None
    }
    for name, row in fixed.items():
        by_policy = settings.origin(name) is Origin.POLICY
        assert row.lock.isVisibleTo(dialog) == by_policy, name
        assert row.controls[0].isEnabled() != by_policy, name
    assert text_row(dialog, "transfer.limit_rate").field.text() == "20 MB/s"
    assert fixed["csv.spreadsheet_safe"].lock.toolTip() == f"{policy}:5"
    dialog.changes.put(table.CONCURRENCY, 7)
    until(qtbot, lambda: fixed["transfer.concurrency"].complaint != "")
    assert settings.get(table.CONCURRENCY) == 2
    assert session.close(20)


# --- templates


def test_the_preview_follows_each_letter_and_enter_puts_it_in_force(
    qtbot: QtBot, session: Session, dialog: SettingsDialog
) -> None:
    templates = dialog.sections.templates
    type_into(qtbot, templates.name, "{direction} call")
    audio = templates.shown[1]
    until(qtbot, lambda: "bound call" in audio.text())
    assert session.settings.origin(table.NAME_TEMPLATE) is Origin.DEFAULT
    qtbot.keyClick(templates.name.field, RETURN)
    until(qtbot, lambda: session.settings.get(table.NAME_TEMPLATE) == "{direction} call")
    type_into(qtbot, templates.folder, "{mode}/x")
    until(qtbot, lambda: templates.shown[0].text() in ("onDemand/x", "alwaysOn/x"))
    assert templates.shown[2].text() == audio.text().removesuffix(".wav") + ".csv"


def test_a_template_that_makes_no_name_is_never_put_in_force(
    qtbot: QtBot, session: Session, dialog: SettingsDialog
) -> None:
    templates = dialog.sections.templates
    type_into(qtbot, templates.folder, "{nobody}")
    qtbot.keyClick(templates.folder.field, RETURN)
    until(qtbot, lambda: "{nobody}" in templates.folder.complaint)
    assert templates.name.complaint == ""
    assert session.settings.origin(table.FOLDER_TEMPLATE) is Origin.DEFAULT
    qtbot.keyClick(templates.folder.field, ESCAPE)
    assert templates.folder.complaint == ""


def test_fields_are_those_of_the_engine_and_can_be_inserted(qtbot: QtBot, dialog: SettingsDialog) -> None:
    assert list(field_words()) == list(FIELDS)
    templates = dialog.sections.templates
    type_into(qtbot, templates.name, "a ")
    owner = next(action for action in templates.name.menu.actions() if action.data() == "{owner}")
    owner.trigger()
    assert templates.name.field.text() == "a {owner}"
    until(qtbot, lambda: templates.shown[1].text().startswith("a "))


# --- time zone


def test_a_zone_is_found_by_a_part_of_its_name(qtbot: QtBot, session: Session, dialog: SettingsDialog) -> None:
    zone = dialog.sections.zone
    until(qtbot, lambda: zone.search.model().rowCount() > 300)
    assert zone.field.text() == "As the account has it"
    zone.search.setCompletionPrefix("new york")
    assert zone.search.currentCompletion() == "America/New_York"
    type_into(qtbot, zone, "america/new york")
    qtbot.keyClick(zone.field, RETURN)
    until(qtbot, lambda: session.settings.get(table.TIME_ZONE) == "America/New_York")
    until(qtbot, lambda: "UTC-0" in zone.about.text())
    type_into(qtbot, zone, "Atlantis")
    qtbot.keyClick(zone.field, RETURN)
    assert "no such time zone" in zone.complaint
    type_into(qtbot, zone, "as the account has it")
    qtbot.keyClick(zone.field, RETURN)
    until(qtbot, lambda: session.settings.get(table.TIME_ZONE) == "account")


# --- the archive's folder


def test_a_risky_folder_waits_for_a_yes(qtbot: QtBot, session: Session, dialog: SettingsDialog, tmp_path: Path) -> None:
    archive = dialog.sections.archive
    risky = tmp_path / "Dropbox" / "calls"
    archive.path.chosen(str(risky))
    until(qtbot, archive.note.isVisible)
    assert "Dropbox synchronises it" in archive.note.accessibleDescription()
    assert archive.no.hasFocus(), "the safe answer is the one at hand"
    qtbot.mouseClick(archive.no, Qt.MouseButton.LeftButton)
    assert not archive.note.isVisible()
    assert archive.path.field.text() == ""
    archive.path.chosen(str(risky))
    until(qtbot, archive.note.isVisible)
    qtbot.mouseClick(archive.yes, Qt.MouseButton.LeftButton)
    until(qtbot, lambda: session.settings.get(table.ARCHIVE_FOLDER) == risky)
    until(qtbot, lambda: session.archive == risky)
    until(qtbot, lambda: "Dropbox" in archive.path.about.text())


def test_a_local_folder_is_taken_at_once(qtbot: QtBot, session: Session, dialog: SettingsDialog) -> None:
    # Beside the root: the tests themselves may lie in a temporary folder.
    local = Path(Path(__file__).anchor) / "MIR recordings"
    archive = dialog.sections.archive
    type_into(qtbot, archive.path, str(local))
    qtbot.keyClick(archive.path.field, RETURN)
    until(qtbot, lambda: session.settings.get(table.ARCHIVE_FOLDER) == local)
    assert not archive.note.isVisible()
    until(qtbot, lambda: "free" in archive.path.about.text())
    assert not local.exists()


def test_half_a_path_is_refused_in_place(qtbot: QtBot, dialog: SettingsDialog) -> None:
    row = dialog.sections.row("network.ca_file")
    assert isinstance(row, PathRow)
    type_into(qtbot, row, "ca.pem")
    qtbot.keyClick(row.field, RETURN)
    assert "whole path" in row.complaint


# --- this computer


def test_this_computer_is_checked_and_copied_without_a_secret(
    qtbot: QtBot, make_session: Callable[..., Session], service: Sandbox
) -> None:
    session = make_session("all")
    dialog = opened(qtbot, session)
    dialog.go("computer")
    computer = dialog.sections.computer
    qtbot.mouseClick(computer.start, Qt.MouseButton.LeftButton)
    until(qtbot, lambda: len(computer.checks) == 8)
    assert computer.start.isEnabled()
    words = [label.text() for label in computer.findChildren(type(computer.about))]
    assert "Service: in order" in words
    first, view = computer.first, dialog.area.viewport()
    assert first is not None
    until(qtbot, lambda: view.rect().contains(first.mapTo(view, first.rect().center())))
    qtbot.mouseClick(computer.copy, Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text()
    for check in computer.checks:
        assert check.said in copied
    assert service.user(access_level="all").password not in copied


# --- the dialog itself


def test_the_list_at_the_side_brings_sections_into_view(qtbot: QtBot, dialog: SettingsDialog) -> None:
    dialog.go("network")
    proxy = text_row(dialog, "network.proxy").field
    assert dialog.area.viewport().rect().contains(proxy.mapTo(dialog.area.viewport(), proxy.rect().center()))
    dialog.go("archive")
    assert dialog.area.verticalScrollBar().value() == 0


def test_the_keyboard_follows_a_click_on_the_list_at_the_side(qtbot: QtBot, dialog: SettingsDialog) -> None:
    chosen = dialog._buttons.button(2)
    qtbot.mouseClick(chosen, Qt.MouseButton.LeftButton)
    assert chosen.isChecked()
    assert chosen.hasFocus()


def test_tab_reaches_every_control(qtbot: QtBot, dialog: SettingsDialog) -> None:
    seen: set[QWidget] = set()
    dialog.close_button.setFocus()
    for _ in range(80):
        focused = QApplication.focusWidget()
        assert focused is not None
        seen.add(focused)
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    for name in (setting.name for setting in dialog.sections.settings):
        row = dialog.sections.row(name)
        assert row is not None
        for control in row.controls:
            assert control in seen, name
            assert control.accessibleName() or getattr(control, "text", str)(), name


def test_a_setting_that_cannot_be_used_says_so_when_the_dialog_opens(qtbot: QtBot, bridge: Bridge, home: Path) -> None:
    paths = Paths.of_user()
    paths.settings_file.parent.mkdir(parents=True)
    paths.settings_file.write_text("[transfer]\nconcurrency = 900\n", "utf-8")
    session = Session(bridge, paths=paths, settings=Settings.load(paths), profile="default")
    dialog = SettingsDialog(session)
    qtbot.addWidget(dialog)
    dialog.open()
    until(qtbot, lambda: dialog.complete)
    row = dialog.sections.row("transfer.concurrency")
    assert row is not None
    assert "900" in row.complaint
    with pytest.raises(InvalidSetting):
        session.settings.get(table.CONCURRENCY)
    dialog.changes.put(table.CONCURRENCY, 3)
    until(qtbot, lambda: row.complaint == "")
    assert session.close(20)
