"""The service is away: for a while, for longer than patience lasts, in the middle; nothing is marked failed for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from mir_sandbox.remote import Sandbox
from tests.journeys.checker import Checker
from tests.journeys.conftest import WINDOW, program_of, truth
from tests.windows import WINE

IMPATIENT = {"retry.window": "3 s", "network.stall_timeout": "1 s", "network.connect_timeout": "1 s"}


@pytest.mark.parametrize(
    ("fault", "parameters"),
    [
        ("unavailable", {"retryAfter": "1"}),
        ("unavailable", {"retryAfter": None}),
        ("rate-limited", {"retryAfter": "1000000000"}),
        ("hang-up", {"reset": True}),
    ],
    ids=str,
)
def test_away_for_longer_than_patience_lasts(
    tmp_path: Path, sandbox: Sandbox, fault: str, parameters: dict[str, object]
) -> None:
    program = program_of(tmp_path / "p", sandbox, **IMPATIENT)
    checker = Checker(program.archive)
    checker.learn(truth(program))
    with sandbox.fault(fault, parameters, where={"route": "content"}, skip=20):
        sandbox.forget()
        first = program.pull_here(*WINDOW)
        assert first.code == 4, first.out
        assert checker.after(first.json) == []
        assert first.json["left"] > first.json["failed"], "it is not the recordings' fault"
        assert sandbox.content_requests() < 100, "requests stay bounded"
    second = program.pull_here(*WINDOW)
    assert checker.after(second.json) == []
    assert second.json["left"] == second.json["failed"] == 0
    assert checker.exit_code(second.json, second.code, reported_before=False) == []


def test_killed_and_started_again_in_mid_run(tmp_path: Path) -> None:
    store = ("--store", str(tmp_path / "account.db"), "--tls-directory", str(tmp_path / "ca"))
    options = ("--now", "2026-11-20T12:00:00Z", "--tiny", *store)
    with Sandbox.start(conversations=300, tls=not WINE, options=options) as sandbox:
        program = program_of(tmp_path / "p", sandbox)
        checker = Checker(program.archive)
        checker.learn(truth(program))
        held = sandbox.fault("stall", {"after": 1}, where={"route": "content"}, skip=30)
        words = ("pull", "--archive", str(program.archive), "--accept-risk", "--json", *WINDOW)
        with program.start(*words) as process:
            held.wait(waiting=1)
            sandbox.restart(kill=True)
            _, err = process.communicate(timeout=90)
        assert process.returncode in (0, 3), err
        ended = program.pull_here(*WINDOW)
        assert ended.json["left"] == ended.json["failed"] == 0
        assert checker.after(ended.json) == []
