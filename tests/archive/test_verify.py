"""Verify: every damage is named exactly, nothing else is, and nothing is changed."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from download_client.archive import Archive, Finding, FindingKind, Finished, Style, Tombstone, VerifyProgress
from download_client.errors import ArchiveMissing, Interrupted
from tests.archive.rig import findings, finish, finished, make, placed, reopen, sound, tree
from tests.fake_clock import FakeClock
from tests.making import START, conversation, recording
from tests.windows import makes_links


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """Five recordings, the third of which is large enough for several blocks."""
    made = make(tmp_path / "a", style=Style(spreadsheet=True))
    jobs = [finished(made, number) for number in range(1, 6)]
    jobs[2] = finish(made, jobs[2].conversation, content=sound("large", size=3_000_000))
    placed(made, *jobs)
    return made


def wav(archive: Archive, number: int) -> Path:
    (found,) = [entry for entry in archive.entries() if getattr(entry, "recording", None) is not None][
        number - 1 : number
    ]
    assert not isinstance(found, Tombstone)
    return archive.root / found.path


def flip(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)


def only(archive: Archive) -> Finding:
    found = findings(archive)
    assert len(found) == 1, found
    return found[0]


def test_a_sound_archive_has_no_findings_and_the_counts_say_so(archive: Archive) -> None:
    verifier = archive.verify()
    assert list(verifier) == []
    assert (verifier.recordings, verifier.whole) == (5, 5)
    assert verifier.size == 4 * len(sound("x")) + len(sound("x", size=3_000_000))
    assert verifier.sound
    assert not verifier.counts


def delete(path: Path) -> None:
    path.unlink()


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size - 1)


def grow(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b"x")


def flip_first(path: Path) -> None:
    flip(path, 0)


def flip_last(path: Path) -> None:
    flip(path, -1)


def empty(path: Path) -> None:
    path.write_bytes(b"")


def link(path: Path) -> None:
    path.rename(path.parent / "elsewhere")
    path.symlink_to(path.parent / "elsewhere")


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("number", [1, 3, 5])
@pytest.mark.parametrize(
    ("damage", "kind"),
    [
        (delete, FindingKind.MISSING),
        (cut, FindingKind.CUT),
        (empty, FindingKind.CUT),
        (grow, FindingKind.GROWN),
        (flip_first, FindingKind.CHANGED),
        (flip_last, FindingKind.CHANGED),
        (folder, FindingKind.NOT_A_FILE),
    ],
)
def test_each_damage_to_a_recording_is_named(
    damage: Callable[[Path], None], kind: FindingKind, number: int, archive: Archive
) -> None:
    path = wav(archive, number)
    damage(path)
    before = tree(archive.root)
    verifier = archive.verify()
    (finding,) = verifier
    assert (finding.kind, finding.path, finding.recording_id) == (
        kind,
        path.relative_to(archive.root).as_posix(),
        f"rec-{number:06}",
    )
    assert (verifier.recordings, verifier.whole, verifier.sound) == (5, 4, False)
    assert verifier.counts == {kind: 1}
    assert tree(archive.root) == before


@makes_links
def test_a_link_in_the_place_of_a_recording_is_not_followed(archive: Archive) -> None:
    path = wav(archive, 2)
    link(path)
    found = {finding.path.rpartition("/")[2]: finding.kind for finding in findings(archive)}
    assert found == {path.name: FindingKind.NOT_A_FILE, "elsewhere": FindingKind.STRANGE}


@pytest.mark.parametrize("suffix", [".csv", ".spreadsheet.csv"])
def test_damage_to_a_table_is_named_and_the_recording_is_still_whole(suffix: str, archive: Archive) -> None:
    path = wav(archive, 2).with_suffix(suffix)
    flip(path, 100)
    finding = only(archive)
    assert (finding.kind, finding.recording_id) == (FindingKind.TABLE_CHANGED, "rec-000002")
    assert finding.path.endswith(suffix)
    path.unlink()
    verifier = archive.verify()
    assert [finding.kind for finding in verifier] == [FindingKind.TABLE_MISSING]
    assert verifier.whole == 5


def test_an_audit_of_flipped_bits_misses_none(archive: Archive) -> None:
    path = wav(archive, 1)
    whole = path.read_bytes()
    for at in range(0, len(whole), 23):
        for bit in (0, 7):
            content = bytearray(whole)
            content[at] ^= 1 << bit
            path.write_bytes(content)
            assert [finding.kind for finding in archive.verify(only=frozenset({"rec-000001"}))] == [
                FindingKind.CHANGED
            ], at
    path.write_bytes(whole)
    assert findings(archive) == []


def test_only_what_was_asked_for_is_read(archive: Archive) -> None:
    flip(wav(archive, 1), 5)
    flip(wav(archive, 4), 5)
    (archive.root / "strange.txt").write_text("x")
    verifier = archive.verify(only=frozenset({"rec-000004", "rec-000005", "rec-999999"}))
    assert [finding.recording_id for finding in verifier] == ["rec-000004"]
    assert (verifier.recordings, verifier.whole) == (2, 1)


@makes_links
def test_strange_files_parts_and_quarantine_are_named_and_are_no_damage(archive: Archive) -> None:
    (archive.root / "2026/notes.txt").write_text("x")
    (archive.root / "2026/table.csv").write_text("x")
    (archive.root / "link").symlink_to("/etc")
    archive.write_run_csv("run", ())
    part = finished(archive, 9).part
    archive.quarantine(finished(archive, 8).part, reason="not_wav")
    verifier = archive.verify()
    found = [(finding.kind.value, finding.path) for finding in verifier]
    assert found[:4] == [
        ("strange", "link"),
        ("strange", "2026/notes.txt"),
        ("strange", "2026/table.csv"),
        ("part_left", f".mir/parts/{part.name}"),
    ]
    assert [kind for kind, _ in found[4:]] == ["quarantined"]
    assert verifier.sound


def test_what_systems_leave_in_folders_is_nothing(archive: Archive) -> None:
    for name in ("Thumbs.db", "desktop.ini", ".DS_Store"):
        (archive.root / "2026" / name).write_text("x")
    assert findings(archive) == []


def test_a_recording_the_manifest_does_not_know_is_named_as_far_as_its_table_goes(archive: Archive) -> None:
    manifest = archive.root / ".mir/manifest/2026-11.jsonl"
    lines = manifest.read_bytes().splitlines(keepends=True)
    unlisted = wav(archive, 1)
    manifest.write_bytes(b"".join(lines[1:]))
    finding = only(archive)
    assert (finding.kind, finding.recording_id, finding.detail) == (
        FindingKind.UNLISTED,
        "rec-000001",
        "its table explains it",
    )
    flip(unlisted, 9)
    assert only(archive).kind is FindingKind.CHANGED
    unlisted.with_suffix(".csv").unlink()
    assert (only(archive).kind, only(archive).recording_id) == (FindingKind.UNLISTED, "")


def test_a_damaged_line_is_named_with_its_number_and_so_is_what_it_told_of(archive: Archive) -> None:
    manifest = archive.root / ".mir/manifest/2026-11.jsonl"
    lines = manifest.read_bytes().splitlines(keepends=True)
    lines[1] = lines[1].replace(b"rec-000002", b"rec-000009", 1)
    manifest.write_bytes(b"".join(lines))
    assert [(finding.kind, finding.recording_id, finding.detail) for finding in findings(archive)] == [
        (FindingKind.MANIFEST_DAMAGED, "", "line 2"),
        (FindingKind.UNLISTED, "rec-000002", "its table explains it"),
    ]


def test_a_torn_line_is_no_damage(archive: Archive) -> None:
    with (archive.root / ".mir/manifest/2026-11.jsonl").open("ab") as file:
        file.write(b'{"kind":"placed","recor')
    verifier = archive.verify()
    assert [finding.kind for finding in verifier] == [FindingKind.MANIFEST_TORN]
    assert verifier.sound


def test_an_erased_recording_that_lies_there_still_is_named(archive: Archive) -> None:
    path = wav(archive, 2)
    archive.remember_erased([Tombstone("rec-000002", "cnv-000002", START, "law")])
    finding = only(archive)
    assert (finding.kind, finding.recording_id) == (FindingKind.ERASED_STILL_THERE, "rec-000002")
    for leftover in path.parent.glob(path.stem.replace("[", "[[]") + "*"):
        leftover.unlink()
    verifier = archive.verify()
    assert list(verifier) == []
    assert verifier.recordings == 4


def test_every_kind_says_what_it_is_and_what_to_do() -> None:
    for kind in FindingKind:
        assert kind.what
        assert kind.advice.endswith(".")


def test_progress_counts_up_to_everything_and_never_back(archive: Archive) -> None:
    class Ticking(FakeClock):
        def monotonic(self) -> float:
            self.advance(0.3)
            return super().monotonic()

    placed(archive, *[finished(archive, number) for number in range(6, 100)])
    seen: list[VerifyProgress] = []
    ticking = Archive.open(archive.root, clock=Ticking())
    assert list(ticking.verify(progress=seen.append)) == []
    assert len(seen) >= 10
    assert [step.size for step in seen] == sorted(step.size for step in seen)
    last = seen[-1]
    assert (last.recordings, last.recordings_total) == (99, 99)
    assert last.size == last.size_total == 98 * len(sound("x")) + len(sound("x", size=3_000_000))
    assert all(step.rate >= 0 for step in seen)
    assert any(step.rate > 0 for step in seen)


def test_a_stop_ends_it_without_false_findings(archive: Archive) -> None:
    stop = threading.Event()
    stop.set()
    found: list[Finding] = []
    with pytest.raises(Interrupted):
        found.extend(archive.verify(stop=stop))
    assert found == []


def test_an_archive_that_goes_while_it_is_read_is_missing_and_not_damaged(archive: Archive, tmp_path: Path) -> None:
    (archive.root / "2026").rename(tmp_path / "2026")
    iterator = iter(archive.verify())
    next(iterator)
    archive.root.rename(tmp_path / "away")
    with pytest.raises(ArchiveMissing):
        list(iterator)


def test_two_versions_of_a_recording_are_both_looked_at(tmp_path: Path) -> None:
    archive = make(tmp_path / "a")
    call = conversation("c1", recording("r1"))
    first: Finished = finish(archive, call, content=sound("first"))
    second = finish(archive, call, content=sound("second"), version=2)
    placed(archive, first, second)
    verifier = reopen(archive).verify()
    assert list(verifier) == []
    assert verifier.recordings == 2
    assert (archive.root / first.path).read_bytes() == sound("first")
    assert (archive.root / second.path).read_bytes() == sound("second")
    assert replace(first, version_number=2).path != second.path
