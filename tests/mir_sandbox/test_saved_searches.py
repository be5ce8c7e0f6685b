from collections.abc import Iterator
from typing import Any

import pytest

from tests.mir_sandbox.house import House, serving

CRITERIA: dict[str, Any] = {
    "direction": "inbound",
    "minDuration": 30,
    "hasVoiceRecording": True,
    "calledName": "*marín",
}


@pytest.fixture
def house() -> Iterator[House]:
    with serving(conversations=60) as house:
        yield house


def save(house: House, name: str, username: str = "member", **criteria: Any) -> dict[str, Any]:
    answer = house.post("/saved-searches", username, json={"name": name, "criteria": criteria})
    assert answer.status_code == 201, answer.text
    saved: dict[str, Any] = answer.json()
    assert answer.headers["Location"].endswith(f"/saved-searches/{saved['id']}")
    return saved


def test_save_list_replace_delete(house: House) -> None:
    saved = save(house, "Mine", **CRITERIA)
    assert saved["criteria"] == CRITERIA
    assert saved["ownerUserId"] == "u-00002"
    other = save(house, "A first")
    assert house.get("/saved-searches", "member").json()["items"] == [other, saved]
    path = f"/saved-searches/{saved['id']}"
    changed = house.request("PUT", path, "member", json={"name": "Mine", "criteria": {}}).json()
    assert (changed["id"], changed["criteria"]) == (saved["id"], {})
    assert house.request("DELETE", path, "member").status_code == 204
    assert house.request("DELETE", path, "member").json()["code"] == "not_found"
    assert house.get("/saved-searches", "member").json()["items"] == [other]


def test_they_belong_to_one_user(house: House) -> None:
    saved = save(house, "Mine")
    assert house.get("/saved-searches", "all").json()["items"] == []
    for method in ("PUT", "DELETE"):
        answer = house.request(method, f"/saved-searches/{saved['id']}", "all", json={"name": "x", "criteria": {}})
        assert answer.status_code == 404
    save(house, "Mine", username="none")


def test_a_name_is_unique_for_its_owner(house: House) -> None:
    save(house, "Mine")
    second = save(house, "Other")
    for method, path in (("POST", "/saved-searches"), ("PUT", f"/saved-searches/{second['id']}")):
        answer = house.request(method, path, "member", json={"name": "Mine", "criteria": {}})
        assert answer.status_code == 400
        assert [error["parameter"] for error in answer.json()["errors"]] == ["name"]


@pytest.mark.parametrize(
    ("body", "parameter"),
    [
        (b"{", "body"),
        (b"[]", "body"),
        (b'{"name": "x"}', "body"),
        (b'{"name": "x", "criteria": {}, "more": 1}', "body"),
        (b'{"name": "", "criteria": {}}', "name"),
        (b'{"name": 1, "criteria": {}}', "name"),
        (b'{"name": "x", "criteria": []}', "criteria"),
        (b'{"name": "x", "criteria": {"colour": "red"}}', "colour"),
        (b'{"name": "x", "criteria": {"minDuration": "5"}}', "minDuration"),
        (b'{"name": "x", "criteria": {"minDuration": true}}', "minDuration"),
        (b'{"name": "x", "criteria": {"hasVoiceRecording": "true"}}', "hasVoiceRecording"),
        (b'{"name": "x", "criteria": {"from": "yesterday"}}', "from"),
        (b'{"name": "x", "criteria": {"pageSize": 5}}', "pageSize"),
    ],
)
def test_what_cannot_be_searched_cannot_be_saved(house: House, body: bytes, parameter: str) -> None:
    answer = house.post("/saved-searches", "member", data=body, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_parameter")
    assert [error["parameter"] for error in answer.json()["errors"]] == [parameter]


def test_a_list_that_changed_begins_again(house: House) -> None:
    for number in range(5):
        save(house, f"Search {number}")
    pages = house.pages("/saved-searches", "member", pageSize=2)
    assert [len(page["items"]) for page in pages] == [2, 2, 1]
    assert {page["totalCount"] for page in pages} == {5}
    save(house, "Search 6")
    answer = house.get("/saved-searches", "member", params={"pageSize": 2, "pageToken": pages[0]["nextPageToken"]})
    assert (answer.status_code, answer.json()["code"]) == (410, "page_token_expired")
