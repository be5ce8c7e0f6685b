"""How high rows are: one line or two, as the settings say; it changes no table."""

from __future__ import annotations

from download_client.errors import InvalidSetting
from download_client.settings import table
from ui.session import Session
from ui.theme import measures


def row_height(session: Session, *, comfortable: int) -> int:
    """Of all rows of a table, whose rows of two lines are `comfortable` pixels high."""
    try:
        compact = session.settings.get(table.DENSITY) == "compact"
    except InvalidSetting:
        compact = False
    return measures.ROW_COMPACT if compact else comfortable
