"""A month of nights of three made-up schedules, for pictures."""

from __future__ import annotations

from datetime import time, timedelta
from pathlib import Path

from download_client.model import RunPhase
from tests.ui.schedules.rig import NIGHTLY, Kept, night

_GB = 10**9
_DAYS = 29


def nights(archive: Path) -> None:
    """Complete ones, one that failed, two that were caught up, some with exceptions; a weekly one, a paused one."""
    kept = Kept(archive)
    kept.schedule(at=time(2), zone="Europe/Berlin", search="Support, this month", window=timedelta(hours=4))
    kept.schedule("Quarter end, complaints", at=time(5, 30), zone="Europe/Berlin", days=frozenset({1}), paused=True)
    kept.schedule("Weekly, Sales DACH", at=time(5, 30), zone="Europe/Berlin", days=frozenset({1}))
    month = []
    for back in range(_DAYS, -1, -1):
        day = night(back).day
        count = 1240 + back * 7 % 90
        if back in (9, 10):
            continue
        if back == 11:
            month.append(night(back, RunPhase.PARTIAL, code="offline", listed=0, archived=0, bytes=0, run_id=0))
        elif back == 8:
            missed = tuple(day - timedelta(days=days) for days in (1, 2, 3))
            month.append(night(back, missed=missed, listed=3900, archived=3900, bytes=27 * _GB))
        elif back in (1, 15):
            figures = {"listed": 1295, "archived": 1291, "unfinished": 3, "refused": 1}
            month.append(night(back, RunPhase.PARTIAL, bytes=8 * _GB, **figures))
        else:
            month.append(night(back, listed=count, archived=count, bytes=8 * _GB + back * _GB // 20))
    kept.nights(*month)
    kept.nights(night(6, listed=412, archived=412, bytes=2 * _GB), name="Weekly, Sales DACH")
    assert kept.book.find(NIGHTLY)
