"""The main job, watched: sign in to the stand-in service, search, pull, be killed, resume, verify.

`python -m mir_sandbox.demo DIR`. It drives the program `mir-download` as a person would, by its command line only.
Not promised: the same seconds twice; the recordings are always the same.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from mir_sandbox.remote import Sandbox, User

_PROGRAM = (sys.executable, "-m", "download_client")
_KILL_AT = 0.4
_LOOK = 0.05


class Demonstration:
    """One walk. Everything it writes lies below `folder`."""

    def __init__(self, folder: Path, sandbox: Sandbox, *, rate: str) -> None:
        self._folder = folder
        self._archive = folder / "Recordings"
        self._sandbox = sandbox
        self._rate = rate
        self._user: User = sandbox.user(access_level="all")
        # Wherever somebody has put this repository, the demonstration may write there.
        self._pull = ("pull", "--from", "30d", "--archive", str(self._archive), "--accept-risk")
        self._environment = {**os.environ, "MIR_DOWNLOAD_HOME": str(folder / "home")}

    def walk(self) -> int:
        """All steps; answers the exit code."""
        if self._sandbox.ca_file is not None:
            self._run("settings", "network.ca_file", str(self._sandbox.ca_file), "--quiet", signs_in=False, show=False)
        self._title("Who am I, and what may I see?")
        self._run("whoami")
        self._title("How much is there? (nothing is downloaded)")
        self._run("search", "--from", "30d", "--count")
        self._title("Bring it home, and be killed on the way")
        wanted = self._wanted()
        self._killed(round(wanted * _KILL_AT))
        here = self._recordings()
        print(f"\nKilled without warning, {here} of {wanted} recordings were home.", flush=True)
        self._title("Once more: it goes on where it was")
        # One or other made-up recording has expired at the service: that is told once, and ends the first run partial.
        self._run(*self._pull, "--limit-rate", self._rate, may=(0, 3))
        self._title("Read everything again and prove it")
        self._run("verify", str(self._archive), signs_in=False)
        self._title("And a third time: nothing is left to do")
        last = self._json(*self._pull)
        print(f"{last['skipped']} home already, {last['content_requests']} downloads, {last['seconds']} s")
        found, tables = self._recordings(), len(list(self._archive.rglob("20*/**/*.csv")))
        good = found == wanted == tables and last["content_requests"] == 0
        print(f"\n{found} of {wanted} recordings, each once and each with its CSV: {self._archive}")
        if not good:
            print("That is not as it should be.")
        return 0 if good else 1

    def _killed(self, after: int) -> None:
        command = [*_PROGRAM, *self._signed(*self._pull)]
        with subprocess.Popen(
            [*command, "--limit-rate", self._rate], stdin=subprocess.PIPE, text=True, env=self._environment
        ) as process:
            assert process.stdin is not None  # noqa: S101 - asked for above
            process.stdin.write(self._user.password + "\n")
            process.stdin.close()
            while process.poll() is None and self._recordings() < after:
                time.sleep(_LOOK)
            if process.poll() not in (None, 0, 3):
                raise SystemExit(process.returncode)
            process.kill()

    def _wanted(self) -> int:
        forecast = self._json(*self._pull, "--dry-run")
        return int(forecast["listed"]) - int(forecast["unavailable"])

    def _recordings(self) -> int:
        return sum(1 for _ in self._archive.rglob("20*/**/*.wav"))

    def _json(self, *words: str) -> dict[str, int]:
        done = subprocess.run(
            [*_PROGRAM, *self._signed(*words), "--json"],
            input=self._user.password + "\n",
            capture_output=True,
            text=True,
            env=self._environment,
            check=False,
        )
        read: dict[str, int] = json.loads(done.stdout)
        return read

    def _run(self, *words: str, signs_in: bool = True, show: bool = True, may: Sequence[int] = (0,)) -> None:
        if show:
            print(f"$ mir-download {' '.join(words)}", flush=True)
        done = subprocess.run(
            [*_PROGRAM, *(self._signed(*words) if signs_in else words)],
            input=self._user.password + "\n" if signs_in else None,
            stdout=None if show else subprocess.DEVNULL,
            text=True,
            env=self._environment,
            check=False,
        )
        if done.returncode not in may:
            raise SystemExit(done.returncode)

    def _signed(self, *words: str) -> list[str]:
        return [*words, "--server", self._sandbox.base_url, "--user", self._user.username, "--password-stdin"]

    def _title(self, text: str) -> None:
        print(f"\n{text}", flush=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the command line and walk."""
    parser = argparse.ArgumentParser("python -m mir_sandbox.demo", description=__doc__)
    parser.add_argument("folder", type=Path, help="a new folder for everything it writes")
    parser.add_argument("--conversations", type=int, default=2000, help="size of the made-up account (%(default)s)")
    parser.add_argument("--rate", default="8MB", help="download no faster than this, so that it can be watched")
    options = parser.parse_args(arguments)
    folder: Path = options.folder
    if folder.exists() and any(folder.iterdir()):
        parser.error(f"{folder} is not empty; name a new folder")
    folder.mkdir(parents=True, exist_ok=True)
    with Sandbox.start(conversations=options.conversations, tls=True) as sandbox:
        return Demonstration(folder.resolve(), sandbox, rate=options.rate).walk()


if __name__ == "__main__":
    sys.exit(main())
