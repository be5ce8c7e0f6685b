"""The client reads whatever a service may say by the contract: all of it, and also what a later version adds."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from download_client.api.address import ServiceAddress
from download_client.api.problems import Problem, read_problem
from download_client.api.wire.criteria import as_wire, read_saved_searches
from download_client.api.wire.oauth import read_granted, read_metadata
from download_client.api.wire.pages import read_change_page, read_conversation, read_page, read_participation_page
from download_client.api.wire.people import read_groups, read_me, read_users
from download_client.model import Conversation
from tests.contract.conformance import Contract
from tests.contract.made_up import MadeUp

CONTRACT = Contract.load()
SERVICE = ServiceAddress.parse("https://mir.example/mir/api/v1")
quickly = settings(
    max_examples=12, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
AS_IT_IS, GROWN = MadeUp(CONTRACT), MadeUp(CONTRACT, growing=True)
sayings = pytest.mark.parametrize("made", [AS_IT_IS, GROWN], ids=["as it is", "with more than the contract says"])


def told(moment: str) -> datetime:
    return datetime.fromisoformat(moment)


def check_conversation(read: Conversation, said: Mapping[str, Any]) -> None:
    """Everything that a pull, a CSV and a detail view need has come through."""
    assert (read.id, read.direction.value, read.mode.value) == (said["id"], said["direction"], said["mode"])
    assert (read.start_time, read.end_time) == (told(said["startTime"]), told(said["endTime"]))
    assert (read.available_at, read.updated_at) == (told(said["availableAt"]), told(said["updatedAt"]))
    assert read.expires_at == told(said["expiresAt"])
    assert read.duration_seconds == said["durationSeconds"]
    assert read.time_zone == said["timeZone"]
    for party, spoken in ((read.calling_party, said["callingParty"]), (read.called_party, said["calledParty"])):
        assert (party.name, party.phone_number) == (spoken["name"], spoken["phoneNumber"])
        assert (party.unique_id, party.extension) == (spoken.get("uniqueId", ""), spoken.get("extension", ""))
        assert party.user_id == spoken.get("userId", "")
    owner = said["owner"]
    assert (read.owner_user_id, read.owner_name) == (owner["userId"], owner["name"])
    assert (read.owner_email, read.owner_extension) == (owner["email"], owner["extension"])
    assert list(read.groups) == [each["name"] for each in said["groups"]]
    assert [each.name for each in read.participants] == [each["name"] for each in said["participants"]]
    assert len(read.recordings) == len(said["recordings"])
    for ours, theirs in zip(read.recordings, said["recordings"], strict=True):
        assert (ours.id, ours.sequence, ours.status.value) == (theirs["id"], theirs["sequence"], theirs["status"])
        assert (ours.start_time, ours.duration_seconds) == (told(theirs["startTime"]), theirs["durationSeconds"])
        assert ours.size_bytes == theirs.get("sizeBytes")
        assert ours.etag == theirs.get("etag", "")
        assert ours.sha256 == theirs.get("checksum", {}).get("value", "")
        assert (ours.file_name, ours.content_type) == (theirs.get("fileName", ""), theirs.get("contentType", ""))
        assert [(each.start_seconds, each.end_seconds) for each in ours.pauses] == [
            (each["startOffsetSeconds"], each["endOffsetSeconds"]) for each in theirs["pauses"]
        ]
        codec = None if ours.codec is None else (ours.codec.format_tag, ours.codec.name, ours.codec.channels)
        spoken = theirs.get("codec")
        assert codec == (None if spoken is None else (spoken["formatTag"], spoken["name"], spoken["channels"]))


@sayings
def test_conversation(made: MadeUp) -> None:
    @quickly
    @given(made.named("Conversation"))
    def check(said: dict[str, Any]) -> None:
        check_conversation(read_conversation(json.dumps(said).encode()), said)

    check()


@sayings
def test_search_page(made: MadeUp) -> None:
    @quickly
    @given(made.named("ConversationPage"))
    def check(said: dict[str, Any]) -> None:
        page = read_page(json.dumps(said, ensure_ascii=False).encode())
        assert page.refused == ()
        assert [each.id for each in page.conversations] == [each["id"] for each in said["items"]]
        assert (page.next_token, page.as_of) == (said.get("nextPageToken", ""), told(said["asOf"]))
        assert (page.total_count, page.total_bytes) == (said.get("totalCount"), said.get("totalBytes"))

    check()


@sayings
def test_changes(made: MadeUp) -> None:
    @quickly
    @given(made.named("ChangePage"))
    def check(said: dict[str, Any]) -> None:
        page = read_change_page(json.dumps(said).encode())
        assert page.refused == ()
        assert [each.id for each in page.conversations] == [each["id"] for each in said["items"]]
        assert (page.next_cursor, page.has_more) == (said["nextCursor"], said["hasMore"])

    check()


@sayings
def test_participants(made: MadeUp) -> None:
    @quickly
    @given(made.named("ParticipationPage"))
    def check(said: dict[str, Any]) -> None:
        page = read_participation_page(json.dumps(said).encode())
        assert page.refused == ()
        for ours, theirs in zip(page.rows, said["items"], strict=True):
            assert (ours.id, ours.conversation_id) == (theirs["participationId"], theirs["conversationId"])
            assert (ours.role, ours.name, ours.phone_number) == (theirs["role"], theirs["name"], theirs["phoneNumber"])
            assert (ours.joined_at, ours.left_at) == (told(theirs["joinedAt"]), told(theirs["leftAt"]))

    check()


@sayings
def test_me(made: MadeUp) -> None:
    @quickly
    @given(made.named("Me"))
    def check(said: dict[str, Any]) -> None:
        me = read_me(json.dumps(said).encode())
        assert (me.user.user_id, me.user.name) == (said["user"]["userId"], said["user"]["name"])
        assert (me.access_level.value, sorted(me.permissions)) == (said["accessLevel"], sorted(said["permissions"]))
        assert (me.time_zone, me.account.name) == (said["timeZone"], said["account"]["name"])
        assert [each.group_id for each in me.managed_groups] == [each["id"] for each in said["managedGroups"]]
        assert (me.retention.months, me.retention.archiving) == (
            said["retention"]["months"],
            said["retention"]["archiving"],
        )
        assert (me.limits.max_concurrent_downloads, me.limits.max_page_size, me.limits.max_window_days) == (
            said["limits"]["maxConcurrentDownloads"],
            said["limits"]["maxPageSize"],
            said["limits"]["maxWindowDays"],
        )

    check()


@sayings
@pytest.mark.parametrize(("name", "read"), [("UserPage", read_users), ("GroupPage", read_groups)])
def test_pickers(name: str, read: Callable[[bytes], tuple[Any, str]], made: MadeUp) -> None:
    @quickly
    @given(made.named(name))
    def check(said: dict[str, Any]) -> None:
        items, token = read(json.dumps(said).encode())
        assert [each.name for each in items] == [each["name"] for each in said["items"]]
        assert token == said.get("nextPageToken", "")

    check()


@quickly
@given(AS_IT_IS.named("SavedSearchPage"))
def test_saved_searches(said: dict[str, Any]) -> None:
    understood, others, token = read_saved_searches(json.dumps(said).encode())
    assert token == said.get("nextPageToken", "")
    # Only what no search can mean is not understood.
    senseless = [each["id"] for each in said["items"] if not sensible(each["criteria"])]
    assert others == senseless
    for ours, theirs in zip(understood, (each for each in said["items"] if each["id"] not in senseless), strict=False):
        assert (ours.id, ours.name) == (theirs["id"], theirs["name"])
        again = as_wire(ours.criteria)
        assert list(CONTRACT.schemas.departures({"$ref": "#/components/schemas/Criteria"}, again)) == []
        assert comparable(again) == comparable({key: each for key, each in theirs["criteria"].items() if key != "sort"})


@sayings
def test_tokens(made: MadeUp) -> None:
    @quickly
    @given(made.named("TokenAnswer"))
    def check(said: dict[str, Any]) -> None:
        granted = read_granted(json.dumps(said).encode())
        assert granted.access.reveal() == said["access_token"]
        assert granted.seconds == said["expires_in"]
        assert (granted.refresh.reveal() if granted.refresh else None) == said.get("refresh_token")

    check()


@sayings
def test_addresses(made: MadeUp) -> None:
    @quickly
    @given(made.named("AuthorizationServerMetadata"))
    def check(said: dict[str, Any]) -> None:
        said["issuer"] = SERVICE.base
        read = read_metadata(json.dumps(said).encode(), service=SERVICE)
        assert (read.authorize_url, read.token_url) == (said["authorization_endpoint"], said["token_endpoint"])
        assert (read.revoke_url, read.grants) == (said["revocation_endpoint"], frozenset(said["grant_types_supported"]))
        assert read.names_itself == said["authorization_response_iss_parameter_supported"]

    check()


@sayings
def test_problems(made: MadeUp) -> None:
    @quickly
    @given(made.named("Problem"))
    def check(said: dict[str, Any]) -> None:
        read = read_problem(
            status=said["status"],
            content_type="application/problem+json",
            body=json.dumps(said).encode(),
            retry_after=None,
            request_id=said["requestId"],
        )
        assert (read.status, read.code) == (said["status"], said["code"])
        assert (read.retry_after is None) == ("retryAfterSeconds" not in said)

    check()


def test_every_code_means_something_of_its_own() -> None:
    """No code of the contract is judged by its status for want of knowing it."""
    codes = CONTRACT.document["components"]["schemas"]["ErrorCode"]["enum"]
    token_errors = CONTRACT.document["components"]["schemas"]["TokenError"]["properties"]["error"]["enum"]
    unknown = type(Problem(status=418, code="never_heard_of").error())
    refused = {"invalid_parameter", "invalid_request", "unsupported_token_type"}
    for code in {*codes, *token_errors}:
        assert (type(Problem(status=418, code=code).error()) is unknown) == (code in refused), code


@pytest.mark.parametrize(
    "error", CONTRACT.document["components"]["schemas"]["TokenError"]["properties"]["error"]["enum"]
)
def test_token_errors(error: str) -> None:
    body = json.dumps({"error": error, "error_description": "…"}).encode()
    read = read_problem(status=400, content_type="application/json", body=body, retry_after=None, request_id="")
    assert read.code == error


def sensible(criteria: Mapping[str, Any]) -> bool:
    """Whether the times and durations are in order."""
    times = [told(criteria[name]) for name in ("from", "to") if name in criteria]
    durations = [criteria[name] for name in ("minDuration", "maxDuration") if name in criteria]
    return (len(times) < 2 or times[0] < times[1]) and durations == sorted(durations)


def comparable(criteria: Mapping[str, Any]) -> dict[str, Any]:
    """Times as times, whatever their fraction."""
    times = ("from", "to", "availableAfter")
    return {key: told(each) if key in times else each for key, each in criteria.items()}
