"""Figures and server text as people read them on a terminal; no layout."""

from __future__ import annotations

from datetime import datetime, tzinfo

from download_client.model import Conversation, Party, local
from download_client.model.wording import STATE_WORDS, elapsed, length, plain, size

__all__ = ["STATE_WORDS", "elapsed", "length", "party", "plain", "remaining", "row", "size", "when"]


def remaining(seconds: float | None) -> str:
    """How long it will take, in prose."""
    if seconds is None:
        return ""
    if seconds < 60:
        return "under a minute left"
    minutes = round(seconds / 60)
    return f"{minutes} min left" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02} min left"


def party(who: Party) -> str:
    """A party in one cell: number and name."""
    return plain(who.phone_number if not who.name else f"{who.phone_number}  {who.name}", longest=44)


def when(moment: datetime, zone: tzinfo | None) -> str:
    """A moment in the chosen zone; None is the computer's own."""
    return local(moment, zone).strftime("%Y-%m-%d %H:%M:%S")


def row(conversation: Conversation, zone: tzinfo | None) -> tuple[str, ...]:
    """One line of a search: when, direction, length, parties, audio."""
    recordings = conversation.recordings
    audio = ", ".join(sorted({each.status.value for each in recordings})) if recordings else "none"
    return (
        when(conversation.start_time, zone),
        "in" if conversation.direction.value == "inbound" else "out",
        length(conversation.duration_seconds),
        party(conversation.calling_party),
        party(conversation.called_party),
        f"{len(recordings)} {audio}" if len(recordings) > 1 else audio,
        plain(conversation.id),
    )
