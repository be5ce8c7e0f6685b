"""The parameters of a fault: which there are, and their values checked.

Not promised: meaning; what a parameter does is told by the fault that has it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any


class Kind(Enum):
    """What a value may be."""

    INTEGER = "integer"
    NUMBER = "number"
    TEXT = "text"
    FLAG = "flag"
    JSON = "json"


class Rejected(ValueError):
    """A fault that was asked for cannot be: the text says which part of the request is wrong, and what would do."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a fault. Every one has a default, so that any fault can be added by its name alone."""

    name: str
    kind: Kind
    default: object
    description: str
    choices: tuple[str, ...] = ()
    nullable: bool = False
    """Null is a value too; what it means stands in the description."""
    positive: bool = False
    """A number must be more than 0."""

    def check(self, untrusted_value: object) -> object:
        """The value if it is of this kind; a whole number will do for a number. Raises `Rejected`."""
        value = untrusted_value
        if value is None and self.nullable:
            return None
        match self.kind:
            case Kind.INTEGER:
                good = isinstance(value, int) and not isinstance(value, bool)
            case Kind.NUMBER:
                good = isinstance(value, int | float) and not isinstance(value, bool)
            case Kind.TEXT:
                good = isinstance(value, str) and (not self.choices or value in self.choices)
            case Kind.FLAG:
                good = isinstance(value, bool)
            case Kind.JSON:
                good = True
        if not good:
            wanted = f"one of {', '.join(self.choices)}" if self.choices else f"of kind {self.kind.value}"
            raise Rejected(f"parameter {self.name} must be {wanted}, not {value!r}")
        if self.positive and isinstance(value, int | float) and value <= 0:
            raise Rejected(f"parameter {self.name} must be more than 0")
        return value

    def as_json(self) -> dict[str, object]:
        """The parameter as the catalogue shows it."""
        shown: dict[str, object] = {
            "name": self.name,
            "kind": self.kind.value,
            "default": self.default,
            "description": self.description,
        }
        return shown | {"choices": list(self.choices)} if self.choices else shown


def integer(name: str, default: int | None, description: str, *, positive: bool = False) -> Parameter:
    """A whole-number parameter; nullable if its default is null."""
    return Parameter(name, Kind.INTEGER, default, description, nullable=default is None, positive=positive)


def number(
    name: str, default: float | None, description: str, *, nullable: bool = False, positive: bool = False
) -> Parameter:
    """A parameter that may have a fraction; times are in seconds."""
    nullable = nullable or default is None
    return Parameter(name, Kind.NUMBER, default, description, nullable=nullable, positive=positive)


def text(name: str, default: str | None, description: str, *, nullable: bool = False) -> Parameter:
    """A parameter of free text."""
    return Parameter(name, Kind.TEXT, default, description, nullable=nullable or default is None)


def choice(name: str, choices: tuple[str, ...], description: str) -> Parameter:
    """A parameter with a few possible words, of which the first is the default."""
    return Parameter(name, Kind.TEXT, choices[0], description, choices)


def flag(name: str, description: str, *, default: bool = False) -> Parameter:
    """A yes or no."""
    return Parameter(name, Kind.FLAG, default, description)


def anything(name: str, default: object, description: str) -> Parameter:
    """A parameter that is any JSON value."""
    return Parameter(name, Kind.JSON, default, description)


@dataclass(frozen=True, slots=True)
class Values:
    """The checked values of a fault's parameters, by name."""

    by_name: Mapping[str, Any]

    def integer(self, name: str) -> int:
        """The whole number called `name`."""
        return int(self.by_name[name])

    def number(self, name: str) -> float:
        """The number called `name`."""
        return float(self.by_name[name])

    def seconds(self, name: str) -> float | None:
        """The time called `name`; None means until released."""
        return None if self.by_name[name] is None else float(self.by_name[name])

    def text(self, name: str) -> str:
        """The text called `name`; empty when it is null."""
        return str(self.by_name[name] or "")

    def flag(self, name: str) -> bool:
        """The yes or no called `name`."""
        return bool(self.by_name[name])

    def json(self, name: str) -> Any:
        """The JSON value called `name`."""
        return self.by_name[name]


def check(parameters: tuple[Parameter, ...], untrusted: Mapping[str, object]) -> Values:
    """`untrusted` values with the defaults of those not given. Raises `Rejected` for unknown names and wrong kinds."""
    known = {parameter.name for parameter in parameters}
    if unknown := sorted(untrusted.keys() - known):
        raise Rejected(f"no parameter {', '.join(unknown)}; there are: {', '.join(sorted(known)) or 'none'}")
    return Values({each.name: each.check(untrusted.get(each.name, each.default)) for each in parameters})


def camel(name: str) -> str:
    """`retry-after` and `retry_after` as JSON writes them: `retryAfter`."""
    return re.sub(r"[-_](\w)", lambda found: found[1].upper(), name)


def kebab(name: str) -> str:
    """`retryAfter` as a command line writes it: `retry-after`."""
    return re.sub(r"([A-Z])", lambda found: "-" + found[1].lower(), name)
