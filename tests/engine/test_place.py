"""What is said of a folder before an archive is made there."""

from __future__ import annotations

from pathlib import Path

import pytest

from download_client.archive import Archive
from download_client.engine import Engine
from download_client.errors import ArchiveMissing, ArchiveNewer
from download_client.settings import Paths, Settings
from tests.fake_clock import FakeClock


@pytest.fixture
def engine(clock: FakeClock) -> Engine:
    paths = Paths.of_user()
    return Engine(paths=paths, settings=Settings.load(paths), profile="default", clock=clock)


def test_a_folder_to_be_made_has_the_free_space_of_its_parent(engine: Engine, tmp_path: Path) -> None:
    place = engine.place(tmp_path / "new")
    assert place.free is not None
    assert place.free > 0
    assert not place.archive
    assert place.error is None
    assert not (tmp_path / "new").exists()


def test_a_temporary_folder_is_risky_and_a_synchronised_one_too(engine: Engine, tmp_path: Path) -> None:
    (said,) = [risk for risk in engine.place(tmp_path / "Dropbox" / "calls").risks if "Dropbox" in risk]
    assert said == "Dropbox synchronises it"
    assert any("temporary" in risk for risk in engine.place(tmp_path).risks)


def test_an_archive_is_known_and_one_of_a_newer_version_named(engine: Engine, tmp_path: Path, clock: FakeClock) -> None:
    root = tmp_path / "archive"
    Archive.create(root, service="https://mir.example.com", account_id="a", accept_risk=True, clock=clock)
    assert engine.place(root).archive
    identity = root / ".mir" / "archive.json"
    identity.write_text(identity.read_text("utf-8").replace('"format": 1', '"format": 99'), "utf-8")
    place = engine.place(root)
    assert not place.archive
    assert isinstance(place.error, ArchiveNewer)


def test_a_folder_whose_parent_is_gone_is_missing(engine: Engine, tmp_path: Path) -> None:
    assert isinstance(engine.place(tmp_path / "gone" / "archive").error, ArchiveMissing)
