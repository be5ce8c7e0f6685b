"""Runs one command and measures it; it does not know what the command does."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_LAUNCH = Path(__file__).with_name("launch.py")


class BenchFailed(Exception):
    """A tool failed or did not do what it was measured for; figures would be worth nothing."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one command cost: seconds on the wall, processor seconds of the process and its children, peak bytes."""

    seconds: float
    processor: float
    rss: int
    output: str


@dataclass(frozen=True, slots=True)
class Spread:
    """Several runs of one thing: median, least and most seconds; medians of processor seconds and peak bytes."""

    seconds: float
    least: float
    most: float
    processor: float
    rss: int
    runs: int

    @classmethod
    def of(cls, costs: Sequence[Cost]) -> Spread:
        """The spread of at least one run."""
        seconds = [cost.seconds for cost in costs]
        return cls(
            seconds=statistics.median(seconds),
            least=min(seconds),
            most=max(seconds),
            processor=statistics.median(cost.processor for cost in costs),
            rss=int(statistics.median(cost.rss for cost in costs)),
            runs=len(costs),
        )


def measure(
    command: Sequence[str | Path],
    *,
    scratch: Path,
    environment: Mapping[str, str] | None = None,
    given: str = "",
    codes: Sequence[int] = (0,),
) -> Cost:
    """Run it to its end; `given` is its standard input.

    Raises:
        BenchFailed: its exit code is none of `codes`.

    """
    report = scratch / "cost.json"
    report.unlink(missing_ok=True)
    found = shutil.which(str(command[0]))
    if found is None:
        raise BenchFailed(f"{command[0]}: there is no such command")
    words = [sys.executable, "-I", "-S", _LAUNCH, report, found, *command[1:]]
    ended = subprocess.run(
        words, input=given, capture_output=True, text=True, env={**os.environ, **(environment or {})}, check=False
    )
    if ended.returncode not in codes:
        raise BenchFailed(f"{command[0]} ended with {ended.returncode}: {(ended.stderr or ended.stdout)[-2000:]}")
    said = json.loads(report.read_bytes())
    return Cost(said["seconds"], said["user"] + said["system"], said["rss"], ended.stdout)
