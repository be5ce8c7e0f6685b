"""What support needs to know of a run or a recording, as text to copy: codes, numbers, times, version.

No name, telephone number, path or secret is in it. It is not translated: those who read it compare it.
"""

from __future__ import annotations

import platform
from datetime import UTC, datetime

from download_client import __version__
from download_client.engine import QueuedRun, RunItem


def details_of_run(run: QueuedRun, *, now: datetime) -> str:
    """One fact a line."""
    facts = {
        "run": str(run.run_id) if run.run_id is not None else "not begun",
        "kind": run.kind.value,
        "standing": run.standing.value,
        "phase": run.phase.value if run.phase is not None else "",
        "code": run.reason,
        "detail": run.error.detail if run.error is not None else "",
        "waits for": run.waits_for.value if run.waits_for is not None else "",
        "added": _when(run.added_at),
        "started": _when(run.started_at),
        "ended": _when(run.ended_at),
    }
    if run.figures is not None:
        counts = ", ".join(f"{state.value} {count}" for state, count in sorted(run.figures.counts.items()))
        facts |= {
            "recordings": counts,
            "bytes": f"{run.figures.bytes_done} of {run.figures.bytes_total}",
            "requests": str(run.figures.content_requests),
        }
    return _lines(facts, now)


def details_of_items(items: list[RunItem], *, run_id: int, now: datetime) -> str:
    """One recording after the other."""
    blocks = [
        _block(
            {
                "run": str(run_id),
                "recording": item.recording_id,
                "conversation": item.conversation_id,
                "state": item.state.value,
                "code": item.code,
                "detail": item.detail,
                "attempts": f"{item.attempts} of {item.most_attempts}",
                "bytes": f"{item.received} of {item.size if item.size is not None else 'unknown'}",
                "again": _when(item.again_at),
            }
        )
        for item in items
    ]
    return "\n\n".join([*blocks, _lines({}, now)])


def _lines(facts: dict[str, str], now: datetime) -> str:
    system = f"{platform.system()} {platform.release()}"
    return _block({**facts, "when": _when(now), "version": f"{__version__} ({system})"})


def _block(facts: dict[str, str]) -> str:
    return "\n".join(f"{name:13}{value}" for name, value in facts.items() if value)


def _when(moment: datetime | None) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S UTC") if moment is not None else ""
