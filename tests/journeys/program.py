"""The real program with a home, an archive and a user: in a process of its own, or by its front door in this one."""

from __future__ import annotations

import _thread
import io
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from download_client.cli import main
from mir_sandbox.remote import Sandbox, StandingFault, User

DEADLINE = 90.0
"""Seconds after which a command has not ended (I8)."""


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """The one object on standard output."""
        read: dict[str, Any] = json.loads(self.out)
        return read


@dataclass(frozen=True)
class Program:
    """`mir-download` for one user, below one folder. `archive` and `home` (our own files) are siblings in it."""

    folder: Path
    sandbox: Sandbox
    user: User
    environment: Mapping[str, str] = field(default_factory=dict)
    server: str = ""

    @property
    def archive(self) -> Path:
        return self.folder / "archive"

    @property
    def home(self) -> Path:
        return self.folder / "home"

    def as_user(self, user: User) -> Program:
        return replace(self, user=user)

    def settings(self, values: Mapping[str, object]) -> None:
        """Written as a user would write them."""
        lines = [f"{name} = {json.dumps(value)}" for name, value in values.items()]
        (self.home / "config").mkdir(parents=True, exist_ok=True)
        (self.home / "config" / "settings.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")

    def command(self, *words: str, signs_in: bool = True) -> list[str]:
        command = [sys.executable, "-m", "download_client", *words]
        if signs_in:
            server = self.server or self.sandbox.base_url
            command += ["--server", server, "--user", self.user.username, "--password-stdin"]
            if self.user.role == "serviceAccount":
                command.append("--client-credentials")
        return command

    def surroundings(self) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if "proxy" not in k.lower()}
        return {**kept, "MIR_DOWNLOAD_HOME": str(self.home), "PYTHONWARNINGS": "error", **self.environment}

    def start(self, *words: str, signs_in: bool = True, start_new_session: bool = False) -> subprocess.Popen[str]:
        """Begin a command; its password is already on its standard input."""
        process = subprocess.Popen(
            self.command(*words, signs_in=signs_in),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env=self.surroundings(),
            start_new_session=start_new_session,
        )
        assert process.stdin is not None
        if signs_in:
            process.stdin.write(self.user.password + "\n")
        process.stdin.close()
        process.stdin = None
        return process

    def run(self, *words: str, signs_in: bool = True, deadline: float = DEADLINE) -> Ended:
        """A whole command."""
        with self.start(*words, signs_in=signs_in) as process:
            try:
                out, err = process.communicate(timeout=deadline)
            except subprocess.TimeoutExpired:
                process.kill()
                out, err = process.communicate()
                raise AssertionError(f"{words} had not ended after {deadline} s\n{out}\n{err}") from None
        assert "Traceback" not in err, err
        return Ended(process.returncode, out, err)

    def here(self, *words: str, signs_in: bool = True) -> Ended:
        """A whole command within this process: the same program without the second that a new process costs.

        For trials of what a command says and does; those of its life and death take `run` and `start`.
        """
        given = self.user.password + "\n" if signs_in else ""
        return here(self.command(*words, signs_in=signs_in)[3:], given=given, environment=self.surroundings())

    def pull_here(self, *words: str) -> Ended:
        """A pull with --json into the archive, within this process."""
        return self.here(*pull_words(self, *words))

    def pull(self, *words: str, deadline: float = DEADLINE) -> Ended:
        """A pull with --json into the archive."""
        return self.run("pull", "--archive", str(self.archive), "--accept-risk", "--json", *words, deadline=deadline)


def here(words: Sequence[str], *, given: str, environment: Mapping[str, str]) -> Ended:
    """A whole command within this process, with that on its standard input and in its environment."""
    out, err, before = io.StringIO(), io.StringIO(), (sys.stdin, os.environ.copy())
    # What hangs is stopped as by Ctrl+C, and then fails by its exit code (I8).
    watchdog = threading.Timer(DEADLINE, _interrupt)
    watchdog.daemon = True
    watchdog.start()
    sys.stdin = io.StringIO(given)
    os.environ.clear()
    os.environ.update(environment)
    try:
        with redirect_stdout(out), redirect_stderr(err):
            code = main(words)
    finally:
        watchdog.cancel()
        sys.stdin = before[0]
        os.environ.clear()
        os.environ.update(before[1])
    assert "Traceback" not in err.getvalue(), err.getvalue()
    return Ended(code, out.getvalue(), err.getvalue())


def pull_words(program: Program, *words: str) -> Sequence[str]:
    """The words of a pull, for `start`."""
    return ("pull", "--archive", str(program.archive), "--accept-risk", "--json", *words)


def _interrupt() -> None:
    """As Ctrl+C does, from a thread; on Windows `os.kill` would end the process there and then."""
    if sys.platform == "win32":
        _thread.interrupt_main()
    else:
        os.kill(os.getpid(), signal.SIGINT)


@contextmanager
def in_the_middle(
    program: Program, *words: str, home: int = 4, signs_in: bool = True
) -> Iterator[tuple[subprocess.Popen[str], StandingFault]]:
    """A pull in a process of its own, which stands still after some recordings until the fault is let go."""
    with (
        program.sandbox.fault("stall", {"after": 100}, where={"route": "content"}, skip=home) as stall,
        program.start(*pull_words(program, *words), signs_in=signs_in) as process,
    ):
        try:
            stall.wait(waiting=1)
            yield process, stall
        finally:
            if process.poll() is None:
                process.kill()


def end_of(process: subprocess.Popen[str], *, seconds: float = DEADLINE) -> Ended:
    """How a command that was begun ends. Raises `subprocess.TimeoutExpired`."""
    out, err = process.communicate(timeout=seconds)
    assert "Traceback" not in err, err
    return Ended(process.returncode, out, err)
