"""The policy templates are what Microsoft's schema wants, are whole in both languages, and act as they say.

The order of elements and the attributes that must be there are those of Microsoft's "ADMX schema" and "ADML schema"
(learn.microsoft.com, previous-versions, windows, desktop, Policy).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

from download_client.errors import InvalidSetting
from download_client.settings import POLICY_KEY, TABLE, Origin, Paths, RegistryPolicy, Setting, Settings
from installer.policy import make

POLICIES = Path(make.__file__).parent
NS = "{http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions}"
FIXABLE = [setting for setting in TABLE if setting.by_policy]

ORDER = {
    "policyDefinitions": [
        "policyNamespaces", "supersededAdm", "annotation", "resources", "supportedOn", "categories", "policies",
    ],
    "policyNamespaces": ["target", "using"],
    "policy": [
        "annotation", "parentCategory", "seeAlso", "keywords", "supportedOn", "enabledValue", "disabledValue",
        "enabledList", "disabledList", "elements",
    ],
    "policyDefinitionResources": ["displayName", "description", "annotation", "resources"],
    "resources": ["stringTable", "presentationTable"],
}  # fmt: skip
NEEDED = {
    "policyDefinitions": {"revision", "schemaVersion"},
    "target": {"prefix", "namespace"},
    "definition": {"name", "displayName"},
    "category": {"name", "displayName"},
    "policy": {"name", "class", "displayName", "key"},
    "decimal": set(),
    "text": {"id", "valueName"},
    "enum": {"id", "valueName"},
    "item": {"displayName"},
    "string": set(),
    "presentation": {"id"},
    "textBox": {"refId"},
    "decimalTextBox": {"refId"},
    "dropdownList": {"refId"},
}


def tree(name: str) -> Element:
    return ElementTree.parse(POLICIES / name).getroot()  # noqa: S314 - our own


def tag(element: Element) -> str:
    return element.tag.removeprefix(NS)


ADMX = tree("MirDownloadClient.admx")
ADML = {language: tree(f"{language}/MirDownloadClient.adml") for language in ("en-US", "de-DE")}


def test_they_are_made_from_the_table_as_it_is() -> None:
    for name, text in make.make().items():
        assert (POLICIES / name).read_text("utf-8") == text, f"{name}: run installer/policy/make.py"


@pytest.mark.parametrize("root", [ADMX, *ADML.values()], ids=["admx", *ADML])
def test_elements_are_in_order_and_have_what_they_must(root: Element) -> None:
    for element in root.iter():
        assert element.tag.startswith(NS)
        children = [tag(child) for child in element]
        order = ORDER.get(tag(element))
        if order is not None:
            assert children == sorted(children, key=order.index)
        assert NEEDED.get(tag(element), set()) <= element.attrib.keys(), element.attrib
    names = [element.attrib["name"] for element in root.iter(f"{NS}policy")]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[A-Za-z0-9_]+", name) for name in names)


@pytest.mark.parametrize("language", ADML)
def test_every_word_is_there_and_none_too_many(language: str) -> None:
    asked = set(re.findall(r"\$\(string\.(\w+)\)", ElementTree.tostring(ADMX, encoding="unicode")))
    shown = set(re.findall(r"\$\(presentation\.(\w+)\)", ElementTree.tostring(ADMX, encoding="unicode")))
    said = {element.attrib["id"]: element.text for element in ADML[language].iter(f"{NS}string")}
    assert asked == said.keys()
    assert all(said.values())
    presentations = {element.attrib["id"]: element for element in ADML[language].iter(f"{NS}presentation")}
    assert shown == presentations.keys()
    elements = {part.attrib["id"] for policy in ADMX.iter(f"{NS}elements") for part in policy}
    assert {box.attrib["refId"] for each in presentations.values() for box in each} == elements


def values_of(policy: Element) -> Iterator[tuple[str, object]]:
    """What Windows writes for a policy that is enabled, with some value its template lets one give."""
    for name, state in (("enabledValue", 1), ("disabledValue", 0)):
        found = policy.find(f"{NS}{name}/{NS}decimal")
        if found is not None:
            assert found.attrib["value"] == str(state)
            yield policy.attrib["valueName"], state
    for element in policy.iterfind(f"{NS}elements/*"):
        name = element.attrib["valueName"]
        if tag(element) == "decimal":
            yield from ((name, int(element.attrib[limit])) for limit in ("minValue", "maxValue"))
        elif tag(element) == "enum":
            yield from ((name, string.text) for string in element.iter(f"{NS}string"))
        else:
            yield name, TEXTS[name]


TEXTS: dict[str, str] = {
    "server.url": "https://mir.example.com",
    "account.profile": "Sales",
    "account.sign_in_ways": "browser",
    "archive.folder": str(Path.cwd().absolute()),
    "archive.folder_template": "{start:%Y}",
    "archive.name_template": "{recording_id}",
    "archive.time_zone": "Europe/Berlin",
    "transfer.limit_rate": "2 MB/s",
    "transfer.min_free_space": "5 GB",
    "replay.cache_size": "3 GB",
    "network.proxy": "http://proxy.example:8080",
    "network.ca_file": str(Path.cwd().absolute() / "company.pem"),
    "network.connect_timeout": "20 s",
    "network.stall_timeout": "40 s",
    "retry.window": "10 min",
    "housekeeping.keep_days": "3650",
    "alarm.smtp_host": "mail.example.com",
    "alarm.smtp_user": "mir",
    "alarm.mail_from": "mir@example.com",
    "alarm.mail_to": "a@example.com, b@example.com",
    "alarm.webhook_url": "https://hooks.example.com/mir",
    "alarm.heartbeat_url": "https://beat.example.com/mir",
    "alarm.missing_after": "2 h",
    "update.url": "https://it.example.com/mir.json",
    "window.language": "de",
}
"""Something else than the default for every policy that takes a line of text."""


def test_every_setting_that_can_be_fixed_has_a_policy() -> None:
    named = {name for policy in ADMX.iter(f"{NS}policy") for name, _ in values_of(policy)}
    assert named == {setting.name for setting in FIXABLE}
    assert {policy.attrib["key"] for policy in ADMX.iter(f"{NS}policy")} == {POLICY_KEY}


@pytest.mark.parametrize("setting", FIXABLE, ids=lambda setting: setting.name)
def test_a_policy_that_is_set_is_in_force_and_refused_to_the_user(setting: Setting[object], tmp_path: Path) -> None:
    (policy,) = (each for each in ADMX.iter(f"{NS}policy") if each.attrib["name"] == setting.name.replace(".", "_"))
    effects = set()
    for name, value in values_of(policy):
        keys: dict[str, list[tuple[str, object]]] = {"HKLM": [(name, value)], "HKCU": []}
        settings = Settings.load(Paths.below(tmp_path), policy=RegistryPolicy(keys.__getitem__))
        assert settings.problems == ()
        assert settings.origin(setting) is Origin.POLICY
        effects.add(settings.shown(setting))
        with pytest.raises(InvalidSetting, match="fixed by this computer's policy"):
            settings.set(setting, setting.kind.show(setting.default))
    assert effects - {setting.kind.show(setting.default)}, "nothing changed"
