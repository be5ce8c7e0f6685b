"""A lane's voice as a stream: every encoding is what its decoder finds, from the beginning and from anywhere."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from download_client.wav import inspect
from mir_sandbox.audio import SPEECH
from tests.ui.replay.taps import clip
from ui.replay.stream import Stream
from ui.replay.tracks import Clip

WITHOUT_LENGTH = {"killed-mulaw-mono", "stream-mulaw-mono", "stream-pcm16-8k-mono"}
"""libsndfile alone does not read these to their end; tests/sound does."""
FILES = sorted(path for path in SPEECH.glob("*.wav") if path.stem not in WITHOUT_LENGTH)


def heard(*clips: Clip, start: float = 0.0, sample_rate: int) -> NDArray[np.int16]:
    """All of it, as fast as it can be read."""
    stream = Stream(clips, start=start, sample_rate=sample_rate)
    pieces = []
    while not stream.over:
        if (piece := stream.take()) is not None:
            pieces.append(piece.samples)
        else:
            stream.wait_closed(0.002)
    assert stream.wait_closed(20.0)
    return np.concatenate(pieces)


def source(path: Path) -> tuple[NDArray[np.int16], int]:
    """What libsndfile decodes, on two channels, and its rate; without what fills the last blocks up."""
    samples, rate = soundfile.read(str(path), dtype="int16", always_2d=True)
    info = inspect(path)
    assert info.frames is not None
    assert 0 <= len(samples) - info.frames <= 2 * info.block_frames
    samples = samples[: info.frames]
    return np.repeat(samples, 3 - samples.shape[1], axis=1), rate


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_encoding_sample_by_sample(path: Path) -> None:
    wanted, rate = source(path)
    assert np.array_equal(heard(clip(path), sample_rate=rate), wanted)
    for second in (0.25, len(wanted) / rate / 2, len(wanted) / rate - 0.1):
        assert np.array_equal(heard(clip(path), start=second, sample_rate=rate), wanted[round(second * rate) :])


def test_one_clip_after_the_other_without_a_seam() -> None:
    paths = [SPEECH / f"{stem}.wav" for stem in ("alaw-stereo", "ms-adpcm-mono", "pcm8-8k-mono")]
    whole = np.concatenate([source(path)[0] for path in paths])
    assert np.array_equal(heard(*map(clip, paths), sample_rate=8000), whole)
    edge = len(source(paths[0])[0])
    near = (edge - 400) / 8000
    assert np.array_equal(heard(*map(clip, paths), start=near, sample_rate=8000), whole[edge - 400 :])
