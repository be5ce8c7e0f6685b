"""What the table of the library shows of a recording: its columns, its headings, proof in words; it reads nothing."""

from __future__ import annotations

from datetime import date
from typing import Final

from PySide6.QtCore import QCoreApplication, QDate

from download_client.engine import Column, GroupBy, Proof, RecordingRow
from download_client.engine import Group as CatalogGroup
from download_client.model import Direction, local
from ui.session import Session
from ui.tables import RowColumn
from ui.theme import text_width
from ui.widgets import Cell, Group
from ui.widgets.painting import RIGHT
from ui.words import numbers, times

_PROOF: Final = 156
_BESIDE: Final = 54
"""Icon, gap and margins of a cell that is the last of its row."""
_MARGINS: Final = 20
"""Beside the words of any other cell."""
_LONGEST: Final = "G.711 mu-law"


class Columns:
    """Columns and headings in the session's zone and locale."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.by = GroupBy.DAY
        """What rows are gathered under now: a day needs no date on each row."""

    def all(self) -> tuple[RowColumn[RecordingRow], ...]:
        """In the order in which they stand at first."""
        translate = QCoreApplication.translate
        return (
            RowColumn("direction", "", _direction, width=40, optional=False),
            RowColumn("start", translate("Library", "Start"), self._start, Column.START, 108, optional=False),
            RowColumn("calling", translate("Library", "Calling party"), _calling, Column.CALLING, optional=False),
            RowColumn("called", translate("Library", "Called party"), _called, Column.CALLED, optional=False),
            RowColumn(
                "duration", translate("Library", "Duration"), _duration, Column.DURATION, 88, right=True, leaves=3
            ),
            RowColumn("size", translate("Library", "Size"), self._size, Column.SIZE, 92, right=True, leaves=2),
            RowColumn(
                "encoding", translate("Library", "Encoding"), encoding_cell, Column.CODEC, _encoding_width(), leaves=1
            ),
            RowColumn("proof", translate("Library", "Proof"), proof_cell, Column.PROOF, _proof_width(), optional=False),
        )

    def heading(self, group: CatalogGroup) -> Group:
        """The heading of a group: what its rows share, how many, how large."""
        locale = self._session.locale
        title = group.title
        if self.by is GroupBy.DAY:
            title = _day(title, self._session)
        elif not title:
            unknown = QCoreApplication.translate("Library", "Not known")
            no_name = QCoreApplication.translate("Library", "Without a name")
            title = no_name if self.by is GroupBy.SEARCH else unknown
        note = numbers.size(group.bytes, locale)
        if group.detail:
            note = f"{group.detail}  ·  {note}"
        return Group(title, numbers.count(group.count, locale), note)

    def _start(self, row: RecordingRow) -> Cell:
        zone = self._session.zone
        clock = times.clock(row.start, zone)
        if self.by is GroupBy.DAY:
            return Cell(clock)
        return Cell(clock, times.date_words(local(row.start, zone).date(), self._session.locale))

    def _size(self, row: RecordingRow) -> Cell:
        return Cell(numbers.size(row.size, self._session.locale), tone="text2", align=RIGHT)


def _direction(row: RecordingRow) -> Cell:
    inbound = row.direction is Direction.INBOUND
    return Cell(icon="arrow-down-left" if inbound else "arrow-up-right")


def _party(name: str, number: str) -> Cell:
    return Cell(name, number) if name else Cell(number or QCoreApplication.translate("Library", "Number withheld"))


def _calling(row: RecordingRow) -> Cell:
    return _party(row.calling_name, row.calling_number)


def _called(row: RecordingRow) -> Cell:
    return _party(row.called_name, row.called_number)


def _duration(row: RecordingRow) -> Cell:
    return Cell(times.duration(row.duration), align=RIGHT)


def encoding(row: RecordingRow) -> str:
    """The codec, and that it is stereo."""
    if not row.codec:
        return numbers.NOTHING
    return _stereo(row.codec) if row.channels == 2 else row.codec


def _stereo(codec: str) -> str:
    return QCoreApplication.translate("Library", "{codec}, stereo").format(codec=codec)


def _encoding_width() -> int:
    """The longest name that the service has, in stereo, fits."""
    return _MARGINS + text_width(_stereo(_LONGEST))


def encoding_cell(row: RecordingRow) -> Cell:
    """The codec as a cell."""
    return Cell(encoding(row), tone="text2")


def proof_words(proof: Proof) -> tuple[str, str, str]:
    """Icon, its colour, and the word."""
    translate = QCoreApplication.translate
    return {
        Proof.WHOLE: ("shield-check", "ok", translate("Library", "Checked, whole")),
        Proof.UNCHECKED: ("shield-check", "text2", translate("Library", "Proved on arrival")),
        Proof.DAMAGED: ("shield-alert", "danger", translate("Library", "Damaged")),
        Proof.MISSING: ("shield-alert", "danger", translate("Library", "Missing")),
    }[proof]


def _proof_width() -> int:
    """As the longest word of the language asks."""
    return max(_PROOF, _BESIDE + max(text_width(proof_words(proof)[2]) for proof in Proof))


def proof_cell(row: RecordingRow) -> Cell:
    """What the last check found, as a cell."""
    icon, token, word = proof_words(row.proof)
    return Cell(word, icon=icon, icon_tone=token, tone="danger" if token == "danger" else "text2")


def _day(title: str, session: Session) -> str:
    """Friday, 20 November; with the year where it is another."""
    try:
        day = date.fromisoformat(title)
    except ValueError:
        return title
    today = QDate.currentDate()
    with_year = QCoreApplication.translate("Library", "dddd, d MMMM yyyy", "heading of a day")
    this_year = QCoreApplication.translate("Library", "dddd, d MMMM", "heading of a day of this year")
    return session.locale.toString(
        QDate(day.year, day.month, day.day), this_year if today.year() == day.year else with_year
    )
