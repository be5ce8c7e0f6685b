"""The archive explains itself: what it holds is told from the manifest, and where that fails from the tables."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from download_client.archive import Archive, Entry, Origin, Style, Tombstone
from download_client.model import Checksum, Conversation, Direction, Participant, Party, RecordingMode, RecordingStatus
from tests.archive.rig import SERVICE, finish, finished, held, make, placed, reopen, sound, tombstones, tree
from tests.making import START, conversation, recording


def forget_manifest(archive: Archive) -> None:
    for path in (archive.root / ".mir/manifest").iterdir():
        path.unlink()


def test_the_manifest_gives_back_everything_that_was_known(tmp_path: Path) -> None:
    archive = make(tmp_path / "a")
    jobs = [finished(archive, number) for number in range(3)]
    placed(archive, *jobs)
    for job, entry in zip(jobs, held(reopen(archive)), strict=True):
        assert entry == Entry(
            path=job.path,
            conversation=job.conversation,
            recording=job.recording,
            version_number=1,
            size=job.size,
            sha256=job.sha256,
            etag='"e1"',
            verified_by="sha-256",
            wav=job.wav,
            downloaded_at=job.downloaded_at,
            run_id=7,
            access_level="all",
            source=SERVICE,
            origin=Origin.MANIFEST,
            present=True,
        )


def test_what_is_gone_or_has_another_length_is_not_said_to_be_there(tmp_path: Path) -> None:
    archive = make(tmp_path / "a")
    jobs = [finished(archive, number) for number in range(3)]
    placed(archive, *jobs)
    (archive.root / jobs[0].path).unlink()
    (archive.root / jobs[1].path).write_bytes(b"")
    assert [entry.present for entry in held(archive)] == [False, False, True]


def test_a_recording_its_conversation_no_longer_names_is_told_as_far_as_the_file_goes(tmp_path: Path) -> None:
    archive = make(tmp_path / "a")
    job = finished(archive)
    placed(archive, replace(job, conversation=replace(job.conversation, recordings=())))
    (entry,) = held(archive)
    assert entry.recording.id == "rec-000001"
    assert entry.recording.sha256 == job.sha256
    assert entry.recording.duration_seconds == pytest.approx(600 / 8000)


@pytest.mark.parametrize("style", [Style(), Style(separator=";", zone="Asia/Tokyo", folder=""), Style(folder="x")])
def test_without_a_manifest_the_tables_tell_what_their_columns_hold(style: Style, tmp_path: Path) -> None:
    archive = make(tmp_path / "a", style=style)
    call = conversation(
        "cnv-1",
        recording("rec-1", duration_seconds=61.0),
        direction=Direction.OUTBOUND,
        mode=RecordingMode.ON_DEMAND,
        calling_party=Party('Zoë, "Müller"\r\nline', "=49 30", extension="7"),
        participants=(Participant("Ann (Sales)", "4711-201"), Participant("0123"), Participant("Zoë")),
        groups=("Support", "Sales"),
        expires_at=None,
    )
    job = replace(finish(archive, call, content=sound("x"), version=3), access_level="ownGroup", verified_by="length")
    placed(archive, job)
    forget_manifest(archive)
    before = tree(archive.root)
    (entry,) = held(archive)
    assert tree(archive.root) == before
    start = recording().start_time
    assert entry == Entry(
        path=job.path,
        conversation=Conversation(
            id="cnv-1",
            direction=Direction.OUTBOUND,
            mode=RecordingMode.ON_DEMAND,
            start_time=start,
            end_time=start + timedelta(seconds=61),
            duration_seconds=61.0,
            time_zone=style.zone,
            calling_party=Party('Zoë, "Müller"\r\nline', "=49 30", extension="7"),
            called_party=Party("Ann Lee", "4711-201", extension="201"),
            participants=call.participants,
            owner_user_id="",
            owner_name="Ann Lee",
            owner_email="ann@example.com",
            owner_extension="",
            groups=("Support", "Sales"),
            recordings=(entry.recording,),
            available_at=start,
            updated_at=start,
            expires_at=None,
        ),
        recording=replace(
            recording("rec-1", duration_seconds=61.0, size_bytes=job.size),
            checksum=Checksum("sha-256", job.sha256),
            status=RecordingStatus.AVAILABLE,
            file_name="",
            content_type="",
            codec=None,
            etag="",
        ),
        version_number=3,
        size=job.size,
        sha256=job.sha256,
        etag="",
        verified_by="length",
        wav=None,
        downloaded_at=job.downloaded_at,
        run_id=0,
        access_level="ownGroup",
        source=SERVICE,
        origin=Origin.SIDECAR,
        present=True,
    )
    assert entry.conversation.updated_at < call.updated_at


def test_what_the_manifest_tells_is_not_told_again_by_its_table(tmp_path: Path) -> None:
    archive = make(tmp_path / "a")
    placed(archive, *[finished(archive, number) for number in range(4)])
    manifest = archive.root / ".mir/manifest/2026-11.jsonl"
    lines = manifest.read_bytes().splitlines(keepends=True)
    manifest.write_bytes(lines[0] + lines[2])
    assert sorted((entry.recording.id, entry.origin.value) for entry in held(archive)) == [
        ("rec-000000", "manifest"),
        ("rec-000001", "sidecar"),
        ("rec-000002", "manifest"),
        ("rec-000003", "sidecar"),
    ]


def test_a_table_that_is_damaged_or_belongs_to_another_recording_tells_nothing(tmp_path: Path) -> None:
    archive = make(tmp_path / "a", style=Style(folder=""))
    jobs = [finished(archive, number) for number in range(4)]
    placed(archive, *jobs)
    forget_manifest(archive)
    tables = [(archive.root / job.path).with_suffix(".csv") for job in jobs]
    tables[0].write_bytes(tables[1].read_bytes())
    tables[1].write_bytes(tables[1].read_bytes()[:-40])
    tables[2].unlink()
    (archive.root / "my own.wav").write_bytes(sound("mine"))
    (archive.root / "my own.csv").write_bytes(tables[3].read_bytes())
    assert [entry.recording.id for entry in held(archive)] == ["rec-000003"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xef\xbb\xbf",
        b"\xff\xfe\0",
        b"Conversation ID",
        b"a,b\r\nc,d\r\n",
        b"Conversation ID,x\r\n" * 3,
        b'"' * 1000,
        b"x" * 200_000,
    ],
)
def test_any_bytes_in_the_place_of_a_table_are_no_crash(content: bytes, tmp_path: Path) -> None:
    archive = make(tmp_path / "a")
    job = finished(archive)
    placed(archive, job)
    forget_manifest(archive)
    (archive.root / job.path).with_suffix(".csv").write_bytes(content)
    assert held(archive) == []


def test_every_cell_of_a_table_may_be_nonsense(tmp_path: Path) -> None:
    archive = make(tmp_path / "a")
    job = finished(archive)
    placed(archive, job)
    forget_manifest(archive)
    table = (archive.root / job.path).with_suffix(".csv")
    text = table.read_text(encoding="utf-8-sig")
    header, row = text.splitlines()
    cells = row.split(",")
    for index in range(len(cells)):
        for nonsense in ("", "-1", "9" * 400, "x", "2026-99-99T00:00:00Z", "2026-01-01T00:00:00", "a:b:c"):
            changed = [*cells[:index], nonsense, *cells[index + 1 :]]
            table.write_text("\ufeff" + header + "\r\n" + ",".join(changed) + "\r\n", encoding="utf-8")
            for entry in held(archive):
                assert entry.recording.id == "rec-000001"
                assert entry.recording.start_time.tzinfo is not None


def test_an_erased_recording_is_told_as_such_and_its_table_brings_it_not_back(tmp_path: Path) -> None:
    archive = make(tmp_path / "a")
    placed(archive, *[finished(archive, number) for number in range(3)])
    stone = Tombstone("rec-000001", "cnv-000001", START, "court order 7")
    archive.remember_erased([stone])
    assert [entry.recording.id for entry in held(archive)] == ["rec-000000", "rec-000002"]
    assert tombstones(archive) == [stone]


def test_a_tombstone_needs_no_recording_here(tmp_path: Path) -> None:
    archive = make(tmp_path / "a")
    stone = Tombstone("rec-9", "cnv-9", datetime(2026, 1, 1, tzinfo=UTC), "law")
    archive.remember_erased([stone])
    assert list(reopen(archive).entries()) == [stone]


def test_an_archive_that_was_moved_tells_the_same(tmp_path: Path) -> None:
    archive = make(tmp_path / "a")
    placed(archive, *[finished(archive, number) for number in range(3)])
    told = held(archive)
    archive.root.rename(tmp_path / "b")
    moved = Archive.open(tmp_path / "b", archive_id=archive.identity.archive_id, clock=archive._clock)
    assert held(moved) == told
    assert list(moved.verify()) == []
    assert hashlib.sha256((moved.root / told[0].path).read_bytes()).hexdigest() == told[0].sha256


def test_what_only_tables_explain_is_taken_into_the_manifest_if_its_bytes_are_right(tmp_path: Path) -> None:
    archive = make(tmp_path / "a", style=Style(spreadsheet=True))
    jobs = [finished(archive, number) for number in range(3)]
    placed(archive, *jobs)
    forget_manifest(archive)
    damaged = archive.root / jobs[1].path
    damaged.write_bytes(damaged.read_bytes()[:-1] + b"\0")
    told = held(archive)
    assert archive.enlist(told) == 2
    assert [(entry.recording.id, entry.origin) for entry in held(archive)] == [
        ("rec-000000", Origin.MANIFEST),
        ("rec-000002", Origin.MANIFEST),
        ("rec-000001", Origin.SIDECAR),
    ]
    assert held(archive)[0].wav == jobs[0].wav
    assert [finding.recording_id for finding in archive.verify()] == ["rec-000001"]
    (archive.root / jobs[0].path).unlink()
    assert archive.enlist(told[:1]) == 0
