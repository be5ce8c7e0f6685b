"""Tells why a folder is a risky place for an archive; it only warns, and cannot know every program that synchronises.

Fault 37: synchronising programs hold, replace and take away files while they are written, and count them against a
quota; temporary folders are emptied; a path that is too long cannot be opened by other programs on Windows.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from download_client.archive.root import ROOT_UNITS
from download_client.archive.safe import width

_SYNCHRONISED: Final = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "drivefs": "Google Drive",
    "icloud drive": "iCloud",
    "iclouddrive": "iCloud",
    "mobile documents": "iCloud",
    "cloudstorage": "a cloud drive",
    "box sync": "Box",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "pcloud drive": "pCloud",
    "synologydrive": "Synology Drive",
}
_MARKS: Final = {".dropbox": "Dropbox", ".dropbox.cache": "Dropbox", ".stfolder": "Syncthing"}
_VARIABLES: Final = {"OneDrive": "OneDrive", "OneDriveConsumer": "OneDrive", "OneDriveCommercial": "OneDrive"}
_TEMPORARY: Final = ("TMPDIR", "TEMP", "TMP")
_TEMPORARY_FOLDERS: Final = ("/tmp", "/var/tmp", "/dev/shm", "/run")  # noqa: S108 - named, not used


def risks(path: Path, environment: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """What speaks against this folder, one sentence each; empty where nothing does. The folder need not exist."""
    path = path.expanduser().resolve()
    found: list[str] = []
    synchronised = _synchronised(path, environment)
    if synchronised:
        found.append(f"{synchronised} synchronises it")
    if _temporary(path, environment):
        found.append("it is a temporary folder, which the system empties")
    if width(str(path)) > ROOT_UNITS:
        found.append(
            f"its path has {width(str(path))} characters; above {ROOT_UNITS} some names get too long for Windows"
        )
    return tuple(found)


def _synchronised(path: Path, environment: Mapping[str, str]) -> str:
    for part in path.parts:
        name = part.casefold()
        if name in _SYNCHRONISED:
            return _SYNCHRONISED[name]
        # "OneDrive - Company", "Dropbox (Personal)", "GoogleDrive-name@example.com"
        for known, program in _SYNCHRONISED.items():
            if name.startswith((f"{known} - ", f"{known} (", f"{known}-")):
                return program
    for variable, program in _VARIABLES.items():
        if environment.get(variable) and path.is_relative_to(Path(environment[variable]).resolve()):
            return program
    home = environment.get("USERPROFILE" if os.name == "nt" else "HOME", "")
    for folder in (path, *path.parents):
        for mark, program in _MARKS.items():
            # The home folder bears Dropbox's mark for settings, not for being synchronised.
            if os.path.lexists(folder / mark) and str(folder) != home:
                return program
    return ""


def _temporary(path: Path, environment: Mapping[str, str]) -> bool:
    folders = [tempfile.gettempdir(), *(environment.get(name, "") for name in _TEMPORARY)]
    if os.name == "posix":
        folders.extend(_TEMPORARY_FOLDERS)
    elif "SystemRoot" in environment:
        folders.append(str(Path(environment["SystemRoot"]) / "Temp"))
    return any(folder and path.is_relative_to(Path(folder).resolve()) for folder in folders)
