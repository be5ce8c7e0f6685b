"""What a policy says is what happens, for every setting there is: its effect is looked for, not only its value."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from datetime import UTC, datetime, time, timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from download_client.alarm import load
from download_client.api import ConnectionOptions
from download_client.cli import main
from download_client.credentials import MemoryVault, Secret
from download_client.engine import Client, Engine, Job, Password, PullRequest, Schedule, SecretOf
from download_client.engine.updates import Updates
from download_client.errors import CertificateRejected, DiskFull, OnHold, ServiceUnavailable, SignInWayClosed
from download_client.model import Channel, Criteria, Tell
from download_client.retry import SystemClock
from download_client.settings import TABLE, Paths, Profiles, Settings
from mir_sandbox.remote import Sandbox
from tests.alarm.servers import LOOPBACK, Authority, Hook, Mailbox
from tests.engine.policies import policy_of, settings_of
from tests.engine.rig import Driven
from tests.engine.test_updates import Place, open_place

SPAN = Criteria(from_time=datetime(2026, 11, 17, tzinfo=UTC), to_time=datetime(2026, 11, 20, 12, tzinfo=UTC))
NIGHT = "Every night"
ZONE = ZoneInfo("Asia/Kolkata")
"""Its clocks are never changed: nights here are those of the computer's own day."""
IN_THE_WINDOW = {"window.language", "window.keep_awake", "window.notify"}
"""Looked for in tests/ui/test_policies.py."""


class MovedClock(SystemClock):
    """The computer's clocks; the wall clock is moved on by hand."""

    moved = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.moved


class Company:
    """One computer. `user` is what its user chose, `policy` what the company says; they differ in everything."""

    def __init__(self, folder: Path, sandbox: Sandbox, opened: ExitStack) -> None:
        self.sandbox, self.folder = sandbox, folder
        self.paths = Paths.below(folder / "home")
        self.who = sandbox.user(access_level="all")
        self.authority = Authority(folder)
        self.mail = opened.enter_context(Mailbox(password="pw").open(self.authority.context(), at_once=True))
        self.hook = opened.enter_context(Hook().open(None))
        self.pulse = opened.enter_context(Hook().open(None))
        self.told = opened.enter_context(open_place(Place(b'{"version": "99.1"}')))
        self._opened = opened
        self._pulled: Driven | None = None
        self._night: Any = None
        both = folder / "both.pem"
        assert sandbox.ca_file is not None
        both.write_bytes(sandbox.ca_file.read_bytes() + self.authority.ca_file.read_bytes())
        self.policy: dict[str, object] = {
            "server.url": sandbox.base_url,
            "account.profile": "Sales",
            "account.sign_in_ways": "password",
            "archive.folder": folder / "archive",
            "archive.folder_template": "{start:%Y}/by policy",
            "archive.name_template": "{start:%H.%M} {recording_id}",
            "archive.time_zone": "Asia/Tokyo",
            "csv.spreadsheet_safe": True,
            "transfer.concurrency": 3,
            "transfer.limit_rate": "5 MB/s",
            "transfer.min_free_space": 0,
            "replay.cache_size": 0,
            "network.proxy": "none",
            "network.ca_file": both,
            "network.connect_timeout": "7 s",
            "network.stall_timeout": "8 s",
            "retry.window": "1 s",
            "schedule.register": False,
            "schedule.guard_days": 77,
            "housekeeping.keep_days": "2",
            "housekeeping.nightly": True,
            "housekeeping.hold": False,
            "alarm.desktop": False,
            "alarm.system_log": False,
            "alarm.smtp_host": LOOPBACK,
            "alarm.smtp_port": self.mail.port,
            "alarm.smtp_security": "tls",
            "alarm.smtp_user": "by-policy",
            "alarm.mail_from": "company@example.com",
            "alarm.mail_to": "it@example.com",
            "alarm.mail_page": False,
            "alarm.webhook_url": self.hook.url,
            "alarm.heartbeat_url": self.pulse.url,
            "alarm.missing_after": "10 min",
            "update.check": True,
            "update.url": self.told.url,
            "log.level": "error",
            "window.language": "de",
            "window.keep_awake": False,
            "window.notify": False,
        }
        self.user: dict[str, object] = {
            "server.url": "https://elsewhere.example",
            "account.profile": "mine",
            "account.sign_in_ways": "browser",
            "archive.folder": folder / "mine",
            "archive.folder_template": "mine",
            "archive.name_template": "{recording_id} mine",
            "archive.time_zone": "UTC",
            "csv.spreadsheet_safe": False,
            "transfer.concurrency": 1,
            "transfer.limit_rate": "1 kB/s",
            "transfer.min_free_space": "100 TB",
            "replay.cache_size": "1 GB",
            "network.proxy": "http://127.0.0.1:1",
            "network.ca_file": self.authority.ca_file,
            "network.connect_timeout": "70 s",
            "network.stall_timeout": "80 s",
            "retry.window": "20 min",
            "schedule.register": True,
            "schedule.guard_days": 5,
            "housekeeping.keep_days": "off",
            "housekeeping.nightly": False,
            "housekeeping.hold": True,
            "alarm.desktop": True,
            "alarm.system_log": True,
            "alarm.smtp_host": "mail.example.com",
            "alarm.smtp_port": 1,
            "alarm.smtp_security": "starttls",
            "alarm.smtp_user": "mine",
            "alarm.mail_from": "me@example.com",
            "alarm.mail_to": "me@example.com",
            "alarm.mail_page": True,
            "alarm.webhook_url": "https://hook.example.com/mine",
            "alarm.heartbeat_url": "https://beat.example.com/mine",
            "alarm.missing_after": "1 d",
            "update.check": False,
            "update.url": "https://update.example.com",
            "log.level": "debug",
            "window.language": "en",
            "window.keep_awake": True,
            "window.notify": True,
        }
        self.engine = self.start()

    def settings(self, **different: object) -> Settings:
        """What is in force; `different` is said by the policy, as in `retry__window="0 s"`."""
        changed = {name.replace("__", "."): value for name, value in different.items()}
        return settings_of(self.paths, user=self.user, policy={**self.policy, **changed})

    def start(self, *, clock: SystemClock | None = None, **different: object) -> Engine:
        """An engine that is signed in."""
        settings = self.settings(**different)
        made = Engine(paths=self.paths, settings=settings, profile="Sales", vault=MemoryVault(), clock=clock)
        self._opened.callback(made.close)
        made.sign_in(Password(self.sandbox.base_url, self.who.username, Secret(self.who.password)))
        return made

    @property
    def archive(self) -> Path:
        return self.engine.archive_folder(None)

    def asks(self, **different: Any) -> PullRequest:
        return PullRequest(**{"archive": self.archive, "criteria": SPAN, "accept_risk": True, **different})

    def pulled(self) -> Driven:
        """A pull that asked for more than the policy lets, looked at in its middle, then brought to its end."""
        if self._pulled is None:
            with self.sandbox.fault("stall", {"after": 100}, where={"route": "content"}) as stall:
                self._pulled = Driven(self.engine.pull(self.asks(concurrency=8, limit_rate=10**9)))
                stall.wait(waiting=3)
                self._pulled.look()
                stall.clear()
            self._pulled.result()
        return self._pulled

    def night(self) -> Any:
        """What became of a night: everybody was told of it, and old calls were erased."""
        if self._night is None:
            self.pulled()
            post, schedules = self.engine.post, self.engine.schedules
            post.keep(SecretOf.SMTP, Secret("pw"))
            post.keep(SecretOf.WEBHOOK, Secret("secret"))
            schedule = Schedule(
                name=NIGHT, profile="Sales", archive=self.archive, at=time(2), zone=ZONE.key, tell=Tell.ALWAYS,
                accept_risk=True, criteria=Criteria(calling_number="0"),
            )  # fmt: skip
            schedules.put(schedule, register=True)
            for _ in range(4):
                if schedules.run(NIGHT, Job.run, now=True).complete:
                    break
            self._night = schedules.nights(NIGHT)[-1]
        return self._night


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    options = ("--tiny", "--now", "2026-11-20T12:00:00Z")
    with ExitStack() as opened, Sandbox.start(conversations=120, tls=True, options=options) as sandbox:
        yield Company(tmp_path_factory.mktemp("company"), sandbox, opened)
        opened.close()


# --- who, and where ---------------------------------------------------------------------------------------------------


def sign_in(company: Company, monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    """The command line, with the machine's policy, by somebody who names no address and no profile."""
    policy = policy_of(company.folder / "machine.toml", company.policy)
    company.settings()
    monkeypatch.setattr("download_client.settings.store.machine_policy", lambda: policy)
    monkeypatch.setenv("MIR_DOWNLOAD_HOME", str(company.folder / "home"))
    monkeypatch.setattr("sys.stdin", StringIO(company.who.password + "\n"))
    return main(["sign-in", "--user", company.who.username, "--password-stdin", "--quiet", *words])


def at_the_address(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    assert sign_in(company, monkeypatch) == 0
    (known,) = Profiles(company.paths).all()
    assert (known.name, known.server_url) == ("Sales", company.sandbox.base_url)
    assert not (company.paths.log / "mir-download.log").exists(), "there was no error to tell of"


def by_the_ways(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = Secret("x")
    with pytest.raises(SignInWayClosed):
        company.engine.sign_in(Client(server=company.sandbox.base_url, client_id="x", secret=secret))
    assert sign_in(company, monkeypatch, "--client-credentials") == 5


def without_the_users_authority(company: Company) -> None:
    assert company.engine.whoami()
    with pytest.raises(CertificateRejected):
        company.start(network__ca_file=company.authority.ca_file)


def without_the_users_proxy(company: Company) -> None:
    assert company.engine.account.proxy() == ""
    assert company.engine.whoami()


def times_are_handed_on(company: Company) -> None:
    options = company.engine.account.connection()
    assert (options.connect, options.read) == (7.0, 8.0)


def tried_once(company: Company) -> None:
    engine = company.start(retry__window="0 s")
    with company.sandbox.fault("unavailable", {"retryAfter": "0"}, times=None) as down:
        with pytest.raises(ServiceUnavailable):
            engine.whoami()
        assert down.hits == 1


# --- what comes home --------------------------------------------------------------------------------------------------


def in_the_folder(company: Company) -> None:
    assert company.pulled().result().archived > 3
    assert (company.folder / "archive" / ".mir").is_dir()
    assert not (company.folder / "mine").exists()


def named(company: Company) -> None:
    """By the template, in Tokyo's hours, each with a table that no cell acts in."""
    company.pulled()
    there = {path.stem.rpartition(" [")[0]: path for path in company.archive.glob("2026/by policy/*.wav")}
    calls = [(call, each) for call in company.engine.search(SPAN) for each in call.recordings]
    tokyo = ZoneInfo("Asia/Tokyo")
    wanted = {f"{call.start_time.astimezone(tokyo):%H.%M} {each.id}" for call, each in calls}
    assert there
    assert there.keys() <= wanted
    assert all(path.with_suffix(".spreadsheet.csv").exists() for path in there.values())


def at_once(company: Company) -> None:
    """The user asked for one, the run for eight."""
    middle = company.pulled().looks[0]
    assert len(middle.in_hand) == 3


def bytes_per_second(company: Company) -> None:
    """The user asked for less, the run for more; what arrives at the transfer is the policy's."""
    job = company.engine.pull(company.asks(limit_rate=10**9))
    assert (job._means.limit_rate, job._means.most_rate) == (10**9, 5 * 10**6)
    pull: Any = company.pulled().job._pull
    assert pull._fetcher._loop._rate._rate == 5 * 10**6


def room_is_left(company: Company) -> None:
    assert company.pulled().result().archived > 3
    full = company.start(transfer__min_free_space="100 TB").pull(company.asks(archive=company.folder / "full")).run()
    assert isinstance(full.error, DiskFull)
    assert full.archived == 0


def nothing_heard_is_kept(company: Company) -> None:
    calls = (call for call in company.engine.search(SPAN) if any(each.size_bytes for each in call.recordings))
    replays = company.engine.replays(None)
    found = replays.fetch(next(calls), only=None, step=lambda _: None, stop=threading.Event())
    assert all(voice.path.exists() for voice in found.voices)
    replays.let_go(found.voices)
    replays.close()
    assert list((company.paths.cache / "voices").rglob("*.wav")) == []


# --- nights -----------------------------------------------------------------------------------------------------------


def the_system_is_not_told(company: Company) -> None:
    company.night()
    (outline,) = company.engine.schedules.all()
    assert outline.registration is None


def looked_ahead(company: Company) -> None:
    company.night()
    report = company.engine.schedules.report(NIGHT)
    assert report is not None
    assert report.endangered_within_days == 77


def erased(company: Company) -> None:
    """The user erases nothing, and has a hold."""
    assert company.night().erased > 0
    kept = datetime.now(UTC) - timedelta(days=2)
    assert company.engine.housekeeping(company.archive, days=None, erase=False).before >= kept - timedelta(minutes=9)


def held(company: Company) -> None:
    company.night()
    engine = company.start(housekeeping__hold=True)
    with pytest.raises(OnHold):
        engine.housekeeping(company.archive, days=1, erase=True)


def told_by_mail(company: Company) -> None:
    company.night()
    letter = company.mail.letters[-1]
    assert (letter["From"], letter["To"]) == ("company@example.com", "it@example.com")
    assert company.mail.recipients[-1] == ["it@example.com"]
    assert company.mail.logins[-1] == ("by-policy", "pw")
    assert list(letter.iter_attachments()) == []


def told_by_the_web(company: Company) -> None:
    assert company.night().phase.value == "complete"
    assert company.hook.calls
    assert company.pulse.calls


def not_told_on_this_computer(company: Company) -> None:
    company.night()
    (path,) = (company.paths.state / "alarms").glob("*.json")
    assert {way for letter in load(path).letters for way in letter.ways} == {
        Channel.MAIL, Channel.WEBHOOK, Channel.HEARTBEAT,
    }  # fmt: skip


def missed_soon(company: Company) -> None:
    """A quarter of an hour after its time; the user would wait for a day."""
    company.night()
    clock = MovedClock()
    now = datetime.now(ZONE)
    due = (now + timedelta(days=2)).replace(hour=2, minute=15, second=0)
    clock.moved = due - now
    engine = company.start(clock=clock)
    (watch,) = engine.schedules.check(NIGHT, tell=False)
    assert watch.missing[-1] == due.date()


# --- and the rest -----------------------------------------------------------------------------------------------------


def asked_where_it_says(company: Company) -> None:
    def newest(**different: object) -> object:
        updates = Updates(company.settings(**different), company.folder / "newest.json", clock=SystemClock())
        return updates.newest(ConnectionOptions(total=20.0), stop=threading.Event())

    assert newest(update__check=False) is None
    assert company.told.asked == 0
    assert newest() is not None
    assert company.told.asked == 1


Effect = Callable[..., None]
EFFECTS: Mapping[str, Effect] = {
    "server.url": at_the_address,
    "account.profile": at_the_address,
    "account.sign_in_ways": by_the_ways,
    "archive.folder": in_the_folder,
    "archive.folder_template": named,
    "archive.name_template": named,
    "archive.time_zone": named,
    "csv.spreadsheet_safe": named,
    "transfer.concurrency": at_once,
    "transfer.limit_rate": bytes_per_second,
    "transfer.min_free_space": room_is_left,
    "replay.cache_size": nothing_heard_is_kept,
    "network.proxy": without_the_users_proxy,
    "network.ca_file": without_the_users_authority,
    "network.connect_timeout": times_are_handed_on,
    "network.stall_timeout": times_are_handed_on,
    "retry.window": tried_once,
    "schedule.register": the_system_is_not_told,
    "schedule.guard_days": looked_ahead,
    "housekeeping.keep_days": erased,
    "housekeeping.nightly": erased,
    "housekeeping.hold": held,
    "alarm.desktop": not_told_on_this_computer,
    "alarm.system_log": not_told_on_this_computer,
    "alarm.smtp_host": told_by_mail,
    "alarm.smtp_port": told_by_mail,
    "alarm.smtp_security": told_by_mail,
    "alarm.smtp_user": told_by_mail,
    "alarm.mail_from": told_by_mail,
    "alarm.mail_to": told_by_mail,
    "alarm.mail_page": told_by_mail,
    "alarm.webhook_url": told_by_the_web,
    "alarm.heartbeat_url": told_by_the_web,
    "alarm.missing_after": missed_soon,
    "update.check": asked_where_it_says,
    "update.url": asked_where_it_says,
    "log.level": at_the_address,
}
"""How the effect of each policy is seen; what several have in common is looked for once."""


def test_every_policy_has_an_effect_that_is_looked_for(company: Company) -> None:
    fixable = {setting.name for setting in TABLE if setting.by_policy}
    assert EFFECTS.keys() | IN_THE_WINDOW == fixable
    assert company.policy.keys() == company.user.keys() == fixable
    in_force = company.settings()
    users = settings_of(company.paths, user=company.user, policy={})
    assert [name for name in fixable if in_force.get(name) == users.get(name)] == []


@pytest.mark.parametrize("effect", dict.fromkeys(EFFECTS.values()), ids=lambda effect: effect.__name__)
def test_what_a_policy_says_is_what_happens(effect: Effect, company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    if effect in (at_the_address, by_the_ways):
        effect(company, monkeypatch)
    else:
        effect(company)
