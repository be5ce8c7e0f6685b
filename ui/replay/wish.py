"""What somebody wants to listen to, as modules ask for it; it is read on a worker, since a selection may be large."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from download_client.engine import MOST_SECONDS
from download_client.model import Conversation, RecordingStatus

_PLAYABLE = frozenset({RecordingStatus.AVAILABLE, RecordingStatus.PROCESSING})
"""What may be there, or come: the others are gone for good."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One conversation. `only`: these of its recordings, by id; None: everything it has."""

    conversation: Conversation
    only: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """`read` answers what is wanted, in the order in which it is to be shown; it may raise a `MirError`."""

    read: Callable[[], Sequence[Wanted]]


def everything(conversations: Iterator[Conversation]) -> list[Wanted]:
    """*Load All*: all that these conversations have (F10), the earliest first."""
    return [Wanted(each) for each in sorted(_not_far_beyond(conversations), key=_begins)]


def voice_only(conversations: Iterator[Conversation]) -> list[Wanted]:
    """*Load Voice Recording*: where a voice recording was saved (F10), what was saved of it; the earliest first."""
    found: list[Wanted] = []
    for each in sorted(_not_far_beyond(conversations), key=_begins):
        saved = frozenset(recording.id for recording in each.recordings if recording.status in _PLAYABLE)
        if saved:
            found.append(Wanted(each, only=saved))
    return found


def one_recording(conversation: Conversation, recording_id: str) -> Wish:
    """One recording of a conversation, as from its details."""
    return Wish(lambda: [Wanted(conversation, only=frozenset({recording_id}))])


def _not_far_beyond(conversations: Iterator[Conversation]) -> Iterator[Conversation]:
    """So many that they are more than may be loaded, where there are more: a million are not read to say that."""
    seconds = 0.0
    for each in conversations:
        yield each
        seconds += sum(recording.duration_seconds for recording in each.recordings if recording.status in _PLAYABLE)
        if seconds > 2 * MOST_SECONDS:
            return


def _begins(it: Conversation) -> tuple[float, str]:
    return it.start_time.timestamp(), it.id
