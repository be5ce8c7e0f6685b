"""The profiles that signed in here: what the program learned, not what the user chose; no secret is among it."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from download_client.errors import InvalidSetting, SettingsNewer, UnknownName, check_format
from download_client.settings import files
from download_client.settings.paths import Paths

DEFAULT_PROFILE = "default"

_FORMAT = 1
_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9_-])?")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Profile:
    """An account at a service as it was last used here. `user` is the name signed in with, or the client id.

    Raises:
        InvalidSetting: the name is not 1 to 64 letters, digits, `.`, `_` or `-`, beginning with a letter or digit.

    """

    name: str
    server_url: str
    user: str = ""
    last_archive: Path | None = None

    def __post_init__(self) -> None:
        """Refuse names that could not stand in a keyring or a file name."""
        check_name(self.name)


def check_name(untrusted_name: str) -> str:
    """The name itself, if a profile may bear it. Raises InvalidSetting as `Profile` does."""
    if not _NAME.fullmatch(untrusted_name):
        raise InvalidSetting(
            "a profile's name is 1 to 64 letters, digits, '.', '_' or '-', and begins with a letter or digit",
            subject=repr(untrusted_name[:64]),
        )
    return untrusted_name


class Profiles:
    """The profiles file. Each change replaces it whole; two processes may change it at once.

    Every method raises SettingsNewer where a newer version made the file.
    """

    def __init__(self, paths: Paths) -> None:
        self._path = paths.profiles_file

    def all(self) -> tuple[Profile, ...]:
        """Every profile, by name."""
        return tuple(sorted(self._read().values(), key=lambda profile: profile.name))

    def find(self, name: str) -> Profile:
        """The profile of exactly that name.

        Raises:
            UnknownName: there is none.

        """
        try:
            return self._read()[name]
        except KeyError:
            raise UnknownName("no profile of that name has signed in here", subject=repr(name[:64])) from None

    def save(self, profile: Profile) -> None:
        """Add it, or replace the one of its name. Raises InvalidSetting: the file cannot be written."""
        self._change(lambda known: known | {profile.name: profile})

    def used_archive(self, name: str, archive: Path) -> None:
        """Remember the archive a profile used last. Raises as `find` and `save` do."""
        self.save(replace(self.find(name), last_archive=archive))

    def forget(self, name: str) -> None:
        """Drop it; harmless when it is not there."""
        self._change(lambda known: {key: value for key, value in known.items() if key != name})

    def _change(self, change: Callable[[dict[str, Profile]], dict[str, Profile]]) -> None:
        try:
            with files.changing(self._path):
                profiles = change(self._read())
                files.replace_text(self._path, _encode(profiles))
        except (OSError, UnicodeError) as error:
            raise InvalidSetting(f"cannot be written ({type(error).__name__})", subject=str(self._path)) from error

    def _read(self) -> dict[str, Profile]:
        try:
            text = files.read_text(self._path)
            return {} if text is None else self._decoded(text)
        except OSError as error:
            raise InvalidSetting(f"cannot be read ({type(error).__name__})", subject=str(self._path)) from error
        except ValueError as error:
            return self._set_aside(str(error))

    def _decoded(self, untrusted: str) -> dict[str, Profile]:
        """What it says. Raises ValueError, SettingsNewer."""
        told = _parsed(untrusted)
        number = told.get("format") if isinstance(told, dict) else None
        check_format(number, known=_FORMAT, newer=SettingsNewer, subject=str(self._path))
        return _decode(told)

    def _set_aside(self, flaw: str) -> dict[str, Profile]:
        """Only signing in again is lost with it; the damaged file stays beside for whoever wants to look."""
        aside = self._path.with_suffix(".damaged.json")
        try:
            self._path.replace(aside)
        except OSError as error:
            raise InvalidSetting(f"{flaw}, and cannot be set aside", subject=str(self._path)) from error
        _log.warning("the profiles file was damaged (%s); it now lies at %s", flaw, aside)
        return {}


def _encode(profiles: dict[str, Profile]) -> str:
    rows = [asdict(profile) | {"last_archive": str(profile.last_archive or "")} for profile in profiles.values()]
    return json.dumps({"format": _FORMAT, "profiles": rows}, indent=1, ensure_ascii=False) + "\n"


def _parsed(untrusted: str) -> Any:
    try:
        return json.loads(untrusted)
    except RecursionError:
        raise ValueError("it is no JSON that anybody wrote") from None


def _decode(untrusted: Any) -> dict[str, Profile]:
    """Read back `_encode`. Raises ValueError."""
    try:
        rows = untrusted["profiles"]
        profiles = [
            Profile(
                name=_string(row["name"]),
                server_url=_string(row["server_url"]),
                user=_string(row["user"]),
                last_archive=Path(_string(row["last_archive"])) if row["last_archive"] else None,
            )
            for row in rows
        ]
    except (TypeError, KeyError, AttributeError, ValueError, InvalidSetting):
        raise ValueError("it does not have the form of a profiles file") from None
    return {profile.name: profile for profile in profiles}


def _string(untrusted: object) -> str:
    if not isinstance(untrusted, str):
        raise TypeError
    return untrusted
