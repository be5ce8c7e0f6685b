"""Every fault of a content request, as one line of a table: what the service does, and where the recording ends.

All faults stand at once, each for a recording of its own. One run meets them; then they are gone and a second run must
bring home whatever may come; a third has nothing to do. The invariants hold after each.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from mir_sandbox.remote import Sandbox
from tests.journeys.checker import Checker
from tests.journeys.conftest import TINY, WINDOW, program_of, truth
from tests.journeys.program import Program
from tests.windows import WINE

HOME = "archived"
PATIENCE = {
    "retry.window": "60 s",
    "network.stall_timeout": "1 s",
    "network.connect_timeout": "2 s",
    "transfer.concurrency": 2,
}


@dataclass(frozen=True, eq=False)
class Case:
    """`line` of docs/faults.md; `state` of the recording after the first run, `then` after the second one.

    `resumes`: the fault needs a resumed download, so the connection is reset in the middle first.
    """

    line: int
    fault: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    times: int | None = 1
    state: str = HOME
    then: str = HOME
    most: int = 6
    resumes: bool = False

    def __str__(self) -> str:
        kind = "-".join(str(value) for value in self.parameters.values())[:40]
        return f"{self.line}-{self.fault}-{kind}-{self.times or 'always'}-{self.state}"


CASES = [
    Case(2, "reset"),
    Case(2, "reset", {"after": 0}),
    Case(2, "hang-up", {"reset": True}),
    Case(2, "close-kept-alive", {"when": "onNextRequest"}, times=None),
    Case(3, "cut"),
    Case(3, "cut", {"after": 6_000}, times=None, most=12),
    Case(3, "no-length", {"after": 1000}),
    Case(4, "cut-chunked", {"after": 1000}),
    Case(4, "cut-chunked", {"after": 6_000}, times=None, most=12),
    Case(4, "bad-chunk"),
    Case(5, "stall", {"after": 1000}),
    Case(6, "drip", {"bytes": 1, "every": 2.0}),
    Case(7, "endless-headers", {"lines": 4000, "bytes": 1024}),
    Case(7, "slow-headers", {"bytes": 1, "every": 2.0}),
    Case(7, "huge-header"),
    Case(9, "rate-limited", {"retryAfter": "1"}),
    Case(9, "rate-limited", {"retryAfter": "Thu, 01 Jan 1970 00:00:00 GMT"}),
    Case(9, "rate-limited", {"retryAfter": "rubbish"}),
    Case(9, "rate-limited", {"code": "concurrency_limited", "retryAfter": "1"}),
    Case(10, "unavailable", {"retryAfter": "1"}, times=2),
    Case(10, "server-error"),
    Case(12, "ignore-range", resumes=True),
    Case(13, "shifted-range", {"shift": -100}, resumes=True),
    Case(13, "shifted-range", {"shift": -100, "corrupt": True}, resumes=True),
    Case(13, "shifted-range", {"shift": 100}, resumes=True),
    Case(13, "content-range", {"kind": "missing"}, resumes=True),
    Case(13, "content-range", {"kind": "malformed"}, resumes=True),
    Case(13, "content-range", {"kind": "otherTotal"}, resumes=True),
    Case(13, "content-range", {"kind": "otherStart"}, resumes=True),
    Case(13, "multipart-range", resumes=True),
    Case(14, "changed-file", times=None, resumes=True),
    Case(14, "etag", {"kind": "changed"}, resumes=True),
    Case(15, "range-refused", resumes=True),
    Case(15, "range-refused", {"total": "other"}, resumes=True),
    Case(15, "range-refused", {"total": "missing"}, resumes=True),
    Case(16, "encoded"),
    Case(16, "encoded", times=None, state="failed", most=8),
    Case(17, "content-length", {"kind": "twoDifferent"}),
    Case(17, "content-length", {"kind": "negative"}),
    Case(17, "content-length", {"kind": "rubbish"}),
    Case(17, "content-length", {"kind": "withChunked"}),
    Case(18, "extra-bytes"),
    Case(19, "json-error"),
    Case(19, "json-error", {"contentType": "audio/wav"}),
    Case(19, "json-error", {"contentType": "audio/wav"}, times=None, state="not_wav", then="not_wav", most=4),
    Case(19, "page", {"page": "signIn"}),
    Case(19, "page", {"page": "captivePortal", "contentType": "audio/wav"}),
    Case(19, "page", {"page": "captivePortal"}, times=None, state="failed", most=8),
    Case(20, "flip"),
    Case(20, "flip", times=None, state="digest_mismatch", then="digest_mismatch", most=4),
    Case(20, "digest", {"kind": "wrong"}, times=None, state="digest_mismatch", then="digest_mismatch", most=4),
    Case(21, "digest", {"kind": "unknownAlgorithm"}, times=None),
    Case(21, "digest", {"kind": "malformed"}, times=None),
    Case(21, "digest", {"kind": "missing"}, times=None),
    Case(22, "wrong-length", times=None, state="digest_mismatch", then="digest_mismatch", most=4),
    Case(23, "empty", times=None, state="empty_at_source", then="empty_at_source", most=2),
    Case(26, "not-found", times=None, state="gone", then="gone", most=1),
    Case(26, "gone", times=None, state="expired", then="expired", most=1),
    Case(26, "not-found", {"code": "media_missing"}, times=None, state="missing", then="missing", most=1),
    Case(27, "denied", times=None, state="denied", then="denied", most=2),
    Case(28, "redirect", {"to": "other"}),
    Case(28, "redirect", {"to": "http"}, times=None, state="failed", most=8),
    Case(28, "redirect", {"to": "file"}, times=None, state="failed", most=8),
    Case(28, "redirect", {"to": "loop"}, times=None, state="failed", most=30),
    Case(28, "redirect", {"to": "relative"}),
    Case(0, "not-ready", {"retryAfter": "1"}),
    Case(49, "token-expired"),
]


@dataclass(frozen=True)
class Trial:
    """What the three runs over all faults at once have left: one recording met each."""

    victims: Mapping[Case, str]
    hits: Mapping[Case, int]
    asked: Mapping[Case, int]
    after_faults: Mapping[str, str]
    in_the_end: Mapping[str, str]
    wrong: Sequence[str]


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trial]:
    """All faults stand at once, each for a recording of its own, with whole recordings between them."""
    folder = tmp_path_factory.mktemp("faults")
    with Sandbox.start(conversations=900, tls=not WINE, options=TINY) as sandbox:
        program = program_of(folder / "p", sandbox, **PATIENCE)
        checker = Checker(program.archive)
        rows = truth(program, window=True)
        checker.learn(rows)
        able = [row["recording"] for row in rows if row["status"] == "available" and row["size"] > 8_000]
        assert len(able) > 3 * len(CASES)
        victims = dict(zip(CASES, able[::3], strict=False))
        standing = {}
        for case, victim in victims.items():
            where = {"recording": victim, "route": "content"}
            if case.resumes:
                sandbox.fault("reset", {"after": 4_000}, where=where, times=1)
                where["ranged"] = True
            standing[case] = sandbox.fault(case.fault, case.parameters, where=where, times=case.times)
        checker.look_around(ours=[program.home])
        first = program.pull_here(*WINDOW)
        hits = {case: fault.hits for case, fault in standing.items()}
        paths = [str(entry.get("path", "")) for entry in sandbox.journal()]
        asked = {case: sum(victim in path for path in paths) for case, victim in victims.items()}
        for case in CASES:
            if case.fault == "changed-file":
                # Which bytes it served is the fault's own secret: what lies there must be what its table says.
                checker.served[victims[case]] |= served_now(checker, victims[case])
        wrong = checker.after(first.json, ours=[program.home])
        wrong += checker.exit_code(first.json, first.code, reported_before=False)
        after_faults = states_of(program, first.json)
        sandbox.clear()
        last = program.pull_here(*WINDOW)
        wrong += checker.after(last.json, ours=[program.home])
        before = checker.state()
        sandbox.forget()
        idle = program.pull_here(*WINDOW)
        if idle.json["content_requests"] or sandbox.content_requests() or checker.state() != before:
            wrong.append("I7 the second of two runs in a row fetched or wrote something")
        wrong += checker.exit_code(idle.json, idle.code, reported_before=True)
        verified = program.here("verify", str(program.archive), "--json", signs_in=False)
        if not verified.json["sound"]:
            wrong.append(f"verify: {verified.out}")
        yield Trial(victims, hits, asked, after_faults, states_of(program, last.json), wrong)


def test_the_invariants_hold(trial: Trial) -> None:
    assert trial.wrong == []


@pytest.mark.parametrize("case", CASES, ids=str)
def test_each_fault_ends_where_it_must(trial: Trial, case: Case) -> None:
    victim = trial.victims[case]
    assert trial.hits[case] > 0, "the fault never came into play"
    assert trial.after_faults.get(victim, HOME) == case.state
    assert trial.asked[case] <= case.most, "too many requests for one recording"
    assert trial.in_the_end.get(victim, HOME) == case.then


def states_of(program: Program, result: Mapping[str, Any]) -> dict[str, str]:
    """Recording to state, for all that is not home, as `runs RUN` tells it."""
    told = program.here("runs", str(result["run"]), "--archive", str(program.archive), "--json", signs_in=False).json
    return {row["recording"]: row["state"] for row in told["notHome"]}


def served_now(checker: Checker, recording: str) -> set[str]:
    """What lies in the archive for one recording, by its table."""
    found = set()
    for path in checker.finals().values():
        with path.with_suffix(".csv").open(encoding="utf-8-sig", newline="") as table:
            row = next(csv.DictReader(table))
        if row["Recording ID"] == recording:
            found.add(row["SHA-256"])
    return found
