"""What earlier versions left on a computer, as they wrote it, and a computer on which a newer version was.

`data/*.zip` were made by the programs of their time: a sign-in, a pull to its end, one that was killed among its
downloads; from the third on a schedule with a night, from the fourth on a queue of runs, in the fifth marks, an audit
record, a report and an outbox. In texts, places and the service's address are `@HERE@`, `@SERVICE@`, `@AUTHORITY@`.
Their recordings are the stand-in's, called by `--now 2026-11-20T12:00:00Z --tiny` with 300 conversations: two of the
18th, 7 to 10 o'clock, and of those until 14 o'clock what the killed pull had not brought home. Locks, logs and caches
are left out.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterable
from pathlib import Path

DATA = Path(__file__).parent / "data"
KEPT = sorted(DATA.glob("*.zip"))
_TEXTS = (".toml", ".html", "profiles.json", "schedules.json", "default.json", "archive.json", "-1.json")
_OURS = ("log", "cache", "locks")
"""Folders of the program's home in which files come and go; no data of anybody's is in them."""


def unpack(made_by: Path, folder: Path, *, service: str, authority: Path | None) -> None:
    """Put `home` and `archive` below a folder, as if they had been made there, for that service."""
    words = {"@HERE@": str(folder), "@SERVICE@": service, "@AUTHORITY@": str(authority or "")}
    with zipfile.ZipFile(made_by) as kept:
        for name in kept.namelist():
            if name.endswith("/"):
                (folder / name).mkdir(parents=True, exist_ok=True)
                continue
            data = kept.read(name)
            if name.endswith(_TEXTS):
                for word, meant in words.items():
                    data = data.replace(word.encode(), json.dumps(meant)[1:-1].encode())
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


def everything(*folders: Path) -> dict[str, str]:
    """The digest of every file below, but for locks, shared memory and what comes and goes by itself."""
    return {path.as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in _files(folders)}


def _files(folders: Iterable[Path]) -> Iterable[Path]:
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            within = path.relative_to(folder).parts
            if path.is_file() and within[0] not in _OURS and not path.name.endswith(("lock", "-shm")):
                yield path
