"""Replay of 24 hours: the time to a waveform and to the second one, frames of the timeline, a seek, and memory."""

from __future__ import annotations

import json
import os
import shutil
import struct
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bench.measure import BenchFailed
from download_client.wav import inspect
from mir_sandbox.audio import SPEECH

HOURS: Final = 24
KINDS: Final = {"mu-law": "mulaw-mono", "PCM 16 bit, stereo": "pcm16-8k-stereo", "GSM 6.10": "gsm-mono-en"}
"""Encodings, and the recorded speech that is said again and again."""


@dataclass(frozen=True, slots=True)
class Replay:
    """What `bench.listening` found, of each encoding and of the window: seconds and bytes."""

    hours: float
    kinds: dict[str, dict[str, float]]
    window: dict[str, Any]


def replay(*, place: Path, hours: float = HOURS) -> Replay:
    """Measure each encoding in a process of its own, and the window on the first."""
    scratch = place / "scratch-replay"
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    kinds: dict[str, dict[str, float]] = {}
    window: dict[str, Any] = {}
    try:
        for name, stem in KINDS.items():
            path = scratch / f"{stem}.wav"
            write_long(SPEECH / f"{stem}.wav", path, hours=hours)
            kinds[name] = _measured("waveform", path)
            if not window:
                window = _measured("window", path)
            kinds[name]["seek"] = _measured("seek", path)["seek"]
            path.unlink()
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return Replay(hours, kinds, window)


def write_long(source: Path, target: Path, *, hours: float) -> None:
    """The sound of a file again and again, for so long, with a header that fits."""
    info, content = inspect(source), source.read_bytes()
    sound = content[info.data_offset : info.data_offset + info.data_bytes]
    sound = sound[: len(sound) // info.block_align * info.block_align]
    length = round(hours * 3600 * info.sample_rate / info.block_frames) * info.block_align
    head = bytearray(content[: info.data_offset])
    head[-4:] = struct.pack("<I", length)
    head[4:8] = struct.pack("<I", length + len(head) - 8)
    with target.open("wb") as file:
        file.write(head)
        for at in range(0, length, len(sound)):
            file.write(sound[: length - at])


def _measured(what: str, path: Path) -> dict[str, Any]:
    ended = subprocess.run(
        [sys.executable, "-m", "bench.listening", what, str(path)],
        capture_output=True,
        text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        check=False,
    )
    if ended.returncode:
        raise BenchFailed(f"bench.listening ended with {ended.returncode}: {ended.stderr[-2000:]}")
    found: dict[str, Any] = json.loads(ended.stdout)
    return found
