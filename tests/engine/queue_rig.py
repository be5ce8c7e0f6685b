"""Looks at a queue of runs until something is true of it, and holds every look against the sums."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from download_client.engine import Downloads, QueuedRun, Standing
from download_client.model import RunPhase
from mir_sandbox.remote import StandingFault
from tests.engine.rig import SECONDS, House

OVER = {RunPhase.COMPLETE, RunPhase.PARTIAL}
"""Some calls of the made-up account have expired: the run that says so first is not complete."""


def holding(house: House, *, skip: int = 10) -> StandingFault:
    """Some recordings come at once, the others wait until they are let go."""
    return house.sandbox.fault("slow-first-byte", {"seconds": None}, where={"route": "content"}, skip=skip)


def whole(house: House, archive: Path | None = None) -> int:
    """How many files lie in the archive, each what the service served."""
    checker = house.checker()
    assert checker.after(None) == []
    return len(checker.finals())


class Watched:
    """The queue of an engine, started."""

    def __init__(self, downloads: Downloads) -> None:
        self.downloads = downloads
        self._told = threading.Event()
        downloads.listen(self._told.set)
        downloads.start()

    def until(self, true: Callable[[tuple[QueuedRun, ...]], bool]) -> tuple[QueuedRun, ...]:
        """Look until it is so."""
        rest = threading.Event()
        for _ in range(int(SECONDS / 0.01)):
            runs = self.downloads.entries()
            for run in runs:
                if run.figures is not None:
                    assert all(count > 0 for count in run.figures.counts.values()), run
                    assert 0 <= run.figures.bytes_done <= run.figures.bytes_total
            if true(runs):
                return runs
            rest.wait(0.01)
        raise AssertionError(f"it never came true: {runs}")

    def one(self, key: str, true: Callable[[QueuedRun], bool]) -> QueuedRun:
        """Look at one until it is so; answers what was seen, for a moment later it may be different."""
        runs = self.until(lambda runs: any(run.key == key and true(run) for run in runs))
        return next(run for run in runs if run.key == key)

    def standing(self, key: str, standing: Standing) -> QueuedRun:
        """Until it stands there."""
        return self.one(key, lambda run: run.standing is standing)

    def ended(self, key: str) -> QueuedRun:
        """Until it has ended; what it says of itself adds up."""
        run = self.standing(key, Standing.ENDED)
        if run.result is not None and run.figures is not None:
            assert run.result.listed == run.figures.listed
            assert run.result.archived + run.result.skipped == run.figures.done
        return run
