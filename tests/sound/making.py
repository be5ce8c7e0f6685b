"""WAV files of real encoders, and what is in them."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from download_client.sound import Peaks
from mir_sandbox.audio import SPEECH

CLIPS = sorted(SPEECH.glob("*.wav"))
SUBTYPES = (
    "PCM_U8",
    "PCM_16",
    "PCM_24",
    "PCM_32",
    "FLOAT",
    "DOUBLE",
    "ALAW",
    "ULAW",
    "IMA_ADPCM",
    "MS_ADPCM",
    "GSM610",
)


def noise(frames: int, channels: int) -> NDArray[np.int16]:
    """Loud in its middle, always the same."""
    made = np.random.default_rng(frames).integers(-20000, 20000, size=(frames, channels))
    return (made * np.hanning(frames)[:, np.newaxis]).astype(np.int16)


def write(path: Path, samples: NDArray[np.int16], subtype: str, *, rate: int = 8000, container: str = "WAV") -> Path:
    """What libsndfile's encoder makes of it."""
    soundfile.write(path, samples, rate, subtype=subtype, format=container)
    return path


def decoded(path: Path) -> NDArray[np.int16]:
    """What libsndfile's decoder makes of a file whose header it understands; floats as everybody scales them."""
    real = soundfile.info(path).subtype in ("FLOAT", "DOUBLE")
    found, _ = soundfile.read(path, dtype="float64" if real else "int16", always_2d=True)
    samples: NDArray[np.int16] = np.clip(np.rint(found * 32768), -32768, 32767).astype(np.int16) if real else found
    return samples


def raw_decoded(body: bytes, subtype: str, *, channels: int = 1) -> NDArray[np.int16]:
    """Sound without any header."""
    found: NDArray[np.int16]
    found, _ = soundfile.read(
        io.BytesIO(body), format="RAW", subtype=subtype, samplerate=8000, channels=channels, dtype="int16",
        always_2d=True, endian="LITTLE",
    )  # fmt: skip
    return found


def lowest_and_highest(samples: NDArray[np.int16], *, per_bin: int) -> list[tuple[int, int]]:
    """The plain, slow way."""
    values = samples.tolist()
    bins = [values[at : at + per_bin] for at in range(0, len(values), per_bin)]
    return [(min(each), max(each)) for each in bins]


def drawn(peaks: Peaks, channel: int, first: float, last: float, columns: int) -> list[tuple[int, int]]:
    """A span as pairs."""
    found = peaks.span(channel, first, last, columns)
    return list(zip(found.low.tolist(), found.high.tolist(), strict=True))
