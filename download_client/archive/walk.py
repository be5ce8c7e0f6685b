"""Walks the finished side of an archive: everything but `.mir`, links not followed, in the order of names."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Final, NamedTuple

from download_client.archive.files import is_link
from download_client.archive.root import MIR, Root
from download_client.archive.trouble import disk_error

_MADE_BY_SYSTEMS: Final = frozenset(
    {"desktop.ini", "thumbs.db", ".ds_store", "system volume information", "$recycle.bin", "lost+found", ".trashes"}
)


class Found(NamedTuple):
    """A name below the root: its path with ``/``, and what it is."""

    path: str
    absolute: str
    is_file: bool
    """False: a link, or something that is neither a file nor a folder."""


def walk(root: Root) -> Iterator[Found]:
    """Every file, and every link or other strange thing; folders are not told of. Raises DiskError."""
    folders = [""]
    while folders:
        prefix = folders.pop()
        inner: list[str] = []
        try:
            with os.scandir(root.inside(prefix) if prefix else root.base) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except FileNotFoundError:
            continue  # removed while we walk
        except OSError as error:
            raise disk_error(error, subject=str(root.path)) from error
        for entry in entries:
            if (not prefix and entry.name == MIR) or entry.name.casefold() in _MADE_BY_SYSTEMS:
                continue
            path = prefix + entry.name
            if entry.is_dir(follow_symlinks=False) and not _is_junction(entry):
                inner.append(path + "/")
            else:
                yield Found(path, entry.path, entry.is_file(follow_symlinks=False))
        folders.extend(reversed(inner))


def _is_junction(entry: os.DirEntry[str]) -> bool:
    """On Windows a junction counts as a folder."""
    return os.name == "nt" and is_link(entry.stat(follow_symlinks=False))
