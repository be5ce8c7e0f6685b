"""The manifest: appended, never rewritten; a torn or flipped line is known for what it is and spoils no other."""

from __future__ import annotations

import random
import tracemalloc
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from download_client.archive import Archive, Files, Tombstone
from download_client.archive.manifest import Damage, ErasedLine, Manifest, PlacedLine, placed_line
from download_client.archive.root import open_root
from tests.archive.rig import finished, make

AT = datetime(2026, 11, 22, tzinfo=UTC)


def manifest_of(archive: Archive) -> Manifest:
    files = Files()
    return Manifest(open_root(archive.root, files, archive_id="", service="", account_id=""), files)


def lines(archive: Archive, *numbers: int, version: int = 1) -> list[bytes]:
    """Lines for recordings of these numbers that lie nowhere."""
    made = []
    for number in numbers:
        job = replace(finished(archive, number, part=False), version_number=version)
        made.append(placed_line(job, path=job.path, sidecars={}))
    return made


def told(manifest: Manifest) -> list[str]:
    return [
        f"{line.recording}/{line.version}" for line in manifest.read(manifest.survey()) if isinstance(line, PlacedLine)
    ]


def damages(manifest: Manifest) -> list[Damage]:
    return [line for line in manifest.read(manifest.survey()) if isinstance(line, Damage)]


def test_what_is_written_is_read_back_value_for_value(tmp_path: Path) -> None:
    archive = make(tmp_path / "a")
    manifest = manifest_of(archive)
    job = finished(archive, part=False, owner_name='Zoë "\u202e\0" 漢 \U0001f600')
    manifest.append([placed_line(job, path="x/y.wav", sidecars={".csv": "ab"})], at=AT)
    (line,) = manifest.read(manifest.survey())
    assert isinstance(line, PlacedLine)
    assert line.conversation == job.conversation
    assert line.wav == job.wav
    assert (line.path, line.sidecars, line.at, line.run) == ("x/y.wav", {".csv": "ab"}, job.downloaded_at, 7)


def test_lines_are_kept_by_month_and_read_oldest_first(tmp_path: Path) -> None:
    archive = make(tmp_path / "a")
    manifest = manifest_of(archive)
    for number, at in ((1, AT), (2, AT + timedelta(days=60)), (3, AT - timedelta(days=30)), (4, AT)):
        manifest.append(lines(archive, number), at=at)
    assert sorted(path.name for path in (archive.root / ".mir/manifest").iterdir()) == [
        "2026-10.jsonl",
        "2026-11.jsonl",
        "2027-01.jsonl",
    ]
    assert told(manifest) == ["rec-000003/1", "rec-000001/1", "rec-000004/1", "rec-000002/1"]


def test_of_a_recording_version_told_twice_the_last_line_holds(tmp_path: Path) -> None:
    archive = make(tmp_path / "a")
    manifest = manifest_of(archive)
    manifest.append(lines(archive, 1, 2, 1) + lines(archive, 1, version=2), at=AT)
    job = finished(archive, 1, part=False)
    manifest.append([placed_line(job, path="moved.wav", sidecars={})], at=AT + timedelta(days=30))
    assert told(manifest) == ["rec-000002/1", "rec-000001/2", "rec-000001/1"]
    *_, last = manifest.read(manifest.survey())
    assert isinstance(last, PlacedLine)
    assert last.path == "moved.wav"
    count = manifest.count(manifest.survey())
    assert count.placed == 3
    assert "moved.wav" in count.paths
    assert "elsewhere.wav" not in count.paths


def test_an_erased_recording_stays_erased_whatever_follows(tmp_path: Path) -> None:
    archive = make(tmp_path / "a")
    manifest = manifest_of(archive)
    manifest.append(lines(archive, 1, 2) + lines(archive, 1, version=2), at=AT)
    stone = Tombstone("rec-000001", "cnv-000001", AT, "retention")
    archive.remember_erased([stone, stone])
    manifest.append(lines(archive, 1), at=AT + timedelta(days=40))
    assert told(manifest) == ["rec-000002/1"]
    erased = [line for line in manifest.read(manifest.survey()) if isinstance(line, ErasedLine)]
    assert [(line.recording, line.reason) for line in erased] == [("rec-000001", "retention")]


@pytest.mark.parametrize("keep", [1, 30, 0.5, -12, -2, -1])
def test_a_torn_tail_is_known_and_the_next_lines_are_whole(keep: float, tmp_path: Path) -> None:
    archive = make(tmp_path / "a")
    manifest = manifest_of(archive)
    whole = lines(archive, 1)[0]
    torn = lines(archive, 2)[0]
    cut = int(len(torn) * keep) if 0 < keep < 1 else int(keep)
    path = archive.root / ".mir/manifest/2026-11.jsonl"
    path.write_bytes(whole + torn[:cut])
    # Cut by nothing but its line feed it is whole.
    expected = ["rec-000001/1"] + (["rec-000002/1"] if cut == -1 else [])
    assert told(manifest) == expected
    manifest.append(lines(archive, 3), at=AT)
    assert told(manifest) == [*expected, "rec-000003/1"]
    assert damages(manifest) == ([] if cut == -1 else [Damage("2026-11.jsonl", 2, torn=True)])


def test_a_tail_of_zeros_after_a_power_failure_is_known(tmp_path: Path) -> None:
    archive = make(tmp_path / "a")
    manifest = manifest_of(archive)
    path = archive.root / ".mir/manifest/2026-11.jsonl"
    path.write_bytes(lines(archive, 1)[0] + bytes(5000))
    manifest.append(lines(archive, 2), at=AT)
    assert told(manifest) == ["rec-000001/1", "rec-000002/1"]
    assert damages(manifest) == [Damage("2026-11.jsonl", 2, torn=True)]


def test_every_flipped_bit_of_a_line_is_seen_and_no_other_line_suffers(tmp_path: Path) -> None:
    archive = make(tmp_path / "a")
    manifest = manifest_of(archive)
    before, line, after = lines(archive, 1, 2, 3)
    path = archive.root / ".mir/manifest/2026-11.jsonl"
    dice = random.Random(7)
    for _ in range(150):
        flipped = bytearray(line)
        place = dice.randrange(len(line) - 1)
        flipped[place] ^= 1 << dice.randrange(8)
        path.write_bytes(before + bytes(flipped) + after)
        assert told(manifest) == ["rec-000001/1", "rec-000003/1"], place
        assert damages(manifest)


def test_a_line_of_another_kind_is_damage_and_no_crash(tmp_path: Path) -> None:
    archive = make(tmp_path / "a")
    path = archive.root / ".mir/manifest/2026-11.jsonl"
    path.write_bytes(b'{"kind":"placed"}\n[]\n\n\xff\xfe\n{"kind":"other","sum":"00000000"}\n')
    assert [damage.line for damage in damages(manifest_of(archive))] == [1, 2, 4, 5]


def test_files_that_are_no_manifest_are_not_read(tmp_path: Path) -> None:
    archive = make(tmp_path / "a")
    (archive.root / ".mir/manifest/2026-11.jsonl.bak").write_bytes(lines(archive, 1)[0])
    assert told(manifest_of(archive)) == []


def test_reading_holds_no_lines_in_memory(tmp_path: Path) -> None:
    archive = make(tmp_path / "a")
    manifest = manifest_of(archive)
    manifest.append(lines(archive, *range(400)) * 10, at=AT)
    tracemalloc.start()
    try:
        survey = manifest.survey()
        seen = sum(1 for _ in manifest.read(survey))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert seen == 400
    # The bit map is 16 MB; the file has some 6 MB, of which only a buffer may be held.
    assert peak < (16 + 2) * 1024 * 1024


def test_the_mark_changes_with_the_manifest_and_with_nothing_else(tmp_path: Path) -> None:
    archive = make(tmp_path / "a")
    manifest = manifest_of(archive)
    marks = [archive.manifest_mark()]
    for at in (AT, AT, AT + timedelta(days=40)):
        manifest.append(lines(archive, 1), at=at)
        marks.append(archive.manifest_mark())
    list(archive.entries())
    (archive.root / ".mir/manifest/notes.txt").write_text("x")
    assert archive.manifest_mark() == marks[-1]
    assert len(set(marks)) == 4
