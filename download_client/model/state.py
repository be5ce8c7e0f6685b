"""Where a recording is on its way home, and which steps there are; the ledger keeps it, nobody else decides it.

::

    listed → queued → fetching → fetched → archived          paused is a property of the run; cancelled is not an error
                ↘ waiting (not ready, gate) ↗
                ↘ failed (again, not before t) ↗    refused: denied · expired · gone · missing · empty_at_source
                                                    digest_mismatch · not_wav    erased: by law or retention
"""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """The states of one recording version."""

    LISTED = "listed"
    """Known, wanted by no run."""
    QUEUED = "queued"
    """Wanted: a worker may claim it."""
    FETCHING = "fetching"
    """In hand; its part may exist."""
    FETCHED = "fetched"
    """Whole and proved in its part, not yet placed (fault 33)."""
    ARCHIVED = "archived"
    """Placed, with its proof."""
    WAITING = "waiting"
    """The service says: later."""
    FAILED = "failed"
    """Went wrong; again, not before its time."""
    DENIED = "denied"
    EXPIRED = "expired"
    GONE = "gone"
    MISSING = "missing"
    EMPTY_AT_SOURCE = "empty_at_source"
    DIGEST_MISMATCH = "digest_mismatch"
    NOT_WAV = "not_wav"
    ERASED = "erased"
    """Erased here by law or retention: a tombstone, never fetched again."""


REFUSED = frozenset(
    {
        State.DENIED,
        State.EXPIRED,
        State.GONE,
        State.MISSING,
        State.EMPTY_AT_SOURCE,
        State.DIGEST_MISMATCH,
        State.NOT_WAV,
    }
)
"""The service does not give it, or gives something that cannot be kept."""

FINAL = frozenset({State.ARCHIVED, State.EXPIRED, State.GONE, State.MISSING, State.EMPTY_AT_SOURCE, State.ERASED})
"""Nothing more can come unless the service lists it anew. A run that only meets these again is complete."""

OPEN = frozenset({State.QUEUED, State.FETCHING, State.FETCHED})
"""What a run still has to work on now."""

_END = REFUSED | {State.WAITING, State.FAILED}

TRANSITIONS: dict[State, frozenset[State]] = {
    State.LISTED: frozenset({State.QUEUED, State.ERASED, State.ARCHIVED} | _END),
    State.QUEUED: frozenset({State.FETCHING, State.LISTED, State.ARCHIVED} | _END),
    State.FETCHING: frozenset({State.FETCHED, State.ARCHIVED, State.QUEUED, State.LISTED} | _END),
    State.FETCHED: frozenset({State.ARCHIVED, State.QUEUED, State.FETCHING} | _END),
    State.ARCHIVED: frozenset({State.ERASED, State.QUEUED}),
    State.WAITING: frozenset({State.QUEUED, State.LISTED, State.ARCHIVED} | _END),
    State.FAILED: frozenset({State.QUEUED, State.LISTED, State.ARCHIVED} | _END),
    **{state: frozenset({State.QUEUED, State.LISTED, State.ARCHIVED} | _END) for state in REFUSED},
    State.ERASED: frozenset(),
}
"""The steps there are. Archived → queued only when the file was found missing or damaged and a repair was asked for."""
