"""One night of a schedule as a process of its own, to be killed: at another time than the computer's, signed in once.

It is no part of what is delivered; the schedule, its pull and its archive are the real ones.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from download_client.credentials import MemoryVault, Secret
from download_client.engine import Engine, Job, Password
from download_client.retry import SystemClock
from download_client.settings import Paths, Settings


class Elsewhen(SystemClock):
    """The computer's clock, set to another time."""

    def __init__(self, ahead: timedelta) -> None:
        self._ahead = ahead

    def now(self) -> datetime:
        return datetime.now(UTC) + self._ahead


def main(home: str, server: str, user: str, ahead: str) -> None:
    """The password comes on standard input."""
    paths = Paths.below(Path(home))
    clock = Elsewhen(timedelta(seconds=float(ahead)))
    engine = Engine(paths=paths, settings=Settings.load(paths), profile="default", clock=clock, vault=MemoryVault())
    engine.sign_in(Password(server, user, Secret(sys.stdin.readline().strip())))
    engine.schedules.run("Nightly", Job.run)
    engine.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
