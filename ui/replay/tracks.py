"""What is loaded for replay: lanes, their states and voices, where a moment lies in them; it loads and paints nothing.

Two ways of counting meet here. *Voice* is what is heard: the seconds of a lane's clips one after the other, without
gaps and pauses. The *wall* is when it was said: aware times. `Clip` and `Lane` lead from one to the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Signal

from download_client.model import Conversation, Pause

if TYPE_CHECKING:
    from download_client.sound import Peaks

COLOURS: Final = 12
"""Basic colours of the palette (F10); a thirteenth conversation takes the first again, its number stays 13."""


class LaneState(Enum):
    """How far a lane has come (F10)."""

    WAITING = "waiting"
    """For a free replay, or for its turn."""
    FETCHING = "fetching"
    """Its voice is on the way; `share` says how much is here."""
    READING = "reading"
    """It can be played; its waveform is being read, `share` of it."""
    READY = "ready"
    UNPLAYABLE = "unplayable"
    """Nothing of it can be played here; `reason` says why."""
    GONE = "gone"
    """Its file vanished, or the service has it no more; `reason` says which."""


PLAYABLE: Final = frozenset({LaneState.READING, LaneState.READY})
SILENT: Final = frozenset({LaneState.UNPLAYABLE, LaneState.GONE})


@dataclass(frozen=True, slots=True)
class Clip:
    """One recording: a file that is played from `start` on. `seconds` is its voice, `pauses` lie between (F16).

    `recording_id` is empty where a plain file is played. `pauses` count from the start, on the wall.
    """

    path: Path
    start: datetime
    seconds: float
    channels: int = 1
    sample_rate: int = 8000
    recording_id: str = ""
    sha256: str = ""
    pauses: tuple[Pause, ...] = ()

    @property
    def end(self) -> datetime:
        """When it was over."""
        return self.start + timedelta(seconds=self.wall(self.seconds))

    def wall(self, voice: float) -> float:
        """Seconds from its start on the wall, of a second of its voice."""
        at = voice
        for pause in self.pauses:
            if at <= pause.start_seconds:
                break
            at += pause.end_seconds - pause.start_seconds
        return at

    def voice(self, wall: float) -> float:
        """The second of its voice, so many seconds after its start; inside of a pause the one where it paused."""
        paused = 0.0
        for pause in self.pauses:
            if wall <= pause.start_seconds:
                break
            paused += min(wall, pause.end_seconds) - pause.start_seconds
        return min(max(wall - paused, 0.0), self.seconds)

    def stretches(self) -> Iterator[tuple[float, float]]:
        """Its voice between the pauses: first and last second of each stretch."""
        first = paused = 0.0
        for pause in self.pauses:
            last = min(max(pause.start_seconds - paused, first), self.seconds)
            if last > first:
                yield first, last
            first, paused = last, paused + pause.end_seconds - pause.start_seconds
        if self.seconds > first:
            yield first, self.seconds


@dataclass(frozen=True, slots=True)
class Flag:
    """A mark in a lane: at a second of its voice, over `length` seconds (0: a point), with its note."""

    key: str
    seconds: float
    length: float
    note: str


@dataclass(frozen=True, slots=True)
class Lane:
    """One conversation, or one file. `start` and `seconds` are the listed ones until its clips are known.

    `key` is the conversation's id, or the file's path. `parties` are those on the left and the right channel. `words`
    say more of the state (`3.0 of 4.8 MB`), `reason` why it cannot be played. `peaks` go with `clips`, one by one.
    """

    key: str
    number: int
    title: str
    start: datetime
    seconds: float
    parties: tuple[str, str] = ("", "")
    conversation: Conversation | None = None
    state: LaneState = LaneState.WAITING
    share: float = 0.0
    words: str = ""
    reason: str = ""
    codec: str = ""
    intact: bool = True
    """False: what cannot be played is damaged."""
    clips: tuple[Clip, ...] = ()
    peaks: tuple[Peaks | None, ...] = ()
    flags: tuple[Flag, ...] = ()
    files: tuple[Path, ...] = ()
    """What lies on the disk of it, playable or not."""

    @property
    def colour(self) -> int:
        """Which of the basic colours, from 0."""
        return (self.number - 1) % COLOURS

    @property
    def end(self) -> datetime:
        """When its last voice was over."""
        if self.clips:
            return max(clip.end for clip in self.clips)
        return self.start + timedelta(seconds=self.seconds)

    @property
    def stereo(self) -> bool:
        """Its parties are on two channels."""
        return any(clip.channels == 2 for clip in self.clips)

    @property
    def playable(self) -> bool:
        """There is something to be heard."""
        return self.state in PLAYABLE and bool(self.clips)

    def placed(self) -> Iterator[tuple[float, Clip]]:
        """Each clip, with the second of the lane's voice it begins at."""
        at = 0.0
        for clip in self.clips:
            yield at, clip
            at += clip.seconds

    def clip_at(self, voice: float) -> tuple[int, float]:
        """The clip that is heard at a second of the lane's voice, and the second of that clip's voice.

        Raises:
            LookupError: it has no clips.

        """
        found = None
        for index, (begins, clip) in enumerate(self.placed()):
            found = index, min(max(voice - begins, 0.0), clip.seconds)
            if voice < begins + clip.seconds:
                break
        if found is None:
            raise LookupError(self.key)
        return found

    def moment(self, voice: float) -> datetime:
        """When the second of its voice was said; without clips, as if it were one piece."""
        if not self.clips:
            return self.start + timedelta(seconds=min(max(voice, 0.0), self.seconds))
        index, inside = self.clip_at(voice)
        clip = self.clips[index]
        return clip.start + timedelta(seconds=clip.wall(inside))

    def voice(self, moment: datetime) -> float:
        """The second of its voice that was said at that time, or the next one that was."""
        if not self.clips:
            return min(max((moment - self.start).total_seconds(), 0.0), self.seconds)
        end = 0.0
        for begins, clip in self.placed():
            if moment < clip.end:
                return begins + clip.voice((moment - clip.start).total_seconds())
            end = begins + clip.seconds
        return end


class Deck(QObject):
    """The lanes that are loaded, in order; one of them is the current one. Lives on the UI thread."""

    loaded = Signal()
    """Lanes have come or gone."""
    changed = Signal(str)
    """A lane is another than it was, by its key."""
    current_changed = Signal(str)
    """Another lane is the current one, by its key; empty: none is."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lanes: dict[str, Lane] = {}
        self._current = ""
        self._numbers = 0

    @property
    def lanes(self) -> tuple[Lane, ...]:
        """All of them, in the order in which they were loaded."""
        return tuple(self._lanes.values())

    @property
    def current(self) -> Lane | None:
        """The one that is played, or would be."""
        return self._lanes.get(self._current)

    @property
    def seconds(self) -> float:
        """Of voice, all together (F10: up to 24 hours); what cannot be played is none."""
        return sum(lane.seconds for lane in self._lanes.values() if lane.state not in SILENT)

    def __len__(self) -> int:
        """How many lanes there are."""
        return len(self._lanes)

    def get(self, key: str) -> Lane | None:
        """The lane of that key, if it is loaded."""
        return self._lanes.get(key)

    def add(self, lanes: Sequence[Lane]) -> None:
        """Load these; each gets the next number. A key that is loaded already stays as it is."""
        fresh = [lane for lane in lanes if lane.key not in self._lanes]
        if not fresh:
            return
        if not self._lanes:
            self._numbers = 0
        for lane in fresh:
            self._numbers += 1
            self._lanes[lane.key] = replace(lane, number=self._numbers)
        self.loaded.emit()
        if not self._current:
            self.choose(fresh[0].key)

    def update(self, key: str, **changes: Any) -> None:
        """Put other values into a lane; one that is not loaded any more is left out."""
        lane = self._lanes.get(key)
        if lane is None:
            return
        self._lanes[key] = replace(lane, **changes)
        self.changed.emit(key)

    def remove(self, key: str) -> None:
        """Unload one; where it was the current one, its neighbour is."""
        if key not in self._lanes:
            return
        keys = list(self._lanes)
        at = keys.index(key)
        del self._lanes[key]
        left = list(self._lanes)
        self.loaded.emit()
        if key == self._current:
            self._current = ""
            self.choose(left[min(at, len(left) - 1)] if left else "")

    def clear(self) -> None:
        """Unload all."""
        if not self._lanes:
            return
        self._lanes.clear()
        self.loaded.emit()
        self.choose("")

    def choose(self, key: str) -> None:
        """Make a lane the current one."""
        if key != self._current and (not key or key in self._lanes):
            self._current = key
            self.current_changed.emit(key)

    def following(self) -> Lane | None:
        """The one whose turn is after the current one; None: it cannot be heard yet, or there is none.

        What can never be heard has no turn.
        """
        keys = list(self._lanes)
        rest = keys[keys.index(self._current) + 1 :] if self._current in self._lanes else []
        after = next((lane for lane in map(self._lanes.__getitem__, rest) if lane.state not in SILENT), None)
        return after if after is not None and after.playable else None

    def neighbour(self, step: int) -> Lane | None:
        """The next lane that can be played after the current one (`step` 1), or before it (-1)."""
        keys = list(self._lanes)
        at = keys.index(self._current) + step if self._current in self._lanes else 0
        while 0 <= at < len(keys):
            lane = self._lanes[keys[at]]
            if lane.playable:
                return lane
            at += step
        return None
