"""The stand-in service says what the contract says: every operation with every status, and whatever one may ask."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from mir_sandbox.remote import Sandbox
from tests.contract.conformance import BASE_PATH, SOURCE, Contract, Exchange, Operation
from tests.contract.scenes import FAULTS, SCENES, content_path
from tests.contract.talk import Talk

CONTRACT = Contract.load()
PAIRS = [(each, status) for each in CONTRACT.operations for status in each.node["responses"]]
FOUND = schemathesis.openapi.from_path(SOURCE).get_all_operations()
GENERATED = {each.ok().label: each.ok() for each in FOUND if isinstance(each, Ok)}
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
EXAMPLES = 8
OPTIONS = ["--tiny", "--sign-in-rate", "0/0", "--search-rate", "0/0", "--content-rate", "0/0"]


@pytest.fixture(scope="module")
def talk() -> Iterator[Talk]:
    with Sandbox.start(conversations=150, options=OPTIONS) as sandbox:
        talk = Talk(CONTRACT, sandbox)
        for user in sandbox.users:
            # Before any fault stands, whichever test comes first.
            if user.role != "serviceAccount":
                talk.token(user.username)
        yield talk
        talk.close()


@pytest.mark.parametrize(
    ("operation", "status"), PAIRS, ids=[f"{each.operation_id} {status}" for each, status in PAIRS]
)
def test_every_status_of_every_operation(talk: Talk, operation: Operation, status: str) -> None:
    scenes = SCENES.get((operation.operation_id, status), ())
    for scene in scenes:
        exchange = scene(talk)
        assert str(exchange.status) == status, exchange.response_body[:300]
        assert CONTRACT.operation(method=exchange.method, path=exchange.path) == operation
    if status in FAULTS:
        with talk.sandbox.fault(FAULTS[status], where={"path": BASE_PATH}, times=1):
            assert str(asked_again(talk, operation).status) == status
    else:
        assert scenes, "nobody knows how this comes about"


def asked_again(talk: Talk, operation: Operation) -> Exchange:
    """The operation as the contract's own examples ask for it."""
    path, query, headers = operation.template, {}, {}
    for each in operation.parameters:
        text = each["example"] if isinstance(each["example"], str) else json.dumps(each["example"])
        if each["in"] == "path":
            path = path.replace("{" + each["name"] + "}", text)
        elif each["in"] == "query":
            query[each["name"]] = text
        else:
            headers[each["name"]] = text
    form = body = None
    for media, content in operation.node.get("requestBody", {}).get("content", {}).items():
        value = CONTRACT.resolve(next(iter(content["examples"].values())))["value"]
        form, body = (None, value) if media == "application/json" else (value, None)
    user = "all" if signed(operation) else None
    return talk.ask(operation.method.upper(), path, user=user, query=query, headers=headers, form=form, body=body)


def test_no_scene_is_left_over() -> None:
    assert set(SCENES) <= {(each.operation_id, status) for each, status in PAIRS}


@pytest.mark.parametrize("method", ["DELETE", "PUT", "PATCH"])
@pytest.mark.parametrize("path", ["/me", "/conversations", "/conversations/cnv-1", "/changes"])
def test_unknown_methods_are_405(talk: Talk, method: str, path: str) -> None:
    assert talk.ask(method, path, wrong=True).status == 405


@pytest.mark.parametrize("path", ["/", "/nothing", "/conversations/", "/conversations/a/recordings", "/me/"])
def test_unknown_paths_are_404(talk: Talk, path: str) -> None:
    assert talk.ask("GET", path, wrong=True).status == 404


def test_a_repeated_parameter_is_refused(talk: Talk) -> None:
    assert talk.ask("GET", "/conversations?scope=own&scope=all", wrong=True).status == 400


@pytest.mark.parametrize(
    ("path", "fault", "parameters", "finding"),
    [
        ("/me", "set-json", {"path": "limits.surprise", "value": 1}, "'surprise' was unexpected"),
        ("/me", "set-json", {"path": "timeZone", "remove": True}, "'timeZone' is a required property"),
        ("/conversations", "set-json", {"path": "asOf", "value": "yesterday"}, "$.asOf"),
        ("/changes", "cut-json", {"after": 100}, "no application/json"),
        ("/users", "page", {}, "body of type text/html"),
        ("content", "digest", {}, "Repr-Digest"),
        ("content", "encoded", {}, "Content-Encoding"),
    ],
)
def test_a_service_that_drifts_is_found_out(
    talk: Talk, path: str, fault: str, parameters: dict[str, object], finding: str
) -> None:
    where = content_path(talk, "available") if path == "content" else path
    with (
        talk.sandbox.fault(fault, parameters, where={"path": where}, times=1),
        pytest.raises(AssertionError, match=re.escape(finding)),
    ):
        talk.ask("GET", where)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize("operation", CONTRACT.operations, ids=lambda each: each.operation_id)
def test_whatever_is_asked(talk: Talk, operation: Operation, mode: GenerationMode) -> None:
    """Made-up requests, right and wrong: the answers conform, what is wrong is refused, what is right is not."""
    generated = GENERATED[f"{operation.method.upper()} {operation.template}"]
    if mode is GenerationMode.NEGATIVE and not (operation.parameters or "requestBody" in operation.node):
        return  # There is nothing to be wrong about.
    token = {"Authorization": f"Bearer {talk.token('all')}"} if signed(operation) else {}

    @settings(max_examples=EXAMPLES, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(case=generated.as_strategy(generation_mode=mode))
    def ask(case: Case[Any]) -> None:
        answer = case.call(base_url=talk.sandbox.base_url, headers=token, allow_redirects=False)
        case.validate_response(answer, checks=CHECKS)
        exchange = exchange_of(answer)
        departures = CONTRACT.answer_departures(exchange)
        assert not departures, f"{exchange}: {departures}"
        wrong = [each for each in CONTRACT.request_departures(exchange) if ": header " not in each]
        if exchange.status == 400:
            assert wrong or sensible(exchange), (exchange, exchange.response_body[:300])
        # OAuth lets a service ignore what it does not know (RFC 6749, 3.1 and 3.2).
        elif not operation.template.startswith("/auth/"):
            assert exchange.status >= 400 or not wrong, (exchange, wrong)

    ask()


def sensible(exchange: Exchange) -> bool:
    """Whether a request that no schema forbids is refused for a reason that no schema can say."""
    if "/auth/" in exchange.path:
        return True
    answer = json.loads(exchange.response_body)
    named = {each["parameter"] for each in answer["errors"]}
    return answer["code"] == "window_too_large" or bool(named & {"from", "pageToken", "cursor", "name"})


def signed(operation: Operation) -> bool:
    """Whether it takes an access token."""
    return any("oauth2" in way for way in operation.node.get("security", CONTRACT.document["security"]))


def exchange_of(answer: schemathesis.Response) -> Exchange:
    """What schemathesis sent and got."""
    request = answer.request
    body = request.body or b""
    return Exchange.recorded(
        method=request.method or "",
        target=request.url or "",
        status=answer.status_code,
        request_headers=tuple(
            (name, value.decode("latin-1") if isinstance(value, bytes) else value)
            for name, value in request.headers.items()
        ),
        request_body=body.encode() if isinstance(body, str) else body,
        response_headers=tuple((name, value) for name, values in answer.headers.items() for value in values),
        response_body=answer.content or b"",
    )
