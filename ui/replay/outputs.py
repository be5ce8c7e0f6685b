"""Where sound goes: the devices of the system, and a silent clock where there is none; it knows nothing of recordings.

QtMultimedia is imported with the first sound, since it takes time. What its back ends say on the way about libraries
that are not installed is not for the log.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final, Protocol

from PySide6.QtCore import QElapsedTimer, QLoggingCategory, QObject, Signal

from ui.replay.sound_server import SoundServer

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QAudioDevice

_BUFFER: Final = 0.25
"""Seconds that wait in the device: enough for a window that is busy."""
_STILL: Final = 330
"""How many looks in a row, 15 ms apart, a device may hold sound without playing any: 5 s, as some need more than two to
begin (they finish a block of silence first, or wake up). A computer asleep never looks.
"""
_FRAME: Final = 4
"""Bytes: two channels of 16 bits."""
_QUIET: Final = "qt.multimedia.*=false"


class Output(Protocol):
    """Something that takes stereo PCM16 and plays it in real time. Lives on the UI thread."""

    sample_rate: int
    device: str
    """The id of the device; empty: none."""

    @property
    def failed(self) -> bool:
        """It plays no more."""

    def free(self) -> int:
        """Frames that it takes now."""

    def write(self, frames: bytes) -> None:
        """Take these: never more than `free`."""

    def heard(self) -> int:
        """Frames that were heard since it was opened."""

    def suspend(self) -> None:
        """Hold at once."""

    def resume(self) -> None:
        """Go on at the same frame."""

    def set_volume(self, volume: float) -> None:
        """0 to 1, as the ear counts."""

    def close(self) -> None:
        """Be silent at once, and let go of the device."""


class Outputs(QObject):
    """The devices of the system."""

    changed = Signal()
    """Devices have come or gone."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._devices: Any = None
        self._preparing = False
        self._dead = False
        self._server = SoundServer()

    def prepare(self) -> None:
        """Somebody will want to hear something soon: what takes time is done beside the window."""
        if self._devices is None and not self._preparing:
            self._preparing = True
            QLoggingCategory.setFilterRules(_QUIET)
            threading.Thread(target=_load_multimedia, name="multimedia", daemon=True).start()

    def listed(self) -> Sequence[tuple[str, str]]:
        """Id and name of each; the first, with an empty id, is the system's choice. Empty without a device."""
        found = [(_id(each), each.description()) for each in self._there()]
        return [("", self.tr("Default output")), *found] if found else []

    def has(self, device: str) -> bool:
        """Whether the device of that id is there; the silent clock is, as long as there is no other."""
        ids = [_id(each) for each in self._there()]
        return device in ids if device else not ids

    def open(self, device: str, *, sample_rate: int) -> Output:
        """The device of that id, or the system's choice where it is not there, or the silent clock.

        It takes sound of that sample rate where it can, of its own otherwise.
        """
        there = self._there()
        if not there:
            return SilentOutput(sample_rate)
        chosen = next((each for each in there if _id(each) == device), self._media().defaultAudioOutput())
        output = _Sink(chosen, sample_rate, self._give_up)
        self._server.used = True
        if output.failed:
            output.close()
            return SilentOutput(sample_rate)
        return output

    def _there(self) -> Sequence[QAudioDevice]:
        found: Sequence[QAudioDevice] = self._media().audioOutputs()
        return [] if self._dead or self._server.gone else found

    def _give_up(self) -> None:
        """A sound server that died without a word is not asked again: PulseAudio's library would end this program."""
        self._dead = sys.platform == "linux"

    def _hear_of_devices(self) -> None:
        self._dead = False
        self.changed.emit()

    def _media(self) -> Any:
        if self._devices is None:
            QLoggingCategory.setFilterRules(_QUIET)
            from PySide6.QtMultimedia import QMediaDevices

            self._devices = QMediaDevices(self)
            self._devices.audioOutputsChanged.connect(self._hear_of_devices)
        return self._devices


class SilentOutput:
    """Takes sound as fast as it would be heard."""

    def __init__(self, sample_rate: int) -> None:
        self.sample_rate = sample_rate
        self.device = ""
        self._written = 0
        self._before = 0.0
        self._clock = QElapsedTimer()
        self._clock.start()

    @property
    def failed(self) -> bool:
        """Never."""
        return False

    def free(self) -> int:
        """As much as a device would."""
        return max(round(_BUFFER * self.sample_rate) - (self._written - self.heard()), 0)

    def write(self, frames: bytes) -> None:
        """Nothing is heard."""
        if self._written == self.heard():
            self._before, _ = self._written / self.sample_rate, self._clock.restart()  # it ran dry meanwhile
        self._written += len(frames) // _FRAME

    def heard(self) -> int:
        """As time goes by."""
        passed = self._before + (self._clock.nsecsElapsed() / 1e9 if self._clock.isValid() else 0.0)
        return min(round(passed * self.sample_rate), self._written)

    def suspend(self) -> None:
        """Hold the clock."""
        self._before = self.heard() / self.sample_rate
        self._clock.invalidate()

    def resume(self) -> None:
        """Let it run."""
        self._clock.start()

    def set_volume(self, volume: float) -> None:
        """Silence has none."""

    def close(self) -> None:
        """Nothing is held."""


class _Sink:
    """A device."""

    def __init__(self, device: QAudioDevice, sample_rate: int, died: Callable[[], None]) -> None:
        from PySide6.QtMultimedia import QAudio, QAudioFormat, QAudioSink, QtAudio

        form = QAudioFormat()
        form.setSampleRate(sample_rate)
        form.setChannelCount(2)
        form.setSampleFormat(QAudioFormat.SampleFormat.Int16)
        if not device.isFormatSupported(form):
            form.setSampleRate(device.preferredFormat().sampleRate())
        self.sample_rate = form.sampleRate()
        self.device = _id(device)
        self._audio = QAudio
        self._stopped = QtAudio.State.StoppedState
        self._sink = QAudioSink(device, form)
        self._sink.setBufferSize(round(_BUFFER * self.sample_rate) * _FRAME)
        self._into = self._sink.start()
        self._died = died
        self._written = self._moved = self._still = 0

    @property
    def failed(self) -> bool:
        """The device is gone, does not take the sound, or has not moved for a while: some say nothing when they die."""
        heard = self.heard()
        self._still = 0 if heard != self._moved or heard >= self._written else self._still + 1
        self._moved = heard
        if self._still > _STILL:
            self._died()
            return True
        return self._sink.state() == self._stopped

    def free(self) -> int:
        """Room in its buffer."""
        return int(self._sink.bytesFree()) // _FRAME

    def write(self, frames: bytes) -> None:
        """Into its buffer."""
        self._written += len(frames) // _FRAME
        self._into.write(frames)

    def heard(self) -> int:
        """What has left the buffer."""
        return round(self._sink.processedUSecs() * self.sample_rate / 1e6)

    def suspend(self) -> None:
        """Hold at once."""
        self._sink.suspend()

    def resume(self) -> None:
        """Go on."""
        self._sink.resume()

    def set_volume(self, volume: float) -> None:
        """As the ear counts; devices count amplitudes."""
        scale = self._audio.VolumeScale
        linear = self._audio.convertVolume(volume, scale.LogarithmicVolumeScale, scale.LinearVolumeScale)
        self._sink.setVolume(linear)

    def close(self) -> None:
        """Be silent at once."""
        self._sink.reset()


def _load_multimedia() -> None:
    import PySide6.QtMultimedia  # noqa: F401


def _id(device: QAudioDevice) -> str:
    return bytes(device.id().data()).decode("utf-8", "replace")
