"""Copies a recording out of an archive, proving it on the way; the archive is only read, and no file is overwritten."""

from __future__ import annotations

import errno
import hashlib
import os
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Final

from download_client.archive.files import Files
from download_client.archive.root import Root
from download_client.archive.trouble import disk_error
from download_client.errors import DiskError, RecordingDamaged

_BLOCK: Final = 1024 * 1024
_MOST_NAMES: Final = 1000


def copy_out(
    root: Root,
    files: Files,
    path: str,
    target: Path,
    *,
    sha256: str,
    replace: bool,
    on_read: Callable[[int], None],
) -> Path:
    """Copy the recording at `path` to `target`, or beside it where that name is taken; answers where it lies.

    A file that lies there already with these bytes is that copy. `replace`: what lies there may go, once the copy is
    proved. `on_read` hears of every stretch of bytes, and may raise.

    Raises:
        RecordingDamaged: it is missing, or its bytes are not those that were archived; nothing was copied.
        DiskError: it cannot be read or written.

    """
    part = f"{target}.{uuid.uuid4().hex[:8]}.part"
    try:
        if _copy(root, files, path, part, on_read) != sha256:
            raise RecordingDamaged("its bytes are not those that were archived")
        for error in files.flush([part], root=str(target.parent)).values():
            raise error
        if replace:
            files.replace(part, str(target))
            return target
        return _name(files, part, target, sha256)
    except OSError as error:
        raise disk_error(error, subject="the copy") from error
    finally:
        files.remove(part)


def _copy(root: Root, files: Files, path: str, part: str, on_read: Callable[[int], None]) -> str:
    digest = hashlib.sha256()
    try:
        source = files.open_to_read(root.inside(path))
    except FileNotFoundError:
        root.check()
        raise RecordingDamaged("it is not where it was placed") from None
    with source, Path(part).open("xb", buffering=0) as output:
        while piece := source.read(_BLOCK):
            digest.update(piece)
            output.write(piece)
            on_read(len(piece))
    return digest.hexdigest()


def _name(files: Files, part: str, target: Path, sha256: str) -> Path:
    for number in range(1, _MOST_NAMES):
        named = target if number == 1 else target.with_name(f"{target.stem} ({number}){target.suffix}")
        try:
            files.rename_new(part, str(named))
        except FileExistsError:
            if not named.is_symlink() and named.is_file() and files.digest(os.fspath(named)) == sha256:
                return named
        else:
            return named
    raise DiskError(os.strerror(errno.EEXIST), subject="the copy")
