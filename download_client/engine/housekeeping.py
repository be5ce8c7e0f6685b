"""Local retention: what is older than a policy says is erased here for good, with tombstones; off unless asked for.

A look changes nothing. It cannot reach copies that were exported, backups, or lists that other computers keep until
they look at the archive again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from download_client.archive import Archive, DeedKind, Doomed, Refused
from download_client.engine.auditing import local_deed
from download_client.engine.chores import Chores
from download_client.engine.custody import Custody
from download_client.engine.request import PullRequest
from download_client.errors import MirError, OnHold, UsageError
from download_client.ledger import forget_copies
from download_client.retry import Clock
from download_client.settings import Settings, table

_log = logging.getLogger(__name__)

_REASON = "housekeeping"


def policy(settings: Settings, *, days: int | None) -> int:
    """How many days are kept: `days`, else what the setting says.

    Raises:
        UsageError: nothing says so.
        OnHold: nothing may be erased now.

    """
    days = days if days is not None else settings.get(table.KEEP_DAYS)
    if days is None:
        raise UsageError("nothing says how old a call may become; give --older-than, or set housekeeping.keep_days")
    if settings.get(table.HOLD):
        raise OnHold("the setting housekeeping.hold says so")
    return days


def with_policy(request: PullRequest, settings: Settings) -> PullRequest:
    """The pull of a schedule: with its guard, and housekeeping after it where that is wanted."""
    wanted = settings.get(table.NIGHTLY_HOUSEKEEPING) and not settings.get(table.HOLD)
    guard = timedelta(days=settings.get(table.GUARD_DAYS))
    return replace(request, guard=guard, keep_days=settings.get(table.KEEP_DAYS) if wanted else None)


def look_at(archive: Archive, *, days: int, now: datetime) -> Chores:
    """What would be erased. Raises DiskError."""
    before = now - timedelta(days=days)
    seen: set[str] = set()
    size, oldest = 0, None
    for each in archive.eraser.older(before):
        seen.add(each.recording_id)
        size += each.size
        oldest = min(oldest or each.started_at, each.started_at)
    left = {each.recording_id for each in archive.eraser.left_over()}
    return Chores(days, before, len(seen), size, oldest, len(left))


def erase(custody: Custody, *, days: int, clock: Clock, stopped: Callable[[], bool]) -> Chores:
    """Erase it, in an archive that is in hand; first what an erasure that was broken off had left.

    Errors are in the answer: what was done by then stays done.
    """
    now = clock.now()
    archive, eraser, before = custody.archive, custody.archive.eraser, now - timedelta(days=days)
    done: list[Doomed] = []
    refused: list[Refused] = []
    left: list[Doomed] = []
    error: MirError | None = None
    try:
        left, refused = eraser.finish()
        for proved, refusals in eraser.bury(eraser.older(before), at=now, reason=_REASON, stopped=stopped):
            _forget(custody, proved)
            done += proved
            refused += refusals
    except MirError as broken:
        _log.info("erasing was broken off: %s", broken.code)
        error = broken
    recordings = {each.recording_id for each in done}
    told = Chores(
        days,
        before,
        len(recordings),
        sum(each.size for each in done),
        min((each.started_at for each in done), default=None),
        len({each.recording_id for each in left}),
        tuple(refused),
        done=True,
        error=error,
    )
    if not done and not left:
        return told
    try:
        _forget(custody, left)
        facts: dict[str, int | str] = {
            "days": days,
            "erased": told.recordings,
            "finished": told.left_over,
            "refused": len(refused),
            "bytes": told.bytes,
        }
        # The manifest is told of before its lines are scrubbed: what stays of each is what the digest is made of.
        archive.audit.write(local_deed(archive, DeedKind.ERASE, facts=facts, at=now))
        lengths = eraser.scrub(but={each.recording_id for each in refused})
        scrubbed: dict[str, int | str] = {"scrubbed": len(lengths)}
        archive.audit.write(local_deed(archive, DeedKind.ERASE, facts=scrubbed, at=now, rewritten=lengths))
        # Of an older version, or damaged once: they know what was erased.
        forget_copies(custody.ledger.database.path)
    except MirError as broken:
        _log.info("erasing was broken off: %s", broken.code)
        return replace(told, error=error or broken)
    return told


def _forget(custody: Custody, erased: list[Doomed]) -> None:
    """Marks, and what the ledger knows."""
    if erased:
        custody.archive.marks.forget({each.recording_id for each in erased})
        custody.ledger.adoption.bury({(each.recording_id, each.conversation_id) for each in erased})
