"""Plays one lane at a time, without any widget; it shows nothing, and reads files on a thread of its own.

::

    EMPTY ─ load ─→ STOPPED ─ play ─→ PLAYING ⇄ PAUSED          BROKEN: its file cannot be read any more; `broken`
                       ↑                 │ ↘ ENDED                      says why. play() tries again.
                       └──── stop ───────┘

Positions are seconds of the lane's voice: what is heard, without gaps and pauses (`ui.replay.tracks`). Without a sound
device everything goes on in silence and in time.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from download_client.errors import MirError
from ui.replay.outputs import Output, Outputs
from ui.replay.stream import Played, Stream
from ui.replay.tracks import Lane

if TYPE_CHECKING:
    from collections.abc import Sequence

LEAST_RATE: Final = 0.5
MOST_RATE: Final = 3.0

_TICK_MS: Final = 15
"""How often sound is handed on and the position is told: about the screen's rate."""
_TAIL: Final = 0.25
"""Seconds of silence after the last sample: sound servers cut off what is shorter than they hold."""


class PlayerState(Enum):
    """What it is doing."""

    EMPTY = "empty"
    STOPPED = "stopped"
    PLAYING = "playing"
    PAUSED = "paused"
    ENDED = "ended"
    BROKEN = "broken"


class Player(QObject):
    """One lane's sound. Lives on the UI thread; nothing here waits for a file."""

    state_changed = Signal(object)
    """`PlayerState`."""
    position_changed = Signal(float)
    """Seconds of voice; while it plays some sixty times a second."""
    ended = Signal()
    """It was heard to its end."""
    broken = Signal(object)
    """A `MirError`: why nothing more can be read."""
    changed = Signal()
    """Rate, volume, balance, loop, silences or output are others than they were."""
    outputs_changed = Signal()
    """Devices have come or gone; where the one in use is gone, it is paused."""
    output_lost = Signal()
    """The device in use is gone, and it is paused."""

    def __init__(self, parent: QObject | None = None, *, outputs: Outputs | None = None) -> None:
        super().__init__(parent)
        self._outputs = outputs or Outputs(self)
        self._outputs.changed.connect(self._devices)
        self._state = PlayerState.EMPTY
        self._lane: Lane | None = None
        self._position = 0.0
        self._rate = 1.0
        self._volume = 1.0
        self._muted = False
        self._balance = 0.0
        self._loop: tuple[float, float] | None = None
        self._skip = False
        self._device = ""
        self._stream: Stream | None = None
        self._output: Output | None = None
        self._sent: list[tuple[int, Played]] = []
        """What is on its way to the ear: last frame of the output, and what it is."""
        self._written = 0
        self._held: Played | None = None
        self._tail = 0
        self._tick = QTimer(self)
        self._tick.setTimerType(Qt.TimerType.PreciseTimer)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self._go_on)

    # --- what it plays

    @property
    def state(self) -> PlayerState:
        """What it is doing."""
        return self._state

    @property
    def lane(self) -> str:
        """The key of the lane that is loaded; empty without one."""
        return "" if self._lane is None else self._lane.key

    @property
    def seconds(self) -> float:
        """How long its voice is."""
        return 0.0 if self._lane is None else sum(clip.seconds for clip in self._lane.clips)

    @property
    def position(self) -> float:
        """The second of its voice that is heard, or would be next."""
        return self._position

    def load(self, lane: Lane | None, *, at: float = 0.0) -> None:
        """Take a lane that can be played, and stand at a position; None, or one without clips, empties the player.

        The same lane with the same clips (its waveform has grown, say) plays on.
        """
        if lane is not None and self._lane is not None and (lane.key, lane.clips) == (self._lane.key, self._lane.clips):
            self._lane = lane
            if self._stream is not None:
                self._stream.set_skip(lane.peaks if self._skip else ())
            return
        self._close()
        self._lane = lane if lane is not None and lane.clips else None
        if self._lane is not None:
            self._outputs.prepare()
        self._loop = None
        self._put(min(max(at, 0.0), self.seconds))
        self._be(PlayerState.STOPPED if self._lane is not None else PlayerState.EMPTY)

    def play(self) -> None:
        """Begin, or go on; from the beginning where it was heard to the end."""
        if self._lane is None or self._state is PlayerState.PLAYING:
            return
        if self._state is PlayerState.ENDED or self._position >= self.seconds:
            self._put(0.0)
        if self._output is not None and self._stream is not None and self._state is PlayerState.PAUSED:
            self._output.resume()
        else:
            self._begin()
        self._be(PlayerState.PLAYING)
        self._tick.start()

    def pause(self) -> None:
        """Hold; `play` goes on at the same sample."""
        if self._state is not PlayerState.PLAYING:
            return
        self._tick.stop()
        if self._output is not None:
            self._output.suspend()
        self._be(PlayerState.PAUSED)

    def toggle(self) -> None:
        """Play, or pause."""
        if self._state is PlayerState.PLAYING:
            self.pause()
        else:
            self.play()

    def stop(self) -> None:
        """Hold, go back to the beginning, and let go of the files."""
        if self._lane is None:
            return
        self._close()
        self._put(0.0)
        self._be(PlayerState.STOPPED)

    def seek(self, seconds: float) -> None:
        """Go to a second of its voice; it plays on from there, or stays paused there."""
        if self._lane is None:
            return
        playing = self._state is PlayerState.PLAYING
        self._drop_output()
        self._put(min(max(seconds, 0.0), self.seconds))
        if playing:
            self._begin()
        elif self._state in (PlayerState.ENDED, PlayerState.PAUSED, PlayerState.BROKEN):
            self._be(PlayerState.PAUSED)

    def release(self) -> None:
        """Let go of every file, so that it can be moved or deleted; position and lane stay, `play` opens them again."""
        if self._state is PlayerState.PLAYING:
            self.pause()
        self._close()

    # --- how it plays

    @property
    def rate(self) -> float:
        """How fast, 0.5 to 3; the pitch stays."""
        return self._rate

    def set_rate(self, rate: float) -> None:
        """Faster or slower, at once."""
        rate = min(max(rate, LEAST_RATE), MOST_RATE)
        if rate != self._rate:
            self._rate = rate
            self._again()
            self.changed.emit()

    @property
    def volume(self) -> float:
        """0 to 1, as the ear counts."""
        return self._volume

    def set_volume(self, volume: float) -> None:
        """Louder or softer, at once."""
        self._volume = min(max(volume, 0.0), 1.0)
        self._set_gain()
        self.changed.emit()

    @property
    def muted(self) -> bool:
        """Nothing is heard, whatever the volume."""
        return self._muted

    def set_muted(self, muted: bool) -> None:
        """Silence it, or let it be heard again."""
        self._muted = muted
        self._set_gain()
        self.changed.emit()

    @property
    def balance(self) -> float:
        """-1: the party on the left alone, 0: both, 1: the one on the right alone. Each is heard in both ears then."""
        return self._balance

    def set_balance(self, balance: float) -> None:
        """Turn a party down, within a quarter of a second."""
        self._balance = min(max(balance, -1.0), 1.0)
        self.changed.emit()

    @property
    def loop(self) -> tuple[float, float] | None:
        """First and last second of what is played again and again."""
        return self._loop

    def set_loop(self, loop: tuple[float, float] | None) -> None:
        """Play a stretch again and again, or no more."""
        if loop is not None:
            first, last = max(min(loop), 0.0), min(max(loop), self.seconds)
            loop = (first, last) if last - first >= 0.05 else None
        if loop != self._loop:
            self._loop = loop
            self._again()
            self.changed.emit()

    @property
    def skip_silence(self) -> bool:
        """Pauses in which nobody speaks are left out, as far as the waveform is known."""
        return self._skip

    def set_skip_silence(self, skip: bool) -> None:
        """Leave the silences out, or not."""
        if skip != self._skip:
            self._skip = skip
            self._again()
            self.changed.emit()

    def outputs(self) -> Sequence[tuple[str, str]]:
        """The sound devices: id and name. The first, with an empty id, is the system's choice."""
        return self._outputs.listed()

    @property
    def silent(self) -> bool:
        """It plays, or is paused, without any device: nothing is heard."""
        return self._output is not None and not self._output.device

    @property
    def output(self) -> str:
        """The id of the chosen device; empty: the system's choice."""
        return self._device

    def set_output(self, device: str) -> None:
        """Be heard elsewhere."""
        if device != self._device:
            self._device = device
            self._again()
            self.changed.emit()

    # --- inside

    def _begin(self) -> None:
        if self._lane is None:
            return
        wanted = max(clip.sample_rate for clip in self._lane.clips)
        self._output = self._outputs.open(self._device, sample_rate=wanted)
        self._set_gain()
        self._stream = Stream(
            self._lane.clips,
            start=self._position,
            sample_rate=self._output.sample_rate,
            speed=self._rate,
            loop=self._loop if self._loop is not None and self._position < self._loop[1] else None,
            skip=self._lane.peaks if self._skip else (),
        )
        self._sent, self._written, self._held = [], 0, None
        self._tail = round(_TAIL * self._output.sample_rate)

    def _go_on(self) -> None:
        """Hand on what the device has room for, and tell how far it is heard."""
        stream, output = self._stream, self._output
        if stream is None or output is None:
            return
        if output.failed:
            self._lose_output()
            return
        try:
            self._fill(stream, output)
        except MirError as error:
            self._close()
            self._be(PlayerState.BROKEN)
            self.broken.emit(error)
            return
        heard = output.heard()
        while len(self._sent) > 1 and self._sent[0][0] <= heard:
            self._sent.pop(0)
        if self._sent:
            last_frame, piece = self._sent[0]
            left = min(max(last_frame - heard, 0) / len(piece.samples), 1.0)
            self._put(piece.last - (piece.last - piece.first) * left)
        if stream.over and self._held is None and self._tail <= 0 and heard >= self._written:
            self._close()
            self._put(self.seconds)
            self._be(PlayerState.ENDED)
            self.ended.emit()

    def _fill(self, stream: Stream, output: Output) -> None:
        free = output.free()
        while free > 0:
            piece = self._held or stream.take()
            if piece is None:
                if stream.over and self._tail > 0:
                    count = min(free, self._tail)
                    output.write(bytes(4 * count))
                    self._tail -= count
                    self._written += count
                return
            now, self._held = piece.split(free)
            output.write(now.heard_with(self._balance))
            free -= len(now.samples)
            self._written += len(now.samples)
            self._sent.append((self._written, now))

    def _again(self) -> None:
        """From where it is, in another way."""
        if self._state is PlayerState.PLAYING:
            self._drop_output()
            self._begin()
        elif self._state is PlayerState.PAUSED:
            self._drop_output()

    def _devices(self) -> None:
        if self._output is not None and not self._outputs.has(self._output.device):
            self._lose_output()
        else:
            self.outputs_changed.emit()

    def _lose_output(self) -> None:
        """Headphones were pulled out: what was meant for them does not go to the loudspeakers by itself."""
        lost = not self.silent
        self._drop_output()
        if self._state is PlayerState.PLAYING:
            self._be(PlayerState.PAUSED)
            if lost:
                self.output_lost.emit()
        self.outputs_changed.emit()

    def _set_gain(self) -> None:
        if self._output is not None:
            self._output.set_volume(0.0 if self._muted else self._volume)

    def _put(self, position: float) -> None:
        if position != self._position:
            self._position = position
            self.position_changed.emit(position)

    def _be(self, state: PlayerState) -> None:
        if state is not PlayerState.PLAYING:
            self._tick.stop()
        if state is not self._state:
            self._state = state
            self.state_changed.emit(state)

    def _drop_output(self) -> None:
        if self._stream is not None:
            self._stream.close()
        if self._output is not None:
            self._output.close()
        self._stream = self._output = self._held = None
        self._sent = []

    def _close(self) -> None:
        self._tick.stop()
        self._drop_output()
