"""One puller: a real lock between real processes, which dies with its holder and says who holds it."""

from __future__ import annotations

import errno
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from download_client.archive import Files
from download_client.archive.lock import DEAD_AFTER
from download_client.errors import ArchiveLocked, ArchiveMissing
from tests.archive.rig import finished, make, placed, reopen, small_disk

HOLDER = """
import sys
from pathlib import Path
from download_client.archive import Archive
from download_client.retry import SystemClock
with Archive.open(Path(sys.argv[1]), clock=SystemClock()).lock("scheduled task"):
    print("held", flush=True)
    sys.stdin.read()
print("let go", flush=True)
"""


@contextmanager
def holder(root: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock until its input ends."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(root)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        try:
            yield process
        finally:
            process.kill()


def test_a_second_process_is_told_who_holds_it(tmp_path: Path) -> None:
    archive = make(tmp_path / "a")
    with holder(archive.root) as process:
        with pytest.raises(ArchiveLocked) as refused, archive.lock("window"):
            pass
        detail = refused.value.detail
        assert f"scheduled task, process {process.pid} on {platform.node()}, since " in detail
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.close()
        assert process.stdout.readline() == "let go\n"
        with archive.lock("window"):
            pass


def test_it_dies_with_its_process_and_nobody_waits(tmp_path: Path) -> None:
    archive = make(tmp_path / "a")
    with holder(archive.root) as process:
        process.kill()
        process.wait()
        assert (archive.root / ".mir/lock.json").exists()
        with archive.lock("window"):
            pass


def test_two_in_one_process_exclude_each_other_too(tmp_path: Path) -> None:
    archive = make(tmp_path / "a")
    with archive.lock("first"), pytest.raises(ArchiveLocked, match="first"), reopen(archive).lock("second"):
        pass
    with archive.lock("third"):
        pass


def test_a_holder_who_has_not_said_who_it_is_holds_it_all_the_same(tmp_path: Path) -> None:
    archive = make(tmp_path / "a")
    with archive.lock("first"):
        (archive.root / ".mir/lock.json").write_text("{")
        with pytest.raises(ArchiveLocked), reopen(archive).lock("second"):
            pass


def other_machine(archive_root: Path, *, silent_for: float) -> Path:
    """What a puller on another machine leaves on a share whose server keeps no locks."""
    path = archive_root / ".mir/lock.json"
    path.write_text(
        json.dumps(
            {"holder": "pull", "pid": 4, "host": "DESK-7", "machine": "another", "since": "2026-11-22T00:00:00Z"}
        )
    )
    then = time.time() - silent_for
    os.utime(path, (then, then))
    return path


def test_a_second_machine_on_a_share_without_locks_is_refused(tmp_path: Path) -> None:
    archive = make(tmp_path / "a")
    path = other_machine(archive.root, silent_for=DEAD_AFTER / 2)
    before = path.read_bytes()
    with pytest.raises(ArchiveLocked, match=r"DESK-7.*last sign of life"), archive.lock("pull"):
        pass
    assert path.read_bytes() == before
    assert list((archive.root / ".mir/parts").iterdir()) == []


def test_a_machine_that_has_been_silent_for_long_is_believed_dead(tmp_path: Path) -> None:
    archive = make(tmp_path / "a")
    path = other_machine(archive.root, silent_for=DEAD_AFTER * 2)
    with archive.lock("pull"):
        assert json.loads(path.read_text())["holder"] == "pull"
    assert not path.exists()


def test_the_lock_makes_the_inner_folders_that_somebody_removed(tmp_path: Path) -> None:
    archive = make(tmp_path / "a")
    (archive.root / ".mir/quarantine").rmdir()
    with archive.lock("pull"):
        assert (archive.root / ".mir/quarantine").is_dir()


def test_whoever_reads_the_holder_just_now_is_waited_for(tmp_path: Path) -> None:
    class Read(Files):
        """As Windows answers while somebody has the file open."""

        times = 3

        def replace(self, source: str, target: str) -> None:
            if target.endswith("lock.json") and self.times:
                self.times -= 1
                raise PermissionError(errno.EACCES, "Access is denied")
            super().replace(source, target)

    files = Read()
    archive = make(tmp_path / "a", files=files)
    with archive.lock("pull"):
        assert json.loads((archive.root / ".mir/lock.json").read_bytes())["holder"] == "pull"
    assert files.times == 0


def test_the_lock_sweeps_what_a_killed_writer_left_but_no_part(tmp_path: Path) -> None:
    archive = make(tmp_path / "a")
    parts = archive.root / ".mir/parts"
    for name in ("table-3.csv", "run-7.csv", "lock-12.json", "archive-x.json"):
        (parts / name).write_text("x")
    part = archive.part_path("rec-1", 1)
    part.write_text("x")
    with archive.lock("pull"):
        assert [left.name for left in parts.iterdir()] == [part.name]


class ReadOnly(Files):
    """Where no disk may be mounted: the same answers as a read-only one gives."""

    on = False

    def make_folder(self, path: str) -> None:
        if self.on:
            raise OSError(errno.EROFS, os.strerror(errno.EROFS))
        super().make_folder(path)

    def write(self, path: str, data: bytes) -> None:
        if self.on:
            raise OSError(errno.EROFS, os.strerror(errno.EROFS))
        super().write(path, data)


def test_a_drive_that_has_become_read_only_can_be_read_and_not_pulled_into(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", size=512 * 1024) as mounted:
        files = ReadOnly()
        archive = make(tmp_path / "disk/a", files=files)
        placed(archive, finished(archive, 1))
        job = finished(archive, 2)
        if mounted:
            subprocess.run(["mount", "-o", "remount,ro", str(tmp_path / "disk")], check=True)
        files.on = not mounted
        assert len(list(reopen(archive, files=files).entries())) == 1
        with pytest.raises(ArchiveMissing, match="read-only"), archive.lock("pull"):
            pass
        (answer,) = archive.place([job])
        assert isinstance(answer, ArchiveMissing)
        with pytest.raises(ArchiveMissing, match="read-only"):
            archive.write_run_csv("run", ())
        assert job.part.exists()
