"""Signing in through the form: by keyboard, by browser, every failure in words, kept or not, cancelled."""

from __future__ import annotations

import html
import os
import re
import threading
import urllib.parse
from collections.abc import Callable
from pathlib import Path

import keyring
import pytest
import requests
from keyring.errors import KeyringError
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from download_client.settings import FilePolicy, Paths, Profiles
from mir_sandbox.remote import Sandbox, User
from tests.keyrings import FailingKeyring, MemoryKeyring
from tests.ui.sign_in.conftest import Door


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def test_by_keyboard_alone_and_remembered(door: Door, memory_keyring: MemoryKeyring, service: Sandbox) -> None:
    user = service.user(access_level="all")
    door.until(lambda: focused() is door.form.address)
    QTest.keyClicks(focused(), service.base_url)
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert focused() is door.form.user
    QTest.keyClicks(focused(), user.username)
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert "Password" in door.said
    assert focused() is door.form.password
    QTest.keyClicks(focused(), user.password)
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert door.page.waits
    assert door.form.password.text() == ""
    door.until_in()
    (kept,) = memory_keyring.entries.values()
    assert user.password not in kept
    (profile,) = Profiles(Paths.of_user()).all()
    assert (profile.name, profile.server_url, profile.user) == ("default", service.base_url, user.username)

    service.forget()
    door.start_again()
    assert door.entrance.page is None, "the form is not shown first"
    door.until_in()
    door.window.sign_out_wanted.emit()
    door.until_form()
    assert door.session.me is None
    assert memory_keyring.entries == {}
    assert [each["status"] for each in service.journal(route="revoke")] == [200]
    assert (door.form.address.text(), door.form.user.text()) == (service.base_url, user.username)


def test_failures_are_told_in_words(door: Door, service: Sandbox) -> None:
    bad = {name: origin for name, origin in service.doors.items() if name not in {"main", "other", "plain"}}
    assert bad
    path = urllib.parse.urlsplit(service.base_url).path
    cases: list[tuple[dict[str, str], str]] = [
        ({"password": "wrong"}, "The user name or password is wrong"),
        ({"server": "https://127.0.0.1:9"}, "The service cannot be reached"),
        ({"server": "https://nowhere.invalid"}, "The service cannot be reached"),
        ({"server": service.base_url + "/nothing"}, "no MIR service answers at this address"),
        ({"server": "http://mir.example.com"}, "The address is not secure"),
        ({"server": "https://"}, "setting cannot be used"),
        *(({"server": origin + path}, "date and time are right") for origin in bad.values()),
    ]
    for filled, words in cases:
        door.form.say(None)
        door.fill(**filled)
        door.click(door.form.enter)
        door.until_said()
        assert words in door.said, filled
        refused = "password" in filled or filled["server"].startswith(service.base_url)
        assert bool(door.form.password.text()) is not refused, "nobody types again what nobody was there to take"
        assert door.session.me is None, filled
    assert door.form.to_settings.isVisible(), "the CA file is a setting"
    door.fill()
    door.click(door.form.enter)
    door.until_in()


def test_a_proxy_that_wants_a_name(open_door: Callable[..., Door], service: Sandbox) -> None:
    address = re.sub("//.*@", "//", service.strict_proxy_url)
    door = open_door(network__proxy=address)
    door.until_form()
    door.fill(server="https://mir.example.com")
    door.click(door.form.enter)
    door.until_said()
    assert "The proxy refused the connection" in door.said
    assert door.form.to_settings.isVisible()


def test_without_a_keyring_for_this_session_only(door: Door) -> None:
    keyring.set_keyring(FailingKeyring(KeyringError("locked")))
    door.until(door.form.keep.isEnabled)
    assert door.form.keep.isChecked()
    door.fill()
    door.click(door.form.enter)
    door.until_said()
    assert "The system keyring cannot be used" in door.said
    door.click(door.form.once)
    door.until_in()
    assert door.session.engine.account.leaves_nothing
    assert Profiles(Paths.of_user()).all() == ()
    door.start_again()
    door.until_form()
    assert door.form.address.text() == door.service.base_url, "the address alone is remembered"
    assert door.form.user.text() == ""


def test_cancelled_while_it_waits(door: Door, service: Sandbox, memory_keyring: MemoryKeyring) -> None:
    held = service.fault("slow-first-byte", {"seconds": None}, where={"route": "token"})
    door.fill()
    door.click(door.form.enter)
    held.wait(waiting=1)
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert not door.page.waits
    service.clear()
    door.fill()
    door.click(door.form.enter)
    door.until_in()
    assert len(memory_keyring.entries) == 1


class Person(QObject):
    """Where addresses are opened: fills in the service's own page, on a thread."""

    def __init__(self, user: User, ca_file: str) -> None:
        super().__init__()
        self._user, self._ca = user, ca_file
        self.thread_of_it: threading.Thread | None = None

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        address = url.toString(QUrl.ComponentFormattingOption.FullyEncoded)
        self.thread_of_it = threading.Thread(target=self._fill_in, args=(address,))
        self.thread_of_it.start()

    def _fill_in(self, url: str) -> None:
        with requests.Session() as session:
            session.trust_env = False
            session.verify = self._ca
            page = session.get(url, timeout=20)
            form = re.search(r'<form[^>]*action="([^"]+)"', page.text)
            assert form is not None
            fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.text))
            fields = {name: html.unescape(value) for name, value in fields.items()}
            target = urllib.parse.urljoin(page.url, html.unescape(form[1]))
            person = {"username": self._user.username, "password": self._user.password}
            session.post(target, data={**fields, **person}, timeout=20)


def test_with_the_browser(door: Door, service: Sandbox) -> None:
    person = Person(service.user(access_level="all"), str(service.ca_file))
    QDesktopServices.setUrlHandler("https", person, "open")  # type: ignore[arg-type]  # the stub asks for bytes
    try:
        door.form.address.setText(service.base_url)
        door.click(door.form.browser)
        door.until_in()
    finally:
        QDesktopServices.unsetUrlHandler("https")
    assert person.thread_of_it is not None
    person.thread_of_it.join(20)


@pytest.mark.skipif(os.name != "posix", reason="the policy of Windows lies in the registry")
def test_an_address_and_a_way_fixed_by_policy(
    open_door: Callable[..., Door], service: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "policy.toml"
    file.write_text(f'server.url = "{service.base_url}"\naccount.sign_in_ways = "password"\n', "utf-8")
    monkeypatch.setattr("download_client.settings.store.machine_policy", lambda: FilePolicy(file, owner=os.getuid()))
    door = open_door()
    door.until_form()
    assert door.form.address.isReadOnly()
    assert door.form._locked.isVisible()
    assert door.form.address.text() == service.base_url
    assert door.form.enter.isVisible()
    assert not door.form.browser.isVisible()
    user = service.user(access_level="all")
    door.form.user.setText(user.username)
    door.form.password.setText(user.password)
    door.click(door.form.enter)
    door.until_in()
