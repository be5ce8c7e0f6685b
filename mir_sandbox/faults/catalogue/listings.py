"""Faults of listings: pages that repeat, cursors that loop, rows that contradict each other, JSON that is none.

Not promised: a lie that holds together; each page is changed by itself, as it comes from the service.
"""

import json
from collections.abc import Callable
from typing import Any

from mir_sandbox.faults import steps
from mir_sandbox.faults.catalogue.fault import LISTINGS as ROUTES
from mir_sandbox.faults.catalogue.fault import Fault
from mir_sandbox.faults.parameters import Rejected, Values, anything, choice, flag, integer, text
from mir_sandbox.faults.plan import End, Plan, Scene
from mir_sandbox.front.route import Route

Change = Callable[[dict[str, Any], Scene], None]
_TOKENS = ("nextPageToken", "nextCursor")


def _changing(change: Change) -> Plan:
    """A plan that changes the JSON object of an answer in place; what is no object with items stays as it is."""

    def rewrite(body: bytes, scene: Scene) -> bytes:
        try:
            page = json.loads(body)
        except ValueError:
            return body
        if not isinstance(page, dict):
            return body
        change(page, scene)
        return json.dumps(page, ensure_ascii=False).encode()

    return Plan(rewrite=rewrite)


def _repeat_page(_values: Values) -> Plan:
    def change(page: dict[str, Any], scene: Scene) -> None:
        page["items"] = scene.memory.setdefault("items", page.get("items"))

    return _changing(change)


def _cursor_loop(values: Values) -> Plan:
    length = max(values.integer("length"), 1)

    def change(page: dict[str, Any], scene: Scene) -> None:
        seen = scene.memory.setdefault("seen", [])
        for name in _TOKENS:
            if page.get(name) and len(seen) < length:
                seen.append(page[name])
        turn = scene.memory["turn"] = scene.memory.get("turn", -1) + 1
        if not seen:
            return
        name = _TOKENS[1] if scene.target.route is Route.CHANGES else _TOKENS[0]
        page[name] = seen[turn % len(seen)]
        if name == "nextCursor":
            page["hasMore"] = True

    return _changing(change)


def _repeat_id(values: Values) -> Plan:
    names = values.json("set")
    if not isinstance(names, dict):
        raise Rejected("parameter set must be an object")

    def change(page: dict[str, Any], scene: Scene) -> None:
        items = page.get("items") or []
        first = scene.memory.setdefault("first", items[0] if items else None)
        if first is not None:
            items.append(json.loads(json.dumps(first)) | names)

    return _changing(change)


def _cut_listing(values: Values) -> Plan:
    keep = values.integer("keep")

    def change(page: dict[str, Any], _scene: Scene) -> None:
        page["items"] = (page.get("items") or [])[:keep]
        page.pop("nextPageToken", None)
        if "hasMore" in page:
            page["hasMore"] = False

    return _changing(change)


def _drop_items(values: Values) -> Plan:
    def change(page: dict[str, Any], _scene: Scene) -> None:
        items = page.get("items") or []
        page["items"] = items[: max(len(items) - values.integer("count"), 0)]

    return _changing(change)


def _places(value: Any, path: list[str]) -> list[tuple[Any, Any]]:
    """The places (container, key) that `path` names in `value`; `*` stands for every item or member."""
    step, rest = path[0], path[1:]
    if isinstance(value, list):
        keys: list[Any] = list(range(len(value))) if step == "*" else [int(step)] if step.isdigit() else []
        keys = [key for key in keys if key < len(value)]
    elif isinstance(value, dict):
        keys = list(value) if step == "*" else [step]
    else:
        return []
    if not rest:
        return [(value, key) for key in keys]
    found = []
    for key in keys:
        if isinstance(value, list) or key in value:
            found += _places(value[key], rest)
    return found


def _set_json(values: Values) -> Plan:
    path = values.text("path").split(".")

    def change(page: dict[str, Any], _scene: Scene) -> None:
        for container, key in _places(page, path):
            if values.flag("remove"):
                if isinstance(container, dict):
                    container.pop(key, None)
            elif values.flag("add") and isinstance(container[key], int | float):
                container[key] += values.json("value")
            else:
                container[key] = values.json("value")

    return _changing(change)


def _cut_json(values: Values) -> Plan:
    after = values.integer("after")
    if values.flag("honest"):
        return Plan(rewrite=lambda body, _: body[:after])
    return Plan(steps=(steps.cut(after),), end=End.CLOSE)


def _rubbish(values: Values) -> Plan:
    forms = {
        "text": b"The service is busy.",
        "empty": b"",
        "array": b"[1, 2, 3]",
        "null": b"null",
        "number": b"1e999",
        "nan": b'{"items": [NaN, Infinity], "asOf": NaN}',
        "utf16": '{"items": []}'.encode("utf-16"),
        "badUtf8": b'{"items": [{"id": "\xff\xfe"}]}',
        "twice": b'{"items": []}{"items": []}',
        "surrogate": b'{"items": [{"id": "\\ud800"}]}',
    }
    return Plan(rewrite=lambda _body, _scene: forms[values.text("kind")])


LISTINGS = (
    Fault(
        "repeat-page",
        "Gives the items of the first page that is hit again on every page; the cursor goes on.",
        _repeat_page,
        routes=ROUTES,
    ),
    Fault(
        "cursor-loop",
        "Leads from page to page in a circle; the last page has a next one too.",
        _cursor_loop,
        (integer("length", 1, "Cursors in the circle."),),
        ROUTES,
    ),
    Fault(
        "repeat-id",
        "Adds the first item that was seen once more to each page, with other data under the same id.",
        _repeat_id,
        (
            anything(
                "set",
                {"direction": "outbound", "durationSeconds": 4321, "updatedAt": "2099-01-01T00:00:00Z"},
                "An object: what is different in it.",
            ),
        ),
        ROUTES,
    ),
    Fault(
        "cut-listing",
        "Ends the listing with this page, although there is more; totalCount still tells the truth.",
        _cut_listing,
        (integer("keep", 10, "Items that stay on the page."),),
        ROUTES,
    ),
    Fault(
        "drop-items",
        "Leaves the last items of a page out without a word.",
        _drop_items,
        (integer("count", 1, "How many."),),
        ROUTES,
    ),
    Fault(
        "set-json",
        "Changes single values in a JSON answer.",
        _set_json,
        (
            text("path", "items.*.recordings.*.sizeBytes", "Names and indices joined by dots; `*` is every one."),
            anything("value", 1, "The new value."),
            flag("add", "Add the value to the number that is there."),
            flag("remove", "Take the member away instead."),
        ),
        ROUTES,
    ),
    Fault(
        "cut-json",
        "Ends the JSON in the middle.",
        _cut_json,
        (
            integer("after", 500, "Bytes that are left."),
            flag(
                "honest", "Content-Length agrees; otherwise it is the true one and the connection closes.", default=True
            ),
        ),
        ROUTES,
    ),
    Fault(
        "rubbish",
        "Answers 200 with something that is not the JSON of the contract.",
        _rubbish,
        (
            choice(
                "kind",
                (
                    "text",
                    "empty",
                    "array",
                    "null",
                    "number",
                    "nan",
                    "utf16",
                    "badUtf8",
                    "twice",
                    "surrogate",
                ),
                "What it is instead.",
            ),
        ),
        ROUTES,
    ),
)
