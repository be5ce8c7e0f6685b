"""Walks the chunks of a RIFF/WAVE file as far as its sound; it reads no sound and believes no length.

Sources: "Multimedia Programming Interface and Data Specifications 1.0" (RIFF, 1991); RFC 2361; EBU Tech 3306 (RF64)
and ITU-R BS.2088 (BW64) for `ds64`; domain.md "What such WAV files hold in reality".

What recorders do against the books, and what is made of it here:

- data length 0, 0xFFFFFFFF or a placeholder of sox, LAME or arecord, and more bytes follow → `STREAMING`;
- RIFF length 0, 0xFFFFFFFF or a placeholder → not looked at, the data length alone counts;
- RIFF length too small, or bytes after the RIFF's end → the data length counts, the rest is left alone;
- RIFF length that counts its own 8 bytes, or no padding byte after odd sound at the end → whole all the same;
- an odd chunk without its padding byte → seen by where the next known chunk begins.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from io import FileIO
from pathlib import Path
from typing import BinaryIO, Final

from download_client.errors import NotWav
from download_client.wav.codecs import FMT_LEAST, FMT_MOST, codec_name, count_frames, frames_of_block, read_format
from download_client.wav.info import WavInfo, Wholeness
from download_client.wav.long_path import openable

HEAD_BYTES: Final = 4096
"""How much of a file's beginning is enough for `inspect_bytes`, unless large chunks come before the sound."""

_MOST_CHUNKS: Final = 4096
"""Chunks looked at before giving up: a file made of nothing but empty chunks must not keep us for hours."""

_RIFF: Final = struct.Struct("<4sI4s")
_CHUNK: Final = struct.Struct("<4sI")
_FACT: Final = struct.Struct("<I")
_DS64: Final = struct.Struct("<QQ")

_UNKNOWN: Final = 0xFFFFFFFF
_PLACEHOLDERS: Final = frozenset({0x7FFFF000, 0x7FFFFFFF, 0x80000000})
"""Data lengths that sox, LAME and arecord write into a stream whose end they do not know."""
_UNKNOWN_RIFF_FROM: Final = 0x7FFFF000
"""From here on a RIFF length may be a placeholder plus the header; files that large are held to their data length."""
_UNKNOWN_WIDE_FROM: Final = 1 << 63

_KNOWN_CHUNKS: Final = frozenset(
    {b"data", b"fmt ", b"fact", b"LIST", b"bext", b"PEAK", b"cue ", b"JUNK", b"junk", b"PAD ", b"FLLR", b"iXML",
     b"id3 ", b"smpl", b"inst", b"cart", b"levl"}
)  # fmt: skip
_TELLING: Final = (
    (b"RIFX", "it is a big-endian RIFX file, which is not supported"),
    (b"RIFF", "it is a RIFF file, but not of the WAVE form"),
    (b"riff", "it is a Sony Wave64 file, which is not supported"),
    (b"OggS", "it is an Ogg file"),
    (b"fLaC", "it is a FLAC file"),
    (b"ID3", "it is an MP3 file"),
    (b"\x1f\x8b", "it is gzip data"),
    (b"PK\x03\x04", "it is a ZIP file"),
    (b"{", "it looks like JSON"),
    (b"<", "it looks like HTML or XML"),
)


class _Window:
    """The bytes of a file that are in hand. Moves on where the file can be read."""

    __slots__ = ("_base", "_bytes", "_read_at")

    def __init__(self, head: bytes, read_at: Callable[[int, int], bytes] | None) -> None:
        self._bytes = head
        self._base = 0
        self._read_at = read_at

    def at(self, position: int, length: int) -> tuple[bytes, int] | None:
        """A buffer and where in it the `length` bytes at `position` of the file begin; None: not in hand."""
        index = position - self._base
        if index >= 0 and index + length <= len(self._bytes):
            return self._bytes, index
        if self._read_at is None:
            return None
        self._bytes = self._read_at(position, HEAD_BYTES)
        self._base = position
        return (self._bytes, 0) if length <= len(self._bytes) else None


def inspect(path: Path) -> WavInfo:
    """Read a file's header and hold it against the file. Raises `NotWav`, or OSError as the file system says."""
    with FileIO(openable(str(path))) as file:
        try:
            return inspect_open(file)
        except NotWav as error:
            raise NotWav(error.detail, subject=str(path)) from None


def inspect_open(file: BinaryIO) -> WavInfo:
    """The same for a file open for reading in binary, whose position is moved. Raises `NotWav`, OSError."""
    size = file.seek(0, 2)

    def read_at(offset: int, length: int) -> bytes:
        file.seek(offset)
        return file.read(length)

    info = _walk(_Window(read_at(0, HEAD_BYTES), read_at), size=size)
    if info is None:
        raise NotWav("it changed while it was read")
    return info


def inspect_bytes(head: bytes, *, size: int) -> WavInfo | None:
    """Prove a file of `size` bytes from its first bytes in hand; None: they do not reach far enough, use `inspect`.

    Costs a few microseconds and opens nothing. Never answers other than `inspect` would for the whole file.
    Raises `NotWav`.
    """
    return _walk(_Window(head, None), size=size)


def _walk(window: _Window, *, size: int) -> WavInfo | None:
    """From chunk to chunk as far as the sound; None where the window cannot follow."""
    found = window.at(0, min(size, _RIFF.size))
    if found is None:
        return None
    buffer, _ = found
    if size < _RIFF.size:
        raise NotWav(_what_instead(buffer, size=size))
    riff, riff_length, form = _RIFF.unpack_from(buffer)
    if form != b"WAVE" or riff not in (b"RIFF", b"RF64", b"BW64"):
        raise NotWav(_what_instead(buffer, size=size))
    wide = riff != b"RIFF"
    riff_end = None if riff_length == 0 or riff_length >= _UNKNOWN_RIFF_FROM else riff_length + 8

    fmt: bytes | None = None
    fact: int | None = None
    wide_length: int | None = None
    position = _RIFF.size
    for _ in range(_MOST_CHUNKS):
        body = position + _CHUNK.size
        if body > size:
            raise NotWav(f"it ends at byte {size}, before any sound")
        found = window.at(position, _CHUNK.size)
        if found is None:
            return None
        chunk, length = _CHUNK.unpack_from(*found)
        if chunk == b"data":
            break
        wanted = 0
        if chunk == b"fmt " and fmt is None:
            wanted = min(FMT_MOST, length)
        elif chunk == b"fact" or (chunk == b"ds64" and wide):
            wanted = min(_DS64.size, length)
        if wanted:
            if body + wanted > size:
                raise NotWav(f"it ends at byte {size}, inside its header")
            found = window.at(body, wanted)
            if found is None:
                return None
            buffer, index = found
            if chunk == b"fmt ":
                fmt = bytes(buffer[index : index + wanted])
            elif chunk == b"fact" and wanted >= _FACT.size:
                (fact,) = _FACT.unpack_from(buffer, index)
            elif chunk == b"ds64" and wanted >= _DS64.size:
                riff_length, wide_length = _DS64.unpack_from(buffer, index)
                riff_end = None if riff_length == 0 or riff_length >= _UNKNOWN_WIDE_FROM else riff_length + 8
        position = body + length
        if length & 1:
            padded = _skip_padding(window, position, size=size)
            if padded is None:
                return None
            position = padded
    else:
        raise NotWav(f"it has more than {_MOST_CHUNKS} chunks before any sound")
    if fmt is None:
        raise NotWav("it has no fmt chunk before its sound")
    if len(fmt) < FMT_LEAST:
        raise NotWav(f"its fmt chunk has {len(fmt)} bytes, fewer than any format needs")
    if wide_length is not None and length == _UNKNOWN:
        length = _UNKNOWN if wide_length == 0 or wide_length >= _UNKNOWN_WIDE_FROM else wide_length
        wide_known = length == wide_length
    else:
        wide_known = False
    extent = _extent(window, offset=body, length=length, exact=wide_known, riff_end=riff_end, size=size)
    if extent is None:
        return None
    return _described(fmt, fact, offset=body, extent=extent)


def _extent(
    window: _Window, *, offset: int, length: int, exact: bool, riff_end: int | None, size: int
) -> tuple[int, Wholeness, int] | None:
    """(bytes of sound, wholeness, missing bytes) for sound at `offset`; None where the window cannot follow.

    `exact`: the length comes from `ds64` and is meant, whatever its value.
    """
    there = size - offset
    overrun = 0 if riff_end is None else riff_end - size
    if length == 0 and there > 0 and overrun <= 0:
        # Either a recording without sound that is followed by other chunks, or a header that was never completed.
        empty = _only_chunks(window, offset, riff_end=riff_end, size=size)
        if empty is None:
            return None
        return (0, Wholeness.WHOLE, 0) if empty else (there, Wholeness.STREAMING, 0)
    unknown = not exact and (length == _UNKNOWN or (length in _PLACEHOLDERS and length > there))
    if unknown:
        return (there, Wholeness.STREAMING, 0) if overrun <= 0 else (there, Wholeness.TRUNCATED, overrun)
    if length > there:
        return there, Wholeness.TRUNCATED, max(length - there, overrun)
    rest = there - length
    if overrun <= 0 or (overrun == 1 and rest == 0 and length & 1) or (overrun == _CHUNK.size and rest <= length & 1):
        return length, Wholeness.WHOLE, 0
    return length, Wholeness.TRUNCATED, overrun


def _only_chunks(window: _Window, position: int, *, riff_end: int | None, size: int) -> bool | None:
    """Whether the bytes from `position` on are chunks up to the RIFF's end or the file's; None: cannot follow."""
    for _ in range(_MOST_CHUNKS):
        if position + _CHUNK.size > size:
            return False
        found = window.at(position, _CHUNK.size)
        if found is None:
            return None
        chunk, length = _CHUNK.unpack_from(*found)
        if not (chunk.isascii() and chunk.decode("ascii").isprintable()):
            return False
        position += _CHUNK.size + length
        if position in (size, riff_end) or (length & 1 and position + 1 in (size, riff_end)):
            return True
        position += length & 1
    return False


def _skip_padding(window: _Window, position: int, *, size: int) -> int | None:
    """Where the next chunk begins after one of odd length that ends at `position`; None: cannot follow."""
    if position + 4 > size:
        return position + 1
    found = window.at(position, 4)
    if found is None:
        return None
    buffer, index = found
    # No known name begins with the end of another, so a padding byte cannot be taken for the beginning of one.
    return position if buffer[index : index + 4] in _KNOWN_CHUNKS else position + 1


def _described(fmt: bytes, untrusted_fact: int | None, *, offset: int, extent: tuple[int, Wholeness, int]) -> WavInfo:
    data_bytes, wholeness, missing = extent
    form = read_format(fmt)
    frames = count_frames(form, untrusted_fact=untrusted_fact, data_bytes=data_bytes)
    duration: float | None = None
    if frames is not None and form.sample_rate:
        duration = frames / form.sample_rate
    elif form.bytes_per_second:
        duration = data_bytes / form.bytes_per_second
    return WavInfo(
        form.tag,
        codec_name(form.tag),
        form.sample_rate,
        form.channels,
        form.bits_per_sample,
        form.block_align,
        offset,
        data_bytes,
        frames,
        duration,
        wholeness,
        missing,
        frames_of_block(form),
    )


def _what_instead(head: bytes, *, size: int) -> str:
    """What a file that is not WAV seems to be, without showing any of it."""
    if size == 0:
        return "it is empty"
    if size < _RIFF.size and b"RIFF".startswith(head[:4]):
        return f"it ends at byte {size}, inside its header"
    text = head[:12].lstrip(b"\xef\xbb\xbf \t\r\n")
    return next((what for magic, what in _TELLING if text.startswith(magic)), "it does not begin as a WAV file does")
