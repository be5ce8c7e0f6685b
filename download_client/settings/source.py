"""Where values of settings come from: the user's file and the machine's policy; it does not judge them.

A source that cannot be read is an error, never an empty source: a policy must not vanish because its file is damaged.
"""

from __future__ import annotations

import os
import re
import stat
import sys
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from download_client.errors import InvalidSetting, SettingsNewer, check_format
from download_client.settings import files

if TYPE_CHECKING:
    import tomlkit

POLICY_KEY = r"SOFTWARE\Policies\MIR Download Client"
"""Below HKEY_LOCAL_MACHINE, and below HKEY_CURRENT_USER, which yields to it; each value bears a setting's whole name,
such as `transfer.concurrency`. Windows lets users write neither."""

FORMAT = "format"
"""The name of the number that a version writes above everything where older ones must not read the file: what they
know by name means something else there. Unknown names alone are no reason: they are named, and kept."""
KNOWN_FORMAT = 1
"""What a file without a number has."""

POLICY_FILE = Path("/etc/mir-download-client/policy.toml")

_HEADER = re.compile(r"\s*\[\s*([A-Za-z0-9_-]+)\s*\]\s*(?:#.*)?")
_ENTRY = re.compile(r"\s*([A-Za-z0-9_.-]+)\s*=")


@dataclass(frozen=True, slots=True)
class Given:
    """A value as it was given, and where: a file with its line, or a registry value."""

    untrusted: object
    where: str


class Policy(Protocol):
    """The machine's policy."""

    def read(self) -> dict[str, Given]:
        """Values by the names of settings. Raises InvalidSetting: there is one, but it cannot be read."""
        ...


def machine_policy() -> Policy:
    """The policy as this system keeps it."""
    return RegistryPolicy() if sys.platform == "win32" else FilePolicy(POLICY_FILE)


class FilePolicy:
    """A TOML file that belongs to `owner` (root) and that nobody else can write."""

    def __init__(self, path: Path, *, owner: int = 0) -> None:
        self._path = path
        self._owner = owner

    def read(self) -> dict[str, Given]:
        """Values by the names of settings; none where there is no file.

        Raises:
            InvalidSetting: it is broken, or not root's alone.

        """
        try:
            status = self._path.stat()
        except (FileNotFoundError, NotADirectoryError):
            return {}
        except OSError as error:
            raise _unreadable(self._path, error) from error
        if os.name != "nt" and (status.st_uid != self._owner or status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)):
            raise InvalidSetting(
                "a policy must belong to the administrator, and nobody else may write it", subject=str(self._path)
            )
        return UserFile(self._path).read()


class RegistryPolicy:
    """Values of the Windows registry that only administrators can write: the computer's above the user's."""

    def __init__(self, entries: Callable[[str], Iterable[tuple[str, object]]] | None = None) -> None:
        self._entries = _registry_entries if entries is None else entries

    def read(self) -> dict[str, Given]:
        """Values by the names of settings; none where there is no key.

        Raises:
            InvalidSetting: a key is there but cannot be read.

        """
        found: dict[str, Given] = {}
        for root in ("HKCU", "HKLM"):
            key = f"{root}\\{POLICY_KEY}"
            try:
                found |= {name: Given(value, f"{key}\\{name}") for name, value in self._entries(root)}
            except OSError as error:
                raise InvalidSetting(f"the policy cannot be read ({type(error).__name__})", subject=key) from error
        return found


def _registry_entries(root: str) -> list[tuple[str, object]]:
    """What lies below the policy key. Raises OSError."""
    found: list[tuple[str, object]] = []
    if sys.platform == "win32":
        import winreg

        top = winreg.HKEY_LOCAL_MACHINE if root == "HKLM" else winreg.HKEY_CURRENT_USER
        try:
            key = winreg.OpenKey(top, POLICY_KEY, 0, winreg.KEY_READ | winreg.KEY_WOW64_64KEY)
        except FileNotFoundError:
            return []
        with key:
            for index in range(winreg.QueryInfoKey(key)[1]):
                name, value, kind = winreg.EnumValue(key, index)
                found.append((name, winreg.ExpandEnvironmentStrings(value) if kind == winreg.REG_EXPAND_SZ else value))
    return found


class UserFile:
    """The user's TOML file: comments and order stay when a value changes."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> dict[str, Given]:
        """Values by name; none where there is no file.

        Raises:
            InvalidSetting: it is no TOML; the subject names the file and the line.
            SettingsNewer: a newer version made it.

        """
        content = self._content()
        found: dict[str, Given] = {}
        if not content:
            return found
        for section, table in self._known(self._values(content)).items():
            if isinstance(table, dict):
                for key, value in table.items():
                    found[f"{section}.{key}"] = Given(value, self._place(content, section=section, key=key))
            else:
                found[section] = Given(table, self._place(content, section="", key=section))
        return found

    def change(self, *, section: str, key: str, value: object) -> None:
        """Write one value, or take it out (None). The file is replaced as a whole, or stays as it is.

        Raises:
            InvalidSetting: it is broken, or cannot be written.
            SettingsNewer: a newer version made it.

        """
        import tomlkit  # not needed where nobody chose anything

        try:
            with files.changing(self.path):
                document = self._parsed(self._content())
                self._known(document.unwrap())
                self._put(document, section=section, key=key, value=value)
                text = tomlkit.dumps(document)
                # What was written must say what was meant before anything is replaced.
                if self._parsed(text).unwrap().get(section, {}).get(key) != value:
                    raise InvalidSetting("the value cannot be placed; edit the file", subject=str(self.path))
                files.replace_text(self.path, text)
        except OSError as error:
            raise InvalidSetting(f"cannot be written ({type(error).__name__})", subject=str(self.path)) from error

    def _put(self, document: tomlkit.TOMLDocument, *, section: str, key: str, value: object) -> None:
        import tomlkit

        table: Any = document.get(section)
        if table is None:
            if value is None:
                return
            table = document[section] = tomlkit.table()
            table = document[section]
        if not isinstance(table, dict):
            raise InvalidSetting(f"{section} must be a table: [{section}]", subject=str(self.path))
        if value is not None:
            table[key] = value
        elif key in table:
            del table[key]

    def _content(self) -> str:
        try:
            return files.read_text(self.path) or ""
        except OSError as error:
            raise _unreadable(self.path, error) from error
        except ValueError as error:
            raise InvalidSetting(str(error), subject=str(self.path)) from None

    def _known(self, values: dict[str, Any]) -> dict[str, Any]:
        """What it says but for the number of its format, which must be one that is known here."""
        number = values.get(FORMAT)
        if not isinstance(number, int) or isinstance(number, bool):
            return values
        check_format(number, known=KNOWN_FORMAT, newer=SettingsNewer, subject=str(self.path))
        return {name: value for name, value in values.items() if name != FORMAT}

    def _values(self, content: str) -> dict[str, Any]:
        """What it says. Only what is broken is read by the slower library, which knows the line."""
        try:
            return tomllib.loads(content)
        except (ValueError, RecursionError):
            return self._parsed(content).unwrap()

    def _parsed(self, content: str) -> tomlkit.TOMLDocument:
        import tomlkit
        from tomlkit.exceptions import ParseError, TOMLKitError

        try:
            return tomlkit.parse(content)
        except ParseError as error:
            said = re.sub(r" at line \d+ col \d+$", "", str(error))
            raise InvalidSetting(f"line {error.line}: {said}", subject=f"{self.path}:{error.line}") from None
        except (TOMLKitError, RecursionError, ValueError) as error:
            raise InvalidSetting(f"this is not TOML ({error!s:.80})", subject=str(self.path)) from None

    def _place(self, content: str, *, section: str, key: str) -> str:
        """The file, with the line where the entry stands in the usual forms."""
        inside = ""
        for number, line in enumerate(content.splitlines(), 1):
            if header := _HEADER.fullmatch(line):
                inside = header[1]
            elif entry := _ENTRY.match(line):
                name = f"{inside}.{entry[1]}" if inside else entry[1]
                if name == (f"{section}.{key}" if section else key):
                    return f"{self.path}:{number}"
        return str(self.path)


def _unreadable(path: Path, error: OSError) -> InvalidSetting:
    return InvalidSetting(f"cannot be read ({type(error).__name__})", subject=str(path))
