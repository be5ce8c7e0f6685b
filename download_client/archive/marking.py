"""A mark on a recording, and how the file beside the recording tells of marks; it reads and writes no file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

import msgspec

from download_client.archive.names import MARKS, WAV, tag, tag_of

FORMAT: Final = 1


@dataclass(frozen=True, slots=True)
class Mark:
    """`at` and `length` are seconds of the recording's own voice; length 0 is a point. Times are aware UTC.

    `version` is the number of the recording's version that was heard. `by` is who made it, for people; `note` is text
    of a person, to be shown as plain text.
    """

    id: str
    recording_id: str
    conversation_id: str
    version: int
    at: float
    length: float
    note: str
    by: str
    made_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Subject:
    """A recording version of the archive that is marked. `path` below the root."""

    recording_id: str
    version: int
    conversation_id: str
    path: str


class _OneMark(msgspec.Struct, rename="camel"):
    id: str
    at: float
    length: float
    note: str
    by: str
    made_at: datetime
    changed_at: datetime


class _Format(msgspec.Struct):
    format: int


class _Beside(_Format, rename="camel"):
    recording_id: str
    version: int
    conversation_id: str
    file: str
    marks: list[_OneMark]


def beside(path: str) -> str:
    """Where the marks of the recording at `path` lie."""
    return path.removesuffix(WAV) + MARKS


def encode(subject: Subject, marks: tuple[Mark, ...]) -> bytes:
    """The bytes of the file with these marks."""
    written = _Beside(
        format=FORMAT,
        recording_id=subject.recording_id,
        version=subject.version,
        conversation_id=subject.conversation_id,
        file=subject.path.rpartition("/")[2],
        marks=[_OneMark(m.id, m.at, m.length, m.note, m.by, m.made_at, m.changed_at) for m in marks],
    )
    return msgspec.json.format(msgspec.json.encode(written), indent=2) + b"\n"


def decode(untrusted: bytes, subject: Subject) -> tuple[Mark, ...] | None:
    """The marks in a file; None: it is not ours, or another recording's."""
    try:
        told = _decoder.decode(untrusted)
    except msgspec.MsgspecError:
        return None
    if (told.recording_id, told.version) != (subject.recording_id, subject.version):
        return None
    if told.format != FORMAT or any(m.made_at.tzinfo is None or m.changed_at.tzinfo is None for m in told.marks):
        return None
    return tuple(
        Mark(
            id=m.id,
            recording_id=told.recording_id,
            conversation_id=told.conversation_id,
            version=told.version,
            at=m.at,
            length=m.length,
            note=m.note,
            by=m.by,
            made_at=m.made_at,
            changed_at=m.changed_at,
        )
        for m in told.marks
    )


def format_of(untrusted: bytes) -> int | None:
    """The number that a file with marks has for its format; None: it is not such a file."""
    try:
        return _format_decoder.decode(untrusted).format
    except msgspec.MsgspecError:
        return None


def subject_of(untrusted: bytes, path: str) -> Subject | None:
    """Which recording a file with marks speaks of, if the name of the recording beside it, at `path`, agrees."""
    try:
        told = _decoder.decode(untrusted)
    except msgspec.MsgspecError:
        return None
    named = tag_of(path.removesuffix(WAV))
    if named is None or named != (tag(told.recording_id, length=len(named[0])), told.version):
        return None
    return Subject(told.recording_id, told.version, told.conversation_id, path)


_decoder: Final = msgspec.json.Decoder(_Beside)
_format_decoder: Final = msgspec.json.Decoder(_Format)
