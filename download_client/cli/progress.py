"""Draws a run while it works: bars on a terminal, a plain line now and then elsewhere; the figures are the engine's."""

from __future__ import annotations

import threading
import time
from datetime import datetime
from typing import TYPE_CHECKING

from download_client.cli import words
from download_client.cli.output import Output
from download_client.engine import Job, Result
from download_client.model import RunPhase, Snapshot

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_DRAW = 0.1
_LINE = 15.0
_STEP = 0.5
"""Seconds. On Windows a signal handler of the main thread runs only between two waits."""

_WAITS = {
    "rate_limited": "the service limits the rate",
    "service_unavailable": "the service is not available",
    "offline": "the service cannot be reached",
    "connection_lost": "the connection was lost",
    "timed_out": "the service did not answer in time",
}


def run_watched(job: Job, output: Output) -> Result:
    """Run the job on a thread of its own and draw it until it ends; Ctrl+C reaches the job through its stop event.

    Raises:
        MirError: what the job raised before it began.

    """
    box: list[Result | BaseException] = []

    def work() -> None:
        try:
            box.append(job.run())
        except BaseException as error:
            box.append(error)

    thread = threading.Thread(target=work, name="run", daemon=True)
    thread.start()
    if output.on_terminal:
        _bars(job, thread)
    else:
        _lines(job, thread, output)
    thread.join()
    (result,) = box
    if isinstance(result, BaseException):
        raise result
    return result


def describe_wait(snapshot: Snapshot, now: datetime) -> str:
    """What everything waits for, with its countdown; empty when nothing does."""
    wait = snapshot.wait
    if wait is None:
        return ""
    what = _WAITS.get(wait.code, wait.code.replace("_", " "))
    if wait.until is None:
        return f"waiting: {what}"
    seconds = max(0, round((wait.until - now).total_seconds()))
    return f"waiting: {what}, continues in {words.length(seconds)}"


def describe(snapshot: Snapshot, now: datetime) -> str:
    """One plain line: how far, how fast, how long."""
    handled = snapshot.listed - snapshot.open
    parts = [f"{handled:,} of {snapshot.listed:,} recordings"]
    parts.append(f"{words.size(snapshot.bytes_done)} of {words.size(snapshot.bytes_total)}")
    parts.append(f"{words.size(round(snapshot.rate))}/s")
    parts.append(describe_wait(snapshot, now) or words.remaining(snapshot.remaining))
    if snapshot.phase is RunPhase.LISTING:
        parts.append("still listing")
    return ", ".join(part for part in parts if part)


class Line:
    """One line that is drawn over itself on a terminal; elsewhere nothing, so that logs stay short."""

    def __init__(self, output: Output) -> None:
        self._output = output
        self._drawn = 0

    def draw(self, text: str) -> None:
        """Replace what stands there."""
        if self._output.on_terminal:
            self._output.err.write("\r" + text.ljust(self._drawn))
            self._output.err.flush()
            self._drawn = len(text)

    def clear(self) -> None:
        """Leave an empty line for other words."""
        if self._drawn:
            self._output.err.write("\r" + " " * self._drawn + "\r")
            self._drawn = 0


def _lines(job: Job, thread: threading.Thread, output: Output) -> None:
    due = time.monotonic() + _LINE
    while thread.is_alive():
        thread.join(_STEP)
        if time.monotonic() < due:
            continue
        due += _LINE
        snapshot = job.snapshot()
        if snapshot is not None:
            output.note(describe(snapshot, datetime.now().astimezone()))


def _bars(job: Job, thread: threading.Thread) -> None:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    progress = Progress(
        TextColumn("{task.description}"),
        BarColumn(bar_width=None),
        TextColumn("{task.fields[figures]}", justify="right"),
        console=Console(stderr=True),
        refresh_per_second=10,
        expand=True,
    )
    with progress:
        recordings = progress.add_task("recordings", total=None, figures="")
        volume = progress.add_task("bytes", total=None, figures="")
        while thread.is_alive():
            snapshot = job.snapshot()
            if snapshot is not None:
                _draw(progress, recordings, volume, snapshot)
            thread.join(_DRAW)
        last = job.snapshot()
        if last is not None:
            _draw(progress, recordings, volume, last)


def _draw(progress: Progress, recordings: TaskID, volume: TaskID, snapshot: Snapshot) -> None:
    handled = snapshot.listed - snapshot.open
    listing = " (listing)" if snapshot.phase is RunPhase.LISTING else ""
    progress.update(
        recordings,
        total=snapshot.listed or None,
        completed=handled,
        figures=f"{handled:,} of {snapshot.listed:,}{listing}",
    )
    wait = describe_wait(snapshot, datetime.now().astimezone())
    tail = wait or " · ".join(
        part for part in (f"{words.size(round(snapshot.rate))}/s", words.remaining(snapshot.remaining)) if part
    )
    progress.update(
        volume,
        total=snapshot.bytes_total or None,
        completed=snapshot.bytes_done,
        figures=f"{words.size(snapshot.bytes_done)} of {words.size(snapshot.bytes_total)} · {tail}",
    )
