"""The archive's folder: its layout, its identity, and whether it is still the one; it never makes it anew elsewhere.

::

    ROOT/
    ├── 2026/11/22/….wav and ….csv     finished recordings, folders by template
    ├── Runs/….csv                     one table per run
    └── .mir/                          everything that is not a finished recording
        ├── archive.json               identity: which archive this is, and whose
        ├── manifest/2026-11.jsonl     what was placed, line by line
        ├── audit/chain.jsonl          who did what, entry by entry
        ├── marks/book.jsonl           which marks lie beside recordings, change by change
        ├── cache/                     what was only fetched to be heard; no part of the archive
        ├── parts/                     unfinished recordings and tables
        ├── quarantine/                what arrived damaged
        └── lock, lock.json            the puller's lock, and who holds it
"""

from __future__ import annotations

import os
import re
import stat
import uuid
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import msgspec

from download_client.archive.files import Files, is_link
from download_client.archive.names import RELATIVE_UNITS, RUNS
from download_client.archive.safe import width
from download_client.archive.trouble import disk_error
from download_client.archive.values import Identity
from download_client.errors import ArchiveForeign, ArchiveMissing, ArchiveNewer, UnsafePath, check_format
from download_client.wav import extended

FORMAT: Final = 1
"""Of everything below the root: whoever changes the form of a line, a table or a file in it raises this number, and
writes it before anything else. What older versions leave alone, or pass over without harm, is no such change."""
MIR: Final = ".mir"
_ID: Final = re.compile(r"[0-9A-Za-z-]{1,64}")
"""Of an archive's id: it names files elsewhere on this computer, and whoever may write to the archive may change it."""
WINDOWS_UNITS: Final = 259
"""The longest path that every Windows program can open (MAX_PATH less its NUL)."""
ROOT_UNITS: Final = WINDOWS_UNITS - 1 - RELATIVE_UNITS

TABLE: Final = "table-"
RUN: Final = "run-"
HOLDER: Final = "lock-"
_FRESH: Final = "archive-"
_TEMPORARY: Final = (TABLE, RUN, HOLDER, _FRESH)
"""How the names of files begin that `parts` holds for a moment; a part's name begins with none of them."""

_IDENTITY_BYTES: Final = 64 * 1024


class Root:
    """An archive that is there, made by `create_root` or `open_root`. Its paths are absolute text, for `Files`."""

    def __init__(self, path: Path, identity: Identity, written: bytes, files: Files) -> None:
        self.path = path
        self.identity = identity
        self.base = _extended(str(path))
        mir = self.base + os.sep + MIR
        self.parts = mir + os.sep + "parts"
        self.quarantine = mir + os.sep + "quarantine"
        self.manifest = mir + os.sep + "manifest"
        self.audit = mir + os.sep + "audit"
        self.marks = mir + os.sep + "marks"
        self.lock = mir + os.sep + "lock"
        self.holder = mir + os.sep + "lock.json"
        self.runs = self.base + os.sep + RUNS
        self._mir = mir
        self._identity = mir + os.sep + "archive.json"
        self._written = written
        self._files = files

    def inside(self, relative: str) -> str:
        """The absolute path of one below the root; not checked here."""
        return self.base + os.sep + (relative if os.sep == "/" else relative.replace("/", os.sep))

    def check(self) -> None:
        """Whether this archive is still there; costs a few system calls.

        Raises:
            ArchiveMissing: the folder, its drive or its identity is gone, or another archive lies there.
            UnsafePath: somebody put a link in the place of one of its folders.

        """
        try:
            for path in (self._mir, self.parts, self.manifest):
                if is_link(self._files.look(path)):
                    raise UnsafePath("a folder of the archive was replaced by a link", subject=MIR)
            seen = self._files.read(self._identity, _IDENTITY_BYTES)
        except FileNotFoundError as error:
            raise ArchiveMissing(f"no {MIR} folder of it is left", subject=str(self.path)) from error
        except OSError as error:
            raise disk_error(error, subject=str(self.path)) from error
        if seen != self._written:
            _same(_decode(seen, self.path), self.identity.archive_id, self.path)

    def prepare(self) -> None:
        """Make the folders that a writer needs, where somebody removed them. Raises DiskError."""
        made = _make_folders(self._files, (self.parts, self.quarantine, self.manifest), self.path)
        if made:
            self.flush_folders([self._mir])

    def sweep(self) -> None:
        """Remove what a killed writer left under temporary names; parts of recordings stay. For the lock's holder."""
        try:
            for left in list(Path(self.parts).iterdir()):
                if left.name.startswith(_TEMPORARY):
                    self._files.remove(str(left))
        except OSError as error:
            raise disk_error(error, subject=str(self.path)) from error

    def make_marks(self) -> None:
        """Make the folder of the book of marks. Raises DiskError."""
        if _make_folders(self._files, [self.marks], self.path):
            self.flush_folders([self._mir])

    def make_audit(self) -> None:
        """Make the folder of the audit record. Raises DiskError."""
        if _make_folders(self._files, [self.audit], self.path):
            self.flush_folders([self._mir])

    def make_runs(self) -> None:
        """Make the folder of run tables. Raises DiskError."""
        self.check()
        if _make_folders(self._files, [self.runs], self.path):
            self.flush_folders([self.base])

    def flush_folders(self, folders: list[str]) -> None:
        """Make names durable. Raises DiskError."""
        try:
            self._files.flush_folders(folders)
        except OSError as error:
            raise disk_error(error, subject=str(self.path)) from error


def create_root(path: Path, files: Files, *, service: str, account_id: str, now: datetime) -> Root:
    """Make an archive of an existing or new folder, or answer the one that lies there if it is this account's.

    Raises:
        ArchiveForeign, ArchiveNewer: it is the archive of another account, or of a newer version.
        ArchiveMissing: the folder in which it should be made does not exist.
        DiskError: it cannot be written.

    """
    path = _absolute(path)
    identity_file = path / MIR / "archive.json"
    if not _exists(identity_file, path):
        identity = Identity(str(uuid.uuid4()), service, account_id, now, FORMAT)
        try:
            if not path.exists():
                files.make_folder(str(path))
        except FileNotFoundError as error:
            raise ArchiveMissing("the folder in which it would be made does not exist", subject=str(path)) from error
        except OSError as error:
            raise disk_error(error, subject=str(path)) from error
        base = _extended(str(path))
        mir = base + os.sep + MIR
        _make_folders(files, [mir, *(mir + os.sep + name for name in ("parts", "quarantine", "manifest"))], path)
        _hide(mir)
        fresh = mir + os.sep + "parts" + os.sep + f"{_FRESH}{identity.archive_id}.json"
        try:
            files.write(fresh, _encode(identity))
            failed = files.flush([fresh], root=base)
            if failed:
                raise failed[fresh]
            files.rename_new(fresh, mir + os.sep + "archive.json")
            files.flush_folders([mir, base])
        except FileExistsError:
            files.remove(fresh)  # another one was quicker; whose it is shows now
        except OSError as error:
            raise disk_error(error, subject=str(path)) from error
    return open_root(path, files, archive_id="", service=service, account_id=account_id)


def open_root(path: Path, files: Files, *, archive_id: str, service: str, account_id: str) -> Root:
    """The archive in this folder; what is empty is not compared. Writes nothing.

    Raises:
        ArchiveMissing: the folder or its identity is not there, or it is another archive than `archive_id`.
        ArchiveNewer: a newer version made it.
        ArchiveForeign: it belongs to another service or account.
        UnsafePath: its inner folder is a link.

    """
    path = _absolute(path)
    if not _exists(path / MIR / "archive.json", path):
        there = "the folder is not an archive" if path.is_dir() else "there is no such folder"
        raise ArchiveMissing(there, subject=str(path))
    try:
        written = files.read(_extended(str(path / MIR / "archive.json")), _IDENTITY_BYTES)
    except OSError as error:
        raise disk_error(error, subject=str(path)) from error
    identity = _decode(written, path)
    _same(identity, archive_id or identity.archive_id, path)
    if service and identity.service != service:
        raise ArchiveForeign(f"it belongs to the service {identity.service}", subject=str(path))
    if account_id and identity.account_id != account_id:
        raise ArchiveForeign(f"it belongs to the account {identity.account_id}", subject=str(path))
    root = Root(path, identity, written, files)
    root.check()
    return root


def _absolute(path: Path) -> Path:
    # Links on the way to the root are the user's own; below it none is followed.
    try:
        return path.expanduser().resolve()
    except (OSError, RuntimeError, ValueError) as error:
        raise ArchiveMissing("the path cannot be followed", subject=str(path)) from error


def _extended(path: str) -> str:
    r"""On Windows a path whose recordings could be too long, in the form that has no limit (``\\?\``)."""
    return path if os.name != "nt" or width(path) <= ROOT_UNITS else extended(path)


def _exists(identity_file: Path, path: Path) -> bool:
    try:
        return stat.S_ISREG(os.lstat(_extended(str(identity_file))).st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise disk_error(error, subject=str(path)) from error


def _make_folders(files: Files, folders: list[str] | tuple[str, ...], path: Path) -> bool:
    made = False
    for folder in folders:
        try:
            files.make_folder(folder)
            made = True
        except FileExistsError:
            if is_link(files.look(folder)):
                raise UnsafePath("a folder of the archive was replaced by a link", subject=MIR) from None
        except FileNotFoundError as error:
            raise ArchiveMissing(f"no {MIR} folder of it is left", subject=str(path)) from error
        except OSError as error:
            raise disk_error(error, subject=str(path)) from error
    return made


def _encode(identity: Identity) -> bytes:
    fields = {
        "format": identity.format,
        "archiveId": identity.archive_id,
        "service": identity.service,
        "accountId": identity.account_id,
        "createdAt": identity.created_at,
    }
    return msgspec.json.format(msgspec.json.encode(fields), indent=2) + b"\n"


class _Format(msgspec.Struct):
    format: int


class _Written(_Format, rename="camel"):
    archive_id: str = ""
    service: str = ""
    account_id: str = ""
    created_at: datetime | None = None


def _decode(untrusted: bytes, path: Path) -> Identity:
    try:
        # The number first: what else a newer version says may have another form.
        number = msgspec.json.decode(untrusted, type=_Format).format
        check_format(number, known=FORMAT, newer=ArchiveNewer, subject=str(path))
        found = msgspec.json.decode(untrusted, type=_Written)
    except msgspec.DecodeError as error:
        raise ArchiveMissing(f"its identity, {MIR}/archive.json, is damaged", subject=str(path)) from error
    if not _ID.fullmatch(found.archive_id) or found.created_at is None or found.created_at.tzinfo is None:
        raise ArchiveMissing(f"its identity, {MIR}/archive.json, is damaged", subject=str(path))
    return Identity(found.archive_id, found.service, found.account_id, found.created_at, found.format)


def _same(identity: Identity, archive_id: str, path: Path) -> None:
    if identity.archive_id != archive_id:
        raise ArchiveMissing("another archive lies there (another drive under the same name?)", subject=str(path))


def _hide(folder: str) -> None:
    """On Windows a leading dot hides nothing."""
    if os.name != "nt":
        return
    import ctypes

    hidden: Any = 0x02
    # Cosmetic: a share that knows no attributes is no error.
    getattr(ctypes, "windll").kernel32.SetFileAttributesW(folder, hidden)  # noqa: B009
