"""What the table of conversations shows: its columns; a second line under the first, the archive's state in words."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication

from download_client.engine import Column, ConversationRow, Presence
from download_client.model import Direction, RecordingMode, local
from ui.session import Session
from ui.tables import RowColumn
from ui.widgets import Cell
from ui.widgets.painting import RIGHT
from ui.words import numbers, standing, times
from ui.words.plurals import Listing

_WITHHELD = {"anonymous", "private", "restricted", "unavailable", "unknown", "withheld"}
"""What telephony writes where a caller sends no number (RFC 3323, 4.1.1.3, and what devices make of it)."""


class Columns:
    """Columns in the session's zone and locale."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def all(self) -> tuple[RowColumn[ConversationRow], ...]:
        """In the order in which they stand at first; the last four are offered, not shown."""
        translate = QCoreApplication.translate
        return (
            RowColumn("direction", "", _direction, Column.DIRECTION, 36, optional=False),
            RowColumn("start", translate("Listing", "Start"), self._start, Column.START, 88, optional=False),
            RowColumn("calling", translate("Listing", "Calling party"), _calling, Column.CALLING, optional=False),
            RowColumn("called", translate("Listing", "Called party"), _called, Column.CALLED, optional=False),
            RowColumn(
                "duration", translate("Listing", "Duration"), duration, Column.DURATION, 80, right=True, leaves=2
            ),
            RowColumn("mode", translate("Listing", "Mode"), mode, Column.MODE, 96, leaves=1),
            RowColumn("archive", translate("Listing", "Archive"), archive, Column.PRESENCE, 144, optional=False),
            RowColumn("owner", translate("Listing", "Owner"), _owner, Column.OWNER, 140, shown=False),
            RowColumn("groups", translate("Listing", "Groups"), groups, Column.GROUPS, 140, shown=False),
            RowColumn("size", translate("Listing", "Size"), self._size, Column.SIZE, 92, right=True, shown=False),
            RowColumn("until", translate("Listing", "Available until"), self._until, Column.EXPIRES, 128, shown=False),
        )

    def _start(self, row: ConversationRow) -> Cell:
        return start(row.start, self._session)

    def _size(self, row: ConversationRow) -> Cell:
        return Cell(numbers.size(row.size, self._session.locale), tone="text2", align=RIGHT)

    def _until(self, row: ConversationRow) -> Cell:
        if row.expires_at is None:
            return Cell(numbers.NOTHING, tone="text2")
        day = local(row.expires_at, self._session.zone).date()
        return Cell(times.date_words(day, self._session.locale), tone="text2")


def start(moment: datetime, session: Session) -> Cell:
    """The clock over the day."""
    zone = session.zone
    day = times.day(moment, zone, session.locale, now=datetime.now(UTC))
    return Cell(times.clock(moment, zone), day)


def party(name: str, number: str) -> Cell:
    """Name over number, as the portal writes it (F6)."""
    if name:
        return Cell(name, number)
    if number and number.casefold() not in _WITHHELD:
        return Cell(number, QCoreApplication.translate("Listing", "No name sent"))
    return Cell(QCoreApplication.translate("Listing", "Number withheld"), number)


def direction(way: Direction) -> Cell:
    """The arrow; it says its word to a screen reader."""
    if way is Direction.INBOUND:
        return Cell(icon="arrow-down-left", spoken=QCoreApplication.translate("Listing", "Inbound"))
    return Cell(icon="arrow-up-right", spoken=QCoreApplication.translate("Listing", "Outbound"))


def mode_words(mode: RecordingMode | None) -> str:
    """How it was recorded (F16)."""
    if mode is None:
        return numbers.NOTHING
    if mode is RecordingMode.ALWAYS_ON:
        return QCoreApplication.translate("Listing", "Always-On")
    return QCoreApplication.translate("Listing", "On-Demand")


def duration(row: ConversationRow) -> Cell:
    """How long it was."""
    return Cell(times.duration(row.duration), align=RIGHT)


def mode(row: ConversationRow) -> Cell:
    """How it was recorded."""
    return Cell(mode_words(row.mode), tone="text2")


def groups(row: ConversationRow) -> Cell:
    """The call recording groups it belongs to."""
    return Cell(row.groups or numbers.NOTHING, tone="text2")


def archive(row: ConversationRow) -> Cell:
    """How it stands with the archive."""
    return presence(row.presence, row.expires_at)


def presence(it: Presence, expires_at: datetime | None) -> Cell:
    """How something stands with the archive; the last days of retention come before *Not yet*."""
    left = standing.days_left(it, expires_at, now=datetime.now(UTC))
    if left is not None and it in (Presence.NOT_YET, Presence.PARTLY):
        word = Listing.tr("%n day(s) left", "", left)
        return Cell(word, icon="shield-alert", icon_tone="warn", tone="warn")
    icon, token, word = standing.words(it)
    return Cell(word, icon=icon, icon_tone=token, tone="danger" if token == "danger" else "text2")


def _direction(row: ConversationRow) -> Cell:
    return direction(row.direction)


def _calling(row: ConversationRow) -> Cell:
    return party(row.calling_name, row.calling_number)


def _called(row: ConversationRow) -> Cell:
    return party(row.called_name, row.called_number)


def _owner(row: ConversationRow) -> Cell:
    return Cell(row.owner or numbers.NOTHING, tone="text2")
