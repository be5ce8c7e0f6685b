"""Validates values against the schemas of an OpenAPI 3.1 document (JSON Schema 2020-12, formats included).

Not promised: other dialects, or references to other documents.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from jsonschema.protocols import Validator
from jsonschema.validators import extend
from referencing import Registry
from referencing.jsonschema import DRAFT202012

Node = Mapping[str, Any]
NAME = "urn:mir-api"


class Schemas:
    """The schemas of one document; a validator is made once for each schema."""

    def __init__(self, document: Node) -> None:
        resource = DRAFT202012.create_resource(document)
        self._registry: Registry[Any] = Registry().with_resource(NAME, resource)
        self._validators: dict[str, Validator] = {}

    def departures(self, schema: Node, value: Any) -> Iterator[str]:
        """What is wrong with the value, each with the place in it; nothing for a valid one."""
        key = repr(schema)
        if key not in self._validators:
            self._validators[key] = STRICT(_absolute(schema), registry=self._registry, format_checker=FORMATS)
        for error in self._validators[key].iter_errors(value):
            yield from _sayings(error)


def _absolute(schema: Any) -> Any:
    """The schema with its references made absolute, for it is validated outside its document."""
    if isinstance(schema, Mapping):
        return {
            key: NAME + value if key == "$ref" and isinstance(value, str) else _absolute(value)
            for key, value in schema.items()
        }
    return [_absolute(each) for each in schema] if isinstance(schema, list) else schema


def _sayings(error: ValidationError) -> Iterator[str]:
    """One error in one line; of several alternatives the one that fits best."""
    place = error.json_path
    if error.context:
        by_choice: dict[Any, list[ValidationError]] = {}
        for each in error.context:
            by_choice.setdefault(each.schema_path[0], []).append(each)
        for each in min(
            by_choice.values(), key=lambda errors: (any(e.validator == "const" for e in errors), len(errors))
        ):
            yield from _sayings(each)
        return
    message = error.message if len(error.message) <= 200 else error.message[:200] + "…"
    yield f"{place}: {message}"


def _pattern(_: Validator, pattern: str, value: object, __: Node) -> Iterator[ValidationError]:
    """As in ECMA 262, `$` is the end and not the place before a last newline."""
    if isinstance(value, str) and not re.search(re.sub(r"(?<!\\)\$$", r"\\Z", pattern), value):
        yield ValidationError(f"{value!r} does not match {pattern!r}")


STRICT = extend(Draft202012Validator, {"pattern": _pattern})  # type: ignore[no-untyped-call]  # not in the stubs
FORMATS = FormatChecker(formats=())


@FORMATS.checks("date-time", raises=ValueError)
def _is_date_time(value: object) -> bool:
    """RFC 3339, 5.6: with a zone."""
    return not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is not None


@FORMATS.checks("uri", raises=ValueError)
def _is_uri(value: object) -> bool:
    return not isinstance(value, str) or bool(urlsplit(value).scheme)


@FORMATS.checks("uri-reference", raises=ValueError)
def _is_uri_reference(value: object) -> bool:
    return not isinstance(value, str) or (urlsplit(value) is not None and not re.search(r"\s", value))
