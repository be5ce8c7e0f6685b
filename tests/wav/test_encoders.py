"""Files of real encoders: what we read is what they wrote and what their decoders find."""

import io
import json
from pathlib import Path

import numpy
import pytest
import soundfile

from download_client.wav import Wholeness, inspect, inspect_bytes, inspect_open
from mir_sandbox.audio import SPEECH

TAGS = {
    "PCM_16": (1, "PCM"),
    "PCM_24": (1, "PCM"),
    "PCM_U8": (1, "PCM"),
    "FLOAT": (3, "IEEE float"),
    "ALAW": (6, "G.711 A-law"),
    "ULAW": (7, "G.711 mu-law"),
    "IMA_ADPCM": (0x11, "IMA ADPCM"),
    "MS_ADPCM": (2, "MS ADPCM"),
    "GSM610": (0x31, "GSM 6.10"),
}
PLAIN = ("PCM_16", "PCM_24", "PCM_U8", "FLOAT", "ALAW", "ULAW")
WRITTEN = [
    *(("WAV", subtype) for subtype in TAGS),
    *((container, subtype) for container in ("WAVEX", "RF64") for subtype in PLAIN),
]
CLIPS = sorted(SPEECH.glob("*.wav"))


def encoded(samples: int, *, container: str, subtype: str, rate: int, channels: int) -> bytes:
    """What libsndfile makes of so much noise."""
    noise = numpy.random.default_rng(samples).integers(-9000, 9000, size=(samples, channels), dtype="int16")
    file = io.BytesIO()
    soundfile.write(file, noise, rate, subtype=subtype, format=container)
    return file.getvalue()


@pytest.mark.parametrize(("container", "subtype"), WRITTEN)
@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("rate", [8000, 16000])
def test_reads_what_libsndfile_wrote(container: str, subtype: str, channels: int, rate: int) -> None:
    if subtype == "GSM610" and channels == 2:
        channels, rate = 1, 11025  # there is no GSM 6.10 in stereo
    # In stereo IMA ADPCM libsndfile halves the fact chunk's count, which is only seen where there are several blocks.
    counts = (1111, 4001, 8000) if (subtype, channels) == ("IMA_ADPCM", 2) else (1, 320, 505, 4001, 8000)
    for samples in counts:
        content = encoded(samples, container=container, subtype=subtype, rate=rate, channels=channels)
        info = inspect_bytes(content[:4096], size=len(content))
        decoded, _ = soundfile.read(io.BytesIO(content), dtype="int16", always_2d=True)
        assert info is not None
        assert info == inspect_open(io.BytesIO(content))
        assert (info.format_tag, info.codec) == TAGS[subtype]
        assert (info.sample_rate, info.channels, info.wholeness) == (rate, channels, Wholeness.WHOLE)
        # libsndfile decodes the encoder's padding too; the fact chunk names the samples that went in.
        assert info.frames in (samples, len(decoded))
        assert info.duration == info.frames / rate


@pytest.mark.parametrize("path", CLIPS, ids=lambda path: path.stem)
def test_reads_the_recorded_speech(path: Path) -> None:
    info = inspect(path)
    decoder = soundfile.info(path)
    assert (info.sample_rate, info.channels) == (decoder.samplerate, decoder.channels)
    if path.stem != "killed-mulaw-mono":  # whose header tells libsndfile that there is nothing
        assert info.frames is not None
        assert 0 <= decoder.frames - info.frames < 2036  # samples in the largest block: an encoder's padding
    assert info.wholeness is (Wholeness.STREAMING if path.stem.startswith(("stream", "killed")) else Wholeness.WHOLE)
    assert info.missing_bytes == 0
    content = path.read_bytes()
    assert inspect_bytes(content[:4096], size=len(content)) == info


def test_every_cut_of_the_recorded_speech_is_seen() -> None:
    for path in CLIPS:
        content = path.read_bytes()
        whole = inspect(path)
        if whole.wholeness is Wholeness.STREAMING:
            continue
        for left in (whole.data_offset, whole.data_offset + 1, len(content) // 2, len(content) - 2):
            info = inspect_bytes(content[:left], size=left)
            assert info is not None
            assert (info.wholeness, info.missing_bytes) == (Wholeness.TRUNCATED, len(content) - left), path.stem
            assert info.data_bytes == left - whole.data_offset


def test_the_manifest_names_every_file_of_the_speech_folder() -> None:
    files = json.loads((SPEECH / "manifest.json").read_text(encoding="utf-8"))["files"]
    assert {name: row["bytes"] for name, row in files.items()} == {path.name: path.stat().st_size for path in CLIPS}


@pytest.mark.parametrize("path", CLIPS, ids=lambda path: path.stem)
def test_the_recorded_speech_is_loud_enough_and_has_pauses(path: Path) -> None:
    info = inspect(path)
    if path.stem == "killed-mulaw-mono":
        sound, _ = soundfile.read(
            io.BytesIO(path.read_bytes()[info.data_offset :]),
            format="RAW", subtype="ULAW", samplerate=8000, channels=1, always_2d=True,
        )  # fmt: skip
    else:
        sound, _ = soundfile.read(path, always_2d=True)
    window = info.sample_rate // 10
    blocks = sound[: len(sound) // window * window].reshape(-1, window, info.channels)
    level = numpy.sqrt((blocks**2).mean(axis=1))
    for channel in range(info.channels):
        loud = level[:, channel]
        assert 0.2 < abs(sound[:, channel]).max() < 0.99, "the peak is where speech peaks, and nothing is clipped"
        assert 0.1 < (loud < 0.005).mean() < 0.75, "between the turns there is silence, and not only silence"
    if info.channels == 2:
        both = (level > 0.01).all(axis=1).mean()
        assert both < 0.02, "a party in each channel, one after the other"
