"""Names of finished recordings, made from templates; it touches no disk, and asks nobody whether a name is taken.

Every name ends with a tag made from the recording's id, so two recordings never share a name, not even where upper and
lower case or two spellings of one letter are the same; and the same recording always has the same name.

A path below the root never has more than `RELATIVE_UNITS` UTF-16 units, its longest suffix included.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from download_client.archive import safe
from download_client.archive.template import FIELDS, Source, Template
from download_client.archive.values import Style
from download_client.errors import InvalidSetting, InvalidTemplate
from download_client.model import (
    Conversation,
    Direction,
    Participant,
    Party,
    Recording,
    RecordingMode,
    RecordingStatus,
    local,
)

RELATIVE_UNITS: Final = 180
WAV: Final = ".wav"
EXACT: Final = ".csv"
SPREADSHEET: Final = ".spreadsheet.csv"
MARKS: Final = ".marks.json"
"""Of the file with the marks of a recording, beside it."""
RUNS: Final = "Runs"

_LONGEST_SUFFIX: Final = len(SPREADSHEET)
_FOLDER_UNITS: Final = 80
_STEM_UNITS: Final = safe.COMPONENT_UNITS - _LONGEST_SUFFIX
_STEM_BYTES: Final = safe.COMPONENT_BYTES - _LONGEST_SUFFIX
_DEEPEST: Final = 6
_TAGGED: Final = re.compile(r" \[([a-z2-7]{8,52})(?: v([0-9]{1,9}))?\]$")

_ALPHABET: Final = "abcdefghijklmnopqrstuvwxyz234567"
TAG: Final = 8
"""Letters of a tag: 40 bits. Only names that are alike otherwise need them."""
_PAIRS: Final = [first + second for first in _ALPHABET for second in _ALPHABET]
LONGER_TAGS: Final = (16, 26)
"""Tried in turn where a name is taken by other bytes."""


def zone(name: str) -> ZoneInfo:
    """The IANA zone of that name. Raises `InvalidSetting`."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise InvalidSetting("there is no such time zone; examples: Europe/Berlin, UTC", subject=name) from error


def tag(recording_id: str, *, length: int = TAG) -> str:
    """Letters and digits (base32 of SHA-256, lower case) that stand for a recording's id; an even number of them."""
    digest = hashlib.sha256(recording_id.encode("utf-8", "surrogatepass")).digest()
    number = int.from_bytes(digest, "big")
    return "".join([_PAIRS[number >> shift & 1023] for shift in range(246, 246 - 5 * length, -10)])


def tag_of(stem: str) -> tuple[str, int] | None:
    """The tag at the end of a name and the version number it tells; None: it bears none, so it is none of ours."""
    found = _TAGGED.search(stem)
    return None if found is None else (found.group(1), int(found.group(2) or 1))


def retag(path: str, longer: str) -> str:
    """The path of a recording with another tag in the place of its own; a name without tag gets one."""
    stem = path.removesuffix(WAV)
    found = _TAGGED.search(stem)
    bare = stem if found is None else stem[: found.start()]
    version = f" v{found.group(2)}" if found is not None and found.group(2) else ""
    return f"{bare} [{longer}{version}]{WAV}"


def run_name(untrusted_name: str) -> str:
    """A run's name as a file name without suffix."""
    return safe.component(safe.clean(untrusted_name), units=_STEM_UNITS, octets=_STEM_BYTES)


class Naming:
    """The two templates of a style, ready to use.

    Raises:
        InvalidTemplate: an unknown field, a form it has not, or text that no file name can hold.
        InvalidSetting: an unknown time zone.

    """

    def __init__(self, style: Style) -> None:
        self._zone = zone(style.zone)
        folders = style.folder.replace("\\", "/")
        if folders.count("/") >= _DEEPEST:
            raise InvalidTemplate(f"at most {_DEEPEST} folders inside each other", subject=style.folder)
        for part in (*(folders.split("/") if folders else ()), style.name):
            if not part.strip(" ."):
                raise InvalidTemplate("a folder or file name is empty, or made of dots", subject=part)
        self._folder = Template(folders, folders=True)
        self._name = Template(style.name)
        self._last_folder = ("", "")
        used = self._folder.fields | self._name.fields
        self._fields = [(name, FIELDS[name].value) for name in FIELDS if name in used]
        self._moments = [name for name in FIELDS if name in used and FIELDS[name].moment]

    def plan(self, conversation: Conversation, recording: Recording, *, version_number: int, length: int = TAG) -> str:
        """The path below the root, with ``.wav``; `length` is that of the tag."""
        source = Source(conversation, recording)
        values = {name: value(source) for name, value in self._fields}
        for name in self._moments:
            values[name] = local(values[name], self._zone)
        filled = self._folder.fill(values)
        key, folder = self._last_folder
        if filled != key:
            folder = _folder(filled)
            self._last_folder = (filled, folder)
        version = f" v{version_number}" if version_number > 1 else ""
        stem = safe.component(
            self._name.fill(values),
            units=min(_STEM_UNITS, RELATIVE_UNITS - _LONGEST_SUFFIX - safe.width(folder)),
            octets=_STEM_BYTES,
            ending=f" [{tag(recording.id, length=length)}{version}]",
        )
        return folder + stem + WAV


def _folder(filled: str) -> str:
    """The folders with a slash after each, within the limits."""
    if not filled:
        return ""
    parts = [safe.component(part, units=_FOLDER_UNITS, octets=safe.COMPONENT_BYTES) for part in filled.split("/")]
    while sum(map(safe.width, parts)) + len(parts) > _FOLDER_UNITS:
        longest = max(range(len(parts)), key=lambda index: safe.width(parts[index]))
        parts[longest] = safe.component(
            parts[longest], units=safe.width(parts[longest]) - 1, octets=safe.COMPONENT_BYTES
        )
    if parts[0].casefold() == RUNS.casefold():
        parts[0] = "_" + parts[0]
    return "/".join(parts) + "/"


def preview(style: Style, conversations: Sequence[Conversation] = ()) -> tuple[str, ...]:
    """What the templates make of the first recording of each conversation; of two made-up calls where none is given.

    Raises as `Naming` does.
    """
    naming = Naming(style)
    return tuple(
        naming.plan(conversation, conversation.recordings[0], version_number=1)
        for conversation in conversations or _examples()
    )


def _examples() -> tuple[Conversation, Conversation]:
    begin = datetime(2026, 3, 9, 8, 41, 27, tzinfo=UTC)
    caller = Party("Jürgen Groß", "+49 30 5550123")
    agent = Party("Ana Marín", "4711-204", "4711", "204", "usr-204")

    def call(number: int, direction: Direction, calling: Party, called: Party) -> Conversation:
        start = begin + timedelta(hours=3 * number)
        seconds = 183.0
        recording = Recording(f"rec-00000{number}", 1, start, seconds, RecordingStatus.AVAILABLE)
        return Conversation(
            id=f"cnv-00000{number}",
            direction=direction,
            mode=RecordingMode.ALWAYS_ON,
            start_time=start,
            end_time=start + timedelta(seconds=seconds),
            duration_seconds=seconds,
            time_zone="Europe/Berlin",
            calling_party=calling,
            called_party=called,
            participants=(Participant(calling.name), Participant(called.name)),
            owner_user_id=agent.user_id,
            owner_name=agent.name,
            owner_email="ana.marin@example.com",
            owner_extension=agent.extension,
            groups=("Support",),
            recordings=(recording,),
            available_at=start,
            updated_at=start,
            expires_at=None,
        )

    return call(1, Direction.INBOUND, caller, agent), call(2, Direction.OUTBOUND, agent, caller)
