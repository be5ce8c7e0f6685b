from collections.abc import Iterator
from typing import Any

import pytest

from mir_sandbox.clock import ServiceClock
from mir_sandbox.edits import Edits, Lies, Order, Verb
from mir_sandbox.options import Lifetimes, SandboxOptions
from mir_sandbox.service import open_service
from tests.mir_sandbox.house import NOW, House, content_path, serving


@pytest.fixture
def house() -> Iterator[House]:
    with serving(conversations=120) as house:
        yield house


def drain(house: House, username: str, cursor: str | None = None, size: int = 500) -> tuple[list[dict[str, Any]], str]:
    """Everything since the cursor, and the cursor to go on with."""
    items: list[dict[str, Any]] = []
    while True:
        query = {"pageSize": size} | ({"cursor": cursor} if cursor else {})
        answer = house.get("/changes", username, params=query)
        assert answer.status_code == 200, answer.text
        page = answer.json()
        items += page["items"]
        cursor = page["nextCursor"]
        assert isinstance(cursor, str)
        if not page["hasMore"]:
            return items, cursor
        assert len(page["items"]) == size


def ids(items: list[dict[str, Any]]) -> list[str]:
    return [item["id"] for item in items]


@pytest.mark.parametrize("username", ["all", "manager", "member"])
def test_without_a_cursor_everything_comes_from_the_oldest(house: House, username: str) -> None:
    whole, _ = drain(house, username)
    assert sorted(ids(whole)) == sorted(ids(house.everything(username)))
    moments = [item["updatedAt"].replace("Z", "") for item in whole]
    assert moments == sorted(moments)
    assert ids(drain(house, username, size=7)[0]) == ids(whole)


def test_a_cursor_gives_what_came_since(house: House) -> None:
    _, cursor = drain(house, "all")
    assert drain(house, "all", cursor)[0] == []
    added = house.control("POST", "/arrivals", {"owner": "member", "count": 3, "startedSecondsAgo": 200_000})
    new, cursor = drain(house, "all", cursor, size=2)
    assert ids(new) == added["conversations"]
    assert drain(house, "all", cursor)[0] == []
    assert drain(house, "single", drain(house, "single")[1])[0] == []


def test_nothing_is_lost_within_one_millisecond(house: House) -> None:
    _, cursor = drain(house, "all")
    seen: list[str] = []
    expected: list[str] = []
    for _ in range(20):
        expected += house.control("POST", "/arrivals", {"owner": "member"})["conversations"]
        new, cursor = drain(house, "all", cursor)
        seen += ids(new)
    assert seen == expected


class Stopped(ServiceClock):
    """A clock that stands."""

    def now(self) -> float:
        return NOW.timestamp()


def test_nothing_is_lost_when_everything_happens_at_one_moment() -> None:
    service = open_service(SandboxOptions(conversations=60, tiny=True, now=NOW))
    service.clock = Stopped()
    edits = Edits(service)
    view = service.visibility.view(service.users["u-00004"])
    after = (0, 0)

    def since() -> list[int]:
        nonlocal after
        rows = service.listing.changes(view, after=after, until_ms=service.horizon(), limit=1000)
        after = (rows[-1].changed, rows[-1].number) if rows else after
        return [row.number for row in rows]

    assert len(since()) > 50
    for recording in (30, 20, 40, 10):
        row = service.recording_by_number(recording)
        assert row is not None
        edits.apply(Order(Verb.REPLACE, Lies()), [row])
        assert since() == [row.conversation]
        assert since() == []
    service.close()


def test_changes_of_recordings_come_again(house: House) -> None:
    _, cursor = drain(house, "all")
    conversation, take = house.available()[3]
    for order in (
        {"verb": "replace"},
        {"verb": "missing"},
        {"verb": "available"},
        {"verb": "lie", "lies": {"listedSize": 5}},
        {"verb": "expire"},
    ):
        house.control("POST", "/recordings", order | {"select": {"recordings": [take["id"]]}})
        new, cursor = drain(house, "all", cursor)
        assert ids(new) == [conversation], order
    house.control("POST", "/recordings", {"verb": "delete", "select": {"recordings": [take["id"]]}})
    assert drain(house, "all", cursor)[0] == []


def test_what_was_processed_comes_when_it_is_ready(house: House) -> None:
    conversation, take = house.available()[3]
    order = {"verb": "processing", "readyInSeconds": 600, "select": {"recordings": [take["id"]]}}
    house.control("POST", "/recordings", order)
    _, cursor = drain(house, "all")
    house.control("POST", "/clock", {"advanceSeconds": 400})
    assert drain(house, "all", cursor)[0] == []
    house.control("POST", "/clock", {"advanceSeconds": 201})
    new, _ = drain(house, "all", cursor)
    assert ids(new) == [conversation]
    assert [row["status"] for row in new[0]["recordings"] if row["id"] == take["id"]] == ["available"]
    assert house.get(content_path(conversation, take["id"]), "all").status_code == 200


def test_the_accounts_own_processing_ends_and_late_calls_arrive(house: House) -> None:
    everything = house.everything("all")
    waiting = [item["id"] for item in everything for take in item["recordings"] if take["status"] == "processing"]
    assert len(waiting) == 2
    _, cursor = drain(house, "all")
    late = house.control("POST", "/arrivals", {"owner": "member", "availableInSeconds": 7200})["conversations"]
    assert house.get(f"/conversations/{late[0]}", "all").status_code == 404
    assert drain(house, "all", cursor)[0] == []
    house.control("POST", "/clock", {"advanceSeconds": 6 * 86_400})
    house.bearers.clear()
    new, _ = drain(house, "all", cursor)
    assert set(ids(new)) >= {*waiting, *late}
    assert all(take["status"] != "processing" for item in new for take in item["recordings"])


def test_a_cursor_expires(house: House) -> None:
    _, cursor = drain(house, "all")
    house.control("POST", "/listings", {"expireCursors": True})
    answer = house.get("/changes", "all", params={"cursor": cursor})
    assert (answer.status_code, answer.json()["code"]) == (410, "cursor_expired")
    assert drain(house, "all")[0]


def test_a_cursor_expires_with_time() -> None:
    with serving(conversations=60, lifetimes=Lifetimes(cursor=600)) as house:
        _, cursor = drain(house, "all")
        house.control("POST", "/clock", {"advanceSeconds": 400})
        _, cursor = drain(house, "all", cursor)
        house.control("POST", "/clock", {"advanceSeconds": 400})
        _, cursor = drain(house, "all", cursor)
        house.control("POST", "/clock", {"advanceSeconds": 601})
        assert house.get("/changes", "all", params={"cursor": cursor}).status_code == 410


def test_other_rights_mean_another_list(house: House) -> None:
    _, cursor = drain(house, "member")
    house.control("POST", "/users/member", {"accessLevel": "all"})
    assert house.get("/changes", "member", params={"cursor": cursor}).json()["code"] == "cursor_expired"
    answer = house.get("/changes", "manager", params={"cursor": cursor})
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_parameter")
    assert house.get("/changes", "all", params={"cursor": "rubbish"}).status_code == 400
