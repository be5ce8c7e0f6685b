"""The program as a process: real starts, real signals, a real kill."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from download_client import __version__
from download_client.settings import Paths
from tests.ui.conftest import SECONDS
from ui.instance import Instance

DEADLINE = 60.0
COMMAND = (sys.executable, "-m", "ui")


@contextmanager
def window(*words: str) -> Iterator[subprocess.Popen[str]]:
    """A program with its window, killed at the end if it still runs."""
    with subprocess.Popen(
        [*COMMAND, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    ) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()


def run(*words: str) -> subprocess.CompletedProcess[str]:
    """A program that ends by itself."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run([*COMMAND, *words], capture_output=True, text=True, timeout=DEADLINE, env=environment)


def wait_until_it_listens(home: Path, profile: str, qtbot: QtBot) -> None:
    """Until the program is the first of its profile: its lock names its process."""
    lock = home / "state" / "locks" / f"window-{profile}.lock"
    qtbot.waitUntil(lambda: lock.exists() and lock.stat().st_size > 0, timeout=SECONDS)


def test_help_and_version_need_no_window() -> None:
    assert run("--version").stdout == f"mir-download-client {__version__}\n"
    assert "--try-it" in run("--help").stdout
    refused = run("--profile", "../x")
    assert refused.returncode == 2
    assert "a profile's name is" in refused.stderr


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
def test_one_window_per_profile_and_a_signal_ends_it_in_order(home: Path, qtbot: QtBot) -> None:
    with window("--profile", "work") as first:
        wait_until_it_listens(home, "work", qtbot)
        second = run("--profile", "work")
        assert (second.returncode, second.stderr) == (0, "")
        assert first.poll() is None
        first.send_signal(signal.SIGTERM)
        out, err = first.communicate(timeout=DEADLINE)
        assert (first.returncode, out) == (0, "")
        assert "Traceback" not in err
    assert (home / "state" / "windows" / "work.json").exists()


def test_a_killed_window_keeps_nobody_out(home: Path, qtbot: QtBot) -> None:
    with window() as first:
        wait_until_it_listens(home, "default", qtbot)
        first.kill()
        first.wait(DEADLINE)
    instance = Instance(Paths.of_user(), "default")
    assert instance.first()
    instance.close()


def test_a_killed_window_whose_number_is_ours_now_keeps_us_out_no_more(home: Path) -> None:
    before = Instance(Paths.of_user(), "default")
    assert before.first()
    (lock,) = (home / "state" / "locks").glob("window-*.lock")
    left = lock.read_bytes()
    before.close()
    lock.write_bytes(left)
    instance = Instance(Paths.of_user(), "default")
    assert instance.first()
    instance.close()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
def test_settings_that_cannot_be_read_are_told_and_end_it(home: Path, qtbot: QtBot) -> None:
    (home / "config").mkdir(parents=True)
    (home / "config" / "settings.toml").write_text("[window\n")
    with window() as broken:
        wait_until_it_listens(home, "default", qtbot)
        qtbot.waitUntil((home / "log" / "mir-download-client.crash").exists, timeout=SECONDS)
        broken.send_signal(signal.SIGTERM)
        out, err = broken.communicate(timeout=DEADLINE)
    assert (broken.returncode, out) == (1, "")
    assert "Traceback" not in err


@pytest.fixture
def first(home: Path) -> Iterator[Callable[[str], Instance]]:
    """Makes instances in this process that are the first of their profile."""
    made: list[Instance] = []

    def make(profile: str) -> Instance:
        made.append(Instance(Paths.of_user(), profile))
        assert made[-1].first()
        return made[-1]

    yield make
    for instance in made:
        instance.close()


def test_a_second_start_raises_the_first_window(first: Callable[[str], Instance], qtbot: QtBot) -> None:
    instance = first("default")
    with qtbot.waitSignal(instance.raised, timeout=SECONDS), window() as second:
        qtbot.waitUntil(lambda: second.poll() is not None, timeout=SECONDS)
    assert second.returncode == 0


def test_profiles_have_windows_of_their_own(first: Callable[[str], Instance]) -> None:
    first("one")
    first("two")
