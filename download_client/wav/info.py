"""What a WAV header says once it has been held against the file; it says nothing about how the sound is decoded."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Wholeness(Enum):
    """Whether the file holds what its header promises."""

    WHOLE = "whole"
    """Everything the header promises is there."""
    STREAMING = "streaming"
    """The header names no length (0, 0xFFFFFFFF or a recorder's placeholder): the sound is taken to the file's end, so
    nothing but a digest or the length on the wire can prove it whole."""
    TRUNCATED = "truncated"
    """The header promises more than there is."""


@dataclass(frozen=True, slots=True)
class WavInfo:
    """A WAV file as its header and its size describe it.

    `data_offset + data_bytes` never lies beyond the end of the file, whatever the header claims. A recording without
    sound has `data_bytes == 0` (and is no error here; an empty file is `NotWav`).
    """

    format_tag: int
    """The effective one: the sub-format's where the header is WAVE_FORMAT_EXTENSIBLE."""
    codec: str
    """For people: "PCM", "G.711 A-law", …, or "0x1234" for a tag without a name here."""
    sample_rate: int
    """Hertz, as the header says; may be 0 in a broken header."""
    channels: int
    bits_per_sample: int
    """0 for codecs that have no such number (GSM 6.10), and where the header has no such field."""
    block_align: int
    """Bytes per indivisible block of sound."""
    data_offset: int
    """Bytes from the start of the file to the first byte of sound."""
    data_bytes: int
    """Bytes of sound that are there."""
    frames: int | None
    """Samples per channel in `data_bytes`; None where the codec's arithmetic is not known here."""
    duration: float | None
    """Seconds of sound that are there; None where nothing in the header tells."""
    wholeness: Wholeness
    missing_bytes: int
    """How many bytes short of its promise the file is; 0 unless TRUNCATED."""
    block_frames: int = 0
    """Samples per channel in a block; 0 where the codec's arithmetic is not known, and as written down by 0.1.0."""
