"""The machine's policy, from a file of the administrator or from the registry; and our own folders."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from download_client.errors import InvalidSetting
from download_client.settings import FilePolicy, Paths, RegistryPolicy, Settings, machine_policy, table


@pytest.fixture
def paths() -> Paths:
    return Paths.of_user()


UNIX = pytest.mark.skipif(os.name == "nt", reason="Windows keeps its policy in the registry")


@UNIX
def test_the_policy_file_of_the_administrator_counts(paths: Paths, tmp_path: Path) -> None:
    file = tmp_path / "policy.toml"
    file.write_text("[transfer]\nconcurrency = 2\n")
    file.chmod(0o644)
    settings = Settings.load(paths, policy=FilePolicy(file, owner=os.getuid()))
    assert settings.get(table.CONCURRENCY) == 2
    assert settings.where(table.CONCURRENCY) == f"{file}:2"


@UNIX
@pytest.mark.parametrize("mode", [0o666, 0o664, 0o646])
def test_a_policy_that_others_can_write_is_refused(paths: Paths, tmp_path: Path, mode: int) -> None:
    file = tmp_path / "policy.toml"
    file.write_text("[transfer]\nconcurrency = 2\n")
    file.chmod(mode)
    with pytest.raises(InvalidSetting) as caught:
        Settings.load(paths, policy=FilePolicy(file, owner=os.getuid()))
    assert caught.value.subject == str(file)


@UNIX
def test_a_policy_of_somebody_else_is_refused(paths: Paths, tmp_path: Path) -> None:
    file = tmp_path / "policy.toml"
    file.write_text("")
    file.chmod(0o644)
    with pytest.raises(InvalidSetting, match="administrator"):
        Settings.load(paths, policy=FilePolicy(file, owner=os.getuid() + 1))


@UNIX
def test_a_broken_policy_stops_everything_and_is_named(paths: Paths, tmp_path: Path) -> None:
    file = tmp_path / "policy.toml"
    file.write_text("[transfer\n")
    file.chmod(0o644)
    with pytest.raises(InvalidSetting) as caught:
        Settings.load(paths, policy=FilePolicy(file, owner=os.getuid()))
    assert caught.value.subject == f"{file}:1"


def test_no_policy_file_is_no_policy(paths: Paths, tmp_path: Path) -> None:
    (tmp_path / "a file").write_text("")
    for path in (tmp_path / "none.toml", tmp_path / "no folder" / "x", tmp_path / "a file" / "x"):
        assert Settings.load(paths, policy=FilePolicy(path)).problems == ()


@UNIX
def test_a_policy_that_cannot_even_be_looked_for_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InvalidSetting, match="cannot be read"):
        FilePolicy(tmp_path / ("x" * 5000)).read()


def test_the_registry_gives_words_and_numbers(paths: Paths) -> None:
    keys = {
        "HKLM": [("transfer.concurrency", 2), ("csv.spreadsheet_safe", 1), ("log.level", "error")],
        "HKCU": [("transfer.concurrency", 9), ("transfer.limit_rate", "1 MB/s")],
    }
    policy = RegistryPolicy(lambda root: keys[root])
    settings = Settings.load(paths, policy=policy)
    assert settings.get(table.CONCURRENCY) == 2
    assert settings.get(table.SPREADSHEET_SAFE) is True
    assert settings.get(table.LOG_LEVEL) == "error"
    assert settings.where(table.LIMIT_RATE) == r"HKCU\SOFTWARE\Policies\MIR Download Client\transfer.limit_rate"
    assert settings.where(table.LOG_LEVEL) == r"HKLM\SOFTWARE\Policies\MIR Download Client\log.level"


@pytest.mark.parametrize(("computer", "user", "value"), [(2, 9, 2), (None, 9, 9), (None, None, 16)])
def test_the_computers_policy_is_above_the_users_and_both_above_the_file(
    paths: Paths, computer: int | None, user: int | None, value: int
) -> None:
    paths.settings_file.parent.mkdir(parents=True)
    paths.settings_file.write_text("transfer.concurrency = 16\n", "utf-8")
    keys = {
        root: [("transfer.concurrency", each)] if each is not None else []
        for root, each in (("HKLM", computer), ("HKCU", user))
    }
    settings = Settings.load(paths, policy=RegistryPolicy(keys.__getitem__))
    assert settings.get(table.CONCURRENCY) == value
    assert settings.problems == ()


def test_a_registry_that_cannot_be_read_is_an_error() -> None:
    def refuse(root: str) -> list[tuple[str, object]]:
        if root == "HKLM":
            raise PermissionError(5, "Access is denied")
        return []

    with pytest.raises(InvalidSetting) as caught:
        RegistryPolicy(refuse).read()
    assert caught.value.subject == r"HKLM\SOFTWARE\Policies\MIR Download Client"


def test_each_system_has_its_policy() -> None:
    assert isinstance(machine_policy(), RegistryPolicy if sys.platform == "win32" else FilePolicy)
    assert isinstance(machine_policy().read(), dict)


# --- folders ---------------------------------------------------------------------------------------------------------


def test_all_folders_lie_below_the_home_that_is_named(home: Path) -> None:
    paths = Paths.of_user()
    folders = [paths.config, paths.data, paths.state, paths.log, paths.cache]
    assert all(folder.parent == home for folder in folders)
    assert len(set(folders)) == 5
    assert not home.exists()


def test_without_it_the_system_says_where(tmp_path: Path) -> None:
    paths = Paths.of_user({})
    folders = [paths.config, paths.data, paths.state, paths.log, paths.cache]
    assert all(folder.is_absolute() for folder in folders)
    assert all("mir" in str(folder).lower() for folder in folders)
    assert paths.settings_file.parent == paths.config
    assert paths.profiles_file.parent == paths.state


def test_importing_settings_touches_nothing(home: Path) -> None:
    code = "import download_client.settings, sys; assert not {'requests', 'keyring', 'numpy'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
    assert not home.exists()
