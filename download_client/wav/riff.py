"""Walks the chunks of a RIFF/WAVE file as far as its sound; it reads no sound and believes no length.

Sources: "Multimedia Programming Interface and Data Specifications 1.0" (RIFF, 1991); RFC 2361; EBU Tech 3306 (RF64)
and ITU-R BS.2088 (BW64) for `ds64`; domain.md "What such WAV files hold in reality".

What recorders do against the books, and what is made of it here:
- data length 0, 0xFFFFFFFF, or the placeholders of sox, LAME and arecord with more bytes following → `STREAMING`;
- RIFF length 0, 0xFFFFFFFF or a placeholder → not looked at, the data length alone counts;
- RIFF length smaller than the data, or bytes after the RIFF's end → the data length counts, the rest is left alone;
- RIFF length that counts itself (8 too many), or the padding byte of an odd last chunk missing → whole all the same;
- odd chunk without its padding byte → found by looking where the next known chunk begins.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, Final

from download_client.errors import NotWav
from download_client.wav.codecs import EXTENSIBLE, codec_name, count_frames
from download_client.wav.info import WavInfo, Wholeness

HEAD_BYTES: Final = 4096
"""How much of a file's beginning is enough for `inspect_bytes` in all but rare cases (large chunks before the sound)."""

_MOST_CHUNKS: Final = 4096
"""Chunks looked at before giving up: a file made of nothing but empty chunks must not keep us for hours."""

_RIFF = struct.Struct("<4sI4s")
_CHUNK = struct.Struct("<4sI")
_FMT = struct.Struct("<HHIIH")
_U16 = struct.Struct("<H")
_U32 = struct.Struct("<I")
_DS64 = struct.Struct("<QQ")
_FMT_MOST: Final = 40

_SUBFORMAT_TAIL: Final = bytes.fromhex("000000001000800000aa00389b71")
"""KSDATAFORMAT_SUBTYPE_*: a GUID whose first two bytes are the format tag."""

_NO_LENGTH: Final = frozenset({0, 0xFFFFFFFF, 0x7FFFF000, 0x7FFFFFFF, 0x80000000})
"""Data lengths written before the end was known: most recorders, ffmpeg, sox, LAME, arecord."""

_UNKNOWN_RIFF_FROM: Final = 0x7FFFF000
"""RIFF lengths from here on belong to a placeholder (data placeholder plus header); real files of 2 GB hold their data
length to account instead."""

_KNOWN_CHUNKS: Final = frozenset(
    {b"data", b"fmt ", b"fact", b"LIST", b"bext", b"PEAK", b"cue ", b"JUNK", b"junk", b"PAD ", b"FLLR", b"iXML", b"id3 ",
     b"smpl", b"inst", b"cart", b"_PMX", b"chna", b"axml", b"levl", b"DISP", b"slnt", b"plst", b"adtl"}
)  # fmt: skip

_Reader = Callable[[int, int], bytes]
"""(offset, at most so many bytes) → what is there."""


def inspect(path: Path) -> WavInfo:
    """Read a file's header and hold it against the file. Raises `NotWav`, or OSError as the file system says."""
    with path.open("rb", buffering=0) as file:
        try:
            return inspect_open(file)
        except NotWav as error:
            raise NotWav(error.detail, subject=str(path)) from None


def inspect_open(file: BinaryIO) -> WavInfo:
    """The same for a file that is open for reading in binary; its position is moved. Raises `NotWav`, OSError."""
    size = file.seek(0, 2)

    def read_at(offset: int, length: int) -> bytes:
        file.seek(offset)
        return file.read(length)

    return _walked(read_at(0, HEAD_BYTES), size, read_at)


def inspect_bytes(head: bytes | bytearray | memoryview, *, size: int) -> WavInfo | None:
    """Prove a file of `size` bytes from its first bytes in hand; None: they do not reach far enough, so use `inspect`.

    Costs a few microseconds and opens nothing. Never answers otherwise than `inspect` would for the whole file.
    Raises `NotWav`.
    """
    return _walk(head, size, None)


def _walked(head: bytes, size: int, read_at: _Reader) -> WavInfo:
    info = _walk(head, size, read_at)
    if info is None:
        # Only without a reader can the bytes run out: here the file shrank while it was being read.
        raise NotWav("the file changed while it was read")
    return info


def _walk(buffer: bytes | bytearray | memoryview, size: int, read_at: _Reader | None) -> WavInfo | None:
    """The walk itself, over a window of the file that begins at `base`; None where it would have to leave it."""
    base = 0
    reach = len(buffer)
    if reach < 12:
        if size > reach:
            return None
        raise NotWav(_what_instead(buffer))
    riff, riff_length, form = _RIFF.unpack_from(buffer)
    if form != b"WAVE" or (riff != b"RIFF" and riff != b"RF64" and riff != b"BW64"):  # noqa: PLR1714
        raise NotWav(_what_instead(buffer))

    wide: tuple[int, int] | None = None
    fmt_at = fmt_length = 0
    fields: tuple[int, int, int, int, int] | None = None
    bits = 0
    extension = b""
    fact: int | None = None
    position = 12
    for _ in range(_MOST_CHUNKS):
        body = position + 8
        if body > size:
            raise NotWav(f"it ends at byte {size}, before any sound")
        if body + _FMT_MOST > base + reach and base + reach < size:
            if read_at is None:
                if body > reach:
                    return None
            else:
                buffer = read_at(position, HEAD_BYTES)
                base = position
                reach = len(buffer)
                if reach < 8:
                    return None
        chunk, length = _CHUNK.unpack_from(buffer, position - base)
        if chunk == b"data":
            break
        if chunk == b"fmt " and fields is None:
            fmt_at = body - base
            fmt_length = min(length, _FMT_MOST)
            if length < 14:
                raise NotWav(f"its fmt chunk has {length} bytes, fewer than any format needs")
            if body + fmt_length > size:
                raise NotWav(f"it ends at byte {size}, inside its fmt chunk")
            if fmt_at + fmt_length > reach:
                return None
            fields = _FMT.unpack_from(buffer, fmt_at)
            if fmt_length >= 16:
                (bits,) = _U16.unpack_from(buffer, fmt_at + 14)
            if fmt_length > 18:
                extension = bytes(buffer[fmt_at + 18 : fmt_at + fmt_length])
        elif chunk == b"fact" and length >= 4 and fact is None:
            if body + 4 <= base + reach:
                (fact,) = _U32.unpack_from(buffer, body - base)
            elif body + 4 <= size:
                return None
        elif chunk == b"ds64" and length >= 16 and riff != b"RIFF":
            if body + 16 <= base + reach:
                wide = _DS64.unpack_from(buffer, body - base)
            elif body + 16 <= size:
                return None
        position = body + length
        if length & 1:
            after = _after_odd(buffer, position, base=base, size=size, read_at=read_at)
            if after is None:
                return None
            position = after
    else:
        raise NotWav(f"it has more than {_MOST_CHUNKS} chunks before any sound")
    if fields is None:
        raise NotWav("its sound comes before its fmt chunk")
    ...
    raise NotImplementedError
