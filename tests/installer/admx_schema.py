"""What Microsoft's schemas say of the parts of policy templates that ours are made of; it knows no other part.

After "[MS-GPREG]: Group Policy: Registry Extension Encoding", 7.1 to 7.3, with its BaseTypes, PolicyDefinitions and
PolicyDefinitionFiles schemas (learn.microsoft.com, openspecs, windows_protocols, ms-gpreg). Their own namespace is an
older one; files bear that of the "ADMX Syntax Reference Guide", as here.
"""

from __future__ import annotations

from tests.installer.xml_rules import MANY, Rule, Schema

NS = "{http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions}"

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
"""Of attributes."""

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
ADMX = Schema(NS, TYPES, RULES)
"""Of `.admx` and `.adml` files alike."""

SHOWN_BY = {"decimal": "decimalTextBox", "text": "textBox", "enum": "dropdownList"}
"""What may show an element of a policy: of those that there are, what is used here."""
