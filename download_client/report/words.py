"""Figures and text from outside as people read them: without control or direction characters; no layout."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from download_client.model import Outcome, local, wording

_LONGEST = 600

OUTCOME_WORDS = {
    Outcome.CLEAN: "complete",
    Outcome.PARTIAL: "partial",
    Outcome.FAILED: "failed",
    Outcome.MISSING: "missing",
}
OUTCOME_SIGNS = {Outcome.CLEAN: "✓", Outcome.PARTIAL: "◐", Outcome.FAILED: "✗", Outcome.MISSING: "○"}
OUTCOME_MEANS = {
    Outcome.CLEAN: "Everything listed is home, or in a final state that an earlier run reported.",
    Outcome.PARTIAL: "It ended, but something may still come or is missing for the first time. The next run goes on.",
    Outcome.FAILED: "An error ended it. What was brought home before is safe.",
    Outcome.MISSING: "Its time and its window passed without any run.",
}


def plain(untrusted: str) -> str:
    """Text from outside as `wording.plain` has it, as long as a page bears."""
    return wording.plain(untrusted, longest=_LONGEST)


def when(moment: datetime, zone: ZoneInfo) -> str:
    """A moment as people read it where the schedule is at home."""
    return local(moment, zone).strftime("%Y-%m-%d %H:%M:%S %Z")
