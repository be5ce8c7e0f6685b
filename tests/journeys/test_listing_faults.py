"""A service that lists wrongly, breaks down, or is not to be trusted: named, bounded, and whole again afterwards.

The faults of one window leave the others alone; what was not listed completely is never called complete.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import psutil
import pytest

from mir_sandbox.remote import Sandbox
from tests.journeys.checker import Checker
from tests.journeys.conftest import TINY, program_of, trusting, truth
from tests.journeys.program import Ended, Program, end_of, in_the_middle, pull_words

TWO_WINDOWS = ("--from", "2026-10-05T00:00:00Z", "--to", "2026-11-20T12:00:00Z")
SECOND = "2026-11-05T00:00:00Z"
"""Where the service's 31 days make the second window begin."""
IN_SECOND = {"route": "conversations", "path": "from=2026-11-05"}
QUICK: Mapping[str, object] = {
    "retry.window": "1 s",
    "search.page_size": 10,
    "network.connect_timeout": "2 s",
    "network.stall_timeout": "2 s",
}
MB = 1_000_000


def rows_of(program: Program) -> list[dict[str, Any]]:
    """What the service's own list has of the two windows."""
    return [row for row in truth(program) if "2026-10-05" <= row["startTime"] < "2026-11-20T12:00:00Z"]


@pytest.fixture
def trial(tmp_path: Path, sandbox: Sandbox) -> Iterator[tuple[Program, Checker]]:
    """A program with little patience and small pages, and its checker; the service is mended afterwards."""
    program = program_of(tmp_path / "p", sandbox, **QUICK)
    checker = Checker(program.archive)
    checker.learn(truth(program))
    sandbox.forget()
    yield program, checker
    sandbox.clear()


def healed(program: Program, checker: Checker) -> dict[str, Any]:
    """The fault is gone: the next run brings home all there is, and nothing twice."""
    program.sandbox.clear()
    home = len(checker.finals())
    ended = program.pull_here(*TWO_WINDOWS)
    assert checker.after(ended.json) == [], ended.err
    rows = rows_of(program)
    assert ended.json["listing_errors"] == []
    assert ended.json["listed"] == len(rows)
    available = sum(row["status"] == "available" for row in rows)
    assert len(checker.finals()) == available
    assert ended.json["content_requests"] == available - home
    return ended.json


@dataclass(frozen=True)
class Case:
    """`line` of the list of faults; what is said of the broken window; how many pages may be asked for it."""

    line: int
    fault: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    code: str = "listing_broken"
    """Or `lost`: the connection breaks."""
    most: int = 12

    def __str__(self) -> str:
        return "-".join([str(self.line), self.fault, *map(str, self.parameters.values())])[:60]


CASES = [
    Case(7, "endless-headers", {}, "protocol_broken"),
    Case(7, "slow-headers", {}, "lost"),
    Case(24, "repeat-page"),
    Case(24, "cursor-loop", {"length": 3}),
    Case(24, "repeat-id"),
    Case(24, "cut-listing", {"keep": 3}),
    Case(24, "drop-items"),
    Case(29, "cut-json", {"after": 900}, "protocol_broken"),
    Case(29, "cut-json", {"after": 900, "honest": False}, "lost"),
    Case(29, "rubbish", {"kind": "text"}, "protocol_broken"),
    Case(29, "rubbish", {"kind": "nan"}, "protocol_broken"),
    Case(29, "rubbish", {"kind": "surrogate"}, "protocol_broken"),
    Case(29, "deep-json", {}, "protocol_broken"),
    Case(19, "page", {"page": "signIn"}, "protocol_broken"),
    Case(19, "page", {"page": "captivePortal", "contentType": "application/json"}, "protocol_broken"),
    Case(24, "gone", {"code": "page_token_expired"}, "listing_broken"),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_broken_window_is_named_and_the_other_comes_home(trial: tuple[Program, Checker], case: Case) -> None:
    program, checker = trial
    fault = program.sandbox.fault(case.fault, case.parameters, where=IN_SECOND)
    first = program.pull_here(*TWO_WINDOWS)
    assert fault.hits > 0, "the fault never came into play"
    assert checker.after(first.json) == [], first.err
    if case.code == "lost":
        # A connection that breaks says nothing about its window: it is the way to the service that is down.
        assert first.code == 4
        assert first.json["error"]["code"] in {"connection_lost", "timed_out"}
    else:
        assert {error["code"] for error in first.json["listing_errors"]} == {case.code}
        assert (first.code, first.json["phase"]) == (3, "partial")
    before = {row["recording"] for row in rows_of(program) if row["startTime"] < SECOND}
    assert first.json["listed"] >= len(before)
    if case.code != "lost":
        home = first.json["archived"] + first.json["refused"] + first.json["waiting"]
        assert home == first.json["listed"], "the other window was held up"
    pages = [entry for entry in program.sandbox.journal(route="conversations") if "from=2026-11-05" in entry["target"]]
    assert len(pages) <= case.most
    assert first.err.startswith("mir-download: ")
    healed(program, checker)


def test_an_expired_page_token_begins_the_window_again(trial: tuple[Program, Checker]) -> None:
    program, checker = trial
    expired = {"code": "page_token_expired"}
    fault = program.sandbox.fault("gone", expired, where={**IN_SECOND, "path": "pageToken="}, skip=1, times=1)
    ended = program.pull_here(*TWO_WINDOWS)
    assert fault.hits == 1
    assert checker.after(ended.json) == []
    assert ended.json["listing_errors"] == []
    assert ended.json["listed"] == len(rows_of(program))
    assert ended.json["content_requests"] == ended.json["archived"]


@pytest.mark.parametrize("fault", ["huge-json", "compression-bomb"])
def test_two_gigabytes_of_listing_take_no_memory(trial: tuple[Program, Checker], fault: str) -> None:
    program, checker = trial
    standing = program.sandbox.fault(fault, where=IN_SECOND)
    with program.start(*pull_words(program, *TWO_WINDOWS)) as process:
        most = 0
        watched = psutil.Process(process.pid)
        while process.poll() is None:
            try:
                most = max(most, watched.memory_info().rss)
                process.wait(timeout=0.02)
            except (subprocess.TimeoutExpired, psutil.NoSuchProcess):
                continue
        out, err = process.communicate()
    ended = Ended(process.returncode, out, err)
    assert standing.hits > 0
    assert ended.code == 3, err
    assert {error["code"] for error in ended.json["listing_errors"]} == {"protocol_broken"}
    assert checker.after(ended.json) == []
    assert 20 * MB < most < 200 * MB
    healed(program, checker)


# --- the way is down --------------------------------------------------------------------------------------------------


def test_503_for_the_whole_window_of_patience(trial: tuple[Program, Checker]) -> None:
    program, checker = trial
    program.sandbox.fault("unavailable", {"retryAfter": "1"}, where={"route": "conversations"}, skip=2)
    ended = program.pull_here(*TWO_WINDOWS)
    assert checker.after(ended.json) == [], ended.err
    assert (ended.code, ended.json["error"]["code"]) == (4, "service_unavailable")
    assert ended.json["failed"] == 0
    refused = [entry for entry in program.sandbox.journal(route="conversations") if entry["status"] == 503]
    assert 1 <= len(refused) <= 4
    healed(program, checker)


def test_offline_from_the_start(trial: tuple[Program, Checker]) -> None:
    program, checker = trial
    for fault in ("refuse", "black-hole"):
        with program.sandbox.fault(fault):
            ended = program.pull_here(*TWO_WINDOWS)
            assert ended.code == 4
            assert ended.json["error"]["code"] in {"offline", "timed_out"}
            assert not program.archive.exists()
    healed(program, checker)


@pytest.fixture
def patient(tmp_path: Path, sandbox: Sandbox) -> Iterator[tuple[Program, Checker]]:
    """A program that waits long enough for somebody to do something in the middle of a run."""
    settings = {"retry.window": "30 s", "network.stall_timeout": "30 s", "transfer.concurrency": 2}
    program = program_of(tmp_path / "p", sandbox, **settings)
    checker = Checker(program.archive)
    checker.learn(truth(program))
    yield program, checker
    sandbox.clear()
    sandbox.grant(program.user.username, access_level="all", permissions=["list", "replay", "download"])


def test_the_network_goes_away_in_the_middle(patient: tuple[Program, Checker]) -> None:
    program, checker = patient
    program.settings({**trusting(program.sandbox), "retry.window": "2 s", **ROOM})
    with in_the_middle(program, *TWO_WINDOWS) as (process, _), program.sandbox.fault("refuse"):
        ended = end_of(process)
    assert checker.after(ended.json) == [], ended.err
    assert (ended.code, ended.json["error"]["code"]) == (4, "offline")
    assert ended.json["failed"] == 0, "offline is nobody's failure"
    assert ended.json["refused"] == ended.json["states"].get("missing", 0)
    assert ended.json["left"] > 0
    healed(program, checker)


ROOM: Mapping[str, object] = {"transfer.min_free_space": 0, "transfer.concurrency": 2}


# --- who we are, in the middle ----------------------------------------------------------------------------------------


def test_the_access_token_dies_in_the_middle(patient: tuple[Program, Checker]) -> None:
    program, checker = patient
    with in_the_middle(program, *TWO_WINDOWS) as (process, stall):
        program.sandbox.forget()
        program.sandbox.end_tokens(user=program.user.username)
        stall.clear()
        ended = end_of(process)
    assert checker.after(ended.json) == []
    assert ended.json["error"] is None
    assert ended.json["listed"] == len(rows_of(program))
    assert ended.json["left"] == ended.json["failed"] == 0
    tokens = [entry["status"] for entry in program.sandbox.journal(route="token")]
    assert tokens == [200], "one refresh for everybody"


def test_the_refresh_token_is_revoked_in_the_middle(patient: tuple[Program, Checker]) -> None:
    program, checker = patient
    with in_the_middle(program, *TWO_WINDOWS) as (process, stall):
        program.sandbox.forget()
        program.sandbox.end_tokens(refresh=True, user=program.user.username)
        stall.clear()
        ended = end_of(process)
    assert checker.after(ended.json) == []
    assert (ended.code, ended.json["error"]["code"]) == (5, "sign_in_again")
    assert ended.json["failed"] == 0
    assert ended.json["left"] > 0
    assert len(program.sandbox.journal(route="token")) == 1, "tried once; more would lock the account"
    healed(program, checker)


def test_access_is_withdrawn_in_the_middle(patient: tuple[Program, Checker]) -> None:
    """What may not be had any more is named; what may, comes; and all of it when access is back."""
    program, checker = patient
    user = program.user.username
    ready = ("--from", TWO_WINDOWS[1], "--to", "2026-11-14T00:00:00Z")
    with in_the_middle(program, *ready) as (process, stall):
        program.sandbox.grant(user, permissions=["list"])
        stall.clear()
        ended = end_of(process)
    assert checker.after(ended.json) == []
    assert ended.code == 3
    states = ended.json["states"]
    assert states["archived"] >= 4
    assert states["denied"] > 10
    assert program.pull_here(*ready).code == 6, "who may not download is told at once"
    program.sandbox.grant(user, permissions=["list", "replay", "download"])
    again = program.here("retry", "1", "--archive", str(program.archive), "--json")
    assert checker.after(again.json) == []
    assert "denied" not in again.json["states"]
    healed(program, checker)


# --- the way is not to be trusted -------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["expired", "wrongHost", "selfSigned"])
def test_a_bad_certificate_sees_no_token(trial: tuple[Program, Checker], kind: str) -> None:
    program, checker = trial
    sandbox = program.sandbox
    with sandbox.fault("certificate", {"kind": kind}):
        ended = program.pull_here(*TWO_WINDOWS)
        assert (ended.code, ended.json["error"]["code"]) == (11, "certificate_rejected")
    assert sandbox.journal() == [], "not even the password was sent"
    with sandbox.fault("certificate", {"kind": kind}, skip=1):
        ended = program.pull_here(*TWO_WINDOWS)
        assert (ended.code, ended.json["error"]["code"]) == (11, "certificate_rejected")
        assert ended.json["failed"] == 0
    assert sandbox.content_requests() == 0
    assert checker.after(ended.json) == []


def test_a_proxy_that_asks_who_we_are(trial: tuple[Program, Checker]) -> None:
    program, _ = trial
    proxy = "http://" + program.sandbox.strict_proxy_url.rpartition("@")[2]
    program.settings({"network.proxy": proxy, **QUICK})
    # This computer itself is never reached through a proxy, so that the service has another name here.
    ended = replace(program, server="https://mir.example.test/mir/api/v1").pull_here(*TWO_WINDOWS)
    assert (ended.code, ended.json["error"]["code"]) == (11, "proxy_rejected")
    assert not program.archive.exists()


# --- changes ----------------------------------------------------------------------------------------------------------


def test_changes_from_the_first_to_an_expired_cursor(tmp_path: Path) -> None:
    with Sandbox.start(conversations=120, options=TINY) as sandbox:
        program = program_of(tmp_path / "p", sandbox, **{**QUICK, "search.page_size": 500})
        checker = Checker(program.archive)
        sandbox.change("available", select={"state": "processing"})

        def pull() -> Ended:
            sandbox.forget()
            checker.learn(truth(program))
            ended = program.pull_here("--changes")
            assert checker.after(ended.json) == [], ended.err
            return ended

        def home() -> int:
            return len(checker.finals())

        available = sum(row["status"] == "available" for row in truth(program))
        first = pull()
        assert (first.code, home()) == (3, available), "what is expired is reported for the first time"
        second = pull()
        assert (second.code, second.json["content_requests"], second.json["phase"]) == (0, 0, "complete")
        assert second.json["listed"] < first.json["listed"]
        assert len(sandbox.journal(route="changes")) <= 2

        # Late arrivals of two days ago, and a recording with new bytes: a new version beside the old one.
        sandbox.arrive("manager", count=2, started_seconds_ago=48 * 3600)
        changed = next(row["recording"] for row in truth(program) if row["status"] == "available")
        sandbox.change("replace", select={"recordings": [changed]})
        third = pull()
        assert (third.code, third.json["archived"], home()) == (0, 3, available + 3)

        # A partial run does not move the watermark: what it could not have is listed again.
        sandbox.arrive("member", recordings=1)
        with sandbox.fault("server-error", where={"route": "content"}) as fault:
            partial = pull()
            assert fault.hits > 0
        assert (partial.code != 0, home()) == (True, available + 3)
        for name, parameters in (("cursor-loop", {}), ("rubbish", {"kind": "text"})):
            sandbox.arrive("member", recordings=1)
            with sandbox.fault(name, parameters, where={"route": "changes"}):
                broken = pull()
            assert broken.code == 3 or broken.json["error"] is not None
        after = pull()
        assert after.code == 0
        assert home() == available + 6

        sandbox.expire_listings(cursors=True)
        anew = pull()
        assert (anew.code, anew.json["content_requests"]) == (0, 0)
        assert anew.json["listed"] == len(truth(program))
        assert pull().json["listed"] < anew.json["listed"]
