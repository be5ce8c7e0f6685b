"""The contract's own examples become values, and nothing else does."""

from __future__ import annotations

import contextlib
import copy
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from download_client.api.address import ServiceAddress
from download_client.api.wire.base import LONGEST_TEXT
from download_client.api.wire.criteria import (
    as_parameters,
    as_wire,
    read_saved_search,
    read_saved_searches,
    saved_search_body,
)
from download_client.api.wire.oauth import read_granted, read_metadata
from download_client.api.wire.pages import (
    RefusedRow,
    read_change_page,
    read_conversation,
    read_page,
    read_participation_page,
)
from download_client.api.wire.people import read_groups, read_me, read_users
from download_client.errors import InvalidCriteria, ProtocolBroken
from download_client.model import (
    AccessLevel,
    Checksum,
    Codec,
    Criteria,
    Direction,
    Group,
    Member,
    Participant,
    Party,
    Pause,
    RecordingMode,
    RecordingStatus,
    SavedSearch,
    Scope,
    Sort,
    decode_conversation,
    encode_conversation,
)
from tests.api.liar import metadata
from tests.contract.conformance import document

CONTRACT = document()
SERVICE = ServiceAddress("https://mir.example/mir/api/v1")


def example(name: str) -> Any:
    return copy.deepcopy(CONTRACT["components"]["schemas"][name]["examples"][0])


def body(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def test_a_page() -> None:
    page = read_page(body(example("ConversationPage")))
    assert page.next_token == "cGFnZS0yLTE3NjM3MTI4MDA"
    assert (page.total_count, page.total_bytes) == (214, 308171412)
    assert page.as_of == datetime(2026, 11, 20, 12, tzinfo=UTC)
    assert page.refused == ()
    inbound, outbound = page.conversations
    assert (inbound.id, inbound.direction, inbound.mode) == ("cnv-000001", Direction.INBOUND, RecordingMode.ALWAYS_ON)
    assert inbound.start_time == datetime(2026, 11, 20, 9, 14, 7, tzinfo=UTC)
    assert inbound.calling_party == Party("Jürgen Groß", "+49 30 5550123")
    assert inbound.called_party == Party("Ana Marín", "4711-204", "4711", "204", "usr-204")
    assert inbound.participants[1] == Participant("Ana Marín", "4711-204", "204", "usr-204")
    assert (inbound.owner_user_id, inbound.owner_extension, inbound.groups) == ("usr-204", "204", ("Support",))
    recording = inbound.recordings[0]
    assert recording.pauses == (Pause(42.0, 61.5),)
    assert recording.codec == Codec(6, "A-law", 8000, 1, 8)
    assert recording.checksum == Checksum("sha-256", recording.sha256)
    assert recording.etag == '"9f86d081884c7d65"'
    assert outbound.recordings[0].status is RecordingStatus.PROCESSING
    assert (outbound.recordings[0].size_bytes, outbound.recordings[0].version) == (None, "")
    assert outbound.end_time.microsecond == 200_000
    for each in page.conversations:
        assert decode_conversation(encode_conversation(each)) == each


def test_the_other_examples() -> None:
    assert read_conversation(body(example("Conversation"))).id == "cnv-000001"
    changes = read_change_page(body(example("ChangePage")))
    assert (changes.next_cursor, changes.has_more, len(changes.conversations)) == ("Y3Vyc29yLTQz", False, 1)
    row = read_participation_page(body(example("ParticipationPage"))).rows[0]
    assert (row.id, row.conversation_id, row.role) == ("par-000001-2", "cnv-000001", "called")
    assert (row.duration_seconds, row.direction, row.extension) == (180.0, Direction.INBOUND, "204")
    me = read_me(body(example("Me")))
    assert me.access_level is AccessLevel.OWN_GROUP
    assert me.managed_groups == (Group("grp-01", "Support", (Member("usr-204", "Ana Marín"),)),)
    assert me.permissions == {"list", "replay", "download"}
    assert (me.limits.max_concurrent_downloads, me.limits.max_page_size, me.limits.max_window_days) == (8, 500, 31)
    users, token = read_users(body(example("UserPage")))
    assert (users[0].name, token) == ("Ana Marín", "")
    groups, _ = read_groups(body(example("GroupPage")))
    assert groups == me.managed_groups
    search = read_saved_search(body(example("SavedSearch")))
    assert search.criteria == Criteria(direction=Direction.INBOUND, min_duration=30, called_name="*marín")
    assert read_saved_searches(body(example("SavedSearchPage"))) == ([search], [], "")
    assert json.loads(saved_search_body(search)) == example("SavedSearchInput")
    granted = read_granted(body(example("TokenAnswer")))
    assert granted.access.reveal().startswith("at-")
    assert granted.refresh is not None
    assert read_metadata(body(example("AuthorizationServerMetadata")), service=SERVICE).names_itself


def test_the_contract_may_grow() -> None:
    page = example("ConversationPage")
    page["new"] = {"deep": [1]}
    page["items"][0]["new"] = None
    page["items"][0]["recordings"][0]["codec"]["new"] = "x"
    assert read_page(body(page)).refused == ()
    assert read_me(body(example("Me") | {"permissions": ["list", "teleport"]})).permissions == {"list", "teleport"}


BROKEN: dict[str, Callable[[dict[str, Any]], object]] = {
    "no id": lambda row: row.pop("id"),
    "id of a path": lambda row: row.update(id="../x"),
    "id too long": lambda row: row.update(id="a" * 129),
    "id with a line end": lambda row: row.update(id="a\n"),
    "number for text": lambda row: row.update(timeZone=5),
    "text for number": lambda row: row.update(durationSeconds="5"),
    "negative": lambda row: row.update(durationSeconds=-1),
    "no zone": lambda row: row.update(startTime="2026-11-20T09:14:07"),
    "another zone": lambda row: row.update(updatedAt="2026-11-20T09:14:07+01:00"),
    "another zone of a recording": lambda row: row["recordings"][0].update(startTime="2026-11-20T09:14:07+01:00"),
    "not a time": lambda row: row.update(endTime="yesterday"),
    "unknown direction": lambda row: row.update(direction="canary"),
    "unknown status": lambda row: row["recordings"][0].update(status="canary"),
    "no recordings": lambda row: row.pop("recordings"),
    "recording without id": lambda row: row["recordings"][0].pop("id"),
    "id of a recording": lambda row: row["recordings"][0].update(id="a/b"),
    "text too long": lambda row: row["callingParty"].update(name="x" * (LONGEST_TEXT + 1)),
    "null": lambda row: row.update(callingParty=None),
    "a list": lambda row: row.update(owner=[]),
    "size beyond reason": lambda row: row["recordings"][0].update(sizeBytes=2**60),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_row_is_refused_alone(kind: str) -> None:
    page = example("ConversationPage")
    BROKEN[kind](page["items"][0])
    read = read_page(body(page))
    assert [each.id for each in read.conversations] == ["cnv-000002"]
    (refused,) = read.refused
    assert refused.id in ("", "cnv-000001")
    assert refused.reason
    assert "canary" not in refused.reason
    assert read.next_token
    change = example("ChangePage") | {"items": page["items"]}
    assert read_change_page(body(change)).refused == read.refused
    with pytest.raises(ProtocolBroken):
        read_conversation(body(page["items"][0]))


def test_texts_are_kept_as_they_came() -> None:
    name = 'a"b\\c\n\t\r\0\u202e🙂 e\u0301 <b>=HYPERLINK("x")' + "x" * (LONGEST_TEXT - 100)
    row = example("Conversation")
    row["calledParty"]["name"] = name
    row["recordings"][0]["fileName"] = "..\\..\\CON"
    read = read_conversation(body(row))
    assert read.called_party.name == name
    assert read.recordings[0].file_name == "..\\..\\CON"


@pytest.mark.parametrize(
    ("cut", "kept"),
    [
        (rb"J\ud83d", "J\ufffd"),
        (rb"\uDE42J", "\ufffdJ"),
        (rb"\uD83D\u0041", "\ufffdA"),
        (rb"\ud83d\ud83d\ude42", "\ufffd🙂"),
        (rb"\\ud83d \ud83d", "\\ud83d \ufffd"),
        (rb"\ud83d\ude42", "🙂"),
    ],
)
def test_half_a_character_does_not_cost_the_page(cut: bytes, kept: str) -> None:
    page = body(example("ConversationPage")).replace("Jürgen Groß".encode(), cut, 1)
    read = read_page(page)
    assert read.refused == ()
    assert read.conversations[0].calling_party.name == kept
    change = body(example("ChangePage")).replace("Jürgen Groß".encode(), cut, 1)
    assert read_change_page(change).conversations[0].calling_party.name == kept


@pytest.mark.parametrize(
    ("etag", "kept"),
    [('"a"', '"a"'), ('W/"a"', 'W/"a"'), ("a", ""), ('"a\r\nX: y"', ""), ('"' + "a" * 129 + '"', ""), ('""', "")],
)
def test_only_a_validator_that_may_stand_in_a_header_is_kept(etag: str, kept: str) -> None:
    row = example("Conversation")
    row["recordings"][0]["etag"] = etag
    assert read_conversation(body(row)).recordings[0].etag == kept


@pytest.mark.parametrize("value", ["", "xyz", "A" * 64, "0" * 63, "0" * 65, "0" * 64 + "\n"])
def test_a_malformed_digest_is_none(value: str) -> None:
    row = example("Conversation")
    row["recordings"][0]["checksum"]["value"] = value
    assert read_conversation(body(row)).recordings[0].checksum is None


def test_an_unknown_digest_is_never_a_sha256() -> None:
    row = example("Conversation")
    row["recordings"][0]["checksum"] = {"algorithm": "crc32", "value": "0" * 64}
    recording = read_conversation(body(row)).recordings[0]
    assert recording.checksum == Checksum("crc32", "0" * 64)
    assert recording.sha256 == ""


READERS: list[Callable[[bytes], object]] = [
    read_page,
    read_change_page,
    read_participation_page,
    read_conversation,
    read_me,
    read_users,
    read_groups,
    read_saved_search,
    read_saved_searches,
    read_granted,
    lambda text: read_metadata(text, service=SERVICE),
]

HOPELESS = {
    "nothing": b"",
    "no JSON": b"<html>",
    "another value": b"[]",
    "not UTF-8": b'{"items": ["\xff"]}',
    "deep in a known field": b'{"items": ' + b"[" * 10_000 + b"]" * 10_000 + b"}",
    "deep in an unknown field": b'{"x": ' + b'{"a":' * 10_000 + b"1" + b"}" * 10_000 + b"}",
    "many small rows": b'{"asOf": "2026-11-20T12:00:00Z", "items": [' + b"1," * 1_500_000 + b"1]}",
    "items missing": b'{"asOf": "2026-11-20T12:00:00Z"}',
    "a token that is none": b'{"items": [], "asOf": "2026-11-20T12:00:00Z", "nextPageToken": "a b\\n"}',
}


@pytest.mark.parametrize("kind", HOPELESS)
def test_what_is_hopeless_is_one_error(kind: str) -> None:
    for read in READERS[:3]:
        with pytest.raises(ProtocolBroken):
            read(HOPELESS[kind])


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=12,
)
schemas = ["ConversationPage", "ChangePage", "ParticipationPage", "Me", "SavedSearch", "TokenAnswer"]


@given(st.sampled_from(READERS), st.binary(max_size=200) | json_values.map(lambda value: json.dumps(value).encode()))
def test_whatever_comes_is_a_value_or_our_error(read: Callable[[bytes], object], text: bytes) -> None:
    with contextlib.suppress(ProtocolBroken):
        read(text)


@given(st.sampled_from(schemas), st.data())
def test_whatever_is_changed_in_an_example_is_a_value_or_our_error(schema: str, data: st.DataObject) -> None:
    value = example(schema)
    place = value
    while True:
        keys: list[Any] = list(place) if isinstance(place, dict) else list(range(len(place)))
        key = data.draw(st.sampled_from(keys))
        deeper = isinstance(place[key], dict | list) and place[key]
        if not deeper or data.draw(st.booleans()):
            place[key] = data.draw(json_values)
            break
        place = place[key]
    for read in READERS:
        with contextlib.suppress(ProtocolBroken):
            read(body(value).replace(b"Infinity", b"1e999").replace(b"NaN", b"0"))


# Criteria


FULL = Criteria(
    from_time=datetime(2026, 1, 1, tzinfo=UTC),
    to_time=datetime(2026, 2, 1, 12, 30, 15, 250_000, tzinfo=UTC),
    direction=Direction.OUTBOUND,
    mode=RecordingMode.ON_DEMAND,
    min_duration=0,
    max_duration=60,
    conversation_id="cnv-1",
    has_voice_recording=False,
    group_id="grp-1",
    owner_user_id="usr-1",
    scope=Scope.GROUP,
    calling_number="*123",
    calling_name="Jürgen*",
    calling_extension="204",
    called_number="4711-*",
    called_name="*a b*",
    called_extension="2",
    available_after=datetime(2026, 1, 2, tzinfo=UTC),
)


def test_every_criterion_has_its_parameter() -> None:
    parameters = dict(as_parameters(FULL, sort=Sort.AVAILABLE_AT))
    known = {
        node["name"]
        for node in CONTRACT["components"]["parameters"].values()
        if node["in"] == "query" and node["name"] not in ("pageSize", "pageToken", "cursor")
    }
    assert set(parameters) == known
    assert parameters["from"] == "2026-01-01T00:00:00Z"
    assert parameters["to"] == "2026-02-01T12:30:15.250000Z"
    assert parameters["hasVoiceRecording"] == "false"
    assert parameters["minDuration"] == "0"
    assert dict(as_parameters(Criteria())) == {"sort": "startTime"}


def test_a_saved_search_comes_back_as_it_went() -> None:
    sent = json.loads(saved_search_body(SavedSearch("mine", FULL)))
    answer = sent | {"id": "src-1", "updatedAt": "2026-11-20T12:00:00Z", "ownerUserId": "usr-1"}
    read = read_saved_search(body(answer))
    assert (read.name, read.criteria, read.id) == ("mine", FULL, "src-1")


@pytest.mark.parametrize(
    "criteria",
    [{"language": "de"}, {"direction": "sideways"}, {"minDuration": 9, "maxDuration": 1}, {"from": "2026-01-01"}, 5],
)
def test_a_saved_search_that_is_not_understood_is_named(criteria: object) -> None:
    page = example("SavedSearchPage")
    page["items"].append(page["items"][0] | {"id": "src-2", "criteria": criteria})
    understood, others, _ = read_saved_searches(body(page))
    assert [each.id for each in understood] == ["src-000001"]
    assert others == ["src-2"]


@pytest.mark.parametrize(
    "criteria",
    [
        Criteria(calling_name="a*b"),
        Criteria(called_number="x" * 201),
        Criteria(called_name="a\nb"),
        Criteria(group_id="a b"),
        Criteria(conversation_id="../x"),
        Criteria(max_duration=604_801),
    ],
)
def test_criteria_that_no_service_understands_are_not_sent(criteria: Criteria) -> None:
    with pytest.raises(InvalidCriteria) as caught:
        as_wire(criteria)
    assert caught.value.subject


@pytest.mark.parametrize("name", ["", "x" * 101])
def test_names_of_searches(name: str) -> None:
    with pytest.raises(InvalidCriteria):
        saved_search_body(SavedSearch(name, Criteria()))


# Tokens and metadata


@pytest.mark.parametrize(
    "change",
    [
        {"access_token": "a b"},
        {"access_token": "a\r\nX: y"},
        {"access_token": ""},
        {"access_token": "a" * 4097},
        {"token_type": "mac"},
        {"expires_in": -1},
        {"expires_in": "soon"},
        {"refresh_token": "r" * 2049},
        {"refresh_token": None},
    ],
)
def test_tokens_that_are_refused(change: dict[str, object]) -> None:
    with pytest.raises(ProtocolBroken) as caught:
        read_granted(body(example("TokenAnswer") | change))
    assert "an-example" not in str(caught.value)


def test_how_long_a_token_lives() -> None:
    answer = example("TokenAnswer")
    assert read_granted(body(answer | {"expires_in": 900})).seconds == 900
    assert read_granted(body(answer | {"expires_in": 10**9})).seconds == 3600
    del answer["expires_in"]
    assert read_granted(body(answer)).seconds == 300
    del answer["refresh_token"]
    assert read_granted(body(answer | {"token_type": "bearer"})).refresh is None


@pytest.mark.parametrize(
    "change",
    [
        {"issuer": "https://evil.example/mir/api/v1"},
        {"issuer": "https://mir.example/mir/api/v1/"},
        {"token_endpoint": "http://mir.example/token"},
        {"token_endpoint": "http://127.0.0.1:9/token"},
        {"authorization_endpoint": "file:///etc/passwd"},
        {"revocation_endpoint": "https://u:p@mir.example/revoke"},
        {"token_endpoint": ""},
        {"grant_types_supported": "password"},
    ],
)
def test_metadata_that_is_not_believed(change: dict[str, object]) -> None:
    with pytest.raises(ProtocolBroken):
        read_metadata(body(metadata(SERVICE.base) | change), service=SERVICE)


def test_metadata_of_a_service_on_this_computer() -> None:
    here = ServiceAddress("http://127.0.0.1:8/mir/api/v1")
    assert read_metadata(body(metadata(here.base)), service=here).token_url == f"{here.base}/auth/token"


def test_a_refused_row_is_a_plain_value() -> None:
    assert RefusedRow("a", "b") == RefusedRow("a", "b")
