"""Erased for good: only what is proved, nothing of a person left, killed at any step and finished by the next one."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from download_client.archive import Archive, Deed, DeedKind, Doomed, Entry, Refused
from tests.archive.mortal import forking
from tests.archive.rig import findings, finished, held, make, placed, reopen, tombstones, tree
from tests.making import START
from tests.windows import forks, makes_links

BEFORE = START.replace(year=START.year + 1)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return make(tmp_path / "a")


def erase(archive: Archive) -> tuple[list[Doomed], list[Refused]]:
    """Everything that is old, as housekeeping does it."""
    eraser = archive.eraser
    with archive.lock("test"):
        done, refused = eraser.finish()
        for proved, no in eraser.bury(eraser.older(BEFORE), at=BEFORE, reason="test", stopped=lambda: False):
            done += proved
            refused += no
        archive.audit.write(Deed(DeedKind.ERASE, BEFORE, tells=True))
        lengths = eraser.scrub(but={each.recording_id for each in refused})
        archive.audit.write(Deed(DeedKind.ERASE, BEFORE, tells=True, rewritten=lengths))
    return done, refused


def filled(archive: Archive, count: int = 3) -> list[str]:
    """Recordings with tables, one of a run besides; answers the words that nobody must find any more."""
    batch = [finished(archive, number) for number in range(count)]
    placed(archive, *batch)
    archive.write_run_csv("run 1", [entry for entry in archive.entries() if isinstance(entry, Entry)])
    archive.audit.write(Deed(DeedKind.END, START, tells=True))
    calls = [each.conversation for each in batch]
    return [word for call in calls for word in (call.calling_party.phone_number, call.owner_name) if word]


def test_nothing_of_it_is_left_but_that_it_was_there(archive: Archive) -> None:
    words = filled(archive)
    assert words
    head = archive.audit.head()
    done, refused = erase(archive)
    assert (len(done), refused) == (3, [])
    left = tree(archive.root)
    assert not [name for name in left if not name.startswith(".mir")], "empty folders go as well"
    assert not [word for word in words for content in left.values() if word.encode() in content]
    assert sorted(path.name for path in archive.root.iterdir()) == [".mir", "Runs"]
    assert {stone.recording_id for stone in tombstones(archive)} == {each.recording_id for each in done}
    assert held(archive) == []
    assert findings(archive) == []
    assert head is not None
    told = archive.audit.verify(head=head.digest)
    assert told.sound(with_head=True)
    assert told.untold == 0
    assert erase(archive) == ([], [])


def test_the_others_stay_as_they_are(archive: Archive) -> None:
    filled(archive)
    old, new = held(archive)[0], held(archive)[1:]
    eraser = archive.eraser
    with archive.lock("test"):
        one = [each for each in eraser.older(BEFORE) if each.recording_id == old.recording.id]
        for _ in eraser.bury(one, at=BEFORE, reason="test", stopped=lambda: False):
            pass
        eraser.scrub(but=())
    assert held(archive) == new
    assert findings(archive) == []
    table = (archive.root / "Runs" / "run 1.csv").read_bytes()
    assert old.recording.id.encode() not in table
    assert all(each.recording.id.encode() in table for each in new)
    assert table.startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize(
    "harm", ["changed", "cut", pytest.param("link", marks=makes_links), pytest.param("folder", marks=makes_links)]
)
def test_what_is_not_the_recording_that_was_placed_is_left_alone_and_told(archive: Archive, harm: str) -> None:
    filled(archive, count=2)
    entry = held(archive)[0]
    path = archive.root / entry.path
    other = archive.root.parent / "other"
    whole = path.read_bytes()
    if harm == "changed":
        path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    elif harm == "cut":
        path.write_bytes(whole[:-1])
    elif harm == "link":
        other.write_bytes(whole)
        path.unlink()
        path.symlink_to(other)
    else:
        day = path.parent
        day.rename(other)
        day.symlink_to(other)
    done, refused = erase(archive)
    assert entry.recording.id in {each.recording_id for each in refused}
    assert entry.recording.id not in {each.recording_id for each in done}
    assert os.path.lexists(path)
    if harm in ("link", "folder"):
        assert other.exists()
    assert not tombstones(archive) or entry.recording.id not in {stone.recording_id for stone in tombstones(archive)}


def test_a_manifest_that_leads_out_of_the_archive_reaches_nothing(archive: Archive) -> None:
    filled(archive, count=1)
    (it,) = archive.eraser.older(BEFORE)
    victim = archive.root.parent / "victim.wav"
    victim.write_bytes((archive.root / it.path).read_bytes())
    for path in ("../victim.wav", "2026/../../victim.wav", str(victim)):
        bad = Doomed(it.recording_id, it.conversation_id, 1, path, it.size, it.sha256, it.started_at)
        with archive.lock("test"):
            ((done, refused),) = archive.eraser.bury([bad], at=BEFORE, reason="test", stopped=lambda: False)
        assert (done, [each.why for each in refused]) == ([], ["its path leads out of the archive"])
    assert victim.exists()


def test_one_that_somebody_removed_already_gets_its_tombstone(archive: Archive) -> None:
    filled(archive, count=1)
    (archive.root / held(archive)[0].path).unlink()
    done, refused = erase(archive)
    assert (len(done), refused, findings(archive)) == (1, [], [])


def test_its_unfinished_and_its_quarantined_copies_go_too(archive: Archive) -> None:
    filled(archive, count=1)
    recording = held(archive)[0].recording.id
    part = archive.part_path(recording, 2)
    part.write_bytes(b"half of it")
    archive.quarantine(part, reason="digest_mismatch")
    archive.part_path(recording, 3).write_bytes(b"another half")
    archive.part_path("somebody else's", 1).write_bytes(b"stays")
    heard = archive.root / ".mir" / "cache" / archive.part_path(recording, 1).name
    heard.parent.mkdir()
    heard.write_bytes(b"heard before")
    erase(archive)
    assert list(tree(archive.root / ".mir" / "parts").values()) == [b"stays"]
    assert tree(archive.root / ".mir" / "quarantine") == {}
    assert not heard.exists()


ERASER = """
import os, sys
from pathlib import Path
from download_client.archive import Archive
from download_client.retry import SystemClock
from tests.archive.mortal import Mortal
from tests.archive.test_erase import erase

for line in sys.stdin:
    root, left = line.rsplit(" ", 1)
    child = os.fork()
    if child == 0:
        Mortal.left = int(left)
        erase(Archive.open(Path(root), clock=SystemClock(), files=Mortal()))
        os._exit(0)
    print(os.waitpid(child, 0)[1], flush=True)
"""


@pytest.fixture
def killer() -> Iterator[subprocess.Popen[str]]:
    with forking(ERASER) as process:
        yield process


@forks
def test_killed_at_any_step_the_next_one_finishes_it(tmp_path: Path, killer: subprocess.Popen[str]) -> None:
    assert killer.stdin is not None
    assert killer.stdout is not None
    step, died = 0, True
    while died:
        archive = make(tmp_path / f"a{step}")
        words = filled(archive, count=2)
        killer.stdin.write(f"{archive.root} {step}\n")
        killer.stdin.flush()
        status = int(killer.stdout.readline())
        assert status in (0, signal.SIGKILL)
        died = status != 0
        step += 1
        after = reopen(archive)
        erased = {stone.recording_id for stone in tombstones(after)}
        for entry in held(after):
            assert entry.present
            assert entry.recording.id not in erased
        erase(after)
        assert held(after) == []
        assert len({stone.recording_id for stone in tombstones(after)}) == 2
        left = tree(after.root)
        assert not [name for name in left if not name.startswith(".mir")]
        assert not [word for word in words for content in left.values() if word.encode() in content]
        assert all(finding.kind.harmless for finding in findings(after)), findings(after)
        assert after.audit.verify().sound(with_head=False), after.audit.verify()
    assert step > 15
