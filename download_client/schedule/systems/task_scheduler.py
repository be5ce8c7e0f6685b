"""A task of Windows' Task Scheduler: run when the user is logged on, for the keyring opens only then.

Source: [MS-TSCH] 2.5 (task XML); elements stand in the schema's order where it has one. "Whether logged on or not"
needs the account's password, which Windows asks for (`schtasks /RU /RP`); S4U is never used: it reaches neither keyring
nor shares.
"""

from __future__ import annotations

import html
import re
import subprocess
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from download_client.errors import SchedulerRefused
from download_client.schedule.systems.start import Registration, Start, ask

_FOLDER = "MIR Download Client"
_PATIENCE = 180.0
_STEP = 0.25
_CONCERNS = (
    (r"<DisallowStartIfOnBatteries>true<", "on battery it does not start"),
    (r"<StopIfGoingOnBatteries>true<", "on battery it is ended"),
    (r"<ExecutionTimeLimit>(?!PT0S<)", "a time limit ends it"),
    (r"<StartWhenAvailable>false<", "a start that was missed is not made up for"),
    (r"<LogonType>S4U<", "it runs as S4U, which reaches neither keyring nor shares"),
    (r"<Settings>[\s\S]*?<Enabled>false<", "it is switched off"),
)
"""What in a task keeps it from being what was asked for, and how that is told."""
_TO_DOUBLE = re.compile(r'(\\*)("|$)')
_TRIGGER = """    <CalendarTrigger>
      <Enabled>true</Enabled>
      <StartBoundary>2026-01-01T{at:%H:%M}:00</StartBoundary>
      <ScheduleByDay>
        <DaysInterval>1</DaysInterval>
      </ScheduleByDay>
    </CalendarTrigger>"""
_TASK = """<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.3" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>{title}</Description>
  </RegistrationInfo>
  <Triggers>
{triggers}
  </Triggers>
  <Principals>
    <Principal id="Author">
      <LogonType>InteractiveToken</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <AllowHardTerminate>true</AllowHardTerminate>
    <StartWhenAvailable>true</StartWhenAvailable>
    <RunOnlyIfNetworkAvailable>true</RunOnlyIfNetworkAvailable>
    <IdleSettings>
      <StopOnIdleEnd>false</StopOnIdleEnd>
      <RestartOnIdle>false</RestartOnIdle>
    </IdleSettings>
    <AllowStartOnDemand>true</AllowStartOnDemand>
    <Enabled>true</Enabled>
    <Hidden>false</Hidden>
    <RunOnlyIfIdle>false</RunOnlyIfIdle>
    <WakeToRun>true</WakeToRun>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
    <Priority>7</Priority>
    <RestartOnFailure>
      <Interval>PT15M</Interval>
      <Count>8</Count>
    </RestartOnFailure>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>{command}</Command>
      <Arguments>{arguments}</Arguments>
    </Exec>
  </Actions>
</Task>
"""


class TaskScheduler:
    """`schtasks.exe`, and tasks in a folder of their own."""

    name = "Task Scheduler"

    def files(self, start: Start) -> dict[str, str]:
        """One task, as its XML. A home of its own goes along as an argument of `cmd`: a task has no environment."""
        program, *words = start.command
        if start.environment:
            sets = " && ".join(f'set "{key}={value}"' for key, value in start.environment.items())
            arguments = f'/d /s /c "{sets} && {_line_of_cmd(start.command)}"'
            program = "cmd.exe"
        else:
            arguments = subprocess.list2cmdline(words)
        text = _task_xml(start, program=program, arguments=arguments)
        return {f"{start.key}.xml": text}

    def register(self, start: Start) -> None:
        """Create the task from its XML."""
        ((name, text),) = self.files(start).items()
        with tempfile.TemporaryDirectory(prefix="mir-download-") as folder:
            path = Path(folder) / name
            try:
                path.write_text(text, encoding="utf-16")
            except OSError as error:
                raise SchedulerRefused(f"the task cannot be written ({error.strerror})", subject=start.title) from error
            ask(("schtasks", "/Create", "/TN", _task(start.key), "/XML", str(path), "/F"), what=start.title)

    def unregister(self, key: str) -> None:
        """Delete the task."""
        if self.look(key).registered:
            ask(("schtasks", "/Delete", "/TN", _task(key), "/F"), what=key)

    def look(self, key: str) -> Registration:
        """Whether the task is there."""
        try:
            ask(("schtasks", "/Query", "/TN", _task(key)), what=key)
        except SchedulerRefused as error:
            return Registration(registered=False, detail=error.detail)
        return Registration(registered=True, detail="registered")

    def concerns(self, key: str) -> tuple[str, ...]:
        """What somebody may have changed in the task since."""
        said = ask(("schtasks", "/Query", "/TN", _task(key), "/XML"), what=key)
        return tuple(sentence for pattern, sentence in _CONCERNS if re.search(pattern, said))

    def try_out(self, start: Start) -> str:
        """A task of the moment, with the same settings, whose output goes to a file; taken out again."""
        with tempfile.TemporaryDirectory(prefix="mir-download-", ignore_cleanup_errors=True) as folder:
            said, ended = Path(folder) / "said", Path(folder) / "ended"
            sets = "".join(f'set "{key}={value}" && ' for key, value in start.environment.items())
            line = f'/d /s /c "{sets}{_line_of_cmd(start.command)} > "{said}" 2>nul & echo ended > "{ended}""'
            text = _task_xml(start, program="cmd.exe", arguments=line)
            path = Path(folder) / "task.xml"
            try:
                path.write_text(text, encoding="utf-16")
                ask(("schtasks", "/Create", "/TN", _task(start.key), "/XML", str(path), "/F"), what=start.title)
                ask(("schtasks", "/Run", "/TN", _task(start.key)), what=start.title)
                until = time.monotonic() + _PATIENCE
                while not ended.exists() and time.monotonic() < until:
                    time.sleep(_STEP)
                return said.read_text(encoding="utf-8", errors="replace")
            except OSError as error:
                raise SchedulerRefused(f"the task left no word ({error.strerror})", subject=start.title) from error
            finally:
                self.unregister(start.key)


def _task_xml(start: Start, *, program: str, arguments: str) -> str:
    return _TASK.format(
        title=html.escape(start.title, quote=False),
        triggers="\n".join(_TRIGGER.format(at=at) for at in start.times),
        command=html.escape(program, quote=False),
        arguments=html.escape(arguments, quote=False),
    )


def _line_of_cmd(words: Iterable[str]) -> str:
    """A command line as `cmd` and the program both read it: every word in quotes, or ``&`` in a folder would end it.

    A quote in a word is doubled: to `cmd` it ends the quotes and begins them again, to the program it is one.
    """
    return " ".join(f'"{_TO_DOUBLE.sub(_doubled, word)}"' for word in words)


def _doubled(found: re.Match[str]) -> str:
    """Backslashes count only in front of a quote, ours at the end included."""
    return found[1] * 2 + found[2] * 2


def _task(key: str) -> str:
    return f"\\{_FOLDER}\\{key}"
