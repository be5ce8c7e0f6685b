"""The window at a million rows: how long a listing takes, its orders, its frames; and its start to the first frame."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.measure import BenchFailed
from bench.million import CONVERSATIONS
from mir_sandbox.remote import Sandbox

_UNLIMITED = ["--tiny", "--search-rate", "0/0", "--content-rate", "0/0", "--sign-in-rate", "0/0"]
_STARTS = 7


@dataclass(frozen=True, slots=True)
class Window:
    """`frames` is what `bench.frames` found, times in seconds; `starts` seconds from the command to the first frame."""

    frames: dict[str, Any]
    starts: list[float]

    @property
    def first_frame(self) -> float:
        """The median, the first start (cold) left out."""
        return statistics.median(self.starts[1:])


def window(*, place: Path, conversations: int = CONVERSATIONS) -> Window:
    """Measure against a service with so many conversations."""
    scratch = place / "scratch-window"
    shutil.rmtree(scratch, ignore_errors=True)
    options = [*_UNLIMITED, "--store", str(place / f"account-{conversations}.db")]
    with Sandbox.start(conversations=conversations, options=options, seconds=1_200) as sandbox:
        user = sandbox.user(access_level="all")
        given = {
            "server": sandbox.base_url,
            "user": user.username,
            "password": user.password,
            "ca_file": str(sandbox.ca_file or ""),
            "folder": str(scratch / "listing"),
        }
        ended = subprocess.run(
            [sys.executable, "-m", "bench.frames"],
            input=json.dumps(given) + "\n",
            capture_output=True,
            text=True,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
            check=False,
        )
    if ended.returncode:
        raise BenchFailed(f"bench.frames ended with {ended.returncode}: {ended.stderr[-2000:]}")
    starts = [_start(scratch / "start") for _ in range(_STARTS)]
    shutil.rmtree(scratch, ignore_errors=True)
    return Window(json.loads(ended.stdout), starts)


_FIRST_FRAME = """
import sys, time
from ui.program import Program
from PySide6.QtWidgets import QApplication
from download_client.settings import Paths
app = QApplication([])
program = Program(app, paths=Paths.of_user(), profile="default")
program.window.first_shown.connect(lambda: (print(time.time()), sys.stdout.flush(), app.quit()))
program.window.show()
app.exec()
program.close()
"""


def _start(home: Path) -> float:
    """Seconds from the command to the first frame of the window, nobody signed in."""
    begun = time.time()
    ended = subprocess.run(
        [sys.executable, "-c", _FIRST_FRAME],
        capture_output=True,
        text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "MIR_DOWNLOAD_HOME": str(home)},
        check=False,
    )
    if ended.returncode or not ended.stdout.strip():
        raise BenchFailed(f"the window did not start: {ended.stderr[-2000:]}")
    return float(ended.stdout.split()[0]) - begun
