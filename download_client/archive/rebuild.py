"""Reads from the archive alone what it holds (R15): the manifest, and the tables beside recordings the manifest lacks.

It reads no sound: whether the bytes are still those that were placed is for `verify` to say.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Final, TypeVar

from download_client.archive.files import Files
from download_client.archive.manifest import ErasedLine, Manifest, PlacedLine, placed_line
from download_client.archive.names import EXACT, SPREADSHEET, WAV, tag, tag_of
from download_client.archive.root import Root
from download_client.archive.table import ACCESS, BETWEEN, COLUMNS, DIRECTIONS, MODES
from download_client.archive.trouble import disk_error
from download_client.archive.values import Entry, Finished, Origin, Tombstone
from download_client.archive.walk import walk
from download_client.errors import NotWav
from download_client.model import (
    Checksum,
    Conversation,
    Participant,
    Party,
    Recording,
    RecordingStatus,
)
from download_client.wav import WavInfo, inspect

_Key = TypeVar("_Key", bound=str)

_AT_ONCE: Final = 500
_MOST_BYTES: Final = 4 * 1024 * 1024
_WHO: Final = re.compile(r"(.*) \(([^()]*)\)")


def entries(root: Root, files: Files, manifest: Manifest) -> Iterator[Entry | Tombstone]:
    """See `Archive.entries`."""
    root.check()
    try:
        survey = manifest.survey()
        paths = manifest.count(survey).paths
        for line in manifest.read(survey):
            if isinstance(line, PlacedLine):
                yield _told(line, present=_present(files, root.inside(line.path), line.size))
            elif isinstance(line, ErasedLine):
                yield Tombstone(line.recording, line.conversation, line.at, line.reason)
    except OSError as error:
        raise disk_error(error, subject="manifest") from error
    for found in walk(root):
        if not found.path.endswith(WAV) or not found.is_file or found.path in paths:
            continue
        entry = read_sidecar(root, files, found.path)
        if entry is not None and entry.recording.id not in survey.erased:
            yield entry


def enlist(root: Root, files: Files, manifest: Manifest, told: Iterable[Entry]) -> int:
    """See `Archive.enlist`."""
    root.check()
    taken = 0
    iterator = iter(told)
    try:
        while block := list(islice(iterator, _AT_ONCE)):
            lines = [line for entry in block if (line := _line_for(root, files, entry))]
            if lines:
                manifest.append(lines, at=block[0].downloaded_at)
            taken += len(lines)
    except OSError as error:
        raise disk_error(error, subject="manifest") from error
    root.flush_folders([root.manifest])
    return taken


def _line_for(root: Root, files: Files, entry: Entry) -> bytes:
    """The manifest's line for a recording that lies there with the bytes its table names; else nothing."""
    path = root.inside(entry.path)
    stem = path.removesuffix(WAV)
    try:
        if files.digest(path) != entry.sha256:
            return b""
        sidecars = {suffix: files.digest(stem + suffix) for suffix in (EXACT, SPREADSHEET) if _is_file(stem + suffix)}
        return placed_line(_as_finished(entry, inspect(Path(path))), path=entry.path, sidecars=sidecars)
    except (FileNotFoundError, NotWav):
        return b""


def read_sidecar(root: Root, files: Files, path: str) -> Entry | None:
    """What the exact table beside the recording at `path` says; None where there is none that belongs to it."""
    stem = path.removesuffix(WAV)
    try:
        text = files.read(root.inside(stem + EXACT), _MOST_BYTES).decode("utf-8-sig")
        separator = text[len(COLUMNS[0])]
        header, cells = csv.reader(text.splitlines(keepends=True), delimiter=separator, strict=True)
        if tuple(header) != COLUMNS:
            return None
        entry = _read_row(dict(zip(COLUMNS, cells, strict=True)), path)
    except (OSError, ValueError, KeyError, IndexError, csv.Error, OverflowError, TypeError):
        return None
    letters, _ = tag_of(stem) or ("", 0)
    if not letters or tag(entry.recording.id, length=len(letters)) != letters:
        return None
    return entry


def _is_file(path: str) -> bool:
    return Path(path).is_file()


def _as_finished(entry: Entry, wav: WavInfo) -> Finished:
    return Finished(
        part=Path(),
        path=entry.path,
        conversation=entry.conversation,
        recording=entry.recording,
        version_number=entry.version_number,
        size=entry.size,
        sha256=entry.sha256,
        etag=entry.etag,
        verified_by=entry.verified_by,
        wav=wav,
        downloaded_at=entry.downloaded_at,
        run_id=entry.run_id,
        access_level=entry.access_level,
        source=entry.source,
    )


def _told(line: PlacedLine, *, present: bool) -> Entry:
    conversation = line.conversation
    recording = next((it for it in conversation.recordings if it.id == line.recording), None)
    return Entry(
        path=line.path,
        conversation=conversation,
        recording=recording or _bare_recording(line),
        version_number=line.version,
        size=line.size,
        sha256=line.sha256,
        etag=line.etag,
        verified_by=line.verified_by,
        wav=line.wav,
        downloaded_at=line.at,
        run_id=line.run,
        access_level=line.access,
        source=line.source,
        present=present,
    )


def _bare_recording(line: PlacedLine) -> Recording:
    """For a conversation that did not name the recording: what the file itself tells."""
    return Recording(
        line.recording,
        1,
        line.conversation.start_time,
        line.wav.duration or 0.0,
        RecordingStatus.AVAILABLE,
        size_bytes=line.size,
        checksum=Checksum("sha-256", line.sha256),
        etag=line.etag,
    )


def _present(files: Files, path: str, size: int) -> bool:
    try:
        return files.look(path).st_size == size
    except FileNotFoundError:
        return False


def _read_row(untrusted: dict[str, str], path: str) -> Entry:
    """The values of a row as far as its columns go. Raises ValueError, KeyError and their kin."""
    start = datetime.fromisoformat(untrusted["Start Time (UTC)"])
    downloaded = datetime.fromisoformat(untrusted["Downloaded At (UTC)"])
    hours, minutes, rest = untrusted["Duration"].split(":")
    seconds = int(hours) * 3600 + int(minutes) * 60 + int(rest)
    sha256, size = untrusted["SHA-256"], int(untrusted["File Size"])
    if start.tzinfo is None or downloaded.tzinfo is None or len(bytes.fromhex(sha256)) != 32:
        raise ValueError
    until = untrusted["Available Until"]
    recording = Recording(
        untrusted["Recording ID"],
        1,
        start,
        float(seconds),
        RecordingStatus.AVAILABLE,
        size_bytes=size,
        checksum=Checksum("sha-256", sha256),
    )
    conversation = Conversation(
        id=untrusted["Conversation ID"],
        direction=_back(DIRECTIONS, untrusted["Conversation Type"]),
        mode=_back(MODES, untrusted["Recording Mode"]),
        start_time=start,
        end_time=start + timedelta(seconds=seconds),
        duration_seconds=float(seconds),
        time_zone=untrusted["Time Zone"],
        calling_party=_party(untrusted, "Calling"),
        called_party=_party(untrusted, "Called"),
        participants=tuple(_participants(untrusted["Participants"])),
        owner_user_id="",
        owner_name=untrusted["Owner"],
        owner_email=untrusted["Owner Email"],
        owner_extension="",
        groups=tuple(untrusted["Group"].split(BETWEEN)) if untrusted["Group"] else (),
        recordings=(recording,),
        # Not in the table: as old as can be, so that whatever the service says later counts more.
        available_at=start,
        updated_at=start,
        expires_at=datetime.fromisoformat(until) if until else None,
    )
    _, version = tag_of(path.removesuffix(WAV)) or ("", 1)
    return Entry(
        path=path,
        conversation=conversation,
        recording=recording,
        version_number=version,
        size=size,
        sha256=sha256,
        etag="",
        verified_by=untrusted["Verified By"],
        wav=None,
        downloaded_at=downloaded,
        run_id=0,
        access_level=_back(ACCESS, untrusted["Access Level"], untrusted["Access Level"]),
        source=untrusted["Source"],
        origin=Origin.SIDECAR,
    )


def _back(words: dict[_Key, str], word: str, other: _Key | None = None) -> _Key:
    """The value whose word it is; `other` where there is none, or ValueError."""
    for value, known in words.items():
        if known == word:
            return value
    if other is None:
        raise ValueError
    return other


def _party(untrusted: dict[str, str], side: str) -> Party:
    return Party(
        name=untrusted[f"{side} Party Name"],
        phone_number=untrusted[f"{side} Party Phone Number"],
        extension=untrusted[f"{side} Party Extension"],
    )


def _participants(untrusted: str) -> Iterator[Participant]:
    for who in untrusted.split(BETWEEN) if untrusted else ():
        found = _WHO.fullmatch(who)
        yield Participant(who) if found is None else Participant(found.group(1), found.group(2))
