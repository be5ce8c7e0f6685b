"""One recording as frames of PCM16, at any place; it plays nothing and never writes."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final, Protocol, Self

from numpy.typing import NDArray

from download_client.errors import NotPlayable
from download_client.sound.blocks import BLOCKS, BlockDecoder, can_be_meant
from download_client.sound.plain import PLAIN, PlainDecoder, Samples, width_of
from download_client.sound.source import Source
from download_client.wav import WavInfo

_MOST_CHANNELS: Final = 2
_MOST_RATE: Final = 384_000


class _Decoder(Protocol):
    frames: int

    def read(self, first: int, count: int) -> Samples: ...

    def comparable(self, first: int, count: int) -> NDArray[Any]: ...

    def close(self) -> None: ...


class Sound:
    """An open recording. Not for two threads at once: each opens its own, which costs a fraction of a millisecond.

    What a header promises and the file does not hold is not there; what an encoder added to fill its last block is
    not there either, as far as the file says how much that is.
    """

    def __init__(self, source: Source, decoder: _Decoder) -> None:
        """Use `open`."""
        self._source = source
        self._decoder = decoder
        self.info: WavInfo = source.info
        self.sample_rate: int = source.info.sample_rate
        """Hertz."""
        self.channels: int = source.info.channels
        """1 or 2."""
        self.frames: int = decoder.frames
        """Samples per channel; at least one."""

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open for reading only.

        Raises:
            NotPlayable: no decoder for it (`intact`, `codec`), no sound in it, or damaged.
            RecordingVanished: it is not there.
            DiskFailed: it cannot be read.

        """
        source = Source(path)
        try:
            return cls(source, _decoder(source))
        except BaseException:
            source.close()
            raise

    @property
    def seconds(self) -> float:
        """How long it is."""
        return self.frames / self.sample_rate

    def read(self, first_frame: int, count: int) -> bytes:
        """Frames as interleaved int16, the lower byte first: `count` of them, fewer only at the end.

        Raises NotPlayable (the file was cut, or a block cannot be decoded), DiskFailed.
        """
        return self.samples(first_frame, count).astype("<i2", copy=False).tobytes()

    def samples(self, first_frame: int, count: int) -> Samples:
        """The same as an array of shape (frames, channels)."""
        first = min(max(first_frame, 0), self.frames)
        return self._decoder.read(first, max(min(count, self.frames - first), 0))

    def comparable(self, first_frame: int, count: int) -> NDArray[Any]:
        """Frames that are there, in values of the same order as their samples; for the waveform.

        G.711 is not decoded for it: its values are bytes from 0 to 255. Valid until the next call.
        """
        return self._decoder.comparable(first_frame, count)

    def close(self) -> None:
        """Let go of the file; more than once does no harm."""
        self._decoder.close()
        self._source.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _decoder(source: Source) -> _Decoder:
    info, name = source.info, source.name
    if not info.data_bytes:
        _some(0, source)
    if info.format_tag not in PLAIN | BLOCKS:
        intact = not info.missing_bytes
        raise NotPlayable(
            f"{info.codec} has no decoder here; {_state(intact=intact)}", subject=name, intact=intact, codec=info.codec
        )
    if not info.channels or not 0 < info.sample_rate <= _MOST_RATE:
        raise _damaged(source)
    if info.channels > _MOST_CHANNELS:
        raise NotPlayable(
            f"it has {info.channels} channels, only mono and stereo play here; the file is intact", subject=name
        )
    if info.format_tag in PLAIN:
        width = width_of(info)
        if width is None:
            raise _damaged(source)
        frames = info.data_bytes // (width * info.channels)
        return PlainDecoder(source, frames=_some(frames, source), width=width)
    if not can_be_meant(info):
        raise _damaged(source)
    return BlockDecoder(source, frames=_some(info.frames or 0, source))


def _some(frames: int, source: Source) -> int:
    if frames:
        return frames
    intact = not source.info.missing_bytes
    raise NotPlayable(f"there is no sound in it; {_state(intact=intact)}", subject=source.name, intact=intact)


def _state(*, intact: bool) -> str:
    return "the file is intact" if intact else "the file is damaged"


def _damaged(source: Source) -> NotPlayable:
    return NotPlayable("the file is damaged: its header contradicts itself", subject=source.name, intact=False)
