"""What goes into an archive and what comes out of it, as frozen values; no I/O.

A `path` is text, relative to the archive's root, with ``/`` between its parts on every system, as the ledger keeps it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from download_client.model import Conversation, Recording
from download_client.wav import WavInfo

DEFAULT_FOLDER = "{start:%Y}/{start:%m}/{start:%d}"
DEFAULT_NAME = "{start:%Y-%m-%d %H.%M.%S} {direction} {calling_number} to {called_number}"


@dataclass(frozen=True, slots=True)
class Style:
    """How names and tables look: chosen by the user, no part of what the archive is.

    `zone` is the IANA zone of every local time in names and tables. `separator` is ``,`` or ``;``. `spreadsheet` asks
    for the spreadsheet-safe tables as well; the exact ones are always written.
    """

    folder: str = DEFAULT_FOLDER
    name: str = DEFAULT_NAME
    zone: str = "UTC"
    separator: str = ","
    spreadsheet: bool = False


@dataclass(frozen=True, slots=True)
class Identity:
    """What `.mir/archive.json` says: which archive this is, and whose. `format` is the number of the layout."""

    archive_id: str
    service: str
    account_id: str
    created_at: datetime
    format: int


@dataclass(frozen=True, slots=True)
class Finished:
    """A whole and proved recording in its part, to be placed at `path`.

    `sha256` in lower-case hex and `size` in bytes are those of the part; `verified_by` are the words of the column
    Verified By; `access_level` and `source` (the service's address) are those of the download.
    """

    part: Path
    path: str
    conversation: Conversation
    recording: Recording
    version_number: int
    size: int
    sha256: str
    etag: str
    verified_by: str
    wav: WavInfo
    downloaded_at: datetime
    run_id: int
    access_level: str
    source: str


@dataclass(frozen=True, slots=True)
class Placed:
    """A recording that is durably in the archive. `path` may bear a longer tag than planned.

    `adopted`: it lay there already, with these very bytes (placed before a kill).
    """

    path: str
    size: int
    sha256: str
    adopted: bool = False


class Origin(StrEnum):
    """What told of an entry."""

    MANIFEST = "manifest"
    SIDECAR = "sidecar"
    """Only the CSV beside the recording: the conversation is known as far as its columns go."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One recording that the archive says it holds.

    `present`: a file of this size lies at `path` (its bytes were not read). `wav` is None where only a CSV tells.
    """

    path: str
    conversation: Conversation
    recording: Recording
    version_number: int
    size: int
    sha256: str
    etag: str
    verified_by: str
    wav: WavInfo | None
    downloaded_at: datetime
    run_id: int
    access_level: str
    source: str
    origin: Origin = Origin.MANIFEST
    present: bool = True


@dataclass(frozen=True, slots=True)
class Tombstone:
    """A recording that was erased here by law or retention: all its versions, and for good. Ids only."""

    recording_id: str
    conversation_id: str
    erased_at: datetime
    reason: str
