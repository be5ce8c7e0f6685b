"""Outputs that keep what they are given, and have no time to lose."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from download_client.sound import Sound
from ui.replay.outputs import Outputs
from ui.replay.tracks import Clip, Lane

BEGUN = datetime(2026, 11, 20, 14, 21, 8, tzinfo=UTC)


class Tap:
    """Takes half a second whenever it is asked, which is heard at once."""

    def __init__(self, sample_rate: int, device: str) -> None:
        self.sample_rate = sample_rate
        self.device = device
        self.failed = False
        self.held = self.closed = False
        self.volume = -1.0
        self._given: list[bytes] = []

    @property
    def samples(self) -> NDArray[np.int16]:
        """What was heard: shape (frames, 2)."""
        return np.frombuffer(b"".join(self._given), "<i2").reshape(-1, 2)

    def free(self) -> int:
        return self.sample_rate // 2

    def write(self, frames: bytes) -> None:
        assert not self.held
        assert not self.closed
        assert 0 < len(frames) <= self.free() * 4
        self._given.append(frames)

    def heard(self) -> int:
        return len(self.samples)

    def suspend(self) -> None:
        self.held = True

    def resume(self) -> None:
        self.held = False

    def set_volume(self, volume: float) -> None:
        self.volume = volume

    def close(self) -> None:
        self.closed = True


class Taps(Outputs):
    """Opens taps, one for each begin; devices are what the test says."""

    def __init__(self) -> None:
        super().__init__()
        self.devices = ["speakers", "headphones"]
        self.opened: list[Tap] = []

    def listed(self) -> Sequence[tuple[str, str]]:
        return [("", "Default output"), *((each, each.title()) for each in self.devices)]

    def has(self, device: str) -> bool:
        return device in self.devices

    def open(self, device: str, *, sample_rate: int) -> Tap:
        self.opened.append(Tap(sample_rate, device or self.devices[0]))
        return self.opened[-1]

    @property
    def last(self) -> Tap:
        return self.opened[-1]


def clip(path: Path) -> Clip:
    """A file as a clip."""
    with Sound.open(path) as sound:
        return Clip(path, BEGUN, sound.seconds, sound.channels, sound.sample_rate)


def lane(*paths: Path, key: str = "a") -> Lane:
    """Files as a lane."""
    return Lane(key, 1, "A conversation", BEGUN, 0.0, clips=tuple(clip(path) for path in paths))


def frames(*paths: Path) -> NDArray[np.int16]:
    """All frames of files of one rate, on two channels."""
    found = []
    for path in paths:
        with Sound.open(path) as sound:
            found.append(np.repeat(sound.samples(0, sound.frames), 3 - sound.channels, axis=1))
    return np.concatenate(found)
