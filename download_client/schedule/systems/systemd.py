"""A timer of the user's systemd: starts what was missed, ends nothing early; it runs while nobody is logged on only
with lingering (`loginctl enable-linger`).

Source: systemd.timer(5), systemd.service(5), systemd.unit(5).
"""

from __future__ import annotations

import getpass
import os
from pathlib import Path

from download_client.errors import SchedulerRefused
from download_client.schedule.systems.start import Registration, Start, ask


class Systemd:
    """`systemctl --user`, and units in the user's own folder."""

    name = "systemd"

    def __init__(self, folder: Path | None = None) -> None:
        base = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
        self._folder = folder or base / "systemd" / "user"

    def files(self, start: Start) -> dict[str, str]:
        """A service and its timer."""
        times = "\n".join(f"OnCalendar=*-*-* {at:%H:%M}:00" for at in start.times)
        environment = "".join(f"Environment={_quoted(f'{key}={value}')}\n" for key, value in start.environment.items())
        service = f"""[Unit]
Description={_plain(start.title)}
After=network-online.target

[Service]
Type=oneshot
ExecStart={" ".join(map(_quoted, start.command))}
{environment}TimeoutStartSec=infinity
Nice=5
"""
        timer = f"""[Unit]
Description={_plain(start.title)}

[Timer]
{times}
Persistent=true
AccuracySec=1min

[Install]
WantedBy=timers.target
"""
        return {f"{_unit(start.key)}.service": service, f"{_unit(start.key)}.timer": timer}

    def register(self, start: Start) -> None:
        """Write the units, let systemd read them, start the timer."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            for name, text in self.files(start).items():
                (self._folder / name).write_text(text, encoding="utf-8")
        except OSError as error:
            raise SchedulerRefused(f"the unit cannot be written ({error.strerror})", subject=start.title) from error
        self._systemctl("daemon-reload")
        self._systemctl("enable", "--now", f"{_unit(start.key)}.timer")

    def unregister(self, key: str) -> None:
        """Stop the timer and take the units away."""
        timer, service = (self._folder / f"{_unit(key)}.{kind}" for kind in ("timer", "service"))
        if not timer.exists() and not service.exists():
            return
        self._systemctl("disable", "--now", timer.name)
        timer.unlink(missing_ok=True)
        service.unlink(missing_ok=True)
        self._systemctl("daemon-reload")

    def look(self, key: str) -> Registration:
        """Whether the timer is active."""
        if not (self._folder / f"{_unit(key)}.timer").exists():
            return Registration(registered=False, detail="no timer")
        try:
            return Registration(registered=True, detail=self._systemctl("is-active", f"{_unit(key)}.timer").strip())
        except SchedulerRefused as error:
            return Registration(registered=False, detail=error.detail)

    def concerns(self, key: str) -> tuple[str, ...]:
        """Without lingering it starts only while its user is logged on."""
        try:
            told = ask(("loginctl", "show-user", getpass.getuser(), "--property=Linger", "--value"), what=key).strip()
        except SchedulerRefused:
            return ("whether it runs while nobody is logged on is not known; `loginctl enable-linger` sees to it",)
        return () if told == "yes" else ("it runs only while you are logged on; `loginctl enable-linger` changes that",)

    def try_out(self, start: Start) -> str:
        """A service of the moment, of the same manager, with the same settings."""
        sets = [f"--setenv={key}={value}" for key, value in start.environment.items()]
        words = ("--user", "--wait", "--pipe", "--collect", "--quiet", "--property=Nice=5", *sets)
        return ask(("systemd-run", *words, "--", *start.command), what=start.title, says_no=False)

    def _systemctl(self, *words: str) -> str:
        return ask(("systemctl", "--user", *words), what=" ".join(words))


def _unit(key: str) -> str:
    return f"mir-download-{key}"


def _plain(text: str) -> str:
    return text.replace("%", "%%").replace("\n", " ")


def _quoted(word: str) -> str:
    r"""A word as systemd reads it back: quotes, backslashes, `%` (specifiers) and `$` (variables) mean themselves."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{escaped}"'
