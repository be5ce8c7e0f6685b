"""Signing in at the engine: what fails or is cancelled leaves nothing behind, and what is for one session only ends."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from download_client.credentials import Secret
from download_client.engine import Engine, Password
from download_client.errors import Interrupted, MirError, NotSignedIn, Offline
from download_client.settings import Paths, Profiles, Settings
from mir_sandbox.remote import Sandbox
from tests.keyrings import MemoryKeyring


@pytest.fixture(scope="module")
def service() -> Iterator[Sandbox]:
    with Sandbox.start(conversations=20, options=("--tiny",)) as running:
        yield running


@pytest.fixture
def engine(service: Sandbox) -> Iterator[Engine]:
    service.clear()
    service.forget()
    paths = Paths.of_user()
    settings = Settings.load(paths)
    for name, value in {"retry.window": "1s", "network.proxy": "none"}.items():
        settings.set(name, value)
    made = Engine(paths=paths, settings=settings, profile="default")
    yield made
    made.close()
    service.clear()


def by_password(service: Sandbox, *, server: str = "") -> Password:
    user = service.user(access_level="all")
    return Password(server or service.base_url, user.username, Secret(user.password))


def test_a_failed_sign_in_elsewhere_changes_nothing(engine: Engine, service: Sandbox) -> None:
    me = engine.sign_in(by_password(service))
    with pytest.raises(Offline):
        engine.sign_in(by_password(service, server="http://127.0.0.1:9"), cancel=threading.Event())
    assert engine.account.server_url == service.base_url
    assert engine.whoami() == me


def test_who_cannot_be_asked_is_not_left_signed_in(
    engine: Engine, service: Sandbox, memory_keyring: MemoryKeyring
) -> None:
    with service.fault("status", {"status": 500}, where={"route": "me"}), pytest.raises(MirError):
        engine.sign_in(by_password(service), cancel=threading.Event())
    assert memory_keyring.entries == {}
    assert Profiles(Paths.of_user()).all() == ()
    assert [each["status"] for each in service.journal(route="revoke")] == [200]
    with pytest.raises(NotSignedIn):
        engine.whoami()


def test_what_is_cancelled_ends_alone(engine: Engine, service: Sandbox, memory_keyring: MemoryKeyring) -> None:
    cancel = threading.Event()
    held = service.fault("slow-first-byte", {"seconds": None}, where={"route": "token"})
    ended: list[BaseException] = []

    def enter() -> None:
        try:
            engine.sign_in(by_password(service), cancel=cancel)
        except MirError as error:
            ended.append(error)

    thread = threading.Thread(target=enter)
    thread.start()
    held.wait(waiting=1)
    cancel.set()
    thread.join(30)
    assert [type(error) for error in ended] == [Interrupted]
    assert memory_keyring.entries == {}
    held.clear()
    own = threading.Event()
    engine.sign_in(by_password(service), cancel=own)
    own.set()
    assert engine.whoami().user.name, "what ends the sign-in does not end what is done with it"


def test_for_this_session_only(engine: Engine, service: Sandbox, memory_keyring: MemoryKeyring, tmp_path: Path) -> None:
    engine.sign_in(by_password(service))
    engine.sign_in(by_password(service), keep=False)
    assert memory_keyring.entries == {}, "the earlier one would come back with the next start"
    engine.account.used_archive(tmp_path)
    assert engine.archive_folder(None) == tmp_path
    assert engine.sign_out()
    with pytest.raises(NotSignedIn):
        engine.whoami()
    engine.sign_in(by_password(service))
    assert len(memory_keyring.entries) == 1
