"""Says in which ways a recorded exchange departs from `resources/openapi/mir-api.yaml`.

Not promised: that a conforming exchange is right; the checker knows the text of the contract, not the account behind
it. What no schema can say and is checked all the same: a problem's status, request id and waiting time agree with the
headers, its code is one that the contract's examples show for this answer, lengths, ranges and digests are those of
the bytes.

    contract = Contract.load()
    assert contract.departures(Exchange.of(response)) == []          # response: a requests.Response
    contract.answer_departures(exchange)                             # when the request was wrong on purpose
"""

import base64
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Self
from urllib.parse import parse_qsl, unquote

import yaml

from tests.contract.exchange import Exchange, essence
from tests.contract.schemas import Schemas

SOURCE = Path(__file__).parents[2] / "resources" / "openapi" / "mir-api.yaml"
BASE_PATH = "/mir/api/v1"
METHODS = ("get", "head", "post", "put", "delete")
ORDINARY_HEADERS = frozenset(
    {"accept", "accept-encoding", "authorization", "connection", "content-length", "content-type", "host", "user-agent"}
)
ONCE = ("content-length", "content-range", "content-type", "etag", "location", "repr-digest", "retry-after")

Node = Mapping[str, Any]

__all__ = ["Contract", "Exchange", "Operation"]


@cache
def document() -> Node:
    """The text of the contract, read once in a process."""
    read: Node = yaml.load(SOURCE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return read


@dataclass(frozen=True)
class Operation:
    """One method of one path, with its parameters resolved."""

    method: str
    template: str
    node: Node
    parameters: tuple[Node, ...]

    @property
    def operation_id(self) -> str:
        """Name of the operation, unique in the contract."""
        return str(self.node["operationId"])

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Matches the paths of this operation, below the base; a group for each parameter."""
        return re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/]+)", re.escape(self.template)))

    def placed(self, place: str) -> dict[str, Node]:
        """The parameters in `path`, `query` or `header`, by name; header names in lower case."""
        found = (each for each in self.parameters if each["in"] == place)
        return {(each["name"].lower() if place == "header" else each["name"]): each for each in found}


class Contract:
    """The contract, ready to be held against exchanges."""

    def __init__(self, document: Node) -> None:
        self.document = document
        self.schemas = Schemas(document)
        self.operations = tuple(self._operations())

    @classmethod
    def load(cls) -> Self:
        """The contract of this repository."""
        return cls(document())

    def operation(self, *, method: str, path: str) -> Operation | None:
        """The operation that a request means; `path` begins with the base."""
        for each in self._at(path):
            if each.method == method.lower():
                return each
        return None

    def resolve(self, node: Node) -> Node:
        """The node itself, or what its `$ref` names."""
        while "$ref" in node:
            found: Any = self.document
            for part in node["$ref"].removeprefix("#/").split("/"):
                found = found[part]
            node = found
        return node

    def departures(self, exchange: Exchange) -> list[str]:
        """All the ways in which request or answer departs from the contract; none: an empty list."""
        return [*self.request_departures(exchange), *self.answer_departures(exchange)]

    def request_departures(self, exchange: Exchange) -> list[str]:
        """What a client did wrong."""
        operation = self.operation(method=exchange.method, path=exchange.path)
        if operation is None:
            return [f"request: {exchange.method} {exchange.path} is no operation of the contract"]
        return [f"request {operation.operation_id}: {each}" for each in self._request(operation, exchange)]

    def answer_departures(self, exchange: Exchange) -> list[str]:
        """What a service did wrong, whatever it was asked."""
        operation = self.operation(method=exchange.method, path=exchange.path)
        if operation is None:
            found = self._answer_to_unknown(exchange)
            return [f"answer to {exchange.method} {exchange.path}: {each}" for each in found]
        found = self._answer(operation, exchange)
        return [f"answer {operation.operation_id} {exchange.status}: {each}" for each in found]

    # The request

    def _operations(self) -> Iterator[Operation]:
        for path, item in self.document["paths"].items():
            shared = item.get("parameters", [])
            for method in METHODS:
                if method in item:
                    nodes = [*shared, *item[method].get("parameters", [])]
                    yield Operation(method, path, item[method], tuple(self.resolve(each) for each in nodes))

    def _at(self, path: str) -> list[Operation]:
        below = path.removeprefix(BASE_PATH) if path.startswith(BASE_PATH + "/") else ""
        return [each for each in self.operations if each.pattern.fullmatch(below)]

    def _request(self, operation: Operation, exchange: Exchange) -> Iterator[str]:
        match = operation.pattern.fullmatch(exchange.path.removeprefix(BASE_PATH))
        for name, value in (match.groupdict() if match else {}).items():
            yield from self._value(f"path {name}", operation.placed("path")[name]["schema"], unquote(value))
        yield from self._query(operation, exchange)
        yield from self._request_headers(operation, exchange)
        yield from self._credentials(operation, exchange)
        yield from self._request_body(operation, exchange)

    def _query(self, operation: Operation, exchange: Exchange) -> Iterator[str]:
        known = operation.placed("query")
        count = Counter(name for name, _ in exchange.query)
        for name, times in count.items():
            if name not in known:
                yield f"query {name} is not in the contract"
            elif times > 1:
                yield f"query {name} is given {times} times"
        for name, value in exchange.query:
            if name in known:
                yield from self._value(f"query {name}", known[name]["schema"], value)
        for name, each in known.items():
            if each.get("required") and name not in count:
                yield f"query {name} is missing"

    def _request_headers(self, operation: Operation, exchange: Exchange) -> Iterator[str]:
        known = operation.placed("header")
        for name, value in exchange.request_headers:
            if name.lower() in known:
                yield from self._value(f"header {name}", known[name.lower()]["schema"], value)
            elif name.lower() not in ORDINARY_HEADERS:
                yield f"header {name} is not in the contract"
        sent = {name.lower() for name, _ in exchange.request_headers}
        for name, each in known.items():
            if each.get("required") and name not in sent:
                yield f"header {each['name']} is missing"
        if "if-range" in sent and "range" not in sent:
            yield "header If-Range without Range"
        accept = exchange.sent("accept")
        offered = {media for answer in operation.node["responses"].values() for media in self._media(answer)}
        if accept and offered and not any(_accepts(accept, media) for media in offered):
            yield f"header Accept: {accept} fits no answer of the contract"

    def _credentials(self, operation: Operation, exchange: Exchange) -> Iterator[str]:
        security = operation.node.get("security", self.document["security"])
        schemes = {name for way in security for name in way}
        sent = (exchange.sent("authorization") or "").partition(" ")[0].lower()
        permitted = {"bearer" if each == "oauth2" else "basic" for each in schemes}
        if sent and sent not in permitted:
            yield f"header Authorization with {sent} credentials, where the contract wants none of the kind"
        if not sent and security and {} not in security:
            yield "header Authorization is missing"

    def _request_body(self, operation: Operation, exchange: Exchange) -> Iterator[str]:
        if "requestBody" not in operation.node:
            if exchange.request_body:
                yield "a body, where the contract has none"
            return
        media = essence(exchange.sent("content-type"))
        known = operation.node["requestBody"]["content"]
        if media not in known:
            yield f"body of type {media or 'nothing'}, not {' or '.join(known)}"
            return
        yield from self._body("body", media, known[media]["schema"], exchange.request_body)

    # The answer

    def _answer(self, operation: Operation, exchange: Exchange) -> Iterator[str]:
        yield from self._every_answer(exchange)
        node = operation.node["responses"].get(str(exchange.status))
        if node is None:
            if exchange.status == 405:
                yield "405 for a method that the contract has"
            else:
                yield "status is not in the contract"
            return
        node = self.resolve(node)
        for name, header in node.get("headers", {}).items():
            resolved = self.resolve(header)
            value = exchange.answered(name)
            if value is not None:
                yield from self._value(f"header {name}", resolved["schema"], value)
            elif resolved.get("required"):
                yield f"header {name} is missing"
        content = node.get("content", {})
        empty = exchange.method == "HEAD" or not content
        if empty and exchange.response_body:
            yield f"a body of {len(exchange.response_body)} bytes, where there is none"
        media = essence(exchange.answered("content-type"))
        if content and media not in content and not (empty and not media):
            yield f"body of type {media or 'nothing'}, not {' or '.join(content)}"
        elif media in content and not empty:
            if "schema" in content[media]:
                yield from self._body("body", media, content[media]["schema"], exchange.response_body)
            yield from self._problem(exchange, media, content[media])
        if "audio/wav" in content:
            yield from self._audio(exchange)

    def _answer_to_unknown(self, exchange: Exchange) -> Iterator[str]:
        yield from self._every_answer(exchange)
        known = bool(self._at(exchange.path))
        wanted, code = (405, "invalid_parameter") if known else (404, "not_found")
        if exchange.status != wanted:
            yield f"status {exchange.status}, not {wanted}"
        if known and exchange.answered("allow") is None:
            yield "header Allow is missing"
        if exchange.method == "HEAD":
            return
        media = essence(exchange.answered("content-type"))
        if media != "application/problem+json":
            yield f"body of type {media or 'nothing'}, not application/problem+json"
            return
        schema = {"$ref": "#/components/schemas/Problem"}
        yield from self._body("body", media, schema, exchange.response_body)
        yield from self._problem(exchange, media, {"example": {"code": code}})

    def _every_answer(self, exchange: Exchange) -> Iterator[str]:
        count = Counter(name.lower() for name, _ in exchange.response_headers)
        for name in ONCE:
            if count[name] > 1:
                yield f"header {name} is given {count[name]} times"
        ours = exchange.answered("x-request-id")
        if ours is None:
            yield "header X-Request-Id is missing"
        theirs = exchange.sent("x-request-id")
        schema = {"$ref": "#/components/schemas/RequestId"}
        if theirs is not None and ours != theirs and not list(self.schemas.departures(schema, theirs)):
            yield "header X-Request-Id is not the request's"
        length = exchange.answered("content-length")
        complete = exchange.method != "HEAD" and exchange.status != 304
        encoded = exchange.answered("content-encoding") is not None
        if complete and not encoded and length is not None and length != str(len(exchange.response_body)):
            yield f"header Content-Length: {length}, but the body has {len(exchange.response_body)} bytes"

    def _problem(self, exchange: Exchange, media: str, content: Node) -> Iterator[str]:
        if media != "application/problem+json":
            return
        try:
            problem = json.loads(exchange.response_body)
        except ValueError:
            return
        if not isinstance(problem, dict):
            return
        if problem.get("status") != exchange.status:
            yield f"problem's status is {problem.get('status')}"
        if problem.get("requestId") != exchange.answered("x-request-id"):
            yield "problem's requestId is not that of X-Request-Id"
        told = exchange.answered("retry-after")
        seconds = problem.get("retryAfterSeconds")
        if told is not None and told.isdigit() and seconds is not None and int(told) != seconds:
            yield f"problem's retryAfterSeconds is {seconds}, Retry-After {told}"
        if problem.get("type") != f"urn:mir:problem:{problem.get('code')}":
            yield "problem's type does not name its code"
        codes = {content["example"]["code"]} if "example" in content else set()
        codes |= {self.resolve(each)["value"]["code"] for each in content.get("examples", {}).values()}
        if problem.get("code") not in codes:
            yield f"problem's code is {problem.get('code')}, not {' or '.join(sorted(codes))}"

    def _audio(self, exchange: Exchange) -> Iterator[str]:
        if exchange.answered("content-encoding") is not None:
            yield "header Content-Encoding on audio"
        asked = re.fullmatch(r"bytes=(\d+)-(\d*)", exchange.sent("range") or "")
        if exchange.status == 206:
            got = re.fullmatch(r"bytes (\d+)-(\d+)/(\d+)", exchange.answered("content-range") or "")
            if asked is None:
                yield "206, but no range was asked for"
            if got is None:
                return
            first, last, total = (int(each) for each in got.groups())
            if asked is not None and first != int(asked[1]):
                yield f"range begins at {first}, not {asked[1]}"
            wanted_last = min(int(asked[2]), total - 1) if asked is not None and asked[2] else total - 1
            if last != wanted_last:
                yield f"range ends at {last}, not {wanted_last}"
            if last - first + 1 != len(exchange.response_body):
                yield f"range of {last - first + 1} bytes, but the body has {len(exchange.response_body)}"
        elif exchange.method == "GET":
            digest = exchange.answered("repr-digest")
            ours = base64.b64encode(hashlib.sha256(exchange.response_body).digest()).decode()
            if digest is not None and digest != f"sha-256=:{ours}:":
                yield "header Repr-Digest is not that of the body"

    # Values

    def _media(self, answer: Node) -> list[str]:
        return list(self.resolve(answer).get("content", {}))

    def _value(self, what: str, schema: Node, text: str) -> Iterator[str]:
        """Departures of a parameter or header, whose text is first read as the type its schema names."""
        value: object = text
        kind = self.resolve(schema).get("type")
        if kind == "integer" and re.fullmatch(r"-?(0|[1-9][0-9]*)", text):
            value = int(text)
        elif kind == "boolean" and text in ("true", "false"):
            value = text == "true"
        for each in self.schemas.departures(schema, value):
            yield f"{what}: {each}"

    def _body(self, what: str, media: str, schema: Node, body: bytes) -> Iterator[str]:
        try:
            text = body.decode("utf-8")
            if media == "application/x-www-form-urlencoded":
                pairs = parse_qsl(text, keep_blank_values=True, strict_parsing=bool(text))
                value: object = dict(pairs)
                if len(dict(pairs)) != len(pairs):
                    yield f"{what}: a field is given twice"
            elif media.endswith("json"):
                value = json.loads(text)
            else:
                value = text
        except ValueError as error:
            yield f"{what} is no {media} in UTF-8: {error}"
            return
        for each in self.schemas.departures(schema, value):
            yield f"{what}: {each}"


def _accepts(accept: str, media: str) -> bool:
    ranges = {essence(each) for each in accept.split(",")}
    return bool(ranges & {media, media.partition("/")[0] + "/*", "*/*"})
