"""Copies: the frames of the recordings, nothing else; never in place of a file, and nothing left behind."""

import hashlib
import os
import threading
from pathlib import Path

import numpy as np
import pytest
import soundfile

from download_client.errors import DiskError, DiskFull, Interrupted, NotPlayable, RecordingVanished, UsageError
from download_client.sound import Form, Piece, Raised, Saved, Sound, save_copy
from download_client.wav import Wholeness, inspect
from mir_sandbox.audio import SPEECH
from tests.sound.making import noise, write
from tests.windows import limits_files


def save(pieces: list[Piece], to: Path, form: Form = Form.WAV, origin: str = "") -> Saved:
    return save_copy(pieces, to=to, form=form, origin=origin, progress=lambda _: None, stop=threading.Event())


@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize(
    "stem", ["alaw-stereo", "gsm-mono-de", "stream-mulaw-mono", "pcm16-16k-mono", "ima-adpcm-stereo"]
)
def test_a_copy_of_the_whole_is_every_frame(tmp_path: Path, form: Form, stem: str) -> None:
    told: list[float] = []
    to = tmp_path / f"copy.{form.value}"
    saved = save_copy(
        [Piece(SPEECH / f"{stem}.wav")], to=to, form=form, origin="rec-1, Grüße", progress=told.append,
        stop=threading.Event(),
    )  # fmt: skip
    with Sound.open(SPEECH / f"{stem}.wav") as sound:
        wanted = sound.samples(0, sound.frames)
    found, rate = soundfile.read(to, dtype="int16", always_2d=True)
    assert np.array_equal(found, wanted)
    assert (saved.path, saved.sample_rate, saved.channels) == (to, rate, found.shape[1])
    assert saved.seconds == len(wanted) / rate
    assert saved.size == to.stat().st_size
    assert saved.sha256 == hashlib.sha256(to.read_bytes()).hexdigest()
    assert soundfile.SoundFile(to).comment == "rec-1, Grüße"
    assert told[-1] == 1.0
    assert told == sorted(told)
    if form is Form.WAV:
        assert inspect(to).wholeness is Wholeness.WHOLE
    assert list(tmp_path.iterdir()) == [to]


def test_a_selection_over_two_recordings_with_the_gap_between(tmp_path: Path) -> None:
    first, second = SPEECH / "alaw-mono.wav", SPEECH / "mulaw-mono.wav"
    pieces = [Piece(first, 19.0), Piece(second, 0.0, 1.5, silence_before=2.25)]
    saved = save(pieces, tmp_path / "a.flac", Form.FLAC)
    with Sound.open(first) as one, Sound.open(second) as two:
        wanted = np.concatenate([one.samples(152_000, 10**6), np.zeros((18_000, 1)), two.samples(0, 12_000)])
    found, _ = soundfile.read(saved.path, dtype="int16", always_2d=True)
    assert np.array_equal(found, wanted)


def test_mono_beside_stereo_and_a_higher_rate(tmp_path: Path) -> None:
    """The highest rate and two channels; the recordings that have them keep every frame."""
    saved = save(
        [Piece(SPEECH / "pcm8-8k-mono.wav"), Piece(SPEECH / "pcm16-16k-mono.wav"), Piece(SPEECH / "alaw-stereo.wav")],
        tmp_path / "a.wav",
    )
    assert (saved.sample_rate, saved.channels) == (16_000, 2)
    found, _ = soundfile.read(saved.path, dtype="int16", always_2d=True)
    with Sound.open(SPEECH / "pcm8-8k-mono.wav") as slow, Sound.open(SPEECH / "pcm16-16k-mono.wav") as fast:
        raised = found[: 2 * slow.frames]
        assert np.abs(raised[::2, 0].astype(int) - slow.samples(0, slow.frames)[:, 0]).max() <= 1
        assert np.array_equal(raised[:, 0], raised[:, 1])
        whole = found[2 * slow.frames :][: fast.frames]
        assert np.array_equal(whole, np.repeat(fast.samples(0, fast.frames), 2, axis=1))


@pytest.mark.parametrize(
    ("rate", "to"), [(8000, 16_000), (8000, 48_000), (11_025, 44_100), (16_000, 48_000), (8000, 11_025)]
)
def test_a_tone_at_a_higher_rate_is_the_same_tone(tmp_path: Path, rate: int, to: int) -> None:
    def tone(hertz: float, at: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
        return 12_000 * np.sin(2 * np.pi * hertz * np.arange(at) / at)

    path = write(tmp_path / "a.wav", np.rint(tone(997.0, rate)).astype(np.int16)[:, np.newaxis], "PCM_16", rate=rate)
    with Sound.open(path) as sound:
        raised = Raised(sound, sample_rate=to)
        assert raised.count(sound.frames) == to
        whole = raised.samples(0, to)[:, 0]
        assert np.abs(whole[200:-200] - tone(997.0, to)[200:-200]).max() < 12_000 / 1000
        pieces = [raised.samples(at, min(777, to - at)) for at in range(0, to, 777)]
        assert np.array_equal(np.concatenate(pieces)[:, 0], whole)


def test_no_file_is_ever_replaced(tmp_path: Path) -> None:
    taken = tmp_path / "call.wav"
    taken.write_bytes(b"somebody's")
    pieces = [Piece(SPEECH / "pcm16-8k-mono.wav", 1.0, 2.0)]
    assert [save(pieces, taken).path.name for _ in range(3)] == ["call (2).wav", "call (3).wav", "call (4).wav"]
    assert taken.read_bytes() == b"somebody's"
    assert len(list(tmp_path.iterdir())) == 4


def test_stopped_in_the_middle_nothing_is_left(tmp_path: Path) -> None:
    path = write(tmp_path / "long.wav", noise(3_000_000, 1), "PCM_16")
    stop = threading.Event()

    def stop_it(_: float) -> None:
        stop.set()

    stop.set()
    with pytest.raises(Interrupted):
        save_copy([Piece(path)], to=tmp_path / "b.wav", form=Form.FLAC, progress=stop_it, stop=stop)
    assert list(tmp_path.iterdir()) == [path]


def test_where_it_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(DiskError):
        save([Piece(SPEECH / "pcm16-8k-mono.wav")], tmp_path / "no such folder" / "a.wav")
    assert list(tmp_path.iterdir()) == []


@limits_files
@pytest.mark.parametrize("form", Form)
def test_a_disk_that_is_full_leaves_nothing_behind(tmp_path: Path, form: Form) -> None:
    import resource

    path = write(tmp_path / "long.wav", noise(400_000, 1), "PCM_16")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    try:
        with pytest.raises(DiskFull):
            save([Piece(path)], tmp_path / "copy", form)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert list(tmp_path.iterdir()) == [path]


def test_what_cannot_be_read_is_not_copied(tmp_path: Path) -> None:
    broken = tmp_path / "broken.wav"
    broken.write_bytes(b"RIFF")
    for path, error in ((broken, NotPlayable), (tmp_path / "gone.wav", RecordingVanished)):
        with pytest.raises(error):
            save([Piece(SPEECH / "alaw-mono.wav"), Piece(path)], tmp_path / "a.wav")
    with pytest.raises(UsageError):
        save([], tmp_path / "a.wav")
    with pytest.raises(UsageError):
        save([Piece(SPEECH / "alaw-mono.wav", 3.0, 3.0)], tmp_path / "a.wav")
    assert list(tmp_path.iterdir()) == [broken]


def test_the_copied_file_is_only_read(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes((SPEECH / "alaw-mono.wav").read_bytes())
    os.utime(path, ns=(5_000_000_000, 5_000_000_000))
    save([Piece(path)], tmp_path / "b.wav")
    assert path.stat().st_mtime_ns == 5_000_000_000
    assert path.read_bytes() == (SPEECH / "alaw-mono.wav").read_bytes()
