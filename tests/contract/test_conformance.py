"""The checker accepts what the contract shows, and finds every kind of departure planted in it."""

import base64
import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.contract.conformance import BASE_PATH, Contract, Exchange, Operation

CONTRACT = Contract.load()
AUDIO = b"RIFF" + bytes(range(200))
ETAG = '"9f86d081884c7d65"'
REQUEST_ID = "3f1c9a52-7d0e-4c55-9a43-2f2f4be0a6a1"


def shown(operation: Operation, status: str) -> Exchange:
    """The exchange that the examples of the contract show for one answer."""
    node = CONTRACT.resolve(operation.node["responses"][status])
    path, query, headers = operation.template, [], [("Accept", "*/*")]
    for each in operation.parameters:
        text = each["example"] if isinstance(each["example"], str) else json.dumps(each["example"])
        if each["in"] == "path":
            path = path.replace("{" + each["name"] + "}", text)
        elif each["in"] == "query":
            query.append((each["name"], text))
        elif status == "206" or each["name"] not in ("Range", "If-Range"):
            headers.append((each["name"], "bytes=4-" if each["name"] == "Range" else text))
    security = operation.node.get("security", CONTRACT.document["security"])
    if any("oauth2" in way for way in security):
        headers.append(("Authorization", "Bearer an-example"))
    body = b""
    for media, content in operation.node.get("requestBody", {}).get("content", {}).items():
        value = CONTRACT.resolve(next(iter(content["examples"].values())))["value"]
        body = json.dumps(value).encode() if media == "application/json" else urlencode(value).encode()
        headers.append(("Content-Type", media))
    answer_headers, answer = shown_answer(operation, int(status), node)
    return Exchange(
        operation.method.upper(),
        BASE_PATH + path,
        tuple(query),
        tuple(headers),
        body,
        int(status),
        tuple(answer_headers),
        answer,
    )


def shown_answer(operation: Operation, status: int, node: Any) -> tuple[list[tuple[str, str]], bytes]:
    answer, media = b"", None
    for name, content in node.get("content", {}).items():
        media = media or name
        if name == "audio/wav":
            answer = AUDIO[4:] if status == 206 else AUDIO
        elif name == media:
            examples = [CONTRACT.resolve(each)["value"] for each in content.get("examples", {}).values()]
            value = (examples or [content["example"]] if "example" in content or examples else [""])[0]
            answer = value.encode() if isinstance(value, str) else json.dumps(value).encode()
    digest = base64.b64encode(hashlib.sha256(AUDIO).digest()).decode()
    own = {
        "Content-Length": str(len(answer)),
        "Content-Range": f"bytes 4-{len(AUDIO) - 1}/{len(AUDIO)}" if status == 206 else f"bytes */{len(AUDIO)}",
        "Repr-Digest": f"sha-256=:{digest}:",
    }
    headers = [("Content-Type", media)] if media else []
    for name, header in node["headers"].items():
        resolved = CONTRACT.resolve(header)
        if resolved.get("required"):
            headers.append((name, own.get(name, str(resolved["example"]))))
    if answer and status in (202, 429):
        told = str(json.loads(answer)["retryAfterSeconds"])
        headers = [(name, told if name == "Retry-After" else value) for name, value in headers]
    return headers, b"" if operation.method == "head" else answer


def all_shown() -> Iterator[Any]:
    for operation in CONTRACT.operations:
        for status in operation.node["responses"]:
            yield pytest.param(operation, status, id=f"{operation.operation_id} {status}")


def operation(name: str) -> Operation:
    return next(each for each in CONTRACT.operations if each.operation_id == name)


def with_header(pairs: tuple[tuple[str, str], ...], name: str, value: str | None) -> tuple[tuple[str, str], ...]:
    rest = tuple(pair for pair in pairs if pair[0].lower() != name.lower())
    return rest if value is None else (*rest, (name, value))


def asked(name: str, value: str | None) -> Callable[[Exchange], Exchange]:
    """Puts a header of the request, or takes it away."""
    return lambda each: replace(each, request_headers=with_header(each.request_headers, name, value))


def answered(name: str, value: str | None) -> Callable[[Exchange], Exchange]:
    """Puts a header of the answer, or takes it away."""
    return lambda each: replace(each, response_headers=with_header(each.response_headers, name, value))


def queried(name: str, value: str) -> Callable[[Exchange], Exchange]:
    return lambda each: replace(each, query=(*(pair for pair in each.query if pair[0] != name), (name, value)))


def body(change: Callable[[Any], object]) -> Callable[[Exchange], Exchange]:
    """Changes the JSON of the answer."""

    def changed(each: Exchange) -> Exchange:
        value = json.loads(each.response_body)
        change(value)
        return replace(each, response_body=json.dumps(value).encode())

    return changed


def sent(change: Callable[[Any], object]) -> Callable[[Exchange], Exchange]:
    def changed(each: Exchange) -> Exchange:
        value = json.loads(each.request_body)
        change(value)
        return replace(each, request_body=json.dumps(value).encode())

    return changed


@pytest.mark.parametrize(("operation", "status"), list(all_shown()))
def test_what_the_contract_shows_conforms(operation: Operation, status: str) -> None:
    assert CONTRACT.departures(shown(operation, status)) == []


SEARCH, CONTENT, TOKEN = ("searchConversations", "200"), ("getContent", "200"), ("postToken", "200")
PART, LIMITED, NOT_READY = ("getContent", "206"), ("getContent", "429"), ("getContent", "202")

PLANTED: list[tuple[tuple[str, str], Callable[[Exchange], Exchange], str]] = [
    # The request
    (SEARCH, lambda x: replace(x, path="/mir/api/v2/conversations"), "no operation"),
    (SEARCH, lambda x: replace(x, path="/conversations"), "no operation"),
    (SEARCH, lambda x: replace(x, method="PUT"), "no operation"),
    (SEARCH, queried("minduration", "3"), "query minduration is not in the contract"),
    (SEARCH, lambda x: replace(x, query=(*x.query, ("scope", "own"))), "query scope is given 2 times"),
    (SEARCH, queried("scope", "everything"), "query scope"),
    (SEARCH, queried("from", "2026-11-20T00:00:00+01:00"), "query from"),
    (SEARCH, queried("from", "2026-02-30T00:00:00Z"), "query from"),
    (SEARCH, queried("minDuration", "3.5"), "query minDuration"),
    (SEARCH, queried("pageSize", "501"), "query pageSize"),
    (SEARCH, queried("hasVoiceRecording", "yes"), "query hasVoiceRecording"),
    (SEARCH, queried("callingNumber", "4*9"), "query callingNumber"),
    (SEARCH, asked("Authorization", None), "header Authorization is missing"),
    (SEARCH, asked("Authorization", "Basic eDp5"), "basic credentials"),
    (SEARCH, asked("X-Custom", "1"), "header X-Custom is not in the contract"),
    (SEARCH, asked("Accept", "text/html"), "header Accept"),
    (SEARCH, asked("X-Request-Id", "no id\n"), "header X-Request-Id"),
    (SEARCH, lambda x: replace(x, request_body=b"{}"), "a body, where the contract has none"),
    (("getAuthorizationServerMetadata", "200"), asked("Authorization", "Bearer x"), "bearer credentials"),
    (TOKEN, asked("Authorization", "Bearer x"), "bearer credentials"),
    (TOKEN, asked("Content-Type", "application/json"), "body of type application/json"),
    (TOKEN, lambda x: replace(x, request_body=b"grant_type=password&username=a&client_id=b"), "password"),
    (TOKEN, lambda x: replace(x, request_body=x.request_body + b"&code=2"), "field is given twice"),
    (TOKEN, lambda x: replace(x, request_body=b"grant_type=magic"), "request postToken: body"),
    (("showSignInPage", "200"), queried("redirect_uri", "https://evil.example/cb"), "query redirect_uri"),
    (("showSignInPage", "200"), lambda x: replace(x, query=x.query[:-1]), "code_challenge_method is missing"),
    (CONTENT, asked("Accept-Encoding", "gzip"), "header Accept-Encoding"),
    (CONTENT, asked("If-Range", ETAG), "If-Range without Range"),
    (PART, asked("If-Range", 'W/"weak"'), "header If-Range"),
    (PART, asked("Range", "bytes=-5"), "header Range"),
    (("getConversation", "200"), lambda x: replace(x, path=x.path + "%0A"), "path conversationId"),
    (("createSavedSearch", "201"), sent(lambda x: x.pop("name")), "'name' is a required property"),
    (("createSavedSearch", "201"), sent(lambda x: x["criteria"].update(pageSize=5)), "pageSize"),
    (("createSavedSearch", "201"), lambda x: replace(x, request_body=b"{"), "no application/json"),
    # The answer
    (SEARCH, answered("X-Request-Id", None), "header X-Request-Id is missing"),
    (SEARCH, answered("X-Request-Id", "another"), "X-Request-Id is not the request's"),
    (SEARCH, lambda x: replace(x, status=207), "status is not in the contract"),
    (SEARCH, lambda x: replace(x, status=405), "405 for a method that the contract has"),
    (SEARCH, answered("Content-Type", "text/html"), "body of type text/html"),
    (SEARCH, answered("Content-Type", None), "body of type nothing"),
    (SEARCH, answered("Content-Type", "text/csv"), "answer searchConversations 200: body"),
    (SEARCH, answered("Content-Length", "3"), "header Content-Length: 3"),
    (SEARCH, answered("RateLimit", "48"), "header RateLimit"),
    (SEARCH, lambda x: replace(x, response_headers=(*x.response_headers, *x.response_headers)), "is given 2 times"),
    (SEARCH, lambda x: replace(x, response_body=x.response_body.decode().encode("utf-16")), "in UTF-8"),
    (SEARCH, body(lambda x: x.update(cursor="a")), "'cursor' was unexpected"),
    (SEARCH, body(lambda x: x.pop("asOf")), "'asOf' is a required property"),
    (SEARCH, body(lambda x: x.update(asOf="2026-11-20T12:00:00+00:00")), "$.asOf"),
    (SEARCH, body(lambda x: x.update(asOf="2026-11-20T25:00:00Z")), "$.asOf"),
    (SEARCH, body(lambda x: x.update(totalBytes=None)), "$.totalBytes"),
    (SEARCH, body(lambda x: x["items"][0].pop("owner")), "$.items[0]"),
    (SEARCH, body(lambda x: x["items"][0].update(id="a\n")), "$.items[0].id"),
    (SEARCH, body(lambda x: x["items"][0]["recordings"][0].pop("checksum")), "$.items[0].recordings[0]"),
    (SEARCH, body(lambda x: x["items"][1]["recordings"][0].update(status="lost")), "status"),
    (TOKEN, answered("Cache-Control", None), "header Cache-Control is missing"),
    (TOKEN, body(lambda x: x.update(expires_in=3601)), "$.expires_in"),
    (TOKEN, body(lambda x: x.update(token_type="bearer")), "$.token_type"),
    (CONTENT, answered("Content-Encoding", "gzip"), "header Content-Encoding on audio"),
    (CONTENT, answered("ETag", 'W/"1"'), "header ETag"),
    (CONTENT, answered("Repr-Digest", None), "header Repr-Digest is missing"),
    (CONTENT, lambda x: replace(x, response_body=AUDIO[:-1] + b"!"), "Repr-Digest is not that of the body"),
    (CONTENT, answered("Content-Type", "audio/mpeg"), "body of type audio/mpeg"),
    (PART, asked("Range", "bytes=5-"), "range begins at 4, not 5"),
    (PART, asked("Range", None), "206, but no range was asked for"),
    (PART, asked("Range", "bytes=4-9"), "range ends at"),
    (PART, answered("Content-Range", f"bytes 4-{len(AUDIO) - 1}/*"), "header Content-Range"),
    (PART, lambda x: replace(x, response_body=b"short"), "but the body has 5"),
    (("headContent", "200"), lambda x: replace(x, response_body=AUDIO), "where there is none"),
    (("getContent", "304"), lambda x: replace(x, response_body=AUDIO), "where there is none"),
    (("getContent", "307"), answered("Location", None), "header Location is missing"),
    (("getContent", "416"), answered("Content-Range", "bytes 0-1/2"), "header Content-Range"),
    (LIMITED, answered("Retry-After", None), "header Retry-After is missing"),
    (LIMITED, answered("Retry-After", "soon"), "header Retry-After"),
    (LIMITED, answered("Retry-After", "31"), "retryAfterSeconds is 30"),
    (LIMITED, body(lambda x: x.update(status=503)), "problem's status is 503"),
    (LIMITED, body(lambda x: x.update(requestId="other")), "requestId is not that"),
    (LIMITED, body(lambda x: x.update(code="maintenance")), "problem's code is maintenance"),
    (LIMITED, body(lambda x: x.update(type="about:blank")), "type does not name its code"),
    (NOT_READY, body(lambda x: x.update(code="slow")), "$.code"),
    (("getMe", "401"), answered("WWW-Authenticate", None), "header WWW-Authenticate is missing"),
    (("postRevoke", "200"), lambda x: replace(x, response_body=b"{}"), "where there is none"),
]


@pytest.mark.parametrize(
    ("where", "plant", "finding"), PLANTED, ids=[f"{i} {each[2]}" for i, each in enumerate(PLANTED)]
)
def test_every_planted_departure_is_found(
    where: tuple[str, str], plant: Callable[[Exchange], Exchange], finding: str
) -> None:
    found = CONTRACT.departures(plant(shown(operation(where[0]), where[1])))
    assert any(finding in each for each in found), found


def test_an_unknown_path_answers_not_found() -> None:
    problem = {**CONTRACT.document["components"]["examples"]["ProblemNotFound"]["value"]}
    exchange = Exchange.recorded(
        method="GET",
        target=BASE_PATH + "/nothing",
        status=404,
        response_headers=(("X-Request-Id", REQUEST_ID), ("Content-Type", "application/problem+json")),
        response_body=json.dumps(problem).encode(),
    )
    assert CONTRACT.answer_departures(exchange) == []
    assert CONTRACT.request_departures(exchange) != []
    assert CONTRACT.answer_departures(replace(exchange, status=200)) != []
    assert CONTRACT.answer_departures(replace(exchange, response_body=b"not found")) != []


def test_an_unknown_method_answers_405_with_allow() -> None:
    problem = {**CONTRACT.document["components"]["examples"]["ProblemInvalidParameter"]["value"], "status": 405}
    exchange = Exchange.recorded(
        method="DELETE",
        target=BASE_PATH + "/conversations/cnv-000001",
        status=405,
        response_headers=(
            ("X-Request-Id", REQUEST_ID),
            ("Content-Type", "application/problem+json"),
            ("Allow", "GET"),
        ),
        response_body=json.dumps(problem).encode(),
    )
    assert CONTRACT.answer_departures(exchange) == []
    assert "Allow is missing" in str(CONTRACT.answer_departures(answered("Allow", None)(exchange)))
    assert CONTRACT.answer_departures(replace(exchange, status=404)) != []
