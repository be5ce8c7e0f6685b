"""Makes the policy templates for Windows (ADMX, ADML in English and German) from the table of settings.

``python installer/policy/make.py [--check]``: writes them beside itself; with --check it says what is out of date, and
ends with 1. Every setting that policy may fix is in them, as Microsoft's "ADMX schema" wants it; each value has the
name and the form in which the program reads it (`download_client.settings.source`).
"""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

from download_client.settings import POLICY_KEY, TABLE, Setting  # noqa: E402 - the root must be known first

NAME = "MirDownloadClient"
_NAMESPACE = "http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions"
_REVISION = "1.0"
_WORDS = {
    "en-US": {
        "product": "MIR Download Client",
        "supported": "Windows 10, Windows Server 2019, or newer",
        "accepted": "Accepted: {range}. If it is not configured: {default}.",
        "switch": "Enabled: yes. Disabled: no. If it is not configured: {default}.",
        "true": "yes",
        "false": "no",
        "nothing": "nothing",
        "description": "Policies of the MIR Download Client.",
    },
    "de-DE": {
        "product": "MIR Download Client",
        "supported": "Windows 10, Windows Server 2019 oder neuer",
        "accepted": "Möglich: {range}. Wenn nicht konfiguriert: {default}.",
        "switch": "Aktiviert: ja. Deaktiviert: nein. Wenn nicht konfiguriert: {default}.",
        "true": "ja",
        "false": "nein",
        "nothing": "nichts",
        "description": "Richtlinien des MIR Download Client.",
    },
}


def make() -> dict[str, str]:
    """Every file by its path below this folder."""
    words = tomllib.loads((HERE / "words.toml").read_text("utf-8"))
    fixable = [setting for setting in TABLE if setting.by_policy]
    lacking = {setting.name for setting in fixable} ^ words["settings"].keys()
    if lacking:
        raise SystemExit(f"words.toml and the table of settings differ: {', '.join(sorted(lacking))}")
    files = {f"{NAME}.admx": _text(_admx(fixable))}
    for language in _WORDS:
        files[f"{language}/{NAME}.adml"] = _text(_adml(fixable, words, language))
    return files


def _admx(settings: list[Setting[object]]) -> Element:
    root = Element("policyDefinitions", xmlns=_NAMESPACE, revision=_REVISION, schemaVersion=_REVISION)
    spaces = SubElement(root, "policyNamespaces")
    SubElement(spaces, "target", prefix="mirclient", namespace=f"{NAME}.Policies")
    SubElement(root, "resources", minRequiredRevision=_REVISION, fallbackCulture="en-US")
    supported = SubElement(SubElement(root, "supportedOn"), "definitions")
    SubElement(supported, "definition", name="Supported", displayName="$(string.Supported)")
    categories = SubElement(root, "categories")
    SubElement(categories, "category", name="Product", displayName="$(string.Product)")
    for section in dict.fromkeys(setting.section for setting in settings):
        category = SubElement(
            categories, "category", name=f"Section_{section}", displayName=f"$(string.Section_{section})"
        )
        SubElement(category, "parentCategory", ref="Product")
    policies = SubElement(root, "policies")
    for setting in settings:
        _policy(policies, setting)
    return root


def _policy(into: Element, setting: Setting[object]) -> None:
    key = _id(setting)
    policy = SubElement(
        into,
        "policy",
        attrib={
            "name": key,
            "class": "Both",
            "displayName": f"$(string.{key})",
            "explainText": f"$(string.{key}_Help)",
            "key": POLICY_KEY,
        },
    )
    SubElement(policy, "parentCategory", ref=f"Section_{setting.section}")
    SubElement(policy, "supportedOn", ref="Supported")
    if isinstance(setting.default, bool):
        policy.set("valueName", setting.name)
        for name, value in (("enabledValue", "1"), ("disabledValue", "0")):
            SubElement(SubElement(policy, name), "decimal", value=value)
        return
    policy.set("presentation", f"$(presentation.{key})")
    elements = SubElement(policy, "elements")
    if options := options_of(setting):
        chosen = SubElement(elements, "enum", id=key, valueName=setting.name, required="true")
        for option in options:
            item = SubElement(chosen, "item", displayName=f"$(string.{key}_{option})")
            SubElement(SubElement(item, "value"), "string").text = option
    elif limits := limits_of(setting):
        low, high = limits
        attributes = {"id": key, "valueName": setting.name, "required": "true", "minValue": low, "maxValue": high}
        SubElement(elements, "decimal", attrib=attributes)
    else:
        expandable = {"expandable": "true"} if setting.name in ("archive.folder", "network.ca_file") else {}
        attributes = {"id": key, "valueName": setting.name, "required": "true", "maxLength": "1024"} | expandable
        SubElement(elements, "text", attrib=attributes)


def _adml(settings: list[Setting[object]], words: dict[str, dict[str, Any]], language: str) -> Element:
    german = language == "de-DE"
    said = _WORDS[language]
    root = Element("policyDefinitionResources", xmlns=_NAMESPACE, revision=_REVISION, schemaVersion=_REVISION)
    SubElement(root, "displayName").text = said["product"]
    SubElement(root, "description").text = said["description"]
    resources = SubElement(root, "resources")
    strings = SubElement(resources, "stringTable")
    presentations = SubElement(resources, "presentationTable")

    def put(name: str, text: str) -> None:
        SubElement(strings, "string", id=name).text = text

    put("Product", said["product"])
    put("Supported", said["supported"])
    for section in dict.fromkeys(setting.section for setting in settings):
        put(f"Section_{section}", words["sections"][section][german])
    for setting in settings:
        english_name, german_name, german_doc = words["settings"][setting.name]
        name = german_name if german else english_name
        key = _id(setting)
        put(key, name)
        default = setting.kind.show(setting.default) or said["nothing"]
        if isinstance(setting.default, bool):
            accepted = said["switch"].format(default=said[default])
        else:
            accepts = _german(setting.kind.range, words["ranges"]) if german else setting.kind.range
            accepted = said["accepted"].format(range=accepts, default=default)
        put(f"{key}_Help", f"{german_doc if german else setting.doc}\n\n{accepted}\n\n({setting.name})")
        if isinstance(setting.default, bool):
            continue
        presentation = SubElement(presentations, "presentation", id=key)
        if options := options_of(setting):
            for option in options:
                put(f"{key}_{option}", option)
            chosen = str(options.index(default))
            SubElement(presentation, "dropdownList", refId=key, noSort="true", defaultItem=chosen).text = name
        elif limits_of(setting):
            box = SubElement(presentation, "decimalTextBox", refId=key, defaultValue=str(setting.default))
            box.text = name
        else:
            box = SubElement(presentation, "textBox", refId=key)
            SubElement(box, "label").text = name
            if setting.kind.show(setting.default):
                SubElement(box, "defaultValue").text = default
    return root


def _german(accepts: str, ranges: dict[str, str]) -> str:
    """What a setting accepts, in German."""
    if accepts in ranges:
        return ranges[accepts]
    if not re.fullmatch(r"[\w.]+( \w+)? to [\w.]+( \w+)?|[a-z]+( or [a-z]+)+", accepts):
        raise SystemExit(f"words.toml has no German for the range {accepts!r}")
    return accepts.replace(" to ", " bis ").replace(" or ", " oder ")


def options_of(setting: Setting[object]) -> list[str]:
    """The words of a setting that takes one of a few; none for any other."""
    words = setting.kind.range.split(" or ")
    return words if len(words) > 1 and all(re.fullmatch("[a-z]+", word) for word in words) else []


def limits_of(setting: Setting[object]) -> tuple[str, str] | None:
    """The least and the greatest of a whole number; None for any other setting."""
    found = re.fullmatch(r"(\d+) to (\d+)", setting.kind.range)
    return (found[1], found[2]) if found else None


def _id(setting: Setting[object]) -> str:
    """Letters, digits and underscores, as the schema wants names."""
    return setting.name.replace(".", "_")


def _text(root: Element) -> str:
    ElementTree.indent(root, "  ")
    head = '<?xml version="1.0" encoding="utf-8"?>\n'
    return head + ElementTree.tostring(root, encoding="unicode") + "\n"


def main() -> int:
    """Write them, or look whether they are as they would be written."""
    stale = []
    for name, text in make().items():
        path = HERE / name
        if path.exists() and path.read_text("utf-8") == text:
            continue
        stale.append(name)
        if "--check" not in sys.argv:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
    if stale:
        sys.stdout.write(f"{'out of date' if '--check' in sys.argv else 'written'}: {', '.join(stale)}\n")
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
