"""The folder: made once, told apart from others, never made anew elsewhere, and warned of where it is unwise."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from download_client.archive import Archive, Files, Style, risks
from download_client.archive.root import ROOT_UNITS
from download_client.errors import (
    ArchiveForeign,
    ArchiveMissing,
    ArchiveNewer,
    ArchiveUnwise,
    InvalidTemplate,
    UnsafePath,
)
from tests.archive.rig import ACCOUNT, SERVICE, finished, make, placed, reopen, tree
from tests.fake_clock import FakeClock
from tests.windows import makes_links


def opened(folder: Path, *, archive_id: str = "", service: str = "", account_id: str = "") -> Archive:
    return Archive.open(folder, clock=FakeClock(), archive_id=archive_id, service=service, account_id=account_id)


def create(folder: Path, *, service: str, account_id: str, accept_risk: bool = True) -> Archive:
    return Archive.create(folder, service=service, account_id=account_id, accept_risk=accept_risk, clock=FakeClock())


def test_an_archive_knows_what_it_is_when_it_is_opened_again(tmp_path: Path) -> None:
    archive = make(tmp_path / "a")
    again = opened(tmp_path / "a", archive_id=archive.identity.archive_id, service=SERVICE, account_id=ACCOUNT)
    assert again.identity == archive.identity
    assert again.identity.created_at == FakeClock().now()
    assert json.loads((tmp_path / "a/.mir/archive.json").read_text())["format"] == 1


def test_creating_it_a_second_time_opens_the_one_that_is_there(tmp_path: Path) -> None:
    archive = make(tmp_path / "a")
    before = tree(tmp_path)
    assert make(tmp_path / "a").identity == archive.identity
    assert tree(tmp_path) == before


def test_a_folder_with_files_of_its_own_can_become_an_archive_and_keeps_them(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a/letter.txt").write_text("mine")
    make(tmp_path / "a")
    assert (tmp_path / "a/letter.txt").read_text() == "mine"


def test_opening_and_reading_write_nothing(tmp_path: Path) -> None:
    archive = make(tmp_path / "a")
    placed(archive, finished(archive))
    shutil.rmtree(tmp_path / "a/.mir/quarantine")
    before = tree(tmp_path)
    again = reopen(archive)
    assert len(list(again.entries())) == 1
    assert list(again.verify()) == []
    assert tree(tmp_path) == before
    assert not (tmp_path / "a/.mir/quarantine").exists()


@pytest.mark.parametrize("gone", ["a", "a/.mir", "a/.mir/archive.json"])
def test_a_folder_or_identity_that_is_gone_is_said_and_nothing_is_made_anew(gone: str, tmp_path: Path) -> None:
    archive = make(tmp_path / "a")
    job = finished(archive)
    (tmp_path / gone).rename(tmp_path / "away")
    before = tree(tmp_path)
    with pytest.raises(ArchiveMissing):
        opened(tmp_path / "a")
    with pytest.raises(ArchiveMissing):
        archive.check()
    with pytest.raises(ArchiveMissing):
        archive.free_bytes()
    with pytest.raises(ArchiveMissing), archive.lock("test"):
        pass
    with pytest.raises(ArchiveMissing):
        list(archive.entries())
    with pytest.raises(ArchiveMissing):
        list(archive.verify())
    with pytest.raises(ArchiveMissing):
        archive.write_run_csv("run", ())
    assert [type(answer) for answer in archive.place([job, job])] == [ArchiveMissing, ArchiveMissing]
    assert tree(tmp_path) == before


def test_another_archive_under_the_same_name_is_not_taken_for_it(tmp_path: Path) -> None:
    archive = make(tmp_path / "a")
    (tmp_path / "a").rename(tmp_path / "b")
    other = make(tmp_path / "a")
    before = tree(tmp_path)
    with pytest.raises(ArchiveMissing, match="another archive"):
        reopen(archive)
    with pytest.raises(ArchiveMissing, match="another archive"):
        archive.check()
    assert [type(answer) for answer in archive.place([finished(archive, part=False)])] == [ArchiveMissing]
    assert tree(tmp_path) == before
    assert other.identity.archive_id != archive.identity.archive_id


@pytest.mark.parametrize(("service", "account_id"), [("https://other.example", ACCOUNT), (SERVICE, "acc-2")])
def test_the_archive_of_another_account_or_service_is_foreign(service: str, account_id: str, tmp_path: Path) -> None:
    make(tmp_path / "a")
    with pytest.raises(ArchiveForeign):
        opened(tmp_path / "a", service=service, account_id=account_id)
    with pytest.raises(ArchiveForeign):
        create(tmp_path / "a", service=service, account_id=account_id)


def test_an_archive_of_a_newer_format_is_left_alone(tmp_path: Path) -> None:
    make(tmp_path / "a")
    identity = tmp_path / "a/.mir/archive.json"
    identity.write_text(identity.read_text().replace('"format": 1', '"format": 2'))
    with pytest.raises(ArchiveNewer, match="format is 2"):
        opened(tmp_path / "a")


@pytest.mark.parametrize(
    "text",
    [
        *("", "{", "[]", '{"format": 1}', '{"format": 1, "archiveId": "x"}', "\0" * 300),
        '{"format": 1, "archiveId": "../../x", "createdAt": "2026-01-01T00:00:00Z"}',
        '{"format": 1, "archiveId": "*", "createdAt": "2026-01-01T00:00:00Z"}',
    ],
)
def test_a_damaged_identity_is_said(text: str, tmp_path: Path) -> None:
    make(tmp_path / "a")
    (tmp_path / "a/.mir/archive.json").write_text(text)
    with pytest.raises(ArchiveMissing, match="damaged"):
        opened(tmp_path / "a")


def test_the_folder_in_which_it_would_be_made_must_exist(tmp_path: Path) -> None:
    with pytest.raises(ArchiveMissing):
        make(tmp_path / "drive/that/is/not/there")
    assert list(tmp_path.iterdir()) == []


@makes_links
def test_a_link_in_the_place_of_an_inner_folder_is_refused(tmp_path: Path) -> None:
    archive = make(tmp_path / "a")
    elsewhere = tmp_path / "elsewhere"
    (tmp_path / "a/.mir/parts").rename(elsewhere)
    (tmp_path / "a/.mir/parts").symlink_to(elsewhere, target_is_directory=True)
    job = finished(archive)
    with pytest.raises(UnsafePath):
        reopen(archive)
    assert [type(answer) for answer in archive.place([job])] == [UnsafePath]
    assert job.part.exists()


@makes_links
def test_a_link_on_the_way_to_the_root_is_the_users_own(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real", target_is_directory=True)
    archive = make(tmp_path / "link/a")
    assert archive.root == (tmp_path / "real/a").resolve()
    placed(archive, finished(archive))


def test_a_creation_that_was_killed_is_finished_by_the_next(tmp_path: Path) -> None:
    class Killed(Files):
        def rename_new(self, source: str, target: str) -> None:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make(tmp_path / "a", files=Killed())
    with pytest.raises(ArchiveMissing):
        opened(tmp_path / "a")
    make(tmp_path / "a")
    opened(tmp_path / "a")


def test_a_style_that_cannot_be_used_makes_no_archive(tmp_path: Path) -> None:
    with pytest.raises(InvalidTemplate):
        make(tmp_path / "a", style=Style(name="{nobody}"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("folder", "program"),
    [
        ("OneDrive/Calls", "OneDrive"),
        ("OneDrive - Contoso/Calls", "OneDrive"),
        ("Dropbox/x", "Dropbox"),
        ("Dropbox (Personal)", "Dropbox"),
        ("Google Drive/My Drive", "Google Drive"),
        ("Library/CloudStorage/GoogleDrive-a@b.example/My Drive", "a cloud drive"),
        ("Library/Mobile Documents/com~apple~CloudDocs", "iCloud"),
        ("iCloudDrive", "iCloud"),
        ("Nextcloud", "Nextcloud"),
    ],
)
def test_a_synchronised_folder_is_said_by_its_name(folder: str, program: str, tmp_path: Path) -> None:
    assert f"{program} synchronises it" in risks(tmp_path / folder, {})


@pytest.mark.parametrize("mark", [".dropbox.cache", ".stfolder"])
def test_a_synchronised_folder_is_said_by_the_programs_mark(mark: str, tmp_path: Path) -> None:
    (tmp_path / mark).mkdir()
    assert any("synchronises" in risk for risk in risks(tmp_path / "deep/down", {}))


def test_a_synchronised_folder_is_said_by_the_systems_word(tmp_path: Path) -> None:
    assert "OneDrive synchronises it" in risks(tmp_path / "Documents/x", {"OneDriveCommercial": str(tmp_path)})


def test_a_temporary_folder_is_said(tmp_path: Path) -> None:
    assert any("temporary" in risk for risk in risks(tmp_path, {}))
    assert any("temporary" in risk for risk in risks(Path("/srv/scratch/a"), {"TEMP": "/srv/scratch"}))


def test_a_path_too_long_for_its_names_is_said() -> None:
    top = Path("/").resolve()
    longest = ROOT_UNITS - len(str(top))
    assert risks(top / ("x" * longest), {}) == ()
    assert any("too long" in risk for risk in risks(top / ("x" * (longest + 1)), {}))


def test_an_ordinary_folder_has_no_risk() -> None:
    for folder in ("/srv/recordings", "/home/ann/Calls", "/home/ann/boxes", "/home/ann/onedrives"):
        assert risks(Path(folder), {}) == ()


def test_a_risky_place_needs_a_yes_before_anything_is_made(tmp_path: Path) -> None:
    with pytest.raises(ArchiveUnwise, match="temporary"):
        create(tmp_path / "a", service=SERVICE, account_id=ACCOUNT, accept_risk=False)
    assert not (tmp_path / "a").exists()
    make(tmp_path / "a")


def test_a_path_that_is_none_is_said() -> None:
    with pytest.raises(ArchiveMissing):
        opened(Path("a\0b"))


def test_free_bytes_are_those_of_its_volume(tmp_path: Path) -> None:
    archive = make(tmp_path / "a")
    assert abs(archive.free_bytes() - shutil.disk_usage(tmp_path).free) < 1 << 30
