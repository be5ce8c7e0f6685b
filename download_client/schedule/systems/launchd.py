"""An agent of launchd: starts once after sleep what was missed meanwhile; only while its user is logged on.

Source: launchd.plist(5). Not run on macOS.
"""

from __future__ import annotations

import os
import plistlib
from pathlib import Path

from download_client.errors import SchedulerRefused
from download_client.schedule.systems.start import Registration, Start, ask


class Launchd:
    """`launchctl`, and agents in the user's own folder."""

    name = "launchd"

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or Path.home() / "Library" / "LaunchAgents"

    def files(self, start: Start) -> dict[str, str]:
        """One property list."""
        content = {
            "Label": _label(start.key),
            "ProgramArguments": list(start.command),
            "EnvironmentVariables": start.environment,
            "StartCalendarInterval": [{"Hour": at.hour, "Minute": at.minute} for at in start.times],
            "ProcessType": "Background",
            "LowPriorityIO": True,
        }
        return {f"{_label(start.key)}.plist": plistlib.dumps(content).decode()}

    def register(self, start: Start) -> None:
        """Write the agent and load it."""
        self.unregister(start.key)
        ((name, text),) = self.files(start).items()
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            (self._folder / name).write_text(text, encoding="utf-8")
        except OSError as error:
            raise SchedulerRefused(f"the agent cannot be written ({error.strerror})", subject=start.title) from error
        ask(("launchctl", "bootstrap", _domain(), str(self._folder / name)), what=start.title)

    def unregister(self, key: str) -> None:
        """Unload it and take it away."""
        path = self._folder / f"{_label(key)}.plist"
        if path.exists():
            if self.look(key).registered:
                ask(("launchctl", "bootout", f"{_domain()}/{_label(key)}"), what=key)
            path.unlink(missing_ok=True)

    def look(self, key: str) -> Registration:
        """Whether launchd knows it."""
        try:
            ask(("launchctl", "print", f"{_domain()}/{_label(key)}"), what=key)
        except SchedulerRefused as error:
            return Registration(registered=False, detail=error.detail)
        return Registration(registered=True, detail="loaded")

    def concerns(self, key: str) -> tuple[str, ...]:  # noqa: ARG002 - as of every system
        """An agent is its user's session's."""
        return ("it runs only while you are logged on",)

    def try_out(self, start: Start) -> str:
        """Not done: how it is done by hand."""
        how = f"launchctl kickstart -p {_domain()}/{_label(start.key)}"
        raise SchedulerRefused(
            f"launchd is not asked that from here; `{how}` starts the agent now", subject=start.title
        )


def _label(key: str) -> str:
    return f"com.github.mir-download-client.{key}"


def _domain() -> str:
    return f"gui/{os.getuid() if hasattr(os, 'getuid') else 0}"
