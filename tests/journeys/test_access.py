"""Who sees what: every kind of user finds and brings home exactly what the service's own plain list says, no more."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from mir_sandbox.remote import Sandbox, User
from tests.journeys.checker import Checker
from tests.journeys.conftest import program_of, truth
from tests.journeys.program import Program

EVERYTHING = ("--from", "2025-09-01T00:00:00Z", "--to", "2026-11-20T12:00:00Z")
"""Fifteen windows of the service's 31 days."""
Call = Mapping[str, Any]


def user_of(sandbox: Sandbox, name: str) -> User:
    return next(user for user in sandbox.users if user.username == name)


def ids(calls: Sequence[Call]) -> set[str]:
    return {recording["id"] for call in calls for recording in call["recordings"]}


@pytest.mark.parametrize(
    "name",
    ["member", "manager", "all", "single", "both", "lonely", "unrecorded", "archive-service"],
)
def test_each_user_brings_home_exactly_what_may_be_seen(tmp_path: Path, sandbox: Sandbox, name: str) -> None:
    program = program_of(tmp_path / "p", sandbox).as_user(user_of(sandbox, name))
    rows = truth(program)
    available = {row["recording"]: row for row in rows if row["status"] == "available"}

    seen = program.here("search", *EVERYTHING, "--json")
    assert seen.code == 0
    calls = seen.json["conversations"]
    assert ids(calls) == {row["recording"] for row in rows}
    assert {call["id"] for call in calls} >= {row["conversation"] for row in rows}
    assert len({call["id"] for call in calls}) == len(calls)

    count = program.here("search", *EVERYTHING, "--count", "--json").json
    size = sum(row["size"] for row in available.values())
    assert count == {"conversations": len(calls), "bytes": size, "exact": True}

    forecast = program.here("pull", "--archive", str(program.archive), "--dry-run", *EVERYTHING, "--json").json
    assert not program.archive.exists(), "a dry run wrote something"
    assert (forecast["listed"], forecast["wanted"], forecast["archived"]) == (len(rows), len(available), 0)
    assert forecast["unavailable"] == len(rows) - len(available)

    checker = Checker(program.archive)
    checker.learn(rows)
    checker.look_around(ours=[program.home])
    sandbox.forget()
    pulled = program.pull_here(*EVERYTHING)
    assert checker.after(pulled.json, ours=[program.home]) == []
    assert checker.exit_code(pulled.json, pulled.code, reported_before=False) == []
    assert pulled.json["archived"] == sandbox.content_requests() == len(available)
    assert pulled.json["bytes"] == forecast["bytes"] == size
    assert pulled.json["listed"] == len(rows)
    told = program.here("runs", "1", "--archive", str(program.archive), "--json", signs_in=False).json
    assert {row["recording"]: row["state"] for row in told["notHome"]} == {
        row["recording"]: "waiting" if row["status"] == "processing" else row["status"]
        for row in rows
        if row["status"] != "available"
    }
    again = program.here("pull", "--archive", str(program.archive), "--dry-run", *EVERYTHING, "--json").json
    assert (again["listed"], again["archived"], again["wanted"]) == (len(rows), len(available), 0)


def test_none_is_told_so_and_nothing_is_asked_or_made(tmp_path: Path, sandbox: Sandbox) -> None:
    program = program_of(tmp_path / "p", sandbox, "none")
    sandbox.forget()
    for words in (
        ("search",),
        ("search", "--count"),
        ("search", "--conversation", "cnv-7-000000300"),
        ("pull", "--archive", str(program.archive), "--dry-run"),
        ("pull", "--archive", str(program.archive), "--accept-risk"),
        ("pull", "--archive", str(program.archive), "--accept-risk", "--changes"),
    ):
        ended = program.here(*words, "--json")
        assert ended.code == 6, words
        assert ended.json["error"]["code"] == "access_none"
        assert "Your access level is None" in ended.err
        assert "Decision Maker or Phone Manager" in ended.err
    assert program.here("whoami", "--json").json["accessLevel"] == "none"
    assert not program.archive.exists()
    routes = {entry["route"] for entry in sandbox.journal()}
    assert not routes & {"conversations", "conversation", "changes", "content", "participants"}


def test_who_may_not_download_may_list(tmp_path: Path, sandbox: Sandbox) -> None:
    program = program_of(tmp_path / "p", sandbox).as_user(user_of(sandbox, "listener"))
    listed = program.here("search", *EVERYTHING, "--json")
    assert ids(listed.json["conversations"]) == {row["recording"] for row in truth(program)} != set()
    sandbox.forget()
    pulled = program.pull_here(*EVERYTHING)
    assert (pulled.code, pulled.json["error"]["code"]) == (6, "download_not_permitted")
    assert sandbox.content_requests() == 0


# --- criteria ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Seen:
    """Everything the user who sees all can find, once for the module, and the program that found it."""

    program: Program
    calls: list[dict[str, Any]]


@pytest.fixture(scope="module")
def everything(sandbox: Sandbox, tmp_path_factory: pytest.TempPathFactory) -> Seen:
    program = program_of(tmp_path_factory.mktemp("criteria"), sandbox)
    return Seen(program, program.here("search", *EVERYTHING, "--json").json["conversations"])


def party(call: Call, which: str, what: str) -> str:
    text: str = call[f"{which}_party"][what]
    return text


Question = Callable[[list[dict[str, Any]]], tuple[Sequence[str], Callable[[Call], bool]]]


def by_party(which: str, option: str, what: str, *, form: str) -> Question:
    """A criterion of a party, as a text taken from the data: whole, or a piece with wildcards, names in other case."""

    def ask(calls: list[dict[str, Any]]) -> tuple[Sequence[str], Callable[[Call], bool]]:
        found = next(text for call in reversed(calls) if len(text := party(call, which, what)) > 3 and text.isascii())
        if what == "name":
            found = found.swapcase()
        middle = found[1:-1]
        forms: dict[str, tuple[str, Callable[[str], bool]]] = {
            "whole": (found, lambda text: text.casefold() == found.casefold()),
            "begins": (f"{found[:3]}*", lambda text: text.casefold().startswith(found[:3].casefold())),
            "ends": (f"*{found[-2:]}", lambda text: text.casefold().endswith(found[-2:].casefold())),
            "holds": (f"*{middle}*", lambda text: middle.casefold() in text.casefold()),
        }
        typed, holds = forms[form]
        return (f"--{which}-{option}={typed}",), lambda call: holds(party(call, which, what))

    return ask


def told(words: Sequence[str], holds: Callable[[Call], bool]) -> Question:
    return lambda _: (words, holds)


def busiest(calls: list[dict[str, Any]], name: str) -> Any:
    values = [call[name] for call in calls]
    return max(set(values), key=lambda value: (values.count(value), value))


QUESTIONS: dict[str, Question] = {
    "direction in": told(("--direction", "inbound"), lambda call: call["direction"] == "inbound"),
    "direction out": told(("--direction", "outbound"), lambda call: call["direction"] == "outbound"),
    "mode": told(("--mode", "onDemand"), lambda call: call["mode"] == "onDemand"),
    "shortest": told(("--min-duration", "7s"), lambda call: call["duration_seconds"] >= 7),
    "longest": told(("--max-duration", "0:08"), lambda call: call["duration_seconds"] <= 8),
    "lengths": told(("--min-duration", "3", "--max-duration", "5"), lambda call: 3 <= call["duration_seconds"] <= 5),
    "owner": lambda calls: (
        ("--owner", owner := busiest(calls, "owner_user_id")),
        lambda call: call["owner_user_id"] == owner,
    ),
    "group": told(("--group", "g-sales"), lambda call: "Sales" in call["groups"]),
    "conversation": lambda calls: (
        ("--conversation", calls[40]["id"]),
        lambda call: call["id"] == calls[40]["id"],
    ),
    "times": told(
        ("--from", "2026-11-01T00:00:00Z", "--to", "2026-11-15T12:00:00+02:00"),
        lambda call: "2026-11-01T00:00:00Z" <= call["start_time"] < "2026-11-15T10:00:00Z",
    ),
    "all three groups": told(
        ("--direction=inbound", "--min-duration=3", "--calling-number=+49*", "--called-extension=20*"),
        lambda call: (
            call["direction"] == "inbound"
            and call["duration_seconds"] >= 3
            and party(call, "calling", "phone_number").startswith("+49")
            and party(call, "called", "extension").startswith("20")
        ),
    ),
    **{
        f"{which} {option} {form}": by_party(which, option, what, form=form)
        for which in ("calling", "called")
        for option, what, form in (
            ("number", "phone_number", "whole"),
            ("number", "phone_number", "begins"),
            ("name", "name", "whole"),
            ("name", "name", "holds"),
            ("extension", "extension", "ends"),
        )
    },
}


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=list(QUESTIONS))
def test_a_criterion_finds_what_a_plain_look_finds(everything: Seen, question: Question) -> None:
    words, holds = question(everything.calls)
    wanted = {call["id"] for call in everything.calls if holds(call)}
    assert 0 < len(wanted) < len(everything.calls)
    span = () if "--from" in words else EVERYTHING
    found = everything.program.here("search", *span, *words, "--json").json["conversations"]
    assert {call["id"] for call in found} == wanted
    assert len(found) == len(wanted)


@pytest.mark.parametrize("name", ["member", "manager", "all"])
def test_scope_never_widens(everything: Seen, sandbox: Sandbox, name: str) -> None:
    program = everything.program.as_user(user_of(sandbox, name))
    me = program.here("whoami", "--json").json
    rows = truth(program)
    managed = {member["id"] for group in me["managedGroups"] for member in group["members"]}
    may = {row["recording"]: row["owner"] for row in rows}
    wanted = {
        "own": {recording for recording, owner in may.items() if owner == me["user"]["id"]},
        "group": {recording for recording, owner in may.items() if owner in managed},
        "all": set(may),
    }
    for scope, expected in wanted.items():
        found = program.here("search", *EVERYTHING, "--scope", scope, "--json").json["conversations"]
        assert ids(found) - expected <= {r for r, owner in may.items() if owner == me["user"]["id"]}, scope
        assert expected <= ids(found) <= set(may), scope


# --- saved searches, one by one ---------------------------------------------------------------------------------------


def test_a_saved_search_is_kept_listed_pulled_and_deleted(tmp_path: Path, everything: Seen, sandbox: Sandbox) -> None:
    program = program_of(tmp_path / "p", sandbox, **{"retry.window": "1 s"})
    words = (*EVERYTHING, "--direction", "outbound", "--called-number=+49*", "--max-duration", "6")
    name = 'Außen "kurz" 📞'
    saved = program.here("searches", "save", name, *words, "--json")
    assert saved.code == 0
    listed = program.here("searches", "list", "--json").json
    (found,) = [each for each in listed["searches"] if each["name"] == name]
    assert found == saved.json["saved"]
    assert not listed["offline"]
    assert name in program.here("searches", "list").out

    wanted = [
        call
        for call in everything.calls
        if call["direction"] == "outbound"
        and call["duration_seconds"] <= 6
        and party(call, "called", "phone_number").startswith("+49")
    ]
    direct = program.here("search", *words, "--json").json["conversations"]
    by_name = program.here("search", "--search", name, "--json").json["conversations"]
    assert by_name == direct
    assert {call["id"] for call in direct} == {call["id"] for call in wanted} != set()
    pulled = program.pull_here("--search", name).json
    assert pulled["listed"] == len(ids(wanted))
    runs = program.here("runs", "--archive", str(program.archive), "--json", signs_in=False).json["runs"]
    assert runs[0]["search"] == name

    with sandbox.fault("refuse"):
        offline = program.here("searches", "list", "--json")
        assert offline.code == 4, "there is nobody to ask who is asking"
    narrower = program.here("searches", "save", name, "--direction", "inbound", "--json").json["saved"]
    assert narrower["id"] == found["id"], "a search of the same name is replaced"
    assert program.here("searches", "delete", name, "--json").json == {"deleted": name}
    gone = program.here("search", "--search", name, "--json")
    assert (gone.code, gone.json["error"]["code"]) == (2, "unknown_name")
    assert name not in json.dumps(program.here("searches", "list", "--json").json, ensure_ascii=False)


def test_one_conversation_alone(tmp_path: Path, everything: Seen, sandbox: Sandbox) -> None:
    """Without times a conversation is asked for by its id, however old; one that may not be seen is not there."""
    old = next(call for call in everything.calls if len(call["recordings"]) > 1 and call["start_time"] > "2025-12")
    program = program_of(tmp_path / "p", sandbox)
    pulled = program.pull_here("--conversation", old["id"])
    assert pulled.json["listed"] == len(old["recordings"])
    checker = Checker(program.archive)
    checker.learn(truth(program))
    assert checker.after(pulled.json) == []
    member = program.as_user(user_of(sandbox, "member"))
    hidden = next(call for call in everything.calls if call["owner_user_id"] != "u-00002")
    assert member.here("search", "--conversation", hidden["id"], "--json").code == 1
