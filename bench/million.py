"""Memory while a million conversations are listed, watched over time: it must not grow with the listing."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from bench.measure import BenchFailed
from bench.tools import PROGRAM
from mir_sandbox.remote import Sandbox

CONVERSATIONS = 1_000_000
DRY = "pull --dry-run"
REAL = "pull --limit-rate 1000"
_UNLIMITED = ["--tiny", "--search-rate", "0/0", "--content-rate", "0/0", "--sign-in-rate", "0/0"]
_BETWEEN = 0.25
_ENDS_WITHIN = 3_600.0


@dataclass(frozen=True, slots=True)
class Memory:
    """Resident bytes while `listed` recordings were listed in `seconds`: the most in each tenth of that time."""

    how: str
    listed: int
    seconds: float
    tenths: list[int]

    @property
    def most(self) -> int:
        """The peak."""
        return max(self.tenths)

    @property
    def growth(self) -> int:
        """From the second tenth, when everything is loaded, to the last."""
        return self.tenths[-1] - self.tenths[1]


def million(*, place: Path, conversations: int = CONVERSATIONS) -> list[Memory]:
    """List the whole account twice: to say what a pull would do, and for a pull that hardly fetches anything."""
    options = [*_UNLIMITED, "--store", str(place / f"account-{conversations}.db")]
    with Sandbox.start(conversations=conversations, tls=True, options=options, seconds=1_200) as sandbox:
        return [_watch(sandbox, place / "scratch-million", how) for how in (DRY, REAL)]


def _watch(sandbox: Sandbox, scratch: Path, how: str) -> Memory:
    shutil.rmtree(scratch, ignore_errors=True)
    settings = scratch / "own" / "config" / "settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text(f'[network]\nca_file = "{sandbox.ca_file}"\n', encoding="utf-8")
    user = sandbox.user(access_level="all")
    sign_in = ["--server", sandbox.base_url, "--user", user.username, "--password-stdin"]
    words = [*PROGRAM, *how.split(), "--archive", str(scratch / "archive"), "--accept-risk", "--from", "420d"]
    process = subprocess.Popen(
        [*words, "--json", "--quiet", "--concurrency", "1", *sign_in],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "MIR_DOWNLOAD_HOME": str(scratch / "own")},
        text=True,
    )
    if process.stdin is not None:
        process.stdin.write(user.password + "\n")
        process.stdin.close()
    listed_all: Callable[[], bool] = (lambda: False) if how == DRY else (lambda: _all_listed(scratch / "own" / "data"))
    samples, seconds = _sample(process, listed_all)
    process.send_signal(signal.SIGTERM)
    said = json.loads(process.stdout.read()) if process.stdout is not None else {}
    process.wait()
    shutil.rmtree(scratch, ignore_errors=True)
    return Memory(how, said["listed"], seconds, _tenths(samples))


def _sample(process: subprocess.Popen[str], enough: Callable[[], bool]) -> tuple[list[int], float]:
    begun = time.monotonic()
    samples: list[int] = []
    while process.poll() is None and not (len(samples) % 8 == 7 and enough()):
        samples.append(_resident(process.pid))
        if time.monotonic() - begun > _ENDS_WITHIN:
            process.kill()
            raise BenchFailed("the listing does not end")
        time.sleep(_BETWEEN)
    return [sample for sample in samples if sample], time.monotonic() - begun


def _resident(pid: int) -> int:
    try:
        for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0


def _tenths(samples: list[int]) -> list[int]:
    edges = [len(samples) * number // 10 for number in range(11)]
    return [max(samples[left:right]) for left, right in pairwise(edges)]


def _all_listed(data: Path) -> bool:
    """Whether the ledger says that every window of the run was read to its end."""
    for path in data.glob("ledgers/*.sqlite3"):
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            row = connection.execute("SELECT count(*), total(done) FROM run_window").fetchone()
            return bool(row[0]) and int(row[1]) == int(row[0])
    return False
