"""What reaches a real sound server is the recording, at each speed, after a seek, and to the very last sample."""

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from mir_sandbox.audio import SPEECH
from tests.sound.making import write
from tests.ui.replay.on_device import SOUGHT
from tests.ui.replay.taps import clip, frames
from ui.replay.stream import Stream

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="PulseAudio is a sound server of Linux")
DEADLINE = 90.0
SPEEDS = (1.0, 2.0, 0.75)
PIECE = 1600
"""Frames, a fifth of a second, that have to arrive as they are."""


class Ear:
    """Listens at the pipe of a sound server."""

    def __init__(self, pipe: Path) -> None:
        self._pipe = pipe
        self._heard = bytearray()
        self._thread = threading.Thread(target=self._listen)
        self._thread.start()

    def _listen(self) -> None:
        with self._pipe.open("rb", buffering=0) as file:
            while piece := file.read(65_536):
                self._heard += piece

    def heard(self) -> bytes:
        """Everything; the server has ended."""
        self._thread.join(DEADLINE)
        return bytes(self._heard)


@pytest.fixture
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A short path: sockets bear no long one."""
    return tmp_path_factory.mktemp("pulse")


@pytest.fixture
def server(place: Path) -> Iterator[subprocess.Popen[bytes]]:
    command = [
        "pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", "--log-level=error",
        "-L", f"module-native-protocol-unix socket={place}/sock auth-anonymous=1",
        "-L", f"module-pipe-sink file={place}/pipe rate=8000 channels=2 format=s16le use_system_clock_for_timing=yes",
    ]  # fmt: skip
    own = {**os.environ, "HOME": str(place), "XDG_RUNTIME_DIR": str(place), "PULSE_RUNTIME_PATH": str(place)}
    with subprocess.Popen(command, env=own, stderr=subprocess.DEVNULL) as process:
        end = time.monotonic() + DEADLINE
        while not is_up(place / "sock"):
            assert process.poll() is None
            assert time.monotonic() < end
            threading.Event().wait(0.05)
        yield process
        process.kill()


def is_up(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as door:
        return door.connect_ex(str(path)) == 0


def expected(path: Path, *, speed: float = 1.0, start: float = 0.0) -> NDArray[np.int16]:
    """What the player makes of it, without any device."""
    stream = Stream((clip(path),), start=start, sample_rate=8000, speed=speed)
    pieces = []
    while not stream.over:
        if (piece := stream.take()) is not None:
            pieces.append(piece.samples)
    return np.concatenate(pieces)


def share_found(heard: bytes, wanted: NDArray[np.int16], *, after: int) -> tuple[float, int]:
    """How much of it was heard, piece by piece and in order; and where it ended. The last piece has to be there."""
    pieces = [wanted[at : at + PIECE].tobytes() for at in range(len(wanted) % PIECE, len(wanted), PIECE)]
    found = 0
    for piece in pieces:
        at = heard.find(piece, after)
        if at >= 0:
            found, after = found + 1, at + len(piece)
    assert heard[after - len(pieces[-1]) : after] == pieces[-1], "the last syllable"
    return found / len(pieces), after


def test_what_reaches_the_ear_is_the_recording(server: subprocess.Popen[bytes], place: Path, tmp_path: Path) -> None:
    # Speech on the left, the same backwards on the right: nothing is alike at two places.
    speech = frames(SPEECH / "alaw-mono.wav")[8000:28_000, :1]
    path = write(tmp_path / "a.wav", np.column_stack((speech, speech[::-1])), "ULAW")
    ear = Ear(place / "pipe")
    done = subprocess.run(
        [sys.executable, "-m", "tests.ui.replay.on_device", str(path), *map(str, SPEEDS)],
        env={**os.environ, "PULSE_SERVER": f"unix:{place}/sock", "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True, text=True, timeout=DEADLINE, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert "FIFO" in done.stdout, "it was played on the device, not by the silent clock"
    server.kill()
    heard = ear.heard()
    assert np.array_equal(expected(path), frames(path))
    end = 0
    for speed in SPEEDS:
        share, end = share_found(heard, expected(path, speed=speed), after=end)
        # A machine that is very busy may come late once; then there is a gap.
        assert share >= 0.8, speed
    share, _ = share_found(heard, expected(path, start=SOUGHT), after=end)
    assert share >= 0.8


def test_a_sound_server_that_dies_pauses_it_and_it_goes_on_in_silence(
    server: subprocess.Popen[bytes], place: Path, tmp_path: Path
) -> None:
    path = write(tmp_path / "a.wav", frames(SPEECH / "alaw-odd.wav")[:16_000], "PCM_16")
    ear = Ear(place / "pipe")
    with subprocess.Popen(
        [sys.executable, "-m", "tests.ui.replay.on_device", str(path)],
        env={**os.environ, "PULSE_SERVER": f"unix:{place}/sock", "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    ) as player:  # fmt: skip
        assert player.stdout is not None
        said = []
        for line in player.stdout:
            said.append(line.strip())
            if said[-1] == "under way":
                server.kill()
        assert player.wait(DEADLINE) == 0
    assert ear.heard()
    # With the system's choice and one device; then without any.
    assert said == ["playing 2", "under way", "paused 0", "playing 0", "ended 0"]


def test_a_device_that_goes_pauses_it_and_it_plays_on_elsewhere(
    server: subprocess.Popen[bytes], place: Path, tmp_path: Path
) -> None:
    path = write(tmp_path / "a.wav", frames(SPEECH / "alaw-mono.wav"), "PCM_16")
    own = {**os.environ, "PULSE_SERVER": f"unix:{place}/sock", "QT_QPA_PLATFORM": "offscreen"}

    def pactl(*words: str) -> str:
        done = subprocess.run(["pactl", *words], env=own, capture_output=True, text=True, timeout=DEADLINE, check=True)
        return done.stdout.strip()

    description = "sink_properties=device.description=Headphones"
    headphones = pactl("load-module", "module-null-sink", "sink_name=headphones", description)
    command = [sys.executable, "-m", "tests.ui.replay.device_goes", str(path), "Headphones"]
    with subprocess.Popen(command, env=own, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        begun = process.stdout.readline()  # this device needs two seconds to begin, and is not dead meanwhile
        pactl("unload-module", headphones)
        said = [process.stdout.readline() for _ in range(3)]
        server.kill()  # while nothing plays: nobody is told
        try:
            rest, wrong = process.communicate(timeout=DEADLINE)
        finally:
            process.kill()
    assert begun == "plays\n"
    paused, where, end = (line.strip() for line in said)
    assert paused.startswith("paused at ")
    assert float(paused.split()[-1]) > 0.3
    assert (where, end, wrong) == ("on another device", "ended", "")
    assert (rest, process.returncode) == ("silent\n", 0), "libpulse has not ended it"
