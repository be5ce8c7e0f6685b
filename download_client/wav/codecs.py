"""The codecs of recorded telephone calls: their names and how many samples their bytes hold; it decodes none of them.

Tags: RFC 2361 and mmreg.h. Block arithmetic: "Multimedia Standards Update" (Microsoft, 1994) for the two ADPCMs;
RFC 2361 appendix A for GSM 6.10 (65 bytes hold two frames, 320 samples); RFC 3551 section 4.5.6 for G.729 (10 bytes
hold 80).
"""

from __future__ import annotations

import struct
from functools import lru_cache
from typing import Final, NamedTuple

PCM: Final = 0x0001
MS_ADPCM: Final = 0x0002
IEEE_FLOAT: Final = 0x0003
A_LAW: Final = 0x0006
MU_LAW: Final = 0x0007
IMA_ADPCM: Final = 0x0011
GSM_610: Final = 0x0031
G729: Final = 0x0083
EXTENSIBLE: Final = 0xFFFE

FMT_LEAST: Final = 14
"""Bytes of the shortest `fmt ` chunk there is (WAVEFORMAT, without bits per sample)."""
FMT_MOST: Final = 40
"""Bytes of a `fmt ` chunk that are of interest here."""

_NAMES: Final = {
    PCM: "PCM",
    MS_ADPCM: "MS ADPCM",
    IEEE_FLOAT: "IEEE float",
    A_LAW: "G.711 A-law",
    MU_LAW: "G.711 mu-law",
    0x0010: "OKI ADPCM",
    IMA_ADPCM: "IMA ADPCM",
    0x0014: "G.723 ADPCM",
    0x0022: "TrueSpeech",
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
}

_FIELDS: Final = struct.Struct("<HHIIH")
_U16: Final = struct.Struct("<H")
_SUBFORMAT_AT: Final = 24
_SUBFORMAT_TAIL: Final = bytes.fromhex("000000001000800000aa00389b71")
"""KSDATAFORMAT_SUBTYPE_*: a GUID whose first two bytes are the format tag and whose others are these."""


class Format(NamedTuple):
    """The `fmt ` chunk."""

    tag: int
    channels: int
    sample_rate: int
    bytes_per_second: int
    block_align: int
    bits_per_sample: int
    samples_per_block: int
    """0 where the chunk has no such field; where the codec has none, the field means something else."""


@lru_cache(maxsize=64)
def read_format(fmt: bytes) -> Format:
    """From the chunk's body: at least FMT_LEAST bytes of it, and as much of the first FMT_MOST as there is.

    Remembered, since the recordings of one system share a handful of formats.
    """
    tag, channels, sample_rate, bytes_per_second, block_align = _FIELDS.unpack_from(fmt)
    length = len(fmt)
    bits: int = _U16.unpack_from(fmt, 14)[0] if length >= 16 else 0
    samples: int = _U16.unpack_from(fmt, 18)[0] if length >= 20 else 0
    if tag == EXTENSIBLE and length >= FMT_MOST and fmt[_SUBFORMAT_AT + 2 : FMT_MOST] == _SUBFORMAT_TAIL:
        tag = _U16.unpack_from(fmt, _SUBFORMAT_AT)[0]
    return Format(tag, channels, sample_rate, bytes_per_second, block_align, bits, samples)


def codec_name(format_tag: int) -> str:
    """The codec's name for people; a tag without a name here as "0x1234"."""
    return _NAMES.get(format_tag) or f"0x{format_tag:04X}"


def count_frames(form: Format, *, untrusted_fact: int | None, data_bytes: int) -> int | None:
    """Samples per channel in so many bytes of sound; None where the codec's arithmetic is not known or impossible.

    `untrusted_fact`, the `fact` chunk's count, is believed only where it points into the last block (an encoder's
    padding): many writers put other numbers there.
    """
    tag = form.tag
    if tag in (PCM, IEEE_FLOAT, A_LAW, MU_LAW):
        align = form.block_align or form.channels * ((form.bits_per_sample or 8) + 7 >> 3)
        return data_bytes // align if align else None
    block = _block(form)
    if block is None:
        return None
    size, samples = block
    frames = data_bytes // size * samples + _adpcm_samples(form, data_bytes % size)
    if untrusted_fact is not None and 0 <= frames - untrusted_fact < samples:
        return untrusted_fact
    return frames


def frames_of_block(form: Format) -> int:
    """Samples per channel in one whole block; 0 where the codec's arithmetic is not known or impossible."""
    if form.tag in (PCM, IEEE_FLOAT, A_LAW, MU_LAW):
        return 1
    block = _block(form)
    return 0 if block is None else block[1]


def _block(form: Format) -> tuple[int, int] | None:
    """(bytes, samples per channel) of one block."""
    if form.tag == GSM_610:
        return 65, 320
    if form.tag == G729:
        return 10 * max(form.channels, 1), 80
    if form.tag not in (IMA_ADPCM, MS_ADPCM):
        return None
    most = _adpcm_samples(form, form.block_align)
    if most <= 0:
        return None
    return form.block_align, form.samples_per_block if 0 < form.samples_per_block <= most else most


def _adpcm_samples(form: Format, length: int) -> int:
    """Samples per channel in an ADPCM block of so many bytes; 0 for the other codecs, which have no partial blocks."""
    channels = form.channels
    if form.tag == IMA_ADPCM and 0 < 4 * channels <= length:
        # A preamble of 4 bytes a channel holds one sample; then every 4 bytes a channel hold 8.
        return (length // (4 * channels) - 1) * 8 + 1
    if form.tag == MS_ADPCM and 0 < 7 * channels <= length:
        # A preamble of 7 bytes a channel holds two samples; then every half byte one, the channels in turn.
        return (length - 7 * channels) * 2 // channels + 2
    return 0
