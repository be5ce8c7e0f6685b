"""Marks beside recordings: old or new whole whatever happens, beside a pull, known to verify, gone with the erased."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from download_client.archive import Archive, Files, FindingKind, Mark, Subject, Tombstone
from download_client.errors import ArchiveMissing, DiskError, FileHeld, MarksDamaged, UnsafePath
from tests.archive.mortal import forking
from tests.archive.rig import findings, finished, held, make, placed, reopen, tree
from tests.making import START
from tests.windows import forks, makes_links


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    made = make(tmp_path / "a")
    with made.lock("test"):
        placed(made, finished(made, 1), finished(made, 2))
    return made


def subject(archive: Archive, number: int = 1) -> Subject:
    entry = next(each for each in held(archive) if each.recording.id == f"rec-{number:06}")
    return Subject(entry.recording.id, entry.version_number, entry.conversation.id, entry.path)


def mark(of: Subject, name: str = "m1", *, at: float = 1.5, note: str = "Beschwerde <b>ü</b>") -> Mark:
    return Mark(
        id=name,
        recording_id=of.recording_id,
        conversation_id=of.conversation_id,
        version=of.version,
        at=at,
        length=0.5,
        note=note,
        by="Ann Lee",
        made_at=START,
        changed_at=START,
    )


def add(archive: Archive, of: Subject, *marks: Mark) -> None:
    archive.marks.change(of, lambda there: (*there, *marks), at=START)


def beside(archive: Archive, of: Subject) -> Path:
    return archive.root / (of.path.removesuffix(".wav") + ".marks.json")


def kinds(archive: Archive) -> list[FindingKind]:
    return [finding.kind for finding in findings(archive)]


def test_a_mark_lies_beside_its_recording_and_is_read_by_anybody(archive: Archive) -> None:
    of = subject(archive)
    before = tree(archive.root)
    add(archive, of, mark(of, "b", at=2.0), mark(of, "a", at=1.0))
    after = tree(archive.root)
    assert {path for path in after if path not in before} == {
        str(beside(archive, of).relative_to(archive.root)),
        str(Path(".mir", "marks", "book.jsonl")),
        str(Path(".mir", "marks", "lock")),
    }
    assert {path: data for path, data in after.items() if path in before} == before, "nothing else was touched"
    told = json.loads(beside(archive, of).read_bytes())
    assert told["recordingId"] == of.recording_id
    assert [one["note"] for one in told["marks"]] == ["Beschwerde <b>ü</b>"] * 2
    other = reopen(archive)
    assert [one.id for one in other.marks.of(of.recording_id)] == ["a", "b"], "by position"
    assert other.marks.of(of.recording_id)[1] == mark(of, "b", at=2.0)
    assert other.marks.marked() == ((of.recording_id, 1),)
    assert kinds(other) == []


def test_another_program_is_seen_at_once_and_the_last_one_to_go_takes_the_file(archive: Archive) -> None:
    of, other = subject(archive), reopen(archive)
    add(archive, of, mark(of))
    assert len(other.marks.of(of.recording_id)) == 1
    add(other, of, mark(of, "m2"))
    assert [one.id for one in archive.marks.of(of.recording_id)] == ["m1", "m2"]
    archive.marks.change(of, lambda there: (one for one in there if one.id == "m2"), at=START)
    archive.marks.change(of, lambda _: (), at=START)
    assert not beside(archive, of).exists()
    assert other.marks.of(of.recording_id) == ()
    assert other.marks.marked() == ()
    assert kinds(other) == []


def test_nothing_is_written_where_nothing_changes(archive: Archive) -> None:
    of = subject(archive)
    add(archive, of, mark(of))
    before = tree(archive.root)
    archive.marks.change(of, lambda there: there, at=START + timedelta(days=1))
    assert tree(archive.root) == before


def test_a_pull_at_work_is_not_waited_for_and_not_disturbed(archive: Archive) -> None:
    of, pulling = subject(archive), reopen(archive)
    with pulling.lock("a pull"):
        mark_before = pulling.manifest_mark()
        add(archive, of, mark(of))
        placed(pulling, finished(pulling, 3))
        add(archive, of, mark(of, "m2"))
        assert pulling.manifest_mark() != mark_before
    assert len(archive.marks.of(of.recording_id)) == 2
    assert len(held(archive)) == 3
    assert kinds(archive) == []


def test_many_at_once_lose_nothing(archive: Archive) -> None:
    of = subject(archive)

    def work(who: int, mine: Archive) -> None:
        for number in range(5):
            add(mine, of, mark(of, f"{who}-{number}"))

    threads = [threading.Thread(target=work, args=(who, reopen(archive))) for who in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {one.id for one in archive.marks.of(of.recording_id)} == {f"{who}-{n}" for who in range(4) for n in range(5)}
    assert kinds(archive) == []


def test_what_was_changed_behind_our_back_is_named_and_never_written_over(archive: Archive) -> None:
    one, two = subject(archive, 1), subject(archive, 2)
    add(archive, one, mark(one))
    add(archive, two, mark(two))
    kept = beside(archive, one).read_bytes()
    beside(archive, one).write_bytes(kept.replace(b"Beschwerde", b"Lob"))
    found = findings(archive)
    assert [(each.kind, each.recording_id) for each in found] == [(FindingKind.MARKS_CHANGED, one.recording_id)]
    assert archive.verify().sound is True
    assert list(archive.verify(only=frozenset({two.recording_id}))) == []
    beside(archive, one).unlink()
    assert kinds(archive) == [FindingKind.MARKS_MISSING]
    beside(archive, one).write_bytes(b"{}")
    assert kinds(archive) == [FindingKind.MARKS_CHANGED]
    assert archive.marks.of(one.recording_id) == ()
    with pytest.raises(MarksDamaged):
        add(archive, one, mark(one, "m2"))
    assert beside(archive, one).read_bytes() == b"{}"
    beside(archive, one).write_bytes(kept)
    assert kinds(archive) == []
    assert len(archive.marks.of(one.recording_id)) == 1


def test_another_recordings_marks_are_not_taken_for_ours(archive: Archive) -> None:
    one, two = subject(archive, 1), subject(archive, 2)
    add(archive, one, mark(one))
    beside(archive, two).write_bytes(beside(archive, one).read_bytes())
    assert archive.marks.of(two.recording_id) == ()
    with pytest.raises(MarksDamaged):
        add(archive, two, mark(two))


def test_a_file_with_marks_is_not_reported_as_foreign_but_one_without_a_recording_is(archive: Archive) -> None:
    of = subject(archive)
    beside(archive, of).write_bytes(b"anything")
    (archive.root / "stray.marks.json").write_bytes(b"{}")
    found = findings(archive)
    assert [(each.kind, each.path) for each in found] == [(FindingKind.STRANGE, "stray.marks.json")]


def test_a_book_that_is_lost_is_made_of_the_files_and_a_damaged_line_is_named(archive: Archive) -> None:
    one, two = subject(archive, 1), subject(archive, 2)
    add(archive, one, mark(one))
    add(archive, two, mark(two))
    book = archive.root / ".mir" / "marks" / "book.jsonl"
    lines = book.read_bytes().splitlines(keepends=True)
    book.write_bytes(lines[0].replace(b'"marks":1', b'"marks":7') + lines[1])
    assert [(each.kind, each.detail) for each in findings(reopen(archive))] == [
        (FindingKind.MANIFEST_DAMAGED, "line 1")
    ]
    other = reopen(archive)
    assert other.marks.enlist(at=START) == 1
    book.unlink()
    assert other.marks.of(one.recording_id) == ()
    beside(archive, two).write_bytes(beside(archive, two).read_bytes()[:-9])
    assert other.marks.enlist(at=START) == 1
    assert other.marks.enlist(at=START) == 0
    assert [each.note for each in other.marks.of(one.recording_id)] == ["Beschwerde <b>ü</b>"]
    assert kinds(other) == []


def test_the_marks_of_what_is_erased_leave_nothing(archive: Archive) -> None:
    one, two = subject(archive, 1), subject(archive, 2)
    add(archive, one, mark(one, note="secret of one"))
    add(archive, two, mark(two, note="of two"))
    archive.remember_erased([Tombstone(one.recording_id, one.conversation_id, START, "law")])
    for _ in range(2):
        archive.marks.forget([one.recording_id, "never-marked"])
        assert archive.marks.of(one.recording_id) == ()
        assert [each.note for each in archive.marks.of(two.recording_id)] == ["of two"]
        left = b"".join(data for path, data in tree(archive.root).items() if "manifest" not in path)
        assert b"secret" not in left
        book = (archive.root / ".mir" / "marks" / "book.jsonl").read_bytes()
        assert one.recording_id.encode() not in book
        assert two.recording_id.encode() in book


class Held(Files):
    """Somebody reads the file with marks all the time, as on Windows."""

    def replace(self, source: str, target: str) -> None:
        if target.endswith(".marks.json"):
            raise PermissionError(13, "held", target) if os.name != "nt" else PermissionError(13, "held", target, 32)
        super().replace(source, target)

    def pause(self, seconds: float) -> None:
        """Nobody waits in a test."""


def test_a_file_that_is_held_stays_as_it_was_and_so_does_the_book(archive: Archive) -> None:
    of = subject(archive)
    add(archive, of, mark(of))
    before = beside(archive, of).read_bytes()
    with pytest.raises((FileHeld, DiskError)):
        add(reopen(archive, files=Held()), of, mark(of, "m2"))
    assert beside(archive, of).read_bytes() == before
    assert [one.id for one in archive.marks.of(of.recording_id)] == ["m1"]
    add(archive, subject(archive, 2), mark(subject(archive, 2)))
    assert kinds(archive) == [], "the change that failed is untold"


@makes_links
def test_a_link_in_the_place_of_the_book_is_refused(archive: Archive, tmp_path: Path) -> None:
    of = subject(archive)
    (tmp_path / "elsewhere").mkdir()
    (archive.root / ".mir" / "marks").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UnsafePath):
        add(archive, of, mark(of))
    assert not list((tmp_path / "elsewhere").iterdir())


def test_a_missing_archive_is_refused(archive: Archive, tmp_path: Path) -> None:
    of = subject(archive)
    archive.root.rename(tmp_path / "gone")
    with pytest.raises(ArchiveMissing):
        add(archive, of, mark(of))


MARKER = """
import os, sys
from pathlib import Path
from download_client.archive import Archive
from download_client.retry import SystemClock
from tests.archive.mortal import Mortal
from tests.archive.test_marks import add, mark, subject

def work(number):
    archive = Archive.open(Path(sys.argv[1]), clock=SystemClock(), files=Mortal())
    of = subject(archive)
    add(archive, of, mark(of, f"first-{number}"))
    print(f"first-{number}", flush=True)
    archive.marks.change(of, lambda there: (one for one in there if one.id == f"first-{number}"), at=mark(of).made_at)
    print(f"only-{number}", flush=True)
    archive.marks.change(of, lambda _: (), at=mark(of).made_at)
    print(f"none-{number}", flush=True)

for line in sys.stdin:
    number, Mortal.left = map(int, line.split())
    child = os.fork()
    if child == 0:
        work(number)
        os._exit(0)
    print("ended", os.waitpid(child, 0)[1], flush=True)
"""


@pytest.fixture
def marker(archive: Archive) -> Iterator[subprocess.Popen[str]]:
    """A process that forks one child per trial: a child marks and dies at the step it was told."""
    with forking(MARKER, str(archive.root)) as process:
        yield process


@forks
def test_killed_at_any_step_the_marks_are_old_or_new_whole(archive: Archive, marker: subprocess.Popen[str]) -> None:
    of, other = subject(archive), subject(archive, 2)
    wav = (archive.root / of.path).read_bytes()
    status, trial = signal.SIGKILL.value, 0
    assert marker.stdin is not None
    assert marker.stdout is not None
    while status:
        archive.marks.change(of, lambda _: (mark(of, "base"),), at=START)
        marker.stdin.write(f"{trial} {trial}\n")
        marker.stdin.flush()
        reported = []
        while not (line := marker.stdout.readline().strip()).startswith("ended"):
            reported.append(line)
        status = int(line.split()[1])
        assert status in (0, signal.SIGKILL), status
        new, only = f"first-{trial}", f"only-{trial}"
        after = {
            "": ({"base"}, {"base", new}),
            new: ({"base", new}, {new}),
            only: ({new}, set()),
            f"none-{trial}": (set(), set()),
        }[reported[-1] if reported else ""]
        survivor = reopen(archive)
        seen = {one.id for one in survivor.marks.of(of.recording_id)}
        assert seen in after, (trial, reported, seen)
        left = [finding for finding in findings(survivor) if not finding.kind.harmless]
        assert left == [], (trial, left)
        # The next writer, of whatever, comes to the same.
        add(survivor, other, mark(other, f"other-{trial}"))
        assert {one.id for one in survivor.marks.of(of.recording_id)} == seen
        assert [finding for finding in findings(reopen(archive)) if not finding.kind.harmless] == []
        assert not (archive.root / ".mir" / "marks" / "fresh.json").exists()
        trial += 1
    assert trial > 20
    assert (archive.root / of.path).read_bytes() == wav
