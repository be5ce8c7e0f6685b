"""The recorded speech as its encoders wrote it: header, sound, and how the two grow; it trusts the files it reads.

A clip's header is kept byte for byte, chunks before the sound included; only lengths are written anew for a longer or
shorter recording.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

_CHUNK = struct.Struct("<4sI")
_FMT = struct.Struct("<HHIIHH")
_U16 = struct.Struct("<H")
_U32 = struct.Struct("<I")
_TAGS_WITH_BLOCKS = frozenset({0x0002, 0x0011, 0x0031})
"""MS ADPCM, IMA ADPCM, GSM 6.10: `fmt ` says at its byte 18 how many samples a block holds."""
_EXTENSIBLE = 0xFFFE


@dataclass(frozen=True, slots=True)
class Clip:
    """One file of recorded speech."""

    header: bytes
    """Everything before the first byte of sound."""
    sound: bytes
    """Whole blocks."""
    fact_at: int | None
    """Where in the header the `fact` chunk's count lies."""
    format_tag: int
    sample_rate: int
    channels: int
    bits_per_sample: int
    block: int
    """Bytes per block."""
    samples: int
    """Samples per channel and block."""

    @classmethod
    def load(cls, path: Path) -> Clip:
        """Read a file of the speech folder."""
        return cls.parse(path.read_bytes())

    @classmethod
    def parse(cls, content: bytes) -> Clip:
        """From a whole file; its sound reaches to the data chunk's end or, where that has no length, to the file's."""
        fact_at: int | None = None
        fmt = b""
        position = 12
        while True:
            name, length = _CHUNK.unpack_from(content, position)
            position += _CHUNK.size
            if name == b"data":
                break
            if name == b"fmt ":
                fmt = content[position : position + length]
            if name == b"fact":
                fact_at = position
            position += length + (length & 1)
        tag, channels, sample_rate, _, block, bits = _FMT.unpack_from(fmt)
        samples = _U16.unpack_from(fmt, 18)[0] if tag in _TAGS_WITH_BLOCKS else 1
        if tag == _EXTENSIBLE:
            tag = _U16.unpack_from(fmt, 24)[0]
        there = min(length, len(content) - position) if length else len(content) - position
        return cls(
            header=content[:position],
            sound=content[position : position + there - there % block],
            fact_at=fact_at,
            format_tag=tag,
            sample_rate=sample_rate,
            channels=channels,
            bits_per_sample=bits,
            block=block,
            samples=samples,
        )

    def header_for(self, *, sound_bytes: int, after_bytes: int) -> bytes:
        """The header of a file with so many bytes of sound, and after them so many of padding and other chunks."""
        header = bytearray(self.header)
        _U32.pack_into(header, 4, len(header) - 8 + sound_bytes + after_bytes)
        _U32.pack_into(header, len(header) - 4, sound_bytes)
        if self.fact_at is not None:
            _U32.pack_into(header, self.fact_at, sound_bytes // self.block * self.samples)
        return bytes(header)


def g729_clip() -> Clip:
    """Speech nobody's player plays: no free encoder writes G.729, so its frames are noise under the right tag."""
    fmt = struct.pack("<HHIIHHHH", 0x0083, 1, 8000, 1000, 10, 0, 2, 80)
    header = b"RIFF\0\0\0\0WAVE" + _CHUNK.pack(b"fmt ", len(fmt)) + fmt + _CHUNK.pack(b"fact", 4) + bytes(4)
    noise = bytes((index * index * 31 + index * 7) >> 3 & 0xFF for index in range(8_000))
    header += _CHUNK.pack(b"data", len(noise))
    return Clip(
        header=header,
        sound=noise,
        fact_at=40,
        format_tag=0x0083,
        sample_rate=8000,
        channels=1,
        bits_per_sample=0,
        block=10,
        samples=80,
    )
