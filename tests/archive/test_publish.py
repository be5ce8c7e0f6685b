"""Placing: whole and proved or not at all, never over another file, and what the disk does to it has a name."""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from download_client.archive import Archive, Files, Origin, Placed, Style
from download_client.archive.names import LONGER_TAGS, tag
from download_client.archive.trouble import disk_error, kind
from download_client.errors import (
    ArchiveMissing,
    DiskError,
    DiskFailed,
    DiskFull,
    Fate,
    FileHeld,
    MirError,
    RecordingError,
    Truncated,
    UnsafePath,
)
from tests.archive.rig import findings, finished, held, make, placed, reopen, small_disk, sound, tree
from tests.windows import WINDOWS, makes_links


def answers(batch: Sequence[Placed | MirError]) -> list[type]:
    return [type(answer) for answer in batch]


def system_error(number: int) -> OSError:
    return OSError(number, os.strerror(number))


def windows_error(number: int) -> OSError:
    """An error as Windows raises it."""
    error = PermissionError(errno.EACCES, "The process cannot access the file")
    error.winerror = number  # type: ignore[attr-defined]
    return error


def test_a_recording_comes_to_lie_under_its_name_with_its_table_and_its_line(tmp_path: Path) -> None:
    archive = make(tmp_path / "a", style=Style(zone="Europe/Berlin"))
    job = finished(archive)
    content = job.part.read_bytes()
    assert archive.place([job]) == [Placed(job.path, job.size, job.sha256)]
    assert job.path == archive.plan_name(job.conversation, job.recording, version_number=1)
    final = archive.root / job.path
    assert final.read_bytes() == content
    assert final.with_suffix(".csv").exists()
    assert list((archive.root / ".mir/parts").iterdir()) == []
    (line,) = (archive.root / ".mir/manifest/2026-11.jsonl").read_text(encoding="utf-8").splitlines()
    told = json.loads(line)
    assert (told["kind"], told["recording"], told["path"], told["sha256"]) == (
        "placed",
        "rec-000001",
        job.path,
        job.sha256,
    )
    assert told["conversation"]["calling_party"]["name"] == "Zoë Müller"
    assert told["wav"]["codec"] == "G.711 mu-law"


def test_placing_it_again_adopts_it_and_changes_no_byte_of_it(tmp_path: Path) -> None:
    archive = make(tmp_path / "a")
    job = finished(archive)
    placed(archive, job)
    before = (archive.root / job.path).stat()
    (again,) = placed(archive, job)
    assert again == Placed(job.path, job.size, job.sha256, adopted=True)
    # And once more with a part that was fetched again: the final stays, the part goes.
    job.part.write_bytes(sound("rec-000001"))
    (again,) = placed(archive, job)
    assert again.adopted
    assert not job.part.exists()
    after = (archive.root / job.path).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert len(held(archive)) == 1
    assert findings(archive) == []


def test_a_name_taken_by_other_bytes_is_left_alone_and_a_longer_tag_is_used(tmp_path: Path) -> None:
    archive = make(tmp_path / "a")
    job = finished(archive)
    final = archive.root / job.path
    final.parent.mkdir(parents=True)
    final.write_bytes(b"somebody else's" * 50)
    longer = job.path.replace(tag("rec-000001"), tag("rec-000001", length=LONGER_TAGS[0]))
    (done,) = placed(archive, job)
    assert done.path == longer
    assert final.read_bytes() == b"somebody else's" * 50
    assert (archive.root / longer).read_bytes() == sound("rec-000001")
    assert f"{longer}," in (archive.root / longer).with_suffix(".csv").read_text(encoding="utf-8-sig")
    assert not final.with_suffix(".csv").exists()
    # Killed before the ledger knew: placed again under its first plan, it is found under the longer name.
    (again,) = placed(archive, job)
    assert again == replace(done, adopted=True)
    assert [entry.path for entry in held(archive)] == [longer]


def test_where_every_name_is_taken_it_stays_in_its_part(tmp_path: Path) -> None:
    archive = make(tmp_path / "a")
    job = finished(archive)
    for length in (8, *LONGER_TAGS):
        taken = archive.root / job.path.replace(tag("rec-000001"), tag("rec-000001", length=length))
        taken.parent.mkdir(parents=True, exist_ok=True)
        taken.mkdir()
    assert answers(archive.place([job])) == [DiskError]
    assert job.part.exists()
    assert held(archive) == []


@pytest.mark.parametrize("rename", ["_rename_by_system", "_rename_by_link", "_rename_by_looking"])
def test_no_way_of_renaming_ever_replaces_a_file(rename: str, tmp_path: Path) -> None:
    files = Files()
    one, other, free = (str(tmp_path / name) for name in ("one", "other", "free"))
    files.write(one, b"one")
    files.write(other, b"other")
    with pytest.raises(FileExistsError):
        getattr(files, rename)(one, other)
    assert Path(one).read_bytes() == b"one"
    assert Path(other).read_bytes() == b"other"
    getattr(files, rename)(one, free)
    assert Path(free).read_bytes() == b"one"
    assert not Path(one).exists()


@makes_links
@pytest.mark.parametrize("rename", ["_rename_by_system", "_rename_by_link", "_rename_by_looking"])
def test_a_link_that_leads_nowhere_bears_its_name(rename: str, tmp_path: Path) -> None:
    files = Files()
    one, free = str(tmp_path / "one"), str(tmp_path / "free")
    files.write(free, b"one")
    Path(one).symlink_to("nowhere")
    with pytest.raises(FileExistsError):
        getattr(files, rename)(free, one)


def test_a_file_system_without_the_system_call_is_served_by_a_link(tmp_path: Path) -> None:
    class Old:
        """A C library of before the call."""

    archive_files = Files()
    archive_files._libc = Old()
    archive = make(tmp_path / "a", files=archive_files)
    job = finished(archive)
    placed(archive, job)
    assert (archive.root / job.path).stat().st_nlink == 1
    assert findings(archive) == []


@pytest.mark.parametrize(
    "path",
    [
        "../x.wav",
        "/etc/x.wav",
        "a/../x.wav",
        "a//x.wav",
        "C:/x.wav",
        "a\\b.wav",
        ".mir/parts/x.wav",
        ".mir/x.wav",
        "x.csv",
        "x",
        "",
        "a/ x.wav",
        "x\0.wav",
        "x:y.wav",
    ],
)
def test_a_plan_that_leads_out_is_refused(path: str, tmp_path: Path) -> None:
    archive = make(tmp_path / "a")
    job = replace(finished(archive), path=path)
    before = tree(tmp_path)
    assert answers(archive.place([job])) == [UnsafePath]
    assert tree(tmp_path) == before


@makes_links
def test_a_link_planted_in_the_archive_is_not_followed_and_holds_up_no_other(tmp_path: Path) -> None:
    archive = make(tmp_path / "a", style=Style(folder="{owner}"))
    outside = tmp_path / "outside"
    outside.mkdir()
    (archive.root / "Mallory").symlink_to(outside, target_is_directory=True)
    bad, good = finished(archive, 1, owner_name="Mallory"), finished(archive, 2)
    assert answers(archive.place([bad, good])) == [UnsafePath, Placed]
    assert list(outside.iterdir()) == []
    assert bad.part.exists()


@makes_links
def test_a_link_in_the_place_of_the_file_or_of_its_part_is_refused(tmp_path: Path) -> None:
    archive = make(tmp_path / "a", style=Style(folder=""))
    outside = tmp_path / "outside.wav"
    first, second = finished(archive, 1), finished(archive, 2)
    (archive.root / first.path).symlink_to(outside)
    second.part.rename(outside)
    second.part.symlink_to(outside)
    assert answers(archive.place([first, second])) == [UnsafePath, UnsafePath]
    assert outside.read_bytes() == sound("rec-000002")


def test_a_file_in_the_place_of_a_folder_is_said(tmp_path: Path) -> None:
    archive = make(tmp_path / "a", style=Style(folder="{owner}"))
    (archive.root / "Ann Lee").write_text("a file")
    assert answers(archive.place([finished(archive)])) == [UnsafePath]


def test_a_part_that_is_gone_or_has_another_length_is_to_be_fetched_again(tmp_path: Path) -> None:
    archive = make(tmp_path / "a")
    gone, cut, good = finished(archive, 1, part=False), finished(archive, 2), finished(archive, 3)
    cut.part.write_bytes(sound("rec-000002")[:-1])
    batch = archive.place([gone, cut, good])
    assert answers(batch) == [Truncated, Truncated, Placed]
    assert [answer.subject for answer in batch if isinstance(answer, MirError)] == ["rec-000001", "rec-000002"]
    assert [entry.recording.id for entry in held(archive)] == ["rec-000003"]


def test_half_a_character_holds_up_only_its_own_recording(tmp_path: Path) -> None:
    archive = make(tmp_path / "a")
    batch = archive.place([finished(archive, 1, owner_name="\ud800"), finished(archive, 2)])
    assert answers(batch) == [RecordingError, Placed]
    assert findings(archive)[0].path.endswith(".wav.part")


def test_errors_name_no_number_and_no_person(tmp_path: Path) -> None:
    archive = make(tmp_path / "a", style=Style(folder="{owner}"))
    (archive.root / "Ann Lee").write_text("a file")
    for answer in archive.place([finished(archive, 1), finished(archive, 2, part=False)]):
        assert isinstance(answer, MirError)
        text = str(answer) + str(answer.as_dict())
        assert "Ann" not in text
        assert "1234567" not in text


# --- what disks do ----------------------------------------------------------------------------------------------------


def fill(folder: Path, *, leave: int) -> Path:
    """A file that takes all room but so many bytes."""
    filler = folder / "filler"
    size = 0
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(b"x" * 4096):
            size = file.tell()
    os.truncate(filler, max(0, size - leave))
    return filler


class FullDisk(Files):
    """Where no small disk may be mounted: the same answers as a full one gives."""

    full = True

    def write(self, path: str, data: bytes) -> None:
        if self.full:
            raise system_error(errno.ENOSPC)
        super().write(path, data)

    def append(self, path: str, data: bytes) -> None:
        if self.full:
            raise system_error(errno.ENOSPC)
        super().append(path, data)


def test_a_full_disk_stops_the_batch_once_and_everything_is_placed_when_there_is_room(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", size=512 * 1024) as mounted:
        files = FullDisk()
        files.full = not mounted
        archive = make_on(tmp_path / "disk", files)
        jobs = [finished(archive, number) for number in range(12)]
        filler = fill(tmp_path / "disk", leave=3 * 4096) if mounted else tmp_path / "filler"
        batch = archive.place(jobs)
        failed = [answer for answer in batch if isinstance(answer, MirError)]
        assert failed
        assert {type(error) for error in failed} == {DiskFull}
        assert "bytes are needed, " in failed[0].detail
        assert "are free" in failed[0].detail
        assert [answer.subject for answer in batch if isinstance(answer, MirError)] == [
            job.recording.id for job, answer in zip(jobs, batch, strict=True) if isinstance(answer, MirError)
        ]
        # What failed is where it was, whole: in its part, or in its place without a line.
        for job, answer in zip(jobs, batch, strict=True):
            lies = job.part if job.part.exists() else archive.root / job.path
            assert lies.read_bytes() == sound(job.recording.id), answer
        filler.unlink(missing_ok=True)
        files.full = False
        placed(archive, *jobs)
        assert findings(archive) == []
        assert len(held(archive)) == 12


def make_on(disk: Path, files: Files) -> Archive:
    """An archive on a disk, made while there is still room."""
    full, files.full = getattr(files, "full", False), False  # type: ignore[attr-defined]
    archive = make(disk / "a", files=files)
    files.full = full  # type: ignore[attr-defined]
    return archive


@pytest.mark.parametrize("room", [0, 4096, 2 * 4096, 3 * 4096])
def test_however_little_room_is_left_nothing_is_lost(room: int, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", size=256 * 1024) as mounted:
        files = FullDisk()
        files.full = not mounted
        archive = make_on(tmp_path / "disk", files)
        job = finished(archive)
        filler = fill(tmp_path / "disk", leave=room) if mounted else tmp_path / "filler"
        (answer,) = archive.place([job])
        in_manifest = [entry for entry in held(archive) if entry.origin is Origin.MANIFEST]
        assert len(in_manifest) == isinstance(answer, Placed)
        filler.unlink(missing_ok=True)
        files.full = False
        placed(archive, job)
        assert findings(archive) == []


class Broken(Files):
    """A disk that cannot make the bytes of some files durable."""

    def __init__(self, number: int, ending: str) -> None:
        super().__init__()
        self._number = number
        self._ending = ending

    def flush(self, paths: Sequence[str], *, root: str) -> dict[str, OSError]:
        return super().flush(paths, root=root) | {
            path: system_error(self._number) for path in paths if path.endswith(self._ending)
        }


def test_a_part_that_the_drive_cannot_write_is_abandoned_and_the_others_go_on(tmp_path: Path) -> None:
    archive = make(tmp_path / "a")
    jobs = [finished(archive, number) for number in range(3)]
    bad = reopen(archive, files=Broken(errno.EIO, jobs[1].part.name))
    assert answers(bad.place(jobs)) == [Placed, DiskFailed, Placed]
    assert not (archive.root / jobs[1].path).exists()
    assert [finding.kind.value for finding in findings(archive)] == ["part_left"]


class HeldFor(Files):
    """A virus scanner that holds parts for so many tries."""

    def __init__(self, tries: int, number: int) -> None:
        super().__init__()
        self._tries = tries
        self._number = number
        self.pauses: list[float] = []

    def rename_new(self, source: str, target: str) -> None:
        if source.endswith(".part") and self._tries > 0:
            raise windows_error(self._number)
        super().rename_new(source, target)

    def pause(self, seconds: float) -> None:
        self._tries -= 1
        self.pauses.append(seconds)


@pytest.mark.parametrize("number", [5, 32, 33])
def test_a_part_that_another_program_holds_for_a_moment_is_placed(number: int, tmp_path: Path) -> None:
    archive = make(tmp_path / "a", files=HeldFor(2, number))
    placed(archive, *[finished(archive, which) for which in range(3)])
    assert findings(archive) == []


def test_a_part_that_stays_held_is_only_placed_the_next_time(tmp_path: Path) -> None:
    files = HeldFor(100, 32)
    archive = make(tmp_path / "a", files=files)
    job = finished(archive)
    (answer,) = archive.place([job])
    assert isinstance(answer, FileHeld)
    assert answer.fate is Fate.AGAIN
    assert answer.subject == "rec-000001"
    assert sum(files.pauses) < 1
    assert job.part.read_bytes() == sound("rec-000001")
    assert [path.name for path in (archive.root / ".mir/parts").iterdir()] == [job.part.name]
    placed(reopen(archive), job)
    assert findings(archive) == []


def test_a_drive_that_goes_in_the_middle_of_a_batch_stops_it_and_nothing_is_made_elsewhere(tmp_path: Path) -> None:
    class Unplugged(Files):
        def make_folder(self, path: str) -> None:
            if path.endswith("2026"):
                (tmp_path / "a").rename(tmp_path / "away")
                (tmp_path / "a").mkdir()
            super().make_folder(path)

    archive = make(tmp_path / "a")
    jobs = [finished(archive, number) for number in range(3)]
    gone = reopen(archive, files=Unplugged())
    assert set(answers(gone.place(jobs))) == {ArchiveMissing}
    assert [path for path in (tmp_path / "a").rglob("*") if path.is_file()] == []
    shutil.rmtree(tmp_path / "a")
    (tmp_path / "away").rename(tmp_path / "a")
    placed(archive, *jobs)
    assert findings(archive) == []


@pytest.mark.parametrize(
    ("error", "ours"),
    [
        (system_error(errno.ENOSPC), DiskFull),
        (system_error(errno.EDQUOT), DiskFull),
        (windows_error(112), DiskFull),
        (windows_error(39), DiskFull),
        (system_error(errno.EIO), DiskFailed),
        (windows_error(23), DiskFailed),
        (windows_error(1117), DiskFailed),
        (system_error(errno.EROFS), ArchiveMissing),
        (system_error(errno.ESTALE), ArchiveMissing),
        (windows_error(19), ArchiveMissing),
        (windows_error(21), ArchiveMissing),
        (windows_error(64), ArchiveMissing),
        (windows_error(1167), ArchiveMissing),
        (windows_error(5), FileHeld),
        (windows_error(32), FileHeld),
        (windows_error(33), FileHeld),
        (system_error(errno.EBUSY), FileHeld),
        (system_error(errno.ELOOP), UnsafePath),
        (system_error(errno.EACCES), FileHeld if WINDOWS else DiskError),
        (system_error(errno.EFBIG), DiskError),
        (OSError("no number"), DiskError),
    ],
)
def test_every_error_of_the_file_system_becomes_one_of_ours(error: OSError, ours: type[DiskError]) -> None:
    assert kind(error) is ours
    error.filename = "/archive/+49 30 1234567.wav"
    made = disk_error(error, subject="rec-1", needed=10, free=5)
    assert type(made) is ours
    assert "1234567" not in str(made)
    assert made.detail


# --- the rest of the room ---------------------------------------------------------------------------------------------


def test_a_part_lies_on_the_archives_volume_under_a_name_of_its_own(tmp_path: Path) -> None:
    archive = make(tmp_path / "a")
    parts = {archive.part_path(name, version) for name in ("r1", "R1", "../r1", "\ud800") for version in (1, 2)}
    assert len(parts) == 8
    assert all(part.parent.samefile(archive.root / ".mir/parts") for part in parts)


def test_what_arrived_damaged_is_kept_under_a_name_that_is_free(tmp_path: Path) -> None:
    archive = make(tmp_path / "a")
    kept = []
    for _ in range(3):
        job = finished(archive)
        kept.append(archive.quarantine(job.part, reason="digest_mismatch"))
        assert not job.part.exists()
    assert len({path.name for path in kept}) == 3
    assert all(path.read_bytes() == sound("rec-000001") for path in kept)
    assert all("digest_mismatch" in path.name for path in kept)
    assert {finding.kind.value for finding in findings(archive)} == {"quarantined"}
    with pytest.raises(DiskError):
        archive.quarantine(finished(archive, part=False).part, reason="../../etc")


def test_whether_a_file_lies_there_is_told_by_its_bytes(tmp_path: Path) -> None:
    archive = make(tmp_path / "a")
    job = finished(archive)
    assert not archive.adopt(job.path, sha256=job.sha256, size=job.size)
    placed(archive, job)
    assert archive.adopt(job.path, sha256=job.sha256, size=job.size)
    assert not archive.adopt(job.path, sha256="0" * 64, size=job.size)
    assert not archive.adopt(job.path, sha256=job.sha256, size=job.size + 1)
    assert not archive.adopt("2026", sha256=job.sha256, size=job.size)


@pytest.mark.parametrize("many", [1, 2, 40])
@pytest.mark.parametrize("whole_disk", [True, False])
def test_bytes_are_flushed_by_either_way_and_what_failed_is_named(many: int, whole_disk: bool, tmp_path: Path) -> None:
    files = Files()
    if not whole_disk:
        files._syncs[tmp_path.stat().st_dev] = False
    paths = [str(tmp_path / str(number)) for number in range(many)]
    for path in paths:
        files.write(path, b"x")
    assert files.flush(paths, root=str(tmp_path)) == {}
    if not whole_disk:
        Path(paths[0]).unlink()
        assert set(files.flush(paths, root=str(tmp_path))) == {paths[0]}
