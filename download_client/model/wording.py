"""States and figures in English words, for terminals, reports and messages alike; the window has words of its own."""

from __future__ import annotations

import unicodedata

from download_client.model.state import State

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
    """Text from outside: no control, bidi or zero-width character in it, and not without end."""
    kept = (c if unicodedata.category(c)[0] != "C" else "\N{REPLACEMENT CHARACTER}" for c in untrusted[:longest])
    return "".join(kept) + ("…" if len(untrusted) > longest else "")


def size(count: float) -> str:
    """Bytes in decimal units, one digit; whole under 10 KB."""
    value, unit = float(count), 0
    while value >= 1000 and unit < len(_UNITS) - 1:
        value, unit = value / 1000, unit + 1
    return f"{round(count):,} B" if count < 10_000 else f"{value:.1f} {_UNITS[unit]}"


def length(seconds: float) -> str:
    """A duration as 12:08 or 1:02:33."""
    hours, rest = divmod(round(seconds), 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"


def elapsed(seconds: float) -> str:
    """How long it took: 2.4 s below a minute, 12:08 above."""
    return f"{seconds:.1f} s" if seconds < 60 else length(seconds)
