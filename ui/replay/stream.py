"""A lane's voice as pieces of stereo sound in the order in which they are to be heard; it has no device and no clock.

Read, raised to one sample rate, stretched and jumped about in by a thread of its own, half a second ahead; so that a
slow drive never keeps the window waiting. Settings are those it was made with: for others a new one is made.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Self

import numpy as np

from download_client.errors import MirError, NotPlayable
from download_client.sound import Peaks, Raised, Samples, Sound, silences
from ui.replay.stretch import stretched
from ui.replay.tracks import Clip

_AHEAD: Final = 0.5
"""Seconds of the output that are kept ready."""
_BLOCK: Final = 0.5
"""Seconds that are read at once."""


@dataclass(frozen=True, slots=True)
class Played:
    """A piece of what is heard: int16 of shape (frames, 2), and the seconds of the voice it is."""

    samples: Samples
    first: float
    last: float

    def split(self, frames: int) -> tuple[Self, Self | None]:
        """So many frames, and the rest."""
        count = len(self.samples)
        if count <= frames:
            return self, None
        middle = self.first + (self.last - self.first) * frames / count
        kind = type(self)
        return kind(self.samples[:frames], self.first, middle), kind(self.samples[frames:], middle, self.last)

    def heard_with(self, balance: float) -> bytes:
        """As the device takes it. Whom the balance favours is heard in both ears more and more."""
        samples = self.samples
        if balance:
            favoured, other = (1, 0) if balance > 0 else (0, 1)
            mixed = samples[:, other] * (1.0 - abs(balance)) + samples[:, favoured] * abs(balance)
            samples = samples.copy()
            samples[:, other] = np.rint(mixed).astype(np.int16)
        return samples.astype("<i2", copy=False).tobytes()


class Stream:
    """Pieces of one lane from a second on. `take` and `over` belong to one thread, reading to another."""

    def __init__(
        self,
        clips: Sequence[Clip],
        *,
        start: float,
        sample_rate: int,
        speed: float = 1.0,
        loop: tuple[float, float] | None = None,
        skip: Sequence[Peaks | None] = (),
    ) -> None:
        """`sample_rate` is that of the pieces, `loop` is played for ever, silences of the waveforms `skip` are not.

        Waveforms go with the clips, one by one; one that is not read to its end yet leaves nothing out.
        """
        self._clips = clips
        self._at = start
        self._rate = sample_rate
        self._speed = speed
        self._loop = loop
        self._skip = tuple(skip)
        self._quiet: dict[int, tuple[Peaks, list[tuple[float, float]]]] = {}
        """Silences of a clip, and the waveform they were found in."""
        self._seconds = sum(clip.seconds for clip in clips)
        self._ready: deque[Played] = deque()
        self._frames = 0
        self._error: MirError | None = None
        self._ended = self._closed = False
        self._moved = threading.Condition()
        self._thread = threading.Thread(target=self._run, name="replay", daemon=True)
        self._thread.start()

    @property
    def over(self) -> bool:
        """Nothing more will come."""
        with self._moved:
            return self._ended and not self._ready

    def take(self) -> Played | None:
        """The next piece; None where none is ready. Raises NotPlayable, RecordingVanished, DiskFailed."""
        with self._moved:
            if not self._ready:
                if self._error is not None:
                    raise self._error
                return None
            piece = self._ready.popleft()
            self._frames -= len(piece.samples)
            self._moved.notify()
            return piece

    def set_skip(self, skip: Sequence[Peaks | None]) -> None:
        """More of the waveforms is known now."""
        self._skip = tuple(skip)

    def close(self) -> None:
        """Let go of the files as soon as what is being read is read."""
        with self._moved:
            self._closed = True
            self._ready.clear()
            self._moved.notify()

    def wait_closed(self, seconds: float) -> bool:
        """Whether all files are let go of."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    # --- on its own thread

    def _run(self) -> None:
        voice = _Voice(self._clips, self._rate)
        try:
            for first, last in self._stretches():
                begin, end = round(first * self._rate), round(last * self._rate)
                for samples, at, to in stretched(voice.read, begin, end, speed=self._speed, sample_rate=self._rate):
                    if not self._give(Played(samples, at / self._rate, to / self._rate)):
                        return
        except MirError as error:
            self._error = error
        finally:
            voice.close()
            with self._moved:
                self._ended = self._error is None

    def _give(self, piece: Played) -> bool:
        with self._moved:
            self._moved.wait_for(lambda: self._closed or self._frames < _AHEAD * self._rate)
            if self._closed:
                return False
            self._ready.append(piece)
            self._frames += len(piece.samples)
            return True

    def _stretches(self) -> Iterator[tuple[float, float]]:
        """First and last second of what is heard, one after the other."""
        at = self._at
        while not self._closed:
            end = self._seconds if self._loop is None else self._loop[1]
            heard = False
            while at < end:
                begin, stop = self._next(at, end)
                if begin < stop:
                    heard = True
                    yield begin, stop
                at = stop
            if self._loop is None:
                return
            at = self._loop[0]
            if not heard:
                yield self._loop  # nothing but silence is to be heard again and again: then it is

    def _next(self, at: float, end: float) -> tuple[float, float]:
        """From where, and up to where, it is heard without a jump."""
        for first, last in self._silences():
            if last <= at:
                continue
            if first > at:
                return at, min(first, end)
            at = min(last, end)
        return at, end

    def _silences(self) -> Iterator[tuple[float, float]]:
        """Those that are known, in order, as seconds of the voice; found on this thread, for it takes time."""
        begins = 0.0
        for number, (clip, peaks) in enumerate(zip(self._clips, self._skip, strict=False)):
            if peaks is not None and peaks.frames_read == peaks.frames:
                kept = self._quiet.get(number)
                if kept is None or kept[0] is not peaks:
                    kept = self._quiet[number] = peaks, silences(peaks)
                for first, last in kept[1]:
                    yield begins + first, begins + min(last, clip.seconds)
            begins += clip.seconds


class _Voice:
    """The clips one after the other as frames of one rate and two channels. Holds what was read last."""

    def __init__(self, clips: Sequence[Clip], sample_rate: int) -> None:
        self._clips = clips
        self._rate = sample_rate
        edges = np.cumsum([0.0, *(clip.seconds for clip in clips)])
        self._edges = [round(edge * sample_rate) for edge in edges.tolist()]
        self._open: tuple[int, Sound] | None = None
        self._held = np.empty((0, 2), np.int16)
        self._held_at = 0

    def read(self, first: int, count: int) -> Samples:
        """Frames of the voice; fewer at its end."""
        count = max(min(count, self._edges[-1] - first), 0)
        inside = first - self._held_at
        if not 0 <= inside <= len(self._held) - count:
            more = min(max(count, round(_BLOCK * self._rate)), self._edges[-1] - first)
            self._held, self._held_at, inside = self._read(first, more), first, 0
        return self._held[inside : inside + count]

    def close(self) -> None:
        if self._open is not None:
            self._open[1].close()
            self._open = None

    def _read(self, first: int, count: int) -> Samples:
        pieces = []
        for number, (begin, end) in enumerate(zip(self._edges, self._edges[1:], strict=False)):
            start, stop = max(first, begin), min(first + count, end)
            if start < stop:
                pieces.append(self._of_clip(number, start - begin, stop - start))
        return np.concatenate(pieces) if pieces else np.empty((0, 2), np.int16)

    def _of_clip(self, number: int, first: int, count: int) -> Samples:
        if self._open is None or self._open[0] != number:
            self.close()
            clip = self._clips[number]
            sound = Sound.open(clip.path)
            self._open = number, sound
            if sound.seconds < clip.seconds:
                detail = "the file is shorter than it was when it was loaded: it is damaged"
                raise NotPlayable(detail, subject=str(clip.path), intact=False)
        sound = self._open[1]
        raised = Raised(sound, sample_rate=self._rate)
        # Edges of clips are rounded: the last frame may be one too many.
        there = min(count, raised.count(sound.frames) - first)
        samples = raised.samples(first, there)
        if sound.channels == 1:
            samples = np.repeat(samples, 2, axis=1)
        return np.pad(samples, ((0, count - there), (0, 0)))
