"""Two at once, and one that is stopped: one puller an archive, one lineage of tokens, an end in three seconds."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from mir_sandbox.remote import Sandbox
from tests.journeys.checker import Checker
from tests.journeys.conftest import WINDOW, program_of, truth
from tests.journeys.program import Program, end_of, in_the_middle, pull_words


def remembering(program: Program) -> Program:
    """The same program with the keyring that this test's processes share (fixture `file_keyring`)."""
    names = ("PYTHON_KEYRING_BACKEND", "MIR_TEST_KEYRING", "PYTHONPATH")
    return replace(program, environment={name: os.environ[name] for name in names})


def waited_for_a_processor(process: subprocess.Popen[str]) -> float:
    """Seconds in which it could have gone on, but others had the processors: the machine's, not the program's."""
    told = Path(f"/proc/{process.pid}/schedstat")
    return int(told.read_text().split()[1]) / 1e9 if told.exists() else 0.0


@pytest.fixture
def trial(tmp_path: Path, sandbox: Sandbox) -> tuple[Program, Checker]:
    program = program_of(tmp_path / "p", sandbox, **{"transfer.concurrency": 2})
    checker = Checker(program.archive)
    checker.learn(truth(program))
    return program, checker


def test_the_second_puller_says_who_holds_the_archive(trial: tuple[Program, Checker]) -> None:
    program, checker = trial
    with in_the_middle(program, *WINDOW) as (process, stall):
        second = program.pull_here(*WINDOW)
        assert (second.code, second.json["error"]["code"]) == (9, "archive_locked")
        assert f"process {process.pid} on " in second.err
        third = program.here("rebuild", str(program.archive), "--json", signs_in=False)
        assert third.code == 9
        looks = program.here("runs", "--archive", str(program.archive), "--json", signs_in=False)
        assert (looks.code, looks.json["runs"][0]["phase"]) == (0, "fetching")
        stall.clear()
        first = end_of(process)
    assert checker.after(first.json) == []
    assert first.json["left"] == first.json["failed"] == 0
    assert program.pull_here(*WINDOW).json["content_requests"] == 0, "the lock is gone with its process"


@pytest.mark.skipif(sys.platform == "win32", reason="signals of this kind are POSIX")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_in_three_seconds_and_the_next_run_resumes(tmp_path: Path, number: signal.Signals) -> None:
    """With calls of minutes: what had come stays, and only the rest is asked for."""
    with Sandbox.start(conversations=40, options=("--now", WINDOW[3])) as sandbox:
        program = program_of(tmp_path / "p", sandbox, **{"transfer.concurrency": 2})
        checker = Checker(program.archive)
        rows = truth(program)
        checker.learn(rows)
        everything = ("--from", "2025-12-01T00:00:00Z", "--to", WINDOW[3])
        held = {"after": 30_000}
        stall = sandbox.fault("stall", held, where={"route": "content"}, skip=2)
        with program.start(*pull_words(program, *everything)) as process:
            stall.wait(waiting=2)
            begun, kept_waiting = time.monotonic(), waited_for_a_processor(process)
            process.send_signal(number)
            os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
            took = time.monotonic() - begun - (waited_for_a_processor(process) - kept_waiting)
            stopped = end_of(process)
        stall.clear()
        assert stopped.code == 130
        assert stopped.json["phase"] == "interrupted"
        assert took < 3.0
        assert checker.after(stopped.json) == []
        parts = [path for path in (program.archive / ".mir" / "parts").iterdir() if path.stat().st_size >= 30_000]
        assert parts, "what had come was thrown away"

        sandbox.forget()
        ended = program.pull_here(*everything)
        assert checker.after(ended.json) == []
        assert ended.json["left"] == ended.json["failed"] == 0
        ranges = [entry["range"] for entry in sandbox.journal(route="content") if entry["range"]]
        assert len(ranges) >= len(parts)
        assert all(int(text.removeprefix("bytes=").rstrip("-")) >= 30_000 for text in ranges)
        home = {path.name for path in checker.finals().values()}
        size = sum(path.stat().st_size for path in checker.finals().values())
        assert len(home) == stopped.json["archived"] + ended.json["archived"]
        assert ended.json["bytes"] <= size - 30_000 * len(parts)


def test_two_processes_renew_one_sign_in(tmp_path: Path, sandbox: Sandbox, file_keyring: Path) -> None:
    """Both find their token dead at the same moment. A refresh token dies by its use: used twice, it locks all out."""
    first = remembering(program_of(tmp_path / "p", sandbox, **{"transfer.concurrency": 2}))
    second = replace(first, folder=tmp_path / "p" / "second")
    second.folder.mkdir()
    second = replace(second, environment={**second.environment, "MIR_DOWNLOAD_HOME": str(first.home)})
    assert first.run("sign-in", "--json").code == 0
    checkers = [Checker(program.archive) for program in (first, second)]
    for checker in checkers:
        checker.learn(truth(first))
    with in_the_middle(first, *WINDOW, signs_in=False) as (process, stall):
        stall.wait(waiting=2)
        with second.start(*pull_words(second, *WINDOW), signs_in=False) as other:
            stall.wait(waiting=4)
            sandbox.forget()
            sandbox.end_tokens(user=first.user.username)
            stall.clear()
            ends = [end_of(each) for each in (process, other)]
    for ended, checker in zip(ends, checkers, strict=True):
        assert checker.after(ended.json) == [], ended.err
        assert ended.json["error"] is None
        assert ended.json["left"] == ended.json["failed"] == 0
    assert [entry["status"] for entry in sandbox.journal(route="token")] == [200, 200], "one after the other"
    assert first.run("whoami", "--json", signs_in=False).code == 0, "the lineage lives on"
    kept = file_keyring.read_text("utf-8")
    assert "refresh" in kept
    assert first.run("sign-out", signs_in=False).code == 0
    assert first.run("whoami", "--json", signs_in=False).code == 5
