"""Headers as recorders write them, and as they should not."""

import io
import struct
from pathlib import Path

import pytest

from download_client.errors import NotWav
from download_client.wav import HEAD_BYTES, WavInfo, Wholeness, inspect, inspect_bytes, inspect_open
from tests.wav.build import MU_LAW, PCM16, chunk, proven, wav

FMT = chunk(b"fmt ", PCM16)
SOUND = bytes(range(200))
HEADER = 44
"""Bytes before the sound in the shortest PCM file."""


def test_says_what_the_header_says() -> None:
    info = proven(wav(FMT, chunk(b"data", SOUND)))
    assert info == WavInfo(
        format_tag=1,
        codec="PCM",
        sample_rate=8000,
        channels=1,
        bits_per_sample=16,
        block_align=2,
        block_frames=1,
        data_offset=HEADER,
        data_bytes=200,
        frames=100,
        duration=0.0125,
        wholeness=Wholeness.WHOLE,
        missing_bytes=0,
    )


@pytest.mark.parametrize(
    "before",
    [
        chunk(b"LIST", b"INFOISFT\4\0\0\0sox\0"),
        chunk(b"bext", bytes(602)),
        chunk(b"JUNK", bytes(28)) + chunk(b"odd ", b"odd"),
        chunk(b"LIST", b"odd", pad=False),
        chunk(b"fact", struct.pack("<I", 100)) + chunk(b"PEAK", bytes(16)),
        chunk(b"\0\xff\x01 ", b"what is this"),
    ],
    ids=["LIST", "bext", "odd", "odd without padding", "fact and PEAK", "not even a name"],
)
def test_passes_over_other_chunks(before: bytes) -> None:
    for chunks in ((before, FMT), (FMT, before)):
        content = wav(*chunks, chunk(b"data", SOUND), chunk(b"LIST", b"INFO"))
        info = proven(content)
        assert (info.data_bytes, info.frames, info.wholeness) == (200, 100, Wholeness.WHOLE)
        assert content[info.data_offset :].startswith(SOUND)


def test_a_padding_byte_may_be_anything() -> None:
    padded = chunk(b"LIST", b"odd", pad=False) + b"!"
    assert proven(wav(padded, FMT, chunk(b"data", SOUND))).data_bytes == 200


@pytest.mark.parametrize(
    ("chunks", "claims", "after"),
    [
        ((FMT, chunk(b"data", SOUND)), 236 + 8, b""),
        ((FMT, chunk(b"data", SOUND)), 20, b""),
        ((FMT, chunk(b"data", SOUND)), 0, b""),
        ((FMT, chunk(b"data", SOUND)), 0xFFFFFFFF, b""),
        ((FMT, chunk(b"data", SOUND)), 0x7FFFF024, b""),
        ((FMT, chunk(b"data", SOUND)), None, b"more bytes after the end"),
        ((FMT, chunk(b"data", SOUND[:199])), None, b""),
        ((FMT, chunk(b"data", SOUND[:199], pad=False)), None, b""),
        ((FMT, chunk(b"data", SOUND[:199], pad=False)), 236, b""),
        ((FMT, chunk(b"data", SOUND[:199], pad=False), chunk(b"LIST", b"INFO")), None, b""),
    ],
    ids=[
        "RIFF length counts its own header",
        "RIFF length too small",
        "RIFF length 0",
        "RIFF length unknown",
        "RIFF length of a stream",
        "bytes after the end",
        "odd sound",
        "odd sound without padding",
        "odd sound, padding counted but not there",
        "odd sound without padding, then a chunk",
    ],
)
def test_sound_that_is_all_there_is_whole(chunks: tuple[bytes, ...], claims: int | None, after: bytes) -> None:
    info = proven(wav(*chunks, length=claims, after=after))
    assert (info.wholeness, info.missing_bytes) == (Wholeness.WHOLE, 0)
    assert info.data_bytes in (199, 200)


@pytest.mark.parametrize("claimed", [0, 0xFFFFFFFF, 0x7FFFF000, 0x7FFFFFFF, 0x80000000])
@pytest.mark.parametrize("riff", [0, 36, 0xFFFFFFFF, 0x7FFFF024, None])
def test_a_header_without_length_means_the_rest_of_the_file(claimed: int, riff: int | None) -> None:
    info = proven(wav(FMT, chunk(b"data", SOUND, length=claimed), length=riff))
    assert (info.wholeness, info.data_bytes, info.missing_bytes) == (Wholeness.STREAMING, 200, 0)
    assert info.duration == 0.0125


def test_a_file_is_truncated_by_as_much_as_its_header_promises_more() -> None:
    content = wav(FMT, chunk(b"data", SOUND), chunk(b"LIST", b"INFO"))
    for cut in range(1, len(content) - HEADER + 1):
        info = proven(content[:-cut])
        assert (info.wholeness, info.missing_bytes) == (Wholeness.TRUNCATED, cut)
        assert info.data_bytes == min(200, len(content) - cut - HEADER)


def test_one_byte_too_few_is_forgiven_only_where_it_is_padding() -> None:
    info = proven(wav(FMT, chunk(b"data", SOUND), length=237))
    assert (info.wholeness, info.missing_bytes) == (Wholeness.TRUNCATED, 1)


def test_two_gigabytes_are_sound_where_they_are_there() -> None:
    """A length that streams use as a placeholder can be the truth."""
    head = wav(FMT, chunk(b"data", b"", length=0x7FFFF000), length=0x7FFFF024)
    info = inspect_bytes(head, size=HEADER + 0x7FFFF000 + 12)
    assert info is not None
    assert (info.wholeness, info.data_bytes) == (Wholeness.WHOLE, 0x7FFFF000)


def test_a_file_cut_at_its_first_sound_is_truncated_and_empty() -> None:
    info = proven(wav(FMT, chunk(b"data", SOUND))[:HEADER])
    assert (info.data_bytes, info.frames, info.wholeness, info.missing_bytes) == (0, 0, Wholeness.TRUNCATED, 200)


@pytest.mark.parametrize("after", [b"", chunk(b"LIST", b"INFO"), chunk(b"odd ", b"odd") + chunk(b"id3 ", b"odd")])
def test_no_sound_is_not_a_stream(after: bytes) -> None:
    info = proven(wav(FMT, chunk(b"data", b""), after))
    assert (info.data_bytes, info.duration, info.wholeness) == (0, 0.0, Wholeness.WHOLE)


def test_no_sound_and_bytes_after_the_end_is_not_a_stream() -> None:
    info = proven(wav(FMT, chunk(b"data", b""), chunk(b"LIST", b"INFO"), after=bytes(100)))
    assert (info.data_bytes, info.wholeness) == (0, Wholeness.WHOLE)


@pytest.mark.parametrize("riff", [b"RF64", b"BW64"])
def test_lengths_beyond_4_gb_stand_in_ds64(riff: bytes) -> None:
    def made(*, sound: int, whole: int, claimed: int = 0xFFFFFFFF) -> bytes:
        ds64 = struct.pack("<QQQI", whole, sound, sound // 2, 0)
        return wav(chunk(b"ds64", ds64), FMT, chunk(b"data", b"", length=claimed), riff=riff, length=0xFFFFFFFF)

    head = made(sound=6_000_000_000, whole=6_000_000_072)
    info = inspect_bytes(head, size=6_000_000_080)
    assert info is not None
    assert (info.data_bytes, info.wholeness, info.frames) == (6_000_000_000, Wholeness.WHOLE, 3_000_000_000)
    cut = inspect_bytes(head, size=5_000_000_080)
    assert cut is not None
    assert (cut.data_bytes, cut.wholeness, cut.missing_bytes) == (5_000_000_000, Wholeness.TRUNCATED, 1_000_000_000)
    stream = inspect_bytes(made(sound=0, whole=0), size=5_000_000_080)
    assert stream is not None
    assert (stream.data_bytes, stream.wholeness) == (5_000_000_000, Wholeness.STREAMING)
    small = inspect_bytes(made(sound=0, whole=0, claimed=200), size=280)
    assert small is not None
    assert (small.data_bytes, small.wholeness) == (200, Wholeness.WHOLE)


@pytest.mark.parametrize(
    ("fmt", "expected"),
    [
        (PCM16[:14], ("PCM", 0, 200)),
        (PCM16, ("PCM", 16, 100)),
        (MU_LAW, ("G.711 mu-law", 8, 200)),
        (struct.pack("<HHIIHHHHI", 0xFFFE, 1, 8000, 16000, 2, 16, 22, 16, 4) + bytes(16), ("0xFFFE", 16, None)),
        (
            struct.pack("<HHIIHHHHIH", 0xFFFE, 1, 8000, 16000, 2, 16, 22, 16, 4, 6)
            + bytes.fromhex("000000001000800000aa00389b71"),
            ("G.711 A-law", 16, 100),
        ),
        (struct.pack("<HHIIHHHH", 0x83, 1, 8000, 1000, 10, 0, 2, 80), ("G.729", 0, 1600)),
        (struct.pack("<HHIIHHH", 0x1234, 1, 8000, 1000, 10, 0, 0), ("0x1234", 0, None)),
    ],
    ids=["14", "16", "18", "40 of no known kind", "40", "G.729", "unknown tag"],
)
def test_fmt_of_every_length(fmt: bytes, expected: tuple[str, int, int | None]) -> None:
    if fmt == PCM16[:14]:
        fmt = struct.pack("<HHIIH", 1, 1, 8000, 8000, 1)
    info = proven(wav(chunk(b"fmt ", fmt), chunk(b"data", SOUND)))
    assert (info.codec, info.bits_per_sample, info.frames) == expected


def test_duration_without_a_codec_s_arithmetic_comes_from_the_bytes_per_second() -> None:
    fmt = struct.pack("<HHIIHHH", 0x1234, 1, 8000, 1000, 10, 0, 0)
    assert proven(wav(chunk(b"fmt ", fmt), chunk(b"data", SOUND))).duration == 0.2


def test_impossible_numbers_give_no_duration_rather_than_a_wrong_one() -> None:
    info = proven(wav(chunk(b"fmt ", bytes(16)), chunk(b"data", SOUND)))
    assert (info.codec, info.frames, info.duration) == ("0x0000", None, None)
    info = proven(wav(chunk(b"fmt ", struct.pack("<HHIIHH", 17, 0, 0, 0, 0, 4)), chunk(b"data", SOUND)))
    assert (info.codec, info.frames, info.duration) == ("IMA ADPCM", None, None)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "it is empty"),
        (b"RIFF", "it ends at byte 4, inside its header"),
        (b'{"error": "token expired"}', "JSON"),
        (b"\xef\xbb\xbf\r\n<!DOCTYPE html><title>Sign in</title>", "HTML"),
        (b"ID3\3" + bytes(100), "MP3"),
        (b"\x1f\x8b" + bytes(100), "gzip"),
        (bytes(100), "does not begin as a WAV file does"),
        (wav(FMT, chunk(b"data", SOUND), riff=b"RIFX"), "big-endian"),
        (wav(FMT, chunk(b"data", SOUND)).replace(b"WAVE", b"AVI "), "not of the WAVE form"),
        (wav(FMT), "it ends at byte 36, before any sound"),
        (wav(FMT)[:30], "it ends at byte 30, inside its header"),
        (wav(chunk(b"data", SOUND), FMT), "no fmt chunk before its sound"),
        (wav(chunk(b"fmt ", PCM16[:13]), chunk(b"data", SOUND)), "13 bytes"),
        (wav(chunk(b"JUNK", b"", length=0xFFFFFFF0), FMT), "before any sound"),
        (wav(*[chunk(b"JUNK", b"")] * 5000, FMT, chunk(b"data", SOUND)), "more than 4096 chunks"),
    ],
)
def test_what_is_not_wav_is_named(content: bytes, said: str, tmp_path: Path) -> None:
    with pytest.raises(NotWav, match=said):
        inspect_bytes(content, size=len(content))
    path = tmp_path / "recording.wav"
    path.write_bytes(content)
    with pytest.raises(NotWav, match=said) as caught:
        inspect(path)
    assert caught.value.subject == str(path)


def test_far_sound_needs_the_file(tmp_path: Path) -> None:
    content = wav(chunk(b"LIST", bytes(3_000_001)), FMT, chunk(b"bext", bytes(9_999)), chunk(b"data", SOUND))
    assert inspect_bytes(content[:HEAD_BYTES], size=len(content)) is None
    path = tmp_path / "recording.wav"
    path.write_bytes(content)
    assert inspect(path) == proven(content)
    assert inspect(path).data_offset == len(content) - 200


def test_a_long_recording_is_proven_from_its_head_alone() -> None:
    class Watched(io.BytesIO):
        most = 0

        def read(self, size: int | None = -1, /) -> bytes:
            assert size is not None
            assert 0 <= size <= HEAD_BYTES
            self.most = max(self.most, self.tell() + size)
            return super().read(size)

    content = wav(FMT, chunk(b"data", bytes(5_000_000)), chunk(b"LIST", b"INFO"))
    file = Watched(content)
    assert inspect_open(file).data_bytes == 5_000_000
    assert file.most == HEAD_BYTES
    assert inspect_bytes(content[:HEADER], size=len(content)) == proven(content)
    assert inspect_bytes(content[: HEADER - 1], size=len(content)) is None


def test_a_directory_is_the_file_system_s_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"directory|denied"):
        inspect(tmp_path)
