"""What every command is given: its options, its output, its engine; it decides how this one command signs in."""

from __future__ import annotations

import argparse
import getpass
import sys
import threading
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from functools import cached_property
from zoneinfo import ZoneInfo

from download_client.cli.output import Output
from download_client.cli.reading import read_criteria
from download_client.credentials import MemoryVault, Secret
from download_client.engine import Client, Engine, Password, SignIn
from download_client.errors import UsageError
from download_client.model import Criteria
from download_client.settings import Paths, Settings, local_zone, table

_LONGEST_PASSWORD = 4096
_OWN_SECRET = ("sign-in", "alarm")
"""Commands whose --password-stdin is for themselves."""


@dataclass
class Context:
    """One command at work. `stop` is set by Ctrl+C and by a request to terminate."""

    options: argparse.Namespace
    output: Output
    stop: threading.Event
    _closing: ExitStack = field(default_factory=ExitStack)

    @cached_property
    def paths(self) -> Paths:
        """Our own folders."""
        return Paths.of_user()

    @cached_property
    def settings(self) -> Settings:
        """The settings in force."""
        return Settings.load(self.paths)

    @property
    def log_level(self) -> str:
        """How much the log file tells; settings that cannot be read are named by who needs them, not by the log."""
        try:
            return self.settings.get(table.LOG_LEVEL)
        except UsageError:
            return table.LOG_LEVEL.default

    @cached_property
    def profile(self) -> str:
        """The profile meant: the option's, else the setting's."""
        name: str | None = self.options.profile
        return name or self.settings.get(table.PROFILE)

    @cached_property
    def engine(self) -> Engine:
        """The engine of the profile, signed in for this command alone where the command says so."""
        once = self._sign_in_once()
        engine = Engine(
            paths=self.paths,
            settings=self.settings,
            profile=self.profile,
            vault=MemoryVault() if once is not None else None,
            stop=self.stop,
        )
        self._closing.callback(engine.close)
        if once is not None:
            engine.sign_in(once)
        return engine

    @cached_property
    def zone(self) -> tzinfo:
        """In which times are typed and shown: the setting's, or the computer's own."""
        name = self.settings.get(table.TIME_ZONE)
        if name != "account":
            return ZoneInfo(name)
        return local_zone()

    def criteria(self) -> Criteria:
        """The criteria of the command line, or those of the saved search it names."""
        typed = read_criteria(self.options, now=datetime.now(UTC), zone=self.zone)
        name = getattr(self.options, "search", None)
        if name is None:
            return typed
        if typed != Criteria():
            raise UsageError("--search takes the place of criteria; give one or the other")
        return self.engine.saved.find(name).criteria

    def password(self, prompt: str) -> Secret:
        """From standard input with --password-stdin, else asked on the terminal; never an argument.

        Raises:
            UsageError: nobody can be asked, or nothing was given.

        """
        if self.options.password_stdin:
            text = _piped_line().rstrip("\r\n")
        elif sys.stdin.isatty():
            text = getpass.getpass(prompt, stream=sys.stderr)
        else:
            raise UsageError("there is no terminal to ask on; give the password with --password-stdin")
        if not text:
            raise UsageError("the password is empty")
        return Secret(text)

    def close(self) -> None:
        """Let go of what the command held."""
        self._closing.close()

    def _sign_in_once(self) -> SignIn | None:
        options = self.options
        if options.command in _OWN_SECRET or not getattr(options, "password_stdin", False):
            if options.command not in _OWN_SECRET and (
                getattr(options, "server", None) or getattr(options, "user", None)
            ):
                raise UsageError("--server and --user sign in for one command; they need --password-stdin as well")
            return None
        server = options.server or self.settings.get(table.SERVER_URL)
        if not server or not options.user:
            raise UsageError("--password-stdin signs in for one command; it needs --server and --user as well")
        secret = self.password("")
        if options.client_credentials:
            return Client(server=server, client_id=options.user, secret=secret)
        return Password(server=server, user=options.user, password=secret)


def _piped_line() -> str:
    """The first line of standard input, in UTF-8 or else as this system writes text (a code page on Windows)."""
    binary = getattr(sys.stdin, "buffer", None)
    if binary is None:
        return sys.stdin.readline(_LONGEST_PASSWORD)
    line: bytes = binary.readline(_LONGEST_PASSWORD)
    for encoding in ("utf-8-sig", sys.stdin.encoding):
        try:
            return line.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UsageError("the password on standard input is no text in UTF-8")
