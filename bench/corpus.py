"""The corpora of the measurements: real WAV files, each different from every other, made once and used again."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from mir_sandbox.audio import AudioLibrary

_BLOCK = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Corpus:
    """`count` recordings of one length; all tools fetch `at_once` of them at a time."""

    name: str
    key: str
    seconds: float
    count: int
    at_once: int

    def stem(self, number: int) -> str:
        """The recording's id, which is also its file's name."""
        return f"rec-{self.name.lower()}-{number:06d}"


# Calls of 3 seconds, 3 minutes and 1 hour.
A = Corpus("A", "pcm16-8k-mono", 3, 4_000, 16)
B = Corpus("B", "pcm16-8k-mono", 180, 300, 8)
C = Corpus("C", "pcm16-8k-mono", 3_600, 8, 8)
MANY = Corpus("MANY", "gsm-mono-en", 2, 100_000, 16)
"""For the second run over a complete archive: calls of 2 s, GSM, 3 kB each."""
CORPORA = {corpus.name: corpus for corpus in (A, B, C)}


@dataclass(frozen=True, slots=True)
class Made:
    """A corpus on disk."""

    corpus: Corpus
    folder: Path
    size: int
    """Bytes of one recording."""

    @property
    def total(self) -> int:
        """Bytes of all recordings."""
        return self.size * self.corpus.count

    def check(self, folder: Path, *, digests: bool) -> None:
        """Whether every recording lies below `folder`, under any name. Raises `ValueError`."""
        found = [path for path in folder.rglob("*.wav") if path.is_file()]
        sizes = {path.stat().st_size for path in found}
        if len(found) != self.corpus.count or sizes != {self.size}:
            raise ValueError(f"{len(found)} files of sizes {sorted(sizes)[:3]}, not {self.corpus.count} of {self.size}")
        if digests and _digests(found) != _digests(sorted(self.folder.glob("*.wav"))):
            raise ValueError("other bytes than were served")


def make(corpus: Corpus, place: Path) -> Made:
    """Make the corpus below `place`, or find it there."""
    library = AudioLibrary()
    variant = library.nearest(corpus.key, seconds=corpus.seconds)
    size = library.variants[variant].size
    folder = place / corpus.name
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(1, corpus.count + 1):
        stem = corpus.stem(number)
        path = folder / f"{stem}.wav"
        if path.exists() and path.stat().st_size == size:
            continue
        with path.open("wb") as file:
            for start in range(0, size, _BLOCK):
                file.write(library.read(stem, variant, start=start, length=_BLOCK))
    return Made(corpus, folder, size)


def _digests(paths: list[Path]) -> set[str]:
    found = set()
    for path in paths:
        with path.open("rb") as file:
            found.add(hashlib.file_digest(file, "sha256").hexdigest())
    return found
