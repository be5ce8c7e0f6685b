"""The record of who did what: bound entry to entry, mended after a kill, held against the manifest and a head."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from download_client.archive import Archive, Deed, DeedKind
from tests.archive.rig import finished, make, placed, reopen
from tests.making import START
from tests.windows import forks


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return make(tmp_path / "a")


def deed(kind: DeedKind = DeedKind.BEGIN, *, tells: bool = True, ids: tuple[str, ...] = ()) -> Deed:
    return Deed(kind, START, user_id="u-1", account_id="acc-1", access="all", run=7, ids=ids, tells=tells)


def chain(archive: Archive) -> Path:
    return archive.root / ".mir" / "audit" / "chain.jsonl"


def pulls(archive: Archive, count: int = 3) -> None:
    """Some runs, each of which places something."""
    for number in range(count):
        archive.audit.write(deed())
        placed(archive, finished(archive, 2 * number), finished(archive, 2 * number + 1))
        archive.audit.write(deed(DeedKind.END))


def test_an_archive_without_a_record_says_so(archive: Archive) -> None:
    told = archive.audit.verify()
    assert (told.head, told.broken, told.sound(with_head=False)) == (None, 0, True)
    assert not archive.audit.verify(head="0" * 64).sound(with_head=True)
    assert list(archive.audit.entries()) == []
    assert not chain(archive).parent.exists(), "a look writes nothing"


def test_runs_are_bound_to_each_other_and_to_what_they_placed(archive: Archive) -> None:
    pulls(archive)
    told = archive.audit.verify()
    assert told.sound(with_head=False)
    assert (told.head is not None and told.head.entries, told.told, told.untold) == (6, 6, 0)
    entries = list(archive.audit.entries())
    assert [entry.number for entry in entries] == [1, 2, 3, 4, 5, 6]
    assert [sum(each.count for each in entry.manifest) for entry in entries] == [0, 2, 0, 2, 0, 2]
    assert entries[1].user == "u-1"
    written = chain(archive).read_text("utf-8")
    assert "+49" not in written, "a number of a call"
    assert "Ann" not in written


def test_what_a_killed_run_placed_belongs_to_the_next_entry(archive: Archive) -> None:
    archive.audit.write(deed())
    placed(archive, finished(archive, 1))
    assert archive.audit.verify().untold == 1
    archive.audit.write(deed())
    assert (archive.audit.verify().told, archive.audit.verify().untold) == (1, 0)


@pytest.mark.parametrize("line", range(6))
@pytest.mark.parametrize(
    "harm",
    [
        lambda lines, at: [*lines[:at], lines[at].replace(b'"u-1"', b'"u-2"'), *lines[at + 1 :]],
        lambda lines, at: [*lines[:at], *lines[at + 1 :]],
        lambda lines, at: [*lines[:at], lines[at], lines[at], *lines[at + 1 :]],
        lambda lines, at: [*lines[:at], b"rubbish", *lines[at + 1 :]],
    ],
    ids=["changed", "taken out", "twice", "overwritten"],
)
def test_the_first_entry_that_cannot_be_believed_is_named(
    archive: Archive, line: int, harm: Callable[[list[bytes], int], list[bytes]]
) -> None:
    pulls(archive)
    head = archive.audit.head()
    assert head is not None
    before = chain(archive).read_bytes().splitlines()
    after = harm(before, line)
    chain(archive).write_bytes(b"\n".join(after) + b"\n")
    told = archive.audit.verify(head=head.digest)
    cut = len(after) == 5 and line == 5
    assert not told.sound(with_head=True), "a head that was kept elsewhere shows even a cut end"
    if not cut:
        changed = next(at for at, (old, new) in enumerate(zip([*before, b""], after, strict=False)) if old != new)
        assert told.broken == changed + 1


def test_whoever_writes_the_chain_anew_is_found_out_by_a_head_alone(archive: Archive) -> None:
    pulls(archive)
    head = archive.audit.head()
    assert head is not None
    assert archive.audit.verify(head=head.digest.upper()).head_at == head.entries
    pulls(archive, count=1)
    assert archive.audit.verify(head=head.digest).head_at == head.entries, "what was added since is no harm"
    chain(archive).unlink()
    archive.audit.write(deed())
    told = archive.audit.verify(head=head.digest)
    assert told.sound(with_head=False)
    assert told.head_at is None


def test_another_archive_s_record_does_not_fit(archive: Archive, tmp_path: Path) -> None:
    other = make(tmp_path / "b")
    other.audit.write(deed())
    archive.audit.write(deed())
    chain(archive).write_bytes(chain(other).read_bytes())
    assert archive.audit.verify().broken == 1


def test_a_manifest_that_was_changed_is_found_and_one_that_was_cut(archive: Archive) -> None:
    pulls(archive)
    (month,) = (archive.root / ".mir" / "manifest").iterdir()
    whole = month.read_bytes()
    lines = whole.splitlines(keepends=True)
    month.write_bytes(b"".join([lines[0], lines[1], lines[3], lines[2], *lines[4:]]))
    assert archive.audit.verify().manifest == f"entry 4: lines 3 to 4 of {month.name}"
    month.write_bytes(b"".join(lines[:-1]))
    assert archive.audit.verify().manifest == f"entry 6: lines 5 to 6 of {month.name}"
    month.unlink()
    assert archive.audit.verify().manifest == f"entry 2: lines 1 to 2 of {month.name}"
    month.write_bytes(whole)
    assert archive.audit.verify().sound(with_head=False)


@pytest.mark.parametrize("cut", [1, 2, 40, 10_000])
def test_a_torn_end_is_mended_by_the_next_writer(archive: Archive, cut: int) -> None:
    pulls(archive)
    whole = chain(archive).read_bytes()
    last = len(whole.splitlines(keepends=True)[-1])
    keep = max(len(whole) - cut, len(whole) - last + 1)
    chain(archive).write_bytes(whole[:keep])
    told = archive.audit.verify()
    assert told.sound(with_head=False)
    assert told.torn == (cut > 1), "a line that lacks nothing but its end is whole"
    reopen(archive).audit.write(deed())
    after = archive.audit.verify()
    assert after.sound(with_head=False)
    assert (after.torn, after.mended) == (False, int(cut > 1))
    assert (after.told, after.untold) == (6, 0), "what the torn entry spoke of is told anew"


def test_a_tail_of_zeros_is_mended_too(archive: Archive) -> None:
    pulls(archive, count=1)
    with chain(archive).open("ab") as file:
        file.write(bytes(300))
    archive.audit.write(deed())
    assert archive.audit.verify().sound(with_head=False)
    assert archive.audit.verify().mended == 1


WRITER = """
import sys
from pathlib import Path
from download_client.archive import Archive
from download_client.retry import SystemClock
from tests.archive.test_audit import deed
archive = Archive.open(Path(sys.argv[1]), clock=SystemClock())
for number in range(int(sys.argv[2])):
    archive.audit.write(deed(tells=False, ids=(sys.argv[3], str(number))))
    print(number, flush=True)
"""


def writer(archive: Archive, count: int, name: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(archive.root), str(count), name],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
    )


@forks
def test_several_programs_write_at_once_and_one_is_killed(archive: Archive) -> None:
    endless, one, two = writer(archive, 100_000, "x"), writer(archive, 15, "a"), writer(archive, 15, "b")
    assert endless.stdout is not None
    for _ in range(5):
        assert endless.stdout.readline()
    assert (one.wait(60), two.wait(60)) == (0, 0)
    endless.send_signal(signal.SIGKILL)
    endless.wait(60)
    for process in (endless, one, two):
        assert process.stdout is not None
        process.stdout.close()
    archive.audit.write(deed())
    told = archive.audit.verify()
    assert told.sound(with_head=False)
    assert told.mended <= 1
    written = [entry.ids for entry in archive.audit.entries()]
    for name in "ab":
        assert [ids[1] for ids in written if ids[:1] == (name,)] == [str(number) for number in range(15)]


def test_times_are_those_of_the_deed(archive: Archive) -> None:
    archive.audit.write(Deed(DeedKind.EXPORT, START + timedelta(hours=1), ids=("r1",)))
    (entry,) = archive.audit.entries()
    assert (entry.at, entry.kind, entry.ids, entry.manifest) == (
        START + timedelta(hours=1),
        DeedKind.EXPORT,
        ("r1",),
        (),
    )
