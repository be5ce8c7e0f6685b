"""An archive on a real disk and finished recordings to put into it."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from download_client.archive import Archive, Entry, Files, Finding, Finished, Placed, Style, Tombstone
from download_client.model import Conversation
from tests.fake_clock import FakeClock
from tests.making import START, conversation, recording
from tests.wav.build import MU_LAW, chunk, proven, wav

SERVICE = "https://mir.example"
ACCOUNT = "acc-1"


def make(folder: Path, *, files: Files | None = None, style: Style | None = None) -> Archive:
    """A new archive in a folder of its own (the folders of tests are temporary, hence risky)."""
    return Archive.create(
        folder,
        service=SERVICE,
        account_id=ACCOUNT,
        accept_risk=True,
        clock=FakeClock(),
        style=style,
        files=files,
    )


def reopen(archive: Archive, *, files: Files | None = None, style: Style | None = None) -> Archive:
    """The same archive as another process would open it."""
    return Archive.open(
        archive.root, archive_id=archive.identity.archive_id, clock=FakeClock(), files=files, style=style
    )


def sound(seed: str, *, size: int = 600) -> bytes:
    """A whole WAV file; another seed gives other bytes of the same length."""
    body = (hashlib.sha256(seed.encode()).digest() * (size // 32 + 1))[:size]
    return wav(chunk(b"fmt ", MU_LAW), chunk(b"data", body))


def finished(
    archive: Archive, number: int = 1, *, content: bytes | None = None, part: bool = True, **different: Any
) -> Finished:
    """The `number`th call, a minute after the one before, whole in its part."""
    start = START + timedelta(minutes=number)
    rec = recording(f"rec-{number:06}", start_time=start)
    call = conversation(f"cnv-{number:06}", rec, start_time=start, **different)
    return finish(archive, call, content=sound(rec.id) if content is None else content, part=part)


def finish(archive: Archive, call: Conversation, *, content: bytes, part: bool = True, version: int = 1) -> Finished:
    """The first recording of a call, with these bytes in its part."""
    rec = call.recordings[0]
    path = archive.part_path(rec.id, version)
    if part:
        path.write_bytes(content)
    return Finished(
        part=path,
        path=archive.plan_name(call, rec, version_number=version),
        conversation=call,
        recording=rec,
        version_number=version,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        etag='"e1"',
        verified_by="sha-256",
        wav=proven(content),
        downloaded_at=START + timedelta(days=1),
        run_id=7,
        access_level="all",
        source=SERVICE,
    )


def placed(archive: Archive, *batch: Finished) -> list[Placed]:
    """Place a batch of which nothing may fail."""
    answers = archive.place(batch)
    assert all(isinstance(answer, Placed) for answer in answers), answers
    return [answer for answer in answers if isinstance(answer, Placed)]


def findings(archive: Archive, **how: Any) -> list[Finding]:
    """What `verify` finds."""
    return list(archive.verify(**how))


def held(archive: Archive) -> list[Entry]:
    """The entries that are no tombstones."""
    return [entry for entry in archive.entries() if isinstance(entry, Entry)]


def tombstones(archive: Archive) -> list[Tombstone]:
    """The entries that are."""
    return [entry for entry in archive.entries() if isinstance(entry, Tombstone)]


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@contextmanager
def small_disk(folder: Path, *, size: int) -> Iterator[bool]:
    """A file system of so many bytes at `folder`; False where this user may mount none."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "small", str(folder)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True, check=False).returncode:
        yield False
        return
    try:
        yield True
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)
