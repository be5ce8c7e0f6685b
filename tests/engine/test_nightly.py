"""Nights in seconds: the service's clock is moved and ours with it; in the end the archive is the service's list."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from download_client.credentials import Secret
from download_client.engine import Client, Due, Engine, Job, Missed, NotDue, Password, Result, Schedule
from download_client.model import Criteria, Direction, RunPhase
from download_client.retry import SystemClock
from download_client.settings import Paths, Settings
from mir_sandbox.remote import Sandbox, User

BEGIN = datetime(2026, 10, 20, 2, tzinfo=UTC)
"""Some days before the clocks go back in Berlin."""
DAY = timedelta(days=1)


class MovedClock(SystemClock):
    """The computer's clocks, with a wall clock that is moved on by hand."""

    def __init__(self, begin: datetime) -> None:
        self._begin, self._from = begin, datetime.now(UTC)
        self.moved = timedelta(0)

    def now(self) -> datetime:
        return self._begin + (datetime.now(UTC) - self._from) + self.moved

    def monotonic(self) -> float:
        return super().monotonic() + self.moved.total_seconds()


class Computer:
    """One user's computer and the service, whose clocks are moved on together."""

    def __init__(self, sandbox: Sandbox, folder: Path, begin: datetime = BEGIN) -> None:
        self.sandbox, self.folder = sandbox, folder
        self.user: User = sandbox.user(access_level="all")
        self.archive = folder / "archive"
        self.clock = MovedClock(begin)
        self.paths = Paths.below(folder / "home")
        settings = Settings.load(self.paths)
        for name, value in {
            "transfer.min_free_space": "0",
            "retry.window": "1s",
            "schedule.register": "no",
            "network.connect_timeout": "2s",
        }.items():
            settings.set(name, value)
        self.engine = self.start()
        self.sign_in()

    def start(self) -> Engine:
        """The program is started anew, as each night."""
        return Engine(
            paths=self.paths,
            settings=Settings.load(self.paths),
            profile="default",
            clock=self.clock,
        )

    def sign_in(self) -> None:
        self.engine.sign_in(Password(self.sandbox.base_url, self.user.username, Secret(self.user.password)))

    def schedule(self, **different: Any) -> Schedule:
        given: dict[str, Any] = {"name": "Nightly", "archive": self.archive, "at": time(2, 30), "zone": "Europe/Berlin"}
        given["accept_risk"] = True
        return Schedule(**{**given, **different})

    def sleep(self, how_long: timedelta = DAY) -> None:
        """Time passes, here and there; the program was closed meanwhile."""
        self.engine.close()
        self.clock.moved += how_long
        self.sandbox.clock(now=self.clock.now())
        self.engine = self.start()

    def run(self, **how: Any) -> Any:
        return self.engine.schedules.run("Nightly", Job.run, **how)

    def here(self) -> Counter[str]:
        """The SHA-256 of every finished recording, and how often it lies there."""
        return Counter(hashlib.sha256(path.read_bytes()).hexdigest() for path in self.archive.rglob("20*/**/*.wav"))

    def is_home(self) -> None:
        """The archive equals the service's own list."""
        here = self.here()
        rows = self.sandbox.truth(self.user.username)
        assert {row["sha256"] for row in rows if row["status"] == "available"} <= set(here)
        assert set(here.values()) == {1}, "a recording lies there twice"

    def close(self) -> None:
        self.engine.close()


@pytest.fixture
def computer(tmp_path: Path) -> Iterator[Computer]:
    options = ("--tiny", "--now", BEGIN.isoformat(), "--max-window-days", "366")
    with Sandbox.start(conversations=60, options=options) as sandbox:
        sandbox.change("available", select={"state": "processing"})
        made = Computer(sandbox, tmp_path)
        yield made
        made.close()


def test_nothing_is_due_twice_and_a_second_start_says_so(computer: Computer) -> None:
    schedules = computer.engine.schedules
    schedules.put(computer.schedule(), register=False)
    inside: list[Any] = []

    def work(job: Job) -> Result:
        inside.append(schedules.run("Nightly", Job.run))
        return job.run()

    told = schedules.run("Nightly", work)
    assert [night.phase for night in told.nights] in ([RunPhase.COMPLETE], [RunPhase.PARTIAL])
    assert inside[0].running
    computer.run(now=True)
    assert computer.run().nights == ()
    assert isinstance(schedules.find("Nightly").plan, NotDue)


def test_a_search_of_its_own_brings_what_became_available_of_it(computer: Computer) -> None:
    inbound = Criteria(direction=Direction.INBOUND)
    computer.engine.schedules.put(computer.schedule(criteria=inbound), register=False)
    computer.run(now=True)
    first = set(computer.here())
    computer.sleep()
    computer.sandbox.arrive(computer.user.username, count=6, started_seconds_ago=40 * 86_400)
    computer.sandbox.forget()
    computer.run()
    rows = {row["recording"]: row for row in computer.sandbox.truth(computer.user.username)}
    found = computer.engine.search(replace(inbound, from_time=BEGIN - 400 * DAY, to_time=computer.clock.now()))
    recordings = {each.id for call in found for each in call.recordings}
    wanted = {rows[each]["sha256"] for each in recordings if rows[each]["status"] == "available"}
    others = {row["sha256"] for name, row in rows.items() if name not in recordings}
    new = set(computer.here()) - first
    assert wanted <= first | new
    assert new
    assert not others & (first | new)
    assert computer.sandbox.content_requests() == len(new)


def test_a_search_of_its_own_sees_what_changed_in_what_is_home_and_nothing_else(computer: Computer) -> None:
    inbound = Criteria(direction=Direction.INBOUND)
    computer.engine.schedules.put(computer.schedule(criteria=inbound), register=False)
    computer.run()
    computer.run()
    before = computer.here()
    computer.sleep()
    rows = {row["recording"]: row for row in computer.sandbox.truth(computer.user.username)}
    home = [name for name, row in rows.items() if row["sha256"] in before and row["status"] == "available"]
    away = [name for name, row in rows.items() if row["sha256"] not in before and row["status"] == "available"]
    assert away
    computer.sandbox.change("replace", select={"recordings": [home[0], away[0]]})
    computer.sandbox.forget()
    assert computer.run().complete
    now = {row["recording"]: row["sha256"] for row in computer.sandbox.truth(computer.user.username)}
    assert set(computer.here()) - set(before) == {now[home[0]]}
    assert set(before) <= set(computer.here()), "the old version stays beside the new one"
    assert computer.sandbox.content_requests() == 1
    computer.sleep()
    computer.sandbox.forget()
    computer.run()
    assert computer.sandbox.content_requests() == 0


def test_the_end_of_its_window_stops_it_and_the_next_night_goes_on(computer: Computer) -> None:
    soon = timedelta(minutes=1)
    at = (computer.clock.now().astimezone(computer.schedule().place) - soon).time().replace(second=0, microsecond=0)
    schedules = computer.engine.schedules
    schedules.put(computer.schedule(at=at, window=timedelta(minutes=2), missed=Missed.SKIP), register=False)
    computer.sandbox.fault("stall", {"after": 100}, where={"route": "content"}, times=None)

    def work(job: Job) -> Result:
        computer.clock.moved += timedelta(minutes=3)
        return job.run()

    told = schedules.run("Nightly", work)
    assert [night.phase for night in told.nights] == [RunPhase.INTERRUPTED]
    computer.sandbox.clear()
    computer.sleep()
    assert isinstance(computer.engine.schedules.find("Nightly").plan, NotDue | Due)
    computer.run(now=True)
    assert computer.run(now=True).complete
    computer.is_home()


def test_a_sign_in_that_has_ended_is_a_night_with_its_reason(computer: Computer) -> None:
    computer.engine.schedules.put(computer.schedule(), register=False)
    computer.sandbox.end_tokens(access=True, refresh=True)
    told = computer.run()
    (night,) = told.nights
    assert night.phase is RunPhase.PARTIAL
    assert night.code == told.error.code
    computer.sign_in()
    computer.run()
    assert computer.run().complete
    computer.is_home()


def test_paused_it_does_nothing_and_the_system_is_told_nothing(computer: Computer) -> None:
    schedules = computer.engine.schedules
    schedules.put(computer.schedule(paused=True), register=True)
    told = computer.run()
    assert (told.paused, told.nights) == (True, ())
    assert schedules.find("Nightly").registration is None
    assert not computer.archive.exists()


def test_what_is_too_old_is_erased_after_a_complete_night_and_does_not_come_again(computer: Computer) -> None:
    computer.engine.schedules.put(computer.schedule(), register=False)
    settings = Settings.load(computer.paths)
    settings.set("housekeeping.keep_days", "20")
    computer.run()
    computer.run()
    before = computer.here()
    computer.sleep()
    computer.run()
    assert computer.here() == before, "nothing is erased unless somebody asked for it each night"
    settings.set("housekeeping.nightly", "yes")
    computer.sleep()
    done: list[Result] = []

    def work(job: Job) -> Result:
        done.append(job.run())
        return done[-1]

    computer.engine.schedules.run("Nightly", work)
    (result,) = done
    assert result.chores is not None
    assert result.chores.recordings > 0
    assert (result.chores.error, result.chores.refused) == (None, ())
    left = computer.here()
    assert sum(left.values()) == sum(before.values()) - result.chores.recordings
    computer.sleep()
    computer.sandbox.forget()
    assert computer.run().complete
    assert computer.sandbox.content_requests() == 0
    assert computer.engine.audit(computer.archive).verify().sound(with_head=False)
    settings.set("housekeeping.hold", "yes")
    held = computer.here()
    assert held
    computer.sleep(30 * DAY)
    computer.run()
    assert computer.here() == held


def test_a_night_that_finds_the_drive_full_makes_room_and_the_next_goes_on(computer: Computer) -> None:
    computer.engine.schedules.put(computer.schedule(), register=False)
    settings = Settings.load(computer.paths)
    settings.set("housekeeping.keep_days", "20")
    settings.set("housekeeping.nightly", "yes")
    settings.set("housekeeping.hold", "yes")
    computer.sleep(timedelta(0))
    computer.run()
    before = computer.here()
    settings.set("housekeeping.hold", "no")
    settings.set("transfer.min_free_space", "100 TB")
    computer.sandbox.arrive(computer.user.username, count=1, started_seconds_ago=60)
    computer.sleep()
    told = computer.run()
    assert told.error.code == "disk_full"
    after = computer.here()
    assert 0 < len(after) < len(before)
    assert set(after) < set(before)
    settings.set("transfer.min_free_space", "0")
    computer.sleep()
    assert computer.run().complete
    assert len(set(computer.here()) - set(after)) == 1


def test_a_service_account_signs_in_by_itself_from_the_keyring_night_after_night(computer: Computer) -> None:
    """Its secret lies in the keyring of the account that runs; no token has to outlive a night."""
    account = computer.sandbox.user(role="serviceAccount")
    client = Client(computer.sandbox.base_url, account.username, Secret(account.password))
    computer.engine.sign_out()
    computer.engine.sign_in(client)
    computer.user = account
    computer.engine.schedules.put(computer.schedule(), register=False)
    for _ in range(3):
        computer.sandbox.end_tokens(access=True, refresh=True)
        computer.sandbox.arrive(computer.sandbox.user(access_level="all").username, count=1, started_seconds_ago=60)
        told = computer.run()
        assert told.error is None
        computer.sleep()
    assert computer.run().complete
    computer.is_home()
    users = {entry.user for entry in computer.engine.audit(computer.archive).entries()}
    assert users == {computer.engine.whoami().user.user_id}
