"""Telling of nights in the settings: a password goes to the keyring and is never shown, a test mail really arrives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from download_client.model import Channel
from tests.alarm.servers import LOOPBACK, Authority, Mailbox
from tests.keyrings import MemoryKeyring
from tests.ui.conftest import SECONDS
from ui.session import Session
from ui.settings_dialog import SettingsDialog
from ui.settings_dialog.deeds import SecretRow, TestRow

WORD = "canary of nights"


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path)


@pytest.fixture
def make(
    qtbot: QtBot, blank_session: Callable[..., Session], authority: Authority
) -> Iterator[Callable[..., SettingsDialog]]:
    sessions: list[Session] = []

    def made(**settings: object) -> SettingsDialog:
        session = blank_session(window__language="en", network__ca_file=authority.ca_file, **settings)
        sessions.append(session)
        dialog = SettingsDialog(session)
        qtbot.addWidget(dialog)
        dialog.open()
        until(qtbot, lambda: dialog.complete)
        return dialog

    yield made
    for session in sessions:
        assert session.close(20)


def until(qtbot: QtBot, true: Callable[[], object]) -> None:
    qtbot.waitUntil(lambda: bool(true()), timeout=SECONDS)


def passwords(dialog: SettingsDialog) -> tuple[SecretRow, SecretRow]:
    mail, web = dialog.page.findChildren(SecretRow)
    return mail, web


def trial(dialog: SettingsDialog, channel: Channel) -> TestRow:
    rows = dialog.page.findChildren(TestRow)
    return rows[(Channel.DESKTOP, Channel.MAIL, Channel.WEBHOOK).index(channel)]


def test_a_password_goes_to_the_keyring_for_its_server_and_a_mail_arrives(
    qtbot: QtBot, make: Callable[..., SettingsDialog], authority: Authority, memory_keyring: MemoryKeyring
) -> None:
    with Mailbox(password=WORD).open(authority.context()) as box:
        dialog = make(
            alarm__smtp_host=LOOPBACK,
            alarm__smtp_port=box.port,
            alarm__smtp_user="nights",
            alarm__mail_from="nights@example.com",
            alarm__mail_to="ann@example.com",
        )
        row, _ = passwords(dialog)
        until(qtbot, lambda: "None is kept" in row.about.text())
        assert row.field.echoMode() is QLineEdit.EchoMode.Password
        assert not row.keep.isEnabled()
        trial(dialog, Channel.MAIL).send.click()
        until(qtbot, lambda: trial(dialog, Channel.MAIL).complaint)
        assert "not set up" in trial(dialog, Channel.MAIL).complaint
        assert "`" not in trial(dialog, Channel.MAIL).complaint.splitlines()[-1]
        row.field.setFocus()
        qtbot.keyClicks(row.field, WORD)
        qtbot.keyClick(row.field, Qt.Key.Key_Return)
        until(qtbot, lambda: "One is kept" in row.about.text())
        assert row.field.text() == ""
        assert dialog.isVisible(), "Enter keeps it, the dialog stays"
        assert any(WORD in value for value in memory_keyring.entries.values())
        assert WORD not in dialog.changes.settings.shown(dialog.sections.settings[0])
        trial(dialog, Channel.MAIL).send.click()
        until(qtbot, lambda: box.letters)
        until(qtbot, lambda: "It was taken" in trial(dialog, Channel.MAIL).about.text())
        assert trial(dialog, Channel.MAIL).complaint == ""
        assert box.recipients == [["ann@example.com"]]
        row.forget.click()
        until(qtbot, lambda: "None is kept" in row.about.text())
        assert not memory_keyring.entries


def test_what_was_not_taken_is_said_in_place(
    qtbot: QtBot, make: Callable[..., SettingsDialog], authority: Authority
) -> None:
    with Mailbox(answer="550 no such business").open(authority.context()) as box:
        dialog = make(
            alarm__smtp_host=LOOPBACK,
            alarm__smtp_port=box.port,
            alarm__mail_from="nights@example.com",
            alarm__mail_to="ann@example.com",
        )
        row = trial(dialog, Channel.MAIL)
        row.send.click()
        assert not row.send.isEnabled()
        until(qtbot, row.send.isEnabled)
        assert "refused" in row.complaint
        assert row.about.text() == "It was not taken."


def test_without_a_server_there_is_nothing_to_keep_a_password_for(
    qtbot: QtBot, make: Callable[..., SettingsDialog]
) -> None:
    dialog = make()
    for row in passwords(dialog):
        assert "Name the server first" in row.about.text()
        assert not row.field.isEnabled()
    _, web = passwords(dialog)
    dialog.changes.put(dialog.sections.row("alarm.webhook_url").setting, "https://example.com/hook")  # type: ignore[union-attr]
    until(qtbot, lambda: "None is kept" in web.about.text())
    web.field.setFocus()
    qtbot.keyClicks(web.field, "word")
    qtbot.keyClick(web.field, Qt.Key.Key_Escape)
    assert web.field.text() == ""
    assert dialog.isVisible()
