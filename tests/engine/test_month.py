"""A month of nights in seconds, in autumn and in spring: whatever happens, the archive is the service's own list after
it, every exception stands in a report, and every alarm arrived once."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from download_client.archive import DeedKind
from download_client.credentials import Secret
from download_client.engine import Night, SecretOf
from download_client.engine.reporting import outcome_of
from download_client.model import Outcome, RunPhase, State
from download_client.report import decode
from download_client.settings import Settings
from mir_sandbox.remote import Sandbox
from tests.alarm.servers import Authority, Hook
from tests.engine.test_nightly import DAY, Computer

PATIENCE = 60.0


@dataclass(frozen=True)
class Month:
    """When it begins, how long it is, and on which nights what happens."""

    begin: datetime
    nights: int
    replaced: int
    expired: int
    off: tuple[int, ...]
    down: tuple[int, ...]
    killed: tuple[int, ...]
    revoked: int
    full: int


AUTUMN = Month(
    datetime(2026, 10, 20, 2, tzinfo=UTC), 30, 5, 7, off=(8, 9, 20), down=(12, 13), killed=(15, 23), revoked=18, full=26
)
SPRING = Month(datetime(2027, 3, 24, 2, tzinfo=UTC), 9, 1, 2, off=(4,), down=(6,), killed=(3,), revoked=5, full=7)
"""The clocks go back in Berlin on the night of 25 October 2026, and forward on that of 28 March 2027, at two."""


class Watched(Computer):
    """A computer whose alarms go to a web server."""

    def __init__(self, sandbox: Sandbox, folder: Path, begin: datetime, hook: Hook, authority: Authority) -> None:
        super().__init__(sandbox, folder, begin)
        self.hook = hook
        for name, value in {
            "alarm.desktop": "no",
            "alarm.webhook_url": hook.url,
            "network.ca_file": str(authority.ca_file),
        }.items():
            Settings.load(self.paths).set(name, value)
        self.sleep(timedelta(0))
        self.engine.post.keep(SecretOf.WEBHOOK, Secret("a secret of these tests"))

    def set(self, name: str, value: str) -> None:
        Settings.load(self.paths).set(name, value)
        self.sleep(timedelta(0))

    def killed_night(self) -> None:
        """The night as a process of its own, killed while a recording is on its way."""
        ahead = (self.clock.now() - datetime.now(UTC)).total_seconds()
        words = (str(self.folder / "home"), self.sandbox.base_url, self.user.username, str(ahead))
        with self.sandbox.fault("stall", {"after": 100}, where={"route": "content"}, times=None) as stall:
            process = subprocess.Popen(
                [sys.executable, "-m", "tests.engine.night_program", *words],
                stdin=subprocess.PIPE,
                env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
                text=True,
            )
            assert process.stdin is not None
            process.stdin.write(self.user.password + "\n")
            process.stdin.close()
            stall.wait(hits=1, seconds=PATIENCE)
            process.send_signal(signal.SIGKILL)
            assert process.wait(PATIENCE) == -signal.SIGKILL

    def told(self) -> list[dict[str, Any]]:
        return [json.loads(call.body) for call in self.hook.calls]


@pytest.fixture(params=[AUTUMN, SPRING], ids=["autumn", "spring"])
def month(request: pytest.FixtureRequest) -> Month:
    chosen: Month = request.param
    return chosen


@pytest.fixture
def computer(month: Month, tmp_path: Path) -> Iterator[Watched]:
    authority, hook = Authority(tmp_path), Hook()
    options = ("--tiny", "--now", month.begin.isoformat(), "--max-window-days", "366")
    with Sandbox.start(conversations=60, options=options) as sandbox, hook.open(authority.context()):
        sandbox.change("available", select={"state": "processing"})
        made = Watched(sandbox, tmp_path, month.begin, hook, authority)
        yield made
        made.close()


def test_a_month_of_nights(computer: Watched, month: Month) -> None:
    chance, sandbox = random.Random(11), computer.sandbox
    computer.engine.schedules.put(computer.schedule(), register=False)
    exceptions: set[str] = set()
    for night in range(month.nights):
        late = chance.choice((60, 9 * 86_400))
        sandbox.arrive(computer.user.username, count=2, started_seconds_ago=late)
        if night == month.replaced:
            sandbox.change("replace", select={"state": "available", "limit": 1})
        if night == month.expired:
            sandbox.change("expire", select={"state": "available", "limit": 1})
        if night in month.off:
            computer.sleep()
            continue
        if night in month.killed:
            computer.killed_night()
        if night == month.revoked:
            sandbox.end_tokens(access=True, refresh=True)
        if night == month.full:
            computer.set("transfer.min_free_space", "100 TB")
        if night in month.down:
            with sandbox.fault("unavailable", {"retryAfter": "3600"}, times=None):
                assert computer.run().error is not None
        else:
            told = computer.run()
            if night == month.full:
                assert told.error.code == "disk_full"
                computer.set("transfer.min_free_space", "0")
            if night == month.revoked:
                assert told.error.code == told.nights[-1].code
                computer.sign_in()
            # Tried again by the system's scheduler; what is found expired for the first time makes a try partial.
            for _ in range(3):
                if computer.run().nights == ():
                    break
            exceptions |= {item.recording_id for item in not_home(computer)}
        computer.sleep()
    for _ in range(3):
        computer.run()
    check_nights(computer, month)
    computer.is_home()
    assert exceptions, "something was expired"
    assert exceptions <= reported(computer)
    check_alarms(computer)
    audit = computer.engine.audit(computer.archive)
    assert audit.verify().sound(with_head=False)
    begun = sum(entry.kind is DeedKind.BEGIN for entry in audit.entries())
    assert begun - sum(entry.kind is DeedKind.END for entry in audit.entries()) == len(month.killed)


def not_home(computer: Watched) -> list[Any]:
    """What the last run could not bring, and never can."""
    ((run, _),) = computer.engine.runs(computer.archive, limit=1)
    final = {State.EXPIRED, State.GONE, State.MISSING, State.EMPTY_AT_SOURCE}
    return [item for item in computer.engine.exceptions(computer.archive, run.id) if item.state in final]


def reported(computer: Watched) -> set[str]:
    """Every recording that any report names."""
    reports = [decode(filed.json.read_bytes()) for filed in computer.engine.schedules.reports("Nightly")]
    return {line.recording_id for each in reports if each for group in each.exceptions for line in group.recordings}


def check_nights(computer: Watched, month: Month) -> None:
    """Every day once, also where the clocks changed; each try has a report."""
    nights: list[Night] = computer.engine.schedules.nights("Nightly")
    covered = [day for each in nights if each.phase is RunPhase.COMPLETE for day in (*each.missed, each.day)]
    assert covered == [covered[0] + n * DAY for n in range(len(covered))], "a day twice, or none"
    assert covered[-1] == computer.clock.now().date()
    assert len(covered) == month.nights + 1
    filed = computer.engine.schedules.reports("Nightly")
    assert Counter(each.day for each in filed) == Counter(each.day for each in nights)
    assert sum(each.phase is RunPhase.INTERRUPTED for each in nights) == len(month.killed)


def check_alarms(computer: Watched) -> None:
    """What went wrong of a day is told once for each way in which it did, and that it is over."""
    messages = computer.told()
    assert [message["id"] for message in messages if message["test"]] == []
    assert max(Counter(message["id"] for message in messages).values()) == 1
    told = Counter(
        (message["outcome"], day)
        for message in messages
        for day in (message["days"] if message["outcome"] == Outcome.MISSING.value else [message["day"]])
    )
    assert max(told.values()) == 1
    nights: list[Night] = computer.engine.schedules.nights("Nightly")
    bad = {(outcome_of(each).value, each.day.isoformat()) for each in nights if outcome_of(each) is not Outcome.CLEAN}
    with_run = {each.day for each in nights}
    days = [min(with_run) + n * DAY for n in range((max(with_run) - min(with_run)).days + 1)]
    missing: set[date] = {day for day in days if day not in with_run}
    assert {key for key in told if key[0] != Outcome.CLEAN.value} == bad | {
        (Outcome.MISSING.value, day.isoformat()) for day in missing
    }
    over = {day for message in messages if message["outcome"] == Outcome.CLEAN.value for day in message["days"]}
    assert {day for _, day in bad} <= over
