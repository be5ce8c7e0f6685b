"""A directory of WAV files served as an account: one conversation for each file, for measurements.

Not promised: that the files stay as they are; they are looked at once, and their digests are remembered outside the
directory for as long as time and size of a file do not change.
"""

import hashlib
import mmap
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from mir_sandbox.calls import Call, State, Take
from mir_sandbox.ids import ID_PATTERN
from mir_sandbox.people import People
from mir_sandbox.sound import Codec

_SPREAD = 20 * 3600
"""Seconds over which the calls are spread, so that a search over the last 24 hours finds all of them."""
_NAMES = {1: "PCM", 2: "MS ADPCM", 6: "A-law", 7: "mu-law", 17: "IMA ADPCM", 49: "GSM 6.10"}


class _Seen(msgspec.Struct, array_like=True):
    """What is remembered of a file."""

    modified_ns: int
    size: int
    sha256: str
    codec: tuple[int, int, int, int]
    seconds: float


@dataclass(frozen=True, slots=True)
class Corpus:
    """The WAV files of `directory` with what is known of each, by stem, and the codecs that occur."""

    directory: Path
    files: dict[str, _Seen]
    codecs: tuple[Codec, ...]

    def read(self, stem: str, *, start: int, length: int) -> bytes:
        """At most `length` bytes of that file from `start`. Raises `OSError`."""
        with (self.directory / f"{stem}.wav").open("rb", buffering=0) as file:
            file.seek(start)
            return file.read(length)

    def calls(self, people: People, *, now: int) -> Iterator[tuple[Call, list[Take]]]:
        """One call for each file, in the order of the stems; all within the last 24 hours."""
        users = [user.number for user in people.users if user.recorded]
        numbers = {codec: index for index, codec in enumerate(self.codecs)}
        for number, (stem, seen) in enumerate(sorted(self.files.items()), start=1):
            start = now - 600 - _SPREAD + (number * _SPREAD) // (len(self.files) + 1)
            owner = users[number % len(users)]
            contact = people.contacts[number % len(people.contacts)].number
            available = min(start * 1000 + 60_000, now * 1000)
            modified, size = seen.modified_ns // 1_000_000_000, seen.size
            take = Take(
                number, number, 1, numbers[_codec(seen)], start, seen.seconds, "[]", State.AVAILABLE, None, size,
                bytes.fromhex(seen.sha256), modified * 1000, stem, f'"{modified:x}-{size:x}"',
            )  # fmt: skip
            yield (
                Call(number, False, False, start, max(2, int(seen.seconds)), contact, owner, None, owner,
                     available, available, available, 1, size),
                [take],
            )  # fmt: skip


def open_corpus(directory: Path) -> Corpus:
    """Look at every `*.wav` of the directory; a digest is worked out once. Raises `OSError`, `ValueError`."""
    index = _index_path(directory)
    known = _load(index)
    files = {}
    for path in sorted(directory.glob("*.wav")):
        if not ID_PATTERN.fullmatch(path.stem):
            raise ValueError(f"{path.name}: the name of a corpus file must also be an id ({ID_PATTERN.pattern})")
        stat = path.stat()
        seen = known.get(path.stem)
        if seen is None or (seen.modified_ns, seen.size) != (stat.st_mtime_ns, stat.st_size):
            seen = _look(path, modified_ns=stat.st_mtime_ns, size=stat.st_size)
        files[path.stem] = seen
    if files != known:
        index.write_bytes(msgspec.json.encode(files))
    codecs = tuple(dict.fromkeys(_codec(seen) for seen in files.values()))
    return Corpus(directory, files, codecs)


def _index_path(directory: Path) -> Path:
    name = hashlib.sha256(str(directory.resolve()).encode()).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"mir-sandbox-corpus-{name}.json"


def _load(index: Path) -> dict[str, _Seen]:
    try:
        return msgspec.json.decode(index.read_bytes(), type=dict[str, _Seen])
    except (OSError, msgspec.MsgspecError):
        return {}


def _look(path: Path, *, modified_ns: int, size: int) -> _Seen:
    with path.open("rb") as file:
        head = file.read(4096)
        digest = hashlib.sha256(head)
        if size > len(head):
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as whole, memoryview(whole) as view:
                digest.update(view[len(head) :])
    codec, byte_rate = _format(head, name=path.name)
    return _Seen(modified_ns, size, digest.hexdigest(), codec, round(size / byte_rate, 3))


def _format(head: bytes, *, name: str) -> tuple[tuple[int, int, int, int], int]:
    """Format tag, rate, channels, bits and the byte rate of the `fmt ` chunk."""
    at = head.find(b"fmt ", 12)
    if head[:4] != b"RIFF" or at < 0 or len(head) < at + 24:
        raise ValueError(f"{name}: not a WAV file")
    tag, channels = (int.from_bytes(head[at + 8 + 2 * part : at + 10 + 2 * part], "little") for part in (0, 1))
    rate, byte_rate = (int.from_bytes(head[at + 12 + 4 * part : at + 16 + 4 * part], "little") for part in (0, 1))
    bits = int.from_bytes(head[at + 22 : at + 24], "little")
    return (tag, rate, channels, bits), byte_rate or 1


def _codec(seen: _Seen) -> Codec:
    tag, rate, channels, bits = seen.codec
    return Codec(tag, _NAMES.get(tag, f"format {tag}"), rate, channels, bits)
