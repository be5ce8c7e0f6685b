"""What the service will delete before long and the archive does not hold; it asks, it fetches nothing (F15)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from download_client.ledger import Ledger
from download_client.model import Conversation, RecordingStatus, Retention, State, Window

_LONGEST_MONTHS = 84
"""With archiving (F15). Somebody who has unsubscribed still has recordings of that age for a while."""
_SLACK = timedelta(days=4)
"""Months differ in length, and the service may count them otherwise than we do."""
_HOME = (State.ARCHIVED, State.ERASED)
_STILL_THERE = (RecordingStatus.AVAILABLE, RecordingStatus.PROCESSING)


@dataclass(frozen=True, slots=True)
class Endangered:
    """A conversation that will be deleted. `recordings` of it, together `bytes` (the service's word), are not home."""

    conversation: Conversation
    expires_at: datetime
    recordings: int
    bytes: int


def span_of(retention: Retention, *, now: datetime, within: timedelta) -> Window:
    """The start times of whatever is deleted within that time, and some more: each one's own date decides."""
    return Window(
        _months_before(now, _LONGEST_MONTHS + 1) - _SLACK,
        _months_before(now + within, retention.months) + _SLACK,
    )


def endangered(
    blocks: Iterable[Sequence[Conversation]], *, ledger: Ledger | None, now: datetime, within: timedelta
) -> Iterator[Endangered]:
    """Those of the listed conversations that are deleted within that time and are not whole in the archive."""
    for block in blocks:
        ending = [each for each in block if each.expires_at is not None and each.expires_at <= now + within]
        states = {}
        if ledger is not None:
            states = {recording.id: state for recording, state in ledger.listing.foresee(ending, now=now.timestamp())}
        for conversation in ending:
            missing = [
                recording
                for recording in conversation.recordings
                if recording.status in _STILL_THERE and states.get(recording.id) not in _HOME
            ]
            if missing and conversation.expires_at is not None:
                size = sum(recording.size_bytes or 0 for recording in missing)
                yield Endangered(conversation, conversation.expires_at, len(missing), size)


def _months_before(moment: datetime, months: int) -> datetime:
    year, month = divmod(moment.year * 12 + moment.month - 1 - months, 12)
    return moment.replace(year=year, month=month + 1, day=min(moment.day, 28))
