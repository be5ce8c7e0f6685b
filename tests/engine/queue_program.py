"""A program with a queue of runs, to be killed: signs in, adds as many runs as asked, and works until all have ended.

It is no part of what is delivered; the queue itself is the real one.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from download_client.credentials import MemoryVault, Secret
from download_client.engine import Engine, Password, PullRequest
from download_client.model import Criteria
from download_client.settings import Paths, Settings


def main(server: str, user: str, archive: str, add: str) -> None:
    """The password comes on standard input. Says "queued" when everything asked for is on the disk."""
    paths = Paths.of_user()
    engine = Engine(paths=paths, settings=Settings.load(paths), profile="default", vault=MemoryVault())
    engine.sign_in(Password(server, user, Secret(sys.stdin.readline().strip())))
    span = Criteria(from_time=datetime(2026, 10, 21, tzinfo=UTC), to_time=datetime(2026, 11, 20, 12, tzinfo=UTC))
    for number in range(int(add)):
        request = PullRequest(archive=Path(archive), criteria=span, accept_risk=True, limit_rate=400_000)
        engine.downloads.add(request, name=f"run {number}")
    say("queued")
    engine.downloads.start()
    engine.downloads.settle(60.0)
    runs = engine.downloads.entries()
    engine.close()
    say(json.dumps(sorted((run.name, run.phase.value if run.phase else run.standing.value) for run in runs)))


def say(line: str) -> None:
    """A line on standard output, now."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
