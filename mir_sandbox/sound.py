"""Where the bytes of recordings come from: made-up audio by variant, or the files of a corpus.

Not promised: that audio is ever whole in memory, or that a variant sounds like the call it stands for.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from mir_sandbox.audio import AudioLibrary, Kind, Variant

# How often a key occurs among whole recordings; small codecs lead, so that a demonstration downloads quickly.
_KEYS: Mapping[str, int] = MappingProxyType(
    {
        "gsm-mono-en": 5, "gsm-mono-de": 5, "alaw-mono": 8, "mulaw-mono": 7, "ima-adpcm-mono": 6, "ms-adpcm-mono": 3,
        "pcm16-8k-mono": 3, "alaw-stereo": 2, "mulaw-stereo": 2, "pcm16-8k-stereo": 1, "pcm16-16k-mono": 1,
        "pcm16-8k-extensible": 1, "pcm8-8k-mono": 1, "alaw-odd": 2, "alaw-bext": 2, "mulaw-unpadded": 1,
        "ima-adpcm-stereo": 1, "g729-mono": 1, "stream-pcm16-8k-mono": 1, "stream-mulaw-mono": 1,
        "killed-mulaw-mono": 1,
    }
)  # fmt: skip
# (longest seconds, weight of each variant up to there)
_LENGTHS = ((4.0, 2), (9.0, 6), (24.0, 14), (50.0, 6), (100.0, 2))
_LONG = {"gsm-mono-en", "gsm-mono-de", "ima-adpcm-mono"}
"""Keys of which very long calls occur, one in some hundreds."""


@dataclass(frozen=True, slots=True)
class Codec:
    """What the `fmt ` chunk of a WAV file says."""

    format_tag: int
    name: str
    sample_rate: int
    channels: int
    bits_per_sample: int


@dataclass(frozen=True, slots=True)
class Sounds:
    """All audio of one service. `codecs` are by variant; `read(key, variant, start, length)` gives a block.

    The key is the recording's id, with `.v2`, `.v3` … once its bytes were replaced.
    """

    codecs: Sequence[Codec]
    read: Callable[[str, int, int, int], bytes]


def library_sounds(library: AudioLibrary) -> Sounds:
    """The made-up audio."""
    codecs = [
        Codec(variant.format_tag, variant.codec, variant.sample_rate, variant.channels, variant.bits_per_sample)
        for variant in library.variants
    ]
    return Sounds(codecs, lambda key, variant, start, length: library.read(key, variant, start=start, length=length))


def shelf_of(library: AudioLibrary, *, tiny: bool) -> list[int]:
    """The variants of an account, each as often as it shall occur. All of them are WAV files with sound."""
    return [variant.index for variant in library.variants for _ in range(_weight(variant, tiny=tiny))]


def _weight(variant: Variant, *, tiny: bool) -> int:
    weight = _KEYS.get(variant.key, 0)
    if not weight or variant.kind not in {Kind.SOUND, Kind.STREAMING}:
        return 0
    if tiny:
        return weight if variant.seconds < 4 else 0
    for longest, times in _LENGTHS:
        if variant.seconds <= longest:
            return weight * times
    if variant.key in _LONG and variant.seconds < 2000:
        return 1
    return 0


def audio_key(recording_id: str, *, version: int) -> str:
    """What names the bytes of one version of a recording."""
    return recording_id if version == 1 else f"{recording_id}.v{version}"
