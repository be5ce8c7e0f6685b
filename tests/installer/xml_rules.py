"""Rules of XML documents, as little of a schema language as the tests of the delivery need."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

MANY = 10**9


@dataclass(frozen=True, slots=True)
class Rule:
    """One element: attributes by their types (those with "!" must be there), and children in their order.

    A child is its name, how often it must and may be there, and the rule it follows where that is not its name's own.
    Of a `choice`, children come in any order. `text` is the greatest length of what it says itself; 0 for nothing.
    """

    attributes: str = ""
    children: tuple[tuple[str, int, int] | tuple[str, int, int, str], ...] = ()
    choice: bool = False
    text: int = 0


@dataclass(frozen=True, slots=True)
class Schema:
    """Rules by the names of elements, and patterns of what attributes say, by the names of types.

    `namespace` is written as ElementTree does, in braces. Numbers are unsigned, of 32 bits.
    """

    namespace: str
    types: dict[str, str]
    rules: dict[str, Rule]

    def faults(self, element: Element, *, rule: str = "", place: str = "") -> list[str]:
        """What breaks the rules in an element and all below it, each with its place; nothing where it is valid."""
        tag = element.tag.removeprefix(self.namespace)
        known = self.rules[rule or tag]
        here = f"{place}/{tag}"
        found = self._attributes(element, known, here)
        said = (element.text or "").strip()
        if not element.tag.startswith(self.namespace) or len(said) > known.text:
            found.append(f"{here}: outside of the namespace, or text where none may be: {said[:40]!r}")
        children = [child.tag.removeprefix(self.namespace) for child in element]
        order = [child[0] for child in known.children]
        unknown = set(children) - set(order)
        if unknown:
            return [*found, f"{here}: {', '.join(sorted(unknown))} may not be in it"]
        if not known.choice and children != sorted(children, key=order.index):
            found.append(f"{here}: its children are not in their order")
        for name, least, most, *other in known.children:
            if not least <= children.count(name) <= most:
                found.append(f"{here}: {children.count(name)} times {name}")
            for child in element.iterfind(f"{self.namespace}{name}"):
                found += self.faults(child, rule=str(other[0]) if other else "", place=here)
        return found

    def _attributes(self, element: Element, rule: Rule, here: str) -> list[str]:
        kinds = dict(each.split(":") for each in rule.attributes.split())
        needed = {name for name, kind in kinds.items() if kind.endswith("!")}
        found = [f"{here}: {name} is missing" for name in sorted(needed - element.attrib.keys())]
        for name, value in element.attrib.items():
            kind = kinds.get(name, "").rstrip("!")
            known = kind and re.fullmatch(self.types[kind], value)
            if not known or (kind == "number" and int(value) >= 2**32):
                found.append(f"{here}: {name}={value!r}")
        return found
