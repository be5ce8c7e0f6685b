"""What each system's scheduler is given: read back as that system reads it, with whatever names people choose."""

from __future__ import annotations

import os
import plistlib
import re
import shlex
import shutil
import stat
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest

from download_client.errors import SchedulerRefused
from download_client.schedule import Start
from download_client.schedule.systems.launchd import Launchd
from download_client.schedule.systems.start import ask
from download_client.schedule.systems.systemd import Systemd
from download_client.schedule.systems.task_scheduler import TaskScheduler
from tests.schedule.test_planner import schedule
from tests.windows import WINDOWS, runs_scripts

NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)
NASTY = 'Müller & "Söhne" <50 % $HOME \\ 晩 %h'
TASK = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"
SETTINGS = [
    "MultipleInstancesPolicy",
    "DisallowStartIfOnBatteries",
    "StopIfGoingOnBatteries",
    "AllowHardTerminate",
    "StartWhenAvailable",
    "RunOnlyIfNetworkAvailable",
    "IdleSettings",
    "AllowStartOnDemand",
    "Enabled",
    "Hidden",
    "RunOnlyIfIdle",
    "WakeToRun",
    "ExecutionTimeLimit",
    "Priority",
    "RestartOnFailure",
]
"""As Task Scheduler writes them itself when it exports a task."""


def start(name: str = NASTY, zone: str = "Europe/Berlin", at: time = time(2, 30)) -> Start:
    chosen = schedule(name=name, zone="Europe/Berlin", at=at)
    return Start.of(chosen, key="nightly-0a1b2c3d", now=NOW, zone=ZoneInfo(zone))


@pytest.mark.parametrize(
    ("zone", "times"),
    [
        ("Europe/Berlin", [time(1, 30), time(2, 30)]),
        ("UTC", [time(0, 30), time(1, 30)]),
        ("Asia/Kolkata", [time(6), time(7)]),
        ("America/New_York", [time(20, 30), time(21, 30)]),
    ],
)
def test_every_local_time_at_which_the_day_may_begin_is_a_start(zone: str, times: list[time]) -> None:
    assert list(start(zone=zone).times) == times


def test_the_program_is_started_with_its_schedule_and_its_home(home: Path) -> None:
    made = start()
    assert made.command[-6:] == ("schedule", "run", NASTY, "--profile", "default", "--quiet")
    assert made.environment == {"MIR_DOWNLOAD_HOME": str(home)}
    helped = subprocess.run([*made.command[:-6], "schedule", "--help"], capture_output=True, text=True, check=True)
    assert "schedule run" in helped.stdout


def test_a_task_stands_in_the_schema_s_order_and_never_ends_a_pull() -> None:
    made = start()
    ((name, text),) = TaskScheduler().files(made).items()
    assert name == "nightly-0a1b2c3d.xml"
    task = ElementTree.fromstring(text.partition("?>")[2])  # noqa: S314 - our own
    assert [part.tag for part in task] == [
        TASK + part for part in ("RegistrationInfo", "Triggers", "Principals", "Settings", "Actions")
    ]
    settings = task.find(f"{TASK}Settings")
    assert settings is not None
    assert [part.tag.removeprefix(TASK) for part in settings] == SETTINGS
    said = {part.tag.removeprefix(TASK): part.text for part in settings}
    assert said["ExecutionTimeLimit"] == "PT0S"
    assert (said["StartWhenAvailable"], said["StopIfGoingOnBatteries"]) == ("true", "false")
    assert task.findtext(f".//{TASK}LogonType") == "InteractiveToken"
    assert [part.text for part in task.iter(f"{TASK}StartBoundary")] == ["2026-01-01T01:30:00", "2026-01-01T02:30:00"]
    arguments = task.findtext(f".//{TASK}Arguments") or ""
    assert task.findtext(f".//{TASK}Command") == "cmd.exe"
    sets, line = arguments.removeprefix('/d /s /c "').removesuffix('"').split(" && ", 1)
    assert sets == f'set "MIR_DOWNLOAD_HOME={made.environment["MIR_DOWNLOAD_HOME"]}"'
    assert read_by_cmd(line) == list(made.command)


def read_by_cmd(line: str) -> list[str]:
    """The words that a program finds which `cmd` starts, by the rules of Microsoft's C library since 2008."""
    assert not set("&|<>^()") & set("".join(line.split('"')[::2])), "outside of quotes cmd reads these itself"
    words, rest = [], line
    while rest:
        word, rest = "", rest.removeprefix('"')
        while not re.match(r'"(?!")', rest):
            found = re.match(r'(\\+)(?=")|""|.', rest)
            assert found is not None, "a quote stays open"
            word += found[0][: len(found[0]) // 2] if len(found[0]) > 1 else found[0]
            rest = rest[found.end() :]
        words.append(word)
        rest = rest[1:].removeprefix(" ")
    return words


@pytest.mark.parametrize("folder", ["C:\\R&D (neu)", "C:\\", 'a"b\\"c&d', "\\\\server\\share\\", ""])
def test_no_folder_ends_the_line_of_cmd(folder: str) -> None:
    made = replace(start(), command=(sys.executable, "-c", "import sys; print(ascii(sys.argv[1:]))", folder, "x y"))
    (text,) = TaskScheduler().files(made).values()
    arguments = ElementTree.fromstring(text.partition("?>")[2]).findtext(f".//{TASK}Arguments") or ""  # noqa: S314
    assert read_by_cmd(arguments.removesuffix('"').partition(" && ")[2]) == list(made.command)
    if WINDOWS:
        said = subprocess.run(f"cmd.exe {arguments}", capture_output=True, text=True, check=True).stdout
        assert said.strip() == ascii([folder, "x y"])


def test_a_task_without_a_home_of_its_own_starts_the_program_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MIR_DOWNLOAD_HOME")
    made = start()
    (text,) = TaskScheduler().files(made).values()
    task = ElementTree.fromstring(text.partition("?>")[2])  # noqa: S314 - our own
    assert task.findtext(f".//{TASK}Command") == sys.executable
    assert task.findtext(f".//{TASK}Arguments") == subprocess.list2cmdline(made.command[1:])


def test_units_say_what_is_started_when_and_that_missed_ones_come_later() -> None:
    made = start()
    files = Systemd(Path.cwd()).files(made)
    service, timer = files["mir-download-nightly-0a1b2c3d.service"], files["mir-download-nightly-0a1b2c3d.timer"]
    (line,) = re.findall(r"^ExecStart=(.*)$", service, re.MULTILINE)
    # systemd.service(5): words in double quotes with C escapes; %% is %, $$ is $.
    assert [word.replace("%%", "%").replace("$$", "$") for word in shlex.split(line)] == list(made.command)
    assert "TimeoutStartSec=infinity" in service
    assert re.findall(r"^OnCalendar=(.*)$", timer, re.MULTILINE) == ["*-*-* 01:30:00", "*-*-* 02:30:00"]
    assert "Persistent=true" in timer


def test_an_agent_of_launchd_reads_back() -> None:
    made = start()
    (text,) = Launchd(Path.cwd()).files(made).values()
    agent = plistlib.loads(text.encode())
    assert agent["ProgramArguments"] == list(made.command)
    assert agent["StartCalendarInterval"] == [{"Hour": 1, "Minute": 30}, {"Hour": 2, "Minute": 30}]
    assert agent["EnvironmentVariables"] == made.environment


@runs_scripts
def test_systemd_is_told_and_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program called systemctl that writes down what it is told, and knows one timer."""
    tools, said, units = tmp_path / "bin", tmp_path / "said", tmp_path / "units"
    tools.mkdir()
    program = tools / "systemctl"
    program.write_text(f'#!/bin/sh\necho "$@" >> "{said}"\ncase "$*" in *is-active*) echo active;; esac\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{tools}:/usr/bin:/bin")
    systemd, made = Systemd(units), start()
    assert not systemd.look(made.key).registered
    systemd.register(made)
    assert {path.name: path.read_text("utf-8") for path in units.iterdir()} == systemd.files(made)
    assert (systemd.look(made.key).registered, systemd.look(made.key).detail) == (True, "active")
    systemd.unregister(made.key)
    systemd.unregister(made.key)
    assert not list(units.iterdir())
    timer = f"mir-download-{made.key}.timer"
    assert said.read_text().splitlines() == [
        "--user daemon-reload",
        f"--user enable --now {timer}",
        f"--user is-active {timer}",
        f"--user is-active {timer}",
        f"--user disable --now {timer}",
        "--user daemon-reload",
    ]


@runs_scripts
def test_systemd_tries_a_command_out_and_says_what_keeps_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program called systemd-run that starts what it is told to, and one called loginctl that knows of lingering."""
    tools = tmp_path / "bin"
    tools.mkdir()
    for name, text in {
        "systemd-run": 'for word; do shift; case "$word" in --setenv=*) export "${word#--setenv=}";; --) break;; esac; '
        f'done\necho "$@" > "{tmp_path}/said"\nexec "$@"',
        "loginctl": f'cat "{tmp_path}/linger"',
    }.items():
        (tools / name).write_text(f"#!/bin/sh\n{text}\n")
        (tools / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tools}:/usr/bin:/bin")
    systemd, made = Systemd(tmp_path / "units"), start()
    code = "import os, sys; print(os.environ['MIR_DOWNLOAD_HOME']); sys.exit(1)"
    home = made.environment["MIR_DOWNLOAD_HOME"]
    assert systemd.try_out(replace(made, command=(sys.executable, "-c", code))).strip() == home
    with pytest.raises(SchedulerRefused, match="it broke"):
        systemd.try_out(replace(made, command=(sys.executable, "-c", "import sys; sys.exit('it broke')")))
    (tmp_path / "linger").write_text("yes\n")
    assert systemd.concerns(made.key) == ()
    (tmp_path / "linger").write_text("no\n")
    assert systemd.concerns(made.key) == (
        "it runs only while you are logged on; `loginctl enable-linger` changes that",
    )
    (tools / "loginctl").unlink()
    monkeypatch.setenv("PATH", str(tools))
    assert "not known" in systemd.concerns(made.key)[0]


@pytest.mark.parametrize("zone", ["UTC", "Europe/Berlin", "America/New_York"])
def test_systemd_itself_takes_the_units(zone: str, tmp_path: Path) -> None:
    """`systemd-analyze verify`, where systemd is installed; it reads them as it does at their start."""
    if shutil.which("systemd-analyze") is None:
        pytest.skip("there is no systemd here")
    files = Systemd(tmp_path).files(start(zone=zone))
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    told = subprocess.run(
        ["systemd-analyze", "--user", "--man=no", "--recursive-errors=no", "verify", *map(str, tmp_path.iterdir())],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env={**os.environ, "XDG_RUNTIME_DIR": str(tmp_path)},
    )
    assert (told.returncode, told.stderr) == (0, "")
    for line in re.findall(r"^OnCalendar=(.*)$", "".join(files.values()), re.MULTILINE):
        subprocess.run(["systemd-analyze", "calendar", line], check=True, capture_output=True, timeout=60)


TASK_SCHEMA: dict[str, tuple[str, ...]] = {
    "Task": ("RegistrationInfo", "Triggers", "Settings", "Data", "Principals", "Actions"),
    "RegistrationInfo": (
        *("URI", "SecurityDescriptor", "Source", "Date", "Author", "Version", "Description", "Documentation"),
    ),
    "Triggers": (
        *("BootTrigger", "RegistrationTrigger", "IdleTrigger", "TimeTrigger", "EventTrigger", "LogonTrigger"),
        *("SessionStateChangeTrigger", "CalendarTrigger", "WnfStateChangeTrigger"),
    ),
    "CalendarTrigger": (
        *("Enabled", "StartBoundary", "EndBoundary", "Repetition", "ExecutionTimeLimit", "RandomDelay"),
        *("ScheduleByDay", "ScheduleByWeek", "ScheduleByMonth", "ScheduleByMonthDayOfWeek"),
    ),
    "ScheduleByDay": ("DaysInterval",),
    "Principals": ("Principal",),
    "Principal": (
        *("UserId", "LogonType", "GroupId", "DisplayName", "RunLevel", "ProcessTokenSidType", "RequiredPrivileges"),
    ),
    "Settings": (
        *("AllowStartOnDemand", "RestartOnFailure", "MultipleInstancesPolicy", "DisallowStartIfOnBatteries"),
        *("StopIfGoingOnBatteries", "AllowHardTerminate", "StartWhenAvailable", "NetworkProfileName"),
        *("RunOnlyIfNetworkAvailable", "WakeToRun", "Enabled", "Hidden", "DeleteExpiredTaskAfter", "IdleSettings"),
        *("NetworkSettings", "ExecutionTimeLimit", "Priority", "RunOnlyIfIdle", "UseUnifiedSchedulingEngine"),
        *("DisallowStartOnRemoteAppSession", "MaintenanceSettings", "Volatile"),
    ),
    "RestartOnFailure": ("Interval", "Count"),
    "IdleSettings": ("Duration", "WaitTimeout", "StopOnIdleEnd", "RestartOnIdle"),
    "Actions": ("Exec", "ComHandler", "SendEmail", "ShowMessage"),
    "Exec": ("Command", "Arguments", "WorkingDirectory"),
}
"""The elements of a task and what may stand in each, from [MS-TSCH] 2.5 (task schema) as Microsoft publishes it."""
ORDERED = ("CalendarTrigger",)
"""Whose parts are an `xs:sequence` (2.5.3.1: of every trigger); those of the others are an `xs:all`, in any order."""
VALUES = {
    "LogonType": {"S4U", "Password", "InteractiveToken", "InteractiveTokenOrPassword", "None"},
    "RunLevel": {"LeastPrivilege", "HighestAvailable"},
    "MultipleInstancesPolicy": {"Parallel", "Queue", "IgnoreNew", "StopExisting"},
}


def test_a_task_uses_the_names_that_microsoft_publishes() -> None:
    (text,) = TaskScheduler().files(start()).values()
    task = ElementTree.fromstring(text.partition("?>")[2])  # noqa: S314 - our own
    assert task.tag == f"{TASK}Task"
    assert task.get("version") in {"1.1", "1.2", "1.3", "1.4", "1.5", "1.6"}
    for element in task.iter():
        name, parts = element.tag.removeprefix(TASK), [part.tag.removeprefix(TASK) for part in element]
        assert element.tag.startswith(TASK)
        known = TASK_SCHEMA.get(name, ())
        assert set(parts) <= set(known), name
        if name in ORDERED:
            assert parts == [each for each in known if each in parts], name
        if name not in ("Triggers", "Actions", "Principals"):
            assert len(set(parts)) == len(parts), name
        if name in VALUES:
            assert element.text in VALUES[name]
        if name in ("Interval", "ExecutionTimeLimit"):
            assert re.fullmatch(r"PT?\d+[DHMS]", element.text or "")
        if not parts and (element.text or "") in ("True", "False"):
            pytest.fail(f"{name}: xs:boolean is true or false")


@runs_scripts
def test_what_somebody_changed_in_a_task_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program called schtasks that answers with the task as it was exported."""
    tools = tmp_path / "bin"
    tools.mkdir()
    (tools / "schtasks").write_text(f'#!/bin/sh\ncat "{tmp_path}/task.xml"\n')
    (tools / "schtasks").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tools}:/usr/bin:/bin")
    (text,) = TaskScheduler().files(start()).values()
    told = {}
    for old, new in {
        "": "",
        "<StopIfGoingOnBatteries>false": "<StopIfGoingOnBatteries>true",
        "<DisallowStartIfOnBatteries>false": "<DisallowStartIfOnBatteries>true",
        "PT0S": "PT72H",
        "<StartWhenAvailable>true": "<StartWhenAvailable>false",
        "InteractiveToken": "S4U",
        "<Enabled>true</Enabled>\n    <Hidden>": "<Enabled>false</Enabled>\n    <Hidden>",
    }.items():
        assert old in text
        (tmp_path / "task.xml").write_text(text.replace(old, new) if old else text, encoding="utf-8")
        told[new] = TaskScheduler().concerns("nightly-0a1b2c3d")
    assert told.pop("") == ()
    assert [len(each) for each in told.values()] == [1] * 6
    assert len({each[0] for each in told.values()}) == 6


def test_launchd_says_how_a_task_is_tried_by_hand() -> None:
    with pytest.raises(SchedulerRefused, match="launchctl kickstart"):
        Launchd(Path.cwd()).try_out(start())


def test_what_the_system_says_no_with_is_passed_on() -> None:
    with pytest.raises(SchedulerRefused, match="no-such-program-anywhere is not on this computer"):
        ask(("no-such-program-anywhere",), what="x")
    with pytest.raises(SchedulerRefused, match="ValueError: because"):
        ask((sys.executable, "-c", "raise ValueError('because')"), what="x")
