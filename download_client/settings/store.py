"""The settings in force: policy above the user's file above the defaults; what the program learned lives elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeVar, overload

from download_client.errors import InvalidSetting
from download_client.settings import table
from download_client.settings.paths import Paths
from download_client.settings.source import Given, Policy, UserFile, machine_policy
from download_client.settings.table import Setting

T = TypeVar("T")


class Origin(Enum):
    """Who gave a value."""

    DEFAULT = "default"
    USER = "user"
    POLICY = "policy"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something given that cannot be used: an unknown name, a bad value, or a policy where none may be."""

    name: str
    where: str
    text: str

    def __str__(self) -> str:
        """One line."""
        return f"{self.where}: {self.name}: {self.text}"


@dataclass(frozen=True, slots=True)
class _Value:
    value: Any
    origin: Origin
    where: str = ""
    flaw: str = ""


class Settings:
    """A value for each line of the table, with its origin.

    A bad value hurts only whoever asks for it, so that `set` and `unset` can mend it; `problems` lists them all.
    """

    def __init__(self, *, file: UserFile, policy: Policy) -> None:
        self._file = file
        self._policy = policy.read()
        self._apply(file.read())

    @classmethod
    def load(cls, paths: Paths, *, policy: Policy | None = None) -> Settings:
        """Read the user's file and the machine's policy (`policy` in its place).

        Raises:
            InvalidSetting: a file is no TOML, or a policy is not the administrator's; the subject names file and line.
            SettingsNewer: a newer version made one of them.

        """
        return cls(file=UserFile(paths.settings_file), policy=machine_policy() if policy is None else policy)

    @overload
    def get(self, setting: Setting[T]) -> T: ...
    @overload
    def get(self, setting: str) -> Any: ...
    def get(self, setting: Setting[T] | str) -> T | Any:
        """The value in force, in the setting's own type and unit.

        Raises:
            InvalidSetting: it is unknown, or what was given for it cannot be used; the detail says where it stands.

        """
        name = _named(setting).name
        found = self._values[name]
        if found.flaw:
            raise InvalidSetting(f"{found.flaw} ({found.where})", subject=name)
        return found.value

    def shown(self, setting: Setting[Any] | str) -> str:
        """The value in force as text, or as it was given where it cannot be used."""
        known = _named(setting)
        found = self._values[known.name]
        return str(found.value) if found.flaw else known.kind.show(found.value)

    def origin(self, setting: Setting[Any] | str) -> Origin:
        """Who gave the value in force."""
        return self._values[_named(setting).name].origin

    def where(self, setting: Setting[Any] | str) -> str:
        """The file and line, or the registry value, it stands in; empty: it is the default."""
        return self._values[_named(setting).name].where

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything given that is not in force, and why."""
        return self._problems

    def set(self, setting: Setting[Any] | str, untrusted_value: object) -> None:
        """Check a value, write it into the user's file, and put it in force.

        Raises:
            InvalidSetting: unknown, bad, fixed by policy, or the file is broken; nothing changed then.

        """
        known = _named(setting)
        if self.origin(known) is Origin.POLICY:
            raise InvalidSetting(f"it is fixed by this computer's policy ({self.where(known)})", subject=known.name)
        try:
            value = known.kind.parse(untrusted_value)
        except ValueError as error:
            raise InvalidSetting(str(error), subject=known.name) from None
        self._file.change(section=known.section, key=known.key, value=known.kind.toml(value))
        self._apply(self._file.read())

    def unset(self, setting: Setting[Any] | str) -> None:
        """Take the user's value out of the file; what policy or default say is in force then.

        Raises:
            InvalidSetting: unknown, or the file is broken; nothing changed then.

        """
        known = _named(setting)
        self._file.change(section=known.section, key=known.key, value=None)
        self._apply(self._file.read())

    def _apply(self, user: dict[str, Given]) -> None:
        values = {setting.name: _Value(setting.default, Origin.DEFAULT) for setting in table.TABLE}
        problems: list[Problem] = []
        for origin, layer in ((Origin.USER, user), (Origin.POLICY, self._policy)):
            for name, given in layer.items():
                if name not in values:
                    problems.append(Problem(name, given.where, table.unknown(name)))
                    continue
                setting = table.find(name)
                if origin is Origin.POLICY and not setting.by_policy:
                    problems.append(Problem(name, given.where, "it is the user's own choice; a policy does not fix it"))
                    continue
                values[name] = _read(setting, given, origin)
        problems += [Problem(name, held.where, held.flaw) for name, held in values.items() if held.flaw]
        # Both are replaced, never changed: another thread may be reading.
        self._values, self._problems = values, tuple(problems)


def _named(setting: Setting[Any] | str) -> Setting[Any]:
    return table.find(setting) if isinstance(setting, str) else setting


def _read(setting: Setting[Any], given: Given, origin: Origin) -> _Value:
    try:
        return _Value(setting.kind.parse(given.untrusted), origin, given.where)
    except ValueError as error:
        return _Value(given.untrusted, origin, given.where, str(error))
