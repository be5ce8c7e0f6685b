"""What a pull would do, by the rules of the ledger itself; it fetches and writes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from download_client.engine.request import Forecast
from download_client.ledger import Ledger
from download_client.model import OPEN, Conversation, RecordingStatus, State

_HOME = (State.ARCHIVED, State.ERASED)


def foretell(
    blocks: Iterable[Sequence[Conversation]], *, ledger: Ledger | None, now: float, free: int | None
) -> Forecast:
    """Count what is listed block by block; without a ledger everything available is wanted. `now` in seconds (UTC)."""
    counts = Counter[str]()
    for block in blocks:
        if ledger is not None:
            foreseen = ledger.listing.foresee(block, now=now)
        else:
            foreseen = [
                (each, State.QUEUED if each.status is RecordingStatus.AVAILABLE else State.WAITING)
                for conversation in block
                for each in conversation.recordings
            ]
        for recording, state in foreseen:
            counts["listed"] += 1
            counts["archived"] += state in _HOME
            counts["unavailable"] += state not in OPEN and state not in _HOME
            counts["bytes"] += (recording.size_bytes or 0) if state is State.QUEUED else 0
    return Forecast(
        listed=counts["listed"],
        archived=counts["archived"],
        unavailable=counts["unavailable"],
        bytes_wanted=counts["bytes"],
        free=free,
    )
