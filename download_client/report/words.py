"""Figures and text from outside as people read them: without control or direction characters; no layout."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from zoneinfo import ZoneInfo

from download_client.model import Outcome, State

_UNITS = ("B", "KB", "MB", "GB", "TB")
_LONGEST = 600

OUTCOME_WORDS = {
    Outcome.CLEAN: "complete",
    Outcome.PARTIAL: "partial",
    Outcome.FAILED: "failed",
    Outcome.MISSING: "missing",
}
OUTCOME_SIGNS = {Outcome.CLEAN: "✓", Outcome.PARTIAL: "◐", Outcome.FAILED: "✗", Outcome.MISSING: "○"}
OUTCOME_MEANS = {
    Outcome.CLEAN: "Everything listed is home, or in a final state that an earlier run reported.",
    Outcome.PARTIAL: "It ended, but something may still come or is missing for the first time. The next run goes on.",
    Outcome.FAILED: "An error ended it. What was brought home before is safe.",
    Outcome.MISSING: "Its time and its window passed without any run.",
}
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


def plain(untrusted: str) -> str:
    """Text from outside: no control, bidi or zero-width character, and not without end."""
    kept = (c if unicodedata.category(c)[0] != "C" else "\N{REPLACEMENT CHARACTER}" for c in untrusted[:_LONGEST])
    return "".join(kept) + ("…" if len(untrusted) > _LONGEST else "")


def size(count: float) -> str:
    """Bytes in decimal units; whole under 10 KB."""
    value, unit = float(count), 0
    while value >= 1000 and unit < len(_UNITS) - 1:
        value, unit = value / 1000, unit + 1
    return f"{round(count):,} B" if count < 10_000 else f"{value:.1f} {_UNITS[unit]}"


def length(seconds: float) -> str:
    """A duration as 12:08 or 1:02:33; 2.4 s below a minute."""
    if seconds < 60:
        return f"{seconds:.1f} s"
    hours, rest = divmod(round(seconds), 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"


def when(moment: datetime, zone: ZoneInfo) -> str:
    """A moment as people read it where the schedule is at home."""
    return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S %Z")
