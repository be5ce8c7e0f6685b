"""Which runs of the queue may work now, by their order alone; it starts and stops none.

One run of an archive at a time, `AT_ONCE` archives at a time; whoever stands before others goes before them.
"""

from __future__ import annotations

from collections.abc import Sequence

from download_client.engine.entry import Entry
from download_client.engine.queued import Standing, WaitsFor
from download_client.errors import DiskError

AT_ONCE = 3
"""Archives at work at a time."""


def may_work(entries: Sequence[Entry], *, signed_out: bool, now: float) -> list[Entry]:
    """Those that may, and what each other waits for is written to it. `now` is monotonic."""
    held = {entry.place for entry in entries if entry.standing is Standing.HELD and isinstance(entry.error, DiskError)}
    chosen: dict[str, Entry] = {}
    for entry in entries:
        if entry.standing not in (Standing.WAITING, Standing.AT_WORK):
            entry.waits_for, entry.behind = None, ""
            continue
        if entry.standing is Standing.WAITING and (why := _why_not(entry, held, signed_out=signed_out, now=now)):
            entry.waits_for, entry.behind = why, ""
            continue
        before = chosen.get(entry.place) or (next(iter(chosen.values())) if len(chosen) >= AT_ONCE else None)
        if before is not None:
            entry.waits_for, entry.behind = WaitsFor.TURN, before.key
            continue
        chosen[entry.place] = entry
        entry.waits_for, entry.behind = None, ""
    return list(chosen.values())


def _why_not(entry: Entry, held: set[str], *, signed_out: bool, now: float) -> WaitsFor | None:
    """What keeps a run from working although it is its turn."""
    if entry.not_before > now:
        return WaitsFor.SERVICE if entry.wait is not None else WaitsFor.PROGRAM
    if signed_out:
        return WaitsFor.SIGN_IN
    return WaitsFor.DISK if entry.place in held else None
