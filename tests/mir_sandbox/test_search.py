import csv
import io
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from tests.mir_sandbox.house import NOW, House, serving, text

Item = dict[str, Any]
MONTH = {"from": text(NOW - timedelta(days=30)), "to": text(NOW), "pageSize": 500}


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    with serving(conversations=600) as house:
        yield house


@pytest.fixture(scope="module")
def items(house: House) -> list[Item]:
    return [item for page in house.pages("/conversations", "all", **MONTH) for item in page["items"]]


CRITERIA: list[tuple[dict[str, Any], Callable[[Item], bool]]] = [
    ({"direction": "inbound"}, lambda item: item["direction"] == "inbound"),
    ({"direction": "outbound"}, lambda item: item["direction"] == "outbound"),
    ({"minDuration": 6, "maxDuration": 20}, lambda item: 6 <= item["durationSeconds"] <= 20),
    ({"recordingMode": "onDemand"}, lambda item: item["mode"] == "onDemand"),
    ({"recordingMode": "alwaysOn"}, lambda item: item["mode"] == "alwaysOn"),
    ({"hasVoiceRecording": "true"}, lambda item: bool(item["recordings"])),
    ({"hasVoiceRecording": "false"}, lambda item: not item["recordings"]),
    ({"groupId": "g-sales"}, lambda item: any(group["id"] == "g-sales" for group in item["groups"])),
    ({"ownerUserId": "u-00003"}, lambda item: item["owner"]["userId"] == "u-00003"),
    ({"groupId": "g-sales", "ownerUserId": "u-00002"}, lambda item: item["owner"]["userId"] == "u-00002"),
    ({"ownerUserId": "u-unknown"}, lambda _: False),
    ({"groupId": "unknown"}, lambda _: False),
    ({"callingNumber": "+49*"}, lambda item: item["callingParty"]["phoneNumber"].startswith("+49")),
    ({"calledNumber": "*-2002"}, lambda item: item["calledParty"]["phoneNumber"].endswith("-2002")),
    ({"callingNumber": "*555*"}, lambda item: "555" in item["callingParty"]["phoneNumber"]),
    ({"callingNumber": "anonymous"}, lambda item: item["callingParty"]["phoneNumber"] == "anonymous"),
    ({"calledName": "JÜRGEN*"}, lambda item: item["calledParty"]["name"].lower().startswith("jürgen")),
    ({"callingName": "*er"}, lambda item: item["callingParty"]["name"].lower().endswith("er")),
    ({"callingName": "%"}, lambda _: False),
    ({"callingExtension": "200*"}, lambda item: item["callingParty"].get("extension", "").startswith("200")),
    ({"calledExtension": "*"}, lambda _: True),
    ({"calledExtension": "2002"}, lambda item: item["calledParty"].get("extension") == "2002"),
    (
        {"availableAfter": text(NOW - timedelta(days=2))},
        lambda item: item["availableAt"] >= text(NOW - timedelta(days=2)),
    ),
    (
        {"direction": "inbound", "recordingMode": "alwaysOn", "calledName": "*a*"},
        lambda item: (
            (item["direction"], item["mode"]) == ("inbound", "alwaysOn") and "a" in item["calledParty"]["name"].lower()
        ),
    ),
]


@pytest.mark.parametrize(("criteria", "meets"), CRITERIA, ids=[str(criteria) for criteria, _ in CRITERIA])
def test_each_criterion(
    house: House, items: list[Item], criteria: dict[str, Any], meets: Callable[[Item], bool]
) -> None:
    expected = [item["id"] for item in items if meets(item)]
    pages = house.pages("/conversations", "all", **(MONTH | criteria))
    assert [item["id"] for page in pages for item in page["items"]] == expected
    assert pages[0]["totalCount"] == len(expected)


def test_criteria_are_worth_testing(items: list[Item]) -> None:
    """Most of the criteria above find something and leave something out."""
    telling = [0 < sum(meets(item) for item in items) < len(items) for _, meets in CRITERIA]
    assert sum(telling) >= len(CRITERIA) - 5


def test_one_conversation(house: House, items: list[Item]) -> None:
    one = items[len(items) // 2]
    found = house.get("/conversations", "all", params=MONTH | {"conversationId": one["id"]}).json()
    assert found["items"] == [one]
    assert house.get(f"/conversations/{one['id']}", "all").json() == one
    assert house.get("/conversations", "all", params=MONTH | {"conversationId": "cnv-x"}).json()["items"] == []


def test_totals(house: House, items: list[Item]) -> None:
    page = house.get("/conversations", "all", params=MONTH | {"pageSize": 3}).json()
    assert page["totalCount"] == len(items)
    assert page["totalBytes"] == sum(take.get("sizeBytes", 0) for item in items for take in item["recordings"])


def test_totals_leave_out_what_has_expired(house: House) -> None:
    window = {"from": text(NOW - timedelta(days=380)), "to": text(NOW - timedelta(days=350)), "pageSize": 500}
    page = house.get("/conversations", "all", params=window).json()
    states = {take["status"] for item in page["items"] for take in item["recordings"]}
    assert states >= {"available", "expired"}
    assert page["totalBytes"] == sum(take.get("sizeBytes", 0) for item in page["items"] for take in item["recordings"])


@pytest.mark.parametrize(
    ("sort", "key", "down"),
    [("startTime", "startTime", False), ("-startTime", "startTime", True), ("availableAt", "availableAt", False)],
)
@pytest.mark.parametrize("size", [7, 100])
def test_every_order_pages_completely(
    house: House, items: list[Item], sort: str, key: str, down: bool, size: int
) -> None:
    pages = house.pages("/conversations", "all", **(MONTH | {"sort": sort, "pageSize": size}))
    listed = [item for page in pages for item in page["items"]]
    assert sorted(item["id"] for item in listed) == sorted(item["id"] for item in items)
    keys = [(item[key].replace("Z", ""), item["id"]) for item in listed]
    assert keys == sorted(keys, reverse=down)
    assert all(len(page["items"]) == size for page in pages[:-1])
    assert {page["asOf"] for page in pages} == {pages[0]["asOf"]}


def test_what_arrives_during_paging_does_not_move_the_pages() -> None:
    with serving() as house:
        window = {"from": text(NOW - timedelta(days=1)), "to": text(NOW + timedelta(days=1)), "pageSize": 5}
        before = [item["id"] for page in house.pages("/conversations", "all", **window) for item in page["items"]]
        first = house.get("/conversations", "all", params=window).json()
        listed = [item["id"] for item in first["items"]]
        house.control("POST", "/arrivals", {"owner": "member", "count": 3, "startedSecondsAgo": 80_000})
        house.control("POST", "/recordings", {"verb": "delete", "select": {"conversations": before[-1:]}})
        while "nextPageToken" in first:
            first = house.get("/conversations", "all", params=window | {"pageToken": first["nextPageToken"]}).json()
            listed += [item["id"] for item in first["items"]]
        assert listed == before
        after = [item["id"] for page in house.pages("/conversations", "all", **window) for item in page["items"]]
        assert len(after) == len(before) + 3 - 1


def test_the_window_is_the_last_24_hours_by_default(house: House, items: list[Item]) -> None:
    page = house.get("/conversations", "all", params={"pageSize": 500}).json()
    since = text(NOW - timedelta(days=1) + timedelta(seconds=30))
    listed = [item["id"] for item in page["items"]]
    assert {item["id"] for item in items if item["startTime"] >= since} <= set(listed)
    assert all(item["startTime"] >= text(NOW - timedelta(days=1)) for item in page["items"])
    assert 10 < len(listed) < len(items)


def test_the_window_includes_its_start_and_not_its_end(house: House, items: list[Item]) -> None:
    first, second = sorted({item["startTime"] for item in items})[:2]
    listed = house.get("/conversations", "all", params={"from": first, "to": second}).json()["items"]
    assert {item["startTime"] for item in listed} == {first}


@pytest.mark.parametrize(
    ("query", "code", "parameter"),
    [
        ({"from": text(NOW - timedelta(days=40)), "to": text(NOW)}, "window_too_large", "from"),
        ({"from": text(NOW), "to": text(NOW)}, "invalid_parameter", "from"),
        ({"from": "2026-11-20"}, "invalid_parameter", "from"),
        ({"from": "2026-13-20T00:00:00Z"}, "invalid_parameter", "from"),
        ({"to": "2026-11-20T00:00:00+01:00"}, "invalid_parameter", "to"),
        ({"pageSize": "501"}, "invalid_parameter", "pageSize"),
        ({"pageSize": "0"}, "invalid_parameter", "pageSize"),
        ({"pageSize": "ten"}, "invalid_parameter", "pageSize"),
        ({"direction": "internal"}, "invalid_parameter", "direction"),
        ({"callingName": "a*b"}, "invalid_parameter", "callingName"),
        ({"callingName": ""}, "invalid_parameter", "callingName"),
        ({"colour": "red"}, "invalid_parameter", "colour"),
        ({"direction": ["inbound", "outbound"]}, "invalid_parameter", "direction"),
        ({"pageToken": "rubbish"}, "invalid_parameter", "pageToken"),
        ({"hasVoiceRecording": "yes"}, "invalid_parameter", "hasVoiceRecording"),
        ({"conversationId": "../x"}, "invalid_parameter", "conversationId"),
    ],
)
def test_a_wrong_query_is_refused(house: House, query: dict[str, Any], code: str, parameter: str) -> None:
    answer = house.get("/conversations", "all", params=query)
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")
    problem = answer.json()
    assert problem["code"] == code
    assert [error["parameter"] for error in problem["errors"]] == [parameter]
    assert problem["requestId"] == answer.headers["X-Request-Id"]


def test_a_page_token_belongs_to_its_search_and_its_user(house: House) -> None:
    token = house.get("/conversations", "all", params=MONTH | {"pageSize": 5}).json()["nextPageToken"]
    for username, query in (("all", MONTH | {"direction": "inbound"}), ("manager", MONTH)):
        answer = house.get("/conversations", username, params=query | {"pageToken": token})
        assert (answer.status_code, answer.json()["code"]) == (400, "invalid_parameter")
    answer = house.get("/participants", "all", params=MONTH | {"pageToken": token})
    assert answer.status_code == 400
    forged = token[:-1] + ("A" if token[-1] != "A" else "B")
    answer = house.get("/conversations", "all", params=MONTH | {"pageToken": forged})
    assert (answer.status_code, answer.json()["code"]) == (410, "page_token_expired")


def test_page_tokens_expire() -> None:
    with serving() as house:
        query = MONTH | {"pageSize": 5}
        token = house.get("/conversations", "all", params=query).json()["nextPageToken"]
        users = house.get("/users", "all", params={"pageSize": 5}).json()["nextPageToken"]
        assert house.get("/conversations", "all", params=query | {"pageToken": token}).status_code == 200
        house.control("POST", "/clock", {"advanceSeconds": 901})
        for path, expired in (("/conversations", query | {"pageToken": token}), ("/users", {"pageToken": users})):
            answer = house.get(path, "all", params=expired)
            assert (answer.status_code, answer.json()["code"]) == (410, "page_token_expired")
        token = house.get("/conversations", "all", params=query).json()["nextPageToken"]
        house.control("POST", "/listings", {"expirePageTokens": True})
        assert house.get("/conversations", "all", params=query | {"pageToken": token}).status_code == 410


@pytest.mark.parametrize("size", [1, 4, 100])
def test_participant_view_has_a_row_for_each_participation(house: House, size: int) -> None:
    window = {"from": text(NOW - timedelta(days=3)), "to": text(NOW)}
    items = [item for page in house.pages("/conversations", "all", **window) for item in page["items"]]
    expected = [(item["id"], row["participationId"]) for item in items for row in item["participants"]]
    pages = house.pages("/participants", "all", **window, pageSize=size)
    rows = [row for page in pages for row in page["items"]]
    assert [(row["conversationId"], row["participationId"]) for row in rows] == expected
    assert pages[0]["totalCount"] == len(expected) > 2 * len(items)
    assert all(len(page["items"]) == size for page in pages[:-1])


def test_csv_has_the_same_rows(house: House, items: list[Item]) -> None:
    answer = house.get("/conversations", "all", params=MONTH, headers={"Accept": "text/csv"})
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.content.decode(), newline="")))
    assert len(rows) == min(500, len(items))
    for row, item in zip(rows, items, strict=False):
        assert row["id"] == item["id"]
        assert row["callingName"] == item["callingParty"]["name"]
        assert row["calledNumber"] == item["calledParty"]["phoneNumber"]
        assert row["participants"] == "; ".join(each["name"] for each in item["participants"])
        assert row["recordings"] == "; ".join(take["id"] for take in item["recordings"])
        assert int(row["sizeBytes"]) == sum(take.get("sizeBytes", 0) for take in item["recordings"])
    following = house.get("/conversations", "all", params=MONTH | {"pageSize": 9}, headers={"Accept": "text/csv"})
    token = following.headers["X-Next-Page-Token"]
    second = house.get("/conversations", "all", params=MONTH | {"pageSize": 9, "pageToken": token})
    assert [item["id"] for item in second.json()["items"]] == [item["id"] for item in items[9:18]]


def test_a_smaller_page_size_may_be_all_there_is(house: House) -> None:
    limits = house.control("POST", "/limits", {"maxPageSize": 20})["limits"]
    assert limits["maxPageSize"] == 20
    assert len(house.get("/conversations", "all", params=MONTH | {"pageSize": 20}).json()["items"]) == 20
    without = {name: value for name, value in MONTH.items() if name != "pageSize"}
    assert len(house.get("/conversations", "all", params=without).json()["items"]) == 20
    assert house.get("/conversations", "all", params=MONTH | {"pageSize": 21}).status_code == 400
    house.control("POST", "/limits", {"maxPageSize": 500})


def test_unknown_paths_and_methods(house: House) -> None:
    assert house.get("/nothing", "all").json()["code"] == "not_found"
    assert house.get("/me/", "all").status_code == 404
    answer = house.request("DELETE", "/conversations", "all")
    assert (answer.status_code, answer.headers["Allow"], answer.json()["code"]) == (405, "GET", "invalid_parameter")


def test_the_request_id_comes_back(house: House) -> None:
    assert house.get("/me", "all", headers={"X-Request-Id": "abc-1"}).headers["X-Request-Id"] == "abc-1"
    own = house.get("/me", "all", headers={"X-Request-Id": "not an id"}).headers["X-Request-Id"]
    assert " " not in own
