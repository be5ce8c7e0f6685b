"""The table of variants: which codecs, at which durations, and the recordings that are not what they should be.

Not promised: that a variant keeps its index in another release of this program; its key and its durations are kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import Final

from mir_sandbox.audio.clips import Clip


class Kind(Enum):
    """What a recording of a variant is."""

    SOUND = "sound"
    """A whole WAV file; its id stands in a LIST chunk after the sound."""
    STREAMING = "streaming"
    """A WAV file whose header holds no length; the id is in the last samples, as noise too faint to be heard."""
    TRUNCATED = "truncated"
    """A WAV file that was cut off at its source: the header promises more."""
    NO_SOUND = "noSound"
    """A WAV file with a header and no sound."""
    EMPTY = "empty"
    """No bytes at all; the only variant whose recordings are all alike."""
    NOT_WAV = "notWav"
    """Text where a WAV file should be."""


@dataclass(frozen=True, slots=True)
class Variant:
    """One way a recording can be. The codec's fields are what the service says of it, also where the bytes differ."""

    index: int
    """Its place in `AudioLibrary.variants`."""
    key: str
    """The codec and what is particular: "alaw-mono", "truncated", …"""
    kind: Kind
    seconds: float
    """How long the sound is that is there."""
    size: int
    """Bytes, the same for every recording of the variant."""
    format_tag: int
    codec: str
    sample_rate: int
    channels: int
    bits_per_sample: int


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the recordings of one key are made."""

    clip: str
    """The file in the speech folder, without its suffix; "" for the frames of `g729_clip`."""
    kind: Kind = Kind.SOUND
    most: int = 0
    """Seconds of the longest variant."""
    odd: bool = False
    """An odd number of bytes of sound."""
    padded: bool = True
    """Odd sound is followed by a padding byte, as the books say."""
    text: str = ""
    """For NOT_WAV; `{}` becomes the id."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the bytes of a variant's recordings come from: header, sound said again and again, end."""

    variant: Variant
    recipe: Recipe
    clip: Clip
    header: bytes
    sound_bytes: int
    """Of the clip's sound, before the end."""
    padding: bytes


CODECS: Final[Mapping[int, str]] = MappingProxyType(
    {
        0x0001: "PCM",
        0x0002: "MS ADPCM",
        0x0006: "G.711 A-law",
        0x0007: "G.711 mu-law",
        0x0011: "IMA ADPCM",
        0x0031: "GSM 6.10",
        0x0083: "G.729",
    }
)
"""Names of the format tags."""

SECONDS: Final = (
    2, 3, 4, 5, 6, 8, 10, 13, 17, 22, 28, 36, 46, 59, 75, 95, 120, 150, 180, 240, 300, 390, 500, 640, 820, 1050, 1350,
    1700, 2200, 2800, 3600, 5400, 7200, 14400,
)  # fmt: skip
"""Durations of variants. Few enough that the digest of every shared beginning can be kept."""

EXACT: Final = "pcm16-8k-mono"
"""The key whose durations are whole seconds; those of the others are uneven, as calls are."""

RECIPES: Final[Mapping[str, Recipe]] = MappingProxyType(
    {
        EXACT: Recipe("pcm16-8k-mono", most=3600),
        "pcm16-16k-mono": Recipe("pcm16-16k-mono", most=640),
        "pcm16-8k-stereo": Recipe("pcm16-8k-stereo", most=640),
        "pcm16-8k-extensible": Recipe("pcm16-8k-extensible", most=300),
        "pcm8-8k-mono": Recipe("pcm8-8k-mono", most=300),
        "alaw-mono": Recipe("alaw-mono", most=3600),
        "alaw-stereo": Recipe("alaw-stereo", most=1700),
        "alaw-odd": Recipe("alaw-odd", most=180, odd=True),
        "alaw-bext": Recipe("alaw-bext", most=640),
        "mulaw-mono": Recipe("mulaw-mono", most=7200),
        "mulaw-stereo": Recipe("mulaw-stereo", most=1700),
        "mulaw-unpadded": Recipe("mulaw-mono", most=180, odd=True, padded=False),
        "gsm-mono-en": Recipe("gsm-mono-en", most=14400),
        "gsm-mono-de": Recipe("gsm-mono-de", most=14400),
        "ima-adpcm-mono": Recipe("ima-adpcm-mono", most=7200),
        "ima-adpcm-stereo": Recipe("ima-adpcm-stereo", most=1700),
        "ms-adpcm-mono": Recipe("ms-adpcm-mono", most=3600),
        "g729-mono": Recipe("", most=180),
        "stream-pcm16-8k-mono": Recipe("stream-pcm16-8k-mono", kind=Kind.STREAMING, most=180),
        "stream-mulaw-mono": Recipe("stream-mulaw-mono", kind=Kind.STREAMING, most=180),
        "killed-mulaw-mono": Recipe("killed-mulaw-mono", kind=Kind.STREAMING, most=180),
        "truncated": Recipe("pcm16-8k-mono", kind=Kind.TRUNCATED, most=180),
        "no-sound": Recipe("mulaw-mono", kind=Kind.NO_SOUND),
        "empty": Recipe("mulaw-mono", kind=Kind.EMPTY),
        "json": Recipe("mulaw-mono", kind=Kind.NOT_WAV, text='{"error":"media server busy","recording":"{}"}\n'),
        "html": Recipe(
            "mulaw-mono",
            kind=Kind.NOT_WAV,
            text="<!DOCTYPE html>\n<title>Sign in</title>\n<p>Your session has ended. ({})</p>\n",
        ),
    }
)
"""Every key, in the order of the variants."""

LIST_BYTES: Final = 180
"""The LIST chunk after the sound, all of it."""
ID_BYTES: Final = 160
"""What of it is left for the id."""
MARK_SAMPLES: Final = 64
"""Samples that hold the id where no chunk can."""


def layouts(clips: Mapping[str, Clip]) -> Iterator[Layout]:
    """Every variant with where its bytes come from, in the order of their indices."""
    index = 0
    for key, recipe in RECIPES.items():
        clip = clips[recipe.clip]
        for place, seconds in enumerate(SECONDS if recipe.most else (0,)):
            if seconds > recipe.most:
                break
            uneven = 0.0 if key == EXACT or not seconds else (place * 37 + len(key) * 11) % 97 / 100
            yield _layout(index, key, recipe, clip, seconds=seconds + uneven)
            index += 1


def _layout(index: int, key: str, recipe: Recipe, clip: Clip, *, seconds: float) -> Layout:
    blocks = -(-round(seconds * clip.sample_rate) // clip.samples)
    sound = blocks * clip.block
    if sound & 1 != recipe.odd:
        # Only where it is wanted: libsndfile takes the padding of odd GSM 6.10 for one block more, and a loud one.
        blocks += 1
        sound += clip.block
    padding = b"\0" if sound & 1 and recipe.padded else b""
    header = b""
    end = 0
    if recipe.kind in (Kind.SOUND, Kind.NO_SOUND):
        end = LIST_BYTES
        header = clip.header_for(sound_bytes=sound, after_bytes=len(padding) + end)
    elif recipe.kind is Kind.STREAMING:
        end = MARK_SAMPLES * clip.block
        header, sound = clip.header, sound - end
    elif recipe.kind is Kind.TRUNCATED:
        end = MARK_SAMPLES * clip.block
        header, sound = clip.header_for(sound_bytes=2 * sound, after_bytes=0), sound - end
    elif recipe.kind is Kind.NOT_WAV:
        end = len(recipe.text) - 2 + ID_BYTES
    variant = Variant(
        index=index,
        key=key,
        kind=recipe.kind,
        seconds=blocks * clip.samples / clip.sample_rate,
        size=len(header) + sound + len(padding) + end,
        format_tag=clip.format_tag,
        codec=CODECS[clip.format_tag],
        sample_rate=clip.sample_rate,
        channels=clip.channels,
        bits_per_sample=clip.bits_per_sample,
    )
    return Layout(variant, recipe, clip, header, sound, padding)
