"""Where the one secret of a profile lies, and when it is refused (fault 51). The keyrings are stand-ins, we are not."""

from __future__ import annotations

import logging
import threading
import traceback
from collections.abc import Callable, Iterator
from typing import ClassVar

import keyring
import pytest
from hypothesis import given
from hypothesis import strategies as st
from keyring import errors as foreign
from keyring.backend import KeyringBackend
from keyring.backends import chainer, fail, null
from keyring.compat import properties

from download_client.credentials import LONGEST_ENTRY, Kept, KeyringVault, MemoryVault, Secret, SecretKind, Vault
from download_client.errors import KeyringUnavailable, SecretTooLong
from tests.keyrings import FailingKeyring, FileKeyring, MemoryKeyring

URL = "https://mir.example/mir/api/v1"
CANARY = "canary-7Qm2xZ"
KEPT = Kept(kind=SecretKind.REFRESH, user="anna@example.org", secret=Secret(CANARY))
OTHER = Kept(kind=SecretKind.CLIENT, user="dienst-ü-漢-😀", secret=Secret("another"))


def vault(backend: KeyringBackend | None = None, *, url: str = URL, profile: str = "default") -> KeyringVault:
    return KeyringVault(service_url=url, profile=profile, backend=backend)


@pytest.fixture(params=["memory", "system keyring", "keyring in a file"])
def any_vault(request: pytest.FixtureRequest) -> Vault:
    if request.param == "memory":
        return MemoryVault()
    if request.param == "keyring in a file":
        request.getfixturevalue("file_keyring")
        return vault(FileKeyring())  # type: ignore[no-untyped-call]  # untyped in keyring
    return vault()


def test_nothing_is_kept_at_first(any_vault: Vault) -> None:
    assert any_vault.load() is None


def test_what_is_kept_is_what_comes_back(any_vault: Vault) -> None:
    for kept in (KEPT, OTHER):
        any_vault.keep(kept)
        assert any_vault.load() == kept


def test_what_is_forgotten_is_gone_and_forgetting_twice_is_harmless(any_vault: Vault) -> None:
    any_vault.keep(KEPT)
    any_vault.forget()
    assert any_vault.load() is None
    any_vault.forget()


def test_each_service_and_profile_has_its_own(memory_keyring: MemoryKeyring) -> None:
    vault().keep(KEPT)
    assert vault(profile="other").load() is None
    assert vault(url="https://mir.example:8443/mir/api/v1").load() is None
    assert len(memory_keyring.entries) == 1


@pytest.mark.parametrize("spelling", [URL + "/", "HTTPS://MIR.example/mir/api/v1", f" {URL} "])
def test_one_service_has_one_spelling(spelling: str) -> None:
    vault().keep(KEPT)
    assert vault(url=spelling).load() == KEPT


def test_the_entry_says_whose_it_is_and_holds_nothing_but_the_sign_in(memory_keyring: MemoryKeyring) -> None:
    vault(profile="work").keep(KEPT)
    ((service, user), text) = next(iter(memory_keyring.entries.items()))
    assert (service, user) == (f"MIR Download Client: {URL} (work)", "work")
    assert text == '{"kind":"refresh","user":"anna@example.org","secret":"canary-7Qm2xZ"}'


@pytest.mark.parametrize(
    "text",
    [
        "",
        "not JSON",
        "[]",
        "null",
        "7",
        '"x"',
        "{}",
        '{"kind":"refresh","user":"a"}',
        '{"kind":"password","user":"a","secret":"b"}',
        '{"kind":"refresh","user":null,"secret":"b"}',
        '{"kind":"refresh","user":"a","secret":7}',
        '{"kind":"refresh","user":"a","secret":""}',
        "[" * 100_000,
    ],
)
def test_an_entry_that_is_not_ours_is_no_sign_in(memory_keyring: MemoryKeyring, text: str) -> None:
    vault().keep(KEPT)
    memory_keyring.entries = dict.fromkeys(memory_keyring.entries, text)
    assert vault().load() is None


# --- what does not fit -----------------------------------------------------------------------------------------------


def of_length(size: int, *, letter: str = "x") -> Kept:
    """A sign-in whose entry takes `size` bytes of UTF-16."""
    envelope = len('{"kind":"refresh","user":"anna","secret":""}') * 2
    return Kept(SecretKind.REFRESH, "anna", Secret(letter * ((size - envelope) // len(letter.encode("utf-16-le")))))


@pytest.mark.parametrize("letter", ["x", "ü", "😀"])
def test_the_longest_entry_fits_and_one_letter_more_does_not(memory_keyring: MemoryKeyring, letter: str) -> None:
    it, longest = vault(), of_length(LONGEST_ENTRY, letter=letter)
    it.keep(longest)
    with pytest.raises(SecretTooLong):
        it.keep(of_length(LONGEST_ENTRY + 4, letter=letter))
    assert it.load() == longest, "the old entry stays"
    assert all(len(text.encode("utf-16-le")) <= LONGEST_ENTRY for text in memory_keyring.entries.values())


def test_what_does_not_fit_is_not_even_offered() -> None:
    ring = FailingKeyring(AssertionError("asked"))
    with pytest.raises(SecretTooLong):
        vault(ring).keep(of_length(LONGEST_ENTRY + 2))


@given(user=st.text(max_size=50), text=st.text(min_size=1, max_size=300))
def test_any_text_comes_back_whole(user: str, text: str) -> None:
    it = vault(MemoryKeyring())
    kept = Kept(SecretKind.REFRESH, user, Secret(text))
    it.keep(kept)
    assert it.load() == kept


# --- what is refused -------------------------------------------------------------------------------------------------


class PlaintextKeyring(MemoryKeyring):
    """Keeps in the open and says so in its name."""


class Unrecommended(MemoryKeyring):
    """A back end that `keyring` itself would only take when told to."""

    priority = 0.5


class NotHere(MemoryKeyring):
    """A back end whose service is not on this computer."""

    @properties.classproperty
    def priority(self) -> float:
        raise RuntimeError("not here")


class Home(MemoryKeyring):
    """As if it came from the package of unprotected back ends."""

    __module__ = "keyrings.alt.file"


class Chain(chainer.ChainerBackend):
    """A chain over given members."""

    members: ClassVar[list[KeyringBackend]] = []

    @properties.classproperty
    def backends(cls) -> list[KeyringBackend]:  # noqa: N805
        return cls.members


@pytest.fixture
def chain() -> Iterator[Callable[..., KeyringBackend]]:
    def build(*members: KeyringBackend) -> KeyringBackend:
        Chain.members = list(members)
        return Chain()  # type: ignore[no-untyped-call]  # untyped in keyring

    yield build
    Chain.members = []


@pytest.mark.parametrize(
    "kind", [fail.Keyring, null.Keyring, PlaintextKeyring, Unrecommended, NotHere, Home], ids=lambda kind: kind.__name__
)
def test_a_keyring_that_protects_nothing_is_refused(kind: type[KeyringBackend]) -> None:
    with pytest.raises(KeyringUnavailable) as caught:
        vault(kind())
    assert caught.value.detail


def test_a_keyring_derived_from_a_refused_one_is_refused() -> None:
    class Mine(PlaintextKeyring):
        pass

    with pytest.raises(KeyringUnavailable):
        vault(Mine())


def test_a_chain_of_nothing_is_refused(chain: Callable[..., KeyringBackend]) -> None:
    for members in ([], [PlaintextKeyring()], [null.Keyring(), Unrecommended()]):  # type: ignore[no-untyped-call]
        with pytest.raises(KeyringUnavailable):
            vault(chain(*members))


def test_of_a_chain_only_the_first_good_member_is_used(chain: Callable[..., KeyringBackend]) -> None:
    open_one, good, later = PlaintextKeyring(), MemoryKeyring(), MemoryKeyring()
    vault(chain(open_one, good, later)).keep(KEPT)
    assert (len(open_one.entries), len(good.entries), len(later.entries)) == (0, 1, 0)


@pytest.mark.parametrize("value", ["no.such.Module", "keyring.backends.fail.Keyring", "keyring.backends.null.Keyring"])
def test_a_computer_without_a_keyring_is_told_so(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", value)
    monkeypatch.setattr(keyring.core, "_keyring_backend", None)
    with pytest.raises(KeyringUnavailable):
        vault()


# --- one door for foreign errors -------------------------------------------------------------------------------------

FOREIGN: list[tuple[Exception, str]] = [
    (foreign.KeyringLocked(CANARY), "it is locked (KeyringLocked)"),
    (foreign.NoKeyringError(CANARY), "this computer has none (NoKeyringError)"),
    (foreign.InitError(CANARY), "it cannot be opened (InitError)"),
    (foreign.PasswordSetError(CANARY), "it refused to keep the entry (PasswordSetError)"),
    (foreign.PasswordDeleteError(CANARY), "it refused to delete the entry (PasswordDeleteError)"),
    (foreign.KeyringError(CANARY), "it failed (KeyringError)"),
    (OSError(1312, CANARY), "it failed (OSError)"),
    (RuntimeError(CANARY), "it failed (RuntimeError)"),
    (UnicodeDecodeError("utf-8", CANARY.encode(), 0, 1, CANARY), "it failed (UnicodeDecodeError)"),
    (TimeoutError(CANARY), "it does not answer; it may be locked (TimeoutError)"),
]


@pytest.mark.parametrize("call", ["load", "keep", "forget"])
@pytest.mark.parametrize(("error", "words"), FOREIGN, ids=[type(error).__name__ for error, _ in FOREIGN])
def test_every_foreign_error_becomes_ours_and_says_no_secret(error: Exception, words: str, call: str) -> None:
    ring = FailingKeyring(error, broken=False)
    it = vault(ring)
    it.keep(KEPT)
    ring.broken = True
    with pytest.raises(KeyringUnavailable) as caught:
        it.keep(OTHER) if call == "keep" else getattr(it, call)()
    assert caught.value.detail == words
    assert caught.value.subject == "default"
    printed = "".join(traceback.format_exception(caught.value))
    assert CANARY not in printed
    assert "another" not in printed


def test_a_keyring_that_waits_for_ever_is_not_waited_for() -> None:
    release = threading.Event()

    class Prompting(MemoryKeyring):
        def get_password(self, service: str, username: str) -> str | None:
            release.wait()
            return None

    it = KeyringVault(service_url=URL, profile="default", backend=Prompting(), answer_within=0.01)
    try:
        with pytest.raises(KeyringUnavailable, match="does not answer"):
            it.load()
    finally:
        release.set()


def test_a_keyring_that_keeps_nothing_is_found_out() -> None:
    class Forgetful(MemoryKeyring):
        def set_password(self, service: str, username: str, password: str) -> None:
            pass

    with pytest.raises(KeyringUnavailable, match="did not keep"):
        vault(Forgetful()).keep(KEPT)


def test_a_keyring_that_deletes_nothing_is_found_out() -> None:
    class Clinging(MemoryKeyring):
        def delete_password(self, service: str, username: str) -> None:
            pass

    it = vault(Clinging())
    it.keep(KEPT)
    with pytest.raises(KeyringUnavailable, match="did not delete"):
        it.forget()


def test_the_windows_entry_stays_on_this_computer() -> None:
    class WinVault(MemoryKeyring):
        __module__ = "keyring.backends.Windows"
        persist = "enterprise"

    given_one = WinVault()
    it = vault(given_one)
    assert it._backend.persist == "local machine"  # type: ignore[attr-defined]
    assert given_one.persist == "enterprise"


def test_nothing_of_it_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        it = vault()
        it.keep(KEPT)
        it.load()
        it.forget()
    assert CANARY not in caplog.text


def test_its_name_is_known() -> None:
    assert "MemoryKeyring" in vault(MemoryKeyring()).backend_name
