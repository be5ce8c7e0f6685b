"""Whatever the bytes are: an answer that fits the file, or NotWav; and the same answer however much is in hand."""

import io
import struct

from hypothesis import given
from hypothesis import strategies as st

from download_client.errors import NotWav
from download_client.wav import WavInfo, Wholeness, inspect_bytes, inspect_open
from mir_sandbox.audio import SPEECH
from tests.wav.build import MU_LAW, PCM16, chunk

LENGTHS = st.one_of(
    st.sampled_from([0, 1, 2, 0x7FFFF000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF]),
    st.integers(0, 400),
    st.integers(0, 0xFFFFFFFF),
)
NAMES = st.one_of(
    st.sampled_from([b"data", b"fmt ", b"fact", b"LIST", b"bext", b"ds64", b"JUNK"]), st.binary(min_size=4, max_size=4)
)
FMTS = st.one_of(
    st.sampled_from([PCM16, MU_LAW]),
    st.binary(max_size=60),
    st.builds(
        lambda tag, channels, rate, align, bits, per_block: struct.pack(
            "<HHIIHHHH", tag, channels, rate, rate * align % 2**32, align, bits, 2, per_block
        ),
        st.sampled_from([1, 2, 3, 6, 7, 0x11, 0x31, 0x83, 0xFFFE]),
        st.integers(0, 3),
        st.sampled_from([0, 1, 8000, 0xFFFFFFFF]),
        st.integers(0, 0xFFFF),
        st.integers(0, 0xFFFF),
        st.integers(0, 0xFFFF),
    ),
)
CHUNKS = st.one_of(
    st.builds(chunk, NAMES, st.binary(max_size=40), length=st.one_of(st.none(), LENGTHS), pad=st.booleans()),
    st.builds(chunk, st.just(b"fmt "), FMTS),
    st.builds(
        chunk, st.just(b"data"), st.binary(max_size=300), length=st.one_of(st.none(), LENGTHS), pad=st.booleans()
    ),
)
FILES = st.builds(
    lambda riff, length, chunks, after: riff + struct.pack("<I", length) + b"WAVE" + b"".join(chunks) + after,
    st.sampled_from([b"RIFF", b"RF64", b"BW64"]),
    LENGTHS,
    st.lists(CHUNKS, max_size=6),
    st.binary(max_size=20),
)
HEADS = [path.read_bytes()[:2000] for path in sorted(SPEECH.glob("*.wav"))]
DAMAGED = st.builds(
    lambda content, at, byte, cut: (content[:at] + byte + content[at + len(byte) :])[:cut],
    st.sampled_from(HEADS),
    st.integers(0, 800),
    st.binary(max_size=8),
    st.integers(0, 2000),
)


def told(content: bytes, *, in_hand: int | None = None, size: int | None = None) -> WavInfo | str | None:
    """The answer as a value that can be compared: for the file, or for so many of its first bytes."""
    try:
        if in_hand is None:
            return inspect_open(io.BytesIO(content))
        return inspect_bytes(content[:in_hand], size=len(content) if size is None else size)
    except NotWav as error:
        return error.detail


@given(st.one_of(FILES, DAMAGED, st.binary(max_size=300)))
def test_the_answer_fits_the_file(content: bytes) -> None:
    info = told(content)
    if not isinstance(info, WavInfo):
        assert info, "a file is a WAV file, or there is a reason"
        return
    assert info.data_offset > 0
    assert 0 <= info.data_bytes <= len(content) - info.data_offset
    assert (info.missing_bytes > 0) == (info.wholeness is Wholeness.TRUNCATED)
    assert info.frames is None or info.frames >= 0
    assert info.duration is None or info.duration >= 0.0
    if info.wholeness is Wholeness.STREAMING:
        assert info.data_offset + info.data_bytes == len(content)


@given(st.one_of(FILES, DAMAGED), st.integers(0, 400))
def test_the_first_bytes_say_nothing_else_than_the_file(content: bytes, in_hand: int) -> None:
    assert told(content, in_hand=in_hand) in (None, told(content))


@given(st.one_of(FILES, DAMAGED))
def test_all_bytes_are_enough(content: bytes) -> None:
    assert told(content, in_hand=len(content)) == told(content)


@given(st.one_of(FILES, DAMAGED), st.integers(0, 2**40))
def test_a_size_that_is_wrong_is_borne(content: bytes, size: int) -> None:
    info = told(content, in_hand=len(content), size=size)
    assert not isinstance(info, WavInfo) or info.data_offset + info.data_bytes <= size


def test_the_recorded_speech_is_where_these_files_come_from() -> None:
    assert len(HEADS) >= 15
    assert all(isinstance(told(path.read_bytes()), WavInfo) for path in SPEECH.glob("*.wav"))
