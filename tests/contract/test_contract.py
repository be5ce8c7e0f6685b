"""The contract is sound in itself: valid, complete, and its examples are what it says."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from tests.contract.conformance import SOURCE, Contract, Operation

CONTRACT = Contract.load()
COMPONENTS = CONTRACT.document["components"]
PAGING = {"pageSize", "pageToken"}


def answers(operation: Operation) -> Iterator[tuple[str, Any]]:
    for status, answer in operation.node["responses"].items():
        yield status, CONTRACT.resolve(answer)


def media(node: Any, place: str) -> Iterator[tuple[str, Any, Any]]:
    """Place, schema and value of every example below `content`; the audio alone has neither."""
    for name, content in node.get("content", {}).items():
        if name == "audio/wav":
            assert content == {}
            continue
        examples = [CONTRACT.resolve(each)["value"] for each in content.get("examples", {}).values()]
        examples += [content["example"]] if "example" in content else []
        assert examples, f"{place} {name} has no example"
        for each in examples:
            yield f"{place} {name}", content["schema"], each


def examples() -> Iterator[tuple[str, Any, Any]]:
    """Place, schema and value of every example in the contract."""
    for name, schema in COMPONENTS["schemas"].items():
        assert schema["examples"], f"{name} has no example"
        for each in schema["examples"]:
            yield f"schema {name}", {"$ref": f"#/components/schemas/{name}"}, each
    for name, header in COMPONENTS["headers"].items():
        yield f"header {name}", header["schema"], header["example"]
    for operation in CONTRACT.operations:
        for parameter in operation.parameters:
            yield f"{operation.operation_id} {parameter['name']}", parameter["schema"], parameter["example"]
        yield from media(operation.node.get("requestBody", {}), operation.operation_id)
        for status, answer in answers(operation):
            yield from media(answer, f"{operation.operation_id} {status}")


def test_is_valid_openapi() -> None:
    assert [error.message for error in OpenAPIV31SpecValidator(dict(CONTRACT.document)).iter_errors()] == []


def test_first_lines_say_whose_it_is() -> None:
    text = SOURCE.read_text(encoding="utf-8")
    assert text.startswith("# NOT MITEL'S.")
    assert CONTRACT.document["info"]["description"].startswith("**This is not Mitel's.**")


def test_every_example_is_what_its_schema_says() -> None:
    wrong = []
    for place, schema, value in examples():
        # A header is text on the wire; its example is read as its type.
        wrong += [f"{place}: {each}" for each in CONTRACT.schemas.departures(schema, value)]
    assert wrong == []


def test_every_object_is_closed() -> None:
    objects = {name: each for name, each in COMPONENTS["schemas"].items() if each.get("type") == "object"}
    assert [name for name, each in objects.items() if each.get("additionalProperties") is not False] == []


@pytest.mark.parametrize("operation", CONTRACT.operations, ids=lambda each: each.operation_id)
def test_every_answer_is_described(operation: Operation) -> None:
    found = dict(answers(operation))
    assert {"429", "500", "503"} <= set(found)
    for status, answer in found.items():
        assert CONTRACT.resolve(answer["headers"]["X-Request-Id"])["required"] is True, status
    assert CONTRACT.resolve(found["429"]["headers"]["Retry-After"])["required"] is True
    security = operation.node.get("security", CONTRACT.document["security"])
    assert ("401" in found) == bool(security)


def test_error_codes_are_the_same_everywhere() -> None:
    listed = COMPONENTS["schemas"]["ErrorCode"]["enum"]
    table = re.findall(r"^\| `([a-z_]+)` \|", CONTRACT.document["info"]["description"], re.MULTILINE)
    assert table == listed
    problems = {each["code"]: each["status"] for each in COMPONENTS["schemas"]["Problem"]["examples"]}
    # invalid_grant alone has no problem of its own: the token endpoint says it as RFC 6749 does.
    assert set(problems) == set(listed) - {"invalid_grant"}
    shown = {
        CONTRACT.resolve(each)["value"]["code"]: int(status)
        for operation in CONTRACT.operations
        for status, answer in answers(operation)
        for each in answer.get("content", {}).get("application/problem+json", {}).get("examples", {}).values()
    }
    assert shown == problems


def test_searches_speak_of_the_same_criteria() -> None:
    operations = {each.operation_id: set(each.placed("query")) for each in CONTRACT.operations}
    criteria = set(COMPONENTS["schemas"]["Criteria"]["properties"])
    assert operations["searchConversations"] == operations["listParticipants"] == criteria | PAGING
    for operation in CONTRACT.operations:
        for name, parameter in operation.placed("query").items():
            if operation.operation_id == "searchConversations" and name in criteria:
                assert COMPONENTS["schemas"]["Criteria"]["properties"][name] == parameter["schema"]


def test_recordings_cannot_be_deleted() -> None:
    deleting = [each.template for each in CONTRACT.operations if each.method == "delete"]
    assert deleting == ["/saved-searches/{savedSearchId}"]


def test_every_component_is_used() -> None:
    text = SOURCE.read_text(encoding="utf-8")
    for kind in ("parameters", "headers", "responses", "schemas", "examples"):
        unused = [name for name in COMPONENTS[kind] if f'#/components/{kind}/{name}"' not in text]
        assert unused == []
