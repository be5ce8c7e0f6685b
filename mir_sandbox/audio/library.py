"""Describes and reads recordings that exist nowhere: any part of any of them, in a few microseconds; it keeps no file.

Memory: the recorded speech (about 2 MB) and, per variant in use, one header and one half-finished digest.
"""

from __future__ import annotations

import hashlib
import struct
import sys
from bisect import bisect_left
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from mir_sandbox.audio.clips import Clip, g729_clip
from mir_sandbox.audio.variants import ID_BYTES, RECIPES, Kind, Layout, Variant, layouts

if TYPE_CHECKING:
    from hashlib import _Hash


def _speech() -> Path:
    """Beside the package from source, else where pip puts it."""
    source = Path(__file__).resolve().parents[2] / "resources" / "speech"
    return source if source.is_dir() else Path(sys.prefix) / "share" / "mir-download-client" / "resources" / "speech"


SPEECH: Final = _speech()
"""The recorded speech that comes with the program."""

_LIST_HEAD: Final = struct.pack("<4sI4s4sI", b"LIST", 12 + ID_BYTES, b"INFO", b"ICMT", ID_BYTES)
_MU_LAW: Final = 0x0007
_HEX: Final = b"0123456789abcdef"
_TO_MU_LAW: Final = bytes.maketrans(_HEX, bytes(0x78 | n & 7 | (n & 8) << 4 for n in range(16)))
"""A hexadecimal digit as one of the sixteen faintest mu-law samples."""
_TO_PCM_LOW: Final = bytes.maketrans(_HEX, bytes((n - 8) & 0xFF for n in range(16)))
_TO_PCM_HIGH: Final = bytes.maketrans(_HEX, bytes(0xFF if n < 8 else 0 for n in range(16)))
"""A hexadecimal digit as the two bytes of a PCM16 sample from -8 to 7."""


class Described(NamedTuple):
    """One recording, as a listing needs it."""

    size: int
    """Bytes."""
    sha256: bytes
    """The digest of all of them."""
    seconds: float
    """How long the sound is."""


class AudioLibrary:
    """Every recording there could be. May be used from several threads.

    A `recording_id` is any text. Another id is another recording: a later version of one with new bytes is had by
    adding the version to the id.
    """

    def __init__(self, folder: Path = SPEECH) -> None:
        clips = {name: Clip.load(folder / f"{name}.wav") for name in {r.clip for r in RECIPES.values()} if name}
        clips[""] = g729_clip()
        self._layouts = tuple(layouts(clips))
        self._beginnings: dict[int, _Hash] = {}
        self.variants: tuple[Variant, ...] = tuple(layout.variant for layout in self._layouts)
        """All of them; `variant` numbers are places in here."""
        self._by_key: dict[str, list[Variant]] = {}
        for variant in self.variants:
            self._by_key.setdefault(variant.key, []).append(variant)

    @property
    def keys(self) -> tuple[str, ...]:
        """Every key there is."""
        return tuple(self._by_key)

    def nearest(self, key: str, *, seconds: float) -> int:
        """The variant of a key whose duration comes nearest. Raises KeyError."""
        variants = self._by_key[key]
        place = bisect_left(variants, seconds, key=lambda variant: variant.seconds)
        near = variants[max(place - 1, 0) : place + 1]
        return min(near, key=lambda variant: abs(variant.seconds - seconds)).index

    def describe(self, recording_id: str, variant: int) -> Described:
        """Size, digest and duration. Costs a few microseconds; the first of each variant, the hashing of its sound."""
        beginning = self._beginnings.get(variant)
        if beginning is None:
            beginning = self._beginnings[variant] = self._hash_beginning(self._layouts[variant])
        digest = beginning.copy()
        layout = self._layouts[variant]
        digest.update(_end(layout, recording_id))
        return Described(layout.variant.size, digest.digest(), layout.variant.seconds)

    def read(self, recording_id: str, variant: int, *, start: int, length: int) -> bytes:
        """The recording's bytes from `start` on, at most `length` of them; fewer only where the recording ends."""
        layout = self._layouts[variant]
        stop = min(start + length, layout.variant.size)
        pieces = []
        header = layout.header
        position = start
        if position < len(header):
            pieces.append(header[position:stop])
            position = len(header)
        sound_end = len(header) + layout.sound_bytes
        clip = layout.clip.sound
        while position < min(stop, sound_end):
            place = (position - len(header)) % len(clip)
            piece = clip[place : place + min(stop, sound_end) - position]
            pieces.append(piece)
            position += len(piece)
        if position < stop:
            end = layout.padding + _end(layout, recording_id)
            pieces.append(end[position - sound_end : stop - sound_end])
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    @staticmethod
    def _hash_beginning(layout: Layout) -> _Hash:
        digest = hashlib.sha256(layout.header)
        clip = layout.clip.sound
        times, rest = divmod(layout.sound_bytes, len(clip))
        for _ in range(times):
            digest.update(clip)
        digest.update(clip[:rest])
        digest.update(layout.padding)
        return digest


def _end(layout: Layout, recording_id: str) -> bytes:
    """The last bytes of a recording, which are its own."""
    kind = layout.recipe.kind
    if kind is Kind.EMPTY:
        return b""
    name = recording_id.encode()
    if kind in (Kind.STREAMING, Kind.TRUNCATED):
        return _mark(name, mu_law=layout.variant.format_tag == _MU_LAW)
    if len(name) >= ID_BYTES:
        name = hashlib.sha256(name).hexdigest().encode()
    if kind is Kind.NOT_WAV:
        before, _, after = layout.recipe.text.partition("{}")
        return before.encode() + name.ljust(ID_BYTES) + after.encode()
    return _LIST_HEAD + name.ljust(ID_BYTES, b"\0")


def _mark(name: bytes, *, mu_law: bool) -> bytes:
    """Faint noise made of the id's digest: 64 samples of four bits each, PCM16 or mu-law, mono."""
    digits = hashlib.sha256(name).hexdigest().encode()
    if mu_law:
        return digits.translate(_TO_MU_LAW)
    mark = bytearray(2 * len(digits))
    mark[0::2] = digits.translate(_TO_PCM_LOW)
    mark[1::2] = digits.translate(_TO_PCM_HIGH)
    return bytes(mark)
