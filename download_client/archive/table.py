"""Tables of recordings as CSV (D4): the exact one, and on request the one that is safe to open in a spreadsheet.

Exact: every cell is the value, byte for byte. Spreadsheet-safe (its name ends in ``.spreadsheet.csv``): a cell that a
spreadsheet would run as a formula, or turn into another number or a date, begins with an apostrophe; nothing else
differs. Both are UTF-8 with BOM, CRLF, quoted as RFC 4180 says. Times, dates and the length are those of the recording
in the file; a conversation may have several.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final

from download_client.archive.names import zone
from download_client.archive.values import Entry, Finished, Style
from download_client.errors import InvalidSetting
from download_client.model import AccessLevel, Conversation, Direction, RecordingMode, local

COLUMNS: Final = (
    "Conversation ID",
    "Recording ID",
    "Conversation Type",
    "Date",
    "Start Time",
    "End Time",
    "Duration",
    "Time Zone",
    "Calling Party Name",
    "Calling Party Phone Number",
    "Calling Party Extension",
    "Called Party Name",
    "Called Party Phone Number",
    "Called Party Extension",
    "Participants",
    "Owner",
    "Owner Email",
    "Group",
    "Recording Mode",
    "Media",
    "Codec",
    "Channels",
    "File Name",
    "File Size",
    "SHA-256",
    "Start Time (UTC)",
    "Available Until",
    "Verified By",
    "Downloaded At (UTC)",
    "Access Level",
    "Source",
)
BOM: Final = b"\xef\xbb\xbf"
LONGEST_CELL: Final = 1024 * 1024
"""Characters. A run's table refuses a row with a longer cell: no reader of CSV takes it."""

MEDIA: Final = "Voice"
BETWEEN: Final = "; "
"""Between the entries of Participants and Group."""

DIRECTIONS: Final = {Direction.INBOUND: "Inbound", Direction.OUTBOUND: "Outbound"}
MODES: Final = {RecordingMode.ON_DEMAND: "On-Demand", RecordingMode.ALWAYS_ON: "Always-On"}
ACCESS: Final[dict[str, str]] = {
    AccessLevel.NONE.value: "None",
    AccessLevel.OWN_GROUP.value: "Own/Group Recordings",
    AccessLevel.ALL.value: "All Recordings",
}

_OURS: Final = frozenset(
    COLUMNS.index(name)
    for name in (
        "Date",
        "Start Time",
        "End Time",
        "Duration",
        "Channels",
        "File Size",
        "Start Time (UTC)",
        "Available Until",
        "Downloaded At (UTC)",
    )
)
"""Columns whose cells are made here, of digits: a spreadsheet shall read them as numbers and times."""

_RUN_AS_FORMULA: Final = re.compile(
    "^[ \xa0]*(?=[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20])|[,;|\t\r\n][ \xa0]*(?=[=+\\-@\uff1d\uff0b\uff0d\uff20])"
)
"""Where a cell begins, or would begin for a spreadsheet that divides at other characters than the file does."""
_LIKE_A_NUMBER: Final = re.compile("[0-9][0-9 .,:/eE+%-]*")
_KEPT_DIGITS: Final = 11
"""More digits than these are shown as a power of ten."""


class Tables:
    """Writes rows as a style asks. Raises `InvalidSetting` for another separator than ``,`` or ``;``."""

    def __init__(self, style: Style) -> None:
        if style.separator not in (",", ";"):
            raise InvalidSetting("a table's separator is , or ;", subject=style.separator)
        self._zone: tzinfo = zone(style.zone)
        self._zone_name = style.zone
        self._separator = style.separator
        self._most_separators = len(COLUMNS) - 1
        self.header = BOM + self.line(COLUMNS)

    def row(self, it: Finished | Entry, path: str) -> list[str]:
        """The cells of a recording that lies at `path`, in the order of `COLUMNS`."""
        conversation, recording, wav = it.conversation, it.recording, it.wav
        calling, called = conversation.calling_party, conversation.called_party
        start = recording.start_time
        begin = local(start, self._zone).isoformat()
        return [
            conversation.id,
            recording.id,
            DIRECTIONS[conversation.direction],
            begin[:10],
            begin[11:19],
            self._end(start, recording.duration_seconds),
            length(recording.duration_seconds),
            self._zone_name,
            calling.name,
            calling.phone_number,
            calling.extension,
            called.name,
            called.phone_number,
            called.extension,
            _participants(conversation),
            conversation.owner_name,
            conversation.owner_email,
            BETWEEN.join(conversation.groups),
            MODES[conversation.mode],
            MEDIA,
            wav.codec if wav is not None else recording.codec.name if recording.codec is not None else "",
            str(wav.channels) if wav is not None else str(recording.codec.channels) if recording.codec else "",
            path,
            str(it.size),
            it.sha256,
            utc(start),
            "" if conversation.expires_at is None else utc(conversation.expires_at),
            it.verified_by,
            utc(it.downloaded_at),
            ACCESS.get(it.access_level, it.access_level),
            it.source,
        ]

    def line(self, cells: Sequence[str]) -> bytes:
        """One row, exact. Raises UnicodeEncodeError where a cell holds half a character."""
        text = self._separator.join(cells)
        if text.count(self._separator) != self._most_separators or '"' in text or "\n" in text or "\r" in text:
            text = self._separator.join([self._cell(cell) for cell in cells])
        return (text + "\r\n").encode()

    def safe_line(self, cells: Sequence[str]) -> bytes:
        """The same row for a spreadsheet."""
        return self.line(self.safe_cells(cells))

    def safe_cells(self, cells: Sequence[str]) -> list[str]:
        """The cells of a row for a spreadsheet."""
        return [cell if index in _OURS else harmless(cell) for index, cell in enumerate(cells)]

    def _cell(self, text: str) -> str:
        if self._separator in text or '"' in text or "\n" in text or "\r" in text:
            return '"' + text.replace('"', '""') + '"'
        return text

    def _end(self, start: datetime, seconds: float) -> str:
        try:
            return local(start + timedelta(seconds=seconds), self._zone).isoformat()[11:19]
        except (OverflowError, ValueError):
            return ""


def harmless(cell: str) -> str:
    """The cell as a spreadsheet shows it and does not run it: an apostrophe before what would be run or turned."""
    if _LIKE_A_NUMBER.fullmatch(cell) is not None:
        plain = cell.isdigit() and len(cell) <= _KEPT_DIGITS and (cell[0] != "0" or cell == "0")
        return cell if plain else "'" + cell
    return _RUN_AS_FORMULA.sub(r"\g<0>'", cell)


def length(seconds: float) -> str:
    """``HH:MM:SS``, to the nearest second."""
    whole = max(0, round(seconds))
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}"


def utc(moment: datetime) -> str:
    """RFC 3339 in UTC."""
    return (moment if moment.tzinfo is UTC else moment.astimezone(UTC)).isoformat()[:-6] + "Z"


def _participants(conversation: Conversation) -> str:
    """Names, with the number in brackets where there is one."""
    return BETWEEN.join(
        [
            f"{who.name} ({who.phone_number})" if who.name and who.phone_number else who.name or who.phone_number
            for who in conversation.participants
        ]
    )
