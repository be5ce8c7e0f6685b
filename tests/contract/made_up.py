"""Makes up values of the contract's schemas: right ones, perhaps with something more that a later version may say.

Not promised: other JSON Schema than this contract uses; a schema it cannot read fails the test.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st

from tests.contract.conformance import Contract

Node = Mapping[str, Any]
LONGEST = 60
"""Characters and items made up at most, whatever the schema allows."""


class MadeUp:
    """Values of one contract. `growing` adds properties that the contract does not know to every object."""

    def __init__(self, contract: Contract, *, growing: bool = False) -> None:
        self._contract = contract
        self._growing = growing
        self._made: dict[str, st.SearchStrategy[Any]] = {}

    def named(self, name: str) -> st.SearchStrategy[Any]:
        """Values of the schema of that name."""
        return self.of({"$ref": f"#/components/schemas/{name}"})

    def of(self, schema: Node) -> st.SearchStrategy[Any]:
        """Values of a schema; the strategy is made once."""
        schema = self._contract.resolve(schema)
        key = repr(schema)
        if key not in self._made:
            self._made[key] = self._make(schema)
        return self._made[key]

    def _make(self, schema: Node) -> st.SearchStrategy[Any]:
        if "const" in schema:
            return st.just(schema["const"])
        if "enum" in schema:
            return st.sampled_from(schema["enum"])
        if "oneOf" in schema:
            return st.one_of([self.of(each) for each in schema["oneOf"]])
        kind = schema["type"]
        if kind == "object":
            return self._object(schema)
        if kind == "array":
            items = st.lists(self.of(schema["items"]), max_size=2, min_size=schema.get("minItems", 0))
            return items.map(_without_twins) if schema.get("uniqueItems") else items
        if kind == "string":
            return self._string(schema)
        if kind == "boolean":
            return st.booleans()
        if kind == "integer":
            return st.integers(schema.get("minimum"), schema.get("maximum"))
        if kind == "number":
            numbers = st.floats(schema["minimum"], schema["maximum"], allow_nan=False)
            return numbers | st.integers(schema["minimum"], schema["maximum"])
        raise NotImplementedError(schema)

    def _object(self, schema: Node) -> st.SearchStrategy[dict[str, Any]]:
        made = {name: self.of(each) for name, each in schema["properties"].items()}
        required = set(schema.get("required", ()))

        @st.composite
        def build(draw: st.DrawFn) -> dict[str, Any]:
            value = {name: draw(made[name]) for name in made if name in required or draw(st.booleans())}
            condition = schema.get("if", {}).get("properties", {})
            if condition and all(value.get(name) == each["const"] for name, each in condition.items()):
                for name in schema["then"]["required"]:
                    value.setdefault(name, draw(made[name]))
            if self._growing:
                extra = st.dictionaries(st.sampled_from(["newer", "x-later", "日本"]), ANYTHING, max_size=2)
                value = draw(extra) | value
            return value

        return build()

    def _string(self, schema: Node) -> st.SearchStrategy[str]:
        if schema.get("format") == "date-time":
            return MOMENTS
        if schema.get("format") in ("uri", "uri-reference"):
            return st.just("https://mir.example/mir/api/v1/x")
        longest = min(schema.get("maxLength", LONGEST), LONGEST)
        shortest = schema.get("minLength", 0)
        if "pattern" in schema:
            found = st.from_regex(schema["pattern"].removesuffix("$") + r"\Z", fullmatch=True)
            return found.filter(lambda text: shortest <= len(text) <= schema.get("maxLength", len(text)))
        return st.text(min_size=shortest, max_size=longest)


def _moment(moment: datetime, digits: int) -> str:
    fraction = f".{moment.microsecond:06d}"[: digits + 1] if digits else ""
    return f"{moment:%Y-%m-%dT%H:%M:%S}{fraction}Z"


def _without_twins(values: list[Any]) -> list[Any]:
    return list(dict.fromkeys(values))


MOMENTS = st.builds(
    _moment,
    st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - as asked for
    st.integers(0, 6),
)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)
