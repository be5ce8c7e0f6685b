"""Keyrings for tests: in memory, in a file for several processes, and some that misbehave; none of them protects."""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path

from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError


class MemoryKeyring(KeyringBackend):
    """Entries of one process."""

    priority = 1.0

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # untyped in keyring
        self.entries: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.entries.pop((service, username), None) is None:
            raise PasswordDeleteError(service)


class FileKeyring(KeyringBackend):
    """Entries in the file `$MIR_TEST_KEYRING`, shared by the processes of one test; each write is whole."""

    priority = 1.0

    def get_password(self, service: str, username: str) -> str | None:
        return self._entries().get(f"{service}\n{username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        self._write(self._entries() | {f"{service}\n{username}": password})

    def delete_password(self, service: str, username: str) -> None:
        entries = self._entries()
        if entries.pop(f"{service}\n{username}", None) is None:
            raise PasswordDeleteError(service)
        self._write(entries)

    def _path(self) -> Path:
        return Path(os.environ["MIR_TEST_KEYRING"])

    def _entries(self) -> dict[str, str]:
        try:
            return dict(json.loads(self._path().read_text("utf-8")))
        except FileNotFoundError:
            return {}

    def _write(self, entries: dict[str, str]) -> None:
        new = self._path().with_suffix(f".{os.getpid()}.{threading.get_ident()}")
        new.write_text(json.dumps(entries), "utf-8")
        new.replace(self._path())


class FailingKeyring(MemoryKeyring):
    """Every call ends in the error it was given, from the moment `broken` is set."""

    def __init__(self, error: Exception, *, broken: bool = True) -> None:
        super().__init__()
        self.error = error
        self.broken = broken

    def get_password(self, service: str, username: str) -> str | None:
        self._break()
        return super().get_password(service, username)

    def set_password(self, service: str, username: str, password: str) -> None:
        self._break()
        super().set_password(service, username, password)

    def delete_password(self, service: str, username: str) -> None:
        self._break()
        super().delete_password(service, username)

    def _break(self) -> None:
        if self.broken:
            raise self.error
