"""What Microsoft's schemas say of the parts of policy templates that ours are made of; it knows no other part.

After "[MS-GPREG]: Group Policy: Registry Extension Encoding", 7.1 to 7.3, with its BaseTypes, PolicyDefinitions and
PolicyDefinitionFiles schemas (learn.microsoft.com, openspecs, windows_protocols, ms-gpreg). Their own namespace is an
older one; files bear that of the "ADMX Syntax Reference Guide", as here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

NS = "{http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions}"
MANY = 10**9

TYPES = {
    "name": r"\w+",
    "reference": r"\w+(:\w+)?",
    "version": r"[0-9]{1,4}\.[0-9]{1,5}",
    "string": r"\$\(string\.\w+\)",
    "presentation": r"\$\(presentation\.\w+\)",
    "class": "User|Machine|Both",
    "boolean": "true|false|0|1",
    "number": r"[0-9]{1,10}",
    "language": r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*",
    "uri": r"[A-Za-z0-9.:/_-]+",
    "text": r"(?s).+",
}
"""Of attributes. Numbers are unsigned, of 32 bits."""


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


_ELEMENT = "id:text! key:text valueName:text required:boolean"
RULES = {
    "policyDefinitions": Rule(
        "revision:version! schemaVersion:version!",
        (
            ("policyNamespaces", 1, 1),
            ("resources", 1, 1),
            ("supportedOn", 0, 1, "supportedOn/table"),
            ("categories", 0, 1),
            ("policies", 0, 1),
        ),
    ),
    "policyNamespaces": Rule("", (("target", 1, 1), ("using", 0, MANY, "target"))),
    "target": Rule("prefix:name! namespace:uri!"),
    "resources": Rule("minRequiredRevision:version! fallbackCulture:language"),
    "supportedOn/table": Rule("", (("definitions", 0, 1),)),
    "definitions": Rule("", (("definition", 1, MANY),)),
    "definition": Rule("name:name! displayName:string!"),
    "categories": Rule("", (("category", 1, MANY),)),
    "category": Rule("name:name! displayName:string! explainText:string", (("parentCategory", 0, 1),)),
    "parentCategory": Rule("ref:reference!"),
    "policies": Rule("", (("policy", 1, MANY),)),
    "policy": Rule(
        "name:name! class:class! displayName:string! explainText:string presentation:presentation key:text! "
        "valueName:text",
        (
            ("parentCategory", 0, 1),
            ("supportedOn", 1, 1),
            ("enabledValue", 0, 1, "value"),
            ("disabledValue", 0, 1, "value"),
            ("elements", 0, 1),
        ),
    ),
    "supportedOn": Rule("ref:reference!"),
    "value": Rule("", (("decimal", 0, 1, "value/decimal"), ("string", 0, 1, "value/string")), choice=True),
    "value/decimal": Rule("value:number!"),
    "value/string": Rule(text=255),
    "elements": Rule("", (("decimal", 0, MANY), ("text", 0, MANY), ("enum", 0, MANY)), choice=True),
    "decimal": Rule(f"{_ELEMENT} minValue:number maxValue:number storeAsText:boolean soft:boolean"),
    "text": Rule(f"{_ELEMENT} maxLength:number expandable:boolean soft:boolean"),
    "enum": Rule(_ELEMENT, (("item", 0, MANY),)),
    "item": Rule("displayName:string!", (("value", 1, 1),)),
    "policyDefinitionResources": Rule(
        "revision:version! schemaVersion:version!",
        (("displayName", 1, 1, "words"), ("description", 1, 1, "words"), ("resources", 1, 1, "localization")),
    ),
    "words": Rule(text=MANY),
    "localization": Rule("", (("stringTable", 0, 1), ("presentationTable", 0, 1))),
    "stringTable": Rule("", (("string", 1, MANY),)),
    "string": Rule("id:name!", text=MANY),
    "presentationTable": Rule("", (("presentation", 1, MANY),)),
    "presentation": Rule(
        "id:name!", (("decimalTextBox", 0, MANY), ("textBox", 0, MANY), ("dropdownList", 0, MANY)), choice=True
    ),
    "decimalTextBox": Rule("refId:text! defaultValue:number spin:boolean spinStep:number", text=MANY),
    "textBox": Rule("refId:text!", (("label", 1, 1, "words"), ("defaultValue", 0, 1, "words"))),
    "dropdownList": Rule("refId:text! noSort:boolean defaultItem:number", text=MANY),
}
SHOWN_BY = {"decimal": "decimalTextBox", "text": "textBox", "enum": "dropdownList"}
"""What may show an element of a policy: of those that there are, what is used here."""


def faults(element: Element, *, rule: str = "", place: str = "") -> list[str]:
    """What breaks the rules in an element and all below it, each with its place; nothing where it is valid."""
    tag = element.tag.removeprefix(NS)
    known = RULES[rule or tag]
    here = f"{place}/{tag}"
    found = _attributes(element, known, here)
    said = (element.text or "").strip()
    if not element.tag.startswith(NS) or len(said) > known.text:
        found.append(f"{here}: outside of the namespace, or text where none may be: {said[:40]!r}")
    children = [child.tag.removeprefix(NS) for child in element]
    order = [child[0] for child in known.children]
    unknown = set(children) - set(order)
    if unknown:
        return [*found, f"{here}: {', '.join(sorted(unknown))} may not be in it"]
    if not known.choice and children != sorted(children, key=order.index):
        found.append(f"{here}: its children are not in their order")
    for name, least, most, *other in known.children:
        if not least <= children.count(name) <= most:
            found.append(f"{here}: {children.count(name)} times {name}")
        for child in element.iterfind(f"{NS}{name}"):
            found += faults(child, rule=str(other[0]) if other else "", place=here)
    return found


def _attributes(element: Element, rule: Rule, here: str) -> list[str]:
    kinds = dict(each.split(":") for each in rule.attributes.split())
    found = [
        f"{here}: {name} is missing"
        for name, kind in kinds.items()
        if kind.endswith("!") and name not in element.attrib
    ]
    for name, value in element.attrib.items():
        kind = kinds.get(name, "").rstrip("!")
        if not kind or not re.fullmatch(TYPES[kind], value) or (kind == "number" and int(value) >= 2**32):
            found.append(f"{here}: {name}={value!r}")
    return found
