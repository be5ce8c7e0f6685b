"""What was placed and what was erased, line by line, so that the archive explains itself (R15); never rewritten.

`.mir/manifest/YYYY-MM.jsonl`, by the month of placing (UTC). One JSON object a line; its last member ``sum`` is the
CRC-32 of the bytes before it, so that a torn or flipped line is known for what it is and spoils no other. A recording
version told twice is as the last line says; an erased recording stays erased whatever follows.

Reading is streaming: two passes, and memory that does not grow with the archive but for a bit map.
"""

from __future__ import annotations

import os
import re
import unicodedata
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple, TypeVar

import msgspec

from download_client.archive.files import Files
from download_client.archive.root import Root
from download_client.archive.values import Finished, Tombstone
from download_client.model import Conversation
from download_client.wav import WavInfo

_SUM: Final = b',"sum":"'
_TAIL: Final = len(_SUM) + 8 + len(b'"}')
MONTH: Final = re.compile(r"[0-9]{4}-[0-9]{2}\.jsonl")
_SEEN_BITS: Final = 27
"""2**27 bits are 16 MB: of a million keys some four thousand are remembered by name besides."""


class PlacedLine(msgspec.Struct, tag="placed", tag_field="kind"):
    """A recording that was placed. `sidecars`: suffix of each table beside it, and the SHA-256 of its bytes."""

    recording: str
    version: int
    path: str
    size: int
    sha256: str
    etag: str
    verified_by: str
    at: datetime
    run: int
    access: str
    source: str
    sidecars: dict[str, str]
    wav: WavInfo
    conversation: Conversation


class ErasedLine(msgspec.Struct, tag="erased", tag_field="kind", omit_defaults=True):
    """A recording that was erased, in all its versions.

    With a version it stands in the place of the line that told of its placing, scrubbed of everything but its digest.
    """

    recording: str
    conversation: str
    at: datetime
    reason: str
    version: int = 0
    sha256: str = ""


class _Key(msgspec.Struct):
    """As much of a line as the first pass needs."""

    kind: str
    recording: str
    version: int = 0
    size: int = 0
    path: str = ""


class Damage(NamedTuple):
    """A line that cannot be believed: the manifest file's name and the line's number (from 1).

    `torn`: it has no end, as a kill or a power failure leaves it; then what it told of was never reported as placed.
    """

    file: str
    line: int
    torn: bool


class Survey(NamedTuple):
    """What the first pass finds: the last line of each key that may occur twice, and which recordings are erased."""

    last: dict[int, int]
    erased: frozenset[str]


class Paths:
    """A set of paths that takes eight bytes for each: their hashes, sorted in buckets once all are there."""

    def __init__(self) -> None:
        self._buckets = [array("Q") for _ in range(256)]
        self._sorted = False

    def add(self, path: str) -> None:
        """Take a path in; all before the first question."""
        hashed = _hash_path(path)
        self._buckets[hashed >> 56].append(hashed)

    def __contains__(self, path: str) -> bool:
        if not self._sorted:
            self._buckets = [array("Q", sorted(bucket)) for bucket in self._buckets]
            self._sorted = True
        hashed = _hash_path(path)
        bucket = self._buckets[hashed >> 56]
        place = bisect_left(bucket, hashed)
        return place < len(bucket) and bucket[place] == hashed


class Count(NamedTuple):
    """How much the manifest says is there: recordings, bytes, and their paths."""

    placed: int
    size: int
    paths: Paths


def placed_line(finished: Finished, *, path: str, sidecars: dict[str, str]) -> bytes:
    """The line for a recording that lies at `path`.

    Raises:
        UnicodeEncodeError: a text holds half a character.

    """
    return seal(
        _encoder.encode(
            PlacedLine(
                finished.recording.id,
                finished.version_number,
                path,
                finished.size,
                finished.sha256,
                finished.etag,
                finished.verified_by,
                finished.downloaded_at,
                finished.run_id,
                finished.access_level,
                finished.source,
                sidecars,
                finished.wav,
                finished.conversation,
            )
        )
    )


def erased_line(tombstone: Tombstone) -> bytes:
    """The line for a recording that was erased."""
    line = ErasedLine(tombstone.recording_id, tombstone.conversation_id, tombstone.erased_at, tombstone.reason)
    return seal(_encoder.encode(line))


def scrubbed_line(line: PlacedLine, stone: ErasedLine) -> bytes:
    """What stays of the line of a recording that was erased: that there was one, and the digest of its bytes."""
    return seal(
        _encoder.encode(
            ErasedLine(line.recording, line.conversation.id, stone.at, stone.reason, line.version, line.sha256)
        )
    )


class Manifest:
    """The manifest of one archive. Who appends holds the archive's lock; reading needs none."""

    def __init__(self, root: Root, files: Files) -> None:
        self._folder = root.manifest
        self._files = files

    def append(self, lines: Iterable[bytes], *, at: datetime) -> None:
        """Add lines and make them durable with one flush. Raises OSError; then a part of them may be there."""
        self._files.append(f"{self._folder}{os.sep}{at:%Y-%m}.jsonl", b"".join(lines))

    def bury(self, stones: Iterable[Tombstone], *, at: datetime) -> None:
        """Add tombstones, durably. Raises OSError."""
        self.append([erased_line(stone) for stone in stones], at=at)

    def told_of(self, erased: Collection[str]) -> Iterator[PlacedLine]:
        """The lines that still tell of erased recordings. Raises OSError."""
        for line, _, _ in self._lines():
            found = open_line(line, _decoder)
            if isinstance(found, PlacedLine) and found.recording in erased:
                yield found

    def scrub(self, erased: Collection[str], rewrite: Callable[[str, Iterable[bytes]], int]) -> dict[str, int]:
        """Take everything of a person out of the lines of erased recordings; each file old whole or new whole.

        Line for line, so that numbers of lines stay. `rewrite` writes a file anew; answers the new lengths of those
        that were. Raises OSError.
        """
        stones: dict[str, ErasedLine] = {}
        touched: dict[str, None] = {}
        for line, name, _ in self._lines():
            found = open_line(line, _decoder)
            if isinstance(found, ErasedLine):
                stones.setdefault(found.recording, found)
            elif _speaks_of(line, found) in erased:
                touched[name] = None
        return {
            name: rewrite(f"{self._folder}{os.sep}{name}", self._scrubbed(name, erased, stones)) for name in touched
        }

    def _scrubbed(self, name: str, erased: Collection[str], stones: dict[str, ErasedLine]) -> Iterator[bytes]:
        with Path(self._folder, name).open("rb", buffering=1 << 18) as file:
            for line in file:
                found = open_line(line.rstrip(b"\n"), _decoder)
                if isinstance(found, ErasedLine) or (who := _speaks_of(line, found)) not in erased:
                    yield line
                else:
                    # A damaged line says nothing that could be believed, and stays one.
                    yield scrubbed_line(found, stones[who]) if isinstance(found, PlacedLine) else b"-\n"

    def mark(self) -> str:
        """How far the manifest goes now: files and their lengths. Raises OSError."""
        found = (path for path in Path(self._folder).iterdir() if MONTH.fullmatch(path.name))
        return " ".join(sorted(f"{path.name}:{path.stat().st_size}" for path in found))

    def survey(self) -> Survey:
        """The first pass. Raises OSError."""
        seen = bytearray(1 << (_SEEN_BITS - 3))
        last: dict[int, int] = {}
        erased: set[str] = set()
        for number, (line, _, _) in enumerate(self._lines()):
            key = open_line(line, _key_decoder)
            if key is None:
                continue
            if key.kind == _ERASED:
                erased.add(key.recording)
                continue
            hashed = _hash(key.recording, key.version)
            place = hashed & ((1 << _SEEN_BITS) - 1)
            if seen[place >> 3] & (1 << (place & 7)):
                last[hashed] = number
            else:
                seen[place >> 3] |= 1 << (place & 7)
        return Survey(last, frozenset(erased))

    def count(self, survey: Survey) -> Count:
        """How much `read` will yield, without holding it. Raises OSError."""
        placed = size = 0
        paths = Paths()
        for number, (line, _, _) in enumerate(self._lines()):
            key = open_line(line, _key_decoder)
            if key is not None and key.kind != _ERASED and _holds(key, number, survey):
                placed += 1
                size += key.size
                paths.add(key.path)
        return Count(placed, size, paths)

    def read(self, survey: Survey) -> Iterator[PlacedLine | ErasedLine | Damage]:
        """Everything that holds now: each recording version once, as its last line says, or as erased.

        Raises OSError.
        """
        told: set[str] = set()
        for number, (line, file, line_number) in enumerate(self._lines()):
            found = open_line(line, _decoder)
            if found is None:
                yield Damage(file, line_number, torn=_ENDED.search(line) is None)
            elif isinstance(found, PlacedLine):
                if _holds(found, number, survey):
                    yield found
            elif found.recording not in told:
                told.add(found.recording)
                yield found

    def _lines(self) -> Iterator[tuple[bytes, str, int]]:
        """Every line that is not empty, without its end, with its file's name and its number; oldest month first."""
        try:
            names = sorted(path.name for path in Path(self._folder).iterdir() if MONTH.fullmatch(path.name))
        except FileNotFoundError:
            return
        for name in names:
            with Path(self._folder, name).open("rb", buffering=1 << 18) as file:
                for number, line in enumerate(file, start=1):
                    bare = line.rstrip(b"\n")
                    if bare:
                        yield bare, name, number


def _hash_path(path: str) -> int:
    """64 bits that stand for a path in this process, whichever way a file system spells its letters."""
    return hash(path if path.isascii() else unicodedata.normalize("NFC", path)) & 0xFFFFFFFFFFFFFFFF


def _hash(recording: str, version: int) -> int:
    return hash((recording, version)) & 0xFFFFFFFFFFFFFFFF


def _holds(found: PlacedLine | _Key, number: int, survey: Survey) -> bool:
    if found.recording in survey.erased:
        return False
    return survey.last.get(_hash(found.recording, found.version), number) == number


def _speaks_of(line: bytes, found: PlacedLine | ErasedLine | None) -> str:
    """The recording that a line tells of, a damaged one too, as far as that can be read."""
    if found is not None:
        return found.recording
    named = _NAMES.search(line)
    return named[1].decode("utf-8", "replace") if named is not None else ""


def seal(encoded: bytes) -> bytes:
    """A JSON object with the sum of its bytes as last member, as a line."""
    body = encoded[:-1]
    return b'%b%b%08x"}\n' % (body, _SUM, zlib.crc32(body))


def open_line(line: bytes, decoder: msgspec.json.Decoder[_Decoded]) -> _Decoded | None:
    """What a line says; None where it cannot be believed."""
    end = len(line) - _TAIL
    if end <= 0 or line[end : end + len(_SUM)] != _SUM:
        return None
    if b"%08x" % zlib.crc32(memoryview(line)[:end]) != line[end + len(_SUM) : -2]:
        return None
    try:
        return decoder.decode(line)
    except msgspec.MsgspecError:
        return None


_Decoded = TypeVar("_Decoded")
_ERASED: Final = "erased"
_NAMES: Final = re.compile(rb'"recording":"([^"]{1,400})"')
_ENDED: Final = re.compile(rb'"sum":"[0-9a-f]{8}"\}$')
_encoder: Final = msgspec.json.Encoder()
_decoder: Final = msgspec.json.Decoder(PlacedLine | ErasedLine)
_key_decoder: Final = msgspec.json.Decoder(_Key)
