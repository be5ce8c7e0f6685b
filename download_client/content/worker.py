"""A thread that does what it is handed, in order; a job that may fail catches its own failures."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Sequence

Job = Callable[[], None]


class Worker:
    """Jobs come in batches: waking a thread costs more than most jobs do. `after` is done after each batch."""

    def __init__(self, name: str, *, after: Job) -> None:
        self._after = after
        self._batches: queue.SimpleQueue[Sequence[Job] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def do(self, jobs: Sequence[Job]) -> None:
        """Do these after all that was handed over before."""
        self._batches.put(jobs)

    def close(self) -> None:
        """End when everything handed over is done; returns then."""
        self._batches.put(None)
        self._thread.join()

    def _run(self) -> None:
        while (jobs := self._batches.get()) is not None:
            for job in jobs:
                job()
            self._after()
