"""What is said of a run's figures: never whole before the last is proved, in the locale's way, with what it waits."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale

from download_client.engine import PullRequest, QueuedRun, Standing, WaitsFor
from download_client.errors import DiskFull, ListingBroken
from download_client.model import RunKind, RunPhase, Snapshot, State, Wait
from ui.downloads.figures import (
    Way,
    amount,
    card_of,
    exceptions_of,
    failed_of,
    figures_of,
    name_of,
    parts_of,
    ring_of,
    said_of,
    share_of,
)
from ui.downloads.support import details_of_run
from ui.words.runs import Mend

NOW = datetime(2026, 11, 20, 14, 34, tzinfo=UTC)
WAY = Way(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom), UTC, NOW)
ARCHIVE = Path("/archive")
SOME = Snapshot(
    run_id=7,
    phase=RunPhase.FETCHING,
    counts={State.ARCHIVED: 812, State.QUEUED: 468, State.DENIED: 4},
    bytes_total=9_400_000_000,
    bytes_done=6_100_000_000,
    rate=11_200_000.0,
    remaining=300.0,
)


def run(standing: Standing, figures: Snapshot | None = SOME, **different: object) -> QueuedRun:
    made = QueuedRun(
        key="a",
        name="Support",
        kind=RunKind.SEARCH,
        archive=ARCHIVE,
        request=PullRequest(ARCHIVE),
        chosen=None,
        standing=standing,
        added_at=NOW - timedelta(hours=1),
        run_id=7,
        figures=figures,
        started_at=NOW - timedelta(minutes=14),
    )
    return replace(made, **different)  # type: ignore[arg-type]


def test_a_run_at_work() -> None:
    card = card_of(run(Standing.AT_WORK), WAY)
    assert card.name == "Support"
    assert card.said.words == "Downloading  ·  11.2\N{NO-BREAK SPACE}MB/s"
    assert card.below == "812 of 1,284  ·  6.1 of 9.4\N{NO-BREAK SPACE}GB  ·  4 failed"
    assert card.right == "5 min left"
    assert card.movable
    large = [figure.large for figure in figures_of(run(Standing.AT_WORK), WAY, failed=4)]
    assert large == ["63\N{NO-BREAK SPACE}%", "6.1\N{NO-BREAK SPACE}GB", "11.2\N{NO-BREAK SPACE}MB/s", "5 min", "4"]
    assert figures_of(run(Standing.AT_WORK), WAY, failed=0)[3].small == "until about 14:39"


@pytest.mark.parametrize(("listed", "done"), [(1, 0), (3, 2), (1_000_000, 999_999), (1_284, 1_283)])
def test_it_is_never_whole_before_the_last_is_proved(listed: int, done: int) -> None:
    counts = {State.FETCHED: listed - done} | ({State.ARCHIVED: done} if done else {})
    almost = replace(SOME, counts=counts, bytes_done=SOME.bytes_total)
    assert share_of(almost) < 1
    first = figures_of(run(Standing.AT_WORK, almost), WAY, failed=0)[0]
    assert first.large != "100\N{NO-BREAK SPACE}%"
    whole = replace(SOME, counts={State.ARCHIVED: listed})
    assert share_of(whole) == 1
    assert figures_of(run(Standing.AT_WORK, whole), WAY, failed=0)[0].large == "100\N{NO-BREAK SPACE}%"


def test_the_bar_never_holds_more_than_there_is() -> None:
    for standing in Standing:
        parts = parts_of(run(standing, phase=RunPhase.PARTIAL), said_of(run(standing, phase=RunPhase.PARTIAL), WAY))
        assert sum(share for share, _ in parts) <= 1
    assert parts_of(run(Standing.AT_WORK, None), said_of(run(Standing.AT_WORK, None), WAY)) == ()


def test_what_was_not_ready_is_no_failure() -> None:
    late = replace(SOME, counts={State.ARCHIVED: 88, State.WAITING: 2})
    ended = run(Standing.ENDED, late, phase=RunPhase.PARTIAL, ended_at=NOW)
    assert (exceptions_of(ended), failed_of(ended)) == (2, 0)
    assert "danger" not in [tone for _, tone in parts_of(ended, said_of(ended, WAY))]
    both = run(Standing.ENDED, replace(late, counts={**late.counts, State.DENIED: 1}), phase=RunPhase.PARTIAL)
    assert failed_of(both) == 1
    shares = {tone: share for share, tone in parts_of(both, said_of(both, WAY))}
    assert shares["danger"] == pytest.approx(1 / 91)


def test_a_run_that_fetches_nothing_shows_no_share_of_nothing() -> None:
    late = replace(SOME, counts={State.ARCHIVED: 88, State.WAITING: 2}, bytes_total=0, bytes_done=0)
    ended = run(Standing.ENDED, late, phase=RunPhase.PARTIAL, ended_at=NOW)
    assert [figure.large for figure in figures_of(ended, WAY, failed=0)] == ["88 of 90", "14 min"]


def test_a_wait_has_a_ring_and_an_end() -> None:
    wait = Wait("rate_limited", NOW + timedelta(seconds=42))
    waiting = run(Standing.AT_WORK, replace(SOME, wait=wait), waits_for=WaitsFor.SERVICE, wait=wait)
    card = card_of(waiting, WAY, wait_began=NOW - timedelta(seconds=18))
    assert card.said.words == "Waiting: the service limits the rate"
    assert card.ring == ("0:42", 0.7)
    assert card.below == "812 of 1,284  ·  continues at 14:34:42"
    assert "0:42" in card.spoken
    assert ring_of(wait, replace(WAY, now=NOW + timedelta(minutes=1)), began=NOW) == ("0:00", 0.0)
    assert ring_of(Wait("offline", None), WAY, began=NOW) is None
    assert figures_of(waiting, WAY, failed=0)[2].large == "0:42"


def test_what_is_held_says_what_mends_it() -> None:
    held = run(Standing.HELD, error=DiskFull("3.3 GB are still to come"))
    assert said_of(held, WAY).words == "Paused: the archive drive is full"
    assert said_of(held, WAY).mend is Mend.RESUME
    assert said_of(run(Standing.PAUSED), WAY).words == "Paused by you"
    assert said_of(run(Standing.WAITING, waits_for=WaitsFor.SIGN_IN), WAY).mend is Mend.SIGN_IN


def test_who_waits_for_whom() -> None:
    behind = run(Standing.WAITING, None, waits_for=WaitsFor.TURN, behind="b")
    said = said_of(behind, WAY, name_behind=lambda key: {"b": "Complaints line"}[key])
    assert said.words == "Queued behind Complaints line"
    assert "another program" in said_of(run(Standing.WAITING, waits_for=WaitsFor.PROGRAM), WAY).words
    assert "drive" in said_of(run(Standing.WAITING, waits_for=WaitsFor.DISK), WAY).words


def test_how_runs_end() -> None:
    ended = run(Standing.ENDED, phase=RunPhase.PARTIAL, ended_at=NOW)
    card = card_of(ended, WAY)
    assert card.said.icon == "triangle-alert"
    assert exceptions_of(ended) == 4
    assert card.below == "812 of 1,284  ·  6.1\N{NO-BREAK SPACE}GB  ·  14 min"
    assert card.right == "14:34"
    assert not card.movable
    whole = replace(SOME, counts={State.ARCHIVED: 1_284})
    assert card_of(run(Standing.ENDED, whole, phase=RunPhase.COMPLETE, ended_at=NOW), WAY).said.words == "Complete"
    cancelled = run(Standing.ENDED, phase=RunPhase.CANCELLED, ended_at=NOW - timedelta(days=2))
    assert said_of(cancelled, WAY).words == "Cancelled by you, 812 kept"
    assert card_of(cancelled, WAY).right == "Wed 18 Nov"
    broken = run(Standing.ENDED, whole, phase=RunPhase.PARTIAL, error=ListingBroken("a page came twice"))
    assert "listing" in said_of(broken, WAY).words
    assert said_of(run(Standing.ENDED, phase=RunPhase.INTERRUPTED), WAY).words == "Stopped before its end"


def test_runs_without_a_name_say_what_they_are() -> None:
    assert name_of(run(Standing.WAITING, name="", kind=RunKind.SELECTION, chosen=38)) == "Selection of 38"
    kinds = {name_of(run(Standing.WAITING, name="", kind=kind)) for kind in RunKind}
    assert len(kinds) == len(RunKind)


def test_amounts_share_the_unit_of_the_whole() -> None:
    space = "\N{NO-BREAK SPACE}"
    assert amount(600_000, 7_000_000, WAY.locale) == f"0.6 of 7.0{space}MB"
    assert amount(0, 9_400_000_000, WAY.locale) == f"0.0 of 9.4{space}GB"
    german = QLocale(QLocale.Language.German, QLocale.Country.Germany)
    assert amount(6_100_000_000, 9_400_000_000, german) == f"6,1 of 9,4{space}GB"


def test_the_details_for_support_hold_no_name_and_no_path() -> None:
    held = run(Standing.HELD, error=DiskFull("3.3 GB are still to come"), user="Dana Whitfield", name="Novak case")
    text = details_of_run(held, now=NOW)
    assert "disk_full" in text
    assert "archived 812" in text
    assert "2026-11-20 14:34:00 UTC" in text
    for private in ("Dana", "Novak", "archive/", str(ARCHIVE)):
        assert private not in text
