"""How a conversation stands with the archive, in words: icon, colour and word, and the last days of retention."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from PySide6.QtCore import QCoreApplication

from download_client.engine import Presence

WARNING: Final = timedelta(days=14)
"""So long before the service deletes it a conversation that is not in the archive says so."""
_ENDANGERED = frozenset({Presence.NOT_YET, Presence.PARTLY, Presence.FAILED, Presence.WAITING})


def words(presence: Presence) -> tuple[str, str, str]:
    """Icon, its colour, and the word."""
    translate = QCoreApplication.translate
    return {
        Presence.FAILED: ("triangle-alert", "danger", translate("Standing", "Failed")),
        Presence.REFUSED: ("ban", "danger", translate("Standing", "Not available")),
        Presence.WAITING: ("hourglass", "text2", translate("Standing", "Not ready yet")),
        Presence.DOWNLOADING: ("arrow-down-to-line", "accent", translate("Standing", "Downloading")),
        Presence.QUEUED: ("clock", "text2", translate("Standing", "Queued")),
        Presence.NOT_YET: ("circle-dashed", "text3", translate("Standing", "Not yet")),
        Presence.PARTLY: ("circle-dashed", "text2", translate("Standing", "Partly")),
        Presence.ARCHIVED: ("circle-check", "ok", translate("Standing", "In archive")),
        Presence.ERASED: ("circle-slash", "text2", translate("Standing", "Erased here")),
        Presence.SILENT: ("minus", "text3", translate("Standing", "No recording")),
    }[presence]


def days_left(presence: Presence, expires_at: datetime | None, *, now: datetime) -> int | None:
    """Whole days until the service deletes what is not in the archive; None: none too few."""
    if presence not in _ENDANGERED or expires_at is None or expires_at - now > WARNING:
        return None
    return max(0, (expires_at - now).days)
