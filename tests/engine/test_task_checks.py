"""What `doctor` says of schedules: known to the system or not, nights missing, what may keep one from starting."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from download_client.engine import Check, Health
from download_client.settings import Settings
from mir_sandbox.remote import Sandbox
from tests.engine.test_nightly import BEGIN, DAY, Computer

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the tools of systemd are scripts here")


@pytest.fixture
def computer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Computer]:
    tools = tmp_path / "bin"
    tools.mkdir()
    for name, text in {"systemctl": "echo active", "loginctl": f'cat "{tmp_path}/linger"'}.items():
        (tools / name).write_text(f"#!/bin/sh\n{text}\n")
        (tools / name).chmod(0o755)
    (tmp_path / "linger").write_text("yes\n")
    monkeypatch.setenv("PATH", f"{tools}:/usr/bin:/bin")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    with Sandbox.start(conversations=10, options=("--tiny", "--now", BEGIN.isoformat())) as sandbox:
        sandbox.change("available", select={"state": "processing"})
        made = Computer(sandbox, tmp_path)
        Settings.load(made.paths).set("schedule.register", "yes")
        made.sleep(timedelta(0))
        yield made
        made.close()


def said(computer: Computer) -> Check:
    (check,) = [each for each in computer.engine.doctor(computer.archive) if each.name.startswith("schedule")]
    return check


def test_a_schedule_is_looked_at_from_all_sides(computer: Computer, tmp_path: Path) -> None:
    schedules = computer.engine.schedules
    schedules.put(computer.schedule(), register=True)
    check = said(computer)
    assert (check.name, check.health) == ("schedule Nightly", Health.GOOD)
    assert check.said == "systemd starts it; no night was complete yet"

    computer.run()
    computer.run()
    assert f"last complete {computer.clock.now().date()}" in said(computer).said

    (tmp_path / "linger").write_text("no\n")
    check = said(computer)
    assert (check.health, "enable-linger" in check.said) == (Health.WARNING, True)
    (tmp_path / "linger").write_text("yes\n")

    computer.sleep(4 * DAY)
    check = said(computer)
    assert (check.health, check.said.partition(";")[0]) == (Health.WARNING, "4 days without a complete pull")

    (timer,) = (tmp_path / "config" / "systemd" / "user").glob("*.timer")
    timer.unlink()
    check = said(computer)
    assert (check.health, check.code) == (Health.BAD, "scheduler_refused")
    assert "systemd does not know it (no timer)" in check.said

    computer.engine.schedules.put(computer.schedule(paused=True), register=False)
    assert (said(computer).health, said(computer).said) == (Health.GOOD, "paused")


def test_a_file_of_schedules_that_cannot_be_read_is_one_finding(computer: Computer) -> None:
    computer.engine.schedules.put(computer.schedule(), register=False)
    (computer.paths.config / "schedules.json").write_text("{")
    assert (said(computer).name, said(computer).health) == ("schedules", Health.BAD)
