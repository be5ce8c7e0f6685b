"""Figures and server text as people read them on a terminal; no layout."""

from __future__ import annotations

import unicodedata
from datetime import datetime, tzinfo

from download_client.model import Conversation, Party, State

_UNITS = ("B", "KB", "MB", "GB", "TB")

STATE_WORDS = {
    State.LISTED: "listed, not wanted by a run",
    State.QUEUED: "queued",
    State.FETCHING: "interrupted while downloading",
    State.FETCHED: "downloaded, not yet placed",
    State.ARCHIVED: "archived",
    State.WAITING: "not ready at the service yet",
    State.FAILED: "failed, tried again by the next run",
    State.DENIED: "no longer permitted",
    State.EXPIRED: "deleted by the service: retention ended",
    State.GONE: "no longer at the service",
    State.MISSING: "the service has no audio",
    State.EMPTY_AT_SOURCE: "empty at the service",
    State.DIGEST_MISMATCH: "arrived damaged twice: the digest does not match",
    State.NOT_WAV: "not a whole WAV file",
    State.ERASED: "erased here, never fetched again",
}


def plain(untrusted: str, *, longest: int = 200) -> str:
    """Server text as plain text: no control, bidi or zero-width character reaches the terminal."""
    kept = "".join(c if unicodedata.category(c)[0] != "C" else "\N{REPLACEMENT CHARACTER}" for c in untrusted[:longest])
    return kept + ("…" if len(untrusted) > longest else "")


def size(count: int) -> str:
    """Bytes in decimal units, one digit; whole under 10 KB."""
    value, unit = float(count), 0
    while value >= 1000 and unit < len(_UNITS) - 1:
        value, unit = value / 1000, unit + 1
    return f"{count:,} B" if count < 10_000 else f"{value:.1f} {_UNITS[unit]}"


def length(seconds: float) -> str:
    """A duration as 12:08 or 1:02:33."""
    whole = round(seconds)
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"


def elapsed(seconds: float) -> str:
    """How long it took: 2.4 s below a minute, 12:08 above."""
    return f"{seconds:.1f} s" if seconds < 60 else length(seconds)


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
    return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")


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
