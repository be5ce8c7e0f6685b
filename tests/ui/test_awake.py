"""The computer is kept awake while a run is active: asked for once, given back, and never left behind."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import psutil
import pytest
from pytestqt.qtbot import QtBot

from ui.awake import Awake, keeper

WHO, WHY = "MIR Download Client", "Recordings are being downloaded"
LONG = 30_000


@pytest.fixture
def inhibitor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A `systemd-inhibit` that notes its words and runs the last of them, as the real one does; where it notes them."""
    told = tmp_path / "told"
    program = tmp_path / "bin" / "systemd-inhibit"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" >> "{told}"\nshift 4\n"$@"\necho over >> "{told}"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    return told


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="systemd")
def test_linux_is_held_and_given_back(qtbot: QtBot, inhibitor: Path) -> None:
    awake = Awake(platform="linux")
    with qtbot.waitSignal(awake.changed, timeout=LONG) as held:
        awake.hold(who=WHO, why=WHY)
        awake.hold(who=WHO, why=WHY)
    assert held.args == [True]
    qtbot.waitUntil(lambda: inhibitor.exists() and "cat" in inhibitor.read_text(), timeout=LONG)
    assert inhibitor.read_text().splitlines() == [
        "--what=sleep:idle",
        f"--who={WHO}",
        f"--why={WHY}",
        "--mode=block",
        "cat",
    ]
    with qtbot.waitSignal(awake.changed, timeout=LONG) as given_back:
        awake.release()
    assert given_back.args == [False]
    assert not awake.held
    qtbot.waitUntil(lambda: inhibitor.read_text().endswith("over\n"), timeout=LONG)
    awake.close()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="systemd")
def test_nothing_is_left_when_the_program_ends(qtbot: QtBot, inhibitor: Path) -> None:
    awake = Awake(platform="linux")
    for _ in range(2):
        with qtbot.waitSignal(awake.changed, timeout=LONG):
            awake.hold(who=WHO, why=WHY)
        awake.close()
        assert not awake.held
    names = [child.name() for child in psutil.Process().children(recursive=True)]
    assert not {"systemd-inhibit", "cat"} & set(names)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="systemd")
def test_a_system_that_refuses_is_no_reason_to_stop(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    awake = Awake(platform="linux")
    refusing = tmp_path / "systemd-inhibit"
    refusing.write_text("#!/bin/sh\nexit 1\n")
    refusing.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    with qtbot.waitSignals([awake.changed, awake.changed], timeout=LONG):
        awake.hold(who=WHO, why=WHY)
    assert not awake.held
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    awake.release()
    awake.hold(who=WHO, why=WHY)
    assert not awake.held
    awake.close()


def test_windows_is_told_by_its_own_call() -> None:
    told: list[int] = []

    def call(flags: int) -> int:
        told.append(flags)
        return 0x80000000

    awake = Awake(platform="win32", execution_state=call)
    awake.hold(who=WHO, why=WHY)
    assert awake.held
    awake.release()
    awake.release()
    assert told == [0x80000001, 0x80000000]
    assert not awake.held


def test_windows_may_refuse() -> None:
    awake = Awake(platform="win32", execution_state=lambda _: 0)
    awake.hold(who=WHO, why=WHY)
    assert not awake.held
    awake.release()


def test_mac_is_kept_awake_for_as_long_as_this_process_lives() -> None:
    assert keeper("darwin", who=WHO, why=WHY) == ["caffeinate", "-i", "-w", str(os.getpid())]
    assert keeper("freebsd", who=WHO, why=WHY) == []
