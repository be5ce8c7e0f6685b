from collections.abc import Iterator

import pytest

from mir_sandbox.people import People, User, make_people
from tests.mir_sandbox.house import NOW, House, content_path, serving

COUNT = 300
PEOPLE: People = make_people(seed=7, conversations=COUNT, time_zone="Europe/Berlin")
USERS = [user for user in PEOPLE.users if not user.service]


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    with serving(conversations=COUNT) as house:
        yield house


@pytest.fixture(scope="module")
def owners(house: House) -> dict[str, str]:
    """Owner by conversation, of everything there is."""
    return {item["id"]: item["owner"]["userId"] for item in house.everything("all")}


def expected_owners(user: User) -> set[str]:
    """F12 and F13."""
    if user.access.value == "none":
        return set()
    if user.access.value == "all":
        return {other.user_id for other in USERS}
    seen = {user.user_id}
    for group in PEOPLE.groups:
        if user.user_id in group.managers:
            seen.update(group.members)
    return seen


@pytest.mark.parametrize("user", USERS, ids=lambda user: user.username)
def test_each_user_sees_exactly_what_they_may(house: House, owners: dict[str, str], user: User) -> None:
    expected = {item for item, owner in owners.items() if owner in expected_owners(user)}
    truth = house.control("GET", f"/truth?user={user.username}")["recordings"]
    assert {row["conversation"] for row in truth} <= expected
    if not expected:
        assert not truth
    if user.access.value == "none":
        return
    listed = house.everything(user.username)
    assert {item["id"] for item in listed} == expected
    assert len(listed) == len(expected)
    takes = {
        (item["id"], take["id"], take["status"]): take.get("sizeBytes")
        for item in listed
        for take in item["recordings"]
    }
    assert takes == {
        (row["conversation"], row["recording"], row["status"]): row["size"] if row["status"] == "available" else None
        for row in truth
    }
    for row in truth:
        if row["status"] == "available":
            take = next(take for item in listed for take in item["recordings"] if take["id"] == row["recording"])
            assert take["checksum"]["value"] == row["sha256"]
            assert take["etag"] == row["etag"]


def test_everything_is_there_for_all(house: House, owners: dict[str, str]) -> None:
    late = sum(item["id"] not in owners for item in house.everything("all"))
    assert late == 0
    assert COUNT - 5 <= len(owners) <= COUNT


@pytest.mark.parametrize("username", ["member", "manager", "both", "all", "single"])
def test_scope_narrows_and_never_widens(house: House, owners: dict[str, str], username: str) -> None:
    user = next(user for user in USERS if user.username == username)
    own = {item for item, owner in owners.items() if owner == user.user_id}
    members = {member for group in PEOPLE.groups if user.user_id in group.managers for member in group.members}
    group = {item for item, owner in owners.items() if owner in members}
    everything = {item for item, owner in owners.items() if owner in expected_owners(user)}
    for scope, expected in (("own", own), ("group", group), ("all", everything)):
        assert {item["id"] for item in house.everything(username, scope=scope)} == expected


def test_what_is_hidden_is_not_found(house: House) -> None:
    conversation, take = next(
        (item["id"], item["recordings"][0])
        for item in house.everything("all")
        if item["owner"]["userId"] not in expected_owners(USERS[1]) and item["recordings"]
    )
    for path in (f"/conversations/{conversation}", content_path(conversation, take["id"])):
        answer = house.get(path, "member")
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    other = house.everything("member")[0]["id"]
    assert house.get(content_path(other, take["id"]), "member").status_code == 404


def test_level_none_is_told_so(house: House) -> None:
    for path in ("/conversations", "/participants", "/changes", "/users", "/groups", "/conversations/x"):
        answer = house.get(path, "none")
        assert (answer.status_code, answer.json()["code"]) == (403, "access_none"), path
    me = house.get("/me", "none").json()
    assert (me["accessLevel"], me["permissions"], me["managedGroups"]) == ("none", [], [])
    assert house.get("/saved-searches", "none").json()["items"] == []


def test_pickers_show_what_may_be_seen(house: House) -> None:
    for username in ("member", "manager", "lonely", "all"):
        user = next(user for user in USERS if user.username == username)
        users = [row["userId"] for row in house.get("/users", username, params={"pageSize": 500}).json()["items"]]
        assert users == sorted(expected_owners(user))
        for group in house.get("/groups", username, params={"pageSize": 500}).json()["items"]:
            assert {row["userId"] for row in group["managers"] + group["members"]} <= set(users)
    managed = house.get("/me", "manager").json()["managedGroups"]
    assert {group["id"] for group in managed} == {"g-sales", "g-south"}


def test_access_changes_while_the_service_runs(house: House) -> None:
    before = len(house.everything("single"))
    assert house.control("POST", "/users/single", {"accessLevel": "all"})["accessLevel"] == "all"
    assert len(house.everything("single")) > before
    house.control("POST", "/users/single", {"accessLevel": "none"})
    assert house.get("/conversations", "single").json()["code"] == "access_none"
    house.control("POST", "/users/single", {"accessLevel": "ownGroup"})
    assert len(house.everything("single")) == before
    conversation, take = house.available()[0]
    house.control("POST", "/users/all", {"permissions": ["list", "replay"]})
    answer = house.get(content_path(conversation, take["id"]), "all")
    assert (answer.status_code, answer.json()["code"]) == (403, "download_not_permitted")
    house.control("POST", "/users/all", {"permissions": ["list", "replay", "download"]})
    assert house.get(content_path(conversation, take["id"]), "all").status_code == 200


def test_the_clock_is_the_services(house: House) -> None:
    assert house.control("GET", "/clock")["now"][:13] == NOW.strftime("%Y-%m-%dT%H")
