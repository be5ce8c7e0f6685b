"""One lane on its way into the deck, and how lanes are made of what is listed and of what was opened; values only."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from download_client.engine import Replays, Voice
from download_client.errors import MirError
from download_client.model import Recording, RecordingStatus
from ui.bridge import Ticket
from ui.replay import said
from ui.replay.reading import Opened, Source
from ui.replay.remaining import Remaining
from ui.replay.tracks import Clip, Lane
from ui.replay.wish import Wanted

_HERE: Final = frozenset({RecordingStatus.AVAILABLE, RecordingStatus.PROCESSING})


@dataclass(slots=True)
class Load:
    """One lane on its way. `wanted` None: its files were named by somebody, and belong to nobody else."""

    key: str
    wanted: Wanted | None = None
    voices: tuple[Voice, ...] = ()
    sources: tuple[Source, ...] = ()
    archived: frozenset[str] = frozenset()
    """Recordings that were kept aside when they were loaded, and came into the archive since."""
    lacking: tuple[MirError, ...] = ()
    opened: tuple[Opened, ...] = ()
    ticket: Ticket = field(default_factory=Ticket)
    remaining: Remaining = field(default_factory=Remaining)


def archived_of(replays: Replays, wanted: Wanted, _: Ticket) -> frozenset[tuple[str, str]]:
    """Recordings that lie in the archive now, and what their bytes have; for workers."""
    found = replays.here(wanted.conversation, only=wanted.only)
    if found is None:
        return frozenset()
    replays.let_go(found.voices)
    return frozenset((voice.recording.id, voice.sha256) for voice in found.voices if voice.from_archive)


def recordings_of(wanted: Wanted) -> list[Recording]:
    """Those that there may be voice of."""
    return [
        each
        for each in wanted.conversation.recordings
        if each.status in _HERE and (wanted.only is None or each.id in wanted.only)
    ]


def lane_of(wanted: Wanted) -> Lane:
    """As it is listed, nothing of it known yet."""
    it, recordings = wanted.conversation, recordings_of(wanted)
    calling, called = (party.name or party.phone_number for party in (it.calling_party, it.called_party))
    return Lane(
        key=it.id,
        number=0,
        title=said.title(calling, called),
        start=min((each.start_time for each in recordings), default=it.start_time),
        seconds=sum(each.duration_seconds for each in recordings) or it.duration_seconds,
        parties=(calling, called),
        conversation=it,
    )


def clip_of(it: Opened) -> Clip:
    """A file that can be played, in its lane."""
    return Clip(
        path=it.source.path,
        start=it.start,
        seconds=it.seconds,
        channels=it.channels,
        sample_rate=it.sample_rate,
        recording_id=it.source.recording_id,
        sha256=it.source.sha256,
        pauses=it.source.pauses,
    )
