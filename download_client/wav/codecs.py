"""The codecs of recorded telephone calls: their names and how many samples their bytes hold; it decodes none of them.

Tags: RFC 2361 and mmreg.h. Block arithmetic: "Multimedia Standards Update" (Microsoft, 1994) for the two ADPCMs;
RFC 2361 appendix A for GSM 6.10 (65 bytes hold two frames, 320 samples); RFC 3551 section 4.5.6 for G.729 (10 bytes, 80).
"""

from __future__ import annotations

import struct
from typing import Final

PCM: Final = 0x0001
MS_ADPCM: Final = 0x0002
IEEE_FLOAT: Final = 0x0003
A_LAW: Final = 0x0006
MU_LAW: Final = 0x0007
IMA_ADPCM: Final = 0x0011
GSM_610: Final = 0x0031
G729: Final = 0x0083
EXTENSIBLE: Final = 0xFFFE

_NAMES: Final = {
    PCM: "PCM",
    MS_ADPCM: "MS ADPCM",
    IEEE_FLOAT: "IEEE float",
    A_LAW: "G.711 A-law",
    MU_LAW: "G.711 mu-law",
    IMA_ADPCM: "IMA ADPCM",
    0x0014: "G.723 ADPCM",
    GSM_610: "GSM 6.10",
    0x0040: "G.721 ADPCM",
    0x0042: "G.723.1",
    0x0045: "G.726 ADPCM",
    0x0050: "MPEG",
    0x0055: "MP3",
    0x0064: "G.726 ADPCM",
    0x0065: "G.722 ADPCM",
    G729: "G.729",
    0x028F: "G.722 ADPCM",
    0x0270: "Sonarc",
    0x704F: "Opus",
    0xA109: "Speex",
}

_SAMPLES_PER_BLOCK = struct.Struct("<H")
_SAMPLES_PER_BLOCK_AT: Final = 18
"""Where `fmt ` holds wSamplesPerBlock, for the codecs that have it."""


def codec_name(format_tag: int) -> str:
    """The codec's name for people; a tag without a name here as "0x1234"."""
    return _NAMES.get(format_tag) or f"0x{format_tag:04X}"


def count_frames(
    *,
    format_tag: int,
    channels: int,
    bits_per_sample: int,
    block_align: int,
    untrusted_extension: bytes,
    untrusted_fact: int | None,
    data_bytes: int,
) -> int | None:
    """Samples per channel in so many bytes of sound, or None where the codec's arithmetic is not known.

    `untrusted_extension` is the `fmt ` chunk from its byte 18 on; `untrusted_fact` the `fact` chunk's count, believed
    only where it lies within the last block (the padding of an encoder), since many writers put other numbers there.
    """
    if format_tag == PCM or format_tag == IEEE_FLOAT:  # noqa: PLR1714  (the common case, twice as quick as `in`)
        align = block_align or channels * ((bits_per_sample + 7) // 8)
        return data_bytes // align if align else None
    if format_tag in (A_LAW, MU_LAW):
        align = block_align or channels
        return data_bytes // align if align else None
    block = _block(
        format_tag=format_tag, channels=channels, block_align=block_align, untrusted_extension=untrusted_extension
    )
    if block is None:
        return None
    align, samples = block
    frames = data_bytes // align * samples + _partial_block(
        format_tag=format_tag, channels=channels, rest=data_bytes % align
    )
    if untrusted_fact is not None and 0 <= frames - untrusted_fact < samples:
        return untrusted_fact
    return frames


def _block(
    *, format_tag: int, channels: int, block_align: int, untrusted_extension: bytes
) -> tuple[int, int] | None:
    """(bytes, samples per channel) of one block; None where the header allows none."""
    if format_tag == GSM_610:
        return 65, 320
    if format_tag == G729:
        return 10 * max(channels, 1), 80
    header = {IMA_ADPCM: 4 * channels, MS_ADPCM: 7 * channels}.get(format_tag)
    if not header or block_align <= header:
        return None
    most = _partial_block(format_tag=format_tag, channels=channels, rest=block_align)
    if len(untrusted_extension) >= _SAMPLES_PER_BLOCK.size:
        (samples,) = _SAMPLES_PER_BLOCK.unpack_from(untrusted_extension)
        if 0 < samples <= most:
            return block_align, samples
    return block_align, most


def _partial_block(*, format_tag: int, channels: int, rest: int) -> int:
    """Samples per channel in the first `rest` bytes of an ADPCM block; the other codecs have no partial blocks."""
    if format_tag == IMA_ADPCM:
        # A preamble of 4 bytes a channel holds one sample, then words of 4 bytes a channel hold 8.
        return (rest // (4 * channels) - 1) * 8 + 1 if rest >= 4 * channels else 0
    if format_tag == MS_ADPCM:
        # A preamble of 7 bytes a channel holds two samples, then every half byte one.
        return (rest - 7 * channels) * 2 // channels + 2 if rest >= 7 * channels else 0
    return 0
