"""Killed without warning with three runs in the queue, and started again: all end, once, and nothing is lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from tests.engine.rig import House

_KILLS = (0.5, 1.0)
"""Seconds after the queue is on the disk."""
_IN_HAND = 20
"""Recordings that a kill may find in hand, at most: these may be asked for once more, from where they were."""


def program(house: House, *, add: int) -> subprocess.Popen[str]:
    who = house.user
    words = [house.sandbox.base_url, who.username, str(house.archive), str(add)]
    kept = {name: text for name, text in os.environ.items() if "proxy" not in name.lower()}
    started = subprocess.Popen(
        [sys.executable, "-m", "tests.engine.queue_program", *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=kept | {"PYTHONWARNINGS": "error"},
    )
    assert started.stdin is not None
    assert started.stdout is not None
    started.stdin.write(who.password + "\n")
    started.stdin.flush()
    assert started.stdout.readline() == "queued\n"
    return started


def test_killed_with_three_runs_in_the_queue_all_end_once(house: House) -> None:
    house.engine()  # its settings are those of the program
    before = house.sandbox.content_requests()
    add = 3
    for seconds in _KILLS:
        with program(house, add=add) as process:
            try:
                process.wait(timeout=seconds)
            except subprocess.TimeoutExpired:
                process.kill()
            process.communicate()
        add = 0
        assert house.checker().after(None) == []
    with program(house, add=0) as process:
        out, _ = process.communicate(timeout=90)
        assert process.returncode == 0
    told = json.loads(out)
    assert len({name for name, _ in told}) == len(told), "no run twice"
    assert {phase for _, phase in told} <= {"complete", "partial"}
    runs = house.engine().runs(house.archive)
    assert len(runs) == 3, "each was begun once"
    assert {run.phase.value for run, _ in runs} <= {"complete", "partial"}
    home = len(house.checker().finals())
    asked = house.sandbox.content_requests() - before
    assert home > 0
    assert asked <= home + _IN_HAND * len(_KILLS) + 10, "what was home was not asked for again"
