"""Rules: which requests they are for, how often they strike, how they wait; and their control interface."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from mir_sandbox.faults.__main__ import main
from mir_sandbox.faults.parameters import camel, kebab
from mir_sandbox.remote import SandboxFailed
from tests.mir_sandbox.front_stage import AUDIO, CONTENT, LISTING, ME, OTHER_CONTENT, Client, Stage, stage


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """One front for all tests."""
    with stage(tmp_path_factory.mktemp("front")) as made:
        yield made


@pytest.fixture
def front(running: Stage) -> Iterator[Stage]:
    """The front without faults."""
    running.sandbox.clear()
    running.sandbox.forget()
    yield running
    running.sandbox.clear()


def _statuses(front: Stage, *targets: str, headers: str = "", method: str = "GET", door: str = "main") -> list[int]:
    with Client(front.port(door)) as client:
        statuses = []
        for target in targets:
            client.send(target, headers=headers, method=method)
            statuses.append(client.hear(keep_open=True, bodiless=method == "HEAD").status)
        return statuses


@pytest.mark.parametrize(
    ("where", "hit", "missed"),
    [
        ({"route": "content"}, [CONTENT, OTHER_CONTENT], [ME]),
        ({"route": ["me", "conversations"]}, [ME, LISTING], [CONTENT]),
        ({"route": "any"}, [ME, CONTENT, "/"], []),
        ({"path": "pageToken=[12]$"}, [f"{LISTING}?pageToken=1"], [LISTING, ME]),
        ({"recording": "rec-2"}, [OTHER_CONTENT], [CONTENT]),
        ({"conversation": "cnv-1"}, [CONTENT], [LISTING]),
        ({"route": "any", "method": "HEAD"}, [], [ME]),
        ({"route": "any", "ranged": True}, [], [CONTENT]),
        ({"route": "any", "ranged": False}, [CONTENT], []),
        ({"route": "any", "door": "other"}, [], [ME]),
        ({"route": "any", "user": "ada"}, [], [ME]),
        ({}, [CONTENT, OTHER_CONTENT], [ME, LISTING]),
    ],
)
def test_where(front: Stage, where: dict[str, Any], hit: list[str], missed: list[str]) -> None:
    with front.sandbox.fault("not-found", where=where) as fault:
        assert _statuses(front, *hit) == [404] * len(hit)
        assert 404 not in _statuses(front, *missed)
        assert fault.hits == len(hit)


def test_where_of_one_kind_of_request(front: Stage) -> None:
    with front.sandbox.fault("denied", where={"method": "HEAD"}):
        assert _statuses(front, CONTENT, method="HEAD") == [403]
    with front.sandbox.fault("denied", where={"ranged": True}):
        assert _statuses(front, CONTENT, headers="Range: bytes=5-\r\n") == [403]
    with front.sandbox.fault("denied", where={"door": "other"}):
        assert _statuses(front, CONTENT, door="other") == [403]
    with front.sandbox.fault("denied", where={"user": "ada"}):
        assert _statuses(front, CONTENT, headers="Authorization: Bearer token-of-ada\r\n") == [403]
        assert _statuses(front, CONTENT, headers="Authorization: Bearer token-of-bob\r\n") == [200]


def test_how_often(front: Stage) -> None:
    with front.sandbox.fault("gone", skip=2, stride=3, times=2) as fault:
        statuses = _statuses(front, *[CONTENT] * 10)
        assert statuses == [200, 200, 410, 200, 200, 410, 200, 200, 200, 200]
        state = fault.state()
        assert (state["hits"], state["matched"], state["spent"]) == (2, 6, True)


@pytest.mark.parametrize("per", ["recording", "target"])
def test_once_for_each_recording(front: Stage, per: str) -> None:
    with front.sandbox.fault("gone", times=1, per=per) as fault:
        assert _statuses(front, CONTENT, CONTENT, OTHER_CONTENT, CONTENT, OTHER_CONTENT) == [410, 200, 410, 200, 200]
        assert (fault.hits, fault.state()["spent"]) == (2, False)


def test_once_for_each_connection(front: Stage) -> None:
    with front.sandbox.fault("gone", times=1, per="connection"):
        assert [_statuses(front, CONTENT, CONTENT) for _ in range(2)] == [[410, 200], [410, 200]]


def test_chance_is_repeatable(front: Stage) -> None:
    drawn = []
    for seed in (1, 1, 2):
        with front.sandbox.fault("gone", probability=0.5, seed=seed):
            drawn.append(_statuses(front, *[CONTENT] * 40))
    assert drawn[0] == drawn[1]
    assert drawn[0] != drawn[2]
    assert 8 < drawn[0].count(410) < 32


def test_a_rule_ends_by_itself(front: Stage) -> None:
    with front.sandbox.fault("unavailable", lifetime=1.0, where={"route": "me"}) as fault:
        assert _statuses(front, ME) == [503]
        while not fault.state()["spent"]:
            pass
        assert _statuses(front, ME) == [200]


def test_one_door_refuses_and_its_open_connections_go(front: Stage) -> None:
    with Client(front.port()) as kept:
        kept.send(ME)
        kept.hear(keep_open=True)
        with front.sandbox.fault("refuse", where={"door": "main"}):
            assert kept.hear().end == "reset"
            with pytest.raises(ConnectionRefusedError):
                Client(front.port())
            assert _statuses(front, ME, door="other") == [200]


def test_a_door_that_refuses_opens_by_itself(front: Stage) -> None:
    with Client(front.port()) as kept:
        kept.send(ME)
        kept.hear(keep_open=True)
        fault = front.sandbox.fault("refuse", lifetime=0.1)
        assert kept.hear().end == "reset"
    while not fault.state()["spent"]:
        pass
    while True:
        try:
            assert _statuses(front, ME) == [200]
            break
        except ConnectionRefusedError:
            continue


def test_the_first_rule_that_strikes_counts(front: Stage) -> None:
    with front.sandbox.fault("gone", times=1) as first, front.sandbox.fault("denied") as second:
        assert _statuses(front, CONTENT, CONTENT) == [410, 403]
        assert (first.hits, second.hits, second.state()["matched"]) == (1, 1, 1)
    assert _statuses(front, CONTENT) == [200]


def test_connections_are_counted_too(front: Stage) -> None:
    with front.sandbox.fault("close-on-accept", times=1, skip=1) as fault:
        assert _statuses(front, ME) == [200]
        with Client(front.port()) as client:
            assert client.hear().end == "closed"
        assert _statuses(front, ME) == [200]
        assert fault.hits == 1


def test_release_lets_go_what_waits_and_the_rule_stands(front: Stage) -> None:
    fault = front.sandbox.fault("stall", {"after": 10})
    other = front.sandbox.fault("silence", where={"route": "me"})
    with Client(front.port()) as first, Client(front.port()) as second, Client(front.port()) as third:
        for client in (first, second):
            client.send(CONTENT)
        third.send(ME)
        fault.wait(hits=2, waiting=2)
        other.wait(waiting=1)
        assert fault.release() == 2
        for client in (first, second):
            assert client.hear(keep_open=True).body == AUDIO
            client.send(CONTENT)
        fault.wait(hits=4, waiting=2)
        assert third.is_silent()
        assert front.sandbox.release() == 3
        assert third.hear().end == "closed"


def test_clearing_lets_go_too(front: Stage) -> None:
    fault = front.sandbox.fault("stall", {"after": 10})
    with Client(front.port()) as client:
        client.send(CONTENT)
        fault.wait(waiting=1)
        fault.clear()
        assert client.hear(keep_open=True).body == AUDIO
    fault.clear()
    assert front.sandbox.faults() == []


def test_waiting_for_what_does_not_come(front: Stage) -> None:
    with front.sandbox.fault("stall") as fault, pytest.raises(TimeoutError, match="stall has 0 hits"):
        fault.wait(hits=1, seconds=0.05)


def test_what_stands_is_shown(front: Stage) -> None:
    where = {"route": ["content"], "path": "x", "ranged": True}
    fault = front.sandbox.fault("rate-limited", {"retry_after": "5"}, where=where, times=3, per="target")
    (shown,) = front.sandbox.faults()
    assert shown["id"] == fault.id
    assert shown["fault"] == "rate-limited"
    assert shown["parameters"] == {"code": "rate_limited", "retryAfter": "5"}
    assert shown["where"] == where
    assert (shown["times"], shown["per"], shown["hits"], shown["spent"]) == (3, "target", 0, False)


@pytest.mark.parametrize(
    ("order", "reason"),
    [
        ([], "JSON object"),
        ({"fault": "earthquake"}, "no fault 'earthquake'; there are: refuse"),
        ({}, "no fault None"),
        ({"fault": "reset", "when": 1}, "a fault has no when"),
        ({"fault": "reset", "parameters": []}, "parameters must be an object"),
        ({"fault": "reset", "parameters": {"before": 1}}, "no parameter before; there are: after"),
        ({"fault": "reset", "parameters": {"after": "1"}}, "parameter after must be of kind integer"),
        ({"fault": "reset", "parameters": {"after": None}}, "parameter after must be of kind integer"),
        ({"fault": "reset", "parameters": {"after": True}}, "parameter after must be of kind integer"),
        ({"fault": "pace", "parameters": {"bytesPerSecond": "x"}}, "must be of kind number"),
        ({"fault": "hang-up", "parameters": {"reset": 1}}, "must be of kind flag"),
        ({"fault": "digest", "parameters": {"kind": "odd"}}, "must be one of wrong, missing"),
        ({"fault": "header", "parameters": {"set": 3}}, "set must be an object"),
        ({"fault": "status", "parameters": {"headers": 3}}, "headers must be an object"),
        ({"fault": "status", "parameters": {"status": 1000}}, "status must be from 100 to 999"),
        ({"fault": "replace", "parameters": {"base64": "?"}}, "parameter base64"),
        ({"fault": "repeat-id", "parameters": {"set": 1}}, "set must be an object"),
        ({"fault": "pace", "parameters": {"bytesPerSecond": 0}}, "must be more than 0"),
        ({"fault": "drip", "parameters": {"bytes": 0}}, "must be more than 0"),
        ({"fault": "reset", "where": 1}, "where must be an object"),
        ({"fault": "reset", "where": {"colour": "red"}}, "where has no colour"),
        ({"fault": "reset", "where": {"ranged": "yes"}}, "where.ranged must be of kind bool"),
        ({"fault": "reset", "where": {"path": "("}}, "where.path is no regular expression"),
        ({"fault": "reset", "where": {"route": "nowhere"}}, "where.route: 'nowhere'"),
        ({"fault": "reset", "where": {"route": 1}}, "where.route must be"),
        ({"fault": "reset", "skip": -1}, "skip must be a whole number from 0"),
        ({"fault": "reset", "stride": 0}, "stride must be a whole number from 1"),
        ({"fault": "reset", "times": 0}, "times must be a whole number from 1"),
        ({"fault": "reset", "seed": "x"}, "seed must be a whole number"),
        ({"fault": "reset", "probability": 2}, "probability must be a number from 0 to 1"),
        ({"fault": "reset", "lifetime": -1}, "lifetime must be a number from 0"),
        ({"fault": "reset", "per": "moon"}, "per must be one of rule, recording"),
    ],
)
def test_what_cannot_be_is_refused_with_a_reason(front: Stage, order: Any, reason: str) -> None:
    with pytest.raises(SandboxFailed) as failed:
        front.sandbox.control("POST", "/faults/", order)
    assert ": 400 " in str(failed.value)
    assert reason in json.loads(str(failed.value).partition(" 400 ")[2])["error"]
    assert front.sandbox.faults() == []


def test_rough_requests_to_the_control_interface(front: Stage) -> None:
    url = front.sandbox.control_url
    with requests.Session() as session:
        assert session.post(f"{url}/faults/", data=b"{", timeout=20).status_code == 400
        for method, path in (("GET", "x"), ("DELETE", "x"), ("POST", "x/release")):
            assert session.request(method, f"{url}/faults/{path}", timeout=20).status_code == 404
        fault = front.sandbox.fault("stall")
        assert session.get(f"{url}/faults/{fault.id}?hits=many", timeout=20).status_code == 400
        assert session.get(f"{url}/wire/journal?after=x", timeout=20).status_code == 400


def test_names() -> None:
    assert (camel("retry-after"), camel("retry_after"), camel("retryAfter")) == ("retryAfter",) * 3
    assert kebab("bytesPerSecond") == "bytes-per-second"


# -- by hand ----------------------------------------------------------------------------------------------------


def _said(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


def test_faults_by_hand(front: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    control = front.sandbox.control_url
    words = ["--retry-after", "5", "--where", "route=me", "--where", "ranged=true", "--skip", "3", "--times", "2"]
    assert main([control, "add", "rate-limited", *words]) == 0
    added = _said(capsys)
    assert added["parameters"] == {"code": "rate_limited", "retryAfter": "5"}
    assert added["where"] == {"route": ["me"], "ranged": True}
    assert (added["skip"], added["times"], added["per"]) == (3, 2, "rule")
    assert main([control, "add", "stall", "--after", "1000", "--seconds", "null"]) == 0
    stall = _said(capsys)
    assert stall["parameters"] == {"after": 1000, "seconds": None, "then": "goOn"}
    assert main([control, "list"]) == 0
    assert [each["id"] for each in _said(capsys)["items"]] == [added["id"], stall["id"]]
    assert main([control, "clear", added["id"]]) == 0
    assert [each["id"] for each in front.sandbox.faults()] == [stall["id"]]
    assert main([control, "release"]) == 0
    assert main([control, "release", stall["id"]]) == 0
    assert main([control, "clear"]) == 0
    assert front.sandbox.faults() == []
    capsys.readouterr()
    assert main([control, "catalogue"]) == 0
    assert len(_said(capsys)["items"]) > 40
    assert main([control, "journal"]) == 0
    assert _said(capsys) == {"items": []}


def test_by_hand_a_refusal_is_said(front: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([front.sandbox.control_url, "add", "reset", "--after", "many"]) == 1
    assert "parameter after must be of kind integer" in capsys.readouterr().err
    assert main(["http://127.0.0.1:1/control", "list"]) == 1
    assert "does not answer" in capsys.readouterr().err


def test_by_hand_every_fault_explains_itself(capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["--help"], ["C", "add", "--help"], ["C", "add", "drip", "--help"]):
        with pytest.raises(SystemExit) as ended:
            main(words)
        assert ended.value.code == 0
    said = capsys.readouterr().out
    assert "add stall --after 1000" in said
    assert "Seconds between them. (default: 2.0)" in said
