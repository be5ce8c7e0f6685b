"""What a folder would be like as the place of an archive, before anything is done there; it changes nothing."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from download_client.archive import Archive, risks
from download_client.errors import ArchiveMissing, MirError
from download_client.retry import Clock


@dataclass(frozen=True, slots=True)
class Place:
    """A folder. `free` bytes there, None where nobody can say; `risks` what speaks against it, one clause each.

    `archive`: one lies there already. `error`: it cannot be used as it is (gone, of a newer version, unreadable).
    """

    folder: Path
    free: int | None
    risks: tuple[str, ...]
    archive: bool
    error: MirError | None = None


def look_at_place(folder: Path, *, clock: Clock) -> Place:
    """Look at a folder, which need not exist yet; its nearest parent then says what is free."""
    folder = folder.expanduser().absolute()
    error: MirError | None = None
    archive = False
    try:
        Archive.open(folder, clock=clock)
        archive = True
    except ArchiveMissing as missing:
        # A folder that is there, or can be made, is a place for a new archive.
        error = None if folder.is_dir() or folder.parent.is_dir() else missing
    except MirError as other:
        error = other
    return Place(folder, _free(folder), risks(folder), archive, error)


def _free(folder: Path) -> int | None:
    for place in (folder, *folder.parents):
        try:
            return shutil.disk_usage(place).free
        except FileNotFoundError:
            continue
        except OSError:
            return None
    return None
