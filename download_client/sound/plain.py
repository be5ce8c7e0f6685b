"""Sound that stands in the file sample by sample: PCM, IEEE float, G.711; it decodes no blocks.

Widths of PCM follow RFC 2361: one byte is unsigned, more are signed, the lowest byte first. What is wider than 16 bits
loses its low ones, as libsndfile does; a float is scaled by 32768, rounded and clipped, as ffmpeg does. G.711: ITU-T
G.711, scaled to 16 bits as everybody does (mu-law reaches 32124, A-law 32256).
"""

from __future__ import annotations

from functools import cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from download_client.sound.source import Source
from download_client.wav import WavInfo
from download_client.wav.codecs import A_LAW, IEEE_FLOAT, MU_LAW, PCM

Samples = NDArray[np.int16]
"""Shape (frames, channels)."""

PLAIN: Final = frozenset({PCM, IEEE_FLOAT, A_LAW, MU_LAW})
_WIDTHS: Final = {PCM: (1, 2, 3, 4), IEEE_FLOAT: (4, 8), A_LAW: (1,), MU_LAW: (1,)}


def width_of(info: WavInfo) -> int | None:
    """Bytes of one sample; None where the header contradicts itself."""
    width, rest = divmod(info.block_align or info.channels * (info.bits_per_sample + 7 >> 3), info.channels)
    return width if not rest and width in _WIDTHS[info.format_tag] else None


class PlainDecoder:
    """Reads frames at any place. Exact everywhere."""

    def __init__(self, source: Source, *, frames: int, width: int) -> None:
        self._source = source
        self._tag = source.info.format_tag
        self._channels = source.info.channels
        self._width = width
        self._align = width * self._channels
        self._raw = self._turned = np.empty(0, np.uint8)
        self.frames = frames

    def read(self, first: int, count: int) -> Samples:
        """`count` frames from `first` on; all of them must be there."""
        raw = np.empty(count * self._align, np.uint8)
        self._source.read_into(raw.data, self._source.info.data_offset + first * self._align)
        return self._decoded(raw).reshape(count, self._channels)

    def comparable(self, first: int, count: int) -> NDArray[Any]:
        """Frames as `read`, but of G.711 its bytes, brought into the order of their samples: 0 is the lowest.

        Valid until the next call: memory that is used again and again is several times as fast.
        """
        if self._tag not in (A_LAW, MU_LAW) and (self._tag != PCM or self._width != 2):
            return self.read(first, count)
        size = count * self._align
        if len(self._raw) < size:
            self._raw, self._turned = np.empty((2, size), np.uint8)
        raw, turned = self._raw[:size], self._turned[:size]
        self._source.read_into(raw.data, self._source.info.data_offset + first * self._align)
        if self._tag == PCM:
            return raw.view("<i2").reshape(count, self._channels)
        if self._tag == A_LAW:
            # Its sign bit is set where it is positive, and its size grows: that of the others is turned round.
            raw ^= 0x55
            np.invert(raw, out=turned)
        else:
            # Its sign bit is set where it is positive, and its size falls: that is turned round.
            turned[:] = raw
        np.right_shift(turned.view(np.int8), 7, out=turned.view(np.int8))
        turned &= 0x7F
        raw ^= turned
        return raw.reshape(count, self._channels)

    def close(self) -> None:
        """Nothing is held but the source."""

    def _decoded(self, raw: NDArray[np.uint8]) -> NDArray[np.int16]:
        if self._tag in (A_LAW, MU_LAW):
            return values_of(self._tag)[raw]
        if self._tag == IEEE_FLOAT:
            real = raw.view("<f4" if self._width == 4 else "<f8").astype(np.float64)
            scaled = np.rint(np.clip(np.nan_to_num(real, nan=0.0), -1.0, 1.0) * 32768)
            return np.minimum(scaled, 32767).astype(np.int16)
        if self._width == 1:
            return (raw.astype(np.int16) - 128) << 8
        if self._width == 2:
            return raw.view("<i2")
        # The upper two bytes of each sample.
        return np.ascontiguousarray(raw.reshape(-1, self._width)[:, -2:]).view("<i2")


@cache
def values_of(tag: int) -> NDArray[np.int16]:
    """The 256 samples of A-law or mu-law by their bytes."""
    return np.array([(_a_law if tag == A_LAW else _mu_law)(byte) for byte in range(256)], np.int16)


def _mu_law(byte: int) -> int:
    byte ^= 0xFF
    size = (((byte & 0x0F) << 3) + 0x84 << (byte >> 4 & 7)) - 0x84
    return -size if byte & 0x80 else size


def _a_law(byte: int) -> int:
    byte ^= 0x55
    segment = byte >> 4 & 7
    size = ((byte & 0x0F) << 4) + (0x108 if segment else 8) << max(segment - 1, 0)
    return size if byte & 0x80 else -size
