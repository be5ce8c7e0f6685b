"""Killed without warning at random moments, and resumed: nothing lost, nothing doubled, nothing half."""

from __future__ import annotations

import random
import subprocess

import pytest

from tests.journeys.checker import Checker
from tests.journeys.conftest import WINDOW, truth
from tests.journeys.program import Program, pull_words

_ROUND = 5
"""Kills of one archive before it may finish and is checked."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """As many rounds as asked for with --kills."""
    if "seed" in metafunc.fixturenames:
        kills = int(metafunc.config.getoption("--kills"))
        metafunc.parametrize("seed", range(-(-kills // _ROUND)))


def test_killed_at_random_moments_it_converges(program: Program, checker: Checker, seed: int) -> None:
    chance = random.Random(seed)
    everything = len(truth(program, window=True))
    done = 0
    for _ in range(_ROUND):
        with program.start(*pull_words(program, *WINDOW, "--limit-rate", "300KB")) as process:
            try:
                process.wait(timeout=chance.uniform(0.3, 1.6))
            except subprocess.TimeoutExpired:
                process.kill()
            process.communicate()
        assert checker.after(None) == []
        home = len(checker.finals())
        assert home >= done
        done = home
    last = program.pull_here(*WINDOW)
    assert checker.after(last.json) == [], last.err
    assert last.json["listed"] == everything
    assert last.json["content_requests"] <= everything - done, "what was home was fetched again"
    again = program.pull_here(*WINDOW)
    before = checker.state()
    third = program.pull_here(*WINDOW)
    assert third.json["content_requests"] == again.json["content_requests"] == 0
    assert checker.state() == before
    assert checker.after(third.json) == []
    verified = program.here("verify", str(program.archive), "--json", signs_in=False)
    assert verified.json["sound"], verified.out
