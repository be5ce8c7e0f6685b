"""One recording of a run as a row of its table: who with whom and when, size, state with its reason; only values.

Names and numbers come from the service: control characters are taken out, everything else is shown as it came.
"""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import QCoreApplication, QDate

from download_client.engine import RunItem
from download_client.model import Conversation, ItemGroup, ItemProgress, Party, RecordingMode, State, local
from ui.downloads.figures import Way, amount
from ui.downloads.items_model import Row
from ui.widgets import Cell, plain_tip
from ui.widgets.painting import RIGHT
from ui.words import numbers, times
from ui.words.items import ItemSaid, said_of_item
from ui.words.plurals import RunItems

_LONGEST = 120


def row_of(item: RunItem, way: Way, *, active: bool) -> Row:
    """`active`: its run is at work and tries again by itself."""
    said = _said(item, way, active=active)
    state = Cell(said.words, icon=said.icon, icon_tone=said.tone, tone="text")
    if item.group is ItemGroup.ARCHIVED:
        state = Cell(said.words, icon=said.icon, icon_tone=said.tone, tone="text2")
    if item.state is State.FETCHING and item.group is ItemGroup.DOWNLOADING:
        state = progress_cell(item.received, item.size, way)
    tip = "\n".join(part for part in (said.words, said.advice) if part)
    return Row(
        id=item.id,
        recording=item.recording_id,
        conversation=Cell(title_of(item.conversation, way), _second_line(item.conversation)),
        size=Cell(numbers.size(item.size, way.locale), align=RIGHT, tone="text2"),
        state=state,
        tip=plain_tip(tip),
        item=item,
    )


def progress_cell(received: int, total: int | None, way: Way) -> Cell:
    """How much of a recording has come; a whole one is still to be proved, so the bar stops short of its end."""
    if not total:
        return Cell(numbers.size(received, way.locale), percent=0)
    return Cell(amount(received, total, way.locale), percent=min(99, 100 * received // total))


def progress_cells(in_hand: tuple[ItemProgress, ...], way: Way) -> dict[str, Cell]:
    """The same for all that is in hand, by the recording's id."""
    return {each.recording_id: progress_cell(each.received, each.total, way) for each in in_hand}


def title_of(conversation: Conversation, way: Way) -> str:
    """20 Nov 13:40  Juniper & Sons – Priya Raman."""
    start = local(conversation.start_time, way.zone)
    form = QCoreApplication.translate("RunItems", "d MMM", "date in a list, without its year")
    if start.year != way.now.astimezone(way.zone).year:
        form = QCoreApplication.translate("RunItems", "d MMM yyyy", "date in a list, of another year")
    day = way.locale.toString(QDate(start.year, start.month, start.day), form)
    clock = times.clock(start, way.zone, seconds=False)
    return f"{day} {clock}  {_party(conversation.calling_party)} – {_party(conversation.called_party)}"


def _second_line(conversation: Conversation) -> str:
    translate = QCoreApplication.translate
    mode = (
        translate("RunItems", "Always-On")
        if conversation.mode is RecordingMode.ALWAYS_ON
        else translate("RunItems", "On-Demand")
    )
    parts = [times.duration(conversation.duration_seconds), mode]
    if len(conversation.recordings) > 1:
        parts.append(RunItems.tr("one of %n recordings", "", len(conversation.recordings)))
    return "  ·  ".join(parts)


def _party(party: Party) -> str:
    return clean(party.name or party.phone_number) or numbers.NOTHING


def clean(untrusted: str) -> str:
    """Text of the service on one line: no control, bidi or zero-width character, and no end of it out of sight."""
    kept = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in untrusted[:_LONGEST])
    return " ".join(kept.split())


def _said(item: RunItem, way: Way, *, active: bool) -> ItemSaid:
    again = times.clock(item.again_at, way.zone, seconds=False) if item.again_at is not None else ""
    ended = ""
    if item.expires_at is not None:
        ended = times.date_words(local(item.expires_at, way.zone).date(), way.locale)
    # Claimed, but not begun, is queued to everybody who looks at it.
    state = State.QUEUED if item.group is ItemGroup.QUEUED else item.state
    return said_of_item(state, item.code, again_at=again, expired_on=ended, attempts=item.attempts, active=active)
