"""The computer sleeps in mid-file and wakes when every deadline has passed and nobody sends any more (fault 8).

A sleep as a process sees it: it stands still, its clock does not, and its connections are dead without a word.
"""

from __future__ import annotations

import signal
import sys
import threading
from pathlib import Path

import pytest

from mir_sandbox.remote import Sandbox
from tests.journeys.checker import Checker
from tests.journeys.conftest import WINDOW, program_of, truth
from tests.journeys.program import end_of, pull_words

_SLEEP = 4.0
"""Seconds, twice what an answer may stand still."""


@pytest.mark.skipif(sys.platform == "win32", reason="signals of this kind are POSIX")
def test_after_a_sleep_it_drops_the_dead_connections_and_resumes(tmp_path: Path) -> None:
    with Sandbox.start(conversations=40, options=("--now", WINDOW[3])) as sandbox:
        settings = {"transfer.concurrency": 2, "network.stall_timeout": _SLEEP / 2}
        program = program_of(tmp_path / "p", sandbox, **settings)
        checker = Checker(program.archive)
        checker.learn(truth(program))
        dead = sandbox.fault("stall", {"after": 30_000}, where={"route": "content"}, skip=2, times=2)
        with program.start(*pull_words(program, "--from", "2025-12-01T00:00:00Z", "--to", WINDOW[3])) as process:
            dead.wait(waiting=2)
            process.send_signal(signal.SIGSTOP)
            threading.Event().wait(_SLEEP)
            process.send_signal(signal.SIGCONT)
            ended = end_of(process)
        assert checker.after(ended.json) == []
        assert ended.json["left"] == ended.json["failed"] == 0
        asked = [row for row in sandbox.journal(route="content") if row["range"]]
        assert len(asked) >= 2, "what had come before the sleep was not asked for again"
