"""A ledger's daily work in a line each: begin, list, claim, archive, and the figures held against the rows."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from download_client.ledger import Change, Ledger, Tally
from download_client.model import Conversation, Criteria, RunKind, State, Summary, Window
from tests.making import START

NOW = START.timestamp() + 1_000


def begin(ledger: Ledger, *, user: str = "u1", access: str = "all") -> Tally:
    """A search over a day."""
    return ledger.runs.begin(
        RunKind.SEARCH,
        name="",
        criteria=Criteria(),
        windows=[Window(START, START + timedelta(days=1))],
        now=NOW,
        user_id=user,
        access_level=access,
    )


def add(ledger: Ledger, tally: Tally, *conversations: Conversation, now: float = NOW) -> None:
    """A page; the tally must say what the rows say, and what was foreseen of a new run comes true."""
    foreseen = ledger.listing.foresee(conversations, now=now)
    first = not ledger.runs.counts(tally.run_id)
    ledger.listing.add(tally, conversations, position=None, now=now, urgent_before=NOW)
    if first:
        assert tally.figures().counts == Counter(state for _, state in foreseen)
    adds_up(ledger, tally)


def adds_up(ledger: Ledger, tally: Tally) -> None:
    """Conservation (I3): the tally, the rows, and the tally counted anew are one."""
    counts, total, done, skipped, _, size_skipped = tally.figures()
    assert counts == ledger.runs.counts(tally.run_id)
    ((rows, size, home, skips, home_before),) = ledger.database.query(
        "SELECT count(*), "
        "coalesce(sum(i.size) FILTER (WHERE NOT r.skipped AND i.state IN "
        "('listed', 'queued', 'fetching', 'fetched', 'archived', 'waiting', 'failed')), 0), "
        "coalesce(sum(i.size) FILTER (WHERE NOT r.skipped AND i.state = 'archived'), 0), "
        "coalesce(sum(r.skipped), 0), coalesce(sum(i.size) FILTER (WHERE r.skipped), 0) "
        "FROM run_item r JOIN item i ON i.id = r.item_id WHERE r.run_id = ?",
        (tally.run_id,),
    )
    assert (sum(counts.values()), total, done, skipped, size_skipped) == (rows, size, home, skips, home_before)


def summary(tally: Tally) -> Summary:
    """What is written at the end of a run."""
    counts, total, done, skipped = tally.figures()[:4]
    return Summary(counts, skipped=skipped, bytes_total=total, bytes_done=done, seconds=1.0, news=0)


def claim(ledger: Ledger, tally: Tally, limit: int = 100) -> list[int]:
    """Take items in hand; their numbers."""
    return [item.id for item, _ in ledger.queue.claim(tally, limit, plan=lambda item, _: f"{item.recording_id}.wav")]


def archive_all(ledger: Ledger, tally: Tally) -> None:
    """Everything queued comes home as it was listed."""
    for item, _ in ledger.queue.claim(tally, 100, plan=lambda item, _: f"{item.recording_id}-{item.version}.wav"):
        for state in (State.FETCHED, State.ARCHIVED):
            ledger.queue.mark(
                tally,
                [
                    Change(
                        item.id, state, done_sha256=item.sha256 or "ab" * 32, done_size=item.size, done_etag=item.etag
                    )
                ],
            )


def end_in(ledger: Ledger, tally: Tally, state: State, *, code: str = "x", again_at: float | None = None) -> None:
    """Everything queued ends in `state` after one attempt."""
    ledger.queue.mark(
        tally, [Change(number, state, code=code, attempts=1, again_at=again_at) for number in claim(ledger, tally)]
    )
