"""Nights with reports and alarms: each kind of end is told once, by real servers, also where a kill came between."""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import keyring
import pytest
from keyring.errors import KeyringLocked

from download_client.alarm import load
from download_client.credentials import Secret
from download_client.engine import Engine, Job, Password, Schedule, SecretOf
from download_client.model import Channel, Outcome, RunPhase, Tell
from download_client.retry import SystemClock
from download_client.settings import Paths, Settings
from mir_sandbox.remote import Sandbox
from tests.alarm.servers import LOOPBACK, Authority, Call, Hook, Mailbox
from tests.journeys.program import Program
from tests.keyrings import FailingKeyring, FileKeyring, MemoryKeyring

BEGIN = datetime(2026, 10, 20, 10, tzinfo=UTC)
DAY = timedelta(days=1)
CANARY = "Canary-0815-secret"


class MovedClock(SystemClock):
    """The computer's clocks; the wall clock is moved on by hand."""

    def __init__(self, moved: timedelta) -> None:
        self.moved = self._first = moved

    def now(self) -> datetime:
        return datetime.now(UTC) + self.moved

    def monotonic(self) -> float:
        return super().monotonic() + (self.moved - self._first).total_seconds()


class Office:
    """A computer with a schedule, and everybody who may be told: a mail server, a hook, a heartbeat's address."""

    moved = BEGIN - datetime.now(UTC)
    """The service's time only goes forward, from test to test as well."""

    def __init__(self, sandbox: Sandbox, folder: Path, authority: Authority) -> None:
        self.sandbox, self.folder, self.authority = sandbox, folder, authority
        self.user = sandbox.user(access_level="all")
        Office.moved += timedelta(hours=(BEGIN.hour - (datetime.now(UTC) + Office.moved).hour) % 24)
        self.clock = MovedClock(Office.moved)
        sandbox.clock(now=self.clock.now())
        self.paths = Paths.below(folder / "home")
        self.box, self.hook, self.pulse = Mailbox(password=CANARY), Hook(), Hook()
        self._open = ExitStack()
        self._open.enter_context(self.box.open(authority.context()))
        # Over TLS they are tried in tests/alarm.
        self._open.enter_context(self.hook.open(None))
        self._open.enter_context(self.pulse.open(None))
        self.set(
            {
                "transfer.min_free_space": "0",
                "retry.window": "1s",
                "schedule.register": "no",
                "network.connect_timeout": "2s",
                "network.ca_file": str(authority.ca_file),
                "alarm.desktop": "no",
                "alarm.smtp_host": LOOPBACK,
                "alarm.smtp_port": str(self.box.port),
                "alarm.smtp_user": "nightly",
                "alarm.mail_from": "mir@example.com",
                "alarm.mail_to": "ann@example.com",
                "alarm.webhook_url": self.hook.url,
                "alarm.heartbeat_url": self.pulse.url,
            }
        )
        self.engine = self.start()
        self.sign_in()
        self.engine.post.keep(SecretOf.SMTP, Secret(CANARY))
        self.engine.post.keep(SecretOf.WEBHOOK, Secret(CANARY + "-hook"))
        self.schedules.put(self.schedule(), register=False)

    @property
    def schedules(self) -> Any:
        return self.engine.schedules

    def set(self, values: dict[str, str]) -> None:
        settings = Settings.load(self.paths)
        for name, value in values.items():
            settings.set(name, value)

    def start(self) -> Engine:
        return Engine(paths=self.paths, settings=Settings.load(self.paths), profile="default", clock=self.clock)

    def sign_in(self) -> None:
        self.engine.sign_in(Password(self.sandbox.base_url, self.user.username, Secret(self.user.password)))

    def schedule(self, **different: Any) -> Schedule:
        given: dict[str, Any] = {"name": "Nightly", "archive": self.folder / "archive", "zone": "Europe/Berlin"}
        # Each day is looked at about noon there, in the middle of its window.
        given |= {"at": time(10, 30), "accept_risk": True, "window": timedelta(hours=3)}
        return Schedule(**{**given, **different})

    def again(self) -> None:
        """The program was closed and is started anew."""
        self.engine.close()
        self.engine = self.start()

    def sleep(self, how_long: timedelta = DAY) -> None:
        self.clock.moved += how_long
        Office.moved = self.clock.moved
        self.sandbox.clock(now=self.clock.now())
        self.again()

    def run(self, **how: Any) -> Any:
        return self.schedules.run("Nightly", Job.run, **how)

    def till_complete(self) -> None:
        """What is expired or missing for the first time makes the first try partial."""
        for _ in range(4):
            if self.run().complete:
                return
        raise AssertionError("it is never complete")

    def told(self) -> list[tuple[str, str]]:
        """What the hook was told: outcome and day."""
        bodies = [json.loads(call.body) for call in self.hook.calls]
        assert all(call.headers["mir-signature"] for call in self.hook.calls)
        return [(each["outcome"], each["day"]) for each in bodies]

    def mailed(self) -> list[str]:
        return [str(letter["X-MIR-Outcome"]) for letter in self.box.letters]

    def outbox(self) -> Path:
        (path,) = (self.paths.state / "alarms").glob("*.json")
        return path

    def close(self) -> None:
        self.engine.close()
        self._open.close()


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox.start(conversations=12, options=("--tiny", "--now", BEGIN.isoformat())) as running:
        running.change("available", select={"state": "processing"})
        yield running


@pytest.fixture
def office(sandbox: Sandbox, tmp_path: Path, authority: Authority) -> Iterator[Office]:
    sandbox.clear()
    made = Office(sandbox, tmp_path, authority)
    yield made
    made.close()


def test_each_end_is_told_differently_and_once(office: Office) -> None:
    """A week: partial and clean, the service down, clean, two nights off, the sign-in ended, clean."""
    office.till_complete()
    first = office.clock.now().date()
    assert office.told()[-1][0] == "clean", "trouble was told, so its end is"
    assert office.told()[0][0] == "partial", "what is found expired or missing for the first time"
    office.sleep()
    with office.sandbox.fault("unavailable", {"retryAfter": "3600"}, times=None):
        assert not office.run().complete
        assert not office.run().complete
    office.sandbox.clear()
    office.sleep()
    office.till_complete()
    office.sleep(3 * DAY)
    office.till_complete()
    office.sleep()
    office.sandbox.end_tokens(access=True, refresh=True)
    assert office.run().error.code == "sign_in_again"
    office.sign_in()
    office.till_complete()
    for _ in range(2):
        office.sleep()
        office.till_complete()
    wanted = [("partial", first), ("clean", first), ("failed", first + DAY)]
    told = [(outcome, datetime.fromisoformat(day).date()) for outcome, day in office.told()]
    wanted += [("clean", first + 2 * DAY), ("missing", first + 4 * DAY), ("clean", first + 5 * DAY)]
    wanted += [("failed", first + 6 * DAY), ("clean", first + 6 * DAY)]
    assert told == wanted
    assert office.mailed() == [outcome for outcome, _ in wanted]
    ids = [call.headers["idempotency-key"] for call in office.hook.calls]
    assert len(set(ids)) == len(ids)
    assert {str(letter["Message-ID"]) for letter in office.box.letters} == {f"<{each}@example.com>" for each in ids}
    missing = next(json.loads(call.body) for call in office.hook.calls if b'"missing"' in call.body)
    assert missing["days"] == [(first + n * DAY).isoformat() for n in (3, 4)]
    # The heart beats for complete nights only, once for each.
    clean = [night.day for night in office.schedules.nights("Nightly") if night.phase is RunPhase.COMPLETE]
    assert len(office.pulse.calls) == len(set(clean)) == 6
    # Each night has its report, and what was missed is in one.
    assert len(office.schedules.reports("Nightly")) == len(office.schedules.nights("Nightly"))
    report = office.schedules.report("Nightly", first + 5 * DAY)
    assert report.missing == tuple(first + n * DAY for n in (3, 4))
    assert report.caught_up == report.missing
    assert {line.day: line.outcome for line in report.nights}[first + 4 * DAY] is Outcome.MISSING
    failed = office.schedules.report("Nightly", first + DAY)
    assert (failed.outcome, failed.number, failed.run_id) == (Outcome.FAILED, 2, failed.run_id)
    assert failed.advice


def test_silence_is_a_choice_and_so_is_everything(office: Office) -> None:
    office.schedules.put(office.schedule(tell=Tell.ALWAYS, tell_to=("bob@example.com",)), register=False)
    office.till_complete()
    office.sleep()
    office.till_complete()
    assert office.told()[-1][0] == "clean"
    assert office.box.recipients[-1] == ["bob@example.com"]
    before = len(office.box.letters)
    different = {"tell": Tell.NEVER, "heartbeat": office.hook.url, "reports": office.folder / "for ann"}
    office.schedules.put(office.schedule(**different), register=False)
    office.sleep()
    office.till_complete()
    assert len(office.box.letters) == before
    assert office.hook.calls[-1].method == "GET", "the schedule's own heartbeat"
    copies = sorted(path.suffix for path in (office.folder / "for ann").iterdir())
    assert copies == [".html", ".json"]


def test_a_channel_that_fails_is_named_and_tried_again_and_changes_no_night(office: Office) -> None:
    office.till_complete()
    office.box.answer = "554 no mail today"
    office.hook.answers = [(500, {})]
    letters, calls = len(office.box.letters), len(office.told())
    office.sleep()
    office.sandbox.end_tokens(access=True, refresh=True)
    assert not office.run().complete
    assert len(office.box.letters) == letters
    watch = office.schedules.watch("Nightly")
    assert {trouble.channel: trouble.code for trouble in watch.trouble} == {
        Channel.MAIL: "channel_refused",
        Channel.WEBHOOK: "channel_busy",
    }
    assert watch.waiting == 1
    assert {each.channel for each in office.schedules.report("Nightly").trouble} == {Channel.MAIL, Channel.WEBHOOK}
    assert "Somebody could not be told" in office.schedules.filed("Nightly").html.read_text("utf-8")
    office.sign_in()
    office.box.answer = "250 ok"
    office.till_complete()
    assert office.schedules.nights("Nightly")[-1].phase is RunPhase.COMPLETE, "whoever is told or not"
    office.hook.answers = [(200, {})]
    (watch,) = office.schedules.check("Nightly")
    assert (watch.outcome, watch.trouble, watch.waiting) == (Outcome.CLEAN, (), 0)
    assert office.mailed()[letters:] == ["failed", "clean"]
    good = {(outcome, day) for outcome, day in office.told()[calls:]}
    assert {outcome for outcome, _ in good} == {"failed", "clean"}
    office.schedules.check()
    assert office.mailed()[letters:] == ["failed", "clean"]


def test_what_is_busy_is_asked_again_for_a_little_while(office: Office) -> None:
    office.hook.answers = [(503, {}), (204, {})]
    office.run()
    first, second = office.hook.calls
    assert first.headers["idempotency-key"] == second.headers["idempotency-key"]
    watch = office.schedules.watch("Nightly")
    assert (watch.trouble, watch.waiting) == ((), 0)


def test_a_late_heartbeat_is_not_called(office: Office) -> None:
    """It would say that tonight is complete."""
    office.pulse.answers = [(503, {})]
    office.till_complete()
    refused = len(office.pulse.calls)
    assert refused
    office.pulse.answers = [(200, {})]
    for _ in range(2):
        office.schedules.check()
        assert len(office.pulse.calls) == refused + 1, "the night is still the last"
    office.sleep()
    office.pulse.answers = [(503, {})]
    office.till_complete()
    refused = len(office.pulse.calls)
    office.sleep()
    office.pulse.answers = [(200, {})]
    office.schedules.check()
    assert len(office.pulse.calls) == refused
    assert office.schedules.watch("Nightly").waiting == 0


def test_a_missing_night_is_noticed_by_whatever_starts_first(office: Office) -> None:
    office.till_complete()
    day = office.clock.now().date()
    office.sleep(timedelta(hours=24))
    (watch,) = office.schedules.check()
    assert (watch.outcome, watch.missing) == (Outcome.CLEAN, ()), "its window is not over"
    office.sleep(timedelta(hours=4))
    told = len(office.told())
    engines = [office.start() for _ in range(4)]
    with ThreadPoolExecutor(len(engines)) as several:
        list(several.map(lambda each: each.schedules.check(), engines))
    for each in engines:
        each.close()
        (watch,) = office.schedules.check()
        assert (watch.outcome, watch.missing) == (Outcome.MISSING, (day + DAY,))
    assert office.told()[told:] == [("missing", (day + DAY).isoformat())]
    office.schedules.put(office.schedule(paused=True), register=False)
    office.sleep(3 * DAY)
    (watch,) = office.schedules.check()
    assert watch.missing == (day + DAY,), "nobody misses a schedule that is paused"
    office.schedules.put(office.schedule(), register=False)
    assert office.schedules.check()[0].missing == (day + DAY,)


def test_nights_of_before_are_nobodys_affair(office: Office) -> None:
    """An update of the program: the nights are there, and nothing was ever told."""
    office.till_complete()
    office.outbox().unlink()
    calls = len(office.told()), len(office.pulse.calls)
    office.schedules.check()
    assert (len(office.told()), len(office.pulse.calls)) == calls


def test_what_a_kill_left_untold_is_told_by_the_next_start(office: Office) -> None:
    """Between the night's line and its report; and in the middle of a pull."""
    office.till_complete()
    office.sleep()
    book = office.schedules._book
    day = office.clock.now().date()
    book.begin("Nightly", day, at=office.clock.now())
    told, reports = len(office.told()), len(office.schedules.reports("Nightly"))
    (watch,) = office.schedules.check()
    assert (watch.outcome, watch.night.code) == (Outcome.PARTIAL, "killed")
    assert office.told()[told:] == [("partial", day.isoformat())]
    report = office.schedules.report("Nightly")
    assert (report.code, report.title) == ("killed", "The run ended without a word")
    book.add("Nightly", replace(watch.night, phase=RunPhase.PARTIAL, code="offline"))
    office.again()
    office.till_complete()
    assert office.told()[told:] == [
        ("partial", day.isoformat()),
        ("failed", day.isoformat()),
        ("clean", day.isoformat()),
    ]
    assert len(office.schedules.reports("Nightly")) == len(office.schedules.nights("Nightly"))
    assert len(office.schedules.reports("Nightly")) >= reports + 3


@pytest.mark.parametrize("locked", [True, False], ids=["keyring locked", "offline"])
def test_a_night_that_failed_before_anything_is_told(
    office: Office, memory_keyring: MemoryKeyring, locked: bool
) -> None:
    """With the keyring locked what needs no secret of it still goes out, and the rest when it is open again."""
    if locked:
        office.set({"alarm.smtp_user": ""})
        office.box.password = ""
        locked_ring = FailingKeyring(KeyringLocked())
        locked_ring.entries = memory_keyring.entries
        keyring.set_keyring(locked_ring)
    else:
        with socket.create_server((LOOPBACK, 0)) as gone:
            nowhere = f"http://{LOOPBACK}:{gone.getsockname()[1]}"
        profiles = office.paths.profiles_file
        profiles.write_text(profiles.read_text("utf-8").replace(office.sandbox.base_url, nowhere), "utf-8")
        entries = memory_keyring.entries
        entries |= {
            (name.replace(office.sandbox.base_url, f"{nowhere}/mir/api/v1"), user): text
            for (name, user), text in list(entries.items())
        }
    office.again()
    ended = office.run()
    assert ended.error is not None
    assert ended.error.code == ("keyring_unavailable" if locked else "offline")
    report = office.schedules.report("Nightly")
    assert (report.outcome, report.run_id, report.code) == (Outcome.FAILED, 0, ended.error.code)
    assert (report.endangered, report.exceptions) == (None, ())
    assert office.mailed() == ["failed"]
    assert office.pulse.calls == []
    keyring.set_keyring(memory_keyring)
    office.schedules.check()
    assert [outcome for outcome, _ in office.told()] == office.mailed() == ["failed"]


def test_no_secret_is_anywhere(office: Office) -> None:
    office.hook.answers = [(500, {})]
    office.box.password = "other"
    office.run()
    assert office.schedules.watch("Nightly").trouble
    files = [path for path in office.paths.state.parent.rglob("*") if path.is_file()]
    assert any(path.suffix == ".html" for path in files)
    for path in files:
        content = path.read_bytes()
        assert CANARY.encode() not in content, path
        if path.name != "settings.toml":
            assert b"canary-in-the-address" not in content, path


@pytest.fixture
def program(sandbox: Sandbox, tmp_path: Path, file_keyring: Path) -> Program:
    """The real program, signed in, with a schedule; its processes and this one share a keyring."""
    sandbox.clear()
    keyring.set_keyring(FileKeyring())  # type: ignore[no-untyped-call]  # untyped in keyring
    made = replace(
        Program(tmp_path, sandbox, sandbox.user(access_level="all")),
        environment={name: os.environ[name] for name in ("PYTHON_KEYRING_BACKEND", "MIR_TEST_KEYRING", "PYTHONPATH")},
    )
    few = {"transfer.min_free_space": 0, "retry.window": "1 s", "schedule.register": False, "alarm.desktop": False}
    made.settings(few)
    assert made.here("sign-in", "--json").code == 0
    words = ("schedule", "add", "Nightly", "--at", "00:00", "--zone", "UTC", "--accept-risk", "--tell", "always")
    assert made.here(*words, "--archive", str(made.archive), signs_in=False).code == 0
    return made


@pytest.mark.skipif(sys.platform == "win32", reason="a kill of this kind is POSIX")
def test_a_pull_that_is_killed_is_a_partial_night(program: Program) -> None:
    with (
        program.sandbox.fault("stall", {"after": 100}, where={"route": "content"}) as stall,
        program.start("schedule", "run", "Nightly", "--now", signs_in=False) as process,
    ):
        stall.wait(waiting=1)
        running = program.here("schedule", "check", "--json", signs_in=False)
        assert running.json["schedules"][0]["outcome"] is None, "it is at work"
        process.kill()
        process.wait(60)
    checked = program.here("schedule", "check", "--json", signs_in=False)
    (stands,) = checked.json["schedules"]
    assert (checked.code, stands["outcome"], stands["code"]) == (3, "partial", "killed")
    told = program.here("schedule", "report", "Nightly", "--json", signs_in=False).json
    assert (told["code"], told["phase"], told["runId"]) == ("killed", "interrupted", 0)


@pytest.mark.skipif(sys.platform == "win32", reason="a kill of this kind is POSIX")
def test_killed_while_telling_it_is_told_again_with_the_same_id_and_then_never(program: Program) -> None:
    """Killed by whom it tells, after the message came and before that is noted."""
    with Hook().open(None) as hook:
        assert program.here("settings", "alarm.webhook_url", hook.url, signs_in=False).code == 0
        paths = Paths.below(program.home)
        engine = Engine(paths=paths, settings=Settings.load(paths), profile="default")
        engine.post.keep(SecretOf.WEBHOOK, Secret(CANARY))
        engine.close()
        running: list[Any] = []
        here = threading.Event()

        def kill(_: Call) -> None:
            assert here.wait(60)
            os.kill(running[-1].pid, signal.SIGKILL)

        hook.when_called = kill
        for _ in range(2):
            here.clear()
            running.append(program.start("schedule", "run", "Nightly", "--now", signs_in=False))
            here.set()
            out, err = running[-1].communicate(timeout=90)
            assert running[-1].returncode == -signal.SIGKILL, f"{out}\n{err}"
        hook.when_called = lambda _: None
        box = load(next((program.home / "state" / "alarms").glob("*.json")))
        assert [way.tries for letter in box.letters for way in letter.ways.values()] == [0]
        for _ in range(2):
            checked = program.here("schedule", "check", "--json", signs_in=False)
            assert checked.code in (0, 3), checked.err
        assert len(hook.calls) == 3
        assert len({call.headers["idempotency-key"] for call in hook.calls}) == 1
        assert len({call.body for call in hook.calls}) == 1


def test_nothing_is_told_of_by_whoever_only_looks(office: Office) -> None:
    before = sorted(path for path in office.folder.rglob("*") if path.is_file())
    office.schedules.watch("Nightly")
    office.schedules.reports("Nightly")
    assert office.schedules.report("Nightly") is None
    assert office.schedules.filed("Nightly") is None
    assert sorted(path for path in office.folder.rglob("*") if path.is_file()) == before
