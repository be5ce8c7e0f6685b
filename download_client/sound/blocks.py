"""Sound that stands in the file in blocks: GSM 6.10, IMA and MS ADPCM, decoded by libsndfile; it reads nothing else.

libsndfile never sees the file's own header, which may name no length, too much or an encoder's padding, nor the chunks
around the sound: it reads a view that consists of a short header of our own and the blocks that are there, the last
one filled up. The file is not touched.
"""

from __future__ import annotations

import io
import struct
from typing import Any, Final

import numpy as np
import soundfile

from download_client.errors import MirError, NotPlayable
from download_client.sound.plain import Samples
from download_client.sound.source import Source
from download_client.wav import WavInfo
from download_client.wav.codecs import GSM_610, IMA_ADPCM, MS_ADPCM

BLOCKS: Final = frozenset({GSM_610, IMA_ADPCM, MS_ADPCM})

_LEAD: Final = 50
"""Blocks of GSM 6.10 that are decoded ahead of a place jumped to (2 s), since it goes on from what was before."""
_MOST: Final = 0xFFFF_FF00
"""Bytes of sound that our header can announce; beyond them another view begins."""
_MS_COEFFICIENTS: Final = (256, 0, 512, -256, 0, 0, 192, 64, 240, 0, 460, -208, 392, -232)
"""The seven pairs of the standard (RFC 2361 appendix, "Microsoft ADPCM")."""

_HELD: Final = 64 * 1024
"""Bytes of the file that are held in memory."""


class BlockDecoder:
    """Reads frames at any place.

    Exact everywhere for the ADPCMs, whose blocks stand alone. GSM 6.10 is exact when read on, or from the beginning;
    after a jump it begins two seconds earlier, by when what was not heard has died away.
    """

    def __init__(self, source: Source, *, frames: int) -> None:
        self._source = source
        self._block_frames = source.info.block_frames
        self._lead = _LEAD if source.info.format_tag == GSM_610 else 0
        self.frames = frames
        self._open(0)

    def read(self, first: int, count: int) -> Samples:
        """`count` frames from `first` on; all of them must be there."""
        if first != self._at:
            self._jump(first)
        pieces = [self._next(count)]
        while (count := count - len(pieces[-1])) > 0:
            self._jump(self._at)  # the view ended, not the sound
            pieces.append(self._next(count))
            if not len(pieces[-1]):
                raise self._failed("its blocks cannot be decoded")
        return pieces[0] if len(pieces) == 1 else np.concatenate(pieces)

    def comparable(self, first: int, count: int) -> Samples:
        """As `read`."""
        return self.read(first, count)

    def close(self) -> None:
        """Let go of the decoder; the source stays open."""
        self._file.close()

    def _open(self, block: int) -> None:
        self._view = _View(self._source, block)
        try:
            self._file: Any = soundfile.SoundFile(self._view)
        except soundfile.LibsndfileError as error:
            raise self._failed(f"its header cannot be meant ({error.error_string})") from error
        self._at = block * self._block_frames

    def _jump(self, frame: int) -> None:
        """A decoder of its own for every place: that of GSM 6.10 cannot be moved."""
        self._file.close()
        self._open(max(frame // self._block_frames - self._lead, 0))
        self._next(frame - self._at)

    def _next(self, count: int) -> Samples:
        try:
            found: Samples = self._file.read(count, dtype="int16", always_2d=True)
        except soundfile.LibsndfileError as error:
            raise self._failed(error.error_string) from error
        if self._view.error is not None:
            raise self._view.error
        self._at += len(found)
        return found

    def _failed(self, why: str) -> MirError:
        if self._view.error is not None:
            return self._view.error
        return NotPlayable(f"the file is damaged: {why}", subject=self._source.name, intact=False)


class _View:
    """A header of our own, then the sound of the source, then zeros up to the end of its last block."""

    def __init__(self, source: Source, block: int) -> None:
        """From this block on, as much as the header can announce."""
        self._source = source
        info = source.info
        self.error: MirError | None = None
        """What went wrong in a read: it cannot be raised through libsndfile."""
        size = block_bytes(info)
        self._begin = block * size
        there = info.data_bytes - self._begin
        # Of GSM 6.10 a piece of a block cannot be decoded; of the others what is there can.
        blocks = there // size if info.format_tag == GSM_610 else -(-there // size)
        blocks = min(blocks, _MOST // size)
        self._sound = min(there, blocks * size)
        self._head = _header(info, size=size, blocks=blocks)
        self._size = len(self._head) + blocks * size
        self._position = 0
        self._held = b""
        self._held_at = 0

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._size}[whence]
        self._position = max(base + offset, 0)
        return self._position

    def readinto(self, buffer: Any) -> int:
        """libsndfile asks for block after block, 65 bytes each of GSM 6.10: most come from what is held."""
        begin, count = self._position - self._held_at, len(buffer)
        piece = self._held[begin : begin + count] if begin >= 0 else b""
        if len(piece) < count:
            try:
                self._hold(count)
            except MirError as error:
                self.error = error
                return 0
            piece = self._held[:count]
            count = len(piece)
        buffer[:count] = piece
        self._position += count
        return count

    def _hold(self, least: int) -> None:
        """Bytes from the position on: header, sound, what fills up the last block."""
        begin = self._position - len(self._head)
        end = min(begin + max(least, _HELD), self._size - len(self._head))
        head = self._head[self._position :] if begin < 0 else b""
        sound = bytearray(max(min(end, self._sound) - max(begin, 0), 0))
        if sound:
            at = self._source.info.data_offset + self._begin + max(begin, 0)
            self._source.read_into(memoryview(sound), at)
        filling = max(end - max(begin, self._sound, 0), 0)
        self._held = b"".join((head, sound, bytes(filling)))
        self._held_at = self._position


def _header(info: WavInfo, *, size: int, blocks: int) -> bytes:
    per_second = info.sample_rate * size // info.block_frames
    bits = 0 if info.format_tag == GSM_610 else 4
    more = struct.pack("<H", info.block_frames)
    if info.format_tag == MS_ADPCM:
        more += struct.pack(f"<H{len(_MS_COEFFICIENTS)}h", len(_MS_COEFFICIENTS) // 2, *_MS_COEFFICIENTS)
    fmt = struct.pack("<HHIIHHH", info.format_tag, info.channels, info.sample_rate, per_second, size, bits, len(more))
    fmt += more
    fact = struct.pack("<4sII", b"fact", 4, blocks * info.block_frames & 0xFFFF_FFFF)
    chunks = struct.pack("<4sI", b"fmt ", len(fmt)) + fmt + fact + struct.pack("<4sI", b"data", blocks * size)
    return struct.pack("<4sI4s", b"RIFF", 4 + len(chunks) + blocks * size, b"WAVE") + chunks


def block_bytes(info: WavInfo) -> int:
    """Bytes of one block."""
    return 65 if info.format_tag == GSM_610 else info.block_align


def can_be_meant(info: WavInfo) -> bool:
    """Whether the header's numbers go together."""
    if info.block_frames <= 0 or info.frames is None:
        return False
    return info.format_tag != GSM_610 or info.channels == 1
