"""Before retention deletes it: first in the queue of every pull of a schedule, whenever it was listed before (F15)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from download_client.engine import Job, Result
from mir_sandbox.remote import Sandbox
from tests.engine.test_nightly import BEGIN, Computer

DAYS = 30


@pytest.fixture
def computer(tmp_path: Path) -> Iterator[Computer]:
    options = ("--tiny", "--archiving", "--now", BEGIN.isoformat(), "--max-window-days", "366")
    with Sandbox.start(conversations=60, options=options) as sandbox:
        sandbox.change("available", select={"state": "processing"})
        made = Computer(sandbox, tmp_path)
        yield made
        made.close()


def endangered(computer: Computer) -> set[str]:
    within = timedelta(days=DAYS)
    return {each.conversation.id for each in computer.engine.endangered(computer.archive, within=within)}


def fetched(computer: Computer) -> list[str]:
    """The conversations whose content was asked for, in that order."""
    return [
        entry["target"].partition("/conversations/")[2].partition("/")[0]
        for entry in computer.sandbox.journal(route="content")
    ]


def one_at_a_time(job: Job) -> Result:
    job.set_limits(concurrency=1, limit_rate=None)
    return job.run()


def test_what_is_deleted_soon_comes_first_and_follows_a_retention_that_is_shortened(computer: Computer) -> None:
    schedules, sandbox = computer.engine.schedules, computer.sandbox
    schedules.put(computer.schedule(), register=False)
    sandbox.arrive(computer.user.username, count=3, started_seconds_ago=350 * 86_400)
    of_seven_years = endangered(computer)
    with sandbox.fault("unavailable", {"retryAfter": "3600"}, where={"route": "content"}, times=None):
        schedules.run("Nightly", Job.run)
    sandbox.retain(months=12, archiving=False)
    computer.sleep()
    sandbox.forget()
    of_one_year = endangered(computer)
    assert len(of_one_year) >= 3
    assert of_seven_years
    assert not of_seven_years & of_one_year
    computer.engine.schedules.run("Nightly", one_at_a_time, now=True)
    order = fetched(computer)
    assert set(order[: len(of_one_year)]) == of_one_year
    assert len(set(order)) > len(of_one_year)
    assert not endangered(computer)
