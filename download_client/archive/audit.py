"""Who did what with the archive, entry by entry, each bound to the one before it by SHA-256; ids only, never rewritten.

`.mir/audit/chain.jsonl`: one JSON object a line, sealed as the manifest's lines are; its member ``prev`` is the SHA-256
of the line before it (of the archive's id, for the first). What was placed and erased stands in the manifest: an entry
names the stretch of its lines that it speaks of, by their number and a digest over recording, version and SHA-256,
which outlasts the scrubbing of personal data.

What it does not promise: whoever can write the archive can write the whole chain anew, or cut off its end. Only a head
that was exported before, and kept where they cannot write, shows that.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO, Final

import msgspec

from download_client.archive.files import Files
from download_client.archive.manifest import MONTH, open_line, seal
from download_client.archive.root import Root
from download_client.archive.trouble import disk_error
from download_client.archive.turn import turn

_CHAIN: Final = "chain.jsonl"
_LOCK: Final = "lock"
_BLOCK: Final = 1 << 20


class DeedKind(StrEnum):
    """What was done."""

    BEGIN = "begin"
    """A pull, a retry or a repair began; what a killed one had placed is taken in here."""
    END = "end"
    EXPORT = "export"
    ERASE = "erase"
    REBUILD = "rebuild"
    MENDED = "mended"
    """A kill or a power failure had torn the end of this record: what it told of was never begun."""


class Stretch(msgspec.Struct, frozen=True, array_like=True):
    """Lines of a manifest file: the first (from 1), how many, where they end in bytes, the digest of what they say."""

    file: str
    first: int
    count: int
    end: int
    digest: str


@dataclass(frozen=True, slots=True)
class Deed:
    """What is to be written down. `ids` are recordings, `facts` figures and codes; `local` the computer's own account.

    `tells`: the entry speaks of every line of the manifest that none spoke of before; `rewritten` are the lengths in
    bytes of manifest files that were scrubbed, so that nobody need count their lines again.
    """

    kind: DeedKind
    at: datetime
    user_id: str = ""
    account_id: str = ""
    access: str = ""
    local: str = ""
    run: int = 0
    ids: tuple[str, ...] = ()
    facts: dict[str, int | str] = field(default_factory=dict)
    tells: bool = False
    rewritten: dict[str, int] = field(default_factory=dict)


class AuditEntry(msgspec.Struct, frozen=True, omit_defaults=True):
    """One entry as it stands in the record; see `Deed`. `number` counts from 1."""

    number: int
    prev: str
    kind: DeedKind
    at: datetime
    user: str = ""
    account: str = ""
    access: str = ""
    local: str = ""
    run: int = 0
    ids: tuple[str, ...] = ()
    facts: dict[str, int | str] = {}
    manifest: tuple[Stretch, ...] = ()
    rewritten: dict[str, int] = {}


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the chain: how many entries it has, and the SHA-256 of the last one's line; to be kept elsewhere."""

    entries: int
    digest: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found. `broken` is the first line (from 1) that cannot be believed and `why`; 0: none.

    `torn`: the end was never finished, nothing is lost by it. `mended` counts lines that were lost to that before.
    `manifest` says where the manifest is no longer what an entry speaks of; empty: nowhere. `untold` lines of it belong
    to no entry yet. `head_at` is the entry that the given head names; None: none was given, or no entry is it.
    """

    head: Head | None
    broken: int
    why: str
    torn: bool
    mended: int
    manifest: str
    told: int
    untold: int
    head_at: int | None

    def sound(self, *, with_head: bool) -> bool:
        """Nothing is wrong, as far as this record can tell; `with_head`: a head was given, and is in it."""
        return not self.broken and not self.manifest and (self.head_at is not None or not with_head)


@dataclass(slots=True)
class _Covered:
    lines: int = 0
    end: int = 0


class _Key(msgspec.Struct):
    kind: str
    recording: str
    version: int = 0
    sha256: str = ""


class Audit:
    """The record of one archive. Writers take turns by a lock of their own: an export does not wait for a pull."""

    def __init__(self, root: Root, files: Files) -> None:
        self._root = root
        self._files = files
        self._path = root.audit + os.sep + _CHAIN

    def write(self, *deeds: Deed) -> Head:
        """Add entries and make them durable; a torn end is mended first. Raises DiskError, ArchiveMissing."""
        self._root.check()
        with self._alone():
            try:
                told = self._read()
                last, number, torn = _start(self._root), 0, list[bytes]()
                covered: dict[str, _Covered] = {}
                for line in _lines(told):
                    entry = open_line(line, _decoder)
                    if entry is None:
                        torn.append(line)
                        continue
                    last, number, torn = _digest(line), entry.number, []
                    _cover(covered, entry)
                lines = []
                mended = Deed(DeedKind.MENDED, deeds[0].at, ids=tuple(map(_digest, torn)))
                for deed in ((mended,) if torn else ()) + deeds:
                    number += 1
                    entry = self._entry(deed, number, last, covered)
                    _cover(covered, entry)
                    lines.append(seal(_encoder.encode(entry)))
                    last = _digest(lines[-1][:-1])
                self._files.append(self._path, b"".join(lines))
                self._files.flush_folders([self._root.audit])
            except OSError as error:
                raise disk_error(error, subject="audit") from error
        return Head(number, last)

    def entries(self) -> Iterator[AuditEntry]:
        """Every entry that can be read, oldest first. Raises DiskError."""
        for line in _lines(self._told()):
            entry = open_line(line, _decoder)
            if entry is not None:
                yield entry

    def head(self) -> Head | None:
        """The end of the chain; None: nothing was written yet. Raises DiskError."""
        return self.verify(manifest=False).head

    def verify(self, *, head: str = "", manifest: bool = True) -> Verdict:
        """Hold every entry against the one before it, against the manifest, and against an exported head.

        Raises DiskError.
        """
        data = self._told()
        last, number, pending = _start(self._root), 0, list[tuple[int, bytes]]()
        broken, why, mended, head_at = 0, "", 0, None
        stretches: dict[str, list[tuple[int, Stretch]]] = {}
        found: Head | None = None
        for at, line in enumerate(_lines(data), start=1):
            entry = open_line(line, _decoder)
            if entry is None:
                pending.append((at, line))
                continue
            wrong = ""
            if pending:
                if entry.kind is DeedKind.MENDED and entry.ids == tuple(_digest(each) for _, each in pending):
                    mended += len(pending)
                else:
                    broken, why = broken or pending[0][0], why or "the line is damaged"
                pending = []
            if entry.prev != last:
                wrong = "it does not follow the one before it: that was changed, taken out, or this was put in"
            elif entry.number != number + 1:
                wrong = f"it bears the number {entry.number} instead of {number + 1}"
            if wrong and not broken:
                broken, why = at, wrong
            last, number = _digest(line), entry.number
            if head and last == head.strip().lower():
                head_at = number
            found = Head(number, last)
            for stretch in entry.manifest:
                stretches.setdefault(stretch.file, []).append((number, stretch))
        torn = bool(data) and not data.endswith(b"\n") and bool(pending)
        if pending and not torn and not broken:
            broken, why = pending[0][0], "the line is damaged"
        wrong, told, untold = self._against_manifest(stretches) if manifest else ("", 0, 0)
        return Verdict(found, broken, why, torn, mended, wrong, told, untold, head_at)

    # --- the manifest

    def _entry(self, deed: Deed, number: int, last: str, covered: dict[str, _Covered]) -> AuditEntry:
        return AuditEntry(
            number=number,
            prev=last,
            kind=deed.kind,
            at=deed.at,
            user=deed.user_id,
            account=deed.account_id,
            access=deed.access,
            local=deed.local,
            run=deed.run,
            ids=deed.ids,
            facts=deed.facts,
            manifest=tuple(self._untold(covered)) if deed.tells else (),
            rewritten=deed.rewritten,
        )

    def _untold(self, covered: dict[str, _Covered]) -> Iterator[Stretch]:
        """What the manifest holds beyond what was told of, whole lines only."""
        for name in self._months():
            known = covered.get(name, _Covered())
            path = Path(self._root.manifest, name)
            if path.stat().st_size == known.end:
                continue
            digest, count = hashlib.sha256(), 0
            with path.open("rb", buffering=1 << 18) as file:
                # By number: scrubbing changes their lengths.
                end = _seek_line(file, known.lines)
                for line in file:
                    if not line.endswith(b"\n"):
                        break
                    digest.update(_essence(line[:-1]))
                    count, end = count + 1, end + len(line)
            if count:
                yield Stretch(name, known.lines + 1, count, end, digest.hexdigest())

    def _against_manifest(self, told: dict[str, list[tuple[int, Stretch]]]) -> tuple[str, int, int]:
        """Where it differs from what was told of it, and how many lines were told of and not."""
        wrong, lines, untold = "", 0, 0
        try:
            for name in sorted({*self._months(), *told}):
                path = Path(self._root.manifest, name)
                parts = iter(told.get(name, ()))
                with path.open("rb", buffering=1 << 18) if path.exists() else Path(os.devnull).open("rb") as file:
                    for number, stretch in parts:
                        digest, count = hashlib.sha256(), 0
                        while count < stretch.count and (line := file.readline()):
                            digest.update(_essence(line.rstrip(b"\n")))
                            count += 1
                        lines += count
                        if (count, digest.hexdigest()) != (stretch.count, stretch.digest):
                            last = stretch.first + stretch.count - 1
                            wrong = wrong or f"entry {number}: lines {stretch.first} to {last} of {name}"
                    untold += sum(1 for _ in file)
        except OSError as error:
            raise disk_error(error, subject="manifest") from error
        return wrong, lines, untold

    def _months(self) -> list[str]:
        return sorted(path.name for path in Path(self._root.manifest).iterdir() if MONTH.fullmatch(path.name))

    # --- the file

    def _told(self) -> bytes:
        self._root.check()
        try:
            return self._read()
        except OSError as error:
            raise disk_error(error, subject="audit") from error

    def _read(self) -> bytes:
        try:
            with self._files.open_to_read(self._path) as file:
                return file.readall()
        except FileNotFoundError:
            return b""

    @contextmanager
    def _alone(self) -> Iterator[None]:
        self._root.make_audit()
        with turn(self._files, self._root.audit + os.sep + _LOCK, what="audit"):
            yield


def _start(root: Root) -> str:
    return hashlib.sha256(root.identity.archive_id.encode()).hexdigest()


def _digest(line: bytes) -> str:
    return hashlib.sha256(line).hexdigest()


def _lines(data: bytes) -> Sequence[bytes]:
    return [line for line in data.split(b"\n") if line]


def _cover(covered: dict[str, _Covered], entry: AuditEntry) -> None:
    for name, length in entry.rewritten.items():
        covered.setdefault(name, _Covered()).end = length
    for stretch in entry.manifest:
        known = covered.setdefault(stretch.file, _Covered())
        known.lines, known.end = stretch.first + stretch.count - 1, stretch.end


def _seek_line(file: BinaryIO, lines: int) -> int:
    """Go to the end of so many lines, or of the file; answers where that is, in bytes."""
    at = 0
    while lines > 0 and (block := file.read(_BLOCK)):
        there = block.count(b"\n")
        if there < lines:
            lines, at = lines - there, at + len(block)
            continue
        place = -1
        for _ in range(lines):
            place = block.index(b"\n", place + 1)
        lines, at = 0, at + place + 1
    file.seek(at)
    return at


def _essence(line: bytes) -> bytes:
    """What of a manifest's line outlasts its scrubbing; a line that cannot be believed is only counted."""
    key = open_line(line, _key_decoder)
    if key is None:
        return b"?\n"
    what = f"{key.version}\0{key.sha256}" if key.version else key.kind
    return f"{key.recording}\0{what}\n".encode("utf-8", "surrogatepass")


_encoder: Final = msgspec.json.Encoder()
_decoder: Final = msgspec.json.Decoder(AuditEntry)
_key_decoder: Final = msgspec.json.Decoder(_Key)
