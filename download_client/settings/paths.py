"""Where this program keeps its own files; it creates no folder, and the archive is not among them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs

HOME_VARIABLE = "MIR_DOWNLOAD_HOME"
"""When set, all folders lie below it: portable use, and tests."""

_NAME = "mir-download-client"
_NAME_FOR_PEOPLE = "MIR Download Client"


@dataclass(frozen=True, slots=True)
class Paths:
    """Folders: `config` what the user chose, `state` what the program learned, `data` the ledger, `log`, `cache`.

    `state` and `data` never roam between computers: a ledger on a synchronised place would be damaged.
    """

    config: Path
    data: Path
    state: Path
    log: Path
    cache: Path

    @classmethod
    def of_user(cls, environment: Mapping[str, str] | None = None) -> Paths:
        """Those of the current user as the system has it, or below `$MIR_DOWNLOAD_HOME`."""
        home = (os.environ if environment is None else environment).get(HOME_VARIABLE, "")
        if home:
            return cls.below(Path(home))
        found = platformdirs.PlatformDirs(_NAME_FOR_PEOPLE if os.name == "nt" else _NAME, appauthor=False)
        return cls(
            config=found.user_config_path,
            data=found.user_data_path,
            state=found.user_state_path / "state" if os.name == "nt" else found.user_state_path,
            log=found.user_log_path,
            cache=found.user_cache_path,
        )

    @classmethod
    def below(cls, home: Path) -> Paths:
        """All in one folder."""
        home = home.absolute()
        return cls(home / "config", home / "data", home / "state", home / "log", home / "cache")

    @property
    def settings_file(self) -> Path:
        """The user's settings."""
        return self.config / "settings.toml"

    @property
    def profiles_file(self) -> Path:
        """The profiles that signed in here."""
        return self.state / "profiles.json"
