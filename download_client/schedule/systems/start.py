"""What a system's scheduler is told: which program, when in the computer's own time; not whether a day is due.

A scheduler of a system knows local times only. Where the schedule's zone is another, its time of day falls on several
local times in the course of a year: the program is started at each, and the planner says whether the day is due.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta, tzinfo
from pathlib import Path
from typing import Protocol

from download_client.errors import SchedulerRefused
from download_client.schedule.planner import instant
from download_client.schedule.schedule import Schedule
from download_client.settings import HOME_VARIABLE

_YEAR = 366
_PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Start:
    """One entry of a scheduler: `key` names it there, `command` is what is started, `times` when (local, daily)."""

    key: str
    title: str
    command: tuple[str, ...]
    times: tuple[time, ...]
    environment: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, schedule: Schedule, *, key: str, now: datetime, zone: tzinfo) -> Start:
        """The entry of a schedule on a computer whose own zone is `zone`."""
        first = now.astimezone(schedule.place).date()
        moments = (instant(schedule, first + timedelta(days=step)) for step in range(_YEAR))
        times = {moment.astimezone(zone).time().replace(second=0, microsecond=0) for moment in moments}
        home = os.environ.get(HOME_VARIABLE, "")
        return cls(
            key=key,
            title=f"MIR Download Client: {schedule.name}",
            command=(*program(), "schedule", "run", schedule.name, "--profile", schedule.profile, "--quiet"),
            times=tuple(sorted(times)),
            environment={HOME_VARIABLE: str(Path(home).absolute())} if home else {},
        )


@dataclass(frozen=True, slots=True)
class Registration:
    """What the system's scheduler says of an entry. `detail` is its own word, for people."""

    registered: bool
    detail: str


class Scheduler(Protocol):
    """One kind of scheduler. Methods raise `SchedulerRefused` with what the system said."""

    name: str

    def files(self, start: Start) -> dict[str, str]:
        """What would be given to the system, by file name: to look at, or to be rolled out by other means."""

    def register(self, start: Start) -> None:
        """Put the entry in, in place of one of the same key."""

    def unregister(self, key: str) -> None:
        """Take it out; harmless when it is not there."""

    def look(self, key: str) -> Registration:
        """Whether it is there."""

    def concerns(self, key: str) -> tuple[str, ...]:
        """What of the system may keep the entry from starting, or end it, each a sentence; empty: nothing known."""

    def try_out(self, start: Start) -> str:
        """Start a command once as the system starts entries, wait for its end: what it wrote to standard output."""


def program() -> tuple[str, ...]:
    """How this very program is started by another: the frozen one, its script, or the package."""
    if getattr(sys, "frozen", False):
        # The window's program lies beside that of the command line.
        beside = Path(sys.executable).with_name("mir-download.exe" if os.name == "nt" else "mir-download")
        return (str(beside),)
    return (sys.executable, "-m", "download_client")


def ask(command: Sequence[str], *, what: str, says_no: bool = True) -> str:
    """Run a program of the system; its output. `says_no` False: what it wrote counts, however it ended.

    Raises:
        SchedulerRefused: it is not there, or says no.

    """
    found = _program_of_system(command[0])
    if found is None:
        raise SchedulerRefused(f"{command[0]} is not on this computer", subject=what)
    try:
        done = subprocess.run(
            [found, *command[1:]],
            capture_output=True,
            text=True,
            # What Windows' own programs write into a pipe is in the console's code page, not in that of windows.
            encoding="oem" if sys.platform == "win32" else None,
            errors="replace",
            timeout=_PATIENCE,
            check=False,
            # The window has no console, and none is to flash up for this.
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise SchedulerRefused(f"{command[0]}: {type(error).__name__}", subject=what) from error
    if done.returncode and (says_no or not done.stdout.strip()):
        said = (done.stderr or done.stdout).strip().splitlines()
        raise SchedulerRefused(f"{command[0]}: {said[-1] if said else done.returncode}", subject=what)
    return done.stdout


def _program_of_system(name: str) -> str | None:
    """Where it lies; on Windows in the system's folder alone: a search begins in whatever folder we stand in."""
    if sys.platform != "win32" or Path(name).is_absolute():
        return shutil.which(name)
    found = Path(os.environ.get("SYSTEMROOT", r"C:\Windows")) / "System32" / f"{name}.exe"
    return str(found) if found.is_file() else None
