"""How much may be asked for on a drive with so much room; the file operations are handed in to say how much."""

from __future__ import annotations

from pathlib import Path

import pytest

from download_client.archive import Archive
from download_client.archive.files import Files
from download_client.transfer.space import Space
from tests.fake_clock import FakeClock


class Drive(Files):
    """The real one, but for its room."""

    room = 0

    def free(self, path: str) -> int:
        return self.room


@pytest.fixture
def drive() -> Drive:
    return Drive()


@pytest.fixture
def space(tmp_path: Path, clock: FakeClock, drive: Drive) -> Space:
    made = Archive.create(tmp_path / "a", service="s", account_id="x", accept_risk=True, clock=clock, files=drive)
    return Space(made, min_free=1_000)


def test_as_many_as_there_is_room_for(space: Space, drive: Drive) -> None:
    drive.room = 1_000 + 250
    assert space.fits([100, 100, 100], under_way=0) == 2
    assert space.fits([100, 100, 100], under_way=100) == 1, "what is under way takes its room as well"
    assert space.fits([100], under_way=200) == 0
    drive.room = 10_000
    assert space.fits([100, 100, 100], under_way=0) == 3
    assert "9 bytes are still to come, 10000 are free" in str(space.full(wanted=9))


def test_it_is_looked_again_before_a_quarter_of_the_room_is_gone(space: Space, drive: Drive) -> None:
    drive.room = 1_000 + 4_000
    assert space.fits([400], under_way=0) == 1
    drive.room = 1_000
    assert space.fits([800], under_way=0) == 1, "not at every recording"
    assert space.fits([200], under_way=0) == 0


def test_sizes_that_are_not_listed_count_when_they_have_come(space: Space, drive: Drive) -> None:
    drive.room = 1_000 + 4_000
    assert space.fits([0, 0], under_way=0) == 2
    drive.room = 1_000
    assert space.fits([0], under_way=0) == 1
    space.unlisted(2_000)
    drive.room = 500
    assert space.fits([0], under_way=0) == 0
