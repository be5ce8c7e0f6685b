"""The vault in the system keyring (Credential Manager, Keychain, Secret Service); it never falls back to a file.

Fault 51: an absent, locked or silent keyring and a secret that does not fit are named errors.
"""

from __future__ import annotations

import copy
import json
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from download_client.credentials.secret import Secret
from download_client.credentials.vault import Kept, SecretKind
from download_client.errors import KeyringUnavailable, SecretTooLong

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

T = TypeVar("T")

LONGEST_ENTRY = 2560
"""Bytes of UTF-16: CRED_MAX_CREDENTIAL_BLOB_SIZE of the Windows Credential Manager. The same everywhere, so that what
can be kept does not depend on the computer."""

_ANSWER = 120.0
"""Seconds for the keyring to answer; a person may have to type the password that unlocks it."""

_RECOMMENDED = 1
"""Back ends below this priority are those that `keyring` itself does not recommend."""

_NOT_PROTECTED = "keyrings.alt"
"""The package of plain-text and home-made back ends."""


class KeyringVault:
    """One entry of the system keyring per service address and profile, a small JSON text.

    Raises:
        KeyringUnavailable: from every method and the constructor: there is no keyring, it is locked, does not answer,
            or would keep the secret unprotected.

    """

    def __init__(
        self, *, service_url: str, profile: str, backend: KeyringBackend | None = None, answer_within: float = _ANSWER
    ) -> None:
        self._answer_within = answer_within
        self._service = f"MIR Download Client: {_canonical(service_url)} ({profile})"
        self._profile = profile
        self._backend = self._ask(lambda: _protected(backend if backend is not None else _system_backend()))

    @property
    def backend_name(self) -> str:
        """The keyring's name as a person knows it, for `doctor`."""
        return str(self._backend.name)

    def load(self) -> Kept | None:
        """What is kept; None when there is no entry, or one that is not ours."""
        text = self._read()
        return None if text is None else _decode(text)

    def keep(self, kept: Kept) -> None:
        """Replace the entry, and read it back.

        Raises:
            SecretTooLong: it takes more than `LONGEST_ENTRY` bytes of UTF-16; the old entry stays.
            KeyringUnavailable: also when the keyring does not give back what it was given.

        """
        text = _encode(kept)
        if len(text.encode("utf-16-le", "surrogatepass")) > LONGEST_ENTRY:
            raise SecretTooLong(subject=self._profile)
        self._ask(lambda: self._backend.set_password(self._service, self._profile, text))
        if self._read() != text:
            raise KeyringUnavailable("it did not keep what it was given", subject=self._profile)

    def forget(self) -> None:
        """Delete the entry, if there is one."""
        if self._read() is None:
            return
        self._ask(lambda: self._backend.delete_password(self._service, self._profile))
        if self._read() is not None:
            raise KeyringUnavailable("it did not delete the entry", subject=self._profile)

    def _read(self) -> str | None:
        return self._ask(lambda: self._backend.get_password(self._service, self._profile))

    def _ask(self, call: Callable[[], T]) -> T:
        """The one door to the keyring: every foreign error becomes ours, and no answer is an answer.

        A keyring may wait for ever for a prompt that nobody sees (a scheduled run), hence the thread. The foreign
        error is not chained: its text may hold what was to be kept.
        """
        answer: Future[T] = Future()

        def work() -> None:
            try:
                answer.set_result(call())
            except Exception as error:  # foreign code: anything may come
                answer.set_exception(error)

        threading.Thread(target=work, name="keyring", daemon=True).start()
        try:
            return answer.result(self._answer_within)
        except Exception as error:
            raise _ours(error, subject=self._profile) from None


def _ours(error: Exception, *, subject: str) -> KeyringUnavailable:
    from keyring.errors import InitError, KeyringLocked, NoKeyringError, PasswordDeleteError, PasswordSetError

    if isinstance(error, KeyringUnavailable):
        return error
    seen = {
        TimeoutError: "it does not answer; it may be locked",
        KeyringLocked: "it is locked",
        NoKeyringError: "this computer has none",
        InitError: "it cannot be opened",
        PasswordSetError: "it refused to keep the entry",
        PasswordDeleteError: "it refused to delete the entry",
    }
    words = next((text for kind, text in seen.items() if isinstance(error, kind)), "it failed")
    return KeyringUnavailable(f"{words} ({type(error).__name__})", subject=subject)


def _system_backend() -> KeyringBackend:
    import keyring

    return keyring.get_keyring()


def _protected(backend: KeyringBackend) -> KeyringBackend:
    """The back end to use: itself, or the best of a chain, if it protects what it keeps.

    Raises:
        KeyringUnavailable: it keeps nothing, or keeps it in the open.

    """
    from keyring.backends import chainer, fail, null

    if isinstance(backend, chainer.ChainerBackend):
        # A chain would read from and write to its unprotected members too.
        for member in backend.backends:
            if _flaw(member) is None:
                return _on_this_computer(member)
        raise KeyringUnavailable("this computer has none that protects its entries")
    if isinstance(backend, fail.Keyring | null.Keyring):
        raise KeyringUnavailable("this computer has none, or it is switched off")
    if (flaw := _flaw(backend)) is not None:
        raise KeyringUnavailable(flaw)
    return _on_this_computer(backend)


def _flaw(backend: KeyringBackend) -> str | None:
    """Why a back end is not good enough; None: it is."""
    for kind in type(backend).__mro__:
        if kind.__module__.startswith(_NOT_PROTECTED) or "plain" in kind.__name__.lower():
            return f"{type(backend).__name__} does not protect its entries"
    if not backend.priority >= _RECOMMENDED:
        return f"{type(backend).__name__} is not recommended for secrets"
    return None


def _on_this_computer(backend: KeyringBackend) -> KeyringBackend:
    """Windows would carry the entry to other computers of the domain; a refresh token that rotates must stay here."""
    if type(backend).__module__ != "keyring.backends.Windows":
        return backend
    local = copy.copy(backend)
    windows: Any = local
    windows.persist = "local machine"
    return local


def _canonical(service_url: str) -> str:
    """One spelling per service: scheme and host in lower case, no slash at the end."""
    parts = urlsplit(service_url.strip())
    return parts._replace(scheme=parts.scheme.lower(), netloc=parts.netloc.lower()).geturl().rstrip("/")


def _encode(kept: Kept) -> str:
    return json.dumps(
        {"kind": kept.kind.value, "user": kept.user, "secret": kept.secret.reveal()},
        ensure_ascii=False,
        separators=(",", ":"),
    )


def _decode(untrusted: str) -> Kept | None:
    """Read back `_encode`; None for anything else: then somebody has to sign in again."""
    try:
        entry = json.loads(untrusted)
        kind, user, secret = SecretKind(entry["kind"]), entry["user"], entry["secret"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    if not isinstance(user, str) or not isinstance(secret, str) or not secret:
        return None
    return Kept(kind=kind, user=user, secret=Secret(secret))
