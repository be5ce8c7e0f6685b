"""Every variant is what it says: to a real decoder, to our own reading, byte by byte and from any part."""

import hashlib
import io
import random
from pathlib import Path

import numpy
import pytest
import soundfile

from download_client.errors import NotWav
from download_client.wav import WavInfo, Wholeness, codec_name, inspect_bytes
from mir_sandbox.audio import SPEECH, AudioLibrary, Kind, Variant
from mir_sandbox.audio.variants import CODECS, SECONDS

NAME = "rec-a1b2-000000042"
SHORT = 10
"""Seconds of the variants that are decoded whole."""


@pytest.fixture(scope="module")
def library() -> AudioLibrary:
    return AudioLibrary()


def whole(library: AudioLibrary, variant: int, *, name: str = NAME) -> bytes:
    return library.read(name, variant, start=0, length=library.variants[variant].size + 1)


def short(library: AudioLibrary) -> list[Variant]:
    return [library.variants[library.nearest(key, seconds=SHORT)] for key in library.keys]


def test_every_variant_is_at_its_place_and_reads_as_its_size(library: AudioLibrary) -> None:
    for index, variant in enumerate(library.variants):
        assert variant.index == index
        assert len(library.read(NAME, index, start=variant.size - 500, length=1000)) == min(variant.size, 500)
        assert library.read(NAME, index, start=variant.size, length=1000) == b""


def test_sizes_digests_and_durations_are_those_of_the_bytes(library: AudioLibrary) -> None:
    for variant in short(library):
        content = whole(library, variant.index)
        described = library.describe(NAME, variant.index)
        assert (len(content), hashlib.sha256(content).digest()) == (described.size, described.sha256), variant.key
        assert described.seconds == variant.seconds


def test_our_own_reading_agrees_with_every_variant(library: AudioLibrary) -> None:
    """All several hundred of them, by their first bytes."""
    wholeness = {Kind.STREAMING: Wholeness.STREAMING, Kind.TRUNCATED: Wholeness.TRUNCATED}
    for variant in library.variants:
        head = library.read(NAME, variant.index, start=0, length=4096)
        if variant.kind in (Kind.EMPTY, Kind.NOT_WAV):
            with pytest.raises(NotWav):
                inspect_bytes(head, size=variant.size)
            continue
        info = inspect_bytes(head, size=variant.size)
        assert info is not None
        assert info.wholeness is wholeness.get(variant.kind, Wholeness.WHOLE), variant.key
        assert info.duration == pytest.approx(variant.seconds, abs=1e-9), variant.key
        assert (info.data_bytes == 0) == (variant.kind is Kind.NO_SOUND)
        assert (info.format_tag, info.codec, info.sample_rate, info.channels, info.bits_per_sample) == (
            variant.format_tag, variant.codec, variant.sample_rate, variant.channels, variant.bits_per_sample,
        )  # fmt: skip


def test_codecs_are_named_as_the_client_names_them() -> None:
    assert {tag: codec_name(tag) for tag in CODECS} == dict(CODECS)


def decoded(content: bytes, info: WavInfo, key: str) -> "numpy.typing.NDArray[numpy.float64]":
    """The sound as libsndfile hears it; (samples, channels)."""
    if key == "killed-mulaw-mono":  # its header says that there is nothing, and libsndfile believes it
        sound, _ = soundfile.read(
            io.BytesIO(content[info.data_offset :]),
            format="RAW", subtype="ULAW", samplerate=8000, channels=1, always_2d=True,
        )  # fmt: skip
    else:
        sound, _ = soundfile.read(io.BytesIO(content), always_2d=True)
    return sound  # type: ignore[no-any-return]


def test_a_real_decoder_hears_speech_from_beginning_to_end(library: AudioLibrary) -> None:
    for variant in short(library):
        if variant.kind in (Kind.EMPTY, Kind.NOT_WAV, Kind.NO_SOUND) or variant.key == "g729-mono":
            continue
        content = whole(library, variant.index)
        info = inspect_bytes(content, size=len(content))
        assert info is not None
        sound = decoded(content, info, variant.key)
        assert len(sound) == info.frames, variant.key
        assert sound.shape[1] == variant.channels
        seconds = len(sound) // variant.sample_rate
        for channel in range(variant.channels):
            loud = [
                abs(sound[second * variant.sample_rate : (second + 3) * variant.sample_rate, channel]).max()
                for second in range(0, seconds - 3, 3)
            ]
            assert max(loud) < 0.99, f"{variant.key}: noise where a block was cut"
            assert sum(level > 0.1 for level in loud) >= len(loud) / 2, variant.key
        assert abs(sound[-64:]).max() < 0.02 or variant.kind is Kind.SOUND, "the id in the last samples is not heard"


@pytest.mark.parametrize("key", ["no-sound", "g729-mono"])
def test_what_cannot_be_heard_is_a_well_formed_file_all_the_same(library: AudioLibrary, key: str) -> None:
    content = whole(library, library.nearest(key, seconds=SHORT))
    assert content[:4] == b"RIFF"
    assert int.from_bytes(content[4:8], "little") == len(content) - 8
    assert NAME.encode() in content[-200:]


def test_ranges_in_any_pieces_make_the_same_recording(library: AudioLibrary) -> None:
    dice = random.Random(20260302)
    for variant in short(library):
        content = whole(library, variant.index)
        pieces = []
        position = 0
        while position < variant.size:
            length = dice.choice((1, 7, 63, 1000, 8192, 65_536))
            pieces.append(library.read(NAME, variant.index, start=position, length=length))
            position += length
        assert b"".join(pieces) == content, variant.key
        for _ in range(50):
            start, length = dice.randrange(variant.size + 10), dice.randrange(3 * len(content) // 2 + 1)
            assert library.read(NAME, variant.index, start=start, length=length) == content[start : start + length]
        for start in range(max(variant.size - 300, 0), variant.size + 1):
            assert library.read(NAME, variant.index, start=start, length=400) == content[start:]


def test_hours_are_read_from_anywhere_without_being_built(library: AudioLibrary) -> None:
    variant = library.variants[library.nearest("gsm-mono-en", seconds=4 * 3600)]
    assert variant.seconds > 4 * 3600
    middle = library.read(NAME, variant.index, start=variant.size // 2, length=65_536)
    assert len(middle) == 65_536
    digest = hashlib.sha256()
    for start in range(0, variant.size, 1 << 20):
        digest.update(library.read(NAME, variant.index, start=start, length=1 << 20))
    assert digest.digest() == library.describe(NAME, variant.index).sha256


def test_no_two_recordings_are_alike_but_the_empty_ones(library: AudioLibrary) -> None:
    for variant in short(library):
        names = [f"rec-a1b2-{number:09d}" for number in range(200)] + [NAME + "+2", "x" * 159, "x" * 160, "ä" * 500]
        digests = {library.describe(name, variant.index).sha256 for name in names}
        contents = {whole(library, variant.index, name=name) for name in names}
        assert len(digests) == len(contents) == (1 if variant.kind is Kind.EMPTY else len(names)), variant.key
        assert {len(content) for content in contents} == {variant.size}


def test_another_library_gives_the_same_bytes(library: AudioLibrary) -> None:
    again = AudioLibrary(SPEECH)
    assert again.variants == library.variants
    for variant in short(library):
        assert again.describe(NAME, variant.index) == library.describe(NAME, variant.index)


def test_the_nearest_duration_is_chosen(library: AudioLibrary) -> None:
    for key in library.keys:
        durations = {variant.index: variant.seconds for variant in library.variants if variant.key == key}
        for wanted in (0.0, 2.4, 60.0, 181.5, 100_000.0):
            chosen = library.nearest(key, seconds=wanted)
            assert abs(durations[chosen] - wanted) == min(abs(seconds - wanted) for seconds in durations.values())


def test_the_durations_that_measurements_use_are_exact(library: AudioLibrary) -> None:
    sizes = [library.variants[library.nearest("pcm16-8k-mono", seconds=s)].size for s in (3, 180, 3600)]
    assert sizes == [48_224, 2_880_224, 57_600_224]
    assert {3, 180, 3600} <= set(SECONDS)


def test_no_call_is_shorter_than_the_shortest_that_is_recorded(library: AudioLibrary) -> None:
    assert all(v.seconds >= 2 for v in library.variants if v.kind in (Kind.SOUND, Kind.STREAMING, Kind.TRUNCATED))


def test_chunks_before_the_sound_stay_as_their_encoder_wrote_them(library: AudioLibrary) -> None:
    clip = (SPEECH / "alaw-bext.wav").read_bytes()
    content = whole(library, library.nearest("alaw-bext", seconds=SHORT))
    at = clip.index(b"bext")
    assert content[at : at + 610] == clip[at : at + 610]
    assert b"LIST" in content[at + 610 : content.index(b"data")]


def test_odd_sound_is_padded_or_not_as_its_key_says(library: AudioLibrary) -> None:
    for key, padded in (("alaw-odd", True), ("mulaw-unpadded", False)):
        variant = library.variants[library.nearest(key, seconds=SHORT)]
        content = whole(library, variant.index)
        info = inspect_bytes(content, size=len(content))
        assert info is not None
        assert info.data_bytes % 2 == 1
        end = info.data_offset + info.data_bytes
        assert content[end:].startswith(b"\0LIST" if padded else b"LIST"), key


def test_a_folder_without_speech_is_an_error_at_once(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        AudioLibrary(tmp_path)
