"""Frames of every encoding, sample by sample as other decoders find them, at any place; and what cannot be played."""

import hashlib
import os
import struct
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from download_client.errors import MirError, NotPlayable, RecordingVanished
from download_client.sound import Sound
from download_client.wav import inspect
from mir_sandbox.audio import SPEECH
from tests.sound.making import CLIPS, SUBTYPES, decoded, noise, raw_decoded, write
from tests.wav.build import MU_LAW, PCM16, chunk, wav
from tests.wav.test_any_bytes import DAMAGED, FILES
from tests.windows import WINDOWS

WITHOUT_LENGTH = ("killed-mulaw-mono", "stream-mulaw-mono", "stream-pcm16-8k-mono")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "a.wav"


@pytest.mark.parametrize("path", CLIPS, ids=lambda path: path.stem)
def test_the_recorded_speech_as_its_decoders_find_it(path: Path) -> None:
    """sox, ffmpeg and libsndfile wrote these files."""
    info = inspect(path)
    if path.stem in WITHOUT_LENGTH:
        body = path.read_bytes()[info.data_offset :]
        wanted = raw_decoded(body, "PCM_16" if info.format_tag == 1 else "ULAW")
    else:
        wanted = decoded(path)
    with Sound.open(path) as sound:
        assert (sound.sample_rate, sound.channels, sound.frames) == (info.sample_rate, info.channels, info.frames)
        assert sound.seconds == info.duration
        assert np.array_equal(sound.samples(0, sound.frames), wanted[: sound.frames])
        assert 0 <= len(wanted) - sound.frames < 2036, "an encoder's padding, which is left out"
        assert sound.read(0, sound.frames + 1000) == wanted[: sound.frames].astype("<i2").tobytes()


@pytest.mark.parametrize("subtype", SUBTYPES)
@pytest.mark.parametrize("channels", [1, 2])
def test_every_encoding_at_any_place(file: Path, subtype: str, channels: int) -> None:
    if subtype == "GSM610":
        channels = 1  # there is no other
    for container in ("WAV", "WAVEX", "RF64"):
        if container != "WAV" and subtype in ("GSM610", "IMA_ADPCM", "MS_ADPCM"):
            continue
        write(file, noise(40_011, channels), subtype, rate=16_000, container=container)
        wanted = decoded(file)
        with Sound.open(file) as sound:
            wanted = wanted[: sound.frames]
            assert np.array_equal(sound.samples(0, sound.frames), wanted)
            for at in np.random.default_rng(1).integers(0, sound.frames, 25).tolist():
                assert np.array_equal(sound.samples(at, 700), wanted[at : at + 700]), (container, at)


@pytest.mark.parametrize("stem", ["gsm-mono-de", "gsm-mono-en"])
def test_gsm_after_jumps_is_what_it_is_when_heard_from_the_beginning(stem: str) -> None:
    with Sound.open(SPEECH / f"{stem}.wav") as sound:
        whole = sound.samples(0, sound.frames)
        for at in range(0, sound.frames, 9973):
            assert np.array_equal(sound.samples(at, 3000), whole[at : at + 3000])


def test_nothing_is_read_beyond_either_end(file: Path) -> None:
    write(file, noise(1000, 2), "PCM_16")
    with Sound.open(file) as sound:
        assert sound.read(1000, 5) == sound.read(5000, 5) == sound.read(10, 0) == sound.read(10, -3) == b""
        assert len(sound.read(990, 50)) == 40
        assert sound.read(-5, 10) == sound.read(0, 10)


def test_g711_is_what_the_standard_says(file: Path) -> None:
    every = bytes(range(256))
    for tag, subtype in ((6, "ALAW"), (7, "ULAW")):
        fmt = struct.pack("<HHIIHH", tag, 1, 8000, 8000, 1, 8)
        file.write_bytes(wav(chunk(b"fmt ", fmt), chunk(b"data", every)))
        with Sound.open(file) as sound:
            samples = sound.samples(0, 256)
            assert np.array_equal(samples, raw_decoded(every, subtype))
            ordered = sound.comparable(0, 256)[:, 0].tolist()
        assert sorted(ordered) == list(range(256))
        by_value = [value for _, value in sorted(zip(ordered, samples[:, 0].tolist(), strict=True))]
        assert by_value == sorted(by_value)


@pytest.mark.parametrize("claimed", [0, 0xFFFFFFFF, 0x7FFFF000])
@pytest.mark.parametrize("subtype", ["PCM_16", "ULAW", "IMA_ADPCM", "MS_ADPCM", "GSM610"])
def test_a_header_without_length_plays_to_the_end_of_the_file(file: Path, subtype: str, claimed: int) -> None:
    write(file, noise(20_000, 1), subtype)
    wanted, info, content = decoded(file), inspect(file), bytearray(file.read_bytes())
    del content[info.data_offset + info.data_bytes :]
    content[info.data_offset - 4 : info.data_offset] = struct.pack("<I", claimed)
    content[4:8] = b"\xff\xff\xff\xff"
    file.write_bytes(content)
    with Sound.open(file) as sound:
        assert np.array_equal(sound.samples(0, sound.frames), wanted[: sound.frames])
        assert sound.frames >= 20_000


@pytest.mark.parametrize("subtype", ["PCM_16", "ALAW", "IMA_ADPCM", "MS_ADPCM", "GSM610"])
def test_a_file_that_was_cut_off_plays_as_far_as_it_goes(file: Path, subtype: str) -> None:
    write(file, noise(20_000, 1), subtype)
    wanted, info = decoded(file), inspect(file)
    os.truncate(file, info.data_offset + info.data_bytes // 2 + 7)
    with Sound.open(file) as sound:
        assert sound.info.missing_bytes > 0
        assert 9000 < sound.frames < 11_000
        assert np.array_equal(sound.samples(0, sound.frames), wanted[: sound.frames])


def test_a_float_is_scaled_and_clipped(file: Path) -> None:
    values = np.array([0.0, 0.5, -0.5, 1.0, -1.0, 3.0, -3.0, float("nan"), float("inf"), 1 / 32768], "<f4")
    fmt = struct.pack("<HHIIHH", 3, 1, 8000, 32000, 4, 32)
    file.write_bytes(wav(chunk(b"fmt ", fmt), chunk(b"data", values.tobytes())))
    with Sound.open(file) as sound:
        found = sound.samples(0, 10)[:, 0].tolist()
    assert found == [0, 16384, -16384, 32767, -32768, 32767, -32768, 0, 32767, 1]


def test_the_file_is_only_read(file: Path) -> None:
    content = (SPEECH / "ima-adpcm-mono.wav").read_bytes()
    file.write_bytes(content)
    file.chmod(0o444)
    before = file.stat()
    with Sound.open(file) as sound:
        sound.samples(5000, 5000)
        sound.samples(100, 100)
    assert file.read_bytes() == content
    assert file.stat().st_mtime_ns == before.st_mtime_ns


@pytest.mark.parametrize("stem", ["mulaw-mono", "gsm-mono-en", "pcm16-8k-stereo"])
def test_an_open_file_may_be_moved_and_deleted(file: Path, stem: str) -> None:
    file.write_bytes((SPEECH / f"{stem}.wav").read_bytes())
    with Sound.open(file) as sound:
        wanted = sound.samples(0, 2000)
        moved = file.rename(file.with_name("b.wav"))
        moved.unlink()
        assert np.array_equal(sound.samples(0, 2000), wanted)
    with pytest.raises(RecordingVanished) as caught:
        Sound.open(moved)
    assert str(moved) in str(caught.value)


@pytest.mark.parametrize("stem", ["mulaw-mono", "gsm-mono-en", "ima-adpcm-stereo", "pcm16-8k-stereo"])
def test_a_file_that_is_cut_while_it_is_open(file: Path, stem: str) -> None:
    file.write_bytes((SPEECH / f"{stem}.wav").read_bytes())
    with Sound.open(file) as sound:
        sound.samples(0, 100)
        os.truncate(file, 600)
        with pytest.raises(NotPlayable, match="became shorter") as caught:
            sound.samples(sound.frames // 2, 4000)
    assert not caught.value.intact


def head(tag: int, channels: int = 1, rate: int = 8000, align: int = 1, bits: int = 8) -> bytes:
    return struct.pack("<HHIIHH", tag, channels, rate, rate * align, align, bits)


@pytest.mark.parametrize(
    ("fmt", "sound", "intact", "codec"),
    [
        (head(0x83, align=10, bits=0), bytes(100), True, "G.729"),
        (head(0x55, align=1, bits=0), bytes(100), True, "MP3"),
        (head(0x4321), bytes(100), True, "0x4321"),
        (PCM16, b"", True, ""),
        (head(1, channels=6, align=12, bits=16), bytes(120), True, ""),
        (head(7, channels=0), bytes(100), False, ""),
        (head(7, rate=0), bytes(100), False, ""),
        (head(1, channels=2, align=3, bits=16), bytes(100), False, ""),
        (head(6, channels=2, align=4), bytes(100), False, ""),
        (head(0x11, align=2, bits=4), bytes(100), False, ""),
        (head(0x31, channels=2, align=65, bits=0), bytes(650), False, ""),
    ],
)  # fmt: skip
def test_what_cannot_be_played_says_whether_the_file_is_at_fault(
    file: Path, fmt: bytes, sound: bytes, intact: bool, codec: str
) -> None:
    file.write_bytes(wav(chunk(b"fmt ", fmt), chunk(b"data", sound)))
    with pytest.raises(NotPlayable) as caught:
        Sound.open(file)
    assert (caught.value.intact, caught.value.codec) == (intact, codec)
    assert ("the file is intact" if intact else "the file is damaged") in caught.value.detail
    file.unlink()  # nothing holds it


@pytest.mark.parametrize("content", [b"", b"RIFF", b'{"error": "no"}', b"<html>", wav(chunk(b"data", b"no fmt"))])
def test_what_is_no_wav_is_damaged(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    with pytest.raises(NotPlayable, match="damaged") as caught:
        Sound.open(file)
    assert not caught.value.intact


def test_a_g729_file_that_lacks_bytes_is_damaged_too(file: Path) -> None:
    file.write_bytes(wav(chunk(b"fmt ", head(0x83, align=10, bits=0)), chunk(b"data", bytes(100)))[:-20])
    with pytest.raises(NotPlayable, match="damaged") as caught:
        Sound.open(file)
    assert (caught.value.intact, caught.value.codec) == (False, "G.729")


def test_a_folder_is_no_recording(tmp_path: Path) -> None:
    with pytest.raises(MirError):
        Sound.open(tmp_path)


@pytest.mark.skipif(WINDOWS, reason="Windows has no such device")
def test_a_drive_that_fails_is_named(tmp_path: Path) -> None:
    (tmp_path / "mem.wav").symlink_to("/proc/self/mem")
    with pytest.raises(MirError):
        Sound.open(tmp_path / "mem.wav")


@given(content=st.one_of(FILES, DAMAGED))
def test_whatever_the_bytes_are_it_is_frames_or_a_named_error(
    content: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.wav"
    path.write_bytes(content)
    with suppress(NotPlayable), Sound.open(path) as sound:
        frames = min(sound.frames, 50_000)
        assert frames > 0
        assert sound.samples(0, frames).shape == (frames, sound.channels)
        assert len(sound.samples(frames // 2, 10)) == min(10, sound.frames - frames // 2)
    assert hashlib.sha256(path.read_bytes()).digest() == hashlib.sha256(content).digest()


def test_mu_law_with_the_sound_after_odd_chunks(file: Path) -> None:
    body = bytes(range(256)) * 10
    before = chunk(b"LIST", b"odd", pad=False), chunk(b"bext", bytes(603))
    file.write_bytes(wav(*before, chunk(b"fmt ", MU_LAW), chunk(b"data", body), chunk(b"LIST", b"INFO"), after=b"more"))
    with Sound.open(file) as sound:
        assert sound.frames == len(body)
        assert np.array_equal(sound.samples(0, sound.frames), raw_decoded(body, "ULAW"))
