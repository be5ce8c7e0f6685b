"""Killed with SIGKILL at each step of placing: what the archive tells, and doing it again, come to the same end."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from download_client.archive import Archive, Placed
from tests.archive.mortal import forking
from tests.archive.rig import findings, finished, held, make, placed, reopen, sound
from tests.windows import forks

BATCHES = 2
PER_BATCH = 2

PLACER = """
import os, sys
from pathlib import Path
from download_client.archive import Archive
from download_client.retry import SystemClock
from tests.archive.mortal import Mortal
from tests.archive.rig import finished

root, per_batch, batches = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])

def place(first):
    archive = Archive.open(root, clock=SystemClock(), files=Mortal())
    with archive.lock("killed"):
        for batch in range(batches):
            archive.place([finished(archive, first + batch * per_batch + number) for number in range(per_batch)])
            print(batch, flush=True)

for line in sys.stdin:
    first, Mortal.left = map(int, line.split())
    child = os.fork()
    if child == 0:
        place(first)
        os._exit(0)
    print("ended", os.waitpid(child, 0)[1], flush=True)
"""


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """An archive to be killed in."""
    return make(tmp_path / "a")


@pytest.fixture
def placer(archive: Archive) -> Iterator[subprocess.Popen[str]]:
    """A process that forks one child per trial: a child places batches and dies at the step it was told."""
    with forking(PLACER, str(archive.root), str(PER_BATCH), str(BATCHES)) as process:
        yield process


def kill_one(placer: subprocess.Popen[str], *, first: int, step: int) -> tuple[int, bool]:
    """Place batches in a child that dies at a step; answers how many it reported as placed, and whether it died."""
    assert placer.stdin is not None
    assert placer.stdout is not None
    placer.stdin.write(f"{first} {step}\n")
    placer.stdin.flush()
    reported = 0
    while (line := placer.stdout.readline()).strip().isdigit():
        reported += 1
    status = int(line.split()[1])
    assert status in (0, signal.SIGKILL), status
    return reported, status != 0


@forks
def test_a_kill_at_any_step_loses_nothing_doubles_nothing_and_never_shows_a_torn_file(
    archive: Archive, placer: subprocess.Popen[str]
) -> None:
    first = step = 0
    died = True
    while died:
        reported, died = kill_one(placer, first=first, step=step)
        step += 1
        numbers = range(first, first + BATCHES * PER_BATCH)
        expected = {f"rec-{number:06}": sound(f"rec-{number:06}") for number in numbers}
        survivor = reopen(archive)

        # I1, I2: whatever bears a name has the right bytes, and all that was reported is there.
        told = {entry.recording.id: entry for entry in held(survivor)}
        wavs = {wav.read_bytes() for wav in archive.root.rglob("*.wav")}
        assert wavs <= {sound(f"rec-{number:06}") for number in range(numbers.stop)}
        for number in range(first, first + reported * PER_BATCH):
            assert told[f"rec-{number:06}"].present
        assert all(finding.kind.harmless or finding.kind.value == "unlisted" for finding in findings(survivor))

        # The next run: parts that are there are placed, names that are there adopted, the rest fetched again.
        with survivor.lock("next"):
            batch = [finished(survivor, number, part=False) for number in numbers]
            answers = survivor.place(batch)
            for job, answer in zip(batch, answers, strict=True):
                if not isinstance(answer, Placed):
                    assert answer.code == "truncated", answer
                    job.part.write_bytes(expected[job.recording.id])
                    placed(survivor, job)

        left = findings(survivor)
        assert all(finding.kind.value == "manifest_torn" for finding in left), left
        told = {entry.recording.id: entry for entry in held(survivor)}
        assert len(told) == len(held(survivor)) == first + len(numbers)
        assert {job.path for job in batch} <= {entry.path for entry in told.values()}
        first += len(numbers)
    assert step > 30
    assert len(list(archive.root.rglob("*.wav"))) == first
