"""Waveforms against a plain, slow reference: at any zoom, of every encoding, in the making, and kept."""

import math
import os
import struct
import threading
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from download_client.errors import Interrupted, NotPlayable, RecordingVanished
from download_client.sound import Peaks, PeakStore, Sound, columns_of, key_of, read_peaks, silences
from mir_sandbox.audio import SPEECH
from tests.sound.making import CLIPS, SUBTYPES, drawn, lowest_and_highest, noise, write
from tests.wav.build import MU_LAW, chunk, wav


def quietly(_: float, __: Peaks | None) -> None:
    """Nobody listens."""


def read(path: Path) -> Peaks:
    return read_peaks(path, progress=quietly, stop=threading.Event())


def is_outside(value: int, true: int) -> bool:
    """Rounded away from the inside by less than one step of mu-law."""
    return abs(value - true) <= max(8, abs(true) / 16 + 8)


@pytest.mark.parametrize("path", CLIPS, ids=lambda path: path.stem)
def test_every_bin_of_the_recorded_speech(path: Path) -> None:
    peaks = read(path)
    with Sound.open(path) as sound:
        samples = sound.samples(0, sound.frames)
    assert (peaks.frames, peaks.channels, peaks.sample_rate) == (sound.frames, sound.channels, sound.sample_rate)
    assert peaks.frames_read == peaks.frames
    bins = math.ceil(sound.frames / peaks.frames_per_bin)
    for channel in range(sound.channels):
        wanted = lowest_and_highest(samples[:, channel], per_bin=peaks.frames_per_bin)
        found = drawn(peaks, channel, 0.0, bins / peaks.per_second, bins)
        assert len(found) == len(wanted) == bins
        for (low, high), (lowest, highest) in zip(found, wanted, strict=True):
            if path.stem.startswith(("mulaw", "stream-mulaw", "killed")):
                assert (low, high) == (lowest, highest)
            assert low <= lowest or lowest < -32124
            assert high >= highest or highest > 32124
            assert is_outside(low, lowest)
            assert is_outside(high, highest)


@pytest.mark.parametrize("subtype", SUBTYPES)
def test_every_encoding(tmp_path: Path, subtype: str) -> None:
    channels = 1 if subtype == "GSM610" else 2
    path = write(tmp_path / "a.wav", noise(22_051, channels), subtype, rate=11_025)
    peaks = read(path)
    with Sound.open(path) as sound:
        samples = sound.samples(0, sound.frames)
    for channel in range(channels):
        wanted = lowest_and_highest(samples[:, channel], per_bin=peaks.frames_per_bin)
        found = drawn(peaks, channel, 0.0, len(wanted) / peaks.per_second, len(wanted))
        assert all(
            is_outside(a, b) for pair, true in zip(found, wanted, strict=True) for a, b in zip(pair, true, strict=True)
        )


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Peaks]:
    """23 minutes of mu-law, in several blocks, of loudness that changes by the minute."""
    rng = np.random.default_rng(3)
    body = rng.integers(0, 256, 23 * 60 * 8000 + 77, dtype=np.uint8)
    body[: 60 * 8000] |= 0x70  # the first minute is faint
    body[8 * 60 * 8000 : 10 * 60 * 8000] = 0xFF
    path = tmp_path_factory.mktemp("long") / "long.wav"
    path.write_bytes(wav(chunk(b"fmt ", MU_LAW), chunk(b"data", body.tobytes())))
    return path, read(path)


@given(first=st.floats(-50, 1500), length=st.floats(0.001, 1500), columns=st.integers(1, 300))
def test_no_peak_is_lost_at_any_zoom(long: tuple[Path, Peaks], first: float, length: float, columns: int) -> None:
    path, peaks = long
    span = peaks.span(0, first, first + length, columns)
    assert len(span.low) == len(span.high) == columns
    with Sound.open(path) as sound:
        exact = columns_of(sound, 0, first, first + length, columns)
    assert (span.low <= exact.low).all()
    assert (span.high >= exact.high).all()
    # And nothing is there that is not near: a column has at most a little of its neighbours.
    wider = max(length / columns, 0.01) * 0.5 + 0.01
    edges = np.linspace(first, first + length, columns + 1)
    with Sound.open(path) as sound:
        for column in {0, columns // 2, columns - 1}:
            around = columns_of(sound, 0, edges[column] - wider, edges[column + 1] + wider, 1)
            assert span.low[column] >= around.low[0]
            assert span.high[column] <= around.high[0]


def test_columns_of_is_exact(long: tuple[Path, Peaks]) -> None:
    path, _ = long
    with Sound.open(path) as sound:
        samples = sound.samples(60 * 8000, 8000)[:, 0]
        found = columns_of(sound, 0, 60.0, 61.0, 80)
        assert list(zip(found.low.tolist(), found.high.tolist(), strict=True)) == lowest_and_highest(
            samples, per_bin=100
        )
        fine = columns_of(sound, 0, 60.0, 60.001, 32)
        assert fine.low.tolist() == fine.high.tolist() == np.repeat(samples[:8], 4).tolist()
        beyond = columns_of(sound, 0, sound.seconds, sound.seconds + 1, 5)
        assert not beyond.low.any()
        assert not beyond.high.any()


def test_it_grows_while_it_is_read(long: tuple[Path, Peaks], monkeypatch: pytest.MonkeyPatch) -> None:
    path, whole = long
    ticks = iter(range(10_000_000))
    monkeypatch.setattr(time, "monotonic", lambda: float(next(ticks)))  # every look at the clock is worth telling
    told: list[tuple[float, Peaks | None]] = []
    read_peaks(path, progress=lambda share, peaks: told.append((share, peaks)), stop=threading.Event())
    shares = [share for share, _ in told]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    for _, peaks in told:
        assert peaks is not None
        known = peaks.seconds_read
        assert 0 < known <= peaks.seconds == whole.seconds
        assert drawn(peaks, 0, 0, known, 50) == drawn(whole, 0, 0, known, 50)
        beyond = peaks.span(0, known + 60, known + 600, 10)
        assert known == peaks.seconds or (not beyond.low.any() and not beyond.high.any())


def test_it_stops_when_told(long: tuple[Path, Peaks]) -> None:
    stop = threading.Event()
    stop.set()
    with pytest.raises(Interrupted):
        read_peaks(long[0], progress=quietly, stop=stop)
    assert not [each for each in threading.enumerate() if each.name.startswith("waveform")]


def test_a_file_that_is_cut_meanwhile(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes((SPEECH / "mulaw-mono.wav").read_bytes())
    with Sound.open(path):
        os.truncate(path, 100_000)
        assert read(path).seconds < 13  # it is what is there
    path.unlink()
    with pytest.raises(RecordingVanished):
        read(path)
    path.write_bytes(b"")
    with pytest.raises(NotPlayable):
        read(path)


def test_bytes_there_and_back(long: tuple[Path, Peaks]) -> None:
    data = long[1].to_bytes()
    again = Peaks.from_bytes(data)
    assert (again.frames, again.channels, again.sample_rate, again.frames_read) == (
        long[1].frames, 1, 8000, long[1].frames,
    )  # fmt: skip
    for zoom in (1.0, 30.0, 1380.0):
        assert drawn(again, 0, 5, 5 + zoom, 70) == drawn(long[1], 0, 5, 5 + zoom, 70)
    for damaged in (b"", data[:20], data[:-1], data + b"0", b"x" + data[1:], data[:5000] + b"\x01\x02" + data[5002:]):
        with pytest.raises(ValueError, match="it is"):
            Peaks.from_bytes(damaged)
    with pytest.raises(ValueError, match="it is"):
        Peaks.from_bytes(data[:8] + struct.pack("<I", 0) + data[12:])


def test_the_store_keeps_forgets_and_survives_damage(tmp_path: Path, long: tuple[Path, Peaks]) -> None:
    folder = tmp_path / "deep" / "cache"
    peaks = long[1]
    size = len(peaks.to_bytes())
    store = PeakStore(folder, most_bytes=3 * size)
    assert store.get("aa") is None
    for number, key in enumerate(("aa", "bb", "cc")):
        store.put(key, peaks)
        os.utime(folder / f"{key}.peaks", ns=(number, number))
    kept = store.get("aa")  # and now it is not the oldest any more
    assert kept is not None
    assert drawn(kept, 0, 0, 1000, 40) == drawn(peaks, 0, 0, 1000, 40)
    store.put("dd", peaks)
    assert sorted(path.name for path in folder.iterdir()) == ["aa.peaks", "cc.peaks", "dd.peaks"]
    damaged = folder / "cc.peaks"
    damaged.write_bytes(damaged.read_bytes()[:-5])
    assert store.get("cc") is None
    assert not damaged.exists()
    PeakStore(folder, most_bytes=10).put("ee", peaks)
    assert store.get("dd") is not None, "what is larger than all the room throws nothing out"
    (tmp_path / "file").write_bytes(b"")
    PeakStore(tmp_path / "file" / "below").put("ff", peaks)  # cannot be kept: no harm


def test_the_key_is_what_the_file_is(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(b"123")
    first = key_of(path)
    assert first.isalnum()
    assert key_of(path) == first
    path.write_bytes(b"1234")
    assert key_of(path) != first
    assert key_of(path, sha256="AB12") == "ab12"
    assert str(tmp_path.name) not in first
    with pytest.raises(RecordingVanished):
        key_of(tmp_path / "b.wav")


def test_silences_of_a_made_up_conversation(tmp_path: Path) -> None:
    rng = np.random.default_rng(5)
    line = rng.integers(-30, 31, size=(30 * 8000, 2))
    for channel, first, last in ((0, 0, 4), (1, 5, 9), (0, 9, 12), (1, 20, 29)):
        line[first * 8000 : last * 8000, channel] += rng.integers(-6000, 6000, (last - first) * 8000)
    peaks = read(write(tmp_path / "a.wav", line.astype(np.int16), "ULAW"))
    assert silences(peaks, at_least=2.0, keep=0.25) == [(12.25, 19.75)]
    found = silences(peaks, at_least=0.9, keep=0.0)
    assert [(round(first, 1), round(last, 1)) for first, last in found] == [(4.0, 5.0), (12.0, 20.0), (29.0, 30.0)]


def test_all_silent_and_never_silent(tmp_path: Path) -> None:
    silent = read(write(tmp_path / "a.wav", np.zeros((80_000, 1), np.int16), "ALAW"))
    assert silences(silent, at_least=1.0, keep=0.5) == [(0.5, 9.5)]
    loud = np.random.default_rng(1).integers(-9000, 9000, (80_000, 1)).astype(np.int16)
    assert silences(read(write(tmp_path / "b.wav", loud, "PCM_16"))) == []


def test_silences_of_the_recorded_speech_cut_no_word() -> None:
    for path in CLIPS:
        peaks = read(path)
        loud = peaks.loudness()
        for first, last in silences(peaks, at_least=0.6):
            inside = loud[round(first * peaks.per_second) : round(last * peaks.per_second)]
            assert inside.max() < loud.max() / 15, path.stem
