"""The profiles file: whole, shared by several processes, set aside when damaged."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st

from download_client.errors import InvalidSetting, UnknownName
from download_client.settings import Paths, Profile, Profiles, check_name

WORK = Profile("work", "https://mir.example/mir/api/v1", "anna@example.org", Path("/archive/ü").absolute())
HOME = Profile("home", "https://other.example/mir/api/v1")


@pytest.fixture
def profiles() -> Profiles:
    return Profiles(Paths.of_user())


def file() -> Path:
    return Paths.of_user().profiles_file


def test_there_are_none_at_first_and_asking_writes_nothing(profiles: Profiles, home: Path) -> None:
    assert profiles.all() == ()
    assert not home.exists()
    with pytest.raises(UnknownName):
        profiles.find("work")


def test_what_is_saved_is_found_by_everybody(profiles: Profiles) -> None:
    profiles.save(WORK)
    profiles.save(HOME)
    other = Profiles(Paths.of_user())
    assert other.all() == (HOME, WORK)
    assert other.find("work") == WORK


def test_names_are_matched_exactly(profiles: Profiles) -> None:
    profiles.save(WORK)
    with pytest.raises(UnknownName):
        profiles.find("Work")


def test_saving_again_replaces(profiles: Profiles) -> None:
    profiles.save(WORK)
    profiles.save(Profile("work", HOME.server_url))
    assert profiles.all() == (Profile("work", HOME.server_url),)


def test_the_last_archive_is_remembered(profiles: Profiles, tmp_path: Path) -> None:
    profiles.save(HOME)
    profiles.used_archive("home", tmp_path)
    assert profiles.find("home") == Profile("home", HOME.server_url, "", tmp_path)
    with pytest.raises(UnknownName):
        profiles.used_archive("work", tmp_path)


def test_forgetting_leaves_the_others_and_twice_is_harmless(profiles: Profiles) -> None:
    profiles.save(WORK)
    profiles.save(HOME)
    profiles.forget("work")
    profiles.forget("work")
    assert profiles.all() == (HOME,)


@pytest.mark.parametrize("name", ["default", "a", "A1", "work-2", "x" * 64, "a.b_c"])
def test_good_names(name: str) -> None:
    assert check_name(name) == name


@pytest.mark.parametrize("name", ["", " ", "-a", ".a", "a.", "a b", "a/b", "a\\b", "ü", "x" * 65, "a\n", "..", "a:b"])
def test_bad_names(name: str) -> None:
    with pytest.raises(InvalidSetting):
        Profile(name, "https://mir.example")


@pytest.mark.expects_log(r"the profiles file was damaged")
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"{}",
        b'{"profiles": 7}',
        b'{"profiles": [{}]}',
        b'{"profiles": [{"name": "a/b", "server_url": "", "user": "", "last_archive": ""}]}',
        b'{"profiles": [{"name": "a", "server_url": 7, "user": "", "last_archive": ""}]}',
        b"\xff\xfe",
        b"[" * 100_000,
    ],
)
def test_a_damaged_file_is_set_aside_whole_and_life_goes_on(profiles: Profiles, content: bytes) -> None:
    file().parent.mkdir(parents=True)
    file().write_bytes(content)
    assert profiles.all() == ()
    assert file().with_suffix(".damaged.json").read_bytes() == content
    profiles.save(WORK)
    assert profiles.all() == (WORK,)


def test_the_file_holds_what_it_says_and_no_more(profiles: Profiles) -> None:
    profiles.save(WORK)
    assert json.loads(file().read_text("utf-8")) == {
        "format": 1,
        "profiles": [
            {
                "name": "work",
                "server_url": "https://mir.example/mir/api/v1",
                "user": "anna@example.org",
                "last_archive": str(WORK.last_archive),
            }
        ],
    }


def test_many_at_once_lose_nothing(profiles: Profiles) -> None:
    names = [f"p{number}" for number in range(8)]
    threads = [
        threading.Thread(target=Profiles(Paths.of_user()).save, args=(Profile(name, "https://x.example"),))
        for name in names
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [profile.name for profile in profiles.all()] == names


def test_a_place_that_cannot_be_written_is_named(profiles: Profiles) -> None:
    file().parent.parent.mkdir(parents=True)
    file().parent.write_text("a file where the folder should be")
    with pytest.raises(InvalidSetting) as caught:
        profiles.save(WORK)
    assert caught.value.subject == str(file())


@hypothesis.settings(max_examples=30)
@given(url=st.text(max_size=50), user=st.text(max_size=50))
def test_any_text_comes_back(tmp_path_factory: pytest.TempPathFactory, url: str, user: str) -> None:
    profiles = Profiles(Paths.below(tmp_path_factory.getbasetemp() / "any"))
    profile = Profile("a", url, user)
    profiles.save(profile)
    assert profiles.find("a") == profile


def test_text_that_no_file_can_hold_is_refused_and_the_file_stays(profiles: Profiles) -> None:
    profiles.save(WORK)
    with pytest.raises(InvalidSetting):
        profiles.save(Profile("home", "https://x.example", "\udcff"))
    assert profiles.all() == (WORK,)
