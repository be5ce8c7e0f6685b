"""Messages about nights in words: made from what was written down, the same each time; whether one is sent is not here.

They hold counts, days and words of ours: no name of a person, no number, no folder.
"""

from __future__ import annotations

import platform
from collections.abc import Sequence
from datetime import date, datetime

from download_client.alarm import Message, identity
from download_client.engine.reporting import outcome_of, words_of
from download_client.model import Outcome
from download_client.model.wording import elapsed, size
from download_client.report import Report
from download_client.report.words import OUTCOME_MEANS, OUTCOME_WORDS
from download_client.schedule import Night, Schedule

_MOST_DAYS = 10


def of_night(schedule: Schedule, night: Night, report: Report | None, *, key: str, page: str, now: datetime) -> Message:
    """What is told of a try of a day; `report` None: it could not be written."""
    outcome, computer = outcome_of(night), platform.node()
    title, advice = words_of(night.code)
    lines = [
        f"Schedule {schedule.name} on {computer}, night of {night.day}: {OUTCOME_WORDS[outcome]}.",
        f"{title} ({night.code}). {advice}" if title else OUTCOME_MEANS[outcome],
        (
            f"{night.listed:,} listed: {night.archived:,} archived, {night.skipped:,} home already, "
            f"{night.unfinished:,} may still come, {night.refused:,} refused; "
            f"{size(night.bytes)} in {elapsed(max(0.0, (night.ended_at - night.started_at).total_seconds()))}."
        ),
    ]
    if night.missed:
        lines.append(f"It covers earlier days as well: {_days(night.missed)}.")
    if report is not None and report.missing:
        lines.append(f"Nights without any run before: {_days(report.missing)}.")
    if report is not None and report.endangered_count:
        lines.append(
            f"{report.endangered_count:,} conversations are deleted by the service within "
            f"{report.endangered_within_days} days and are not home."
        )
    lines.append("The report: mir-download schedule report NAME, on that computer.")
    return Message(
        id=identity(computer=computer, key=key, outcome=outcome, day=night.day),
        schedule=schedule.name,
        computer=computer,
        outcome=outcome,
        day=night.day,
        days=(*night.missed, night.day),
        made_at=now,
        title=f"{schedule.name}: {night.day}, {OUTCOME_WORDS[outcome]}",
        lines=tuple(lines),
        code=night.code,
        figures={
            "listed": night.listed,
            "archived": night.archived,
            "skipped": night.skipped,
            "unfinished": night.unfinished,
            "refused": night.refused,
            "bytes": night.bytes,
        },
        page=page,
    )


def of_missing(schedule: Schedule, days: Sequence[date], *, key: str, now: datetime) -> Message:
    """What is told of nights without any run that were noticed together."""
    computer, last = platform.node(), days[-1]
    word = "1 night" if len(days) == 1 else f"{len(days)} nights"
    return Message(
        id=identity(computer=computer, key=key, outcome=Outcome.MISSING, day=last),
        schedule=schedule.name,
        computer=computer,
        outcome=Outcome.MISSING,
        day=last,
        days=tuple(days),
        made_at=now,
        title=f"{schedule.name}: {word} missing, the last {last}",
        lines=(
            f"Schedule {schedule.name} on {computer}: {word} passed without any run: {_days(days)}.",
            (
                "The computer was off, nobody was logged on, or the system's scheduler does not start it. "
                "The next run covers these days."
            ),
            "See: mir-download schedule show NAME and mir-download doctor, on that computer.",
        ),
    )


def of_test(*, now: datetime) -> Message:
    """What is sent to try a channel out."""
    computer = platform.node()
    return Message(
        id=identity(computer=computer, key=f"test {now.isoformat()}", outcome=Outcome.CLEAN, day=now.date()),
        schedule="",
        computer=computer,
        outcome=Outcome.CLEAN,
        day=now.date(),
        days=(),
        made_at=now,
        title=f"Test: MIR Download Client on {computer}",
        lines=("This is a test: no night is meant.", "Messages about nights arrive this way."),
        test=True,
    )


def _days(days: Sequence[date]) -> str:
    shown = ", ".join(day.isoformat() for day in days[-_MOST_DAYS:])
    return f"… {shown}" if len(days) > _MOST_DAYS else shown
