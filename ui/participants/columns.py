"""What the table of participants shows: its columns."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import QCoreApplication

from download_client.engine import Column, ParticipationRow
from ui.conversations.columns import direction, mode_words, party, presence, start
from ui.session import Session
from ui.tables import RowColumn
from ui.theme import text_width
from ui.widgets import Cell
from ui.widgets.painting import RIGHT
from ui.words import numbers, times

_ROLE, _MARGINS = 96, 18


class Columns:
    """Columns in the session's zone and locale."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def all(self) -> tuple[RowColumn[ParticipationRow], ...]:
        """In the order in which they stand at first."""
        translate = QCoreApplication.translate
        return (
            RowColumn("direction", "", _direction, Column.DIRECTION, 36, optional=False),
            RowColumn("person", translate("Listing", "Participant"), _person, Column.PERSON, optional=False),
            RowColumn("role", translate("Listing", "Role"), _role, Column.ROLE, _role_width()),
            RowColumn("start", translate("Listing", "Joined"), self._joined, Column.START, 88, optional=False),
            RowColumn("left", translate("Listing", "Left"), self._left, None, 96, shown=False),
            RowColumn(
                "duration", translate("Listing", "Duration"), _duration, Column.DURATION, 80, right=True, leaves=3
            ),
            RowColumn("other", translate("Listing", "With"), _other, Column.OTHER, optional=False),
            RowColumn("mode", translate("Listing", "Mode"), _mode, Column.MODE, 104, shown=False),
            RowColumn("groups", translate("Listing", "Groups"), _groups, Column.GROUPS, 140, shown=False),
            RowColumn("archive", translate("Listing", "Archive"), _archive, Column.PRESENCE, 144, optional=False),
        )

    def _joined(self, row: ParticipationRow) -> Cell:
        return start(row.start, self._session)

    def _left(self, row: ParticipationRow) -> Cell:
        return Cell(times.clock(row.start + timedelta(seconds=row.duration), self._session.zone), tone="text2")


def _direction(row: ParticipationRow) -> Cell:
    return direction(row.direction)


def _person(row: ParticipationRow) -> Cell:
    return party(row.name, row.phone_number or row.extension)


def _role(row: ParticipationRow) -> Cell:
    return Cell(_roles().get(row.role, row.role) or numbers.NOTHING, tone="text2")


def _roles() -> dict[str, str]:
    translate = QCoreApplication.translate
    return {
        "caller": translate("Listing", "Caller"),
        "callee": translate("Listing", "Called"),
        "calling": translate("Listing", "Caller"),
        "called": translate("Listing", "Called"),
        "participant": translate("Listing", "Participant"),
    }


def _role_width() -> int:
    return max(_ROLE, _MARGINS + max(text_width(words) for words in _roles().values()))


def _duration(row: ParticipationRow) -> Cell:
    return Cell(times.duration(row.duration), align=RIGHT)


def _other(row: ParticipationRow) -> Cell:
    if not row.other_name and not row.other_number:
        return Cell(numbers.NOTHING, tone="text2")
    return party(row.other_name, row.other_number)


def _mode(row: ParticipationRow) -> Cell:
    return Cell(mode_words(row.mode), tone="text2")


def _groups(row: ParticipationRow) -> Cell:
    return Cell(row.groups or numbers.NOTHING, tone="text2")


def _archive(row: ParticipationRow) -> Cell:
    return presence(row.presence, row.expires_at)
