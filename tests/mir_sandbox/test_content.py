import base64
import hashlib
import http.client
import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.mir_sandbox.house import NOW as START
from tests.mir_sandbox.house import House, content_path, serving, text

Take = dict[str, Any]


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    with serving() as house:
        yield house


@pytest.fixture(scope="module")
def one(house: House) -> tuple[str, Take, bytes]:
    """The path of a recording, what was listed, and its bytes."""
    conversation, take = house.available()[5]
    path = content_path(conversation, take["id"])
    return path, take, house.get(path, "all").content


def digest_header(content: bytes) -> str:
    return f"sha-256=:{base64.b64encode(hashlib.sha256(content).digest()).decode()}:"


def select(path: str) -> dict[str, Any]:
    return {"recordings": [path.split("/")[4]]}


def test_every_recording_is_as_it_was_listed(house: House) -> None:
    available = house.available()
    assert len(available) > 90
    for conversation, take in available:
        answer = house.get(content_path(conversation, take["id"]), "all")
        assert answer.status_code == 200
        assert len(answer.content) == take["sizeBytes"] == int(answer.headers["Content-Length"])
        assert hashlib.sha256(answer.content).hexdigest() == take["checksum"]["value"]
        assert answer.headers["ETag"] == take["etag"]
        assert answer.headers["Repr-Digest"] == digest_header(answer.content)
        assert answer.content[:4] == b"RIFF"
        assert int.from_bytes(answer.content[answer.content.index(b"fmt ") + 8 :][:2], "little") in {
            take["codec"]["formatTag"],
            0xFFFE,
        }


def test_all_headers(house: House, one: tuple[str, Take, bytes]) -> None:
    path, take, _ = one
    headers = house.get(path, "all").headers
    assert headers["Content-Type"] == "audio/wav"
    assert headers["Accept-Ranges"] == "bytes"
    assert headers["Cache-Control"] == "private, no-store"
    assert headers["Content-Disposition"].startswith(f'attachment; filename="{take["id"]}.wav"')
    assert headers["Last-Modified"].endswith(" GMT")
    assert headers["RateLimit"].startswith('"content";r=')
    assert "Content-Encoding" not in headers


def test_head_says_the_same_without_the_audio(house: House, one: tuple[str, Take, bytes]) -> None:
    path, take, _ = one
    answer = house.request("HEAD", path, "all", headers={"Range": "bytes=5-"})
    assert (answer.status_code, answer.content) == (200, b"")
    assert int(answer.headers["Content-Length"]) == take["sizeBytes"]
    assert answer.headers["ETag"] == take["etag"]


@pytest.mark.parametrize("wanted", ["0-", "1-", "100-199", "100-99999999", "0-0", "{last}-", "{last}-{last}"])
def test_a_range_is_answered_with_206(house: House, one: tuple[str, Take, bytes], wanted: str) -> None:
    path, take, content = one
    wanted = wanted.format(last=len(content) - 1)
    first, _, last = wanted.partition("-")
    end = min(len(content) - 1, int(last or len(content)))
    answer = house.get(path, "all", headers={"Range": f"bytes={wanted}", "If-Range": take["etag"]})
    assert answer.status_code == 206
    assert answer.headers["Content-Range"] == f"bytes {first}-{end}/{len(content)}"
    assert answer.content == content[int(first) : end + 1]
    assert answer.headers["Repr-Digest"] == digest_header(content)


@pytest.mark.parametrize("wanted", ["bytes=-5", "bytes=0-1,4-5", "bytes=9-3", "items=0-", "bytes=a-", "bytes=٣-"])
def test_what_is_no_range_here_is_answered_whole(house: House, one: tuple[str, Take, bytes], wanted: str) -> None:
    path, _, content = one
    answer = house.get(path, "all", headers={"Range": wanted.encode()})
    assert (answer.status_code, answer.content) == (200, content)


def test_a_range_of_another_version_is_answered_whole(house: House, one: tuple[str, Take, bytes]) -> None:
    path, take, content = one
    for validator in ('"other"', f"W/{take['etag']}", "Fri, 20 Nov 2026 09:18:30 GMT"):
        answer = house.get(path, "all", headers={"Range": "bytes=5-", "If-Range": validator})
        assert (answer.status_code, answer.content) == (200, content)


@pytest.mark.parametrize("beyond", [0, 1, 10**9])
def test_a_range_behind_the_end_is_416(house: House, one: tuple[str, Take, bytes], beyond: int) -> None:
    path, take, content = one
    answer = house.get(path, "all", headers={"Range": f"bytes={len(content) + beyond}-", "If-Range": take["etag"]})
    assert (answer.status_code, answer.json()["code"]) == (416, "range_not_satisfiable")
    assert answer.headers["Content-Range"] == f"bytes */{len(content)}"


def test_not_modified(house: House, one: tuple[str, Take, bytes]) -> None:
    path, take, _ = one
    answer = house.get(path, "all", headers={"If-None-Match": take["etag"]})
    assert (answer.status_code, answer.content, answer.headers["ETag"]) == (304, b"", take["etag"])
    assert house.get(path, "all", headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize(
    ("verb", "status", "code"),
    [
        ({"verb": "expire"}, 410, "recording_expired"),
        ({"verb": "missing"}, 404, "media_missing"),
        ({"verb": "processing", "readyInSeconds": 100}, 202, "not_ready"),
        ({"verb": "processing"}, 202, "not_ready"),
        ({"verb": "delete"}, 404, "not_found"),
    ],
)
def test_only_what_is_available_has_content(verb: dict[str, Any], status: int, code: str) -> None:
    with serving(conversations=60) as house:
        conversation, take = house.available()[0]
        path = content_path(conversation, take["id"])
        house.control("POST", "/recordings", verb | {"select": select(path)})
        answer = house.get(path, "all")
        assert (answer.status_code, answer.json()["code"]) == (status, code)
        assert ("Retry-After" in answer.headers) == (status == 202)
        house.control("POST", "/clock", {"advanceSeconds": 101})
        again = house.get(path, "all")
        assert again.status_code == (200 if "readyInSeconds" in verb else status)


def test_retention_ends_recordings() -> None:
    with serving(conversations=60) as house:
        conversation, take = house.available()[0]
        path = content_path(conversation, take["id"])
        house.control("POST", "/retention", {"months": 1})
        assert house.get(path, "all").status_code == 200
        house.control("POST", "/clock", {"advanceSeconds": 32 * 86_400})
        house.bearers.clear()
        assert house.get(path, "all").json()["code"] == "recording_expired"
        listed = house.get(f"/conversations/{conversation}", "all").json()["recordings"]
        assert [row["status"] for row in listed if row["id"] == take["id"]] == ["expired"]
        assert "sizeBytes" not in listed[0]
        assert house.control("POST", "/retention", {"archiving": True}) == {"months": 84, "archiving": True}
        assert house.get(path, "all").status_code == 200
        assert house.get("/me", "all").json()["retention"] == {"months": 84, "archiving": True}


def test_coming_back_from_the_archive(house: House) -> None:
    conversation, take = house.available()[8]
    path = content_path(conversation, take["id"])
    house.control("POST", "/recordings", {"verb": "cold", "times": 2, "select": select(path)})
    assert [house.get(path, "all").status_code for _ in range(4)] == [202, 202, 200, 200]


def test_replaced_bytes_are_a_new_version(house: House) -> None:
    conversation, take = house.available()[9]
    path = content_path(conversation, take["id"])
    before = house.get(path, "all").content
    house.control("POST", "/recordings", {"verb": "replace", "select": select(path)})
    listed = house.get(f"/conversations/{conversation}", "all").json()
    now = next(row for row in listed["recordings"] if row["id"] == take["id"])
    after = house.get(path, "all", headers={"Range": "bytes=10-", "If-Range": take["etag"]})
    assert after.status_code == 200
    assert after.content != before
    assert now["etag"] == after.headers["ETag"] != take["etag"]
    assert now["checksum"]["value"] == hashlib.sha256(after.content).hexdigest()
    assert listed["updatedAt"] > listed["availableAt"]
    truth = house.control("GET", "/truth?user=all")["recordings"]
    assert next(row["version"] for row in truth if row["recording"] == take["id"]) == 2


@pytest.mark.parametrize("sound", ["empty", "truncated", "json", "no-sound"])
def test_replaced_by_something_that_is_no_call(house: House, sound: str) -> None:
    conversation, take = house.available()[10]
    path = content_path(conversation, take["id"])
    house.control("POST", "/recordings", {"verb": "replace", "sound": sound, "select": select(path)})
    content = house.get(path, "all").content
    row = next(row for row in house.control("GET", "/truth?user=all")["recordings"] if row["recording"] == take["id"])
    assert (len(content), hashlib.sha256(content).hexdigest()) == (row["size"], row["sha256"])
    assert (sound == "empty") == (content == b"")


def test_lies_are_told_and_the_truth_again(house: House) -> None:
    conversation, take = house.available()[11]
    path = content_path(conversation, take["id"])

    def lie(**lies: Any) -> tuple[Take, str | None]:
        house.control("POST", "/recordings", {"verb": "lie", "lies": lies, "select": select(path)})
        listed = house.get(f"/conversations/{conversation}", "all").json()["recordings"]
        answer = house.get(path, "all")
        assert hashlib.sha256(answer.content).hexdigest() == take["checksum"]["value"]
        return next(row for row in listed if row["id"] == take["id"]), answer.headers.get("Repr-Digest")

    true_digest = lie()[1]
    assert lie(listedSize=7)[0]["sizeBytes"] == 7
    listed, digest = lie(listedChecksum="wrong", contentDigest="wrong")
    assert listed["checksum"]["value"] != take["checksum"]["value"]
    assert digest != true_digest
    listed, digest = lie(listedChecksum="absent", contentDigest="absent")
    assert "checksum" not in listed
    assert digest is None
    listed, digest = lie(listedChecksum="other", contentDigest="other")
    assert listed["checksum"]["algorithm"] == "md5"
    assert digest is not None
    assert digest.startswith("unixsum=:")
    assert lie() == (take, true_digest)


def test_signed_links(house: House, one: tuple[str, Take, bytes]) -> None:
    path, _, content = one
    house.control("POST", "/links", {"signed": True})
    try:
        answer = house.get(path, "all")
        assert (answer.status_code, answer.headers["Cache-Control"]) == (307, "private, no-store")
        link = answer.headers["Location"]
        assert house.get(link).content == content
        part = house.get(link, headers={"Range": "bytes=10-19"})
        assert (part.status_code, part.content) == (206, content[10:20])
        assert house.get(f"{link[:-1]}{'A' if link[-1] != 'A' else 'B'}").status_code == 404
        house.control("POST", "/clock", {"advanceSeconds": 61})
        assert house.get(link).json()["code"] == "token_expired"
        paths = [entry["path"] for entry in house.control("GET", "/journal")["entries"]]
        assert not any(link.rsplit("/", 1)[1] in each for each in paths)
        house.control("POST", "/links", {"signed": True, "base": "http://localhost:1"})
        assert house.get(path, "all").headers["Location"].startswith("http://localhost:1/mir/api/v1/links/")
    finally:
        house.control("POST", "/links", {"signed": False})


def test_downloads_open_at_a_time_are_limited_and_given_back() -> None:
    with serving(conversations=60) as house:
        house.control("POST", "/limits", {"maxConcurrentDownloads": 2})
        added = house.control(
            "POST", "/arrivals", {"owner": "member", "sound": "pcm16-8k-mono", "seconds": 3600, "recordings": 1}
        )["conversations"][0]
        take = house.get(f"/conversations/{added}", "member").json()["recordings"][0]
        assert take["sizeBytes"] > 50_000_000
        path = content_path(added, take["id"])
        token = house.sign_in("member")["access_token"]
        connections = [_open(house, path, token) for _ in range(2)]
        answer = house.get(path, "member")
        assert (answer.status_code, answer.json()["code"]) == (429, "concurrency_limited")
        assert int(answer.headers["Retry-After"]) >= 1
        assert house.get(path, "all", stream=True, headers={"Range": "bytes=0-9"}).status_code == 206, "each user alone"
        for connection in connections:
            connection.close()
        _until_no_downloads(house)
        assert house.get(path, "member", headers={"Range": "bytes=0-9"}).status_code == 206
        sent = [entry["bytes"] for entry in house.control("GET", "/journal")["entries"] if entry["status"] == 200]
        assert max(sent) < take["sizeBytes"], "a client that left is not sent everything"


def _open(house: House, path: str, token: str) -> http.client.HTTPConnection:
    """A download of which only the head is read."""
    url = urlsplit(house.base)
    connection = http.client.HTTPConnection(url.netloc, timeout=30)
    connection.request("GET", url.path + path, headers={"Authorization": f"Bearer {token}"})
    answer = connection.getresponse()
    assert answer.status == 200
    assert answer.read(100)[:4] == b"RIFF"
    return connection


def _until_no_downloads(house: House) -> None:
    timer = threading.Timer(30, lambda: None)
    timer.start()
    while house.control("GET", "/counts")["downloads"]:
        assert timer.is_alive(), "downloads were not given back"
    timer.cancel()


def test_large_content_is_the_same_in_blocks() -> None:
    with serving(conversations=60) as house:
        added = house.control(
            "POST", "/arrivals", {"owner": "member", "sound": "pcm16-16k-mono", "seconds": 60, "count": 3}
        )["conversations"]
        takes = [house.get(f"/conversations/{each}", "member").json()["recordings"][0] for each in added]
        house.bearer("member")
        with ThreadPoolExecutor(3) as pool:
            paths = [content_path(each, take["id"]) for each, take in zip(added, takes, strict=True)]
            contents = list(pool.map(lambda path: house.get(path, "member").content, paths))
        for content, take in zip(contents, takes, strict=True):
            assert len(content) == take["sizeBytes"] > 1_000_000
            assert hashlib.sha256(content).hexdigest() == take["checksum"]["value"]


def test_listing_and_downloading_are_separate_rights(house: House, one: tuple[str, Take, bytes]) -> None:
    path = one[0]
    for scope, allowed, refused in (
        ("recordings.read", "/conversations", path),
        ("recordings.download", path, "/conversations"),
    ):
        token = house.sign_in("all", scope)
        assert token["scope"] == scope
        headers = {"Authorization": f"Bearer {token['access_token']}"}
        assert house.get(allowed, headers=headers).status_code == 200
        answer = house.get(refused, headers=headers)
        assert answer.status_code == 403
        assert answer.json()["code"] in {"download_not_permitted", "access_none"}
        assert 'error="insufficient_scope"' in answer.headers["WWW-Authenticate"]
    listener = house.sign_in("listener")
    assert listener["scope"] == "recordings.read"


def test_replaying_is_a_right_beside_downloading(house: House) -> None:
    ours = house.get("/conversations", "listener", params={"hasVoiceRecording": "true", "pageSize": "500"}).json()
    path = next(
        content_path(call["id"], take["id"])
        for call in ours["items"]
        for take in call["recordings"]
        if take["status"] == "available"
    )
    refused = house.get(path, "listener")
    assert (refused.status_code, refused.json()["code"]) == (403, "download_not_permitted")
    heard = house.get(path, "listener", params={"purpose": "replay"})
    assert (heard.status_code, heard.content[:4]) == (200, b"RIFF")
    try:
        house.control("POST", "/users/all", {"permissions": ["list", "download"]})
        assert house.get(path, "all").content == heard.content
        answer = house.get(path, "all", params={"purpose": "replay"})
        assert (answer.status_code, answer.json()["code"]) == (403, "download_not_permitted")
    finally:
        house.control("POST", "/users/all", {"permissions": ["list", "replay", "download"]})
    for query in ("purpose=download", "purpose=replay&purpose=replay", "purpose=", "purposes=replay"):
        answer = house.get(f"{path}?{query}", "all")
        assert (answer.status_code, answer.json()["code"]) == (400, "invalid_parameter")


def test_replays_can_be_held_up_and_links_remember_what_they_are_for(
    house: House, one: tuple[str, Take, bytes]
) -> None:
    path, replay = one[0], {"purpose": "replay"}
    try:
        house.control("POST", "/links", {"signed": True})
        link = house.get(path, "all", params=replay).headers["Location"]
        house.control("POST", "/limits", {"maxConcurrentReplays": 0})
        for answer in (house.get(link), house.get(house.get(path, "all", params=replay).headers["Location"])):
            assert (answer.status_code, answer.json()["code"]) == (429, "concurrency_limited")
            assert answer.headers["Retry-After"] == "1"
        assert house.get(house.get(path, "all").headers["Location"]).content == one[2], "downloads are not replays"
        house.control("POST", "/limits", {"maxConcurrentReplays": 1})
        assert [house.get(link).content for _ in range(3)] == [one[2]] * 3
    finally:
        house.control("POST", "/links", {"signed": False})
        house.control("POST", "/limits", {"maxConcurrentReplays": 40})


def test_no_content_without_a_token(house: House, one: tuple[str, Take, bytes]) -> None:
    for headers in ({}, {"Authorization": "Bearer at-nonsense"}, {"Authorization": "Basic YTpi"}):
        answer = house.get(one[0], headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (401, "token_expired")
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_the_journal_counts_content(house: House, one: tuple[str, Take, bytes]) -> None:
    house.control("DELETE", "/journal")
    house.get(one[0], "all")
    house.get(one[0], "all", headers={"Range": "bytes=1-", "User-Agent": "test/1"})
    house.get("/conversations", "all", params={"callingName": "*secret*"})
    counts = {(row["route"], row["status"]): row["count"] for row in house.control("GET", "/counts")["counts"]}
    assert counts == {("content", 200): 1, ("content", 206): 1, ("conversations", 200): 1}
    entries = house.control("GET", "/journal")["entries"]
    assert [entry["user"] for entry in entries] == ["all"] * 3
    assert entries[1]["range"] == "bytes=1-"
    assert entries[1]["userAgent"] == "test/1"
    assert entries[1]["bytes"] == len(one[2]) - 1
    assert "secret" not in json.dumps(entries)
    assert house.control("GET", f"/journal?since={entries[0]['number']}&limit=1")["entries"] == [entries[1]]
    assert entries[0]["time"] >= text(START).removesuffix("Z")
